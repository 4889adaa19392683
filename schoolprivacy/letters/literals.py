"""What somebody typed as if it were a value that is filled in, and what prints as it stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

from schoolprivacy.errors import sentence
from schoolprivacy.letters.pieces import Piece, Words, Wrap
from schoolprivacy.letters.terms import Letter, Placeholder, letters, shown_words
from schoolprivacy.people.names import plain

_TYPED = re.compile(r"\{+[^{}\n\0]{0,80}\}+|«[^«»\n\0]{1,80}»|\[[^\[\]\n\0]{1,200}\]")
_ALIKE = 0.72
"""How alike a typed name and a Dutch name are for it to be meant, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Literal:
    """Typed as a value or a condition: printed as it stands.

    :param line: as who wrote it sees it, from 1
    :param meant: the value that it looks like
    """

    line: int
    text: str
    meant: Placeholder | None

    def __str__(self) -> str:
        said = {"line": self.line, "text": self.text}
        if self.text.startswith("["):
            return sentence("letter.literal_condition", **said)
        if self.meant is not None:
            return sentence("letter.literal_meant", **said, field=self.meant.called)
        if self.text.startswith("«"):
            return sentence("letter.literal_elsewhere", **said)
        return sentence("letter.literal", **said)


def literals(pieces: Sequence[Piece], letter: Letter) -> tuple[Literal, ...]:
    """Everything in braces; a value of any letter between « and »; what looks like a condition."""
    words = "".join(_words(each) for each in pieces)
    found = (
        Literal(words.count("\n", 0, each.start()) + 1, each.group(), _meant(each.group(), letter))
        for each in _TYPED.finditer(words)
    )
    return tuple(each for each in found if each.meant or _is_like_one(each.text))


def _is_like_one(text: str) -> bool:
    if text.startswith("«"):
        return any(value_named(text.strip("«»"), each) for each in letters())
    return text.startswith("{") or bool(_marks().fullmatch(plain(text)))


@cache
def _marks() -> re.Pattern[str]:
    """How conditions and remarks are shown, whatever they ask."""
    shows = [plain(words) for words in shown_words().values() if words.startswith("[")]
    return re.compile("|".join(re.sub(r"\bwhat$", ".*", each) for each in shows))


def value_named(name: str, letter: Letter) -> Placeholder | None:
    """The value with exactly this Dutch name."""
    asked = plain(name)
    return next((each for each in letter.placeholders if plain(each.called) == asked), None)


def _words(piece: Piece) -> str:
    """Words as they are; of anything else only that it stands there."""
    if isinstance(piece, Words):
        return piece.text
    return " " if isinstance(piece, Wrap) else "\0"


def _meant(text: str, letter: Letter) -> Placeholder | None:
    if text.startswith("["):
        return None
    asked = plain(re.sub(r"[{}«»%#_]+", " ", text))
    if text.startswith("«"):
        return value_named(asked, letter)
    names = {plain(each.name.replace("_", " ")): each for each in letter.placeholders}
    names |= {plain(each.called): each for each in letter.placeholders}
    alike = get_close_matches(asked, names, 1, _ALIKE)
    if alike:
        return names[alike[0]]
    within = [name for name in names if len(asked) > 2 and asked in name.split()]
    return names[within[0]] if within else None
