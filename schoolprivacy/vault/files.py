"""Writing a file so that a power cut leaves the old one or the new one; what a disk can refuse."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from schoolprivacy.errors import FileError

_FULL = {errno.ENOSPC, errno.EDQUOT} if hasattr(errno, "EDQUOT") else {errno.ENOSPC}
_FORBIDDEN = {errno.EROFS, errno.EACCES, errno.EPERM}


@contextlib.contextmanager
def reachable(place: Path) -> Iterator[None]:
    """Turn what the disk says into what a school can do about it.

    :raises FileError: full, read-only, or gone
    """
    try:
        yield
    except OSError as error:
        key = "file.unreachable"
        if error.errno in _FULL:
            key = "file.full"
        elif error.errno in _FORBIDDEN:
            key = "file.read_only"
        raise FileError(key, place=place) from error


def write_durably(path: Path, data: bytes) -> None:
    """Write beside the target, flush to disk, then take its place; a failure leaves nothing."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".tmp")
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        replace_durably(beside, path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def replace_durably(source: Path, target: Path) -> None:
    """Rename over the target and flush the folder that holds the name."""
    os.replace(source, target)
    flush_folder(target.parent)


def flush_folder(folder: Path) -> None:
    """Flush a folder's names; Windows has no such call and needs none."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
