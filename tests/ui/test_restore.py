"""Putting a backup back through the windows: elsewhere, and over the present school file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from schoolprivacy.school import School
from schoolprivacy.station import Station, write_station
from tests.ui.hands import enter, escape, modal, press, texts, type_key
from tests.vault.schools import DIRECTOR, Made, change, phone
from ui import files
from ui.gate import Gate
from ui.places import schools_folder
from ui.screens.unlock import UnlockScreen
from ui.screens.welcome import WelcomeScreen
from ui.wizards.restore import RestoreGuide


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    write_station(Station())


@pytest.fixture
def gate(qtbot: QtBot, qapp: QApplication) -> Iterator[Gate]:
    made = Gate()
    made.resize(1280, 800)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    yield made


@pytest.fixture
def worked_in(made: Made) -> Made:
    """A school with work in it and an automatic backup of that, and later work after it."""
    with made.open() as school:
        change(school, "0501111111")
        school.back_up_before("import")
        change(school, "0502222222")
    return made


def begin(gate: Gate, present: Path | None) -> RestoreGuide:
    gate.restore(present)
    guide = gate.currentWidget()
    assert isinstance(guide, RestoreGuide)
    return guide


def wait_page(qtbot: QtBot, guide: RestoreGuide, place: int) -> None:
    qtbot.waitUntil(lambda: guide.guide.place == place, timeout=10_000)


def wait_listed(qtbot: QtBot, guide: RestoreGuide, count: int) -> Any:
    page: Any = guide.guide.pages[0]
    qtbot.waitUntil(lambda: page.found.count() == count)
    return page.found


def type_secret(qtbot: QtBot, guide: RestoreGuide, secret: str) -> None:
    page: Any = guide.guide.pages[2]
    field = page.entry.passphrase.field
    field.selectAll()
    qtbot.keyClicks(field, secret)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def go_to_secret(qtbot: QtBot, guide: RestoreGuide, *, row: int = 0) -> None:
    found = wait_listed(qtbot, guide, 2)
    found.setCurrentRow(row)
    guide.guide.forward()
    guide.guide.forward()
    wait_page(qtbot, guide, 2)


def end(qtbot: QtBot, gate: Gate, guide: RestoreGuide) -> Path:
    """From the last page to the unlock screen of what was restored."""
    wait_page(qtbot, guide, 3)
    assert not guide.guide.leave_button.isVisible()  # there is nothing left to cancel
    guide.guide.forward()
    assert isinstance(gate.currentWidget(), UnlockScreen)
    assert gate.folder is not None
    return gate.folder


def test_over_the_present_school_which_is_set_aside(
    gate: Gate, worked_in: Made, qtbot: QtBot
) -> None:
    guide = begin(gate, worked_in.folder)
    wait_listed(qtbot, guide, 2)
    labels = [wait_listed(qtbot, guide, 2).item(n).text() for n in range(2)]
    before = next(n for n, each in enumerate(labels) if "voor import" in each)
    go_to_secret(qtbot, guide, row=before)
    assert "wordt opzij gezet" not in texts(guide)  # that was the page before
    type_secret(qtbot, guide, "niet deze wachtzin hier")
    qtbot.waitUntil(lambda: "past niet" in texts(guide))
    type_secret(qtbot, guide, DIRECTOR)
    wait_page(qtbot, guide, 3)
    assert "van voor" in texts(guide)
    assert end(qtbot, gate, guide) == worked_in.folder
    with School.open(worked_in.folder, DIRECTOR) as school:
        assert phone(school) == "0501111111"
    (aside,) = worked_in.folder.parent.glob("*van voor*")
    with School.open(aside, DIRECTOR) as school:
        assert phone(school) == "0502222222"


def test_elsewhere_with_the_paper_key(
    gate: Gate, worked_in: Made, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup = next((worked_in.folder / "backups").glob("*voor-import*"))
    monkeypatch.setattr(files, "choose_file", lambda *_: backup)
    guide = begin(gate, None)
    assert "geen back-ups gevonden" in texts(guide)
    guide.guide.forward()
    assert "Kies eerst" in texts(guide)
    press(qtbot, guide, "Ander bestand kiezen…")
    guide.guide.forward()
    page: Any = guide.guide.pages[1]
    assert page.over.isHidden()
    page.place.fields["name"].setText("elders")
    guide.guide.forward()
    press(qtbot, guide, "Wachtzin vergeten? Openen met de papieren sleutel")
    type_key(qtbot, worked_in.paper_key)
    enter(qtbot)
    there = end(qtbot, gate, guide)
    assert there == schools_folder() / "elders.schoolprivacy"
    with School.open(there, DIRECTOR) as school:
        assert phone(school) == "0501111111"
    with worked_in.open() as school:
        assert phone(school) == "0502222222"


def test_from_the_stick_that_was_the_second_place(
    gate: Gate, worked_in: Made, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    with worked_in.open() as school:
        school.set_backup_place(stick)
    (on_stick,) = stick.iterdir()
    monkeypatch.setattr(files, "choose_folder", lambda *_: stick)
    guide = begin(gate, None)
    press(qtbot, guide, "Op een stick of in een map zoeken…")
    found = wait_listed(qtbot, guide, 1)
    assert on_stick.name in found.item(0).text()
    guide.guide.forward()
    guide.guide.forward()
    type_secret(qtbot, guide, DIRECTOR)
    with School.open(end(qtbot, gate, guide), DIRECTOR) as school:
        assert phone(school) == "0502222222"


def test_a_damaged_backup_cannot_be_chosen_from_the_list(
    gate: Gate, worked_in: Made, qtbot: QtBot
) -> None:
    bad = next((worked_in.folder / "backups").glob("*voor-import*"))
    bad.write_bytes(bad.read_bytes()[:-2000])
    guide = begin(gate, worked_in.folder)
    found = wait_listed(qtbot, guide, 2)
    item = next(found.item(n) for n in range(2) if "beschadigd" in found.item(n).text())
    assert item.flags() == Qt.ItemFlag.NoItemFlags


def test_what_is_no_backup_is_refused_and_nothing_changes(
    gate: Gate, made: Made, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "vakantie.schoolbackup"
    other.write_bytes(b"foto")
    before = made.content()
    monkeypatch.setattr(files, "choose_file", lambda *_: other)
    guide = begin(gate, made.folder)
    press(qtbot, guide, "Ander bestand kiezen…")
    guide.guide.forward()
    guide.guide.forward()
    type_secret(qtbot, guide, DIRECTOR)
    box = modal(qtbot)
    qtbot.waitUntil(lambda: "geen goede back-up" in getattr(modal(qtbot), "text", str)())
    box = modal(qtbot)
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert guide.guide.place == 2
    assert made.content() == before


def test_a_school_somebody_works_in_is_replaced_only_after_a_question(
    gate: Gate, worked_in: Made, qtbot: QtBot
) -> None:
    holder = {"user": "marja", "computer": "BALIE", "station": "x", "token": "y"}
    said = holder | {"since": "2026-11-02T08:10:00+00:00"}
    (worked_in.folder / "in-use.json").write_text(json.dumps(said))
    (worked_in.folder / "in-use.lock").write_text("")
    guide = begin(gate, worked_in.folder)
    go_to_secret(qtbot, guide)
    type_secret(qtbot, guide, DIRECTOR)
    qtbot.waitUntil(lambda: "marja" in getattr(modal(qtbot), "text", str)())
    qtbot.keyClick(modal(qtbot), Qt.Key.Key_Escape)
    assert not list(worked_in.folder.parent.glob("*van voor*"))
    type_secret(qtbot, guide, DIRECTOR)
    qtbot.waitUntil(lambda: "marja" in getattr(modal(qtbot), "text", str)())
    press(qtbot, modal(qtbot), "Toch terugzetten")
    end(qtbot, gate, guide)
    assert len(list(worked_in.folder.parent.glob("*van voor*"))) == 1


def test_left_without_restoring(gate: Gate, made: Made, qtbot: QtBot) -> None:
    begin(gate, made.folder)
    escape(qtbot)
    assert isinstance(gate.currentWidget(), UnlockScreen)
    begin(gate, None)
    escape(qtbot)
    assert isinstance(gate.currentWidget(), WelcomeScreen)
