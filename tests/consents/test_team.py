"""Staff, trainees and volunteers: who they are, what they decide about themselves."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schoolprivacy.clock import SetClock
from schoolprivacy.consents import records
from schoolprivacy.consents.standing import standing
from schoolprivacy.consents.team.history import team_history
from schoolprivacy.consents.team.members import (
    MemberEntry,
    MemberKind,
    add_member,
    change_member,
    check_member,
    invalidate_team_decision,
    member_left,
    members,
    record_team_decisions,
    undo_team_decisions,
    withdraw_team,
)
from schoolprivacy.consents.terms import Answer, Choice, Verdict, Way
from schoolprivacy.overview.due import due
from schoolprivacy.people.names import full_name
from schoolprivacy.people.undoing import undo
from schoolprivacy.school import School
from tests.consents.team_builders import a_member, answers_of
from tests.people.builders import differing, rows_of
from tests.vault.schools import NOW, refused

TODAY = NOW.date()
LONG_AGO = date(2025, 9, 1)


def said(school: School, member_id: str, yes: str = "", no: str = "", on: date = TODAY) -> None:
    record_team_decisions(
        school, member_id, yes=yes.split(), no=no.split(), decided_on=on, way=Way.PAPER_FORM
    )


# — who they are —


def test_people_stand_in_the_dutch_order(school: School) -> None:
    for name in ("Zoë van der Poel", "Ali Çelik", "Bo Poel", "Noor de Wit"):
        a_member(school, name)
    names = [full_name(row.member) for row in members(school).rows]
    assert names == ["Ali Çelik", "Bo Poel", "Zoë van der Poel", "Noor de Wit"]


def test_phone_and_mail_are_kept_in_one_way(school: School) -> None:
    a_member(school, "Noor de Wit", MemberKind.TRAINEE, phone="06 123 456 78", email=" a@b.nl ")
    (row,) = members(school).rows
    assert (row.member.phone, row.member.email) == ("+31612345678", "a@b.nl")
    assert row.member.kind is MemberKind.TRAINEE


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        (MemberEntry(call_name="Noor"), "surname"),
        (MemberEntry(surname="Wit", phone="12"), "phone"),
        (MemberEntry(surname="Wit", email="geen adres"), "email"),
        (MemberEntry(surname="123456782"), "surname"),
    ],
)
def test_an_entry_that_cannot_be_is_refused(school: School, entry: MemberEntry, field: str) -> None:
    before = rows_of(school)
    assert field in {each.field for each in check_member(entry)}
    assert refused(add_member, school, entry) == "edit.fields"
    assert rows_of(school) == before


def test_what_was_done_to_a_person_can_be_undone(school: School) -> None:
    before = rows_of(school, "audit")
    added = add_member(school, MemberEntry(surname="Wit", call_name="Noor"))
    there = rows_of(school, "audit")
    entry = MemberEntry(MemberKind.VOLUNTEER, "Noor", "de", "Wit", "0612345678")
    undo(school, change_member(school, added.about, entry))
    assert rows_of(school, "audit") == there
    undo(school, member_left(school, added.about, TODAY))
    assert rows_of(school, "audit") == there
    assert refused(undo, school, added) == "edit.no_undo"
    again = add_member(school, MemberEntry(surname="Smit"))
    undo(school, again)
    assert differing(before, rows_of(school, "audit")) == {"team_member"}


def test_a_change_does_not_bring_back_who_left(school: School, clock: SetClock) -> None:
    noor = a_member(school)
    member_left(school, noor, TODAY)
    change_member(school, noor, MemberEntry(surname="Witte"))
    assert len(members(school).rows) == 1  # the last day
    clock.moment += timedelta(days=1)
    assert not members(school).rows
    assert [row.member.surname for row in members(school, left=True).rows] == ["Witte"]
    member_left(school, noor, None)
    assert len(members(school).rows) == 1


def test_nobody_else_is_found(school: School) -> None:
    assert refused(member_left, school, "x", TODAY) == "team.unknown"
    assert refused(withdraw_team, school, "x", ["website"], on=TODAY, way=Way.DESK) == (
        "team.unknown"
    )


# — what they decide —


def test_what_an_adult_is_asked(school: School) -> None:
    codes = [each.code for each in members(school).purposes]
    assert "website" in codes and "class-photo" in codes
    assert [each for each in codes if each.startswith("contact-")] == [
        "contact-guardian-name",
        "contact-phone",
        "contact-email",
    ]
    assert "school-photographer" not in codes


def test_a_person_decides_alone_about_social_media_too(school: School) -> None:
    with school.transaction() as session:
        session.execute(sa.update(records.purpose).values(switched_on=True))
        session.audit("test")
    noor = a_member(school)
    assert set(answers_of(school, noor).values()) == {Answer.NOT_ASKED}
    said(school, noor, yes="website facebook", no="press")
    answers = answers_of(school, noor)
    assert answers["website"] is answers["facebook"] is Answer.GRANTED
    assert answers["press"] is Answer.REFUSED
    assert answers["newsletter"] is Answer.NOT_ASKED


def test_withdrawing_counts_and_stays_in_the_history(school: School) -> None:
    noor = a_member(school)
    said(school, noor, yes="website press", on=LONG_AGO)
    taken = withdraw_team(school, noor, ["website"], on=TODAY, way=Way.PHONE)
    assert answers_of(school, noor)["website"] is Answer.WITHDRAWN
    assert answers_of(school, noor)["press"] is Answer.GRANTED
    undo_team_decisions(school, taken)
    assert answers_of(school, noor)["website"] is Answer.GRANTED
    lines = [each for each in team_history(school, noor) if each.purpose == "website"]
    assert [(e.choice, e.verdict) for e in lines] == [
        (Choice.GRANTED, Verdict.COUNTS),
        (Choice.WITHDRAWN, Verdict.INVALIDATED),
    ]
    assert lines[1].invalidated and lines[1].invalidated.why
    assert lines[0].explanation and lines[0].recorded_by == school.who.name
    assert refused(undo_team_decisions, school, taken) == "decision.not_there"


def test_entered_wrongly_counts_for_nothing(school: School) -> None:
    noor = a_member(school)
    said(school, noor, yes="website")
    (line,) = team_history(school, noor)
    invalidate_team_decision(school, line.decision_id, "verkeerde persoon")
    assert answers_of(school, noor)["website"] is Answer.NOT_ASKED
    assert refused(invalidate_team_decision, school, line.decision_id, "x") == (
        "decision.not_there"
    )


def test_all_or_nothing(school: School) -> None:
    noor = a_member(school)
    before = rows_of(school)
    tomorrow = TODAY + timedelta(days=1)
    for key, yes, no, on in (
        ("team.nothing", "", "", TODAY),
        ("team.both", "website press", "press", TODAY),
        ("decision.future", "website", "", tomorrow),
        ("purpose.unknown", "website school-photographer", "", TODAY),
        ("purpose.unknown", "website contact-birthday", "", TODAY),
    ):
        assert refused(said, school, noor, yes, no, on) == key
    assert rows_of(school) == before


def test_the_same_paper_twice_is_recorded_once(school: School) -> None:
    noor = a_member(school)
    said(school, noor, yes="website", no="press")
    said(school, noor, yes="website", no="press")
    assert len(team_history(school, noor)) == 2


def test_the_contact_list_is_for_one_school_year(school: School, clock: SetClock) -> None:
    noor = a_member(school, phone="0612345678", email="noor@school.example")
    said(school, noor, yes="contact-guardian-name contact-phone website", no="contact-email")
    assert answers_of(school, noor)["contact-phone"] is Answer.GRANTED
    clock.moment = clock.moment.replace(year=2027, month=8, day=1)
    answers = answers_of(school, noor)
    assert answers["contact-phone"] is Answer.EXPIRED
    assert answers["website"] is Answer.GRANTED


def test_a_no_is_nobodys_task(school: School) -> None:
    noor = a_member(school)
    before = standing(school), due(school)
    said(school, noor, no="website press")
    withdraw_team(school, noor, ["newsletter"], on=TODAY, way=Way.DESK)
    assert (standing(school), due(school)) == before


def test_a_yes_to_a_narrower_use_does_not_cover_a_wider_one(school: School) -> None:
    noor = a_member(school)
    said(school, noor, yes="website", on=LONG_AGO)
    with school.transaction() as session:
        old = (
            session.execute(
                sa.select(records.wording).where(records.wording.c.purpose == "website")
            )
            .mappings()
            .one()
        )
        changed_on = TODAY - timedelta(days=1)
        wider = dict(old) | {"version": 2, "since": changed_on.isoformat(), "widens": True}
        session.execute(sa.insert(records.wording).values(**wider))
        session.audit("test")
    assert answers_of(school, noor)["website"] is Answer.EXPIRED
    for on in (changed_on - timedelta(days=1), changed_on):  # of that day: who knows which text
        said(school, noor, yes="website", on=on)
        assert answers_of(school, noor)["website"] is Answer.EXPIRED
    said(school, noor, yes="website")
    assert answers_of(school, noor)["website"] is Answer.GRANTED


def test_the_trail_names_nobody(school: School) -> None:
    noor = a_member(school, phone="0612345678")
    said(school, noor, yes="website")
    trail = str(rows_of(school)["audit"])
    assert "Wit" not in trail and "31612345678" not in trail
    assert noor in trail


CHOICES = st.sampled_from(["yes", "no", "withdraw"])


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(CHOICES, st.integers(0, 5)), min_size=1, max_size=5))
def test_the_last_day_decides_and_of_one_day_the_strictest(
    school: School, told: list[tuple[str, int]]
) -> None:
    member = a_member(school)
    for choice, ago in told:
        on = TODAY - timedelta(days=ago)
        if choice == "withdraw":
            withdraw_team(school, member, ["website"], on=on, way=Way.DESK)
        else:
            chosen = {choice: "website"}
            said(school, member, **chosen, on=on)
    newest = min(ago for _, ago in told)
    there = {choice for choice, ago in told if ago == newest}
    expected = (
        Answer.WITHDRAWN
        if "withdraw" in there
        else Answer.REFUSED
        if "no" in there
        else Answer.GRANTED
    )
    assert answers_of(school, member)["website"] is expected
