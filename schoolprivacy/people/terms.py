"""The words of people: values that rules, papers and windows share."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from schoolprivacy.schoolyear import SchoolYear


def new_id() -> str:
    """An identifier that never says anything about a person."""
    return uuid.uuid4().hex


class Authority(StrEnum):
    """Parental authority over one child (BW 1:245). Imports bring UNKNOWN."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class AuthoritySource(StrEnum):
    """Where the knowledge about authority comes from."""

    NONE = ""
    IMPORT = "import"
    FORM = "form"
    OFFICE = "office"


@dataclass(frozen=True, slots=True)
class Pupil:
    """A child at school. ``call_name`` is the roepnaam, ``prefix`` the voorvoegsel."""

    id: str
    call_name: str
    prefix: str
    surname: str
    given_names: str = ""
    born_on: date | None = None
    came_on: date | None = None
    left_on: date | None = None

    def has_left(self, on: date) -> bool:
        """Whether the pupil is a leaver on a day."""
        return self.left_on is not None and self.left_on < on


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a pupil sits in one school year.

    :param group: name of the own group, None when not placed
    :param other_groups: combination and other composed groups, by name
    """

    school_year: SchoolYear
    year_level: str = ""
    group: str | None = None
    other_groups: tuple[str, ...] = ()

    @property
    def group_name(self) -> str:
        """The group to print: the own one, else the first composed one, else ""."""
        return self.group or next(iter(self.other_groups), "")

    def is_in(self, group: str) -> bool:
        return group == self.group or group in self.other_groups


@dataclass(frozen=True, slots=True)
class PlacedPupil:
    """A pupil with the placement of one school year."""

    pupil: Pupil
    placement: Placement


@dataclass(frozen=True, slots=True)
class Guardian:
    """A parent, carer or institution (voogdij) with a contact person.

    :param phones: E.164 numbers, most wanted first
    :param language: ISO 639-1 code of the letters they prefer
    """

    id: str
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
    address_secret: bool = False
    phone_secret: bool = False
    language: str = "nl"
    phones: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Guardianship:
    """What a guardian is to one child."""

    guardian: Guardian
    relation: str = ""
    authority: Authority = Authority.UNKNOWN
    authority_source: AuthoritySource = AuthoritySource.NONE


@dataclass(frozen=True, slots=True)
class Profile:
    """The school itself, as it stands on its letters.

    :param brin: four characters; ``location`` the two digits behind it
    :param dpo: how to reach the data protection officer (FG, AVG 37)
    :param window_side: where the window of the school's envelopes is: ``left`` or ``right``
    :param window_dx, window_dy: correction in mm
    :param hand_in_days: days between asking and the hand-in date
    :param next_year_from: month (1 to 12) from which a question about the contact list is for the
        next school year; 8 or later: never
    :param region: of the school holidays: ``noord``, ``midden``, ``zuid``; "" while unknown
    """

    name: str
    brin: str
    location: str = ""
    board: str = ""
    street: str = ""
    postcode: str = ""
    place: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""
    dpo: str = ""
    window_side: str = "left"
    window_dx: float = 0.0
    window_dy: float = 0.0
    hand_in_days: int = 14
    next_year_from: int = 6
    region: str = ""
