"""The self-test of the whole program: the main job, and its windows around the school it made."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer
from PySide6.QtWidgets import QApplication, QDialog

from schoolprivacy import selftest
from schoolprivacy.school import School
from ui import theme
from ui.app import make_application
from ui.desk import Place
from ui.jobs import is_busy
from ui.main_window import MainWindow
from ui.navigation import entries

_PATIENCE = 60_000  # milliseconds for what a screen reads or a lock writes


def self_test(say: Callable[[str], object]) -> int:
    """Do the core's self-test, then open every screen; see ``schoolprivacy.selftest``."""
    app = make_application(["schoolprivacy"])
    theme.apply(app, dark=False)
    return selftest.self_test(say, _windows)


def _windows(folder: Path, paper_key: str) -> Iterator[str]:
    """Open the window on a school file, every screen in it, and close it."""
    bugs: list[BaseException] = []
    usual, sys.excepthook = sys.excepthook, lambda _kind, error, _trace: bugs.append(error)
    window = MainWindow()
    try:
        window.enter(School.open(folder, paper_key))
        window.show()
        for each in entries():
            if (each.listed or each.tab) and window.workplace:
                window.workplace.open_place(Place(each.key))
                _settle(bugs)
                yield f"scherm {each.title} geopend"
        window.close()  # it locks first, and closes when that is done
        _settle(bugs)
        if window.isVisible():
            raise AssertionError("the window did not close")
        yield "het venster gesloten en het schoolbestand vergrendeld"
    finally:
        sys.excepthook = usual
        window.deleteLater()


def _settle(bugs: list[BaseException]) -> None:
    """Let Qt draw, and work that was begun end; what went wrong is raised here."""
    until = QDeadlineTimer(_PATIENCE)
    QApplication.processEvents()
    while is_busy() and not until.hasExpired():
        QApplication.processEvents()
    QApplication.processEvents()
    if bugs:
        raise bugs[0]
    said = [each for each in QApplication.topLevelWidgets() if isinstance(each, QDialog)]
    if any(each.isVisible() for each in said):
        raise AssertionError("the program shows a message")
