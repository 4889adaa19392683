"""The letters of a move: the invitation to parents, and what goes along to the receiving school.

Values in, bytes out; no document queries the store.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from schoolprivacy.letters.languages import find_language
from schoolprivacy.letters.page_letters import page_letters
from schoolprivacy.okr.terms import Category, ReceivingSchool
from schoolprivacy.okr.words import categories_told
from schoolprivacy.paper.address import set_address
from schoolprivacy.paper.fonts import check
from schoolprivacy.paper.sender import Made, SchoolPaper
from schoolprivacy.people.names import group_label

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Invitation:
    """One child's invitation for one address.

    :param address_lines: at most six; an address, or name and group to hand out in class
    :param group: the name of the group; "" when the child has none
    :param school: to which the child goes, None while unknown
    :param keep_years: how long the school keeps a copy of the report
    :param language: in which the letter stands on its back too; "" for Dutch only
    """

    address_lines: tuple[str, ...]
    child: str
    group: str
    school: ReceivingSchool | None
    report_on: date
    categories: tuple[Category, ...]
    hand_in_by: date
    keep_years: int
    language: str = ""


@dataclass(frozen=True, slots=True)
class Accompanying:
    """The letter with one child's report.

    :param all_seen: every guardian who must, had inzage; nobody was excused
    :param language: as above; for a school abroad
    """

    child: str
    born_on: date | None
    school: ReceivingSchool
    report_on: date
    categories: tuple[Category, ...]
    all_seen: bool
    has_remarks: bool
    language: str = ""

    @property
    def address_lines(self) -> tuple[str, ...]:
        """The school has no street here: the letter goes with the report, not by itself."""
        return ("Aan de directie van", self.school.name, self.school.place.upper())


def check_okr_letter(letter: Invitation | Accompanying) -> None:
    """Whether a letter can be drawn.

    :raises KnownError: ``paper.missing_glyph``, ``paper.address_too_long``
    """
    set_address(letter.address_lines)
    check(letter.child, "de naam van de leerling")
    if isinstance(letter, Invitation):
        check(letter.group, "de naam van de groep")


def invitations(
    letters: Sequence[Invitation],
    school: SchoolPaper,
    made: Made,
    progress: Progress | None = None,
) -> bytes:
    """One page per child and address, its translation on the back for who has another language.

    As soon as one letter has a back, all have: printed on two sides, each begins on its own sheet.

    :param progress: called with how many letters are done; may raise to stop
    :raises KnownError: ``paper.nothing_to_print``, ``paper.letter_too_long``,
        ``paper.address_too_long``, ``paper.missing_glyph``, ``paper.logo_unreadable``
    """
    title = "Uitnodiging om het rapport in te zien"
    return page_letters(title, letters, _invitation, school, made, progress)


def accompanying_letters(
    letters: Sequence[Accompanying],
    school: SchoolPaper,
    made: Made,
    progress: Progress | None = None,
) -> bytes:
    """One letter per child, to the receiving school; it holds no address of anybody at home.

    :param progress: called with how many letters are done; may raise to stop
    :raises KnownError: as ``invitations``
    """
    title = "Begeleidende brief bij het rapport"
    return page_letters(title, letters, _accompanying, school, made, progress)


def _invitation(letter: Invitation, language: str) -> Mapping[str, object]:
    words = find_language(language)
    to = letter.school
    return {
        "name": "okr_invitation",
        "child": letter.child,
        "group": group_label(letter.group) if letter.group else "",
        "has_school": to is not None,
        "receiving_school": f"{to.name} in {to.place}" if to else "",
        "report_on": words.date(letter.report_on),
        "hand_in_by": words.date(letter.hand_in_by),
        "categories": categories_told(letter.categories, language),
        "keep_years": str(letter.keep_years),
    }


def _accompanying(letter: Accompanying, language: str) -> Mapping[str, object]:
    words = find_language(language)
    return {
        "name": "okr_accompanying",
        "child": letter.child,
        "born_on": words.date(letter.born_on) if letter.born_on else "",
        "report_on": words.date(letter.report_on),
        "categories": categories_told(letter.categories, language),
        "all_seen": letter.all_seen,
        "has_remarks": letter.has_remarks,
    }
