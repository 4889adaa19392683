"""Files that the user wants outside the encrypted school file: where they may lie, and how."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from schoolprivacy.errors import FileError
from schoolprivacy.vault.database import DATA
from schoolprivacy.vault.files import reachable, write_durably
from schoolprivacy.vault.keys import KEYS


def may_be_written(target: Path, beginning: bytes) -> None:
    """Never write inside a school folder, nor over something of another kind.

    :param beginning: how a file begins that may be replaced
    :raises FileError: choose another name
    """
    with reachable(target):
        folders = target.resolve().parents
        in_school = any((each / DATA).is_file() and (each / KEYS).is_file() for each in folders)
        taken = target.exists() and not target.is_file()
        if target.is_file():
            with target.open("rb") as file:
                taken = file.read(len(beginning)) != beginning
    if in_school or taken:
        raise FileError("file.not_over", place=target)


def to_file(target: Path) -> Callable[[bytes], None]:
    """What saves a paper: whole, or not at all.

    :raises FileError: when it is called and the place is full, read-only or gone
    """

    def deliver(pdf: bytes) -> None:
        try:
            write_durably(target, pdf)
        except OSError as error:
            raise FileError("paper.not_written", place=target) from error

    return deliver
