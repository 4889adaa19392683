"""The backups that lie in a folder: what they are called, which are kept, which is the newest."""

from __future__ import annotations

import contextlib
import itertools
import os
import re
import secrets
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from schoolprivacy.errors import FileError
from schoolprivacy.vault.audit import Anchor
from schoolprivacy.vault.backup import FOLDER, SUFFIX, is_whole, read_manifest, sum_of
from schoolprivacy.vault.files import replace_durably

SECOND = "schoolprivacy-"  # how the folder of one school at a second place begins
_AUTOMATIC = re.compile(r"(\d{4}-\d\d-\d\d)(-voor-.+)?" + re.escape(SUFFIX))


@dataclass(frozen=True, slots=True)
class BackupSeen:
    """A backup file as it lies there; of which school it is, only opening it tells.

    :param made_at: None when it cannot be read
    :param trail: number of the last line of the audit trail in it
    :param whole: every part is as it was written
    """

    path: Path
    made_at: datetime | None
    trail: int
    whole: bool


def list_backups(folder: Path) -> list[BackupSeen]:
    """The backups in a folder, newest first, those that cannot be read last; each is read whole.

    A school folder is looked into, and so is a second place with folders of its own in it.
    """
    places = (folder, folder / FOLDER, *sorted(folder.glob(f"{SECOND}*")))
    found = [_seen(path) for place in places for path in _files(place)]
    return sorted(found, key=lambda each: (each.made_at is None, _age(each)))


Checked = dict[tuple[Path, int, int], BackupSeen]
"""What was read whole before, by file, time of change (ns) and size (bytes)."""


def newest(folders: Iterable[Path], checked: Checked | None = None) -> BackupSeen | None:
    """The newest whole automatic backup in these folders; one that is not there has none.

    :param checked: a file that has not changed since is not read again; gets what is read now
    """
    found = []
    for path in (path for folder in folders for path in _files(folder) if _day_of(path)):
        with contextlib.suppress(FileError):
            found.append((read_manifest(path).made_at, path))
    known = {} if checked is None else checked
    seen = (_seen_once(path, known) for _, path in sorted(found, reverse=True))
    return next((each for each in seen if each.whole), None)


def _seen_once(path: Path, checked: Checked) -> BackupSeen:
    try:
        status = path.stat()
    except OSError:  # a stick that was pulled out
        return BackupSeen(path, None, 0, False)
    key = (path, status.st_mtime_ns, status.st_size)
    if key not in checked:
        checked[key] = _seen(path)
    return checked[key]


def _files(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.glob(f"*{SUFFIX}") if path.is_file())
    except OSError:  # a stick that was pulled out
        return []


def _seen(path: Path) -> BackupSeen:
    try:
        manifest = read_manifest(path)
        made_at = datetime.fromisoformat(manifest.made_at)
    except (FileError, ValueError):
        return BackupSeen(path, None, 0, False)
    if made_at.tzinfo is None:  # not what we write
        return BackupSeen(path, None, 0, False)
    return BackupSeen(path, made_at, manifest.audit_seq, is_whole(path, manifest))


def _age(seen: BackupSeen) -> float:
    return -seen.made_at.timestamp() if seen.made_at else 0.0


def new_second_folder() -> str:
    """A name for the folder of one school's backups that tells nothing of the school."""
    return f"{SECOND}{secrets.token_hex(4)}"


def copy(source: Path, folder: Path) -> None:
    """Bring an automatic backup to another folder, held against what was read.

    One of the same day is replaced, unless it knows more than the one that comes: after an older
    backup was restored, both are kept.

    :raises FileError: the place is full or cannot be written in
    """
    target = folder / source.name
    try:
        folder.mkdir(exist_ok=True, mode=0o700)
        if target.exists():
            there, ours = _seen(target), _seen(source)
            if (there.whole, there.trail, there.made_at) == (True, ours.trail, ours.made_at):
                return
            if there.trail > ours.trail:
                day = source.name.removesuffix(SUFFIX)
                target.rename(_free_name(folder, f"{day}-voor-terugzetten"))
        with tempfile.TemporaryDirectory(dir=folder, prefix=".backup-") as scratch:
            copied = Path(scratch) / source.name
            with source.open("rb") as original, copied.open("wb") as file:
                shutil.copyfileobj(original, file)
                file.flush()
                os.fsync(file.fileno())
            if sum_of(copied) != sum_of(source):
                raise FileError("backup.not_good", place=target)
            replace_durably(copied, target)
    except OSError as error:
        raise FileError("backup.not_written", place=target) from error


def automatic_name(folder: Path, day: date, label: str) -> Path:
    """Where an automatic backup goes, e.g. ``2026-11-22-voor-import.schoolbackup``.

    The one of the day (without a label) replaces that day's; one before something large never does.
    """
    if label:
        return _free_name(folder, f"{day}{label}")
    return folder / f"{day}{SUFFIX}"


def _free_name(folder: Path, name: str) -> Path:
    def named() -> Iterator[Path]:
        yield folder / f"{name}{SUFFIX}"
        yield from (folder / f"{name}-{number}{SUFFIX}" for number in itertools.count(2))

    return next(path for path in named() if not path.exists())


def prune(folder: Path) -> None:
    """Delete the automatic backups that are no longer kept."""
    found = {path: _day_of(path) for path in folder.glob(f"*{SUFFIX}")}
    kept = to_keep([day for day in found.values() if day])
    for path, day in found.items():
        if day and day not in kept:
            with contextlib.suppress(OSError):  # held by another program: the next time
                path.unlink()


def anchors(folder: Path) -> tuple[Anchor, ...]:
    """Where the audit trail stood in each automatic backup that can still be read."""
    found = []
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        with contextlib.suppress(FileError):
            found.append(read_manifest(path).anchor)
    return tuple(found)


def _day_of(path: Path) -> date | None:
    """The day of an automatic backup; one that somebody put there under an own name has none."""
    named = _AUTOMATIC.fullmatch(path.name)
    try:
        return date.fromisoformat(named[1]) if named else None
    except ValueError:
        return None


def to_keep(days: list[date]) -> set[date]:
    """Which days' backups stay: the last 7 days, 4 weeks and 12 months that have one."""
    newest_first = sorted(set(days), reverse=True)
    kept = set(newest_first[:7])
    for period, count in ((_week, 4), (_month, 12)):
        newest_of: dict[tuple[int, int], date] = {}
        for day in newest_first:
            newest_of.setdefault(period(day), day)
        kept |= set(list(newest_of.values())[:count])
    return kept


def _week(day: date) -> tuple[int, int]:
    return day.isocalendar()[:2]


def _month(day: date) -> tuple[int, int]:
    return day.year, day.month
