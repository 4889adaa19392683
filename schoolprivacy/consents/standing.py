"""Where the school stands: what counts, and who is still waited for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from schoolprivacy.consents import records
from schoolprivacy.consents.records import Form, Matrix
from schoolprivacy.consents.rules import no_counts, yes_counts
from schoolprivacy.consents.terms import Answer, Choice, Decision, Purpose
from schoolprivacy.people.records import current_year, group_names, guardianships, pupils_on_roll
from schoolprivacy.people.terms import Guardianship, PlacedPupil
from schoolprivacy.school import School, Session
from schoolprivacy.schoolyear import SchoolYear

OPEN = frozenset({Answer.NO_ANSWER, Answer.EXPIRED})
"""What a reminder asks for. A conflict is answered, and talked about, not reminded."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The school in numbers.

    :param guardians: of the pupils on roll
    :param answers: how many of pupils × purposes switched on have each answer
    :param decisions: how many were ever recorded, of leavers and invalidated ones too
    :param families_without_answer: asked, and not fully answered
    """

    school_year: str
    pupils: int
    guardians: int
    groups: tuple[str, ...]
    purposes: tuple[str, ...]
    answers: dict[str, int]
    decisions: int
    families_without_answer: int


@dataclass(frozen=True, slots=True)
class WaitedFor:
    """A form that is not fully answered yet, by this child's family at one address.

    :param missing: the purposes without an answer
    :param nothing_back: none of the purposes on it has one
    """

    child: PlacedPupil
    form: Form
    missing: tuple[Purpose, ...]
    nothing_back: bool


@dataclass(frozen=True, slots=True)
class Survey:
    """Everything that counts on one day for the whole school, read once.

    :param pupils: on roll, sorted by group
    :param carers: the guardians of each pupil
    :param families: a name for the family of each pupil
    """

    year: SchoolYear
    pupils: tuple[PlacedPupil, ...]
    purposes: tuple[Purpose, ...]
    carers: Mapping[str, Sequence[Guardianship]]
    families: Mapping[str, str]
    matrix: Matrix
    waiting: tuple[WaitedFor, ...]


def survey(session: Session) -> Survey:
    """Look at the whole school on the present day; one pass, also with 30,000 pupils."""
    today = session.clock.today()
    year = current_year(session, today)
    pupils = pupils_on_roll(session, today, year)
    asked_for = records.purposes(session, only_on=True)
    carers = guardianships(session)
    found = records.matrix(
        session, [each.pupil for each in pupils], asked_for, today, whole_school=True
    )
    return Survey(
        year,
        tuple(pupils),
        tuple(asked_for),
        carers,
        family_of({each.pupil.id for each in pupils}, carers),
        found,
        tuple(_waited_for(session, pupils, asked_for, found, None)),
    )


def standing(school: School) -> Standing:
    """Count everything for the present day."""
    with school.reading() as session:
        now = survey(session)
        answers = Counter(now.matrix.answers.values())
        everybody = {c.guardian.id for p in now.pupils for c in now.carers.get(p.pupil.id, ())}
        return Standing(
            str(now.year),
            len(now.pupils),
            len(everybody),
            tuple(group_names(session, now.year)),
            tuple(each.code for each in now.purposes),
            {each.value: answers[each] for each in Answer},
            session.execute(sa.select(sa.func.count()).select_from(records.decision)).scalar_one(),
            len({now.families[each.child.pupil.id] for each in now.waiting}),
        )


def waited_for(session: Session, pupils: Sequence[PlacedPupil]) -> list[WaitedFor]:
    """The forms of these pupils that are not fully answered, in the order of the pupils."""
    today = session.clock.today()
    asked_for = records.purposes(session, only_on=True)
    found = records.matrix(session, [each.pupil for each in pupils], asked_for, today)
    return _waited_for(session, pupils, asked_for, found, [each.pupil.id for each in pupils])


def _waited_for(
    session: Session,
    pupils: Sequence[PlacedPupil],
    asked_for: Sequence[Purpose],
    found: Matrix,
    ids: Collection[str] | None,
) -> list[WaitedFor]:
    of_pupil: dict[str, list[Form]] = {}
    for form in records.forms(session, ids):
        if form.replaced_on is None:
            of_pupil.setdefault(form.pupil_id, []).append(form)
    result = []
    for child in pupils:
        missing = [p for p in asked_for if found.answer(child.pupil.id, p.code) in OPEN]
        own = of_pupil.get(child.pupil.id, [])
        silent = [(form, _missing_on(form, missing, found)) for form in own]
        # All answered, yet something is open: the other parent of one of these forms is waited for.
        if missing and not any(rows for _, rows in silent):
            silent = [(form, [p for p in missing if p.code in dict(form.asked)]) for form in own]
        result += [
            WaitedFor(child, form, tuple(rows), len(rows) == len(form.asked))
            for form, rows in silent
            if rows
        ]
    return result


def _missing_on(form: Form, missing: Iterable[Purpose], found: Matrix) -> list[Purpose]:
    """What this form's own people have not decided themselves."""
    asked = dict(form.asked)
    return [
        each
        for each in missing
        if each.code in asked
        and not any(
            (r.form_id == form.id or r.decision.signer in form.guardians)
            and _stands(r.decision, each)
            for r in found.decisions.get((form.pupil_id, each.code), ())
        )
    ]


def _stands(decision: Decision, purpose: Purpose) -> bool:
    if decision.invalidated:
        return False
    if decision.choice is Choice.GRANTED:
        return decision.version >= purpose.widened_at and yes_counts(decision)
    return no_counts(decision)


def family_of(
    pupil_ids: Iterable[str], carers: Mapping[str, Sequence[Guardianship]]
) -> dict[str, str]:
    """Children who share a guardian are one family, named by one of them."""
    family: dict[str, str] = {}
    first_child: dict[str, str] = {}

    def head(child: str) -> str:
        while family[child] != child:
            family[child] = family[family[child]]
            child = family[child]
        return child

    for child in pupil_ids:
        family[child] = child
        for carer in carers.get(child, ()):
            other = first_child.setdefault(carer.guardian.id, child)
            family[head(child)] = head(other)
    return {child: head(child) for child in family}
