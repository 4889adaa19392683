"""The languages that ship: one folder each beside the Dutch one.

Written from left to right. A language from right to left needs fonts with its letters (the kit
refuses what it cannot write) and a page set from the other side; reportlab orders no such text.
Qt does: ``QTextDocument`` to ``QPdfWriter`` draws such a letter page right, to be merged in.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from schoolprivacy.errors import RefusedError
from schoolprivacy.letters.terms import DUTCH
from schoolprivacy.paper.letter_text import shipped_languages
from schoolprivacy.people.names import plain
from schoolprivacy.people.terms import Guardian
from schoolprivacy.settings import resource


@dataclass(frozen=True, slots=True)
class Language:
    """A language in which letters ship.

    :param code: the name of its folder
    :param title: in Dutch
    :param own_title: in the language itself
    :param names: how it may be written with a guardian
    :param date_form, months: how it writes a day
    :param about: sentences about the school
    :param required: phrases by which each required part of a letter is recognised
    """

    code: str
    title: str
    own_title: str
    names: frozenset[str]
    date_form: str
    months: tuple[str, ...]
    about: Mapping[str, str]
    required: Mapping[str, tuple[str, ...]]

    def date(self, day: date) -> str:
        """A day as this language writes it, on one line."""
        return self.date_form.format(day=day.day, month=self.months[day.month - 1], year=day.year)


@cache
def languages() -> tuple[Language, ...]:
    """Every language that ships, Dutch first, the others by their Dutch name."""
    found = [_language(code) for code in shipped_languages()]
    return tuple(sorted(found, key=lambda each: (each.code != DUTCH, each.title)))


def find_language(code: str) -> Language:
    """A language by its code.

    :raises RefusedError: it does not ship
    """
    for each in languages():
        if each.code == code:
            return each
    known = ", ".join(each.code for each in languages())
    raise RefusedError("letter.language", language=code, known=known)


def language_of(guardians: Iterable[Guardian]) -> str:
    """The code of the language beside Dutch for who gets a letter together; "" for Dutch only.

    The first whose language ships decides; a language that is written in no known way, or does
    not ship, is Dutch only.
    """
    for guardian in guardians:
        written = plain(guardian.language)
        for each in languages():
            if each.code != DUTCH and written in each.names:
                return each.code
    return ""


@cache
def form_words(code: str) -> Mapping[str, str]:
    """The words of a form in a language."""
    return {key: str(word) for key, word in _read(code, "form.toml").items()}


@cache
def purpose_words(code: str) -> Mapping[str, Mapping[str, str]]:
    """The shipped purposes in a language: label, audience, keeps by their code.

    For Dutch the texts that a new school starts with: only a purpose that still has these is
    translated.
    """
    if code == DUTCH:
        stored = tomllib.loads(resource("purposes.nl.toml").read_text(encoding="utf-8"))
        return {each["code"]: each for each in stored["purpose"]}
    return _read(code, "purposes.toml")


def _read(code: str, name: str) -> dict[str, Any]:
    return tomllib.loads(resource(f"letters/{code}/{name}").read_text(encoding="utf-8"))


def _language(code: str) -> Language:
    stored = _read(code, "language.toml")
    return Language(
        code,
        stored["title"],
        stored["own_title"],
        frozenset(plain(name) for name in stored["names"]),
        stored["date"],
        tuple(stored["months"]),
        stored["about"],
        {key: tuple(phrases) for key, phrases in stored["required"].items()},
    )
