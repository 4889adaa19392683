"""Closing a round: silence stays silence, and what was answered stays as it was."""

from __future__ import annotations

from dataclasses import replace

import sqlalchemy as sa

from schoolprivacy.clock import SetClock
from schoolprivacy.consents import records
from schoolprivacy.consents.contacts.printing import print_contact_list
from schoolprivacy.consents.rounds.closing import close_round, closing, reopen_round
from schoolprivacy.consents.rounds.progress import newest_round
from schoolprivacy.consents.rounds.terms import Step
from schoolprivacy.consents.standing import standing
from schoolprivacy.consents.terms import Answer
from schoolprivacy.people.terms import Authority
from schoolprivacy.school import School
from tests.consents.families import (
    MOTHER,
    Paper,
    a_child,
    answer_of,
    answered,
    audit_lines,
    enrol,
    waited_for,
)
from tests.consents.round_rows import EVERY, a_round, asked_in, at
from tests.vault.schools import refused

ANNA = "Anna van der Sluis"


def decisions(school: School) -> int:
    with school.reading() as session:
        query = sa.select(sa.func.count()).select_from(records.decision)
        return int(session.execute(query).scalar_one())


def test_silence_stays_no_answer_and_drops_off(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER))
    asked_in(school, a_round(school))
    assert waited_for(school) == ["Noor"]
    before, lines = decisions(school), audit_lines(school)
    told = closing(school)
    assert (told.unanswered, told.children, told.families, told.authority) == (1, 1, 1, 0)
    assert close_round(school) == told
    assert audit_lines(school) == lines + 1
    assert answer_of(school) is Answer.NO_ANSWER and decisions(school) == before
    assert waited_for(school) == [] and standing(school).families_without_answer == 0


def test_a_form_that_comes_later_is_entered_as_ever(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER))
    forms = asked_in(school, a_round(school))
    close_round(school)
    answered(school, forms["Noor"], ANNA, Authority.YES, yes=EVERY)
    assert answer_of(school) is Answer.GRANTED


def test_brothers_and_sisters_are_one_family(school: School) -> None:
    enrol(
        school,
        a_child("Noor", MOTHER),
        a_child("Sem", MOTHER),
        a_child("Kim", replace(MOTHER, call_name="Lia")),
    )
    forms = asked_in(school, a_round(school))
    answered(school, forms["Kim"], "Lia van der Sluis", yes=EVERY)
    told = closing(school)
    assert (told.unanswered, told.children, told.families, told.authority) == (2, 2, 1, 1)


def test_it_can_be_taken_back_until_a_newer_one(school: School, clock: SetClock) -> None:
    assert refused(close_round, school) == refused(closing, school) == "round.none_open"
    assert refused(reopen_round, school) == "round_going.none_yet"
    enrol(school, a_child("Noor", MOTHER))
    key = a_round(school)
    asked_in(school, key)
    assert refused(reopen_round, school) == "round_going.another_open"
    close_round(school)
    with school.reading() as session:
        closed = newest_round(session)
    assert closed is not None and Step.CLOSE in closed.done
    opened = reopen_round(school)
    assert opened.id == key and opened.is_open and Step.CLOSE not in opened.done
    assert waited_for(school) == ["Noor"]
    close_round(school)
    at(clock, 2027, 9, 1)
    a_round(school, year=2027)
    assert refused(reopen_round, school) == "round_going.another_open"


def test_the_lists_of_last_year_must_be_destroyed(school: School, clock: SetClock) -> None:
    enrol(school, a_child("Noor", MOTHER))
    forms = asked_in(school, a_round(school))
    answered(school, forms["Noor"], ANNA, Authority.YES, yes=EVERY)
    print_contact_list(school, Paper(), group="Groep 5", for_whom=["Familie Sluis"])
    assert close_round(school).to_destroy == ()
    at(clock, 2027, 9, 1)
    a_round(school, year=2027)
    assert [each.number for each in close_round(school).to_destroy] == [1]
