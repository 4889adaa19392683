"""What the headless commands share: passphrases, opening a school file, telling what happened."""

from __future__ import annotations

import argparse
import contextlib
import getpass
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from schoolprivacy.errors import FileError, KnownError, UnlockError, sentence
from schoolprivacy.school import School
from schoolprivacy.vault.keys import is_weak

PASSPHRASE = "SCHOOLPRIVACY_PASSPHRASE"


def passphrase(question: str = "Wachtzin: ") -> str:
    """From the environment, else asked.

    :raises UnlockError: there is nobody to ask
    """
    secret = os.environ.get(PASSPHRASE)
    if secret:
        return secret
    if not sys.stdin.isatty():
        raise UnlockError("unlock.no_passphrase")
    try:
        return getpass.getpass(question)
    except EOFError:
        raise UnlockError("unlock.no_passphrase") from None


def new_passphrase() -> str:
    """One for a new school file; asked twice.

    :raises KnownError: the second time it was another one
    """
    secret = passphrase("Kies een wachtzin van vier of meer woorden: ")
    if not os.environ.get(PASSPHRASE) and getpass.getpass("Nog een keer: ") != secret:
        raise KnownError("passphrase.differs")
    if is_weak(secret):
        tell(sentence("passphrase.weak"))
    return secret


_ONE = {
    "brieven": "brief",
    "exemplaren": "exemplaar",
    "formulieren": "formulier",
    "leerlingen": "leerling",
    "momenten": "moment",
    "taken": "taak",
}


def counted(number: int, many: str) -> str:
    """``1 leerling``, ``2 leerlingen``.

    :param many: what is counted, in the plural
    """
    return f"{number} {_ONE[many] if number == 1 else many}"


def tell(text: str) -> None:
    """A remark beside the result."""
    print(text, file=sys.stderr)


def codes(given: list[str]) -> frozenset[str]:
    """Codes with blanks or commas between them."""
    return frozenset(code for each in given for code in re.split(r"[\s,;]+", each.lower()) if code)


@contextmanager
def opened(given: argparse.Namespace, *, read_only: bool = False) -> Iterator[School]:
    """The school file of a command; the work is done when only the closing backup fails."""
    take_over = getattr(given, "take_over", False)
    school = School.open(given.school, passphrase(), read_only=read_only, take_over=take_over)
    try:
        yield school
    except BaseException:
        with contextlib.suppress(FileError):
            school.lock()
        raise
    try:
        school.lock()
    except FileError as error:
        tell(str(error))
