"""Closing the yearly round. Silence stays silence: it permits nothing, and refuses nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from schoolprivacy.consents.contacts.copies import ListCopy, copies_to_destroy
from schoolprivacy.consents.rounds.opening import the_round
from schoolprivacy.consents.rounds.records import round_, round_step, rounds
from schoolprivacy.consents.rounds.terms import Round, Step
from schoolprivacy.consents.standing import survey
from schoolprivacy.errors import RefusedError
from schoolprivacy.school import School, Session
from schoolprivacy.schoolyear import SchoolYear


@dataclass(frozen=True, slots=True)
class Closing:
    """What closing a round means.

    :param unanswered: forms that are no longer waited for; what they asked stays without an answer
    :param children: about whom; ``families``: of whom
    :param authority: forms that are back and wait until the school knows who has authority; that
        must still be found out
    :param to_destroy: copies of lists that nobody may have any more, newest first
    """

    school_year: SchoolYear
    unanswered: int
    children: int
    families: int
    authority: int
    to_destroy: tuple[ListCopy, ...]


def closing(school: School) -> Closing:
    """What would drop off if the round were closed today; stores nothing.

    :raises RefusedError: no round is open
    """
    with school.reading() as session:
        return _closing(session, the_round(session))


def close_round(school: School) -> Closing:
    """Close the round: its forms are no longer waited for, and nothing else changes.

    A form that comes back later is entered as ever. ``reopen_round`` takes it back.

    :raises RefusedError: no round is open
    """
    with school.transaction() as session:
        going_on = the_round(session)
        found = _closing(session, going_on)
        _set_closed(session, going_on.id, session.clock.today())
        done = {"round_id": going_on.id, "step": int(Step.CLOSE)}
        session.execute(sa.delete(round_step).filter_by(**done))
        done_at = session.clock.now().isoformat()
        session.execute(
            sa.insert(round_step).values(**done, done_at=done_at, done_by=session.who.id)
        )
        session.audit("round.closed", going_on.id, unanswered=found.unanswered)
    return found


def reopen_round(school: School) -> Round:
    """Open the round again that was closed last, as long as no newer one was opened.

    :raises RefusedError: a round is open, or there is none
    """
    with school.transaction() as session:
        every = rounds(session)
        if any(each.is_open for each in every):
            raise RefusedError("round_going.another_open")
        if not every:
            raise RefusedError("round_going.none_yet")
        newest = every[0]
        _set_closed(session, newest.id, None)
        step = {"round_id": newest.id, "step": int(Step.CLOSE)}
        session.execute(sa.delete(round_step).filter_by(**step))
        session.audit("round.reopened", newest.id)
        return rounds(session)[0]


def lists_to_destroy(session: Session, year: SchoolYear) -> tuple[ListCopy, ...]:
    """The copies of contact lists and the like of the years before, and what may not stand."""
    return tuple(each for each in copies_to_destroy(session) if each.school_year < year)


def _closing(session: Session, going_on: Round) -> Closing:
    now = survey(session)
    waiting = [each for each in now.waiting if each.form.round_id == going_on.id]
    silent = [each for each in waiting if each.to_ask]
    children = {each.child.pupil.id for each in silent}
    return Closing(
        going_on.school_year,
        len(silent),
        len(children),
        len({now.families[each] for each in children}),
        sum(bool(each.unsure) for each in waiting),
        lists_to_destroy(session, going_on.school_year),
    )


def _set_closed(session: Session, round_id: str, on: date | None) -> None:
    values = {
        "closed_on": on.isoformat() if on else None,
        "closed_by": session.who.id if on else None,
    }
    session.execute(sa.update(round_).where(round_.c.id == round_id).values(values))
