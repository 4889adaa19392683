"""Asking on paper: printing the letters with forms."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import groupby
from typing import Unpack

from schoolprivacy.consents import papers, records
from schoolprivacy.consents.asking import AskedForm, Asking, form_row
from schoolprivacy.consents.printing import (
    SAMPLES,
    Deliver,
    Draft,
    Job,
    Outlet,
    Printed,
    PrintRun,
    Whom,
    print_paper,
    sample_paper,
    school_paper,
    sift,
)
from schoolprivacy.consents.records import Form
from schoolprivacy.people import names
from schoolprivacy.people.addresses import letter_address
from schoolprivacy.people.records import current_year, guardianships
from schoolprivacy.people.terms import PlacedPupil
from schoolprivacy.school import School, Session
from schoolprivacy.schoolyear import SchoolYear


def print_forms(
    school: School, deliver: Deliver, *, anew: bool = False, **job: Unpack[Job]
) -> PrintRun:
    """Print a letter with form for every child and address, and register it as asked.

    A form that was printed before is printed again with the same number and questions; its
    hand-in date too, unless that has come.

    :param anew: ask again: new forms with today's wordings, the older ones are replaced
    :raises RefusedError: no such group, no pupils, or no purpose is switched on
    """
    prepare = partial(_prepare, anew=anew)
    return print_paper(school, deliver, prepare, "forms.printed", {"anew": anew}, **job)


def sample_forms(school: School, *, anew: bool = False, **whom: Unpack[Whom]) -> bytes:
    """The first letters with forms as they will look, without numbers: nothing is registered.

    :raises RefusedError: as ``print_forms``
    """

    def prepare(session: Session, pupils: list[PlacedPupil]) -> Draft:
        return _prepare(session, pupils[:SAMPLES], anew=anew, numbered=False)

    return sample_paper(school, prepare, **whom)


def print_window_test(school: School, deliver: Deliver, *, way: Outlet = "saved") -> None:
    """Print the page that shows where the address stands in the window of an envelope."""
    with school.transaction() as session:
        session.audit("window_test.printed", way=way)
        deliver(papers.window_test_page(school_paper(session)))


def _prepare(
    session: Session, pupils: list[PlacedPupil], *, anew: bool, numbered: bool = True
) -> Draft:
    carers = guardianships(session, [each.pupil.id for each in pupils])
    asking = Asking(session, pupils, carers, anew=anew)
    texts = Sheets(session)
    sheets = [
        [(asked, texts.sheet(asked, numbered=numbered)) for asked in of_child]
        for _, of_child in groupby(asking.forms, lambda asked: asked.child.pupil.id)
    ]
    kept, left_out = sift(sheets, _check, lambda of_child: [of_child[0][0].child])
    together = [each for of_child in kept for each in of_child]
    return Draft(
        [Printed.of(asked.child, asked.form) for asked, _ in together],
        left_out,
        len(together),
        lambda *how: papers.consent_forms([sheet for _, sheet in together], *how),
        lambda: asking.store({each.pupil_id for each in left_out}),
        sum(not asked.is_new for asked, _ in together),
    )


def _check(of_child: Sequence[tuple[AskedForm, papers.FormSheet]]) -> None:
    for _, sheet in of_child:
        papers.check_sheet(sheet)


class Sheets:
    """Puts into words what a form asks.

    :param year: the school year that stands on the forms; without it the one that is going on
    """

    def __init__(self, session: Session, year: SchoolYear | None = None) -> None:
        self._year = year or current_year(session, session.clock.today())
        self._texts = records.wordings(session)
        self._purposes = {each.code: each for each in records.purposes(session, every=True)}

    def sheet(self, asked: AskedForm, *, numbered: bool) -> papers.FormSheet:
        form = asked.form
        return papers.FormSheet(
            address_lines=letter_address(asked.household, asked.child),
            child_name=names.full_name(asked.child.pupil),
            group=asked.child.placement.group_name,
            school_year=self._year,
            asked_on=form.asked_on,
            hand_in_by=form.hand_in_by,
            form_version=_form_version(form),
            codes=tuple(number if numbered else "" for number, _ in form.pages),
            pages=tuple(page for _, page in form.pages),
            rows=tuple(
                form_row(self._purposes[code], self._texts[code, version])
                for code, version in form.asked
            ),
            contact_year=form.school_year,
            reprint=not asked.is_new,
        )


def _form_version(form: Form) -> str:
    """One short mark for the wordings and the layout of a form."""
    newest = max((version for _, version in form.asked), default=1)
    return f"{form.layout_version}.{newest}"
