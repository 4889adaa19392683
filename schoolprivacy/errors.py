"""What can go wrong and a school can do something about.

A known error is a key with values. The Dutch sentence belonging to the key (what happened,
nothing was lost or what was, what to do now) stands in ``resources/messages.nl.toml``.
Anything that is not a KnownError is a bug.
"""

from __future__ import annotations

import tomllib
from functools import cache

from schoolprivacy.settings import resource


class KnownError(Exception):
    """Something the school can mend; ``str()`` gives the Dutch sentence.

    :param key: dotted key in messages.nl.toml, e.g. ``file.damaged``
    :param values: what the sentence names; never a secret, never more of a person than needed
    """

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values

    def __str__(self) -> str:
        return sentence(self.key, **self.values)


class FileError(KnownError):
    """The school file, a backup or a place on disk cannot be used as it is."""


class UnlockError(KnownError):
    """The passphrase or the paper key does not open this school file."""


class InUseError(KnownError):
    """Somebody else is writing in this school file."""


class ImportFileError(KnownError):
    """A file from outside cannot be read or may not be stored."""


class RefusedError(KnownError):
    """The rules of the program do not allow this action."""


@cache
def _sentences() -> dict[str, str]:
    def flat(table: dict[str, object], prefix: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for name, value in table.items():
            if isinstance(value, dict):
                found |= flat(value, f"{prefix}{name}.")
            else:
                found[f"{prefix}{name}"] = str(value)
        return found

    return flat(tomllib.loads(resource("messages.nl.toml").read_text(encoding="utf-8")), "")


def sentence(key: str, **values: object) -> str:
    """The Dutch sentence for a key, with its values filled in.

    :raises KeyError: the key has no sentence (a bug; a test looks for these)
    """
    return _sentences()[key].format(**values)
