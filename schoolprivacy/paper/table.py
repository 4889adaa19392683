"""A table that runs over pages, its head repeated on each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from schoolprivacy.paper.boxes import draw_box
from schoolprivacy.paper.fonts import Type, check, wrap
from schoolprivacy.paper.page import BODY_BOTTOM, PALE, Document

_CELL = Type(9)
_HEAD = Type(7.5, bold=True)
_LEADING = 3.9
_BOX = 4.0
_GUTTER = 3.0


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, its width in mm, and whether it holds a box to tick instead of text."""

    head: str
    width: float
    tick: bool = False
    bold: bool = False


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row with its texts broken into lines.

    :param height: in mm
    """

    cells: tuple[tuple[str, ...], ...]
    height: float


def set_rows(
    columns: Sequence[Column], rows: Sequence[Sequence[str]], least: float
) -> tuple[TableRow, ...]:
    """Break the texts of each cell into lines.

    :param rows: a text per column; a newline in it starts a new line
    :param least: the height of a row with one line, in mm
    :raises KnownError: ``paper.missing_glyph``, naming the column
    """
    return tuple(_set_row(columns, row, least) for row in rows)


def _set_row(columns: Sequence[Column], row: Sequence[str], least: float) -> TableRow:
    cells = tuple(
        tuple(
            part
            for line in text.split("\n")
            for part in wrap(
                check(line, f"de kolom {column.head}"), _type(column), column.width - _GUTTER
            )
        )
        for column, text in zip(columns, row, strict=True)
    )
    most = max(1, *(len(cell) for cell in cells))
    return TableRow(cells, least + (most - 1) * _LEADING)


def split_rows(rows: Sequence[TableRow], least: float, room: float) -> tuple[TableRow, ...]:
    """The same rows, with each that is higher than ``room`` mm cut into rows that fit.

    :param least: the height of a row with one line, in mm
    """
    most = max(1, int((room - least) / _LEADING) + 1)
    found: list[TableRow] = []
    for row in rows:
        lines = max(1, *(len(cell) for cell in row.cells))
        for first in range(0, lines, most):
            part = tuple(cell[first : first + most] for cell in row.cells)
            many = min(most, lines - first)
            found.append(TableRow(part, least + (many - 1) * _LEADING))
    return tuple(found)


def break_pages(rows: Sequence[TableRow], top: float) -> tuple[tuple[TableRow, ...], ...]:
    """Which rows stand on which page, when the first row of a page starts at ``top``."""
    pages: list[list[TableRow]] = [[]]
    y = top
    for row in rows:
        if y + row.height > BODY_BOTTOM and pages[-1]:
            pages.append([])
            y = top
        pages[-1].append(row)
        y += row.height
    return tuple(tuple(page) for page in pages)


def draw_table(
    document: Document,
    columns: Sequence[Column],
    rows: Sequence[TableRow],
    x: float,
    y: float,
) -> None:
    """Draw the head just above y and the rows of one page from y down."""
    right = x + sum(column.width for column in columns)
    at = x
    for column in columns:
        document.text(at, y - 2, column.head, _HEAD)
        at += column.width
    document.line(x, y, right, y, points=0.7)
    for row in rows:
        _draw_row(document, columns, row, x, y)
        y += row.height
        document.line(x, y, right, y, grey=PALE)


def _draw_row(
    document: Document, columns: Sequence[Column], row: TableRow, x: float, y: float
) -> None:
    lines = max(1, *(len(cell) for cell in row.cells))
    # The first baseline such that the lines stand in the middle of the row (x-height of 9 pt).
    first = y + (row.height - (lines - 1) * _LEADING) / 2 + 1.15
    for column, cell in zip(columns, row.cells, strict=True):
        if column.tick:
            draw_box(document, x + _BOX / 2 + 0.5, y + row.height / 2, _BOX)
        for number, text in enumerate(cell):
            document.text(x, first + number * _LEADING, text, _type(column))
        x += column.width


def _type(column: Column) -> Type:
    return Type(_CELL.size, bold=column.bold)
