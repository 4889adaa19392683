"""Opening a yearly round, choosing what it asks and until when, and going through its steps."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import pairwise

import sqlalchemy as sa

from schoolprivacy.consents.records import form, purposes
from schoolprivacy.consents.rounds.records import (
    open_round as read_open,
)
from schoolprivacy.consents.rounds.records import (
    round_,
    round_letter,
    round_purpose,
    round_step,
)
from schoolprivacy.consents.rounds.terms import Mode, Round, Step
from schoolprivacy.errors import RefusedError
from schoolprivacy.paper.dates import dutch_date
from schoolprivacy.people.terms import new_id
from schoolprivacy.school import School, Session
from schoolprivacy.schoolyear import SchoolYear

_WEEKEND = 5


def open_round(school: School, year: SchoolYear) -> Round:
    """Begin the yearly round for a school year; there is one at a time.

    :raises RefusedError: one is open, or it is not for this school year or the next
    """
    with school.transaction() as session:
        today = session.clock.today()
        now = SchoolYear.of(today)
        ongoing = read_open(session)
        if ongoing:
            raise RefusedError("round.already_open", year=str(ongoing.school_year))
        if year not in (now, now.next()):
            raise RefusedError("round.year", year=str(year), this=str(now), next=str(now.next()))
        key = new_id()
        session.execute(
            sa.insert(round_).values(
                id=key,
                school_year=year.start,
                opened_on=today.isoformat(),
                opened_by=session.who.id,
            )
        )
        session.audit("round.opened", key, year=str(year))
        return the_round(session)


def read_round(school: School) -> Round | None:
    """The round that is going on."""
    with school.reading() as session:
        return read_open(session)


def the_round(session: Session) -> Round:
    """The same, for what cannot do without.

    :raises RefusedError: none is open
    """
    ongoing = read_open(session)
    if ongoing is None:
        raise RefusedError("round.none_open")
    return ongoing


def choose_modes(school: School, chosen: Mapping[str, Mode]) -> Round:
    """For some purposes by code: remind of the answer that stands, or ask again.

    What is new or wider and what has no answer is asked anyway.

    :raises RefusedError: no round is open, or a purpose is unknown or switched off
    """
    with school.transaction() as session:
        ongoing = the_round(session)
        unknown = set(chosen) - {each.code for each in purposes(session, only_on=True)}
        if unknown:
            raise RefusedError("round.unknown_purpose", codes=", ".join(sorted(unknown)))
        table = round_purpose
        session.execute(
            sa.delete(table).where(
                table.c.round_id == ongoing.id, table.c.purpose.in_(list(chosen))
            )
        )
        rows = [
            {"round_id": ongoing.id, "purpose": code, "mode": Mode(mode).value}
            for code, mode in chosen.items()
        ]
        if rows:
            session.execute(sa.insert(table), rows)
        session.audit("round.modes_chosen", ongoing.id, ask=_those(chosen, Mode.ASK))
        return the_round(session)


def _those(chosen: Mapping[str, Mode], mode: Mode) -> list[str]:
    return sorted(code for code, each in chosen.items() if each is mode)


def set_dates(
    school: School, hand_in_by: date, first: date | None = None, second: date | None = None
) -> Round:
    """When the forms must be back, and when families will be reminded.

    What was printed keeps the date that stands on it. Days in a school holiday are allowed;
    ``dates.days_without_school`` tells which are.

    :param first, second: of the reminders; None while nobody knows
    :raises RefusedError: no round is open, a day in a weekend, a hand-in date that has come, or
        reminders that are not after it and after one another
    """
    with school.transaction() as session:
        ongoing = the_round(session)
        days = [each for each in (hand_in_by, first, second) if each is not None]
        weekend = next((each for each in days if each.weekday() >= _WEEKEND), None)
        if weekend:
            raise RefusedError("round.weekend", day=dutch_date(weekend))
        if hand_in_by <= session.clock.today():
            raise RefusedError("round.hand_in_past", day=dutch_date(hand_in_by))
        if (second and not first) or any(later <= day for day, later in pairwise(days)):
            raise RefusedError("round.dates_order")
        session.execute(
            sa.update(round_)
            .where(round_.c.id == ongoing.id)
            .values(
                hand_in_by=hand_in_by.isoformat(),
                first_reminder=first.isoformat() if first else None,
                second_reminder=second.isoformat() if second else None,
            )
        )
        session.audit("round.dates_set", ongoing.id)
        return the_round(session)


def finish_step(school: School, step: Step) -> Round:
    """Mark a step as done; done again, it is marked with the newer day.

    :raises RefusedError: no round is open
    """
    with school.transaction() as session:
        ongoing = the_round(session)
        table = round_step
        here = sa.and_(table.c.round_id == ongoing.id, table.c.step == int(step))
        session.execute(sa.delete(table).where(here))
        session.execute(
            sa.insert(table).values(
                round_id=ongoing.id,
                step=int(step),
                done_at=session.clock.now().isoformat(timespec="seconds"),
                done_by=session.who.id,
            )
        )
        session.audit("round.step_done", ongoing.id, step=int(step))
        return the_round(session)


def abandon_round(school: School) -> None:
    """Give up a round of which nothing was printed; it leaves only its lines in the audit trail.

    :raises RefusedError: no round is open, or something was printed: then it must be closed
    """
    with school.transaction() as session:
        ongoing = the_round(session)
        if _is_printed(session, ongoing):
            raise RefusedError("round.printed")
        for table in (round_step, round_purpose):
            session.execute(sa.delete(table).where(table.c.round_id == ongoing.id))
        session.execute(sa.delete(round_).where(round_.c.id == ongoing.id))
        session.audit("round.abandoned", ongoing.id)


def can_abandon(school: School) -> bool:
    """Whether a round is open of which nothing was printed yet."""
    with school.reading() as session:
        ongoing = read_open(session)
        return ongoing is not None and not _is_printed(session, ongoing)


def _is_printed(session: Session, ongoing: Round) -> bool:
    return any(
        session.execute(sa.select(sa.exists().where(table.c.round_id == ongoing.id))).scalar_one()
        for table in (form, round_letter)
    )
