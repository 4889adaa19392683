"""When a term of the law ends."""

from __future__ import annotations

from datetime import date

import pytest

from schoolprivacy import law


@pytest.mark.parametrize(
    ("name", "begins", "ends"),
    [
        ("okr.remark_answered", date(2027, 3, 15), date(2027, 4, 15)),  # a month
        ("okr.remark_answered", date(2027, 1, 31), date(2027, 2, 28)),
        ("okr.remark_answered", date(2027, 12, 31), date(2028, 1, 31)),
        ("retention.okr_copy", date(2028, 2, 29), date(2030, 2, 28)),  # two years
        ("suppliers.review_soon", date(2027, 2, 1), date(2027, 3, 3)),  # thirty days
    ],
)
def test_a_term_ends_on_a_day(name: str, begins: date, ends: date) -> None:
    assert law.last_day(name, begins) == ends


@pytest.mark.parametrize(
    ("day", "years", "expected"),
    [
        (date(2024, 2, 29), 1, date(2025, 2, 28)),
        (date(2024, 2, 29), 4, date(2028, 2, 29)),
        (date(2026, 12, 31), 5, date(2031, 12, 31)),
    ],
)
def test_a_term_of_years_ends(
    day: date, years: int, expected: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = law.LawTerm(years, "years", "school policy", day)
    monkeypatch.setattr(law, "term", lambda _name: known)
    assert law.last_day("retention.agreement", day) == expected
