"""The last steps of a round, in a guide of their own with the demo school behind it."""

from __future__ import annotations

import json
from typing import Any, TypeVar

import sqlalchemy as sa
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from schoolprivacy.consents.rounds.opening import read_round
from schoolprivacy.consents.rounds.terms import Round, Step
from schoolprivacy.people.names import plain
from schoolprivacy.school import School
from schoolprivacy.vault.tables import audit
from tests.ui.stage import desk_of
from ui import jobs
from ui.desk import Desk, Place
from ui.jobs import JobDialog
from ui.main_window import MainWindow
from ui.screens.year_close import CloseStep
from ui.screens.year_count import CountStep
from ui.screens.year_guide import YearGuide
from ui.screens.year_papers import PapersStep
from ui.screens.year_remind import RemindStep

S = TypeVar("S", PapersStep, CountStep, RemindStep, CloseStep)
_LONG = 60_000


def guide_on(desk: Desk) -> YearGuide:
    """The steps that this bench is for."""
    return YearGuide((PapersStep(desk), CountStep(desk), RemindStep(desk), CloseStep(desk)))


class YearBench:
    """A guide in a window of its own; what it says to the desk is kept."""

    def __init__(self, window: MainWindow, school: School, qtbot: QtBot) -> None:
        self.window, self.school, self.qtbot = window, school, qtbot
        self.desk = desk_of(window)
        self.said: list[tuple[str, Any]] = []
        self.gone: list[Place] = []
        self.desk.said.connect(lambda text, undo: self.said.append((text, undo)))
        self.desk.going.connect(self.gone.append)
        self.guide = guide_on(self.desk)
        self.desk.changed.connect(self._refresh)
        qtbot.addWidget(self.guide)
        self.guide.resize(980, 700)
        with qtbot.waitActive(self.guide):
            self.guide.show()

    def _refresh(self) -> None:
        """As the screen does: whoever shows the school reads it again."""
        found = read_round(self.school)
        if found is not None and self.guide._round is not None:
            self.guide.show_round(found, anew=False)

    def open(self, step: Step, kind: type[S]) -> S:
        """Open a step; gives it once everything is read."""
        found = self.round()
        self.guide._round = found
        self.guide.open_step(step)
        self.wait()
        present = self.guide.present
        assert isinstance(present, kind)
        return present

    def round(self) -> Round:
        found = read_round(self.school)
        assert found is not None
        return found

    def wait(self) -> None:
        """Until nothing is being read or made any more."""
        self.qtbot.waitUntil(lambda: not jobs.is_busy(), timeout=_LONG)
        self.qtbot.waitUntil(lambda: not isinstance(QApplication.activeModalWidget(), JobDialog))
        QApplication.processEvents()
        self.qtbot.waitUntil(lambda: not jobs.is_busy(), timeout=_LONG)

    def reads(self) -> str:
        """Everything that is written in the step."""
        labels = self.guide.present.findChildren(QLabel)
        return "\n".join(each.text() for each in labels if each.isVisibleTo(self.guide))

    def press(self, text: str) -> None:
        """Press the button that says this, by the space bar."""
        found = next(
            each
            for each in self.guide.findChildren(QAbstractButton)
            if each.isVisibleTo(self.guide) and each.text().replace("&", "") == text
        )
        assert found.isEnabled(), text
        found.setFocus()
        self.qtbot.keyClick(found, Qt.Key.Key_Space)

    def is_allowed(self, text: str) -> bool:
        return any(
            each.isEnabled()
            for each in self.guide.present.findChildren(QPushButton)
            if each.isVisibleTo(self.guide) and each.text() == text
        )

    def box(self) -> QDialog:
        """The question or message that is asked now."""
        self.qtbot.waitUntil(lambda: self._asked() is not None, timeout=_LONG)
        found = self._asked()
        assert found is not None
        return found

    def asked(self) -> str:
        return "\n".join(each.text() for each in self.box().findChildren(QLabel))

    def answer(self, text: str) -> None:
        go = next(each for each in self.box().findChildren(QPushButton) if each.text() == text)
        self.qtbot.keyClick(go, Qt.Key.Key_Space)

    def _asked(self) -> QDialog | None:
        found = QApplication.activeModalWidget()
        return found if isinstance(found, QDialog) and not isinstance(found, JobDialog) else None

    def made(self, action: str) -> dict[str, Any]:
        """What the audit trail tells, once the work is done."""
        self.qtbot.waitUntil(lambda: self.last()[0] == action, timeout=_LONG)
        self.wait()
        return self.last()[1]

    def last(self) -> tuple[str, dict[str, Any]]:
        with self.school.reading() as session:
            row = session.execute(sa.select(audit).order_by(audit.c.seq.desc()).limit(1)).one()
        return row.action, {"about": row.about, **json.loads(row.detail)}

    def type(self, where: QWidget, text: str) -> None:
        where.setFocus()
        self.qtbot.keyClicks(where, plain(text))  # Qt has no key for every letter
