"""The neutral form: what any import file says, before it is held against the school."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from schoolprivacy.errors import sentence
from schoolprivacy.schoolyear import SchoolYear


class Severity(StrEnum):
    """How much a problem in a file matters."""

    NOTE = "note"  # told, nothing to do
    WARNING = "warning"  # something was read with a guess or left out; the rest stands
    ERROR = "error"  # the file may not be stored


@dataclass(frozen=True, slots=True)
class Problem:
    """One remark about a file, at a line and column where there is one.

    :param key: key in messages.nl.toml, under ``problem.``
    :param line: line (XML) or row (spreadsheet, the header is row 1), None for the whole file
    """

    severity: Severity
    key: str
    values: dict[str, object] = field(default_factory=dict)
    line: int | None = None
    column: str | None = None

    def __str__(self) -> str:
        place = "".join(
            [
                f"regel {self.line}" if self.line else "",
                f", kolom {self.column}" if self.column else "",
            ]
        ).lstrip(", ")
        text = sentence(f"problem.{self.key}", **self.values)
        return f"{place}: {text}" if place else text


@dataclass(frozen=True, slots=True)
class RosterGuardian:
    """A parent, carer or institution as the file gives it; None or "" means the file is silent.

    :param key: the file's own key of this person, if any (Zermelo ``Code``)
    :param institution: name of the institution (voogdij); then surname and call_name are the
        contact person
    :param relation: as written: vader, moeder, voogd, pleegouder, …
    :param denied_authority: the file says this person has no parental authority. A file never
        grants authority: what it says beyond "no" stays unknown
    :param phones: E.164 numbers in the order of the file
    :param address_secret: True secret, False explicitly not, None not said
    """

    key: str | None = None
    institution: str = ""
    initials: str = ""
    call_name: str = ""
    prefix: str = ""
    surname: str = ""
    relation: str = ""
    denied_authority: bool = False
    street: str = ""
    house_number: str = ""
    postcode: str = ""
    place: str = ""
    phones: tuple[str, ...] = ()
    email: str = ""
    address_secret: bool | None = None
    phone_secret: bool | None = None
    language: str = ""


@dataclass(frozen=True, slots=True)
class RosterPupil:
    """A pupil as the file gives it.

    :param line: where in the file
    :param key: the file's key; None when absent or a dummy (starts with ``#``)
    :param year_level: ``0``–``8``, ``11``–``16``, ``S``, ``H``, …; "" unknown
    :param group: name of the class, None when the file gives none
    :param other_groups: names of further (combined) groups the pupil belongs to
    """

    line: int
    key: str | None = None
    call_name: str = ""
    prefix: str = ""
    surname: str = ""
    given_names: str = ""
    born_on: date | None = None
    year_level: str = ""
    group: str | None = None
    other_groups: tuple[str, ...] = ()
    came_on: date | None = None
    left_on: date | None = None
    guardians: tuple[RosterGuardian, ...] = ()


@dataclass(frozen=True, slots=True)
class Roster:
    """Everything one file says.

    :param source: ``edexml`` or ``spreadsheet``; with brin and location the space of its keys
    :param kind: for people: ``EDEXML 2.1``, ``CSV (;, cp1252)``, ``xlsx``
    :param brin: four characters, None when the file does not say
    :param groups: names of all groups in the file, also those without pupils, in its order
    :param dropped: Dutch names of kinds of data that were dropped while reading (BSN, land, …)
    :param unplaced: header names of spreadsheet columns nobody has placed; storing waits for them
    :param columns: spreadsheet only: header name → field code or ``ignore``, as used
    :param header_fingerprint: spreadsheet only: identifies this set of columns
    """

    source: str
    kind: str
    pupils: tuple[RosterPupil, ...]
    brin: str | None = None
    location: str = ""
    school_key: str = ""
    school_year: SchoolYear | None = None
    made_at: datetime | None = None
    groups: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    dropped: tuple[str, ...] = ()
    unplaced: tuple[str, ...] = ()
    columns: dict[str, str] = field(default_factory=dict)
    header_fingerprint: str = ""
