"""Printing the intake sheet for enrolment; it is blank, so nothing on anybody is registered."""

from __future__ import annotations

import tomllib
from functools import cache

from schoolprivacy import law
from schoolprivacy.consents.intake_papers import IntakeDatum, IntakeTexts, intake_sheet
from schoolprivacy.consents.printing import Deliver, Outlet, made, school_paper
from schoolprivacy.paper.sender import Made
from schoolprivacy.school import School
from schoolprivacy.settings import resource

_UNITS = {"years": "jaar", "months": "maanden", "days": "dagen"}


def print_intake_sheet(school: School, deliver: Deliver, *, way: Outlet = "saved") -> None:
    """Print the sheet on which parents give their data, with the reason of each.

    :raises KnownError: something in the name or address of the school cannot be printed
    """
    with school.transaction() as session:
        session.audit("intake_sheet.printed", way=way)
        deliver(intake_sheet(intake_texts(), school_paper(session), made(session)))


def sample_intake_sheet(school: School) -> bytes:
    """The same sheet to look at; stores nothing.

    :raises KnownError: as ``print_intake_sheet``
    """
    with school.reading() as session:
        sample = Made(session.clock.today(), session.who.name, sample=True)
        return intake_sheet(intake_texts(), school_paper(session), sample)


@cache
def intake_texts() -> IntakeTexts:
    """What the sheet asks, and why."""
    table = tomllib.loads(resource("intake.nl.toml").read_text(encoding="utf-8"))
    data = tuple(
        IntakeDatum(
            each["key"],
            tuple(each["fields"]),
            each["what"],
            each["why"],
            each["ground"],
            each["must"],
            _kept(each["term"]),
        )
        for each in table["datum"]
    )
    return IntakeTexts(
        data,
        table["intro"],
        table["consent"],
        table["not_asked"],
        table["wrong"],
        table["who_sees"],
        table["rights"],
    )


def _kept(name: str) -> str:
    term = law.term(name)
    return f"tot {term.value} {_UNITS[term.unit]} na vertrek"
