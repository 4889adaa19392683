"""What the register of moves to another school answers."""

from __future__ import annotations

import sqlalchemy as sa

from schoolprivacy import law
from schoolprivacy.access.matrix import right_of
from schoolprivacy.access.terms import Area, Right
from schoolprivacy.duties import Due, DueKind, Kept, Moment, MomentKind, Target, Urgency
from schoolprivacy.errors import sentence
from schoolprivacy.okr import records
from schoolprivacy.okr.board import read_board
from schoolprivacy.people.register import kept_in
from schoolprivacy.school import Session
from schoolprivacy.schoolyear import SchoolYear

TABLES: tuple[sa.Table, ...] = records.TABLES


def about(session: Session, pupil_id: str) -> list[Kept]:
    """Everything about the moves of a child: reports, inzage, remarks, what was exchanged."""
    move = records.okr_move.c
    own = sa.select(move.id).where(move.pupil_id == pupil_id)
    schools = sa.select(move.school_id).where(move.pupil_id == pupil_id)

    def of_pupil(table: sa.Table) -> sa.ColumnElement[bool]:
        if table is records.okr_school:
            return table.c.id.in_(schools)
        return table.c.pupil_id == pupil_id if "pupil_id" in table.c else table.c.move_id.in_(own)

    return [kept for table in TABLES for kept in kept_in(session, table, of_pupil(table))]


def due(session: Session) -> list[Due]:
    """Children of whom something must be done this week, or should have been."""
    if right_of(session.who, Area.OKR) is Right.NONE:
        return []
    today = session.clock.today()
    due_on = [each.due_on for each in read_board(session).due if each.due_on]
    late = sum(day < today for day in due_on)
    return [
        Due(DueKind.OKR_LATE, late, Urgency.NOW, Target.OKR),
        Due(DueKind.OKR_THIS_WEEK, len(due_on) - late, Urgency.SOON, Target.OKR),
    ]


_CALENDAR = {
    "okr_preliminary_advice": ("okr.preliminary_advice_from", "okr.preliminary_advice_until"),
    "okr_test_result": ("okr.test_result_by", "okr.test_result_by"),
    "okr_final_advice": ("okr.final_advice_by", "okr.final_advice_by"),
    "okr_applications": ("okr.applications_until", "okr.applications_until"),
}


def moments(session: Session, year: SchoolYear) -> list[Moment]:
    """The move to secondary school, the same days for every school; no child is counted."""
    spring = year.start + 1
    return [
        Moment(
            law.day_of(first, spring),
            law.day_of(last, spring),
            sentence(f"moment.{name}"),
            MomentKind.OKR,
        )
        for name, (first, last) in _CALENDAR.items()
    ]
