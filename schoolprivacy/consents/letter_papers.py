"""Letters about consent to one family: that it was withdrawn, and that two answers differ.

Values in, bytes out. Neither letter says who said what: it may lie in a house where the other
parent does not live.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from schoolprivacy.consents.reminder_papers import check_names
from schoolprivacy.consents.terms import PurposeKind
from schoolprivacy.errors import KnownError
from schoolprivacy.letters.about_school import contact_ways, controller, questions
from schoolprivacy.paper.address import set_address
from schoolprivacy.paper.dates import dutch_date
from schoolprivacy.paper.letter import LETTER_TOP, LETTER_WIDTH, draw_letter_top
from schoolprivacy.paper.letter_text import letter_text
from schoolprivacy.paper.page import BODY_BOTTOM, LEFT, Document
from schoolprivacy.paper.running_text import draw_text
from schoolprivacy.paper.sender import Made, SchoolPaper
from schoolprivacy.paper.table import Column, TableRow, draw_table, set_rows

_SIZE = 10.0
"""Points."""
_ROW = 6.6
_NEXT_TOP = 26.0
"""Where a second page begins, in mm."""
_TABLE_GAP, _TEXT_GAP = 8.0, 5.0
_WITHDRAWN_COLUMNS = (Column("Waarvoor", 128, bold=True), Column("Ingetrokken op", 38))
_DIFFER_COLUMNS = (Column("Waarvoor", 166, bold=True),)
_KINDS = {
    PurposeKind.IMAGE: "Foto's en video's",
    PurposeKind.CONTACT_CHILD: "Contactlijst",
    PurposeKind.CONTACT_OWN: "Contactlijst",
    PurposeKind.SHARING: "Gegevens delen",
}


@dataclass(frozen=True, slots=True)
class LetterItem:
    """What a letter is about: one purpose, in the words in which it was asked."""

    kind: PurposeKind
    label: str

    @property
    def text(self) -> str:
        """``Foto's en video's: op de website``."""
        return f"{_KINDS[self.kind]}: {self.label}"


@dataclass(frozen=True, slots=True)
class WithdrawnItem:
    """A purpose for which consent was taken back, and when."""

    item: LetterItem
    on: date


@dataclass(frozen=True, slots=True)
class WithdrawalLetter:
    """The confirmation to one person.

    :param address_lines: of this person alone; or name and child, to be handed over
    :param name: how the letter addresses them
    :param group: "" when the child has none
    :param about_self: the pupil of 16 or older withdrew
    """

    address_lines: tuple[str, ...]
    name: str
    child: str
    group: str
    items: tuple[WithdrawnItem, ...]
    about_self: bool = False


@dataclass(frozen=True, slots=True)
class ConflictLetter:
    """To one household, about one child: the purposes for which yes and no came in."""

    address_lines: tuple[str, ...]
    child: str
    group: str
    items: tuple[LetterItem, ...]


@dataclass(frozen=True, slots=True)
class _Parts:
    """A letter with a table in it."""

    address_lines: tuple[str, ...]
    upper: str
    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...]
    lower: str


def check_family_letter(letter: WithdrawalLetter | ConflictLetter) -> None:
    """Whether a letter can be drawn.

    :raises KnownError: ``paper.missing_glyph``, ``paper.address_too_long``
    """
    set_address(letter.address_lines)
    check_names(letter.child, letter.group)
    if isinstance(letter, WithdrawalLetter):
        check_names(letter.name)


def withdrawal_letters(
    letters: Sequence[WithdrawalLetter],
    school: SchoolPaper,
    made: Made,
    progress: Callable[[int], None] | None = None,
) -> bytes:
    """The confirmation of a withdrawal (AVG 7(3)), one letter to each who withdrew.

    :param progress: called with how many letters are done; may raise to stop
    :raises KnownError: ``paper.nothing_to_print``, ``paper.address_too_long``,
        ``paper.letter_too_long``, ``paper.missing_glyph``, ``paper.logo_unreadable``
    """
    parts = [_withdrawal(each, school) for each in letters]
    return _drawn("Bevestiging van uw intrekking", parts, school, made, progress)


def _withdrawal(letter: WithdrawalLetter, school: SchoolPaper) -> _Parts:
    kinds = {each.item.kind for each in letter.items}
    values = {
        "reader": letter.name,
        "child": letter.child,
        "group": letter.group,
        "about_self": letter.about_self,
        "images": PurposeKind.IMAGE in kinds,
        "contact": bool(kinds & {PurposeKind.CONTACT_CHILD, PurposeKind.CONTACT_OWN}),
        "sharing": PurposeKind.SHARING in kinds,
        **_about_school(school),
    }
    upper = letter_text(school, "withdrawal", **values)
    lower = letter_text(school, "withdrawal_same", **values)
    rows = [(each.item.text, dutch_date(each.on)) for each in letter.items]
    set_ = set_rows(_WITHDRAWN_COLUMNS, rows, _ROW)
    return _Parts(letter.address_lines, upper, _WITHDRAWN_COLUMNS, set_, lower)


def conflict_letters(
    letters: Sequence[ConflictLetter],
    school: SchoolPaper,
    made: Made,
    progress: Callable[[int], None] | None = None,
) -> bytes:
    """That two answers differ and so nothing is used (BW 1:253i), one letter to each household.

    :param progress: called with how many letters are done; may raise to stop
    :raises KnownError: as ``withdrawal_letters``
    """
    parts = [_conflict(each, school) for each in letters]
    return _drawn("Verschillende antwoorden", parts, school, made, progress)


def _conflict(letter: ConflictLetter, school: SchoolPaper) -> _Parts:
    values = {"child": letter.child, "group": letter.group, **_about_school(school)}
    upper = letter_text(school, "conflict", **values)
    lower = letter_text(school, "conflict_same", **values)
    rows = set_rows(_DIFFER_COLUMNS, [(each.text,) for each in letter.items], _ROW)
    return _Parts(letter.address_lines, upper, _DIFFER_COLUMNS, rows, lower)


def _about_school(school: SchoolPaper) -> dict[str, str]:
    return {
        "controller": controller(school),
        "questions": questions(school),
        "contact_ways": contact_ways(school),
        "school": school.name,
    }


# — drawing: as many pages as the table needs —


def _drawn(
    title: str,
    letters: Sequence[_Parts],
    school: SchoolPaper,
    made: Made,
    progress: Callable[[int], None] | None,
) -> bytes:
    if not letters:
        raise KnownError("paper.nothing_to_print")
    document = Document(title, school)
    for done, letter in enumerate(letters, 1):
        # Drawn once to see how many pages there are, for "bladzijde 1 van 2".
        pages = _draw(Document(title, school), letter, school, made, 1)
        _draw(document, letter, school, made, pages)
        if progress:
            progress(done)
    return document.finish()


def _draw(document: Document, letter: _Parts, school: SchoolPaper, made: Made, pages: int) -> int:
    """Draw one letter; gives how many pages it took."""
    page, rows = 1, list(letter.rows)
    draw_letter_top(document, school, letter.address_lines, made.on)
    y = draw_text(document, letter.upper, LEFT, LETTER_TOP, LETTER_WIDTH, _SIZE) + _TABLE_GAP
    while True:
        here = _that_fit(rows, y)
        draw_table(document, letter.columns, here, LEFT, y)
        y += sum(row.height for row in here)
        rows = rows[len(here) :]
        if not rows:
            break
        page, y = page + 1, _turn(document, made, page, pages)
    y += _TEXT_GAP
    # Measured on a page of its own: a letter is not broken inside the running text.
    measure = Document("", school)
    height = draw_text(measure, letter.lower, LEFT, 0, LETTER_WIDTH, _SIZE)
    if y + height > BODY_BOTTOM:
        page, y = page + 1, _turn(document, made, page, pages)
    if draw_text(document, letter.lower, LEFT, y, LETTER_WIDTH, _SIZE) > BODY_BOTTOM:
        raise KnownError("paper.letter_too_long")
    document.footer(made, page, pages)
    document.next_page()
    return page


def _that_fit(rows: Sequence[TableRow], y: float) -> list[TableRow]:
    here = []
    for row in rows:
        y += row.height
        if y > BODY_BOTTOM:
            break
        here.append(row)
    return here


def _turn(document: Document, made: Made, page: int, pages: int) -> float:
    """End a page and begin the next one; gives its y."""
    document.footer(made, page, pages)
    document.next_page()
    return _NEXT_TOP
