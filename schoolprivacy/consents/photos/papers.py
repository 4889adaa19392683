"""The sheets that say who may be on a photo: for a clipboard, not for the wall.

Every answer is a shape and a word, drawn in black. Whatever is no yes looks the same, whatever the
reason, and each page says how long it holds and when it must be destroyed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from schoolprivacy.consents.photos.layout import (
    FOOT_TOP,
    GROUP_WIDTH,
    MARGIN,
    MOST_ROW,
    ROOM,
    UPRIGHT,
    Grid,
    Name,
    PhotoSheet,
    Row,
    grids,
    pages,
)
from schoolprivacy.consents.photos.who_may import PhotoAnswer
from schoolprivacy.errors import KnownError
from schoolprivacy.paper.boxes import draw_box
from schoolprivacy.paper.dates import dutch_date
from schoolprivacy.paper.fonts import Type, check, fit, width, wrap
from schoolprivacy.paper.marks import (
    draw_cross,
    draw_disc,
    draw_shade,
    draw_triangle,
    draw_upright,
    draw_white,
)
from schoolprivacy.paper.page import BODY, PAGE_WIDTH, PALE, TITLE, Document
from schoolprivacy.paper.sender import Made, SchoolPaper

_BAND = 12.0
"""Top of the black band; above it stands the mark of the demo school."""
_HEAD = Type(7.5, bold=True)
_NOTE = Type(8.5)
_STRONG_NOTE = Type(8.5, bold=True)
_SHADE = 0.93

_SHAPES = {
    PhotoAnswer.YES: draw_disc,
    PhotoAnswer.ASK_FIRST: draw_triangle,
    PhotoAnswer.NO: draw_cross,
}
_WORDS = {
    PhotoAnswer.YES: "Ja",
    PhotoAnswer.ASK_FIRST: "Vraag eerst",
    PhotoAnswer.NO: "Nee",
}
_SHORT = _WORDS | {PhotoAnswer.ASK_FIRST: "Vraag"}
_LEGEND = {
    PhotoAnswer.YES: "mag herkenbaar op de foto",
    PhotoAnswer.ASK_FIRST: "vraag het kind zelf; zegt het nee, dan nee",
    PhotoAnswer.NO: "niet herkenbaar op de foto",
}
_NOT_LISTED = (
    "Staat een kind niet op dit blad? Dan geldt Nee. Twijfelt u? Vraag het de administratie."
)


def photo_sheets(
    sheets: Sequence[PhotoSheet],
    school: SchoolPaper,
    made: Made,
    progress: Callable[[int], None] | None = None,
) -> bytes:
    """Each sheet on pages of its own.

    :param progress: called with how many sheets are done; may raise to stop
    :raises KnownError: ``paper.nothing_to_print``, ``paper.missing_glyph``, ``paper.text_too_long``
    """
    if not sheets:
        raise KnownError("paper.nothing_to_print")
    document = Document("Wie mag op de foto?", school)
    for done, sheet in enumerate(sheets, 1):
        on_pages = [page for grid in grids(sheet) for page in pages(sheet, grid)]
        for number, (grid, rows) in enumerate(on_pages, 1):
            _draw_top(document, sheet, school, made)
            draw_heads(document, grid)
            draw_rows(document, grid, rows)
            _draw_foot(document, sheet)
            document.footer(made, number, len(on_pages), margin=MARGIN)
            document.next_page()
        if progress:
            progress(done)
    return document.finish()


# — what is drawn —


def _draw_top(document: Document, sheet: PhotoSheet, school: SchoolPaper, made: Made) -> None:
    draw_band(document, f"Vernietigen na {dutch_date(sheet.destroy_after)}")
    document.text_within(MARGIN, 28, sheet.title, TITLE, ROOM, "de titel")
    about = f"{sheet.about} \u00b7 {school.name}"
    document.text_within(MARGIN, 34, about, BODY, ROOM, "de groepen en de naam van de school")
    told = f"Geldig tot en met {dutch_date(sheet.valid_until)}"
    document.text(MARGIN, 39.5, told, Type(9.5, bold=True))
    by = f"Gemaakt op {dutch_date(made.on)} door {made.by}"
    document.text_within(MARGIN + 72, 39.5, by, BODY, ROOM - 72, "de naam van wie dit maakt")


def draw_band(document: Document, destroy: str) -> None:
    """Black across the top: not for the wall, and when the sheet must be gone."""
    draw_shade(document, MARGIN, _BAND, ROOM, 8.0, 0)
    draw_white(document, MARGIN + 3, _BAND + 5.8, "NIET OPHANGEN", Type(14, bold=True))
    right = PAGE_WIDTH - MARGIN - 3
    draw_white(document, right, _BAND + 5.6, destroy, Type(11, bold=True), "right")


def draw_heads(document: Document, grid: Grid) -> None:
    """The names of the columns above the line at the top of the rows."""
    document.text(MARGIN + 1, grid.top - 2, "Kind", _HEAD)
    if grid.group:
        document.text(MARGIN + grid.name, grid.top - 2, grid.marks or "Groep", _HEAD)
    for place, channel in enumerate(grid.channels):
        left = grid.answers + place * grid.column
        text = check(channel, "de korte naam van een doel")
        if grid.is_wide:
            lines = wrap(text, _HEAD, grid.column - 2)[:3]
            for up, line in enumerate(reversed(lines)):
                document.text(left + 1, grid.top - 2 - up * 3.1, line, _HEAD)
        else:
            lines = wrap(text, _HEAD, UPRIGHT - 1.8)[:3]
            first = left + grid.column / 2 + 0.95 - (len(lines) - 1) * 1.45
            for number, line in enumerate(lines):
                draw_upright(document, first + number * 2.9, grid.top - 1.5, line, _HEAD)
    document.line(MARGIN, grid.top, MARGIN + ROOM, grid.top, points=0.9)


def draw_rows(document: Document, grid: Grid, rows: Sequence[Row]) -> None:
    """The children of one page, each with the answer for each channel."""
    height = min(MOST_ROW, (FOOT_TOP - grid.top) / max(1, len(rows)))
    bottom = grid.top + height * len(rows)
    for number, (row, name) in enumerate(rows):
        y = grid.top + number * height
        if number % 2:
            draw_shade(document, MARGIN, y, ROOM, height, _SHADE)
        _draw_name(document, MARGIN + 1, y + height / 2 + 1.2, name)
        if grid.group:
            beside = row.mark if grid.marks else row.group
            _draw_group(document, MARGIN + grid.name, y + height / 2 + 1.2, beside)
        answers = row.answers[grid.first : grid.first + len(grid.channels)]
        for place, answer in enumerate(answers):
            left = grid.answers + place * grid.column
            _draw_answer(document, left, y + height / 2, answer, grid)
    for place in range(len(grid.channels)):
        left = grid.answers + place * grid.column
        document.line(left, grid.top, left, bottom, grey=PALE)
    document.line(MARGIN, bottom, MARGIN + ROOM, bottom, points=0.9)


def _draw_name(document: Document, x: float, y: float, name: Name) -> None:
    for text, type_ in name.parts:
        if text:
            document.text(x, y, text, type_, field="de naam")
            x += width(text, type_)


def _draw_group(document: Document, x: float, y: float, group: str) -> None:
    text, room = check(group, "de groep"), GROUP_WIDTH - 2
    while len(text) > 1 and width(text, Type(7)) > room:
        text = f"{text.rstrip('…')[:-1].rstrip()}…"
    document.text(x, y, text, fit(text, Type(8.5), room, 6.5))


def _draw_answer(
    document: Document, left: float, middle: float, answer: PhotoAnswer, grid: Grid
) -> None:
    """The shape, and the word behind it."""
    is_roomy = grid.column >= 12
    shape, gap = (3.1, 1.0) if is_roomy else (2.5, 0.5)
    _SHAPES[answer](document, left + 0.5 + shape / 2, middle, shape)
    at = left + 0.5 + shape + gap
    word = (_WORDS if grid.is_wide else _SHORT)[answer]
    type_ = fit(word, Type(9 if is_roomy else 7.5), left + grid.column - 0.2 - at, 5)
    document.text(at, middle + type_.size * 0.125, word, type_)


def _draw_foot(document: Document, sheet: PhotoSheet) -> None:
    y = draw_legend(document)
    for number, rule in enumerate(sheet.rules):
        down = y + 10.2 + number * 4.3
        draw_box(document, MARGIN + 1.6, down - 1.1, 2.9)
        document.text_within(MARGIN + 5, down, rule, _NOTE, ROOM - 5)


def draw_legend(document: Document) -> float:
    """What the answers mean, and what holds for who is not listed; gives the first baseline."""
    x, y = MARGIN, FOOT_TOP + 5.5
    for answer, meaning in _LEGEND.items():
        _SHAPES[answer](document, x + 1.5, y - 1.1, 3.0)
        document.text(x + 4, y, _WORDS[answer], _STRONG_NOTE)
        x += 4 + width(_WORDS[answer], _STRONG_NOTE)
        text = f" = {meaning}"
        document.text(x, y, text, _NOTE)
        x += width(text, _NOTE) + 3
    document.text(MARGIN, y + 4.6, _NOT_LISTED, _NOTE)
    return y
