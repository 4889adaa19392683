"""What is told of a day that somebody chooses: its name, and why there is no school."""

from __future__ import annotations

from datetime import date

from schoolprivacy.people.calendar import Calendar, read_calendar
from schoolprivacy.school import School
from schoolprivacy.schoolyear import SchoolYear
from ui.words import tr

_SATURDAY = 5
_FAR = 3  # years from today: farther is a slip of the keys


class Days:
    """The days of the school years that somebody looked at, each year read once."""

    def __init__(self, school: School) -> None:
        self._school = school
        self._years: dict[SchoolYear, Calendar] = {}

    def about(self, day: date | None) -> tuple[str, bool]:
        """A sentence on a day, and whether there is no school."""
        if day is None or not self.is_near(day):
            return "", False
        name = _names()[day.weekday()]
        if self.is_weekend(day):
            return tr("Dit is een {day}. Kies een schooldag.").format(day=name), True
        of = self._calendar(SchoolYear.of(day))
        if why := of.free_on(day):
            said = tr("{day}, geen school: {why}. Kies liever een schooldag.")
            return said.format(day=name.capitalize(), why=why), True
        if of.region and not of.is_known:
            said = tr("{day}. De schoolvakanties van {year} kent het programma nog niet.")
            return said.format(day=name.capitalize(), year=of.year), False
        return name.capitalize(), False

    def is_near(self, day: date) -> bool:
        """Whether it can be meant."""
        return abs(day.year - self._school.clock.today().year) <= _FAR

    @staticmethod
    def is_weekend(day: date | None) -> bool:
        return day is not None and day.weekday() >= _SATURDAY

    def _calendar(self, year: SchoolYear) -> Calendar:
        if year not in self._years:
            self._years[year] = read_calendar(self._school, year)
        return self._years[year]


def _names() -> tuple[str, ...]:
    return (
        tr("maandag"),
        tr("dinsdag"),
        tr("woensdag"),
        tr("donderdag"),
        tr("vrijdag"),
        tr("zaterdag"),
        tr("zondag"),
    )
