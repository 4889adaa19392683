"""What the parts of the page of one product have in common."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from schoolprivacy.suppliers.board import BoardRow
from schoolprivacy.suppliers.terms import Step
from ui.desk import Desk
from ui.fields import emptied
from ui.screens.suppliers_words import may_record
from ui.theme import px


class SupplierPart(QWidget):
    """One tab of the page. What it shows is made anew whenever something changed."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.row: BoardRow | None = None
        self.content = QVBoxLayout(self)
        self.content.setContentsMargins(0, px(12), px(6), px(6))
        self.content.setSpacing(px(12))

    def show_row(self, found: BoardRow) -> None:
        """Show this product; again when something changed."""
        self.row = found
        emptied(self.content)
        self.show_product(found)
        self.content.addStretch(1)

    def show_product(self, found: BoardRow) -> None:
        """What the part shows of it."""
        raise NotImplementedError

    def forget(self) -> None:
        """The page is left: keep nothing."""
        self.row = None
        emptied(self.content)

    def start(self, step: Step) -> None:
        """Begin what mends a finding."""

    def may_record(self) -> bool:
        """Whether something can be recorded here."""
        return self.row is not None and may_record(self.desk)
