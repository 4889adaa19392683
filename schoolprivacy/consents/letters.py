"""The letter that confirms a withdrawal, to who withdrew and to nobody else."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from schoolprivacy.consents import letter_papers, records
from schoolprivacy.consents.letter_papers import LetterItem, WithdrawalLetter, WithdrawnItem
from schoolprivacy.consents.printing import (
    Deliver,
    Draft,
    Outlet,
    Printed,
    PrintRun,
    made,
    school_paper,
    sift,
)
from schoolprivacy.consents.rules import weigh
from schoolprivacy.consents.terms import Choice, Decision, Purpose, Verdict, Wording
from schoolprivacy.errors import RefusedError
from schoolprivacy.paper.sender import Made
from schoolprivacy.people import names
from schoolprivacy.people.addresses import Household, homes_of, letter_address, who_hide
from schoolprivacy.people.records import current_year, guardianships, placed_pupils
from schoolprivacy.people.terms import Authority, Guardian, Guardianship, PlacedPupil
from schoolprivacy.school import School, Session

_PUPIL = "pupil"
_BY_HAND = "Persoonlijk te overhandigen"


def print_withdrawal_letter(
    school: School,
    deliver: Deliver,
    pupil_id: str,
    *,
    guardian_id: str | None = None,
    way: Outlet = "saved",
) -> PrintRun:
    """Print the confirmation for who withdrew consent about a child and has not given it again.

    :param guardian_id: only for this one; without it a letter for each who withdrew, the pupil of
        16 or older too
    :raises RefusedError: there is no such pupil, or nothing was withdrawn
    """
    with school.transaction() as session:
        draft = _prepare(session, pupil_id, guardian_id)
        session.audit(
            "withdrawal_letter.printed",
            pupil_id,
            letters=draft.parts,
            left_out=len(draft.left_out),
            guardian=guardian_id or "",
            way=way,
        )
        deliver(draft.draw(school_paper(session), made(session), None))
    return PrintRun(tuple(draft.printed), tuple(draft.left_out))


def sample_withdrawal_letter(
    school: School, pupil_id: str, *, guardian_id: str | None = None
) -> bytes:
    """The same letters to look at; stores nothing.

    :raises RefusedError: as ``print_withdrawal_letter``
    """
    with school.reading() as session:
        sample = Made(session.clock.today(), session.who.name, sample=True)
        draft = _prepare(session, pupil_id, guardian_id)
        return draft.draw(school_paper(session), sample, None)


def _prepare(session: Session, pupil_id: str, guardian_id: str | None) -> Draft:
    """Of a leaver too: what the school showed of them may still be there."""
    year = current_year(session, session.clock.today())
    child = next(iter(placed_pupils(session, year, pupil_ids=[pupil_id])), None)
    if child is None:
        raise RefusedError("pupil.unknown")
    carers = guardianships(session, [child.pupil.id]).get(child.pupil.id, [])
    hiding = who_hide(session)
    withdrawn = _Withdrawn(session, child)
    found = [] if guardian_id else [_to_pupil(child, withdrawn.by(_PUPIL))]
    found += [
        _to_guardian(child, carers, each, withdrawn.by(each.guardian.id), hiding)
        for each in carers
        if guardian_id in (None, each.guardian.id)
    ]
    letters, left_out = sift(
        [each for each in found if each.items],
        letter_papers.check_family_letter,
        lambda _: [child],
    )
    if not letters:
        raise RefusedError("withdrawal.none")
    printed = Printed("", child.pupil.id, names.full_name(child.pupil), child.placement.group_name)
    return Draft(
        [printed] * len(letters),
        left_out,
        len(letters),
        lambda *how: letter_papers.withdrawal_letters(letters, *how),
    )


class _Withdrawn:
    """What was withdrawn about one child and still stands."""

    def __init__(self, session: Session, child: PlacedPupil) -> None:
        self._pupil, self._on = child.pupil, session.clock.today()
        self._purposes = records.purposes(session, every=True)
        self._texts = records.wordings(session)
        self._decisions = records.decisions(session, [child.pupil.id])

    def by(self, signer: str) -> tuple[WithdrawnItem, ...]:
        """By one person; of what counts only, for the rest the letter would promise too much."""
        return tuple(
            WithdrawnItem(
                LetterItem(purpose.kind, self._text(purpose, each).label), each.decided_on
            )
            for purpose in self._purposes
            for each in self._counting(purpose)
            if each.signer == signer and each.choice is Choice.WITHDRAWN
        )

    def _counting(self, purpose: Purpose) -> list[Decision]:
        given = [r.decision for r in self._decisions.get((self._pupil.id, purpose.code), ())]
        verdicts = weigh(
            given,
            on=self._on,
            born_on=self._pupil.born_on,
            widened_at=purpose.widened_at,
            own=purpose.is_own,
        )
        return [d for d, verdict in zip(given, verdicts, strict=True) if verdict is Verdict.COUNTS]

    def _text(self, purpose: Purpose, decision: Decision) -> Wording:
        return self._texts[purpose.code, decision.version]


def _to_pupil(child: PlacedPupil, items: tuple[WithdrawnItem, ...]) -> WithdrawalLetter:
    name, group = names.full_name(child.pupil), _group(child)
    lines = (name, *([group] if group else []), _BY_HAND)
    return WithdrawalLetter(lines, name, name, group, items, about_self=True)


def _to_guardian(
    child: PlacedPupil,
    carers: Sequence[Guardianship],
    carer: Guardianship,
    items: tuple[WithdrawnItem, ...],
    hiding: Collection[Guardian],
) -> WithdrawalLetter:
    who = carer.guardian
    name = names.person_name(who) or names.guardian_name(who)
    (household,) = homes_of(_as_reader(carers, carer), hiding, {who.id})
    lines = _address(household, who, child)
    return WithdrawalLetter(lines, name, names.full_name(child.pupil), _group(child), items)


def _as_reader(carers: Sequence[Guardianship], carer: Guardianship) -> list[Guardianship]:
    """Who took back own data gets this letter, also without authority over the child."""
    return [replace(each, authority=Authority.YES) if each is carer else each for each in carers]


def _address(household: Household, who: Guardian, child: PlacedPupil) -> tuple[str, ...]:
    """Of this person, by name: somebody else at the address need not read it.

    A secret or unknown address: to be handed over, which looks the same.
    """
    name = names.guardian_name(who)
    if not household.by_post:
        return (name, f"Betreft: {names.full_name(child.pupil)}", _BY_HAND)
    lines = letter_address(household, child)
    return lines if who.institution else (name, *lines[2:])


def _group(child: PlacedPupil) -> str:
    name = child.placement.group_name
    return names.group_label(name) if name else ""
