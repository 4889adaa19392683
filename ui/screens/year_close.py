"""Step 9: what closing the round means, what must still be done, and the report."""

from __future__ import annotations

from dataclasses import dataclass

from schoolprivacy.consents.rounds.closing import Closing, close_round, closing, reopen_round
from schoolprivacy.consents.rounds.report import print_round_report, sample_round_report
from schoolprivacy.consents.rounds.terms import Round, Step
from schoolprivacy.errors import KnownError
from schoolprivacy.school import School
from ui import messages
from ui.desk import Desk
from ui.fields import button, card, label, row
from ui.screens.year_paper import PaperPart, Wanted
from ui.screens.year_points import Points
from ui.screens.year_step import YearStep
from ui.words import counted, tr


@dataclass(frozen=True, slots=True)
class _Read:
    """What closing would mean, or why it cannot be."""

    closing: Closing | None
    problem: str = ""


class CloseStep(YearStep):
    """Closing asks first, and can be taken back."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            Step.CLOSE,
            tr("Afsluiten"),
            tr("De ronde is klaar. Wat nog niet beantwoord is, geeft geen toestemming."),
        )
        self._read: _Read | None = None
        self.meaning = Points()
        self.open_ends = label("", wrap=True)
        self._authority = button(
            tr("Uitzoeken wie gezag heeft"),
            lambda: desk.go("pupils", only="unknown_authority"),
            icon="users",
        )
        self.lists = label("", wrap=True)
        self._copies = button(
            tr("Naar de lijsten"), lambda: desk.go("contact-lists", show="copies"), icon="book-user"
        )
        self.paper = PaperPart(desk)
        self.content.addWidget(card(label(tr("Als u afsluit"), "heading"), self.meaning))
        self._todo = card(
            label(tr("Dit moet nog gebeuren"), "heading"),
            self.open_ends,
            row(self._authority, None),
            self.lists,
            row(self._copies, None),
        )
        self.content.addWidget(self._todo)
        self.content.addWidget(label(tr("Verslag voor de directie"), "heading"))
        self.content.addWidget(self.paper)
        self.content.addStretch(1)

    def show_round(self, round_: Round) -> None:
        school = self.desk.school
        self.next_text = "" if school.read_only else tr("Ronde &afsluiten…")
        self._read = None
        self.paper.show_wanted(
            Wanted(
                tr("Verslag van de ronde"),
                tr("verslag-toestemmingsronde"),
                print_round_report,
                sample_round_report,
            )
        )
        self.desk.read(lambda: _read(school), self._show)

    def focus_first(self) -> None:
        self.paper.focus_first()

    def _show(self, read: _Read) -> None:
        self._read, found = read, read.closing
        self._todo.setVisible(found is not None and bool(found.authority or found.to_destroy))
        if found is None:
            self.meaning.show_lines([read.problem])
            return
        self.meaning.show_lines(_meaning(found))
        self._show_todo(found)

    def _show_todo(self, found: Closing) -> None:
        for each in (self.open_ends, self._authority):
            each.setVisible(bool(found.authority))
        for each in (self.lists, self._copies):
            each.setVisible(bool(found.to_destroy))
        forms = counted(found.authority, tr("formulier"), tr("formulieren"))
        text = tr(
            "Van {forms} weet de school nog niet wie gezag heeft. Een ja telt daarop nog niet."
        )
        self.open_ends.setText(text.format(forms=forms))
        copies = counted(len(found.to_destroy), tr("exemplaar"), tr("exemplaren"))
        text = tr("Van lijsten van vorig schooljaar is {copies} nog niet vernietigd.")
        self.lists.setText(text.format(copies=copies))

    # — closing —

    def proceed(self) -> None:
        """Ask, then close; what is shown afterwards is no longer this step."""
        if self.desk.school.read_only:
            return
        found = self._read.closing if self._read else closing(self.desk.school)
        if found is None:
            found = closing(self.desk.school)  # says why it cannot be
        question = "\n\n".join(_meaning(found)[:2])
        messages.confirm(
            self, question, tr("Ronde afsluiten"), self._close, heading=tr("Ronde afsluiten?")
        )

    def _close(self) -> None:
        with messages.told(self):
            found = close_round(self.desk.school)
            said = tr("De toestemmingsronde {year} is afgesloten.").format(year=found.school_year)
            self.desk.tell_change()
            self.desk.say(said, self._reopen)

    def _reopen(self) -> None:
        reopen_round(self.desk.school)
        self.desk.tell_change()


def _read(school: School) -> _Read:
    try:
        return _Read(closing(school))
    except KnownError as problem:
        return _Read(None, str(problem))


def _meaning(found: Closing) -> list[str]:
    """What closing does, in plain sentences."""
    if found.unanswered:
        text = tr(
            "Op {forms} van {families} wacht u niet meer. Wat daarop niet is beantwoord, blijft "
            "“geen antwoord”. Dat geeft geen toestemming."
        )
        first = text.format(
            forms=counted(found.unanswered, tr("formulier"), tr("formulieren")),
            families=counted(found.families, tr("gezin"), tr("gezinnen")),
        )
    else:
        first = tr("Er is geen formulier waar u nog op wacht.")
    return [
        first,
        tr("Niemand krijgt nog een herinnering van deze ronde."),
        tr("Komt er later nog een formulier terug? Voer het dan gewoon in. Het telt mee."),
        tr("U kunt de ronde weer openen zolang er geen nieuwe is."),
    ]
