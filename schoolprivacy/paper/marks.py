"""Shapes that are told apart at arm's length and on a black and white copy, drawn and not written.

The fonts have no such signs; and a sign that a font draws differently would be another answer.
"""

from __future__ import annotations

from typing import Literal

from schoolprivacy.paper.fonts import MM, Type, check, width
from schoolprivacy.paper.page import PAGE_HEIGHT, Document

_THICK = 0.18
"""Of the lines of a cross, as part of the size."""
_THIN = 0.13
"""Of those of a triangle: that it is open shows at arm's length."""


def draw_disc(document: Document, x: float, y: float, size: float) -> None:
    """A solid disc around the centre (x, y)."""
    canvas = document.canvas
    canvas.setFillGray(0)
    canvas.circle(x * MM, (PAGE_HEIGHT - y) * MM, size / 2 * MM, stroke=0, fill=1)


def draw_triangle(document: Document, x: float, y: float, size: float) -> None:
    """An open triangle that stands on its base, around the centre (x, y)."""
    half = size / 2 * (1 - _THIN)
    corners = ((x - half, y + half), (x, y - half), (x + half, y + half))
    path = document.canvas.beginPath()
    path.moveTo(corners[0][0] * MM, (PAGE_HEIGHT - corners[0][1]) * MM)
    for across, down in corners[1:]:
        path.lineTo(across * MM, (PAGE_HEIGHT - down) * MM)
    path.close()
    document.canvas.setLineWidth(_THIN * size * MM)
    document.canvas.setStrokeGray(0)
    document.canvas.drawPath(path, stroke=1, fill=0)


def draw_cross(document: Document, x: float, y: float, size: float) -> None:
    """Two thick lines through the centre (x, y)."""
    half = size / 2 * (1 - _THICK)
    points = _THICK * size * MM
    document.line(x - half, y - half, x + half, y + half, points)
    document.line(x - half, y + half, x + half, y - half, points)


def draw_shade(
    document: Document, x: float, y: float, across: float, down: float, grey: float
) -> None:
    """A filled rectangle with its top left at (x, y), under what is written on it.

    :param grey: 0 is black, 1 is white
    """
    canvas = document.canvas
    canvas.setFillGray(grey)
    canvas.rect(x * MM, (PAGE_HEIGHT - y - down) * MM, across * MM, down * MM, stroke=0, fill=1)
    canvas.setFillGray(0)


def draw_white(
    document: Document,
    x: float,
    y: float,
    text: str,
    type_: Type,
    align: Literal["left", "right"] = "left",
) -> None:
    """One line of white text on something dark, its baseline at y.

    :raises KnownError: ``paper.missing_glyph``
    """
    text = check(text)
    canvas = document.canvas
    canvas.setFont(type_.font, type_.size)
    canvas.setFillGray(1)
    left = x - width(text, type_) if align == "right" else x
    canvas.drawString(left * MM, (PAGE_HEIGHT - y) * MM, text)
    canvas.setFillGray(0)


def draw_upright(document: Document, x: float, y: float, text: str, type_: Type) -> None:
    """One line of text that runs upwards from (x, y), its baseline at x.

    :raises KnownError: ``paper.missing_glyph``
    """
    text = check(text)
    canvas = document.canvas
    canvas.saveState()
    canvas.translate(x * MM, (PAGE_HEIGHT - y) * MM)
    canvas.rotate(90)
    canvas.setFont(type_.font, type_.size)
    canvas.drawString(0, 0, text)
    canvas.restoreState()
