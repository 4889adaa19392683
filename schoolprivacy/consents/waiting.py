"""Who is still waited for: what is open of each child, and on which of its papers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

import sqlalchemy as sa

from schoolprivacy.consents import records
from schoolprivacy.consents.board import AnswerRow, Cells
from schoolprivacy.consents.records import Form, RecordedDecision
from schoolprivacy.consents.rounds.records import rounds
from schoolprivacy.consents.rules import (
    as_own,
    is_coming,
    is_unsure_yes,
    no_counts,
    waits_for_authority,
    yes_counts,
)
from schoolprivacy.consents.terms import Answer, Choice, Decision, Purpose
from schoolprivacy.people.terms import PlacedPupil
from schoolprivacy.school import Session
from schoolprivacy.schoolyear import SchoolYear

OPEN = frozenset({Answer.NO_ANSWER, Answer.EXPIRED})
"""What a reminder asks for. A conflict is answered, and talked about, not reminded."""

Decisions = Mapping[tuple[str, str], Sequence[RecordedDecision]]
_AT_ONCE = 500  # pupils; SQLite names no more than some ten thousands


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


def waited_for(session: Session, pupils: Sequence[PlacedPupil]) -> list[WaitedFor]:
    """The forms of these pupils that are not fully answered, in the order of the pupils.

    Those of a round that was closed are not waited for: what they asked stays without an answer.
    """
    asked_for = records.purposes(session, only_on=True)
    children = [each.pupil for each in pupils]
    answers = Cells(session, children).rows(children, asked_for, session.clock.today())
    return waited_for_with(session, pupils, asked_for, answers)


def waited_for_with(
    session: Session,
    pupils: Sequence[PlacedPupil],
    asked_for: Sequence[Purpose],
    answers: Sequence[AnswerRow],
) -> list[WaitedFor]:
    """The same for who knows the answers already; of each pupil, in the order of ``asked_for``."""
    closed = {each.id for each in rounds(session) if not each.is_open}
    result = []
    for some in open_children(session, pupils, asked_for, answers):
        forms = defaultdict(list)
        for form in records.forms(session, [each.child.pupil.id for each in some]):
            if form.replaced_on is None and form.sharing is None and form.round_id not in closed:
                forms[form.pupil_id].append(form)
        for each in some:
            found = each.on_papers(forms[each.child.pupil.id])
            result += [each.waited_for(form, rows) for form, rows in found if rows]
    return result


# — what is open —


class Paper(Protocol):
    """What is asked of a family, as far as it matters here."""

    @property
    def id(self) -> str: ...
    @property
    def school_year(self) -> SchoolYear: ...
    @property
    def asked(self) -> Sequence[tuple[str, int]]: ...
    @property
    def guardians(self) -> Collection[str]: ...


P = TypeVar("P", bound=Paper)


@dataclass(frozen=True, slots=True)
class OpenRow:
    """A purpose without an answer that counts.

    :param on: the day on which it is judged: of next year's contact list when that year begins
    :param unsure: a yes is in and waits until the school knows whether its signer has authority
    """

    purpose: Purpose
    on: date
    unsure: bool


@dataclass(frozen=True, slots=True)
class OpenChild:
    """What is open of one child.

    :param now: on the present day
    :param later: of the contact list of the next school year
    """

    child: PlacedPupil
    now: tuple[OpenRow, ...]
    later: tuple[OpenRow, ...]
    today: date
    decisions: Decisions

    def on_papers(self, papers: Iterable[P]) -> list[tuple[P, list[OpenRow]]]:
        """What is open on each of the papers of this child."""
        asked = [(paper, self._asked_on(paper)) for paper in papers]
        silent = [
            (paper, [each for each in rows if not self._is_answered(paper, each)])
            for paper, rows in asked
        ]
        # All answered, yet something is open: the other parent of one of these is waited for.
        return silent if any(rows for _, rows in silent) else asked

    def is_unsure(self, paper: Paper, row: OpenRow) -> bool:
        """Whether the yes that waits was said on this paper, or by its people."""
        return row.unsure and any(
            is_unsure_yes(each.decision) for each in self._own(paper, row.purpose.code)
        )

    def waited_for(self, form: Form, rows: Sequence[OpenRow]) -> WaitedFor:
        unsure = tuple(each.purpose for each in rows if self.is_unsure(form, each))
        is_back = bool(unsure) or self._is_back(form)
        return WaitedFor(self.child, form, tuple(each.purpose for each in rows), unsure, is_back)

    def _asked_on(self, paper: Paper) -> list[OpenRow]:
        """What of it an answer on a paper could fill; on the contact list of last year nothing."""
        year, this_year = paper.school_year, SchoolYear.of(self.today)
        codes = {code for code, _ in paper.asked}
        pictures = [each for each in self.now if not each.purpose.is_contact]
        of_list = [each for each in self.now if each.purpose.is_contact]
        if year != this_year:
            of_list = list(self.later) if year > this_year else []
        return [each for each in (*pictures, *of_list) if each.purpose.code in codes]

    def _is_answered(self, paper: Paper, row: OpenRow) -> bool:
        """Whether its own people decided themselves."""
        given = self._own(paper, row.purpose.code)
        return any(_stands(each.decision, row.purpose, row.on) for each in given)

    def _own(self, paper: Paper, code: str) -> list[RecordedDecision]:
        """What was decided on this paper, or by its people."""
        return [
            each
            for each in self.decisions.get((self.child.pupil.id, code), ())
            if each.form_id == paper.id or each.decision.signer in paper.guardians
        ]

    def _is_back(self, form: Form) -> bool:
        return any(
            not each.decision.invalidated
            and (each.form_id == form.id or each.decision.decided_on >= form.asked_on)
            for code, _ in form.asked
            for each in self._own(form, code)
        )


def open_children(
    session: Session,
    pupils: Sequence[PlacedPupil],
    asked_for: Sequence[Purpose],
    answers: Sequence[AnswerRow],
) -> Iterator[list[OpenChild]]:
    """The pupils of whom something is open, so many at once, in their order.

    :param answers: what counts of each of them today, in the order of ``asked_for``
    """
    today, lists = session.clock.today(), _lists_of_next_year(session, pupils, asked_for)
    then = SchoolYear.of(today).next().first_day
    unanswered = [
        (child, missing)
        for child, row in zip(pupils, answers, strict=True)
        if (missing := [p for p, answer in zip(asked_for, row, strict=True) if answer in OPEN])
        or lists.get(child.pupil.id)
    ]
    for start in range(0, len(unanswered), _AT_ONCE):
        some = unanswered[start : start + _AT_ONCE]
        ids = [child.pupil.id for child, _ in some]
        read = _Judge(records.decisions(session, ids), records.deciding_guardians(session, ids))
        yield [
            OpenChild(
                child,
                read.rows(child, missing, today),
                read.rows(child, lists.get(child.pupil.id, ()), then),
                today,
                read.decisions,
            )
            for child, missing in some
        ]


def _lists_of_next_year(
    session: Session, pupils: Sequence[PlacedPupil], asked_for: Sequence[Purpose]
) -> dict[str, list[Purpose]]:
    """What is open of next year's contact list, by pupil who was asked for it already.

    A yes to the list of this year says nothing about it, and would hide until August who is silent.
    """
    year, form = SchoolYear.of(session.clock.today()).next(), records.form.c
    query = sa.select(form.pupil_id).where(
        form.school_year >= year.start, form.replaced_on.is_(None), form.sharing.is_(None)
    )
    was_asked = set(session.execute(query).scalars())
    children = [each.pupil for each in pupils if each.pupil.id in was_asked]
    of_list = [each for each in asked_for if each.is_contact]
    if not children or not of_list:
        return {}
    rows = Cells(session, children).rows(children, of_list, year.first_day)
    return {
        child.id: [p for p, answer in zip(of_list, row, strict=True) if answer in OPEN]
        for child, row in zip(children, rows, strict=True)
    }


@dataclass(frozen=True, slots=True)
class _Judge:
    """Of some children what was decided, and who has or may have authority."""

    decisions: Decisions
    deciding: Mapping[str, frozenset[str]]

    def rows(
        self, child: PlacedPupil, purposes: Iterable[Purpose], on: date
    ) -> tuple[OpenRow, ...]:
        """A yes that counts from the next school year leaves nothing to ask."""
        return tuple(
            OpenRow(each, on, self._waits(child, each, on))
            for each in purposes
            if not any(
                is_coming(given, on) and _stands(given, each, on)
                for given in self._given(child, each)
            )
        )

    def _given(self, child: PlacedPupil, purpose: Purpose) -> list[Decision]:
        return [each.decision for each in self.decisions.get((child.pupil.id, purpose.code), ())]

    def _waits(self, child: PlacedPupil, purpose: Purpose, on: date) -> bool:
        """Whether it only waits until the school knows who has authority."""
        deciding = self.deciding.get(child.pupil.id, frozenset())
        return waits_for_authority(
            self._given(child, purpose),
            on=on,
            born_on=child.pupil.born_on,
            must_agree=deciding if purpose.all_must_agree else (),
            widened_at=purpose.widened_at,
            own=purpose.is_own,
        )


def _stands(decision: Decision, purpose: Purpose, on: date) -> bool:
    if decision.invalidated or (decision.valid_until and decision.valid_until < on):
        return False
    if purpose.is_own:
        decision = as_own(decision)
    if decision.choice is Choice.GRANTED:
        return decision.version >= purpose.widened_at and yes_counts(decision)
    return no_counts(decision)
