"""What is copied from one text of a letter to another, and what comes from other programs."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, replace

from schoolprivacy.errors import RefusedError
from schoolprivacy.letters.literals import value_named
from schoolprivacy.letters.pieces import (
    Field,
    Mark,
    Piece,
    Remark,
    Turn,
    Words,
    Wrap,
    called,
    groups,
    join,
    shown,
    whole,
)
from schoolprivacy.letters.terms import Letter, letters

_NAMED = re.compile("(«[^«»\n]{1,80}»)")
_KINDS = {each.__name__: each for each in (Words, Wrap, Field, Mark, Remark)}
_REMARK = re.compile(r"\s*\{#(?:(?!#\}).)*#\}\s*", re.DOTALL)
_LINE_ENDS = re.compile("\r\n?|[\v\f\x85\u2028\u2029]")
_UNSEEN = re.compile("[\0-\x08\x0e-\x1f\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff\ufffc]")
_BULLETS = re.compile("[▪●◦■►➢❖❑❏☐✓✔→\uf000-\uf0ff]")
"""Of lists; the private ones are of the fonts of signs that Word makes lists with."""
_AS_LETTERS = str.maketrans({"ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl", "−": "–"})


# — within the program —


def packed(pieces: Sequence[Piece], letter: Letter) -> bytes:
    """Part of a text, to be taken along; half a condition is left behind."""
    kept = [[type(each).__name__, asdict(each)] for each in whole(pieces)]
    return json.dumps({"letter": letter.name, "pieces": kept}).encode()


def unpacked(data: bytes, letter: Letter) -> tuple[Piece, ...] | None:
    """What was taken along, for another letter too.

    A value or condition that the other letter does not have is words, by its Dutch name.

    :return: None when it was not packed by ``packed``
    """
    try:
        found = json.loads(data)
        source = next(each for each in letters() if each.name == found["letter"])
        pieces = [_piece(kind, told) for kind, told in found["pieces"]]
        return _for_letter(whole(pieces), source, letter)
    except (ValueError, TypeError, KeyError, StopIteration, RefusedError):
        return None


def _piece(kind: str, told: dict[str, object]) -> Piece:
    """One piece.

    :raises ValueError, TypeError, KeyError: it is none
    """
    made = _KINDS[kind](**told)  # type: ignore[arg-type]
    if isinstance(made, Remark) and not _REMARK.fullmatch(made.source):
        raise ValueError(kind)
    if isinstance(made, Mark):
        return Mark(Turn(made.turn), made.asks, is_choice=made.is_choice)
    return replace(made, source="") if isinstance(made, Field) else made


def _for_letter(pieces: Sequence[Piece], source: Letter, letter: Letter) -> tuple[Piece, ...]:
    known = {
        at
        for group in groups(pieces)
        if all(_is_known(pieces[at], source, letter) for at in group)
        for at in group
    }
    return join(
        [
            each
            if at in known or not isinstance(each, Field | Mark)
            else _moved(each, source, letter)
            for at, each in enumerate(pieces)
        ]
    )


def _is_known(mark: Piece, source: Letter, letter: Letter) -> bool:
    """Whether a condition asks the same of another letter."""
    assert isinstance(mark, Mark)
    names = set(re.findall(r"\w+", mark.asks)) - {"and", "or", "not"}
    has = {each.name for each in letter.conditions} | {each.name for each in letter.placeholders}
    return names <= has and shown(mark, letter) == shown(mark, source)


def _moved(piece: Piece, source: Letter, letter: Letter) -> Piece:
    if isinstance(piece, Field):
        value = value_named(called(piece.name, source), letter)
        if value is not None:
            return Field(value.name, piece.bold)
        return Words(shown(piece, source), piece.bold)
    return Words(shown(piece, source))


# — from elsewhere —


def read_words(text: str, letter: Letter) -> tuple[Piece, ...]:
    """What somebody wrote in another program; a «name» of a value of this letter is the value.

    Tabs are spaces, every kind of line end begins a line, signs of lists are all the same, and
    signs that nobody sees are left out: paper has none of them.
    """
    found: list[Piece] = []
    for part in _NAMED.split(_tidied(text)):
        value = value_named(part.strip("«»"), letter) if part[:1] == "«" else None
        found.append(Field(value.name) if value else Words(part))
    return join(found)


def _tidied(text: str) -> str:
    text = _UNSEEN.sub("", _LINE_ENDS.sub("\n", text)).translate(_AS_LETTERS)
    text = _BULLETS.sub("•", re.sub("(?m)^o\t", "•\t", text))
    return "\n".join(re.sub(" *\t[ \t]*", " ", line.strip("\t")) for line in text.split("\n"))
