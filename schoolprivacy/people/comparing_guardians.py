"""What a file does to the guardians: brothers and sisters share them; pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from schoolprivacy.exchange.roster import RosterGuardian, RosterPupil
from schoolprivacy.people.addresses import ADDRESS, live_together
from schoolprivacy.people.difference import (
    GuardianPlan,
    LasNews,
    Present,
    PupilPlan,
    Question,
    Suggestion,
    changes_between,
)
from schoolprivacy.people.las_rules import Weighed, as_in_las, weigh
from schoolprivacy.people.matching import (
    Doubt,
    certainly_one,
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
    Pupil,
    new_id,
)

_CONTENT = (
    *("institution", "initials", "call_name", "prefix", "surname"),
    *("email", "phones", "language", *ADDRESS),
)
_SECRETS = ("address_secret", "phone_secret")


class GuardianPlanner:
    """Plans guardians over all rows of one file: brothers and sisters share them."""

    def __init__(self, present: Present) -> None:
        self.questions: list[Question] = []
        self.suggestions: list[Suggestion] = []
        self._present = present
        self._by_key = dict(present.guardian_keys)
        self._unsure: dict[str, Doubt] = {}  # keys of whom an earlier row is a question
        self._after: dict[str, Guardian] = {}  # how each stands, with this file's changes
        self._said: dict[str, Guardian] = {}  # what this file said of each so far
        self._flags: dict[str, dict[str, bool]] = defaultdict(dict)  # which secrets it told
        self._weighed: dict[str, list[Weighed]] = {}
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

    def las_news(self) -> list[LasNews]:
        """What the rows so far said of corrections to guardians."""
        return [
            LasNews(each, guardian_name(self._after[guardian_id]), guardian_id=guardian_id)
            for guardian_id, weighed in self._weighed.items()
            for each in weighed
        ]

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
        paired = iter(self._paired(unknown, free))
        return [found or next(paired) for found in keyed]

    def _of_key(self, carer: RosterGuardian) -> Guardian | Doubt | None:
        if not carer.key:
            return None
        known = self._after.get(self._by_key.get(carer.key, ""))
        if known is None:
            return self._unsure.get(carer.key)
        in_las = as_in_las(known, self._present.corrections.get(known.id, ()))
        meant = may_be_key_of(carer, known) or may_be_key_of(carer, in_las)
        return known if meant else Doubt.GUARDIAN_KEY_REUSED

    def _paired(
        self, rows: Sequence[RosterGuardian], own: Sequence[Guardian]
    ) -> list[Guardian | Doubt | None]:
        """By the names the school has, else by those that the LAS still has."""
        found = pair_guardians(rows, own)
        corrections = self._present.corrections
        if not any(each.id in corrections for each in own):
            return found
        taken = {each.id for each in found if isinstance(each, Guardian)}
        free = [as_in_las(e, corrections.get(e.id, ())) for e in own if e.id not in taken]
        left = [place for place, each in enumerate(found) if not isinstance(each, Guardian)]
        for place, each in zip(
            left, pair_guardians([rows[place] for place in left], free), strict=True
        ):
            found[place] = self._after[each.id] if isinstance(each, Guardian) else found[place]
        return found

    def _plan(
        self,
        row: RosterPupil,
        carer: RosterGuardian,
        found: Guardian | None,
        links: dict[str, Guardianship],
    ) -> GuardianPlan:
        before = self._after[found.id] if found else None
        after = self._changed(row, carer, before) if before else self._new(row, carer, links)
        changes = changes_between(before, after, (*_CONTENT, *_SECRETS)) if before else ()
        if carer.key:
            self._by_key.setdefault(carer.key, after.id)
        old_link = links.get(after.id)
        link = self._link(row, carer, old_link or Guardianship(after))
        link = replace(link, guardian=after)
        position = len(links)
        links[after.id] = link
        if old_link is not None:
            changes += changes_between(old_link, link, ("relation", "authority"))
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
        corrected = {each.field for each in self._present.corrections.get(before.id, ())}
        lifted = [n for n in _SECRETS if getattr(before, n) and getattr(carer, n) is False]
        if any(name not in corrected for name in lifted):
            self._ask(row, Doubt.SECRET_LIFTED, carer)
        for name in _SECRETS:
            if (told := getattr(carer, name)) is not None:
                flags = self._flags[before.id]
                flags[name] = flags.get(name, False) or told
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
        after = self._weigh(after, said)
        self._remember(after)
        return after

    def _weigh(self, after: Guardian, said: Guardian) -> Guardian:
        """With the corrections by hand that this file does not know yet."""
        corrections = self._present.corrections.get(after.id, ())
        corrected = self._present.guardians.get(after.id)
        if not corrections or corrected is None:
            return after
        flags: dict[str, Any] = dict(self._flags[after.id])
        in_file = replace(_written_over(as_in_las(corrected, corrections), said), **flags)
        given = {name for name in _CONTENT if getattr(said, name)} | flags.keys()
        self._weighed[after.id], values = weigh(corrected, in_file, given, corrections)
        kept = {name: value for name, value in values.items() if name not in _SECRETS}
        return replace(after, **kept)

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
    return replace(before, **values | surname_over(before, new))


def _live_apart(one: Guardian | RosterGuardian, other: Guardian | RosterGuardian) -> bool:
    """Two addresses that are not one, as far as both are known."""
    return any(_differ(getattr(one, name), getattr(other, name)) for name in ADDRESS)


def _contradict(one: Guardian, other: Guardian) -> bool:
    """Two rows give one person different values; spelling aside."""
    names = ("institution", "initials", "call_name", "language", *ADDRESS)
    return (
        any(_differ(getattr(one, name), getattr(other, name)) for name in names)
        or (one.surname != "" != other.surname and not one_surname(one, other))
        or (one.phones != () != other.phones and set(one.phones) != set(other.phones))
        or (one.email != "" != other.email and one.email.casefold() != other.email.casefold())
    )


def _differ(one: str, other: str) -> bool:
    """Both are there and not the same, spaces and accents aside."""
    if not one or not other or one == other:
        return False
    return plain(one).replace(" ", "") != plain(other).replace(" ", "")


def surname_over(old: Pupil | Guardian, new: RosterPupil | Guardian) -> dict[str, str]:
    """Prefix and surname go as one; a prefix that was left out or written into it stays."""
    keeps = not new.surname or (old.prefix and not new.prefix and one_surname(old, new))
    whose = old if keeps else new
    return {"prefix": whose.prefix, "surname": whose.surname}


def one_surname(one: Pupil | Guardian, other: RosterPupil | Guardian) -> bool:
    whole = plain(f"{one.prefix} {one.surname}") == plain(f"{other.prefix} {other.surname}")
    return whole or (
        plain(one.surname) == plain(other.surname) and not (one.prefix and other.prefix)
    )
