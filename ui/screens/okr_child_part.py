"""What the parts of the page of one move have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from schoolprivacy.okr.board import BoardRow, CarerStand
from schoolprivacy.okr.terms import Move
from schoolprivacy.people.entries import FieldProblem
from schoolprivacy.people.terms import Authority
from schoolprivacy.people.undoing import Undo
from ui.desk import Desk
from ui.fields import DateField
from ui.screens.okr_words import may_record
from ui.screens.pupil_dialog import EntryDialog
from ui.screens.pupil_words import tell_done
from ui.theme import px


class OkrPart(QWidget):
    """One tab of the page."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.row: BoardRow | None = None
        self.content = QVBoxLayout(self)
        self.content.setContentsMargins(0, px(12), px(6), px(6))
        self.content.setSpacing(px(12))

    def show_row(self, found: BoardRow) -> None:
        """Show this child; again when something changed."""
        self.row = found
        self.show_move(found, found.move)

    def show_move(self, found: BoardRow, move: Move | None) -> None:
        """What the part shows of it."""
        raise NotImplementedError

    def forget(self) -> None:
        """The page is left: keep nothing of anybody."""
        self.row = None

    def is_open(self) -> bool:
        """Something can be recorded: there is a report, it was not sent, and one may."""
        move = self.row.move if self.row else None
        has_report = move is not None and move.report is not None and move.sent_on is None
        return has_report and may_record(self.desk)


class RecordDialog(EntryDialog):
    """Records something on a day, by an action of the core.

    :param then: what is told when it is done
    """

    def __init__(self, owner: QWidget, desk: Desk, title: str, save: str, told: str) -> None:
        super().__init__(owner, title, save)
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


def asked_carers(found: BoardRow) -> list[CarerStand]:
    """The guardians who must be able to see the report."""
    return [each for each in found.carers if each.authority not in (None, Authority.NO)]
