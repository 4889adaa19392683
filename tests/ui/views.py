"""Everything the program can show, each a way to get there."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from schoolprivacy.consents.records import forms
from ui.main_window import MainWindow
from ui.navigation import entries

View = Callable[[MainWindow, QtBot], QWidget]


def _screen(key: str) -> View:
    def show(window: MainWindow, _qtbot: QtBot) -> QWidget:
        assert window.workplace is not None
        window.workplace.desk.go(key)
        return window

    return show


def _dialogue() -> QWidget:
    found = QApplication.activeModalWidget() or QApplication.activeWindow()
    assert found is not None
    return found


def _form(window: MainWindow, _qtbot: QtBot) -> QWidget:
    assert window.workplace is not None
    with window.workplace.desk.school.reading() as session:
        number = sorted(forms(session), key=lambda f: (f.asked_on, f.pupil_id))[-1].number
    window.workplace.desk.go("entry", form=number)
    return window


def _keys(window: MainWindow, qtbot: QtBot) -> QWidget:
    window.show_keys()
    qtbot.wait(20)
    return _dialogue()


VIEWS: dict[str, View] = {
    **{each.key: _screen(each.key) for each in entries() if each.key != "pupil"},
    "entry-form": _form,
    "shortcuts": _keys,
}
