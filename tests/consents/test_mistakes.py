"""What somebody entered or printed wrongly never becomes a yes, nor shows what is secret."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from schoolprivacy.consents.actions import invalidate
from schoolprivacy.consents.answering import FormAnswers, enter_form
from schoolprivacy.consents.history import pupil_history
from schoolprivacy.consents.reminders import print_reminder_letters, print_reminder_list
from schoolprivacy.consents.terms import Answer
from schoolprivacy.consents.undoing import undo_entry, undo_invalidation
from schoolprivacy.people.carers import (
    add_guardian_to,
    change_guardian,
    change_guardianship,
    unlink_guardian,
)
from schoolprivacy.people.dossier import dossier, guardian_entry
from schoolprivacy.people.entries import GuardianEntry
from schoolprivacy.people.terms import Authority, AuthoritySource
from schoolprivacy.people.undoing import undo
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
from tests.vault.schools import Made, refused

YES_BY_NOBODY = FormAnswers(frozenset({"website"}), frozenset())


def signed(school: School, pupil_id: str, declared: Authority | None) -> FormAnswers:
    """A yes to the website by the first guardian."""
    signer = carers_of(school, pupil_id)[0].guardian.id
    return replace(YES_BY_NOBODY, signer_id=signer, declared=declared)


# — who signed —


def test_a_reprint_changes_nothing_of_who_may_have_signed(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER, FATHER))
    (form,) = asked(school)
    mother, father = carers_of(school, form.pupil_id)
    change_guardianship(school, form.pupil_id, mother.guardian.id, "moeder", Authority.YES)
    enter_form(school, form.form, YES_BY_NOBODY)
    moved = guardian_entry(dossier(school, form.pupil_id).carers[1])
    change_guardian(school, father.guardian.id, replace(moved, street="Havenkade"))
    house = {name: getattr(APART, name) for name in ("street", "house_number", "postcode")}
    change_guardian(school, father.guardian.id, replace(moved, **house))
    assert {each.form for each in asked(school)} > {form.form}
    assert {each.form for each in asked(school)} == {each.form for each in asked(school)}
    assert answer_of(school) is Answer.NO_ANSWER


def test_authority_that_was_ticked_by_mistake_goes_with_the_correction(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER))
    (form,) = asked(school)
    enter_form(school, form.form, signed(school, form.pupil_id, Authority.YES))
    assert answer_of(school) is Answer.GRANTED
    right = replace(signed(school, form.pupil_id, None), correct=True)
    entered = enter_form(school, form.form, right)
    assert entered.remarks == ("form.authority_unknown",)
    assert answer_of(school) is Answer.NO_ANSWER
    (mother,) = carers_of(school, form.pupil_id)
    assert (mother.authority, mother.authority_source) == (Authority.UNKNOWN, AuthoritySource.NONE)
    undo_entry(school, entered)
    (mother,) = carers_of(school, form.pupil_id)
    assert (mother.authority, mother.authority_source) == (Authority.YES, AuthoritySource.FORM)
    assert answer_of(school) is Answer.GRANTED


def test_authority_that_the_office_noted_stays_after_a_correction(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER))
    (form,) = asked(school)
    answers = signed(school, form.pupil_id, Authority.YES)
    change_guardianship(school, form.pupil_id, str(answers.signer_id), "moeder", Authority.YES)
    enter_form(school, form.form, answers)
    enter_form(school, form.form, replace(answers, declared=None, correct=True))
    assert carers_of(school, form.pupil_id)[0].authority is Authority.YES


# — one paper —


def test_a_paper_without_a_date_that_comes_by_again_lifts_no_no(made: Made) -> None:
    with made.open() as school:
        enrol(school, a_child("Noor", MOTHER))
        (form,) = asked(school)
        answers = signed(school, form.pupil_id, Authority.YES)
        no = replace(answers, yes=frozenset(), no=frozenset({"website"}))
        enter_form(school, form.form, no)
        made.clock.moment += timedelta(days=1)
        assert enter_form(school, form.form, no).recorded == 0
        assert "form.contradicts" in enter_form(school, form.form, answers).remarks
        assert answer_of(school) is Answer.REFUSED


# — marked as wrong, and back —


def test_what_was_marked_as_wrong_by_mistake_counts_again(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER))
    (form,) = asked(school)
    entered = enter_form(school, form.form, signed(school, form.pupil_id, Authority.YES))
    (decision,) = entered.trace.recorded
    assert refused(undo_invalidation, school, decision) == "decision.not_invalid"
    invalidate(school, decision, "verkeerd kind")
    assert answer_of(school) is Answer.NO_ANSWER
    assert carers_of(school, form.pupil_id)[0].authority is Authority.UNKNOWN
    again = undo_invalidation(school, decision)
    assert answer_of(school) is Answer.GRANTED
    assert carers_of(school, form.pupil_id)[0].authority is Authority.YES
    lines = pupil_history(school, form.pupil_id).decisions
    assert [each.invalidated is None for each in lines] == [False, True]
    assert refused(undo_invalidation, school, decision) == "decision.not_invalid"
    invalidate(school, again, "toch verkeerd")
    assert answer_of(school) is Answer.NO_ANSWER


def test_nothing_counts_again_of_who_is_no_guardian_any_more(school: School) -> None:
    enrol(school, a_child("Noor"))
    (form,) = asked(school)
    entered = answered(school, form.form, "Anna van der Sluis", Authority.YES)
    (decision,) = entered.trace.recorded
    invalidate(school, decision, "verkeerd kind")
    unlinked = unlink_guardian(school, form.pupil_id, str(entered.trace.signer))
    assert carers_of(school, form.pupil_id) == []
    undo(school, unlinked)
    assert len(carers_of(school, form.pupil_id)) == 1
    unlink_guardian(school, form.pupil_id, str(entered.trace.signer))
    assert [each.who for each in pupil_history(school, form.pupil_id).decisions] == [
        "Anna van der Sluis"
    ]
    assert refused(undo_invalidation, school, decision) == "decision.not_guardian"
    assert refused(undo_invalidation, school, "nobody") == "decision.not_invalid"


# — secrets —


@pytest.mark.parametrize("authority", [Authority.NO, Authority.UNKNOWN])
def test_a_reminder_shows_no_address_that_somebody_else_there_keeps_secret(
    school: School, authority: Authority
) -> None:
    enrol(school, a_child("Noor", MOTHER))
    (form,) = asked(school)
    hiding = GuardianEntry(
        surname="Schuil", street="Lindelaan", house_number="1", postcode="1234 AB"
    )
    hiding = replace(hiding, address_secret=True, authority=authority)
    add_guardian_to(school, form.pupil_id, hiding)
    letter = Paper()
    assert len(print_reminder_letters(school, letter)) == 1
    assert "Uit te delen in de klas" in letter.text
    assert "Lindelaan" not in letter.text


def test_a_number_that_one_of_them_keeps_secret_is_shown_with_nobody(school: School) -> None:
    mother = replace(MOTHER, phone_secret=True)
    father = replace(FATHER, phones=(*MOTHER.phones, *FATHER.phones))
    enrol(school, a_child("Noor", mother, father))
    (form,) = asked(school)
    paper = Paper()
    print_reminder_list(school, paper)
    assert "06 12345672" in paper.text
    assert "06 12345671" not in paper.text
    shown = dossier(school, form.pupil_id).carers
    assert [(each.link.guardian.phones, each.phones_hidden) for each in shown] == [((), True)] * 2
