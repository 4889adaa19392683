"""What a file would change, worked out before anything is stored; pure.

Absence never deletes, an empty value never overwrites, guardians are never removed, and a secret
is never lifted by a file (design of the import, steps 4 to 8).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum

from schoolprivacy.exchange.roster import Roster, RosterGuardian, RosterPupil
from schoolprivacy.people.matching import (
    Doubt,
    Known,
    Matched,
    certainly_one,
    match_guardian,
    match_pupils,
    maybe_one,
)
from schoolprivacy.people.names import plain
from schoolprivacy.people.terms import (
    Authority,
    AuthoritySource,
    Guardian,
    Guardianship,
    Placement,
    Pupil,
    new_id,
)
from schoolprivacy.schoolyear import SchoolYear

NEW = "new"  # a person's answer to a doubt: this is a new pupil


class Kind(StrEnum):
    """The groups in which the difference is shown."""

    NEW = "new"
    CHANGED = "changed"
    MOVED = "moved"
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
    """

    guardian: Guardian
    link: Guardianship
    key: str | None
    is_new: bool
    is_linked: bool
    changes: tuple[Change, ...] = ()


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
class Difference:
    """What storing a file would do."""

    roster: Roster
    school_year: SchoolYear
    pupils: tuple[PupilPlan, ...] = ()
    questions: tuple[Question, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    new_groups: tuple[str, ...] = ()

    def of_kind(self, kind: Kind) -> list[PupilPlan]:
        return [each for each in self.pupils if kind in each.kinds]

    @property
    def is_empty(self) -> bool:
        return not self.new_groups and not any(each.changes_something for each in self.pupils)


@dataclass(frozen=True, slots=True)
class Present:
    """The school as it stands, as far as an import needs it.

    :param placements: of the file's school year
    :param on: today
    """

    known: Known
    placements: Mapping[str, Placement]
    groups: frozenset[str]
    guardianships: Mapping[str, Sequence[Guardianship]]
    guardians: Mapping[str, Guardian]
    guardian_keys: Mapping[str, str]
    on: date


def compare(
    roster: Roster,
    present: Present,
    year: SchoolYear,
    *,
    space: str,
    whole_school: bool = False,
    answers: Mapping[int, str] | None = None,
) -> Difference:
    """Hold a file against the school.

    :param whole_school: who is missing from the file has left
    :param answers: a person's answers to questions, by line: a pupil's identifier or NEW
    """
    matches = match_pupils(roster.pupils, present.known, roster.source, space)
    matches = [
        _answered(each, (answers or {}).get(row.line))
        for row, each in zip(roster.pupils, matches, strict=True)
    ]
    guardians = _GuardianPlanner(present)
    plans, questions = [], []
    for row, match in zip(roster.pupils, matches, strict=True):
        if match.doubt:
            questions.append(Question(row.line, match.doubt, row, match.candidates))
            continue
        plans.append(_pupil_plan(row, match.pupil_id, present, roster, year, guardians))
    if whole_school:
        plans += _missing(
            present,
            {each.pupil_id for each in matches} | {c for each in matches for c in each.candidates},
            roster,
        )
    return Difference(
        roster,
        year,
        tuple(plans),
        (*questions, *guardians.questions),
        tuple(guardians.suggestions),
        tuple(name for name in _group_names(roster) if name not in present.groups),
    )


def _answered(match: Matched, answer: str | None) -> Matched:
    if not match.doubt or answer is None:
        return match
    return Matched() if answer == NEW else Matched(answer)


def _group_names(roster: Roster) -> list[str]:
    names = list(roster.groups)
    for each in roster.pupils:
        names += filter(None, (each.group, *each.other_groups))
    return list(dict.fromkeys(names))


# — pupils —

PUPIL_FIELDS = ("call_name", "prefix", "surname", "given_names", "born_on", "came_on", "left_on")


def _pupil_plan(
    row: RosterPupil,
    pupil_id: str | None,
    present: Present,
    roster: Roster,
    year: SchoolYear,
    guardians: _GuardianPlanner,
) -> PupilPlan:
    incoming = {name: getattr(row, name) for name in PUPIL_FIELDS}
    old = present.known.pupils.get(pupil_id or "")
    if old is None:
        pupil = Pupil(new_id(), **incoming)
        kinds = {Kind.NEW}
        if pupil.has_left(present.on):
            kinds = {Kind.NEW, Kind.LEFT}
        changes: tuple[Change, ...] = ()
    else:
        pupil = replace(old, **{name: value for name, value in incoming.items() if value})
        kinds = set()
        if old.has_left(present.on) and _is_back(row, old, roster):
            pupil = replace(pupil, left_on=None)
            kinds.add(Kind.RETURNED)
        changes = _changes(old, pupil, PUPIL_FIELDS)
        if pupil.has_left(present.on) and not old.has_left(present.on):
            kinds.add(Kind.LEFT)
    placement = _placement(row, present.placements.get(pupil.id), year)
    before = present.placements.get(pupil.id)
    if old is not None and placement != before and placement is not None:
        kinds.add(Kind.MOVED)
        changes += _changes(
            before or Placement(year), placement, ("year_level", "group", "other_groups")
        )
    carers = guardians.plan(row, pupil.id)
    if old is not None and (
        any(change.field in PUPIL_FIELDS for change in changes)
        or any(each.is_linked or each.changes for each in carers)
    ):
        kinds.add(Kind.CHANGED)
    return PupilPlan(
        row.line,
        row.key,
        pupil,
        frozenset(kinds),
        placement if placement != before else None,
        changes,
        carers,
    )


def _is_back(row: RosterPupil, old: Pupil, roster: Roster) -> bool:
    """A pupil list without a leaving date brings a leaver back; a list of parents does not."""
    made = roster.made_at.date() if roster.made_at else None
    later = made is None or old.left_on is None or made > old.left_on
    return row.left_on is None and bool(row.group or row.other_groups or row.year_level) and later


def _placement(row: RosterPupil, before: Placement | None, year: SchoolYear) -> Placement | None:
    if not (row.year_level or row.group or row.other_groups):
        return before
    start = before or Placement(year)
    return Placement(
        year,
        row.year_level or start.year_level,
        row.group or start.group,
        tuple(sorted(row.other_groups)) or start.other_groups,
    )


def _missing(present: Present, mentioned: set[str | None], roster: Roster) -> list[PupilPlan]:
    """Who is at school but not in a file of the whole school."""
    day = roster.made_at.date() if roster.made_at else present.on
    day = min(day, date.fromordinal(present.on.toordinal() - 1))  # a leaver from today on
    gone = [
        pupil
        for pupil in present.known.pupils.values()
        if pupil.id not in mentioned and not pupil.has_left(present.on)
    ]
    return [
        PupilPlan(
            0,
            None,
            replace(pupil, left_on=day),
            frozenset({Kind.LEFT}),
            changes=(Change("left_on", _text(pupil.left_on), _text(day)),),
        )
        for pupil in gone
    ]


# — guardians —

_ADDRESS = ("street", "house_number", "postcode", "place")
_GUARDIAN_FIELDS = tuple(each.name for each in fields(Guardian) if each.name != "id")


class _GuardianPlanner:
    """Plans guardians over all rows of one file: brothers and sisters share them."""

    def __init__(self, present: Present) -> None:
        self.questions: list[Question] = []
        self.suggestions: list[Suggestion] = []
        self._present = present
        self._after = dict(present.guardians)  # how each guardian stands, with this file's changes
        self._written: dict[str, RosterGuardian] = {}  # guardian → the row that spoke first
        self._by_surname: dict[str, list[str]] = defaultdict(list)
        for each in present.guardians.values():
            self._by_surname[_surname(each)].append(each.id)

    def plan(self, row: RosterPupil, pupil_id: str) -> tuple[GuardianPlan, ...]:
        own = list(self._present.guardianships.get(pupil_id, ()))
        links = {link.guardian.id: link for link in own}
        return tuple(
            plan
            for carer, found in self._paired(row, [link.guardian for link in own])
            if (plan := self._plan_one(row, carer, found, links)) is not None
        )

    def _paired(
        self, row: RosterPupil, own: list[Guardian]
    ) -> list[tuple[RosterGuardian, Guardian | Doubt | None]]:
        """Names first, over all guardians of the row; then what their telephones suggest."""
        claimed: set[str] = set()
        found: dict[int, Guardian | Doubt | None] = {}
        for by_contact in (False, True):
            for place, carer in enumerate(row.guardians):
                if isinstance(found.get(place), Guardian):
                    continue
                keyed = self._present.guardian_keys.get(carer.key or "")
                match = self._after[keyed] if keyed else match_guardian(carer, own, claimed)
                if isinstance(match, Guardian):
                    claimed.add(match.id)
                if isinstance(match, Guardian) or by_contact:
                    found[place] = match
        return [(carer, found[place]) for place, carer in enumerate(row.guardians)]

    def _plan_one(
        self,
        row: RosterPupil,
        carer: RosterGuardian,
        found: Guardian | Doubt | None,
        links: dict[str, Guardianship],
    ) -> GuardianPlan | None:
        if isinstance(found, Doubt):
            self._ask(row, found, carer)
            return None
        taken = set(links)
        before = found or self._same_person(carer, taken)
        if before is None:
            guardian = self._new(row, carer)
            changes: tuple[Change, ...] = ()
        else:
            guardian, changes = self._changed(row, carer, self._after[before.id])
        link = links.get(guardian.id)
        after = self._link(row, carer, guardian, link)
        links[guardian.id] = after
        if link is not None:
            link_changes = _changes(link, after, ("relation", "authority"))
            changes = (*changes, *link_changes)
        return GuardianPlan(guardian, after, carer.key, before is None, link is None, changes)

    def _same_person(self, carer: RosterGuardian, taken: set[str]) -> Guardian | None:
        """Somebody of another child who is certainly this person."""
        for each in self._by_surname[_surname(carer)]:
            other = self._after[each]
            apart = _address(carer) and _address(other) and _address(carer) != _address(other)
            if each not in taken and not apart and certainly_one(carer, other):
                return other
        return None

    def _new(self, row: RosterPupil, carer: RosterGuardian) -> Guardian:
        guardian = Guardian(
            new_id(),
            **{
                name: getattr(carer, name)
                for name in _GUARDIAN_FIELDS
                if name not in ("address_secret", "phone_secret", "language")
            },
            address_secret=bool(carer.address_secret),
            phone_secret=bool(carer.phone_secret),
            language=carer.language or "nl",
        )
        for other in self._by_surname[_surname(carer)]:
            if maybe_one(carer, self._after[other]):
                self.suggestions.append(Suggestion(row.line, guardian.id, other))
        self._by_surname[_surname(carer)].append(guardian.id)
        self._after[guardian.id] = guardian
        self._written[guardian.id] = carer
        return guardian

    def _changed(
        self, row: RosterPupil, carer: RosterGuardian, before: Guardian
    ) -> tuple[Guardian, tuple[Change, ...]]:
        """The guardian with what this row says; rows that contradict each other are a question."""
        for name in ("address_secret", "phone_secret"):
            if getattr(before, name) and getattr(carer, name) is False:
                self._ask(row, Doubt.SECRET_LIFTED, carer)
        grown = replace(
            before,
            address_secret=before.address_secret or bool(carer.address_secret),
            phone_secret=before.phone_secret or bool(carer.phone_secret),
        )
        after = _merged(grown, carer)
        first = self._written.setdefault(before.id, carer)
        if first is not carer and _merged(after, first) != after:
            self._ask(row, Doubt.GUARDIAN_DIFFERS, carer)
            after = grown
        self._after[before.id] = after
        return after, _changes(before, after, _GUARDIAN_FIELDS)

    def _link(
        self,
        row: RosterPupil,
        carer: RosterGuardian,
        guardian: Guardian,
        link: Guardianship | None,
    ) -> Guardianship:
        link = link or Guardianship(guardian)
        after = replace(link, guardian=guardian, relation=carer.relation or link.relation)
        if not carer.denied_authority or link.authority is Authority.NO:
            return after
        if link.authority is Authority.YES:
            self._ask(row, Doubt.AUTHORITY_DENIED, carer)
            return after
        return replace(after, authority=Authority.NO, authority_source=AuthoritySource.IMPORT)

    def _ask(self, row: RosterPupil, doubt: Doubt, carer: RosterGuardian) -> None:
        name = " ".join(
            filter(None, (carer.call_name or carer.initials, carer.prefix, carer.surname))
        )
        self.questions.append(Question(row.line, doubt, row, guardian=name or carer.institution))


def _merged(before: Guardian, carer: RosterGuardian) -> Guardian:
    """What is not empty in the row goes over what was; an address goes as one."""
    names = ("institution", "initials", "call_name", "prefix", "surname", "email", "phones")
    new = {name: getattr(carer, name) for name in (*names, "language") if getattr(carer, name)}
    if carer.street or carer.postcode:
        new |= {name: getattr(carer, name) for name in _ADDRESS}
    return replace(before, **new)


def _address(who: Guardian | RosterGuardian) -> tuple[str, ...]:
    address = tuple(getattr(who, name) for name in _ADDRESS)
    return address if any(address) else ()


def _surname(who: Guardian | RosterGuardian) -> str:
    return plain(f"{who.prefix} {who.surname} {who.institution}")


def _changes(before: object, after: object, names: Iterable[str]) -> tuple[Change, ...]:
    pairs = ((name, getattr(before, name), getattr(after, name)) for name in names)
    return tuple(Change(name, _text(old), _text(new)) for name, old, new in pairs if old != new)


def _text(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    if isinstance(value, bool):
        return "ja" if value else "nee"
    return "" if value is None else str(value)
