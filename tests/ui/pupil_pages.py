"""What the tests of the pupils' pages share: keys, dialogues, and looking for text."""

from __future__ import annotations

from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from schoolprivacy.people.directory import Listed, directory
from schoolprivacy.people.names import full_name
from schoolprivacy.school import School
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.screen import Screen

D = TypeVar("D", bound=QDialog)


def desk_of(window: MainWindow) -> Desk:
    assert window.workplace is not None
    return window.workplace.desk


def screen_of(window: MainWindow, key: str) -> Any:
    assert window.workplace is not None
    screen: Screen = window.workplace.screen_of(key)
    return screen


def dialog(qtbot: QtBot, kind: type[D]) -> D:
    """The dialogue that waits for an answer."""
    found = QApplication.activeModalWidget()
    assert isinstance(found, kind), found
    found.activateWindow()  # drawn offscreen, nobody does so when the one before it closes
    qtbot.waitUntil(found.isActiveWindow)
    return found


def typed(qtbot: QtBot, *texts: str) -> None:
    """Type each text where the keyboard is, with Tab after it; "" only goes on."""
    for text in texts:
        qtbot.keyClicks(_focus(), text)
        qtbot.keyClick(_focus(), Qt.Key.Key_Tab)


def press(qtbot: QtBot, key: Qt.Key, *, ctrl: bool = False, alt: bool = False) -> None:
    """Press a key where the keyboard is."""
    modifier = Qt.KeyboardModifier.NoModifier
    if ctrl:
        modifier |= Qt.KeyboardModifier.ControlModifier
    if alt:
        modifier |= Qt.KeyboardModifier.AltModifier
    qtbot.keyClick(_focus(), key, modifier)


def push(qtbot: QtBot, within: QWidget, text: str) -> None:
    """Press the space bar on the button that says this."""

    def found() -> list[QAbstractButton]:
        return [
            each
            for each in within.findChildren(QAbstractButton)
            if each.isVisible() and text in (each.text().replace("&", ""), each.accessibleName())
        ]

    qtbot.waitUntil(lambda: len(found()) == 1)  # what was just made is shown a moment later
    (one,) = found()
    one.setFocus()
    qtbot.keyClick(one, Qt.Key.Key_Space)


def answer(qtbot: QtBot, text: str) -> None:
    """Answer the question that is asked."""
    push(qtbot, dialog(qtbot, QDialog), text)


def in_front(qtbot: QtBot, window: MainWindow) -> None:
    """No dialogue is open any more: the keyboard is in the window."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


def undo_last(qtbot: QtBot, window: MainWindow) -> None:
    """Ctrl+Z, once no dialogue is in front."""
    in_front(qtbot, window)
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)


def pupil(school: School, name: str) -> Listed:
    (found,) = [each for each in directory(school, leavers=True) if full_name(each.pupil) == name]
    return found


def texts(within: QWidget) -> str:
    """Everything that can be read or heard there, visible or not."""
    said: list[str] = []
    for each in (within, *within.findChildren(QWidget)):
        said += [each.accessibleName(), each.accessibleDescription(), each.toolTip()]
        if isinstance(each, (QLabel, QLineEdit, QAbstractButton)):
            said.append(each.text())
        elif isinstance(each, QPlainTextEdit):
            said.append(each.toPlainText())
        elif isinstance(each, QComboBox):
            said += [each.itemText(n) for n in range(each.count())]
        said += [action.text() for action in each.findChildren(QAction)]
    return "\n".join(said)


def _focus() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found
