"""One writer at a time, also when the school file lies on a share.

The lock lies beside the database, names the computer and the user, and is never taken over by
itself: another computer cannot know whether this one sleeps or died. There is one exception,
where it is certain: the lock was taken by this user on this computer, and the operating system
says that no program of theirs holds the school file any more (it crashed, or the power failed).
"""

from __future__ import annotations

import contextlib
import getpass
import hashlib
import json
import os
import platform
import threading
import uuid
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from filelock import (
    FileLock,
    SoftFileLock,
    SoftFileLockProtocolError,
    StrictSoftFileLock,
    Timeout,
)

from schoolprivacy.clock import Clock
from schoolprivacy.errors import InUseError
from schoolprivacy.settings import station_folder
from schoolprivacy.vault.files import reachable, write_durably

LOCK = "in-use.lock"
HOLDER = "in-use.json"
HEARTBEAT_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Holder:
    """Who writes in a school file.

    :param station: random mark of this user on this computer
    :param token: random mark of this one holding
    :param since: ISO moment; the last sign of life is the time of the file itself
    """

    user: str
    computer: str
    station: str
    token: str
    since: str


class WriterLock:
    """The right to write in one school folder, until released."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._folder = folder
        self._clock = clock
        self._lock: StrictSoftFileLock | SoftFileLock = StrictSoftFileLock(
            folder / LOCK, timeout=0, thread_local=False
        )
        self._station, self._alive, self._note = _station(folder)
        self._holder: Holder | None = None
        self._stop = threading.Event()

    def acquire(self, *, take_over: bool = False) -> None:
        """Become the writer.

        :param take_over: somebody decided by hand that the present holder is gone
        :raises InUseError: somebody else is writing; the sentence says who, where and since when
        :raises FileError: the folder cannot be written in
        """
        try:
            self._alive.acquire(timeout=0)
        except Timeout:
            raise self._in_use() from None
        try:
            with reachable(self._folder):
                self._acquire_shared(take_over=take_over)
                moment = self._clock.now().isoformat()
                user, token = getpass.getuser(), uuid.uuid4().hex
                self._holder = Holder(user, platform.node(), self._station, token, moment)
                write_durably(self._folder / HOLDER, json.dumps(asdict(self._holder)).encode())
        except BaseException:
            self.release()
            raise
        threading.Thread(target=self._beat, name="heartbeat", daemon=True).start()

    def _acquire_shared(self, *, take_over: bool) -> None:
        """Take the lock beside the database, that other computers see."""
        before = self._note.read_text(encoding="ascii") if self._note.is_file() else ""
        try:
            self._note.write_text(str(os.getpid()), encoding="ascii")
            self._acquire_file()
        except Timeout:
            if not (take_over or self._left_behind(before)):
                raise self._in_use() from None
            self._break()
            try:
                self._acquire_file()
            except Timeout:  # somebody was quicker
                raise self._in_use() from None

    def _acquire_file(self) -> None:
        try:
            self._lock.acquire(timeout=0)
        except (SoftFileLockProtocolError, OSError) as error:
            if isinstance(error, Timeout) or not _lacks_links(self._folder):
                if isinstance(error, SoftFileLockProtocolError):
                    raise self._in_use() from error
                raise
            # FAT, as on most sticks: the plain lock file, which the strict one respects.
            self._lock = SoftFileLock(self._folder / LOCK, timeout=0, thread_local=False)
            self._lock.acquire(timeout=0)

    def _left_behind(self, noted: str) -> bool:
        """Ours, on this computer, and no living program has it: we have the system's lock now.

        :param noted: process that was the last of ours to try; it may have been cut off before it
            could write down that it is the holder
        """
        holder = read_holder(self._folder)
        if holder is None and isinstance(self._lock, StrictSoftFileLock):
            return all(
                (str(claim.pid), claim.hostname) == (noted, platform.node())
                for claim in self._lock.claims
            )
        return (
            holder is not None
            and holder.station == self._station
            and holder.computer == platform.node()
        )

    def _break(self) -> None:
        strict = StrictSoftFileLock(self._folder / LOCK, timeout=0, thread_local=False)
        with contextlib.suppress(OSError, SoftFileLockProtocolError):  # then it stays in use
            for claim in strict.claims:
                with contextlib.suppress(FileNotFoundError):
                    strict.force_break(claim.name)
            if strict.lock_path_occupant:
                (self._folder / LOCK).unlink(missing_ok=True)

    def _in_use(self) -> InUseError:
        holder = read_holder(self._folder)
        if holder is None:
            return InUseError("file.in_use_unknown", place=self._folder)
        since = datetime.fromisoformat(holder.since).astimezone()
        return InUseError(
            "file.in_use",
            user=holder.user,
            computer=holder.computer,
            since=f"{since:%d-%m-%Y %H:%M}",
        )

    def check(self) -> None:
        """See that nothing stands in the way of writing.

        :raises InUseError: somebody took the lock over; nothing may be written any more
        :raises FileError: the folder is gone
        """
        if self.still_ours():
            return
        if self._holder is not None:
            with reachable(self._folder):
                self._folder.stat()
                with contextlib.suppress(FileNotFoundError):
                    (self._folder / HOLDER).read_bytes()
        raise InUseError("file.taken_over")

    def still_ours(self) -> bool:
        """False when somebody took the lock over, or the folder is gone."""
        ours, holder = self._holder, read_holder(self._folder)
        return ours is not None and holder is not None and holder.token == ours.token

    def _beat(self) -> None:
        while not self._stop.wait(HEARTBEAT_SECONDS):
            # A share that is gone for a moment is no reason to stop: the next write finds out.
            # The file is not written anew: it may be somebody else's by now.
            with contextlib.suppress(OSError):
                moment = self._clock.now().timestamp()
                if self.still_ours():
                    os.utime(self._folder / HOLDER, (moment, moment))

    def release(self) -> None:
        """Let the next one write."""
        self._stop.set()
        with contextlib.suppress(OSError):
            if self.still_ours():
                (self._folder / HOLDER).unlink()
        self._holder = None
        with contextlib.suppress(OSError, SoftFileLockProtocolError):
            self._lock.release()
        with contextlib.suppress(OSError):
            self._note.unlink()
        self._alive.release()


def read_holder(folder: Path) -> Holder | None:
    """Who holds the lock now, as far as can be read."""
    try:
        holder = Holder(**json.loads((folder / HOLDER).read_text(encoding="utf-8")))
        datetime.fromisoformat(holder.since)
    except (OSError, ValueError, TypeError, RecursionError):
        return None
    return holder


def is_held(folder: Path) -> bool:
    """Whether somebody has the right to write, as it is now; nothing is changed.

    A program of this user on this computer that crashed holds nothing.

    :raises FileError: the user's own folder on this computer cannot be used
    """
    holder = read_holder(folder)
    if holder is None:
        lock = StrictSoftFileLock(folder / LOCK, timeout=0, thread_local=False)
        try:
            return bool(lock.claims or lock.lock_path_occupant)
        except (OSError, SoftFileLockProtocolError):
            return True
    station, alive, _ = _station(folder)
    if (holder.station, holder.computer) != (station, platform.node()):
        return True
    try:
        with alive.acquire(timeout=0):
            return False
    except Timeout:
        return True


def _lacks_links(folder: Path) -> bool:
    """Whether the strict lock cannot work here: it needs hard links."""
    probe, link = (folder / f".probe-{uuid.uuid4().hex}{end}" for end in ("", "-link"))
    try:
        probe.touch()
    except OSError:
        return False  # something else is wrong
    try:
        os.link(probe, link)
    except (OSError, NotImplementedError, AttributeError):
        return True
    finally:
        probe.unlink()
        link.unlink(missing_ok=True)
    return False


def _station(folder: Path) -> tuple[str, FileLock, Path]:
    """This user's mark on this computer; for one school the system's own lock and a note."""
    place = station_folder()
    with reachable(place):
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
        mark = place / "station"
        with FileLock(place / "station.lock"):
            if not mark.is_file():
                write_durably(mark, uuid.uuid4().hex.encode())
        station = mark.read_text(encoding="ascii")
    name = hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:24]
    return station, FileLock(place / f"{name}.lock", thread_local=False), place / f"{name}.tried"
