"""Finding the key that opens the database now, whatever interrupted us the last time."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path

from schoolprivacy.errors import FileError
from schoolprivacy.vault import database
from schoolprivacy.vault.keys import KeyFile, Opened


def settle(folder: Path, keys: KeyFile, opened: Opened, *, read_only: bool) -> tuple[KeyFile, str]:
    """Find the key that opens the database now, and finish a renewal that was cut off.

    :raises FileError: no key of this school opens it: damaged, never "wrong passphrase"
    """
    path = folder / database.DATA
    key, salt = _working_key(path, keys, opened, read_only=read_only)
    if opened.next_key and not read_only:
        keys = keys.renewed(key, salt)
        keys.write(folder)
    return keys, key


def _working_key(path: Path, keys: KeyFile, opened: Opened, *, read_only: bool) -> tuple[str, str]:
    damaged = FileError("file.damaged", place=path.parent)
    for key in filter(None, (opened.database_key, opened.next_key)):
        try:
            return key, _try(path, key, read_only=read_only)
        except FileError as error:
            if error.key == "file.read_only" and read_only:
                # A hot journal is in the way: opening to write once rolls it back.
                try:
                    _try(path, key, read_only=False)
                except FileError:
                    raise FileError("file.read_only_unfinished", place=path.parent) from None
                return key, _try(path, key, read_only=True)
            if error.key != "file.damaged":
                raise
            damaged = error
    if not read_only and _first_bytes_restored(path, keys, opened.database_key):
        return opened.database_key, keys.database_salt
    raise damaged


def _try(path: Path, key: str, *, read_only: bool) -> str:
    with (
        database.translated(path),
        closing(database.connect(path, key, read_only=read_only)) as raw,
    ):
        return database.file_salt(raw)


def _first_bytes_restored(path: Path, keys: KeyFile, key: str) -> bool:
    """Put the lost first 16 bytes back, when with them, and only with them, the file opens."""
    salt = keys.database_salt
    try:
        with closing(database.connect(path, key, read_only=True, salt=salt)):
            pass
    except FileError:
        return False
    with path.open("r+b") as file:
        file.write(bytes.fromhex(salt))
        file.flush()
        os.fsync(file.fileno())
    return True
