"""What the people at school are asked on paper, and the sheet that says who may be on pictures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from schoolprivacy.errors import KnownError
from schoolprivacy.letters.about_school import controller, how_staff_withdraw, questions
from schoolprivacy.paper.boxes import draw_box_pair
from schoolprivacy.paper.dates import dutch_date
from schoolprivacy.paper.fonts import Type, check, wrap
from schoolprivacy.paper.letter_text import letter_text
from schoolprivacy.paper.page import (
    BODY_BOTTOM,
    LEFT,
    PALE,
    RIGHT,
    SMALL,
    STRONG,
    TITLE,
    Document,
)
from schoolprivacy.paper.running_text import draw_text
from schoolprivacy.paper.sender import Made, SchoolPaper

IMAGES_LEAD = (
    "Foto's en video's waarop ik herkenbaar in beeld ben, mogen door de school worden gebruikt:"
)
CONTACT_LEAD = "Op de contactlijst voor de gezinnen van de groep mag staan:"
_DECLARATION = (
    "Ik heb dit gelezen. Ik weet dat ik vrij ben om te kiezen en dat ik mijn toestemming altijd "
    "kan intrekken."
)
_WIDTH = RIGHT - LEFT
_VALUE = Type(11.5, bold=True)
_LEAD = Type(9, bold=True)
_LABEL, _LABEL_LEADING = Type(9), 3.7
_NOTE, _NOTE_LEADING = Type(7, grey=True), 3.1
_TEXT_SIZE = 8.5
_TEXT_TOP = 39.0
_TEXT_ROOM = 126.0  # beside the boxes
_YES_X, _NO_X, _BOX = 162.0, 178.0, 5.0
_HEAD, _PADDING, _LEAST_ROW = 8.5, 2.0, 7.2
_SIGNATURE = 30.0
_NEXT_TOP = 40.0


@dataclass(frozen=True, slots=True)
class TeamRow:
    """One purpose as the form asks for it.

    :param outside_eea: the service stores outside the European Economic Area (social media)
    """

    label: str
    audience: str = ""
    keeps: str = ""
    outside_eea: bool = False


@dataclass(frozen=True, slots=True)
class TeamForm:
    """The form of one person.

    :param role: what they do at school, in Dutch
    """

    name: str
    role: str
    hand_in_by: date


@dataclass(frozen=True, slots=True)
class TeamQuestions:
    """What is the same on every form: the rows on pictures, and those of the contact list."""

    images: tuple[TeamRow, ...]
    contact: tuple[TeamRow, ...]


def team_forms(
    forms: Sequence[TeamForm],
    questions: TeamQuestions,
    school: SchoolPaper,
    made: Made,
    progress: Callable[[int], None] | None = None,
) -> bytes:
    """A form for each person, on one page; only very many purposes run on to a second.

    :param progress: called with how many forms are done; may raise to stop
    :raises KnownError: ``paper.nothing_to_print``, ``paper.missing_glyph``, ``paper.text_too_long``
    """
    if not forms:
        raise KnownError("paper.nothing_to_print")
    document = Document("Toestemming van wie op school werkt of helpt", school)
    for done, form in enumerate(forms, 1):
        _draw_form(document, form, questions, school, made)
        if progress:
            progress(done)
    return document.finish()


_Block = tuple[str, TeamRow | None]
"""A lead above rows, or a row."""


def _draw_form(
    document: Document, form: TeamForm, asked: TeamQuestions, school: SchoolPaper, made: Made
) -> None:
    _draw_top(document, form, school)
    y = draw_text(document, _text(asked, school), LEFT, _TEXT_TOP, _WIDTH, _TEXT_SIZE) + 3
    pages = _pages(asked, y)
    for number, blocks in enumerate(pages, 1):
        if number > 1:
            _draw_top(document, form, school)
            y = _NEXT_TOP
        for block in blocks:
            _draw_block(document, block, y)
            y += _height(block)
        if number == len(pages):
            _draw_signature(document, y + 8)
        document.footer(made, number, len(pages))
        document.next_page()


def _pages(asked: TeamQuestions, top: float) -> list[list[_Block]]:
    """What stands on which page; the signature follows the last row."""
    blocks: list[_Block] = []
    for lead, rows in ((IMAGES_LEAD, asked.images), (CONTACT_LEAD, asked.contact)):
        blocks += [(lead, None), *(("", row) for row in rows)] if rows else []
    pages: list[list[_Block]] = [[]]
    y, head = top, blocks[0]
    for place, block in enumerate(blocks):
        head = block if block[0] else head
        behind = _height(blocks[place + 1]) if block[0] else 0.0  # no lead alone at the foot
        needed = _height(block) + behind + (_SIGNATURE + 8 if place == len(blocks) - 1 else 0)
        if y + needed > BODY_BOTTOM and pages[-1]:
            pages.append([head] if block != head else [])  # "Ja" and "Nee" stand above each page
            y = _NEXT_TOP + _HEAD * len(pages[-1])
        pages[-1].append(block)
        y += _height(block)
    return pages


def _height(block: _Block) -> float:
    _, row = block
    if row is None:
        return _HEAD
    lines = len(_labels(row)) * _LABEL_LEADING + len(_notes(row)) * _NOTE_LEADING
    return max(_LEAST_ROW, lines + _PADDING)


def _labels(row: TeamRow) -> tuple[str, ...]:
    return wrap(check(row.label, "de tekst van een doel"), _LABEL, _TEXT_ROOM)


def _notes(row: TeamRow) -> tuple[str, ...]:
    parts = (
        f"Wie: {row.audience}" if row.audience else "",
        f"Hoelang: {row.keeps}" if row.keeps else "",
        "Ook bewaard buiten de EER" if row.outside_eea else "",
    )
    text = " \u00b7 ".join(part for part in parts if part)
    return wrap(check(text, "de tekst van een doel"), _NOTE, _TEXT_ROOM)


def _draw_top(document: Document, form: TeamForm, school: SchoolPaper) -> None:
    document.text_within(LEFT, 16, school.name, SMALL, _WIDTH, "de naam van de school")
    document.text(LEFT, 23.5, "Toestemming van wie op school werkt of helpt", TITLE)
    document.text(LEFT, 30.5, "Naam", SMALL)
    document.text_within(LEFT, 35.6, form.name, _VALUE, 92, "de naam")
    document.text(LEFT + 96, 30.5, "Op school", SMALL)
    document.text(LEFT + 96, 35.6, form.role, STRONG)
    document.text(LEFT + 128, 30.5, "Graag terug op", SMALL)
    document.text(LEFT + 128, 35.6, dutch_date(form.hand_in_by), STRONG)


def _draw_block(document: Document, block: _Block, y: float) -> None:
    lead, row = block
    if row is not None:
        _draw_row(document, row, y)
        return
    bottom = y + _HEAD
    document.text_within(LEFT, bottom - 2, lead, _LEAD, _YES_X - LEFT - 6, "de vraag", 6)
    document.text(_YES_X, bottom - 2, "Ja", STRONG, "centre")
    document.text(_NO_X, bottom - 2, "Nee", STRONG, "centre")
    document.line(LEFT, bottom, RIGHT, bottom, points=0.7)


def _draw_row(document: Document, row: TeamRow, y: float) -> None:
    labels, notes, height = _labels(row), _notes(row), _height(("", row))
    lines = len(labels) * _LABEL_LEADING + len(notes) * _NOTE_LEADING
    at = y + (height - lines) / 2 - 0.9
    for line in labels:
        at += _LABEL_LEADING
        document.text(LEFT, at, line, _LABEL)
    for line in notes:
        at += _NOTE_LEADING
        document.text(LEFT, at, line, _NOTE)
    middle = y + height / 2
    draw_box_pair(document, (_YES_X, middle), (_NO_X, middle), _BOX)
    document.line(LEFT, y + height, RIGHT, y + height, grey=PALE)


def _draw_signature(document: Document, y: float) -> None:
    document.text_within(LEFT, y, _DECLARATION, Type(8.5), _WIDTH)
    line = y + _SIGNATURE - 12
    for x, right, word in ((LEFT, LEFT + 40, "datum"), (LEFT + 48, RIGHT, "handtekening")):
        document.line(x, line, right, line, grey=PALE)
        document.text(x, line + 3.4, word, SMALL)


def _text(asked: TeamQuestions, school: SchoolPaper) -> str:
    return letter_text(
        school,
        "team_request",
        images=bool(asked.images),
        contact=bool(asked.contact),
        social_media=any(row.outside_eea for row in asked.images),
        how_to_withdraw=how_staff_withdraw(school),
        controller=controller(school),
        questions=questions(school),
    )
