"""What a supplier says of its product on two sheets that belong to the agreement.

The privacybijsluiter says which data go where and why; the beveiligingsbijlage how they are kept
safe. Both are records of their own, in versions. Source: model verwerkersovereenkomst 4.0 of the
Convenant Digitale Onderwijsmiddelen en Privacy; AVG 28(3), 32.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Subject(StrEnum):
    """Of whom a product holds data."""

    PUPILS = "pupils"
    GUARDIANS = "guardians"
    STAFF = "staff"


class Data(StrEnum):
    """The categories of data of the model bijsluiter, in its order."""

    CONTACT = "contact"
    PUPIL_NUMBER = "pupil_number"
    ORIGIN = "origin"
    GUARDIANS = "guardians"
    MEDICAL = "medical"
    RELIGION = "religion"
    PROGRESS = "progress"
    ORGANISATION = "organisation"
    FINANCE = "finance"
    IMAGES = "images"
    STAFF = "staff"
    BSN = "bsn"
    CHAIN_ID = "chain_id"
    OTHER = "other"


SPECIAL = frozenset({Data.MEDICAL, Data.RELIGION})
"""Special categories (AVG 9)."""

NEEDS_DETAIL = frozenset({Data.OTHER})
"""Says nothing without the words of the bijsluiter."""


class Safeguard(StrEnum):
    """What protects data outside the EEA (AVG 45, 46, 47); NONE: nothing is known."""

    NONE = "none"
    ADEQUACY = "adequacy"
    CLAUSES = "clauses"
    BINDING_RULES = "binding_rules"


class Level(StrEnum):
    """How high a demand is on availability, integrity or confidentiality."""

    UNKNOWN = ""
    LOW = "low"
    MIDDLE = "middle"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class Shared:
    """One category of data, with the words of the bijsluiter where they say more."""

    data: Data
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """A service that a school may choose; its data are only shared when it is ticked."""

    name: str
    ticked: bool
    shared: tuple[Shared, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A country where data are kept or can be seen.

    :param safeguard: of a country outside the EEA only
    """

    country: str
    safeguard: Safeguard = Safeguard.NONE


@dataclass(frozen=True, slots=True)
class SubProcessor:
    """Whom the supplier lets work with the data (AVG 28(2), (4)).

    :param task: what for
    """

    name: str
    task: str
    place: Place


@dataclass(frozen=True, slots=True)
class BijsluiterEntry:
    """A privacybijsluiter as somebody enters it from paper.

    :param version: as the supplier calls it
    :param issued_on: the date on it
    :param description: what the product is, and who uses it
    :param services: what belongs to it for every school
    :param options: what a school may choose
    :param purposes: what the data are used for
    :param shared: the data of the standard services
    :param retention: how long, in words
    :param places: where data are kept
    """

    version: str
    issued_on: date
    description: str = ""
    services: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    purposes: tuple[str, ...] = ()
    subjects: tuple[Subject, ...] = (Subject.PUPILS,)
    shared: tuple[Shared, ...] = ()
    retention: str = ""
    places: tuple[Place, ...] = ()
    sub_processors: tuple[SubProcessor, ...] = ()

    @property
    def all_shared(self) -> tuple[Shared, ...]:
        """What is shared: of the standard services and of the ticked options, each once."""
        ticked = [each for option in self.options if option.ticked for each in option.shared]
        order = list(Data)
        return tuple(
            sorted(
                dict.fromkeys([*self.shared, *ticked]),
                key=lambda each: (order.index(each.data), each.detail),
            )
        )

    @property
    def special(self) -> tuple[Data, ...]:
        """The special categories among what is shared."""
        found = dict.fromkeys(each.data for each in self.all_shared if each.data in SPECIAL)
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate or audit report, and the last day it holds; None: no end is known."""

    name: str
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class AnnexEntry:
    """A beveiligingsbijlage as somebody enters it from paper.

    :param measures: in the words of the supplier, or where they stand
    :param audit: who looked at it last and when, in words
    :param breach_contact: whom the school calls about a data breach, and whom the supplier calls
    :param breach_hours: within so many hours the supplier tells the school; None: not said
    """

    version: str
    issued_on: date
    measures: str = ""
    availability: Level = Level.UNKNOWN
    integrity: Level = Level.UNKNOWN
    confidentiality: Level = Level.UNKNOWN
    certificates: tuple[Certificate, ...] = ()
    audit: str = ""
    breach_contact: str = ""
    breach_hours: int | None = None


@dataclass(frozen=True, slots=True)
class Bijsluiter(BijsluiterEntry):
    """A recorded version.

    :param recorded_on: when the school wrote it down; it holds from then
    """

    id: str = ""
    recorded_on: date = date.min
    recorded_by: str = ""


@dataclass(frozen=True, slots=True)
class Annex(AnnexEntry):
    """A recorded version."""

    id: str = ""
    recorded_on: date = date.min
    recorded_by: str = ""
