"""Whom a round asks, and what they were asked outside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

import sqlalchemy as sa

from schoolprivacy.consents import records
from schoolprivacy.consents.rounds.terms import Round
from schoolprivacy.people.records import current_year, placed_pupils
from schoolprivacy.people.terms import PlacedPupil
from schoolprivacy.school import Session


def pupils_of(session: Session, round_: Round, pupils: Iterable[PlacedPupil]) -> list[PlacedPupil]:
    """Those of them whom a round asks: not who leaves before its school year or starts after it.

    Who only has a group in that year stands under that one.
    """
    begins = max(session.clock.today(), round_.school_year.first_day)
    staying = [
        each
        for each in pupils
        if not each.pupil.has_left(begins)
        and (each.pupil.came_on or begins) <= max(begins, round_.school_year.last_day)
    ]
    new = [each.pupil.id for each in staying if not each.placement.group_name]
    if not new or current_year(session, session.clock.today()) == round_.school_year:
        return staying
    then = {
        each.pupil.id: each
        for each in placed_pupils(session, round_.school_year, pupil_ids=new)
        if each.placement.group_name
    }
    return [then.get(each.pupil.id, each) for each in staying]


def asked_by_hand(session: Session, ids: Collection[str]) -> dict[str, set[str]]:
    """The purposes that were asked without a form of this program, by pupil."""
    table = records.asked_otherwise.c
    found: dict[str, set[str]] = defaultdict(set)
    query = sa.select(table.pupil_id, table.purpose).where(table.pupil_id.in_(list(ids)))
    for row in session.execute(query):
        found[row.pupil_id].add(row.purpose)
    return found
