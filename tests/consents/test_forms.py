"""Asking on paper and entering what comes back, in a real encrypted school."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from schoolprivacy.access.terms import Role
from schoolprivacy.clock import SetClock
from schoolprivacy.consents import actions, purposes, records
from schoolprivacy.consents.answering import FormAnswers, enter_form, find_form
from schoolprivacy.consents.forms import print_forms
from schoolprivacy.consents.reminders import (
    print_cover_sheet,
    print_reminder_letters,
    print_reminder_list,
)
from schoolprivacy.consents.standing import standing
from schoolprivacy.consents.terms import Answer, Choice, Way
from schoolprivacy.errors import FileError, KnownError, RefusedError
from schoolprivacy.people.records import guardianships
from schoolprivacy.people.terms import Authority, AuthoritySource
from schoolprivacy.school import School
from schoolprivacy.vault.tables import staff
from tests.consents.families import (
    APART,
    FATHER,
    MOTHER,
    Paper,
    a_child,
    answer_of,
    answered,
    asked,
    enrol,
    waited_for,
)
from tests.vault.schools import ADMINISTRATION, Made


@pytest.fixture
def clock() -> SetClock:
    return SetClock(datetime(2026, 11, 2, 9, tzinfo=UTC))


# — asking —


def test_parents_at_two_addresses_each_get_a_form_and_see_only_their_own_data(
    school: School,
) -> None:
    enrol(school, a_child("Noor", MOTHER, APART))
    paper = Paper()
    forms = print_forms(school, paper)
    assert len({each.form for each in forms}) == 2 and len({each.pupil_id for each in forms}) == 1
    first, second = "".join(paper.pages[:2]), "".join(paper.pages[2:])
    assert "Lindelaan 1" in first and "Havenkade" not in first
    assert "Havenkade 9" in second and "Lindelaan" not in second
    assert not any(name in paper.text for name in ("Anna", "Yıldız", "06 1234"))


def test_parents_at_one_address_share_a_form(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER, FATHER))
    assert len(asked(school)) == 1


def test_a_parent_without_authority_gets_no_letter(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER, replace(APART, denied_authority=True)))
    paper = Paper()
    assert len(print_forms(school, paper)) == 1
    assert "Havenkade" not in paper.text


def test_a_secret_address_is_never_printed_and_looks_like_any_form_handed_out_in_class(
    school: School,
) -> None:
    secret = replace(MOTHER, address_secret=True, phone_secret=True)
    enrol(school, a_child("Noor", secret), a_child("Sem"))
    paper = Paper()
    print_forms(school, paper)
    noor, sem = paper.pages[0], paper.pages[2]
    assert "Lindelaan" not in paper.text and "1234 AB" not in paper.text
    assert noor.replace("Noor", "Sem") == sem
    for document in (print_reminder_list, print_reminder_letters, print_cover_sheet):
        document(school, paper)
        assert "Lindelaan" not in paper.text and "06 1234" not in paper.text
        assert "geheim" not in paper.text.lower()


def test_printing_again_is_a_reprint_of_the_same_form(school: School, clock: SetClock) -> None:
    enrol(school, a_child("Noor", MOTHER))
    first = asked(school)
    clock.moment = datetime(2026, 11, 20, 9, tzinfo=UTC)
    paper = Paper()
    assert list(print_forms(school, paper)) == first
    assert "herdruk" in paper.text and "4 december 2026" in paper.text
    assert "2 november 2026" in paper.text  # when it was asked
    with school.reading() as session:
        (form,) = records.forms(session)
    assert form.hand_in_by == date(2026, 12, 4)


def test_asking_anew_replaces_the_form_but_its_answers_still_count(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER))
    (old,) = asked(school)
    (new,) = print_forms(school, Paper(), anew=True)
    assert new.form != old.form
    entered = answered(school, old.form, "Anna van der Sluis", Authority.YES)
    assert "form.replaced" in entered.remarks
    assert answer_of(school) is Answer.GRANTED
    assert [each.form for each in print_cover_sheet(school, Paper())] == [new.form]


def test_a_family_that_moved_and_parents_who_became_known_keep_the_form(school: School) -> None:
    enrol(school, a_child("Noor"))
    first = asked(school)
    enrol(school, a_child("Noor", MOTHER))
    assert asked(school) == first
    enrol(school, a_child("Noor", replace(MOTHER, street="Molenweg", postcode="9999 XX")))
    paper = Paper()
    assert list(print_forms(school, paper)) == first
    assert "Molenweg" in paper.text


def test_a_parent_who_left_the_home_gets_an_own_form(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER, FATHER))
    (first,) = asked(school)
    enrol(school, a_child("Noor", MOTHER, APART))
    forms = asked(school)
    assert len(forms) == 2 and first in forms


def test_nothing_is_asked_when_the_paper_could_not_be_made(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER))

    def full_disk(_: bytes) -> None:
        raise FileError("paper.not_written", place="")

    with pytest.raises(FileError):
        print_forms(school, full_disk)
    assert answer_of(school) is Answer.NOT_ASKED
    with pytest.raises(RefusedError, match="nog geen formulieren"):
        print_cover_sheet(school, Paper())


def test_a_character_that_cannot_be_printed_is_told_and_nothing_is_asked(school: School) -> None:
    enrol(school, a_child("نور", MOTHER))
    with pytest.raises(KnownError) as refused:
        asked(school)
    assert refused.value.key == "paper.missing_glyph"
    assert standing(school).answers["not_asked"] == 13


def test_an_unknown_group_and_no_purpose_are_refused(school: School) -> None:
    with pytest.raises(RefusedError, match="geen leerlingen"):
        asked(school)
    enrol(school, a_child("Noor", MOTHER))
    with pytest.raises(RefusedError, match="Groep 5"):
        print_forms(school, Paper(), group="Groep 9")
    for purpose in actions.default_purposes():
        purposes.switch_purpose(school, purpose["code"], on=False)
    with pytest.raises(RefusedError, match="geen enkel doel"):
        asked(school)


# — answers —


def test_a_declaration_settles_unknown_authority_with_the_form_as_source(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER, FATHER))
    (form,) = asked(school)
    assert "form.authority_unknown" in answered(school, form.form, "Anna van der Sluis").remarks
    assert answer_of(school) is Answer.NO_ANSWER
    assert answered(school, form.form, "Bas Yıldız", Authority.YES).remarks == ()
    assert answer_of(school) is Answer.GRANTED
    with school.reading() as session:
        _, father = guardianships(session, [form.pupil_id])[form.pupil_id]
    assert father.authority is Authority.YES
    assert father.authority_source is AuthoritySource.FORM


def test_a_no_of_an_unknown_counts_at_once_and_yes_with_no_is_a_conflict(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER, FATHER))
    (form,) = asked(school)
    answered(school, form.form, "Bas Yıldız", yes="", no="website")
    assert answer_of(school) is Answer.REFUSED
    answered(school, form.form, "A. van der Sluis", Authority.YES)
    assert answer_of(school) is Answer.CONFLICT
    assert standing(school).answers["conflict"] == 1


def test_a_form_whose_signer_is_not_named(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER, FATHER))
    (form,) = asked(school)
    assert "form.signer_not_named" in answered(school, form.form).remarks
    assert answer_of(school) is Answer.NO_ANSWER  # one of two people of unknown authority
    answered(school, form.form, "Anna van der Sluis", Authority.YES, yes="press")
    answered(school, form.form, "Bas Yıldız", Authority.YES, yes="press")
    assert answer_of(school) is Answer.GRANTED  # whoever of the two it was, had authority


def test_the_only_one_a_form_was_meant_for_is_its_signer(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER))
    (form,) = asked(school)
    assert answered(school, form.form, authority=Authority.YES).remarks == ()
    assert answer_of(school) is Answer.GRANTED


def test_a_signer_we_did_not_know_becomes_a_guardian(school: School) -> None:
    enrol(school, a_child("Noor"))
    (form,) = asked(school)
    entered = answered(school, form.form, "mevr. C. de Wit", Authority.YES)
    assert "form.new_guardian" in entered.remarks
    assert answer_of(school) is Answer.GRANTED
    assert standing(school).guardians == 1
    assert answered(school, form.form, "C. de Wit", Authority.YES).recorded == 0


def test_a_name_that_fits_two_guardians_is_a_question(school: School) -> None:
    twin = replace(MOTHER, call_name="Arie", phones=("+31612345679",), email="")
    enrol(school, a_child("Noor", MOTHER, twin))
    (form,) = asked(school)
    with pytest.raises(RefusedError) as refused:
        answered(school, form.form, "A. van der Sluis", Authority.YES)
    assert refused.value.key == "guardian.two"
    assert standing(school).decisions == 0


def test_who_has_no_authority_decides_nothing(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER, replace(FATHER, denied_authority=True)))
    (form,) = asked(school)
    entered = answered(school, form.form, "Bas Yıldız", yes="", no="website")
    assert "form.no_authority" in entered.remarks
    assert answer_of(school) is Answer.NO_ANSWER


def test_entering_a_form_twice_records_it_once(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER))
    (form,) = asked(school)
    assert answered(school, form.form, "", Authority.YES, no="press").recorded == 2
    assert answered(school, form.form, "", Authority.YES, no="press").recorded == 0
    assert standing(school).decisions == 2


def test_a_blank_form_stays_on_the_reminder_list(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER))
    (form,) = asked(school)
    entered = answered(school, form.form, "", Authority.YES, yes="")
    assert entered.recorded == 0 and len(entered.blank) == 13
    assert waited_for(school) == ["Noor"]


def test_a_short_number_must_be_the_only_one(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER), a_child("Sem", APART))
    noor, sem = asked(school)
    with school.reading() as session:
        assert find_form(session, noor.form[:8].lower()).number == noor.form
        spaced = " ".join(noor.form[n : n + 4] for n in range(0, 20, 4))
        assert find_form(session, spaced).number == noor.form
    with school.transaction() as session:
        theirs = records.form_page.c.number == sem.form
        alike = noor.form[:8] + sem.form[8:]
        session.execute(sa.update(records.form_page).where(theirs).values(number=alike))
        session.audit("test")
    with school.reading() as session, pytest.raises(RefusedError) as refused:
        find_form(session, noor.form[:8])
    assert refused.value.key == "form.not_unique"


def test_all_must_agree_where_the_school_asks_it(school: School) -> None:
    purposes.switch_purpose(school, "facebook", on=True)
    enrol(school, a_child("Noor", MOTHER, FATHER))
    paper = Paper()
    (form,) = print_forms(school, paper)
    assert "alle ouders met gezag tekenen" in paper.text
    every = " ".join(p["code"] for p in actions.default_purposes() if p["on_by_default"])
    answered(school, form.form, "Anna van der Sluis", Authority.YES, yes=f"{every} facebook")
    assert answer_of(school, "facebook") is Answer.NO_ANSWER
    assert answer_of(school, "press") is Answer.GRANTED
    assert waited_for(school) == ["Noor"]
    answered(school, form.form, "Bas Yıldız", Authority.YES, yes="facebook")
    assert answer_of(school, "facebook") is Answer.GRANTED
    assert waited_for(school) == []


# — purposes and decisions —


def test_only_a_wider_use_makes_a_yes_end(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER))
    (form,) = asked(school)
    answered(school, form.form, "", Authority.YES)
    purposes.reword_purpose(school, "website", widens=False, label="op de site van de school")
    assert answer_of(school) is Answer.GRANTED
    assert purposes.reword_purpose(school, "website", widens=True, audience="de wereld") == 3
    assert answer_of(school) is Answer.EXPIRED
    paper = Paper()
    print_forms(school, paper)
    assert "op de openbare website van de school" in paper.text  # a reprint asks what it asked
    print_forms(school, paper, anew=True)
    assert "op de site van de school" in paper.text


def test_withdrawn_and_invalidated_are_different_things(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER))
    (form,) = asked(school)
    answered(school, form.form, "", Authority.YES)
    with school.reading() as session:
        mother = guardianships(session, [form.pupil_id])[form.pupil_id][0].guardian.id
    day = school.clock.today()
    actions.withdraw(school, form.pupil_id, mother, ["website"], on=day, way=Way.PHONE)
    assert answer_of(school) is Answer.WITHDRAWN
    with school.reading() as session:
        history = records.decisions(session, [form.pupil_id])[form.pupil_id, "website"]
    (withdrawal,) = [each for each in history if each.decision.choice is Choice.WITHDRAWN]
    actions.invalidate(school, withdrawal.id, "verkeerde leerling")
    assert answer_of(school) is Answer.GRANTED
    assert standing(school).decisions == 2
    with pytest.raises(RefusedError):
        actions.invalidate(school, withdrawal.id, "nog eens")


def test_a_pupil_of_sixteen_decides(school: School) -> None:
    enrol(school, replace(a_child("Noor", MOTHER), born_on=date(2010, 3, 1)))
    (form,) = asked(school)
    answered(school, form.form, "", Authority.YES)
    assert answer_of(school) is Answer.NO_ANSWER
    decision = actions.NewDecision(
        *(form.pupil_id, "website", 1, Choice.GRANTED, school.clock.today(), Way.DESK),
        by_pupil=True,
    )
    actions.record_decision(school, decision)
    assert answer_of(school) is Answer.GRANTED


def test_a_decision_is_never_deleted_or_rewritten(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER))
    (form,) = asked(school)
    answered(school, form.form, "", Authority.YES)
    table = records.decision
    for statement in (sa.delete(table), sa.update(table).values(choice="refused")):
        with pytest.raises(sa.exc.IntegrityError), school.transaction() as session:
            session.execute(statement)
    assert answer_of(school) is Answer.GRANTED


# — reminders —


def test_brothers_and_sisters_share_an_envelope_and_families_do_not(school: School) -> None:
    neighbour = replace(MOTHER, call_name="Carla", surname="Postma", phones=(), email="")
    enrol(
        school,
        a_child("Noor", MOTHER, APART),
        a_child("Sem", MOTHER, APART),
        a_child("Tijn", neighbour),
    )
    asked(school)
    assert standing(school).families_without_answer == 2
    paper = Paper()
    print_reminder_letters(school, paper)
    letters = [{n for n in ("Noor", "Sem", "Tijn") if n in page} for page in paper.pages]
    assert sorted(map(sorted, letters)) == [["Noor", "Sem"], ["Noor", "Sem"], ["Tijn"]]
    assert sum("Havenkade" in page for page in paper.pages) == 1


def test_one_parent_answering_is_enough_for_both_addresses(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER, APART))
    first, _ = asked(school)
    every = " ".join(p["code"] for p in actions.default_purposes() if p["on_by_default"])
    answered(school, first.form, "", Authority.YES, yes=every)
    assert waited_for(school) == []
    with pytest.raises(RefusedError) as refused:
        print_reminder_letters(school, Paper())
    assert refused.value.key == "form.nobody_waited_for"


def test_the_list_names_what_is_missing_and_whom_to_call(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER, replace(FATHER, phone_secret=True)))
    (form,) = asked(school)
    rest = " ".join(
        p["code"] for p in actions.default_purposes() if p["on_by_default"] and p["code"] != "press"
    )
    answered(school, form.form, "Anna van der Sluis", Authority.YES, yes=rest)
    paper = Paper()
    print_reminder_list(school, paper)
    assert "deels; open: Lokale pers" in paper.text
    assert "06 12345671" in paper.text and "06 12345672" not in paper.text


def test_a_conflict_is_talked_about_not_reminded(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER, FATHER))
    (form,) = asked(school)
    every = " ".join(p["code"] for p in actions.default_purposes() if p["on_by_default"])
    answered(school, form.form, "Anna van der Sluis", Authority.YES, yes=every)
    answered(school, form.form, "Bas Yıldız", Authority.YES, yes="", no=every)
    found = standing(school).answers
    assert found["conflict"] == 9  # 7 of pictures, and the child's name and birthday on the list
    assert found["granted"] == 4  # her own data: his no is about his
    assert waited_for(school) == []


def test_a_reminder_asks_by_a_date_that_has_yet_to_come(school: School, clock: SetClock) -> None:
    enrol(school, a_child("Noor", MOTHER))
    asked(school)
    clock.moment = datetime(2027, 1, 4, 9, tzinfo=UTC)
    paper = Paper()
    print_reminder_letters(school, paper)
    assert "18 januari 2027" in paper.text and "2 november 2026" in paper.text


def test_a_leaver_is_neither_asked_nor_reminded(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER), a_child("Sem", APART))
    asked(school)
    enrol(school, replace(a_child("Noor", MOTHER), left_on=date(2026, 10, 1)))
    assert waited_for(school) == ["Sem"]
    assert standing(school).pupils == 1


def test_recorded_by_is_who_entered_it(made: Made, school: School) -> None:
    enrol(school, a_child("Noor", MOTHER))
    (form,) = asked(school)
    school.lock()
    with made.open(ADMINISTRATION) as secretary:
        answered(secretary, form.form, "", Authority.YES)
    with made.open() as director:
        answered(director, form.form, "", Authority.YES, yes="", no="press")
        recorded = records.decision.c
        query = sa.select(recorded.purpose, staff.c.role).join(
            staff, staff.c.id == recorded.recorded_by
        )
        with director.reading() as session:
            by = {row.purpose: row.role for row in session.execute(query)}
    assert by == {"website": Role.ADMINISTRATION, "press": Role.DIRECTOR}


def test_a_typing_mistake_is_corrected_and_stays_in_the_history(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER))
    (form,) = asked(school)
    answered(school, form.form, "", Authority.YES)
    assert "form.contradicts" in answered(school, form.form, yes="", no="website").remarks
    again = answered(school, form.form, yes="website")
    assert (again.recorded, again.remarks) == (0, ("form.contradicts", "form.entered_before"))
    assert answer_of(school) is Answer.REFUSED
    right = FormAnswers(frozenset({"website"}), frozenset(), declared=Authority.YES, correct=True)
    assert enter_form(school, form.form, right).recorded == 1
    assert answer_of(school) is Answer.GRANTED
    assert standing(school).decisions == 3


def test_who_declares_no_authority_is_not_relied_on(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER))
    (form,) = asked(school)
    answered(school, form.form, "", Authority.YES, yes="press")
    entered = answered(school, form.form, "", Authority.NO)
    assert entered.remarks == ("form.declares_no_authority",)
    assert answer_of(school) is Answer.NO_ANSWER


@pytest.mark.parametrize("name", ["van", "L", "🙂 Emoji", "x" * 300, "A. B3rg"])
def test_what_is_no_full_name_makes_no_guardian(school: School, name: str) -> None:
    enrol(school, a_child("Noor"))
    (form,) = asked(school)
    with pytest.raises(RefusedError) as refused:
        answered(school, form.form, name, Authority.YES)
    assert refused.value.key == "guardian.name"
    assert standing(school).guardians == 0


def test_a_surname_alone_is_enough_when_one_guardian_is_called_so(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER, FATHER))
    (form,) = asked(school)
    assert answered(school, form.form, "mevrouw Van der Sluis", Authority.YES).remarks == ()
    assert standing(school).guardians == 2


def test_a_form_that_was_blank_after_all_can_be_corrected(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER))
    (form,) = asked(school)
    answered(school, form.form, "", Authority.YES)
    enter_form(school, form.form, FormAnswers(frozenset(), frozenset(), correct=True))
    assert answer_of(school) is Answer.NO_ANSWER
