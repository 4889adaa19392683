"""Taking consent back: who, for what, and then the letter and what must be taken away."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from schoolprivacy.consents.letters import print_withdrawal_letter, sample_withdrawal_letter
from schoolprivacy.consents.terms import Purpose, Way
from schoolprivacy.consents.undoing import undo_withdrawal
from schoolprivacy.consents.withdrawal import Withdrawal, Withdrawer, withdraw, withdrawable
from schoolprivacy.people.names import full_name
from schoolprivacy.people.terms import Pupil
from schoolprivacy.school import School
from ui import messages
from ui.answers import way_word
from ui.desk import Desk
from ui.dialog import Dialog
from ui.fields import DateField, Fields, button, card, choice, label, notice, row, scrolled
from ui.screens.consent_withdraw_fields import WhatField, WhoField
from ui.screens.letter_dialog import Letter, show_letter
from ui.theme import px
from ui.words import counted, tr

_WAYS = (Way.DESK, Way.PHONE, Way.LETTER, Way.E_MAIL, Way.PAPER_FORM)


class WithdrawDialog(Dialog):
    """Either parent takes a yes back, for everything unless somebody says otherwise.

    :param only: the purpose one came from; a button leaves the others as they are
    """

    def __init__(
        self, desk: Desk, pupil: Pupil, parent: QWidget, *, only: Purpose | None = None
    ) -> None:
        super().__init__(parent, tr("Toestemming intrekken"))
        self._desk, self._pupil, self._over = desk, pupil, parent
        everybody = withdrawable(desk.school, pupil.id)
        self.who, self.what = WhoField(everybody), WhatField(only)
        today = desk.school.clock.today()
        self.day = DateField(today, latest=today)
        self.way = choice([(way_word(each), each) for each in _WAYS], Way.DESK)
        self.fields = Fields(2)
        self._cancel = button(tr("&Annuleren"), self.reject)
        self.primary = self.confirm = button(tr("&Intrekken"), self._confirm, kind="danger")
        self._build(possible=any(each.answers for each in everybody))
        self.who.toggled.connect(self._show_answers)
        self.who.choose_only()

    def _build(self, *, possible: bool) -> None:
        inside = QWidget()
        body = QVBoxLayout(inside)
        body.setContentsMargins(0, 0, px(6), 0)
        body.setSpacing(px(12))
        body.addWidget(label(tr("Toestemming intrekken"), "heading"))
        body.addWidget(label(full_name(self._pupil), "strong", wrap=True))
        if possible:
            why = tr("Intrekken mag altijd, en niemand hoeft te zeggen waarom (AVG 7, lid 3).")
            body.addWidget(label(why, "muted", wrap=True))
            self._add_fields()
            body.addWidget(self.fields)
        else:
            none = tr(
                "Er is geen ja om in te trekken. Zegt een ouder nee? Kies dan Antwoord vastleggen."
            )
            body.addWidget(notice(none))
            self._cancel.setText(tr("&Sluiten"))
            self.primary = self._cancel
            for each in (self.confirm, self.who, self.what, self.fields, self.day, self.way):
                each.setParent(inside)
                each.hide()
        body.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(20), px(18), px(20), px(16))
        layout.setSpacing(px(12))
        layout.addWidget(scrolled(inside), 1)
        both = (self._cancel, self.confirm) if possible else (self._cancel,)
        layout.addWidget(row(None, *both))
        room = self._over.window().size()
        high = px(680 if possible else 280)
        self.resize(min(px(620), room.width() - px(20)), min(high, room.height() - px(20)))

    def _add_fields(self) -> None:
        add = self.fields.add
        add("who", tr("&Wie trekt in?"), self.who, span=2)
        add("what", tr("Wa&t wordt ingetrokken?"), self.what, span=2)
        add("day", tr("&Op welke dag?"), self.day)
        add("way", tr("&Hoe gezegd?"), self.way)

    def _show_answers(self) -> None:
        who = self.who.chosen()
        self.what.offer(who.answers if who else ())

    # — doing —

    def _problems(self) -> dict[str, str]:
        found = {}
        if self.who.chosen() is None:
            found["who"] = tr("Kies wie intrekt.")
        elif not self.what.codes():
            found["what"] = tr("Kies minstens één doel.")
        if self.day.date() is None or self.day.is_wrong():
            found["day"] = tr("Vul een dag in die niet in de toekomst ligt, zoals 3-9-2026.")
        return found

    def _confirm(self) -> None:
        problems = self._problems()
        self.fields.show_problems(problems)
        who, day = self.who.chosen(), self.day.date()
        if problems or who is None or day is None:
            return
        with messages.told(self):
            self._withdraw(who, day)

    def _withdraw(self, who: Withdrawer, day: date) -> None:
        desk, name = self._desk, full_name(self._pupil)
        codes = self.what.codes()
        done = withdraw(
            desk.school, self._pupil.id, who.guardian_id, codes, on=day, way=self.way.value()
        )

        def undo() -> None:
            undo_withdrawal(desk.school, done.decisions)
            desk.tell_change()

        what = self.what.told()
        said = tr("{pupil}: ingetrokken voor {what}, door {who}.")
        text = said.format(pupil=name, what=what, who=who.name)
        over = _behind(self)
        self.accept()
        desk.tell_change()
        desk.say(text, undo)
        WithdrawnDialog(desk, over, text, done, withdrawal_letter(desk.school, self._pupil, who))


class WithdrawnDialog(Dialog):
    """What follows when consent was taken back; opens itself."""

    def __init__(
        self, desk: Desk, owner: QWidget, text: str, done: Withdrawal, letter: Letter
    ) -> None:
        super().__init__(owner, tr("Ingetrokken"))
        self._desk, self._letter = desk, letter
        self.primary = self.to_letter = button(
            tr("&Bevestigingsbrief…"), self._show_letter, icon="mail", kind="primary"
        )
        self.to_tasks = button(tr("&Weghalen…"), self._go_to_tasks, icon="trash-2")
        inside = QWidget()
        body = QVBoxLayout(inside)
        body.setContentsMargins(0, 0, px(6), 0)
        body.setSpacing(px(12))
        body.addWidget(notice(text, "done"))
        sure = tr("Stuur of geef de ouder een brief waarin staat wat is ingetrokken.")
        body.addWidget(card(label(sure, wrap=True), row(self.to_letter, None)))
        self._tasks = card(label(_tasks_told(done.take_downs), wrap=True), row(self.to_tasks, None))
        body.addWidget(self._tasks)
        if not done.take_downs:
            self._tasks.hide()
        body.addStretch(1)
        back = tr("Een vergissing? Sluit dit venster en druk op Ctrl+Z.")
        body.addWidget(label(back, "small", wrap=True))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(20), px(18), px(20), px(16))
        layout.setSpacing(px(12))
        layout.addWidget(scrolled(inside), 1)
        layout.addWidget(row(None, button(tr("&Klaar"), self.accept)))
        room = owner.window().size()
        high = px(430 if done.take_downs else 300)
        self.resize(min(px(560), room.width() - px(20)), min(high, room.height() - px(20)))
        self.open()

    def _show_letter(self) -> None:
        show_letter(self._desk, self, self._letter)

    def _go_to_tasks(self) -> None:
        self.accept()
        self._desk.go("publications", show="tasks")


def withdrawal_letter(school: School, pupil: Pupil, who: Withdrawer | None = None) -> Letter:
    """The confirmation for who withdrew; without ``who`` for everybody who did."""
    guardian = who.guardian_id if who else None
    return Letter(
        tr("Bevestiging van het intrekken"),
        tr("Voor wie introk, en voor niemand anders. Kijk of het adres klopt."),
        tr("bevestiging-intrekken"),
        lambda: sample_withdrawal_letter(school, pupil.id, guardian_id=guardian),
        lambda deliver, way, _progress: print_withdrawal_letter(
            school, deliver, pupil.id, guardian_id=guardian, way=way
        ),
    )


def _tasks_told(take_downs: int) -> str:
    told = tr(
        "Dit kind staat nog in {places}. Haal het daar weg, en vink af wat klaar is. Wat al is "
        "gedrukt, hoeft niet terug."
    )
    return told.format(places=counted(take_downs, tr("publicatie"), tr("publicaties")))


def _behind(dialog: QDialog) -> QWidget:
    """What remains when this dialogue and those beneath it are closed."""
    found: QWidget = dialog
    while isinstance(found, QDialog):
        above = found.parentWidget()
        assert above is not None
        found = above.window() if isinstance(above.window(), QDialog) else above
    return found
