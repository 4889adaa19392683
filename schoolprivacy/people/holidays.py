"""On which days there is no school: public holidays, the holidays of the region, school days.

Public holidays are computed; Good Friday is none (Algemene termijnenwet art. 3). The holidays of
the regions stand in ``resources/holidays.toml``, each with its source.
"""

from __future__ import annotations

import tomllib
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from typing import Any

from schoolprivacy.errors import sentence
from schoolprivacy.people.names import plain
from schoolprivacy.schoolyear import SchoolYear
from schoolprivacy.settings import resource

REGIONS = ("noord", "midden", "zuid")
_DAY = timedelta(days=1)
_SATURDAY, _SUNDAY = 5, 6
_SAME_TIME = timedelta(days=45)
"""A holiday of the same kind that begins so much earlier or later is the same one."""


class HolidayKind(StrEnum):
    """The five school holidays, and the public ones."""

    AUTUMN = "autumn"
    CHRISTMAS = "christmas"
    SPRING = "spring"
    MAY = "may"
    SUMMER = "summer"
    PUBLIC = "public"


_CALLED = {
    HolidayKind.AUTUMN: ("herfst",),
    HolidayKind.CHRISTMAS: ("kerst",),
    HolidayKind.SPRING: ("voorjaar", "carnaval", "krokus"),
    HolidayKind.MAY: ("mei",),
    HolidayKind.SUMMER: ("zomer",),
}
"""How the name of a holiday begins, in every word of it."""


@dataclass(frozen=True, order=True, slots=True)
class Holiday:
    """Days without school.

    :param first, last: first and last day, weekends around it included or not
    :param kind: None for an own holiday whose name is none of the five
    :param advised: the region's, from which a school may depart
    """

    first: date
    last: date
    title: str
    kind: HolidayKind | None
    advised: bool = False

    def days(self) -> Iterator[date]:
        """Every day of it."""
        return (self.first + n * _DAY for n in range((self.last - self.first).days + 1))


@dataclass(frozen=True, slots=True)
class HolidayYear:
    """The holidays of a school year as the ministry gives them.

    :param holidays: per region, in order
    :param checked: when somebody last held them against the source
    :param unconfirmed: the regions whose dates were not held against a second source
    """

    source: str
    checked: date
    holidays: dict[str, tuple[Holiday, ...]]
    unconfirmed: tuple[str, ...] = ()


# — the regions —


def region_holidays(region: str, year: SchoolYear) -> tuple[Holiday, ...]:
    """The five holidays of a region; none when region or year is not known (yet)."""
    found = known_years().get(year)
    return found.holidays.get(region, ()) if found else ()


@cache
def known_years() -> dict[SchoolYear, HolidayYear]:
    """The school years of which the holidays are known, with their source."""
    table = tomllib.loads(resource("holidays.toml").read_text(encoding="utf-8"))
    return {SchoolYear.parse(name): _read_year(given) for name, given in table.items()}


def _read_year(given: dict[str, Any]) -> HolidayYear:
    kinds = [each for each in HolidayKind if each.value in given]
    return HolidayYear(
        given["source"],
        given["checked"],
        {
            region: tuple(_read_holiday(kind, given[kind], region) for kind in kinds)
            for region in REGIONS
        },
        tuple(given.get("unconfirmed", ())),
    )


def _read_holiday(kind: HolidayKind, given: dict[str, Any], region: str) -> Holiday:
    first, last = given[region]
    return Holiday(first, last, sentence(f"holiday.{kind}"), kind, given["status"] == "advised")


# — the school's own —


def kind_of(title: str) -> HolidayKind | None:
    """Which of the five an own holiday is, by its name; ``Tweede week meivakantie`` is MAY too."""
    words = plain(title).split()
    for kind, beginnings in _CALLED.items():
        if any(word.startswith(beginnings) for word in words):
            return kind
    return None


def with_own(regional: Iterable[Holiday], own: Sequence[Holiday]) -> list[Holiday]:
    """The holidays of the region, where the school's own of the same kind and time replaces them.

    From a fixed holiday no school departs far: an own one that covers less than half of it comes
    beside it, such as a second week in May. In doubt a day is free.
    """
    kept = [each for each in regional if not any(_replaces(mine, each) for mine in own)]
    return sorted([*kept, *own], key=lambda each: (each.first, each.last, each.title))


def _replaces(mine: Holiday, regional: Holiday) -> bool:
    if mine.kind is not regional.kind or abs(mine.first - regional.first) > _SAME_TIME:
        return False
    shared = (min(mine.last, regional.last) - max(mine.first, regional.first)).days + 1
    whole = (regional.last - regional.first).days + 1
    # Monday to Friday is how most schools write a week; the weekends around it need no rule.
    return regional.advised or 2 * shared >= whole


# — public holidays —


def public_holidays(year: SchoolYear) -> list[Holiday]:
    """The public holidays on which no school is open, in order."""
    easter, spring = easter_sunday(year.start + 1), year.start + 1
    days = {
        "christmas_day": date(year.start, 12, 25),
        "boxing_day": date(year.start, 12, 26),
        "new_year": date(spring, 1, 1),
        "easter_monday": easter + _DAY,
        "kings_day": kings_day(spring),
        "liberation_day": date(spring, 5, 5),
        "ascension": easter + timedelta(days=39),
        "whit_monday": easter + timedelta(days=50),
    }
    return sorted(
        Holiday(day, day, sentence(f"holiday.{name}"), HolidayKind.PUBLIC)
        for name, day in days.items()
    )


def kings_day(year: int) -> date:
    """27 April; when that is a Sunday the day before."""
    day = date(year, 4, 27)
    return day - _DAY if day.weekday() == _SUNDAY else day


def easter_sunday(year: int) -> date:
    """Easter in the Gregorian calendar (Meeus, Astronomical Algorithms, ch. 8)."""
    century, rest = divmod(year, 100)
    golden = year % 19
    moon = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - century // 4 - moon + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


# — school days —


def is_school_day(day: date, free: Container[date]) -> bool:
    """Not in a weekend and not free."""
    return day.weekday() < _SATURDAY and day not in free


def next_school_day(day: date, free: Container[date]) -> date:
    """The day itself when there is school, else the first day after on which there is."""
    while not is_school_day(day, free):
        day += _DAY
    return day


def school_days_after(day: date, count: int, free: Container[date]) -> date:
    """The school day that comes so many school days after a day.

    :param count: at least 1
    """
    for _ in range(count):
        day = next_school_day(day + _DAY, free)
    return day
