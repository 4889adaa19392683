"""Every screen: names, order and reach by keyboard; and it looks as it did when it was good."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from shiboken6 import isValid

from tests.ui.contrast import faint_texts
from tests.ui.layouts import filled_too_early
from tests.ui.pictures import CHOSEN, is_as_before
from tests.ui.stage import SIZE
from tests.ui.views import VIEWS, Stage
from tests.ui.walking import Fault, faults_of
from ui.jobs import JobDialog
from ui.main_window import MainWindow
from ui.room import Room
from ui.screens.team_rows import TeamTable
from ui.table import Table

LOOKS = {
    "light": {"dark": False, "zoom": 1.0},
    "dark": {"dark": True, "zoom": 1.0},
    "light-200": {"dark": False, "zoom": 2.0},
    "dark-200": {"dark": True, "zoom": 2.0},
}


@pytest.fixture
def stage(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Stage]:
    made = Stage(request, tmp_path)
    yield made
    made.close()


@pytest.mark.slow
@pytest.mark.parametrize("name", VIEWS)
def test_it_can_be_used_by_everybody_and_looks_right(
    stage: Stage, look: Callable[..., None], strays: list[str], name: str
) -> None:
    """Several looks in one test: opening the school takes longer than drawing it."""
    wrong: list[tuple[str, object]] = []
    for look_name in CHOSEN:
        how = LOOKS[look_name]
        look(**how)
        shown = VIEWS[name](stage)
        stage.settle()
        stage.steady(shown)
        faults = [*faults_of(shown), *faint_texts(shown), *_too_large(shown)]
        if how["zoom"] == 1.0:
            faults += _sideways(shown)
        wrong += [(look_name, each) for each in faults]
        if not is_as_before(shown, f"{name}-{look_name}", smaller=round(how["zoom"])):
            wrong.append((look_name, "looks otherwise"))
        stage.qtbot.keyClick(shown, Qt.Key.Key_Escape)
        if isinstance(shown, QDialog) and not _is_answered(shown):
            wrong.append((look_name, "stays after Escape"))
        if early := filled_too_early():
            wrong.append((look_name, f"{early} things stood in a layout before it had its place"))
        stage.clear()
    wrong += [("any", f"{each} is a window of its own") for each in strays]
    assert wrong == [], "\n".join(map(str, wrong))


def _is_answered(shown: QDialog) -> bool:
    """Gone, or a question came in front of it; work goes on until it could be stopped."""
    if not isValid(shown) or isinstance(shown, JobDialog) or not shown.isVisible():
        return True
    return QApplication.activeModalWidget() is not shown


def _too_large(shown: QWidget) -> list[Fault]:
    """It fits in a window of 1280 × 800, at 200 % too."""
    least = shown.minimumSizeHint()
    width, height = max(least.width(), shown.width()), max(least.height(), shown.height())
    if width > SIZE[0] or height > SIZE[1]:
        return [Fault(type(shown).__name__, f"needs {width} × {height}")]
    workplace = shown.workplace if isinstance(shown, MainWindow) else None
    if workplace is None or workplace._toast.isVisible():  # for which it may scroll a while
        return []
    rooms = [each for each in shown.findChildren(Room) if each.isVisible()]
    return [
        Fault(type(each.shown).__name__, f"needs {each.shown.size()}, has {each.size()}")
        for each in rooms
        if each.size() != each.shown.size()
    ]


def _sideways(shown: QWidget) -> list[Fault]:
    """Nobody has to scroll sideways to read a row; a column for each purpose may need it."""
    return [
        Fault(each.accessibleName(), f"is {each.horizontalScrollBar().maximum()} too wide")
        for each in shown.findChildren(Table)
        if each.isVisible() and not isinstance(each, TeamTable)
        if each.horizontalScrollBar().maximum() > 0
    ]
