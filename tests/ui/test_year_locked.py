"""The round in the window, locked or stopped in any of its steps: one goes on where one was."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from schoolprivacy.consents.rounds.opening import read_round
from schoolprivacy.consents.rounds.terms import Step
from schoolprivacy.school import School
from tests.people.builders import rows_of
from tests.ui.hands import focused, modal
from tests.ui.stage import desk_of, screen_of
from tests.vault.schools import DIRECTOR
from ui import files, preview, print_note
from ui.jobs import Job, JobDialog, is_busy
from ui.main_window import MainWindow
from ui.screens.year import YearScreen
from ui.screens.year_groups_plan import Target, Wishes

_LONG = 60_000
_CONTROL = Qt.KeyboardModifier.ControlModifier
Unlock = Callable[[], MainWindow]


def at(window: MainWindow, step: Step, qtbot: QtBot) -> YearScreen:
    desk_of(window).go("year", step=int(step))
    settle(qtbot)
    screen = screen_of(window, "year")
    assert isinstance(screen, YearScreen)
    assert screen.guide.step is step
    return screen


def settle(qtbot: QtBot) -> None:
    """Until nothing is being read or made any more."""
    for _ in range(2):
        qtbot.waitUntil(lambda: not is_busy(), timeout=_LONG)
        QApplication.processEvents()


@pytest.fixture
def relock(window: MainWindow, demo: School, qtbot: QtBot) -> Iterator[Unlock]:
    """Locks the window by its key, and lets the same person in again."""
    opened: list[School] = []

    def lock_and_open() -> MainWindow:
        qtbot.keyClick(focused(qtbot), Qt.Key.Key_L, _CONTROL)
        qtbot.waitUntil(lambda: window.workplace is None and not window._busy, timeout=_LONG)
        opened.append(School.open(demo.folder, DIRECTOR, demo.clock))
        window.enter(opened[-1])
        settle(qtbot)
        return window

    yield lock_and_open
    settle(qtbot)
    if window.workplace is not None:
        window.lock()
        qtbot.waitUntil(lambda: window.workplace is None and not window._busy, timeout=_LONG)


def content(school: School) -> Any:
    return rows_of(school, "audit")


@pytest.mark.parametrize("step", Step)
def test_the_same_step_is_open_again_after_the_lock(
    window: MainWindow, demo: School, relock: Unlock, qtbot: QtBot, step: Step
) -> None:
    at(window, step, qtbot)
    before = content(demo)
    relock()
    assert window.workplace is not None
    assert window.workplace.place.screen == "year"
    screen: Any = screen_of(window, "year")
    assert screen.guide.isVisible() and screen.guide.step is step
    assert content(desk_of(window).school) == before


def test_dates_that_were_typed_wait_behind_the_lock(
    window: MainWindow, demo: School, relock: Unlock, qtbot: QtBot
) -> None:
    """They are not stored by the lock, and nobody has to type them again."""
    step: Any = at(window, Step.DATES, qtbot).guide.present
    field = step.fields["hand_in_by"]
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_A, _CONTROL)
    qtbot.keyClicks(field, "27-11-2026")
    qtbot.waitUntil(lambda: field.text() == "27-11-2026")
    before = read_round(demo)
    relock()
    again: Any = screen_of(window, "year").guide.present
    assert read_round(desk_of(window).school) == before
    assert again.fields["hand_in_by"].text() == "27-11-2026"
    assert again.unsaved()


def test_a_proposal_for_the_groups_that_was_changed_waits_behind_the_lock(
    window: MainWindow, relock: Unlock, qtbot: QtBot
) -> None:
    step: Any = at(window, Step.GROUPS, qtbot).guide.present
    wishes = Wishes({("Groep 3", "Groep 4"): Target("Groep 3/4")})
    step.show_draft(wishes)
    assert step.unsaved()
    relock()
    again: Any = screen_of(window, "year").guide.present
    assert again is not step and again.draft() == wishes


# — work that is going on —


class Printer:
    """The system's printer, which takes as long as a test likes."""

    def __init__(self) -> None:
        self.begun = 0
        self.may_end = False

    def draw_on(self, _printer: QPrinter, pdf: bytes, job: Job) -> None:
        assert pdf.startswith(b"%PDF")
        self.begun += 1
        while not self.may_end:
            job.report(1, 2)
            time.sleep(0.01)


@pytest.fixture
def printer(monkeypatch: pytest.MonkeyPatch) -> Printer:
    made = Printer()
    monkeypatch.setattr(preview, "ask_printer", lambda *_: True)
    monkeypatch.setattr(preview, "draw_on", made.draw_on)
    return made


def _begin_printing(window: MainWindow, printer: Printer, qtbot: QtBot) -> Any:
    """All letters of the round with the key for it, until sheets come out of the printer."""
    present: Any = at(window, Step.PAPERS, qtbot).guide.present
    begun = printer.begun
    present.paper._print()
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None, timeout=_LONG)
    box = QApplication.activeModalWidget()
    assert box is not None
    if not isinstance(box, JobDialog):  # they were made before: it is asked first
        said = "\n".join(each.text() for each in box.findChildren(QLabel))
        assert "met hetzelfde nummer" in said
        _answer(box, qtbot)
    qtbot.waitUntil(lambda: printer.begun > begun, timeout=_LONG)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), JobDialog), timeout=_LONG)
    return QApplication.activeModalWidget()


def _answer(box: QWidget, qtbot: QtBot) -> None:
    go = next(b for b in box.findChildren(QPushButton) if b.text() == "Toch afdrukken…")
    qtbot.keyClick(go, Qt.Key.Key_Space)


def test_printing_that_is_stopped_registers_nothing_and_is_told(
    window: MainWindow, demo: School, printer: Printer, qtbot: QtBot
) -> None:
    before = content(demo)
    dialogue = _begin_printing(window, printer, qtbot)
    qtbot.keyClick(dialogue, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not is_busy(), timeout=_LONG)
    qtbot.waitUntil(
        lambda: not isinstance(QApplication.activeModalWidget(), JobDialog | None), timeout=_LONG
    )
    box = QApplication.activeModalWidget()
    assert box is not None
    assert "Er is niets geregistreerd" in box.property("text")
    assert "Vernietig het" in box.property("text")
    assert not print_note.was_broken_off(demo)  # it was told already
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert content(demo) == before
    assert screen_of(window, "year").guide.step is Step.PAPERS
    printer.may_end = True
    _begin_again(window, printer, qtbot)


def _begin_again(window: MainWindow, printer: Printer, qtbot: QtBot) -> None:
    said: list[str] = []
    desk_of(window).said.connect(lambda text, _undo: said.append(text))
    present: Any = screen_of(window, "year").guide.present
    settle(qtbot)
    present.paper._print()
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None, timeout=_LONG)
    box = QApplication.activeModalWidget()
    assert box is not None
    _answer(box, qtbot)
    qtbot.waitUntil(lambda: bool(said), timeout=_LONG)
    assert "Dit was al eens gemaakt." in said[-1]


def test_a_lock_in_the_middle_of_printing_waits_until_it_is_registered(
    window: MainWindow, demo: School, printer: Printer, qtbot: QtBot
) -> None:
    """Nothing comes out of the printer that the school does not know."""
    lines = len(rows_of(demo)["audit"])
    _begin_printing(window, printer, qtbot)
    window.lock()  # as it does by itself when nobody touches it for a while
    qtbot.wait(50)
    assert window.workplace is not None
    printer.may_end = True
    qtbot.waitUntil(lambda: window.workplace is None and not window._busy, timeout=_LONG)
    again = School.open(demo.folder, DIRECTOR, demo.clock)
    try:
        trail = rows_of(again)["audit"]
        actions = [row["action"] for row in sorted(trail, key=lambda row: row["seq"])][lines:]
        assert actions.count("round_forms.printed") == 1
    finally:
        again.lock()


def test_printing_that_was_killed_is_told_before_anything_is_printed_again(
    window: MainWindow, demo: School, printer: Printer, qtbot: QtBot
) -> None:
    """A power cut leaves paper whose numbers the school does not know."""
    print_note.begin(demo)  # what printing does first; nobody came to end it
    assert print_note.place().read_text(encoding="utf-8") == str(demo.folder)  # and no name
    present: Any = at(window, Step.PAPERS, qtbot).guide.present
    printer.may_end = True
    for answer in (Qt.Key.Key_Escape, Qt.Key.Key_Space):  # who does not read it is told again
        present.paper._print()
        _answer(modal(qtbot), qtbot)
        qtbot.waitUntil(lambda: "kent de nummers" in modal(qtbot).property("text"), timeout=_LONG)
        box = modal(qtbot)
        go = next(b for b in box.findChildren(QPushButton) if b.text() == "Begrepen, verder…")
        qtbot.keyClick(go, answer)
        qtbot.waitUntil(lambda box=box: QApplication.activeModalWidget() is not box, timeout=_LONG)
        settle(qtbot)
    qtbot.waitUntil(lambda: printer.begun == 1, timeout=_LONG)
    settle(qtbot)
    assert not print_note.was_broken_off(demo)


def test_saving_that_was_killed_is_told_before_anything_is_saved_again(
    window: MainWindow, demo: School, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "brieven.pdf"
    monkeypatch.setattr(files, "choose_new_file", lambda *_: target)
    present: Any = at(window, Step.PAPERS, qtbot).guide.present
    for killed in (True, False):
        if killed:
            print_note.begin(demo)
        present.paper._save()
        box = modal(qtbot)
        assert ("kent de nummers" in box.property("text")) is killed
        go = next(b for b in box.findChildren(QPushButton) if b.text() == "Toch bewaren…")
        target.unlink(missing_ok=True)
        qtbot.keyClick(go, Qt.Key.Key_Space)
        qtbot.waitUntil(target.exists, timeout=_LONG)
        settle(qtbot)
        assert not print_note.was_broken_off(demo)
        qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None, timeout=_LONG)
