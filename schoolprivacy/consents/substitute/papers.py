"""The sheet for a substitute teacher: who is in the group, who may be on a photo, whom to call.

No address, number or name of a parent, and nothing that says why.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from schoolprivacy.consents.photos.layout import MARGIN, ROOM, PhotoSheet, grids, pages
from schoolprivacy.consents.photos.papers import draw_band, draw_heads, draw_legend, draw_rows
from schoolprivacy.paper.dates import dutch_date
from schoolprivacy.paper.fonts import Type, check, fit
from schoolprivacy.paper.marks import draw_shade
from schoolprivacy.paper.page import BODY, SMALLEST, TITLE, Document
from schoolprivacy.paper.sender import Made, SchoolPaper

_FOR = Type(11, bold=True)
_NOTE = Type(8.5)
_CALL = Type(11, bold=True)
_SHADE = 0.9
_WRITE = " \u2026" * 18


@dataclass(frozen=True, slots=True)
class SubstituteSheet:
    """One numbered copy.

    :param list: the children and their answers; it holds on its ``valid_until`` for the last time
    :param on: the first day
    :param for_whom: who gets it
    :param number: of the copy; None on a sample
    """

    list: PhotoSheet
    on: date
    for_whom: str
    number: int | None = None


def substitute_sheet(
    sheet: SubstituteSheet,
    school: SchoolPaper,
    made: Made,
    progress: Callable[[int], None] | None = None,
) -> bytes:
    """One page for at most 34 children, mostly more.

    :param progress: called with 1 when it is done; may raise to stop
    :raises KnownError: ``paper.missing_glyph``, ``paper.text_too_long``
    """
    document = Document("Invalblad", school)
    on_pages = [page for grid in grids(sheet.list) for page in pages(sheet.list, grid)]
    for number, (grid, rows) in enumerate(on_pages, 1):
        _draw_top(document, sheet, school)
        draw_heads(document, grid)
        draw_rows(document, grid, rows)
        _draw_foot(document, sheet, school)
        document.footer(made, number, len(on_pages), margin=MARGIN)
        document.next_page()
    if progress:
        progress(1)
    return document.finish()


def check_for(for_whom: str) -> None:
    """Whether somebody's name has room.

    :raises KnownError: ``paper.missing_glyph``, ``paper.text_too_long``
    """
    fit(check(for_whom, "voor wie het is"), _FOR, ROOM - 52, SMALLEST)


def _draw_top(document: Document, sheet: SubstituteSheet, school: SchoolPaper) -> None:
    last = sheet.list.destroy_after
    draw_band(document, f"Vernietigen op {dutch_date(last)}, na schooltijd")
    document.text_within(MARGIN, 28, sheet.list.title, TITLE, ROOM, "de titel")
    day = dutch_date(sheet.on)
    if last != sheet.on:
        day = f"{day} tot en met {dutch_date(last)}"
    about = f"{day} \u00b7 {sheet.list.about} \u00b7 {school.name}"
    document.text_within(MARGIN, 34, about, BODY, ROOM, "de naam van de school")
    told = f"exemplaar {sheet.number}" if sheet.number else "exemplaar zonder nummer"
    document.text(MARGIN, 39.5, told, BODY)
    document.text_within(MARGIN + 50, 39.5, f"voor {sheet.for_whom}", _FOR, ROOM - 50)


def _draw_foot(document: Document, sheet: SubstituteSheet, school: SchoolPaper) -> None:
    y = draw_legend(document) + 7.2
    draw_shade(document, MARGIN, y, ROOM, 7.0, _SHADE)
    text = f"School en directie: {school.phone or _WRITE}"
    document.text_within(MARGIN + 2, y + 4.9, text, _CALL, 100, "het telefoonnummer van de school")
    document.text(MARGIN + 106, y + 4.7, "Bel bij twijfel altijd eerst dit nummer.", _NOTE)
    for number, rule in enumerate(sheet.list.rules):
        document.text_within(MARGIN, y + 11.2 + number * 4.1, rule, _NOTE, ROOM)
