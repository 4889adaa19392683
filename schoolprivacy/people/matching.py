"""Which pupil and which guardian of the school a file means; pure.

A key or a full name with birth date decides; everything else is a question for a person. What
looks alike is suggested, never decided (design of the import, step 3).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher
from enum import StrEnum

from schoolprivacy.exchange.roster import RosterGuardian, RosterPupil
from schoolprivacy.people.names import full_name, plain
from schoolprivacy.people.terms import Guardian, Pupil

_ALIKE = 0.75  # share of letters two names must have in common to be suggested


class Doubt(StrEnum):
    """Why a person must look."""

    KEY_REUSED = "key_reused"  # a known key with another name and another birth date
    KEY_OF_OTHER = "key_of_other"  # the key says one pupil, name and birth date say another
    ALIKE = "alike"  # nearly a pupil we know
    TWICE = "twice"  # two rows mean the same pupil
    UNKNOWN_KEY = "unknown_key"  # no name, and no key we know
    GUARDIAN_ALIKE = "guardian_alike"  # same telephone or e-mail, other name
    GUARDIAN_KEY_REUSED = "guardian_key_reused"  # a guardian's key with another name
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
    :param in_las: those whose name or birth date was corrected here, as the LAS may still have them
    """

    pupils: Mapping[str, Pupil]
    aliases: Mapping[tuple[str, str, str], str]
    in_las: Mapping[str, Pupil] = field(default_factory=dict)
    by_key: Mapping[str, frozenset[str]] = field(init=False)

    def __post_init__(self) -> None:
        by_key: dict[str, set[str]] = defaultdict(set)
        for (_, _, key), pupil_id in self.aliases.items():
            by_key[key].add(pupil_id)
        object.__setattr__(self, "by_key", {k: frozenset(v) for k, v in by_key.items()})

    def ways(self, pupil_id: str) -> list[Pupil]:
        """A pupil as the school has them, and as the LAS may still have them."""
        return [each[pupil_id] for each in (self.pupils, self.in_las) if pupil_id in each]


def match_pupils(
    rows: Sequence[RosterPupil], known: Known, source: str, space: str
) -> list[Matched]:
    """Say for each row of a file which pupil it means."""
    certain = [_certain(row, known, source, space) for row in rows]
    named = _by_name(rows, (*known.pupils.values(), *known.in_las.values()))
    found = _without_double_claims(certain, named)
    taken = {each.pupil_id for each in found}
    alike = _Alike(pupil for pupil in known.pupils.values() if pupil.id not in taken)
    return [
        each if each.pupil_id or each.doubt else _new_or_alike(row, alike)
        for row, each in zip(rows, found, strict=True)
    ]


def _certain(row: RosterPupil, known: Known, source: str, space: str) -> Matched:
    """What the key says."""
    own = known.aliases.get((source, space, row.key or ""))
    others = known.by_key.get(row.key or "", frozenset())
    nameless = not (row.surname or row.call_name)
    if nameless:
        pupil_id = own or (next(iter(others)) if len(others) == 1 else None)
        return Matched(pupil_id) if pupil_id else Matched(doubt=Doubt.UNKNOWN_KEY)
    if own is not None:
        for pupil in known.ways(own):
            if same_name(row, pupil) or (row.born_on and row.born_on == pupil.born_on):
                return Matched(own)
        return Matched(doubt=Doubt.KEY_REUSED, candidates=(own,))
    # A spreadsheet that carries the keys of the LAS: the key and the name agree.
    agreeing = [each for each in others if any(same_name(row, p) for p in known.ways(each))]
    if len(agreeing) == 1 and not all(_births_differ(row, p) for p in known.ways(agreeing[0])):
        return Matched(agreeing[0])
    return Matched()


def _by_name(rows: Sequence[RosterPupil], pupils: Iterable[Pupil]) -> list[Matched]:
    """What full name and birth date say; a match only when they are unique on both sides."""
    ours: dict[tuple[str, object], list[str]] = defaultdict(list)
    for pupil in pupils:
        if pupil.born_on:
            same = ours[plain(full_name(pupil)), pupil.born_on]
            same += [] if pupil.id in same else [pupil.id]
    keys = [(plain(full_name(row)), row.born_on) for row in rows]
    theirs = Counter(keys)

    def match(key: tuple[str, date | None]) -> Matched:
        there = tuple(ours.get(key, ()))
        if not key[1] or theirs[key] == 1:
            return Matched(there[0]) if len(there) == 1 else Matched()
        return Matched(doubt=Doubt.TWICE, candidates=there)

    return [match(key) for key in keys]


def _without_double_claims(certain: list[Matched], named: list[Matched]) -> list[Matched]:
    """What key and name say together; a pupil whom two rows claim is a question.

    Where a key went to a twin, one row claims by the key and another by the name: the consents
    must not go along with the key.
    """
    both = list(zip(certain, named, strict=True))
    claims = Counter(each for sure, name in both for each in {sure.pupil_id, name.pupil_id})
    found = [_agreed(sure, name) for sure, name in both]
    return [
        Matched(doubt=Doubt.TWICE, candidates=(each.pupil_id,))
        if each.pupil_id and claims[each.pupil_id] > 1
        else each
        for each in found
    ]


def _agreed(sure: Matched, named: Matched) -> Matched:
    """The key goes before the name, unless the name certainly means another pupil."""
    by_key = sure.pupil_id or next(iter(sure.candidates), None)
    by_name = (named.pupil_id,) if named.pupil_id else named.candidates
    if by_key and by_name and by_key not in by_name:
        return Matched(doubt=Doubt.KEY_OF_OTHER, candidates=(by_key, *by_name))
    return sure if sure.pupil_id or sure.doubt else named


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
        same_name = self._by_name.get(plain(full_name(row)), [])
        same_birth = self._by_birth.get(row.born_on, []) if row.born_on else []
        close = [pupil for pupil in same_birth if _alike(row, pupil)]
        return tuple(dict.fromkeys(pupil.id for pupil in [*same_name, *close]))


def _new_or_alike(row: RosterPupil, alike: _Alike) -> Matched:
    candidates = alike.candidates(row)
    return Matched(doubt=Doubt.ALIKE, candidates=candidates) if candidates else Matched()


def _alike(row: RosterPupil, pupil: Pupil) -> bool:
    """One surname (Kees for Cornelis), or a full name that is nearly the same."""
    ours, theirs = plain(full_name(row)), plain(full_name(pupil))
    one_surname = bool(row.surname) and plain(row.surname) == plain(pupil.surname)
    return one_surname or SequenceMatcher(None, ours, theirs).ratio() >= _ALIKE


def same_name(row: RosterPupil, pupil: Pupil) -> bool:
    """Equal full names, accents and case aside."""
    return plain(full_name(row)) == plain(full_name(pupil))


def _births_differ(row: RosterPupil, pupil: Pupil) -> bool:
    return bool(row.born_on and pupil.born_on and row.born_on != pupil.born_on)


# — guardians —


def pair_guardians(
    rows: Sequence[RosterGuardian], own: Sequence[Guardian]
) -> list[Guardian | Doubt | None]:
    """Which of a child's own guardians each row means; None is a new one.

    The surest pairs go first, so that a father and a mother with one initial stay apart.
    """
    found: dict[int, Guardian | Doubt] = {}
    free = list(own)
    for fits in _PAIRS:
        for place, row in enumerate(rows):
            match = next((each for each in free if fits(row, each)), None)
            if place not in found and match:
                found[place] = match
                free.remove(match)
    for place, row in enumerate(rows):
        sharing = [each for each in free if _shares_contact(row, each)]
        if place not in found and sharing:
            if len(sharing) == 1 and (_is_nameless(row) or _is_nameless(sharing[0])):
                found[place] = sharing[0]
                free.remove(sharing[0])
            else:
                found[place] = Doubt.GUARDIAN_ALIKE
    return [found.get(place) for place in range(len(rows))]


def equal_guardian_name(row: RosterGuardian, known: Guardian) -> bool:
    """All of the name that both have is equal, and that is more than a surname."""
    if row.institution or known.institution:
        return plain(row.institution) == plain(known.institution)
    both = [
        (plain(ours).replace(" ", ""), plain(theirs).replace(" ", ""))
        for ours, theirs in ((row.call_name, known.call_name), (row.initials, known.initials))
        if ours and theirs
    ]
    same_surname = _surname(row) == _surname(known) != ""
    return same_surname and bool(both) and all(ours == theirs for ours, theirs in both)


def same_guardian_name(row: RosterGuardian, known: Guardian | RosterGuardian) -> bool:
    """Equal names; a call name agrees with an initial it begins with, J. with J.A."""
    if row.institution or known.institution:
        return plain(row.institution) == plain(known.institution)
    if _surname(row) != _surname(known):
        return False
    if row.call_name and known.call_name:
        return plain(row.call_name) == plain(known.call_name)
    ours, theirs = (
        plain(each.initials or each.call_name).replace(" ", "") for each in (row, known)
    )
    both_initials = row.initials and known.initials
    length = max(1, min(len(ours), len(theirs))) if both_initials else 1
    return ours[:length] == theirs[:length]


def _surname(who: Guardian | RosterGuardian) -> str:
    return plain(f"{who.prefix} {who.surname}")


def _is_nameless(who: Guardian | RosterGuardian) -> bool:
    """Only an e-mail address or a telephone is known of this person."""
    return not (who.institution or who.surname or who.call_name or who.initials)


def certainly_one(row: RosterGuardian, other: Guardian) -> bool:
    """Name, telephone and e-mail are all there and all equal: one person with two children."""
    return (
        equal_guardian_name(row, other)
        and bool(row.phones and row.email)
        and set(row.phones) == set(other.phones)
        and row.email.casefold() == other.email.casefold()
    )


def maybe_one(row: RosterGuardian, other: Guardian) -> bool:
    """The same name and something else in common: worth a suggestion."""
    address = (row.postcode, row.house_number)
    same_address = all(address) and address == (other.postcode, other.house_number)
    return same_guardian_name(row, other) and (_shares_contact(row, other) or same_address)


def may_be_key_of(row: RosterGuardian, known: Guardian) -> bool:
    """Whether a row with this guardian's key does not name somebody else."""
    return _is_nameless(row) or _is_nameless(known) or same_guardian_name(row, known)


def _shares_contact(row: RosterGuardian, other: Guardian) -> bool:
    same_email = bool(row.email) and row.email.casefold() == other.email.casefold()
    return same_email or bool(set(row.phones) & set(other.phones))


_PAIRS: tuple[Callable[[RosterGuardian, Guardian], bool], ...] = (
    lambda row, known: equal_guardian_name(row, known) and _shares_contact(row, known),
    lambda row, known: same_guardian_name(row, known) and _shares_contact(row, known),
    equal_guardian_name,
    same_guardian_name,
)
