"""Before a round: what it is, for which school year, and how the last one ended."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from schoolprivacy.consents.actions import contact_year
from schoolprivacy.consents.rounds.closing import reopen_round
from schoolprivacy.consents.rounds.opening import open_round
from schoolprivacy.consents.rounds.progress import Counts, Progress, progress
from schoolprivacy.consents.rounds.report import print_round_report, sample_round_report
from schoolprivacy.consents.rounds.terms import Round, Step
from schoolprivacy.people.profile import read_profile
from schoolprivacy.school import School
from schoolprivacy.schoolyear import SchoolYear
from ui import messages
from ui.desk import Desk
from ui.fields import Fields, button, card, choice, label, notice, row, scrolled, show_date
from ui.screens.year_paper import PaperPart, Wanted
from ui.screens.year_points import Points
from ui.theme import px
from ui.words import counted, tr


class BeginPage(QWidget):
    """Beginning a round; beneath it the last one with its report."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._proposed: SchoolYear | None = None
        self._last: Progress | None = None
        self.points = Points()
        self.points.show_lines(_points())
        self.year = choice([])
        self.year.setMinimumWidth(px(260))
        self._fields = Fields()
        self._fields.add("year", tr("Voor welk &schooljaar?"), self.year)
        self.begin_button = button(
            tr("Ronde &beginnen"), self.begin, icon="calendar-days", kind="primary"
        )
        self._twice = notice("")
        self._twice_said = self._twice.findChildren(type(label("")))[-1]
        self._twice.hide()
        self._to_read = notice(
            tr("Het schoolbestand is geopend om te lezen. U kunt nu geen ronde beginnen.")
        )
        self._to_read.hide()
        self.ended = label("", wrap=True)
        self.counted = label("", wrap=True)
        self.reopen_button = button(tr("&Weer openen"), self.reopen, icon="history")
        self.paper = PaperPart(desk)
        self._body = QWidget()
        self._build()
        self.year.currentIndexChanged.connect(lambda _: self._warn_twice())

    def _build(self) -> None:
        body = QVBoxLayout(self._body)
        body.setContentsMargins(0, 0, px(6), 0)
        body.setSpacing(px(14))
        self._choosing = row(self._fields, None)
        self._beginning = row(self.begin_button, None)
        body.addWidget(
            card(
                label(tr("Een nieuwe ronde"), "heading"),
                self.points,
                self._to_read,
                self._choosing,
                self._twice,
                self._beginning,
            )
        )
        self.reopen_button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._before = card(
            label(tr("De vorige ronde"), "heading"),
            self.ended,
            self.counted,
            row(self.reopen_button, None),
            label(tr("Verslag voor de directie"), "strong"),
            self.paper,
        )
        self._before.hide()
        body.addWidget(self._before)
        body.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolled(self._body))

    # — showing —

    def show_school(self) -> None:
        """Read the school: which years can be chosen, and the last round."""
        school = self._desk.school
        may = not school.read_only
        for each in (self._choosing, self._beginning, self.reopen_button):
            each.setVisible(may)
        self._to_read.setVisible(not may)
        self._desk.read(lambda: progress(school), self._show_last)
        self._offer_years(school)

    def focus_first(self) -> None:
        can = self.year.isEnabled() and not self._desk.school.read_only
        (self.year if can else self.paper.view).setFocus(Qt.FocusReason.OtherFocusReason)

    def _offer_years(self, school: School) -> None:
        today = school.clock.today()
        now = SchoolYear.of(today)
        with school.reading() as session:
            proposed = contact_year(today, read_profile(session).next_year_from)
        chosen = self.year.value() if self._proposed == proposed else proposed
        self._proposed = proposed
        self.year.offer(
            [
                (tr("{year} (dit schooljaar)").format(year=now), now),
                (tr("{year} (volgend schooljaar)").format(year=now.next()), now.next()),
            ]
        )
        self.year.choose(chosen)

    def _show_last(self, found: Progress | None) -> None:
        self._last = found
        self._before.setVisible(found is not None)
        self._warn_twice()
        if found is None:
            return
        self.ended.setText(_ended(found.round))
        self.counted.setText(counts_said(found.total))
        self.paper.show_wanted(
            Wanted(
                tr("Verslag van de ronde"),
                tr("verslag-toestemmingsronde"),
                print_round_report,
                sample_round_report,
            )
        )

    def _warn_twice(self) -> None:
        """There was a round for this year: reopening it is what most people mean."""
        year = self.year.value()
        twice = self._last is not None and self._last.round.school_year == year
        said = tr(
            "Voor schooljaar {year} was er al een ronde. Wilt u daarmee verder? Open die dan "
            "hieronder weer."
        )
        self._twice_said.setText(said.format(year=year))
        self._twice.setVisible(twice and not self._desk.school.read_only)

    # — doing —

    def begin(self) -> None:
        """Open the round; it can be given up as long as nothing is made."""
        with messages.told(self):
            opened = open_round(self._desk.school, self.year.value())
            said = tr("De toestemmingsronde {year} is begonnen.")
            self._desk.tell_change()
            self._desk.go("year", step=int(Step.BACKUP))
            self._desk.say(said.format(year=opened.school_year))

    def reopen(self) -> None:
        """Open the last round again."""
        with messages.told(self):
            opened = reopen_round(self._desk.school)
            said = tr("De toestemmingsronde {year} is weer open.")
            self._desk.tell_change()
            self._desk.go("year", step=int(Step.COUNT))
            self._desk.say(said.format(year=opened.school_year))


def _points() -> Sequence[str]:
    """What a round is and takes."""
    return (
        tr(
            "Eén keer per schooljaar vraagt u ouders om toestemming, of herinnert u hen aan wat "
            "zij eerder kozen. U bepaalt per doel wat u doet."
        ),
        tr(
            "Het programma leidt u in negen stappen: back-up, groepen, gegevens nakijken, vragen, "
            "brieven, data, invoeren, herinneren en afsluiten."
        ),
        tr(
            "Trek een middag uit tot de brieven geprint zijn. Daarna voert u in wat terugkomt, in "
            "de weken erna."
        ),
        tr("U kunt bij elke stap stoppen en later verder gaan. Elke stap kan ook opnieuw."),
        tr("Per ongeluk begonnen? Bij stap 1 kunt u terug zolang er nog geen brief is gemaakt."),
    )


def _ended(round_: Round) -> str:
    if round_.closed_on is None:
        return ""
    said = tr("Toestemmingsronde {year}: begonnen op {first}, afgesloten op {last}.")
    first, last = show_date(round_.opened_on), show_date(round_.closed_on)
    return said.format(year=round_.school_year, first=first, last=last)


def counts_said(counts: Counts) -> str:
    """What came of the forms of a round."""
    if not counts.printed:
        return tr("Er zijn toen geen formulieren gemaakt.")
    said = tr("{printed}: {back} terug, {partly} deels beantwoord, {missing} zonder antwoord.")
    text = said.format(
        printed=counted(counts.printed, tr("formulier"), tr("formulieren")),
        back=counts.back,
        partly=counts.partly,
        missing=counts.missing,
    )
    if counts.not_needed:
        more = tr("Bij {n} was geen antwoord meer nodig.")
        text = f"{text} {more.format(n=counts.not_needed)}"
    return text
