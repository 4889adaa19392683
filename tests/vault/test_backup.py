"""Backups: whole or not at all, readable by nobody, and put back as they were."""

from __future__ import annotations

import itertools
import json
import os
import random
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolprivacy.errors import FileError, KnownError
from schoolprivacy.school import School, restore
from schoolprivacy.vault import backup, database
from schoolprivacy.vault.audit import Anchor
from schoolprivacy.vault.backup import FOLDER, SUFFIX, read_manifest
from schoolprivacy.vault.kept_backups import to_keep
from schoolprivacy.vault.keys import KEYS, KeyFile
from schoolprivacy.vault.lock import WriterLock
from tests.vault.schools import (
    ADMINISTRATION,
    DIRECTOR,
    NAME,
    NOW,
    TORTURE,
    Made,
    change,
    make_school,
    phone,
    refused,
    renew_paper_key,
)

DAMAGES = 1000 if TORTURE else 60


@pytest.fixture
def packed(made: Made, tmp_path: Path) -> Path:
    """A backup of a school with a telephone number."""
    target = tmp_path / "one.schoolbackup"
    with made.open() as school:
        change(school, "0201234567")
        school.back_up(target)
    return target


def automatic(made: Made) -> list[str]:
    folder = made.folder / FOLDER
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


# — making —


def test_a_backup_says_where_the_trail_ended(made: Made, tmp_path: Path) -> None:
    with made.open() as school:
        change(school, "0201234567")
        end = school.back_up(tmp_path / "one.schoolbackup")
        with school.reading() as session:
            assert session.anchor() == end
    said = read_manifest(tmp_path / "one.schoolbackup")
    assert said.anchor == end
    assert said.made_at == NOW.isoformat()
    assert said.schema == database.SCHEMA_VERSION


def test_nothing_in_a_backup_is_readable(packed: Path) -> None:
    content = packed.read_bytes()
    for readable in (NAME, "0201234567", "CREATE TABLE", "SQLite format", "Directie", DIRECTOR):
        assert readable.encode() not in content
    with zipfile.ZipFile(packed) as archive:
        assert sorted(archive.namelist()) == [database.DATA, KEYS, "manifest.json"]


def test_a_backup_has_a_salt_of_its_own(made: Made, packed: Path, tmp_path: Path) -> None:
    unpacked = tmp_path / "unpacked"
    unpacked.mkdir()
    backup.unpack(packed, unpacked)
    assert (
        KeyFile.read(unpacked).database_salt == (unpacked / database.DATA).read_bytes()[:16].hex()
    )
    assert KeyFile.read(unpacked).database_salt != KeyFile.read(made.folder).database_salt


def test_a_backup_is_made_in_the_middle_of_reading(made: Made, tmp_path: Path) -> None:
    with made.open() as school:
        change(school, "0201234567")
        with school.reading():
            school.back_up(tmp_path / "one.schoolbackup")
    restore(tmp_path / "one.schoolbackup", tmp_path / "back", DIRECTOR, made.clock)


@pytest.mark.parametrize("place", ["missing/one", "folder", "file/one"])
def test_a_place_that_is_no_place_is_told(school: School, tmp_path: Path, place: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    assert refused(school.back_up, tmp_path / place) == "backup.not_written"
    change(school, "0201234567")


def test_an_old_backup_stays_when_the_disk_is_full(
    made: Made, packed: Path, small_disk: Callable[[str], Path]
) -> None:
    disk = small_disk("size=4m")
    target = disk / "one.schoolbackup"
    with made.open() as school:
        school.back_up(target)
        old = target.read_bytes()
        for leave in range(0, 2_400_000, 100_000):
            filler = disk / "filler"
            filler.write_bytes(b"")
            room = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
            filler.write_bytes(bytes(max(0, room - leave)))
            try:
                school.back_up(target)
            except FileError as error:
                assert error.key == "backup.not_written"
                assert target.read_bytes() == old
                assert sorted(path.name for path in disk.iterdir()) == ["filler", target.name]
            else:
                break
        else:
            pytest.fail("never enough room")
    assert target.read_bytes() != old


def test_a_backup_of_a_damaged_school_is_thrown_away(made: Made, tmp_path: Path) -> None:
    target = tmp_path / "one.schoolbackup"
    with made.open() as school:
        school.back_up(target)
        old = target.read_bytes()
        content = bytearray(made.data.read_bytes())
        content[-2000] ^= 1
        made.data.write_bytes(content)
        school._engine.dispose()
        assert refused(school.back_up, target) == "backup.not_good"
        assert target.read_bytes() == old
        assert list(tmp_path.glob(".backup-*")) == []
        content[-2000] ^= 1
        made.data.write_bytes(content)


# — at closing —


def test_closing_makes_the_days_backup_when_something_changed(made: Made) -> None:
    made.open().lock()
    assert automatic(made) == []
    with made.open() as school:
        change(school, "0201234567")
    assert automatic(made) == ["2026-11-02.schoolbackup"]
    first = (made.folder / FOLDER / "2026-11-02.schoolbackup").read_bytes()
    made.open().lock()
    made.open(read_only=True).lock()
    assert (made.folder / FOLDER / "2026-11-02.schoolbackup").read_bytes() == first
    with made.open() as school:
        change(school, "0207654321")
    assert (made.folder / FOLDER / "2026-11-02.schoolbackup").read_bytes() != first


def test_a_backup_that_fails_at_closing_loses_no_work(made: Made, tmp_path: Path) -> None:
    (made.folder / FOLDER).write_text("a file where the folder should be")
    school = made.open()
    change(school, "0201234567")
    assert refused(school.lock) == "backup.not_written"
    with made.open() as school:  # and the school is closed: it can be opened again
        assert phone(school) == "0201234567"
        (made.folder / FOLDER).unlink()


def test_what_went_wrong_first_is_told_when_the_backup_fails_too(made: Made) -> None:
    (made.folder / FOLDER).write_text("a file where the folder should be")
    with pytest.raises(ZeroDivisionError), made.open() as school:
        change(school, "0201234567")
        _ = 1 / 0


def test_a_backup_before_something_large_has_its_own_name(school: School, made: Made) -> None:
    school.back_up_before("import")
    assert automatic(made) == ["2026-11-02-voor-import.schoolbackup"]


# — keeping —


def independent_days(days: set[date]) -> set[date]:
    """What should be kept, computed the slow way: day by day backwards."""
    kept: set[date] = set()
    for name, wanted in (("%Y-%m-%d", 7), ("%G-W%V", 4), ("%Y-%m", 12)):
        periods = sorted({f"{day:{name}}" for day in days}, reverse=True)[:wanted]
        kept |= {max(day for day in days if f"{day:{name}}" == period) for period in periods}
    return kept


@given(
    st.lists(
        st.dates(date(1990, 1, 1), date(2100, 1, 1))
        | st.dates(date(2026, 1, 1), date(2026, 12, 31)),
        max_size=80,
    )
)
def test_seven_days_four_weeks_and_twelve_months_are_kept(days: list[date]) -> None:
    kept = to_keep(days)
    assert kept == independent_days(set(days))
    assert len(kept) <= 7 + 4 + 12
    if days:
        assert max(days) in kept


def test_a_school_that_is_opened_every_day_keeps_a_year() -> None:
    today = date(2026, 11, 2)
    every_day = [today - timedelta(days=back) for back in range(1000)]
    kept: set[date] = set()
    for day in sorted(every_day):
        kept = to_keep([*kept, day])
    assert len(kept) <= 23
    assert min(kept) < today - timedelta(days=300)
    assert {today - timedelta(days=back) for back in range(7)} <= kept


def test_only_automatic_backups_are_ever_deleted(made: Made) -> None:
    folder = made.folder / FOLDER
    folder.mkdir()
    own = ["2001-01-01 voor de verhuizing.schoolbackup", "2001-01-01.txt", "bewaren.schoolbackup"]
    own += ["2001-02-31.schoolbackup", "2001-W01-1.schoolbackup", "2001-01-01x.schoolbackup"]
    days = [NOW.date() - timedelta(days=back) for back in range(1, 60)]
    for name in (*own, *(f"{day}{SUFFIX}" for day in days)):
        (folder / name).touch()
    (folder / f"{days[40]}-voor-import{SUFFIX}").touch()
    with made.open() as school:
        change(school, "0201234567")
    kept = to_keep([NOW.date(), *days])
    expected = {*own, *(f"{day}{SUFFIX}" for day in kept)}
    left = set(automatic(made)) - {f"{days[40]}-voor-import{SUFFIX}"}
    assert left == expected
    assert ((folder / f"{days[40]}-voor-import{SUFFIX}").exists()) == (days[40] in kept)


def test_an_old_backup_that_cannot_be_deleted_is_no_harm(made: Made) -> None:
    folder = made.folder / FOLDER
    for back in range(1, 60):
        (folder / f"{NOW.date() - timedelta(days=back)}{SUFFIX}").mkdir(parents=True)
    with made.open() as school:
        change(school, "0201234567")
    assert "2026-11-02.schoolbackup" in automatic(made)


# — putting back —


@pytest.mark.parametrize("who", ["director", "administration", "paper key"])
def test_restoring_in_an_empty_place(
    made: Made, packed: Path, tmp_path: Path, who: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a computer that never saw the school."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "new-computer"))
    secrets = {"director": DIRECTOR, "administration": ADMINISTRATION}
    secret = secrets.get(who, made.paper_key)
    place = tmp_path / "deep" / "down" / "school"
    assert restore(packed, place, secret, made.clock) is None
    shutil.rmtree(made.folder)
    for each in (DIRECTOR, ADMINISTRATION, made.paper_key):
        with School.open(place, each, made.clock) as school:
            assert phone(school) == "0201234567"
            assert school.problems() == []
    assert sorted(path.name for path in place.parent.iterdir()) == ["school"]


def test_restoring_over_a_school_keeps_what_was_there(made: Made, packed: Path) -> None:
    with made.open() as school:
        change(school, "0209999999")
    aside = restore(packed, made.folder, DIRECTOR, made.clock)
    assert aside == made.folder.with_name(f"{made.folder.name} van voor 2026-11-02 090000")
    with made.open() as school:
        assert phone(school) == "0201234567"
        assert school.problems() == []
    with School.open(aside, DIRECTOR, made.clock) as school:
        assert phone(school) == "0209999999"
        assert school.problems() == []


def test_restoring_twice_within_a_second_keeps_both(made: Made, packed: Path) -> None:
    asides = {restore(packed, made.folder, DIRECTOR, made.clock) for _ in range(3)}
    assert len(asides) == 3
    for aside in asides:
        assert aside
        School.open(aside, DIRECTOR, made.clock).lock()


@pytest.mark.parametrize("there", ["empty folder", "damaged school", "school without keys"])
def test_restoring_where_a_school_can_be(
    made: Made, packed: Path, tmp_path: Path, there: str
) -> None:
    place = tmp_path / "place"
    if there == "empty folder":
        place.mkdir()
    else:
        shutil.copytree(made.folder, place)
        (place / database.DATA).write_bytes(b"")
    if there == "school without keys":
        (place / KEYS).unlink()
    aside = restore(packed, place, DIRECTOR, made.clock)
    School.open(place, DIRECTOR, made.clock).lock()
    assert (aside is None) == (there == "empty folder")


@pytest.mark.parametrize("there", ["file", "folder"])
def test_restoring_never_moves_something_else_aside(
    made: Made, packed: Path, tmp_path: Path, there: str
) -> None:
    place = tmp_path / "place"
    if there == "folder":
        place.mkdir()
    own = place / "own.txt" if there == "folder" else place
    own.write_text("x")
    before = sorted(tmp_path.rglob("*"))
    assert refused(restore, packed, place, DIRECTOR, made.clock) == "backup.not_a_school"
    assert sorted(tmp_path.rglob("*")) == before


def test_restoring_is_in_the_trail(made: Made, packed: Path, tmp_path: Path) -> None:
    restore(packed, tmp_path / "back", ADMINISTRATION, made.clock)
    with (
        School.open(tmp_path / "back", DIRECTOR, made.clock) as school,
        school.reading() as session,
    ):
        assert session.anchor().seq == read_manifest(packed).audit_seq + 1


def test_a_school_in_use_is_not_replaced(made: Made, packed: Path) -> None:
    with made.open() as school:
        change(school, "0209999999")
        assert refused(restore, packed, made.folder, DIRECTOR, made.clock) == "file.in_use"
        change(school, "0208888888")
    assert sorted(path.name for path in made.folder.parent.iterdir() if path.is_dir()) == [
        made.folder.name
    ]
    with made.open() as school:
        assert phone(school) == "0208888888"


def test_a_school_in_use_at_another_computer_is_not_replaced(
    made: Made, packed: Path, tmp_path: Path
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(tmp_path / "other"))
        lock = WriterLock(made.folder, made.clock)
        lock.acquire()
    assert refused(restore, packed, made.folder, DIRECTOR, made.clock) == "file.in_use"
    lock.release()
    restore(packed, made.folder, DIRECTOR, made.clock)


def test_the_old_school_comes_back_when_the_new_one_cannot_take_its_place(
    made: Made, packed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = made.sound()
    rename = Path.rename

    def fails(self: Path, target: Path) -> Path:
        if self.name == "school":
            raise OSError(5, "Input/output error")
        return rename(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", fails)
        assert refused(restore, packed, made.folder, DIRECTOR, made.clock) == "backup.not_restored"
    assert made.sound() == before
    made.open().lock()


def test_a_restore_without_room_changes_nothing(
    made: Made, packed: Path, small_disk: Callable[[str], Path]
) -> None:
    for size in ("200k", "400k", "600k"):
        disk = small_disk(f"size={size}")
        place = disk / "school"
        try:
            restore(packed, place, DIRECTOR, made.clock)
        except FileError as error:
            assert error.key == "backup.not_restored"
            assert list(disk.iterdir()) == []
        else:
            School.open(place, DIRECTOR, made.clock, read_only=True).lock()


# — what is no good backup —


def nothing_changed(made: Made, packed: Path, secret: str = DIRECTOR) -> str:
    """Try to restore over the school; gives why not."""
    before = made.content()
    around = sorted(made.folder.parent.iterdir())
    key = refused(restore, packed, made.folder, secret, made.clock)
    assert made.content() == before
    assert sorted(made.folder.parent.iterdir()) == around
    return key


def repacked(packed: Path, change_it: Callable[[dict[str, bytes]], object], **how: Any) -> Path:
    """A backup with something changed and its sums made anew."""
    with zipfile.ZipFile(packed) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    before = dict(parts)
    change_it(parts)
    if parts.get("manifest.json") == before["manifest.json"]:
        said = json.loads(parts["manifest.json"])
        for name in said["sums"]:
            said["sums"][name] = backup.hashlib.sha256(parts.get(name, b"")).hexdigest()
        parts["manifest.json"] = json.dumps(said).encode()
    target = packed.with_name("changed.schoolbackup")
    with zipfile.ZipFile(target, "w", **how) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target


def said(**changes: object) -> Callable[[dict[str, bytes]], object]:
    """Change what the manifest says."""

    def change_it(parts: dict[str, bytes]) -> None:
        old = json.loads(parts["manifest.json"])
        parts["manifest.json"] = json.dumps(old | changes).encode()

    return change_it


@pytest.mark.parametrize("secret", ["een verkeerde wachtzin", "000000-" * 7 + "000011"])
def test_a_wrong_secret_changes_nothing(made: Made, packed: Path, secret: str) -> None:
    assert nothing_changed(made, packed, secret) == "unlock.wrong"


def test_a_missing_backup_is_told(made: Made, tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere", tmp_path):
        assert nothing_changed(made, path) == "backup.missing"


@pytest.mark.parametrize(
    "content", [b"", b"P", b"PK\x05\x06" + bytes(18), b"\0" * 5000, b"%PDF-1.7"]
)
def test_a_file_of_another_kind_is_no_backup(made: Made, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "foreign.schoolbackup"
    path.write_bytes(content)
    assert nothing_changed(made, path) == "backup.damaged"


@pytest.mark.torture
def test_a_damaged_backup_is_refused_or_gives_the_same(
    made: Made, packed: Path, tmp_path: Path
) -> None:
    """Bytes flipped, cut out, and cut off, at seeded places."""
    whole, chance = packed.read_bytes(), random.Random(11)
    good, bad = tmp_path / "good", tmp_path / "bad"
    good.mkdir()
    backup.unpack(packed, good)
    path = tmp_path / "damaged.schoolbackup"
    kinds = itertools.cycle(["flip", "flip near the end", "cut off", "cut out", "zeros"])
    for kind in itertools.islice(kinds, DAMAGES):
        near = kind == "flip near the end"
        place = len(whole) - chance.randrange(1, 400) if near else chance.randrange(len(whole))
        damaged = bytearray(whole)
        if kind.startswith("flip"):
            damaged[place] ^= 1 << chance.randrange(8)
        elif kind == "cut off":
            del damaged[place:]
        elif kind == "cut out":
            del damaged[place : place + chance.randrange(1, 5000)]
        else:
            damaged[place : place + 512] = bytes(len(damaged[place : place + 512]))
        path.write_bytes(damaged)
        bad.mkdir()
        try:
            backup.unpack(path, bad)
        except FileError as error:
            assert error.key in {"backup.damaged", "file.newer"}, (kind, place)
        else:
            for name in (database.DATA, KEYS):
                assert (bad / name).read_bytes() == (good / name).read_bytes(), (kind, place)
        shutil.rmtree(bad)
    path.write_bytes(whole[:-1000])
    assert nothing_changed(made, path) == "backup.damaged"


def test_a_backup_of_a_newer_version_is_called_so(made: Made, packed: Path) -> None:
    newer = said(schema=database.SCHEMA_VERSION + 1, something_new={"a": 1})
    assert nothing_changed(made, repacked(packed, newer)) == "file.newer"


def test_a_backup_with_something_we_do_not_know_is_good(
    made: Made, packed: Path, tmp_path: Path
) -> None:
    path = repacked(packed, said(something_new=[1, 2, 3]))
    restore(path, tmp_path / "back", DIRECTOR, made.clock)


@pytest.mark.parametrize(
    "changes",
    [
        {"sums": {}},
        {"sums": {"../../../../etc/hostname": "00"}},
        {"sums": None},
        {"sums": 7},
        {"schema": "1"},
        {"schema": None},
        {"audit_seq": "1"},
        {"audit_seq": 10_000},
        {"audit_mac": ["x"]},
        {"audit_mac": "00" * 32},
        {"made_at": {}},
    ],
)
def test_a_manifest_that_does_not_fit_is_damage(
    made: Made, packed: Path, changes: dict[str, object]
) -> None:
    assert nothing_changed(made, repacked(packed, said(**changes))) == "backup.damaged"


@pytest.mark.parametrize("text", ["", "[]", "7", "{}", "[" * 60_000, '{"schema": 1}', "\xff"])
def test_a_manifest_that_is_none_is_damage(made: Made, packed: Path, text: str) -> None:
    path = repacked(packed, lambda parts: parts.update({"manifest.json": text.encode("latin-1")}))
    assert nothing_changed(made, path) == "backup.damaged"
    (made.folder / FOLDER).mkdir(exist_ok=True)
    shutil.copy(path, made.folder / FOLDER / "2026-10-01.schoolbackup")
    with made.open(read_only=True) as school:
        assert school.problems() == []  # it cannot say anything about the trail


@pytest.mark.parametrize("missing", [database.DATA, KEYS, "manifest.json"])
def test_a_backup_without_one_of_its_parts_is_damage(
    made: Made, packed: Path, missing: str
) -> None:
    with zipfile.ZipFile(packed) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if name != missing}
    path = packed.with_name("changed.schoolbackup")
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert nothing_changed(made, path) == "backup.damaged"


@pytest.mark.parametrize(
    "change_it",
    [
        lambda parts: parts.update({database.DATA: b""}),
        lambda parts: parts.update({database.DATA: b"x"}),
        lambda parts: parts.update({database.DATA: parts[database.DATA][:-4096]}),
        lambda parts: parts.update({database.DATA: bytes(len(parts[database.DATA]))}),
        lambda parts: parts.update({database.DATA: b"SQLite format 3\0" + bytes(8176)}),
        lambda parts: parts.update({KEYS: b"{}"}),
        lambda parts: parts.update({KEYS: b""}),
    ],
)
def test_a_backup_with_good_sums_of_something_else_is_damage(
    made: Made, packed: Path, change_it: Callable[[dict[str, bytes]], object]
) -> None:
    assert nothing_changed(made, repacked(packed, change_it)) == "backup.damaged"


def test_a_planted_key_in_a_backup_is_not_restored(made: Made, packed: Path) -> None:
    def plant(parts: dict[str, bytes]) -> None:
        folder = packed.parent / "planted"
        folder.mkdir()
        (folder / KEYS).write_bytes(parts[KEYS])
        keys = KeyFile.read(folder)
        keys, _ = keys.with_slot("zelf verzonnen ingang", keys.open(DIRECTOR).database_key)
        keys.write(folder)
        parts[KEYS] = (folder / KEYS).read_bytes()
        shutil.rmtree(folder)

    assert nothing_changed(made, repacked(packed, plant)) == "backup.damaged"


def test_a_bomb_is_not_unpacked(made: Made, packed: Path, tmp_path: Path) -> None:
    """A gigabyte of nothing is a megabyte when packed together."""

    def bomb(parts: dict[str, bytes]) -> None:
        parts[database.DATA] = bytes(64 * 2**20)

    path = repacked(packed, bomb, compression=zipfile.ZIP_DEFLATED)
    assert path.stat().st_size < 2**20
    assert nothing_changed(made, path) == "backup.damaged"
    unpacked = tmp_path / "unpacked"
    unpacked.mkdir()
    with pytest.raises(FileError):
        backup.unpack(path, unpacked)
    assert list(unpacked.iterdir()) == []


def test_names_that_climb_out_of_the_folder_are_not_followed(
    made: Made, packed: Path, tmp_path: Path
) -> None:
    def climb(parts: dict[str, bytes]) -> None:
        parts["../../climbed"] = b"x"
        parts["/climbed"] = b"x"
        parts["..\\climbed"] = b"x"

    restore(repacked(packed, climb), tmp_path / "back", DIRECTOR, made.clock)
    assert not list(tmp_path.parent.rglob("*climbed*"))
    assert not Path("/climbed").exists()
    assert not list((tmp_path / "back").glob("*climbed*"))


def test_a_trail_that_was_changed_in_the_backup_is_damage(made: Made, packed: Path) -> None:
    """The anchor in the manifest does not lie at the end of another trail."""
    other = read_manifest(packed)
    wrong = replace(other, audit_mac="ab" * 32)
    path = repacked(packed, said(audit_mac=wrong.audit_mac))
    assert nothing_changed(made, path) == "backup.damaged"
    assert other.anchor == Anchor(other.audit_seq, other.audit_mac)


def test_a_backup_of_another_school_opens_with_its_own_secrets_only(
    made: Made, packed: Path, tmp_path: Path
) -> None:
    other = make_school(tmp_path / "other")
    with other.open() as school:
        renew_paper_key(school)
        school.set_passphrase(school.who.id, "de wachtzin van een ander")
        school.back_up(tmp_path / "other.schoolbackup")
    assert nothing_changed(made, tmp_path / "other.schoolbackup") == "unlock.wrong"


def test_an_older_backup_opens_with_the_secrets_of_its_day(
    made: Made, packed: Path, tmp_path: Path
) -> None:
    with made.open() as school:
        school.set_passphrase(school.who.id, "de wachtzin van vandaag")
        renew_paper_key(school)
        school.back_up(tmp_path / "two.schoolbackup")
    for place, (path, secret) in enumerate(
        [(packed, DIRECTOR), (tmp_path / "two.schoolbackup", "de wachtzin van vandaag")]
    ):
        restore(path, tmp_path / str(place), secret, made.clock)
    with pytest.raises(KnownError):
        restore(packed, tmp_path / "3", "de wachtzin van vandaag", made.clock)
    assert not (tmp_path / "3").exists()
