"""How hard a passphrase is to guess, told honestly."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby

from schoolprivacy.vault.keys import (
    SHORTEST_PASSPHRASE,
    WORDS_ASKED,
    is_weak,
    new_passphrase,
)

_SHORTEST_WORD = 3  # letters; "de", "en", "op" add next to nothing
_STRONG_WORDS = 6
_LONG_JUMBLE = 16  # characters without a pattern, about as hard to guess as four words
_ROWS = (
    "abcdefghijklmnopqrstuvwxyz",
    "0123456789012",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
)
_CHAINS = (
    "nul een één twee drie vier vijf zes zeven acht negen tien elf twaalf",
    "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
    "januari februari maart april mei juni juli augustus september oktober november december",
    "lente zomer herfst winter",
    "rood oranje geel groen blauw paars",
    "aap noot mies wim zus jet teun vuur gijs lam kees bok weide does hok duif schapen",
    "wachtwoord wachtzin password passphrase geheim welkom hallo inloggen admin test",
    "correct horse battery staple",
)
_RUN = 4


@dataclass(frozen=True, slots=True)
class Strength:
    """What can be said of a passphrase.

    :param score: 0 (guessed at once) to 4 (strong); from 3 on it is good enough
    :param words: different words that count; what is known or repeated does not
    :param key: its sentence in messages.nl.toml
    """

    score: int
    words: int
    key: str


def strength(secret: str) -> Strength:
    """Judge a new passphrase, also while it is typed; the number of different words comes first."""
    plain = " ".join(secret.lower().split())
    words = len(_counting_words(plain))
    if len(plain) < SHORTEST_PASSPHRASE:
        return Strength(0, words, "strength.short")
    if words >= WORDS_ASKED and not is_weak(secret):
        strong = words >= _STRONG_WORDS
        return Strength(*((4, words, "strength.strong") if strong else (3, words, "strength.good")))
    rest = _without_patterns(plain)
    if len(rest) < SHORTEST_PASSPHRASE:
        return Strength(0, words, "strength.guessable")
    if " " not in plain and len(rest) >= _LONG_JUMBLE and _kinds(secret) >= 3:
        return Strength(2, words, "strength.jumble")
    return Strength(1, words, "strength.few_words")


def passphrase_suggestion() -> str:
    """Six made-up words that can be said aloud, for who cannot think of any."""
    return new_passphrase()


def _counting_words(plain: str) -> set[str]:
    """The different words; of a known row of words only the first counts."""
    found: set[str] = set()
    chains: set[str] = set()
    for word in plain.split():
        letters = "".join(each for each in word if each.isalpha())
        if len(letters) < _SHORTEST_WORD or len(_without_patterns(letters)) < _SHORTEST_WORD:
            continue
        chain = next((c for c in _CHAINS if letters in c.split()), None)
        if chain is None:
            found.add(letters)
        elif chain not in chains:
            chains.add(chain)
            found.add(letters)
    return found


def _without_patterns(plain: str) -> str:
    """What is left without known words, rows of keys or numbers, years, and repetition."""
    for known in sorted(_CHAINS[6].split(), key=len, reverse=True):
        plain = plain.replace(known, "")
    plain = re.sub(r"(19|20)\d\d", "", plain)
    for row in _ROWS + tuple(each[::-1] for each in _ROWS):
        for size in range(len(row), _RUN - 1, -1):
            for start in range(len(row) - size + 1):
                plain = plain.replace(row[start : start + size], "")
    plain = re.sub(r"(.+?)\1{2,}", r"\1", plain)
    plain = re.sub(r"^(.{3,}?)\1+$", r"\1", plain)
    return "".join(key for key, _ in groupby(plain))


def _kinds(secret: str) -> int:
    """How many of small letters, capitals, digits and signs there are."""
    return sum(
        any(test(each) for each in secret)
        for test in (str.islower, str.isupper, str.isdigit, lambda c: not c.isalnum())
    )
