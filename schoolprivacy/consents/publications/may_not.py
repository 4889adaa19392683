"""Seeing, before pictures appear in a channel, who may not be in them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from schoolprivacy.consents import records
from schoolprivacy.consents.board import Cells
from schoolprivacy.consents.own_no import own_no
from schoolprivacy.consents.publications.channel_records import find_channel
from schoolprivacy.consents.publications.records import group_ids, sat_in, year_of
from schoolprivacy.consents.terms import Answer
from schoolprivacy.people.names import natural_sort_key, surname_sort_key
from schoolprivacy.people.records import current_year, placed_pupils
from schoolprivacy.people.terms import PlacedPupil
from schoolprivacy.school import School, Session


@dataclass(frozen=True, slots=True)
class MayNot:
    """A child whose picture may not appear in a channel, or who must be asked first.

    :param missing: (code of the purpose, what counts) of each purpose of the channel without a yes;
        the code is "" when the channel has no purpose, so that nobody was asked
    :param own_no: the child itself said no: ask first
    """

    child: PlacedPupil
    missing: tuple[tuple[str, Answer], ...]
    own_no: bool


def who_may_not(
    school: School,
    channel_id: str,
    groups: Collection[str],
    pupil_ids: Collection[str],
    on: date,
) -> list[MayNot]:
    """The children of these groups and of these whose pictures may not appear in a channel.

    What counts today is what counts, or on the day itself when that has yet to come. It warns:
    what appeared is recorded all the same.

    :param groups: names, of the school year of that day
    :returns: by group, then surname
    :raises RefusedError: there is no such channel, or no such group on that day
    """
    with school.reading() as session:
        place = find_channel(session, channel_id)
        sat = sat_in(session, group_ids(session, groups, on), on)
        year = year_of(session, on) or current_year(session, on)
        wanted = {pupil_id for _, pupil_id in sat} | set(pupil_ids)
        children = placed_pupils(session, year, pupil_ids=wanted)
        found = _without_yes(session, children, place.purposes, max(on, session.clock.today()))
    return sorted(
        found,
        key=lambda each: (
            natural_sort_key(each.child.placement.group_name),
            surname_sort_key(each.child.pupil),
        ),
    )


def _without_yes(
    session: Session, children: Sequence[PlacedPupil], codes: Collection[str], on: date
) -> list[MayNot]:
    asked_for = [each for each in records.purposes(session, every=True) if each.code in codes]
    cells = Cells(session, [each.pupil for each in children])
    own = set(
        session.execute(sa.select(own_no.c.pupil_id).where(own_no.c.lifted_on.is_(None))).scalars()
    )
    found = []
    for child in children:
        answers = [(each.code, cells.answer(child.pupil, each, on)) for each in asked_for]
        answers = answers or [("", Answer.NOT_ASKED)]
        missing = tuple(each for each in answers if each[1] is not Answer.GRANTED)
        if missing or child.pupil.id in own:
            found.append(MayNot(child, missing, child.pupil.id in own))
    return found
