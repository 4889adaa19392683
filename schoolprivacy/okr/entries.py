"""What somebody enters about a move, held to what may be stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from schoolprivacy.bsn import holds_bsn
from schoolprivacy.errors import RefusedError
from schoolprivacy.exchange.values import clean
from schoolprivacy.okr.terms import SENSITIVE, Category, MoveKind, ReceivingSchool
from schoolprivacy.okr.words import categories_told, category_word
from schoolprivacy.paper.dates import dutch_date
from schoolprivacy.paper.fonts import check
from schoolprivacy.people.profile import read_brin
from schoolprivacy.school import Session

LONGEST_NAME, LONGEST_LINE, LONGEST_TEXT = 80, 200, 6000
"""Characters: of a school, of a line on paper, of a remark."""


@dataclass(frozen=True, slots=True)
class MoveEntry:
    """Where a child goes, as somebody enters it.

    :param school: None while unknown
    :param expected_on: first day at the other school; None while unknown
    """

    kind: MoveKind
    school: ReceivingSchool | None = None
    expected_on: date | None = None


def checked_line(text: str, most: int = LONGEST_LINE) -> str:
    """One line as it is kept and printed; "" may be refused by who asks.

    :raises RefusedError: too long, or it holds a BSN
    :raises KnownError: it cannot be printed
    """
    return check(_checked(clean(text), most))


def checked_text(text: str) -> str:
    """A text with its paragraphs, never printed by this program.

    :raises RefusedError: empty, too long, or it holds a BSN
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    text = "\n".join(map(clean, lines)).strip("\n")
    if not text:
        raise RefusedError("okr.empty")
    return _checked(text, LONGEST_TEXT)


def _checked(text: str, most: int) -> str:
    if len(text) > most:
        raise RefusedError("okr.long", most=most)
    if holds_bsn(text):
        raise RefusedError("okr.bsn")
    return text


def checked_school(entry: ReceivingSchool, kind: MoveKind, own_brin: str) -> ReceivingSchool:
    """A receiving school as it is remembered, with its BRIN written one way.

    :raises RefusedError: no name or place, no good BRIN, one of abroad, or the school itself
    :raises KnownError: it cannot be printed
    """
    name, place = checked_line(entry.name, LONGEST_NAME), checked_line(entry.place, LONGEST_NAME)
    if not (name and place):
        raise RefusedError("okr.school_name")
    if not entry.brin.strip():
        return ReceivingSchool(name, "", place)
    found = read_brin(entry.brin)
    if found is None or kind is MoveKind.ABROAD:
        raise RefusedError("okr.brin", brin=entry.brin)
    if found[0] == own_brin:
        raise RefusedError("okr.own_school")
    return ReceivingSchool(name, "".join(found), place)


def checked_categories(categories: Mapping[Category, str]) -> dict[Category, str]:
    """What a report holds, with the reason where it is sensitive.

    :raises RefusedError: nothing, something outside the list, or a sensitive part without reason
    """
    found: dict[Category, str] = {}
    for each, reason in categories.items():
        if each not in list(Category):
            raise RefusedError("okr.category", known=categories_told(Category))
        found[Category(each)] = checked_line(reason)
    if not found:
        raise RefusedError("okr.no_category")
    for each in Category:
        if each in SENSITIVE and not found.get(each, True):
            raise RefusedError("okr.no_reason", category=category_word(each))
    return found


def checked_day(session: Session, day: date, not_before: date | None = None) -> str:
    """A day on which something was done, as it is stored.

    :raises RefusedError: it has yet to come, or lies before what it follows
    """
    if day > session.clock.today():
        raise RefusedError("okr.future", day=dutch_date(day))
    if not_before and day < not_before:
        raise RefusedError("okr.too_early", day=dutch_date(day), first=dutch_date(not_before))
    return day.isoformat()
