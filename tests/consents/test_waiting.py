"""A form that is back, of somebody whose authority the school does not know yet."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from schoolprivacy.clock import SetClock
from schoolprivacy.consents import actions, purposes
from schoolprivacy.consents.entry import FormsBack, forms_back
from schoolprivacy.consents.forms import print_forms
from schoolprivacy.consents.reminders import print_reminder_letters, print_reminder_list
from schoolprivacy.consents.rules import effective_answer, waits_for_authority
from schoolprivacy.consents.standing import standing, survey
from schoolprivacy.consents.terms import Answer, Choice, Decision
from schoolprivacy.consents.waiting import WaitedFor
from schoolprivacy.duties import DueKind
from schoolprivacy.errors import RefusedError
from schoolprivacy.overview.due import due
from schoolprivacy.overview.summary import summary
from schoolprivacy.people.carers import change_guardianship
from schoolprivacy.people.terms import Authority
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

EVERY = " ".join(each["code"] for each in actions.default_purposes() if each["on_by_default"])
OWN = [each["code"] for each in actions.default_purposes() if each.get("kind") == "contact_own"]
ANNA, BAS = "Anna van der Sluis", "Bas Yıldız"


def waiting(school: School) -> tuple[WaitedFor, ...]:
    with school.reading() as session:
        return survey(session).waiting


def the_list(school: School) -> str:
    paper = Paper()
    print_reminder_list(school, paper)
    return paper.text


def letters(school: School) -> list[str]:
    paper = Paper()
    print_reminder_letters(school, paper)
    return paper.pages


def counts(school: School) -> dict[DueKind, int]:
    return {each.kind: each.count for each in due(school)}


def test_paper_that_is_in_is_not_asked_for_again(school: School, clock: SetClock) -> None:
    enrol(school, a_child("Noor", MOTHER, FATHER))
    (form,) = asked(school)
    answered(school, form.form, ANNA, yes=EVERY)
    assert answer_of(school) is Answer.NO_ANSWER  # nothing about the child became a yes
    assert standing(school).answers["granted"] == len(OWN)
    (waits,) = waiting(school)
    assert waits.is_back and waits.unsure == waits.missing and not waits.to_ask
    assert "terug; gezag navragen" in the_list(school) and "nog niets" not in the_list(school)
    with pytest.raises(RefusedError) as refused:
        print_reminder_letters(school, Paper())
    assert refused.value.key == "form.nobody_waited_for"
    clock.moment = datetime(2027, 1, 4, 9, tzinfo=UTC)
    found = counts(school)
    assert found[DueKind.UNKNOWN_AUTHORITY] == 1
    assert DueKind.FAMILIES_LATE not in found and DueKind.FAMILIES_WAITED_FOR not in found
    assert summary(school).families_waited_for == standing(school).families_without_answer == 0
    assert forms_back(school).school == FormsBack(1, 1)


def test_once_authority_is_known_the_form_is_answered_or_asked_for(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER))
    (form,) = asked(school)
    answered(school, form.form, ANNA, yes=EVERY)
    (mother,) = carers_of(school, form.pupil_id)
    change_guardianship(school, form.pupil_id, mother.guardian.id, "moeder", Authority.NO)
    (waits,) = waiting(school)
    assert not waits.unsure and waits.to_ask == waits.missing
    assert answer_of(school) is Answer.NO_ANSWER
    change_guardianship(school, form.pupil_id, mother.guardian.id, "moeder", Authority.YES)
    assert waiting(school) == () and answer_of(school) is Answer.GRANTED


def test_what_was_left_blank_is_still_asked(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER))
    (form,) = asked(school)
    answered(school, form.form, ANNA, yes=EVERY.replace("press", ""))
    assert "deels; open: Lokale pers; gezag navragen" in the_list(school)
    assert len(letters(school)) == 1
    assert counts(school)[DueKind.FAMILIES_WAITED_FOR] == 1


def test_a_signer_who_was_not_named_is_asked_after_too(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER, FATHER))
    (form,) = asked(school)
    answered(school, form.form, yes=EVERY)
    # Whose address and telephone it would be is open; the rest waits for authority alone.
    assert "deels; open: Naam ouder, Adres, Telefoon, E-mail; gezag navragen" in the_list(school)
    (waits,) = waiting(school)
    assert [each.code for each in waits.to_ask] == OWN
    assert answer_of(school) is answer_of(school, OWN[0]) is Answer.NO_ANSWER


def test_the_other_address_is_still_asked(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER, APART))
    asked(school)
    (pupil,) = {each.child.pupil.id for each in waiting(school)}
    mother = next(c for c in carers_of(school, pupil) if c.relation == "moeder").guardian.id
    (hers,) = (each.form for each in waiting(school) if mother in each.form.guardians)
    answered(school, hers.number, ANNA, yes=EVERY)
    assert {each.form.id == hers.id: each.is_back for each in waiting(school)} == {
        True: True,
        False: False,
    }
    assert "terug; gezag navragen" in the_list(school) and "nog niets" in the_list(school)
    (letter,) = letters(school)
    assert "Havenkade" in letter


def test_where_all_must_agree_the_other_parent_is_still_asked(school: School) -> None:
    purposes.switch_purpose(school, "facebook", on=True)
    enrol(school, a_child("Noor", MOTHER, FATHER))
    (form,) = asked(school)
    answered(school, form.form, ANNA, yes=f"{EVERY} facebook")
    assert "deels; open: Facebook; gezag navragen" in the_list(school)
    answered(school, form.form, BAS, yes="facebook")
    assert "terug; gezag navragen" in the_list(school)
    assert answer_of(school, "facebook") is Answer.NO_ANSWER


def test_what_was_entered_wrongly_never_came_back(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER))
    (form,) = asked(school)
    answered(school, form.form, ANNA, yes=EVERY)
    with school.reading() as session:
        ids = [
            each.id
            for said in actions.records.decisions(session, [form.pupil_id]).values()
            for each in said
        ]
    for each in ids:
        actions.invalidate(school, each, "verkeerd kind")
    (waits,) = waiting(school)
    assert not waits.is_back and "nog niets" in the_list(school)
    assert DueKind.UNKNOWN_AUTHORITY not in counts(school)


def test_a_yes_that_ended_is_no_answer_to_a_new_form(school: School, clock: SetClock) -> None:
    enrol(school, a_child("Noor", MOTHER))
    (form,) = asked(school)
    answered(school, form.form, ANNA, yes="website")
    purposes.reword_purpose(school, "website", widens=True, audience="de wereld")
    for each in EVERY.split():
        if each != "website":
            purposes.switch_purpose(school, each, on=False)
    clock.moment = datetime(2026, 12, 1, 9, tzinfo=UTC)
    print_forms(school, Paper(), anew=True)
    (waits,) = waiting(school)
    assert not waits.is_back and "nog niets" in the_list(school)
    assert len(letters(school)) == 1


def test_a_yes_that_does_not_count_for_another_reason_is_asked_anew(school: School) -> None:
    enrol(school, a_child("Noor", replace(MOTHER, denied_authority=True), FATHER))
    (form,) = asked(school)
    answered(school, form.form, ANNA, yes=EVERY)
    (waits,) = waiting(school)
    assert not waits.unsure and waits.to_ask == waits.missing
    assert len(letters(school)) == 1


# — the rule —

TODAY = date(2026, 10, 1)
YES = Decision("A", Choice.GRANTED, TODAY, Authority.UNKNOWN)


@pytest.mark.parametrize(
    ("given", "all_agree", "waits"),
    [
        ([YES], "", True),
        ([YES], "AB", False),  # B has said nothing yet
        ([YES, replace(YES, signer="B")], "AB", True),
        ([YES, replace(YES, signer="B", authority=Authority.YES)], "AB", True),
        ([YES, replace(YES, signer="B", authority=Authority.YES)], "", False),  # it is a yes
        ([YES, replace(YES, signer="B", choice=Choice.REFUSED)], "", False),  # it is a no
        ([replace(YES, authority=Authority.NO)], "", False),
        ([replace(YES, declared=Authority.NO)], "", False),
        ([replace(YES, declared=Authority.YES)], "", False),  # it is a yes
        ([replace(YES, invalidated=True)], "", False),
        ([replace(YES, valid_until=date(2026, 9, 30))], "", False),
        ([replace(YES, decided_on=date(2026, 10, 2))], "", False),
        ([], "", False),
    ],
)
def test_what_waits_for_authority(given: list[Decision], all_agree: str, waits: bool) -> None:
    assert waits_for_authority(given, on=TODAY, must_agree=set(all_agree)) is waits
    if waits:
        answer = effective_answer(given, asked=True, on=TODAY, must_agree=set(all_agree))
        assert answer is Answer.NO_ANSWER


def test_it_waits_for_nobody_where_the_pupil_decides_or_the_use_is_wider() -> None:
    assert not waits_for_authority([YES], on=TODAY, born_on=date(2010, 9, 1))
    assert not waits_for_authority([YES], on=TODAY, widened_at=2)
