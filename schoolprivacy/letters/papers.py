"""A letter with made-up values: for the live preview, and to see that it fits its page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import product

from schoolprivacy.errors import KnownError
from schoolprivacy.letters.about_school import own_values
from schoolprivacy.letters.languages import find_language
from schoolprivacy.letters.terms import Letter
from schoolprivacy.paper.letter import LETTER_TOP, LETTER_WIDTH, draw_letter_top
from schoolprivacy.paper.letter_text import letter_text
from schoolprivacy.paper.page import BODY_BOTTOM, LEFT, Document
from schoolprivacy.paper.running_text import draw_letter, draw_text
from schoolprivacy.paper.sender import Made, OwnText, SchoolPaper
from schoolprivacy.paper.table import Column, draw_table, set_rows

_SIZE, _FORM_SIZE = 10.0, 8.5
"""Points, of a letter with a table and of the upper part of a form."""
_TABLE_GAP, _TEXT_GAP, _ROW = 8.0, 5.0, 6.6
_FORM_TOP, _FORM_BOTTOM = 39.0, 140.0
"""The upper part of a form leaves room for what is asked."""
_MARKS = str.maketrans("{}\2\3", "(){}")
"""Braces that somebody typed fill in nothing."""
_COLUMNS = (Column("", LETTER_WIDTH, bold=True),)
_ADDRESS = ("Aan de ouder(s)/verzorger(s) van", "Aylin Yılmaz", "Voorbeeldlaan 1", "1234 AB  DORP")


def with_text(school: SchoolPaper, name: str, language: str, body: str) -> SchoolPaper:
    """The same paper, with one text as somebody is writing it."""
    others = (each for each in school.texts if (each.name, each.language) != (name, language))
    return replace(school, texts=(*others, OwnText(name, language, body)))


def cases(letter: Letter) -> list[dict[str, bool]]:
    """Every way in which the conditions of a letter can hold or not."""
    names = [each.name for each in letter.conditions]
    return [
        dict(zip(names, held, strict=True)) for held in product((True, False), repeat=len(names))
    ]


@dataclass(frozen=True, slots=True)
class _Value:
    """A mark that can be found, of a value that is or is not there where a text asks for it."""

    name: str
    is_there: bool

    def __html__(self) -> str:
        return f"\2{self.name}\3"

    def __bool__(self) -> bool:
        return self.is_there


def marked_renderings(
    letter: Letter, school: SchoolPaper, language: str
) -> list[tuple[Mapping[str, bool], str]]:
    """The whole text in every case, with ``{name}`` where something is filled in, and only there.

    Also as it is when there is nothing to fill in: a child without a group gets a letter too.
    """
    return [
        (
            case,
            "\n\n".join(
                letter_text(school, p.name, language, **filled, **case).translate(_MARKS)
                for p in letter.parts
            ),
        )
        for case in cases(letter)
        for filled in (
            {each.name: _Value(each.name, there) for each in letter.placeholders}
            for there in (True, False)
        )
    ]


def sample_letter(
    letter: Letter,
    school: SchoolPaper,
    made: Made,
    language: str,
    case: Mapping[str, bool] | None = None,
) -> bytes:
    """The letter with made-up values on one page.

    :param case: which conditions hold; those that it does not name as they usually do
    :raises KnownError: ``paper.letter_too_long``, ``paper.missing_glyph``
    """
    document = Document(letter.title, school)
    values = _values(letter, school, language, longest=False)
    held = {each.name: not each.is_rare for each in letter.conditions} | dict(case or {})
    if letter.kind != "form":
        draw_letter_top(document, school, _ADDRESS, made.on)
    _draw(document, letter, _texts(letter, school, language, values, held))
    document.footer(made, 1, 1)
    document.next_page()
    return document.finish()


def check_fits(letter: Letter, school: SchoolPaper, language: str) -> None:
    """Whether the letter fits its page in every case, with values as long as they get.

    :raises KnownError: ``paper.letter_too_long``, ``paper.missing_glyph``
    """
    values = _values(letter, school, language, longest=True)
    found = {tuple(_texts(letter, school, language, values, case)) for case in cases(letter)}
    for texts in sorted(found):
        _draw(Document(letter.title, school), letter, texts)


def _texts(
    letter: Letter,
    school: SchoolPaper,
    language: str,
    values: Mapping[str, str],
    case: Mapping[str, bool],
) -> list[str]:
    return [letter_text(school, each.name, language, **values, **case) for each in letter.parts]


def _draw(document: Document, letter: Letter, texts: Sequence[str]) -> None:
    """What a person reads, without the letterhead."""
    if letter.kind == "page":
        draw_letter(document, texts[0], texts[1], LEFT, LETTER_TOP, LETTER_WIDTH)
    elif letter.kind == "table":
        _draw_with_table(document, letter, texts)
    elif draw_text(document, texts[0], LEFT, _FORM_TOP, LETTER_WIDTH, _FORM_SIZE) > _FORM_BOTTOM:
        raise KnownError("paper.letter_too_long")


def _draw_with_table(document: Document, letter: Letter, texts: Sequence[str]) -> None:
    y = draw_text(document, texts[0], LEFT, LETTER_TOP, LETTER_WIDTH, _SIZE) + _TABLE_GAP
    rows = set_rows(_COLUMNS, [(each,) for each in letter.table], _ROW)
    draw_table(document, _COLUMNS, rows, LEFT, y)
    y += sum(row.height for row in rows) + _TEXT_GAP
    if draw_text(document, texts[1], LEFT, y, LETTER_WIDTH, _SIZE) > BODY_BOTTOM:
        raise KnownError("paper.letter_too_long")


def _values(letter: Letter, school: SchoolPaper, language: str, *, longest: bool) -> dict[str, str]:
    own, words = own_values(school, language), find_language(language)
    found: dict[str, str] = {}
    for each in letter.placeholders:
        value = each.longest if longest else each.example
        if value is None:
            value = own[each.name]
        found[each.name] = words.date(value) if isinstance(value, date) else value
    return found
