"""Walking about in the settings, for their tests."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from schoolprivacy.school import School
from ui.jobs import is_busy
from ui.main_window import MainWindow
from ui.screens.settings import SettingsScreen
from ui.screens.settings_section import Section

_BOXES = ("notice", "done", "trouble")


@contextlib.contextmanager
def window_on(school: School, qtbot: QtBot) -> Iterator[MainWindow]:
    """The main window on another school than the demo school, while it is needed."""
    window = MainWindow()
    window.resize(1280, 800)
    window.enter(school)
    with qtbot.waitActive(window):
        window.show()
    qtbot.waitUntil(lambda: not is_busy(), timeout=20_000)
    yield window
    qtbot.waitUntil(lambda: not is_busy(), timeout=20_000)
    window.workplace = None
    for each in QApplication.topLevelWidgets():
        each.close()
        each.deleteLater()


def settings_of(window: MainWindow) -> SettingsScreen:
    assert window.workplace is not None
    screen = window.workplace.screen_of("settings")
    assert isinstance(screen, SettingsScreen)
    return screen


def section_of(window: MainWindow, key: str) -> Section:
    """Open a part of the settings."""
    assert window.workplace is not None
    window.workplace.desk.go("settings", section=key)
    return settings_of(window).section


def press_button(qtbot: QtBot, inside: QWidget | None, text: str) -> None:
    """Press a button by the keyboard, found by what it says."""
    assert inside is not None
    found = [
        each
        for each in inside.findChildren(QPushButton)
        if each.text().replace("&", "") == text and each.isVisible()
    ]
    assert len(found) == 1, text
    assert found[0].isEnabled(), text
    found[0].setFocus()
    qtbot.keyClick(found[0], Qt.Key.Key_Space)


def said(inside: QWidget, kind: str) -> str:
    """What is shown in labels of a kind, or in the boxes of a kind."""
    labels = [each for each in inside.findChildren(QLabel) if each.objectName() == kind]
    if kind in _BOXES:
        boxes = [each for each in inside.findChildren(QFrame) if each.objectName() == kind]
        labels = [each for box in boxes for each in box.findChildren(QLabel)]
    return "\n".join(each.text() for each in labels if each.isVisible())
