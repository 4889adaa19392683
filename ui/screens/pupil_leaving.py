"""Noting that pupils leave school."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtWidgets import QWidget

from schoolprivacy.people.editing import mark_left
from schoolprivacy.people.entries import FieldProblem
from schoolprivacy.people.names import full_name
from schoolprivacy.people.terms import Pupil
from ui.desk import Desk
from ui.fields import DateField, label
from ui.screens.pupil_dialog import EntryDialog
from ui.screens.pupil_words import tell_done, together
from ui.words import counted, tr

_NAMED = 5


class LeavingDialog(EntryDialog):
    """Ask for the last day at school of these pupils."""

    def __init__(self, owner: QWidget, desk: Desk, pupils: Sequence[Pupil]) -> None:
        super().__init__(owner, tr("Van school"), tr("Opslaan"), width=520)
        self._desk, self._pupils = desk, pupils
        self.body.addWidget(label(_who(pupils), "strong", wrap=True))
        self.add(
            "left_on",
            tr("&Laatste schooldag"),
            DateField(desk.school.clock.today()),
            hint=tr("Na deze dag staan zij bij “van school”. Wat is vastgelegd, blijft bewaard."),
            span=2,
        )
        self.body.addWidget(self.fields)
        self.body.addStretch(1)
        self.fields["left_on"].setFocus()

    def problems(self) -> Iterable[FieldProblem]:
        return ()

    def save(self) -> None:
        day = self.fields["left_on"].date()
        if day is None:
            self.show_trouble(tr("Vul de laatste schooldag in."))
            return
        change = mark_left(self._desk.school, [each.id for each in self._pupils], day)
        self.done(1)
        said = counted(len(self._pupils), tr("leerling"), tr("leerlingen"))
        tell_done(self._desk, tr("{pupils} van school gemeld.").format(pupils=said), change)


def _who(pupils: Sequence[Pupil]) -> str:
    if len(pupils) <= _NAMED:
        return together(map(full_name, pupils))
    return counted(len(pupils), tr("leerling"), tr("leerlingen"))
