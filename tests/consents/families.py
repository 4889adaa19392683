"""Families for tests of consents: brought in as an import does, asked and answering on paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from schoolprivacy.consents import records
from schoolprivacy.consents.answering import Entered, FormAnswers, enter_form
from schoolprivacy.consents.forms import print_forms
from schoolprivacy.consents.printing import Printed
from schoolprivacy.consents.reminders import print_reminder_list
from schoolprivacy.consents.terms import Answer
from schoolprivacy.exchange.roster import Roster, RosterGuardian, RosterPupil
from schoolprivacy.people import importing
from schoolprivacy.people.records import guardianships, placed_pupils
from schoolprivacy.people.terms import Authority, Guardianship
from schoolprivacy.school import School
from schoolprivacy.schoolyear import SchoolYear
from tests.paper.reading import texts_of

MOTHER = RosterGuardian(
    call_name="Anna",
    prefix="van der",
    surname="Sluis",
    relation="moeder",
    street="Lindelaan",
    house_number="1",
    postcode="1234 AB",
    place="Voorbeelddorp",
    phones=("+31612345671",),
    email="anna@gezin.example",
)
FATHER = replace(
    MOTHER, call_name="Bas", surname="Yıldız", prefix="", relation="vader", phones=("+31612345672",)
)
APART = replace(FATHER, street="Havenkade", house_number="9", postcode="4321 ZX")


def a_child(name: str, *guardians: RosterGuardian, line: int = 1) -> RosterPupil:
    return RosterPupil(
        line,
        key=name,
        call_name=name,
        surname="Test",
        born_on=date(2018, 3, line),
        group="Groep 5",
        guardians=guardians,
    )


def enrol(school: School, *children: RosterPupil) -> None:
    """Bring children and their guardians in, the way an import does."""
    rows = tuple(replace(each, line=n) for n, each in enumerate(children, 1))
    importing.apply(
        school, [Roster("spreadsheet", "test", rows, school_year=SchoolYear.parse("2026-2027"))]
    )


class Paper:
    """Takes what is printed; reads it back."""

    def __init__(self) -> None:
        self.pages: list[str] = []

    def __call__(self, pdf: bytes) -> None:
        self.pages = texts_of(pdf)

    @property
    def text(self) -> str:
        return "\n".join(self.pages)


def asked(school: School) -> list[Printed]:
    return list(print_forms(school, Paper()))


def answered(
    school: School,
    form: str,
    signer: str = "",
    authority: Authority | None = None,
    *,
    yes: str = "website",
    no: str = "",
) -> Entered:
    answers = FormAnswers(frozenset(yes.split()), frozenset(no.split()), signer, authority)
    return enter_form(school, form, answers)


def answer_of(school: School, code: str = "website") -> Answer:
    """What counts for the only child."""
    with school.reading() as session:
        (child,) = placed_pupils(session, SchoolYear(2026))
        purposes = [p for p in records.purposes(session) if p.code == code]
        found = records.matrix(session, [child.pupil], purposes, school.clock.today())
        return found.answer(child.pupil.id, code)


def waited_for(school: School) -> list[str]:
    return [each.pupil.split()[0] for each in print_reminder_list(school, Paper())]


def carers_of(school: School, pupil_id: str) -> list[Guardianship]:
    with school.reading() as session:
        return guardianships(session, [pupil_id]).get(pupil_id, [])


def audit_lines(school: School) -> int:
    with school.reading() as session:
        return session.anchor().seq
