"""How the groups of a school year stand: who sits where, and who sits nowhere yet."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from schoolprivacy.people.records import group_names, pupils_on_roll
from schoolprivacy.people.terms import PlacedPupil
from schoolprivacy.school import School
from schoolprivacy.schoolyear import SchoolYear


@dataclass(frozen=True, slots=True)
class GroupSize:
    """A group and how many sit in it."""

    group: str
    pupils: int


@dataclass(frozen=True, slots=True)
class YearGroups:
    """The groups of one school year, of who is at school in it.

    :param groups: in the school's order, also one in which nobody sits
    :param without: who sits in none of them, by surname
    """

    year: SchoolYear
    groups: tuple[GroupSize, ...]
    without: tuple[PlacedPupil, ...]

    @property
    def placed(self) -> int:
        """How many sit in a group."""
        return sum(each.pupils for each in self.groups)


def year_groups(school: School, year: SchoolYear) -> YearGroups:
    """The groups of a year; who leaves before it begins is not counted."""
    with school.reading() as session:
        on = max(session.clock.today(), year.first_day)
        pupils = pupils_on_roll(session, on, year)
        names = group_names(session, year)
    many = Counter(each.placement.group_name for each in pupils)
    return YearGroups(
        year,
        tuple(GroupSize(name, many[name]) for name in names),
        tuple(each for each in pupils if not each.placement.group_name),
    )
