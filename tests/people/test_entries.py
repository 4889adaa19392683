"""What somebody types: written in one way, and told at the field what cannot be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolprivacy.people.entries import (
    FieldProblem,
    GuardianEntry,
    PupilEntry,
    check_guardian,
    check_pupil,
    normal_guardian,
    normal_initials,
    normal_pupil,
)
from tests.vault.schools import NOW

TODAY = NOW.date()
SANNE = PupilEntry("Sanne", "de", "Boer", born_on=date(2018, 5, 17), year_level="3", group="3")
JAN = GuardianEntry(initials="J.", surname="Bakker")


def told(problems: tuple[FieldProblem, ...]) -> list[tuple[str, str]]:
    """Field and key of each; every sentence must be complete."""
    assert not any("{" in str(each) for each in problems)
    return [(each.field, each.key) for each in problems]


def test_a_good_pupil_and_guardian_have_no_problem() -> None:
    assert not check_pupil(SANNE, TODAY)
    assert not check_pupil(PupilEntry("Zoë", "van 't", "Škvorecká-Łoś", "Zoë Anna"), TODAY)
    assert not check_guardian(JAN)
    assert not check_guardian(GuardianEntry(institution="Voogdij Voorbeeld"))


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        ({"surname": "  "}, ("surname", "no_surname")),
        ({"call_name": ""}, ("call_name", "no_call_name")),
        ({"given_names": "123456782"}, ("given_names", "no_letters")),
        ({"surname": "x" * 101}, ("surname", "too_long")),
        ({"surname": "李"}, ("surname", "unprintable")),
        ({"group": "Vlinders 🦋"}, ("group", "unprintable")),
        ({"year_level": "9"}, ("year_level", "year_level")),
        ({"born_on": date(2026, 11, 3)}, ("born_on", "born_in_future")),
        ({"born_on": date(2005, 12, 31)}, ("born_on", "born_long_ago")),
        (
            {"came_on": date(2026, 8, 1), "left_on": date(2026, 7, 31)},
            ("left_on", "left_before_came"),
        ),
    ],
)
def test_a_pupil_that_cannot_be(wrong: dict[str, Any], problem: tuple[str, str]) -> None:
    assert told(check_pupil(replace(SANNE, **wrong), TODAY)) == [problem]


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        ({"surname": ""}, ("surname", "no_surname")),
        ({"surname": "06-12345678"}, ("surname", "no_letters")),
        ({"street": "Straat \u0e01"}, ("street", "unprintable")),
        ({"relation": "x" * 101}, ("relation", "too_long")),
        ({"postcode": "123 AB"}, ("postcode", "postcode")),
        ({"phones": ("0612345678", "12")}, ("phones", "phone")),
        ({"email": "ouder.gezin.example"}, ("email", "email")),
        ({"email": "a@gezin.example b@gezin.example"}, ("email", "email")),
    ],
)
def test_a_guardian_that_cannot_be(wrong: dict[str, Any], problem: tuple[str, str]) -> None:
    assert told(check_guardian(replace(JAN, **wrong))) == [problem]


def test_only_what_is_odd_may_stay() -> None:
    """A parent across the border has another postcode; a child may have one name."""
    odd = [
        *check_guardian(replace(JAN, postcode="B-2000")),
        *check_pupil(replace(SANNE, call_name=""), TODAY),
    ]
    assert [each.may_stay for each in odd] == [True, True]
    (wrong,) = check_guardian(replace(JAN, email="x"))
    assert not wrong.may_stay


def test_a_day_on_the_edge_can_be() -> None:
    for born_on in (TODAY, date(2006, 1, 1)):
        assert not check_pupil(replace(SANNE, born_on=born_on), TODAY)
    same_day = replace(SANNE, came_on=TODAY, left_on=TODAY)
    assert not check_pupil(same_day, TODAY)


def test_it_is_written_in_one_way() -> None:
    typed = GuardianEntry(
        initials="j a",
        surname="  Bakker\u200b ",
        postcode="1234ab",
        phones=("06 1234 5678", "", "+31612345678", "0501234567"),
        email="Jan <jan@gezin.example>",
    )
    normal = normal_guardian(typed)
    assert normal == GuardianEntry(
        initials="J.A.",
        surname="Bakker",
        postcode="1234 AB",
        phones=("+31612345678", "+31501234567"),
        email="jan@gezin.example",
    )
    assert normal_pupil(replace(SANNE, year_level="groep 5", surname="e\u0301")).surname == "é"
    assert normal_pupil(replace(SANNE, year_level="groep 5")).year_level == "5"


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("", ""),
        ("j", "J."),
        ("jw", "J.W."),
        ("JW", "J.W."),
        ("j.w", "J.W."),
        ("J W.", "J.W."),
        ("Th", "Th."),
        ("Chr.j.", "Chr.J."),
        ("é.", "É."),
    ],
)
def test_initials(typed: str, normal: str) -> None:
    assert normal_initials(typed) == normal
    assert normal_initials(normal) == normal


@given(
    st.builds(
        GuardianEntry,
        *[st.text(max_size=20)] * 10,
        phones=st.tuples(st.sampled_from(["0612345678", "+49 30 123456", "{", "06-1234", " "])),
    )
)
def test_writing_in_one_way_twice_changes_nothing_and_checking_never_fails(
    entry: GuardianEntry,
) -> None:
    normal = normal_guardian(entry)
    assert normal_guardian(normal) == normal
    problems = check_guardian(entry)
    assert problems == check_guardian(normal)
    assert all(str(each) for each in problems)
