"""The dates of a round: what is proposed, and which of the chosen days have no school."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from schoolprivacy.consents.rounds.opening import the_round
from schoolprivacy.people.calendar import free_days, hand_in_date, reminder_dates
from schoolprivacy.people.profile import read_profile
from schoolprivacy.school import School
from schoolprivacy.schoolyear import SchoolYear


@dataclass(frozen=True, slots=True)
class RoundDates:
    """When forms must be back and families are reminded."""

    hand_in_by: date
    first_reminder: date
    second_reminder: date


def propose_dates(school: School) -> RoundDates:
    """What was chosen as long as it lies ahead, else what follows from the school's term.

    :raises RefusedError: no round is open
    """
    with school.reading() as session:
        round_, today = the_round(session), session.clock.today()
        by = round_.hand_in_by
        if by and by > today and round_.first_reminder and round_.second_reminder:
            return RoundDates(by, round_.first_reminder, round_.second_reminder)
        if by is None or by <= today:
            by = hand_in_date(session, today, read_profile(session).hand_in_days)
        return RoundDates(by, *reminder_dates(session, by))


def reminders_after(school: School, hand_in_by: date) -> tuple[date, date]:
    """The days for the reminders that follow from a hand-in date that somebody considers."""
    with school.reading() as session:
        return reminder_dates(session, hand_in_by)


def days_without_school(school: School, days: Collection[date]) -> tuple[date, ...]:
    """Those of the days that fall in a holiday or on another day off; to warn about.

    Weekends are not among them: ``set_dates`` refuses those.
    """
    with school.reading() as session:
        free = {year: free_days(session, year) for year in {SchoolYear.of(day) for day in days}}
        return tuple(day for day in days if day in free[SchoolYear.of(day)])
