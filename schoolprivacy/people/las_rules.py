"""What the school corrected and the LAS (leerlingadministratiesysteem) may not know yet; pure.

A correction holds until a file confirms it: a file that still has the old value would undo what a
parent said. Secrets are the exception in the safe direction: a file may always add one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from schoolprivacy.people.addresses import ADDRESS
from schoolprivacy.people.names import plain
from schoolprivacy.people.terms import Guardian, Pupil

Person = TypeVar("Person", bound=Pupil | Guardian)

PUPIL_FIELDS = ("call_name", "prefix", "surname", "given_names", "born_on")
SECRETS = ("address_secret", "phone_secret")
GUARDIAN_FIELDS = (
    *("institution", "initials", "call_name", "prefix", "surname"),
    *(*ADDRESS, "email", "phones", *SECRETS),
)
FIELDS = tuple(dict.fromkeys((*PUPIL_FIELDS, *GUARDIAN_FIELDS)))
_AS_ONE = (("prefix", "surname"), ADDRESS)


class Verdict(StrEnum):
    """What a file says of a correction."""

    STILL_OLD = "still_old"  # the LAS has the old value: the correction stays
    CONFIRMED = "confirmed"
    REPLACED = "replaced"  # a third value: newer than the correction


@dataclass(frozen=True, slots=True)
class Correction:
    """One field that somebody corrected by hand.

    :param before: what the LAS had, as text; see ``text_of``
    :param ticked: somebody said that it stands in the LAS; no file confirmed that yet
    """

    id: str
    field: str
    before: str
    after: str
    ticked: bool = False


@dataclass(frozen=True, slots=True)
class Weighed:
    """A file held against the corrections of one person, those that go as one together."""

    verdict: Verdict
    fields: tuple[str, ...]
    corrections: tuple[Correction, ...]


def unit_of(field: str) -> tuple[str, ...]:
    """The fields that change as one: an address, a surname with its prefix."""
    return next((unit for unit in _AS_ONE if field in unit), (field,))


def unit_name(field: str) -> str:
    """One name for fields that change as one, with a Dutch word in ``field_name``."""
    return {ADDRESS: "home", ("prefix", "surname"): "surname"}.get(unit_of(field), field)


def text_of(value: object) -> str:
    """A field as it is noted."""
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    if isinstance(value, bool):
        return "ja" if value else "nee"
    return "" if value is None else str(value)


def value_of(field: str, text: str) -> Any:
    """The field again of what was noted."""
    if field in SECRETS:
        return text == "ja"
    if field == "phones":
        return tuple(filter(None, text.split(", ")))
    if field == "born_on":
        return date.fromisoformat(text) if text else None
    return text


def as_in_las(person: Person, corrections: Iterable[Correction]) -> Person:
    """Somebody as the LAS has them, as far as the school knows."""
    old = {each.field: value_of(each.field, each.before) for each in corrections}
    return replace(person, **old)


def weigh(
    corrected: Person, in_file: Person, given: Collection[str], corrections: Sequence[Correction]
) -> tuple[list[Weighed], Mapping[str, Any]]:
    """Hold a file against the corrections of one person.

    :param in_file: the person as in the LAS, with what the file says written over it
    :param given: fields of which the file says something
    :returns: what it says of each correction, and how the corrected fields stand afterwards
    """
    las = as_in_las(corrected, corrections)
    units = dict.fromkeys(unit_of(each.field) for each in corrections)
    weighed: list[Weighed] = []
    values: dict[str, Any] = {}
    for unit in units:
        about = tuple(each for each in corrections if each.field in unit)
        verdict = None
        if any(each.field in given for each in about):
            verdict = _verdict(*(_values(who, unit) for who in (las, corrected, in_file)))
            weighed.append(Weighed(verdict, unit, about))
        holds = in_file if verdict is Verdict.REPLACED else corrected
        values |= {name: getattr(holds, name) for name in unit}
    return weighed, values


def _values(who: Pupil | Guardian, unit: Iterable[str]) -> tuple[Any, ...]:
    return tuple(getattr(who, name) for name in unit)


def _verdict(old: tuple[Any, ...], corrected: tuple[Any, ...], found: tuple[Any, ...]) -> Verdict:
    """Exactly one of the two goes before one of them in another spelling."""
    for spell in (tuple, _loosely):
        if spell(found) == spell(corrected):
            return Verdict.CONFIRMED
        if spell(found) == spell(old):
            return Verdict.STILL_OLD
    return Verdict.REPLACED


def _loosely(values: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(map(_spelled_alike, values))


def _spelled_alike(value: object) -> object:
    if isinstance(value, tuple):
        return frozenset(value)
    if not isinstance(value, str):
        return value
    return value.casefold() if "@" in value else plain(value).replace(" ", "")
