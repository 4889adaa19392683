"""Who sends it: the school's name, board, address and logo at the top of a letter or list."""

from __future__ import annotations

from io import BytesIO

from reportlab.lib.utils import ImageReader

from schoolprivacy.errors import KnownError
from schoolprivacy.paper.fonts import MM, Type, check, wrap
from schoolprivacy.paper.page import LEFT, PAGE_HEIGHT, RIGHT, SMALL, Document
from schoolprivacy.paper.sender import SchoolPaper

_TOP = 13.0
_LOGO_WIDTH, _LOGO_HEIGHT = 36.0, 22.0
_NAME = Type(14, bold=True)
_LONG_NAME = Type(11, bold=True)
_CONTACT_WIDTH = 52.0
CONTACT_LEFT = RIGHT - _CONTACT_WIDTH
"""Where the column with the school's address begins, in mm."""
_CONTACT_LEADING = 3.9


def draw_letterhead(document: Document, school: SchoolPaper) -> None:
    """Logo, name and board at the left, how to reach the school at the right; ends above y 42.

    :raises KnownError: ``paper.logo_unreadable``, ``paper.missing_glyph``
    """
    document.stamp(("letterhead", school), lambda: _draw(document, school))


def _draw(document: Document, school: SchoolPaper) -> None:
    contact = [*school.address_lines, school.phone, school.email, school.website]
    contact = [line for line in contact if line]
    x = LEFT
    if school.logo is not None:
        x += _draw_logo(document, school.logo) + 5
    room = RIGHT - x - (_CONTACT_WIDTH + 6 if contact else 0)
    name = check(school.name, "de naam van de school")
    type_ = _NAME if len(wrap(name, _NAME, room)) <= 2 else _LONG_NAME
    y = _TOP + 5.5
    for line in wrap(name, type_, room):
        document.text(x, y, line, type_)
        y += type_.size * 0.43
    if school.board:
        document.text_within(x, y - 0.6, school.board, SMALL, room, "de naam van het bestuur")
    for number, line in enumerate(contact):
        at = _TOP + 4.2 + number * _CONTACT_LEADING
        document.text_within(
            CONTACT_LEFT, at, line, SMALL, _CONTACT_WIDTH, "het adres van de school"
        )


def _draw_logo(document: Document, logo: bytes) -> float:
    """Draw the logo as large as its place allows, in proportion; gives its width in mm."""
    try:
        picture = ImageReader(BytesIO(logo))
        across, down = picture.getSize()
        scale = min(_LOGO_WIDTH / across, _LOGO_HEIGHT / down)
        width, height = across * scale, down * scale
        document.canvas.drawImage(
            picture,
            LEFT * MM,
            (PAGE_HEIGHT - _TOP - height) * MM,
            width * MM,
            height * MM,
            mask="auto",
        )
    except Exception as error:  # the picture library raises many kinds for what it cannot read
        raise KnownError("paper.logo_unreadable") from error
    return float(width)
