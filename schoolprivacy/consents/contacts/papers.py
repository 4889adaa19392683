"""The contact list and the telephone tree (belboom) of a group, in numbered copies.

Values in, bytes out; whoever is not given does not stand there, and nothing shows it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from schoolprivacy.errors import KnownError
from schoolprivacy.paper.dates import dutch_date
from schoolprivacy.paper.fonts import Type, check, fit, width, wrap
from schoolprivacy.paper.page import BODY, LEFT, RIGHT, SMALL, SMALLEST, STRONG, TITLE, Document
from schoolprivacy.paper.sender import Made, SchoolPaper
from schoolprivacy.paper.table import Column, TableRow, break_pages, draw_table, set_rows

_LIST_COLUMNS = (
    Column("Kind", 34, bold=True),
    Column("Jarig", 26),
    Column("Ouder of verzorger", 34),
    Column("Adres", 32),
    Column("Telefoon en e-mail", 40),
)
_TREE_COLUMNS = (
    Column("Nr.", 11, bold=True),
    Column("Kind", 49, bold=True),
    Column("Ouder of verzorger", 44),
    Column("Telefoon", 32),
    Column("Belt daarna", 30),
)
_ROW = 6.6  # with one line, in mm
_CELL = Type(9)
_GUTTER = 3.0
"""As the table sets its cells."""
_WHOM = "de naam van wie de lijst krijgt"
_BLANK = "\u00a0"
"""A line that stays empty, so that what belongs together stands side by side."""
_ROOM = RIGHT - LEFT
_LINES = 3  # of when, for what, until when
_NUMBER_ROOM = 44.0
_NAME = Type(9, grey=True)
_NUMBER = Type(13, bold=True)
_LINES_TOP, _LEADING, _BEFORE_HOW = 39.0, 4.6, 1.4
_BEFORE_TABLE = 11.0
CALLED_FIRST = 2
"""So many the teacher calls, and so many each who was called."""


@dataclass(frozen=True, slots=True)
class ContactLine:
    """One guardian; what is empty does not stand there.

    :param address: a line each
    :param phones: formatted
    """

    name: str
    address: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    email: str = ""


@dataclass(frozen=True, slots=True)
class ContactEntry:
    """One child on the contact list, in the order given.

    :param birthday: day and month, or ""
    """

    child: str
    birthday: str = ""
    contacts: tuple[ContactLine, ...] = ()


@dataclass(frozen=True, slots=True)
class TreeEntry:
    """One call in the telephone tree: who is called for which child or children."""

    children: tuple[str, ...]
    contacts: tuple[ContactLine, ...]


@dataclass(frozen=True, slots=True)
class CopyFor:
    """One copy. On a sample there is no number."""

    for_whom: str
    number: int | None = None


@dataclass(frozen=True, slots=True)
class GroupList:
    """What stands above the table on every page.

    :param group: as it reads: ``Groep 3``
    """

    group: str
    copies: tuple[CopyFor, ...]
    destroy_by: date


def check_copy(for_whom: str) -> None:
    """Whether the name of who gets a copy can be printed.

    :raises KnownError: ``paper.missing_glyph``, ``paper.text_too_long``
    """
    fit(check(f"Voor: {for_whom}", _WHOM), STRONG, _ROOM, SMALLEST)


def check_entry(entry: ContactEntry) -> None:
    """Whether a child can be printed, with everything that stands with it.

    :raises KnownError: ``paper.missing_glyph``
    """
    set_rows(_LIST_COLUMNS, [_list_row(entry)], _ROW)


def contact_list(
    entries: Sequence[ContactEntry],
    about: GroupList,
    school: SchoolPaper,
    made: Made,
    progress: Callable[[int], None] | None = None,
) -> bytes:
    """The children of a group with what their guardians want others to know.

    :param progress: called with how many copies are done; may raise to stop
    :raises KnownError: ``paper.nothing_to_print``, ``paper.missing_glyph``,
        ``paper.text_too_long``
    """
    rows = set_rows(_LIST_COLUMNS, [_list_row(each) for each in entries], _ROW)
    paper = _Paper("Contactlijst", (), _LIST_COLUMNS, rows)
    return _draw_copies(paper, about, school, made, progress)


def phone_tree(
    entries: Sequence[TreeEntry],
    about: GroupList,
    school: SchoolPaper,
    made: Made,
    progress: Callable[[int], None] | None = None,
) -> bytes:
    """Who calls whom, so that everybody hears something within a few calls.

    The teacher calls the first ones; everybody who was called calls the next two.

    :raises KnownError: as ``contact_list``, with ``progress`` too
    """
    cells = [_tree_row(number, each, len(entries)) for number, each in enumerate(entries, 1)]
    rows = set_rows(_TREE_COLUMNS, cells, _ROW)
    first = "nummer 1" if len(entries) == 1 else "nummer 1 en 2"
    how = (
        f"De leerkracht belt {first}. Bent u gebeld? Bel dan zelf de nummers in de laatste kolom.",
        "Twee namen? Eén van de twee is genoeg. Geen gehoor? Bel zelf wie daarna komt.",
    )
    return _draw_copies(_Paper("Belboom", how, _TREE_COLUMNS, rows), about, school, made, progress)


@dataclass(frozen=True, slots=True)
class _Paper:
    """A list with its rows set."""

    title: str
    how: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...]

    @property
    def top(self) -> float:
        """Where the first row begins, below what every page says."""
        return _LINES_TOP + (_LINES + len(self.how)) * _LEADING + _BEFORE_TABLE


# — rows —


def _list_row(entry: ContactEntry) -> tuple[str, ...]:
    """A child with each guardian beside the own address and numbers."""
    name, address, reach = _LIST_COLUMNS[2:]
    of_each = [
        (
            _broken([each.name], name),
            _broken(each.address, address),
            _broken([*each.phones, *_mail(each.email)], reach),
        )
        for each in entry.contacts
    ]
    return (entry.child, entry.birthday, *_side_by_side(of_each, 3))


def _tree_row(number: int, entry: TreeEntry, last: int) -> tuple[str, ...]:
    name, phone = _TREE_COLUMNS[2:4]
    of_each = [(_broken([each.name], name), _broken(each.phones, phone)) for each in entry.contacts]
    children = "\n".join(entry.children)
    return (str(number), children, *_side_by_side(of_each, 2), _calls(number, last))


def _calls(number: int, last: int) -> str:
    """Whom somebody calls: with two each, number 1 calls 3 and 4, number 2 calls 5 and 6."""
    start = number * CALLED_FIRST + 1
    whom = [str(each) for each in range(start, min(start + CALLED_FIRST, last + 1))]
    return " en ".join(whom) or "niemand"


def _side_by_side(of_each: Sequence[tuple[list[str], ...]], many: int) -> list[str]:
    """Cells, filled up with empty lines so that every guardian begins on one line in all."""
    cells: list[list[str]] = [[] for _ in range(many)]
    for parts in of_each:
        most = max(map(len, parts))
        for cell, lines in zip(cells, parts, strict=True):
            cell += [*lines, *[_BLANK] * (most - len(lines))]
    return ["\n".join(cell) for cell in cells]


def _broken(texts: Sequence[str], column: Column) -> list[str]:
    """Lines that fit the column."""
    room = column.width - _GUTTER
    field = f"de kolom {column.head}"
    return [line for text in texts for line in wrap(check(text, field), _CELL, room)]


def _mail(email: str) -> list[str]:
    """One that is long is broken behind a sign, so that it can still be typed over."""
    room = _LIST_COLUMNS[4].width - _GUTTER
    lines: list[str] = []
    for part in re.findall(r"[^@._-]*[@._-]|[^@._-]+", check(email, "het e-mailadres")):
        if lines and width(lines[-1] + part, _CELL) <= room:
            lines[-1] += part
        else:
            lines.append(part)
    return lines


# — pages —


def _draw_copies(
    paper: _Paper,
    about: GroupList,
    school: SchoolPaper,
    made: Made,
    progress: Callable[[int], None] | None,
) -> bytes:
    if not (paper.rows and about.copies):
        raise KnownError("paper.nothing_to_print")
    document = Document(f"{paper.title} {about.group}", school)
    pages = break_pages(paper.rows, paper.top)
    if len(pages) % 2 and len(about.copies) > 1:
        pages += ((),)  # printed on two sides, no copy begins on the back of another
    for done, copy in enumerate(about.copies, 1):
        for number, rows in enumerate(pages, 1):
            _draw_head(document, paper, about, copy, school, made)
            _draw_rows(document, paper, number, rows)
            what = f"exemplaar {copy.number}" if copy.number else ""
            document.footer(made, number, len(pages), what)
            document.next_page()
        if progress:
            progress(done)
    return document.finish()


def _draw_rows(document: Document, paper: _Paper, page: int, rows: Sequence[TableRow]) -> None:
    """The same in every copy: kept once in the file."""
    if not rows:
        document.text(LEFT, 148, "Deze bladzijde is met opzet leeg.", SMALL)
        return
    draw = partial(draw_table, document, paper.columns, rows, LEFT, paper.top)
    document.stamp(("rows", page), draw)


def _draw_head(
    document: Document,
    paper: _Paper,
    about: GroupList,
    copy: CopyFor,
    school: SchoolPaper,
    made: Made,
) -> None:
    room = _ROOM - _NUMBER_ROOM
    title = f"{paper.title} \u00b7 {about.group}"
    document.text_within(LEFT, 18, school.name, _NAME, room, "de naam van de school")
    document.text_within(LEFT, 27, title, TITLE, room, "de titel")
    label = f"exemplaar {copy.number}" if copy.number else "zonder nummer"
    document.text(RIGHT, 27, label, _NUMBER, "right")
    document.text_within(LEFT, 34, f"Voor: {copy.for_whom}", STRONG, _ROOM, _WHOM)
    lines = (
        f"Gemaakt op {dutch_date(made.on)}. Alleen voor eigen gebruik in deze groep.",
        "Niet doorgeven, niet op internet zetten en niet in een app.",
        f"Vernietigen uiterlijk {dutch_date(about.destroy_by)}. Staat er iets niet goed? "
        "Zeg het op school.",
        *paper.how,
    )
    for number, line in enumerate(lines):
        y = _LINES_TOP + number * _LEADING + (_BEFORE_HOW if line in paper.how else 0)
        document.text_within(LEFT, y, line, BODY, _ROOM)
