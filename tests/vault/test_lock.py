"""One writer at a time: who is told what, who may take over, and what a crash leaves behind."""

from __future__ import annotations

import getpass
import json
import os
import platform
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from schoolprivacy.clock import SetClock
from schoolprivacy.errors import InUseError
from schoolprivacy.school import School
from schoolprivacy.vault import lock as lock_module
from schoolprivacy.vault.lock import HOLDER, LOCK, WriterLock, read_holder
from tests.vault.schools import DIRECTOR, NOW, Made, change, phone, refused, renew_paper_key

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def another_computer(place: Path) -> Iterator[None]:
    """What happens here happens at another workplace, which has an own folder of this program."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(place / "other-station"))
        yield


@contextmanager
def another_process(made: Made, then: str = "") -> Iterator[subprocess.Popen[str]]:
    """Opens the school to write, says so, and waits."""
    source = f"""
import sys
from pathlib import Path
from schoolprivacy.school import School
school = School.open(Path({str(made.folder)!r}), {DIRECTOR!r})
{then}
print("open", flush=True)
sys.stdin.readline()
school.lock()
"""
    with subprocess.Popen(
        [sys.executable, "-c", source],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    ) as process:
        assert process.stdout and process.stdout.readline() == "open\n"
        yield process
        process.kill()


# — the second one —


def test_the_second_writer_hears_who_where_and_since_when(school: School, made: Made) -> None:
    with pytest.raises(InUseError) as caught:
        made.open()
    since = NOW.astimezone()
    assert caught.value.key == "file.in_use"
    assert caught.value.values == {
        "user": getpass.getuser(),
        "computer": platform.node(),
        "since": f"{since:%d-%m-%Y %H:%M}",
    }
    assert getpass.getuser() in str(caught.value)


def test_another_computer_hears_the_same(school: School, made: Made, tmp_path: Path) -> None:
    with another_computer(tmp_path):
        assert refused(made.open) == "file.in_use"


def test_another_process_is_the_second_too(made: Made) -> None:
    with another_process(made):
        assert refused(made.open) == "file.in_use"
        assert refused(made.open, take_over=True) == "file.in_use"  # it is alive: that is certain


def test_the_same_school_by_another_name_is_in_use_too(
    school: School, made: Made, tmp_path: Path
) -> None:
    link = tmp_path / "link"
    link.symlink_to(made.folder, target_is_directory=True)
    for place in (link, made.folder / ".." / made.folder.name):
        assert refused(School.open, place, DIRECTOR) == "file.in_use"


def test_a_reader_beside_a_writer_sees_what_was_stored(school: School, made: Made) -> None:
    with made.open(read_only=True) as reader:
        assert phone(reader) == ""
        change(school, "0201111111")
        assert phone(reader) == "0201111111"
        assert refused(change, reader, "0202222222") == "file.opened_read_only"
        assert reader.problems() == []
    change(school, "0203333333")


def test_the_lock_is_free_after_closing(made: Made, tmp_path: Path) -> None:
    made.open().lock()
    with another_computer(tmp_path):
        made.open().lock()
    made.open().lock()
    assert not (made.folder / HOLDER).exists()


def test_a_refused_opening_leaves_no_lock(made: Made, tmp_path: Path) -> None:
    assert refused(made.open, "een verkeerde wachtzin") == "unlock.wrong"
    whole = made.data.read_bytes()
    made.data.write_bytes(whole[:4096])
    assert refused(made.open) == "file.damaged"
    made.data.write_bytes(whole)
    with another_computer(tmp_path):
        made.open().lock()


def test_closing_twice_is_no_harm(made: Made) -> None:
    school = made.open()
    school.lock()
    with made.open() as again:
        school.lock()
        change(again, "0201111111")


# — taking over by hand —


def test_taking_over_makes_the_first_one_unable_to_write(made: Made, tmp_path: Path) -> None:
    first = made.open()
    change(first, "0201111111")
    with another_computer(tmp_path):
        second = made.open(take_over=True)
    assert refused(change, first, "0202222222") == "file.taken_over"
    assert refused(first.set_passphrase, first.who.id, "een nieuwe wachtzin") == "file.taken_over"
    assert refused(renew_paper_key, first) == "file.taken_over"
    assert phone(first) == "0201111111"
    change(second, "0203333333")
    first.lock()
    change(second, "0204444444")  # closing the first took nothing away from the second
    with another_computer(tmp_path / "third"):
        assert refused(made.open) == "file.in_use"
    second.lock()
    made.open().lock()


def test_the_first_one_stays_out_after_the_second_closed(made: Made, tmp_path: Path) -> None:
    first = made.open()
    with another_computer(tmp_path):
        made.open(take_over=True).lock()
    assert refused(change, first, "0202222222") == "file.taken_over"
    first.lock()


def test_what_was_begun_before_the_take_over_does_not_lose_the_second_ones_work(
    made: Made, tmp_path: Path
) -> None:
    first = made.open()
    with first.transaction() as session:
        with another_computer(tmp_path):
            second = made.open(take_over=True)
        session.audit("test")
    change(second, "0203333333")
    assert second.problems() == []
    second.lock()
    first.lock()


def test_nobody_takes_over_by_itself(made: Made, tmp_path: Path) -> None:
    """However long ago the holder gave a sign of life."""
    with another_computer(tmp_path):
        WriterLock(made.folder, SetClock(NOW.replace(year=1999))).acquire()
    assert refused(made.open) == "file.in_use"
    made.open(take_over=True).lock()


# — crashed —


@pytest.mark.skipif(sys.platform == "win32", reason="kills")
def test_a_killed_process_does_not_block_its_own_station(made: Made, tmp_path: Path) -> None:
    with another_process(made) as process:
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert (made.folder / HOLDER).exists()
        with another_computer(tmp_path):
            assert refused(made.open) == "file.in_use"
        with made.open() as school:
            change(school, "0201111111")
        with another_computer(tmp_path):
            made.open().lock()


@pytest.mark.skipif(sys.platform == "win32", reason="kills")
def test_a_process_killed_before_it_named_itself_does_not_block_its_own_station(
    made: Made, tmp_path: Path
) -> None:
    """Or after it took its name away, while closing."""
    with another_process(made) as process:
        process.send_signal(signal.SIGKILL)
        process.wait()
        (made.folder / HOLDER).unlink()
        with another_computer(tmp_path):
            assert refused(made.open) == "file.in_use_unknown"
        made.open().lock()


def test_a_crashed_process_of_another_station_keeps_its_lock(made: Made, tmp_path: Path) -> None:
    with another_computer(tmp_path):
        WriterLock(made.folder, made.clock).acquire()
        assert read_holder(made.folder)
    assert refused(made.open) == "file.in_use"
    made.open(read_only=True).lock()


def test_a_holder_with_our_station_on_another_computer_keeps_its_lock(
    made: Made, tmp_path: Path
) -> None:
    """A home folder that roams, or a disk image that was copied."""
    with another_computer(tmp_path):
        WriterLock(made.folder, made.clock).acquire()
    holder = read_holder(made.folder)
    assert holder
    ours = replace(holder, station=lock_module._station(made.folder)[0])
    for computer, free in (("ander-apparaat", False), (platform.node(), True)):
        (made.folder / HOLDER).write_text(json.dumps(asdict(replace(ours, computer=computer))))
        if free:
            made.open().lock()
        else:
            assert refused(made.open) == "file.in_use"


@pytest.mark.parametrize("content", [b"", b"\xff", b"[]", b"{}", b"7", b"[" * 200_000])
def test_an_unreadable_holder_is_nobody_by_name(made: Made, tmp_path: Path, content: bytes) -> None:
    with another_computer(tmp_path):
        WriterLock(made.folder, made.clock).acquire()
    holder = json.loads((made.folder / HOLDER).read_text())
    texts = [content, json.dumps(holder | {"since": "gisteren"}).encode()]
    texts += [json.dumps(holder | {"since": 7}).encode(), json.dumps(holder | {"x": 1}).encode()]
    for text in texts:
        (made.folder / HOLDER).write_bytes(text)
        assert refused(made.open) == "file.in_use_unknown"
    made.open(take_over=True).lock()


def test_something_else_at_the_place_of_the_lock_is_told(made: Made) -> None:
    (made.folder / LOCK).unlink()
    (made.folder / LOCK).mkdir()
    assert refused(made.open) == "file.in_use_unknown"
    made.open(read_only=True).lock()


# — places without hard links —


@pytest.fixture
def stick(monkeypatch: pytest.MonkeyPatch) -> None:
    """FAT and exFAT, as on most sticks: Linux says that it is not permitted to make a link."""

    def no_links(*_: object, **__: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)


@pytest.mark.usefixtures("stick")
def test_a_school_on_a_stick_has_one_writer_too(made: Made, tmp_path: Path) -> None:
    (made.folder / LOCK).unlink()
    with made.open() as school:
        change(school, "0201111111")
        assert refused(made.open) == "file.in_use"
        with another_computer(tmp_path):
            assert refused(made.open) == "file.in_use"
            second = made.open(take_over=True)
        assert refused(change, school, "0202222222") == "file.taken_over"
        change(second, "0203333333")
    change(second, "0204444444")
    second.lock()
    made.open().lock()
    assert not list(made.folder.glob(".probe*"))


def test_a_place_with_hard_links_respects_the_plain_lock(made: Made, tmp_path: Path) -> None:
    (made.folder / LOCK).unlink()
    with pytest.MonkeyPatch.context() as patch:

        def no_links(*_: object, **__: object) -> None:
            raise OSError(95, "Operation not supported")

        patch.setattr(os, "link", no_links)
        first = made.open()
    with another_computer(tmp_path):
        assert refused(made.open) == "file.in_use"
    change(first, "0201111111")
    first.lock()


# — sign of life —


def test_a_sign_of_life_is_given_while_the_school_is_open(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The time of the file that names the holder."""
    given = threading.Event()
    utime, later = os.utime, NOW.replace(hour=15)

    def seen(path: Path, times: tuple[float, float]) -> None:
        utime(path, times)
        if times[1] == later.timestamp():  # not one that was on its way before
            given.set()

    monkeypatch.setattr(lock_module, "HEARTBEAT_SECONDS", 0.001)
    lock = WriterLock(made.folder, made.clock)
    lock.acquire()
    named = (made.folder / HOLDER).read_bytes()
    made.clock.moment = later
    monkeypatch.setattr(os, "utime", seen)
    assert given.wait(timeout=20)
    assert (made.folder / HOLDER).stat().st_mtime == later.timestamp()
    assert (made.folder / HOLDER).read_bytes() == named
    lock.release()
    assert not (made.folder / HOLDER).exists()


def test_a_sign_of_life_never_takes_the_lock_back(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock_module, "HEARTBEAT_SECONDS", 0.001)
    first = WriterLock(made.folder, made.clock)
    first.acquire()
    with another_computer(tmp_path):
        second = WriterLock(made.folder, made.clock)
        second.acquire(take_over=True)
    assert not first.still_ours()
    assert second.still_ours()
    first.release()
    assert second.still_ours()
    second.release()


# — this computer's own folder —


def test_the_own_folder_that_cannot_be_made_is_told(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a file").touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "a file"))
    assert refused(made.open) == "file.unreachable"
    made.open(read_only=True).lock()


def test_nothing_of_the_school_stands_in_the_own_folder(school: School, made: Made) -> None:
    place = lock_module.station_folder()
    for path in place.rglob("*"):
        assert made.folder.name not in path.name
        if path.is_file():
            assert str(made.folder).encode() not in path.read_bytes()
