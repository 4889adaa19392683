"""Doing and seeing in a window what somebody does and sees who sits at it."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ui.scanner import Scanner


def focused(qtbot: QtBot) -> Any:
    """Where the keys go, once the dialogue of a job is gone."""
    if QApplication.activeWindow() is None:  # offscreen nobody gives the focus back
        windows = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
        windows[-1].activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    return QApplication.focusWidget()


def pause(qtbot: QtBot) -> None:
    """As long as it takes the program to see that no scanner typed this."""
    heard = [each for top in QApplication.topLevelWidgets() for each in top.findChildren(Scanner)]
    qtbot.waitUntil(lambda: not any(each._first for each in heard))


def enter(qtbot: QtBot) -> None:
    """The Enter key, wherever the focus is."""
    qtbot.keyClick(focused(qtbot), Qt.Key.Key_Return)


def escape(qtbot: QtBot) -> None:
    """The Escape key, wherever the focus is."""
    qtbot.keyClick(focused(qtbot), Qt.Key.Key_Escape)


def type_key(qtbot: QtBot, key: str) -> None:
    """The digits of a paper key, one after another, wherever the focus goes."""
    for digit in key.replace("-", ""):
        qtbot.keyClick(focused(qtbot), digit)


def texts(widget: QWidget) -> str:
    """Everything that can be read in a widget."""
    return "\n".join(each.text() for each in widget.findChildren(QLabel) if each.isVisible())


def press(qtbot: QtBot, widget: QWidget, text: str) -> None:
    """Press the button with this text, by the keyboard."""
    found = next(
        each
        for each in widget.findChildren(QPushButton)
        if each.text().replace("&", "") == text and each.isVisible()
    )
    found.setFocus()
    qtbot.keyClick(found, Qt.Key.Key_Space)


def modal(qtbot: QtBot) -> Any:
    """The dialogue that waits for an answer, as soon as it is there."""
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
    return QApplication.activeModalWidget()


def mnemonics(widget: QWidget) -> list[str]:
    """The letters that work with Alt in what is shown."""
    shown = [
        each.text()
        for each in [*widget.findChildren(QAbstractButton), *widget.findChildren(QLabel)]
        if each.isVisible() and not (isinstance(each, QLabel) and each.buddy() is None)
    ]
    return [found[1].lower() for text in shown if (found := re.search(r"&(\w)", text))]


def twice(letters: list[str]) -> list[str]:
    """Those that stand for two things."""
    return sorted(letter for letter, count in Counter(letters).items() if count > 1)
