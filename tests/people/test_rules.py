"""The school year in use, and what a signed declaration of authority settles."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolprivacy.people.rules import authority_after_declaration, working_year
from schoolprivacy.people.terms import Authority
from schoolprivacy.schoolyear import SchoolYear

NOW = SchoolYear(2026)
LAST, NEXT = NOW.previous(), NOW.next()
LONG_AGO, LATER = LAST.previous(), NEXT.next()


@pytest.mark.parametrize(
    ("placed", "expected"),
    [
        ([], NOW),  # no groups at all
        ([NOW], NOW),
        ([LAST, NOW, NEXT], NOW),  # next year's groups wait until 1 August
        ([LAST], LAST),  # in August, before the new groups are in
        ([LAST, LONG_AGO, LAST], LAST),
        ([LAST, NEXT], LAST),
        ([NEXT], NEXT),  # a school that starts with next year's file
        ([LATER, NEXT], NEXT),
    ],
)
def test_working_year(placed: list[SchoolYear], expected: SchoolYear) -> None:
    assert working_year(NOW, placed) == expected
    assert working_year(NOW, reversed(placed)) == expected


@given(st.lists(st.builds(SchoolYear, st.integers(2015, 2035)), min_size=1))
def test_the_working_year_has_groups(placed: list[SchoolYear]) -> None:
    assert working_year(NOW, placed) in placed


YES, NO, UNKNOWN = Authority.YES, Authority.NO, Authority.UNKNOWN


@pytest.mark.parametrize(
    ("recorded", "declared", "expected"),
    [
        (UNKNOWN, YES, YES),
        (UNKNOWN, NO, NO),
        (UNKNOWN, UNKNOWN, UNKNOWN),
        (UNKNOWN, None, UNKNOWN),
        # what the school recorded stands
        (YES, YES, YES),
        (YES, NO, YES),
        (YES, UNKNOWN, YES),
        (YES, None, YES),
        (NO, YES, NO),
        (NO, NO, NO),
        (NO, UNKNOWN, NO),
        (NO, None, NO),
    ],
)
def test_authority_after_declaration(
    recorded: Authority, declared: Authority | None, expected: Authority
) -> None:
    assert authority_after_declaration(recorded, declared) is expected
