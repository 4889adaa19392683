"""Who starts at school soon, or started without a form: four-year-olds come every month.

The instroom list. A child is on it as soon as the school knows a first day within the term of
``consent.starts_within``, and stays on it after that day for as long as no form was printed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Unpack

import sqlalchemy as sa

from schoolprivacy import law
from schoolprivacy.consents import records
from schoolprivacy.consents.printing import (
    Deliver,
    Draft,
    Job,
    Prepare,
    Printed,
    PrintRun,
    Whom,
    names_on_list,
    print_paper,
    sample_paper,
    sift,
)
from schoolprivacy.consents.records import Form
from schoolprivacy.consents.starting_papers import StartingEntry, check_entry, intake_list
from schoolprivacy.errors import RefusedError
from schoolprivacy.people.names import surname_sort_key
from schoolprivacy.people.records import current_year, guardianships, pupils_on_roll
from schoolprivacy.people.terms import PlacedPupil
from schoolprivacy.school import School, Session
from schoolprivacy.schoolyear import SchoolYear


@dataclass(frozen=True, slots=True)
class Starter:
    """A child on the instroom list.

    :param name: surname first; with the date of birth where two in a group are called the same
    :param group: of the present school year; "" when the child has none yet
    :param starts_on: first day at school; None when the school does not know it
    :param has_started: that day has come, or is not known
    :param has_guardians: there is somebody to ask
    :param forms: numbers of the forms that are out, one for each address; none is to be printed
    :param printed_on: the day the first of them was made
    :param back: how many of them came back with an answer
    """

    pupil_id: str
    name: str
    group: str
    starts_on: date | None
    has_started: bool
    has_guardians: bool
    forms: tuple[str, ...]
    printed_on: date | None
    back: int

    @property
    def is_answered(self) -> bool:
        """Something was answered on every form that is out; what, is not for this list."""
        return bool(self.forms) and self.back == len(self.forms)


@dataclass(frozen=True, slots=True)
class Unasked:
    """How many children have no form yet; nobody is in both.

    :param newcomers: who start within the term, or started this school year
    :param others: who are at school longer, or whose first day is not known
    """

    newcomers: int
    others: int


def starting(school: School, *, weeks: int | None = None) -> tuple[Starter, ...]:
    """Who starts soon, by first day; then who started without a form.

    :param weeks: how far ahead; the term of the school policy in ``law.toml`` when None
    """
    with school.reading() as session:
        today = session.clock.today()
        pupils = pupils_on_roll(session, today, current_year(session, today))
        return tuple(row for _, row in _starters(session, pupils, _until(today, weeks)))


def print_intake_list(
    school: School, deliver: Deliver, *, weeks: int | None = None, **job: Unpack[Job]
) -> PrintRun:
    """Print the instroom list: first day, form printed and back or not; no answers.

    :param weeks: as ``starting``
    :raises RefusedError: no such group, or nobody starts or started without a form
    :raises KnownError: none of the names can be printed
    """
    return print_paper(school, deliver, _prepare(weeks), "intake_list.printed", **job)


def sample_intake_list(school: School, *, weeks: int | None = None, **whom: Unpack[Whom]) -> bytes:
    """The same list to look at; stores nothing.

    :raises RefusedError, KnownError: as ``print_intake_list``
    """
    return sample_paper(school, _prepare(weeks), **whom)


def count_unasked(session: Session, pupils: Iterable[PlacedPupil]) -> Unasked:
    """Who of the pupils on roll has no form, apart for who is new; each is counted once.

    Who starts later than the term is not counted yet: there is nothing to do.
    """
    today = session.clock.today()
    form = records.form.c
    asked = set(session.execute(sa.select(form.pupil_id).where(form.sharing.is_(None))).scalars())
    first, until = SchoolYear.of(today).first_day, _until(today, None)
    days = [each.pupil.came_on for each in pupils if each.pupil.id not in asked]
    new = sum(1 for day in days if day and first <= day <= until)
    return Unasked(new, sum(1 for day in days if day is None or day < first))


def _until(today: date, weeks: int | None) -> date:
    term = law.term("consent.starts_within").value
    return today + (timedelta(days=term) if weeks is None else timedelta(weeks=weeks))


# — who stands on it —


def _starters(
    session: Session, pupils: Sequence[PlacedPupil], until: date
) -> list[tuple[PlacedPupil, Starter]]:
    today = session.clock.today()
    of_child: dict[str, list[Form]] = defaultdict(list)
    for form in records.forms(session, [each.pupil.id for each in pupils]):
        if form.sharing is None:
            of_child[form.pupil_id].append(form)
    chosen = [
        each
        for each in pupils
        if _stands_on_it(each, today, until, is_asked=each.pupil.id in of_child)
    ]
    cared_for = guardianships(session, [each.pupil.id for each in chosen])
    back, called = records.forms_answered(session), names_on_list(chosen)
    rows = []
    for child in chosen:
        pupil = child.pupil
        out = [each for each in of_child[pupil.id] if each.replaced_on is None]
        starter = Starter(
            pupil.id,
            called[pupil.id],
            child.placement.group_name,
            pupil.came_on,
            not _is_to_come(child, today),
            bool(cared_for.get(pupil.id)),
            tuple(each.number for each in out),
            min((each.asked_on for each in out), default=None),
            sum(each.id in back for each in out),
        )
        rows.append((child, starter))
    return sorted(rows, key=lambda row: _place(row[0], today))


def _stands_on_it(child: PlacedPupil, today: date, until: date, *, is_asked: bool) -> bool:
    if _is_to_come(child, today):
        return child.pupil.came_on is not None and child.pupil.came_on <= until
    return not is_asked


def _is_to_come(child: PlacedPupil, today: date) -> bool:
    return child.pupil.came_on is not None and child.pupil.came_on > today


def _place(child: PlacedPupil, today: date) -> tuple[bool, date, tuple[str, str, str]]:
    """Who is to come, by first day; behind them who started, those without a known day last."""
    return (
        not _is_to_come(child, today),
        child.pupil.came_on or date.max,
        surname_sort_key(child.pupil),
    )


# — on paper —


def _prepare(weeks: int | None) -> Prepare:
    def prepare(session: Session, pupils: list[PlacedPupil]) -> Draft:
        until = _until(session.clock.today(), weeks)
        found = _starters(session, pupils, until)
        if not found:
            raise RefusedError("starting.nobody", day=f"{until:%d-%m-%Y}")
        kept, left_out = sift(found, lambda row: check_entry(_entry(row[1])), lambda row: [row[0]])
        entries = [_entry(row) for _, row in kept]
        printed = [
            Printed(next(iter(row.forms), ""), row.pupil_id, row.name, row.group) for _, row in kept
        ]
        return Draft(
            printed,
            left_out,
            1,
            lambda school, made, told: intake_list(entries, until, school, made, told),
        )

    return prepare


def _entry(row: Starter) -> StartingEntry:
    return StartingEntry(
        row.name,
        row.group,
        row.starts_on,
        row.has_started,
        row.has_guardians,
        row.printed_on,
        len(row.forms),
        row.back,
    )
