"""A school that types everything: whole groups move up, and it can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from schoolprivacy.clock import SetClock
from schoolprivacy.people import moving_up
from schoolprivacy.people.editing import add_pupil, change_pupil, mark_left, pupil_entry
from schoolprivacy.people.entries import PupilEntry
from schoolprivacy.people.moving_up import LEAVE, Move, Moving, move_up, plan_moves
from schoolprivacy.people.moving_up_rules import next_group
from schoolprivacy.people.records import current_year
from schoolprivacy.people.undoing import undo
from schoolprivacy.school import School
from tests.people.builders import NEXT_YEAR, THIS_YEAR, content_of, pupils_of, rows_of
from tests.vault.schools import refused

JUNE = datetime(2027, 6, 14, 9, tzinfo=UTC)
AUGUST = datetime(2027, 8, 3, 9, tzinfo=UTC)
END = date(2027, 7, 31)
CHILDREN = {
    "Aad": ("1/2", "1"),
    "Bea": ("1/2", "2"),
    "Cas": ("Groep 3", "3"),
    "Dik": ("Groep 4", "4"),
    "Eef": ("7/8", "7"),
    "Fem": ("7/8", "8"),
    "Gus": ("Vlinders", "5"),
    "Hal": ("", ""),
}


@pytest.fixture
def june(school: School, clock: SetClock) -> School:
    """A small school at the end of its year, everything typed."""
    for name, (group, level) in CHILDREN.items():
        add_pupil(school, PupilEntry(name, "", "Kind", year_level=level, group=group))
    clock.moment = JUNE
    return school


def id_of(school: School, name: str) -> str:
    return pupils_of(school)[f"{name} Kind"].pupil.id


def named(plan: Moving) -> dict[str, str | None]:
    """Name → the group that is proposed."""
    return {
        plan.pupils[each].pupil.call_name: move.to_group
        for move in plan.moves
        for each in move.pupil_ids
    }


def placed(school: School, year: object = NEXT_YEAR) -> dict[str, tuple[str | None, str]]:
    return {
        each.pupil.call_name: (each.placement.group, each.placement.year_level)
        for each in pupils_of(school, year).values()
        if each.placement.group
    }


# — the proposal —


@pytest.mark.parametrize(
    ("group", "level", "expected"),
    [
        ("Groep 3", "3", "Groep 4"),
        ("3a", "3", "4a"),
        ("5B", "5", "5/6"),
        ("1/2a", "1", "1/2a"),
        ("1/2a", "2", "3a"),
        ("1/2b", "2", "3b"),
        ("4", "4", "5/6"),
        ("5/6", "5", "5/6"),
        ("Vlinders", "6", "Vlinders"),
        ("Rupsen", "1", "Rupsen"),
        ("Rupsen", "2", "Groep 3"),
        ("Groep 7", "7", "Groep 8"),
        ("Schakelklas", "S", "Schakelklas"),
        ("Groep 6/7", "7", "Groep 8"),
    ],
)
def test_where_a_pupil_goes(group: str, level: str, expected: str) -> None:
    groups: Mapping[str, Sequence[str]] = {
        "1/2a": ("1", "2"),
        "1/2b": ("1", "2"),
        "Rupsen": ("1", "2"),
        "3a": ("3",),
        "3b": ("3",),
        "4a": ("4",),
        "4": ("4",),
        "5/6": ("5", "6"),
        "5B": ("5",),
        "Vlinders": ("6",),
        "Groep 3": ("3",),
        "Groep 4": ("4",),
    }
    assert next_group(group, level, groups) == expected


def test_groups_move_up_and_combination_groups_pupil_by_pupil(june: School) -> None:
    before = rows_of(june)
    plan = plan_moves(june, NEXT_YEAR)
    assert named(plan) == {
        "Aad": "1/2",
        "Bea": "Groep 3",
        "Cas": "Groep 4",
        "Dik": "Vlinders",
        "Eef": "7/8",
        "Fem": LEAVE,
        "Gus": "Vlinders",
    }
    assert [each.pupil.call_name for each in plan.without_group] == ["Hal"]
    assert plan.placed == 0
    assert rows_of(june) == before


def test_who_repeats_stays_in_the_group_and_the_year_level(june: School) -> None:
    fem = id_of(june, "Fem")
    plan = plan_moves(june, NEXT_YEAR, [fem])
    assert named(plan)["Fem"] == "7/8"
    move_up(june, NEXT_YEAR, plan.moves, [fem])
    assert placed(june)["Fem"] == ("7/8", "8")
    assert pupils_of(june)["Fem Kind"].pupil.left_on is None


# — moving —


def test_everybody_moves_and_the_last_group_leaves_in_summer(june: School, clock: SetClock) -> None:
    before = placed(june, THIS_YEAR)
    move_up(june, NEXT_YEAR, plan_moves(june, NEXT_YEAR).moves)
    assert placed(june) == {
        "Aad": ("1/2", "2"),
        "Bea": ("Groep 3", "3"),
        "Cas": ("Groep 4", "4"),
        "Dik": ("Vlinders", "5"),
        "Eef": ("7/8", "8"),
        "Gus": ("Vlinders", "6"),
    }
    assert placed(june, THIS_YEAR) == before
    assert pupils_of(june)["Fem Kind"].pupil.left_on == END
    assert not pupils_of(june)["Fem Kind"].pupil.has_left(clock.today())
    assert [each.name for each in (june.folder / "backups").iterdir() if "schooljaar" in each.name]
    with june.reading() as session:
        assert current_year(session, clock.today()) == THIS_YEAR
    clock.moment = AUGUST
    with june.reading() as session:
        assert current_year(session, clock.today()) == NEXT_YEAR


def test_it_is_taken_back_exactly_until_the_next_change(june: School) -> None:
    before = rows_of(june, "audit")
    change = move_up(june, NEXT_YEAR, plan_moves(june, NEXT_YEAR).moves)
    undo(june, change)
    assert rows_of(june, "audit") == before
    change = move_up(june, NEXT_YEAR, plan_moves(june, NEXT_YEAR).moves)
    mark_left(june, [id_of(june, "Aad")], JUNE.date())
    assert refused(undo, june, change) == "edit.no_undo"


def test_groups_are_named_freely_and_made_once(june: School) -> None:
    cas, dik = id_of(june, "Cas"), id_of(june, "Dik")
    moves = [Move("Groep 3", " Zonnetjes ", (cas,)), Move("Groep 4", "zonnetjes", (dik,))]
    move_up(june, NEXT_YEAR, moves)
    assert placed(june) == {"Cas": ("Zonnetjes", "4"), "Dik": ("Zonnetjes", "5")}


def test_it_can_be_done_in_parts_and_after_the_summer(june: School, clock: SetClock) -> None:
    plan = plan_moves(june, NEXT_YEAR)
    move_up(june, NEXT_YEAR, plan.moves[:2])
    clock.moment = AUGUST
    rest = plan_moves(june, NEXT_YEAR)
    assert set(named(rest)) == {"Cas", "Dik", "Eef", "Fem", "Gus"}
    assert rest.placed == 2
    move_up(june, NEXT_YEAR, rest.moves)
    assert len(placed(june)) == 6
    assert pupils_of(june)["Fem Kind"].pupil.left_on == END
    assert not plan_moves(june, NEXT_YEAR).moves


def test_a_pupil_without_a_group_can_be_given_one(june: School) -> None:
    move_up(june, NEXT_YEAR, [Move("", "1/2", (id_of(june, "Hal"),))])
    assert placed(june) == {"Hal": ("1/2", "")}


def test_who_leaves_before_the_summer_is_not_moved(june: School) -> None:
    mark_left(june, [id_of(june, "Cas")], date(2027, 7, 1))
    assert "Cas" not in named(plan_moves(june, NEXT_YEAR))


# — refused —

_WRONG: dict[str, tuple[str, Callable[[School, str], object]]] = {
    "another year": (
        "moving.year",
        lambda school, cas: move_up(school, NEXT_YEAR.next(), [Move("Groep 3", "4", (cas,))]),
    ),
    "no such group": (
        "moving.group_unknown",
        lambda school, cas: move_up(school, NEXT_YEAR, [Move("Groep 9", "4", (cas,))]),
    ),
    "not in that group": (
        "moving.not_in_group",
        lambda school, cas: move_up(school, NEXT_YEAR, [Move("Groep 4", "5", (cas,))]),
    ),
    "nobody we know": (
        "moving.not_in_group",
        lambda school, cas: move_up(school, NEXT_YEAR, [Move("Groep 3", "4", (cas, "x"))]),
    ),
    "twice in a move": (
        "moving.twice",
        lambda school, cas: move_up(school, NEXT_YEAR, [Move("Groep 3", "4", (cas, cas))]),
    ),
    "in two moves": (
        "moving.twice",
        lambda school, cas: move_up(
            school, NEXT_YEAR, [Move("Groep 3", "4", (cas,)), Move("Groep 3", LEAVE, (cas,))]
        ),
    ),
    "no name": (
        "moving.no_name",
        lambda school, cas: move_up(school, NEXT_YEAR, [Move("Groep 3", " - ", (cas,))]),
    ),
    "a long name": (
        "moving.long_name",
        lambda school, cas: move_up(school, NEXT_YEAR, [Move("Groep 3", "4" * 101, (cas,))]),
    ),
    "repeats and leaves": (
        "moving.repeat",
        lambda school, cas: move_up(school, NEXT_YEAR, [Move("Groep 3", LEAVE, (cas,))], [cas]),
    ),
    "nobody": ("moving.nothing", lambda school, cas: move_up(school, NEXT_YEAR, [])),
}


@pytest.mark.parametrize("case", _WRONG)
def test_what_cannot_be_is_refused_with_nothing_changed(june: School, case: str) -> None:
    key, action = _WRONG[case]
    before, backups = rows_of(june), list((june.folder / "backups").glob("*"))
    assert refused(action, june, id_of(june, "Cas")) == key
    assert rows_of(june) == before
    assert list((june.folder / "backups").glob("*")) == backups


def test_nobody_moves_twice(june: School) -> None:
    moves = plan_moves(june, NEXT_YEAR).moves
    move_up(june, NEXT_YEAR, moves)
    before = rows_of(june)
    assert refused(move_up, june, NEXT_YEAR, moves) == "moving.placed_already"
    assert rows_of(june) == before


def test_a_failure_in_the_middle_leaves_nothing(
    june: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = content_of(june)
    moves = plan_moves(june, NEXT_YEAR).moves

    def fail(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(moving_up, "_leave", fail)
    with pytest.raises(RuntimeError):
        move_up(june, NEXT_YEAR, moves)
    assert content_of(june) == before


def test_a_plan_that_grew_old_is_refused(june: School) -> None:
    moves = plan_moves(june, NEXT_YEAR).moves
    cas = pupils_of(june)["Cas Kind"]
    change_pupil(june, cas.pupil.id, replace(pupil_entry(cas), group="Groep 4"))
    assert refused(move_up, june, NEXT_YEAR, moves) == "moving.not_in_group"


def test_the_trail_names_nobody(june: School) -> None:
    move_up(june, NEXT_YEAR, plan_moves(june, NEXT_YEAR).moves)
    line = max(rows_of(june)["audit"], key=lambda row: row["seq"])
    assert line["action"] == "school.moved_up"
    assert not any(name in str(line["detail"]) for name in ("Kind", "Vlinders"))
