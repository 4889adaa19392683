"""The school's calendar, and the dates that follow from it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from schoolprivacy.errors import RefusedError
from schoolprivacy.people.calendar import (
    Calendar,
    CalendarEntry,
    EntryKind,
    add_entry,
    advised,
    change_entry,
    free_days,
    hand_in_date,
    hand_in_date_at,
    read_calendar,
    reminder_dates,
    remove_entry,
)
from schoolprivacy.people.holidays import is_school_day
from schoolprivacy.people.profile import change_profile
from schoolprivacy.people.undoing import undo
from schoolprivacy.school import School
from schoolprivacy.schoolyear import SchoolYear

YEAR = SchoolYear(2026)


def titles(calendar: Calendar) -> list[str]:
    return [each.title for each in calendar.holidays]


def hand_in(school: School, asked_on: date, days: int = 14) -> date:
    with school.reading() as session:
        return hand_in_date(session, asked_on, days)


def free(school: School, year: SchoolYear = YEAR) -> frozenset[date]:
    with school.reading() as session:
        return free_days(session, year)


# — the calendar —


def test_without_a_region_only_the_public_holidays_are_known(school: School) -> None:
    calendar = read_calendar(school, YEAR)
    assert calendar.holidays == () and not calendar.is_known and len(calendar.public) == 8
    assert free(school) == {each.first for each in calendar.public}


def test_a_region_brings_its_holidays_and_the_summer_before(school: School) -> None:
    change_profile(school, region="noord")
    calendar = read_calendar(school, YEAR)
    assert calendar.is_known and calendar.region == "noord"
    assert titles(calendar)[0] == "Zomervakantie" == titles(calendar)[-1]
    assert calendar.holidays[0].last == date(2026, 8, 16)
    assert date(2026, 8, 3) in free(school) and date(2026, 7, 31) not in free(school)
    assert [each.title for each in advised(calendar)] == ["Herfstvakantie", "Voorjaarsvakantie"]


def test_a_year_that_the_program_does_not_know_is_told(school: School) -> None:
    change_profile(school, region="zuid")
    assert not read_calendar(school, SchoolYear(2035)).is_known
    assert read_calendar(school).year == SchoolYear.of(school.clock.today())


@pytest.mark.parametrize("region", ["oost", "Noord", " "])
def test_another_region_is_refused(school: School, region: str) -> None:
    with pytest.raises(RefusedError, match="regio"):
        change_profile(school, region=region)


def test_what_the_school_notes_stands_in_the_years_in_which_it_falls(school: School) -> None:
    add_entry(school, EntryKind.MR, " MR   vergadering ", date(2027, 1, 12))
    add_entry(school, EntryKind.OTHER, "Project", date(2027, 7, 20), date(2027, 8, 10))
    assert [each.title for each in read_calendar(school, YEAR).entries] == [
        "MR vergadering",
        "Project",
    ]
    assert [each.title for each in read_calendar(school, YEAR.next()).entries] == ["Project"]
    assert date(2027, 1, 12) not in free(school)


def test_a_study_day_and_an_own_holiday_are_free(school: School) -> None:
    change_profile(school, region="midden")
    add_entry(school, EntryKind.STUDY_DAY, "Studiedag", date(2026, 11, 25))
    add_entry(school, EntryKind.HOLIDAY, "Carnavalsvakantie", date(2027, 2, 8), date(2027, 2, 12))
    days = free(school)
    assert {date(2026, 11, 25), date(2027, 2, 9)} <= days
    assert date(2027, 2, 24) not in days  # the region's own week is a school week here
    calendar = read_calendar(school, YEAR)
    assert "Voorjaarsvakantie" not in titles(calendar)
    assert calendar.free_on(date(2027, 2, 9)) == "Carnavalsvakantie"
    assert calendar.free_on(date(2026, 11, 25)) == "Studiedag"
    assert calendar.free_on(date(2027, 5, 17)) == "Tweede pinksterdag"
    assert calendar.free_on(date(2027, 2, 24)) == ""


def test_an_entry_is_changed_removed_and_brought_back(school: School) -> None:
    key = add_entry(school, EntryKind.MR, "MR", date(2027, 1, 12)).about
    (entry,) = read_calendar(school, YEAR).entries
    assert entry == CalendarEntry(key, EntryKind.MR, "MR", date(2027, 1, 12), date(2027, 1, 12))
    moved = replace(entry, first=date(2027, 2, 2), last=date(2027, 2, 2))
    undo(school, change_entry(school, moved))
    assert read_calendar(school, YEAR).entries == (entry,)
    change_entry(school, moved)
    removed = remove_entry(school, key)
    assert read_calendar(school, YEAR).entries == ()
    undo(school, removed)
    assert read_calendar(school, YEAR).entries == (moved,)
    undo(school, added := add_entry(school, EntryKind.OTHER, "Feest", date(2027, 3, 3)))
    assert added.about not in {each.id for each in read_calendar(school, YEAR).entries}


@pytest.mark.parametrize(
    ("title", "first", "last", "said"),
    [
        (" ", date(2027, 1, 4), date(2027, 1, 4), "naam"),
        ("x" * 61, date(2027, 1, 4), date(2027, 1, 4), "naam"),
        ("MR", date(2027, 1, 4), date(2027, 1, 3), "voor de eerste"),
        ("MR", date(2027, 1, 4), date(2027, 6, 4), "langer dan"),
        ("MR", date(2207, 1, 4), date(2207, 1, 4), "jaartal"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_changes(
    school: School, title: str, first: date, last: date, said: str
) -> None:
    with pytest.raises(RefusedError, match=said):
        add_entry(school, EntryKind.MR, title, first, last)
    assert read_calendar(school, YEAR).entries == ()


def test_an_entry_that_is_gone_is_told(school: School) -> None:
    gone = CalendarEntry("0" * 32, EntryKind.MR, "MR", date(2027, 1, 4), date(2027, 1, 4))
    with pytest.raises(RefusedError, match="kalender"):
        change_entry(school, gone)
    with pytest.raises(RefusedError, match="kalender"):
        remove_entry(school, gone.id)


# — hand-in dates —


@pytest.mark.parametrize(
    ("day", "expected"),
    [(2, 16), (6, 20), (7, 23), (8, 23), (9, 23)],  # Monday, Friday, Saturday, Sunday, Monday
)
def test_a_hand_in_date_is_never_in_a_weekend(school: School, day: int, expected: int) -> None:
    assert hand_in(school, date(2026, 11, day)) == date(2026, 11, expected)


@pytest.mark.parametrize(
    ("region", "asked_on", "expected"),
    [
        ("", date(2026, 12, 11), date(2026, 12, 28)),  # Christmas on a Friday; a person sees it
        ("noord", date(2026, 12, 11), date(2027, 1, 4)),
        ("noord", date(2026, 10, 1), date(2026, 10, 19)),
        ("midden", date(2026, 10, 1), date(2026, 10, 15)),
        ("midden", date(2027, 4, 12), date(2027, 5, 3)),  # after the holiday in May
        ("", date(2027, 4, 22), date(2027, 5, 7)),  # Ascension is the day after Liberation Day
        ("zuid", date(2027, 7, 9), date(2027, 7, 23)),  # the last day of school
        ("zuid", date(2027, 7, 12), date(2027, 9, 6)),  # six weeks, over the turn of the year
    ],
)
def test_a_hand_in_date_waits_for_school(
    school: School, region: str, asked_on: date, expected: date
) -> None:
    change_profile(school, region=region)
    assert hand_in(school, asked_on) == expected == hand_in_date_at(school, asked_on, 14)


@pytest.mark.parametrize("region", ["noord", "midden", "zuid"])
def test_every_date_of_a_year_is_a_school_day(school: School, region: str) -> None:
    change_profile(school, region=region)
    closed = free(school) | free(school, YEAR.next())
    with school.reading() as session:
        for n in range(0, 365, 3):
            by = hand_in_date(session, YEAR.first_day + timedelta(days=n), 14)
            first, second = reminder_dates(session, by)
            assert all(is_school_day(each, closed) for each in (by, first, second))
            assert by < first < second


def test_families_are_reminded_after_five_and_ten_school_days(school: School) -> None:
    change_profile(school, region="midden")
    with school.reading() as session:
        assert reminder_dates(session, date(2026, 9, 4)) == (date(2026, 9, 11), date(2026, 9, 18))
        assert reminder_dates(session, date(2026, 10, 12)) == (
            date(2026, 10, 26),  # 13, 14, 15, 16, then the autumn holiday
            date(2026, 11, 2),
        )
