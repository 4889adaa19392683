"""What a round prints beside forms: the envelopes, what was chosen, and the data to check.

Values in, bytes out; no document queries the store. Every letter takes whole sheets: printed on
both sides, the next family's letter never stands on the back of one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from schoolprivacy.consents.reminder_papers import check_names
from schoolprivacy.errors import KnownError
from schoolprivacy.letters.about_school import own_values
from schoolprivacy.letters.languages import find_language, form_words
from schoolprivacy.letters.terms import DUTCH
from schoolprivacy.paper.address import set_address
from schoolprivacy.paper.fonts import fit
from schoolprivacy.paper.letter import LETTER_TOP, LETTER_WIDTH, draw_letter_top
from schoolprivacy.paper.letter_text import letter_text
from schoolprivacy.paper.list_page import ListPage, draw_list
from schoolprivacy.paper.page import BODY_BOTTOM, LEFT, RIGHT, SMALL, SMALLEST, STRONG, Document
from schoolprivacy.paper.running_text import draw_text
from schoolprivacy.paper.sender import Made, SchoolPaper
from schoolprivacy.paper.table import Column, TableRow, draw_table, set_rows

_ENVELOPES = (Column("In één envelop", 132, bold=True), Column("Brieven", 34))
_ENVELOPE_ROW = 8.0
_CHOICES = (Column("Waarvoor", 96), Column("Uw antwoord", 70, bold=True))
_CHECKS = (Column("", 36), Column("Wat wij hebben", 58, bold=True), Column("Verbetering", 72))
_CHOICE_ROW, _CHECK_ROW = 5.6, 8.4
_FURTHER = " (vervolg)"
_SIZE = 10.0
"""Points."""
_NEXT_TOP = 26.0
"""Where a further page begins, in mm."""
_TEXT_GAP, _HEAD_ROOM = 6.0, 14.0
"""White before the text below; a title with the head of its table, in mm."""

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class EnvelopeGroup:
    """A group, with who share an envelope and how many letters are in it."""

    name: str
    envelopes: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A table under its own title, such as the name of a child."""

    title: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class ChoicesLetter:
    """What the people at one address answered themselves, for all children there.

    :param sections: per child (purpose, answer)
    :param has_form: a form comes with it, for one child or more
    :param language: in which the text stands behind it too; "" for Dutch only
    :param reprint: printed before in this round; the letter says so
    """

    address_lines: tuple[str, ...]
    sections: tuple[Section, ...]
    has_form: bool
    language: str = ""
    reprint: bool = False


@dataclass(frozen=True, slots=True)
class CheckLetter:
    """What the school holds of the children and the people at one address.

    :param sections: per person (what it is, what the school has, room to correct)
    :param language: in which the text stands behind it too; "" for Dutch only
    """

    address_lines: tuple[str, ...]
    sections: tuple[Section, ...]
    hand_in_by: date
    one_child: bool
    language: str = ""
    reprint: bool = False


def draw_envelopes(
    document: Document, groups: Sequence[EnvelopeGroup], school: SchoolPaper, made: Made
) -> None:
    """Behind the forms: which of them belong in one envelope; nothing when there are none.

    :raises KnownError: ``paper.missing_glyph``
    """
    for group in groups:
        page = ListPage(
            f"Samen in één envelop \u00b7 {group.name}",
            "Doe deze brieven bij elkaar. Deel de envelop uit aan het eerste kind. "
            "Vernietig deze lijst na gebruik.",
            "",
        )
        rows = [(who, str(letters)) for who, letters in group.envelopes]
        draw_list(document, page, _ENVELOPES, rows, _ENVELOPE_ROW, school, made)


def check_round_letter(letter: ChoicesLetter | CheckLetter) -> None:
    """Whether a letter can be drawn.

    :raises KnownError: ``paper.missing_glyph``, ``paper.address_too_long``, ``paper.text_too_long``
    """
    set_address(letter.address_lines)
    for section in letter.sections:
        check_names(section.title, *(text for row in section.rows for text in row))
        fit(section.title + _FURTHER, STRONG, LETTER_WIDTH, SMALLEST)


def choices_letters(
    letters: Sequence[ChoicesLetter],
    school: SchoolPaper,
    made: Made,
    progress: Progress | None = None,
) -> bytes:
    """The yearly reminder of what somebody chose, one letter to each address.

    :param progress: called with how many letters are done; may raise to stop
    :raises KnownError: ``paper.nothing_to_print``, ``paper.address_too_long``,
        ``paper.letter_too_long``, ``paper.missing_glyph``, ``paper.logo_unreadable``
    """

    def texts(letter: ChoicesLetter, language: str) -> tuple[str, str]:
        values = {
            "one_child": len(letter.sections) == 1,
            "has_form": letter.has_form,
            **own_values(school, language),
        }
        return (
            letter_text(school, "choices", language, **values),
            letter_text(school, "choices_same", language, **values),
        )

    parts = [_Parts(each, _CHOICES, _CHOICE_ROW, partial(texts, each)) for each in letters]
    return _drawn("Dit hebt u gekozen", parts, school, made, progress)


def check_pages(
    letters: Sequence[CheckLetter],
    school: SchoolPaper,
    made: Made,
    progress: Progress | None = None,
) -> bytes:
    """``Controleer uw gegevens``: what the school holds, with room to correct it (AVG 5(1)(d), 16).

    :param progress: called with how many letters are done; may raise to stop
    :raises KnownError: as ``choices_letters``
    """

    def texts(letter: CheckLetter, language: str) -> tuple[str, str]:
        values = {
            "one_child": letter.one_child,
            "hand_in_by": find_language(language).date(letter.hand_in_by),
            **own_values(school, language),
        }
        return (
            letter_text(school, "check", language, **values),
            letter_text(school, "check_same", language, **values),
        )

    parts = [_Parts(each, _CHECKS, _CHECK_ROW, partial(texts, each)) for each in letters]
    return _drawn("Controleer uw gegevens", parts, school, made, progress)


# — drawing: as many pages as the tables need —


@dataclass(frozen=True, slots=True)
class _Parts:
    """A letter with its table, and its text above and below that in any language."""

    letter: ChoicesLetter | CheckLetter
    columns: tuple[Column, ...]
    row_height: float
    texts: Callable[[str], tuple[str, str]]


def _drawn(
    title: str,
    letters: Sequence[_Parts],
    school: SchoolPaper,
    made: Made,
    progress: Progress | None,
) -> bytes:
    if not letters:
        raise KnownError("paper.nothing_to_print")
    document = Document(title, school)
    for done, letter in enumerate(letters, 1):
        # Drawn once to see how many pages there are, for "bladzijde 1 van 2".
        pages = _Drawing(Document(title, school), school, made, 1).draw(letter)
        _Drawing(document, school, made, pages + pages % 2).draw(letter)
        if progress:
            progress(done)
    return document.finish()


class _Drawing:
    """One letter on its pages."""

    def __init__(self, document: Document, school: SchoolPaper, made: Made, pages: int) -> None:
        self._document, self._school, self._made, self._pages = document, school, made, pages
        self._page, self._y, self._what = 1, 0.0, ""

    def draw(self, parts: _Parts) -> int:
        """Draw everything; gives how many pages it took."""
        document, letter = self._document, parts.letter
        upper, lower = parts.texts(DUTCH)
        self._what = "herdruk" if letter.reprint else ""
        draw_letter_top(document, self._school, letter.address_lines, self._made.on)
        self._y = draw_text(document, upper, LEFT, LETTER_TOP, LETTER_WIDTH, _SIZE)
        for section in letter.sections:
            self._section(section, parts)
        self._y += _TEXT_GAP
        self._text(lower)
        if letter.language:
            self._translate(letter.language, parts)
        self._end()
        drawn = self._page
        if drawn < self._pages:
            self._page += 1
            document.text(LEFT, 148, "Deze bladzijde is met opzet leeg.", SMALL)
            self._end()
        return drawn

    def _text(self, markup: str) -> None:
        """On this page, or on the next: running text is not broken over pages."""
        height = draw_text(Document("", self._school), markup, LEFT, 0, LETTER_WIDTH, _SIZE)
        if self._y + height > BODY_BOTTOM:
            self._turn()
        if draw_text(self._document, markup, LEFT, self._y, LETTER_WIDTH, _SIZE) > BODY_BOTTOM:
            raise KnownError("paper.letter_too_long")
        self._y += height

    def _translate(self, language: str, parts: _Parts) -> None:
        """The text in another language below a line, or on the next page; the Dutch one counts."""
        upper, lower = parts.texts(language)
        measure = Document("", self._school)
        height = draw_text(measure, upper, LEFT, 0, LETTER_WIDTH, _SIZE)
        height += draw_text(measure, lower, LEFT, 0, LETTER_WIDTH, _SIZE)
        if self._y + 3 * _TEXT_GAP + height > BODY_BOTTOM:
            self._turn()
        else:
            self._document.line(LEFT, self._y + _TEXT_GAP, RIGHT, self._y + _TEXT_GAP)
            self._y += 2 * _TEXT_GAP
        note = form_words(language)["translation"]
        self._document.text_within(LEFT, self._y, note, SMALL, LETTER_WIDTH)
        self._y += _TEXT_GAP
        for markup in (upper, lower):
            self._text(markup)

    def _section(self, section: Section, parts: _Parts) -> None:
        rows = list(set_rows(parts.columns, section.rows, parts.row_height))
        title = section.title
        while rows:
            if self._y + _HEAD_ROOM + rows[0].height > BODY_BOTTOM:
                self._turn()
            self._document.text_within(LEFT, self._y + 6, title, STRONG, LETTER_WIDTH, "de naam")
            top = self._y + _HEAD_ROOM
            here = _that_fit(rows, top)
            draw_table(self._document, parts.columns, here, LEFT, top)
            self._y = top + sum(row.height for row in here)
            rows = rows[len(here) :]
            title = section.title + _FURTHER

    def _turn(self) -> None:
        self._end()
        self._page, self._y = self._page + 1, _NEXT_TOP - _TEXT_GAP

    def _end(self) -> None:
        self._document.footer(self._made, self._page, self._pages, self._what)
        self._document.next_page()


def _that_fit(rows: Sequence[TableRow], y: float) -> list[TableRow]:
    here = []
    for row in rows:
        y += row.height
        if y > BODY_BOTTOM:
            break
        here.append(row)
    return here
