"""Running text: the only place where reportlab breaks lines and sets paragraphs.

The markup is small. Blocks are separated by an empty line; a line that starts with ``# `` is the
title; one with ``## `` is a heading, which hangs in a column of its own beside the blocks that
follow. Inside a block ``<b>`` makes bold, and ``<br/>`` at the end of a line begins a new line;
other line ends are spaces. Values from people are escaped before they come here (see letter_text).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph

from schoolprivacy.errors import KnownError
from schoolprivacy.paper.fonts import BOLD, MM, REGULAR, check
from schoolprivacy.paper.page import BODY_BOTTOM, PAGE_HEIGHT, Document

BREAK = "<br/>"
"""At the end of a line: what follows begins a new line, in the same block."""
HEADING = re.compile("##?(?: |$)")
"""How a line begins that is the title, or a heading."""
_NOT_BOLD = re.compile("<b>( *)</b>")
_LEADING = 1.34
"""Line pitch as a multiple of the size."""
_SIZES = (10.0, 9.75, 9.5)
"""Of a letter, in points: the largest that fits; smaller than the last is not readable enough."""
_SIDE, _GUTTER = 33.0, 4.0
"""The column of the headings, and the white beside it, in mm."""
_BEFORE_HEADING, _BEFORE_PARAGRAPH = 0.32, 0.18
"""White in mm per point of size."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A paragraph with its place: x and lower edge, in mm from the upper left of the text."""

    paragraph: Paragraph
    x: float
    bottom: float


@dataclass(frozen=True, slots=True)
class _Text:
    pieces: tuple[_Piece, ...]
    height: float


def draw_letter(
    document: Document, personal: str, same: str, x: float, y: float, width: float
) -> None:
    """A letter text of two parts, as large as fits above the foot of the page.

    :param personal: markup that differs from letter to letter
    :param same: markup that recurs; set once in the document
    :raises KnownError: ``paper.letter_too_long``, ``paper.missing_glyph``
    """
    for size in _SIZES:
        upper = _set(personal, size, width)
        if y + upper.height + _height(same, size, width) <= BODY_BOTTOM:
            break
    else:
        raise KnownError("paper.letter_too_long")
    _draw(document, upper, x, y)
    document.stamp(
        ("text", same, size, width),
        lambda: _draw(document, _set(same, size, width), x, 0.0),
        y=y + upper.height,
    )


def draw_text(
    document: Document, markup: str, x: float, y: float, width: float, size: float
) -> float:
    """Set a text from y down, in a measure of ``width`` mm; gives the y below it.

    :raises KnownError: ``paper.missing_glyph``
    """
    text = _set(markup, size, width)
    _draw(document, text, x, y)
    return y + text.height


@lru_cache(maxsize=16)
def _height(markup: str, size: float, width: float) -> float:
    return _set(markup, size, width).height


def _set(markup: str, size: float, width: float) -> _Text:
    pieces: list[_Piece] = []
    y = heading_bottom = indent = 0.0
    after_heading = False
    for block in _blocks_of(markup):
        if block.startswith("## "):
            indent = _SIDE + _GUTTER
            y = max(y, heading_bottom) + size * _BEFORE_HEADING
            paragraph, height = _wrapped(block[3:], BOLD, size, _SIDE)
            heading_bottom = y + height
            pieces.append(_Piece(paragraph, 0.0, heading_bottom))
            after_heading = True
            continue
        if block.startswith("# "):
            paragraph, height = _wrapped(block[2:], BOLD, size * 1.5, width)
        else:
            y += 0.0 if after_heading else size * _BEFORE_PARAGRAPH
            paragraph, height = _wrapped(block, REGULAR, size, width - indent)
        after_heading = False
        y += height
        pieces.append(_Piece(paragraph, indent, y))
    return _Text(tuple(pieces), max(y, heading_bottom))


def _wrapped(text: str, font: str, size: float, width: float) -> tuple[Paragraph, float]:
    """A paragraph broken into lines, and its height in mm."""
    paragraph = Paragraph(text, _style(font, size))
    return paragraph, paragraph.wrap(width * MM, PAGE_HEIGHT * MM)[1] / MM


def _blocks_of(markup: str) -> list[str]:
    """The blocks of a markup, each in one string and checked against the font.

    A line of which nothing is printed but its break is no line: what stood in it did not hold.
    """
    blocks: list[list[str]] = [[]]
    for line in _NOT_BOLD.sub(r"\1", markup).split("\n"):
        said = line.removesuffix(BREAK)
        if heading := HEADING.match(said):
            blocks += [[said], []] if said[heading.end() :].strip() else [[]]
        elif not line.strip(" "):
            blocks.append([])
        elif said.strip(" "):
            blocks[-1].append(line)
    joined = (" ".join(lines).removesuffix(BREAK) for lines in blocks if lines)
    return [check(block.replace(f"{BREAK} ", BREAK), "de tekst van de brief") for block in joined]


def _draw(document: Document, text: _Text, x: float, y: float) -> None:
    for piece in text.pieces:
        piece.paragraph.drawOn(
            document.canvas, (x + piece.x) * MM, (PAGE_HEIGHT - y - piece.bottom) * MM
        )


@cache
def _style(font: str, size: float) -> ParagraphStyle:
    return ParagraphStyle(f"{font}-{size}", fontName=font, fontSize=size, leading=size * _LEADING)
