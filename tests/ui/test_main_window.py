"""The window itself: going about, locking, looks."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QKeySequence, QShortcut, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from schoolprivacy.people.directory import directory
from schoolprivacy.school import School
from ui import messages, theme
from ui.desk import Place
from ui.fields import go_to
from ui.main_window import MainWindow
from ui.navigation import entries, keys_of_place


@pytest.fixture
def first_place() -> Place:
    return Place("overview")


@pytest.mark.parametrize("key", [each.key for each in entries()])
def test_every_screen_opens(window: MainWindow, qtbot: QtBot, key: str) -> None:
    assert window.workplace is not None
    window.workplace.desk.go(key)
    screen = window.workplace.screen_of(key)
    assert screen.isVisible()


def _shown_texts(window: MainWindow) -> str:
    """Everything a widget shows or tells a screen reader."""
    found = []
    for top in QApplication.topLevelWidgets():
        for each in [top, *top.findChildren(QWidget)]:
            found += [each.accessibleName(), each.toolTip(), each.windowTitle()]
            found += [each.text()] if isinstance(each, QLabel | QLineEdit | QPushButton) else []
            if isinstance(each, QAbstractItemView) and each.model() is not None:
                model = each.model()
                found += [
                    str(model.index(row, column).data())
                    for row in range(model.rowCount())
                    for column in range(model.columnCount())
                ]
    return "\n".join(found)


def test_locking_leaves_nothing_of_the_school_in_the_window(
    window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    surnames = {each.pupil.surname for each in directory(demo)}
    assert window.workplace is not None
    window.workplace.desk.go("pupils")
    messages.tell(window, f"iets over {min(surnames)}")
    assert min(surnames) in _shown_texts(window)
    window.lock()
    qtbot.waitUntil(lambda: window.workplace is None and not window._busy)
    qtbot.wait(50)
    shown = _shown_texts(window)
    assert window.workplace is None
    assert not [each for each in surnames if each in shown]


def test_dark_and_zoom_are_remembered(window: MainWindow, qtbot: QtBot) -> None:
    window.switch_dark()
    window.step_zoom(1)
    assert theme.colours().dark
    assert theme.zoom() == 1.25
    assert theme.DARK.background in window.styleSheet()
    window.set_look(dark=False, zoom=1.0)
    assert theme.DARK.background not in window.styleSheet()


def test_windows_carry_the_style_themselves(window: MainWindow, qapp: QApplication) -> None:
    """Were it the application's, making a screen would take twice as long."""
    told = messages.tell(None, "zonder venster")
    assert told.styleSheet() == window.styleSheet() != ""
    assert qapp.styleSheet() == ""


_LAPTOP = (1366, 688)
"""What a screen of 1366 × 768 has for a window, below its title and above the task bar."""


@pytest.mark.parametrize("key", ["pupils", "publications", "year", "suppliers"])
def test_no_zoom_makes_the_window_larger_than_a_small_screen(
    window: MainWindow, qtbot: QtBot, key: str
) -> None:
    window.resize(*_LAPTOP)
    assert window.workplace is not None
    window.workplace.desk.go(key)
    for _ in theme.ZOOMS:
        window.step_zoom(1)
        qtbot.wait(30)
        assert window.size().toTuple() == _LAPTOP
    assert theme.zoom() == theme.ZOOMS[-1]
    window.set_look(zoom=1.0)


def test_after_another_zoom_the_keyboard_is_in_the_screen(window: MainWindow, qtbot: QtBot) -> None:
    assert window.workplace is not None
    window.workplace.desk.go("pupils")
    window.step_zoom(1)
    screen = window.workplace.screen_of("pupils")
    assert screen.isAncestorOf(window.focusWidget())
    qtbot.waitUntil(lambda: QApplication.focusWidget() is window.focusWidget())
    window.set_look(zoom=1.0)


def test_a_screen_without_room_scrolls_to_what_has_the_keyboard(
    window: MainWindow, qtbot: QtBot
) -> None:
    assert window.workplace is not None
    window.workplace.desk.go("suppliers")
    screen = window.workplace.screen_of("suppliers")
    last = QPushButton("helemaal onderaan")
    screen.content.addSpacing(900)
    screen.content.addWidget(last)
    window.resize(640, 400)
    qtbot.waitUntil(lambda: last.isVisible() and last.y() > 900)
    assert window.height() == 400
    go_to(last)
    middle = last.mapTo(window, last.rect().center())
    assert window.rect().contains(middle)
    assert window.childAt(middle) is last


def test_the_wheel_over_a_choice_changes_nothing(window: MainWindow, qtbot: QtBot) -> None:
    choice = QComboBox(window)
    choice.addItems(["ja", "nee"])
    choice.show()
    choice.setFocus()
    _turn_wheel(choice)
    assert choice.currentText() == "ja"


def _turn_wheel(at: QWidget) -> None:
    """One notch down."""
    none, middle = Qt.KeyboardModifier.NoModifier, QPointF(at.rect().center())
    there = QPointF(at.mapToGlobal(at.rect().center()))
    notch = QWheelEvent(
        middle,
        there,
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        none,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(at, notch)


def test_every_place_of_the_sidebar_opens_by_keys_of_its_own(
    window: MainWindow, qtbot: QtBot
) -> None:
    """Keys that stand for two things do neither."""
    around = (window, window.workplace)
    keys = [
        each.key().toString()
        for each in window.findChildren(QShortcut)
        if each.parent() in around and each.context() is Qt.ShortcutContext.WindowShortcut
    ]
    assert sorted(keys) == sorted(set(keys))
    listed = [each.key for each in entries() if each.listed]
    for place, wanted in reversed(list(enumerate(listed, 1))):
        pressed = QKeySequence(keys_of_place(place))[0]
        qtbot.keyClick(window, pressed.key(), pressed.keyboardModifiers())
        assert window.workplace is not None
        assert window.workplace.place.screen == wanted
    with pytest.raises(ValueError, match=str(len(listed) + 1)):
        keys_of_place(len(listed) + 1)
