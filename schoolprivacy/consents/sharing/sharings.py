"""Sharing for a while: what one named third party may get, of which pupils, until when.

Source: data card book of Kennisnet, consent "just in time"; AVG 4(11) and 5(1)(b).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from schoolprivacy import law
from schoolprivacy.consents import records
from schoolprivacy.consents.terms import Answer, Purpose
from schoolprivacy.errors import RefusedError
from schoolprivacy.people.names import full_name, natural_sort_key, surname_sort_key
from schoolprivacy.people.records import current_year, day, placed_pupils
from schoolprivacy.people.terms import PlacedPupil
from schoolprivacy.school import School, Session

_GIVEN = frozenset({Answer.GRANTED, Answer.REFUSED, Answer.CONFLICT})
"""Answers about the period; when it ends early they have ended too."""


class Road(StrEnum):
    """Who asks the parents: the school for the party, or the party itself.

    On the second road the party shows the signed consent and the school only records it.
    """

    SCHOOL = "school"
    PARTY = "party"


class State(StrEnum):
    """Whether its period has yet to come, is running, or has ended by itself or earlier."""

    COMES = "comes"
    RUNS = "runs"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class SharedPupil:
    """A pupil whose data the party asks.

    :param group: of the present school year; "" when the pupil has none
    :param answer: what counts today; before the period starts, what will count on its first day
    """

    pupil_id: str
    pupil: str
    group: str
    answer: Answer
    has_left: bool


@dataclass(frozen=True, slots=True)
class Sharing:
    """Named data for one named third party and one purpose, for a period.

    :param code: of the purpose by which it is asked, answered and withdrawn
    :param starts_on, ends_on: first and last day
    :param ended_on: the day somebody ended it early
    :param pupils: by group, then surname; leavers too
    """

    code: str
    party: str
    purpose_text: str
    data: str
    starts_on: date
    ends_on: date
    road: Road
    made_on: date
    ended_on: date | None
    state: State
    all_must_agree: bool
    pupils: tuple[SharedPupil, ...]


@dataclass(frozen=True, slots=True)
class AnswersWaited:
    """A sharing with pupils at school for whom nothing counts yet.

    :param not_asked: their identifiers: print the request, or record what the party shows
    :param no_answer: asked, and no answer that counts
    """

    code: str
    party: str
    road: Road
    not_asked: tuple[str, ...]
    no_answer: tuple[str, ...]


def sharings(school: School, *, ended: bool = False) -> list[Sharing]:
    """Every sharing that comes or runs, the first to end first.

    :param ended: those that have ended too, at the end
    """
    with school.reading() as session:
        return read_sharings(session, ended=ended)


def sharing(school: School, code: str) -> Sharing:
    """One sharing, ended or not.

    :raises RefusedError: there is none with this code
    """
    with school.reading() as session:
        return find_sharing(session, code)


def allowed(of: Sharing) -> tuple[SharedPupil, ...]:
    """The pupils at school whose data may go to the party now: the list to act on.

    Nobody outside the period, after an early end, or without a yes that counts today.

    :param of: as it was read today
    """
    if of.state is not State.RUNS:
        return ()
    return tuple(each for each in of.pupils if each.answer is Answer.GRANTED and not each.has_left)


def ending_soon(session: Session, within_days: int | None = None) -> list[Sharing]:
    """What runs now and ends within so many days, for the overview; the first to end first.

    :param within_days: without it ``consent.sharing_ends_soon`` of the law terms
    """
    if within_days is None:
        within_days = law.term("consent.sharing_ends_soon").value
    last = session.clock.today() + timedelta(days=within_days)
    running = [each for each in read_sharings(session) if each.state is State.RUNS]
    return [each for each in running if each.ends_on <= last]


def answers_waited_for(session: Session) -> list[AnswersWaited]:
    """Which sharings that come or run still wait for answers, for the overview."""
    waiting = []
    for each in read_sharings(session):
        of = {
            answer: tuple(p.pupil_id for p in each.pupils if p.answer is answer and not p.has_left)
            for answer in (Answer.NOT_ASKED, Answer.NO_ANSWER)
        }
        if any(of.values()):
            waiting.append(AnswersWaited(each.code, each.party, each.road, *of.values()))
    return waiting


def find_sharing(session: Session, code: str) -> Sharing:
    """One sharing in a running session.

    :raises RefusedError: there is none with this code
    """
    found = read_sharings(session, ended=True, code=code)
    if not found:
        raise RefusedError("sharing.unknown")
    return found[0]


def find_open(session: Session, code: str) -> Sharing:
    """One that has not ended.

    :raises RefusedError: there is no such sharing, or it has ended
    """
    found = find_sharing(session, code)
    if found.state is State.ENDED:
        raise RefusedError("sharing.ended")
    return found


def read_sharings(
    session: Session, *, ended: bool = False, code: str | None = None
) -> list[Sharing]:
    """The sharings in a running session.

    :param code: only this one
    """
    today = session.clock.today()
    query = sa.select(records.sharing)
    if code is not None:
        query = query.where(records.sharing.c.purpose == code)
    rows = [
        row
        for row in session.execute(query.order_by(records.sharing.c.ends_on))
        if ended or state_of(row, today) is not State.ENDED
    ]
    children = _children(session, [row.purpose for row in rows])
    purposes = {each.code: each for each in records.purposes(session, every=True)}
    found = [_sharing(session, row, purposes[row.purpose], children[row.purpose]) for row in rows]
    return sorted(found, key=lambda each: each.state is State.ENDED)


def state_of(row: sa.Row[Any], on: date) -> State:
    """Where a row of the table stands on a day; the last day is in the period."""
    if row.ended_on is not None or date.fromisoformat(row.ends_on) < on:
        return State.ENDED
    return State.COMES if date.fromisoformat(row.starts_on) > on else State.RUNS


def _children(session: Session, codes: Collection[str]) -> dict[str, list[PlacedPupil]]:
    """The pupils of each sharing, by group, then surname."""
    table = records.sharing_pupil.c
    rows = session.execute(
        sa.select(table.purpose, table.pupil_id).where(table.purpose.in_(codes))
    ).all()
    year = current_year(session, session.clock.today())
    placed = placed_pupils(session, year, pupil_ids={row.pupil_id for row in rows})
    by_id = {each.pupil.id: each for each in placed}
    found: dict[str, list[PlacedPupil]] = defaultdict(list)
    for row in rows:
        found[row.purpose].append(by_id[row.pupil_id])
    for pupils in found.values():
        pupils.sort(
            key=lambda p: (natural_sort_key(p.placement.group_name), surname_sort_key(p.pupil))
        )
    return found


def _sharing(
    session: Session, row: sa.Row[Any], purpose: Purpose, children: Sequence[PlacedPupil]
) -> Sharing:
    today = session.clock.today()
    starts_on, state = date.fromisoformat(row.starts_on), state_of(row, today)
    value = Sharing(
        row.purpose,
        row.party,
        row.purpose_text,
        row.data,
        starts_on,
        date.fromisoformat(row.ends_on),
        Road(row.road),
        date.fromisoformat(row.made_on),
        day(row.ended_on),
        state,
        purpose.all_must_agree,
        (),
    )
    # A yes for a period that comes does not count yet; shown is what it will come to.
    judged_on = max(today, starts_on)
    answers = records.matrix(session, [each.pupil for each in children], [purpose], judged_on)
    pupils = (
        SharedPupil(
            each.pupil.id,
            full_name(each.pupil),
            each.placement.group_name,
            _shown(answers.answer(each.pupil.id, purpose.code), state),
            each.pupil.has_left(today),
        )
        for each in children
    )
    return replace(value, pupils=tuple(pupils))


def _shown(answer: Answer, state: State) -> Answer:
    """An early end ends the answers too, which themselves name the last day of the period."""
    return Answer.EXPIRED if state is State.ENDED and answer in _GIVEN else answer
