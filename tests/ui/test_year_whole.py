"""The whole screen of the school year, from beginning a round to closing it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from schoolprivacy.consents.rounds.closing import close_round
from schoolprivacy.consents.rounds.opening import read_round
from schoolprivacy.consents.rounds.progress import progress
from schoolprivacy.consents.rounds.terms import Mode, Step
from schoolprivacy.people.year_groups import year_groups
from schoolprivacy.school import School
from schoolprivacy.schoolyear import SchoolYear
from tests.ui.hands import modal, press
from tests.ui.stage import desk_of, screen_of
from tests.ui.year_steps_bench import StepBench
from ui import files, jobs
from ui.main_window import MainWindow

NEXT = SchoolYear(2027)


def at(window: MainWindow, step: Step, qtbot: QtBot) -> Any:
    desk_of(window).go("year", step=int(step))
    qtbot.waitUntil(lambda: not jobs.is_busy(), timeout=60_000)
    screen = screen_of(window, "year")
    assert screen.guide.step is step
    return screen


def test_a_step_that_is_done_leads_to_the_next_and_is_marked(
    window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    screen = at(window, Step.COUNT, qtbot)
    qtbot.keyClick(screen.guide._next, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: screen.guide.step is Step.REMINDERS)
    round_ = read_round(demo)
    assert round_ is not None and Step.COUNT in round_.done
    qtbot.waitUntil(lambda: not jobs.is_busy(), timeout=60_000)


def test_at_200_percent_the_list_shows_where_one_is_and_has_the_keyboard(
    look: Callable[..., None], make_window: Callable[[], MainWindow], qtbot: QtBot
) -> None:
    look(zoom=2.0)
    window = make_window()
    desk_of(window).go("year")
    qtbot.waitUntil(lambda: not jobs.is_busy(), timeout=60_000)
    assert window.size().toTuple() == (1280, 800)
    guide = screen_of(window, "year").guide
    present = guide._buttons[Step.COUNT]
    assert guide.step is Step.COUNT and window.focusWidget() is present
    assert _can_be_clicked(window, present)
    desk_of(window).say("Dit is zojuist gedaan en kan nog terug.", lambda: None)
    assert window.workplace is not None
    qtbot.waitUntil(window.workplace._toast.isVisible)
    for each in (guide._back, guide._next, window.workplace._toast._button):
        qtbot.waitUntil(lambda each=each: _can_be_clicked(window, each))
    assert guide._said.height() >= guide._said.heightForWidth(guide._said.width())


def test_what_is_said_moves_nothing_and_covers_no_button(
    window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    guide = at(window, Step.COUNT, qtbot).guide
    before = guide._next.mapTo(window, guide._next.rect().center())
    desk_of(window).say("Dit is zojuist gedaan en kan nog terug.", lambda: None)
    assert window.workplace is not None
    qtbot.waitUntil(window.workplace._toast.isVisible)
    for each in (guide._back, guide._next, window.workplace._toast._button):
        assert _can_be_clicked(window, each)
    assert guide._next.mapTo(window, guide._next.rect().center()) == before


def _can_be_clicked(window: MainWindow, button: QPushButton) -> bool:
    """Nothing stands over any of its corners."""
    seen = button.rect().adjusted(3, 3, -3, -3)
    corners = (seen.topLeft(), seen.topRight(), seen.bottomLeft(), seen.bottomRight())
    return all(window.childAt(button.mapTo(window, each)) is button for each in corners)


def test_closing_ends_the_guide_and_undo_brings_it_back(
    window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    said: list[Any] = []
    desk_of(window).said.connect(lambda *told: said.append(told))
    screen = at(window, Step.CLOSE, qtbot)
    qtbot.keyClick(screen.guide._next, Qt.Key.Key_Return)
    box = modal(qtbot)
    go = next(b for b in box.findChildren(QPushButton) if b.text() == "Ronde afsluiten")
    qtbot.keyClick(go, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: read_round(demo) is None)
    qtbot.waitUntil(screen.begin.isVisible)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
    said[-1][1]()
    qtbot.waitUntil(screen.guide.isVisible)
    qtbot.waitUntil(lambda: not jobs.is_busy(), timeout=60_000)
    assert read_round(demo) is not None


def test_a_round_goes_from_its_beginning_to_its_end_by_keys(
    window: MainWindow,
    demo: School,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    target = tmp_path / "brieven.pdf"
    monkeypatch.setattr(files, "choose_new_file", lambda *_args, **_kinds: target)
    close_round(demo)
    bench = StepBench(window, demo, qtbot)
    bench.desk.go("year")
    bench.wait()
    begin = screen_of(window, "year").begin
    begin.year.choose(NEXT)
    press(qtbot, begin, "Ronde beginnen")
    bench.wait()

    def go_on(text: str = "Klaar, volgende stap") -> None:
        before = bench.guide.step
        bench.press(text)
        bench.wait()
        assert bench.guide.step is Step(before + 1)

    assert bench.round().school_year == NEXT and bench.guide.step is Step.BACKUP
    bench.press("Maak nu een back-up")
    bench.wait()
    go_on()
    bench.press("Laten overgaan")
    bench.wait()
    assert year_groups(demo, NEXT).without == ()
    go_on()
    go_on()
    bench.press("Opnieuw vragen")  # the first purpose
    bench.wait()
    assert Mode.ASK in bench.round().modes.values()
    go_on()
    bench.press("Bewaar als PDF…")
    bench.answer("Toch bewaren…")
    bench.wait()
    assert target.read_bytes().startswith(b"%PDF")
    go_on()
    go_on("Bewaren, volgende stap")
    counted = progress(demo)
    assert counted is not None and counted.round.school_year == NEXT
    assert f"\n{counted.total.printed}\n" in bench.reads() and counted.total.printed > 0
    go_on()
    go_on()
    bench.press("Ronde afsluiten…")
    bench.answer("Ronde afsluiten")
    bench.wait()
    assert read_round(demo) is None
    closed = progress(demo)
    assert closed is not None and set(closed.round.done) == set(Step)
    qtbot.waitUntil(begin.isVisible)
