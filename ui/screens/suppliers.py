"""Suppliers: every product and how it stands, what parents read, wishes, who else gets data."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from schoolprivacy.errors import RefusedError
from schoolprivacy.suppliers.board import Board, board
from schoolprivacy.suppliers.terms import State
from schoolprivacy.suppliers.words import state_word
from ui.desk import Desk, Place
from ui.fields import button, card, label, row, scrolled
from ui.screen import Screen
from ui.screens.letter_dialog import Letter, show_letter
from ui.screens.suppliers_list import SuppliersList
from ui.screens.suppliers_papers import all_papers, product_papers
from ui.screens.suppliers_parents import ParentsPart
from ui.screens.suppliers_product import ProductPage
from ui.screens.suppliers_product_dialogs import NewProductDialog
from ui.screens.suppliers_recipients import RecipientsPart
from ui.screens.suppliers_wishes import WishesPart
from ui.screens.suppliers_words import may_record
from ui.theme import px
from ui.words import counted, tr


class SuppliersScreen(Screen):
    """The list and what belongs to it in tabs; the page of a product when one is opened."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _title())
        self._id = ""
        self._new = button(
            tr("Nieuw product…"), self._add, icon="plus", kind="primary", tip=tr("Ctrl+N")
        )
        self._papers = button(
            tr("&Afdrukken…"), self._offer_papers, icon="printer", tip=tr("Ctrl+P")
        )
        self.menu = QMenu(self)
        self.add_actions(self._papers, self._new)
        self.list, self.product = SuppliersList(desk), ProductPage(desk)
        self.parents, self.wishes = ParentsPart(desk), WishesPart(desk)
        self.recipients = RecipientsPart(desk)
        self.list.opened.connect(lambda product_id: desk.go("suppliers", product=product_id))
        self.product.closed.connect(self._to_list)
        self._tabs = self._make_tabs()
        self._pages = QStackedWidget()
        self._pages.setMinimumHeight(px(60))  # at 200 % with two banners there is no more room
        for page in (self._tabs, self.product, self._make_nobody()):
            self._pages.addWidget(page)
        self.content.addWidget(self._pages, 1)
        for keys, do in (("Ctrl+N", self._add), ("Ctrl+P", self._offer_papers)):
            QShortcut(QKeySequence(keys), self).activated.connect(do)
        for keys in ("Alt+Up", "Esc"):
            shortcut = QShortcut(QKeySequence(keys), self.product)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self._to_list)

    def _make_tabs(self) -> QTabWidget:
        made = QTabWidget()
        made.setDocumentMode(True)
        for each in (made, made.tabBar()):
            each.setAccessibleName(tr("Over leveranciers"))
        self._empty = self._make_empty()
        first = QStackedWidget()
        first.addWidget(scrolled(self.list))
        first.addWidget(self._empty)
        self._first = first
        for page, title in (
            (first, tr("Producten")),
            (self.parents, tr("Lijst voor ouders")),
            (scrolled(self.wishes), tr("Verzoeken om een app")),
            (scrolled(self.recipients), tr("Andere ontvangers")),
        ):
            made.addTab(page, title)
        made.currentChanged.connect(lambda _: self._show_tab())
        return made

    def _make_empty(self) -> QWidget:
        """What to do when nothing is on record yet."""
        why = tr(
            "Welke programma's en apps krijgen gegevens van kinderen? Begin met de "
            "leerlingadministratie, de ouderapp en de leermiddelen. Staat uw lijst al in een "
            "spreadsheet, dan kunt u die importeren."
        )
        self._first_new = button(tr("Eerste product vastleggen…"), self._add, icon="plus")
        self._to_import = button(
            tr("Lijst &importeren"), lambda: self.desk.go("suppliers-import"), icon="upload"
        )
        made = QWidget()
        layout = QVBoxLayout(made)
        layout.setContentsMargins(0, px(12), 0, 0)
        heading = label(tr("Er staat nog geen product."), "heading", wrap=True)
        buttons = row(self._first_new, self._to_import, None)
        layout.addWidget(card(heading, label(why, wrap=True), buttons))
        layout.addStretch(1)
        return made

    def _make_nobody(self) -> QWidget:
        self._why = label("", wrap=True)
        made = QWidget()
        layout = QVBoxLayout(made)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(card(label(tr("Dit mag u niet zien."), "heading"), self._why))
        layout.addStretch(1)
        return made

    # — showing —

    def refresh(self) -> None:
        try:
            found = board(self.desk.school)
        except RefusedError as error:  # not with this role
            self._forget()
            self._show_nobody(str(error))
            return
        opened = next((e for e in found.rows if e.file.product.id == self._id), None)
        if opened is None:
            self._show_all(found)
            return
        supplier = opened.file.supplier.name
        self.set_head(opened.name, f"{supplier} · {state_word(opened.state)}")
        self.product.show_row(opened)
        self._new.hide()
        self._papers.show()
        self._pages.setCurrentWidget(self.product)

    def _show_all(self, found: Board) -> None:
        self._id = ""
        self.product.forget()
        stopped = found.counts.get(State.STOPPED, 0)
        wrong = len(found.rows) - stopped - found.counts.get(State.IN_ORDER, 0)
        many = len(found.rows) - stopped - found.counts.get(State.DELETION, 0)
        used = counted(many, tr("product"), tr("producten"))
        told = tr("{used} in gebruik · iets te doen bij {n}").format(used=used, n=wrong)
        self.set_head(_title(), told if found.rows else "")
        self.list.show_board(found)
        self._first.setCurrentIndex(0 if found.rows else 1)
        may = may_record(self.desk)
        self._new.setVisible(may)
        for each in (self._first_new, self._to_import):
            each.setVisible(may)
        self._papers.show()
        self._pages.setCurrentWidget(self._tabs)
        self._show_tab()

    def _show_tab(self) -> None:
        """Read what the tab in view shows."""
        if self._pages.currentWidget() is not self._tabs:
            return
        place = self._tabs.currentIndex()
        if place > 0:
            (self.parents, self.wishes, self.recipients)[place - 1].refresh()

    def _show_nobody(self, why: str) -> None:
        self.set_head(_title())
        self._why.setText(why)
        self._new.hide()
        self._papers.hide()
        self._pages.setCurrentIndex(2)

    def _forget(self) -> None:
        for part in (self.product, self.parents, self.wishes, self.recipients):
            part.forget()

    def open_at(self, place: Place) -> None:
        """The page of ``product``, or the list; ``show``: due, parents, wishes or recipients."""
        self._id = place.detail.get("product", "")
        show = place.detail.get("show", "")
        tabs = ("", "parents", "wishes", "recipients")
        if not self._id:
            self._tabs.setCurrentIndex(tabs.index(show) if show in tabs else 0)
        self.refresh()
        if show == "due":
            self.list.show_due()

    def detail_to_reopen(self) -> Mapping[str, Any]:
        if self._id:
            return {"product": self._id}
        show = ("", "parents", "wishes", "recipients")[self._tabs.currentIndex()]
        return {"show": show} if show else {}

    def focus_first(self) -> None:
        if self._id:
            self.product.focus_first()
        elif self._pages.currentWidget() is self._tabs:
            tabs = (self.list, self.parents, self.wishes, self.recipients)
            tabs[self._tabs.currentIndex()].focus_first()

    # — going about —

    def _to_list(self) -> None:
        before = self._id
        self.desk.go("suppliers")
        self.list.go_to(before)

    def _add(self) -> None:
        if may_record(self.desk) and not self._id:
            NewProductDialog(self, self.desk).open()

    def _offer_papers(self) -> None:
        """The papers of all products, or of the one that is open."""
        if self._papers.isHidden():
            return
        school = self.desk.school
        papers = product_papers(school, self._id) if self._id else all_papers(school)
        self.menu.clear()
        for each in papers:
            asked = self.menu.addAction(f"{each.title}…")
            asked.triggered.connect(partial(self._print, each))
        self.menu.popup(self._papers.mapToGlobal(self._papers.rect().bottomLeft()))
        self.menu.setActiveAction(self.menu.actions()[0])

    def _print(self, letter: Letter, _checked: bool = False) -> None:
        show_letter(self.desk, self, letter)


def _title() -> str:
    return tr("Leveranciers")
