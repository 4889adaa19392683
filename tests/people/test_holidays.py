"""Days without school: public holidays, the holidays of the regions, school days."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from schoolprivacy.people.holidays import (
    REGIONS,
    Holiday,
    HolidayKind,
    easter_sunday,
    is_school_day,
    kind_of,
    kings_day,
    known_years,
    next_school_day,
    public_holidays,
    region_holidays,
    school_days_after,
    with_own,
)
from schoolprivacy.schoolyear import SchoolYear

YEAR = SchoolYear(2026)
FIVE = [each for each in HolidayKind if each is not HolidayKind.PUBLIC]


@pytest.mark.parametrize(
    "easter",
    [
        *(date(2000, 4, 23), date(2008, 3, 23), date(2011, 4, 24), date(2018, 4, 1)),
        *(date(2024, 3, 31), date(2025, 4, 20), date(2026, 4, 5), date(2027, 3, 28)),
        *(date(2028, 4, 16), date(2029, 4, 1), date(2030, 4, 21), date(2038, 4, 25)),
    ],
)
def test_easter_falls_where_the_almanac_says(easter: date) -> None:
    assert easter_sunday(easter.year) == easter


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        (2025, ["0406", "0427", "0505", "0514", "0525"]),
        (2026, ["0329", "0427", "0505", "0506", "0517"]),
        (2027, ["0417", "0427", "0505", "0525", "0605"]),
        (2030, ["0414", "0426", "0505", "0522", "0602"]),  # King's day would be a Sunday
    ],
)
def test_the_public_holidays_of_a_year_are_known(start: int, expected: list[str]) -> None:
    found = public_holidays(SchoolYear(start))
    assert [f"{each.first:%m%d}" for each in found] == ["1225", "1226", "0101", *expected]
    assert all(each.first == each.last and each.title for each in found)
    assert [each.first.year for each in found] == [start] * 2 + [start + 1] * 6


def test_good_friday_is_no_public_holiday() -> None:
    closed = {each.first for each in public_holidays(YEAR)}
    assert easter_sunday(2027) - timedelta(days=2) not in closed


def test_kings_day_is_never_a_sunday() -> None:
    assert all(kings_day(year).weekday() != 6 for year in range(2014, 2060))
    assert kings_day(2025) == date(2025, 4, 26)


@pytest.mark.parametrize("region", REGIONS)
@pytest.mark.parametrize("year", known_years(), ids=str)
def test_the_year_of_a_region_is_whole_and_in_order(year: SchoolYear, region: str) -> None:
    found = region_holidays(region, year)
    assert [each.kind for each in found] == FIVE
    assert [each.advised for each in found] == [True, False, True, False, False]
    assert sorted(found) == list(found)
    for each in found:
        assert each.first.weekday() == 5 and each.last.weekday() == 6  # Saturday, Sunday
        assert SchoolYear.of(each.first) == year
    weeks = [((each.last - each.first).days + 1) // 7 for each in found]
    assert weeks == [1, 2, 1, 1, 6]
    for before, after in pairwise(found):
        assert before.last < after.first


@pytest.mark.parametrize("year", known_years(), ids=str)
def test_the_regions_leave_for_the_summer_in_turn(year: SchoolYear) -> None:
    known = known_years()[year]
    assert known.source.endswith(str(year)) and known.checked == date(2026, 11, 22)
    summers = sorted(known.holidays[region][-1].first for region in REGIONS)
    assert [after - before for before, after in pairwise(summers)] == [timedelta(days=7)] * 2
    for together in (1, 3):  # Christmas and May are the same for everybody
        assert len({known.holidays[region][together].first for region in REGIONS}) == 1


def test_what_was_not_read_twice_is_marked_so() -> None:
    marked = {year: found.unconfirmed for year, found in known_years().items() if found.unconfirmed}
    assert marked == {SchoolYear(2026): ("zuid",)}


def test_the_christmas_holiday_holds_christmas_and_the_new_year() -> None:
    for year in known_years():
        christmas = set(region_holidays("noord", year)[1].days())
        assert date(year.start + 1, 1, 1) in christmas and date(year.start, 12, 26) in christmas


def test_of_an_unknown_region_or_year_nothing_is_said() -> None:
    assert region_holidays("", YEAR) == () == region_holidays("oost", YEAR)
    assert region_holidays("noord", SchoolYear(2019)) == ()


# — the school's own —


def own(title: str, first: date, last: date) -> Holiday:
    return Holiday(first, last, title, kind_of(title))


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Herfstvakantie", HolidayKind.AUTUMN),
        ("2e week MEIVAKANTIE", HolidayKind.MAY),
        ("Carnaval", HolidayKind.SPRING),
        ("krokusvakantie", HolidayKind.SPRING),
        ("Vrij na het schoolfeest", None),
        ("Algemeine dag", None),
    ],
)
def test_an_own_holiday_is_known_by_its_name(title: str, kind: HolidayKind | None) -> None:
    assert kind_of(title) is kind


def titles(*mine: Holiday, region: str = "midden") -> list[str]:
    return [
        f"{each.title} {each.first:%d-%m}" for each in with_own(region_holidays(region, YEAR), mine)
    ]


def test_the_own_holiday_of_the_same_kind_replaces_an_advised_one() -> None:
    found = titles(own("Carnavalsvakantie", date(2027, 2, 8), date(2027, 2, 12)))
    assert "Carnavalsvakantie 08-02" in found and len(found) == 5
    assert not any(each.startswith("Voorjaars") for each in found)


def test_the_holiday_of_another_year_replaces_nothing() -> None:
    assert len(titles(own("Herfstvakantie", date(2025, 10, 18), date(2025, 10, 26)))) == 6


def test_a_second_week_in_may_comes_beside_the_fixed_one() -> None:
    found = titles(own("Meivakantie week 2", date(2027, 5, 1), date(2027, 5, 9)))
    assert {"Meivakantie 24-04", "Meivakantie week 2 01-05"} <= set(found)


def test_two_weeks_in_may_replace_the_one() -> None:
    found = titles(own("Meivakantie", date(2027, 4, 24), date(2027, 5, 9)))
    assert found.count("Meivakantie 24-04") == 1 and len(found) == 5


def test_a_free_day_without_the_name_of_a_holiday_replaces_nothing() -> None:
    assert len(titles(own("Vrije dag", date(2026, 10, 19), date(2026, 10, 23)))) == 6


# — school days —


@pytest.mark.parametrize(
    ("day", "expected"), [(2, 2), (6, 6), (7, 9), (8, 9), (9, 9)]
)  # Monday, Friday, Saturday, Sunday, Monday
def test_the_next_school_day_is_never_in_a_weekend(day: int, expected: int) -> None:
    assert next_school_day(date(2026, 11, day), ()) == date(2026, 11, expected)


def test_school_days_are_counted_over_weekends_and_free_days() -> None:
    free = {date(2026, 11, 9)}
    assert not is_school_day(date(2026, 11, 9), free)
    assert school_days_after(date(2026, 11, 5), 1, free) == date(2026, 11, 6)
    assert school_days_after(date(2026, 11, 5), 2, free) == date(2026, 11, 10)
    assert school_days_after(date(2026, 11, 7), 1, free) == date(2026, 11, 10)
