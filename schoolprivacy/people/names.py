"""Dutch names: printed, sorted and held together."""

from __future__ import annotations

import re
import unicodedata
from typing import Protocol


class Named(Protocol):
    """Whoever has a name in three parts."""

    @property
    def call_name(self) -> str: ...
    @property
    def prefix(self) -> str: ...
    @property
    def surname(self) -> str: ...


class NamedGuardian(Named, Protocol):
    """Whoever signs for a child: often known by initials, or an institution with a contact."""

    @property
    def institution(self) -> str: ...
    @property
    def initials(self) -> str: ...


def full_name(person: Named) -> str:
    """``Nynke van der Sluis``; ``Lou d'Hont``, where the prefix is written to the name."""
    space = "" if person.prefix.endswith("'") else " "
    surname = space.join(filter(None, (person.prefix, person.surname)))
    return " ".join(filter(None, (person.call_name, surname)))


def guardian_name(guardian: NamedGuardian) -> str:
    """The institution (voogdij), else the person: ``Robin Bakker`` or ``R. Bakker``."""
    return guardian.institution or person_name(guardian)


def person_name(guardian: NamedGuardian) -> str:
    """The person, also of an institution; by initials where there is no call name."""
    called = "" if guardian.call_name else guardian.initials
    return " ".join(filter(None, (called, full_name(guardian))))


def register_name(person: Named) -> str:
    """``Sluis, Nynke van der``, the way a list sorted by surname reads."""
    behind = " ".join(filter(None, (person.call_name, person.prefix)))
    return ", ".join(filter(None, (person.surname, behind)))


def surname_sort_key(person: Named) -> tuple[str, str, str]:
    """Surname, then prefix, then call name; accents and case do not count."""
    return plain(person.surname), plain(person.prefix), plain(person.call_name)


def plain(text: str) -> str:
    """Lower case without accents or punctuation: two spellings of one name are equal."""
    if text.isascii():  # most names, in a fraction of the time
        return " ".join(text.translate(_ASCII).split())
    apart = unicodedata.normalize("NFKD", text).translate(_LETTERS)
    split = unicodedata.normalize("NFKD", apart.casefold())
    letters = "".join(c if c.isalnum() else " " for c in split if not unicodedata.combining(c))
    return " ".join(letters.split())


_ASCII = {code: chr(code).lower() if chr(code).isalnum() else " " for code in range(128)}

# Letters that NFKD does not take apart.
_LETTERS = str.maketrans(
    {"ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "ı": "i"}
    | {"æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe"}
)


def natural_sort_key(name: str) -> tuple[tuple[int, int, str], ...]:
    """``Groep 2`` before ``Groep 10``."""
    parts = re.findall(r"\d+|\D+", plain(name))
    return tuple((0, int(p), "") if p.isdecimal() else (1, 0, p) for p in parts)


def group_label(name: str) -> str:
    """``Groep 3/4``, also when the name itself starts with the word."""
    if not name:
        return "Zonder groep"
    return name if plain(name).startswith(("groep", "klas")) else f"Groep {name}"
