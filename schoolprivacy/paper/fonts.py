"""The two fonts of all paper, and the check that they can write a text.

reportlab drops a character without a glyph silently; a name would lose letters and nobody would
see it. So every text passes ``check`` before it is drawn.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from functools import cache

from reportlab.lib.fonts import addMapping
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from schoolprivacy.errors import KnownError
from schoolprivacy.settings import resource

REGULAR = "NotoSans"
BOLD = "NotoSans-Bold"
MM = 72 / 25.4
"""Points in a millimetre."""


@dataclass(frozen=True, slots=True)
class Type:
    """How a text is set: size in points, weight, and grey for what is secondary."""

    size: float
    bold: bool = False
    grey: bool = False

    @property
    def font(self) -> str:
        return BOLD if self.bold else REGULAR


@cache
def register() -> frozenset[int]:
    """Make the fonts known to reportlab; gives the code points that both can write."""
    glyphs: list[frozenset[int]] = []
    for name, style in ((REGULAR, "Regular"), (BOLD, "Bold")):
        font = TTFont(name, str(resource(f"fonts/NotoSans-{style}.ttf")))
        pdfmetrics.registerFont(font)
        glyphs.append(frozenset(font.face.charToGlyph))
    for bold in (0, 1):
        for italic in (0, 1):
            addMapping(REGULAR, bold, italic, BOLD if bold else REGULAR)
    return glyphs[0] & glyphs[1]


def check(text: str, field: str = "de tekst") -> str:
    """The text as it will be drawn: composed (NFC), with the typographic apostrophe.

    :param field: what the text is, in Dutch, for the error
    :raises KnownError: ``paper.missing_glyph``, with the text so that somebody can find it
    """
    if text.isascii() and text.isprintable():
        return text.replace("'", "\u2019")
    text = unicodedata.normalize("NFC", text).replace("'", "\u2019")
    glyphs = register()
    for character in text:
        if ord(character) not in glyphs:
            raise KnownError(
                "paper.missing_glyph",
                character=f"U+{ord(character):04X}",
                field=field,
                text=text.replace(character, "…")[:60],
            )
    return text


def width(text: str, type_: Type) -> float:
    """How wide a checked text is, in mm."""
    register()
    return float(pdfmetrics.stringWidth(text, type_.font, type_.size)) / MM


def fit(text: str, type_: Type, room: float, smallest: float) -> Type:
    """The same type, no larger than lets the text fit.

    :param room: in mm
    :param smallest: size in points under which it would not be readable
    :raises KnownError: ``paper.text_too_long``
    """
    needed = width(text, type_)
    if needed <= room:
        return type_
    size = type_.size * room / needed
    if size < smallest:
        raise KnownError("paper.text_too_long", text=text)
    return replace(type_, size=size)


def wrap(text: str, type_: Type, room: float) -> tuple[str, ...]:
    """Break a checked text into lines of at most ``room`` mm; a word that is wider is cut.

    A no-break space keeps what it joins together, as in a date.
    """
    lines: list[str] = []
    line = ""
    for word in filter(None, text.split(" ")):
        longer = f"{line} {word}" if line else word
        if width(longer, type_) <= room:
            line = longer
            continue
        if line:
            lines.append(line)
        *heads, line = _cut(word, type_, room)
        lines += heads
    return (*lines, line) if line else tuple(lines)


def _cut(word: str, type_: Type, room: float) -> tuple[str, ...]:
    """The word in pieces of at most ``room`` mm; mostly one."""
    end = len(word)
    while end > 1 and width(word[:end], type_) > room:
        end -= 1
    rest = word[end:]
    return (word[:end], *_cut(rest, type_, room)) if rest else (word,)
