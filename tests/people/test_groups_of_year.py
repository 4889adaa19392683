"""How the groups of a school year stand."""

from __future__ import annotations

from datetime import date

from schoolprivacy.people.editing import add_pupil, mark_left
from schoolprivacy.people.entries import PupilEntry
from schoolprivacy.people.moving_up import move_up, plan_moves
from schoolprivacy.people.year_groups import GroupSize, year_groups
from schoolprivacy.school import School
from tests.people.builders import NEXT_YEAR, THIS_YEAR, pupils_of


def test_who_sits_where_and_who_nowhere(school: School) -> None:
    for name, group, level in (("Aad", "Groep 2", "2"), ("Bea", "Groep 10", "5"), ("Cas", "", "")):
        add_pupil(school, PupilEntry(name, "", "Kind", year_level=level, group=group))
    found = year_groups(school, THIS_YEAR)
    assert found.groups == (GroupSize("Groep 2", 1), GroupSize("Groep 10", 1))
    assert found.placed == 2
    assert [each.pupil.call_name for each in found.without] == ["Cas"]
    assert [each.pupil.call_name for each in year_groups(school, NEXT_YEAR).without] == [
        "Aad",
        "Bea",
        "Cas",
    ]


def test_who_leaves_before_the_year_is_not_counted_in_it(school: School) -> None:
    add_pupil(school, PupilEntry("Aad", "", "Kind", year_level="3", group="Groep 3"))
    add_pupil(school, PupilEntry("Fem", "", "Kind", year_level="8", group="Groep 8"))
    move_up(school, NEXT_YEAR, plan_moves(school, NEXT_YEAR).moves)
    found = year_groups(school, NEXT_YEAR)
    assert found.groups == (GroupSize("Groep 4", 1),) and not found.without
    assert year_groups(school, THIS_YEAR).placed == 2
    mark_left(school, [pupils_of(school)["Aad Kind"].pupil.id], date(2026, 11, 1))
    assert year_groups(school, THIS_YEAR).placed == 1
