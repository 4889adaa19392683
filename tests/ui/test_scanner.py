"""A hand scanner is a very fast keyboard."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from schoolprivacy.consents.form_code import make_form_code, make_school_tag
from tests.ui.hands import pause
from ui.scanner import Scanner

NUMBER = make_form_code(make_school_tag())


class Window(QWidget):
    """A field and a button, as on any screen, and what was scanned."""

    def __init__(self) -> None:
        super().__init__()
        self.field = QLineEdit()
        self.button = QPushButton("Knop")
        self.entered: list[str] = []
        self.field.returnPressed.connect(lambda: self.entered.append(self.field.text()))
        layout = QVBoxLayout(self)
        layout.addWidget(self.field)
        layout.addWidget(self.button)
        self.scanned: list[str] = []
        Scanner(self).scanned.connect(self.scanned.append)


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Window]:
    made = Window()
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
    made.field.setFocus()
    return made


@pytest.mark.parametrize("end", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab])
def test_a_scanned_number_is_heard_and_the_field_keeps_its_text(
    window: Window, qtbot: QtBot, end: Qt.Key
) -> None:
    window.field.setText("half getypt")
    window.field.setCursorPosition(4)
    qtbot.keyClicks(window.field, NUMBER)
    qtbot.keyClick(window.field, end)
    assert window.scanned == [NUMBER]
    assert window.field.text() == "half getypt"
    assert window.field.cursorPosition() == 4
    assert window.field.hasFocus()
    assert not window.entered


def test_keys_that_waited_for_a_slow_screen_are_heard(window: Window, qtbot: QtBot) -> None:
    """What the first key did took longer than the pause; the others came in time, and wait."""
    scanner = window.findChild(Scanner)
    assert scanner is not None
    qtbot.keyClicks(window.field, NUMBER[0])
    scanner._pause.stop()
    scanner._pause.timeout.emit()  # a window system may look at the clock before the keyboard
    qtbot.keyClicks(window.field, NUMBER[1:])
    qtbot.keyClick(window.field, Qt.Key.Key_Return)
    assert window.scanned == [NUMBER]
    assert window.field.text() == "" and not window.entered


def test_a_scanner_without_an_end_key_is_heard_too(window: Window, qtbot: QtBot) -> None:
    qtbot.keyClicks(window.field, NUMBER)
    qtbot.waitUntil(lambda: window.scanned == [NUMBER])
    assert window.field.text() == ""


def test_a_number_is_heard_where_nothing_can_be_typed(window: Window, qtbot: QtBot) -> None:
    window.button.setFocus()
    qtbot.keyClicks(window.button, NUMBER.lower())
    qtbot.keyClick(window.button, Qt.Key.Key_Return)
    assert [each.upper() for each in window.scanned] == [NUMBER]


def test_fast_typing_loses_nothing_and_keeps_its_order(window: Window, qtbot: QtBot) -> None:
    qtbot.keyClicks(window.field, "030926")
    qtbot.keyClick(window.field, Qt.Key.Key_Return)
    assert window.entered == ["030926"]
    qtbot.keyClicks(window.field, "x12 34-5")
    qtbot.waitUntil(lambda: window.field.text() == "030926x12 34-5")
    assert window.scanned == []


def test_a_mistyped_number_is_not_taken_for_one(window: Window, qtbot: QtBot) -> None:
    wrong = NUMBER[:-1] + ("0" if NUMBER[-1] != "0" else "1")
    qtbot.keyClicks(window.field, wrong)
    qtbot.keyClick(window.field, Qt.Key.Key_Return)
    assert window.scanned == []
    assert window.entered == [wrong]


def test_a_scanner_presses_shift_for_capitals(window: Window, qtbot: QtBot) -> None:
    for each in NUMBER:
        if each.isalpha():
            qtbot.keyPress(window.field, Qt.Key.Key_Shift)
        shift = Qt.KeyboardModifier.ShiftModifier
        qtbot.keyClick(
            window.field, each, shift if each.isalpha() else Qt.KeyboardModifier.NoModifier
        )
    qtbot.keyClick(window.field, Qt.Key.Key_Return)
    assert window.scanned == [NUMBER]


def test_a_slow_hand_is_no_scanner(window: Window, qtbot: QtBot) -> None:
    for each in NUMBER:
        qtbot.keyClick(window.field, each)
        pause(qtbot)
    qtbot.keyClick(window.field, Qt.Key.Key_Return)
    assert window.scanned == []
    assert window.field.text() == NUMBER
