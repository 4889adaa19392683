"""Suppliers of the demo school, and of an empty one, in the windows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from schoolprivacy.clock import SetClock
from schoolprivacy.school import School
from schoolprivacy.suppliers.board import BoardRow, board
from schoolprivacy.suppliers.terms import State
from tests.ui.hands import modal, press
from tests.ui.stage import desk_of, screen_of
from tests.vault.schools import DIRECTOR
from ui.jobs import is_busy
from ui.main_window import MainWindow


def standing(school: School, state: State) -> BoardRow:
    """The first product that stands so."""
    return next(each for each in board(school).rows if each.state is state)


def suppliers(window: MainWindow, **detail: Any) -> Any:
    """The screen, at the list, at a ``product``, or at a tab (``show``)."""
    desk_of(window).go("suppliers", **detail)
    return screen_of(window, "suppliers")


def product(window: MainWindow, state: State) -> Any:
    """The page of the first product that stands so."""
    school = desk_of(window).school
    return suppliers(window, product=standing(school, state).file.product.id)


@contextmanager
def only_to_read(folder: Path, clock: SetClock, qtbot: QtBot) -> Iterator[MainWindow]:
    """The main window on a school file that was opened to read."""
    with School.open(folder, DIRECTOR, clock, read_only=True) as school:
        window = MainWindow()
        qtbot.addWidget(window)
        window.resize(1280, 800)
        window.enter(school)
        with qtbot.waitActive(window):
            window.show()
        yield window
        qtbot.waitUntil(lambda: not is_busy(), timeout=20_000)
        window.workplace = None  # the school is locked here


def asked(qtbot: QtBot, within: QWidget, text: str) -> Any:
    """Press a button; gives the dialogue that opens."""
    press(qtbot, within, text)
    return modal(qtbot)


def again(school: School, row: BoardRow) -> BoardRow:
    """The same product as it stands now."""
    return next(e for e in board(school).rows if e.file.product.id == row.file.product.id)


def take_back(window: MainWindow) -> None:
    """Undo what was done last, as the toast offers."""
    assert window.workplace is not None
    window.workplace._toast.undo()


def leave(qtbot: QtBot, dialog: Any) -> None:
    """Escape, once the keys go to the dialogue."""
    qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
