"""The forms of one round: which came back, and what is still open on them.

Judged as a reminder is, and for a closed round too, whose forms nobody waits for any more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from schoolprivacy.consents import records
from schoolprivacy.consents.board import AnswerRow
from schoolprivacy.consents.terms import Purpose
from schoolprivacy.consents.waiting import open_children
from schoolprivacy.people.terms import PlacedPupil
from schoolprivacy.school import Session
from schoolprivacy.schoolyear import SchoolYear


@dataclass(frozen=True, slots=True)
class RoundForm:
    """A form that was printed in the round and not replaced since.

    :param back_on: the day on which the first answer on it, or of its people, was entered
    :param to_ask: whether a question on it is open
    :param is_unsettled: it came in, and the school must find out who signed, or whether that person
        has authority
    """

    id: str
    pupil_id: str
    asked_on: date
    back_on: date | None
    to_ask: bool
    is_unsettled: bool


@dataclass(frozen=True, slots=True)
class _Paper:
    id: str
    pupil_id: str
    asked_on: date
    school_year: SchoolYear
    asked: tuple[tuple[str, int], ...]
    guardians: frozenset[str]


def read_round_forms(
    session: Session,
    round_id: str,
    pupils: Sequence[PlacedPupil],
    asked_for: Sequence[Purpose],
    answers: Sequence[AnswerRow],
) -> tuple[list[RoundForm], int]:
    """The forms of these pupils, and how many there are of others.

    :param answers: what counts of each of these pupils, in the order of ``asked_for``
    """
    papers = _papers(session, round_id)
    back, unnamed = _back_on(session, round_id), records.forms_of_unnamed(session)
    of_pupil: dict[str, list[_Paper]] = {each.pupil.id: [] for each in pupils}
    for each in papers:
        of_pupil.get(each.pupil_id, []).append(each)
    to_ask, unsure = set(), set()
    for some in open_children(session, pupils, asked_for, answers):
        for child in some:
            for paper, rows in child.on_papers(of_pupil[child.child.pupil.id]):
                waits = [child.is_unsure(paper, row) for row in rows]
                to_ask |= {paper.id} if not all(waits) else set()
                unsure |= {paper.id} if any(waits) else set()
    found = [
        RoundForm(
            paper.id,
            paper.pupil_id,
            paper.asked_on,
            back.get(paper.id),
            paper.id in to_ask,
            paper.id in unsure or (paper.id in back and paper.id in unnamed),
        )
        for of_child in of_pupil.values()
        for paper in of_child
    ]
    return found, len(papers) - len(found)


def _papers(session: Session, round_id: str) -> list[_Paper]:
    form = records.form.c
    which = sa.and_(form.round_id == round_id, form.replaced_on.is_(None))
    of_round = sa.select(form.id).where(which)
    rows: dict[str, list[tuple[str, int]]] = defaultdict(list)
    asked = records.form_purpose.c
    query = sa.select(asked.form_id, asked.purpose, asked.version)
    for row in session.execute(query.where(asked.form_id.in_(of_round))):
        rows[row.form_id].append((row.purpose, row.version))
    people: dict[str, set[str]] = defaultdict(set)
    meant = records.form_guardian
    for row in session.execute(sa.select(meant).where(meant.c.form_id.in_(of_round))):
        people[row.form_id].add(row.guardian_id)
    columns = sa.select(form.id, form.pupil_id, form.asked_on, form.school_year).where(which)
    return [
        _Paper(
            row.id,
            row.pupil_id,
            date.fromisoformat(row.asked_on),
            SchoolYear(row.school_year),
            tuple(rows[row.id]),
            frozenset(people[row.id]),
        )
        for row in session.execute(columns.order_by(form.asked_on, form.id))
    ]


def _back_on(session: Session, round_id: str) -> dict[str, date]:
    """Of each form the first day on which an answer on it, or of its people since, was entered."""
    form, given = records.form.c, records.decision.c
    asked, meant = records.form_purpose.c, records.form_guardian.c
    on_form = sa.exists().where(asked.form_id == form.id, asked.purpose == given.purpose)
    of_people = sa.exists().where(meant.form_id == form.id, meant.guardian_id == given.guardian_id)
    query = (
        sa.select(form.id, sa.func.min(given.recorded_at).label("at"))
        .join(records.decision, given.pupil_id == form.pupil_id)
        .where(
            form.round_id == round_id,
            given.invalidated_at.is_(None),
            sa.or_(
                given.form_id == form.id,
                sa.and_(given.decided_on >= form.asked_on, of_people, on_form),
            ),
        )
        .group_by(form.id)
    )
    return {row.id: datetime.fromisoformat(row.at).date() for row in session.execute(query)}
