"""Builders for tests that need a real encrypted school file."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from schoolprivacy.clock import SetClock
from schoolprivacy.errors import KnownError
from schoolprivacy.people import profile
from schoolprivacy.registers import found_school
from schoolprivacy.school import School
from schoolprivacy.vault import database
from schoolprivacy.vault.keys import KEYS, KEYS_SPARE, Cost, KeyFile

CHEAP = Cost(1, 8 * 2**20)  # the least that libsodium takes seriously; about 5 ms
NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
DIRECTOR = "vier groene fietsen slapen"
ADMINISTRATION = "drie blauwe bomen zingen"
NAME = "Basisschool De Kanariepiet"  # must be found nowhere outside the encrypted file

TORTURE = bool(os.environ.get("SCHOOLPRIVACY_TORTURE"))


@dataclass(frozen=True)
class Made:
    """A school file on disk that nobody has open, and what opens it."""

    folder: Path
    paper_key: str
    clock: SetClock

    @property
    def data(self) -> Path:
        return self.folder / database.DATA

    @property
    def keys(self) -> Path:
        return self.folder / KEYS

    @property
    def spare(self) -> Path:
        return self.folder / KEYS_SPARE

    @property
    def database_key(self) -> str:
        return self.database_key_of(DIRECTOR)

    def database_key_of(self, secret: str) -> str:
        return KeyFile.read(self.folder).open(secret).database_key

    def open(self, secret: str = DIRECTOR, **how: bool) -> School:
        return School.open(self.folder, secret, self.clock, **how)

    def raw(self, *, migrating: bool = True) -> closing[Any]:
        """The database without the authorizer of a working connection."""
        return closing(database.connect(self.data, self.database_key, migrating=migrating))

    def copy_to(self, folder: Path) -> Made:
        shutil.copytree(self.folder, folder)
        return Made(folder, self.paper_key, self.clock)

    def content(self) -> dict[str, bytes]:
        """Every file of the school, to see that nothing changed."""
        return {
            str(path.relative_to(self.folder)): path.read_bytes()
            for path in sorted(self.folder.rglob("*"))
            if path.is_file()
        }

    def sound(self) -> dict[str, bytes]:
        """What counts: the database and its keys, not the traces of a lock."""
        return {path.name: path.read_bytes() for path in (self.data, self.keys, self.spare)}


def make_school(folder: Path) -> Made:
    """A school without pupils, with a director and an administration user; nobody has it open."""
    clock = SetClock(NOW)
    founded = found_school(
        folder,
        NAME,
        "99ZZ",
        director=DIRECTOR,
        administration=ADMINISTRATION,
        clock=clock,
        cost=CHEAP,
    )
    founded.school.lock()
    return Made(folder, founded.paper_key, clock)


def change(school: School, phone: str) -> None:
    """A small piece of real work."""
    profile.change_profile(school, phone=phone)


def phone(school: School) -> str:
    """What the last piece of work left."""
    with school.reading() as session:
        return profile.read_profile(session).phone


def renew_paper_key(school: School) -> str:
    """Print a new paper key and type it in; gives it."""
    proposed = school.propose_paper_key()
    school.activate_paper_key(proposed, proposed)
    return proposed


def refused(what: Callable[..., object], *given: object, **named: object) -> str:
    """The key of the known error that something gives; its sentence must be complete."""
    try:
        result = what(*given, **named)
    except KnownError as error:
        assert "{" not in str(error)
        return error.key
    if isinstance(result, School):
        result.lock()
    raise AssertionError("nothing was refused")


def program(source: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a few lines in a Python of their own."""
    return subprocess.run(
        [sys.executable, "-c", source],
        capture_output=True,
        text=True,
        env=os.environ | environment,
        cwd=Path(__file__).resolve().parents[2],
        check=False,
    )
