"""The school's calendar: its own dates beside the holidays of the region, and what follows.

A hand-in date is never on a day without school. Without a region only weekends and public
holidays are known to be free; the calendar says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from schoolprivacy import law
from schoolprivacy.duties import Moment, MomentKind
from schoolprivacy.errors import RefusedError
from schoolprivacy.exchange.values import clean
from schoolprivacy.people.holidays import (
    Holiday,
    HolidayKind,
    kind_of,
    known_years,
    next_school_day,
    public_holidays,
    region_holidays,
    school_days_after,
    with_own,
)
from schoolprivacy.people.journal import Journal
from schoolprivacy.people.profile import read_profile
from schoolprivacy.people.terms import new_id
from schoolprivacy.people.undoing import Undo, close_change
from schoolprivacy.school import School, Session
from schoolprivacy.schoolyear import SchoolYear
from schoolprivacy.vault.tables import metadata

calendar_entry = sa.Table(
    "calendar_entry",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("first_day", sa.Text, nullable=False),
    sa.Column("last_day", sa.Text, nullable=False),
)

LONGEST_TITLE = 60
LONGEST_ENTRY = 100
"""Days; longer than any holiday, so it is a slip of the keys."""
_FARTHEST = 5
"""Years from the present one; farther is a slip of the keys."""


class EntryKind(StrEnum):
    """What the school notes in its calendar; MR is the participation council."""

    HOLIDAY = "holiday"
    STUDY_DAY = "study_day"
    MR = "mr"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One date or period of the school's own.

    :param first, last: first and last day
    """

    id: str
    kind: EntryKind
    title: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Calendar:
    """A school year as the school has it.

    :param region: "" while it is unknown
    :param is_known: whether the holidays of this region and year are known to the program
    :param holidays: the region's and the school's own, in order
    :param public: the public holidays, in order
    :param entries: everything the school noted itself, holidays too, in order
    """

    year: SchoolYear
    region: str
    is_known: bool
    holidays: tuple[Holiday, ...]
    public: tuple[Holiday, ...]
    entries: tuple[CalendarEntry, ...]

    @property
    def closed(self) -> tuple[Holiday, ...]:
        """All days without school besides the weekends; study days too."""
        study = [
            Holiday(each.first, each.last, each.title, None)
            for each in self.entries
            if each.kind is EntryKind.STUDY_DAY
        ]
        return (*self.holidays, *self.public, *study)

    def free_on(self, day: date) -> str:
        """Why there is no school on a day: ``Herfstvakantie``; "" in a weekend or when there is."""
        return next((each.title for each in self.closed if each.first <= day <= each.last), "")


# — reading —


def read_calendar(school: School, year: SchoolYear | None = None) -> Calendar:
    """A school year; without one the present year."""
    with school.reading() as session:
        return calendar_of(session, year or SchoolYear.of(session.clock.today()))


def calendar_of(session: Session, year: SchoolYear) -> Calendar:
    """The same in a running session. A summer holiday stands in both years in which it falls."""
    region, everything = read_profile(session).region, _entries(session)
    own = [
        Holiday(each.first, each.last, each.title, kind_of(each.title))
        for each in everything
        if each.kind is EntryKind.HOLIDAY
    ]
    around = (year.previous(), year, year.next())  # an own one may come before or after the turn
    regional = [each for one in around for each in region_holidays(region, one)]
    return Calendar(
        year,
        region,
        bool(region) and year in known_years(),
        tuple(each for each in with_own(regional, own) if falls_in(each.first, each.last, year)),
        tuple(public_holidays(year)),
        tuple(each for each in everything if falls_in(each.first, each.last, year)),
    )


def falls_in(first: date, last: date, year: SchoolYear) -> bool:
    """Whether one of the days is in a school year."""
    return first <= year.last_day and last >= year.first_day


def _entries(session: Session) -> list[CalendarEntry]:
    table = calendar_entry.c
    query = sa.select(calendar_entry).order_by(table.first_day, table.last_day, table.title)
    return [_entry(row) for row in session.execute(query)]


def _entry(row: sa.Row[Any]) -> CalendarEntry:
    first, last = date.fromisoformat(row.first_day), date.fromisoformat(row.last_day)
    return CalendarEntry(row.id, EntryKind(row.kind), row.title, first, last)


# — writing —


def add_entry(
    school: School, kind: EntryKind, title: str, first: date, last: date | None = None
) -> Undo:
    """Note a date or period; ``Undo.about`` is its identifier.

    :param last: without it one day
    :raises RefusedError: no title, or days that cannot be
    """
    with school.transaction() as session:
        journal = Journal(session)
        row = _row(session, CalendarEntry(new_id(), kind, title, first, last or first))
        journal.insert(calendar_entry, [row])
        return close_change(journal, "calendar.added", row["id"], kind=row["kind"])


def change_entry(school: School, entry: CalendarEntry) -> Undo:
    """Let an entry stand as given.

    :raises RefusedError: there is no such entry, no title, or days that cannot be
    """
    with school.transaction() as session:
        _find(session, entry.id)
        journal = Journal(session)
        journal.update(calendar_entry, [_row(session, entry)])
        return close_change(journal, "calendar.changed", entry.id, kind=entry.kind.value)


def remove_entry(school: School, entry_id: str) -> Undo:
    """Take an entry out of the calendar.

    :raises RefusedError: there is no such entry
    """
    with school.transaction() as session:
        _find(session, entry_id)
        journal = Journal(session)
        journal.delete(calendar_entry, calendar_entry.c.id == entry_id)
        return close_change(journal, "calendar.removed", entry_id)


def _find(session: Session, entry_id: str) -> None:
    if not any(each.id == entry_id for each in _entries(session)):
        raise RefusedError("calendar.unknown")


def _row(session: Session, entry: CalendarEntry) -> dict[str, str]:
    title, today = clean(entry.title), session.clock.today()
    if not title or len(title) > LONGEST_TITLE:
        raise RefusedError("calendar.title", most=LONGEST_TITLE)
    if entry.last < entry.first:
        raise RefusedError("calendar.order")
    if (entry.last - entry.first).days >= LONGEST_ENTRY:
        raise RefusedError("calendar.too_long", most=LONGEST_ENTRY)
    if abs(entry.first.year - today.year) > _FARTHEST:
        raise RefusedError("calendar.too_far", most=_FARTHEST)
    return {
        "id": entry.id,
        "kind": entry.kind.value,
        "title": title,
        "first_day": entry.first.isoformat(),
        "last_day": entry.last.isoformat(),
    }


# — days without school, and the dates that avoid them —


def free_days(session: Session, year: SchoolYear) -> frozenset[date]:
    """The days of a school year on which there is no school, besides the weekends."""
    days = (day for each in calendar_of(session, year).closed for day in each.days())
    return frozenset(day for day in days if SchoolYear.of(day) == year)


def _free_from(session: Session, day: date) -> frozenset[date]:
    """What is free in the year of a day and in the next: far enough for any summer."""
    year = SchoolYear.of(day)
    return free_days(session, year) | free_days(session, year.next())


def hand_in_date(session: Session, asked_on: date, days: int) -> date:
    """So many days later, on a school day: the first one after when that day is none.

    A form that is given out just before the summer comes back after it, however long that is.

    :param days: calendar days, as the school set them
    """
    day = asked_on + timedelta(days=days)
    return next_school_day(day, _free_from(session, day))


def hand_in_date_at(school: School, asked_on: date, days: int) -> date:
    """The same, to show in a window."""
    with school.reading() as session:
        return hand_in_date(session, asked_on, days)


def reminder_dates(session: Session, hand_in_by: date) -> tuple[date, date]:
    """When families are reminded for the first and the second time: both on school days."""
    free = _free_from(session, hand_in_by)
    first, second = law.term("consent.first_reminder"), law.term("consent.second_reminder")
    return (
        school_days_after(hand_in_by, first.value, free),
        school_days_after(hand_in_by, second.value, free),
    )


# — the year planner —

_MOMENTS = {EntryKind.MR: MomentKind.MR, EntryKind.OTHER: MomentKind.OTHER}


def moments(session: Session, year: SchoolYear) -> list[Moment]:
    """Holidays, public holidays, and what the school noted."""
    of = calendar_of(session, year)
    free = [Moment(each.first, each.last, each.title, MomentKind.FREE) for each in of.closed]
    return free + [
        Moment(each.first, each.last, each.title, _MOMENTS[each.kind])
        for each in of.entries
        if each.kind in _MOMENTS
    ]


def advised(of: Calendar) -> list[Holiday]:
    """The holidays of the region from which the school may depart, and did not."""
    return [each for each in of.holidays if each.advised and each.kind is not HolidayKind.PUBLIC]
