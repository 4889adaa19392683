"""The list "door te voeren in het LAS" on paper; what is secret stands in the program only."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from schoolprivacy.paper.fonts import check
from schoolprivacy.paper.list_page import ListPage, draw_list
from schoolprivacy.paper.page import Document
from schoolprivacy.paper.sender import Made, SchoolPaper
from schoolprivacy.paper.table import Column
from schoolprivacy.people.las_list import LasChange
from schoolprivacy.people.names import group_label

_COLUMNS = (
    Column("Leerling", 40, bold=True),
    Column("Ouder of verzorger", 31),
    Column("Gegeven", 23),
    Column("Was", 32),
    Column("Wordt", 34),
    Column("Klaar", 10, tick=True),
)
_ROW = 8.2
_ELSEWHERE = "zie het programma"
_FLAGS = {"address_secret": "adres", "phone_secret": "telefoon"}


def las_list(
    changes: Sequence[LasChange],
    school: SchoolPaper,
    made: Made,
    progress: Callable[[int], None] | None = None,
) -> bytes:
    """What must be entered in the LAS, a line for each change, with a box to tick.

    :param progress: called with 1 when it is done; may raise to stop
    :raises KnownError: ``paper.missing_glyph``, ``paper.text_too_long``
    """
    document = Document("Door te voeren in het leerlingadministratiesysteem", school)
    page = ListPage(
        "Door te voeren in het LAS",
        "Dit is in Schoolprivacy verbeterd. Voer het in en vink het daarna af in het programma.",
        "Er is niets door te voeren.",
    )
    draw_list(document, page, _COLUMNS, [_row(each) for each in changes], _ROW, school, made)
    if progress:
        progress(1)
    return document.finish()


def check_change(change: LasChange) -> None:
    """Whether a change can stand on the list.

    :raises KnownError: ``paper.missing_glyph``
    """
    for text in _row(change):
        check(text.replace("\n", " "), "de lijst")


def _row(change: LasChange) -> tuple[str, ...]:
    group = group_label(change.group) if change.group else ""
    who = "\n".join(filter(None, (*change.pupils, group)))
    label = _FLAGS.get(change.field, change.label)
    return who, change.person, label, *_values(change), ""


def _values(change: LasChange) -> tuple[str, str]:
    if change.hidden:
        return _ELSEWHERE, _ELSEWHERE
    before, after = change.before, change.after
    if change.field in ("home", "phones"):
        before, after = (each.replace(", ", "\n") for each in (before, after))
    return before or "(leeg)", after or "(leeg)"
