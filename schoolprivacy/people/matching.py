"""Which pupil and which guardian of the school a file means; pure.

A key or a full name with birth date decides; everything else is a question for a person. What
looks alike is suggested, never decided (design of the import, step 3).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from enum import StrEnum

from schoolprivacy.exchange.roster import RosterGuardian, RosterPupil
from schoolprivacy.people.names import full_name, plain
from schoolprivacy.people.terms import Guardian, Pupil

_ALIKE = 0.75  # share of letters two names must have in common to be suggested


class Doubt(StrEnum):
    """Why a person must look."""

    KEY_REUSED = "key_reused"  # a known key with another name and another birth date
    ALIKE = "alike"  # nearly a pupil we know
    TWICE = "twice"  # two rows mean the same pupil
    UNKNOWN_KEY = "unknown_key"  # only a key, and we do not know it
    GUARDIAN_ALIKE = "guardian_alike"  # same telephone or e-mail, other name
    SECRET_LIFTED = "secret_lifted"  # the file says an address or number is no longer secret
    AUTHORITY_DENIED = "authority_denied"  # the file denies authority that was declared to us
    GUARDIAN_DIFFERS = "guardian_differs"  # rows of two children contradict each other


@dataclass(frozen=True, slots=True)
class Matched:
    """The pupil a row means; all None/empty when it is a new one.

    :param candidates: pupils a person should look at, when ``doubt`` is set
    """

    pupil_id: str | None = None
    doubt: Doubt | None = None
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """The pupils of the school as far as matching needs them.

    :param aliases: (source, space, key) → pupil id
    """

    pupils: Mapping[str, Pupil]
    aliases: Mapping[tuple[str, str, str], str]
    by_key: Mapping[str, frozenset[str]] = field(init=False)

    def __post_init__(self) -> None:
        by_key: dict[str, set[str]] = defaultdict(set)
        for (_, _, key), pupil_id in self.aliases.items():
            by_key[key].add(pupil_id)
        object.__setattr__(self, "by_key", {k: frozenset(v) for k, v in by_key.items()})


def match_pupils(
    rows: Sequence[RosterPupil], known: Known, source: str, space: str
) -> list[Matched]:
    """Say for each row of a file which pupil it means."""
    certain = [_certain(row, known, source, space) for row in rows]
    by_name = _unique_by_name(rows, known.pupils.values())
    found = [
        sure if sure.pupil_id or sure.doubt else Matched(by_name.get(place))
        for place, sure in enumerate(certain)
    ]
    found = _without_double_claims(found, certain)
    taken = {each.pupil_id for each in found}
    free = [pupil for pupil in known.pupils.values() if pupil.id not in taken]
    alike = _Alike(free)
    return [
        each if each.pupil_id or each.doubt else _new_or_alike(row, alike)
        for row, each in zip(rows, found, strict=True)
    ]


def _certain(row: RosterPupil, known: Known, source: str, space: str) -> Matched:
    """What the key says."""
    if row.key is None:
        return Matched()
    own = known.aliases.get((source, space, row.key))
    others = known.by_key.get(row.key, frozenset())
    nameless = not (row.surname or row.call_name)
    if nameless:
        pupil_id = own or (next(iter(others)) if len(others) == 1 else None)
        return Matched(pupil_id) if pupil_id else Matched(doubt=Doubt.UNKNOWN_KEY)
    if own is not None:
        pupil = known.pupils[own]
        if same_name(row, pupil) or (row.born_on and row.born_on == pupil.born_on):
            return Matched(own)
        return Matched(doubt=Doubt.KEY_REUSED, candidates=(own,))
    # A spreadsheet that carries the keys of the LAS: the key and the name agree.
    agreeing = [each for each in others if same_name(row, known.pupils[each])]
    if len(agreeing) == 1 and not _births_differ(row, known.pupils[agreeing[0]]):
        return Matched(agreeing[0])
    return Matched()


def _unique_by_name(rows: Sequence[RosterPupil], pupils: Iterable[Pupil]) -> dict[int, str]:
    """Rows whose full name and birth date belong to exactly one row and one pupil."""
    ours: dict[tuple[str, object], list[str]] = defaultdict(list)
    for pupil in pupils:
        if pupil.born_on:
            ours[plain(full_name(pupil)), pupil.born_on].append(pupil.id)
    keys = [(plain(full_name(row)), row.born_on) for row in rows]
    theirs = Counter(keys)
    return {
        place: ours[key][0]
        for place, key in enumerate(keys)
        if key[1] and theirs[key] == 1 and len(ours.get(key, ())) == 1
    }


def _without_double_claims(found: list[Matched], certain: list[Matched]) -> list[Matched]:
    """Two rows never change one pupil: the key goes before the name, the rest is a question."""
    claims = Counter(each.pupil_id for each in found if each.pupil_id)
    by_key = {each.pupil_id for each in certain if each.pupil_id}
    result = []
    for each, sure in zip(found, certain, strict=True):
        twice = each.pupil_id and claims[each.pupil_id] > 1
        if twice and not (sure.pupil_id and each.pupil_id in by_key):
            each = Matched(doubt=Doubt.TWICE, candidates=(str(each.pupil_id),))
        result.append(each)
    return result


class _Alike:
    """Finds pupils whose name or birth date is nearly that of a row."""

    def __init__(self, pupils: Iterable[Pupil]) -> None:
        self._by_birth: dict[object, list[Pupil]] = defaultdict(list)
        self._by_name: dict[str, list[Pupil]] = defaultdict(list)
        for pupil in pupils:
            self._by_name[plain(full_name(pupil))].append(pupil)
            if pupil.born_on:
                self._by_birth[pupil.born_on].append(pupil)

    def candidates(self, row: RosterPupil) -> tuple[str, ...]:
        name = plain(full_name(row))
        same_name = self._by_name.get(name, [])
        same_birth = self._by_birth.get(row.born_on, []) if row.born_on else []
        close = [p for p in same_birth if _alike(name, plain(full_name(p)))]
        return tuple(dict.fromkeys(p.id for p in [*same_name, *close]))


def _new_or_alike(row: RosterPupil, alike: _Alike) -> Matched:
    candidates = alike.candidates(row)
    return Matched(doubt=Doubt.ALIKE, candidates=candidates) if candidates else Matched()


def _alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, one, other).ratio() >= _ALIKE


def same_name(row: RosterPupil, pupil: Pupil) -> bool:
    """Equal full names, accents and case aside."""
    return plain(full_name(row)) == plain(full_name(pupil))


def _births_differ(row: RosterPupil, pupil: Pupil) -> bool:
    return bool(row.born_on and pupil.born_on and row.born_on != pupil.born_on)


# — guardians —


def match_guardian(
    row: RosterGuardian, own: Sequence[Guardian], claimed: set[str]
) -> Guardian | Doubt | None:
    """Which of a child's own guardians a row means; None is a new one.

    :param own: the guardians the child has in the school
    :param claimed: identifiers that an earlier row of the same child means already
    """
    free = [each for each in own if each.id not in claimed]
    named = [each for each in free if same_guardian_name(row, each)]
    if len(named) > 1:  # father and mother with the same initial
        named = [each for each in named if _shares_contact(row, each)] or named[:1]
    if named:
        return named[0]
    if any(_shares_contact(row, each) for each in free):
        return Doubt.GUARDIAN_ALIKE
    return None


def same_guardian_name(row: RosterGuardian, known: Guardian | RosterGuardian) -> bool:
    """Equal names; a call name agrees with an initial it begins with."""
    if row.institution or known.institution:
        return plain(row.institution) == plain(known.institution)
    if (plain(row.prefix), plain(row.surname)) != (plain(known.prefix), plain(known.surname)):
        return False
    if row.call_name and known.call_name:
        return plain(row.call_name) == plain(known.call_name)
    ours, theirs = (
        plain(each.initials or each.call_name).replace(" ", "") for each in (row, known)
    )
    if row.initials and known.initials:
        return ours == theirs
    return ours[:1] == theirs[:1]


def certainly_one(row: RosterGuardian, other: Guardian | RosterGuardian) -> bool:
    """Name, telephone and e-mail are all there and all equal: one person with two children."""
    return (
        same_guardian_name(row, other)
        and bool(row.phones and row.email)
        and set(row.phones) == set(other.phones)
        and plain(row.email) == plain(other.email)
    )


def maybe_one(row: RosterGuardian, other: Guardian | RosterGuardian) -> bool:
    """The same name and something else in common: worth a suggestion."""
    address = (row.postcode, row.house_number)
    same_address = all(address) and address == (other.postcode, other.house_number)
    return same_guardian_name(row, other) and (_shares_contact(row, other) or same_address)


def _shares_contact(row: RosterGuardian, other: Guardian | RosterGuardian) -> bool:
    same_email = bool(row.email) and plain(row.email) == plain(other.email)
    return same_email or bool(set(row.phones) & set(other.phones))
