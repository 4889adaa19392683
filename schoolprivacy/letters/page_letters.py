"""Letters of one page each, with their translation on the back where somebody reads another one.

Values in, bytes out; the texts are the school's own where it has them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol, TypeVar

from schoolprivacy.errors import KnownError
from schoolprivacy.letters.about_school import own_values
from schoolprivacy.letters.languages import form_words
from schoolprivacy.letters.terms import DUTCH
from schoolprivacy.paper.letter import (
    LETTER_TOP,
    LETTER_WIDTH,
    TRANSLATION_TOP,
    draw_empty_page,
    draw_letter_top,
    draw_translation_top,
)
from schoolprivacy.paper.letter_text import letter_text
from schoolprivacy.paper.page import LEFT, Document
from schoolprivacy.paper.running_text import draw_letter
from schoolprivacy.paper.sender import Made, SchoolPaper


class PageLetter(Protocol):
    """What every letter has: where it goes, and in which language it stands on its back too."""

    @property
    def address_lines(self) -> tuple[str, ...]: ...

    @property
    def language(self) -> str: ...


L = TypeVar("L", bound=PageLetter)


def page_letters(
    title: str,
    letters: Sequence[L],
    texts: Callable[[L, str], Mapping[str, object]],
    school: SchoolPaper,
    made: Made,
    progress: Callable[[int], None] | None = None,
) -> bytes:
    """One page per letter.

    As soon as one letter has a back, all have: printed on two sides, each begins on its own sheet.

    :param texts: what is filled in in a language, with ``name``, the first part of the letter
    :param progress: called with how many letters are done; may raise to stop
    :raises KnownError: ``paper.nothing_to_print``, ``paper.letter_too_long``,
        ``paper.address_too_long``, ``paper.missing_glyph``, ``paper.logo_unreadable``
    """
    if not letters:
        raise KnownError("paper.nothing_to_print")
    document = Document(title, school)
    pages = 2 if any(each.language for each in letters) else 1
    for done, letter in enumerate(letters, 1):
        draw_letter_top(document, school, letter.address_lines, made.on)
        _draw(document, texts(letter, DUTCH), school, DUTCH, LETTER_TOP)
        document.footer(made, 1, pages)
        document.next_page()
        if pages > 1:
            if letter.language:
                note = form_words(letter.language)["translation"]
                draw_translation_top(document, school, note)
                values = texts(letter, letter.language)
                _draw(document, values, school, letter.language, TRANSLATION_TOP)
            else:
                draw_empty_page(document)
            document.footer(made, 2, pages)
            document.next_page()
        if progress:
            progress(done)
    return document.finish()


def _draw(
    document: Document,
    values: Mapping[str, object],
    school: SchoolPaper,
    language: str,
    top: float,
) -> None:
    filled = {**own_values(school, language), **values}
    name = str(filled.pop("name"))
    personal = letter_text(school, name, language, **filled)
    same = letter_text(school, f"{name}_same", language, **filled)
    draw_letter(document, personal, same, LEFT, top, LETTER_WIDTH)
