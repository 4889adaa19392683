"""The address in the window of an envelope, and a page to try where that window is.

No Dutch norm for the window was found; left and right windows are both sold. So the school
chooses a side and may move the address.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from schoolprivacy.errors import KnownError
from schoolprivacy.paper.fonts import Type, check, fit, width, wrap
from schoolprivacy.paper.page import (
    BODY,
    LEFT,
    PALE,
    SMALL,
    TITLE,
    Document,
)
from schoolprivacy.paper.sender import SchoolPaper

_X = {"left": 22.0, "right": 106.0}
_RETURN_LINE = 47.0
_FIRST_LINE = 52.0
_LEADING = 5.0
_MOST_LINES = 6
_WIDTH = 82.0
_ADDRESS = Type(10.5)
_SENDER = Type(6.5, grey=True)
_SMALLEST, _SMALLEST_SENDER = 7.0, 4.5  # points
_FOLDS = (99.0, 198.0)
_EXAMPLE = (
    "Aan de ouder(s)/verzorger(s) van",
    "Voornaam Achternaam",
    "Voorbeeldstraat 12",
    "1234 AB  VOORBEELDSTAD",
    "vijfde regel",
    "zesde regel",
)


def draw_address(document: Document, lines: Sequence[str], school: SchoolPaper) -> None:
    """The return line and at most six lines of address.

    :raises KnownError: ``paper.address_too_long``, ``paper.missing_glyph``
    """
    placed = set_address(lines)
    x = _X[school.window_side] + school.window_dx
    down = school.window_dy
    _draw_sender(document, x, _RETURN_LINE + down, school)
    for number, (text, type_) in enumerate(placed):
        document.text(x, _FIRST_LINE + down + number * _LEADING, text, type_)


def set_address(lines: Sequence[str]) -> list[tuple[str, Type]]:
    """The lines as they will stand in the window.

    :raises KnownError: ``paper.address_too_long``, ``paper.missing_glyph``
    """
    placed = [line for each in lines for line in _set(check(each, "het adres"))]
    if len(placed) > _MOST_LINES:
        raise KnownError("paper.address_too_long", line=lines[-1])
    return placed


def _set(text: str) -> list[tuple[str, Type]]:
    """One line of the address, smaller when it is long, in two when it is very long."""
    smaller = replace(_ADDRESS, size=_SMALLEST)
    if width(text, smaller) > _WIDTH:
        return [(line, smaller) for line in wrap(text, smaller, _WIDTH)]
    return [(text, fit(text, _ADDRESS, _WIDTH, _SMALLEST))]


def _draw_sender(document: Document, x: float, y: float, school: SchoolPaper) -> None:
    """The return line: name and address, of a long name the address alone, which the post needs."""
    for parts in ((school.name, *school.address_lines), school.address_lines):
        text = check(" \u00b7 ".join(parts), "het adres van de school")
        if width(text, replace(_SENDER, size=_SMALLEST_SENDER)) <= _WIDTH:
            document.text(x, y, text, fit(text, _SENDER, _WIDTH, _SMALLEST_SENDER))
            return


def draw_window_test(document: Document, school: SchoolPaper) -> None:
    """An example address on a grid of millimetres, with what to do when it is not in the window."""
    draw_address(document, _EXAMPLE, school)
    x, y = _X[school.window_side] + school.window_dx, _RETURN_LINE + school.window_dy - 3
    _draw_rulers(document, x - 2, y, _WIDTH + 4, 36)
    for fold in _FOLDS:
        document.line(0, fold, 6, fold)
        document.text(7, fold + 0.9, "vouwen", SMALL)
    y = 112.0
    document.text(LEFT, y, "Past het adres in het venster?", TITLE)
    side = "links" if school.window_side == "left" else "rechts"
    for text in (
        "1.  Print deze bladzijde op 100% (niet \u201caanpassen aan pagina\u201d).",
        "2.  Vouw bij de streepjes en doe het papier in een vensterenvelop.",
        "3.  Schud de envelop heen en weer. Ziet u steeds alle zes de regels en de kleine",
        "     regel erboven? Dan is het goed.",
        "4.  Zo niet: lees op de schaal hoeveel millimeter het adres moet verschuiven en vul",
        "     dat in bij Instellingen. Print daarna deze bladzijde opnieuw.",
    ):
        y += 7 if text[0] != " " else 4.8
        document.text(LEFT, y, text, BODY)
    across = _moved(school.window_dx, "naar rechts", "naar links")
    down = _moved(school.window_dy, "naar beneden", "naar boven")
    setting = f"Nu ingesteld: venster {side}, {across}, {down}."
    document.text(LEFT, y + 12, setting, SMALL)


def _moved(value: float, forth: str, back: str) -> str:
    """``2,5 mm naar rechts``."""
    return f"{abs(value):g} mm {back if value < 0 else forth}".replace(".", ",")


def _draw_rulers(document: Document, x: float, y: float, across: int | float, down: int) -> None:
    """Scales in millimetres along the upper and left edge of a rectangle."""
    for edge in (y, y + down):
        document.line(x, edge, x + across, edge, grey=PALE)
    for edge in (x, x + across):
        document.line(edge, y, edge, y + down, grey=PALE)
    for at in range(int(across) + 1):
        document.line(x + at, y, x + at, y - (1 if at % 5 else 2.2))
    for at in range(down + 1):
        document.line(x, y + at, x - (1 if at % 5 else 2.2), y + at)
