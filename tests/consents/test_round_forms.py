"""The forms of a round: what is open is asked, of whom it is open, and nothing twice unsaid."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa

from schoolprivacy.clock import SetClock
from schoolprivacy.consents.forms import print_forms
from schoolprivacy.consents.purposes import reword_purpose
from schoolprivacy.consents.rounds.opening import choose_modes, open_round, set_dates
from schoolprivacy.consents.rounds.printing import print_round_forms, sample_round_forms
from schoolprivacy.consents.rounds.records import round_
from schoolprivacy.consents.rounds.terms import Mode
from schoolprivacy.consents.terms import Answer
from schoolprivacy.people.records import pupil
from schoolprivacy.school import School
from schoolprivacy.schoolyear import SchoolYear
from tests.consents.families import (
    APART,
    FATHER,
    MOTHER,
    Paper,
    a_child,
    answer_of,
    answered,
    asked,
    audit_lines,
    enrol,
    waited_for,
)
from tests.consents.round_builders import (
    answers_all,
    asked_on,
    at,
    codes,
    form_for,
    forms_of,
    print_round,
    says,
    second_year,
)
from tests.paper.reading import texts_of
from tests.vault.schools import refused


def test_who_answered_everything_is_only_asked_for_the_contact_list(
    school: School, clock: SetClock
) -> None:
    enrol(school, a_child("Noor", MOTHER, FATHER))
    asked(school)
    answers_all(school, "Noor", "Anna", no="press")
    second_year(school, clock)
    paper, run = print_round(school)
    first, now = forms_of(school, "Noor")
    assert asked_on(now) == codes(school, contact=True)
    assert now.school_year == SchoolYear(2027) and now.round_id and first.round_id is None
    assert first.replaced_on is None  # it was answered, and its answers about pictures stand
    assert (len(run), run.reprinted) == (1, 0)
    assert answer_of(school) is Answer.GRANTED
    assert "2027-2028" in paper.text


def test_a_form_of_the_round_is_printed_again_with_the_same_number(
    school: School, clock: SetClock
) -> None:
    enrol(school, a_child("Noor", MOTHER))
    second_year(school, clock)
    _, first = print_round(school)
    paper, again = print_round(school)
    assert again.printed == first.printed and again.reprinted == 1
    assert "(herdruk)" in paper.text
    assert len(forms_of(school, "Noor")) == 1


def test_an_older_form_that_was_never_answered_is_replaced(school: School, clock: SetClock) -> None:
    enrol(school, a_child("Noor", MOTHER))
    asked(school)
    second_year(school, clock)
    print_round(school)
    first, now = forms_of(school, "Noor")
    assert first.replaced_on == school.clock.today()
    assert asked_on(now) == codes(school)
    assert waited_for(school) == ["Noor"]


def test_what_was_left_blank_is_asked_again_and_the_rest_is_not(
    school: School, clock: SetClock
) -> None:
    enrol(school, a_child("Noor", MOTHER))
    asked(school)
    says(school, "Noor", "Anna", yes="website", no="press")
    second_year(school, clock)
    print_round(school)
    first, now = forms_of(school, "Noor")
    assert not {"website", "press"} & set(asked_on(now))
    assert "brochure" in asked_on(now)
    assert first.replaced_on  # nothing is left on it that the new one does not ask


def test_a_wider_use_is_asked_also_of_who_said_no(school: School, clock: SetClock) -> None:
    enrol(school, a_child("Noor", MOTHER), a_child("Sem", replace(FATHER, surname="Wit")))
    asked(school)
    answers_all(school, "Noor", "Anna")
    answers_all(school, "Sem", "Bas", no="website")
    reword_purpose(school, "website", widens=True, audience="iedereen, ook via zoekmachines")
    second_year(school, clock)
    print_round(school)
    for name in ("Noor", "Sem"):
        assert asked_on(forms_of(school, name)[-1]) == ["website", *codes(school, contact=True)]


def test_a_new_sister_is_asked_everything_in_the_same_envelope(
    school: School, clock: SetClock
) -> None:
    enrol(school, a_child("Noor", MOTHER))
    asked(school)
    answers_all(school, "Noor", "Anna")
    older = a_child("Zus", replace(FATHER, surname="Wit"))
    enrol(school, a_child("Noor", MOTHER), older, replace(a_child("Fee", MOTHER), group="Groep 1"))
    second_year(school, clock)
    paper, run = print_round(school)
    assert asked_on(forms_of(school, "Fee")[-1]) == codes(school)
    assert [each.pupil.split()[0] for each in run] == ["Fee", "Noor", "Zus"]
    assert "Samen in één envelop · Groep 1" in paper.pages[-1]
    assert "Zus" not in paper.pages[-1]


def test_each_child_in_its_own_group(school: School, clock: SetClock) -> None:
    enrol(school, a_child("Noor", MOTHER), replace(a_child("Fee", MOTHER), group="Groep 8"))
    second_year(school, clock)
    paper, run = print_round(school, order="own")
    assert [each.group for each in run] == ["Groep 5", "Groep 8"]
    assert "Samen in één envelop" not in paper.text
    paper, run = print_round(school)
    assert [each.group for each in run] == ["Groep 8", "Groep 5"]  # the youngest sits in 8 here


def test_a_parent_is_asked_what_the_other_address_answered(school: School, clock: SetClock) -> None:
    """Leaving it out would tell what the other parent did."""
    enrol(school, a_child("Kim", MOTHER, APART))
    asked(school)
    answers_all(school, "Kim", "Anna")
    assert answer_of(school) is Answer.GRANTED
    second_year(school, clock)
    print_round(school)
    assert asked_on(form_for(school, "Kim", "Anna")) == codes(school, contact=True)
    assert asked_on(form_for(school, "Kim", "Bas")) == codes(school)


def test_the_answer_of_an_unknown_signer_belongs_to_no_address_after_parting(
    school: School, clock: SetClock
) -> None:
    enrol(school, a_child("Kim", MOTHER, FATHER))
    (form,) = asked(school)
    answered(school, form.form, yes="website", no="press")
    enrol(school, a_child("Kim", MOTHER, APART))
    second_year(school, clock)
    print_round(school)
    for parent in ("Anna", "Bas"):
        assert {"website", "press"} <= set(asked_on(form_for(school, "Kim", parent)))


def test_a_secret_address_is_not_on_paper(school: School, clock: SetClock) -> None:
    enrol(school, a_child("Kim", replace(MOTHER, address_secret=True)))
    second_year(school, clock)
    paper, _ = print_round(school)
    assert "Lindelaan" not in paper.text and "1234" not in paper.text
    assert "Uit te delen in de klas" in paper.text


@pytest.mark.parametrize("order", ["youngest", "own"])
def test_what_somebody_in_the_family_keeps_secret_is_on_neither_letter(
    school: School, clock: SetClock, order: str
) -> None:
    hidden = replace(FATHER, address_secret=True)
    enrol(school, a_child("Noor", MOTHER), a_child("Kim", MOTHER, hidden))
    second_year(school, clock)
    paper, run = print_round(school, order=order)
    assert len(run) == 2
    assert "Lindelaan" not in paper.text


def test_ask_again_asks_what_stands(school: School, clock: SetClock) -> None:
    enrol(school, a_child("Noor", MOTHER))
    asked(school)
    answers_all(school, "Noor", "Anna")
    second_year(school, clock)
    choose_modes(school, {"website": Mode.ASK})
    print_round(school)
    assert asked_on(forms_of(school, "Noor")[-1])[0] == "website"


def test_nobody_to_ask_is_told(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER))
    asked(school)
    answers_all(school, "Noor", "Anna")
    open_round(school, SchoolYear(2026))
    assert refused(print_round_forms, school, Paper()) == "round.nobody_asked"
    assert refused(sample_round_forms, school) == "round.nobody_asked"


def test_without_a_round_there_are_no_forms_of_it(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER))
    assert refused(print_round_forms, school, Paper()) == "round.none_open"


def test_a_paper_that_is_not_delivered_leaves_nothing(school: School, clock: SetClock) -> None:
    enrol(school, a_child("Noor", MOTHER))
    asked(school)
    second_year(school, clock)
    before = audit_lines(school)

    def full(_: bytes) -> None:
        raise OSError("no room")

    with pytest.raises(OSError, match="no room"):
        print_round_forms(school, full)
    (only,) = forms_of(school, "Noor")
    assert only.replaced_on is None
    assert audit_lines(school) == before


def test_a_sample_stores_nothing_and_bears_no_number(school: School, clock: SetClock) -> None:
    enrol(school, a_child("Noor", MOTHER))
    second_year(school, clock)
    before = audit_lines(school)
    sample = texts_of(sample_round_forms(school))
    assert "Noor Test" in sample[0]
    assert not forms_of(school, "Noor") and audit_lines(school) == before


def test_progress_can_stop_it(school: School, clock: SetClock) -> None:
    enrol(school, a_child("Noor", MOTHER), a_child("Sem", replace(FATHER, surname="Wit")))
    second_year(school, clock)
    heard = []

    def stop(done: int, of: int) -> None:
        heard.append((done, of))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        print_round(school, progress=stop)
    assert heard == [(1, 2)]
    assert not forms_of(school, "Noor")


def test_the_hand_in_date_of_the_round_stands_on_forms_and_reprints(
    school: School, clock: SetClock
) -> None:
    enrol(school, a_child("Noor", MOTHER))
    second_year(school, clock)
    print_round(school)
    day = school.clock.today().replace(day=30)
    set_dates(school, day)
    paper, _ = print_round(school)
    assert "30 september 2027" in paper.text
    assert forms_of(school, "Noor")[-1].hand_in_by == day


def test_who_leaves_before_the_year_begins_is_not_asked(school: School, clock: SetClock) -> None:
    enrol(school, a_child("Noor", MOTHER), a_child("Sem", replace(FATHER, surname="Wit")))
    at(clock, 2027, 6, 14)
    with school.transaction() as session:
        leaves = sa.update(pupil).where(pupil.c.call_name == "Sem")
        session.execute(leaves.values(left_on=date(2027, 7, 31).isoformat()))
        session.audit("test")
    open_round(school, SchoolYear(2027))
    _, run = print_round(school)
    assert [each.pupil.split()[0] for each in run] == ["Noor"]


def test_asked_anew_in_a_round_the_forms_stay_in_it(school: School, clock: SetClock) -> None:
    enrol(school, a_child("Noor", MOTHER))
    second_year(school, clock)
    print_round(school)
    (first,) = forms_of(school, "Noor")
    print_round(school, anew=True)
    (second,) = [each for each in forms_of(school, "Noor") if not each.replaced_on]
    print_forms(school, Paper(), anew=True)
    (third,) = [each for each in forms_of(school, "Noor") if not each.replaced_on]
    assert len({first.id, second.id, third.id}) == 3
    assert {first.round_id} == {second.round_id} == {third.round_id} != {None}


def test_outside_the_round_its_form_is_found_again(school: School, clock: SetClock) -> None:
    enrol(school, a_child("Noor", MOTHER))
    asked(school)
    answers_all(school, "Noor", "Anna")
    second_year(school, clock)
    _, run = print_round(school)
    assert [each.form for each in asked(school)] == [each.form for each in run]


def test_a_form_of_a_closed_round_is_not_waited_for(school: School, clock: SetClock) -> None:
    enrol(school, a_child("Noor", MOTHER))
    second_year(school, clock)
    print_round(school)
    assert waited_for(school) == ["Noor"]
    with school.transaction() as session:
        session.execute(sa.update(round_).values(closed_on="2027-10-01", closed_by=session.who.id))
        session.audit("test")
    assert waited_for(school) == []
