"""The intake sheet for enrolment: room to write on the front, the reason of each datum behind.

Blank, of no child. Consent is no part of enrolment (AVG 7(4)); the sheet says that it is asked
apart. What is asked, why and for how long stands in ``resources/intake.nl.toml``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from schoolprivacy.letters.about_school import controller, questions
from schoolprivacy.paper.boxes import draw_box
from schoolprivacy.paper.fonts import Type, check, width, wrap
from schoolprivacy.paper.letterhead import draw_letterhead
from schoolprivacy.paper.marks import draw_shade
from schoolprivacy.paper.page import LEFT, PALE, RIGHT, TITLE, Document
from schoolprivacy.paper.sender import Made, SchoolPaper
from schoolprivacy.paper.table import Column, draw_table, set_rows

_LABEL = Type(7.5)
_NUMBER = Type(7.5, bold=True)
_HINT = Type(6.5, grey=True)
_HEAD = Type(10.5, bold=True)
_NOTE = Type(8.5)
_STRONG = Type(8.5, bold=True)
_CHOICE = Type(8.5)
_BOX = 3.4
_LEADING = 4.0
_ROW, _LOW, _TALL = 11.2, 8.6, 14.0
"""Heights of a cell to write in, of one with boxes to tick, and with room behind the last box."""
_COLUMN, _GUTTER = 80.0, 6.0
_CHILD_TOP = 66.0
_SHADE = 0.92

_WHY_COLUMNS = (
    Column("", 7, bold=True),
    Column("Wat wij vragen", 36),
    Column("Waarom wij het vragen", 76),
    Column("Op grond van", 24),
    Column("Wij bewaren het", 23),
)
_WHY_ROW = 6.2
_LEGAL = (
    "Wettelijke plicht: de wet zegt dat de school dit moet weten (AVG 6 lid 1 onder c). "
    "Publieke taak: nodig om onderwijs te geven (AVG 6 lid 1 onder e)."
)


@dataclass(frozen=True, slots=True)
class IntakeDatum:
    """One thing that is asked.

    :param key: its place on the sheet
    :param fields: of the program, such as ``guardian.email``
    :param why: to parents
    :param ground: of AVG 6(1), in plain words
    :param must: it may not be left blank
    :param kept: how long, such as ``5 jaar na vertrek``
    """

    key: str
    fields: tuple[str, ...]
    what: str
    why: str
    ground: str
    must: bool
    kept: str


@dataclass(frozen=True, slots=True)
class IntakeTexts:
    """What the sheet says.

    :param data: numbered on the sheet in this order
    """

    data: tuple[IntakeDatum, ...]
    intro: str
    consent: str
    not_asked: str
    wrong: str
    who_sees: str
    rights: str

    def number(self, key: str) -> str:
        """By which the front refers to the back.

        :raises KeyError: it is not asked
        """
        for number, each in enumerate(self.data, 1):
            if each.key == key:
                return str(number)
        raise KeyError(key)


def intake_sheet(texts: IntakeTexts, school: SchoolPaper, made: Made) -> bytes:
    """One sheet with two sides.

    :raises KnownError: ``paper.missing_glyph``, ``paper.text_too_long``, ``paper.logo_unreadable``
    """
    document = Document("Gegevens voor de inschrijving", school)
    _draw_front(document, texts, school)
    document.footer(made, 1, 2)
    document.next_page()
    _draw_back(document, texts, school)
    document.footer(made, 2, 2)
    document.next_page()
    return document.finish()


# — the front: room to write —


@dataclass(frozen=True, slots=True)
class _Cell:
    """Room to write one thing.

    :param choices: boxes to tick; one that ends with ``:`` stands below, with room to write
    """

    key: str
    label: str
    width: float
    hint: str = ""
    choices: tuple[str, ...] = ()

    @property
    def height(self) -> float:
        if not self.choices:
            return _ROW
        return _TALL if self.choices[-1].endswith(":") else _LOW


_CHILD = (
    (
        _Cell("name", "Roepnaam", 52),
        _Cell("name", "Tussenvoegsel", 30),
        _Cell("name", "Achternaam", 84),
    ),
    (_Cell("given_names", "Alle voornamen", 166),),
    (
        _Cell("born_on", "Geboortedatum", 83, "dag, maand, jaar"),
        _Cell("came_on", "Eerste schooldag", 83, "dag, maand, jaar"),
    ),
)
_GUARDIAN = (
    (_Cell("guardian", "Voorletters", 24), _Cell("guardian", "Roepnaam", 56)),
    (_Cell("guardian", "Tussenvoegsel", 24), _Cell("guardian", "Achternaam", 56)),
    (_Cell("institution", "Instelling", _COLUMN, "alleen als die de voogdij heeft"),),
    (_Cell("relation", "Ik ben", _COLUMN, "", ("moeder", "vader", "voogd", "anders:")),),
    (_Cell("authority", "Ik heb het ouderlijk gezag", _COLUMN, "", ("ja", "nee")),),
    (_Cell("address", "Straat en huisnummer", _COLUMN),),
    (_Cell("address", "Postcode", 24), _Cell("address", "Plaats", 56)),
    (_Cell("phones", "Telefoon 1", 40), _Cell("phones", "Telefoon 2", 40)),
    (_Cell("secret", "Geheim? Kruis aan", _COLUMN, "", ("mijn adres", "mijn telefoon")),),
    (_Cell("email", "E-mail", _COLUMN),),
    (_Cell("language", "Brieven in het", _COLUMN, "", ("Nederlands", "Engels", "anders:")),),
)
CELLS = tuple(cell.key for row in (*_CHILD, *_GUARDIAN) for cell in row)
"""What there is room for, by the keys of the texts."""


def _draw_front(document: Document, texts: IntakeTexts, school: SchoolPaper) -> None:
    draw_letterhead(document, school)
    document.text(LEFT, 50, "Gegevens voor de inschrijving", TITLE)
    _draw_lines(document, LEFT, 56, texts.intro, _NOTE, RIGHT - LEFT)
    _draw_head(document, LEFT, _CHILD_TOP, "Het kind", RIGHT - LEFT)
    y = _draw_cells(document, LEFT, _CHILD_TOP + 6, _CHILD, texts)
    top = y + 4
    for number, head in enumerate(("Ouder of verzorger", "Tweede ouder of verzorger")):
        x = LEFT + number * (_COLUMN + _GUTTER)
        _draw_head(document, x, top, head, _COLUMN)
        y = _draw_cells(document, x, top + 6, _GUARDIAN, texts)
        _draw_signature(document, x, y)
    y += _ROW + 5.5
    _draw_lines(document, LEFT, y, texts.consent, _NOTE, RIGHT - LEFT)


def _draw_head(document: Document, x: float, y: float, text: str, room: float) -> None:
    draw_shade(document, x, y, room, 6, _SHADE)
    document.text(x + 1.8, y + 4.3, text, _HEAD)


def _draw_cells(
    document: Document,
    x: float,
    y: float,
    rows: Sequence[Sequence[_Cell]],
    texts: IntakeTexts,
) -> float:
    """The rows below one another; gives the y below the last."""
    for row in rows:
        height = row[0].height
        at = x
        for cell in row:
            _draw_frame(document, at, y, cell.width, height)
            _draw_cell(document, at, y, cell, texts.number(cell.key))
            at += cell.width
        y += height
    return y


def _draw_frame(document: Document, x: float, y: float, across: float, down: float) -> None:
    for x1, y1, x2, y2 in (
        (x, y + down, x + across, y + down),
        (x, y, x, y + down),
        (x + across, y, x + across, y + down),
    ):
        document.line(x1, y1, x2, y2, grey=PALE)


def _draw_cell(document: Document, x: float, y: float, cell: _Cell, number: str) -> None:
    base = y + (5.5 if cell.choices else 3.4)
    document.text(x + 1.8, base, number, _NUMBER)
    at = x + 1.8 + width(number, _NUMBER) + 1.2
    document.text(at, base, cell.label, _LABEL)
    at += width(cell.label, _LABEL)
    if cell.hint:
        document.text(at + 1.6, base, cell.hint, _HINT)
    first = at = at + 3.0
    for choice in cell.choices:
        if choice.endswith(":"):
            at, base = first, base + 5.4
        draw_box(document, at + _BOX / 2, base - 1.0, _BOX)
        document.text(at + _BOX + 1.1, base, choice, _CHOICE)
        at += _BOX + 1.1 + width(choice, _CHOICE) + 3.2


def _draw_signature(document: Document, x: float, y: float) -> None:
    _draw_frame(document, x, y, 24, _ROW)
    _draw_frame(document, x + 24, y, _COLUMN - 24, _ROW)
    document.text(x + 1.8, y + 3.4, "Datum", _LABEL)
    document.text(x + 25.8, y + 3.4, "Handtekening", _LABEL)


def _draw_lines(
    document: Document, x: float, y: float, text: str, type_: Type, room: float
) -> float:
    for line in wrap(check(text), type_, room):
        document.text(x, y, line, type_)
        y += _LEADING
    return y


# — the back: why —


def _draw_back(document: Document, texts: IntakeTexts, school: SchoolPaper) -> None:
    document.text(LEFT, 22, "Waarom wij dit vragen", TITLE)
    y = _draw_lines(document, LEFT, 28, _LEGAL, _NOTE, RIGHT - LEFT) + 5
    rows = [
        (str(number), _what(each), each.why, each.ground, each.kept)
        for number, each in enumerate(texts.data, 1)
    ]
    table = set_rows(_WHY_COLUMNS, rows, _WHY_ROW)
    draw_table(document, _WHY_COLUMNS, table, LEFT, y)
    y += sum(row.height for row in table) + 7
    who = controller(school)
    answers = f"{who[:1].upper()}{who[1:]} is verantwoordelijk voor deze gegevens."
    for head, text in (
        ("Toestemming", texts.consent),
        ("Niet gevraagd", f"{texts.not_asked} {texts.wrong}"),
        ("Wie ziet dit", texts.who_sees),
        ("Uw rechten", texts.rights),
        ("Verantwoordelijk", f"{answers} {questions(school)}"),
    ):
        document.text(LEFT, y, head, _STRONG)
        y = _draw_lines(document, LEFT + 32, y, text, _NOTE, RIGHT - LEFT - 32) + 2.2


def _what(datum: IntakeDatum) -> str:
    return datum.what if datum.must else f"{datum.what}\nmag leeg blijven"
