"""The sheet that says who of the people at school may be on which pictures.

It has the shapes and words of the photo sheets: whatever is no yes looks the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

from schoolprivacy.errors import KnownError
from schoolprivacy.paper.dates import dutch_date
from schoolprivacy.paper.fonts import Type, check, width, wrap
from schoolprivacy.paper.marks import (
    draw_cross,
    draw_disc,
    draw_shade,
    draw_upright,
    draw_white,
)
from schoolprivacy.paper.page import BODY, PAGE_WIDTH, PALE, TITLE, Document
from schoolprivacy.paper.sender import Made, SchoolPaper

_MARGIN = 10.0
_ROOM = PAGE_WIDTH - 2 * _MARGIN
_BAND, _HEAD_TOP, _UPRIGHT = 12.0, 41.0, 25.5
_ROWS_TOP = _HEAD_TOP + _UPRIGHT
_FOOT_TOP = 266.0
_MOST_CHANNELS = 13
_NAME, _ROLE = 66.0, 22.0
_LEAST_COLUMN, _MOST_COLUMN = 8.8, 24.0
_LEAST_ROW, _MOST_ROW = 5.7, 7.0
_AT_ONCE = int((_FOOT_TOP - _ROWS_TOP) / _LEAST_ROW)
_SIZE, _SMALLEST = 10.0, 8.0
_HEAD, _FOOT = Type(7.5, bold=True), Type(8.5)
_SHADE = 0.93


@dataclass(frozen=True, slots=True)
class TeamSheetRow:
    """Somebody.

    :param role: what they do at school, in Dutch
    :param may: whether a yes counts, for each channel
    """

    name: str
    role: str
    may: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class TeamSheet:
    """Everybody who works or helps here × pictures.

    :param channels: short names of the purposes
    :param valid_until: last day on which it may be used
    :param destroy_after: last day on which it may exist
    """

    channels: tuple[str, ...]
    rows: tuple[TeamSheetRow, ...]
    valid_until: date
    destroy_after: date


def team_sheet(sheet: TeamSheet, school: SchoolPaper, made: Made) -> bytes:
    """Draw the sheet, its head on every page.

    :raises KnownError: ``paper.nothing_to_print``, ``paper.missing_glyph``, ``paper.text_too_long``
    """
    if not sheet.rows or not sheet.channels:
        raise KnownError("paper.nothing_to_print")
    document = Document("Wie van het team mag op de foto?", school)
    pages = [(grid, rows) for grid in _grids(sheet) for rows in _pages(sheet.rows)]
    for number, (grid, rows) in enumerate(pages, 1):
        _draw_top(document, sheet, school, made)
        _draw_heads(document, grid)
        height = min(_MOST_ROW, (_FOOT_TOP - _ROWS_TOP) / len(rows))
        for place, row in enumerate(rows):
            _draw_row(document, grid, row, _ROWS_TOP + place * height, height, place % 2 == 1)
        bottom = _ROWS_TOP + len(rows) * height
        document.line(_MARGIN, bottom, _MARGIN + _ROOM, bottom, points=0.9)
        _draw_foot(document, bottom + 6)
        document.footer(made, number, len(pages), margin=_MARGIN)
        document.next_page()
    return document.finish()


@dataclass(frozen=True, slots=True)
class _Grid:
    """The columns of one page, in mm.

    :param first: place of its first channel among all of them
    """

    first: int
    channels: tuple[str, ...]
    column: float
    name: float

    @property
    def answers(self) -> float:
        """Left side of the first answer."""
        return _MARGIN + self.name + _ROLE


def _grids(sheet: TeamSheet) -> Iterator[_Grid]:
    """The channels in equal parts of as many as stand beside one another."""
    parts = ceil(len(sheet.channels) / _MOST_CHANNELS)
    many = ceil(len(sheet.channels) / parts)
    column = min(_MOST_COLUMN, max(_LEAST_COLUMN, (_ROOM - _NAME - _ROLE) / many))
    name = min(_NAME, _ROOM - _ROLE - many * column)
    for first in range(0, len(sheet.channels), many):
        yield _Grid(first, sheet.channels[first : first + many], column, name)


def _pages(rows: Sequence[TeamSheetRow]) -> list[Sequence[TeamSheetRow]]:
    return [rows[start : start + _AT_ONCE] for start in range(0, len(rows), _AT_ONCE)]


def _draw_top(document: Document, sheet: TeamSheet, school: SchoolPaper, made: Made) -> None:
    right = PAGE_WIDTH - _MARGIN
    draw_shade(document, _MARGIN, _BAND, _ROOM, 8.0, 0)
    draw_white(document, _MARGIN + 3, _BAND + 5.8, "NIET OPHANGEN", Type(14, bold=True))
    destroy = f"Vernietigen na {dutch_date(sheet.destroy_after)}"
    draw_white(document, right - 3, _BAND + 5.6, destroy, Type(11, bold=True), "right")
    document.text(_MARGIN, 28, "Wie van het team mag op de foto?", TITLE)
    document.text_within(_MARGIN, 34, school.name, BODY, _ROOM, "de naam van de school")
    told = f"Geldig tot en met {dutch_date(sheet.valid_until)}"
    document.text(_MARGIN, 39.5, told, Type(9.5, bold=True))
    by = f"Gemaakt op {dutch_date(made.on)} door {made.by}"
    document.text_within(_MARGIN + 72, 39.5, by, BODY, _ROOM - 72, "de naam van wie dit maakt")


def _draw_heads(document: Document, grid: _Grid) -> None:
    document.text(_MARGIN + 1, _ROWS_TOP - 2, "Naam", _HEAD)
    document.text(_MARGIN + grid.name, _ROWS_TOP - 2, "Op school", _HEAD)
    for place, channel in enumerate(grid.channels):
        lines = wrap(check(channel, "de korte naam van een doel"), _HEAD, _UPRIGHT - 2)[:3]
        first = grid.answers + place * grid.column + 4.5 - (len(lines) - 1) * 1.45
        for number, line in enumerate(lines):
            draw_upright(document, first + number * 2.9, _ROWS_TOP - 1.5, line, _HEAD)
    document.line(_MARGIN, _ROWS_TOP, _MARGIN + _ROOM, _ROWS_TOP, points=0.9)


def _draw_row(
    document: Document, grid: _Grid, row: TeamSheetRow, top: float, height: float, shaded: bool
) -> None:
    middle = top + height / 2
    if shaded:
        draw_shade(document, _MARGIN, top, _ROOM, height, _SHADE)
    name, type_ = _shown(row.name, grid.name - 3)
    document.text(_MARGIN + 1, middle + 1.2, name, type_, field="de naam")
    document.text(_MARGIN + grid.name, middle + 1.2, row.role, Type(8))
    for place, may in enumerate(row.may[grid.first : grid.first + len(grid.channels)]):
        left = grid.answers + place * grid.column
        document.line(left - 0.6, top, left - 0.6, top + height, grey=PALE)
        (draw_disc if may else draw_cross)(document, left + 1.5, middle, 2.5)
        document.text(
            left + (3.1 if grid.column < 11 else 3.7),
            middle + 1.0,
            "Ja" if may else "Nee",
            Type(7.5),
        )


def _shown(name: str, room: float) -> tuple[str, Type]:
    """A long name is set smaller; the end of a very long one is left out."""
    name = check(name, "de naam")
    type_ = Type(max(_SMALLEST, _SIZE * min(1.0, room / width(name, Type(_SIZE)))))
    while len(name) > 1 and width(name, type_) > room + 0.01:
        name = f"{name.rstrip('…')[:-1].rstrip(' -')}…"
    return name, type_


def _draw_foot(document: Document, y: float) -> None:
    draw_disc(document, _MARGIN + 1.5, y - 1.1, 3)
    document.text(_MARGIN + 4, y, "Ja = mag herkenbaar op de foto", _FOOT)
    draw_cross(document, _MARGIN + 61.5, y - 1.1, 3)
    document.text(_MARGIN + 64, y, "Nee = niet herkenbaar op de foto", _FOOT)
    told = "Wie niet op dit blad staat: Nee. Vraag niemand waarom; een nee heeft geen gevolgen."
    document.text(_MARGIN, y + 4.6, told, _FOOT)
