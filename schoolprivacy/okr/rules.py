"""What the law and the calendar say of the report that goes along (WPO 42); pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from schoolprivacy import law
from schoolprivacy.okr.terms import Hindrance, Move, MoveKind, Obstacle, State, StepKind
from schoolprivacy.people.terms import Authority, Guardianship
from schoolprivacy.schoolyear import SchoolYear

_CONTACT = (StepKind.INVITED, StepKind.ATTEMPT)


def must_see(link: Guardianship) -> bool:
    """Whether a guardian must have been able to see the report before it is sent.

    With authority, and as long as nobody knows: when in doubt they must (BW 1:245). Without
    authority there is information on request only (BW 1:377c).
    """
    return link.authority is not Authority.NO


def has_seen(move: Move, guardian_id: str) -> bool:
    """Whether a guardian had inzage of the present version."""
    return bool(move.done(StepKind.INZAGE, guardian_id))


def is_excused(move: Move, guardian_id: str | None) -> bool:
    """Whether somebody recorded why the present version may go without this guardian."""
    return bool(move.done(StepKind.EXCUSED, guardian_id))


def attempts(move: Move, guardian_id: str) -> int:
    """On how many days the school tried to reach a guardian about the present version."""
    return len({step.on for kind in _CONTACT for step in move.done(kind, guardian_id)})


def waits_for(move: Move, carers: Iterable[Guardianship]) -> tuple[Guardianship, ...]:
    """The guardians without whom the present version may not be sent yet."""
    return tuple(
        each
        for each in carers
        if must_see(each)
        and not has_seen(move, each.guardian.id)
        and not is_excused(move, each.guardian.id)
    )


def obstacles(move: Move, carers: Iterable[Guardianship]) -> tuple[Obstacle, ...]:
    """Why a report may not be sent; none: it may."""
    carers = tuple(carers)
    found = [] if move.school else [Obstacle(Hindrance.NO_SCHOOL)]
    if move.report is None:
        return (*found, Obstacle(Hindrance.NO_REPORT))
    found += [
        Obstacle(
            Hindrance.UNSEEN if each.authority is Authority.YES else Hindrance.UNSEEN_UNKNOWN,
            each.guardian.id,
        )
        for each in waits_for(move, carers)
    ]
    if not any(map(must_see, carers)) and not is_excused(move, None):
        found.append(Obstacle(Hindrance.NOBODY_KNOWN))
    if any(each.outcome is None for each in move.remarks):
        found.append(Obstacle(Hindrance.TO_SETTLE))
    return tuple(found)


def state_of(move: Move | None, carers: Iterable[Guardianship]) -> State:
    """How far a child is."""
    if move is None:
        return State.NO_MOVE
    if move.sent_on:
        return State.TO_ANSWER if answer_by(move) else State.SENT
    carers = tuple(carers)
    why = {each.why for each in obstacles(move, carers)}
    if Hindrance.NO_SCHOOL in why:
        return State.NO_SCHOOL
    if Hindrance.NO_REPORT in why:
        return State.NO_REPORT
    if why - {Hindrance.TO_SETTLE}:
        asked = [attempts(move, each.guardian.id) for each in waits_for(move, carers)]
        return State.WAITING if asked and all(asked) else State.TO_INVITE
    return State.TO_SETTLE if why else State.READY


# — when —


def deadline(
    state: State, kind: MoveKind, expected_on: date | None, year: SchoolYear
) -> date | None:
    """The day by which the next step must be done; None when nothing is left, or no day is known.

    To secondary school by the calendar of the move (``okr.…``), else counted back from the
    expected date.
    """
    if state in (State.TO_ANSWER, State.SENT):
        return None
    if kind is MoveKind.VO:
        return _in_spring(state, expected_on, year)
    if expected_on is None:
        return None
    if state is State.READY:
        return expected_on
    late = state in (State.WAITING, State.TO_SETTLE)
    before = law.term("okr.inzage_before" if late else "okr.invite_before").value
    return expected_on - timedelta(days=before)


def answer_by(move: Move) -> date | None:
    """By when a guardian hears what was done with a remark on a report that was sent (AVG 12(3)).

    The first of what nobody did anything with yet; before it is sent it is in the way of sending.
    """
    waiting = [each.said_on for each in move.remarks if each.outcome is None]
    if not (move.sent_on and waiting):
        return None
    return law.last_day("okr.remark_answered", min(waiting))


def _in_spring(state: State, expected_on: date | None, year: SchoolYear) -> date:
    spring = year.start + 1
    if state in (State.NO_REPORT, State.TO_INVITE):
        return law.day_of("okr.final_advice_by", spring)
    if state is State.READY:
        return min(expected_on or year.last_day, year.last_day)
    return law.day_of("okr.applications_until", spring)


def falls_this_week(day: date | None, today: date) -> bool:
    """By Sunday of this week, or past already."""
    return day is not None and day <= today + timedelta(days=6 - today.weekday())


def kept_by(kind: MoveKind) -> str:
    """The term of law.toml for how long a copy is kept: longer after so or sbo (PO-Raad)."""
    return "retention.referred_to_so" if kind is MoveKind.SO else "retention.okr_copy"


def keep_until(kind: MoveKind, left_on: date) -> date:
    """The last day on which the copy of a report may be kept."""
    return law.last_day(kept_by(kind), left_on)
