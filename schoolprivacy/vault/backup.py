"""A backup is one file with the encrypted database and its key slots, proven to open.

A live database file is never copied; SQLite's own backup reads a consistent state. Inside is
nothing readable: only how many bytes, their sums, and where the audit trail ended.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import tempfile
import zipfile
from contextlib import closing
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from io import FileIO
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
            sums = {name: sum_of(folder / name) for name in _PARTS}
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
                with _part(archive, name) as packed, _target(folder, name) as plain:
                    while chunk := packed.read(1024 * 1024):
                        with reachable(folder):
                            _write(plain, chunk)
    except _UNREADABLE as error:
        raise FileError("backup.damaged", place=backup) from error
    except OSError as error:  # EINVAL: a damaged archive that points before its own beginning
        key = "backup.damaged" if error.errno == errno.EINVAL else "backup.unreadable"
        raise FileError(key, place=backup) from error
    if manifest.schema > database.SCHEMA_VERSION:
        raise FileError("file.newer", version=manifest.schema, ours=database.SCHEMA_VERSION)
    if manifest.sums != {name: sum_of(folder / name) for name in _PARTS}:
        raise FileError("backup.damaged", place=backup)
    return manifest


def _target(folder: Path, name: str) -> FileIO:
    """Without a buffer: what a full disk refuses is told at once, not when the file is closed."""
    with reachable(folder):
        return (folder / name).open("wb", buffering=0)


def _write(plain: FileIO, chunk: bytes) -> None:
    left = memoryview(chunk)
    while left:
        left = left[plain.write(left) :]


def read_manifest(backup: Path) -> Manifest:
    """What a backup says of itself, without unpacking it.

    :raises FileError: it cannot be read
    """
    try:
        with zipfile.ZipFile(backup) as archive:
            return _manifest_in(archive)
    except (OSError, *_UNREADABLE) as error:
        raise FileError("backup.damaged", place=backup) from error


def is_whole(path: Path, manifest: Manifest) -> bool:
    """Whether every part of a backup is as it was written; reads all of it."""
    try:
        with zipfile.ZipFile(path) as archive:
            return manifest.sums == {name: _sum_in(archive, name) for name in _PARTS}
    except (OSError, *_UNREADABLE):
        return False


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


def sum_of(path: Path) -> str:
    """SHA-256 of a file in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sum_in(archive: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    with _part(archive, name) as packed:
        while chunk := packed.read(1024 * 1024):
            digest.update(chunk)
    return digest.hexdigest()
