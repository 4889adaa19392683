"""Before a round and its first step: beginning, reopening, the backup, giving it up."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from schoolprivacy.clock import SetClock
from schoolprivacy.consents.rounds.closing import close_round
from schoolprivacy.consents.rounds.opening import open_round, read_round
from schoolprivacy.consents.rounds.terms import Step
from schoolprivacy.people.profile import change_profile
from schoolprivacy.school import School, list_backups
from schoolprivacy.schoolyear import SchoolYear
from tests.ui.hands import modal, press, texts
from tests.ui.settings_kit import press_button, said, window_on
from tests.ui.stage import desk_of, screen_of
from tests.vault.schools import DIRECTOR
from ui import files
from ui.jobs import JobDialog, is_busy
from ui.main_window import MainWindow
from ui.screens.year_backup import BackupStep
from ui.screens.year_begin import BeginPage

NOW, NEXT = SchoolYear(2026), SchoolYear(2027)


def settle(qtbot: QtBot) -> None:
    """Until nothing is being read or made any more."""
    qtbot.waitUntil(lambda: not is_busy(), timeout=60_000)
    qtbot.waitUntil(lambda: not isinstance(QApplication.activeModalWidget(), JobDialog))
    QApplication.processEvents()
    qtbot.waitUntil(lambda: not is_busy(), timeout=60_000)


@pytest.fixture
def begin(window: MainWindow, demo: School, qtbot: QtBot) -> BeginPage:
    """The page of a school whose last round was closed."""
    close_round(demo)
    desk_of(window).go("year")
    settle(qtbot)
    found = screen_of(window, "year").begin
    assert isinstance(found, BeginPage) and found.isVisible()
    return found


def step_of(window: MainWindow, qtbot: QtBot) -> BackupStep:
    desk_of(window).go("year", step=int(Step.BACKUP))
    settle(qtbot)
    found = screen_of(window, "year").guide.present
    assert isinstance(found, BackupStep)
    return found


# — beginning —


def test_it_says_what_a_round_is_and_how_the_last_one_ended(begin: BeginPage) -> None:
    reads = texts(begin)
    assert "negen stappen" in reads
    assert "Toestemmingsronde 2026-2027: begonnen op" in reads
    assert "formulieren: " in reads and "zonder antwoord" in reads
    assert begin.paper.view.pages() > 0


def test_the_next_year_is_begun_by_keys_and_leads_to_the_first_step(
    begin: BeginPage, window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    begin.focus_first()
    assert begin.year.value() == NOW
    qtbot.keyClick(begin.year, Qt.Key.Key_Down)
    assert begin.year.value() == NEXT
    begin.begin_button.setFocus()
    qtbot.keyClick(begin.begin_button, Qt.Key.Key_Return)
    settle(qtbot)
    found = read_round(demo)
    assert found is not None and found.school_year == NEXT
    assert screen_of(window, "year").guide.step is Step.BACKUP
    assert screen_of(window, "year").guide.isVisible()


def test_a_second_round_of_one_year_is_warned_of(begin: BeginPage) -> None:
    begin.year.choose(NOW)
    assert "was er al een ronde" in said(begin, "notice")
    begin.year.choose(NEXT)
    assert "was er al een ronde" not in said(begin, "notice")


def test_in_the_months_before_summer_the_next_year_is_proposed(
    begin: BeginPage, window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    change_profile(demo, next_year_from=1)
    begin.show_school()
    assert begin.year.value() == NOW  # in November that month has not come
    assert isinstance(demo.clock, SetClock)
    demo.clock.moment = demo.clock.moment.replace(year=2027, month=5)
    begin.show_school()
    assert begin.year.value() == NEXT
    settle(qtbot)


def test_the_last_round_is_opened_again(
    begin: BeginPage, window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    press(qtbot, begin, "Weer openen")
    settle(qtbot)
    found = read_round(demo)
    assert found is not None and found.school_year == NOW
    assert screen_of(window, "year").guide.step is Step.COUNT


def test_a_school_without_a_round_shows_no_last_one(school: School, qtbot: QtBot) -> None:
    with window_on(school, qtbot) as window:
        desk_of(window).go("year")
        settle(qtbot)
        begin = screen_of(window, "year").begin
        assert "De vorige ronde" not in texts(begin)
        begin.focus_first()
        assert window.focusWidget() is begin.year
        settle(qtbot)


def test_who_only_reads_begins_nothing(demo_folder: Path, clock: SetClock, qtbot: QtBot) -> None:
    with School.open(demo_folder, DIRECTOR, clock) as school:
        close_round(school)
    with (
        School.open(demo_folder, DIRECTOR, clock, read_only=True) as reading,
        window_on(reading, qtbot) as window,
    ):
        desk_of(window).go("year")
        settle(qtbot)
        begin = screen_of(window, "year").begin
        assert not begin.begin_button.isVisible() and not begin.reopen_button.isVisible()
        assert "geopend om te lezen" in texts(begin)
        begin.focus_first()


# — the backup —


def test_a_backup_of_today_is_made_and_seen(
    window: MainWindow, demo: School, clock: SetClock, qtbot: QtBot
) -> None:
    clock.moment += timedelta(days=3)
    step = step_of(window, qtbot)
    assert "vandaag nog geen back-up" in said(step, "notice")
    before = len(list_backups(demo.folder))
    step.focus_first()
    qtbot.keyClick(step.make_button, Qt.Key.Key_Return)
    settle(qtbot)
    qtbot.waitUntil(lambda: "(vandaag)" in said(step, "done"))
    assert "vandaag nog geen back-up" not in said(step, "notice")
    assert len(list_backups(demo.folder)) == before + 1


def test_one_is_kept_on_a_stick(
    window: MainWindow,
    demo: School,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(files, "choose_new_file", lambda *_: tmp_path / "stick")
    step = step_of(window, qtbot)
    press_button(qtbot, step, "Op een stick bewaren…")
    settle(qtbot)
    made = tmp_path / "stick.schoolbackup"
    qtbot.waitUntil(lambda: str(made) in said(step, "done"))
    assert made.exists()


def test_the_second_place_is_looked_at(
    window: MainWindow, demo: School, qtbot: QtBot, tmp_path: Path
) -> None:
    assert "Gaat deze computer stuk" in said(step_of(window, qtbot), "notice")
    stick = tmp_path / "stick"
    stick.mkdir()
    demo.set_backup_place(stick)
    step = step_of(window, qtbot)
    desk_of(window).tell_change()
    settle(qtbot)
    assert "dezelfde schijf" in said(step, "notice")
    press_button(qtbot, step, "Tweede plaats kiezen")
    settle(qtbot)
    assert "Tweede plaats kiezen" in _buttons(screen_of(window, "settings"))


def _buttons(widget: Any) -> str:
    from PySide6.QtWidgets import QPushButton

    return "\n".join(each.text().replace("&", "") for each in widget.findChildren(QPushButton))


# — giving it up —


def test_a_round_by_mistake_is_given_up(window: MainWindow, demo: School, qtbot: QtBot) -> None:
    close_round(demo)
    open_round(demo, NEXT)
    step = step_of(window, qtbot)
    press_button(qtbot, step, "Toch niet beginnen…")
    press(qtbot, modal(qtbot), "Annuleren")
    settle(qtbot)
    assert read_round(demo) is not None
    press_button(qtbot, step, "Toch niet beginnen…")
    press(qtbot, modal(qtbot), "Ronde laten vervallen")
    qtbot.waitUntil(lambda: read_round(demo) is None)
    settle(qtbot)
    assert screen_of(window, "year").begin.isVisible()


def test_a_round_with_letters_cannot_be_given_up(
    window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    step = step_of(window, qtbot)
    assert "Per ongeluk begonnen?" not in texts(step)
