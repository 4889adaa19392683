"""What somebody wrote is made into the text that is kept: a template that prints just that."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from schoolprivacy.errors import RefusedError
from schoolprivacy.letters.line_ends import Chunk, Kind, is_alone, is_hard, is_heading, is_printed
from schoolprivacy.letters.pieces import (
    Field,
    Mark,
    Piece,
    Remark,
    Turn,
    Words,
    Wrap,
    groups,
    is_whole,
    join,
)
from schoolprivacy.paper.running_text import BREAK

_CODES = re.compile(r"\{{2,}|\{(?=[%#])")
_LAST_CODES = re.compile(rf"{_CODES.pattern}|\{{\Z")
_NO_WORD = re.compile(r'["\\{}\n]')
_TAGS = {
    Turn.WHEN: "{{% if {} %}}",
    Turn.ELSE_WHEN: "{{% elif {} %}}",
    Turn.OTHERWISE: "{{% else %}}",
    Turn.END: "{{% endif %}}",
}


@dataclass(frozen=True, slots=True)
class Written:
    """A text as it is kept.

    :param lines: of each of its lines, the line in which who wrote it sees it; both from 1
    """

    body: str
    lines: tuple[int, ...]

    def line_seen(self, line: int) -> int:
        """The line that somebody sees of a line of the kept text; 0 of none."""
        return self.lines[min(line, len(self.lines)) - 1] if line > 0 and self.lines else 0


def write_pieces(pieces: Sequence[Piece]) -> Written:
    """The text to be kept.

    :raises RefusedError: ``letter.unpaired``, a condition has no begin or no end; names the line
    """
    pieces = join(pieces)
    for group in groups(pieces):
        if not is_whole(pieces, group):
            raise RefusedError("letter.unpaired", line=_line_of(pieces, group[0]))
    return _Writing(_trimmed(list(_chunks(pieces)))).write()


def _line_of(pieces: Sequence[Piece], place: int) -> int:
    return 1 + sum(each.text.count("\n") for each in pieces[:place] if isinstance(each, Words))


# — one chunk after another —


def _chunks(pieces: Sequence[Piece]) -> Iterator[Chunk]:
    choices = {group[0]: group for group in groups(pieces) if _is_choice(pieces, group)}
    skip = 0
    for place, each in enumerate(pieces):
        if place < skip:
            continue
        if place in choices:
            yield _choice(pieces, choices[place])
            skip = choices[place][-1] + 1
        elif isinstance(each, Words):
            follows = pieces[place + 1] if place + 1 < len(pieces) else None
            yield from _words(each, is_last=follows is None)
        elif isinstance(each, Field):
            yield Chunk(Kind.PRINTED, each.source or f"{{{{ {each.name} }}}}", each.bold)
        elif isinstance(each, Wrap):
            yield Chunk(Kind.WRAP, "\n")
        else:
            mark = each if isinstance(each, Mark) else None
            yield Chunk(Kind.TAG, _tag(each), mark=mark)


def _words(words: Words, *, is_last: bool) -> Iterator[Chunk]:
    lines = words.text.split("\n")
    for place, text in enumerate(lines):
        if place:
            yield Chunk(Kind.LINE, "\n")
        if text:
            is_before = not is_last and place == len(lines) - 1
            yield Chunk(Kind.PRINTED, _coded(text, is_before), words.bold, not text.strip())


def _coded(text: str, is_before: bool) -> str:
    """Words that mean nothing but themselves in a template.

    :param is_before: something may follow that makes a code with the last sign
    """
    text = re.sub(r"&(?=[#\w]|\Z)" if is_before else r"&(?=[#\w])", "&amp;", text)
    text = text.replace("<", "&lt;")
    codes = _LAST_CODES if is_before else _CODES
    return codes.sub(lambda found: f'{{{{ "{found.group()}" }}}}', text)


def _tag(piece: Mark | Remark) -> str:
    if isinstance(piece, Remark):
        return piece.source
    return piece.source or _TAGS[piece.turn].format(piece.asks)


def _trimmed(chunks: Sequence[Chunk]) -> list[Chunk]:
    """The same without the white at the end of a line, which nobody sees and is not kept."""
    found: list[Chunk] = []
    for each in reversed(chunks):
        ends = not found or found[-1].kind is Kind.LINE
        if ends and (each.is_blank or each.kind is Kind.WRAP):
            continue
        if ends and each.kind is Kind.PRINTED:
            each = replace(each, text=each.text.rstrip())
        found.append(each)
    return found[::-1]


# — a choice within a sentence —


def _is_choice(pieces: Sequence[Piece], group: Sequence[int]) -> bool:
    """Whether it can be written as a choice between words, as it was."""
    first = pieces[group[0]]
    if not (isinstance(first, Mark) and first.is_choice):
        return False
    branches = [pieces[at + 1 : to] for at, to in pairwise(group)]
    weights = {
        each.bold for branch in branches for each in branch if isinstance(each, Words | Field)
    }
    return len(weights) == 1 and all(_is_word(branch) for branch in branches)


def _is_word(branch: Sequence[Piece]) -> bool:
    if not branch:
        return True
    (first, *more) = branch
    if more:
        return False
    if isinstance(first, Words):
        return not _NO_WORD.search(first.text)
    return isinstance(first, Field)


def _choice(pieces: Sequence[Piece], group: Sequence[int]) -> Chunk:
    said: list[str] = []
    bold = False
    for at, to in pairwise(group):
        mark, branch = pieces[at], pieces[at + 1 : to]
        assert isinstance(mark, Mark)
        word = '""'
        for each in branch:
            assert isinstance(each, Words | Field)
            bold = each.bold
            word = each.name if isinstance(each, Field) else f'"{each.text}"'
        if mark.turn is Turn.OTHERWISE:
            said.append(f"else {word}")
        else:
            said.append(f"{'else ' if at != group[0] else ''}{word} if {mark.asks}")
    # "a if x else b if y": the word comes before its condition
    return Chunk(Kind.PRINTED, f"{{{{ {' '.join(said)} }}}}", bold)


# — the whole —


class _Writing:
    """Puts chunks together, with bold begun and ended where it may and no line end lost."""

    def __init__(self, chunks: list[Chunk]) -> None:
        self._chunks = chunks
        self._text = ""
        self._bold = False
        self._line = 1
        self._lines = [1]

    def write(self) -> Written:
        for place, chunk in enumerate(self._chunks):
            if chunk.kind is Kind.PRINTED:
                self._turn_bold(chunk.bold and not is_heading(self._chunks, place))
                self._put(chunk.text)
            elif chunk.kind is Kind.TAG:
                self._turn_bold(False)
                self._put(self._tag_at(place))
            elif chunk.kind is Kind.LINE:
                self._turn_bold(False)
                self._line += 1
                self._put(f"{BREAK}\n" if is_hard(self._chunks, place) else "\n")
            else:
                self._put_wrap(place)
        self._turn_bold(False)
        return Written(self._text, tuple(self._lines))

    def _put(self, text: str) -> None:
        self._text += text
        self._lines += [self._line] * text.count("\n")

    def _turn_bold(self, on: bool) -> None:
        if on != self._bold:
            self._put("<b>" if on else "</b>")
            self._bold = on

    def _next(self, place: int) -> Chunk | None:
        return self._chunks[place + 1] if place + 1 < len(self._chunks) else None

    def _put_wrap(self, place: int) -> None:
        """A new line, but a space where a new line could become another paragraph or a heading.

        It could when what stands before or after it in its line is not always printed.
        """
        follows = self._next(place)
        self._turn_bold(self._bold and follows is not None and follows.bold)
        before, after = self._chunks[:place][::-1], self._chunks[place + 1 :]
        is_within = is_printed(before) and is_printed(after)
        may_be_heading = is_heading(self._chunks, place) or is_heading(after, 0)
        self._put("\n" if is_within and not may_be_heading else " ")

    def _tag_at(self, place: int) -> str:
        """A condition, with the line end after it printed unless it stands on a line alone."""
        text = self._chunks[place].text
        follows = self._next(place)
        alone = is_alone(self._chunks, place)
        if alone and follows is not None and follows.kind is Kind.LINE:
            text = text.removesuffix("\n")
        elif follows is not None and follows.kind in (Kind.LINE, Kind.WRAP):
            text = text if is_hard(self._chunks, place + 1) else _keeping(text)
        begun = self._text.rpartition("\n")[2]
        is_indented = bool(begun) and not begun.strip()
        return f"{text[:2]}+{text[2:]}" if is_indented and not alone and text[2] != "+" else text


def _keeping(text: str) -> str:
    """A condition that does not take the line end after it along."""
    if text.endswith("\n") or text[-3] in "+-":
        return text
    return f"{text[:-2]}+{text[-2:]}"
