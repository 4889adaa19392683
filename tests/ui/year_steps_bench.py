"""A step of the round in the real window on the demo school, worked by keys."""

from __future__ import annotations

from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from schoolprivacy.consents.rounds.opening import read_round
from schoolprivacy.consents.rounds.terms import Round, Step
from schoolprivacy.school import School
from tests.ui.stage import desk_of, screen_of
from ui import jobs
from ui.jobs import JobDialog
from ui.main_window import MainWindow
from ui.screens.year_step import YearStep

S = TypeVar("S", bound=YearStep)
_LONG = 60_000


class StepBench:
    """What it says to the desk is kept."""

    def __init__(self, window: MainWindow, school: School, qtbot: QtBot) -> None:
        self.window, self.school, self.qtbot = window, school, qtbot
        self.desk = desk_of(window)
        self.said: list[tuple[str, Any]] = []
        self.desk.said.connect(lambda text, undo: self.said.append((text, undo)))

    def open(self, step: Step, kind: type[S]) -> S:
        """Go to a step; gives it once everything is read."""
        self.desk.go("year", step=int(step))
        self.wait()
        present = self.guide.present
        assert isinstance(present, kind)
        return present

    @property
    def guide(self) -> Any:
        return screen_of(self.window, "year").guide

    def round(self) -> Round:
        found = read_round(self.school)
        assert found is not None
        return found

    def wait(self) -> None:
        """Until nothing is being read or made any more."""
        for _ in range(2):
            self.qtbot.waitUntil(lambda: not jobs.is_busy(), timeout=_LONG)
            self.qtbot.waitUntil(
                lambda: not isinstance(QApplication.activeModalWidget(), JobDialog), timeout=_LONG
            )
            QApplication.processEvents()

    def reads(self) -> str:
        """Everything that is written in the step."""
        labels = self.guide.present.findChildren(QLabel)
        return "\n".join(each.text() for each in labels if each.isVisibleTo(self.guide))

    def buttons(self) -> dict[str, QPushButton]:
        """What can be pressed in the guide now, by what it says."""
        return {
            each.text().replace("&", ""): each
            for each in self.guide.findChildren(QPushButton)
            if each.isVisibleTo(self.guide) and each.isEnabled()
        }

    def press(self, text: str) -> None:
        """Press the button that says this, by the space bar."""
        found = self.buttons()[text]
        found.setFocus()
        self.qtbot.keyClick(found, Qt.Key.Key_Space)

    def box(self) -> QDialog:
        """The question or message that is asked now."""

        def found() -> QDialog | None:
            top = QApplication.activeModalWidget()
            return top if isinstance(top, QDialog) and not isinstance(top, JobDialog) else None

        self.qtbot.waitUntil(lambda: found() is not None, timeout=_LONG)
        top = found()
        assert top is not None
        return top

    def answer(self, text: str) -> None:
        go = next(each for each in self.box().findChildren(QPushButton) if each.text() == text)
        self.qtbot.keyClick(go, Qt.Key.Key_Space)

    def type(self, where: Any, text: str) -> None:
        """Type this in a field, in place of what stood there."""
        where.setFocus()
        where.selectAll()
        self.qtbot.keyClicks(where, text)
        # Who types so quickly may be a hand scanner: its keys come a moment later.
        self.qtbot.waitUntil(lambda: where.text() == text, timeout=_LONG)

    def undo(self) -> None:
        """Take back what was said last."""
        self.said[-1][1]()
        self.wait()


def problems(within: QWidget) -> list[str]:
    """What is told as wrong at the fields."""
    return [
        each.text()
        for each in within.findChildren(QLabel, "problem")
        if each.text() and each.isVisibleTo(within)
    ]
