"""What the parts of the page of one product have in common."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QAbstractButton, QTabWidget, QVBoxLayout, QWidget

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
        held = self._keyboard_at()
        self.row = found
        emptied(self.content)
        self.show_product(found)
        self.content.addStretch(1)
        if held is not None:
            QTimer.singleShot(0, self, lambda: self._keyboard_to(held))  # not shown before

    def _keyboard_at(self) -> str | None:
        """What the keyboard is on within this part, by name; ``None`` when it is elsewhere."""
        at = self.window().focusWidget()
        return next((_name(each) for each in self.findChildren(QWidget) if each is at), None)

    def _keyboard_to(self, name: str) -> None:
        """The keyboard back on what has this name, else on the first there is, else on the tab.

        Without it the keyboard would jump to the sidebar, as what it was on is made anew.
        """
        there: list[QWidget] = [
            each
            for each in self.findChildren(QWidget)
            if each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.isVisibleTo(self)
        ]
        found = next((each for each in there if _name(each) == name), there[0] if there else None)
        above = self.parentWidget()
        while found is None and above is not None:
            found = above.tabBar() if isinstance(above, QTabWidget) else None
            above = above.parentWidget()
        if found is not None:
            found.setFocus(Qt.FocusReason.OtherFocusReason)

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


def _name(shown: QWidget) -> str:
    text = shown.text() if isinstance(shown, QAbstractButton) else ""
    return shown.accessibleName() or text
