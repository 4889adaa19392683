"""A dialogue that records something on a day, and tells of it with the way back."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtWidgets import QWidget

from schoolprivacy.people.entries import FieldProblem
from schoolprivacy.people.undoing import Undo
from ui.desk import Desk
from ui.fields import DateField
from ui.screens.pupil_dialog import EntryDialog
from ui.screens.pupil_words import tell_done


class RecordDialog(EntryDialog):
    """Records something on a day, by an action of the core.

    :param told: what is told when it is done
    """

    def __init__(
        self, owner: QWidget, desk: Desk, title: str, save: str, told: str, *, width: int = 640
    ) -> None:
        super().__init__(owner, title, save, width=width)
        self.desk, self._told = desk, told
        self.act: Callable[[], Undo]
        self.body.addWidget(self.fields)

    def add_day(self, text: str) -> None:
        """Ask for a day, today at first."""
        today = self.desk.school.clock.today()
        self.add("on", text, DateField(today, latest=today))

    def problems(self) -> Iterable[FieldProblem]:
        """A day must be filled in."""
        if "on" in self.names and not self.fields["on"].text().strip():
            yield FieldProblem("on", "no_day")

    def save(self) -> None:
        change = self.act()
        self.done(1)
        tell_done(self.desk, self._told, change)
