"""Printing for some pupils, stopping it, looking first, and who does not come on paper."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from schoolprivacy.clock import SetClock
from schoolprivacy.consents import records
from schoolprivacy.consents.before import Kind, warnings_before
from schoolprivacy.consents.forms import print_forms, print_window_test, sample_forms
from schoolprivacy.consents.reminders import (
    print_cover_sheet,
    print_reminder_letters,
    print_reminder_list,
    sample_cover_sheet,
    sample_reminder_letters,
    sample_reminder_list,
)
from schoolprivacy.errors import KnownError, RefusedError
from schoolprivacy.people.profile import change_profile
from schoolprivacy.people.terms import Authority
from schoolprivacy.school import School
from schoolprivacy.vault.tables import audit
from tests.consents.families import (
    APART,
    FATHER,
    MOTHER,
    Paper,
    a_child,
    answered,
    asked,
    audit_lines,
    enrol,
)
from tests.paper.reading import texts_of

OTHER = replace(FATHER, surname="Wit", phones=(), email="")
UNPRINTABLE = "نور"
LISTS = (print_reminder_list, print_reminder_letters, print_cover_sheet)


@pytest.fixture
def clock() -> SetClock:
    return SetClock(datetime(2026, 11, 2, 9, tzinfo=UTC))


def last_audit(school: School) -> tuple[str, dict[str, object]]:
    with school.reading() as session:
        row = session.execute(sa.select(audit).order_by(audit.c.seq.desc()).limit(1)).one()
    return row.action, json.loads(row.detail)


def forms_of(school: School) -> list[records.Form]:
    with school.reading() as session:
        return records.forms(session)


# — for whom —


def test_a_form_for_one_pupil_alone(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER), a_child("Sem", OTHER))
    noor, _ = sorted(asked(school), key=lambda each: each.pupil)
    paper = Paper()
    (again,) = print_forms(school, paper, pupil_ids=[noor.pupil_id], way="printed")
    assert again == noor
    assert "Noor Test" in paper.text and "Sem" not in paper.text
    assert last_audit(school)[1]["way"] == "printed"
    for document in LISTS:
        (listed,) = document(school, paper, pupil_ids=[noor.pupil_id])
        assert listed.form == noor.form
        assert "Sem" not in paper.text
        assert last_audit(school)[1]["way"] == "saved"


def test_asking_one_pupil_anew_leaves_the_others(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER), a_child("Sem", OTHER))
    noor, sem = sorted(asked(school), key=lambda each: each.pupil)
    print_forms(school, Paper(), pupil_ids=[noor.pupil_id], anew=True)
    replaced = {each.number for each in forms_of(school) if each.replaced_on}
    assert replaced == {noor.form} and sem.form not in replaced


def test_nobody_to_print_for_is_refused(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER))
    for document in (print_forms, *LISTS):
        with pytest.raises(RefusedError) as refused:
            document(school, Paper(), pupil_ids=["nobody"])
        assert refused.value.key == "group.empty"


def test_stopping_halfway_registers_nothing(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER), a_child("Sem", OTHER))
    told: list[tuple[int, int]] = []

    def stop(done: int, of: int) -> None:
        told.append((done, of))
        raise InterruptedError

    before = audit_lines(school)
    with pytest.raises(InterruptedError):
        print_forms(school, Paper(), progress=stop)
    assert told == [(1, 2)]
    assert forms_of(school) == [] and audit_lines(school) == before
    asked(school)
    for document in LISTS:
        with pytest.raises(InterruptedError):
            document(school, Paper(), progress=stop)
    told.clear()
    print_forms(school, Paper(), progress=lambda *step: told.append(step))
    assert told == [(1, 2), (2, 2)]


def test_a_reprint_keeps_its_hand_in_date_until_it_comes(school: School, clock: SetClock) -> None:
    enrol(school, a_child("Noor", MOTHER))
    asked(school)
    for day, by in ((15, date(2026, 11, 16)), (16, date(2026, 11, 30)), (20, date(2026, 11, 30))):
        clock.moment = datetime(2026, 11, day, 9, tzinfo=UTC)
        asked(school)
        (form,) = forms_of(school)
        assert (form.hand_in_by, form.asked_on) == (by, date(2026, 11, 2))


# — who does not come on paper —


def test_one_unprintable_name_does_not_stop_the_others(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER), a_child(UNPRINTABLE, OTHER))
    paper = Paper()
    run = print_forms(school, paper)
    assert [each.pupil for each in run.printed] == ["Noor Test"]
    (left_out,) = run.left_out
    assert left_out.pupil == f"{UNPRINTABLE} Test"
    assert "teken dat niet op papier kan" in left_out.reason
    assert "niets veranderd" not in left_out.reason
    assert [each.pupil_id for each in forms_of(school)] == [run.printed[0].pupil_id]
    assert last_audit(school)[1]["left_out"] == 1


def test_asking_anew_replaces_nothing_of_who_is_left_out(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER), a_child("Sem", OTHER))
    _, sem = sorted(asked(school), key=lambda each: each.pupil)
    enrol(school, a_child("Noor", MOTHER), replace(a_child("Sem", OTHER), surname=UNPRINTABLE))
    run = print_forms(school, Paper(), anew=True)
    assert [each.pupil_id for each in run.left_out] == [sem.pupil_id]
    (still_out,) = [each for each in forms_of(school) if each.pupil_id == sem.pupil_id]
    assert still_out.replaced_on is None
    for document in LISTS:
        run = document(school, Paper())
        assert [each.pupil.split()[0] for each in run] == ["Noor"]
        assert [each.pupil_id for each in run.left_out] == [sem.pupil_id]


def test_a_child_with_one_impossible_address_is_left_out_at_both(school: School) -> None:
    endless = replace(APART, street="Zeer lange straatnaam " * 30)
    enrol(school, a_child("Noor", MOTHER, endless), a_child("Sem", OTHER))
    paper = Paper()
    run = print_forms(school, paper)
    assert [each.pupil for each in run.printed] == ["Sem Test"]
    assert [each.pupil for each in run.left_out] == ["Noor Test"]
    assert "envelop" in run.left_out[0].reason and "Noor" not in paper.text


def test_when_nobody_can_be_printed_it_is_an_error(school: School) -> None:
    enrol(school, a_child(UNPRINTABLE, MOTHER))
    for make in (lambda: print_forms(school, Paper()), lambda: sample_forms(school)):
        with pytest.raises(KnownError) as refused:
            make()
        assert refused.value.key == "paper.missing_glyph"


# — looking first —


def test_a_sample_of_the_forms_is_no_form_and_stores_nothing(school: School) -> None:
    enrol(school, *(a_child(name, MOTHER) for name in ("Aap", "Noot", "Mies", "Wim")))
    before = audit_lines(school)
    pages = texts_of(sample_forms(school, group="Groep 5"))
    assert len(pages) == 6 and all("VOORBEELD" in page for page in pages)
    assert "Aap Test" in pages[0]
    assert forms_of(school) == [] and audit_lines(school) == before
    printed = asked(school)
    pages = texts_of(sample_forms(school))
    assert not any(each.form[:4] in page for each in printed for page in pages)
    assert "herdruk" in pages[1]
    anew = texts_of(sample_forms(school, anew=True))
    assert "herdruk" not in anew[1]
    assert all(each.replaced_on is None for each in forms_of(school))


def test_other_papers_can_be_looked_at_too(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER))
    asked(school)
    before = audit_lines(school)
    for sample in (sample_reminder_list, sample_reminder_letters, sample_cover_sheet):
        (page,) = texts_of(sample(school))
        assert "VOORBEELD" in page and "Noor" in page
    assert audit_lines(school) == before


def test_the_window_test_is_registered(school: School) -> None:
    paper = Paper()
    print_window_test(school, paper, way="printed")
    assert "Past het adres in het venster?" in paper.text
    assert last_audit(school) == ("window_test.printed", {"way": "printed"})


# — names —


def test_children_of_one_name_in_a_group_are_told_apart(school: School) -> None:
    enrol(
        school,
        replace(a_child("Noor", MOTHER), key="1", born_on=date(2018, 3, 1)),
        replace(a_child("Noor", OTHER), key="2", born_on=date(2018, 9, 7)),
        a_child("Sem", APART),
    )
    asked(school)
    for document in (print_reminder_list, print_cover_sheet):
        paper = Paper()
        document(school, paper)
        words = " ".join(paper.text.split())
        assert "1 maart 2018" in words and "7 september 2018" in words
        assert words.count("2018") == 2


# — what to know before —


def cautions(school: School, kind: Kind) -> dict[str, tuple[str, ...]]:
    return {each.key: each.pupils for each in warnings_before(school, kind)}


def test_what_to_know_before_printing(school: School) -> None:
    secret = replace(MOTHER, address_secret=True)
    elsewhere = replace(OTHER, street="Havenkade", house_number="9", postcode="4321 ZX")
    enrol(school, a_child("Noor", secret), a_child("Sem"), a_child("Tijn", elsewhere))
    by_hand = ("Noor Test", "Sem Test")
    assert cautions(school, Kind.FORMS) == {
        "before.no_board": (),
        "before.no_dpo": (),
        "before.in_class": by_hand,
    }
    change_profile(school, board="Stichting", dpo="fg@stichting.example")
    assert cautions(school, Kind.FORMS) == {"before.in_class": by_hand}
    everybody = ("Noor Test", "Sem Test", "Tijn Test")
    assert cautions(school, Kind.COVER_SHEET) == {"before.not_asked": everybody}
    asked(school)
    assert cautions(school, Kind.COVER_SHEET) == cautions(school, Kind.REMINDER_LIST) == {}
    assert cautions(school, Kind.REMINDER_LETTERS) == {"before.in_class": by_hand}
    for caution in warnings_before(school, Kind.REMINDER_LETTERS):
        assert "geheim" not in caution.text


def test_a_name_that_cannot_be_printed_is_told_before(school: School) -> None:
    change_profile(school, board="Stichting", dpo="fg@stichting.example")
    enrol(school, a_child("Noor", MOTHER), a_child(UNPRINTABLE, OTHER))
    assert cautions(school, Kind.FORMS) == {"before.unprintable": (f"{UNPRINTABLE} Test",)}
    with pytest.raises(RefusedError):
        warnings_before(school, Kind.FORMS, group="Groep 9")


def test_an_entered_answer_is_not_lost_by_a_reprint(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER))
    (form,) = asked(school)
    answered(school, form.form, "", Authority.YES)
    documents: list[Callable[[], object]] = [lambda: asked(school), lambda: sample_forms(school)]
    for document in documents:
        document()
        assert answered(school, form.form, "", Authority.YES).recorded == 0
