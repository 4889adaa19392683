"""What a view needs to show itself: windows on the schools of the tests, and hands."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from schoolprivacy.clock import SetClock
from schoolprivacy.school import School
from schoolprivacy.settings import station_folder
from schoolprivacy.station import Station, write_station
from tests.vault.schools import CHEAP, DIRECTOR, Made
from ui.desk import Desk, Place
from ui.gate import Gate
from ui.jobs import JobDialog, is_busy
from ui.main_window import MainWindow
from ui.screen import Screen
from ui.wizards.founding import Founder

SIZE = (1280, 800)
_SAID_PLACE = "/home/school"  # what a picture shows for the folder of the test
_PATIENCE = 20_000
_QUIET = Place("entry")  # reads nothing of the school, as the overview does


class Stage:
    """Where one view after another is shown; the schools stay open, the windows go."""

    def __init__(self, request: pytest.FixtureRequest, folder: Path) -> None:
        self._request = request
        self.folder = folder
        self.qtbot: QtBot = request.getfixturevalue("qtbot")
        self.patch: pytest.MonkeyPatch = request.getfixturevalue("monkeypatch")
        self._reading: School | None = None

    # — schools —

    @property
    def demo(self) -> School:
        """The demo school with sixty pupils, opened by the director."""
        school: School = self._request.getfixturevalue("demo")
        return school

    @property
    def empty(self) -> School:
        """A school without pupils."""
        school: School = self._request.getfixturevalue("school")
        return school

    @property
    def locked(self) -> Made:
        """A school file that nobody has open."""
        made: Made = self._request.getfixturevalue("made")
        return made

    @property
    def to_read(self) -> School:
        """The demo school, opened to read."""
        if self._reading is None:
            folder: Path = self._request.getfixturevalue("demo_to_copy")
            clock: SetClock = self._request.getfixturevalue("clock")
            there = shutil.copytree(folder, self.folder / "lezen.schoolprivacy")
            self._reading = School.open(there, DIRECTOR, clock, read_only=True)
        return self._reading

    # — windows —

    def window(self, school: School, place: Place | None = None) -> MainWindow:
        """The main window on a school, at its overview or as if locked at another place."""
        made = MainWindow()
        if place is not None:
            made._left[school.folder, school.who.id] = place
        made.enter(school)
        return self._shown(made)

    def gate(self) -> Gate:
        """The locked window of a computer on which nothing was opened before."""
        write_station(Station())
        made = MainWindow(Founder(cost=CHEAP))
        return self._shown(made).gate

    def _shown(self, window: MainWindow) -> MainWindow:
        window.setWindowState(Qt.WindowState.WindowNoState)  # the screen of the tests is small
        window.resize(*SIZE)
        with self.qtbot.waitActive(window):
            window.show()
        return window

    def at(self, screen: str, school: School | None = None, **detail: Any) -> MainWindow:
        """The window at a screen, with what it reads in view."""
        window = self.window(school or self.demo, _QUIET)
        desk_of(window).go(screen, **detail)
        self.settle()
        return window

    # — hands —

    def settle(self) -> None:
        """Until nothing is being read or made any more."""
        self.qtbot.waitUntil(lambda: not is_busy(), timeout=_PATIENCE)
        self.qtbot.wait(30)
        self.qtbot.waitUntil(lambda: not is_busy(), timeout=_PATIENCE)

    def dialogue(self) -> QDialog:
        """The dialogue that waits for an answer."""

        def found() -> QDialog | None:
            top = QApplication.activeModalWidget()
            return top if isinstance(top, QDialog) and not isinstance(top, JobDialog) else None

        self.qtbot.waitUntil(lambda: found() is not None, timeout=_PATIENCE)
        top = found()
        assert top is not None
        top.activateWindow()
        return top

    def push(self, within: QWidget, text: str) -> None:
        """Press the button that says this."""

        def found() -> list[QAbstractButton]:
            return [
                each
                for each in within.findChildren(QAbstractButton)
                if each.isVisible()
                and text in (each.text().replace("&", ""), each.accessibleName())
            ]

        self.qtbot.waitUntil(lambda: bool(found()), timeout=_PATIENCE)
        found()[0].setFocus()
        self.qtbot.keyClick(found()[0], Qt.Key.Key_Space)

    def asked(self, within: QWidget, text: str) -> QDialog:
        """Press the button that says this; gives the dialogue that opens."""
        self.push(within, text)
        return self.dialogue()

    def press(self, widget: QWidget, key: Qt.Key, *, ctrl: bool = False) -> None:
        """Press a key there."""
        none, control = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
        self.qtbot.keyClick(widget, key, control if ctrl else none)

    # — between two looks —

    def steady(self, shown: QWidget) -> None:
        """What is another place at each run is shown as the same."""
        kinds = (QLabel, QLineEdit, QPushButton)
        for each in [found for kind in kinds for found in shown.findChildren(kind)]:
            text = each.text()
            for place in (self.folder, station_folder()):
                text = text.replace(str(place), _SAID_PLACE)
            if text != each.text():
                each.setText(text)
                each.updateGeometry()
        for _ in range(3):  # parts within parts: each round lays out one more
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
            self.qtbot.wait(5)

    def clear(self) -> None:
        """Close every window; the schools stay open."""
        self.qtbot.waitUntil(lambda: not is_busy(), timeout=_PATIENCE)
        for each in QApplication.topLevelWidgets():
            if isinstance(each, MainWindow):
                each.workplace = None
            each.hide()
            each.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def close(self) -> None:
        """The schools that this stage opened itself."""
        self.clear()
        if self._reading is not None:
            self._reading.close()


View = Callable[[Stage], QWidget]
VIEWS: dict[str, View] = {}


def view(show: View) -> View:
    """Registers a way to show something, under its own name."""
    VIEWS[show.__name__.replace("_", "-")] = show
    return show


def desk_of(window: MainWindow) -> Desk:
    """How its screens speak with the window."""
    assert window.workplace is not None
    return window.workplace.desk


def screen_of(window: MainWindow, key: str) -> Any:
    """One of its screens."""
    assert window.workplace is not None
    found: Screen = window.workplace.screen_of(key)
    return found
