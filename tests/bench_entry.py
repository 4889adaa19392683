"""How much longer a form takes in our window than its keys alone; part of ``dev.py bench``."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime

from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QVBoxLayout, QWidget

from schoolprivacy.clock import SetClock
from schoolprivacy.school import School
from tests.journeys.stack_of_forms import Hands, Paper, Table, open_and_print, press
from ui import theme
from ui.app import make_application
from ui.jobs import is_busy
from ui.main_window import MainWindow

PUPILS, ROUNDS, FORMS = 220, 5, 20


def measure(school: School, clock: SetClock) -> tuple[list[float], list[float]]:
    """CPU seconds of twenty forms in turns: from scan to save, and the same keys elsewhere.

    Everything is drawn after each key in both; the screens that one saw before lie behind ours.

    :param school: without pupils
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    theme.apply(make_application([]), dark=False)
    numbers = open_and_print(school, clock, PUPILS)
    clock.moment = datetime(2026, 11, 2, 9, tzinfo=UTC)
    table = Table(school)
    papers = iter([table.filled_in(each) for each in numbers])
    window = _window(school)
    field = _bare()
    ours, bare = [], []
    for _ in range(ROUNDS):
        window.activateWindow()
        _settle()
        hands = Hands(draws=True)
        ours.append(_enter(hands, papers))
        field.activateWindow()
        bare.append(_type(hands, field))
    window.workplace = None
    for each in (window, field):
        each.close()
    return ours, bare


def _window(school: School) -> MainWindow:
    window = MainWindow()
    window.resize(1280, 800)
    window.enter(school)
    window.show()
    assert window.workplace is not None
    for key in ("pupils", "consents", "photos", "papers", "year", "entry"):
        window.workplace.desk.go(key)
        _settle()
    return window


def _bare() -> QWidget:
    """A window that does nothing with its keys but show them."""
    window, page, field = QMainWindow(), QWidget(), QLineEdit()
    QVBoxLayout(page).addWidget(field)
    window.setCentralWidget(page)
    window.resize(1280, 800)
    window.show()
    field.setFocus()
    _settle()
    return window


def _settle() -> None:
    QApplication.processEvents()
    while is_busy():
        QApplication.processEvents()


def _enter(hands: Hands, papers: Iterator[Paper]) -> float:
    start = time.process_time()
    for _ in range(FORMS):
        hands.enter(next(papers))
    return time.process_time() - start


def _type(hands: Hands, window: QWidget) -> float:
    (field,) = window.findChildren(QLineEdit)
    start = time.process_time()
    for key, how in hands.pressed:
        press(field, key, how, draws=True)
    return time.process_time() - start
