"""Backups by keys: made and restored, listed, and brought to a second place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from schoolprivacy.clock import SetClock
from schoolprivacy.people.directory import directory
from schoolprivacy.people.profile import change_profile, read_profile
from schoolprivacy.school import School, list_backups, restore
from tests.ui.settings_kit import press_button, said, section_of, window_on
from tests.vault.schools import DIRECTOR
from ui import files
from ui.jobs import is_busy
from ui.main_window import MainWindow
from ui.screens.settings_about import AboutSection, LicencesDialog
from ui.screens.settings_backups import BackupsSection


@pytest.fixture
def open_backups(window: MainWindow, qtbot: QtBot) -> Callable[[], BackupsSection]:
    """Opens the part and waits until the backups were looked at."""

    def show() -> BackupsSection:
        found = section_of(window, "backups")
        assert isinstance(found, BackupsSection)
        qtbot.waitUntil(lambda: not is_busy(), timeout=20_000)
        qtbot.waitUntil(lambda: bool(said(found, "done") or said(found, "notice")))
        return found

    return show


def _choose_place(monkeypatch: pytest.MonkeyPatch, place: Path | None) -> None:
    monkeypatch.setattr(files, "choose_folder", lambda *_: place)


def test_a_backup_is_made_and_can_be_restored(
    open_backups: Callable[[], BackupsSection],
    demo: School,
    qtbot: QtBot,
    tmp_path: Path,
    clock: SetClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    change_profile(demo, phone="0201234567")
    monkeypatch.setattr(files, "choose_new_file", lambda *_: tmp_path / "op de stick")
    section = open_backups()
    press_button(qtbot, section, "Nu een back-up maken…")
    qtbot.waitUntil(lambda: not is_busy(), timeout=20_000)
    made = tmp_path / "op de stick.schoolbackup"
    qtbot.waitUntil(lambda: str(made) in said(section, "done"))
    assert "Laatste automatische back-up" in said(section, "done")
    elsewhere = tmp_path / "elders.schoolprivacy"
    restore(made, elsewhere, DIRECTOR, clock)
    with School.open(elsewhere, DIRECTOR, clock) as again:
        assert len(directory(again)) == len(directory(demo))
        with again.reading() as session:
            assert read_profile(session).phone == "0201234567"


def test_a_backup_that_cannot_be_written_is_told(
    open_backups: Callable[[], BackupsSection],
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    gone = tmp_path / "uitgetrokken" / "x.schoolbackup"
    monkeypatch.setattr(files, "choose_new_file", lambda *_: gone)
    press_button(qtbot, open_backups(), "Nu een back-up maken…")
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None, timeout=20_000)
    qtbot.waitUntil(lambda: not is_busy())
    told = QApplication.activeModalWidget()
    assert told is not None and "back-up is niet gemaakt" in told.property("text")


def test_whoever_changes_their_mind_makes_no_backup(
    open_backups: Callable[[], BackupsSection], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "choose_new_file", lambda *_: None)
    press_button(qtbot, open_backups(), "Nu een back-up maken…")
    assert not is_busy()


def test_the_automatic_ones_are_listed_and_a_damaged_one_is_named(
    open_backups: Callable[[], BackupsSection], window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    oldest = list_backups(demo.folder)[-1].path
    oldest.write_bytes(oldest.read_bytes()[:-200])
    section = open_backups()
    model = section.table.model()
    found = [model.index(row, 1).data() for row in range(model.rowCount())]
    assert found.count("beschadigd") == 1 and found.count("goed") == len(found) - 1
    assert "Laatste automatische back-up" in said(section, "done")
    assert "op deze computer" in said(section, "done")


def test_an_old_backup_is_pointed_out(
    open_backups: Callable[[], BackupsSection], clock: SetClock
) -> None:
    clock.moment = clock.moment.replace(day=20)
    assert "18 dagen geleden" in said(open_backups(), "notice")


def test_a_school_without_backups_says_what_to_do(school: School, qtbot: QtBot) -> None:
    for each in list_backups(school.folder):
        each.path.unlink()
    with window_on(school, qtbot) as window:
        section = section_of(window, "backups")
        qtbot.waitUntil(lambda: not is_busy())
        qtbot.waitUntil(lambda: "nog geen goede automatische back-up" in said(section, "notice"))


def test_a_second_place_is_chosen_undone_and_taken_away(
    open_backups: Callable[[], BackupsSection],
    window: MainWindow,
    demo: School,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    _choose_place(monkeypatch, stick)
    section = open_backups()
    assert "Gaat deze computer stuk" in said(section, "notice")
    press_button(qtbot, section, "Tweede plaats kiezen…")
    assert demo.backup_place() == stick
    # In this test everything lies on one disk.
    qtbot.waitUntil(lambda: "dezelfde schijf" in said(section, "notice"))
    press_button(qtbot, section, "Geen tweede plaats")
    assert demo.backup_place() is None
    assert window.workplace is not None
    window.workplace._toast.undo()
    assert demo.backup_place() == stick


def test_a_second_place_that_is_absent_is_told(
    open_backups: Callable[[], BackupsSection], demo: School, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    demo.set_backup_place(stick)
    stick.rmdir()
    assert "is er nu niet" in said(open_backups(), "notice")
    stick.mkdir()


def test_a_place_in_the_school_itself_is_refused(
    open_backups: Callable[[], BackupsSection],
    demo: School,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _choose_place(monkeypatch, demo.folder)
    press_button(qtbot, open_backups(), "Tweede plaats kiezen…")
    told = QApplication.activeModalWidget()
    assert told is not None and "geen map voor een tweede back-up" in told.property("text")
    assert demo.backup_place() is None


def test_restoring_begins_at_the_locked_window(
    open_backups: Callable[[], BackupsSection], window: MainWindow, qtbot: QtBot
) -> None:
    press_button(qtbot, open_backups(), "Back-up terugzetten…")
    question = QApplication.activeModalWidget()
    assert question is not None and "Ander schoolbestand" in question.property("text")
    press_button(qtbot, question, "Vergrendelen")
    qtbot.waitUntil(lambda: not window._busy, timeout=20_000)
    assert window.workplace is None


# — about the program —


def test_where_the_data_are_and_the_licences(
    window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    section = section_of(window, "about")
    assert isinstance(section, AboutSection)
    assert str(demo.folder) in said(section, "")
    press_button(qtbot, section, "Licenties…")
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, LicencesDialog)
    assert "EUPL" in said(dialog, "")
