"""The board of who leaves: group 8, and every child that moves, state by state."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from schoolprivacy.access.matrix import require
from schoolprivacy.access.terms import Area, Right
from schoolprivacy.okr import rules
from schoolprivacy.okr.records import find_move, moves
from schoolprivacy.okr.terms import (
    Move,
    MoveKind,
    Obstacle,
    Remark,
    State,
    Step,
    StepKind,
)
from schoolprivacy.people.names import full_name, guardian_name, natural_sort_key, surname_sort_key
from schoolprivacy.people.records import current_year, guardians, guardianships, placed_pupils
from schoolprivacy.people.terms import Authority, Guardianship, PlacedPupil
from schoolprivacy.school import School, Session
from schoolprivacy.schoolyear import SchoolYear

LAST_LEVEL = "8"


@dataclass(frozen=True, slots=True)
class CarerStand:
    """How far one guardian is, about the present version.

    :param authority: None of who is no guardian of this child any more
    :param invited_on: the first time, by letter or otherwise
    :param attempts: on how many days the school tried, the invitation among them
    :param excused: the decision that it may go without inzage; who decided is its ``staff``
    :param is_waited_for: without this guardian it may not be sent yet
    """

    guardian_id: str
    name: str
    authority: Authority | None
    invited_on: date | None
    inzage: Step | None
    copy_on: date | None
    attempts: int
    excused: Step | None
    remarks: tuple[Remark, ...]
    is_waited_for: bool


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One child.

    :param move: None while nobody set down where it goes
    :param obstacles: why the report may not be sent yet
    :param due_on: by when the next step must be done
    :param is_due: this week, or past already
    :param keep_until: of the copy of the report, once it was sent
    """

    child: PlacedPupil
    state: State
    move: Move | None
    carers: tuple[CarerStand, ...]
    obstacles: tuple[Obstacle, ...]
    due_on: date | None
    is_due: bool
    keep_until: date | None

    @property
    def name(self) -> str:
        return full_name(self.child.pupil)

    @property
    def seen(self) -> tuple[int, int]:
        """How many had inzage, of how many who must have it; once it was sent, of who must then.

        Nobody else is left out of the last: without inzage or a decision it was not sent.
        """
        must = [each for each in self.carers if self._must(each)]
        return sum(each.inzage is not None for each in must), len(must)

    @property
    def unsure(self) -> int:
        """Of how many of those who must have it nobody knows whether there is authority."""
        return sum(self._must(e) and e.authority is Authority.UNKNOWN for e in self.carers)

    def _must(self, stand: CarerStand) -> bool:
        if self.move and self.move.sent_on:
            return bool(stand.inzage or stand.excused)
        return stand.authority not in (None, Authority.NO)


@dataclass(frozen=True, slots=True)
class Board:
    """Everybody who leaves in a school year.

    :param rows: by group, then surname
    """

    year: SchoolYear
    rows: tuple[BoardRow, ...]

    @property
    def counts(self) -> dict[State, int]:
        """How many children are how far, in the order of the states."""
        counted = Counter(each.state for each in self.rows)
        return {each: counted[each] for each in State}

    @property
    def due(self) -> tuple[BoardRow, ...]:
        """Who needs something this week, the earliest first."""
        due = [each for each in self.rows if each.is_due and each.due_on]
        return tuple(sorted(due, key=lambda each: each.due_on or date.max))


def board(school: School, group: str | None = None) -> Board:
    """Group 8 and every other child that moves this school year, or should have before.

    :param group: only who sits in the group of this name
    :raises RefusedError: not with this role
    """
    with school.reading() as session:
        require(session, Area.OKR, Right.PRINT)
        return read_board(session, group)


def counts(school: School) -> dict[State, int]:
    """How many children are how far; nobody is named.

    :raises RefusedError: not with this role
    """
    with school.reading() as session:
        require(session, Area.OKR, Right.STATUS)
        return read_board(session).counts


def row_of(school: School, move_id: str) -> BoardRow:
    """One move, of a leaver or of an older year too.

    :raises RefusedError: there is no such move
    """
    with school.reading() as session:
        require(session, Area.OKR, Right.PRINT)
        move = find_move(session, move_id)
        year = current_year(session, session.clock.today())
        (child,) = placed_pupils(session, year, pupil_ids=[move.pupil_id])
        (row,) = rows_of(session, year, [(child, move)])
        return row


def read_board(session: Session, group: str | None = None) -> Board:
    """The board within another action."""
    today = session.clock.today()
    year = current_year(session, today)
    found = moves(session, year=year)
    pupils = [
        each
        for each in placed_pupils(session, year, group)
        if each.pupil.id in found or stays_on_board(each, today)
    ]
    pupils.sort(key=lambda p: (natural_sort_key(p.placement.group_name), surname_sort_key(p.pupil)))
    rows = rows_of(session, year, [(each, found.get(each.pupil.id)) for each in pupils])
    return Board(year, tuple(rows))


def stays_on_board(child: PlacedPupil, today: date) -> bool:
    """Whether a child leaves this school year, also while nobody knows where to: group 8."""
    return child.placement.year_level == LAST_LEVEL and not child.pupil.has_left(today)


def rows_of(
    session: Session, year: SchoolYear, children: Sequence[tuple[PlacedPupil, Move | None]]
) -> list[BoardRow]:
    """A row for each of these children."""
    links = guardianships(session, [child.pupil.id for child, _ in children])
    today = session.clock.today()
    rows = []
    for child, move in children:
        carers = links.get(child.pupil.id, [])
        state = rules.state_of(move, carers)
        due_on = rules.deadline(
            state,
            move.kind if move else MoveKind.VO,
            move.expected_on if move else None,
            (move.year if move else None) or year,
        )
        answer_by = rules.answer_by(move) if move else None
        rows.append(
            BoardRow(
                child,
                state,
                move,
                _stands(session, move, carers),
                rules.obstacles(move, carers) if move and not move.sent_on else (),
                answer_by or due_on,
                answer_by is not None or rules.falls_this_week(due_on, today),
                _keep_until(child, move),
            )
        )
    return rows


def _keep_until(child: PlacedPupil, move: Move | None) -> date | None:
    """Counted from the day the child left, as far as it is known."""
    if move is None or move.sent_on is None:
        return None
    return rules.keep_until(move.kind, child.pupil.left_on or move.expected_on or move.sent_on)


def _stands(
    session: Session, move: Move | None, carers: Sequence[Guardianship]
) -> tuple[CarerStand, ...]:
    """The guardians of today, then who is none any more and of whom something was recorded."""
    if move is None:
        return ()
    waited = {each.guardian.id for each in rules.waits_for(move, carers)} if move.report else set()
    now = {each.guardian.id: each.authority for each in carers}
    named = [each.guardian_id for each in move.steps if each.guardian_id]
    former = dict.fromkeys(each for each in named if each not in now)
    names = {each.guardian.id: guardian_name(each.guardian) for each in carers}
    names |= {key: guardian_name(each) for key, each in guardians(session, former).items()}
    return tuple(
        _stand(move, guardian_id, names[guardian_id], now.get(guardian_id), guardian_id in waited)
        for guardian_id in (*now, *former)
    )


def _stand(
    move: Move, guardian_id: str, name: str, authority: Authority | None, is_waited_for: bool
) -> CarerStand:
    def of(kind: StepKind) -> tuple[Step, ...]:
        return move.done(kind, guardian_id)

    invited, copies = of(StepKind.INVITED), of(StepKind.COPY)
    return CarerStand(
        guardian_id,
        name,
        authority,
        min((each.on for each in invited), default=None),
        next(iter(of(StepKind.INZAGE)), None),
        min((each.on for each in copies), default=None),
        rules.attempts(move, guardian_id),
        next(iter(of(StepKind.EXCUSED)), None),
        tuple(each for each in move.remarks if each.guardian_id == guardian_id),
        is_waited_for and not move.sent_on,
    )
