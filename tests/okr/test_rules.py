"""What the calendar, the retention and the numbers say, apart from any school file."""

from __future__ import annotations

from datetime import date

import pytest

from schoolprivacy.okr.rules import deadline, falls_this_week, keep_until, state_of
from schoolprivacy.okr.terms import MoveKind, State
from schoolprivacy.schoolyear import SchoolYear

YEAR = SchoolYear(2026)
JUNE = date(2027, 6, 14)


@pytest.mark.parametrize(
    ("state", "kind", "expected_on", "due_on"),
    [
        (State.NO_MOVE, MoveKind.VO, None, date(2027, 3, 31)),
        (State.NO_REPORT, MoveKind.VO, None, date(2027, 3, 24)),
        (State.WAITING, MoveKind.VO, JUNE, date(2027, 3, 31)),
        (State.READY, MoveKind.VO, None, date(2027, 7, 31)),
        (State.READY, MoveKind.VO, JUNE, JUNE),
        (State.SENT, MoveKind.VO, JUNE, None),
        (State.TO_ANSWER, MoveKind.PO, JUNE, None),
        (State.NO_SCHOOL, MoveKind.PO, None, None),
        (State.TO_INVITE, MoveKind.SO, JUNE, date(2027, 5, 24)),
        (State.TO_SETTLE, MoveKind.ABROAD, JUNE, date(2027, 6, 7)),
        (State.READY, MoveKind.PO, JUNE, JUNE),
    ],
)
def test_by_when_the_next_step_must_be_done(
    state: State, kind: MoveKind, expected_on: date | None, due_on: date | None
) -> None:
    assert deadline(state, kind, expected_on, YEAR) == due_on


@pytest.mark.parametrize(
    ("day", "is_due"),
    [(date(2027, 3, 21), True), (date(2027, 3, 22), False), (date(2027, 3, 1), True)],
)
def test_this_week_ends_on_sunday(day: date, is_due: bool) -> None:
    for today in (date(2027, 3, 15), date(2027, 3, 21)):
        assert falls_this_week(day, today) is is_due
    assert not falls_this_week(None, day)


@pytest.mark.parametrize("kind", MoveKind)
def test_a_copy_is_kept_longer_after_special_education(kind: MoveKind) -> None:
    years = 3 if kind is MoveKind.SO else 2
    assert keep_until(kind, date(2027, 7, 31)) == date(2027 + years, 7, 31)
    assert keep_until(kind, date(2028, 2, 29)) == date(2028 + years, 2, 28)


def test_before_anything_is_known_there_is_no_move() -> None:
    assert state_of(None, []) is State.NO_MOVE
