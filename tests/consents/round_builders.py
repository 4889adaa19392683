"""Builders for tests of the yearly round: a school that asked and was answered a year ago."""

from __future__ import annotations

from datetime import UTC, datetime

from schoolprivacy.clock import SetClock
from schoolprivacy.consents import records
from schoolprivacy.consents.answering import FormAnswers, enter_form
from schoolprivacy.consents.printing import PrintRun
from schoolprivacy.consents.records import Form
from schoolprivacy.consents.rounds.opening import open_round
from schoolprivacy.consents.rounds.printing import print_round_forms
from schoolprivacy.people.records import current_year, pupils_on_roll
from schoolprivacy.people.terms import Authority
from schoolprivacy.school import School
from schoolprivacy.schoolyear import SchoolYear
from tests.consents.contact_builders import ids_of
from tests.consents.families import Paper, asked


def at(clock: SetClock, year: int, month: int, day: int) -> None:
    clock.moment = datetime(year, month, day, 9, tzinfo=UTC)


def codes(school: School, *, contact: bool | None = None) -> list[str]:
    """Of the purposes that are switched on: all, those of the contact list, or the others."""
    with school.reading() as session:
        on = records.purposes(session, only_on=True)
    return [each.code for each in on if contact is None or each.is_contact is contact]


def forms_of(school: School, name: str) -> list[Form]:
    """The forms of one child, the oldest first."""
    of = ids_of(school)[name]
    with school.reading() as session:
        return [each for each in records.forms(session) if each.pupil_id == of]


def form_for(school: School, child: str, parent: str) -> Form:
    """The newest form of a child that is meant for one of its parents."""
    signer = ids_of(school)[parent]
    return [each for each in forms_of(school, child) if signer in each.guardians][-1]


def says(school: School, child: str, parent: str, *, yes: str = "", no: str = "") -> None:
    """A parent with authority answers on the newest form."""
    answers = FormAnswers(
        frozenset(yes.split()),
        frozenset(no.split()),
        signer_id=ids_of(school)[parent],
        declared=Authority.YES,
    )
    enter_form(school, form_for(school, child, parent).number, answers)


def answers_all(school: School, child: str, parent: str, *, no: str = "") -> None:
    """Yes to everything on the newest form but to what is named."""
    on_it = {code for code, _ in form_for(school, child, parent).asked}
    says(school, child, parent, yes=" ".join(on_it - set(no.split())), no=no)


def first_year(school: School) -> None:
    """Everybody is asked, outside a round."""
    asked(school)


def second_year(school: School, clock: SetClock) -> None:
    """A year later the round is opened."""
    at(clock, 2027, 9, 6)
    open_round(school, SchoolYear(2027))


def print_round(school: School, **job: object) -> tuple[Paper, PrintRun]:
    paper = Paper()
    return paper, print_round_forms(school, paper, **job)  # type: ignore[arg-type]


def asked_on(form: Form) -> list[str]:
    return [code for code, _ in form.asked]


def children(school: School) -> list[str]:
    with school.reading() as session:
        today = session.clock.today()
        return [
            each.pupil.call_name
            for each in pupils_on_roll(session, today, current_year(session, today))
        ]
