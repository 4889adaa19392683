"""Backups at a second place, and seeing which backups there are."""

from __future__ import annotations

import os
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from schoolprivacy.school import School, list_backups, restore
from schoolprivacy.vault.backup import FOLDER
from tests.vault.schools import (
    ADMINISTRATION,
    DIRECTOR,
    NAME,
    Made,
    change,
    make_school,
    phone,
    refused,
)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    place = tmp_path / "stick"
    place.mkdir()
    return place


def on(stick: Path) -> list[str]:
    return sorted(path.name for path in stick.glob("*/*"))


def choose(made: Made, stick: Path | None) -> None:
    with made.open() as school:
        school.set_backup_place(stick)


# — the second place —


def test_locking_brings_the_backup_to_the_second_place(made: Made, stick: Path) -> None:
    choose(made, stick)
    assert on(stick) == ["2026-11-02.schoolbackup"]
    with made.open() as school:
        assert school.backup_place() == stick
        change(school, "0201234567")
    (there,) = list_backups(next(stick.iterdir()))
    restore(there.path, made.folder.parent / "back", DIRECTOR, made.clock)
    with School.open(made.folder.parent / "back", DIRECTOR, made.clock) as school:
        assert phone(school) == "0201234567"


def test_nothing_of_the_school_can_be_read_from_the_names(made: Made, stick: Path) -> None:
    choose(made, stick)
    (folder,) = stick.iterdir()
    assert folder.name.startswith("schoolprivacy-") and NAME not in folder.name
    assert folder.name.removeprefix("schoolprivacy-").isalnum()


def test_an_absent_stick_is_told_after_the_work_is_stored_and_made_good_later(
    made: Made, stick: Path
) -> None:
    choose(made, stick)
    away = stick.rename(stick.with_name("in a drawer"))
    made.clock.moment += timedelta(days=1)
    school = made.open()
    change(school, "0201234567")
    assert refused(school.lock) == "backup.place_absent"
    assert [p.name for p in (made.folder / FOLDER).iterdir()].count("2026-11-03.schoolbackup") == 1
    away.rename(stick)
    with made.open() as school:  # nothing changes, and it still goes along
        assert phone(school) == "0201234567"
    assert on(stick) == ["2026-11-02.schoolbackup", "2026-11-03.schoolbackup"]


def test_a_full_stick_is_told_and_keeps_what_it_has(
    made: Made, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(made, stick)
    (there,) = list_backups(next(stick.iterdir()))
    before = there.path.read_bytes()

    def full(*given: object) -> None:
        raise OSError(28, "No space left on device")

    school = made.open()
    change(school, "0201234567")
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "copyfileobj", full)
        assert refused(school.lock) == "backup.not_written"
    assert there.path.read_bytes() == before
    assert on(stick) == ["2026-11-02.schoolbackup"]


def test_two_schools_on_one_stick_keep_apart(made: Made, stick: Path, tmp_path: Path) -> None:
    choose(made, stick)
    choose(make_school(tmp_path / "elsewhere" / made.folder.name), stick)
    assert len(list(stick.iterdir())) == len(list_backups(stick)) == 2
    assert on(stick) == ["2026-11-02.schoolbackup"] * 2


def test_an_older_backup_never_takes_the_place_of_one_that_knows_more(
    made: Made, stick: Path
) -> None:
    choose(made, stick)
    with made.open() as school:
        school.back_up(made.folder.parent / "early.schoolbackup")
        for number in range(9):
            change(school, f"020123456{number}")
    restore(made.folder.parent / "early.schoolbackup", made.folder, DIRECTOR, made.clock)
    made.open().lock()
    names = ["2026-11-02-voor-terugzetten.schoolbackup", "2026-11-02.schoolbackup"]
    assert on(stick) == names
    early, late = sorted(list_backups(next(stick.iterdir())), key=lambda seen: seen.trail)
    assert early.path.name == names[1] and late.path.name == names[0]
    assert early.whole and late.whole


def test_restoring_needs_no_stick(made: Made, stick: Path) -> None:
    choose(made, stick)
    packed = next(stick.glob("*/*")).rename(made.folder.parent / "one.schoolbackup")
    shutil.rmtree(stick)
    assert restore(packed, made.folder.parent / "back", DIRECTOR, made.clock) is None
    assert not stick.exists()


def test_no_second_place_any_more(made: Made, stick: Path) -> None:
    choose(made, stick)
    choose(made, None)
    shutil.rmtree(stick)
    with made.open() as school:
        assert school.backup_place() is None
        change(school, "0201234567")


def test_what_is_no_second_place_is_refused(school: School, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for place in (tmp_path / "absent", tmp_path / "file", school.folder, school.folder / FOLDER):
        assert refused(school.set_backup_place, place) == "backup.no_place"
    assert school.backup_place() is None


# — seeing them —


def test_there_is_no_last_backup_before_the_first(school: School) -> None:
    assert school.last_backup() is None


def test_the_last_backup_is_the_newest_whole_one_of_both_places(made: Made, stick: Path) -> None:
    choose(made, stick)
    made.clock.moment += timedelta(days=2)
    with made.open() as school:
        change(school, "0201234567")
    with made.open(read_only=True) as school:
        last = school.last_backup()
        assert last is not None and last.path.name == "2026-11-04.schoolbackup"
        assert last.made_at == made.clock.now() and last.whole
        here = made.folder / FOLDER / last.path.name
        here.write_bytes(here.read_bytes()[:-1000])
        there = school.last_backup()
        assert there is not None and there.path.is_relative_to(stick)
        shutil.rmtree(stick)
        early = school.last_backup()
        assert early is not None and early.path.name == "2026-11-02.schoolbackup"


def test_a_backup_that_lies_there_unchanged_is_read_whole_once(made: Made) -> None:
    with made.open() as school:
        change(school, "0201234567")
    with made.open(read_only=True) as school:
        last = school.last_backup()
        assert last is not None
        before, content = last.path.stat(), bytearray(last.path.read_bytes())
        content[len(content) // 2] ^= 1
        last.path.write_bytes(content)
        os.utime(last.path, ns=(before.st_atime_ns, before.st_mtime_ns))
        assert school.last_backup() == last  # not read again
        os.utime(last.path)
        assert school.last_backup() is None  # it changed: read again, and damaged


def test_backups_are_listed_newest_first_and_damaged_ones_last(made: Made) -> None:
    folder = made.folder / FOLDER
    for day in range(4):
        with made.open() as school:
            change(school, f"020123456{day}")
        made.clock.moment += timedelta(days=1)
    flipped, cut = folder / "2026-11-03.schoolbackup", folder / "2026-11-05.schoolbackup"
    content = bytearray(flipped.read_bytes())
    content[len(content) // 2] ^= 1
    flipped.write_bytes(content)
    cut.write_bytes(cut.read_bytes()[:5000])
    (folder / "een.schoolbackup").mkdir()
    seen = list_backups(folder)
    assert [(each.path.name[:10], each.whole) for each in seen] == [
        ("2026-11-04", True),
        ("2026-11-03", False),
        ("2026-11-02", True),
        ("2026-11-05", False),
    ]
    assert seen[-1].made_at is None
    assert list_backups(made.folder) == seen
    assert list_backups(made.folder / "absent") == []


def test_a_second_backup_before_the_same_work_keeps_the_first(made: Made) -> None:
    with made.open() as school:
        for _ in range(3):
            school.back_up_before("import")
            change(school, "0201234567")
    names = {path.name for path in (made.folder / FOLDER).iterdir()}
    assert {f"2026-11-02-voor-import{n}.schoolbackup" for n in ("", "-2", "-3")} < names
    made.clock.moment += timedelta(days=800)
    for _ in range(30):  # and they go when their day goes
        made.clock.moment += timedelta(days=40)
        with made.open() as school:
            change(school, "0201234567")
    assert not [p for p in (made.folder / FOLDER).iterdir() if p.name.startswith("2026-11-02")]


# — taking over —


def test_a_school_whose_holder_is_gone_is_replaced_by_a_decision_by_hand(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with made.open() as school:
        school.back_up(tmp_path / "one.schoolbackup")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "another computer"))
    crashed = made.open(ADMINISTRATION)
    monkeypatch.undo()
    packed = tmp_path / "one.schoolbackup"
    assert refused(restore, packed, made.folder, DIRECTOR, made.clock) == "file.in_use"
    aside = restore(packed, made.folder, DIRECTOR, made.clock, take_over=True)
    assert aside is not None
    made.open().lock()
    crashed.lock()
