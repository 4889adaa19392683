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
import platform
import threading
import uuid
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from filelock import FileLock, SoftFileLockProtocolError, StrictSoftFileLock, Timeout

from schoolprivacy.clock import Clock
from schoolprivacy.errors import FileError, InUseError
from schoolprivacy.settings import station_folder
from schoolprivacy.vault.files import write_durably

LOCK = "in-use.lock"
HOLDER = "in-use.json"
HEARTBEAT_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Holder:
    """Who writes in a school file.

    :param station: random mark of this user on this computer
    :param token: random mark of this one holding
    :param since, beat: ISO moments
    """

    user: str
    computer: str
    station: str
    token: str
    since: str
    beat: str


class WriterLock:
    """The right to write in one school folder, until released."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._folder = folder
        self._clock = clock
        self._lock = StrictSoftFileLock(folder / LOCK, timeout=0, thread_local=False)
        self._station, self._alive = _station(folder)
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
            self._acquire_strict(take_over=take_over)
        except BaseException:
            self._alive.release()
            raise
        moment = self._clock.now().isoformat()
        self._holder = Holder(
            getpass.getuser(), platform.node(), self._station, uuid.uuid4().hex, moment, moment
        )
        self._write(self._holder)
        threading.Thread(target=self._beat, name="heartbeat", daemon=True).start()

    def _acquire_strict(self, *, take_over: bool) -> None:
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            if not (take_over or self._left_behind()):
                raise self._in_use() from None
            self._break()
            self._lock.acquire(timeout=0)
        except SoftFileLockProtocolError as error:
            raise self._in_use() from error
        except OSError as error:
            raise FileError("file.read_only", place=self._folder) from error

    def _left_behind(self) -> bool:
        """Ours, on this computer, and no living program has it: we have the system's lock now."""
        holder = read_holder(self._folder)
        return (
            holder is not None
            and holder.station == self._station
            and holder.computer == platform.node()
        )

    def _break(self) -> None:
        for claim in self._lock.claims:
            with contextlib.suppress(FileNotFoundError):
                self._lock.force_break(claim.name)

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

    def still_ours(self) -> bool:
        """False when somebody took the lock over; then nothing may be written any more."""
        holder = read_holder(self._folder)
        return (
            self._holder is not None and holder is not None and holder.token == self._holder.token
        )

    def _beat(self) -> None:
        while not self._stop.wait(HEARTBEAT_SECONDS):
            if self._holder is None or not self.still_ours():
                return
            # A share that is gone for a moment is no reason to stop: the next write finds out.
            with contextlib.suppress(OSError):
                self._write(
                    Holder(**asdict(self._holder) | {"beat": self._clock.now().isoformat()})
                )

    def _write(self, holder: Holder) -> None:
        write_durably(self._folder / HOLDER, json.dumps(asdict(holder)).encode())

    def release(self) -> None:
        """Let the next one write."""
        self._stop.set()
        if self._holder is not None and self.still_ours():
            with contextlib.suppress(OSError):
                (self._folder / HOLDER).unlink()
        self._holder = None
        with contextlib.suppress(OSError):
            self._lock.release()
        self._alive.release()


def read_holder(folder: Path) -> Holder | None:
    """Who holds the lock now, as far as can be read."""
    try:
        return Holder(**json.loads((folder / HOLDER).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _station(folder: Path) -> tuple[str, FileLock]:
    """This user's mark on this computer, and the system's own lock for one school file."""
    place = station_folder()
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    mark = place / "station"
    with FileLock(place / "station.lock"):
        if not mark.is_file():
            write_durably(mark, uuid.uuid4().hex.encode())
    name = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:24]
    lock = FileLock(place / f"{name}.lock", thread_local=False)
    return mark.read_text(encoding="ascii"), lock
