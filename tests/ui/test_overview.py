"""The first screen: counted actions that open their lists."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from schoolprivacy.consents.terms import Answer
from schoolprivacy.duties import Target
from schoolprivacy.overview.due import due
from schoolprivacy.overview.first_start import StepKind
from schoolprivacy.overview.summary import summary
from schoolprivacy.school import School
from ui.chart import AnswersChart, Bar
from ui.desk import Place
from ui.main_window import MainWindow
from ui.navigation import entries
from ui.screens.overview import _PLACES, _STEP_PLACES, OverviewScreen


@pytest.fixture
def first_place() -> Place:
    return Place("overview")


@pytest.fixture
def overview(window: MainWindow, qtbot: QtBot) -> OverviewScreen:
    assert window.workplace is not None
    screen = window.workplace.screen_of("overview")
    assert isinstance(screen, OverviewScreen)
    qtbot.waitUntil(lambda: bool(screen._tiles[0].accessibleName()), timeout=20_000)
    return screen


def _texts(overview: OverviewScreen) -> str:
    return "\n".join(each.text() for each in overview.findChildren(QLabel) if each.isVisible())


def test_it_shows_what_the_school_counts(overview: OverviewScreen, demo: School) -> None:
    stands, shown = summary(demo), _texts(overview)
    assert f"\n{stands.pupils}\n" in shown
    assert f"\n{stands.families_waited_for}\n" in shown
    for each in due(demo):
        if each.target in _PLACES:
            assert each.title in shown


def test_every_duty_and_every_step_has_a_place() -> None:
    known = {each.key for each in entries()}
    assert set(_PLACES) == set(Target) - {Target.FIRST_START}  # the steps stand on the screen
    assert set(_STEP_PLACES) == set(StepKind)
    assert {each.screen for each in [*_PLACES.values(), *_STEP_PLACES.values()]} <= known


def test_an_action_opens_its_list_with_enter(
    overview: OverviewScreen, window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    assert window.workplace is not None
    gone: list[Place] = []
    window.workplace.desk.going.connect(gone.append)
    overview.focus_first()
    first = due(demo)[0]
    line = overview.focusWidget()
    assert isinstance(line, QPushButton)
    assert line.accessibleName().endswith(first.title)
    qtbot.keyClick(line, Qt.Key.Key_Space)
    assert gone == [_PLACES[first.target]]


def test_it_follows_what_changes(
    overview: OverviewScreen, window: MainWindow, qtbot: QtBot
) -> None:
    (fine,) = [b for b in overview.findChildren(QPushButton) if b.text() == "De standaard is goed"]
    assert "4 van 6 stappen gedaan" in _texts(overview)
    qtbot.mouseClick(fine, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "5 van 6 stappen gedaan" in _texts(overview), timeout=20_000)


def test_the_plot_is_walked_with_the_arrows_and_speaks(qtbot: QtBot) -> None:
    chart = AnswersChart()
    qtbot.addWidget(chart)
    chart.show_bars(
        [Bar("3", {Answer.GRANTED: 5, Answer.CONFLICT: 1}), Bar("Groep 4", {Answer.REFUSED: 2})]
    )
    opened: list[str] = []
    chart.opened.connect(opened.append)
    with qtbot.waitActive(chart):
        chart.show()
    chart.setFocus()
    assert chart.accessibleName() == "Groep 3: 5 ja, 1 oneens"
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    qtbot.keyClick(chart, Qt.Key.Key_Return)
    assert opened == ["Groep 4"]
    assert "Groep 4: 2 nee" in chart.accessibleDescription()


def test_an_empty_plot_draws_nothing_and_breaks_nothing(qtbot: QtBot) -> None:
    chart = AnswersChart()
    qtbot.addWidget(chart)
    chart.show_bars([])
    chart.show()
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    chart.show_bars([Bar("", {})])
    chart.grab()
