"""The export of the next school year, read in June: both years stand beside each other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from schoolprivacy.clock import SetClock
from schoolprivacy.exchange.roster import RosterPupil
from schoolprivacy.people import importing
from schoolprivacy.people.difference import NEW, Difference, Kind
from schoolprivacy.people.records import current_year, pupils_on_roll
from schoolprivacy.school import School
from tests.people.builders import (
    NEXT_YEAR,
    THIS_YEAR,
    a_guardian,
    a_roster,
    a_row,
    at,
    carers_of,
    changes_of,
    content_of,
    decisions_of,
    doubts_of,
    kinds_of,
    names_of,
    numbered,
    pupils_of,
    reached,
    record_decisions,
    store,
)
from tests.vault.schools import refused

JUNE = datetime(2027, 6, 14, 9, tzinfo=UTC)
AUGUST = datetime(2027, 8, 2, 9, tzinfo=UTC)
END = date(2027, 7, 31)
MADE_IN_JUNE = datetime(2027, 6, 12, 12)

JAN = a_guardian("J. de Boer", **reached(1), **at("Dorpsstraat"))
EVA = a_guardian("E. Post", **reached(2), **at("Dorpsstraat"))
SANNE = a_row("Sanne de Boer", "1", guardians=(JAN, EVA))
TIM = a_row("Tim Vos", "2", group="1/2", year_level="1", born_on=date(2021, 3, 4))
LOU = a_row("Lou Vos", "3", group="1/2", year_level="2", born_on=date(2020, 3, 4))
MEES = a_row("Mees Kok", "4", group="8", year_level="8", born_on=date(2015, 2, 1))
ROOS = a_row("Roos Blok", "5", group="1/2", year_level="1", born_on=date(2021, 9, 9))
EVERYBODY = (SANNE, TIM, LOU, MEES)


def in_year(row: RosterPupil, group: str, level: str, **more: object) -> RosterPupil:
    return replace(row, group=group, year_level=level, **more)


UP = (in_year(SANNE, "3/4", "4"), in_year(TIM, "1/2", "2"), in_year(LOU, "3/4", "3"))
"""Everybody of next year but Mees, who is in the last group."""


@pytest.fixture
def june(school: School, clock: SetClock) -> School:
    """A school at the end of its year, with decisions."""
    store(school, *EVERYBODY)
    record_decisions(school)
    clock.moment = JUNE
    return school


def next_year(
    school: School, rows: Iterable[RosterPupil] = UP, days: int = 0, **more: object
) -> Difference:
    roster = a_roster(*rows, school_year=NEXT_YEAR, made_at=MADE_IN_JUNE + timedelta(days=days))
    (difference,) = importing.apply(school, [roster], **more)
    return difference


def groups_of(school: School, year: object) -> dict[str, str | None]:
    return {name: each.placement.group for name, each in pupils_of(school, year).items()}


def test_moving_up_is_told_apart_from_another_group_within_the_year(june: School) -> None:
    seen = next_year(june)
    assert kinds_of(seen) == {
        name: {"next_year"} for name in ("Sanne de Boer", "Tim Vos", "Lou Vos")
    }
    assert changes_of(seen) == {
        *{("year_level", "3", "4"), ("group", "3", "3/4")},
        *{("year_level", "1", "2"), ("year_level", "2", "3"), ("group", "1/2", "3/4")},
    }
    assert seen.new_groups == ("3/4", "1/2")
    assert seen.combination_groups == ("3/4",)
    other = next_year(june, [in_year(SANNE, "4b", "4")], 1)
    assert kinds_of(other) == {"Sanne de Boer": {"moved"}}


def test_who_repeats_in_a_group_of_the_same_name_is_told_too(june: School) -> None:
    seen = next_year(june, [TIM])
    assert kinds_of(seen) == {"Tim Vos": {"next_year"}}
    assert changes_of(seen) == {("group", "1/2", "1/2")}


def test_the_school_works_in_this_years_groups_until_august(june: School, clock: SetClock) -> None:
    before = groups_of(june, THIS_YEAR)
    next_year(june)
    assert groups_of(june, THIS_YEAR) == before
    assert groups_of(june, NEXT_YEAR) == {
        "Sanne de Boer": "3/4",
        "Tim Vos": "1/2",
        "Lou Vos": "3/4",
        "Mees Kok": None,
    }
    for moment, year in ((JUNE, THIS_YEAR), (datetime(2027, 7, 31, 20, tzinfo=UTC), THIS_YEAR)):
        clock.moment = moment
        with june.reading() as session:
            assert current_year(session, clock.today()) == year
    clock.moment = AUGUST
    with june.reading() as session:
        assert current_year(session, clock.today()) == NEXT_YEAR


def test_who_is_not_in_next_years_file_leaves_on_the_last_day(
    june: School, clock: SetClock
) -> None:
    decided = decisions_of(june)
    seen = next_year(june, whole_school=True)
    assert names_of(seen, Kind.LEFT) == ["Mees Kok"]
    assert pupils_of(june)["Mees Kok"].pupil.left_on == END
    with june.reading() as session:
        at_school = pupils_on_roll(session, clock.today(), THIS_YEAR)
    assert "Mees" in {each.pupil.call_name for each in at_school}  # until the summer
    assert next_year(june, days=1, whole_school=True).is_empty
    clock.moment = AUGUST
    with june.reading() as session:
        at_school = pupils_on_roll(session, clock.today(), NEXT_YEAR)
    assert "Mees" not in {each.pupil.call_name for each in at_school}
    assert decisions_of(june) == decided


def test_who_leaves_sooner_still_leaves_sooner(june: School) -> None:
    store(june, replace(MEES, left_on=date(2027, 6, 30)), made_at=MADE_IN_JUNE)
    assert not next_year(june, whole_school=True).of_kind(Kind.LEFT)
    assert pupils_of(june)["Mees Kok"].pupil.left_on == date(2027, 6, 30)


def test_who_would_leave_and_is_in_next_years_file_stays(june: School) -> None:
    next_year(june, whole_school=True)
    seen = next_year(june, [*UP, in_year(MEES, "8", "8")], 1, whole_school=True)
    assert kinds_of(seen) == {"Mees Kok": {"returned", "next_year"}}
    assert pupils_of(june)["Mees Kok"].pupil.left_on is None


def test_files_of_two_years_together_are_not_the_whole_school(june: School) -> None:
    both = [
        a_roster(*EVERYBODY, made_at=MADE_IN_JUNE),
        a_roster(*UP, school_year=NEXT_YEAR, made_at=MADE_IN_JUNE),
    ]
    before = content_of(june)
    assert refused(importing.apply, june, both, whole_school=True) == "import.other_year"
    assert content_of(june) == before


def test_read_in_august_the_last_group_left_in_july(june: School, clock: SetClock) -> None:
    clock.moment = AUGUST
    seen = next_year(june, days=50, whole_school=True)
    assert kinds_of(seen)["Sanne de Boer"] == {"next_year"}
    assert names_of(seen, Kind.LEFT) == ["Mees Kok"]
    assert pupils_of(june)["Mees Kok"].pupil.left_on == END


def test_a_newcomer_is_new_and_has_no_group_yet(june: School) -> None:
    seen = next_year(june, [*UP, ROOS])
    assert names_of(seen, Kind.NEW) == ["Roos Blok"]
    assert groups_of(june, THIS_YEAR)["Roos Blok"] is None
    assert groups_of(june, NEXT_YEAR)["Roos Blok"] == "1/2"


def test_a_new_las_with_all_keys_new_finds_everybody_by_name(june: School) -> None:
    ids = {name: each.pupil.id for name, each in pupils_of(june).items()}
    decided = decisions_of(june)
    seen = next_year(june, [replace(each, key=f"A{each.key}") for each in UP])
    assert not seen.questions
    assert not seen.of_kind(Kind.NEW)
    assert {name: each.pupil.id for name, each in pupils_of(june).items()} == ids
    assert decisions_of(june) == decided


def test_twins_keep_apart_under_new_keys_and_two_alike_are_a_question(school: School) -> None:
    twins = [a_row("Fem Prins", "1"), a_row("Guus Prins", "2")]
    alike = [a_row("Noa Bos", "3"), a_row("Noa Bos", "4")]
    importing.apply(school, [a_roster(*twins, *alike)], answers=[{3: NEW, 4: NEW}])
    ids = {each.pupil.call_name: each.pupil.id for each in pupils_of(school).values()}
    swapped = [replace(twins[0], key="52"), replace(twins[1], key="51")]
    new_keys = [in_year(each, "4", "4") for each in (*swapped, replace(alike[0], key="53"))]
    seen = next_year(school, new_keys)
    assert {e.pupil.call_name: e.pupil.id for e in seen.pupils} == {
        name: ids[name] for name in ("Fem", "Guus")
    }
    assert doubts_of(seen) == ["alike"]
    assert len(seen.questions[0].candidates) == 2


def test_a_returner_finds_the_history_again(june: School, clock: SetClock) -> None:
    who = pupils_of(june)["Mees Kok"].pupil.id
    next_year(june, whole_school=True)
    clock.moment = AUGUST.replace(month=11)
    back = in_year(MEES, "8", "8", key="900")
    seen = next_year(june, [*UP, back], 150)
    assert kinds_of(seen) == {"Mees Kok": {"returned", "moved"}}
    assert pupils_of(june)["Mees Kok"].pupil.id == who
    assert any(row["pupil_id"] == who for row in decisions_of(june))


def test_a_family_splits_to_two_addresses(june: School) -> None:
    moved = replace(EVA, **at("Havenkade", "9", "4321 ZX"))
    seen = next_year(june, [in_year(SANNE, "3/4", "4", guardians=(JAN, moved))])
    assert kinds_of(seen) == {"Sanne de Boer": {"next_year", "changed"}}
    assert ("street", "Dorpsstraat", "Havenkade") in changes_of(seen)
    streets = [each.guardian.street for each in carers_of(june, "Sanne de Boer")]
    assert streets[:2] == ["Dorpsstraat", "Havenkade"]  # the third signed, and has no address


def test_undo_of_next_years_import_is_exact(june: School) -> None:
    before = content_of(june)
    moved = replace(EVA, **at("Havenkade", "9", "4321 ZX"))
    rows = [in_year(SANNE, "3/4", "4", guardians=(JAN, moved), key="77"), *UP[1:], ROOS]
    next_year(june, rows, whole_school=True)
    assert content_of(june) != before
    importing.undo_last(june)
    assert content_of(june) == before


def test_the_brake_holds_for_next_years_file_too(school: School, clock: SetClock) -> None:
    rows = numbered(40)
    store(school, *rows)
    clock.moment = JUNE
    some = [in_year(each, "4", "4") for each in rows[:25]]
    roster = a_roster(*some, school_year=NEXT_YEAR, made_at=MADE_IN_JUNE)
    assert refused(importing.apply, school, [roster], whole_school=True) == "import.many_leavers"
    seen = next_year(school, some, whole_school=True, leavers_confirmed=True)
    assert len(seen.of_kind(Kind.LEFT)) == 15
