"""The year planner: one A4 for the wall, a calendar and a short list of every month.

Told apart without colour: days without school are shaded, days with something are framed, and
every line has the sign of its kind and says in words what it is. What does not fit in a month is
counted there, never left out silently.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from schoolprivacy.duties import Moment, MomentKind
from schoolprivacy.paper.boxes import draw_box
from schoolprivacy.paper.dates import dutch_date
from schoolprivacy.paper.fonts import Type, check, wrap
from schoolprivacy.paper.marks import draw_cross, draw_disc, draw_shade, draw_triangle
from schoolprivacy.paper.page import BODY, SMALL, TITLE, Document
from schoolprivacy.paper.sender import Made, SchoolPaper
from schoolprivacy.schoolyear import SchoolYear

_MARGIN = 14.0
_RIGHT = 196.0
_TOP = 35.0
_DOWN, _ACROSS = 39.2, 95.0
"""From one month to the next, in mm; six months in a column."""
_BLOCK = 87.0
_CELL_ACROSS, _CELL_DOWN = 4.4, 4.5
_SIGN, _WHEN, _TEXT = 34.5, 37.0, 52.0
"""Where the sign, the day and the words of a line stand in a month, in mm."""
_FIRST_LINE, _LEADING = 9.4, 3.5
_LINES = 9
"""So many fit in a month."""
_FREE = 0.8
"""Grey of a day without school; the number on it stays readable on a copy."""
_MONTH = Type(10.5, bold=True)
_DAY = Type(7.5)
_BUSY = Type(7.5, bold=True)
_WEEKEND = Type(7.5, grey=True)
_LINE = Type(7.75)
_DAYS = ("ma", "di", "wo", "do", "vr", "za", "zo")
_MOST_WANTED = (MomentKind.ROUND, MomentKind.OKR, MomentKind.ENDS, MomentKind.MR, MomentKind.FREE)
"""What stays when a month is full; days without school are seen in its calendar too."""
_LEGEND_Y = 276.0
_LEGEND = (
    (MomentKind.FREE, "geen school", 25.0),
    (MomentKind.ROUND, "toestemmingsronde", 36.0),
    (MomentKind.OKR, "overstap groep 8 (OKR)", 42.0),
    (MomentKind.MR, "MR", 13.0),
    (MomentKind.ENDS, "loopt af of moet weg", 40.0),
    (MomentKind.OTHER, "overig", 0.0),
)


@dataclass(frozen=True, slots=True)
class YearPlan:
    """What stands on the planner.

    :param moments: of this school year, in any order
    :param notes: short sentences above the months, such as that holidays are missing
    """

    year: SchoolYear
    moments: tuple[Moment, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlannerLine:
    """One line of text in a month.

    :param kind: None when it goes on with the line above, or counts what did not fit
    """

    kind: MomentKind | None
    when: str
    text: str


@dataclass(frozen=True, slots=True)
class PlannedMonth:
    """One month, ready to draw.

    :param free: its days without school, weekends not counted
    :param busy: the days on which something begins or ends
    :param not_shown: how many moments did not fit
    """

    first: date
    last: date
    free: frozenset[date]
    busy: frozenset[date]
    lines: tuple[PlannerLine, ...]
    not_shown: int


# — what stands in each month —


def planned_months(plan: YearPlan) -> tuple[PlannedMonth, ...]:
    """The twelve months from August, with as many lines as fit.

    :raises KnownError: ``paper.missing_glyph``
    """
    starts = [*_month_starts(plan.year), plan.year.next().first_day]
    listed = _without_covered(plan.moments)
    return tuple(
        _month(plan.moments, listed, first, after - timedelta(days=1))
        for first, after in pairwise(starts)
    )


def _month_starts(year: SchoolYear) -> Iterator[date]:
    for number in range(12):
        later, month = divmod(number + 7, 12)
        yield date(year.start + later, month + 1, 1)


def _without_covered(moments: Sequence[Moment]) -> list[Moment]:
    """In order; a public holiday in the middle of a longer one needs no line of its own."""
    free = [each for each in moments if each.kind is MomentKind.FREE]
    longer = [each for each in free if each.first < each.last]
    covered = {
        each
        for each in free
        if each.first == each.last
        and any(by.first <= each.first and each.last <= by.last for by in longer)
    }
    return sorted(
        (each for each in moments if each not in covered),
        key=lambda each: (each.first, each.last, each.title),
    )


def _month(
    moments: Sequence[Moment], listed: Sequence[Moment], first: date, last: date
) -> PlannedMonth:
    here = [each for each in moments if each.first <= last and each.last >= first]
    free = {
        day
        for each in here
        if each.kind is MomentKind.FREE
        for day in _days(max(each.first, first), min(each.last, last))
    }
    busy = {
        day
        for each in here
        if each.kind is not MomentKind.FREE
        for day in (each.first, each.last)
        if first <= day <= last
    }
    entries = [_entry(each, first, last) for each in listed if each in here]
    lines, not_shown = _fitting(entries)
    return PlannedMonth(first, last, frozenset(free), frozenset(busy), lines, not_shown)


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def _fitting(entries: Sequence[Sequence[PlannerLine]]) -> tuple[tuple[PlannerLine, ...], int]:
    """The lines of as many entries as there is room for, and how many there is none for."""
    if sum(map(len, entries)) <= _LINES:
        return tuple(line for entry in entries for line in entry), 0
    kept, room = set(), _LINES - 1  # one is for the count
    for place in sorted(range(len(entries)), key=lambda place: _rank(entries[place][0])):
        if len(entries[place]) <= room:
            kept.add(place)
            room -= len(entries[place])
    rest = len(entries) - len(kept)
    lines = [line for place in sorted(kept) for line in entries[place]]
    return (*lines, PlannerLine(None, "", f"en nog {rest}")), rest


def _rank(line: PlannerLine) -> int:
    """Which lines come first when there is not room for all."""
    wanted: tuple[MomentKind | None, ...] = _MOST_WANTED
    return wanted.index(line.kind) if line.kind in wanted else len(wanted)


def _entry(moment: Moment, first: date, last: date) -> list[PlannerLine]:
    title, *more = wrap(check(moment.title, "de kalender"), _LINE, _BLOCK - _TEXT)
    when = _when(moment, first, last)
    return [
        PlannerLine(moment.kind, when, title),
        *(PlannerLine(None, "", text) for text in more),
    ]


def _when(moment: Moment, first: date, last: date) -> str:
    """The days of a moment in a month, short."""
    starts, ends = moment.first >= first, moment.last <= last
    if moment.first == moment.last:
        return f"{_DAYS[moment.first.weekday()]} {moment.first.day}"
    if starts and ends:
        return f"{moment.first.day} t/m {moment.last.day}"
    if ends:
        return f"t/m {moment.last.day}"
    return f"vanaf {moment.first.day}" if starts else "hele maand"


# — drawing —


def year_planner(plan: YearPlan, school: SchoolPaper, made: Made) -> bytes:
    """Draw the planner: one page, whatever there is.

    :raises KnownError: ``paper.missing_glyph``, ``paper.text_too_long``
    """
    title = f"Jaarplanner {plan.year}"
    document, room = Document(title, school), _RIGHT - _MARGIN
    document.text_within(_MARGIN, 17, school.name, BODY, room, "de naam van de school")
    document.text(_MARGIN, 24.5, title, TITLE)
    months = planned_months(plan)
    document.text_within(_MARGIN, 30, " ".join(plan.notes), SMALL, room, "de toelichting", 4.5)
    for number, month in enumerate(months):
        column, row = divmod(number, 6)
        _draw_month(document, month, _MARGIN + column * _ACROSS, _TOP + row * _DOWN)
    _draw_legend(document, sum(each.not_shown for each in months))
    document.footer(made, 1, 1, margin=_MARGIN)
    document.next_page()
    return document.finish()


def _draw_month(document: Document, month: PlannedMonth, x: float, y: float) -> None:
    name = dutch_date(month.first).split()[1]
    document.text(x, y + 3.6, f"{name} {month.first.year}", _MONTH)
    document.line(x, y + 5, x + _BLOCK, y + 5, points=0.7)
    _draw_days(document, month, x, y + 8.8)
    for number, line in enumerate(month.lines):
        at = y + _FIRST_LINE + number * _LEADING
        if line.kind:
            _draw_sign(document, line.kind, x + _SIGN, at - 0.95)
        document.text(x + _WHEN, at, line.when, _LINE)
        document.text(x + _TEXT, at, line.text, _LINE)


def _draw_days(document: Document, month: PlannedMonth, x: float, y: float) -> None:
    """A small calendar, weeks from Monday; y is the baseline of its head."""
    for place, name in enumerate(_DAYS):
        document.text(x + (place + 0.5) * _CELL_ACROSS, y, name[0], SMALL, "centre")
    for day in _days(month.first, month.last):
        week = (day.day + month.first.weekday() - 1) // 7
        left = x + day.weekday() * _CELL_ACROSS
        top = y + 1.2 + week * _CELL_DOWN
        if day in month.free:
            draw_shade(document, left, top, _CELL_ACROSS, _CELL_DOWN, _FREE)
        middle = left + _CELL_ACROSS / 2
        if day in month.busy:
            draw_box(document, middle, top + _CELL_DOWN / 2, 4.0)
        type_ = _BUSY if day in month.busy else _WEEKEND if day.weekday() > 4 else _DAY
        document.text(middle, top + 3.2, str(day.day), type_, "centre")


def _draw_sign(document: Document, kind: MomentKind, x: float, y: float) -> None:
    """The sign of a kind around the centre (x, y); no two alike on a copy."""
    if kind is MomentKind.FREE:
        draw_shade(document, x - 1.5, y - 1.1, 3.0, 2.2, _FREE)
    elif kind is MomentKind.ROUND:
        draw_disc(document, x, y, 2.0)
    elif kind is MomentKind.OKR:
        draw_triangle(document, x, y, 2.4)
    elif kind is MomentKind.MR:
        draw_box(document, x, y, 1.9)
    elif kind is MomentKind.ENDS:
        draw_cross(document, x, y, 2.2)
    else:
        document.line(x - 1.2, y, x + 1.2, y, points=1.4)


def _draw_legend(document: Document, not_shown: int) -> None:
    x = _MARGIN + 1.5
    for kind, words, across in _LEGEND:
        _draw_sign(document, kind, x, _LEGEND_Y - 0.95)
        document.text(x + 3, _LEGEND_Y, words, _LINE)
        x += across
    text = "Omkaderd: op die dag begint of eindigt iets."
    if not_shown:
        text += f" Er paste niet alles op: {not_shown} niet genoemd, bij “en nog”."
    document.text(_MARGIN, _LEGEND_Y + 4.6, text, SMALL)
