"""The page of one product: what must happen, what is on record, and its papers."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from schoolprivacy.suppliers.board import BoardRow
from schoolprivacy.suppliers.terms import Step
from ui.desk import Desk
from ui.fields import button, row, scrolled
from ui.screens.suppliers_agreement import AgreementsPart
from ui.screens.suppliers_annex import AnnexPart
from ui.screens.suppliers_bijsluiter import BijsluiterPart
from ui.screens.suppliers_facts import FactsPart
from ui.screens.suppliers_part import SupplierPart
from ui.screens.suppliers_scans import ScansPart
from ui.screens.suppliers_todo import TodoPart
from ui.theme import px
from ui.words import tr


class ProductPage(QWidget):
    """One product, in tabs.

    :signal closed: back to the list
    """

    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._id = ""
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setMinimumHeight(px(70))
        for each in (self.tabs, self.tabs.tabBar()):
            each.setAccessibleName(tr("Over dit product"))
        self.todo, self.facts = TodoPart(desk), FactsPart(desk)
        self.agreements, self.bijsluiter = AgreementsPart(desk), BijsluiterPart(desk)
        self.annex, self.scans = AnnexPart(desk), ScansPart(desk)
        self.parts: tuple[tuple[SupplierPart, str], ...] = (
            (self.todo, tr("Te d&oen")),
            (self.facts, tr("Ge&gevens")),
            (self.agreements, tr("Over&eenkomst")),
            (self.bijsluiter, tr("Bi&jsluiter")),
            (self.annex, tr("Be&veiliging")),
            (self.scans, tr("&Scans")),
        )
        for part, title in self.parts:
            self.tabs.addTab(scrolled(part), title.replace("&", ""))
        self.todo.wanted.connect(self.start)
        back = button(
            tr("Terug naar de lijst"), self.closed.emit, kind="link", tip=tr("Alt+↑ of Escape")
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(8))
        layout.addWidget(row(back, None))
        layout.addWidget(self.tabs, 1)

    def show_row(self, found: BoardRow) -> None:
        """Show this product; again when something changed."""
        if found.file.product.id != self._id:
            self._id = found.file.product.id
            self.tabs.setCurrentIndex(0)
        for part, _ in self.parts:
            part.show_row(found)

    def forget(self) -> None:
        """The page is left: keep nothing."""
        self._id = ""
        self.tabs.setCurrentIndex(0)
        for part, _ in self.parts:
            part.forget()

    def show_part(self, part: QWidget) -> None:
        """Turn to a tab."""
        self.tabs.setCurrentIndex([each for each, _ in self.parts].index(part))  # type: ignore[arg-type]

    def focus_first(self) -> None:
        self.tabs.tabBar().setFocus(Qt.FocusReason.OtherFocusReason)

    def start(self, step: Step) -> None:
        """Begin what mends a finding, on its own tab."""
        if step is Step.PUBLISH:
            self.desk.go("suppliers", show="parents")
            return
        part = {
            Step.AGREEMENT: self.agreements,
            Step.SIGN: self.agreements,
            Step.REVIEW: self.agreements,
            Step.BIJSLUITER: self.bijsluiter,
            Step.COUNTRY: self.bijsluiter,
            Step.ANNEX: self.annex,
            Step.DELETION: self.facts,
            Step.PRODUCT: self.facts,
        }[step]
        self.show_part(part)
        part.start(step)
