"""Where the school stands: what counts, and who is still waited for."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

import sqlalchemy as sa

from schoolprivacy.consents import records
from schoolprivacy.consents.board import AnswerRow, Cells
from schoolprivacy.consents.records import Form, RecordedDecision
from schoolprivacy.consents.rules import (
    as_own,
    is_coming,
    is_unsure_yes,
    no_counts,
    waits_for_authority,
    yes_counts,
)
from schoolprivacy.consents.terms import Answer, Choice, Decision, Purpose
from schoolprivacy.people.records import current_year, group_names, pupils_on_roll
from schoolprivacy.people.terms import PlacedPupil
from schoolprivacy.school import School, Session
from schoolprivacy.schoolyear import SchoolYear

OPEN = frozenset({Answer.NO_ANSWER, Answer.EXPIRED})
"""What a reminder asks for. A conflict is answered, and talked about, not reminded."""

Decisions = Mapping[tuple[str, str], Sequence[RecordedDecision]]
_AT_ONCE = 500  # pupils; SQLite names no more than some ten thousands


@dataclass(frozen=True, slots=True)
class Standing:
    """The school in numbers.

    :param guardians: of the pupils on roll
    :param answers: how many of pupils × purposes switched on have each answer
    :param decisions: how many were ever recorded, of leavers and invalidated ones too
    :param families_without_answer: asked, and not fully answered; a yes that waits for the school
        to find out about authority is an answer
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

    :param missing: the purposes without an answer that counts
    :param unsure: those of them whose yes is in and waits until the school knows whether its
        signer has authority
    :param is_back: something was answered on it or by its people; what has ended before it was
        made is not
    """

    child: PlacedPupil
    form: Form
    missing: tuple[Purpose, ...]
    unsure: tuple[Purpose, ...]
    is_back: bool

    @property
    def to_ask(self) -> tuple[Purpose, ...]:
        """What the family must still answer."""
        return tuple(each for each in self.missing if each not in self.unsure)


@dataclass(frozen=True, slots=True)
class Survey:
    """Everything that counts on one day for the whole school, read once.

    :param pupils: on roll, sorted by group
    :param answers: a row for each of the pupils, in the order of the purposes
    :param guardians: how many the pupils have together
    :param families: a name for the family of each pupil
    :param unsure_signers: pupil and signer of every yes that does not count as nobody knows
        whether the signer may decide
    """

    year: SchoolYear
    pupils: tuple[PlacedPupil, ...]
    purposes: tuple[Purpose, ...]
    answers: tuple[AnswerRow, ...]
    guardians: int
    families: Mapping[str, str]
    waiting: tuple[WaitedFor, ...]
    unsure_signers: frozenset[tuple[str, str]]

    @property
    def to_remind(self) -> list[WaitedFor]:
        """Whose answers are waited for; what the school itself must find out is not."""
        return [each for each in self.waiting if each.to_ask]


def survey(session: Session) -> Survey:
    """Look at the whole school on the present day; one pass, also with 30,000 pupils."""
    today = session.clock.today()
    year = current_year(session, today)
    pupils = pupils_on_roll(session, today, year)
    asked_for = records.purposes(session, only_on=True)
    everybody = [each.pupil for each in pupils]
    cells = Cells(session, everybody)
    answers = cells.rows(everybody, asked_for, today)
    guardians = {each.id: cells.guardians(each.id) for each in everybody}
    return Survey(
        year,
        tuple(pupils),
        tuple(asked_for),
        tuple(answers),
        len(set(chain.from_iterable(guardians.values()))),
        family_of(guardians),
        tuple(_waited_for(session, pupils, asked_for, answers)),
        cells.unsure_signers(guardians),
    )


def standing(school: School) -> Standing:
    """Count everything for the present day."""
    with school.reading() as session:
        now = survey(session)
        answers = Counter(chain.from_iterable(now.answers))
        return Standing(
            str(now.year),
            len(now.pupils),
            now.guardians,
            tuple(group_names(session, now.year)),
            tuple(each.code for each in now.purposes),
            {each.value: answers[each] for each in Answer},
            session.execute(sa.select(sa.func.count()).select_from(records.decision)).scalar_one(),
            len({now.families[each.child.pupil.id] for each in now.to_remind}),
        )


def families_with_a_yes(school: School, code: str) -> int:
    """How many families have a yes that counts today for a purpose that is switched on."""
    with school.reading() as session:
        now = survey(session)
    place = [each.code for each in now.purposes].index(code)
    return len(
        {
            now.families[each.pupil.id]
            for each, row in zip(now.pupils, now.answers, strict=True)
            if row[place] is Answer.GRANTED
        }
    )


def waited_for(session: Session, pupils: Sequence[PlacedPupil]) -> list[WaitedFor]:
    """The forms of these pupils that are not fully answered, in the order of the pupils."""
    asked_for = records.purposes(session, only_on=True)
    children = [each.pupil for each in pupils]
    answers = Cells(session, children).rows(children, asked_for, session.clock.today())
    return _waited_for(session, pupils, asked_for, answers)


def _waited_for(
    session: Session,
    pupils: Sequence[PlacedPupil],
    asked_for: Sequence[Purpose],
    answers: Sequence[AnswerRow],
) -> list[WaitedFor]:
    unanswered = [
        (child, missing)
        for child, row in zip(pupils, answers, strict=True)
        if (missing := [p for p, answer in zip(asked_for, row, strict=True) if answer in OPEN])
    ]
    on, result = session.clock.today(), []
    for start in range(0, len(unanswered), _AT_ONCE):
        some = unanswered[start : start + _AT_ONCE]
        ids = [child.pupil.id for child, _ in some]
        decisions = records.decisions(session, ids)
        deciding = records.deciding_guardians(session, ids)
        forms = defaultdict(list)
        for form in records.forms(session, ids):
            if form.replaced_on is None and form.sharing is None:
                forms[form.pupil_id].append(form)
        for child, open_now in some:
            missing = [
                each
                for each in open_now
                if not _is_promised(decisions.get((child.pupil.id, each.code), ()), each, on)
            ]
            must_agree = deciding.get(child.pupil.id, frozenset())
            unsure = _unsure(child, missing, decisions, must_agree, on)
            result += _of_child(child, missing, unsure, forms[child.pupil.id], decisions, on)
    return result


def _unsure(
    child: PlacedPupil,
    missing: Sequence[Purpose],
    decisions: Decisions,
    deciding: frozenset[str],
    on: date,
) -> frozenset[str]:
    """Codes of the purposes that only wait until the school knows who has authority."""
    return frozenset(
        each.code
        for each in missing
        if waits_for_authority(
            [r.decision for r in decisions.get((child.pupil.id, each.code), ())],
            on=on,
            born_on=child.pupil.born_on,
            must_agree=deciding if each.all_must_agree else (),
            widened_at=each.widened_at,
            own=each.is_own,
        )
    )


def _is_promised(given: Iterable[RecordedDecision], purpose: Purpose, on: date) -> bool:
    """A yes is in that counts from the next school year: there is nothing left to ask."""
    return any(is_coming(r.decision, on) and _stands(r.decision, purpose, on) for r in given)


def _of_child(
    child: PlacedPupil,
    missing: Sequence[Purpose],
    unsure: Collection[str],
    forms: Sequence[Form],
    decisions: Decisions,
    on: date,
) -> list[WaitedFor]:
    silent = [(form, _missing_on(form, missing, decisions, on)) for form in forms]
    # All answered, yet something is open: the other parent of one of these forms is waited for.
    if not any(rows for _, rows in silent):
        silent = [(form, [p for p in missing if _asks(form, p, on)]) for form in forms]
    return [_waiting(child, form, rows, unsure, decisions) for form, rows in silent if rows]


def _waiting(
    child: PlacedPupil,
    form: Form,
    rows: Sequence[Purpose],
    unsure: Collection[str],
    decisions: Decisions,
) -> WaitedFor:
    said_yes = tuple(p for p in rows if p.code in unsure and _said_yes(form, p, decisions))
    is_back = bool(said_yes) or _is_back(form, decisions)
    return WaitedFor(child, form, tuple(rows), said_yes, is_back)


def _missing_on(
    form: Form, missing: Iterable[Purpose], decisions: Decisions, on: date
) -> list[Purpose]:
    """What this form's own people have not decided themselves."""
    return [
        each
        for each in missing
        if _asks(form, each, on)
        and not any(_stands(r.decision, each, on) for r in _own(form, each.code, decisions))
    ]


def _asks(form: Form, purpose: Purpose, on: date) -> bool:
    """Whether an answer on this form could count; about a contact list of last year it cannot."""
    is_past = purpose.is_contact and form.school_year < SchoolYear.of(on)
    return not is_past and any(code == purpose.code for code, _ in form.asked)


def _own(form: Form, code: str, decisions: Decisions) -> list[RecordedDecision]:
    """What was decided on this form, or by its people."""
    return [
        each
        for each in decisions.get((form.pupil_id, code), ())
        if each.form_id == form.id or each.decision.signer in form.guardians
    ]


def _said_yes(form: Form, purpose: Purpose, decisions: Decisions) -> bool:
    return any(is_unsure_yes(r.decision) for r in _own(form, purpose.code, decisions))


def _is_back(form: Form, decisions: Decisions) -> bool:
    return any(
        not each.decision.invalidated
        and (each.form_id == form.id or each.decision.decided_on >= form.asked_on)
        for code, _ in form.asked
        for each in _own(form, code, decisions)
    )


def _stands(decision: Decision, purpose: Purpose, on: date) -> bool:
    if decision.invalidated or (decision.valid_until and decision.valid_until < on):
        return False
    if purpose.is_own:
        decision = as_own(decision)
    if decision.choice is Choice.GRANTED:
        return decision.version >= purpose.widened_at and yes_counts(decision)
    return no_counts(decision)


def family_of(guardians: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Children who share a guardian are one family, named by one of them.

    :param guardians: of each child, by identifier
    """
    family: dict[str, str] = {}
    first_child: dict[str, str] = {}

    def head(child: str) -> str:
        while family[child] != child:
            family[child] = family[family[child]]
            child = family[child]
        return child

    for child, own in guardians.items():
        family[child] = child
        for guardian in own:
            other = first_child.setdefault(guardian, child)
            family[head(child)] = head(other)
    return {child: head(child) for child in family}
