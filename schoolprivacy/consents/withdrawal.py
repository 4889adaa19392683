"""Taking consent back: what somebody could take back, and what follows when they do (AVG 7(3))."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from schoolprivacy.consents import actions, records
from schoolprivacy.consents.publications.records import shown_in
from schoolprivacy.consents.publications.take_down import open_tasks
from schoolprivacy.consents.records import RecordedDecision
from schoolprivacy.consents.rules import pupil_decides, weigh
from schoolprivacy.consents.terms import Choice, Purpose, Verdict, Way
from schoolprivacy.errors import RefusedError, sentence
from schoolprivacy.people.names import full_name, guardian_name
from schoolprivacy.people.records import find_pupil, guardianships
from schoolprivacy.people.terms import Authority, Guardianship, Pupil
from schoolprivacy.school import School, Session

_STANDS = frozenset({Verdict.COUNTS, Verdict.NOT_YET, Verdict.AUTHORITY_UNKNOWN})
"""A yes that permits something, now or as soon as its year begins or authority is known."""
_OWN_STANDS = _STANDS | {Verdict.NO_AUTHORITY, Verdict.DECLARED_NONE}
"""Who said yes themselves can always take it back, also when it does not count."""


@dataclass(frozen=True, slots=True)
class StandingYes:
    """A purpose with a yes that somebody could take back.

    :param said_by: who said yes, by name and relation; for the screen, never for a letter
    :param is_own: they said so themselves; otherwise the other parent did
    """

    purpose: Purpose
    said_by: tuple[str, ...]
    is_own: bool


@dataclass(frozen=True, slots=True)
class Withdrawer:
    """Somebody who could take consent back.

    :param guardian_id: None for the pupil of 16 or older
    :param relation: to the child; "" for the pupil
    :param answers: what they could take back, in the order of the purposes; may be empty
    """

    guardian_id: str | None
    name: str
    relation: str
    answers: tuple[StandingYes, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes of all these purposes."""
        return tuple(each.purpose.code for each in self.answers)


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Consent that was just taken back.

    :param decisions: identifiers of what was recorded; to take it back: ``undo_withdrawal``
    :param take_downs: how many tasks to take the child out of a publication came of it
    """

    decisions: tuple[str, ...]
    take_downs: int

    def __iter__(self) -> Iterator[str]:
        return iter(self.decisions)

    def __len__(self) -> int:
        return len(self.decisions)


def withdrawable(school: School, pupil_id: str) -> list[Withdrawer]:
    """Who could take back what: pictures, contact list and sharings, of either parent.

    A parent may take back what the other one granted about the child; about own data everybody
    decides alone. Who has no authority takes back only what they said themselves.

    :raises RefusedError: there is no such pupil
    """
    with school.reading() as session:
        return _withdrawers(session, pupil_id, session.clock.today())


def withdraw(
    school: School,
    pupil_id: str,
    guardian_id: str | None,
    codes: Collection[str] | None = None,
    *,
    on: date,
    way: Way,
) -> Withdrawal:
    """Somebody takes consent back, for some purposes or for all.

    :param guardian_id: None when the pupil of 16 or older does (UAVG 5)
    :param codes: None for everything they could take back, what the other parent granted too
    :raises RefusedError: as ``record_decision``; or without ``codes`` there is nothing to take back
    """
    with school.transaction() as session:
        if codes is None:
            everybody = _withdrawers(session, pupil_id, session.clock.today())
            codes = [c for each in everybody if each.guardian_id == guardian_id for c in each.codes]
        if not codes:
            raise RefusedError("withdrawal.nothing")
        # Counting tasks looks at the whole school; of most children nothing was ever published.
        is_shown = bool(shown_in(session, [pupil_id]))
        before = open_tasks(session) if is_shown else 0
        stored = actions.withdraw(school, pupil_id, guardian_id, codes, on=on, way=way)
        after = open_tasks(session) if is_shown else 0
        return Withdrawal(stored, max(0, after - before))


def purposes_in_use(session: Session, *, only_on: bool = False) -> list[Purpose]:
    """The purposes of the school and of the sharings that nobody ended before their time."""
    table = records.sharing.c
    ended = set(
        session.execute(sa.select(table.purpose).where(table.ended_on.is_not(None))).scalars()
    )
    every = records.purposes(session, only_on=only_on, every=True)
    return [each for each in every if each.code not in ended]


def _withdrawers(session: Session, pupil_id: str, on: date) -> list[Withdrawer]:
    pupil = find_pupil(session, pupil_id)
    carers = guardianships(session, [pupil_id]).get(pupil_id, [])
    standing = _Standing(session, pupil, carers, on)
    found = [
        Withdrawer(
            each.guardian.id, guardian_name(each.guardian), each.relation, standing.for_carer(each)
        )
        for each in carers
    ]
    if not pupil_decides(pupil.born_on, on):
        return found
    return [Withdrawer(None, full_name(pupil), "", standing.for_pupil()), *found]


class _Standing:
    """Every yes about one child that still stands."""

    def __init__(
        self, session: Session, pupil: Pupil, carers: Sequence[Guardianship], on: date
    ) -> None:
        self._pupil, self._on = pupil, on
        self._by_pupil = pupil_decides(pupil.born_on, on)
        self._purposes = purposes_in_use(session)
        self._decisions = records.decisions(session, [pupil.id])
        self._names = {each.guardian.id: who(each) for each in carers}
        self._names["pupil"] = full_name(pupil)

    def for_pupil(self) -> tuple[StandingYes, ...]:
        return self._for("pupil", [each for each in self._purposes if not each.is_own], set())

    def for_carer(self, carer: Guardianship) -> tuple[StandingYes, ...]:
        """Of a pupil who decides alone the parents only take back their own data."""
        theirs = [each for each in self._purposes if each.is_own or not self._by_pupil]
        decides = carer.authority is not Authority.NO
        of_others = {each.code for each in theirs if decides and not each.is_own}
        return self._for(carer.guardian.id, theirs, of_others)

    def _for(
        self, signer: str, purposes: Sequence[Purpose], of_others: Collection[str]
    ) -> tuple[StandingYes, ...]:
        found = []
        for purpose in purposes:
            weighed = self._weighed(purpose)
            own = [w for w in weighed if w[0].decision.signer == signer]
            said_yes = [each for each, verdict in weighed if _is_yes(each) and verdict in _STANDS]
            is_own = any(_is_yes(each) and verdict in _OWN_STANDS for each, verdict in own)
            stopped = any(not _is_yes(each) and verdict is Verdict.COUNTS for each, verdict in own)
            if is_own or (said_yes and purpose.code in of_others and not stopped):
                signers = dict.fromkeys(
                    each.decision.signer
                    for each in said_yes
                    if not purpose.is_own or each.decision.signer == signer
                )
                names = tuple(self._name(each) for each in signers or [signer])
                found.append(StandingYes(purpose, names, is_own))
        return tuple(found)

    def _weighed(self, purpose: Purpose) -> list[tuple[RecordedDecision, Verdict]]:
        given = self._decisions.get((self._pupil.id, purpose.code), [])
        verdicts = weigh(
            [each.decision for each in given],
            on=self._on,
            born_on=self._pupil.born_on,
            widened_at=purpose.widened_at,
            own=purpose.is_own,
        )
        return list(zip(given, verdicts, strict=True))

    def _name(self, signer: str) -> str:
        return self._names.get(signer) or sentence("history.signer_not_named")


def _is_yes(recorded: RecordedDecision) -> bool:
    return recorded.decision.choice is Choice.GRANTED


def who(carer: Guardianship) -> str:
    """``Anna de Wit (moeder)``, for the screens."""
    name = guardian_name(carer.guardian)
    return f"{name} ({carer.relation})" if carer.relation else name
