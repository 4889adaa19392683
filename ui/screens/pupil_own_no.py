"""What the child itself decided: noting an own no, and that it no longer stands."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from schoolprivacy.consents.own_no import OwnNo, lift_own_no, note_own_no, own_noes
from schoolprivacy.people.entries import FieldProblem
from schoolprivacy.people.terms import Pupil
from ui import messages
from ui.desk import Desk
from ui.fields import DateField, button, emptied, label, notice, row, show_date, text_field
from ui.screens.pupil_dialog import EntryDialog
from ui.screens.pupil_words import may_change
from ui.theme import px
from ui.words import tr


class OwnNoCard(QFrame):
    """What the child said, and the way to note it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("card")
        self._desk = desk
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(px(18), px(14), px(18), px(14))
        self._layout.setSpacing(px(8))

    def show_pupil(self, pupil: Pupil) -> None:
        """Show what stands and what stood."""
        emptied(self._layout)
        self._layout.addWidget(label(tr("Wat het kind zelf wil"), "strong"))
        said = own_noes(self._desk.school, pupil.id)
        standing = [each for each in said if each.lifted_on is None]
        if not standing:
            self._layout.addWidget(label(_explained(), "muted", wrap=True))
        for each in standing:
            self._show_standing(pupil, each)
        for each in said:
            if each.lifted_on:
                self._layout.addWidget(label(_past(each), "small", wrap=True))
        if not standing:
            note = button(tr("Eigen nee noteren…"), lambda: self._note(pupil), icon="hand")
            self._layout.addWidget(row(note, None))

    def _show_standing(self, pupil: Pupil, said: OwnNo) -> None:
        told = tr("{name} zei op {day} zelf nee. Vraag het eerst aan het kind, bij elke foto.")
        text = told.format(name=pupil.call_name or pupil.surname, day=show_date(said.noted_on))
        if said.remark:
            text = f"{text}\n“{said.remark}”"
        self._layout.addWidget(notice(text))
        by = label(tr("Genoteerd door {name}").format(name=said.noted_by), "small")
        lift = button(tr("Kind wil het weer wel"), lambda: self._lift(pupil, said), icon="undo-2")
        self._layout.addWidget(row(lift, by, None))

    def _note(self, pupil: Pupil) -> None:
        if may_change(self._desk, self):
            OwnNoDialog(self, self._desk, pupil).open()

    def _lift(self, pupil: Pupil, said: OwnNo) -> None:
        desk = self._desk

        def take_back() -> None:
            note_own_no(desk.school, pupil.id, said.noted_on, said.remark)
            desk.tell_change()

        with messages.told(self):
            lift_own_no(desk.school, said.id, desk.school.clock.today())
            desk.say(
                tr("Genoteerd: {name} wil het weer wel.").format(name=pupil.call_name), take_back
            )
            desk.tell_change()


class OwnNoDialog(EntryDialog):
    """Ask when the child said it, and what."""

    def __init__(self, owner: QWidget, desk: Desk, pupil: Pupil) -> None:
        title = tr("Eigen nee van {name}").format(name=pupil.call_name or pupil.surname)
        super().__init__(owner, title, tr("Noteren"), width=520)
        self._desk, self._pupil = desk, pupil
        today = desk.school.clock.today()
        self.body.addWidget(label(_explained(), "muted", wrap=True))
        self.add("noted_on", tr("&Gezegd op"), DateField(today, latest=today), span=2)
        self.add(
            "remark",
            tr("Wat het kind &zei"),
            text_field(longest=300),
            hint=tr("Mag leeg blijven. Ouders kunnen dit opvragen."),
            span=2,
        )
        self.body.addWidget(self.fields)
        self.body.addStretch(1)
        self.fields["remark"].setFocus()

    def problems(self) -> Iterable[FieldProblem]:
        return ()

    def save(self) -> None:
        day = self.fields["noted_on"].date()
        if day is None:
            self.show_trouble(tr("Vul de datum in."))
            return
        desk = self._desk
        note = note_own_no(desk.school, self._pupil.id, day, self.fields["remark"].text())
        self.done(1)

        def take_back() -> None:
            lift_own_no(desk.school, note, desk.school.clock.today())
            desk.tell_change()

        said = tr("Genoteerd: {name} wil het zelf niet.").format(name=self._pupil.call_name)
        desk.say(said, take_back)
        desk.tell_change()


def _explained() -> str:
    return tr(
        "Zegt een kind zelf nee, noteer dat dan, hoe jong het ook is. Op elke fotolijst staat dan "
        "“eerst vragen”, ook als de ouders ja zeiden. Een nee van de ouders blijft altijd nee."
    )


def _past(said: OwnNo) -> str:
    return tr("Zei nee op {day}, wilde het weer wel op {lifted}.").format(
        day=show_date(said.noted_on), lifted=show_date(said.lifted_on)
    )
