"""A kept text of a letter is read as what somebody can write in: pieces without codes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jinja2 import nodes

from schoolprivacy.errors import RefusedError
from schoolprivacy.letters.checking import parse
from schoolprivacy.letters.pieces import (
    Field,
    Mark,
    Piece,
    Remark,
    Turn,
    Words,
    Wrap,
    asked_of,
    groups,
    is_whole,
    join,
)
from schoolprivacy.letters.terms import Letter
from schoolprivacy.paper.running_text import BREAK, HEADING

_CODE = re.compile(r"(\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\})", re.DOTALL)
_TAG = re.compile(r"\{%[+-]?\s*(?P<word>if|elif|else|endif)\b(?P<asks>.*?)[+-]?%\}", re.DOTALL)
_TURNS = {
    "if": Turn.WHEN,
    "elif": Turn.ELSE_WHEN,
    "else": Turn.OTHERWISE,
    "endif": Turn.END,
}
_BOLD = re.compile(r"(</?b>)")
_HARD = "\0"
"""Before a line end that is printed as one, while a text is read."""
_SIGNS = {"&lt;": "<", "&gt;": ">", "&amp;": "&"}


def read_pieces(body: str, letter: Letter) -> tuple[Piece, ...]:
    """What stands in a text, so that writing it gives the same text.

    :raises RefusedError: ``letter.unshown``, it holds a code that cannot be shown as a value or a
        condition of this letter; names the line
    """
    made = _Reading(letter).read(body)
    if not all(is_whole(made, group) for group in groups(made)):
        raise RefusedError("letter.unshown", line=1)
    return _wrapped(made)


class _Reading:
    """Reads one text, from its begin to its end."""

    def __init__(self, letter: Letter) -> None:
        self._values = {each.name for each in letter.placeholders}
        self._names = self._values | {each.name for each in letter.conditions}
        self._made: list[Piece] = []
        self._bold = False

    def read(self, body: str) -> tuple[Piece, ...]:
        parts = _CODE.split(body)
        line = 1
        for place, part in enumerate(parts):
            line += parts[place - 1].count("\n") if place else 0
            if place % 2 == 0:
                self._read_words(part)
            elif part.startswith("{{"):
                self._read_value(part, line)
            else:
                before, after = self._unprinted(part, parts[place + 1])
                parts[place + 1] = parts[place + 1].removeprefix(after)
                self._read_tag(part, before, after, line)
                line += after.count("\n")
        return join(self._made)

    def _read_words(self, text: str) -> None:
        for part in _BOLD.split(text.replace(f"{BREAK}\n", f"{_HARD}\n")):
            if part in ("<b>", "</b>"):
                self._bold = part == "<b>"
            elif part:
                said = re.sub("&(?:lt|gt|amp);", lambda sign: _SIGNS[sign.group()], part)
                self._made.append(Words(said, self._bold))

    def _read_value(self, source: str, line: int) -> None:
        """A value, a word or a choice between words."""
        if source.startswith("{{-") or source.endswith("-}}"):
            raise RefusedError("letter.unshown", line=line)
        for node in _parsed(source, line):
            if isinstance(node, nodes.Output) and len(node.nodes) == 1:
                given = node.nodes[0]
                own = source if source != f"{{{{ {getattr(given, 'name', '')} }}}}" else ""
                self._made += self._expanded(given, line, own)
            else:
                raise RefusedError("letter.unshown", line=line)

    def _expanded(self, node: nodes.Expr, line: int, source: str = "") -> Iterator[Piece]:
        if isinstance(node, nodes.Const) and isinstance(node.value, str):
            yield Words(node.value, self._bold)
        elif isinstance(node, nodes.Name) and node.name in self._values:
            yield Field(node.name, self._bold, source)
        elif isinstance(node, nodes.CondExpr):
            yield from self._choice(node, line)
        else:
            raise RefusedError("letter.unshown", line=line)

    def _choice(self, node: nodes.CondExpr, line: int) -> Iterator[Piece]:
        turn, rest = Turn.WHEN, node
        while True:
            yield Mark(turn, self._asks(rest.test, line), is_choice=True)
            yield from self._expanded(rest.expr1, line)
            if not isinstance(rest.expr2, nodes.CondExpr):
                break
            turn, rest = Turn.ELSE_WHEN, rest.expr2
        if rest.expr2 is not None:
            yield Mark(Turn.OTHERWISE, is_choice=True)
            yield from self._expanded(rest.expr2, line)
        yield Mark(Turn.END, is_choice=True)

    def _read_tag(self, source: str, before: str, after: str, line: int) -> None:
        whole = before + source + after
        if source.startswith("{#"):
            self._made.append(Remark(whole))
            return
        found = _TAG.fullmatch(source)
        if found is None or (found["asks"].strip() and found["word"] in ("else", "endif")):
            raise RefusedError("letter.unshown", line=line)
        turn = _TURNS[found["word"]]
        asks = ""
        if turn in (Turn.WHEN, Turn.ELSE_WHEN):
            try:
                asks = self._asks(asked_of(found["asks"].strip()), line)
            except RefusedError:
                raise RefusedError("letter.unshown", line=line) from None
        self._made.append(Mark(turn, asks, whole))

    def _asks(self, node: nodes.Node, line: int) -> str:
        """A condition, written as this program does."""
        if isinstance(node, nodes.Name) and node.name in self._names:
            return node.name
        if isinstance(node, nodes.Not):
            return f"not {self._bound(node.node, line)}"
        if isinstance(node, nodes.And | nodes.Or):
            word = "and" if isinstance(node, nodes.And) else "or"
            return f"{self._bound(node.left, line)} {word} {self._bound(node.right, line)}"
        raise RefusedError("letter.unshown", line=line)

    def _bound(self, node: nodes.Node, line: int) -> str:
        asks = self._asks(node, line)
        return f"({asks})" if isinstance(node, nodes.And | nodes.Or) else asks

    def _unprinted(self, source: str, rest: str) -> tuple[str, str]:
        """The white around a condition or remark that is not printed, and so not shown.

        The line end after one that stands on a line of its own is shown: without it the text
        after it would seem to stand in that line.
        """
        before = after = ""
        if source[2] == "-" or source[-3] == "-":
            before = self._take_white("\\s*") if source[2] == "-" else ""
            after = _begin("\\s*", rest) if source[-3] == "-" else ""
        elif source[2] != "+":
            before = self._take_white("(?<![^\n])[ \t]+")
        if not after and source[-3] not in "+-" and not self._is_alone():
            after = _begin("\n?", rest)
        return before, after

    def _take_white(self, pattern: str) -> str:
        """Take the white at the end of what was read; in the template it may begin a line."""
        last = self._made[-1] if self._made else None
        if not isinstance(last, Words):
            return ""
        text = last.text
        found = re.search(f"(?:{pattern})$", text)
        if not found or not found.group():
            return ""
        if found.start() == 0 and not self._begins_line():
            return ""
        self._made[-1] = Words(text[: found.start()], last.bold)
        return found.group()

    def _begins_line(self) -> bool:
        """Whether the last words begin a line of the template."""
        if len(self._made) == 1:
            return True
        before = self._made[-2]
        if isinstance(before, Mark | Remark):
            return before.source.endswith("\n")
        return False

    def _is_alone(self) -> bool:
        """Whether nothing that is printed stands before this in its line."""
        for each in reversed(self._made):
            if isinstance(each, Words):
                _, end, line = each.text.rpartition("\n")
                if line.strip():
                    return False
                if end:
                    return True
            elif isinstance(each, Field) or (isinstance(each, Mark) and each.is_choice):
                return False
        return True


def _parsed(source: str, line: int) -> list[nodes.Node]:
    try:
        return parse(source).body
    except RefusedError:
        raise RefusedError("letter.unshown", line=line) from None


def _begin(pattern: str, text: str) -> str:
    found = re.match(pattern, text)
    return found.group() if found else ""


# — lines within a paragraph —


def _wrapped(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """The same, with line ends within a paragraph as what they are: a space, or a new line."""
    lines = "".join(_plain(each) for each in pieces).split("\n")
    made: list[Piece] = []
    line = 0
    for each in pieces:
        if not isinstance(each, Words):
            made.append(each)
            continue
        hard = False
        for place, text in enumerate(each.text.split("\n")):
            if place:
                soft = not hard and _is_running(lines[line]) and _is_running(lines[line + 1])
                made.append(Wrap() if soft else Words("\n", each.bold))
                line += 1
            hard = text.endswith(_HARD)
            made.append(Words(text.removesuffix(_HARD), each.bold))
    return join(made)


def _plain(piece: Piece) -> str:
    """What counts for whether a line holds something that is printed."""
    if isinstance(piece, Words):
        return piece.text
    return "x" if isinstance(piece, Field) or (isinstance(piece, Mark) and piece.is_choice) else ""


def _is_running(line: str) -> bool:
    return bool(line.strip(f" {_HARD}")) and not HEADING.match(line)
