"""Boxes to put a cross in, always drawn empty (the fonts have none, and no answer is suggested)."""

from __future__ import annotations

from schoolprivacy.paper.fonts import MM
from schoolprivacy.paper.page import PAGE_HEIGHT, Document

BOX_LINE = 0.7
"""Points; the middle of the line lies on the side of the box."""


def draw_box(document: Document, x: float, y: float, size: float) -> None:
    """An empty square around the centre (x, y)."""
    canvas = document.canvas
    canvas.setLineWidth(BOX_LINE)
    canvas.setStrokeGray(0)
    canvas.rect((x - size / 2) * MM, (PAGE_HEIGHT - y - size / 2) * MM, size * MM, size * MM)


def draw_square(document: Document, x: float, y: float, size: float) -> None:
    """A solid square around the centre (x, y), by which a scan is set straight."""
    canvas = document.canvas
    canvas.setFillGray(0)
    canvas.rect(
        (x - size / 2) * MM,
        (PAGE_HEIGHT - y - size / 2) * MM,
        size * MM,
        size * MM,
        stroke=0,
        fill=1,
    )


def draw_box_pair(
    document: Document, yes: tuple[float, float], no: tuple[float, float], size: float
) -> None:
    """The two boxes of one question, each around its centre."""
    for x, y in (yes, no):
        draw_box(document, x, y, size)
