"""What the parts of the page of one move have in common."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from schoolprivacy.okr.board import BoardRow, CarerStand
from schoolprivacy.okr.terms import Move
from schoolprivacy.people.terms import Authority
from ui.desk import Desk
from ui.screens.okr_words import may_record
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


def asked_carers(found: BoardRow) -> list[CarerStand]:
    """The guardians who must be able to see the report."""
    return [each for each in found.carers if each.authority not in (None, Authority.NO)]
