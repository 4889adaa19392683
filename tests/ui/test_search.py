"""Search from anywhere: a name, a group, a form number."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from schoolprivacy.consents.records import forms
from schoolprivacy.people.directory import directory
from schoolprivacy.people.names import full_name
from schoolprivacy.school import School
from ui.desk import Place
from ui.main_window import MainWindow
from ui.search import SearchBox


@pytest.fixture
def first_place() -> Place:
    return Place("overview")


@pytest.fixture
def search(window: MainWindow, qtbot: QtBot) -> SearchBox:
    """As after Ctrl+F on the overview."""
    assert window.workplace is not None
    qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert window.workplace.search.field.hasFocus()
    return window.workplace.search


@pytest.fixture
def gone(window: MainWindow) -> list[Place]:
    found: list[Place] = []
    assert window.workplace is not None
    window.workplace.desk.going.connect(found.append)
    return found


def test_a_name_is_found_while_typing_and_enter_opens_the_first(
    search: SearchBox, gone: list[Place], demo: School, qtbot: QtBot
) -> None:
    pupil = directory(demo)[0].pupil
    qtbot.keyClicks(search.field, full_name(pupil).lower())
    assert search.texts()[0].startswith(full_name(pupil))
    qtbot.keyClick(search.field, Qt.Key.Key_Return)
    assert gone == [Place("pupil", {"pupil": pupil.id})]
    assert search.field.text() == ""


def test_a_group_is_found_and_the_arrows_choose(
    search: SearchBox, gone: list[Place], qtbot: QtBot
) -> None:
    qtbot.keyClicks(search.field, "groep")
    names = search.texts()
    assert len(names) > 1
    qtbot.keyClick(search.field, Qt.Key.Key_Down)
    qtbot.keyClick(search.field, Qt.Key.Key_Return)
    assert names[1].startswith(str(gone[0].detail["group"]))


def test_the_beginning_of_a_form_number_opens_the_form(
    search: SearchBox, gone: list[Place], demo: School, qtbot: QtBot
) -> None:
    with demo.reading() as session:
        number = forms(session)[0].number[:8]
    qtbot.keyClicks(search.field, number)
    qtbot.waitUntil(lambda: any("openen" in each for each in search.texts()))
    qtbot.keyClick(search.field, Qt.Key.Key_Return)
    assert gone[0] == Place("entry", {"form": number})


def test_nothing_found_is_said_and_escape_empties(search: SearchBox, qtbot: QtBot) -> None:
    qtbot.keyClicks(search.field, "qqqq")
    assert search.texts() == ["Niets gevonden. Kijk of het goed is getypt."]
    qtbot.keyClick(search.field, Qt.Key.Key_Return)  # goes nowhere
    qtbot.keyClick(search.field, Qt.Key.Key_Escape)
    assert search.field.text() == ""
    assert search.texts() == []
