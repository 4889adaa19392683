"""The words of letters: which there are, what may be filled in, what may not be missing."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Literal

from schoolprivacy.errors import RefusedError
from schoolprivacy.settings import resource

DUTCH = "nl"
"""The language that is signed, and in which every letter is."""

Kind = Literal["page", "table", "form"]
"""What is drawn with a text: a page, a page with a table in it, the upper part of a form."""


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A value that is filled in.

    :param called: its short Dutch name in a text that somebody writes
    :param explains: what it is, in Dutch
    :param may_be_empty: a text may ask whether there is anything to fill in
    :param example: what the preview shows; a day is written as the language writes it, None: what
        the school's own details give
    :param longest: as long as it gets, to see that the letter still fits its page
    """

    name: str
    called: str
    explains: str
    may_be_empty: bool = False
    example: str | date | None = None
    longest: str | date | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """What is or is not the case; only to ask with, never to print.

    :param is_rare: does not hold in the preview until somebody asks for it
    """

    name: str
    explains: str
    is_rare: bool = False


@dataclass(frozen=True, slots=True)
class Required:
    """What a letter must hold.

    :param title: in Dutch, as the rest of "Wij vinden niet: …"
    :param source: the article
    :param when: only when this condition holds; "" always
    """

    key: str
    title: str
    source: str
    when: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One text of a letter, by the name under which it is kept."""

    name: str
    title: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter that the program prints.

    :param title: in Dutch
    :param table: rows of the table in the preview
    """

    name: str
    title: str
    kind: Kind
    parts: tuple[Part, ...]
    placeholders: tuple[Placeholder, ...]
    conditions: tuple[Condition, ...]
    required: tuple[Required, ...]
    table: tuple[str, ...] = ()


@cache
def letters() -> tuple[Letter, ...]:
    """Every letter whose text a school can change, in the order of the screen."""
    stored = tomllib.loads(resource("letters/letters.toml").read_text(encoding="utf-8"))
    required = {key: Required(key, **each) for key, each in stored["required"].items()}
    return tuple(_letter(each, stored["own"], required) for each in stored["letter"])


def letter_of(part: str) -> Letter:
    """The letter that a text is part of.

    :raises RefusedError: there is no such text
    """
    for letter in letters():
        if any(each.name == part for each in letter.parts):
            return letter
    known = ", ".join(part.name for letter in letters() for part in letter.parts)
    raise RefusedError("letter.unknown", name=part, known=known)


@cache
def shown_words() -> dict[str, str]:
    """How values and conditions are shown to who writes a text, in Dutch."""
    stored = tomllib.loads(resource("letters/letters.toml").read_text(encoding="utf-8"))
    return {key: str(words) for key, words in stored["shown"].items()}


def _letter(stored: dict[str, Any], own: dict[str, Any], required: dict[str, Required]) -> Letter:
    return Letter(
        stored["name"],
        stored["title"],
        stored["kind"],
        tuple(Part(name, title) for name, title in stored["parts"]),
        tuple(_placeholder(name, each) for name, each in stored["placeholders"].items())
        + tuple(_placeholder(name, own[name]) for name in stored["own"]),
        tuple(
            Condition(name, explains, name in stored.get("rare", ()))
            for name, explains in stored.get("conditions", {}).items()
        ),
        tuple(required[key] for key in stored["required"]),
        tuple(stored.get("table", ())),
    )


def _placeholder(name: str, stored: dict[str, Any]) -> Placeholder:
    explains, example = stored["explains"], stored.get("date") or stored.get("example")
    return Placeholder(
        name,
        stored.get("called", explains),
        explains,
        stored.get("may_be_empty", False),
        example,
        stored.get("longest", example),
    )
