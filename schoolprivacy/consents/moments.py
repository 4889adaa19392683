"""What the register of consents puts on the year planner: rounds, and what ends or must go.

The planner hangs where anybody may read it: no third party, no pupil, no family stands on it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date

import sqlalchemy as sa

from schoolprivacy.consents.contacts.copies import ListKind, list_copy
from schoolprivacy.consents.rounds.records import rounds
from schoolprivacy.consents.sharing.sharings import read_sharings
from schoolprivacy.duties import Moment, MomentKind
from schoolprivacy.errors import sentence
from schoolprivacy.school import Session
from schoolprivacy.schoolyear import SchoolYear


def moments(session: Session, year: SchoolYear) -> list[Moment]:
    """The days of rounds, the ends of sharings, and when copies of lists must be destroyed."""
    found = [*_of_rounds(session), *_of_sharings(session), *_of_lists(session)]
    return [each for each in found if SchoolYear.of(each.first) == year]


def _of_rounds(session: Session) -> list[Moment]:
    return [
        Moment(day, day, title, MomentKind.ROUND)
        for each in rounds(session)
        for day, title in (
            (each.opened_on, sentence("moment.round_opened")),
            (each.hand_in_by, sentence("moment.hand_in")),
            (each.first_reminder, sentence("moment.first_reminder")),
            (each.second_reminder, sentence("moment.second_reminder")),
            (each.closed_on, sentence("moment.round_closed")),
        )
        if day is not None
    ]


def _of_sharings(session: Session) -> list[Moment]:
    """Counted by day: which party gets data of which child is nobody's business at the wall."""
    counted = Counter(each.ends_on for each in read_sharings(session))
    return _counted(counted, "moment.sharing_ends", "moment.sharings_end")


def _of_lists(session: Session) -> list[Moment]:
    """A sheet for a substitute teacher goes the same day: too short for the wall."""
    table = list_copy.c
    query = sa.select(table.destroy_by).where(
        table.destroyed_on.is_(None), table.kind != ListKind.SUBSTITUTE
    )
    counted = Counter(map(date.fromisoformat, session.execute(query).scalars()))
    return _counted(counted, "moment.list_destroyed", "moment.lists_destroyed")


def _counted(counted: Mapping[date, int], one: str, several: str) -> list[Moment]:
    return [
        Moment(day, day, sentence(one if n == 1 else several, number=n), MomentKind.ENDS)
        for day, n in sorted(counted.items())
    ]
