"""A backup is one file with the encrypted database and its key slots, proven to open.

A live database file is never copied; SQLite's own backup reads a consistent state. Inside is
nothing readable: only how many bytes, their sums, and where the audit trail ended.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
import zipfile
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path

from schoolprivacy import __version__
from schoolprivacy.errors import FileError
from schoolprivacy.vault import database
from schoolprivacy.vault.audit import Anchor
from schoolprivacy.vault.files import replace_durably
from schoolprivacy.vault.keys import KEYS, KeyFile

SUFFIX = ".schoolbackup"
FOLDER = "backups"  # of the automatic ones, in the school folder
_MANIFEST = "manifest.json"
_LARGEST = 4 * 1024**3  # bytes; a school's file is a few megabytes


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
            KeyFile(keys.cost, keys.salt, keys.slots, salt).write(folder)
            packed = target.with_name(target.name + ".tmp")
            _pack(folder, packed, at, end)
            replace_durably(packed, target)
    except OSError as error:
        raise FileError("backup.not_written", place=target) from error


def _copy(source: database.RawConnection, key: str, target: Path) -> None:
    with closing(database.make(target, key)) as copy, database.translated(target):
        source.backup(copy, pages=-1)


def _pack(folder: Path, packed: Path, at: datetime, end: Anchor) -> None:
    names = (database.DATA, KEYS)
    manifest = Manifest(
        at.isoformat(),
        __version__,
        database.SCHEMA_VERSION,
        end.seq,
        end.mac,
        {name: _sum(folder / name) for name in names},
    )
    with packed.open("wb") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
            archive.writestr(_MANIFEST, json.dumps(asdict(manifest), indent=1))
            for name in names:
                archive.write(folder / name, name)
        file.flush()
        os.fsync(file.fileno())


def unpack(backup: Path, folder: Path) -> Manifest:
    """Lay the parts of a backup in a folder, each held against its sum.

    :raises FileError: missing, no backup of this program, damaged, or made by a newer version
    """
    if not backup.is_file():
        raise FileError("backup.missing", place=backup)
    try:
        with zipfile.ZipFile(backup) as archive:
            if any(info.file_size > _LARGEST for info in archive.infolist()):
                raise FileError("backup.damaged", place=backup)
            manifest = _manifest_in(archive)
            for name in (database.DATA, KEYS):
                (folder / name).write_bytes(archive.read(name))
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, EOFError) as error:
        raise FileError("backup.damaged", place=backup) from error
    except OSError as error:
        raise FileError("backup.unreadable", place=backup) from error
    if manifest.schema > database.SCHEMA_VERSION:
        raise FileError("file.newer", version=manifest.schema, ours=database.SCHEMA_VERSION)
    if any(_sum(folder / name) != total for name, total in manifest.sums.items()):
        raise FileError("backup.damaged", place=backup)
    return manifest


def read_manifest(backup: Path) -> Manifest:
    """What a backup says of itself, without unpacking it.

    :raises FileError: it cannot be read
    """
    try:
        with zipfile.ZipFile(backup) as archive:
            return _manifest_in(archive)
    except (OSError, zipfile.BadZipFile, KeyError, ValueError, TypeError) as error:
        raise FileError("backup.damaged", place=backup) from error


def _manifest_in(archive: zipfile.ZipFile) -> Manifest:
    return Manifest(**json.loads(archive.read(_MANIFEST)))


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
            path.unlink(missing_ok=True)


def anchors(folder: Path) -> tuple[Anchor, ...]:
    """Where the audit trail stood in each automatic backup that can still be read."""
    found = []
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        with contextlib.suppress(FileError):
            found.append(read_manifest(path).anchor)
    return tuple(found)


def _day_of(path: Path) -> date | None:
    try:
        return date.fromisoformat(path.name[:10])
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
