"""The board: the same answers as the rules give one by one, also for every odd family."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from schoolprivacy.clock import SetClock
from schoolprivacy.consents import actions, purposes, records
from schoolprivacy.consents.board import consent_row, consent_table
from schoolprivacy.consents.terms import Answer, Choice, Way
from schoolprivacy.people.terms import Authority
from schoolprivacy.school import School
from tests.consents.families import (
    FATHER,
    MOTHER,
    a_child,
    answered,
    asked,
    carers_of,
    enrol,
)


@pytest.fixture
def clock() -> SetClock:
    return SetClock(datetime(2026, 11, 2, 9, tzinfo=UTC))


def one_by_one(school: School) -> tuple[tuple[Answer, ...], ...]:
    """What the matrix says of the pupils and purposes on the board."""
    table = consent_table(school)
    with school.reading() as session:
        found = records.matrix(
            session, [each.pupil for each in table.pupils], table.purposes, school.clock.today()
        )
    return tuple(
        tuple(found.answer(child.pupil.id, purpose.code) for purpose in table.purposes)
        for child in table.pupils
    )


def odd_families(school: School) -> None:
    purposes.switch_purpose(school, "facebook", on=True)
    enrol(
        school,
        a_child("Aap", MOTHER, FATHER),
        a_child("Noot", MOTHER, replace(FATHER, denied_authority=True)),
        replace(a_child("Mies", MOTHER), born_on=date(2010, 3, 1)),
        a_child("Wim", replace(MOTHER, call_name="Clara", phones=(), email="")),
        a_child("Zus"),
    )
    aap, noot, mies, wim, _ = sorted(asked(school), key=lambda e: "ANMWZ".index(e.pupil[0]))
    answered(school, aap.form, "Anna van der Sluis", Authority.YES, yes="website facebook press")
    answered(school, aap.form, "Bas Yıldız", yes="", no="website")
    answered(school, aap.form, yes="newsletter")
    answered(school, noot.form, "Bas Yıldız", yes="website", no="press")
    answered(school, noot.form, "Anna van der Sluis", Authority.YES, yes="facebook", no="press")
    answered(school, mies.form, "", Authority.YES)
    actions.record_decision(
        school,
        actions.NewDecision(
            *(mies.pupil_id, "press", 1, Choice.GRANTED, school.clock.today(), Way.DESK),
            by_pupil=True,
        ),
    )
    answered(school, wim.form, "", Authority.YES, yes="website press")
    (mother,) = carers_of(school, wim.pupil_id)
    actions.withdraw(
        school,
        wim.pupil_id,
        mother.guardian.id,
        ["press"],
        on=school.clock.today(),
        way=Way.PHONE,
    )


def test_the_board_says_what_the_rules_say_of_every_cell(school: School) -> None:
    odd_families(school)
    purposes.reword_purpose(school, "newsletter", widens=True, audience="iedereen")
    table = consent_table(school)
    assert table.answers == one_by_one(school)
    seen = {answer for row in table.answers for answer in row}
    assert seen == set(Answer) - {Answer.EXPIRED, Answer.NOT_ASKED}


def test_a_use_that_became_wider_and_a_child_nobody_asked(school: School) -> None:
    odd_families(school)
    purposes.reword_purpose(school, "website", widens=True, audience="de hele wereld")
    purposes.switch_purpose(school, "youtube", on=True)
    table = consent_table(school)
    assert table.answers == one_by_one(school)
    seen = {answer for row in table.answers for answer in row}
    assert {Answer.EXPIRED, Answer.NOT_ASKED} <= seen


def test_one_row_follows_a_change(school: School) -> None:
    odd_families(school)
    before = consent_table(school)
    at = [each.pupil.call_name for each in before.pupils].index("Wim")
    website = [each.code for each in before.purposes].index("website")
    wim = before.pupils[at].pupil.id
    assert consent_row(school, wim) == before.answers[at]
    (mother,) = carers_of(school, wim)
    actions.withdraw(
        school, wim, mother.guardian.id, ["website"], on=school.clock.today(), way=Way.DESK
    )
    row = consent_row(school, wim)
    assert row[website] is Answer.WITHDRAWN
    assert row == consent_table(school).answers[at]


def test_a_group_shows_its_own_children_only(school: School) -> None:
    enrol(school, a_child("Aap", MOTHER), replace(a_child("Noot", FATHER), group="Groep 6"))
    table = consent_table(school, "Groep 6")
    assert [each.pupil.call_name for each in table.pupils] == ["Noot"]
    assert table.answers == ((Answer.NOT_ASKED,) * 13,)  # 7 of pictures, 6 of the contact list
    assert consent_table(school, "Groep 9").answers == ()
