"""Putting a backup in place, after it was proven to open."""

from __future__ import annotations

import itertools
import tempfile
from pathlib import Path

from schoolprivacy.clock import Clock, SystemClock
from schoolprivacy.errors import FileError
from schoolprivacy.school.opened import BAD_PLACE, School
from schoolprivacy.vault import audit, backup, database
from schoolprivacy.vault.files import flush_folder
from schoolprivacy.vault.keys import KEYS, KEYS_SPARE, KeyFile
from schoolprivacy.vault.lock import WriterLock

_BAD_BACKUP = {
    "file.damaged",
    "file.keys_damaged",
    "file.missing",
    "file.not_ours",
    "file.planted_key",
}


def restore(
    file: Path,
    folder: Path,
    secret: str,
    clock: Clock | None = None,
    *,
    take_over: bool = False,
) -> Path | None:
    """Put a backup in place, after it was proven to open with this passphrase or paper key.

    What was there is renamed aside, never deleted; gives where it is now.

    :param take_over: somebody decided by hand that who has the present school open is gone
    :raises UnlockError: the passphrase or paper key does not open this backup
    :raises FileError: the backup is missing or damaged, or the place cannot be written in
    :raises InUseError: somebody is writing in the school that would be replaced
    """
    clock = clock or SystemClock()
    folder = folder.absolute()
    if not _may_be_replaced(folder):
        raise FileError("backup.not_a_school", place=folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".restore-") as scratch:
            made = Path(scratch) / "school"
            made.mkdir(mode=0o700)
            _prove(file, made, secret, clock)
            aside = _moved_aside(folder, clock, take_over) if folder.exists() else None
            try:
                made.rename(folder)
            except OSError:
                if aside:
                    aside.rename(folder)
                raise
            flush_folder(folder.parent)
            return aside
    except OSError as error:
        raise FileError("backup.not_restored", place=folder) from error
    except FileError as error:
        if error.key in _BAD_BACKUP:
            raise FileError("backup.damaged", place=file) from error
        if error.key in BAD_PLACE:
            raise FileError("backup.not_restored", place=folder) from error
        raise


def _may_be_replaced(folder: Path) -> bool:
    """Nothing, an empty folder, or a school; never a folder with something else in it."""
    if not folder.is_dir():
        return not folder.exists()
    parts = (KEYS, KEYS_SPARE, database.DATA)
    return not any(folder.iterdir()) or any((folder / part).is_file() for part in parts)


def _prove(file: Path, made: Path, secret: str, clock: Clock) -> None:
    """Unpack a backup and see that it opens, is whole and has the audit trail it names."""
    manifest = backup.unpack(file, made)
    KeyFile.read(made).write(made)  # also makes the spare copy
    school = School.open(made, secret, clock)
    try:
        with school.reading() as session:
            lines = audit.problems(session.connection, (manifest.anchor,))
        if lines:
            raise FileError("backup.damaged", place=file)
        with school.transaction() as session:
            session.audit("school.restored", made_at=manifest.made_at)
    finally:
        school.close()  # not lock: a stick that is absent here is no reason to refuse


def _moved_aside(folder: Path, clock: Clock, take_over: bool) -> Path | None:
    """Rename what stands in the way; an empty folder needs no keeping."""
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        return None
    named = f"{folder.name} van voor {clock.now():%Y-%m-%d %H%M%S}"
    aside = folder.with_name(named)
    for number in itertools.count(2):
        if not aside.exists():
            break
        aside = folder.with_name(f"{named} ({number})")
    if (folder / KEYS).exists():
        lock = WriterLock(folder, clock)
        lock.acquire(take_over=take_over)
        lock.release()
    folder.rename(aside)
    return aside
