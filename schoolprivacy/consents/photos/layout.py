"""Where everything stands on a photo sheet: columns, rows, and how a long name finds room."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import ceil

from schoolprivacy.consents.photos.who_may import PhotoAnswer
from schoolprivacy.paper.fonts import Type, check, width
from schoolprivacy.paper.page import PAGE_WIDTH

MARGIN = 10.0
ROOM = PAGE_WIDTH - 2 * MARGIN
_HEAD_TOP = 41.0
UPRIGHT = 25.5
"""Room for a channel's name that runs upwards."""
_LEVEL = 12.0
"""Room for one that is written level, on at most three lines."""
FOOT_TOP = 249.0
"""No row stands lower: the legend and the house rules follow."""

MOST_CHANNELS = 14
"""Beside one another on a page; more run on to a page of their own."""
_LEAST_ROW, MOST_ROW = 5.3, 8.0
_LEAST_COLUMN = 9.4
_WIDE = 24.0
"""A column this wide has room for the whole word, and for a level head."""
_NAME, _NAME_OF_FEW = 84.0, 100.0
"""Room for a name, unless many columns need it; more beside one or two channels."""
GROUP_WIDTH = 22.0

_SIZE, _SMALLEST = 10.0, 9.0
"""Of names, in points: read at arm's length."""
_SMALL_SURNAME = 7.0
"""Of the rest of a very long one behind the roepnaam, before its end is left out."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A child.

    :param name: begins with ``call_name``, which is printed bold
    :param answers: one for each channel
    :param mark: stands beside the name instead of the group, when the sheet has marks
    """

    name: str
    call_name: str
    group: str
    answers: tuple[PhotoAnswer, ...]
    mark: str = ""


@dataclass(frozen=True, slots=True)
class PhotoSheet:
    """Who may be on a photo, of one or more groups.

    :param about: what stands under the title: the day, the groups
    :param channels: short names of the purposes
    :param valid_until: last day on which it may be used
    :param destroy_after: last day on which it may exist
    :param rules: of the house, to tick
    :param marks: what the marks beside the names say; "" when the groups stand there
    """

    title: str
    about: str
    channels: tuple[str, ...]
    rows: tuple[SheetRow, ...]
    valid_until: date
    destroy_after: date
    rules: tuple[str, ...]
    marks: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """The columns of one page, in mm.

    :param first: place of its first channel among all of them
    :param group: room for the groups or marks; 0 when all children are of one group
    :param marks: as of the sheet
    """

    first: int
    channels: tuple[str, ...]
    name: float
    group: float
    column: float
    marks: str = ""

    @property
    def is_wide(self) -> bool:
        return self.column >= _WIDE

    @property
    def top(self) -> float:
        return _HEAD_TOP + (_LEVEL if self.is_wide else UPRIGHT)

    @property
    def answers(self) -> float:
        """Left side of the first answer."""
        return MARGIN + self.name + self.group


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it is printed: the roepnaam bold, as far as it stands there, and the rest.

    :param called, rest: sizes in points
    """

    bold: str
    light: str
    called: float
    rest: float

    @property
    def text(self) -> str:
        return self.bold + self.light

    @property
    def parts(self) -> tuple[tuple[str, Type], ...]:
        return (self.bold, Type(self.called, bold=True)), (self.light, Type(self.rest))

    @property
    def width(self) -> float:
        return sum(width(text, type_) for text, type_ in self.parts)


Row = tuple[SheetRow, Name]


def grids(sheet: PhotoSheet) -> Iterator[Grid]:
    """The channels in equal parts of as many as stand beside one another."""
    many_groups = len({row.group for row in sheet.rows}) > 1
    group = GROUP_WIDTH if sheet.marks or many_groups else 0.0
    parts = max(1, ceil(len(sheet.channels) / MOST_CHANNELS))
    many = ceil(len(sheet.channels) / parts)
    name = _NAME if many > 2 else _NAME_OF_FEW
    column = max(_LEAST_COLUMN, (ROOM - group - name) / max(1, many))
    for first in range(0, len(sheet.channels), many):
        channels = sheet.channels[first : first + many]
        yield Grid(first, channels, ROOM - group - many * column, group, column, sheet.marks)


def pages(sheet: PhotoSheet, grid: Grid) -> Iterator[tuple[Grid, Sequence[Row]]]:
    """The children in parts of as many as fit on a page, at least 34."""
    rows = list(zip(sheet.rows, _shown(sheet.rows, grid.name - 3), strict=True))
    at_once = int((FOOT_TOP - grid.top) / _LEAST_ROW)
    for start in range(0, max(1, len(rows)), at_once):
        yield grid, rows[start : start + at_once]


def _shown(rows: Sequence[SheetRow], room: float) -> list[Name]:
    """The names as they are printed: the end of a very long one is left out.

    Unless two children would then be called the same: theirs is set smaller.
    """
    cut = [_fitting(row, room) for row in rows]
    many = Counter((name.text, row.group) for name, row in zip(cut, rows, strict=True))
    return [
        _squeezed(row, room) if many[name.text, row.group] > 1 else name
        for name, row in zip(cut, rows, strict=True)
    ]


def _fitting(row: SheetRow, room: float) -> Name:
    whole = _set_name(row, _SIZE, _SIZE)
    if whole.width <= room:
        return whole
    name = _set_name(row, _SMALLEST, _SMALLEST)
    if name.width <= room:
        return _set_name(row, (size := _SIZE * room / whole.width), size)
    left = max(0.0, room - width(name.bold, Type(_SMALLEST, bold=True)))
    size = _SMALLEST * left / max(1.0, width(name.light, Type(_SMALLEST)))
    name = replace(name, rest=min(_SMALLEST, max(_SMALL_SURNAME, size)))
    while name.width > room + 0.01 and len(name.light) > 1:
        name = replace(name, light=f"{name.light.rstrip('… -(')[:-1].rstrip(' -(')}…")
    return name if name.width <= room + 0.01 else _squeezed(row, room)


def _set_name(row: SheetRow, called: float, rest: float) -> Name:
    name, first = check(row.name, "de naam"), check(row.call_name, "de naam")
    bold = len(first) if name.startswith(first) else 0
    return Name(name[:bold], name[bold:], called, rest)


def _squeezed(row: SheetRow, room: float) -> Name:
    """The whole name, however small."""
    size = min(_SIZE, _SIZE * room / _set_name(row, _SIZE, _SIZE).width)
    return _set_name(row, size, size)
