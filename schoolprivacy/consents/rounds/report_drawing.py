"""The drawings of the report: a bar of parts, and how the forms came back over time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from schoolprivacy.paper.dates import dutch_date
from schoolprivacy.paper.fonts import MM, Type, width
from schoolprivacy.paper.marks import draw_shade
from schoolprivacy.paper.page import PAGE_HEIGHT, PALE, SMALL, Document

DAYS_HEIGHT = 50.0
"""Of the drawing over time with its words, in mm."""

_BAR = 3.4
_NOTE = Type(8)
_STRONG = Type(8, bold=True)
_BACK, _PARTLY, _OTHER, _NONE = range(4)
_SHADES = (0.25, 0.75, 0.9, 1.0)
WORDS = ("terug", "deels terug", "niet nodig", "nog niet terug")
_PLOT = 34.0
_LABELS = 30.0
"""White at the right for the words at the end of a line."""

Day = tuple[date, int, int]


def draw_legend(document: Document, x: float, y: float) -> None:
    """What the parts of a bar are, the baseline at y."""
    for part, word in enumerate(WORDS):
        _draw_part(document, x, y - 2.7, 4.5, part)
        document.text(x + 6, y, word, _NOTE)
        x += 11 + width(word, _NOTE)


def draw_parts(
    document: Document, x: float, y: float, across: float, parts: Sequence[int], most: int
) -> None:
    """A bar around the height y.

    :param parts: how many of each of ``WORDS``
    :param most: how many fill the whole width
    """
    for part, many in enumerate(parts):
        if many:
            _draw_part(document, x, y - _BAR / 2, across * many / most, part)
            x += across * many / most


def _draw_part(document: Document, x: float, y: float, across: float, part: int) -> None:
    draw_shade(document, x, y, across, _BAR, _SHADES[part])
    if part == _PARTLY:
        at = x + 0.8
        while at < x + across:
            document.line(at, y, at, y + _BAR, points=0.7)
            at += 1.4
    canvas = document.canvas
    canvas.setLineWidth(0.4)
    canvas.setStrokeGray(0)
    canvas.rect(x * MM, (PAGE_HEIGHT - y - _BAR) * MM, across * MM, _BAR * MM, stroke=1, fill=0)


def draw_days(
    document: Document,
    x: float,
    y: float,
    across: float,
    days: Sequence[Day],
    until: date,
    marks: Sequence[tuple[str, date]],
) -> None:
    """How many forms were printed and back at the end of each day, from y down.

    :param days: day, printed, back; at least one
    :param until: the day up to which it is drawn
    :param marks: days to point at, with a word
    """
    top, bottom = y + 8, y + 8 + _PLOT
    first, last = days[0][0], max(until, days[-1][0])
    most = max(1, *(printed for _, printed, _ in days))
    room = across - _LABELS
    span = max(1, (last - first).days + 1)

    def at(day: date) -> float:
        return x + room * (day - first).days / span

    def up(many: int) -> float:
        return bottom - _PLOT * many / most

    ends = [at(each[0]) for each in days[1:]] + [x + room]
    for (day, printed, back), end in zip(days, ends, strict=True):
        if back:
            draw_shade(document, at(day), up(back), end - at(day), bottom - up(back), _SHADES[0])
        document.line(at(day), up(printed), end, up(printed), points=1.2)
    document.line(x, bottom, x + room, bottom)
    document.line(x, top, x, bottom)
    _draw_marks(document, [(word, at(day)) for word, day in marks if first <= day <= last], y)
    document.text(x, bottom + 4.2, dutch_date(first), SMALL)
    document.text(x + room, bottom + 4.2, dutch_date(last), SMALL, "right")
    _, printed, back = days[-1]
    _draw_ends(document, x + room + 2, up(printed), up(back), printed, back)


def _draw_ends(
    document: Document, x: float, upper: float, lower: float, printed: int, back: int
) -> None:
    """The words at the end of both lines, never through one another."""
    document.text(x, upper + 1.2, f"{printed} gemaakt", _STRONG)
    document.text(x, max(lower, upper + 4.5) + 1.2, f"{back} terug", _STRONG)


def _draw_marks(document: Document, marks: Sequence[tuple[str, float]], y: float) -> None:
    taken = 0.0
    for word, across in marks:
        document.line(across, y + 6, across, y + 8 + _PLOT, grey=PALE)
        left = max(across, taken)
        document.text(left, y + 5, word, SMALL)
        taken = left + width(word, SMALL) + 3
