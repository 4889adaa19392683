"""What lies in a folder, before anybody unlocks it; without a key, and nothing is changed."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from schoolprivacy.errors import FileError
from schoolprivacy.vault import database
from schoolprivacy.vault.keys import KEYS, KEYS_SPARE, KeyFile
from schoolprivacy.vault.lock import HOLDER, is_held, read_holder


class FolderState(StrEnum):
    """What can be said of a folder without a key."""

    MISSING = "missing"
    EMPTY = "empty"
    NOT_A_SCHOOL = "not_a_school"
    DAMAGED = "damaged"
    KEYS_DAMAGED = "keys_damaged"
    UNREACHABLE = "unreachable"
    IN_USE = "in_use"
    SCHOOL = "school"


@dataclass(frozen=True, slots=True)
class Holding:
    """Who writes in a school file.

    :param since: when they opened it
    :param alive: the last sign of life; half a minute apart while all is well
    """

    user: str
    computer: str
    since: datetime
    alive: datetime


@dataclass(frozen=True, slots=True)
class FolderSeen:
    """What lies in a folder.

    :param holding: who has it in use; None when nobody has, or when it cannot be read
    """

    folder: Path
    state: FolderState
    holding: Holding | None = None


def look_at(folder: Path) -> FolderSeen:
    """See what lies in a folder. Whether a passphrase fits only opening it can tell."""
    try:
        state = _state(folder)
        holding = _holding(folder) if state is FolderState.IN_USE else None
    except (OSError, FileError):
        return FolderSeen(folder, FolderState.UNREACHABLE)
    return FolderSeen(folder, state, holding)


def _state(folder: Path) -> FolderState:
    if not folder.exists():
        return FolderState.MISSING
    parts = (database.DATA, KEYS, KEYS_SPARE)
    if not any((folder / part).is_file() for part in parts):
        empty = folder.is_dir() and not any(folder.iterdir())
        return FolderState.EMPTY if empty else FolderState.NOT_A_SCHOOL
    if not _keys_are_whole(folder):
        return FolderState.KEYS_DAMAGED
    data = folder / database.DATA
    if not data.is_file() or not database.may_be_ours(data):
        return FolderState.DAMAGED
    return FolderState.IN_USE if is_held(folder) else FolderState.SCHOOL


def _keys_are_whole(folder: Path) -> bool:
    try:
        KeyFile.read(folder)
    except FileError as error:
        if error.key in ("file.keys_damaged", "file.missing"):
            return False
        raise
    return True


def _holding(folder: Path) -> Holding | None:
    holder = read_holder(folder)
    if holder is None:
        return None
    since = datetime.fromisoformat(holder.since)
    alive = since
    with contextlib.suppress(FileNotFoundError):  # released just now
        alive = datetime.fromtimestamp((folder / HOLDER).stat().st_mtime, since.tzinfo)
    return Holding(holder.user, holder.computer, since, alive)
