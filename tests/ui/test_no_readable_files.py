"""Looking and printing write nothing readable: every file the program opens is watched."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QLabel, QRadioButton
from pytestqt.qtbot import QtBot

from schoolprivacy.paper.preview import page_count
from schoolprivacy.people.directory import directory
from schoolprivacy.people.names import full_name
from schoolprivacy.school import School
from ui import jobs, preview, print_note
from ui.desk import Place
from ui.main_window import MainWindow
from ui.preview import PaperView

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_OPEN_FILES = Path("/proc/self/fd")


@pytest.fixture
def first_place() -> Place:
    return Place("overview")


class Watch:
    """Which files this process writes: all that Python opens, and what is seen open meanwhile."""

    def __init__(self) -> None:
        self.seen: set[Path] = set()
        self._on = False
        self._known: set[str] = set()
        sys.addaudithook(self._hear)

    def _hear(self, event: str, given: tuple[Any, ...]) -> None:
        if self._on and event == "open" and isinstance(given[0], str | bytes):
            path, mode, flags = given
            if flags & _WRITING or (mode and set(mode) & set("wax+")):
                self.seen.add(Path(os.fsdecode(path)))

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Look at every open file, over and over, on a thread of its own."""
        self._known = set(self._open_for_writing())
        self._on = True
        thread = threading.Thread(target=self._look, name="watch")
        thread.start()
        try:
            yield
        finally:
            self._on = False
            thread.join()

    def _look(self) -> None:
        while self._on:
            self.seen |= {Path(each) for each in set(self._open_for_writing()) - self._known}
            threading.Event().wait(0.001)

    def _open_for_writing(self) -> Iterator[str]:
        if not _OPEN_FILES.is_dir():
            return
        for each in os.listdir(_OPEN_FILES):
            try:
                target = os.readlink(_OPEN_FILES / each)
                info = Path(f"/proc/self/fdinfo/{each}").read_text(encoding="ascii")
            except OSError:
                continue  # closed meanwhile
            flags = next(line.split()[1] for line in info.splitlines() if line.startswith("flags"))
            if int(flags, 8) & os.O_ACCMODE and target.startswith("/"):
                yield target


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def printer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What comes out of the printer; stands for the paper."""
    tray = tmp_path / "tray.pdf"

    def choose(chosen: QPrinter, *_: object) -> bool:
        chosen.setResolution(72)
        chosen.setOutputFileName(str(tray))
        return True

    monkeypatch.setattr(preview, "ask_printer", choose)
    return tray


def test_the_watch_sees_what_python_and_qt_write(
    watch: Watch, qapp: object, tmp_path: Path
) -> None:
    by_python, by_qt = tmp_path / "python.txt", tmp_path / "qt.pdf"
    with watch.watching():
        by_python.write_text("iets", encoding="utf-8")
        paper = QPrinter()
        paper.setOutputFileName(str(by_qt))
        painter = QPainter(paper)
        threading.Event().wait(0.1)
        painter.end()
    assert by_python in watch.seen
    assert by_qt in watch.seen or not _OPEN_FILES.is_dir()


def test_looking_and_printing_write_nothing_readable(
    window: MainWindow, demo: School, printer: Path, watch: Watch, tmp_path: Path, qtbot: QtBot
) -> None:
    child = directory(demo)[0]
    assert window.workplace is not None
    desk, screen = window.workplace.desk, window.workplace.screen_of("papers")

    def wait(pupil: str) -> None:
        view = screen.findChild(PaperView)
        qtbot.waitUntil(lambda: view.pages() > 0 and not jobs.is_busy(), timeout=60_000)
        qtbot.waitUntil(lambda: any(pupil in each.text() for each in screen.findChildren(QLabel)))

    with watch.watching():
        desk.go("papers", kind="consent-forms", pupils=[child.pupil.id])
        wait(full_name(child.pupil))
        for kind in screen.findChildren(QRadioButton)[:4]:
            qtbot.keyClick(kind, Qt.Key.Key_Space)
            qtbot.wait(200)
            qtbot.waitUntil(lambda: not jobs.is_busy(), timeout=60_000)
            qtbot.keyClick(screen.findChild(PaperView), Qt.Key.Key_PageDown)
        desk.go("papers", kind="consent-forms", pupils=[child.pupil.id])
        with qtbot.waitActive(window):
            window.activateWindow()
        qtbot.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda: printer.exists() and not jobs.is_busy(), timeout=60_000)
    assert page_count(printer.read_bytes()) > 0  # the paper did come out
    assert {each for each in watch.seen if not _may_be_written(each, demo, printer)} == set()
    _assert_unreadable(tmp_path, printer, {each.pupil.surname for each in directory(demo)})


def _may_be_written(path: Path, school: School, printer: Path) -> bool:
    """The encrypted file with its journals, compiled modules, the printer, the note about it."""
    compiled = path.parent.name == "__pycache__"
    known = path in (printer, print_note.place())
    return known or compiled or path.is_relative_to(school.folder)


def _assert_unreadable(place: Path, printer: Path, surnames: set[str]) -> None:
    """No file holds the name of a child, or a document."""
    wanted = [name.encode(code) for name in surnames for code in ("utf-8", "utf-16-le")]
    for path in place.rglob("*"):
        if path.is_file() and path != printer:
            content = path.read_bytes()
            assert b"%PDF" not in content, path
            assert not [name for name in wanted if len(name) > 4 and name in content], path
