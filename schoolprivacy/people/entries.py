"""What somebody types of a pupil or guardian: written in one way, and held against what can be."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from schoolprivacy.contact import read_phone, read_postcode
from schoolprivacy.errors import KnownError, RefusedError, sentence
from schoolprivacy.exchange.values import clean, read_email, read_year_level
from schoolprivacy.people.terms import Authority

_LONGEST = 100  # characters: what a form or list can hold of one field
_OLDEST = 20  # years: far beyond any pupil of a primary school


@dataclass(frozen=True, slots=True)
class PupilEntry:
    """A pupil as typed. ``year_level`` and ``group`` are about the working school year."""

    call_name: str = ""
    prefix: str = ""
    surname: str = ""
    given_names: str = ""
    born_on: date | None = None
    came_on: date | None = None
    left_on: date | None = None
    year_level: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class GuardianEntry:
    """A guardian as typed; ``relation`` and ``authority`` are about the child it is typed for.

    :param knows_address: False when the address was hidden from who typed this: it stays as it is
    :param knows_phones: the same for the telephone numbers
    """

    institution: str = ""
    initials: str = ""
    call_name: str = ""
    prefix: str = ""
    surname: str = ""
    street: str = ""
    house_number: str = ""
    postcode: str = ""
    place: str = ""
    email: str = ""
    phones: tuple[str, ...] = ()
    address_secret: bool = False
    phone_secret: bool = False
    language: str = "nl"
    relation: str = ""
    authority: Authority = Authority.UNKNOWN
    knows_address: bool = True
    knows_phones: bool = True


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """What is wrong with one field; ``str()`` gives the Dutch sentence.

    :param field: name of the field in the entry
    :param key: key in messages.nl.toml, under ``field.``
    :param may_stay: worth a look, but it may be stored like this
    """

    field: str
    key: str
    values: Mapping[str, object] = dataclasses.field(default_factory=dict)
    may_stay: bool = False

    def __str__(self) -> str:
        return sentence(f"field.{self.key}", **self.values)


_PUPIL_NAMES = ("call_name", "prefix", "surname", "given_names")
_GUARDIAN_NAMES = ("institution", "initials", "call_name", "prefix", "surname")
_ADDRESS = ("street", "house_number", "postcode", "place")


def normal_pupil(entry: PupilEntry) -> PupilEntry:
    """The entry as it would be stored; what cannot be read stays as it was typed."""
    names = (*_PUPIL_NAMES, "year_level", "group")
    texts: dict[str, Any] = {name: clean(getattr(entry, name)) for name in names}
    texts["year_level"] = read_year_level(texts["year_level"]) or texts["year_level"]
    return replace(entry, **texts)


def normal_guardian(entry: GuardianEntry) -> GuardianEntry:
    """The entry as it would be stored; what cannot be read stays as it was typed."""
    names = (*_GUARDIAN_NAMES, *_ADDRESS, "email", "language", "relation")
    texts: dict[str, Any] = {name: clean(getattr(entry, name)) for name in names}
    texts["initials"] = normal_initials(texts["initials"])
    texts["postcode"] = read_postcode(texts["postcode"]) or texts["postcode"]
    texts["email"] = read_email(texts["email"]) or texts["email"]
    phones = (read_phone(each) or clean(each) for each in entry.phones)
    return replace(entry, **texts, phones=tuple(dict.fromkeys(filter(None, phones))))


def normal_initials(text: str) -> str:
    """``jw``, ``J W`` and ``j.w`` become ``J.W.``; ``Th`` is one initial."""
    parts = re.findall(r"[^\W_]+", text)
    if len(parts) == 1 and (text.isupper() or text.islower()) and "." not in text:
        parts = list(parts[0])
    return "".join(f"{part[0].upper()}{part[1:]}." for part in parts)


def check_pupil(entry: PupilEntry, today: date) -> tuple[FieldProblem, ...]:
    """What keeps this pupil from being stored, or is worth a look."""
    entry = normal_pupil(entry)
    texts = {name: getattr(entry, name) for name in (*_PUPIL_NAMES, "group")}
    found = [*_texts(texts), *_letters(texts, _PUPIL_NAMES)]
    if not entry.surname:
        found.append(FieldProblem("surname", "no_surname"))
    if not entry.call_name:
        found.append(FieldProblem("call_name", "no_call_name", may_stay=True))
    if entry.year_level and read_year_level(entry.year_level) is None:
        found.append(FieldProblem("year_level", "year_level"))
    return (*found, *_dates(entry, today))


def _dates(entry: PupilEntry, today: date) -> Iterable[FieldProblem]:
    if entry.born_on and entry.born_on > today:
        yield FieldProblem("born_on", "born_in_future")
    elif entry.born_on and entry.born_on.year < today.year - _OLDEST:
        yield FieldProblem("born_on", "born_long_ago", {"years": _OLDEST})
    if entry.left_on and entry.came_on and entry.left_on < entry.came_on:
        yield FieldProblem("left_on", "left_before_came")


def check_guardian(entry: GuardianEntry) -> tuple[FieldProblem, ...]:
    """What keeps this guardian from being stored, or is worth a look."""
    entry = normal_guardian(entry)
    names = (*_GUARDIAN_NAMES, *_ADDRESS, "email", "language", "relation")
    texts = {name: getattr(entry, name) for name in names}
    found = [*_texts(texts), *_letters(texts, _GUARDIAN_NAMES)]
    if not entry.surname and not entry.institution:
        found.append(FieldProblem("surname", "no_surname"))
    if entry.postcode and not read_postcode(entry.postcode):
        found.append(FieldProblem("postcode", "postcode", may_stay=True))  # parents live abroad too
    if entry.email and not read_email(entry.email):
        found.append(FieldProblem("email", "email"))
    return (
        *found,
        *(
            FieldProblem("phones", "phone", {"number": each[:_LONGEST]})
            for each in entry.phones
            if not read_phone(each)
        ),
    )


def refuse_problems(problems: Iterable[FieldProblem]) -> None:
    """What an action does with an entry that cannot be stored.

    :raises RefusedError: ``edit.fields``, with the sentences
    """
    hindering = [str(each) for each in problems if not each.may_stay]
    if hindering:
        raise RefusedError("edit.fields", problems=" ".join(hindering))


def _texts(texts: dict[str, str]) -> Iterable[FieldProblem]:
    """Too long for paper, or with a character that paper cannot show."""
    from schoolprivacy.paper.fonts import check  # only who types needs the fonts

    for name, text in texts.items():
        if len(text) > _LONGEST:
            yield FieldProblem(name, "too_long", {"most": _LONGEST})
        try:
            check(text)
        except KnownError as error:
            yield FieldProblem(name, "unprintable", {"character": error.values["character"]})


def _letters(texts: dict[str, str], names: Iterable[str]) -> Iterable[FieldProblem]:
    """A name has letters; a number that was typed in its place, a BSN perhaps, is not stored."""
    for name in names:
        if texts[name] and not any(sign.isalpha() for sign in texts[name]):
            yield FieldProblem(name, "no_letters")
