"""Entering a stack of papers: a group in a grid, stored all at once or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from schoolprivacy.consents.stack import StackResult, enter_stack, stack, undo_stack
from schoolprivacy.consents.terms import Way
from schoolprivacy.errors import sentence
from schoolprivacy.people.directory import groups
from schoolprivacy.people.names import group_label
from ui import messages
from ui.desk import Desk, Place
from ui.fields import button, emptied, label, notice, row, scrolled
from ui.legend import LegendDialog
from ui.screen import Screen
from ui.screens.stack_asked import AskedDialog
from ui.screens.stack_choices import StackChoices
from ui.screens.stack_words import (
    about_group,
    how_far,
    no_pupils,
    no_purposes,
    not_ready,
    remarks,
    said_of,
)
from ui.stack_grid import StackGrid
from ui.stack_model import SIGNER, StackModel
from ui.stack_rows import Paper, row_of
from ui.theme import px
from ui.words import counted, tr


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed of a stack, in case the screen is made anew or the storing taken back."""

    group: str
    papers: tuple[Paper, ...]
    day: str
    way: Way | None


class StackScreen(Screen):
    """Choose a group, type paper after paper, store them together."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, tr("Stapel invoeren"))
        today = desk.school.clock.today()
        self.model = StackModel(today)
        self.grid = StackGrid(self.model)
        self.grid.may_type = not desk.school.read_only
        self.choices = StackChoices(today)
        self._storing = False
        self._notices = QVBoxLayout()
        self._pages = QStackedWidget()
        self._add_buttons()
        self._build()
        self._connect()

    # — building —

    def _add_buttons(self) -> None:
        self.explain = button(tr("Ui&tleg"), lambda: LegendDialog(self).open(), kind="link")
        self.ask = button(tr("Ge&vraagd, nog geen antwoord…"), self._note_asked)
        self.store_button = button(
            tr("Op&slaan"), self.store, icon="check", kind="primary", tip="Ctrl+Enter"
        )
        self.add_actions(self.store_button)
        if self.desk.school.read_only:
            self.ask.hide()
            self.store_button.hide()

    def _build(self) -> None:
        self._here = label("", "strong", wrap=True)
        self._problem = label("", "warning", wrap=True)
        keys = tr(
            "1, 2: wie tekende · J, N: ja of nee · spatie: niets ingevuld · Enter: volgend kind"
        )
        board = QWidget()
        layout = QVBoxLayout(board)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(8))
        layout.addWidget(self.choices)
        layout.addLayout(self._notices)
        layout.addWidget(self.grid, 1)
        layout.addWidget(label(keys, "small", wrap=True))
        layout.addWidget(row(self.ask, self.explain, None))
        for each in (board, no_pupils(self.desk), no_purposes(self.desk)):
            self._pages.addWidget(each)
        self._area = scrolled(self._pages)
        self.content.addWidget(self._area, 1)
        said = QWidget()  # always in view, also at 200 %
        line = QHBoxLayout(said)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(px(14))
        line.addWidget(self._here, 3)
        line.addWidget(self._problem, 2)
        self.content.addWidget(said)

    def _connect(self) -> None:
        self.choices.group_chosen.connect(self._choose_group)
        self.choices.day_chosen.connect(self.model.date_all)
        self.choices.way_chosen.connect(self.model.come_in)
        self.choices.searched.connect(self._find)
        self.choices.found.connect(self._take_found)
        self.grid.hinted.connect(self._here.setText)
        self.grid.moved.connect(self._tell_place)
        self.model.typed.connect(self._tell)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.store)

    # — showing —

    def refresh(self) -> None:
        with messages.told(self):
            known = groups(self.desk.school)
            self.choices.offer_groups(known)
            if known:
                self._show_group(self.choices.group(), self.model.papers)
            else:
                self._pages.setCurrentIndex(1)

    def _show_group(self, group: str, typed: Sequence[Paper] = ()) -> None:
        """Read a group; what was typed of it stays."""
        same = group == self.model.sheet.group
        at = self.grid.currentIndex()
        place = (at.row(), at.column()) if same and at.isValid() else (0, SIGNER)
        sheet = stack(self.desk.school, group)
        self.model.replace(sheet, typed)
        if sheet.pupils and sheet.purposes:
            self.grid.go_to(*place)
        self._pages.setCurrentIndex(0 if sheet.purposes else 2)
        signers = [each for paper in self.model.papers for each in paper.signers]
        self.choices.set_way_shown(any(not each.form for each in signers))
        if not same:
            self._say(about_group(self.model, read_only=self.desk.school.read_only))
        self._tell()

    def _tell(self) -> None:
        self.set_head(tr("Stapel invoeren"), how_far(self.model) if self.model.papers else "")
        self._tell_place()

    def _tell_place(self) -> None:
        """Where one is, what stands there, and what this row still needs."""
        at = self.grid.currentIndex()
        known = at.isValid() and at.row() < len(self.model.papers)
        self._here.setText(str(at.data(Qt.ItemDataRole.AccessibleTextRole)) if known else "")
        self._problem.setText(self.model.problem(at.row()) if known else "")
        QTimer.singleShot(0, self, self._bring_into_view)

    def _bring_into_view(self) -> None:
        """At 200 % the grid is higher than the window: nobody may type what they do not see."""
        inside, at = self._area.widget(), self.grid.currentIndex()
        focus = QApplication.focusWidget()
        typing = focus is not None and (focus is self.grid or self.grid.isAncestorOf(focus))
        if inside is not None and at.isValid() and typing:
            cell = self.grid.visualRect(at)
            where = self.grid.viewport().mapTo(inside, cell.center())
            self._area.ensureVisible(where.x(), where.y(), 0, cell.height())

    def _say(self, lines: Sequence[QFrame]) -> None:
        emptied(self._notices)
        for each in lines:
            self._notices.addWidget(each)

    # — going —

    def open_at(self, place: Place) -> None:
        """Show ``group``; with a ``draft`` as it was typed."""
        draft, group = place.detail.get("draft"), place.detail.get("group")
        with messages.told(self):
            if isinstance(draft, Draft):
                self._show_draft(draft)
            elif group:
                self._choose_group(str(group))

    def detail_to_reopen(self) -> Mapping[str, Any]:
        return {"draft": self._draft()}

    def _draft(self) -> Draft:
        day, way = self.choices.day.text(), self.model.without_form
        return Draft(self.model.sheet.group, tuple(deepcopy(self.model.papers)), day, way)

    def _show_draft(self, draft: Draft) -> None:
        if draft.group in self.choices.groups:
            self.choices.choose(draft.group, draft.day, draft.way)
            self._show_group(draft.group, draft.papers)

    def _choose_group(self, group: str) -> None:
        """Go to another group, after a question when something was typed of this one."""
        if group == self.model.sheet.group or group not in self.choices.groups:
            return
        self.choices.mark_group(self.model.sheet.group)  # until it is sure

        def go() -> None:
            self.choices.mark_group(group)
            self._show_group(group)

        self.leave(go)

    def focus_first(self) -> None:
        if self.model.papers and self.model.sheet.purposes:
            self.grid.begin()
        else:
            self.choices.focus_first()

    def unsaved(self) -> str:
        filled = self.model.tally().papers
        if not filled:
            return ""
        papers = counted(filled, tr("papier"), tr("papieren"))
        said = tr("U hebt {papers} van {group} ingevuld, maar nog niet opgeslagen.")
        return said.format(papers=papers, group=group_label(self.model.sheet.group))

    def discard(self) -> None:
        self.model.replace(self.model.sheet)

    def _find(self, words: str) -> None:
        place = self.model.find(words)
        if place is not None:
            self.grid.go_to_child(place)

    def _take_found(self) -> None:
        self.grid.begin()
        self.choices.search.clear()

    # — storing —

    def store(self) -> None:
        """Store all rows together, or say which are not ready."""
        if self._storing or self.desk.school.read_only or QApplication.activeModalWidget():
            return
        self.grid.finish_editing()
        if self.choices.day.is_wrong():
            self._say([notice(tr("De datum boven de lijst klopt niet. Verbeter die eerst."))])
            self.choices.day.setFocus()
        elif wrong := self.model.wrong_rows():
            self._refuse(wrong)
        elif not self.model.filled():
            self._say([notice(sentence("stack.nothing"))])
        else:
            self._store()

    def _refuse(self, wrong: list[int]) -> None:
        self._say(not_ready(self.model, wrong))
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
        self.grid.go_to_child(wrong[0])

    def _store(self) -> None:
        draft, school, way = self._draft(), self.desk.school, self.model.without_form
        rows = [row_of(each, self.model.for_all) for each in self.model.filled()]
        self._storing, self.grid.may_type = True, False  # what is typed now would be lost
        self.desk.run(
            tr("Stapel opslaan"),
            lambda _job: enter_stack(school, rows, without_form=way),
            lambda result: self._stored(result, draft),
            failed=self._failed,
            may_stop=False,
        )

    def _failed(self, error: BaseException) -> None:
        self._storing, self.grid.may_type = False, True
        messages.tell_error(self, error)

    def _stored(self, result: StackResult, draft: Draft) -> None:
        self._storing, self.grid.may_type = False, True
        children = len({each.pupil.pupil_id for each in draft.papers if each.ticks})
        self.discard()
        self.grid.go_to(0, SIGNER)
        self._say(remarks(result))
        self.desk.tell_change()
        self.desk.say(said_of(result, children), lambda: self._take_back(result, draft))

    def _take_back(self, result: StackResult, draft: Draft) -> None:
        """Undo the whole stack, and show it again as it was typed."""
        undo_stack(self.desk.school, result)
        self.desk.tell_change()
        self.desk.go("stack")
        if not self.model.filled():
            self._show_draft(draft)
        text = tr("De stapel is teruggenomen. U kunt hem verbeteren en opnieuw opslaan.")
        self._say([notice(text)])

    # — asked —

    def _note_asked(self) -> None:
        pupils, codes = self.grid.chosen()
        if len(pupils) < 2 and len(codes) < 2:  # one cell is where one is, not what one chose
            pupils, codes = [], []
        AskedDialog(self.desk, self.model.sheet, pupils, codes, self).open()
