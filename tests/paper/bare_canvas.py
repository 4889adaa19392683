"""Reads the marks out of a finished PDF and draws them again with a bare reportlab canvas.

That is the measure of the paper kit: nothing to decide, to measure or to check, only to draw.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO

import pypdfium2  # type: ignore[import-untyped]
from pypdfium2 import raw
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from schoolprivacy.paper.fonts import BOLD, MM, REGULAR, register
from schoolprivacy.paper.page import PAGE_HEIGHT, PAGE_WIDTH

Box = tuple[float, float, float, float]
"""Left, bottom, width and height, in points."""


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of text with its baseline at y; places are in points from the lower left."""

    x: float
    y: float
    font: str
    size: float
    grey: float
    text: str


@dataclass(frozen=True, slots=True)
class Shape:
    """Lines, or the boxes of one path: a tick box is one, a QR code has many."""

    boxes: tuple[Box, ...]
    is_line: bool
    filled: bool
    stroked: bool
    points: float
    grey: float


@dataclass(frozen=True, slots=True)
class Picture:
    """The logo."""

    box: Box


Mark = Text | Shape | Picture
Pages = list[list[Mark]]


# — reading —


def marks_of(pdf: bytes) -> Pages:
    """Everything that is drawn on each page."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [list(_marks_on(page)) for page in document]


def _marks_on(page: pypdfium2.PdfPage) -> Iterator[Mark]:
    words = page.get_textpage()
    for each in page.get_objects(textpage=words):
        if each.type == raw.FPDF_PAGEOBJ_TEXT:
            text = each.extract().translate({0: None, 10: None, 13: None})
            if text.strip():
                yield _text(each, text)
        elif each.type == raw.FPDF_PAGEOBJ_PATH:
            yield _shape(each)
        elif each.type == raw.FPDF_PAGEOBJ_IMAGE:
            yield Picture(_box([_place(each, 0, 0), _place(each, 1, 1)]))


def _text(found: pypdfium2.PdfTextObj, text: str) -> Text:
    font = BOLD if "Bold" in found.get_font().get_base_name() else REGULAR
    size = round(found.get_font_size(), 2)
    return Text(*_place(found, 0, 0), font, size, _grey(raw.FPDFPageObj_GetFillColor, found), text)


def _shape(found: pypdfium2.PdfObject) -> Shape:
    boxes = [_box(points) for points in _outlines(found)]
    fill, stroke, width = ctypes.c_int(), ctypes.c_int(), ctypes.c_float()
    raw.FPDFPath_GetDrawMode(found, fill, stroke)
    raw.FPDFPageObj_GetStrokeWidth(found, width)
    colour = raw.FPDFPageObj_GetFillColor if fill.value else raw.FPDFPageObj_GetStrokeColor
    return Shape(
        tuple(boxes),
        raw.FPDFPath_CountSegments(found) == 2,
        bool(fill.value),
        bool(stroke.value),
        round(width.value, 2),
        _grey(colour, found),
    )


def _outlines(path: pypdfium2.PdfObject) -> list[list[tuple[float, float]]]:
    """The points of each part of a path; all our parts are lines and upright boxes."""
    outlines: list[list[tuple[float, float]]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for number in range(raw.FPDFPath_CountSegments(path)):
        segment = raw.FPDFPath_GetPathSegment(path, number)
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO:
            outlines.append([])
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        outlines[-1].append(_place(path, x.value, y.value))
    return outlines


def _place(found: pypdfium2.PdfObject, x: float, y: float) -> tuple[float, float]:
    """Where a point of an object is on the page, also inside form XObjects."""
    while found is not None:
        x, y = found.get_matrix().on_point(x, y)
        found = found.container
    return round(x, 2), round(y, 2)


def _box(points: Sequence[tuple[float, float]]) -> Box:
    left, bottom = (min(p[axis] for p in points) for axis in (0, 1))
    right, top = (max(p[axis] for p in points) for axis in (0, 1))
    return left, bottom, round(right - left, 2), round(top - bottom, 2)


def _grey(colour_of: object, found: pypdfium2.PdfObject) -> float:
    parts = [ctypes.c_uint() for _ in range(4)]
    colour_of(found, *parts)  # type: ignore[operator]
    return round(parts[0].value / 255, 2)


# — drawing —


def draw(pages: Iterable[Iterable[Mark]], logo: bytes) -> bytes:
    """Every page in full."""
    return draw_with_forms([], pages, logo)


def split(pages: Sequence[Sequence[Mark]], sides: int = 2) -> tuple[Pages, Pages]:
    """What recurs on every page of a kind, and what each page has for its own.

    :param sides: how many kinds of pages alternate: the front and the back of a sheet
    """
    kinds = [pages[side::sides] for side in range(sides)]
    same = [set(kind[0]).intersection(*kind) for kind in kinds]
    forms = [[mark for mark in pages[side] if mark in same[side]] for side in range(sides)]
    own = [[m for m in page if m not in same[at % sides]] for at, page in enumerate(pages)]
    return forms, own


def draw_with_forms(
    forms: Sequence[Iterable[Mark]], pages: Iterable[Iterable[Mark]], logo: bytes
) -> bytes:
    """Every page as a form XObject, of which there are as many as kinds of pages, and its own."""
    register()
    file = BytesIO()
    size = PAGE_WIDTH * MM, PAGE_HEIGHT * MM
    canvas = Canvas(file, pagesize=size, invariant=1, lang="nl-NL", initialFontName=REGULAR)
    picture = ImageReader(BytesIO(logo))
    for number, marks in enumerate(forms):
        canvas.beginForm(f"form{number}", 0, 0, *size)
        _draw_marks(canvas, marks, picture)
        canvas.endForm()
    for number, marks in enumerate(pages):
        if forms:
            canvas.doForm(f"form{number % len(forms)}")
        _draw_marks(canvas, marks, picture)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _draw_marks(canvas: Canvas, marks: Iterable[Mark], picture: ImageReader) -> None:
    for mark in marks:
        if isinstance(mark, Text):
            canvas.setFont(mark.font, mark.size)
            if mark.grey:
                canvas.setFillGray(mark.grey)
            canvas.drawString(mark.x, mark.y, mark.text)
            if mark.grey:
                canvas.setFillGray(0)
        elif isinstance(mark, Shape):
            _draw_shape(canvas, mark)
        else:
            canvas.drawImage(picture, *mark.box, mask="auto")


def _draw_shape(canvas: Canvas, shape: Shape) -> None:
    if shape.stroked:
        canvas.setLineWidth(shape.points)
        canvas.setStrokeGray(shape.grey)
    if shape.is_line:
        x, y, across, up = shape.boxes[0]
        canvas.line(x, y, x + across, y + up)
    elif len(shape.boxes) == 1:
        canvas.rect(*shape.boxes[0], stroke=int(shape.stroked), fill=int(shape.filled))
    else:
        path = canvas.beginPath()
        for box in shape.boxes:
            path.rect(*box)
        canvas.drawPath(path, stroke=int(shape.stroked), fill=int(shape.filled))
