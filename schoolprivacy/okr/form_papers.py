"""The sheet a parent signs: inzage on the front, room for remarks on the back.

Values in, bytes out; no document queries the store.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from schoolprivacy.errors import KnownError
from schoolprivacy.okr.terms import Category
from schoolprivacy.okr.words import categories_told
from schoolprivacy.paper.boxes import draw_box
from schoolprivacy.paper.dates import dutch_date
from schoolprivacy.paper.fonts import Type, check, wrap
from schoolprivacy.paper.page import BODY, LEFT, PALE, RIGHT, SMALL, STRONG, TITLE, Document
from schoolprivacy.paper.running_text import draw_text
from schoolprivacy.paper.sender import Made, SchoolPaper

_NAME = Type(9, grey=True)
_FIELD_X = LEFT + 34
_LINE, _BOX, _BETWEEN, _WRITING = 4.6, 4.4, 9.0, 8.5
_FIELDS_TOP = 40.0
_FACT_LINES, _VIEW_LINES = 5, 9
_SIGNATURE = 19.0
_MOST_SIGNERS = 4
_SIZE = 10.0

_FRONT = "Inzage in het onderwijskundig rapport"
_BACK = "Uw opmerkingen bij het rapport"
_SEEN = (
    "Ik heb het rapport ingezien.",
    "Ik heb een kopie van het rapport gekregen.",
    "Ik heb geen opmerkingen.",
    "Ik heb wel een opmerking. Die staat op de achterkant of op een ander blad.",
)
_MEANS = (
    "U tekent dat u het rapport hebt gezien. U geeft geen toestemming: die is niet nodig, want de "
    "wet draagt de school op om dit rapport door te geven (WPO artikel 42)."
)
_TOGETHER = (
    "Tekent u samen, dan geldt elk kruisje voor u allebei. Apart mag ook, op een tweede formulier."
)
_PROOF = ("kopie van de brief", "gespreksverslag", "datum van inzage", "vinkje in het LAS")
_FACT = (
    "Schrijf op wat er staat en wat het moet zijn. De school verbetert wat feitelijk niet klopt. "
    "Wat de school als deskundige vindt, blijft staan."
)
_VIEW = (
    "Schrijf op hoe u het ziet. De school voegt dit toe aan het rapport, zoals u het schrijft. "
    "Is het meer? Doe er een blad bij."
)


@dataclass(frozen=True, slots=True)
class InzageForm:
    """One child's sheet for one address.

    :param signers: who sign; their names only
    :param school: to which the child goes; "" while unknown
    """

    child: str
    group: str
    school: str
    report_on: date
    version: int
    categories: tuple[Category, ...]
    signers: tuple[str, ...]


def check_form(form: InzageForm) -> None:
    """Whether a sheet can be drawn.

    :raises KnownError: ``paper.missing_glyph``
    """
    for text in (form.child, form.group, form.school, *form.signers):
        check(text, "de naam")


def inzage_forms(
    forms: Sequence[InzageForm],
    school: SchoolPaper,
    made: Made,
    progress: Callable[[int], None] | None = None,
) -> bytes:
    """A sheet of two pages per child and address.

    :param progress: called with how many sheets are done; may raise to stop
    :raises KnownError: ``paper.nothing_to_print``, ``paper.missing_glyph``,
        ``paper.text_too_long``
    """
    if not forms:
        raise KnownError("paper.nothing_to_print")
    document = Document(_FRONT, school)
    for done, form in enumerate(forms, 1):
        _draw_front(document, form, school)
        document.footer(made, 1, 2)
        document.next_page()
        _draw_back(document, form, school)
        document.footer(made, 2, 2)
        document.next_page()
        if progress:
            progress(done)
    return document.finish()


def _draw_front(document: Document, form: InzageForm, school: SchoolPaper) -> None:
    y = _draw_head(document, _FRONT, form, school)
    y = draw_text(document, _MEANS, LEFT, y + 2, RIGHT - LEFT, _SIZE) + 9
    for text in _SEEN:
        draw_box(document, LEFT + _BOX / 2, y - 1.2, _BOX)
        document.text(LEFT + 8, y, text, BODY)
        y += _BETWEEN
    if len(form.signers) > 1:
        document.text(LEFT, y, _TOGETHER, SMALL)
    for name in (form.signers or ("",))[:_MOST_SIGNERS]:
        y = _draw_signature(document, y, name)
    document.line(LEFT, y + 8, RIGHT, y + 8, grey=PALE)
    y += 16
    document.text(LEFT, y, "In te vullen door de school", STRONG)
    document.text(LEFT, y + 7, "Bewijs:", BODY)
    x = LEFT + 18
    for text in _PROOF:
        draw_box(document, x + 2, y + 5.8, 3.6)
        document.text(x + 6, y + 7, text, SMALL)
        x += 38
    _draw_line(document, LEFT, LEFT + 94, y + 21, "Naam van de medewerker")
    _draw_line(document, LEFT + 100, RIGHT, y + 21, "Datum van inzage")


def _draw_back(document: Document, form: InzageForm, school: SchoolPaper) -> None:
    y = _draw_head(document, _BACK, form, school)
    for title, text, lines in (
        ("1. Een feit dat niet klopt", _FACT, _FACT_LINES),
        ("2. Uw zienswijze", _VIEW, _VIEW_LINES),
    ):
        document.text(LEFT, y + 5, title, STRONG)
        y = draw_text(document, text, LEFT, y + 5.5, RIGHT - LEFT, _SIZE)
        for _ in range(lines):
            y += _WRITING
            document.line(LEFT, y, RIGHT, y, grey=PALE)
        y += 5
    _draw_signature(document, y - 2, "")


def _draw_head(document: Document, title: str, form: InzageForm, school: SchoolPaper) -> float:
    """School, title and of whom it is; gives the y below it."""
    room = RIGHT - LEFT
    document.text_within(LEFT, 18, school.name, _NAME, room, "de naam van de school")
    document.text(LEFT, 28, title, TITLE)
    y = _FIELDS_TOP
    fields = (
        ("Leerling", " \u00b7 ".join(filter(None, (form.child, form.group)))),
        ("Gaat naar", form.school or "nog niet bekend"),
        ("Rapport", f"versie {form.version}, van {dutch_date(form.report_on)}"),
        ("Inhoud", categories_told(form.categories)),
    )
    for label, text in fields:
        document.text(LEFT, y, label, STRONG)
        for line in wrap(check(text, label.lower()), BODY, RIGHT - _FIELD_X):
            document.text(_FIELD_X, y, line, BODY)
            y += _LINE
    return y


def _draw_signature(document: Document, y: float, name: str) -> float:
    """Lines for name, date and signature below y; gives the y of the lines."""
    y += _SIGNATURE
    for above, line in enumerate(reversed(wrap(check(name, "de naam"), BODY, 60))):
        document.text(LEFT, y - 1.5 - above * _LINE, line, BODY)
    _draw_line(document, LEFT, LEFT + 62, y, "Naam ouder of voogd")
    _draw_line(document, LEFT + 68, LEFT + 96, y, "Datum")
    _draw_line(document, LEFT + 102, RIGHT, y, "Handtekening")
    return y


def _draw_line(document: Document, left: float, right: float, y: float, below: str) -> None:
    document.line(left, y, right, y)
    document.text(left, y + 3.5, below, SMALL)
