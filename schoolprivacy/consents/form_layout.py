"""The geometry of a consent form page, in mm from the top left of A4.

Layout version 1. The geometry is stored with every form and a form is always drawn, and read
back, from what was stored: a form printed today is readable, and prints the same, in years.
Nothing here draws.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

LAYOUT_VERSION = 1
TABLE_LEFT, TABLE_RIGHT = 20.0, 190.0
ROW_TEXT_WIDTH = 125.0
"""What a row's text may take, in mm; between it and the boxes stays a strip of white."""
MOST_LINES = 3
"""Lines of text in a row."""
MOST_BILINGUAL = 6
"""The same with a translation below."""

_HEAD_TOP, _HEAD_BOTTOM = 70.0, 76.0
_ROW, _TALL_ROW, _LINE = 9.0, 10.6, 3.2
_BAND, _BILINGUAL_BAND = 6.6, 9.8
_BOX = 5.5
_YES_X, _NO_X = 160.0, 176.0
# Fourteen of the tallest rows end here; below it is just room to sign.
_ROWS_BOTTOM = 224.4
_ROOM_FOR_REMARKS = 206.0
_SIGN_BOTTOM, _SIGN_MOST, _SIGN_WIDTH = 279.0, 50.0, 82.0


@dataclass(frozen=True, slots=True)
class Box:
    """An empty square to put a cross in: its centre and the side of its outline, in mm."""

    x: float
    y: float
    size: float


@dataclass(frozen=True, slots=True)
class RowPlace:
    """Where the row of one purpose stands.

    :param purpose: code of the purpose
    :param top: upper edge of the row
    :param height: of the row
    """

    purpose: str
    top: float
    height: float
    yes: Box
    no: Box


class RowSize(NamedTuple):
    """What a row needs.

    :param purpose: code of the purpose
    :param lines: of text, 1 to MOST_LINES
    :param section: rows of one kind stand together beneath one question
    """

    purpose: str
    lines: int
    section: str = "image"


@dataclass(frozen=True, slots=True)
class Section:
    """A question above the rows that answer it.

    :param kind: which question
    :param top: upper edge of its band within the table; the first question stands above the table
    :param height: of that band, 0 for the first
    """

    kind: str
    top: float
    height: float


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle: upper left corner, width and height, in mm."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class FormPage:
    """One page of a form: everything a reader of scans must know of it.

    :param number: this page of the form, from 1
    :param of: how many pages the form has; each has its own form number and signatures
    :param corners: centres of the four solid squares, clockwise from the upper left
    :param corner_size: side of such a square
    :param qr: the QR code with its quiet zone
    :param head: the head of the answer table
    :param sections: the questions, in the order of their rows
    :param remark_lines: y of the lines for a remark, outside the table
    :param signatures: one area for each who signs
    :param language: code of the language that stands beside Dutch; "" for Dutch only
    """

    layout_version: int
    number: int
    of: int
    corners: tuple[tuple[float, float], ...]
    corner_size: float
    qr: Area
    head: Area
    sections: tuple[Section, ...]
    rows: tuple[RowPlace, ...]
    remark_lines: tuple[float, ...]
    signatures: tuple[Area, ...]
    language: str = ""

    def to_json(self) -> str:
        """The geometry as it is stored with the form."""
        return json.dumps(asdict(self), separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> FormPage:
        """The stored geometry back again, exactly.

        :raises ValueError: the text is no geometry of a form page
        """
        try:
            stored = json.loads(text)
            return cls(
                layout_version=stored["layout_version"],
                number=stored["number"],
                of=stored["of"],
                corners=tuple((x, y) for x, y in stored["corners"]),
                corner_size=stored["corner_size"],
                qr=Area(**stored["qr"]),
                head=Area(**stored["head"]),
                sections=tuple(Section(**each) for each in stored["sections"]),
                rows=tuple(_row_from(row) for row in stored["rows"]),
                remark_lines=tuple(stored["remark_lines"]),
                signatures=tuple(Area(**area) for area in stored["signatures"]),
                language=stored.get("language", ""),
            )
        except (KeyError, TypeError) as error:
            raise ValueError("not the geometry of a form page") from error


def _row_from(stored: dict[str, Any]) -> RowPlace:
    yes, no = Box(**stored.pop("yes")), Box(**stored.pop("no"))
    return RowPlace(**stored, yes=yes, no=no)


def lay_out(rows: Sequence[RowSize], language: str = "") -> tuple[FormPage, ...]:
    """Place the rows of a form; what does not fit goes to a further page.

    :param rows: not empty; those of one section together
    :param language: that stands beside Dutch; "" for Dutch only
    """
    wide = _BILINGUAL_BAND if language else _BAND
    pages: list[_Placed] = [_Placed([], [])]
    y = _HEAD_BOTTOM
    for row in rows:
        height = _height(row.lines)
        sections = pages[-1].sections
        band = wide if sections and sections[-1].kind != row.section else 0.0
        if y + band + height > _ROWS_BOTTOM:
            pages.append(_Placed([], []))
            y, band = _HEAD_BOTTOM, 0.0
        page = pages[-1]
        if band or not page.sections:
            page.sections.append(Section(row.section, y, band))
        y = round(y + band, 1)
        page.rows.append(_place(row.purpose, y, height))
        y = round(y + height, 1)
    return tuple(
        _page(number, len(pages), placed, language) for number, placed in enumerate(pages, 1)
    )


def _height(lines: int) -> float:
    """Of a row with so many lines."""
    if lines < MOST_LINES:
        return _ROW
    return round(_TALL_ROW + _LINE * (lines - MOST_LINES), 1)


class _Placed(NamedTuple):
    sections: list[Section]
    rows: list[RowPlace]


def _place(purpose: str, top: float, height: float) -> RowPlace:
    middle = round(top + height / 2, 2)
    yes, no = (Box(x, middle, _BOX) for x in (_YES_X, _NO_X))
    return RowPlace(purpose, top, height, yes, no)


def _page(number: int, of: int, placed: _Placed, language: str) -> FormPage:
    rows = placed.rows
    bottom = rows[-1].top + rows[-1].height
    remarks = [round(bottom + 7.5, 1)]
    if bottom <= _ROOM_FOR_REMARKS:
        remarks.append(round(bottom + 15.5, 1))
    top = round(remarks[-1] + 10.0, 1)
    height = round(min(_SIGN_BOTTOM - top, _SIGN_MOST), 1)
    return FormPage(
        layout_version=LAYOUT_VERSION,
        number=number,
        of=of,
        corners=((12.0, 12.0), (198.0, 12.0), (198.0, 285.0), (12.0, 285.0)),
        corner_size=6.0,
        qr=Area(165.5, 20.0, 24.0, 24.0),
        head=Area(TABLE_LEFT, _HEAD_TOP, TABLE_RIGHT - TABLE_LEFT, _HEAD_BOTTOM - _HEAD_TOP),
        sections=tuple(placed.sections),
        rows=tuple(rows),
        remark_lines=tuple(remarks),
        signatures=(
            Area(TABLE_LEFT, top, _SIGN_WIDTH, height),
            Area(TABLE_RIGHT - _SIGN_WIDTH, top, _SIGN_WIDTH, height),
        ),
        language=language,
    )
