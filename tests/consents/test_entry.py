"""Entering a form in the window, and taking it back as if it never happened, but told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from schoolprivacy.clock import SetClock
from schoolprivacy.consents import actions, purposes, records
from schoolprivacy.consents.answering import FormAnswers, enter_form
from schoolprivacy.consents.entry import FormsBack, entered_today, forms_back, open_form
from schoolprivacy.consents.forms import print_forms
from schoolprivacy.consents.history import cell_history
from schoolprivacy.consents.standing import standing
from schoolprivacy.consents.terms import Answer, Choice
from schoolprivacy.consents.undoing import undo_entry
from schoolprivacy.errors import KnownError, RefusedError
from schoolprivacy.people import records as people
from schoolprivacy.people.terms import Authority, AuthoritySource
from schoolprivacy.school import School
from tests.consents.families import (
    APART,
    FATHER,
    MOTHER,
    Paper,
    a_child,
    answer_of,
    answered,
    asked,
    carers_of,
    enrol,
)

ANNA = "Anna van der Sluis"


@pytest.fixture
def clock() -> SetClock:
    return SetClock(datetime(2026, 11, 2, 9, tzinfo=UTC))


def reasons(school: School, pupil_id: str, code: str = "website") -> list[str]:
    """Why decisions in a cell were invalidated; "" for those that were not."""
    lines = cell_history(school, pupil_id, code).lines
    return [each.invalidated.why if each.invalidated else "" for each in lines]


# — opening —


def test_a_form_opens_as_it_was_printed(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER, FATHER))
    (form,) = asked(school)
    label = open_form(school, form.form).rows[1].label
    purposes.move_purpose(school, "website", 0)
    purposes.switch_purpose(school, "press", on=False)
    purposes.reword_purpose(school, "website", widens=True, label="overal op internet")
    opened = open_form(school, form.form[:8].lower())
    assert (opened.number, opened.pupil, opened.group) == (form.form, "Noor Test", "Groep 5")
    assert [each.code for each in opened.rows][:2] == ["brochure", "website"]
    assert "press" in {each.code for each in opened.rows}
    assert (opened.rows[1].label, opened.rows[1].older_wording) == (label, True)
    assert not opened.rows[0].older_wording
    assert opened.rows[0].answer is Answer.NO_ANSWER
    assert opened.notices == ("form.older_wording",)
    assert [each.name for each in opened.signers] == [ANNA, "Bas Yıldız"]
    assert opened.entered_before == ()


def test_those_a_form_was_meant_for_stand_first_among_the_signers(school: School) -> None:
    apart = replace(FATHER, street="Havenkade", house_number="9", postcode="4321 ZX")
    enrol(school, a_child("Noor", MOTHER, apart))
    _, second = asked(school)
    signers = open_form(school, second.form).signers
    assert [(each.name, each.meant) for each in signers] == [("Bas Yıldız", True), (ANNA, False)]


def test_what_was_entered_before_is_told(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER, FATHER))
    (form,) = asked(school)
    answered(school, form.form, ANNA, Authority.YES, yes="website", no="press")
    opened = open_form(school, form.form)
    (before,) = opened.entered_before
    assert before.signer == f"{ANNA} (moeder)"
    assert before.choices == {"website": Choice.GRANTED, "press": Choice.REFUSED}
    assert before.entered_by == school.who.name
    assert opened.notices == ("form.already_entered",)


def test_a_replaced_form_of_a_leaver_of_last_year_says_all_of_that(
    school: School, clock: SetClock
) -> None:
    enrol(school, replace(a_child("Noor", MOTHER), born_on=date(2011, 8, 1)))
    (form,) = asked(school)
    print_forms(school, Paper(), anew=True)
    with school.transaction() as session:
        session.execute(sa.update(people.pupil).values(left_on="2026-12-01"))
        session.audit("test")
    clock.moment = datetime(2027, 9, 1, 9, tzinfo=UTC)
    assert open_form(school, form.form).notices == (
        "form.replaced",
        "form.pupil_left",
        "form.pupil_decides",
        "form.contact_past",
        "form.other_year",
    )


@pytest.mark.parametrize("number", ["", "0", "01ABCDEFGHJKMNPQRSTV", "01ZZZZZZ", "🙂" * 8])
def test_what_is_no_form_of_this_school_opens_nothing(school: School, number: str) -> None:
    enrol(school, a_child("Noor", MOTHER))
    asked(school)
    with pytest.raises(KnownError) as refused:
        open_form(school, number)
    assert refused.value.key.startswith("form.")


def test_a_signer_is_chosen_from_the_guardians_of_this_child_only(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER, FATHER), a_child("Sem", replace(MOTHER, surname="Wit")))
    noor, sem = sorted(asked(school), key=lambda each: each.pupil)
    _, father = carers_of(school, noor.pupil_id)
    answers = FormAnswers(
        frozenset({"website"}), frozenset(), declared=Authority.YES, signer_id=father.guardian.id
    )
    enter_form(school, noor.form, answers)
    (before,) = open_form(school, noor.form).entered_before
    assert before.signer == "Bas Yıldız (vader)"
    with pytest.raises(RefusedError) as refused:
        enter_form(school, sem.form, answers)
    assert refused.value.key == "decision.not_guardian"
    assert standing(school).decisions == 1


# — undoing —


def test_undoing_takes_back_answers_and_the_authority_they_settled(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER))
    (form,) = asked(school)
    entered = answered(school, form.form, ANNA, Authority.YES, yes="website", no="press")
    undo_entry(school, entered)
    assert answer_of(school) is answer_of(school, "press") is Answer.NO_ANSWER
    (mother,) = carers_of(school, form.pupil_id)
    assert (mother.authority, mother.authority_source) == (Authority.UNKNOWN, AuthoritySource.NONE)
    assert reasons(school, form.pupil_id) == ["ongedaan gemaakt bij het invoeren"]
    assert open_form(school, form.form).entered_before == ()
    assert answered(school, form.form, ANNA, Authority.YES).recorded == 1


def test_an_entry_is_undone_once(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER))
    (form,) = asked(school)
    for yes in ("website", ""):
        entered = answered(school, form.form, ANNA, Authority.YES, yes=yes)
        undo_entry(school, entered)
        with pytest.raises(RefusedError) as refused:
            undo_entry(school, entered)
        assert refused.value.key == "form.undone_before"


def test_only_the_last_entry_of_a_form_is_undone(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER, FATHER))
    (form,) = asked(school)
    first = answered(school, form.form, ANNA, Authority.YES)
    second = answered(school, form.form, "Bas Yıldız", Authority.YES, yes="", no="website")
    with pytest.raises(RefusedError) as refused:
        undo_entry(school, first)
    assert refused.value.key == "form.changed_since"
    assert answer_of(school) is Answer.CONFLICT
    undo_entry(school, second)
    assert answer_of(school) is Answer.GRANTED
    undo_entry(school, first)
    assert answer_of(school) is Answer.NO_ANSWER


def test_an_entry_of_which_an_answer_was_declared_wrong_stays(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER))
    (form,) = asked(school)
    entered = answered(school, form.form, ANNA, Authority.YES, no="press")
    actions.invalidate(school, entered.trace.recorded[0], "verkeerde leerling")
    with pytest.raises(RefusedError) as refused:
        undo_entry(school, entered)
    assert refused.value.key == "form.changed_since"
    assert sum(answer_of(school, code) is Answer.NO_ANSWER for code in ("website", "press")) == 1


def test_undoing_a_correction_records_again_what_was_corrected(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER))
    (form,) = asked(school)
    answered(school, form.form, ANNA, Authority.YES)
    correction = enter_form(
        school,
        form.form,
        FormAnswers(frozenset(), frozenset({"website"}), ANNA, Authority.YES, correct=True),
    )
    assert answer_of(school) is Answer.REFUSED
    undo_entry(school, correction)
    assert answer_of(school) is Answer.GRANTED
    assert sorted(reasons(school, form.pupil_id)) == [
        "",
        "ongedaan gemaakt bij het invoeren",
        "verbeterd bij het invoeren",
    ]
    (mother,) = carers_of(school, form.pupil_id)
    assert mother.authority is Authority.YES


def test_a_guardian_whom_the_entry_made_is_gone_with_it(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER))
    (form,) = asked(school)
    entered = answered(school, form.form, "C. de Wit", Authority.YES)
    undo_entry(school, entered)
    assert [each.guardian.call_name for each in carers_of(school, form.pupil_id)] == ["Anna"]
    (line,) = cell_history(school, form.pupil_id, "website").lines
    assert line.who == "C. de Wit"  # the history still says who it was
    assert answered(school, form.form, "C. de Wit", Authority.YES).recorded == 1


def test_a_new_guardian_of_a_blank_form_leaves_no_row(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER))
    (form,) = asked(school)
    undo_entry(school, answered(school, form.form, "C. de Wit", Authority.YES, yes=""))
    with school.reading() as session:
        assert len(people.guardians(session)) == 1


def test_a_new_guardian_on_whom_something_builds_stays(school: School) -> None:
    enrol(school, a_child("Noor"))
    (form,) = asked(school)
    entered = answered(school, form.form, "C. de Wit", Authority.YES)
    asked(school)  # the form is now meant for this parent
    undo_entry(school, entered)
    (stays,) = carers_of(school, form.pupil_id)
    assert stays.guardian.surname == "Wit"
    assert answer_of(school) is Answer.NO_ANSWER


def test_authority_that_another_form_declares_too_stays(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER))
    (old,) = asked(school)
    first = answered(school, old.form, ANNA, Authority.YES)
    (new,) = print_forms(school, Paper(), anew=True)
    answered(school, new.form, ANNA, Authority.YES, yes="press")
    undo_entry(school, first)
    (mother,) = carers_of(school, old.pupil_id)
    assert mother.authority is Authority.YES
    assert answer_of(school) is Answer.NO_ANSWER
    assert answer_of(school, "press") is Answer.GRANTED


# — counting —


def test_a_child_of_two_addresses_has_two_forms_to_count(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER, APART))
    for place, each in enumerate(asked(school)):
        assert forms_back(school).school == FormsBack(place, 2)
        answered(school, each.form, "", Authority.YES)
    assert forms_back(school).school == FormsBack(2, 2)


def test_a_form_that_is_entered_twice_is_one_form(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER))
    (form,) = asked(school)
    first = answered(school, form.form, ANNA, Authority.YES)
    again = answered(school, form.form, ANNA, Authority.YES)
    assert again.recorded == 0
    assert entered_today(school) == 1
    undo_entry(school, again)
    assert entered_today(school) == 1
    undo_entry(school, first)
    assert entered_today(school) == 0


def test_the_counters_follow_entering_and_undoing(school: School, clock: SetClock) -> None:
    other = replace(a_child("Sem", replace(FATHER, surname="Wit")), group="Groep 6")
    enrol(school, a_child("Noor", MOTHER), other)
    noor, sem = sorted(asked(school), key=lambda each: each.pupil)
    assert forms_back(school).school == FormsBack(0, 2)
    answered(school, noor.form, "", Authority.YES)
    last = answered(school, sem.form, "", Authority.YES)
    assert entered_today(school) == 2
    assert forms_back(school).groups == {"Groep 5": FormsBack(1, 1), "Groep 6": FormsBack(1, 1)}
    undo_entry(school, last)
    assert entered_today(school) == 1
    assert forms_back(school).groups["Groep 6"] == FormsBack(0, 1)
    clock.moment = datetime(2026, 11, 3, 9, tzinfo=UTC)
    assert entered_today(school) == 0
    with school.reading() as session:
        assert len(records.forms(session)) == forms_back(school).school.out
