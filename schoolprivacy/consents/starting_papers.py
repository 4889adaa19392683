"""The instroom list on paper: for the office, without answers or addresses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from schoolprivacy.paper.dates import dutch_date
from schoolprivacy.paper.fonts import check
from schoolprivacy.paper.list_page import ListPage, draw_list
from schoolprivacy.paper.page import Document
from schoolprivacy.paper.sender import Made, SchoolPaper
from schoolprivacy.paper.table import Column

_COLUMNS = (
    Column("Leerling", 56, bold=True),
    Column("Eerste schooldag", 33),
    Column("Groep", 26),
    Column("Formulier", 34),
    Column("Terug", 17),
)
_ROW = 8.2


@dataclass(frozen=True, slots=True)
class StartingEntry:
    """A child on the list.

    :param forms: how many are out, one for each address; ``back``: of which something was answered
    """

    name: str
    group: str
    starts_on: date | None
    has_started: bool
    has_guardians: bool
    printed_on: date | None
    forms: int
    back: int


def intake_list(
    entries: Sequence[StartingEntry],
    until: date,
    school: SchoolPaper,
    made: Made,
    progress: Callable[[int], None] | None = None,
) -> bytes:
    """Who starts until a day, and who started without a form.

    :param progress: called with 1 when it is done; may raise to stop
    :raises KnownError: ``paper.missing_glyph``, ``paper.text_too_long``
    """
    document = Document("Instroomlijst", school)
    page = ListPage(
        "Instroomlijst",
        f"Wie start tot en met {dutch_date(until)}, en wie is gestart zonder formulier. "
        "Zonder formulier is er geen toestemming.",
        "Er start niemand en iedereen heeft een formulier.",
    )
    draw_list(document, page, _COLUMNS, [_row(each) for each in entries], _ROW, school, made)
    if progress:
        progress(1)
    return document.finish()


def check_entry(entry: StartingEntry) -> None:
    """Whether a child can stand on the list.

    :raises KnownError: ``paper.missing_glyph``
    """
    check(entry.name, "de naam van de leerling")
    check(entry.group, "de naam van de groep")


def _row(entry: StartingEntry) -> tuple[str, ...]:
    return entry.name, _starts(entry), entry.group or "nog geen", _form(entry), _back(entry)


def _starts(entry: StartingEntry) -> str:
    if entry.starts_on is None:
        return "is gestart"
    return f"{dutch_date(entry.starts_on)}" + ("\nis gestart" if entry.has_started else "")


def _form(entry: StartingEntry) -> str:
    if entry.printed_on is not None:
        return dutch_date(entry.printed_on)
    return "nog maken" if entry.has_guardians else "nog maken;\ngeen ouder bekend"


def _back(entry: StartingEntry) -> str:
    if not entry.forms:
        return ""
    if entry.back in (0, entry.forms):
        return "ja" if entry.back else "nee"
    return f"{entry.back} van {entry.forms}"
