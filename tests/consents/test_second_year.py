"""The contact list is asked anew each year: no answer of one year may count as a yes in another."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from schoolprivacy.clock import SetClock
from schoolprivacy.consents import records
from schoolprivacy.consents.actions import withdraw
from schoolprivacy.consents.answering import FormAnswers, enter_form
from schoolprivacy.consents.records import Form
from schoolprivacy.consents.stack import StackRow, enter_stack, undo_stack
from schoolprivacy.consents.terms import Answer, Way
from schoolprivacy.people.profile import change_profile
from schoolprivacy.people.terms import Authority
from schoolprivacy.school import School
from schoolprivacy.schoolyear import SchoolYear
from tests.consents.contact_builders import contact_of, ids_of
from tests.consents.families import APART, MOTHER, a_child, answer_of, asked, enrol
from tests.consents.stack_builders import lines
from tests.vault.schools import refused

CHILD, NAME = "contact-child-name", "contact-guardian-name"


def at(clock: SetClock, year: int, month: int, day: int) -> None:
    clock.moment = datetime(year, month, day, 9, tzinfo=UTC)


def form_of(school: School, who: str, year: int) -> Form:
    """The form of one parent that asks the contact list for a school year."""
    with school.reading() as session:
        found = records.forms(session)
    of = ids_of(school)[who]
    (form,) = [e for e in found if of in e.guardians and e.school_year == SchoolYear(year)]
    return form


def says(school: School, who: str, year: int, *, yes: str = "", no: str = "") -> None:
    answers = FormAnswers(
        frozenset(yes.split()),
        frozenset(no.split()),
        signer_id=ids_of(school)[who],
        declared=Authority.YES,
    )
    enter_form(school, form_of(school, who, year).number, answers)


@pytest.fixture
def family(school: School, clock: SetClock) -> School:
    """Parents apart, who were asked in two school years and have not answered yet."""
    enrol(school, a_child("Kim", MOTHER, APART))
    asked(school)
    at(clock, 2027, 9, 6)
    asked(school)
    return school


def test_a_no_on_the_form_of_last_year_stops_this_year(family: School) -> None:
    says(family, "Bas", 2027, yes=f"{CHILD} {NAME}")
    assert answer_of(family, CHILD) is Answer.GRANTED
    says(family, "Anna", 2026, no=CHILD)
    assert answer_of(family, CHILD) is Answer.CONFLICT
    assert contact_of(family, "Kim", "Bas") is None


def test_a_yes_on_the_form_of_last_year_permits_nothing_this_year(family: School) -> None:
    says(family, "Anna", 2026, yes=CHILD)
    assert answer_of(family, CHILD) is Answer.EXPIRED


def test_that_no_has_ended_when_the_next_year_is_asked(family: School, clock: SetClock) -> None:
    says(family, "Anna", 2026, no=CHILD)
    at(clock, 2028, 8, 1)
    assert answer_of(family, CHILD) is Answer.EXPIRED


def test_what_is_taken_back_stays_so_as_long_as_the_yes_would_count(
    school: School, clock: SetClock
) -> None:
    enrol(school, a_child("Kim", MOTHER, APART))
    at(clock, 2027, 6, 10)
    asked(school)  # for the next school year
    says(school, "Bas", 2027, yes=CHILD)
    change_profile(school, next_year_from=8)
    at(clock, 2027, 6, 20)
    ids = ids_of(school)
    withdraw(school, ids["Kim"], ids["Anna"], [CHILD], on=date(2027, 6, 20), way=Way.DESK)
    at(clock, 2027, 8, 1)
    assert answer_of(school, CHILD) is Answer.WITHDRAWN


def test_nobody_takes_back_what_they_said_afterwards(school: School, clock: SetClock) -> None:
    """A wrong date would leave the yes standing while everybody thinks it is gone."""
    enrol(school, a_child("Kim", MOTHER, APART))
    asked(school)
    at(clock, 2026, 11, 10)
    says(school, "Anna", 2026, yes=f"website {CHILD}")
    ids, codes = ids_of(school), ["website", "press"]
    how = {"on": date(2026, 11, 9), "way": Way.LETTER}
    assert refused(withdraw, school, ids["Kim"], ids["Anna"], codes, **how) == (
        "decision.said_yes_since"
    )
    assert answer_of(school) is Answer.GRANTED
    withdraw(school, ids["Kim"], ids["Bas"], codes, on=date(2026, 11, 9), way=Way.LETTER)
    assert answer_of(school) is Answer.WITHDRAWN


def test_a_stack_puts_each_answer_on_the_form_that_asks_it(family: School) -> None:
    pictures, contact = form_of(family, "Anna", 2026), form_of(family, "Anna", 2027)
    row = StackRow(
        lines(family)["Kim"].pupil_id,
        ids_of(family)["Anna"],
        date(2027, 9, 6),
        Authority.YES,
        yes=frozenset({"website", CHILD}),
        no=frozenset({NAME}),
    )
    done = enter_stack(family, [row])
    assert (done.papers, done.recorded) == (1, 3)
    with family.reading() as session:
        found = records.decisions(session)
    on_form = {code: one.form_id for (_, code), (one,) in found.items()}
    assert on_form == {"website": pictures.id, CHILD: contact.id, NAME: contact.id}
    assert answer_of(family) is Answer.GRANTED
    assert answer_of(family, CHILD) is Answer.GRANTED
    undo_stack(family, done)
    assert answer_of(family) is answer_of(family, CHILD) is Answer.NO_ANSWER


def test_a_paper_of_last_year_in_a_stack_is_no_yes_for_this_year(family: School) -> None:
    signer = ids_of(family)["Anna"]
    kim = lines(family)["Kim"].pupil_id
    row = StackRow(kim, signer, date(2026, 11, 5), Authority.YES, yes=frozenset({CHILD}))
    enter_stack(family, [row])
    assert answer_of(family, CHILD) is Answer.EXPIRED


def test_a_form_that_came_back_is_not_printed_again_for_the_contact_list(
    school: School, clock: SetClock
) -> None:
    enrol(school, a_child("Kim", MOTHER, APART))
    asked(school)
    says(school, "Anna", 2026, yes="website")
    at(clock, 2027, 9, 6)
    printed = {each.form for each in asked(school)}
    with school.reading() as session:
        forms = {each.number: each for each in records.forms(session)}
    of_anna, of_bas = ids_of(school)["Anna"], ids_of(school)["Bas"]
    mine = [forms[n].school_year.start for n in printed if of_anna in forms[n].guardians]
    his = [forms[n].school_year.start for n in printed if of_bas in forms[n].guardians]
    assert sorted(mine) == [2027]
    assert sorted(his) == [2026, 2027]
