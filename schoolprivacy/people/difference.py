"""What a file would change, as it is shown before anything is stored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from schoolprivacy.exchange.roster import Roster, RosterPupil
from schoolprivacy.people.las_rules import Correction, Verdict, Weighed, text_of
from schoolprivacy.people.matching import Doubt, Known
from schoolprivacy.people.names import natural_sort_key
from schoolprivacy.people.terms import Guardian, Guardianship, Placement, Pupil
from schoolprivacy.schoolyear import SchoolYear

PUPIL_FIELDS = ("call_name", "prefix", "surname", "given_names", "born_on", "came_on", "left_on")
NEW = "new"  # a person's answer to a doubt: this is a new pupil


class Kind(StrEnum):
    """The groups in which the difference is shown.

    MOVED is to another group within a year; NEXT_YEAR to the group of a new school year.
    """

    NEW = "new"
    CHANGED = "changed"
    MOVED = "moved"
    NEXT_YEAR = "next_year"
    LEFT = "left"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class Change:
    """One field that gets another value."""

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class GuardianPlan:
    """What the file does to one guardian of one pupil.

    :param is_new: nobody at school has this guardian yet
    :param is_linked: this child gets the guardian now
    :param guardian: how the guardian stands afterwards
    :param position: of a guardian who is linked now, behind those the child had
    :param hidden: fields that are not shown: what is secret, and the address of who lives or
        lived with somebody whose address is
    """

    guardian: Guardian
    link: Guardianship
    key: str | None
    is_new: bool
    is_linked: bool
    changes: tuple[Change, ...] = ()
    position: int = 0
    hidden: frozenset[str] = frozenset()

    @property
    def shown_changes(self) -> tuple[Change, ...]:
        """The changes as people may see them; what is secret is not shown, nor what it was."""
        return tuple(
            Change(each.field, "geheim" if each.old else "", "geheim" if each.new else "")
            if each.field in self.hidden
            else each
            for each in self.changes
        )


@dataclass(frozen=True, slots=True)
class PupilPlan:
    """What the file does to one pupil.

    :param line: where in the file; 0 for who is missing from it
    :param pupil: how the pupil stands afterwards
    :param placement: afterwards, in the file's school year; None when the file does not say
    """

    line: int
    key: str | None
    pupil: Pupil
    kinds: frozenset[Kind]
    placement: Placement | None = None
    changes: tuple[Change, ...] = ()
    guardians: tuple[GuardianPlan, ...] = ()

    @property
    def changes_something(self) -> bool:
        return bool(self.kinds)


@dataclass(frozen=True, slots=True)
class Question:
    """Something only a person can decide; it is not stored until then."""

    line: int
    doubt: Doubt
    row: RosterPupil
    candidates: tuple[str, ...] = ()
    guardian: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two guardians who may be one person, e.g. of brothers and sisters."""

    line: int
    guardian_id: str
    other_id: str


@dataclass(frozen=True, slots=True)
class LasNews:
    """What a file says of a correction that the LAS did not confirm yet; without values.

    :param name: of the pupil or guardian
    :param guardian_id: None when it is about the pupil
    """

    weighed: Weighed
    name: str
    pupil_id: str | None = None
    guardian_id: str | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """What storing a file would do.

    :param las: corrections by hand that the file confirms, replaces, or does not have yet
    :param strangers_gone: leavers whom the school does not know: they are not taken over, for
        what is not needed is not kept (AVG 5(1)(c))
    """

    roster: Roster
    school_year: SchoolYear
    pupils: tuple[PupilPlan, ...] = ()
    questions: tuple[Question, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    new_groups: tuple[str, ...] = ()
    strangers_gone: tuple[RosterPupil, ...] = ()
    las: tuple[LasNews, ...] = ()

    def of_kind(self, kind: Kind) -> list[PupilPlan]:
        return [each for each in self.pupils if kind in each.kinds]

    @property
    def mentioned(self) -> frozenset[str]:
        """Pupils the file names, or may mean."""
        meant = {each.pupil.id for each in self.pupils if each.line}
        return frozenset(meant.union(*(each.candidates for each in self.questions)))

    @property
    def combination_groups(self) -> tuple[str, ...]:
        """Groups in the file with pupils of more than one year level."""
        levels: dict[str, set[str]] = defaultdict(set)
        for each in self.roster.pupils:
            for name in filter(None, (each.group, *each.other_groups)):
                levels[name].update(filter(None, [each.year_level]))
        return tuple(sorted((n for n in levels if len(levels[n]) > 1), key=natural_sort_key))

    @property
    def still_old(self) -> tuple[LasNews, ...]:
        """Corrections that are not in the LAS yet; they stay as they are."""
        return tuple(e for e in self.las if e.weighed.verdict is Verdict.STILL_OLD)

    @property
    def is_empty(self) -> bool:
        return not (
            self.new_groups
            or any(each.changes_something for each in self.pupils)
            or any(ticks(each.weighed) for each in self.las)
        )


def ticks(weighed: Weighed) -> bool:
    """Whether it changes the list of what the LAS must still hear."""
    reopened = any(each.ticked for each in weighed.corrections)
    return weighed.verdict is not Verdict.STILL_OLD or reopened


@dataclass(frozen=True, slots=True)
class Present:
    """The school as it stands, as far as an import needs it.

    :param placements: of the file's school year
    :param earlier: of the year whose groups are in use, when the file is of a later one
    :param corrections: by pupil or guardian, what the LAS did not confirm yet
    :param on: today
    """

    known: Known
    placements: Mapping[str, Placement]
    groups: frozenset[str]
    guardianships: Mapping[str, Sequence[Guardianship]]
    guardians: Mapping[str, Guardian]
    guardian_keys: Mapping[str, str]
    on: date
    earlier: Mapping[str, Placement] = field(default_factory=dict)
    corrections: Mapping[str, Sequence[Correction]] = field(default_factory=dict)


def changes_between(before: object, after: object, names: Iterable[str]) -> tuple[Change, ...]:
    """The fields of two values that are not the same."""
    pairs = ((name, getattr(before, name), getattr(after, name)) for name in names)
    return tuple(Change(name, text_of(old), text_of(new)) for name, old, new in pairs if old != new)
