"""What the register of suppliers answers."""

from __future__ import annotations

import sqlalchemy as sa

from schoolprivacy.access.matrix import right_of
from schoolprivacy.access.terms import Area, Right
from schoolprivacy.duties import Due, DueKind, Kept, Moment, MomentKind, Target, Urgency
from schoolprivacy.errors import sentence
from schoolprivacy.school import Session
from schoolprivacy.schoolyear import SchoolYear
from schoolprivacy.suppliers import rules
from schoolprivacy.suppliers.board import read_board
from schoolprivacy.suppliers.reading import wishes
from schoolprivacy.suppliers.telling import read_unread
from schoolprivacy.suppliers.terms import URGENT, State

TABLES: tuple[sa.Table, ...] = ()
"""Nothing here is on a child; see ``registers.NOT_ON_A_CHILD``."""


def about(_session: Session, _pupil_id: str) -> list[Kept]:
    """Nothing: what suppliers get is told of all pupils alike."""
    return []


def due(session: Session) -> list[Due]:
    """Products that are not in order, that end or must be looked at, and wishes to decide on."""
    if right_of(session.who, Area.SUPPLIERS) < Right.PRINT:
        return []
    today, rows = session.clock.today(), read_board(session).rows
    stand = [each.state for each in rows]
    late = (State.REVIEW_OVERDUE, State.DPIA, State.CERTIFICATE)
    urgent = sum(each in URGENT and each is not State.DELETION for each in stand)
    coming = sum(
        each.state not in (*URGENT, *late)
        and (
            any(found.state is State.ENDS_SOON for found in each.findings)
            or rules.review_soon(each.file, today) is not None
        )
        for each in rows
    )
    undecided = sum(each.granted is None for each in wishes(session))
    to = Target.SUPPLIERS
    return [
        Due(DueKind.SUPPLIERS_NOT_IN_ORDER, urgent, Urgency.NOW, to),
        Due(DueKind.SUPPLIERS_DELETION, stand.count(State.DELETION), Urgency.NOW, to),
        Due(DueKind.SUPPLIERS_LATE, sum(each in late for each in stand), Urgency.SOON, to),
        Due(DueKind.SUPPLIERS_COMING, coming, Urgency.SOON, to),
        Due(DueKind.APP_WISHES, undecided, Urgency.SOON, Target.APP_WISHES),
        Due(DueKind.SUPPLIERS_INCOMPLETE, stand.count(State.INCOMPLETE), Urgency.LATER, to),
        Due(
            DueKind.SUPPLIERS_UNREAD,
            len(read_unread(session)),
            Urgency.LATER,
            Target.PARENTS_LIST,
        ),
    ]


def moments(session: Session, year: SchoolYear) -> list[Moment]:
    """Days on which an agreement ends or must be looked at again; names no supplier."""
    found = set()
    for row in read_board(session).rows:
        for day, name in ((row.ends_on, "supplier_ends"), (row.review_due_on, "supplier_review")):
            if day and year.first_day <= day <= year.last_day:
                found.add(Moment(day, day, sentence(f"moment.{name}"), MomentKind.ENDS))
    return sorted(found, key=lambda each: (each.first, each.title))
