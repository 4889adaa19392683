"""Who starts soon: seen, and given a form, by keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from schoolprivacy.consents.forms import print_forms
from schoolprivacy.duties import Target
from schoolprivacy.school import School
from tests.ui.hands import texts
from tests.ui.las_builders import expect
from tests.ui.pupil_pages import desk_of, push, screen_of
from ui.main_window import MainWindow
from ui.screens.overview import _PLACES
from ui.screens.starting import StartingScreen

Key = Qt.Key


@pytest.fixture
def comers(demo: School) -> dict[str, str]:
    """Two who start soon, of whom Sien has a form, and one who starts later than the term."""
    found = {"Sien": expect(demo, "Sien", 7), "Fien": expect(demo, "Fien", 21)}
    expect(demo, "Later", 200)
    print_forms(demo, lambda _: None, pupil_ids=[found["Sien"]])
    return found


@pytest.fixture
def screen(comers: dict[str, str], window: MainWindow) -> StartingScreen:
    desk_of(window).go("starting", show="all")
    found = screen_of(window, "starting")
    assert isinstance(found, StartingScreen)
    return found


def names(screen: StartingScreen) -> list[str]:
    model = screen.table.model()
    return [str(model.index(place, 1).data()) for place in range(model.rowCount())]


def test_who_starts_soon_stands_there_by_day_with_the_form(screen: StartingScreen) -> None:
    found = names(screen)
    assert found[:2] == ["Kleuter, Sien", "Kleuter, Fien"]
    assert not any("Later" in each for each in found)
    model = screen.table.model()
    assert [model.index(place, 3).data() for place in (0, 1)] == [
        "nog niet terug",
        "geen formulier",
    ]
    screen.which.choose("not_back")
    assert names(screen) == ["Kleuter, Sien"]
    screen.search.setText("niemand")
    assert "Niemand past hierbij." in texts(screen)


def test_the_line_of_the_overview_shows_who_has_no_form(
    screen: StartingScreen, window: MainWindow
) -> None:
    desk_of(window).going.emit(_PLACES[Target.STARTING])
    assert "Kleuter, Fien" in names(screen) and "Kleuter, Sien" not in names(screen)


def test_forms_are_made_for_who_has_none(
    screen: StartingScreen, comers: dict[str, str], window: MainWindow, qtbot: QtBot
) -> None:
    without = len([each for each in names(screen) if "Sien" not in each])
    assert f"({without})" in screen.forms_button.text()
    screen.forms_button.setFocus()
    qtbot.keyClick(screen.forms_button, Key.Key_Return)
    papers = screen_of(window, "papers")
    qtbot.waitUntil(lambda: papers._seen is not None, timeout=60_000)
    request = papers._seen.request
    assert request.paper.key == "consent-forms"
    assert comers["Fien"] in request.whom["pupil_ids"]
    assert comers["Sien"] not in request.whom["pupil_ids"]


def test_forms_are_made_for_the_chosen_and_enter_opens_the_child(
    screen: StartingScreen, comers: dict[str, str], window: MainWindow, qtbot: QtBot
) -> None:
    screen.table.selectRow(0)
    push(qtbot, screen, "Formulier voor de gekozen leerlingen…")
    papers = screen_of(window, "papers")
    qtbot.waitUntil(lambda: papers._seen is not None, timeout=60_000)
    assert papers._seen.request.whom == {"pupil_ids": (comers["Sien"],)}
    desk_of(window).go("starting")
    screen.table.selectRow(1)
    qtbot.keyClick(screen.table, Key.Key_Return)
    assert window.workplace is not None
    assert window.workplace.place.detail["pupil"] == comers["Fien"]
