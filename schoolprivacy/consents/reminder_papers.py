"""What consents print while answers are still coming in.

The list and the letters to remind with, and the sheet on which a teacher ticks off what came back.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from schoolprivacy.consents.form_code import short_form_code
from schoolprivacy.errors import KnownError
from schoolprivacy.letters.about_school import new_form
from schoolprivacy.letters.languages import find_language, form_words
from schoolprivacy.letters.terms import DUTCH
from schoolprivacy.paper.address import set_address
from schoolprivacy.paper.dates import dutch_date
from schoolprivacy.paper.fonts import check
from schoolprivacy.paper.letter import (
    LETTER_TOP,
    LETTER_WIDTH,
    TRANSLATION_TOP,
    draw_empty_page,
    draw_letter_top,
    draw_translation_top,
)
from schoolprivacy.paper.letter_text import letter_text
from schoolprivacy.paper.list_page import ListPage, draw_list
from schoolprivacy.paper.page import BODY_BOTTOM, LEFT, Document
from schoolprivacy.paper.running_text import draw_text
from schoolprivacy.paper.sender import Made, SchoolPaper
from schoolprivacy.paper.table import Column, draw_table, set_rows

_REMINDER_COLUMNS = (
    Column("Leerling", 44, bold=True),
    Column("Formulier", 23),
    Column("Uiterlijk", 33),
    Column("Telefoon", 26),
    Column("Antwoord", 40),
)
_COVER_COLUMNS = (
    Column("Terug", 16, tick=True),
    Column("Leerling", 112, bold=True),
    Column("Formulier", 38),
)
_COVER_ROW = 6.4
"""Thirty-four children on one page, in mm."""
_REMINDER_ROW = 7.4
_CHILD_ROW = 7.0
_SIZE = 10.0
"""Points."""


@dataclass(frozen=True, slots=True)
class ReminderEntry:
    """A child whose answers are not complete.

    :param form_code: of the (first page of the) form, in full
    :param telephones: formatted; a secret number is never given to a paper
    :param still_open: short names of the purposes without an answer; empty when nothing came back
        or everything was answered
    :param authority_unknown: a yes came back of somebody of whom the school must find out whether
        they have authority
    """

    pupil_name: str
    form_code: str
    hand_in_by: date
    telephones: tuple[str, ...] = ()
    still_open: tuple[str, ...] = ()
    authority_unknown: bool = False


@dataclass(frozen=True, slots=True)
class ReminderGroup:
    """A group with the children who are still waited for, in the order given."""

    name: str
    entries: tuple[ReminderEntry, ...]


@dataclass(frozen=True, slots=True)
class ReminderChild:
    """A child in a reminder letter."""

    name: str
    group: str
    form_code: str


@dataclass(frozen=True, slots=True)
class ReminderLetter:
    """One letter to one address, for all children there.

    :param number: the first, the second … reminder; a later one says so
    :param language: code of the language that stands on the back; "" for Dutch only
    :param images, contact: what an answer is missing about
    """

    address_lines: tuple[str, ...]
    children: tuple[ReminderChild, ...]
    asked_on: date
    hand_in_by: date
    number: int = 1
    language: str = ""
    images: bool = True
    contact: bool = False


@dataclass(frozen=True, slots=True)
class CoverEntry:
    """A child and the form that was handed out."""

    pupil_name: str
    form_code: str


@dataclass(frozen=True, slots=True)
class CoverGroup:
    """A group and the forms handed out in it."""

    name: str
    entries: tuple[CoverEntry, ...]


def check_names(*texts: str) -> None:
    """Whether names can be written.

    :raises KnownError: ``paper.missing_glyph``
    """
    for text in texts:
        check(text, "de naam")


def check_letter(letter: ReminderLetter) -> None:
    """Whether a letter can be drawn.

    :raises KnownError: ``paper.missing_glyph``, ``paper.address_too_long``
    """
    set_address(letter.address_lines)
    check_names(*(text for child in letter.children for text in (child.name, child.group)))


def reminder_list(
    groups: Sequence[ReminderGroup],
    school: SchoolPaper,
    made: Made,
    progress: Callable[[int], None] | None = None,
) -> bytes:
    """Whom the school still waits for, per group on its own page.

    :param progress: called with how many groups are done; may raise to stop
    :raises KnownError: ``paper.missing_glyph``
    """
    document = Document("Nog geen antwoord", school)
    for done, group in enumerate(groups, 1):
        rows = [_reminder_row(entry) for entry in group.entries]
        page = ListPage(
            title=f"Nog geen antwoord \u00b7 {group.name}",
            intro="Toestemming voor foto's en video's. Vernietig deze lijst na gebruik.",
            empty="In deze groep heeft iedereen geantwoord.",
        )
        draw_list(document, page, _REMINDER_COLUMNS, rows, _REMINDER_ROW, school, made)
        if progress:
            progress(done)
    if not groups:
        page = ListPage("Nog geen antwoord", "", "Iedereen heeft geantwoord.")
        draw_list(document, page, _REMINDER_COLUMNS, (), _REMINDER_ROW, school, made)
    return document.finish()


def _reminder_row(entry: ReminderEntry) -> tuple[str, ...]:
    return (
        entry.pupil_name,
        short_form_code(entry.form_code),
        dutch_date(entry.hand_in_by),
        "\n".join(entry.telephones),
        _answered(entry),
    )


def _answered(entry: ReminderEntry) -> str:
    if not (entry.still_open or entry.authority_unknown):
        return "nog niets"
    told = [f"deels; open: {', '.join(entry.still_open)}" if entry.still_open else "terug"]
    return "; ".join([*told, *(["gezag navragen"] if entry.authority_unknown else [])])


def cover_sheet(
    groups: Sequence[CoverGroup],
    school: SchoolPaper,
    made: Made,
    progress: Callable[[int], None] | None = None,
) -> bytes:
    """Per group the forms handed out, to tick off what came back; no answers on it.

    :param progress: called with how many groups are done; may raise to stop
    :raises KnownError: ``paper.missing_glyph``
    """
    document = Document("Formulieren terug", school)
    for done, group in enumerate(groups, 1):
        rows = [("", entry.pupil_name, short_form_code(entry.form_code)) for entry in group.entries]
        page = ListPage(
            title=f"Formulieren terug \u00b7 {group.name}",
            intro="Kruis aan welke formulieren terug zijn en breng ze ongelezen naar de "
            "administratie.",
            empty="In deze groep zijn geen formulieren uitgedeeld.",
        )
        draw_list(document, page, _COVER_COLUMNS, rows, _COVER_ROW, school, made)
        if progress:
            progress(done)
    if not groups:
        page = ListPage("Formulieren terug", "", "Er zijn geen formulieren uitgedeeld.")
        draw_list(document, page, _COVER_COLUMNS, (), _COVER_ROW, school, made)
    return document.finish()


def reminder_letters(
    letters: Sequence[ReminderLetter],
    school: SchoolPaper,
    made: Made,
    progress: Callable[[int], None] | None = None,
) -> bytes:
    """One page per address, with its translation on the back for who has another language.

    As soon as one letter has a back, all have: printed on two sides, each begins on its own sheet.

    :param progress: called with how many letters are done; may raise to stop
    :raises KnownError: ``paper.nothing_to_print``, ``paper.letter_too_long``,
        ``paper.address_too_long``, ``paper.missing_glyph``, ``paper.logo_unreadable``
    """
    if not letters:
        raise KnownError("paper.nothing_to_print")
    document = Document("Herinnering toestemming foto's en video's", school)
    pages = 2 if any(letter.language for letter in letters) else 1
    for done, letter in enumerate(letters, 1):
        draw_letter_top(document, school, letter.address_lines, made.on)
        _draw_reminder(document, letter, school, DUTCH, LETTER_TOP)
        document.footer(made, 1, pages)
        document.next_page()
        if pages > 1:
            _draw_back(document, letter, school)
            document.footer(made, 2, pages)
            document.next_page()
        if progress:
            progress(done)
    return document.finish()


def _draw_back(document: Document, letter: ReminderLetter, school: SchoolPaper) -> None:
    if not letter.language:
        draw_empty_page(document)
        return
    draw_translation_top(document, school, form_words(letter.language)["translation"])
    _draw_reminder(document, letter, school, letter.language, TRANSLATION_TOP)


def _draw_reminder(
    document: Document, letter: ReminderLetter, school: SchoolPaper, language: str, top: float
) -> None:
    date_in = find_language(language).date
    values = {
        "asked_on": date_in(letter.asked_on),
        "hand_in_by": date_in(letter.hand_in_by),
        "one_child": len(letter.children) == 1,
        "images": letter.images,
        "contact": letter.contact,
        "new_form": new_form(school, language),
        "school": school.name,
    }
    upper = letter_text(school, "reminder", language, **values)
    if language == DUTCH:
        upper = _which(letter.number) + upper
    y = draw_text(document, upper, LEFT, top, LETTER_WIDTH, _SIZE) + 8
    children = [
        (child.name, child.group, short_form_code(child.form_code)) for child in letter.children
    ]
    words = form_words(language)
    columns = (
        Column(words["pupil"], 90, bold=True),
        Column(words["group"], 38),
        Column(words["form"], 38),
    )
    rows = set_rows(columns, children, _CHILD_ROW)
    draw_table(document, columns, rows, LEFT, y)
    lower = letter_text(school, "reminder_same", language, **values)
    y += sum(row.height for row in rows) + 5
    if draw_text(document, lower, LEFT, y, LETTER_WIDTH, _SIZE) > BODY_BOTTOM:
        raise KnownError("paper.letter_too_long")


def _which(number: int) -> str:
    """That a family was written to before; above the text, which the school may word itself."""
    if number == 1:
        return ""
    word = {2: "Tweede", 3: "Derde"}.get(number)
    return f"<b>{word} herinnering</b>\n\n" if word else f"<b>Herinnering {number}</b>\n\n"
