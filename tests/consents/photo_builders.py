"""Children whose photo is taken: a parent said yes to the website, and no to the press."""

from __future__ import annotations

from datetime import date

from schoolprivacy.exchange.roster import RosterPupil
from schoolprivacy.people.terms import Authority
from schoolprivacy.school import School
from tests.consents.families import MOTHER, a_child, answered, asked, enrol
from tests.people.builders import pupils_of

TODAY = date(2026, 11, 2)
GROUP = "Groep 5"


def said_yes(school: School, *children: RosterPupil) -> None:
    """Bring children in; a parent says yes to the website for each, and no to the press."""
    enrol(school, *(children or [a_child("Noor", MOTHER)]))
    for each in asked(school):
        answered(school, each.form, "Anna van der Sluis", Authority.YES, no="press")


def id_of(school: School, name: str = "Noor Test") -> str:
    return pupils_of(school)[name].pupil.id
