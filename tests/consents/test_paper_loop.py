"""What comes back on paper beside what was known: handled by the rules, and told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from schoolprivacy.clock import SetClock
from schoolprivacy.consents import purposes, records
from schoolprivacy.consents.answering import Entered, FormAnswers, enter_form
from schoolprivacy.consents.entry import open_form
from schoolprivacy.consents.form_code import make_form_code
from schoolprivacy.consents.forms import print_forms
from schoolprivacy.consents.rounds.records import round_
from schoolprivacy.consents.standing import standing
from schoolprivacy.consents.terms import Answer
from schoolprivacy.consents.undoing import undo_entry
from schoolprivacy.errors import sentence
from schoolprivacy.people import records as people
from schoolprivacy.people.terms import Authority
from schoolprivacy.school import School
from tests.consents.families import (
    APART,
    FATHER,
    MOTHER,
    Paper,
    a_child,
    answer_of,
    asked,
    audit_lines,
    enrol,
)
from tests.people.builders import content_of
from tests.vault.schools import refused

ANNA, BAS = "Anna van der Sluis", "Bas Yıldız"
TODAY = date(2026, 11, 2)
CONTACT = "contact-child-name"
TOLD_BESIDE = {"form.changes_earlier", "form.earlier_stays", "form.now_conflict"}


@pytest.fixture
def clock() -> SetClock:
    return SetClock(datetime(2026, 11, 2, 9, tzinfo=UTC))


def later(clock: SetClock, days: int) -> date:
    clock.moment += timedelta(days=days)
    return clock.today()


def the_form(school: School, *guardians: object) -> str:
    """The number of the form of one child of these guardians."""
    enrol(school, a_child("Noor", *(guardians or (MOTHER,))))  # type: ignore[arg-type]
    return asked(school)[0].form


def a_new_form(school: School) -> str:
    (form,) = print_forms(school, Paper(), anew=True)
    return form.form


def enters(
    school: School,
    form: str,
    *,
    yes: str = "",
    no: str = "",
    on: date | None = None,
    signer: str = ANNA,
    correct: bool = False,
) -> Entered:
    answers = FormAnswers(
        frozenset(yes.split()), frozenset(no.split()), signer, Authority.YES, on, correct
    )
    return enter_form(school, form, answers)


def told(entered: Entered) -> set[str]:
    """What is said about other papers."""
    for key in entered.remarks:
        assert sentence(key)
    return set(entered.remarks) & TOLD_BESIDE


def notices(school: School, form: str) -> tuple[str, ...]:
    found = open_form(school, form).notices
    assert all(sentence(key) for key in found)
    return found


# — forms of another year, of another school —


def test_a_form_of_last_year_says_so_and_what_it_answers_about_pictures_counts(
    school: School, clock: SetClock
) -> None:
    form = the_form(school)
    clock.moment = datetime(2027, 9, 6, 9, tzinfo=UTC)
    assert notices(school, form) == ("form.contact_past", "form.other_year")
    enters(school, form, yes=f"website {CONTACT}")
    assert answer_of(school) is Answer.GRANTED
    assert answer_of(school, CONTACT) is Answer.EXPIRED


def test_a_form_of_another_school_is_told_apart_and_stores_nothing(school: School) -> None:
    own = the_form(school)
    tag = "ZZZZ" if own[14:18] != "ZZZZ" else "YYYY"
    other, before = make_form_code(tag), content_of(school)
    for number, key in (
        (other, "form.other_school"),
        (other[:8], "form.unknown"),  # so short a number does not say whose it is
        (make_form_code(own[14:18]), "form.unknown"),
        (own[:12] + ("A" if own[12] != "A" else "B") + own[13:], "form.code_mistyped"),
        (own[:7], "form.code_unreadable"),
    ):
        assert refused(open_form, school, number) == key
        assert refused(enters, school, number, yes="website") == key
    assert content_of(school) == before


# — the same form again —


def test_the_same_form_twice_records_nothing_the_second_time(school: School) -> None:
    form = the_form(school)
    first = enters(school, form, yes="website", no="press")
    assert notices(school, form) == ("form.already_entered",)
    again = enters(school, form, yes="website", no="press")
    assert (first.recorded, again.recorded) == (2, 0)
    assert "form.entered_before" in again.remarks and told(again) == set()
    assert standing(school).decisions == 2


def test_the_same_form_with_the_opposite_answer_is_told_and_the_no_counts(school: School) -> None:
    form = the_form(school)
    enters(school, form, yes="website")
    again = enters(school, form, no="website")
    assert "form.contradicts" in again.remarks
    assert answer_of(school) is Answer.REFUSED
    assert enters(school, form, yes="website", correct=True).recorded == 1
    assert answer_of(school) is Answer.GRANTED


def test_a_correction_does_not_quarrel_with_itself(school: School) -> None:
    form = the_form(school, MOTHER, FATHER)
    enters(school, form, no="website")
    enters(school, form, yes="press", signer=BAS)
    assert told(enters(school, form, yes="website", correct=True)) == set()


# — another form of the same parent —


def test_a_newer_form_with_another_answer_takes_its_place(school: School, clock: SetClock) -> None:
    enters(school, the_form(school), yes="website press")
    later(clock, 30)
    entered = enters(school, a_new_form(school), no="website", yes="press")
    assert told(entered) == {"form.changes_earlier"}
    assert (answer_of(school), answer_of(school, "press")) == (Answer.REFUSED, Answer.GRANTED)
    undo_entry(school, entered)
    assert answer_of(school) is Answer.GRANTED


def test_an_older_form_that_comes_late_changes_nothing(school: School, clock: SetClock) -> None:
    old = the_form(school)
    later(clock, 30)
    enters(school, a_new_form(school), no="website")
    assert notices(school, old) == ("form.replaced",)
    entered = enters(school, old, yes="website press", on=TODAY)
    assert told(entered) == {"form.earlier_stays"}
    assert "form.replaced" in entered.remarks
    assert (answer_of(school), answer_of(school, "press")) == (Answer.REFUSED, Answer.GRANTED)


@pytest.mark.parametrize(
    ("first", "then", "said"),
    [("yes", "no", "form.changes_earlier"), ("no", "yes", "form.earlier_stays")],
)
def test_of_two_forms_of_one_day_the_no_counts(
    school: School, first: str, then: str, said: str
) -> None:
    old = the_form(school)
    new = a_new_form(school)
    enters(school, old, **{first: "website"})  # type: ignore[arg-type]
    entered = enters(school, new, **{then: "website"})  # type: ignore[arg-type]
    assert told(entered) == {said}
    assert answer_of(school) is Answer.REFUSED


def test_a_yes_to_the_narrower_use_lifts_no_no_to_the_wider(
    school: School, clock: SetClock
) -> None:
    old = the_form(school)
    purposes.reword_purpose(school, "website", widens=True, label="overal op internet")
    enters(school, a_new_form(school), no="website")
    later(clock, 5)
    entered = enters(school, old, yes="website")
    assert told(entered) == {"form.earlier_stays"}
    assert "form.older_wording" in notices(school, old)
    assert answer_of(school) is Answer.REFUSED


def test_the_same_answer_again_is_nothing_to_tell(school: School, clock: SetClock) -> None:
    enters(school, the_form(school), yes="website", no="press")
    later(clock, 30)
    entered = enters(school, a_new_form(school), yes="website", no="press")
    assert entered.recorded == 2 and told(entered) == set()


def test_only_what_stood_before_is_changed(school: School, clock: SetClock) -> None:
    """A yes, then a no: a third form that says no changes nothing of the yes."""
    enters(school, the_form(school), yes="website")
    later(clock, 10)
    enters(school, a_new_form(school), no="website")
    later(clock, 10)
    assert told(enters(school, a_new_form(school), no="website")) == set()


def test_the_contact_list_of_another_year_is_another_question(
    school: School, clock: SetClock
) -> None:
    enters(school, the_form(school), yes=CONTACT)
    clock.moment = datetime(2027, 9, 6, 9, tzinfo=UTC)
    entered = enters(school, a_new_form(school), no=CONTACT)
    assert told(entered) == set()


def test_a_replaced_form_counts_for_the_text_on_it(school: School) -> None:
    old = the_form(school)
    new = a_new_form(school)
    entered = enters(school, old, yes="website")
    assert "form.replaced" in entered.remarks and told(entered) == set()
    assert answer_of(school) is Answer.GRANTED
    assert notices(school, new) == ()


# — another form of another parent —


def test_when_the_parents_quarrel_now_it_is_told_once(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER, APART))
    mothers, fathers = (each.form for each in asked(school))
    assert told(enters(school, mothers, yes="website")) == set()
    assert told(enters(school, fathers, no="website", signer=BAS)) == {"form.now_conflict"}
    assert answer_of(school) is Answer.CONFLICT
    assert told(enters(school, mothers, yes="website")) == set()


def test_a_newer_answer_that_ends_a_quarrel_tells_only_that(
    school: School, clock: SetClock
) -> None:
    enrol(school, a_child("Noor", MOTHER, APART))
    mothers, fathers = (each.form for each in asked(school))
    enters(school, mothers, yes="website")
    enters(school, fathers, no="website", signer=BAS)
    later(clock, 3)
    new = next(
        each.form
        for each in print_forms(school, Paper(), anew=True)
        if open_form(school, each.form).signers[0].name == BAS
    )
    assert told(enters(school, new, yes="website", signer=BAS)) == {"form.changes_earlier"}
    assert answer_of(school) is Answer.GRANTED


# — forms of a closed round —


def in_a_round(school: School, form: str, *, closed_on: str | None) -> None:
    with school.transaction() as session:
        session.execute(
            sa.insert(round_).values(
                id="r",
                school_year=2026,
                opened_on="2026-10-01",
                opened_by=session.who.id,
                closed_on=closed_on,
                closed_by=session.who.id if closed_on else None,
            )
        )
        page = records.form_page.c
        of_number = sa.select(page.form_id).where(page.number == form).scalar_subquery()
        session.execute(
            sa.update(records.form).where(records.form.c.id == of_number).values(round_id="r")
        )
        session.audit("test")


def test_a_form_of_a_closed_round_is_entered_all_the_same(school: School) -> None:
    form = the_form(school)
    in_a_round(school, form, closed_on="2026-11-01")
    assert notices(school, form) == ("form.round_closed",)
    assert enters(school, form, yes="website").recorded == 1
    assert answer_of(school) is Answer.GRANTED


def test_a_form_of_the_open_round_has_nothing_to_tell(school: School) -> None:
    form = the_form(school)
    in_a_round(school, form, closed_on=None)
    assert notices(school, form) == ()


# — an address that became secret in between —


def test_a_form_printed_before_an_address_became_secret_counts_and_shows_nothing(
    school: School,
) -> None:
    form = the_form(school, MOTHER, FATHER)
    with school.transaction() as session:
        session.execute(sa.update(people.guardian).values(address_secret=True, phone_secret=True))
        session.audit("test")
    lines = audit_lines(school)
    opened = open_form(school, form)
    assert audit_lines(school) == lines and opened.notices == ()
    entered = enters(school, form, yes="website")
    assert answer_of(school) is Answer.GRANTED
    shown = f"{opened} {entered}".lower()
    for said in ("lindelaan", "1234 ab", "voorbeelddorp", "+316", "gezin.example"):
        assert said not in shown, said
    again = Paper()
    print_forms(school, again)
    assert "Noor Test" in again.text and "Lindelaan" not in again.text


def test_a_moved_family_answers_on_the_form_they_have(school: School) -> None:
    form = the_form(school)
    moved = replace(MOTHER, street="Havenkade", house_number="9")
    enrol(school, a_child("Noor", moved))
    assert notices(school, form) == ()
    enters(school, form, yes="website")
    assert answer_of(school) is Answer.GRANTED


# — what was left blank —


def test_a_blank_says_nothing_beside_an_earlier_answer(school: School, clock: SetClock) -> None:
    enters(school, the_form(school), yes="website")
    later(clock, 9)
    entered = enters(school, a_new_form(school), no="press")
    assert "website" in entered.blank and told(entered) == set()
    assert answer_of(school) is Answer.GRANTED
