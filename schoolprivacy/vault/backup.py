"""A backup is one file with the encrypted database and its key slots, proven to open.

A live database file is never copied; SQLite's own backup reads a consistent state. Inside is
nothing readable: only how many bytes, their sums, and where the audit trail ended.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import re
import tempfile
import zipfile
from contextlib import closing
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from pathlib import Path
from typing import IO

from schoolprivacy import __version__
from schoolprivacy.errors import FileError
from schoolprivacy.vault import database
from schoolprivacy.vault.audit import Anchor
from schoolprivacy.vault.files import reachable, replace_durably
from schoolprivacy.vault.keys import KEYS, KeyFile

SUFFIX = ".schoolbackup"
FOLDER = "backups"  # of the automatic ones, in the school folder
_MANIFEST = "manifest.json"
_PARTS = (database.DATA, KEYS)
_LARGEST_MANIFEST = 64 * 1024  # bytes
_AUTOMATIC = re.compile(r"(\d{4}-\d\d-\d\d)(-voor-.+)?" + re.escape(SUFFIX))
_UNREADABLE = (zipfile.BadZipFile, KeyError, ValueError, TypeError, EOFError, RuntimeError)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself.

    :param made_at: ISO moment
    :param sums: SHA-256 by name of the parts
    """

    made_at: str
    program: str
    schema: int
    audit_seq: int
    audit_mac: str
    sums: dict[str, str]

    @property
    def anchor(self) -> Anchor:
        return Anchor(self.audit_seq, self.audit_mac)


def make(
    source: database.RawConnection, keys: KeyFile, key: str, target: Path, at: datetime, end: Anchor
) -> None:
    """Write a verified backup; the target is replaced only by a whole one.

    :raises FileError: no room, or the place cannot be written in
    """
    try:
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as scratch:
            folder = Path(scratch)
            _copy(source, key, folder / database.DATA)
            with closing(database.connect(folder / database.DATA, key, read_only=True)) as copy:
                if database.integrity_problems(copy):
                    raise FileError("backup.not_good", place=target)
                salt = database.file_salt(copy)
                (schema,) = copy.execute("PRAGMA user_version").fetchone()
            KeyFile(keys.cost, keys.salt, keys.slots, salt).write(folder)
            sums = {name: _sum(folder / name) for name in _PARTS}
            said = Manifest(at.isoformat(), __version__, schema, end.seq, end.mac, sums)
            packed = folder / "packed"
            _pack(folder, packed, said)
            replace_durably(packed, target)
    except OSError as error:
        raise FileError("backup.not_written", place=target) from error
    except FileError as error:
        damaged = error.key in ("file.damaged", "backup.not_good")
        key = "backup.not_good" if damaged else "backup.not_written"
        raise FileError(key, place=target) from error


def _copy(source: database.RawConnection, key: str, target: Path) -> None:
    with database.translated(target), closing(database.make(target, key)) as copy:
        source.backup(copy, pages=-1)


def _pack(folder: Path, packed: Path, manifest: Manifest) -> None:
    with packed.open("wb") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
            archive.writestr(_MANIFEST, json.dumps(asdict(manifest), indent=1))
            for name in _PARTS:
                archive.write(folder / name, name)
        file.flush()
        os.fsync(file.fileno())


def unpack(backup: Path, folder: Path) -> Manifest:
    """Lay the parts of a backup in a folder, each held against its sum.

    :raises FileError: missing, no backup of this program, damaged, or made by a newer version;
        or no room for it in the folder
    """
    if not backup.is_file():
        raise FileError("backup.missing", place=backup)
    try:
        with zipfile.ZipFile(backup) as archive:
            manifest = _manifest_in(archive)
            for name in _PARTS:
                with _part(archive, name) as packed, (folder / name).open("wb") as plain:
                    while chunk := packed.read(1024 * 1024):
                        with reachable(folder):
                            plain.write(chunk)
    except _UNREADABLE as error:
        raise FileError("backup.damaged", place=backup) from error
    except OSError as error:  # EINVAL: a damaged archive that points before its own beginning
        key = "backup.damaged" if error.errno == errno.EINVAL else "backup.unreadable"
        raise FileError(key, place=backup) from error
    if manifest.schema > database.SCHEMA_VERSION:
        raise FileError("file.newer", version=manifest.schema, ours=database.SCHEMA_VERSION)
    if manifest.sums != {name: _sum(folder / name) for name in _PARTS}:
        raise FileError("backup.damaged", place=backup)
    return manifest


def read_manifest(backup: Path) -> Manifest:
    """What a backup says of itself, without unpacking it.

    :raises FileError: it cannot be read
    """
    try:
        with zipfile.ZipFile(backup) as archive:
            return _manifest_in(archive)
    except (OSError, *_UNREADABLE) as error:
        raise FileError("backup.damaged", place=backup) from error


def _manifest_in(archive: zipfile.ZipFile) -> Manifest:
    """The manifest; what a newer version says besides is passed over."""
    with _part(archive, _MANIFEST) as packed:
        said = json.loads(packed.read(_LARGEST_MANIFEST))
    manifest = Manifest(**{each.name: said[each.name] for each in fields(Manifest)})
    numbers, texts = (manifest.schema, manifest.audit_seq), (manifest.made_at, manifest.audit_mac)
    if not all(type(each) is int for each in numbers) or not all(type(s) is str for s in texts):
        raise ValueError("not what we write")
    return manifest


def _part(archive: zipfile.ZipFile, name: str) -> IO[bytes]:
    """One part to read. We only store: something packed together could be a bomb."""
    if archive.getinfo(name).compress_type != zipfile.ZIP_STORED:
        raise ValueError("packed together")
    return archive.open(name)


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def automatic_name(folder: Path, day: date, label: str) -> Path:
    """Where the automatic backup of a day goes, e.g. ``2026-11-22-voor-import.schoolbackup``."""
    return folder / f"{day}{label}{SUFFIX}"


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
