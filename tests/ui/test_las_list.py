"""What must still be entered in the LAS, by keys: looking, ticking off, taking that back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from schoolprivacy.duties import Target
from schoolprivacy.people.las_list import las_changes
from schoolprivacy.school import School
from tests.ui.hands import texts
from tests.ui.las_builders import NEW_ADDRESS, correct
from tests.ui.pupil_pages import desk_of, push, screen_of, undo_last
from ui.main_window import MainWindow
from ui.screens.las_list import LasListScreen
from ui.screens.overview import _PLACES

Key = Qt.Key


@pytest.fixture
def corrected(demo: School) -> list[str]:
    return correct(demo)


@pytest.fixture
def screen(corrected: list[str], window: MainWindow) -> LasListScreen:
    desk_of(window).going.emit(_PLACES[Target.LAS])
    found = screen_of(window, "las-list")
    assert isinstance(found, LasListScreen)
    return found


def fields_of(screen: LasListScreen) -> list[str]:
    model = screen.table.model()
    return [str(model.index(place, 3).data()) for place in range(model.rowCount())]


def test_what_was_corrected_stands_there_with_old_and_new(screen: LasListScreen) -> None:
    assert screen.isVisible() and len(fields_of(screen)) == 2
    model = screen.table.model()
    after = [str(model.index(place, 5).data()) for place in range(2)]
    assert "Verbeterd" in after
    assert any(str(NEW_ADDRESS["street"]) in each for each in after)
    screen.search.setText("verbeterd")
    assert len(fields_of(screen)) == 1
    assert "wordt Verbeterd" in texts(screen)


def test_one_is_ticked_off_by_enter_and_comes_back_by_ctrl_z(
    screen: LasListScreen, demo: School, window: MainWindow, qtbot: QtBot
) -> None:
    before = las_changes(demo)
    chosen = screen.table.current()
    qtbot.keyClick(screen.table, Key.Key_Return)
    assert [each.ids for each in las_changes(demo)] == [
        each.ids for each in before if each.ids != chosen.ids
    ]
    assert len(fields_of(screen)) == 1 and screen.table.chosen()
    undo_last(qtbot, window)
    assert las_changes(demo) == before and len(fields_of(screen)) == 2


def test_many_are_ticked_off_at_once_and_stand_behind_the_filter(
    screen: LasListScreen, demo: School, qtbot: QtBot
) -> None:
    push(qtbot, screen, "Alles kiezen")
    assert "2 wijzigingen" in texts(screen)
    push(qtbot, screen, "Afvinken")
    assert not las_changes(demo) and "Er is niets door te voeren" in texts(screen)
    assert not screen.tick_button.isVisible()
    screen.which.choose("done")
    assert len(fields_of(screen)) == 2
    assert not screen.tick_button.isVisible()
    qtbot.keyClick(screen.table, Key.Key_Return)  # nothing to tick off here
    assert len(las_changes(demo, done=True)) == 2


def test_the_child_and_the_paper_are_one_press_away(
    screen: LasListScreen, corrected: list[str], window: MainWindow, qtbot: QtBot
) -> None:
    push(qtbot, screen, "Naar de leerling")
    assert window.workplace is not None
    assert window.workplace.place.detail["pupil"] in corrected
    desk_of(window).go("las-list")
    push(qtbot, screen, "Lijst afdrukken…")
    papers = screen_of(window, "papers")
    qtbot.waitUntil(lambda: papers._seen is not None, timeout=60_000)
    assert papers._seen.pdf is not None
    assert papers._seen.request.paper.key == "las-list"


def test_a_school_that_is_only_read_cannot_tick_off(
    corrected: list[str], demo: School, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(School, "read_only", property(lambda _: True))
    desk_of(window).go("las-list")
    screen = screen_of(window, "las-list")
    assert not screen.tick_button.isVisible()
    screen.tick()
    assert len(las_changes(demo)) == 2
