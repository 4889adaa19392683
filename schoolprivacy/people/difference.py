"""What a file would change, worked out before anything is stored; pure.

Absence never deletes, an empty value never overwrites, guardians are never removed, and a secret
is never lifted by a file (design of the import, steps 4 to 8).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from schoolprivacy.exchange.roster import Roster, RosterGuardian, RosterPupil
from schoolprivacy.people.addresses import live_together
from schoolprivacy.people.matching import (
    Doubt,
    Known,
    Matched,
    certainly_one,
    match_pupils,
    may_be_key_of,
    maybe_one,
    pair_guardians,
)
from schoolprivacy.people.names import guardian_name, plain
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
class Difference:
    """What storing a file would do.

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

    def of_kind(self, kind: Kind) -> list[PupilPlan]:
        return [each for each in self.pupils if kind in each.kinds]

    @property
    def mentioned(self) -> frozenset[str]:
        """Pupils the file names, or may mean."""
        meant = {each.pupil.id for each in self.pupils if each.line}
        return frozenset(meant.union(*(each.candidates for each in self.questions)))

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
    in_other_files: frozenset[str] | None = None,
    answers: Mapping[int, str] | None = None,
) -> Difference:
    """Hold a file against the school.

    :param in_other_files: None unless the files of this import are the whole school: then who is
        in this file nor in the others, given here, has left
    :param answers: a person's answers to questions, by line: a pupil's identifier or NEW
    """
    matches = match_pupils(roster.pupils, present.known, roster.source, space)
    matches = _answered(roster.pupils, matches, answers or {})
    guardians = _GuardianPlanner(present)
    plans, questions, strangers_gone = [], [], []
    for row, match in zip(roster.pupils, matches, strict=True):
        if match.doubt:
            questions.append(Question(row.line, match.doubt, row, match.candidates))
        elif match.pupil_id is None and row.left_on and row.left_on < present.on:
            strangers_gone.append(row)
        else:
            plans.append(_pupil_plan(row, match.pupil_id, present, roster, year, guardians))
    found = Difference(
        roster,
        year,
        tuple(map(guardians.hide_secrets, plans)),
        (*questions, *guardians.questions),
        tuple(guardians.suggestions),
        tuple(name for name in _group_names(roster) if name not in present.groups),
        tuple(strangers_gone),
    )
    if in_other_files is None:
        return found
    missing = _missing(present, found.mentioned | in_other_files, roster)
    return replace(found, pupils=(*found.pupils, *missing))


def _answered(
    rows: Sequence[RosterPupil], matches: Sequence[Matched], answers: Mapping[int, str]
) -> list[Matched]:
    """With a person's answers; one that gives a pupil to two rows is a question again."""
    taken = {each.pupil_id for each in matches}
    result = []
    for row, match in zip(rows, matches, strict=True):
        answer = answers.get(row.line) if match.doubt else None
        if answer == NEW:
            match = Matched()
        elif answer in taken and answer is not None:
            match = Matched(doubt=Doubt.TWICE, candidates=(answer,))
        elif answer is not None:
            taken.add(answer)
            match = Matched(answer)
        result.append(match)
    return result


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
    old = present.known.pupils[pupil_id] if pupil_id else None
    if old is None:
        pupil = Pupil(new_id(), **incoming)
        kinds = {Kind.NEW}
        changes: tuple[Change, ...] = ()
    else:
        said = {name: value for name, value in incoming.items() if value}
        pupil = replace(old, **said | _surname_over(old, row))
        if old.has_left(present.on) and _is_back(row, old, roster):
            pupil = replace(pupil, left_on=None)
        changes = _changes(old, pupil, PUPIL_FIELDS)
        kinds = set()
        if old.has_left(present.on) != pupil.has_left(present.on):
            kinds.add(Kind.LEFT if pupil.has_left(present.on) else Kind.RETURNED)
    placement = _placement(row, present.placements.get(pupil.id), year)
    before = present.placements.get(pupil.id)
    if old is not None and placement != before and placement is not None:
        kinds.add(Kind.MOVED)
        changes += _changes(
            before or Placement(year), placement, ("year_level", "group", "other_groups")
        )
    carers = guardians.plan(row, pupil.id)
    own_fields = set(PUPIL_FIELDS)
    if kinds & {Kind.LEFT, Kind.RETURNED}:
        own_fields.remove("left_on")  # told already
    if old is not None and (
        any(change.field in own_fields for change in changes)
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


def _surname_over(old: Pupil | Guardian, new: RosterPupil | Guardian) -> dict[str, str]:
    """Prefix and surname go as one; a prefix that was left out or written into it stays."""
    keeps = not new.surname or (old.prefix and not new.prefix and _one_surname(old, new))
    whose = old if keeps else new
    return {"prefix": whose.prefix, "surname": whose.surname}


def _one_surname(one: Pupil | Guardian, other: RosterPupil | Guardian) -> bool:
    whole = plain(f"{one.prefix} {one.surname}") == plain(f"{other.prefix} {other.surname}")
    return whole or (
        plain(one.surname) == plain(other.surname) and not (one.prefix and other.prefix)
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
    group = row.group or start.group
    others = set(row.other_groups or start.other_groups) - {group}
    return Placement(
        year, row.year_level or start.year_level, group, tuple(sorted(filter(None, others)))
    )


def _missing(present: Present, mentioned: frozenset[str], roster: Roster) -> list[PupilPlan]:
    """Who is at school but not in a file of the whole school."""
    day = roster.made_at.date() if roster.made_at else present.on
    day = min(day, date.fromordinal(present.on.toordinal() - 1))  # a leaver from today on
    gone = [
        pupil
        for pupil in present.known.pupils.values()
        if pupil.id not in mentioned
        and not pupil.has_left(present.on)
        and not (pupil.came_on and pupil.came_on > present.on)  # comes next year
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

ADDRESS = ("street", "house_number", "postcode", "place")
_CONTENT = (
    *("institution", "initials", "call_name", "prefix", "surname"),
    *("email", "phones", "language", *ADDRESS),
)
_SECRETS = ("address_secret", "phone_secret")


class _GuardianPlanner:
    """Plans guardians over all rows of one file: brothers and sisters share them."""

    def __init__(self, present: Present) -> None:
        self.questions: list[Question] = []
        self.suggestions: list[Suggestion] = []
        self._present = present
        self._by_key = dict(present.guardian_keys)
        self._unsure: dict[str, Doubt] = {}  # keys of whom an earlier row is a question
        self._after: dict[str, Guardian] = {}  # how each stands, with this file's changes
        self._said: dict[str, Guardian] = {}  # what this file said of each so far
        self._by_contact: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for each in present.guardians.values():
            self._remember(each)

    def plan(self, row: RosterPupil, pupil_id: str) -> tuple[GuardianPlan, ...]:
        links = {each.guardian.id: each for each in self._present.guardianships.get(pupil_id, ())}
        carers = list(dict.fromkeys(row.guardians))
        found = self._found(carers, list(links))
        taken = {each.id for each in found if isinstance(each, Guardian)}
        plans = []
        for carer, match in zip(carers, found, strict=True):
            if isinstance(match, Doubt):
                self._ask(row, match, carer)
                self._unsure[carer.key or ""] = match
            else:
                match = match or self._same_person(carer, taken | links.keys())
                plans.append(self._plan(row, carer, match, links))
        return tuple(plans)

    def hide_secrets(self, pupil: PupilPlan) -> PupilPlan:
        """The plan with its secrets hidden, once the whole file was read: any row may tell one."""
        known = [each.guardian.id for each in self._present.guardianships.get(pupil.pupil.id, ())]
        own = {*known, *(each.guardian.id for each in pupil.guardians)}
        secret = [at for each in own if self._after[each].address_secret for at in self._was(each)]
        carers = (replace(each, hidden=self._hidden(each, secret)) for each in pupil.guardians)
        return replace(pupil, guardians=tuple(carers))

    def _hidden(self, plan: GuardianPlan, secret: Iterable[Guardian]) -> frozenset[str]:
        guardian_id = plan.guardian.id
        lived = self._was(guardian_id)
        near = any(live_together(one, other) for one in lived for other in secret)
        phones = ("phones",) if self._after[guardian_id].phone_secret else ()
        return frozenset((*(ADDRESS if near else ()), *phones))

    def _was(self, guardian_id: str) -> list[Guardian]:
        """A guardian as it stands after the file, and before when the school knew it."""
        before = self._present.guardians.get(guardian_id)
        return [self._after[guardian_id], *([before] if before else [])]

    def _found(
        self, carers: Sequence[RosterGuardian], own: Sequence[str]
    ) -> list[Guardian | Doubt | None]:
        """The guardian of each row's key, else the child's own guardian who is meant."""
        keys = [carer.key for carer in carers]
        keyed = [
            Doubt.GUARDIAN_KEY_REUSED if key and key in keys[:place] else self._of_key(carer)
            for place, (key, carer) in enumerate(zip(keys, carers, strict=True))
        ]
        taken = {each.id for each in keyed if isinstance(each, Guardian)}
        free = [self._after[each] for each in own if each not in taken]
        unknown = [carer for carer, found in zip(carers, keyed, strict=True) if found is None]
        paired = iter(pair_guardians(unknown, free))
        return [found or next(paired) for found in keyed]

    def _of_key(self, carer: RosterGuardian) -> Guardian | Doubt | None:
        if not carer.key:
            return None
        known = self._after.get(self._by_key.get(carer.key, ""))
        if known is None:
            return self._unsure.get(carer.key)
        return known if may_be_key_of(carer, known) else Doubt.GUARDIAN_KEY_REUSED

    def _plan(
        self,
        row: RosterPupil,
        carer: RosterGuardian,
        found: Guardian | None,
        links: dict[str, Guardianship],
    ) -> GuardianPlan:
        before = self._after[found.id] if found else None
        after = self._changed(row, carer, before) if before else self._new(row, carer, links)
        changes = _changes(before, after, (*_CONTENT, *_SECRETS)) if before else ()
        if carer.key:
            self._by_key.setdefault(carer.key, after.id)
        old_link = links.get(after.id)
        link = self._link(row, carer, old_link or Guardianship(after))
        link = replace(link, guardian=after)
        position = len(links)
        links[after.id] = link
        if old_link is not None:
            changes += _changes(old_link, link, ("relation", "authority"))
        return GuardianPlan(
            after, link, carer.key, before is None, old_link is None, changes, position
        )

    def _same_person(self, carer: RosterGuardian, own: Iterable[str]) -> Guardian | None:
        """Somebody of another child who is certainly this person."""
        for other in self._in_touch(carer, own):
            if certainly_one(carer, other) and not _live_apart(carer, other):
                return other
        return None

    def _new(self, row: RosterPupil, carer: RosterGuardian, own: Iterable[str]) -> Guardian:
        guardian = _as_guardian(new_id(), carer)
        self._said[guardian.id] = guardian
        self.suggestions += [
            Suggestion(row.line, guardian.id, other.id)
            for other in self._in_touch(carer, own)
            if maybe_one(carer, other)
        ]
        guardian = replace(guardian, language=guardian.language or "nl")
        self._remember(guardian)
        return guardian

    def _changed(self, row: RosterPupil, carer: RosterGuardian, before: Guardian) -> Guardian:
        """The guardian with what this row says; rows that contradict each other are a question."""
        if any(getattr(before, n) and getattr(carer, n) is False for n in _SECRETS):
            self._ask(row, Doubt.SECRET_LIFTED, carer)
        after = replace(
            before,
            address_secret=before.address_secret or bool(carer.address_secret),
            phone_secret=before.phone_secret or bool(carer.phone_secret),
        )
        new = _as_guardian(before.id, carer)
        said = self._said.get(before.id, new)
        if _contradict(said, new):
            self._ask(row, Doubt.GUARDIAN_DIFFERS, carer)
        else:
            self._said[before.id] = said = _written_over(new, said)
            after = _written_over(after, said)
        self._remember(after)
        return after

    def _link(self, row: RosterPupil, carer: RosterGuardian, link: Guardianship) -> Guardianship:
        after = replace(link, relation=carer.relation or link.relation)
        if not carer.denied_authority or link.authority is Authority.NO:
            return after
        if link.authority is Authority.YES:
            self._ask(row, Doubt.AUTHORITY_DENIED, carer)
            return after
        return replace(after, authority=Authority.NO, authority_source=AuthoritySource.IMPORT)

    def _ask(self, row: RosterPupil, doubt: Doubt, carer: RosterGuardian) -> None:
        self.questions.append(Question(row.line, doubt, row, guardian=guardian_name(carer)))

    def _remember(self, guardian: Guardian) -> None:
        self._after[guardian.id] = guardian
        for contact in _contacts(guardian):
            self._by_contact[contact].append(guardian.id)

    def _in_touch(self, carer: RosterGuardian, own: Iterable[str]) -> list[Guardian]:
        """Guardians of other children with a telephone, e-mail or address of this row."""
        ids = (each for contact in _contacts(carer) for each in self._by_contact[contact])
        return [self._after[each] for each in dict.fromkeys(ids) if each not in own]


def _contacts(who: Guardian | RosterGuardian) -> set[tuple[str, ...]]:
    """By what somebody is found again: the name, with a telephone, e-mail or address."""
    name = plain(who.institution or f"{who.prefix} {who.surname}")
    found = {(name, who.postcode, who.house_number)} if who.postcode and who.house_number else set()
    return found | {(name, each.casefold()) for each in (*who.phones, who.email) if each}


def _as_guardian(guardian_id: str, carer: RosterGuardian) -> Guardian:
    return Guardian(
        guardian_id,
        address_secret=bool(carer.address_secret),
        phone_secret=bool(carer.phone_secret),
        **{name: getattr(carer, name) for name in _CONTENT},
    )


def _written_over(before: Guardian, new: Guardian) -> Guardian:
    """What is not empty goes over what was; another address goes as one."""
    values = {name: value for name in _CONTENT if (value := getattr(new, name))}
    if _live_apart(new, before):
        whose = new if new.street or new.postcode else before
        values |= {name: getattr(whose, name) for name in ADDRESS}
    return replace(before, **values | _surname_over(before, new))


def _live_apart(one: Guardian | RosterGuardian, other: Guardian | RosterGuardian) -> bool:
    """Two addresses that are not one, as far as both are known."""
    return any(_differ(getattr(one, name), getattr(other, name)) for name in ADDRESS)


def _contradict(one: Guardian, other: Guardian) -> bool:
    """Two rows give one person different values; spelling aside."""
    names = ("institution", "initials", "call_name", "language", *ADDRESS)
    return (
        any(_differ(getattr(one, name), getattr(other, name)) for name in names)
        or (one.surname != "" != other.surname and not _one_surname(one, other))
        or (one.phones != () != other.phones and set(one.phones) != set(other.phones))
        or (one.email != "" != other.email and one.email.casefold() != other.email.casefold())
    )


def _differ(one: str, other: str) -> bool:
    """Both are there and not the same, spaces and accents aside."""
    if not one or not other or one == other:
        return False
    return plain(one).replace(" ", "") != plain(other).replace(" ", "")


def _changes(before: object, after: object, names: Iterable[str]) -> tuple[Change, ...]:
    pairs = ((name, getattr(before, name), getattr(after, name)) for name in names)
    return tuple(Change(name, _text(old), _text(new)) for name, old, new in pairs if old != new)


def _text(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    if isinstance(value, bool):
        return "ja" if value else "nee"
    return "" if value is None else str(value)
