"""What can be seen of a folder before anybody unlocks it, and what a computer remembers."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import pytest

from schoolprivacy.school import FolderState, look_at
from schoolprivacy.settings import station_folder
from schoolprivacy.station import (
    Station,
    read_station,
    remember_school,
    write_station,
)
from schoolprivacy.vault.lock import HOLDER
from tests.vault.schools import Made, program, refused


@pytest.fixture(autouse=True)
def own_computer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


# — looking at a folder —


def test_a_school_that_nobody_uses(made: Made) -> None:
    before = made.content()
    seen = look_at(made.folder)
    assert (seen.folder, seen.state, seen.holding) == (made.folder, FolderState.SCHOOL, None)
    assert made.content() == before


def test_a_school_in_use_says_by_whom_and_since_when(made: Made) -> None:
    with made.open():
        before = made.content()
        seen = look_at(made.folder)
        assert made.content() == before
        assert seen.state is FolderState.IN_USE
        assert seen.holding is not None and seen.holding.user and seen.holding.computer
        assert seen.holding.since == made.clock.now() <= seen.holding.alive
        with made.open(read_only=True):
            assert look_at(made.folder).state is FolderState.IN_USE
    assert look_at(made.folder).state is FolderState.SCHOOL


def test_in_use_elsewhere_and_unreadably(made: Made) -> None:
    with made.open():
        said = json.loads((made.folder / HOLDER).read_text())
        shutil.copytree(made.folder, made.folder.with_name("other"))
        other = made.folder.with_name("other")
        (other / HOLDER).write_text(json.dumps(said | {"station": "another"}))
        assert look_at(other).state is FolderState.IN_USE
        (other / HOLDER).unlink()
        seen = look_at(other)
        assert (seen.state, seen.holding) == (FolderState.IN_USE, None)


@pytest.mark.skipif(sys.platform == "win32", reason="os._exit leaves the lock as a crash does")
def test_who_crashed_on_this_computer_holds_nothing(made: Made) -> None:
    died = program(
        f"import os\n"
        f"from pathlib import Path\n"
        f"from tests.vault.schools import DIRECTOR\n"
        f"from schoolprivacy.school import School\n"
        f"School.open(Path({str(made.folder)!r}), DIRECTOR)\n"
        f"os._exit(9)"
    )
    assert died.returncode == 9, died.stderr
    assert (made.folder / HOLDER).exists()
    assert look_at(made.folder).state is FolderState.SCHOOL
    made.open().lock()


def test_what_is_no_school(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "a.jpg").touch()
    assert look_at(tmp_path / "absent").state is FolderState.MISSING
    assert look_at(tmp_path / "empty").state is FolderState.EMPTY
    assert look_at(tmp_path / "photos").state is FolderState.NOT_A_SCHOOL
    assert look_at(tmp_path / "photos" / "a.jpg").state is FolderState.NOT_A_SCHOOL


@pytest.mark.parametrize(
    ("harm", "state"),
    [
        (lambda made: made.data.unlink(), FolderState.DAMAGED),
        (lambda made: made.data.write_bytes(b"x"), FolderState.DAMAGED),
        (lambda made: made.data.write_bytes(b"SQLite format 3" + bytes(4081)), FolderState.DAMAGED),
        (lambda made: made.keys.write_text("{}"), FolderState.SCHOOL),  # the spare is whole
        (
            lambda made: [path.write_text("{}") for path in (made.keys, made.spare)],
            FolderState.KEYS_DAMAGED,
        ),
        (
            lambda made: [path.unlink() for path in (made.keys, made.spare)],
            FolderState.KEYS_DAMAGED,
        ),
    ],
)
def test_damage_that_shows_without_a_key(made: Made, harm: object, state: FolderState) -> None:
    harm(made)  # type: ignore[operator]
    assert look_at(made.folder).state is state


# — what this computer remembers —


def test_nothing_is_remembered_at_first() -> None:
    assert read_station() == Station()


def test_it_remembers_what_was_chosen(tmp_path: Path) -> None:
    chosen = Station((tmp_path / "school",), "dark", 150, {"main": "AdnQ"}, 20)
    write_station(chosen)
    assert read_station() == chosen


def test_the_school_opened_last_comes_first_and_once(tmp_path: Path) -> None:
    for number in (*range(12), 5):
        remember_school(tmp_path / f"school{number}")
    names = [each.name for each in read_station().schools]
    assert names[:3] == ["school5", "school11", "school10"] and len(names) == 10
    assert names.count("school5") == 1


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        "null",
        '{"schools": [1], "theme": "", "zoom": 100, "windows": {}}',
        '{"schools": [], "theme": "pink", "zoom": 100, "windows": {}}',
        '{"schools": [], "theme": "", "zoom": "large", "windows": {}}',
        '{"schools": [], "theme": "", "zoom": 100000, "windows": {}}',
        '{"schools": [], "theme": "", "zoom": 100, "windows": [1]}',
        '{"schools": [], "theme": "", "zoom": 100, "windows": {"main": 3}}',
        '{"schools": [], "theme": "", "zoom": 100, "windows": {}, "lock_after_minutes": 0}',
        '{"schools": [], "theme": "", "zoom": 100, "windows": {}, "lock_after_minutes": "1"}',
        "[" * 100_000,
    ],
)
def test_a_damaged_memory_is_ignored_and_written_anew(content: str, tmp_path: Path) -> None:
    station_folder().mkdir(parents=True)
    (station_folder() / "station.json").write_text(content)
    assert read_station() == Station()
    remember_school(tmp_path)
    assert read_station().schools == (tmp_path,)


def test_a_folder_that_cannot_be_written_in_is_told(tmp_path: Path) -> None:
    station_folder().parent.mkdir(parents=True)
    station_folder().write_text("a file where the folder should be")
    assert refused(remember_school, tmp_path) == "file.unreachable"
