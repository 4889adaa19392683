"""The school year: the yearly round in nine steps, left and resumed at any of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QWidget

from schoolprivacy.consents.rounds.opening import finish_step, read_round
from schoolprivacy.consents.rounds.terms import Round, Step
from ui import messages
from ui.desk import Desk, Place
from ui.screen import Screen
from ui.screens.year_backup import BackupStep
from ui.screens.year_begin import BeginPage
from ui.screens.year_check import CheckStep
from ui.screens.year_close import CloseStep
from ui.screens.year_count import CountStep
from ui.screens.year_dates import DatesStep
from ui.screens.year_groups import GroupsStep
from ui.screens.year_guide import YearGuide
from ui.screens.year_papers import PapersStep
from ui.screens.year_questions import QuestionsStep
from ui.screens.year_remind import RemindStep
from ui.words import tr


class YearScreen(Screen):
    """Before a round: how to begin one, and how the last one ended. In a round: its steps."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, tr("Schooljaar"))
        self.begin = BeginPage(desk)
        steps = (
            BackupStep(desk),
            GroupsStep(desk),
            CheckStep(desk),
            QuestionsStep(desk),
            PapersStep(desk),
            DatesStep(desk),
            CountStep(desk),
            RemindStep(desk),
            CloseStep(desk),
        )
        self.guide = YearGuide(steps)
        self.guide.finished.connect(self._finish)
        self._round: Round | None = None
        self._asked = False
        self._stack = QStackedWidget()
        for page in (self.begin, self.guide):
            self._stack.addWidget(page)
        self.content.addWidget(self._stack, 1)

    def refresh(self) -> None:
        with messages.told(self):
            before, self._round = self._round, read_round(self.desk.school)
            if self._round is None:
                self.set_head(tr("Schooljaar"), tr("De jaarlijkse toestemmingsronde"))
                self.begin.show_school()
                self._show(self.begin)
                return
            said = tr("Jaarlijkse toestemmingsronde {year}")
            self.set_head(tr("Schooljaar"), said.format(year=self._round.school_year))
            anew = before is None or before.id != self._round.id
            self.guide.show_round(self._round, anew=anew)
            self._show(self.guide)

    def _show(self, page: QWidget) -> None:
        self._stack.setCurrentWidget(page)

    def open_at(self, place: Place) -> None:
        """Open ``step``, a number from 1 to 9, when somebody asks for it."""
        self._refresh_if_stale()  # after the lock the window shows itself a moment later
        step, draft = place.detail.get("step"), place.detail.get("draft")
        self._asked = bool(step)
        if step and self._round:
            self.guide.open_step(Step(step))
            if draft is not None:
                self.guide.present.show_draft(draft)

    def detail_to_reopen(self) -> Mapping[str, Any]:
        if self._round is None:
            return {}
        return {"step": int(self.guide.step), "draft": self.guide.present.draft()}

    def unsaved(self) -> str:
        return self.guide.present.unsaved() if self._round else ""

    def discard(self) -> None:
        self.guide.present.discard()

    def focus_first(self) -> None:
        """In the step somebody asked for; else at its place in the list, to see where one is."""
        if self._round is None:
            self.begin.focus_first()
        elif self._asked:
            self.guide.present.focus_first()
        else:
            self.guide.focus_first()

    def _finish(self, step: Step) -> None:
        """Mark the step as done and go on to the next."""
        with messages.told(self):
            if not self.desk.school.read_only:
                finish_step(self.desk.school, step)
            self.desk.tell_change()
            if step is not Step.CLOSE:
                self.guide.open_step(Step(step + 1))
