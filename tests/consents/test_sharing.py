"""Sharing for a while: started, asked or recorded, answered, withdrawn, and ended by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial

import pytest
import sqlalchemy as sa

from schoolprivacy.clock import SetClock
from schoolprivacy.consents import records
from schoolprivacy.consents.actions import NewDecision, record_decision, undo_decision, withdraw
from schoolprivacy.consents.before import never_asked
from schoolprivacy.consents.board import consent_table
from schoolprivacy.consents.entry import forms_back, open_form
from schoolprivacy.consents.history import cell_history, pupil_history
from schoolprivacy.consents.purposes import purpose_settings
from schoolprivacy.consents.reminders import print_cover_sheet, print_reminder_list
from schoolprivacy.consents.sharing.actions import (
    NewSharing,
    end_sharing,
    start_sharing,
    undo_end,
    undo_start,
)
from schoolprivacy.consents.sharing.printing import print_request
from schoolprivacy.consents.sharing.pupils import (
    add_pupils,
    record_party_consent,
    remove_pupil,
)
from schoolprivacy.consents.sharing.sharings import (
    AnswersWaited,
    Road,
    SharedPupil,
    Sharing,
    State,
    allowed,
    answers_waited_for,
    ending_soon,
    sharing,
    sharings,
)
from schoolprivacy.consents.standing import standing
from schoolprivacy.consents.terms import Answer, Choice, Way
from schoolprivacy.errors import KnownError, RefusedError
from schoolprivacy.people.guardians import settle_authority
from schoolprivacy.people.records import placed_pupils, pupil
from schoolprivacy.people.terms import Authority
from schoolprivacy.school import School
from schoolprivacy.schoolyear import SchoolYear
from tests.consents.families import (
    FATHER,
    MOTHER,
    Paper,
    a_child,
    answered,
    asked,
    audit_lines,
    carers_of,
    enrol,
    waited_for,
)

TODAY = date(2026, 11, 2)
ANNA = "Anna van der Sluis"
BAS = "Bas Yıldız"


def may_share(school: School, code: str) -> tuple[SharedPupil, ...]:
    return allowed(sharing(school, code))


def ids_of(school: School) -> dict[str, str]:
    """Identifiers of the pupils by call name."""
    with school.reading() as session:
        placed = placed_pupils(session, SchoolYear(2026))
    return {each.pupil.call_name: each.pupil.id for each in placed}


def a_sharing(school: School, *names: str) -> NewSharing:
    ids = ids_of(school)
    return NewSharing(
        party="Rekenhulp Voorbeeld",
        purpose_text="een plan voor extra hulp",
        data="uitslagen van de rekentoetsen",
        starts_on=TODAY,
        ends_on=date(2027, 1, 29),
        road=Road.SCHOOL,
        pupil_ids=[ids[name] for name in names or ids],
    )


def started(school: School, *names: str, **changed: object) -> str:
    return start_sharing(school, replace(a_sharing(school, *names), **changed))  # type: ignore[arg-type]


def answers(of: Sharing) -> dict[str, str]:
    return {each.pupil.split()[0]: each.answer.value for each in of.pupils}


def names_of(school: School, code: str) -> list[str]:
    return [each.pupil.split()[0] for each in may_share(school, code)]


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(KnownError) as error:
        act()
    assert str(error.value)
    return error.value.key


def may_decide(school: School, child: str) -> str:
    """The first guardian of a child turns out to have authority; gives who that is."""
    carer = carers_of(school, child)[0]
    with school.transaction() as session:
        settle_authority(session, child, carer, Authority.YES)
        session.audit("test.authority")
    return carer.guardian.id


def go_to(clock: SetClock, day: date) -> None:
    clock.moment = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)


# — starting —


def test_a_sharing_names_party_data_purpose_and_period(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER), a_child("Sem", FATHER))
    before = audit_lines(school)
    code = started(school, "Noor", party="  Rekenhulp \n Voorbeeld ")
    assert audit_lines(school) == before + 1
    found = sharing(school, code)
    assert (found.party, found.state, found.road) == ("Rekenhulp Voorbeeld", "runs", "school")
    assert (found.starts_on, found.ends_on) == (TODAY, date(2027, 1, 29))
    assert answers(found) == {"Noor": "not_asked"} and may_share(school, code) == ()
    with school.reading() as session:
        (purpose,) = [p for p in records.purposes(session, every=True) if p.code == code]
    text = purpose.wording
    assert all(part in text.label for part in (found.party, found.data, found.purpose_text))
    assert (text.audience, text.keeps) == (found.party, "tot en met 29 januari 2027")
    assert len(text.short) <= 24


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"party": "  "}, "sharing.empty"),
        ({"data": ""}, "sharing.empty"),
        ({"purpose_text": "\n"}, "sharing.empty"),
        ({"data": "heel veel gegevens " * 12}, "sharing.too_long"),
        ({"party": "Hulp \u4e2d"}, "paper.missing_glyph"),
        ({"ends_on": date(2026, 11, 1)}, "sharing.ends_before"),
        ({"starts_on": date(2026, 9, 1), "ends_on": date(2026, 11, 1)}, "sharing.over"),
        ({"ends_on": date(2027, 11, 3)}, "sharing.too_far"),
        ({"pupil_ids": []}, "sharing.nobody"),
        ({"pupil_ids": ["nobody"]}, "sharing.nobody"),
    ],
)
def test_what_cannot_be_asked_is_refused_and_nothing_is_stored(
    school: School, changed: dict[str, object], why: str
) -> None:
    enrol(school, a_child("Noor", MOTHER))
    before = audit_lines(school)
    assert refused(lambda: started(school, **changed)) == why
    assert sharings(school, ended=True) == [] and audit_lines(school) == before


@pytest.mark.parametrize(
    ("starts_on", "ends_on"),
    [
        (TODAY, TODAY),
        (TODAY, date(2027, 11, 2)),
        (date(2028, 2, 29), date(2029, 2, 28)),
    ],
)
def test_a_period_from_one_day_to_a_year(school: School, starts_on: date, ends_on: date) -> None:
    enrol(school, a_child("Noor", MOTHER))
    assert started(school, starts_on=starts_on, ends_on=ends_on)


def test_a_leaver_is_not_chosen_and_not_shared(school: School, clock: SetClock) -> None:
    enrol(school, a_child("Noor", MOTHER), a_child("Sem", FATHER))
    code = started(school, road=Road.PARTY)
    for name in ("Noor", "Sem"):
        says(school, code, name, Choice.GRANTED)
    assert names_of(school, code) == ["Noor", "Sem"]
    with school.transaction() as session:
        gone = sa.update(pupil).where(pupil.c.id == ids_of(school)["Sem"])
        session.execute(gone.values(left_on="2026-11-01"))
        session.audit("test.left")
    assert names_of(school, code) == ["Noor"]
    assert [each.has_left for each in sharing(school, code).pupils] == [False, True]
    other = started(school)
    assert [each.pupil for each in sharing(school, other).pupils] == ["Noor Test"]


def test_a_code_that_is_no_sharing(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER))
    for act in (sharing, may_share, end_sharing, undo_end):
        assert refused(partial(act, school, "website")) == "sharing.unknown"


def test_a_start_is_taken_back_while_nobody_was_asked(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER))
    code = started(school)
    undo_start(school, code)
    assert sharings(school, ended=True) == []
    assert refused(lambda: undo_start(school, code)) == "sharing.unknown"
    by_form, by_party = started(school), started(school, road=Road.PARTY)
    print_request(school, Paper(), by_form)
    undo_decision(school, says(school, by_party, "Noor", Choice.GRANTED))
    for each in (by_form, by_party):
        assert refused(partial(undo_start, school, each)) == "sharing.used"


# — the pupils —


def test_pupils_are_added_and_taken_out_again(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER), a_child("Sem", FATHER))
    ids = ids_of(school)
    code = started(school, "Noor")
    assert add_pupils(school, code, [ids["Sem"], ids["Noor"]]) == (ids["Sem"],)
    assert list(answers(sharing(school, code))) == ["Noor", "Sem"]
    remove_pupil(school, code, ids["Sem"])
    assert list(answers(sharing(school, code))) == ["Noor"]
    assert refused(lambda: remove_pupil(school, code, ids["Sem"])) == "sharing.not_in_it"
    assert refused(lambda: remove_pupil(school, code, ids["Noor"])) == "sharing.last_pupil"


def test_who_answered_stays_until_the_answer_was_a_mistake(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER), a_child("Sem", FATHER))
    ids, code = ids_of(school), started(school, road=Road.PARTY)
    decision = says(school, code, "Noor", Choice.REFUSED)
    assert refused(lambda: remove_pupil(school, code, ids["Noor"])) == "sharing.answered"
    undo_decision(school, decision)
    remove_pupil(school, code, ids["Noor"])
    assert list(answers(sharing(school, code))) == ["Sem"]


def test_the_form_of_who_was_taken_out_is_not_waited_for(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER), a_child("Sem", FATHER))
    ids, code = ids_of(school), started(school)
    forms = {each.pupil_id: each.form for each in print_request(school, Paper(), code)}
    remove_pupil(school, code, ids["Sem"])
    entered = answered(school, forms[ids["Sem"]], BAS, Authority.YES, yes=code)
    assert "form.replaced" in entered.remarks
    assert names_of(school, code) == []


# — the school asks —


def test_asked_and_answered_on_the_form(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER), a_child("Sem", FATHER))
    code = started(school)
    noor, sem = print_request(school, Paper(), code)
    assert set(answers(sharing(school, code)).values()) == {"no_answer"}
    seen = open_form(school, noor.form)
    assert [row.code for row in seen.rows] == [code] and "Rekenhulp" in seen.rows[0].label
    answered(school, noor.form, ANNA, Authority.YES, yes=code)
    answered(school, sem.form, BAS, Authority.YES, yes="", no=code)
    assert answers(sharing(school, code)) == {"Noor": "granted", "Sem": "refused"}
    assert names_of(school, code) == ["Noor"]
    assert cell_history(school, noor.pupil_id, code).answer is Answer.GRANTED
    (line,) = pupil_history(school, noor.pupil_id).decisions
    assert (line.valid_from, line.valid_until) == (TODAY, date(2027, 1, 29))


def test_a_yes_of_unknown_authority_permits_nothing(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER))
    code = started(school)
    (form,) = print_request(school, Paper(), code)
    answered(school, form.form, ANNA, None, yes=code)
    assert names_of(school, code) == []
    assert answers(sharing(school, code)) == {"Noor": "no_answer"}


@pytest.mark.parametrize(("all_must_agree", "names"), [(False, ["Noor"]), (True, [])])
def test_one_yes_is_enough_unless_all_must_agree(
    school: School, all_must_agree: bool, names: list[str]
) -> None:
    enrol(school, a_child("Noor", MOTHER, FATHER))
    code = started(school, all_must_agree=all_must_agree)
    (form,) = print_request(school, Paper(), code)
    answered(school, form.form, ANNA, Authority.YES, yes=code)
    assert names_of(school, code) == names
    answered(school, form.form, BAS, Authority.YES, yes=code)
    assert names_of(school, code) == ["Noor"]


def test_two_parents_who_differ_permit_nothing(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER, FATHER))
    code = started(school)
    (form,) = print_request(school, Paper(), code)
    answered(school, form.form, ANNA, Authority.YES, yes=code)
    answered(school, form.form, BAS, Authority.YES, yes="", no=code)
    assert answers(sharing(school, code)) == {"Noor": "conflict"} and names_of(school, code) == []


@pytest.mark.parametrize("who", [0, 1])
def test_either_parent_withdraws(school: School, who: int) -> None:
    enrol(school, a_child("Noor", MOTHER, FATHER))
    code = started(school)
    (form,) = print_request(school, Paper(), code)
    answered(school, form.form, ANNA, Authority.YES, yes=code)
    carer = carers_of(school, form.pupil_id)[who].guardian.id
    withdraw(school, form.pupil_id, carer, [code], on=TODAY, way=Way.DESK)
    assert answers(sharing(school, code)) == {"Noor": "withdrawn"} and names_of(school, code) == []


def test_a_parent_may_answer_at_the_desk(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER))
    code, noor = started(school), ids_of(school)["Noor"]
    carer = may_decide(school, noor)
    record_decision(school, NewDecision(noor, code, 1, Choice.GRANTED, TODAY, Way.DESK, carer))
    assert names_of(school, code) == ["Noor"]


# — the party asks —


def says(school: School, code: str, name: str, choice: Choice) -> str:
    """The party shows what the first guardian, who has authority, signed."""
    child = ids_of(school)[name]
    return record_party_consent(school, code, child, may_decide(school, child), choice, TODAY)


def test_the_party_shows_a_signed_consent_which_is_only_recorded(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER), a_child("Sem", FATHER))
    code = started(school, road=Road.PARTY)
    assert refused(lambda: print_request(school, Paper(), code)) == "sharing.party_asks"
    decision = says(school, code, "Noor", Choice.GRANTED)
    says(school, code, "Sem", Choice.REFUSED)
    assert names_of(school, code) == ["Noor"]
    (line,) = pupil_history(school, ids_of(school)["Noor"]).decisions
    assert (line.way, line.form, line.valid_until) == (Way.LETTER, "", date(2027, 1, 29))
    undo_decision(school, decision)
    assert names_of(school, code) == []


def test_only_what_belongs_to_the_sharing_is_recorded(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER), a_child("Sem", FATHER))
    asked_by_school, by_party = started(school), started(school, "Noor", road=Road.PARTY)
    grant = Choice.GRANTED
    assert refused(lambda: says(school, asked_by_school, "Noor", grant)) == "sharing.school_asks"
    assert refused(lambda: says(school, by_party, "Sem", grant)) == "sharing.not_in_it"
    end_sharing(school, by_party)
    assert refused(lambda: says(school, by_party, "Noor", grant)) == "sharing.ended"


# — the period —


def test_a_yes_counts_from_the_first_day_to_the_last(school: School, clock: SetClock) -> None:
    enrol(school, a_child("Noor", MOTHER))
    code = started(school, road=Road.PARTY, starts_on=date(2026, 12, 1))
    says(school, code, "Noor", Choice.GRANTED)
    for day, state, answer, names in (
        (TODAY, State.COMES, "granted", []),
        (date(2026, 12, 1), State.RUNS, "granted", ["Noor"]),
        (date(2027, 1, 29), State.RUNS, "granted", ["Noor"]),
        (date(2027, 1, 30), State.ENDED, "expired", []),
    ):
        go_to(clock, day)
        found = sharing(school, code)
        assert (found.state, answers(found), names_of(school, code)) == (
            state,
            {"Noor": answer},
            names,
        )
    assert cell_history(school, ids_of(school)["Noor"], code).answer is Answer.EXPIRED
    assert sharings(school) == [] and [s.code for s in sharings(school, ended=True)] == [code]


def test_an_early_end_stops_everything_and_is_undone(school: School, clock: SetClock) -> None:
    enrol(school, a_child("Noor", MOTHER))
    code = started(school, road=Road.PARTY)
    says(school, code, "Noor", Choice.GRANTED)
    assert refused(lambda: undo_end(school, code)) == "sharing.not_ended"
    end_sharing(school, code)
    found = sharing(school, code)
    assert (found.state, found.ended_on, answers(found)) == ("ended", TODAY, {"Noor": "expired"})
    assert may_share(school, code) == () and sharings(school) == []
    for act in (
        lambda: end_sharing(school, code),
        lambda: add_pupils(school, code, list(ids_of(school).values())),
        lambda: remove_pupil(school, code, ids_of(school)["Noor"]),
        lambda: print_request(school, Paper(), code),
    ):
        assert refused(act) == "sharing.ended"
    undo_end(school, code)
    assert names_of(school, code) == ["Noor"]
    end_sharing(school, code)
    go_to(clock, date(2027, 1, 30))
    assert refused(lambda: undo_end(school, code)) == "sharing.not_ended"


# — the overview —


def test_what_ends_soon_and_what_is_waited_for(school: School, clock: SetClock) -> None:
    enrol(school, a_child("Noor", MOTHER), a_child("Sem", FATHER))
    ids = ids_of(school)
    late = started(school)
    soon = started(school, "Noor", road=Road.PARTY, ends_on=date(2026, 12, 2))
    started(school, "Noor", starts_on=date(2026, 11, 3), ends_on=date(2026, 11, 20))
    print_request(school, Paper(), late, pupil_ids=[ids["Noor"]])
    with school.reading() as session:
        assert [each.code for each in ending_soon(session)] == [soon]
        assert [each.code for each in ending_soon(session, 29)] == []
        waiting = {each.code: each for each in answers_waited_for(session)}
    party = "Rekenhulp Voorbeeld"
    assert len(waiting) == 3
    assert waiting[late] == AnswersWaited(late, party, Road.SCHOOL, (ids["Sem"],), (ids["Noor"],))
    assert waiting[soon] == AnswersWaited(soon, party, Road.PARTY, (ids["Noor"],), ())
    says(school, soon, "Noor", Choice.REFUSED)
    with school.reading() as session:
        assert soon not in {each.code for each in answers_waited_for(session)}
    go_to(clock, date(2026, 12, 3))
    with school.reading() as session:
        assert ending_soon(session) == []
        assert [each.code for each in answers_waited_for(session)] == [late]


# — beside the forms of the school —


def test_the_forms_of_the_school_are_not_disturbed(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER), a_child("Sem", FATHER))
    code = started(school)
    print_request(school, Paper(), code)
    assert waited_for(school) == []  # nobody was asked for pictures
    table, settings = consent_table(school), purpose_settings(school)
    assert code not in {each.code for each in table.purposes}
    assert code not in {each.purpose.code for each in settings}
    own = asked(school)
    paper = Paper()
    assert len(print_reminder_list(school, paper)) == 2 and len(own) == 2
    assert "Rekenhulp" not in paper.text
    now = standing(school)
    assert code not in now.purposes and now.families_without_answer == 2


def test_a_request_does_not_follow_the_forms_of_the_school(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER))
    (own,) = asked(school)
    code = started(school)
    (form,) = print_request(school, Paper(), code)
    assert form.form != own.form
    assert asked(school) == [own] and list(print_request(school, Paper(), code)) == [form]


def test_two_sharings_are_answered_apart(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER))
    first, second = started(school), started(school)
    (form,) = print_request(school, Paper(), first)
    with pytest.raises(RefusedError):
        answered(school, form.form, ANNA, Authority.YES, yes=second)
    answered(school, form.form, ANNA, Authority.YES, yes=first)
    assert names_of(school, first) == ["Noor"] and names_of(school, second) == []


def test_forms_of_a_sharing_are_not_counted_as_forms_of_the_school(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER))
    print_request(school, Paper(), started(school))
    assert forms_back(school).school.out == 0


def test_who_was_asked_for_a_sharing_only_was_never_asked_for_pictures(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER))
    print_request(school, Paper(), started(school))
    assert len(never_asked(school)) == 1


def test_the_cover_sheet_ticks_off_the_forms_of_the_school(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER))
    print_request(school, Paper(), started(school))
    own = asked(school)
    assert list(print_cover_sheet(school, Paper())) == own


def test_an_answer_to_a_sharing_is_no_answer_to_the_school(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER))
    code = started(school)
    (form,) = print_request(school, Paper(), code)
    asked(school)
    answered(school, form.form, ANNA, Authority.YES, yes=code)
    paper = Paper()
    print_reminder_list(school, paper)
    assert "nog niets" in paper.text and "deels" not in paper.text
