"""``Dit hebt u gekozen``: the yearly reminder of what a family answered; it asks nothing."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Unpack

from schoolprivacy.consents.printing import (
    SAMPLES,
    Deliver,
    Draft,
    Job,
    PaperCount,
    PrintRun,
    Whom,
    count_paper,
    print_paper,
    sample_paper,
)
from schoolprivacy.consents.rounds.letters import Letters, named
from schoolprivacy.consents.rounds.opening import the_round
from schoolprivacy.consents.rounds.papers import ChoicesLetter, Section, choices_letters
from schoolprivacy.consents.rounds.plan import OPEN, Home, Plan
from schoolprivacy.consents.rounds.terms import LetterKind
from schoolprivacy.consents.rounds.whom import pupils_of
from schoolprivacy.consents.rules import pupil_decides
from schoolprivacy.consents.terms import Answer
from schoolprivacy.errors import RefusedError
from schoolprivacy.letters.languages import language_of
from schoolprivacy.people.addresses import IN_CLASS, family_address
from schoolprivacy.people.envelopes import Envelope, fill_envelopes, residents
from schoolprivacy.people.records import guardianships
from schoolprivacy.people.terms import Guardian, PlacedPupil
from schoolprivacy.school import School, Session

_SAID = {
    Answer.GRANTED: "Ja",
    Answer.REFUSED: "Nee",
    Answer.WITHDRAWN: "Ingetrokken",
    Answer.CONFLICT: "Ja en nee: dat telt als nee",
}
_AGAIN = "Wij vragen het u opnieuw op het formulier"
_SILENT = "Wij hebben geen antwoord van u"


def print_choices_letters(school: School, deliver: Deliver, **job: Unpack[Job]) -> PrintRun:
    """Print one letter per family and address of which somebody answered something that stands.

    It shows of each child what the people at that address answered themselves, and nothing of
    anybody else. ``reprinted`` tells of how many children it was printed before in this round.

    :raises RefusedError: no round is open, no such group, no pupils, or nobody answered anything
    """
    return print_paper(school, deliver, _choices, "choices_letters.printed", **job)


def sample_choices_letters(school: School, **whom: Unpack[Whom]) -> bytes:
    """The first of them to look at; stores nothing.

    :raises RefusedError: as ``print_choices_letters``
    """
    return sample_paper(school, partial(_choices, most=SAMPLES), **whom)


def count_choices_letters(school: School, **whom: Unpack[Whom]) -> PaperCount:
    """How many letters would be printed; ``printed`` counts each child at each address.

    :raises RefusedError: as ``print_choices_letters``
    """
    return count_paper(school, _choices, **whom)


def _choices(session: Session, pupils: list[PlacedPupil], most: int | None = None) -> Draft:
    round_ = the_round(session)
    plan = Plan(session, round_, pupils_of(session, round_, pupils))
    homes = reminded_homes(session, plan)
    if not homes:
        raise RefusedError("round.no_choices")
    carers = guardianships(session, {each.child.pupil.id for each in homes})
    envelopes = fill_envelopes(homes, lambda each: (each.child, each.household), carers)[:most]
    register = Letters(session, round_, LetterKind.CHOICES)
    made = [
        (_letter(plan, each, register), [(home.child, home.household) for home in each.contents])
        for each in envelopes
    ]
    return register.draft(made, choices_letters)


def reminded_homes(session: Session, plan: Plan) -> list[Home]:
    """The children and addresses that get this letter: something was answered there and stands.

    Not of a pupil who decides (UAVG 5): what a pupil of 16 chose is not told at home. Not where
    nobody knows whether the parents live together: one would read what the other answered.
    """
    today = session.clock.today()
    return [
        each
        for each in plan.homes
        if not pupil_decides(each.child.pupil.born_on, today)
        and any(_stands(answer) for answer in _shown(plan, each).values())
    ]


def _shown(plan: Plan, home: Home) -> dict[str, Answer | None]:
    """What those who surely live there answered; who shares their letter may live elsewhere."""
    there = residents(home.household)
    if home.household.key == IN_CLASS and _disagree(plan, home, there):
        return {}
    return plan.answers_of(home, there) if there or not home.household.guardians else {}


def _disagree(plan: Plan, home: Home, people: Sequence[Guardian]) -> bool:
    """Whether one would read that the other, who may live elsewhere, answered something else."""
    said = [plan.answers_of(home, [each]) for each in people]
    return any(len({each[purpose.code] for each in said} - {None}) > 1 for purpose in plan.purposes)


def _letter(plan: Plan, envelope: Envelope[Home], register: Letters) -> ChoicesLetter:
    return ChoicesLetter(
        family_address(envelope.household, envelope.children),
        tuple(Section(named(each.child), _rows(plan, each)) for each in envelope.contents),
        has_form=any(plan.still_asked(each) for each in envelope.contents),
        language=language_of(envelope.household.guardians),
        reprint=register.were_printed((e.child, e.household) for e in envelope.contents),
    )


def _rows(plan: Plan, home: Home) -> tuple[tuple[str, str], ...]:
    """Pictures, and of the contact list what was answered for the year of the round already."""
    shown = _shown(plan, home)
    again = plan.still_asked(home)
    return tuple(
        (each.wording.label, _told(shown[each.code], is_asked=each.code in again))
        for each in plan.purposes
        if not each.is_contact or _stands(shown[each.code])
    )


def _stands(answer: Answer | None) -> bool:
    return answer is not None and answer not in OPEN


def _told(answer: Answer | None, *, is_asked: bool) -> str:
    """In few words; a yes that does not count (yet) is asked again, and that is what is told."""
    if answer is None:
        return _SILENT
    if answer in OPEN:
        return _AGAIN
    return f"{_SAID[answer]}. {_AGAIN}" if is_asked else _SAID[answer]
