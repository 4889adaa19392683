"""The fault table: what each fault of disk and file gives, and that nothing is lost by it."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from schoolprivacy.access import actions as access
from schoolprivacy.errors import FileError
from schoolprivacy.school import School
from schoolprivacy.vault import database
from schoolprivacy.vault.database import PAGE_BYTES
from schoolprivacy.vault.tables import meta
from tests.vault.schools import (
    ADMINISTRATION,
    DIRECTOR,
    TORTURE,
    Made,
    change,
    make_school,
    phone,
    program,
    refused,
    renew_paper_key,
)

SmallDisk = Callable[[str], Path]
LARGE = b"%PDF-" + bytes(8 * 1024 * 1024)  # more than the small disks below can hold
FLIPS = 1500 if TORTURE else 60
LENGTHS = 300 if TORTURE else 25


# — damaged —


@pytest.mark.torture
def test_every_flipped_bit_is_found_at_opening(made: Made) -> None:
    whole = made.data.read_bytes()
    key = made.database_key
    chance = random.Random(20261102)
    places = chance.sample(range(16 * 8, len(whole) * 8), FLIPS)
    for place in places:
        flipped = bytearray(whole)
        flipped[place // 8] ^= 1 << place % 8
        made.data.write_bytes(flipped)
        assert _found(made, key), f"bit {place} was not found"
    assert refused(made.open) == "file.damaged"
    assert made.data.read_bytes() == flipped
    made.data.write_bytes(whole)
    made.open().lock()


def _found(made: Made, key: str) -> bool:
    try:
        raw = database.connect(made.data, key, read_only=True)
    except FileError as error:
        return error.key == "file.damaged"
    try:
        return bool(database.integrity_problems(raw))
    except database.sqlcipher.DatabaseError:
        return True
    finally:
        raw.close()


def test_a_damaged_page_is_told_by_the_whole_opening(made: Made) -> None:
    whole = made.data.read_bytes()
    for page in range(0, len(whole) // PAGE_BYTES, 7):
        flipped = bytearray(whole)
        flipped[page * PAGE_BYTES + 2000] ^= 4
        made.data.write_bytes(flipped)
        for read_only in (False, True):
            assert refused(made.open, read_only=read_only) == "file.damaged"


def test_swapped_pages_are_found(made: Made) -> None:
    """Each page is right in itself; only not at its place."""
    whole = made.data.read_bytes()
    pages = [whole[start : start + PAGE_BYTES] for start in range(0, len(whole), PAGE_BYTES)]
    pages[3], pages[4] = pages[4], pages[3]
    made.data.write_bytes(b"".join(pages))
    assert refused(made.open) == "file.damaged"


@pytest.mark.parametrize("length", [0, 1, 15, 16, 511, 512, 4095, 4096, 4097, 8192, -1, -4096])
def test_a_truncated_file_is_damaged_and_never_an_empty_school(made: Made, length: int) -> None:
    with made.data.open("r+b") as file:
        file.truncate(length if length >= 0 else made.data.stat().st_size + length)
    before = made.sound()
    for read_only in (False, True):
        assert refused(made.open, read_only=read_only) == "file.damaged"
    assert made.sound() == before


@pytest.mark.torture
def test_a_file_truncated_to_any_length_is_damaged(made: Made) -> None:
    whole, key = made.data.read_bytes(), made.database_key
    for length in sorted(random.Random(7).sample(range(len(whole)), LENGTHS), reverse=True):
        made.data.write_bytes(whole[:length])
        assert _found(made, key), length


@pytest.mark.parametrize(
    "content", [b"\0" * 8192, b"SQLite format 3\0" + bytes(8176), b"PK" * 4096]
)
def test_what_is_no_database_of_ours_is_never_called_a_wrong_passphrase(
    made: Made, content: bytes
) -> None:
    made.data.write_bytes(content)
    for secret in (DIRECTOR, ADMINISTRATION, made.paper_key):
        assert refused(made.open, secret) in {"file.damaged", "file.not_ours"}
    assert refused(made.open, "een verkeerde wachtzin") == "unlock.wrong"
    assert made.data.read_bytes() == content


def test_the_database_of_another_school_is_damaged_not_opened(made: Made, tmp_path: Path) -> None:
    other = make_school(tmp_path / "other")
    shutil.copy(other.data, made.data)
    assert refused(made.open) == "file.damaged"


def test_keys_of_another_school_open_nothing(made: Made, tmp_path: Path) -> None:
    other = make_school(tmp_path / "other")
    shutil.copy(other.keys, made.keys)
    assert refused(made.open) == "file.damaged"


def test_a_database_of_another_program_is_not_ours(made: Made) -> None:
    with made.raw() as raw:
        raw.execute("PRAGMA application_id=7")
    before = made.sound()
    assert refused(made.open) == "file.not_ours"
    assert made.sound() == before


def test_a_dangling_reference_is_damage(made: Made) -> None:
    with made.raw() as raw:
        raw.execute("PRAGMA foreign_keys=OFF")
        raw.execute("INSERT INTO placement VALUES ('nobody', 2026, '3', NULL)")
    assert refused(made.open) == "file.damaged"


def test_lost_first_bytes_are_put_back(made: Made) -> None:
    whole = made.data.read_bytes()
    made.data.write_bytes(bytes(16) + whole[16:])
    assert refused(made.open, read_only=True) == "file.damaged"
    with made.open() as school:
        assert school.problems() == []
    assert made.data.read_bytes() == whole


def test_first_bytes_are_not_put_back_when_more_is_lost(made: Made) -> None:
    whole = made.data.read_bytes()
    made.data.write_bytes(bytes(32) + whole[32:])
    assert refused(made.open) == "file.damaged"
    assert made.data.read_bytes() == bytes(32) + whole[32:]


def test_lost_first_bytes_are_put_back_after_the_keys_were_renewed(made: Made) -> None:
    with made.open() as school:
        renew_paper_key(school)
    whole = made.data.read_bytes()
    made.data.write_bytes(os.urandom(16) + whole[16:])
    made.open().lock()
    assert made.data.read_bytes() == whole


# — newer and missing —


def test_a_newer_file_is_not_touched(made: Made) -> None:
    with made.raw() as raw:
        raw.execute(f"PRAGMA user_version={database.SCHEMA_VERSION + 1}")
        raw.execute("CREATE TABLE of_the_future (x)")
    before = made.sound()
    for read_only in (False, True):
        assert refused(made.open, read_only=read_only) == "file.newer"
    assert made.sound() == before
    assert not (made.folder / "in-use.json").exists()


@pytest.mark.parametrize("what", ["folder", "data", "file", "empty", "data is a folder"])
def test_what_is_not_there_is_not_made(made: Made, what: str, tmp_path: Path) -> None:
    place = made.folder
    if what == "folder":
        place = tmp_path / "nowhere"
    elif what == "file":
        place = made.data
    elif what == "empty":
        place = tmp_path / "empty"
        place.mkdir()
    elif what == "data":
        made.data.unlink()
    else:
        made.data.unlink()
        made.data.mkdir()
    before = sorted(tmp_path.rglob("*.db"))
    key = refused(School.open, place, DIRECTOR, made.clock)
    assert key in {"file.missing"} if what != "data is a folder" else key != "unlock.wrong"
    assert sorted(tmp_path.rglob("*.db")) == before


# — a full disk —


def hold_down(school: School, pages: int) -> None:
    """Let the database grow no further than so many pages more."""
    with school._raw() as raw:
        (now,) = raw.execute("PRAGMA page_count").fetchone()
        raw.execute("PRAGMA query_only=OFF")
        raw.execute(f"PRAGMA max_page_count={now + pages}")


def store_much(school: School, size: int = len(LARGE)) -> None:
    with school.transaction() as session:
        session.execute(sa.text("INSERT INTO meta VALUES ('a', 'b')"))
        session.execute(
            sa.text("INSERT INTO attachment VALUES ('a', 'b', 'c', 'd', zeroblob(:n))"),
            [{"n": size}],
        )
        session.audit("test")


def test_a_database_that_may_not_grow_rolls_back_and_works_after(school: School) -> None:
    change(school, "0201111111")
    hold_down(school, 4)
    assert refused(store_much, school) == "file.full"
    with school.reading() as session:
        query = sa.select(sa.func.count()).select_from(meta).where(meta.c.key == "a")
        assert session.execute(query).scalar_one() == 0
    assert phone(school) == "0201111111"
    change(school, "0202222222")
    assert phone(school) == "0202222222"
    assert school.problems() == []


def test_a_full_disk_rolls_back_and_works_again_with_room(
    made: Made, small_disk: SmallDisk
) -> None:
    disk = small_disk("size=3m")
    on_disk = made.copy_to(disk / "school")
    with on_disk.open() as school:
        change(school, "0201111111")
        filler = fill(disk)
        assert refused(store_much, school) == "file.full"
        assert phone(school) == "0201111111"
        filler.unlink()
        change(school, "0202222222")
        assert school.problems() == []
    with on_disk.open() as school:
        assert phone(school) == "0202222222"


def fill(disk: Path, leave: int = 0) -> Path:
    """A file that takes all room but so many bytes."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while file.write(bytes(4096)):
                pass
        except OSError:
            pass
        file.truncate(max(0, file.tell() - leave))
    return filler


def test_a_full_disk_is_told_at_opening(made: Made, small_disk: SmallDisk) -> None:
    disk = small_disk("size=3m")
    on_disk = made.copy_to(disk / "school")
    filler = fill(disk)
    assert refused(on_disk.open) == "file.full"
    with on_disk.open(read_only=True) as school:
        assert school.problems() == []
    filler.unlink()
    on_disk.open().lock()


def test_a_full_disk_for_this_computers_own_folder(
    made: Made, small_disk: SmallDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = small_disk("size=1m,nr_inodes=1")
    monkeypatch.setenv("XDG_STATE_HOME", str(disk))
    assert refused(made.open) == "file.full"


def test_a_school_is_not_half_made_on_a_full_disk(small_disk: SmallDisk, tmp_path: Path) -> None:
    for size in ("40k", "120k", "200k", "280k", "360k", "440k"):
        disk = small_disk(f"size={size}")
        try:
            made = make_school(disk / "school")
        except FileError as error:
            if error.key == "file.not_made":
                assert list(disk.iterdir()) == []
                continue
            assert error.key in {"backup.not_written"}
        else:
            made.open(read_only=True).lock()


def test_a_full_disk_keeps_the_old_passphrase(made: Made, small_disk: SmallDisk) -> None:
    disk = small_disk("size=4m")
    on_disk = made.copy_to(disk / "school")
    new = "zes gele honden blaffen"
    for leave in range(0, 40_000, 4096):
        with on_disk.open() as school:
            filler = fill(disk, leave)
            try:
                access.change_own_passphrase(school, new)
                works, stopped = new, DIRECTOR
            except FileError as error:
                assert error.key == "file.full"
                works, stopped = DIRECTOR, new
            filler.unlink()
            change(school, "0201111111")
            assert school.problems() == []
        assert refused(on_disk.open, stopped) == "unlock.wrong"
        on_disk.open(works).lock()
        if works == new:
            break
    else:
        pytest.fail("never enough room")
    with on_disk.open(new) as school:
        assert school.problems() == []


def test_a_failed_passphrase_can_be_tried_again(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whichever of the files of the keys cannot be written."""
    from schoolprivacy.vault import keys as keys_module

    write = keys_module.write_durably
    with made.open() as school:
        for number, fails in enumerate([made.keys, made.spare, made.keys]):
            new = f"wachtzin nummer {number} van de directie"

            def no_room(path: Path, data: bytes, fails: Path = fails) -> None:
                if path == fails:
                    raise OSError(28, "No space left on device")
                write(path, data)

            monkeypatch.setattr(keys_module, "write_durably", no_room)
            if fails == made.keys:
                assert refused(school.set_passphrase, school.who.id, new) == "file.full"
                monkeypatch.setattr(keys_module, "write_durably", write)
                assert refused(made.open, new, read_only=True) == "unlock.wrong"
            school.set_passphrase(school.who.id, new + " toch")
            monkeypatch.setattr(keys_module, "write_durably", write)
            made.open(new + " toch", read_only=True).lock()
            behind = ["verify.keys_copy"] if fails == made.spare else []
            assert [each.key for each in school.problems()] == behind
    made.open(new + " toch").lock()
    assert made.keys.read_bytes() == made.spare.read_bytes()


def test_a_passphrase_that_the_database_could_not_settle_works_at_once_and_after(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(self: School, change: object) -> None:
        raise FileError("file.full", place=self.folder)

    first, second = "de eerste nieuwe wachtzin", "de tweede nieuwe wachtzin"
    with made.open() as school:
        with monkeypatch.context() as patch:
            patch.setattr(School, "_finish", no_room)
            school.set_passphrase(school.who.id, first)
        made.open(first, read_only=True).lock()
        school.set_passphrase(school.who.id, second)
        assert school.problems() == []
    assert refused(made.open, first) == "unlock.wrong"
    assert refused(made.open, DIRECTOR) == "unlock.wrong"
    made.open(second).lock()
    made.open(ADMINISTRATION).lock()


def test_a_full_disk_keeps_the_paper_key_in_the_safe(made: Made, small_disk: SmallDisk) -> None:
    disk = small_disk("size=6m")
    on_disk = made.copy_to(disk / "school")
    with on_disk.open() as school:
        failed = 0
        for leave in range(0, 3_000_000, 131_072):
            filler = fill(disk, leave)
            try:
                paper_key = renew_paper_key(school)
            except FileError:
                failed += 1
                paper_key = ""
            filler.unlink()
            change(school, "0201111111")
            assert school.problems() == []
            on_disk.open(paper_key or made.paper_key, read_only=True).lock()
            if paper_key:
                break
        assert failed
        assert paper_key
    assert refused(on_disk.open, made.paper_key) == "unlock.wrong"
    for secret in (paper_key, DIRECTOR, ADMINISTRATION):
        on_disk.open(secret).lock()


# — a read-only place —


@pytest.fixture
def read_only_place(made: Made, small_disk: SmallDisk) -> tuple[Made, Callable[[str], None]]:
    """A school on a disk that can be made read-only (``ro``) or not (``rw``)."""
    if not hasattr(os, "geteuid"):
        pytest.skip("Windows: the attribute of a folder does not keep a program from writing")
    if os.geteuid() != 0:

        def forbid(how: str) -> None:
            for path in (made.folder, *made.folder.rglob("*")):
                path.chmod((0o755 if how == "rw" else 0o555) & (0o777 if path.is_dir() else 0o666))

        return made, forbid
    disk = small_disk("size=8m")

    def remount(how: str) -> None:
        subprocess.run(["mount", "-o", f"remount,{how}", str(disk)], check=True)

    return made.copy_to(disk / "school"), remount


ReadOnlyPlace = tuple[Made, Callable[[str], None]]


def test_a_read_only_place_opens_to_read_only(read_only_place: ReadOnlyPlace) -> None:
    made, remount = read_only_place
    remount("ro")
    assert refused(made.open) == "file.read_only"
    with made.open(read_only=True) as school:
        assert phone(school) == ""
        assert school.problems() == []
        assert refused(change, school, "0201111111") == "file.opened_read_only"
    remount("rw")
    made.open().lock()


def test_a_place_that_becomes_read_only_stores_nothing(read_only_place: ReadOnlyPlace) -> None:
    made, remount = read_only_place
    with made.open() as school:
        change(school, "0201111111")
        school._engine.dispose()  # the disk cannot be made read-only with a file open to write
        remount("ro")
        for _ in range(2):
            assert refused(change, school, "0202222222") == "file.read_only"
            assert phone(school) == "0201111111"
        assert (
            refused(school.set_passphrase, school.who.id, "een nieuwe wachtzin") == "file.read_only"
        )
        school._engine.dispose()
        remount("rw")
        change(school, "0203333333")
    made.open().lock()


def test_a_backup_in_a_read_only_place_is_told(
    school: School, read_only_place: ReadOnlyPlace
) -> None:
    place, remount = read_only_place
    remount("ro")
    assert refused(school.back_up, place.folder / "a.schoolbackup") == "backup.not_written"
    remount("rw")


def leave_hot_journal(made: Made) -> None:
    """A process dies in the middle of storing, when pages were written already."""
    source = f"""
import os, signal
from pathlib import Path
from schoolprivacy.vault import database
raw = database.connect(Path({str(made.data)!r}), {made.database_key!r}, migrating=True)
raw.execute("PRAGMA cache_size=1")
raw.execute("PRAGMA cache_spill=1")
raw.execute("BEGIN IMMEDIATE")
raw.execute("UPDATE profile SET phone = 'half'")
raw.execute("UPDATE purpose SET position = position + 1")
raw.execute("INSERT INTO attachment VALUES ('a', 'b', 'c', 'd', randomblob(200000))")
os.kill(os.getpid(), signal.SIGKILL)
"""
    before = made.data.read_bytes()
    assert program(source).returncode == -9
    assert (made.folder / "data.db-journal").stat().st_size > 512
    assert made.data.read_bytes() != before


@pytest.mark.parametrize("read_only", [False, True])
def test_half_a_transaction_is_rolled_back_at_opening(made: Made, read_only: bool) -> None:
    leave_hot_journal(made)
    with made.open(read_only=read_only) as school:
        assert phone(school) == ""
        assert school.problems() == []
    assert not (made.folder / "data.db-journal").exists()


def test_half_a_transaction_in_a_read_only_place_is_told(read_only_place: ReadOnlyPlace) -> None:
    made, remount = read_only_place
    leave_hot_journal(made)
    before = made.data.read_bytes()
    remount("ro")
    assert refused(made.open, read_only=True) == "file.read_only_unfinished"
    assert refused(made.open) == "file.read_only"
    assert made.data.read_bytes() == before
    remount("rw")
    with made.open() as school:
        assert phone(school) == ""


# — gone, and back —


def test_a_stick_that_was_pulled_and_put_back(made: Made, small_disk: SmallDisk) -> None:
    disk = small_disk("size=8m")
    on_disk = made.copy_to(disk / "school")
    with on_disk.open() as school:
        change(school, "0201111111")
        kept = made.copy_to(disk.parent / "elsewhere")
        shutil.copytree(on_disk.folder, kept.folder, dirs_exist_ok=True)
        subprocess.run(["umount", "-l", str(disk)], check=True)
        assert refused(change, school, "0202222222") == "file.unreachable"
        assert refused(change, school, "0202222222") == "file.unreachable"
        shutil.copytree(kept.folder, on_disk.folder)
        change(school, "0203333333")
        assert phone(school) == "0203333333"
        assert school.problems() == []


def test_a_folder_that_disappears_under_our_hands(made: Made, tmp_path: Path) -> None:
    school = made.open()
    change(school, "0201111111")
    made.folder.rename(tmp_path / "elsewhere")
    assert refused(change, school, "0202222222") == "file.unreachable"
    (tmp_path / "elsewhere").rename(made.folder)
    change(school, "0203333333")
    school.lock()
    made.open().lock()


def test_closing_without_the_folder_is_told_and_forgets_the_key(made: Made, tmp_path: Path) -> None:
    school = made.open()
    change(school, "0201111111")
    made.folder.rename(tmp_path / "elsewhere")
    school.lock()
    with pytest.raises(ValueError, match="64 hex"):
        phone(school)
    (tmp_path / "elsewhere").rename(made.folder)
    with made.open() as school:  # by the same station: what was left behind is no obstacle
        assert phone(school) == "0201111111"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not let an open file go")
@pytest.mark.parametrize("way", ["unlinked", "replaced by an older one", "replaced by garbage"])
def test_nothing_is_written_into_a_file_that_was_replaced(made: Made, way: str) -> None:
    """A program that synchronises folders does this; what we wrote would be in no file at all."""
    old = made.data.read_bytes()
    with made.open() as school:
        change(school, "0201111111")
        now = made.data.read_bytes()
        if way == "unlinked":
            made.data.unlink()
        else:
            beside = made.folder / "beside"
            beside.write_bytes(old if way == "replaced by an older one" else os.urandom(len(old)))
            beside.replace(made.data)
        assert refused(change, school, "0202222222") == "file.unreachable"
        after = {
            "unlinked": "file.missing",
            "replaced by garbage": "file.damaged",
        }
        if way in after:
            assert refused(change, school, "0202222222") == after[way]
            assert refused(phone, school) == after[way]
        made.data.write_bytes(now)
        change(school, "0203333333")
        assert phone(school) == "0203333333"
        assert school.problems() == []


def test_after_damage_under_our_hands_a_restored_file_works_again(made: Made) -> None:
    with made.open() as school:
        change(school, "0201111111")
        whole = made.data.read_bytes()
        made.data.write_bytes(os.urandom(len(whole)))
        assert refused(change, school, "0202222222") == "file.damaged"
        assert refused(phone, school) == "file.damaged"
        made.data.write_bytes(whole)
        assert phone(school) == "0201111111"
        change(school, "0203333333")
        assert school.problems() == []


def test_damage_under_our_hands_is_found_by_verifying(school: School, made: Made) -> None:
    content = bytearray(made.data.read_bytes())
    content[-100] ^= 1
    made.data.write_bytes(content)
    assert [each.key for each in school.problems()] == ["file.damaged"]


def test_a_file_kept_busy_is_told_as_such(
    school: School, made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    school._engine.dispose()
    connect = database.sqlcipher.connect

    def impatient(*given: Any, **named: Any) -> Any:
        return connect(*given, **named | {"timeout": 0.01})

    monkeypatch.setattr(database.sqlcipher, "connect", impatient)
    with made.raw() as raw:
        raw.execute("BEGIN EXCLUSIVE")
        assert refused(change, school, "0201111111") == "file.busy"
        raw.execute("ROLLBACK")
    change(school, "0202222222")
