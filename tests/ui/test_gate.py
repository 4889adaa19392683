"""The locked window: choosing, unlocking, and every trouble made real."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from schoolprivacy.errors import FileError, KnownError
from schoolprivacy.school import FolderSeen, FolderState, School
from schoolprivacy.station import Station, read_station, remember_school, write_station
from tests.ui.hands import enter, escape, mnemonics, modal, press, texts, twice, type_key
from tests.ui.walking import faults_of
from tests.vault.schools import CHEAP, DIRECTOR, Made, change
from ui import files, theme
from ui.gate import Gate
from ui.jobs import is_busy
from ui.places import cloud_of, demo_folder, folder_of, free_folder, is_on_network
from ui.screens.trouble import Remedy, TroubleScreen, trouble_of
from ui.screens.unlock import DEMO_PASSPHRASE, UnlockScreen
from ui.screens.welcome import WelcomeScreen
from ui.wizards.founding import Founder

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing was opened here before, and school files come in a folder of the test."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    write_station(Station())


@pytest.fixture
def gate(qtbot: QtBot, qapp: QApplication) -> Iterator[Gate]:
    made = Gate(Founder(cost=CHEAP))
    made.resize(1280, 800)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    schools: list[School] = []
    made.opened.connect(schools.append)
    yield made
    for school in schools:
        school.close()


def wait_opened(
    qtbot: QtBot, gate: Gate, do: Callable[[], object], timeout: int = 20_000
) -> School:
    """Do something that opens a school file."""
    with qtbot.waitSignal(gate.opened, timeout=timeout) as signal:
        do()
    assert signal.args
    school: School = signal.args[0]
    return school


def unlock_screen(gate: Gate) -> UnlockScreen:
    screen = gate.currentWidget()
    assert isinstance(screen, UnlockScreen)
    return screen


def wait_trouble(qtbot: QtBot, gate: Gate) -> TroubleScreen:
    qtbot.waitUntil(lambda: isinstance(gate.currentWidget(), TroubleScreen))
    screen = gate.currentWidget()
    assert isinstance(screen, TroubleScreen)
    return screen


def type_secret(qtbot: QtBot, gate: Gate, secret: str) -> QLineEdit:
    field = unlock_screen(gate).entry.passphrase.field
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClicks(field, secret)
    return field


# — beginning —


def test_without_a_school_the_four_ways_are_shown(gate: Gate) -> None:
    gate.start(None)
    assert isinstance(gate.currentWidget(), WelcomeScreen)
    said = texts(gate)
    for way in ("Nieuwe school", "Schoolbestand openen", "Back-up terugzetten", "Demoschool"):
        assert way in said


def test_the_school_used_last_is_asked_for(gate: Gate, made: Made) -> None:
    remember_school(made.folder)
    gate.start(None)
    assert isinstance(gate.currentWidget(), UnlockScreen)
    assert gate.folder == made.folder


@pytest.mark.parametrize("what", ["folder", "data.db"])
def test_a_school_file_is_chosen(
    gate: Gate, made: Made, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    gate.start(None)
    monkeypatch.setattr(files, "choose_folder", lambda *_: made.folder)
    monkeypatch.setattr(files, "choose_file", lambda *_: made.data)
    text = "Map kiezen…" if what == "folder" else "of kies het bestand data.db"
    press(qtbot, gate, text)
    assert isinstance(gate.currentWidget(), UnlockScreen)
    assert gate.folder == made.folder


def test_one_opened_before_is_a_button(gate: Gate, made: Made, qtbot: QtBot) -> None:
    remember_school(made.folder)
    gate.start(made.folder)
    press(qtbot, gate, "Ander schoolbestand…")
    assert isinstance(gate.currentWidget(), WelcomeScreen)
    opens = next(b for b in gate.findChildren(QPushButton) if b.toolTip() == str(made.folder))
    qtbot.keyClick(opens, Qt.Key.Key_Space)
    assert isinstance(gate.currentWidget(), UnlockScreen)


# — unlocking —


def test_enter_unlocks_and_the_computer_remembers_where_it_lies(
    gate: Gate, made: Made, qtbot: QtBot
) -> None:
    gate.start(made.folder)
    type_secret(qtbot, gate, DIRECTOR)
    school = wait_opened(qtbot, gate, lambda: enter(qtbot))
    assert school.who.name == "Directie"
    assert read_station().schools == (made.folder,)


def test_a_wrong_passphrase_is_told_at_the_field_always_alike(
    gate: Gate, made: Made, qtbot: QtBot
) -> None:
    gate.start(made.folder)
    field = type_secret(qtbot, gate, "drie groene fietsen slapen")
    enter(qtbot)
    qtbot.waitUntil(lambda: "past niet" in texts(gate))
    first = texts(gate)
    assert field.hasFocus()
    assert field.selectedText() == field.text() != ""
    qtbot.keyClicks(field, "x")  # types over what was selected
    assert "past niet" not in texts(gate)
    enter(qtbot)
    qtbot.waitUntil(lambda: "past niet" in texts(gate))
    assert texts(gate) == first


def test_nothing_stays_of_a_passphrase_out_of_sight(gate: Gate, made: Made, qtbot: QtBot) -> None:
    gate.start(made.folder)
    field = type_secret(qtbot, gate, DIRECTOR)
    unlock_screen(gate).entry.switch()
    assert field.text() == ""
    assert not field.isUndoAvailable()


def test_caps_lock_is_told(gate: Gate, made: Made, qtbot: QtBot) -> None:
    gate.start(made.folder)
    field = type_secret(qtbot, gate, "a")
    qtbot.keyClick(field, "B")  # a capital without Shift
    assert "Caps Lock" in texts(gate)


def test_the_paper_key_is_typed_on_from_group_to_group(
    gate: Gate, made: Made, qtbot: QtBot
) -> None:
    gate.start(made.folder)
    qtbot.waitUntil(lambda: not is_busy())  # the look at the folder may still take the screen
    press(qtbot, gate, "Wachtzin vergeten? Openen met de papieren sleutel")
    type_key(qtbot, made.paper_key)
    qtbot.waitUntil(unlock_screen(gate).entry.paper_key.is_complete)
    school = wait_opened(qtbot, gate, lambda: enter(qtbot))
    assert school.who.role == "paper_key"
    assert "nieuwe" in modal(qtbot).text()
    escape(qtbot)


def test_a_mistyped_group_is_named_and_marked(gate: Gate, made: Made, qtbot: QtBot) -> None:
    gate.start(made.folder)
    entry = unlock_screen(gate).entry
    entry.switch()
    QApplication.clipboard().setText(wrong_in_group_three(made.paper_key))
    first = QApplication.focusWidget()
    qtbot.keyClick(first, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert entry.paper_key.is_complete()
    enter(qtbot)
    qtbot.waitUntil(lambda: "groep 3" in texts(gate))
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == "Groep 3 van 8, zes cijfers"


def wrong_in_group_three(key: str) -> str:
    groups = key.split("-")
    groups[2] = f"{(int(groups[2]) + 1) % 1_000_000:06d}"
    return " ".join(groups)


# — trouble —


def test_missing(gate: Gate, made: Made, qtbot: QtBot, tmp_path: Path) -> None:
    gate.start(tmp_path / "weg.schoolprivacy")
    screen = wait_trouble(qtbot, gate)
    assert "niet gevonden" in texts(screen)
    made.folder.rename(tmp_path / "weg.schoolprivacy")
    press(qtbot, screen, "Opnieuw proberen")
    type_secret(qtbot, gate, DIRECTOR)
    wait_opened(qtbot, gate, lambda: enter(qtbot))


def test_damaged_names_the_backups(gate: Gate, made: Made, qtbot: QtBot) -> None:
    with made.open() as school:
        change(school, "0501234567")
    made.data.write_bytes(b"")
    gate.start(made.folder)
    screen = wait_trouble(qtbot, gate)
    assert "beschadigd" in texts(screen)
    qtbot.waitUntil(lambda: "02-11-2026" in texts(screen))
    press(qtbot, screen, "Back-up terugzetten…")
    assert "Welke back-up" in texts(gate)


def test_damage_found_only_when_opening(gate: Gate, made: Made, qtbot: QtBot) -> None:
    content = bytearray(made.data.read_bytes())
    content[len(content) // 2] ^= 1
    made.data.write_bytes(content)
    gate.start(made.folder)
    field = type_secret(qtbot, gate, DIRECTOR)
    enter(qtbot)
    assert "beschadigd" in texts(wait_trouble(qtbot, gate))
    assert not isValid(field) or field.text() == ""


def test_a_slow_look_does_not_take_this_opening_for_somebody_else(
    gate: Gate, made: Made, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    trying = threading.Event()

    def look_slowly(folder: Path) -> FolderSeen:
        trying.wait(10)
        return FolderSeen(folder, FolderState.IN_USE)  # held, and not yet written down by whom

    monkeypatch.setattr("schoolprivacy.school.look_at", look_slowly)
    gate.start(made.folder)
    type_secret(qtbot, gate, DIRECTOR)

    def open_while_looking() -> None:
        enter(qtbot)
        trying.set()

    wait_opened(qtbot, gate, open_while_looking)


def test_keys_gone(gate: Gate, made: Made, qtbot: QtBot) -> None:
    made.keys.unlink()
    made.spare.write_text("{}")
    gate.start(made.folder)
    assert "sleutelbestand" in texts(wait_trouble(qtbot, gate))


def test_newer(gate: Gate, made: Made, qtbot: QtBot) -> None:
    with made.raw() as raw:
        raw.execute("PRAGMA user_version = 9000")
    gate.start(made.folder)
    type_secret(qtbot, gate, DIRECTOR)
    enter(qtbot)
    screen = wait_trouble(qtbot, gate)
    assert "nieuwere versie" in texts(screen)
    assert Remedy.RESTORE not in screen.buttons


def test_not_a_school(gate: Gate, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "foto.jpg").write_bytes(b"x")
    gate.start(tmp_path)
    screen = wait_trouble(qtbot, gate)
    assert "geen schoolbestand" in texts(screen)
    press(qtbot, screen, "Ander schoolbestand…")
    assert isinstance(gate.currentWidget(), WelcomeScreen)


def hold(made: Made) -> None:
    """Somebody on another computer has it open."""
    holder = {"user": "marja", "computer": "BALIE", "station": "x", "token": "y"}
    said = holder | {"since": "2026-11-02T08:10:00+00:00"}
    (made.folder / "in-use.json").write_text(json.dumps(said))
    (made.folder / "in-use.lock").write_text("")


def test_in_use_elsewhere_opens_to_read(gate: Gate, made: Made, qtbot: QtBot) -> None:
    hold(made)
    gate.start(made.folder)
    screen = wait_trouble(qtbot, gate)
    assert "marja op computer BALIE" in texts(screen)
    qtbot.waitUntil(lambda: "teken van leven" in texts(screen))
    press(qtbot, screen, "Openen om te lezen")
    type_secret(qtbot, gate, DIRECTOR)
    school = wait_opened(qtbot, gate, lambda: enter(qtbot))
    assert school.read_only


def test_in_use_elsewhere_is_taken_over_after_a_question(
    gate: Gate, made: Made, qtbot: QtBot
) -> None:
    hold(made)
    gate.start(made.folder)
    press(qtbot, wait_trouble(qtbot, gate), "Overnemen…")
    box = modal(qtbot)
    assert "niets meer opslaan" in box.text()
    escape(qtbot)
    screen = wait_trouble(qtbot, gate)  # no is no
    press(qtbot, screen, "Overnemen…")
    press(qtbot, modal(qtbot), "Overnemen")
    type_secret(qtbot, gate, DIRECTOR)
    school = wait_opened(qtbot, gate, lambda: enter(qtbot))
    assert not school.read_only


_HOLDER = """
import sys
from pathlib import Path
from schoolprivacy.school import FolderSeen, FolderState, School
with School.open(Path(sys.argv[1]), sys.argv[2]):
    print("open", flush=True)
    sys.stdin.readline()
"""


def test_in_use_by_another_window_of_this_user_shows_when_opening(
    gate: Gate, made: Made, qtbot: QtBot
) -> None:
    other = subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(made.folder), DIRECTOR],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    try:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        gate.start(made.folder)
        type_secret(qtbot, gate, DIRECTOR)
        enter(qtbot)
        screen = wait_trouble(qtbot, gate)
        assert "in gebruik" in texts(screen)
    finally:
        other.communicate("\n", timeout=20)
    press(qtbot, screen, "Opnieuw proberen")
    type_secret(qtbot, gate, DIRECTOR)
    wait_opened(qtbot, gate, lambda: enter(qtbot))


def test_read_only_place(gate: Gate, made: Made, qtbot: QtBot, small_disk: Any) -> None:
    disk = small_disk("size=8m")
    there = made.copy_to(disk / "school.schoolprivacy")
    done = subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=False)
    if done.returncode:
        pytest.skip("only an administrator may mount a disk to read")
    gate.start(there.folder)
    type_secret(qtbot, gate, DIRECTOR)
    enter(qtbot)
    screen = wait_trouble(qtbot, gate)
    assert "mag niet worden geschreven" in texts(screen)
    press(qtbot, screen, "Openen om te lezen")
    type_secret(qtbot, gate, DIRECTOR)
    school = wait_opened(qtbot, gate, lambda: enter(qtbot))
    assert school.read_only


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="makes a link that leads nowhere back")
def test_unreachable(gate: Gate, qtbot: QtBot, tmp_path: Path) -> None:
    loop = tmp_path / "stick"
    loop.symlink_to(loop)
    gate.start(loop / "school.schoolprivacy")
    screen = wait_trouble(qtbot, gate)
    assert Remedy.AGAIN in screen.buttons


@pytest.mark.parametrize("key", ["unlock.no_memory", "file.unreachable", "file.busy"])
def test_each_trouble_says_what_to_do(gate: Gate, made: Made, key: str) -> None:
    gate.tell_trouble(FileError(key, place=made.folder), made.folder)
    screen = gate.currentWidget()
    assert isinstance(screen, TroubleScreen)
    assert trouble_of(key).heading in texts(screen)
    assert Remedy.AGAIN in screen.buttons
    assert screen.buttons[trouble_of(key).remedies[0]].hasFocus()


def test_an_unknown_trouble_has_a_way_out_too() -> None:
    assert trouble_of(KnownError("other").key).remedies


# — the demo school —


@pytest.mark.slow
def test_the_demo_school_is_made_opened_and_cannot_be_mistaken(
    qtbot: QtBot, qapp: QApplication
) -> None:
    made = Gate(Founder(cost=CHEAP, pupils=12))
    qtbot.addWidget(made)
    made.show()
    made.start(None)
    press(qtbot, made, "Demoschool maken")
    box = modal(qtbot)
    assert DEMO_PASSPHRASE in box.text()
    school = wait_opened(qtbot, made, lambda: press(qtbot, box, "Demoschool maken"), 180_000)
    assert school.is_demo
    assert school.folder == demo_folder()
    school.lock()
    made.welcome()
    press(qtbot, made, "Demoschool openen")
    assert DEMO_PASSPHRASE in texts(made)


def test_a_stopped_demo_school_leaves_nothing(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    from ui.jobs import Cancelled, Job

    job = Job(lambda _: None, qapp)
    reports = iter(range(2))

    def stop_at_second(done: int, total: int) -> None:
        if next(reports):
            raise Cancelled

    job.report = stop_at_second  # type: ignore[method-assign]
    with pytest.raises(Cancelled):
        Founder(cost=CHEAP, pupils=6).demo(demo_folder(), DEMO_PASSPHRASE, job)
    assert list(demo_folder().parent.iterdir()) == []
    job.deleteLater()


# — looks and places —


def test_a_change_of_zoom_keeps_what_is_shown(
    gate: Gate, made: Made, look: Callable[..., None]
) -> None:
    gate.start(made.folder)
    look(dark=True, zoom=2.0)
    gate.show_again()
    assert isinstance(gate.currentWidget(), UnlockScreen)
    assert theme.zoom() == 2.0


@pytest.mark.parametrize("zoom", [1.0, 2.0])
@pytest.mark.parametrize("screen", ["welcome", "unlock", "trouble", "first_start", "restore"])
def test_everything_is_reached_by_keys_and_has_a_name(
    gate: Gate, made: Made, look: Callable[..., None], screen: str, zoom: float
) -> None:
    remember_school(made.folder)
    look(zoom=zoom)
    {
        "welcome": gate.welcome,
        "unlock": lambda: gate.unlock(made.folder),
        "trouble": lambda: gate.tell_trouble(FileError("file.busy", place="x"), made.folder),
        "first_start": gate.first_start,
        "restore": lambda: gate.restore(None),
    }[screen]()
    QApplication.processEvents()
    assert faults_of(gate) == []
    assert twice(mnemonics(gate)) == []


@pytest.mark.parametrize(
    ("place", "cloud"),
    [
        ("/home/a/OneDrive - Stichting/x", "OneDrive"),
        ("/Users/a/Library/Mobile Documents/x", "iCloud"),
        ("/home/a/Dropbox/x", "Dropbox"),
        ("/home/a/documenten/x", ""),
    ],
)
def test_a_place_that_is_copied_to_the_internet_is_known(place: str, cloud: str) -> None:
    assert cloud_of(Path(place)) == cloud


def test_places(tmp_path: Path, made: Made) -> None:
    assert not is_on_network(tmp_path / "nog niet" / "hier")
    assert is_on_network(Path("\\\\server\\school"))
    assert folder_of(made.data) == made.folder
    assert free_folder(tmp_path, "school").name == "school 2.schoolprivacy"
