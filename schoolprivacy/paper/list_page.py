"""A list for use inside the school: title, table over as many pages as it needs, footer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from schoolprivacy.paper.fonts import Type
from schoolprivacy.paper.page import BODY, LEFT, RIGHT, TITLE, Document
from schoolprivacy.paper.sender import Made, SchoolPaper
from schoolprivacy.paper.table import Column, break_pages, draw_table, set_rows

_NAME = Type(9, grey=True)
_TABLE_TOP = 50.0


@dataclass(frozen=True, slots=True)
class ListPage:
    """What stands above the table, and instead of it when there are no rows."""

    title: str
    intro: str
    empty: str


def draw_list(
    document: Document,
    page: ListPage,
    columns: Sequence[Column],
    rows: Sequence[Sequence[str]],
    row_height: float,
    school: SchoolPaper,
    made: Made,
) -> None:
    """Draw a list on new pages, numbered from 1.

    :param row_height: of a row with one line, in mm
    :raises KnownError: ``paper.missing_glyph``, ``paper.text_too_long``
    """
    pages = break_pages(set_rows(columns, rows, row_height), _TABLE_TOP)
    for number, on_page in enumerate(pages, 1):
        room = RIGHT - LEFT
        document.text_within(LEFT, 18, school.name, _NAME, room, "de naam van de school")
        document.text_within(LEFT, 28, page.title, TITLE, room, "de titel")
        if on_page:
            document.text_within(LEFT, 35, page.intro, BODY, room, "de inleiding")
            draw_table(document, columns, on_page, LEFT, _TABLE_TOP)
        else:
            document.text(LEFT, 38, page.empty, BODY)
        document.footer(made, number, len(pages))
        document.next_page()
