"""The list of pupils, and finding somebody while typing."""

from __future__ import annotations

import time
from datetime import date

import pytest

from schoolprivacy.people import records
from schoolprivacy.people.directory import Finder, FoundBy, directory, finder, groups
from schoolprivacy.people.names import full_name
from schoolprivacy.school import School
from tests.consents.filled_school import fill
from tests.people.builders import a_guardian, a_row, reached, store
from tests.vault.schools import refused

JAN = a_guardian("J. Bakker", **reached(1), institution="")
VOOGD = a_guardian("Robin de Wit", **reached(2), institution="Voogdij Voorbeeld")
PUPILS = (
    a_row("Zoë van der Sluis", "1", group="Groep 10", guardians=(JAN, VOOGD)),
    a_row("Jan Łoś", "2", group="Groep 2", born_on=date(2017, 1, 1)),
    a_row(
        *("Janneke Vries", "3"),
        surname="Bakker-de Vries",
        group="Vlinders",
        born_on=date(2017, 1, 2),
    ),
    a_row("Sluis Aa", "4", group="Groep 2", born_on=date(2017, 1, 3)),
)


@pytest.fixture
def filled(school: School) -> School:
    store(school, *PUPILS, a_row("Jan Oud", "5", born_on=date(2017, 1, 4)))
    store(school, a_row("Jan Oud", "5", born_on=date(2017, 1, 4), left_on=date(2026, 9, 1)))
    return school


def test_everybody_at_school_by_surname(filled: School) -> None:
    listed = directory(filled)
    assert [each.pupil.call_name for each in listed] == ["Sluis", "Janneke", "Jan", "Zoë"]
    assert listed[-1].guardians == ("J. Bakker", "Voogdij Voorbeeld")
    assert listed[-1].placement.group_name == "Groep 10"


def test_leavers_come_last(filled: School) -> None:
    listed = directory(filled, leavers=True)
    assert [full_name(each.pupil) for each in listed if each.has_left] == ["Jan Oud"]
    assert listed[-1].has_left


def test_groups_in_the_order_people_count(filled: School) -> None:
    assert groups(filled) == ["3", "Groep 2", "Groep 10", "Vlinders"]


def test_a_school_without_pupils(school: School) -> None:
    assert directory(school) == []
    assert groups(school) == []
    assert finder(school).find("jan") == []


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("zoe", ["Zoë van der Sluis"]),
        ("ZOË V", ["Zoë van der Sluis"]),
        ("sluis zoe", ["Zoë van der Sluis"]),
        ("van der s", ["Zoë van der Sluis"]),
        ("los", ["Jan Łoś"]),
        ("jan", ["Jan Łoś", "Janneke Bakker-de Vries", "Jan Oud"]),
        ("vries", ["Janneke Bakker-de Vries"]),
        ("bakker", ["Janneke Bakker-de Vries", "Zoë van der Sluis"]),
        ("sluis 10", ["Zoë van der Sluis"]),
        ("voogdij", ["Zoë van der Sluis"]),
        ("groep 2", ["Groep 2"]),
        ("vl", ["Vlinders"]),
        ("sluis", ["Sluis Aa", "Zoë van der Sluis"]),
        ("uis", []),
        ("jan zoe", []),
        ("", []),
        (" -' ", []),
        ("jan\x00", ["Jan Łoś", "Janneke Bakker-de Vries", "Jan Oud"]),
    ],
)
def test_words_are_found_by_their_beginning(filled: School, typed: str, found: list[str]) -> None:
    shown = finder(filled).find(typed)
    assert [full_name(e.pupil.pupil) if e.pupil else e.group for e in shown] == found


def test_what_is_found_tells_by_what(filled: School) -> None:
    shown = finder(filled).find("v")
    assert [each.by for each in shown] == [
        *(FoundBy.NAME, FoundBy.NAME),  # Bakker-de Vries, van der Sluis
        FoundBy.GROUP,  # Vlinders
    ]
    assert [each.by for each in finder(filled).find("voog")] == [FoundBy.GUARDIAN]
    assert len(finder(filled).find("v", limit=2)) == 2


@pytest.mark.slow
def test_thousands_are_listed_and_searched_at_once(school: School) -> None:
    fill(school, 3000, 25)
    begun = time.perf_counter()
    listed = directory(school)
    find = Finder(listed, groups(school)).find
    made = time.perf_counter() - begun
    assert len(listed) == 3000
    assert made < 2.0
    begun = time.perf_counter()
    for typed in ("a", "aylin", "naam2999", "naam2 aylin van"):
        assert find(typed)
    assert time.perf_counter() - begun < 0.4


def test_a_pupil_who_is_not_there_is_said_so(school: School) -> None:
    with school.reading() as session:
        assert refused(records.find_pupil, session, "nobody") == "pupil.unknown"
