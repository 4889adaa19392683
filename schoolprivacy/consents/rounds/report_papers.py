"""The report of a yearly round on A4, with two small drawings: per group, and over time.

Whatever a drawing shows stands beside it as a number; parts of a bar differ in stripes too, so that
a black and white copy and an eye that tells no shades apart read the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from schoolprivacy.consents.rounds.report_drawing import (
    DAYS_HEIGHT,
    draw_days,
    draw_legend,
    draw_parts,
)
from schoolprivacy.consents.rounds.report_lines import ReportGroup, RoundReport, facts, to_do
from schoolprivacy.consents.terms import Answer
from schoolprivacy.paper.dates import dutch_date
from schoolprivacy.paper.fonts import Type
from schoolprivacy.paper.page import BODY, BODY_BOTTOM, LEFT, RIGHT, STRONG, TITLE, Document
from schoolprivacy.paper.sender import Made, SchoolPaper
from schoolprivacy.paper.table import Column, TableRow, draw_table, set_rows

_NAME = Type(9, grey=True)
_HEADING = Type(11, bold=True)
_NOTE = Type(8.5, grey=True)
_ROW = 6.2
_TOP = 26.0
"""Where a later page begins, in mm."""
_BAR_WIDTH = 46.0
_GROUPS = (
    Column("Groep", 40, bold=True),
    Column("Gemaakt", 16),
    Column("Terug", 14),
    Column("Deels", 14),
    Column("Niet nodig", 18),
    Column("Nog niet", 16),
    Column("", _BAR_WIDTH + 2),
)
_HEADS = {
    Answer.NOT_ASKED: "Niet gevraagd",
    Answer.NO_ANSWER: "Geen antw.",
    Answer.GRANTED: "Ja",
    Answer.REFUSED: "Nee",
    Answer.WITHDRAWN: "Ingetrokken",
    Answer.EXPIRED: "Verlopen",
    Answer.CONFLICT: "Oneens",
}
_WIDTHS = (21, 18, 13, 13, 19, 16, 13)
_PURPOSES = (
    Column("Waarvoor", 53, bold=True),
    *(Column(head, width) for head, width in zip(_HEADS.values(), _WIDTHS, strict=True)),
)


def round_report(report: RoundReport, school: SchoolPaper, made: Made) -> bytes:
    """The report on as many pages as it needs.

    :raises KnownError: ``paper.missing_glyph``, ``paper.text_too_long``
    """
    # Drawn once to see how many pages there are, for "bladzijde 1 van 2".
    pages = _Report(Document("", school), report, school, made, 1).draw()
    document = Document(f"Verslag toestemmingsronde {report.year}", school)
    _Report(document, report, school, made, pages).draw()
    return document.finish()


class _Report:
    """Draws from the top down and turns the page when something does not fit."""

    def __init__(
        self, document: Document, report: RoundReport, school: SchoolPaper, made: Made, pages: int
    ) -> None:
        self._document, self._report, self._school = document, report, school
        self._made, self._pages = made, pages
        self._page, self._y = 1, _TOP

    def draw(self) -> int:
        """Everything; gives how many pages it took."""
        self._draw_head()
        self._drawfacts()
        self._draw_time()
        self._draw_groups()
        self._draw_purposes()
        self._draw_to_do()
        self._end_page()
        return self._page

    def _draw_head(self) -> None:
        document, room = self._document, RIGHT - LEFT
        document.text_within(LEFT, 18, self._school.name, _NAME, room, "de naam van de school")
        title = f"Verslag toestemmingsronde {self._report.year}"
        document.text_within(LEFT, 28, title, TITLE, room, "de titel")
        told = f"Stand op {dutch_date(self._made.on)}. Alleen aantallen, geen namen."
        document.text(LEFT, 35, told, BODY)
        self._y = 44.0

    def _drawfacts(self) -> None:
        for name, value in facts(self._report):
            self._document.text(LEFT, self._y, name, BODY)
            self._document.text_within(
                LEFT + 46, self._y, value, STRONG, RIGHT - LEFT - 46, "het verslag"
            )
            self._y += 5.2
        self._y += 3

    def _draw_time(self) -> None:
        self._heading("Formulieren terug, dag voor dag", DAYS_HEIGHT + 4)
        report = self._report
        if not report.days:
            self._line("In deze ronde zijn nog geen formulieren gemaakt.")
            return
        marks = [("inleverdatum", report.hand_in_by)] if report.hand_in_by else []
        words = ("1e herinnering", "2e herinnering")
        marks += zip(words, report.reminders_on, strict=False)
        until = report.closed_on or self._made.on
        draw_days(self._document, LEFT, self._y, RIGHT - LEFT, report.days, until, marks)
        self._y += DAYS_HEIGHT + 5

    def _draw_groups(self) -> None:
        if not self._report.groups:
            return
        self._heading("Per groep", 30)
        draw_legend(self._document, LEFT, self._y)
        self._y += 9
        groups = [*self._report.groups, self._report.total]
        most = max(each.printed for each in self._report.groups)
        for place, rows in self._table(_GROUPS, [_group_row(each) for each in groups]):
            y = self._y
            for group, row in zip(groups[place:], rows, strict=False):
                if group is not self._report.total:
                    left = RIGHT - _BAR_WIDTH
                    draw_parts(
                        self._document, left, y + row.height / 2, _BAR_WIDTH, _parts(group), most
                    )
                y += row.height

    def _draw_purposes(self) -> None:
        together = len(self._report.purposes) * _ROW + 12
        needs = together if together < BODY_BOTTOM - _TOP - 12 else 30
        self._heading("Per doel: wat er nu geldt, in aantallen leerlingen", needs)
        self._y += 4
        rows = [(each.label, *map(_many, each.counts)) for each in self._report.purposes]
        for _ in self._table(_PURPOSES, rows):
            pass
        self._line("Alleen een ja geeft toestemming. Geen antwoord = geen toestemming.", _NOTE)

    def _draw_to_do(self) -> None:
        todo = list(to_do(self._report))
        self._heading("Wat de school nog moet doen", 8 + 5 * len(todo))
        for each in todo:
            self._line(each)

    # — placing —

    def _heading(self, text: str, needs: float) -> None:
        """A heading that stays with what comes under it, which needs so many mm."""
        if self._y + 8 + needs > BODY_BOTTOM:
            self._turn()
        self._y += 4
        self._document.text(LEFT, self._y, text, _HEADING)
        self._y += 6

    def _line(self, text: str, type_: Type = BODY) -> None:
        if self._y + 2 > BODY_BOTTOM:
            self._turn()
        self._document.text_within(LEFT, self._y, text, type_, RIGHT - LEFT, "het verslag")
        self._y += 5.2

    def _table(
        self, columns: Sequence[Column], rows: Sequence[Sequence[str]]
    ) -> Iterator[tuple[int, Sequence[TableRow]]]:
        """Draw the rows; gives each page's place of its first row and its rows, before ``_y``."""
        left, place = list(set_rows(columns, rows, _ROW)), 0
        while left:
            fits = 0
            y = self._y
            while fits < len(left) and y + left[fits].height <= BODY_BOTTOM:
                y += left[fits].height
                fits += 1
            here, left = left[: fits or 1], left[fits or 1 :]
            draw_table(self._document, columns, here, LEFT, self._y)
            yield place, here
            self._y += sum(each.height for each in here) + 5
            place += len(here)
            if left:
                self._turn()
                self._y += 4

    def _turn(self) -> None:
        self._end_page()
        self._page += 1
        self._y = _TOP

    def _end_page(self) -> None:
        self._document.footer(self._made, self._page, self._pages)
        self._document.next_page()


def _group_row(group: ReportGroup) -> tuple[str, ...]:
    numbers = (group.printed, group.back, group.partly, group.not_needed, group.missing)
    return (group.label, *map(_many, numbers), "")


def _parts(group: ReportGroup) -> tuple[int, ...]:
    return group.back, group.partly, group.not_needed, group.missing


def _many(number: int) -> str:
    return str(number) if number else "\u2013"
