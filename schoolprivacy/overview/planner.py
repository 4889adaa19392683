"""The year planner: what every register has in a school year, on one A4 for the wall."""

from __future__ import annotations

from dataclasses import dataclass

from schoolprivacy.consents.printing import Deliver, Outlet, PrintRun
from schoolprivacy.duties import Moment
from schoolprivacy.errors import sentence
from schoolprivacy.letters.letterhead import made, school_paper
from schoolprivacy.overview.planner_papers import YearPlan, planned_months, year_planner
from schoolprivacy.paper.sender import Made
from schoolprivacy.people.calendar import advised, calendar_of, falls_in
from schoolprivacy.registers import REGISTERS
from schoolprivacy.school import School, Session
from schoolprivacy.schoolyear import SchoolYear


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedPlanner(PrintRun):
    """A planner on paper; nobody is named on it, so nobody is left out.

    :param moments: how many stand on it
    :param not_shown: how many did not fit in their month; a moment of two months counts in both
    """

    year: SchoolYear
    moments: int
    not_shown: int

    def __len__(self) -> int:
        return self.moments


def year_moments(school: School, year: SchoolYear | None = None) -> list[Moment]:
    """What stands on the planner of a school year, in order; without one the present year."""
    with school.reading() as session:
        return list(_plan(session, year).moments)


def print_year_planner(
    school: School, deliver: Deliver, *, year: SchoolYear | None = None, way: Outlet = "saved"
) -> PrintedPlanner:
    """Print the planner: made, audited and delivered together or not.

    :param year: without it the present school year
    :raises KnownError: a title has a letter that cannot be printed
    """
    with school.transaction() as session:
        plan = _plan(session, year)
        not_shown = sum(each.not_shown for each in planned_months(plan))
        session.audit(
            "year_planner.printed",
            "",
            year=str(plan.year),
            moments=len(plan.moments),
            not_shown=not_shown,
            way=way,
        )
        deliver(year_planner(plan, school_paper(session), made(session)))
    return PrintedPlanner(
        printed=(), left_out=(), year=plan.year, moments=len(plan.moments), not_shown=not_shown
    )


def sample_year_planner(school: School, *, year: SchoolYear | None = None) -> bytes:
    """The planner as it will look, marked as a sample; stores nothing.

    :raises KnownError: a title has a letter that cannot be printed
    """
    with school.reading() as session:
        sample = Made(session.clock.today(), session.who.name, sample=True)
        return year_planner(_plan(session, year), school_paper(session), sample)


def _plan(session: Session, year: SchoolYear | None) -> YearPlan:
    year = year or SchoolYear.of(session.clock.today())
    found: list[Moment] = []
    for register in REGISTERS:
        found += register.moments(session, year)
    here = [each for each in found if falls_in(each.first, each.last, year)]
    here.sort(key=lambda each: (each.first, each.last, each.title))
    return YearPlan(year, tuple(here), tuple(_notes(session, year)))


def _notes(session: Session, year: SchoolYear) -> list[str]:
    """Where the holidays come from, or that they are missing."""
    calendar = calendar_of(session, year)
    if not calendar.region:
        return [sentence("planner.no_region")]
    if not calendar.is_known:
        return [sentence("planner.unknown_year", region=calendar.region)]
    notes = [sentence("planner.region", region=calendar.region)]
    if names := dict.fromkeys(each.title for each in advised(calendar)):
        notes.append(sentence("planner.advised", names=" en ".join(names)))
    return notes
