"""The upper part of every letter: letterhead, address in the window, date."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from schoolprivacy.paper.address import draw_address
from schoolprivacy.paper.dates import dutch_date
from schoolprivacy.paper.letterhead import CONTACT_LEFT, draw_letterhead
from schoolprivacy.paper.page import BODY, LEFT, RIGHT, SMALL, Document
from schoolprivacy.paper.sender import SchoolPaper

LETTER_TOP = 84.0
"""Where the text of a letter starts; below six lines of address."""
LETTER_WIDTH = RIGHT - LEFT
TRANSLATION_TOP = 56.0
"""The same on the back, where a translation has no address above it."""
_DATE_Y = 52.0
_DATE_X = {"left": CONTACT_LEFT, "right": LEFT}
"""Beside the address, which stands at the side of the window."""


def draw_letter_top(
    document: Document, school: SchoolPaper, address: Sequence[str], day: date
) -> None:
    """Draw everything above the text of a letter.

    :raises KnownError: ``paper.address_too_long``, ``paper.missing_glyph``,
        ``paper.logo_unreadable``
    """
    draw_letterhead(document, school)
    draw_address(document, address, school)
    document.text(_DATE_X[school.window_side], _DATE_Y, dutch_date(day), BODY)


def draw_translation_top(document: Document, school: SchoolPaper, note: str) -> None:
    """Draw everything above the translation of a letter: the letterhead, and which text counts.

    :raises KnownError: ``paper.missing_glyph``, ``paper.logo_unreadable``
    """
    draw_letterhead(document, school)
    document.text_within(LEFT, _DATE_Y, note, SMALL, LETTER_WIDTH)


def draw_empty_page(document: Document) -> None:
    """What stands on a page that stays empty, so that the next letter begins on a sheet."""
    document.text(LEFT, 148, "Deze bladzijde is met opzet leeg.", SMALL)
