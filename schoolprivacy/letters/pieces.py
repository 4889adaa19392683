"""A text of a letter as who writes it sees it: words, values by their Dutch names, conditions.

A text is kept as a template. What stands here says the same without its codes: ``reading`` makes
it of a template, ``writing`` makes the template of it again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from jinja2 import nodes

from schoolprivacy.letters.checking import parse
from schoolprivacy.letters.terms import Letter, shown_words


class Turn(StrEnum):
    """What begins at a mark."""

    WHEN = "when"
    ELSE_WHEN = "else_when"
    OTHERWISE = "otherwise"
    END = "end"


@dataclass(frozen=True, slots=True)
class Words:
    """Words as they are read, without codes.

    :param text: a line end begins a new line, an empty line a new paragraph
    """

    text: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Wrap:
    """The kept text goes on in a new line within a paragraph; printed, and shown, as a space."""


@dataclass(frozen=True, slots=True)
class Field:
    """A value that is filled in.

    :param name: of the placeholder
    :param source: as it stood in the template; "" as this program writes it
    """

    name: str
    bold: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """Where words begin or end that a letter holds in some cases only.

    :param asks: the condition, as a template says it; "" of an end
    :param source: as it stood in the template, with the white around it that is never printed
    :param is_choice: it stood within a sentence, as one word or another
    """

    turn: Turn
    asks: str = ""
    source: str = ""
    is_choice: bool = False


@dataclass(frozen=True, slots=True)
class Remark:
    """What a school noted for itself; never printed."""

    source: str


Piece = Words | Wrap | Field | Mark | Remark


def join(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """The same, with words that follow one another taken together."""
    found: list[Piece] = []
    for each in pieces:
        last = found[-1] if found else None
        if isinstance(each, Words) and isinstance(last, Words) and each.bold == last.bold:
            found[-1] = Words(last.text + each.text, each.bold)
        elif not isinstance(each, Words) or each.text:
            found.append(each)
    return tuple(found)


# — what is shown —


def shown(piece: Piece, letter: Letter) -> str:
    """What somebody reads of a piece, in Dutch."""
    words = shown_words()
    if isinstance(piece, Words):
        return piece.text
    if isinstance(piece, Field):
        return words["field"].format(field=called(piece.name, letter))
    if isinstance(piece, Mark):
        return _shown_mark(piece, letter)
    if isinstance(piece, Remark):
        noted = " ".join(piece.source.strip().strip("{}").strip("#").strip("+-").split())
        return words["remark"].format(what=noted)
    return " "


def called(name: str, letter: Letter) -> str:
    """The Dutch name of a value."""
    return next(each.called for each in letter.placeholders if each.name == name)


def asked(asks: str, letter: Letter) -> str:
    """What a condition asks, as a Dutch sentence."""
    return _asked(asked_of(asks), letter)


def _shown_mark(mark: Mark, letter: Letter) -> str:
    words = shown_words()
    if mark.turn in (Turn.OTHERWISE, Turn.END):
        return words[mark.turn]
    asks = asked_of(mark.asks)
    if isinstance(asks, nodes.Not) and isinstance(asks.node, nodes.Name):
        return words[f"{mark.turn}_not"].format(what=_asked(asks.node, letter))
    return words[mark.turn].format(what=_asked(asks, letter))


def asked_of(asks: str) -> nodes.Node:
    """The condition that a template asks with.

    :raises RefusedError: it is none
    """
    (found,) = parse(f"{{% if {asks} %}}{{% endif %}}").body
    assert isinstance(found, nodes.If)
    return found.test


def _asked(node: nodes.Node, letter: Letter) -> str:
    """A condition as a Dutch sentence; of one within another each part is apart."""
    words = shown_words()
    if isinstance(node, nodes.Name):
        explains = {each.name: each.explains for each in letter.conditions}
        if node.name in explains:
            return explains[node.name]
        return words["filled"].format(field=called(node.name, letter))
    if isinstance(node, nodes.Not):
        return words["negated"].format(what=_within(node.node, letter))
    assert isinstance(node, nodes.And | nodes.Or)
    between = words["also"] if isinstance(node, nodes.And) else words["either"]
    return between.join(_within(each, letter) for each in (node.left, node.right))


def _within(node: nodes.Node, letter: Letter) -> str:
    what = _asked(node, letter)
    return f"({what})" if isinstance(node, nodes.And | nodes.Or) else what


# — what belongs together —


def groups(pieces: Sequence[Piece | None]) -> list[list[int]]:
    """The places of the marks that belong together, the outer ones last.

    A mark that has nothing to belong to is a group of its own without an end.
    """
    found: list[list[int]] = []
    open_: list[list[int]] = []
    for place, each in enumerate(pieces):
        if not isinstance(each, Mark):
            continue
        if each.turn is Turn.WHEN:
            open_.append([place])
        elif not open_ or _is_past(pieces, open_[-1], each):
            found.append([place])
        else:
            open_[-1].append(place)
        if each.turn is Turn.END and open_ and open_[-1][-1] == place:
            found.append(open_.pop())
    return found + open_


def _is_past(pieces: Sequence[Piece | None], group: Sequence[int], mark: Mark) -> bool:
    """Whether a condition or "otherwise" comes after the "otherwise" of its group."""
    last = pieces[group[-1]]
    return mark.turn is not Turn.END and isinstance(last, Mark) and last.turn is Turn.OTHERWISE


def is_whole(pieces: Sequence[Piece], group: Sequence[int]) -> bool:
    """Whether a group has its beginning and its end."""
    first, last = pieces[group[0]], pieces[group[-1]]
    assert isinstance(first, Mark) and isinstance(last, Mark)
    return first.turn is Turn.WHEN and last.turn is Turn.END


def going_along(pieces: Sequence[Piece], chosen: Collection[int]) -> set[int]:
    """The places that go when the chosen ones are taken away.

    With the beginning or the end of a condition its other marks go; the words stay.
    """
    gone = set(chosen)
    for group in groups(pieces):
        if group[0] in gone or group[-1] in gone:
            gone |= set(group)
    return gone


def whole(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The same without marks that have lost their beginning or end, as in part of a text."""
    lost = {at for group in groups(pieces) if not is_whole(pieces, group) for at in group}
    return join(each for place, each in enumerate(pieces) if place not in lost)
