"""The whole screen of the school year with the steps from the letters on."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from schoolprivacy.consents.rounds.opening import read_round
from schoolprivacy.consents.rounds.terms import Step
from schoolprivacy.school import School
from tests.ui.hands import modal
from tests.ui.stage import desk_of, screen_of
from ui import jobs
from ui.main_window import MainWindow


def at(window: MainWindow, step: Step, qtbot: QtBot) -> Any:
    desk_of(window).go("year", step=int(step))
    qtbot.waitUntil(lambda: not jobs.is_busy(), timeout=60_000)
    screen = screen_of(window, "year")
    assert screen.guide.step is step
    return screen


def test_a_step_that_is_done_leads_to_the_next_and_is_marked(
    window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    screen = at(window, Step.COUNT, qtbot)
    qtbot.keyClick(screen.guide._next, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: screen.guide.step is Step.REMINDERS)
    round_ = read_round(demo)
    assert round_ is not None and Step.COUNT in round_.done
    qtbot.waitUntil(lambda: not jobs.is_busy(), timeout=60_000)


def test_closing_ends_the_guide_and_undo_brings_it_back(
    window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    said: list[Any] = []
    desk_of(window).said.connect(lambda *told: said.append(told))
    screen = at(window, Step.CLOSE, qtbot)
    qtbot.keyClick(screen.guide._next, Qt.Key.Key_Return)
    box = modal(qtbot)
    go = next(b for b in box.findChildren(QPushButton) if b.text() == "Ronde afsluiten")
    qtbot.keyClick(go, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: read_round(demo) is None)
    qtbot.waitUntil(screen.begin.isVisible)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
    said[-1][1]()
    qtbot.waitUntil(screen.guide.isVisible)
    qtbot.waitUntil(lambda: not jobs.is_busy(), timeout=60_000)
    assert read_round(demo) is not None
