"""The lines of a text while it is written as a template: which are printed, and which end as one.

What stands between two line ends is a line. One with nothing but conditions is no line on paper.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from schoolprivacy.letters.pieces import Mark, Turn, groups
from schoolprivacy.paper.running_text import HEADING


class Kind(StrEnum):
    PRINTED = "printed"
    TAG = "tag"
    LINE = "line"
    WRAP = "wrap"


@dataclass(frozen=True, slots=True)
class Chunk:
    """A bit of the template.

    :param is_blank: of what is printed: nothing but spaces
    :param mark: of a tag: the condition; None of a remark
    """

    kind: Kind
    text: str
    bold: bool = False
    is_blank: bool = False
    mark: Mark | None = None


def line_end(chunks: Sequence[Chunk]) -> list[Chunk]:
    """What stands before the first line end."""
    found: list[Chunk] = []
    for each in chunks:
        if each.kind is Kind.LINE:
            break
        found.append(each)
    return found


def is_alone(chunks: Sequence[Chunk], place: int) -> bool:
    """Whether nothing that is printed stands in the line of a tag."""
    return all(each.is_blank or each.kind is Kind.TAG for each in _line_of(chunks, place))


def is_printed(chunks: Sequence[Chunk]) -> bool:
    """Whether the first of these that is not blank is printed in every case."""
    return next((each.kind is Kind.PRINTED for each in chunks if not each.is_blank), False)


def is_hard(chunks: Sequence[Chunk], place: int) -> bool:
    """Whether it is the end of a line of a paragraph that in some case goes on in the next one."""
    if chunks[place].kind is not Kind.LINE or not _is_running(_line_of(chunks, place)):
        return False
    groups_ = groups([each.mark for each in chunks])
    onward = {at: (to, group[-1]) for group in groups_ for at, to in pairwise(group)}
    todo, seen = [place + 1], set[int]()
    while todo:
        at = todo.pop()
        if at in seen or at >= len(chunks):
            continue
        seen.add(at)
        line = _line_of(chunks, at)
        if not any(each.kind is Kind.TAG for each in line) or not is_alone(chunks, at):
            if _is_running(line):
                return True
        else:
            todo += _after(chunks[at], at, onward)
    return False


def _after(chunk: Chunk, at: int, onward: Mapping[int, tuple[int, int]]) -> list[int]:
    """Where a text may go on after a bit of a line with nothing but conditions."""
    if chunk.mark is None or at not in onward:
        return [at + 1]
    following, last = onward[at]
    if chunk.mark.turn is Turn.WHEN:
        return [at + 1, *_branches(following, last, onward)]
    return [last + 1]


def _branches(at: int, last: int, onward: Mapping[int, tuple[int, int]]) -> list[int]:
    """Where a text may go on when the first condition does not hold."""
    found = [at + 1]
    while at != last:
        at = onward[at][0]
        found.append(at + 1)
    return found


def is_heading(chunks: Sequence[Chunk], place: int) -> bool:
    """Whether a chunk stands in a title or heading, which is bold by itself."""
    return bool(HEADING.match(_printed(_line_of(chunks, place))))


def _printed(chunks: Sequence[Chunk]) -> str:
    said = {Kind.WRAP: " ", Kind.TAG: ""}
    return "".join(said.get(each.kind, each.text) for each in chunks)


def _line_of(chunks: Sequence[Chunk], place: int) -> list[Chunk]:
    """The line in which a chunk stands, or that it ends."""
    before = line_end(chunks[:place][::-1])[::-1]
    return before if chunks[place].kind is Kind.LINE else before + line_end(chunks[place:])


def _is_running(chunks: Sequence[Chunk]) -> bool:
    """Whether a line holds something of a paragraph."""
    text = _printed(chunks)
    return bool(text.strip()) and not HEADING.match(text)
