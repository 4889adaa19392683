"""What proves inzage on paper: the proof per child, and the list of everybody who leaves.

Values in, bytes out; no document queries the store. What parents said does not stand on it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from schoolprivacy.errors import KnownError
from schoolprivacy.paper.fonts import Type, check, wrap
from schoolprivacy.paper.list_page import ListPage, draw_list
from schoolprivacy.paper.page import BODY, BODY_BOTTOM, LEFT, RIGHT, SMALL, STRONG, TITLE, Document
from schoolprivacy.paper.sender import Made, SchoolPaper
from schoolprivacy.paper.table import Column, TableRow, draw_table, set_rows

Progress = Callable[[int], None]

_NAME = Type(9, grey=True)
_FIELD_X = LEFT + 34
_LINE, _ROW = 4.6, 6.0
_TOP, _NEXT_TOP = 40.0, 22.0
_ABOVE_TABLE, _BELOW_TABLE, _HEAD = 11.0, 4.0, 6.0
_SIGNATURE = 22.0

_CARERS = (
    Column("Ouder of verzorger", 42, bold=True),
    Column("Uitgenodigd", 22),
    Column("Inzage", 32),
    Column("Kopie", 22),
    Column("Opmerkingen", 48),
)
_STEPS = (
    Column("Datum", 24),
    Column("Wie", 42),
    Column("Wat", 70),
    Column("Door", 30),
)
_LIST = (
    Column("Leerling", 42, bold=True),
    Column("Gaat naar", 44),
    Column("Rapport", 22),
    Column("Inzage", 34),
    Column("Verstuurd", 24),
)


@dataclass(frozen=True, slots=True)
class CarerLine:
    """One guardian on a proof; empty where nothing was done.

    :param name: with what is known of authority on a line below
    :param inzage: the day, and how it is proven on a line below
    :param remarks: that there were some and what was done, never what was said
    """

    name: str
    invited: str = ""
    inzage: str = ""
    copy: str = ""
    remarks: str = ""


@dataclass(frozen=True, slots=True)
class StepLine:
    """An attempt or a decision, with who of the school did it."""

    on: date
    who: str
    what: str
    by: str


@dataclass(frozen=True, slots=True)
class ProofSheet:
    """What a school can show about one child.

    :param fields: (label, text) above the tables
    :param steps: attempts, and decisions to send without inzage
    """

    child: str
    fields: tuple[tuple[str, str], ...]
    carers: tuple[CarerLine, ...]
    steps: tuple[StepLine, ...]


@dataclass(frozen=True, slots=True)
class ListEntry:
    """A child on the list for the inspectorate."""

    child: str
    school: str
    report: str
    inzage: str
    sent: str


def check_proof(sheet: ProofSheet) -> None:
    """Whether it can be drawn.

    :raises KnownError: ``paper.missing_glyph``
    """
    texts = [text for _, text in sheet.fields]
    texts += [each.name for each in sheet.carers]
    texts += [text for each in sheet.steps for text in (each.who, each.what, each.by)]
    for line in "\n".join(texts).split("\n"):
        check(line, "het bewijs")


def check_entry(entry: ListEntry) -> None:
    """Whether it can stand on the list.

    :raises KnownError: ``paper.missing_glyph``
    """
    for line in entry.child.split("\n"):
        check(line, "de naam van de leerling")
    check(entry.school, "de ontvangende school")


def inzage_list(
    entries: Sequence[ListEntry],
    title: str,
    school: SchoolPaper,
    made: Made,
    progress: Progress | None = None,
) -> bytes:
    """Everybody who leaves, with the days of inzage and sending: for the inspectorate.

    :param progress: called once, when the list is done
    :raises KnownError: ``paper.nothing_to_print``, ``paper.missing_glyph``,
        ``paper.text_too_long``
    """
    if not entries:
        raise KnownError("paper.nothing_to_print")
    document = Document(title, school)
    page = ListPage(
        title,
        "Inzage in het onderwijskundig rapport voordat het is verstuurd (WPO artikel 42). "
        "Per kind is er een bewijs.",
        "",
    )
    rows = [(e.child, e.school, e.report, e.inzage, e.sent) for e in entries]
    draw_list(document, page, _LIST, rows, _ROW, school, made)
    if progress:
        progress(1)
    return document.finish()


def proofs(
    sheets: Sequence[ProofSheet],
    school: SchoolPaper,
    made: Made,
    progress: Progress | None = None,
) -> bytes:
    """The proof of inzage, per child on as many pages as it needs.

    :param progress: called with how many children are done; may raise to stop
    :raises KnownError: ``paper.nothing_to_print``, ``paper.missing_glyph``,
        ``paper.text_too_long``
    """
    if not sheets:
        raise KnownError("paper.nothing_to_print")
    document = Document("Bewijs van inzage", school)
    for done, sheet in enumerate(sheets, 1):
        # Drawn once to see how many pages there are, for "bladzijde 1 van 2".
        pages = _Proof(Document("", school), school, made, 1).draw(sheet)
        _Proof(document, school, made, pages).draw(sheet)
        if progress:
            progress(done)
    return document.finish()


class _Proof:
    """One child's proof on its pages."""

    def __init__(self, document: Document, school: SchoolPaper, made: Made, pages: int) -> None:
        self._document, self._school, self._made, self._pages = document, school, made, pages
        self._page, self._y, self._child = 1, _TOP, ""

    def draw(self, sheet: ProofSheet) -> int:
        """Draw everything; gives how many pages it took."""
        self._child = sheet.child
        self._head("Bewijs van inzage", "Onderwijskundig rapport bij de overstap (WPO artikel 42).")
        for label, text in sheet.fields:
            self._field(label, text)
        rows = [(e.name, e.invited, e.inzage, e.copy, e.remarks) for e in sheet.carers]
        self._table(_CARERS, set_rows(_CARERS, rows, _ROW))
        if sheet.steps:
            steps = [(f"{e.on:%d-%m-%Y}", e.who, e.what, e.by) for e in sheet.steps]
            self._title("Pogingen en besluiten")
            self._table(_STEPS, set_rows(_STEPS, steps, _ROW))
        self._sign()
        self._end()
        return self._page

    def _head(self, title: str, below: str) -> None:
        document, room = self._document, RIGHT - LEFT
        document.text_within(LEFT, 18, self._school.name, _NAME, room, "de naam van de school")
        document.text(LEFT, 28, title, TITLE)
        document.text(LEFT, 33.5, below, SMALL)

    def _field(self, label: str, text: str) -> None:
        self._document.text(LEFT, self._y, label, STRONG)
        for line in wrap(check(text, label.lower()), BODY, RIGHT - _FIELD_X):
            self._document.text(_FIELD_X, self._y, line, BODY)
            self._y += _LINE

    def _title(self, text: str) -> None:
        self._room(_HEAD + _ABOVE_TABLE + _ROW)
        self._y += _HEAD
        self._document.text(LEFT, self._y, text, STRONG)
        self._y -= 3.5

    def _table(self, columns: Sequence[Column], rows: Sequence[TableRow]) -> None:
        on_page: list[TableRow] = []
        self._room(_ABOVE_TABLE + _ROW)
        self._y += _ABOVE_TABLE
        for row in rows:
            height = sum(each.height for each in on_page)
            if on_page and self._y + height + row.height > BODY_BOTTOM:
                draw_table(self._document, columns, on_page, LEFT, self._y)
                on_page = []
                self._turn()
                self._y += _ABOVE_TABLE
            on_page.append(row)
        draw_table(self._document, columns, on_page, LEFT, self._y)
        self._y += sum(each.height for each in on_page) + _BELOW_TABLE

    def _sign(self) -> None:
        """Who stands for it."""
        self._room(_SIGNATURE)
        self._y += _SIGNATURE
        for x, text in (
            (LEFT, "Naam en functie"),
            (LEFT + 62, "Datum"),
            (LEFT + 100, "Handtekening"),
        ):
            end = {LEFT: LEFT + 56, LEFT + 62: LEFT + 94}.get(x, RIGHT)
            self._document.line(x, self._y, end, self._y)
            self._document.text(x, self._y + 3.5, text, SMALL)

    def _room(self, height: float) -> None:
        if self._y + height > BODY_BOTTOM:
            self._turn()

    def _turn(self) -> None:
        """A next page, which says of whom it is."""
        self._end()
        self._page += 1
        whose = f"Bewijs van inzage \u00b7 {self._child}"
        self._document.text_within(LEFT, 18, whose, _NAME, RIGHT - LEFT, smallest=4.5)
        self._y = _NEXT_TOP

    def _end(self) -> None:
        self._document.footer(self._made, self._page, self._pages, "Voor het dossier van de school")
        self._document.next_page()
