"""Inzage of the report that goes along to the next school: the board, and the page of one child."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from schoolprivacy.errors import RefusedError
from schoolprivacy.okr.board import Board, board
from ui.desk import Desk, Place
from ui.fields import button, card, label, row, scrolled, show_date
from ui.screen import Screen
from ui.screens.letter_dialog import Letter, show_letter
from ui.screens.okr_board import OkrBoard
from ui.screens.okr_child import OkrChild
from ui.screens.okr_papers import child_papers, group_papers
from ui.screens.okr_plan import PlanGroupDialog
from ui.screens.okr_words import may_record, state_word
from ui.theme import px
from ui.words import counted, tr


class OkrScreen(Screen):
    """Everybody who leaves, and one of them when it is opened."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _title())
        self._id = ""
        self._found: Board | None = None
        self._plan = button(
            tr("Overstap plannen…"), self._plan_group, icon="list", kind="primary", tip=tr("Ctrl+N")
        )
        self._papers = button(
            tr("&Afdrukken…"), self._offer_papers, icon="printer", tip=tr("Ctrl+P")
        )
        self.menu = QMenu(self)
        self.add_actions(self._papers, self._plan)
        self.list, self.child = OkrBoard(desk), OkrChild(desk)
        self.list.opened.connect(lambda pupil_id: desk.go("okr", pupil=pupil_id))
        self.child.closed.connect(self._to_list)
        self._pages = QStackedWidget()
        self._pages.setMinimumHeight(px(60))  # at 200 % with two banners there is no more room
        self._board = scrolled(self.list)
        for page in (self._board, self.child, self._make_nobody()):
            self._pages.addWidget(page)
        self.content.addWidget(self._pages, 1)
        for keys, do in (("Ctrl+N", self._plan_group), ("Ctrl+P", self._offer_papers)):
            QShortcut(QKeySequence(keys), self).activated.connect(do)
        for keys in ("Alt+Up", "Esc"):
            shortcut = QShortcut(QKeySequence(keys), self.child)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self._to_list)

    def _make_nobody(self) -> QWidget:
        self._why = label("", wrap=True)
        self._go = button(tr("Naar de &leerlingen"), lambda: self.desk.go("pupils"), icon="users")
        made = QWidget()
        layout = QVBoxLayout(made)
        layout.setContentsMargins(0, 0, 0, 0)
        self._heading = label("", "heading", wrap=True)
        layout.addWidget(card(self._heading, self._why, row(self._go, None)))
        layout.addStretch(1)
        return made

    # — showing —

    def refresh(self) -> None:
        try:
            self._found = board(self.desk.school)
        except RefusedError as error:  # not with this role
            self.child.forget()
            self._show_nobody(tr("Dit mag u niet zien."), str(error))
            return
        child = next((e for e in self._found.rows if e.child.pupil.id == self._id), None)
        if child is None:
            self._show_list(self._found)
            return
        told = [state_word(child.state)]
        if child.due_on:
            told.append(tr("volgende stap uiterlijk {day}").format(day=show_date(child.due_on)))
        self.set_head(child.name, " · ".join(told))
        self.child.show_row(child)
        self._plan.hide()
        self._papers.setVisible(bool(child.move and child.move.report))
        self._pages.setCurrentWidget(self.child)

    def _show_list(self, found: Board) -> None:
        self._id = ""
        self.child.forget()
        if not found.rows:
            told = tr(
                "Zit er een kind in groep 8, dan staat het hier vanzelf. Gaat een ander kind naar "
                "een andere school? Leg dat hier vast met Overstap plannen."
            )
            self._show_nobody(tr("Hier staat nog niemand."), told)
            self._plan.setVisible(may_record(self.desk))
            return
        due = counted(len(found.due), tr("kind"), tr("kinderen"))
        told = tr("Schooljaar {year} · deze week iets te doen of te laat: {due}")
        self.set_head(_title(), told.format(year=found.year, due=due))
        self.list.show_board(found)
        self._plan.setVisible(may_record(self.desk))
        self._papers.show()
        self._pages.setCurrentWidget(self._board)

    def _show_nobody(self, heading: str, why: str) -> None:
        self.set_head(_title())
        self._heading.setText(heading)
        self._why.setText(why)
        self._plan.hide()
        self._papers.hide()
        self._pages.setCurrentIndex(2)

    def open_at(self, place: Place) -> None:
        """The page of ``pupil``, or the board; ``show`` = ``due``: only who needs something."""
        self._id = place.detail.get("pupil", "")
        self.refresh()
        if place.detail.get("show") == "due":
            self.list.show_due()

    def detail_to_reopen(self) -> Mapping[str, Any]:
        return {"pupil": self._id} if self._id else {}

    def focus_first(self) -> None:
        if self._pages.currentIndex() == 2:
            self._go.setFocus()
        else:
            (self.child if self._id else self.list).focus_first()

    # — going about —

    def _to_list(self) -> None:
        before = self._id
        self.desk.go("okr")
        self.list.go_to(before)

    def _plan_group(self) -> None:
        if not self._plan.isHidden():
            PlanGroupDialog(self, self.desk).open()

    def _offer_papers(self) -> None:
        """The papers of everybody on the board, or of the one child that is open."""
        if self._papers.isHidden():
            return
        school = self.desk.school
        papers = child_papers(school, self._id) if self._id else group_papers(school)
        self.menu.clear()
        for each in papers:
            asked = self.menu.addAction(f"{each.title}…")
            asked.triggered.connect(partial(self._print, each))
        self.menu.popup(self._papers.mapToGlobal(self._papers.rect().bottomLeft()))
        self.menu.setActiveAction(self.menu.actions()[0])

    def _print(self, letter: Letter, _checked: bool = False) -> None:
        show_letter(self.desk, self, letter)


def _title() -> str:
    return tr("OKR-inzage")
