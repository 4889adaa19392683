"""Recording what somebody at school wants, taking it back, and putting a mistake right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from schoolprivacy.consents.entry import RowToEnter
from schoolprivacy.consents.team.history import TeamLine
from schoolprivacy.consents.team.members import (
    Member,
    MemberRow,
    TeamRecorded,
    invalidate_team_decision,
    record_team_decisions,
    undo_team_decisions,
    withdraw_team,
)
from schoolprivacy.consents.terms import Answer, Purpose, Way
from schoolprivacy.people.entries import FieldProblem
from schoolprivacy.people.names import full_name
from ui.answer_sheet import AnswerSheet
from ui.answers import choice_word, way_word
from ui.desk import Desk
from ui.fields import DateField, choice, label, notice, show_date, text_field
from ui.screens.pupil_dialog import EntryDialog
from ui.screens.team_rows import team_short
from ui.words import counted, tr


class _DecisionDialog(EntryDialog):
    """When somebody said it, and how."""

    def __init__(self, owner: QWidget, desk: Desk, member: Member, title: str, does: str) -> None:
        super().__init__(owner, title, does)
        self.desk, self.member = desk, member

    def ask_when(self, way: Way) -> None:
        """Put the day and the way in the dialogue."""
        today = self.desk.school.clock.today()
        self.add("day", tr("&Op welke dag?"), DateField(today, latest=today))
        self.add("way", tr("&Hoe gezegd?"), choice([(way_word(e), e) for e in Way], way))
        self.body.addWidget(self.fields)

    def problems(self) -> Iterable[FieldProblem]:
        return ()

    def has_day(self) -> bool:
        """Whether a day is filled in; if not, that is told."""
        found = self.fields["day"].date() is not None
        if not found:
            self.fields.show_problems({"day": tr("Vul de dag in, zoals 3-9-2026.")})
        return found

    def say_done(self, text: str, recorded: TeamRecorded) -> None:
        """Tell what was recorded, with the way back."""
        desk = self.desk

        def take_back() -> None:
            undo_team_decisions(desk.school, recorded)
            desk.tell_change()

        self.done(1)
        desk.tell_change()
        desk.say(text, take_back if recorded.decisions else None)


class RecordDialog(_DecisionDialog):
    """The form of one person: yes, no or nothing for each purpose."""

    def __init__(
        self, owner: QWidget, desk: Desk, member: Member, purposes: Sequence[Purpose]
    ) -> None:
        title = tr("Antwoorden van {name}").format(name=full_name(member))
        super().__init__(owner, desk, member, title, tr("Vastleggen"))
        told = tr("J is ja, N is nee, de spatiebalk laat leeg. Leeg is geen antwoord.")
        self.body.addWidget(label(told, "muted", wrap=True))
        self.sheet = AnswerSheet(no_colour="open")  # a no is as good as a yes
        self.sheet.sheet.show([_row(each) for each in purposes])
        self.sheet.sheet.ticked.connect(self._note_tick)
        self.body.addWidget(self.sheet)
        self.ask_when(Way.PAPER_FORM)
        self.body.addStretch(1)
        self.sheet.finished.connect(self.fields["day"].setFocus)

    def open(self) -> None:
        super().open()
        self.sheet.begin()

    def _note_tick(self) -> None:
        self.touched = bool(self.sheet.sheet.ticks())

    def save(self) -> None:
        if not self.has_day():
            return
        ticks = self.sheet.sheet.ticks()
        if not ticks:
            self.show_trouble(tr("Er is niets aangekruist. Kies ja of nee, of sluit dit venster."))
            self.sheet.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        recorded = record_team_decisions(
            self.desk.school,
            self.member.id,
            yes=[code for code, value in ticks.items() if value],
            no=[code for code, value in ticks.items() if not value],
            decided_on=self.fields["day"].date(),
            way=self.fields["way"].value(),
        )
        many = counted(len(recorded.decisions), tr("antwoord"), tr("antwoorden"))
        text = tr("{many} van {name} vastgelegd.")
        if not recorded.decisions:
            text = tr("Dit stond er al: er is niets veranderd.")
        self.say_done(text.format(many=many, name=full_name(self.member)), recorded)


class WithdrawDialog(_DecisionDialog):
    """Somebody takes a yes back: all of it, or for one purpose."""

    def __init__(
        self, owner: QWidget, desk: Desk, member: Member, given: Sequence[Purpose]
    ) -> None:
        title = tr("{name} trekt toestemming in").format(name=full_name(member))
        super().__init__(owner, desk, member, title, tr("Intrekken"))
        told = tr("Dat mag altijd, en niemand hoeft te zeggen waarom (AVG 7, lid 3).")
        self.body.addWidget(label(told, "muted", wrap=True))
        codes = [each.code for each in given]
        many = counted(len(given), tr("doel"), tr("doelen"))
        options = [(tr("Alles ({many})").format(many=many), codes)] if len(given) > 1 else []
        options += [
            (
                tr("Alleen: {purpose}").format(purpose=team_short(each.code, each.wording)),
                [each.code],
            )
            for each in given
        ]
        self.add("what", tr("&Wat wordt ingetrokken?"), choice(options), span=2)
        self.ask_when(Way.DESK)
        self.body.addStretch(1)

    def save(self) -> None:
        if not self.has_day():
            return
        codes = self.fields["what"].value()
        on, way = self.fields["day"].date(), self.fields["way"].value()
        recorded = withdraw_team(self.desk.school, self.member.id, codes, on=on, way=way)
        text = tr("Toestemming van {name} ingetrokken. Haal weg wat er nog staat.")
        self.say_done(text.format(name=full_name(self.member)), recorded)


class WrongDialog(EntryDialog):
    """An answer that was entered wrongly counts no longer; it stays in the history."""

    def __init__(self, owner: QWidget, desk: Desk, member: Member, line: TeamLine) -> None:
        super().__init__(owner, tr("Verkeerd ingevoerd"), tr("Ongeldig maken"))
        self._desk, self._member, self._line = desk, member, line
        said = tr("{name}, {purpose}: {choice} op {day}").format(
            name=full_name(member),
            purpose=team_short(line.purpose, line.wording),
            choice=choice_word(line.choice).lower(),
            day=show_date(line.decided_on),
        )
        told = tr(
            "Alleen voor een fout bij het invoeren: dit antwoord is nooit zo gegeven. Bedenkt "
            "iemand zich? Kies dan Intrekken. Wat u ongeldig maakt, blijft in de geschiedenis "
            "staan en gaat niet terug. U kunt het goede antwoord daarna vastleggen."
        )
        self.body.addWidget(label(said, "strong", wrap=True))
        self.body.addWidget(notice(told))
        example = tr("bijvoorbeeld: verkeerde persoon")
        self.add("why", tr("&Wat ging er mis?"), text_field(placeholder=example), span=2)
        self.body.addWidget(self.fields)
        self.body.addStretch(1)
        self.fields["why"].setFocus()

    def problems(self) -> Iterable[FieldProblem]:
        return ()

    def save(self) -> None:
        why = self.fields["why"].text().strip()
        if not why:
            self.fields.show_problems({"why": tr("Schrijf kort op wat er mis ging.")})
            return
        invalidate_team_decision(self._desk.school, self._line.decision_id, why)
        self.done(1)
        self._desk.tell_change()
        said = tr("{name}, {purpose}: dit antwoord telt niet meer.")
        name = full_name(self._member)
        purpose = team_short(self._line.purpose, self._line.wording)
        self._desk.say(said.format(name=name, purpose=purpose))


def granted(purposes: Sequence[Purpose], row: MemberRow) -> list[Purpose]:
    """Where a yes counts now."""
    both = zip(purposes, row.answers, strict=True)
    return [purpose for purpose, answer in both if answer is Answer.GRANTED]


def _row(purpose: Purpose) -> RowToEnter:
    text = purpose.wording
    is_contact = purpose.is_contact
    return RowToEnter(
        purpose.code, text.label, text.short, older_wording=False, answer=Answer.NOT_ASKED,
        is_contact=is_contact,
    )  # fmt: skip
