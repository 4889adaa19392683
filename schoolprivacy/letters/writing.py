"""What somebody wrote is made into the text that is kept: a template that prints just that."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from schoolprivacy.errors import RefusedError
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
from schoolprivacy.paper.running_text import BREAK, HEADING

_CODES = re.compile(r"\{{2,}|\{(?=[%#])")
_LAST_CODES = re.compile(rf"{_CODES.pattern}|\{{\Z")
_NO_WORD = re.compile(r'["\\{}\n]')
_TAGS = {
    Turn.WHEN: "{{% if {} %}}",
    Turn.ELSE_WHEN: "{{% elif {} %}}",
    Turn.OTHERWISE: "{{% else %}}",
    Turn.END: "{{% endif %}}",
}


class _Kind(StrEnum):
    PRINTED = "printed"
    TAG = "tag"
    LINE = "line"
    WRAP = "wrap"


@dataclass(frozen=True, slots=True)
class _Chunk:
    """A bit of the template.

    :param is_blank: of what is printed: nothing but spaces
    """

    kind: _Kind
    text: str
    bold: bool = False
    is_blank: bool = False


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


def _chunks(pieces: Sequence[Piece]) -> Iterator[_Chunk]:
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
            yield from _words(each, is_before_code=not isinstance(follows, Words | Wrap | None))
        elif isinstance(each, Field):
            yield _Chunk(_Kind.PRINTED, each.source or f"{{{{ {each.name} }}}}", each.bold)
        elif isinstance(each, Wrap):
            yield _Chunk(_Kind.WRAP, "\n")
        else:
            yield _Chunk(_Kind.TAG, _tag(each))


def _words(words: Words, *, is_before_code: bool) -> Iterator[_Chunk]:
    lines = words.text.split("\n")
    for place, text in enumerate(lines):
        if place:
            yield _Chunk(_Kind.LINE, "\n")
        if text:
            is_last = is_before_code and place == len(lines) - 1
            yield _Chunk(_Kind.PRINTED, _coded(text, is_last), words.bold, not text.strip())


def _coded(text: str, is_before_code: bool) -> str:
    """Words that mean nothing but themselves in a template."""
    text = re.sub(r"&(?=[#\w])", "&amp;", text).replace("<", "&lt;")
    codes = _LAST_CODES if is_before_code else _CODES
    return codes.sub(lambda found: f'{{{{ "{found.group()}" }}}}', text)


def _tag(piece: Mark | Remark) -> str:
    if isinstance(piece, Remark):
        return piece.source
    return piece.source or _TAGS[piece.turn].format(piece.asks)


def _trimmed(chunks: Sequence[_Chunk]) -> list[_Chunk]:
    """The same without the white at the end of a line, which nobody sees and is not kept."""
    found: list[_Chunk] = []
    for each in reversed(chunks):
        ends = not found or found[-1].kind is _Kind.LINE
        if ends and (each.is_blank or each.kind is _Kind.WRAP):
            continue
        if ends and each.kind is _Kind.PRINTED:
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


def _choice(pieces: Sequence[Piece], group: Sequence[int]) -> _Chunk:
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
    return _Chunk(_Kind.PRINTED, f"{{{{ {' '.join(said)} }}}}", bold)


# — the whole —


class _Writing:
    """Puts chunks together, with bold begun and ended where it may and no line end lost."""

    def __init__(self, chunks: list[_Chunk]) -> None:
        self._chunks = chunks
        self._text = ""
        self._begun = ""  # what is printed of the line so far
        self._bold = False
        self._line = 1
        self._lines = [1]

    def write(self) -> Written:
        for place, chunk in enumerate(self._chunks):
            if chunk.kind is _Kind.PRINTED:
                self._turn_bold(chunk.bold)
                self._put(chunk.text)
                self._begun += chunk.text
            elif chunk.kind is _Kind.TAG:
                self._turn_bold(False)
                self._put(self._tag_at(place))
            elif chunk.kind is _Kind.LINE:
                self._turn_bold(False)
                self._line += 1
                self._put(f"{BREAK}\n" if self._is_hard(place) else "\n")
                self._begun = ""
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

    def _next(self, place: int) -> _Chunk | None:
        return self._chunks[place + 1] if place + 1 < len(self._chunks) else None

    def _put_wrap(self, place: int) -> None:
        """A new line, but a space where a new line could become another paragraph.

        So it does when what stands before or after it in its line is not always printed.
        """
        follows = self._next(place)
        self._turn_bold(self._bold and follows is not None and follows.bold)
        before, after = self._chunks[:place][::-1], self._chunks[place + 1 :]
        is_within = _is_printed(before) and _is_printed(after)
        self._put("\n" if is_within and not HEADING.match(self._begun) else " ")

    def _tag_at(self, place: int) -> str:
        """A condition, with the line end after it printed unless it stands on a line alone."""
        text = self._chunks[place].text
        follows = self._next(place)
        is_alone = self._is_alone(place)
        if is_alone and follows is not None and follows.kind is _Kind.LINE:
            text = text.removesuffix("\n")
        elif follows is not None and follows.kind in (_Kind.LINE, _Kind.WRAP):
            text = text if self._is_hard(place + 1) else _keeping(text)
        begun = self._text.rpartition("\n")[2]
        is_indented = bool(begun) and not begun.strip()
        return f"{text[:2]}+{text[2:]}" if is_indented and not is_alone and text[2] != "+" else text

    def _is_alone(self, place: int) -> bool:
        """Whether nothing that is printed stands in its line."""
        before = _line_end(self._chunks[:place][::-1])
        after = _line_end(self._chunks[place + 1 :])
        return all(each.is_blank or each.kind is _Kind.TAG for each in [*before, *after])

    def _is_hard(self, place: int) -> bool:
        """Whether a line end stands within a paragraph, so that it is printed as one."""
        before = _line_end(self._chunks[:place][::-1])[::-1]
        after = _line_end(self._chunks[place + 1 :])
        is_line = self._chunks[place].kind is _Kind.LINE
        return is_line and _is_running(before) and _is_running(after)


def _is_running(chunks: Sequence[_Chunk]) -> bool:
    """Whether a line holds something of a paragraph."""
    text = "".join(each.text for each in chunks if each.kind is _Kind.PRINTED)
    return bool(text.strip()) and not HEADING.match(text)


def _is_printed(chunks: Sequence[_Chunk]) -> bool:
    """Whether the first of these that is not blank is printed in every case."""
    return next((each.kind is _Kind.PRINTED for each in chunks if not each.is_blank), False)


def _line_end(chunks: Sequence[_Chunk]) -> list[_Chunk]:
    found: list[_Chunk] = []
    for each in chunks:
        if each.kind is _Kind.LINE:
            break
        found.append(each)
    return found


def _keeping(text: str) -> str:
    """A condition that does not take the line end after it along."""
    if text.endswith("\n") or text[-3] in "+-":
        return text
    return f"{text[:-2]}+{text[-2:]}"
