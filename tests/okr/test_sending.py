"""A report is sent when everybody who must has seen it, or a reason stands there by name."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from schoolprivacy import law
from schoolprivacy.access.terms import Role
from schoolprivacy.clock import SetClock
from schoolprivacy.consents.undoing import undo_entry
from schoolprivacy.errors import KnownError, RefusedError
from schoolprivacy.okr.actions import (
    cancel_move,
    change_school,
    known_schools,
    make_report,
    obstacles_told,
    plan_move,
    plan_moves,
    send_report,
)
from schoolprivacy.okr.board import board, counts, row_of
from schoolprivacy.okr.entries import MoveEntry
from schoolprivacy.okr.inzage import (
    excuse,
    record_attempt,
    record_copy,
    record_invited,
    record_inzage,
    remove_step,
    steps_of,
)
from schoolprivacy.okr.remarks import add_remark, read_remarks, remove_remark, settle_remark
from schoolprivacy.okr.terms import (
    Category,
    Excuse,
    MoveKind,
    Outcome,
    Proof,
    ReceivingSchool,
    RemarkKind,
    SentHow,
    State,
    StepKind,
)
from schoolprivacy.okr.words import why_no_consent
from schoolprivacy.people.carers import unlink_guardian
from schoolprivacy.people.terms import Authority
from schoolprivacy.people.undoing import undo
from schoolprivacy.school import School, StaffMember
from tests.consents.families import MOTHER, answered, asked, audit_lines
from tests.okr.builders import (
    ANNA,
    BAS,
    COLLEGE,
    PLAIN,
    REPORT,
    SEEN,
    TODAY,
    VO,
    a_leaver,
    apart,
    give_authority,
    group_eight,
    guardian,
    move_of,
    reported,
    row,
    two_parents,
)
from tests.vault.schools import refused


def test_a_report_goes_when_both_parents_have_seen_it(school: School) -> None:
    noor = two_parents(school)
    assert row(school, noor).state is State.NO_MOVE
    plan_move(school, noor, MoveEntry(MoveKind.VO))
    move = move_of(school, noor)
    assert row(school, noor).state is State.NO_SCHOOL
    plan_move(school, noor, VO)
    assert move_of(school, noor) == move, "planning again changes the same move"
    assert row(school, noor).state is State.NO_REPORT
    make_report(school, move, REPORT, PLAIN)
    assert row(school, noor).state is State.TO_INVITE
    both = [guardian(school, noor, name) for name in (ANNA, BAS)]
    record_invited(school, move, both, REPORT)
    assert row(school, noor).state is State.WAITING
    record_inzage(school, move, both[:1], SEEN, Proof.CONVERSATION, copy_given=True)
    with pytest.raises(RefusedError, match=BAS):
        send_report(school, move, TODAY, SentHow.OSO)
    assert row(school, noor).seen == (1, 2)
    record_inzage(school, move, both[1:], SEEN, Proof.LETTER, staff="Juf Voorbeeld")
    assert row(school, noor).state is State.READY
    send_report(school, move, TODAY, SentHow.OSO)
    shown = row(school, noor)
    assert shown.state is State.SENT and not shown.obstacles and not shown.is_due
    assert shown.keep_until == date(2029, 8, 1)
    anna, bas = shown.carers
    assert (anna.copy_on, bas.copy_on) == (SEEN, None)
    assert anna.inzage and bas.inzage
    assert (anna.inzage.proof, bas.inzage.proof) == (Proof.CONVERSATION, Proof.LETTER)
    assert (anna.inzage.staff, bas.inzage.staff) == ("Directie", "Juf Voorbeeld")


@pytest.mark.parametrize(
    ("authority", "told"), [(Authority.YES, "heeft gezag"), (Authority.UNKNOWN, "niet bekend")]
)
def test_unknown_authority_counts_until_somebody_finds_out(
    school: School, authority: Authority, told: str
) -> None:
    noor = two_parents(school, authority)
    move = reported(school, noor)
    record_inzage(school, move, [guardian(school, noor, ANNA)], SEEN, Proof.DATE)
    (why,) = obstacles_told(school, move)
    assert BAS in why and told in why
    give_authority(school, noor, BAS, Authority.NO)
    assert obstacles_told(school, move) == ()


def test_a_guardian_without_authority_gets_nothing_by_itself(school: School) -> None:
    noor = two_parents(school)
    give_authority(school, noor, BAS, Authority.NO)
    move, bas = reported(school, noor), guardian(school, noor, BAS)
    assert refused(record_inzage, school, move, [bas], SEEN, Proof.DATE) == "okr.no_authority"
    said = (school, move, bas, RemarkKind.REMARK, "Anders.", SEEN)
    assert refused(add_remark, *said) == "okr.no_authority"


def test_a_reason_needs_words_and_three_days_of_trying(school: School) -> None:
    noor = two_parents(school)
    move, bas = reported(school, noor), guardian(school, noor, BAS)
    record_inzage(school, move, [guardian(school, noor, ANNA)], SEEN, Proof.LAS)
    record_invited(school, move, [bas], date(2027, 3, 3))
    record_attempt(school, move, bas, date(2027, 3, 8), "gebeld, geen gehoor")
    record_attempt(school, move, bas, date(2027, 3, 8), "gemaild")
    silent = (school, move, bas, Excuse.NO_RESPONSE)
    assert refused(excuse, *silent, "Reageert niet.") == "okr.attempts_short"
    record_attempt(school, move, bas, date(2027, 3, 12), "brief aangetekend")
    assert refused(excuse, *silent, "  ") == "okr.no_words"
    excuse(*silent, "Reageert niet op brief, mail en telefoon.")
    stand = next(each for each in row(school, noor).carers if each.guardian_id == bas)
    assert stand.attempts == 3 and stand.excused
    assert (stand.excused.staff, stand.excused.on) == ("Directie", TODAY)
    send_report(school, move, TODAY, SentHow.PAPER)
    assert row(school, noor).state is State.SENT


def test_attempts_stay_as_long_as_a_decision_needs_them(school: School) -> None:
    noor = two_parents(school)
    move, bas = reported(school, noor), guardian(school, noor, BAS)
    for days in range(3):
        record_attempt(school, move, bas, SEEN + timedelta(days=days), "gebeld")
    excuse(school, move, bas, Excuse.NO_RESPONSE, "Reageert niet.")
    first, *_, decided = steps_of(school, move)
    assert refused(remove_step, school, first.id) == "okr.attempt_counts"
    assert len(steps_of(school, move)) == 4
    remove_step(school, decided.id)
    remove_step(school, first.id)


def test_who_decides_must_do_so_before_it_is_sent(school: School) -> None:
    noor = two_parents(school)
    move = reported(school, noor)
    record_inzage(school, move, [guardian(school, noor, ANNA)], SEEN, Proof.DATE)
    excuse(school, move, guardian(school, noor, BAS), Excuse.DECLINED, "Wil het niet zien.")
    early = TODAY - timedelta(days=1)
    assert refused(send_report, school, move, early, SentHow.OSO) == "okr.too_early"
    assert refused(send_report, school, move, TODAY + timedelta(1), SentHow.OSO) == "okr.future"
    send_report(school, move, TODAY, SentHow.OSO)


def test_a_child_without_anybody_is_decided_about_by_name(school: School) -> None:
    noor = group_eight(school, a_leaver("Noor"))["Noor"]
    for name in (ANNA, BAS):
        give_authority(school, noor, name, Authority.NO)
    move = reported(school, noor)
    (why,) = obstacles_told(school, move)
    assert "geen ouder of verzorger met gezag bekend" in why
    nobody = (school, move, None)
    assert refused(excuse, *nobody, Excuse.NO_RESPONSE, "Niemand.") == "okr.attempts_short"
    excuse(*nobody, Excuse.NOT_POSSIBLE, "De voogd is nog niet benoemd.")
    send_report(school, move, TODAY, SentHow.OSO)
    give_authority(school, noor, ANNA, Authority.YES)


def test_where_somebody_is_known_nobody_may_be_skipped(school: School) -> None:
    noor = two_parents(school)
    move = reported(school, noor)
    skip = (school, move, None, Excuse.NOT_POSSIBLE, "Overgeslagen.")
    assert refused(excuse, *skip) == "okr.somebody_known"


def test_a_new_version_must_be_seen_again(school: School) -> None:
    noor = two_parents(school)
    move = reported(school, noor)
    make_report(school, move, REPORT, {Category.RESULTS: ""})
    first = row(school, noor).move
    assert first and first.version == 1, "nobody was invited yet: it takes the place of the first"
    both = [guardian(school, noor, name) for name in (ANNA, BAS)]
    record_inzage(school, move, both, SEEN, Proof.DATE)
    assert row(school, noor).state is State.READY
    why = {Category.ADMINISTRATIVE: "", Category.SUPPORT: "hulp bij lezen gaat door"}
    make_report(school, move, date(2027, 3, 10), why)
    shown = row(school, noor)
    assert shown.move and shown.move.version == 2 and shown.seen == (0, 2)
    assert refused(send_report, school, move, TODAY, SentHow.OSO) == "okr.not_yet"
    early = (school, move, both, SEEN, Proof.DATE)
    assert refused(record_inzage, *early) == "okr.too_early"


def test_what_parents_say_is_dealt_with_first(school: School) -> None:
    noor = two_parents(school)
    move, anna = reported(school, noor), guardian(school, noor, ANNA)
    record_inzage(school, move, [anna, guardian(school, noor, BAS)], SEEN, Proof.CONVERSATION)
    text = "Wij zien thuis een ander kind.\n\nNoor leest graag."
    view = add_remark(school, move, anna, RemarkKind.REMARK, text, SEEN)
    add_remark(school, move, anna, RemarkKind.CORRECTION, "Het rekencijfer klopt niet.", SEEN)
    assert row(school, noor).state is State.TO_SETTLE
    assert refused(send_report, school, move, TODAY, SentHow.OSO) == "okr.not_yet"
    assert view.about == noor
    before = audit_lines(school)
    remark, fact = read_remarks(school, move)
    assert audit_lines(school) == before + 1, "that somebody looked is written down"
    assert (remark.text, fact.remark.kind) == (text, RemarkKind.CORRECTION)
    settle = (school, remark.remark.id)
    assert refused(settle_remark, *settle, Outcome.DECLINED, TODAY, "Nee.") == "okr.outcome"
    settle_remark(*settle, Outcome.ADDED, TODAY)
    other = (school, fact.remark.id, Outcome.DECLINED, TODAY)
    assert refused(settle_remark, *other) == "okr.no_answer"
    settle_remark(*other, "Het cijfer staat zo in het toetsoverzicht.")
    assert refused(settle_remark, *other, "Nog eens.") == "okr.settled_before"
    assert refused(remove_remark, school, fact.remark.id) == "okr.settled_before"
    send_report(school, move, TODAY, SentHow.OSO)
    add_remark(school, move, anna, RemarkKind.REMARK, "Nog iets.", TODAY)
    later = row(school, noor)  # also later somebody may say something
    assert (later.state, later.is_due) == (State.TO_ANSWER, True)
    assert later.due_on == law.last_day("okr.remark_answered", TODAY) and not later.obstacles


def test_what_is_said_after_sending_waits_for_an_answer_next_year_too(
    school: School, clock: SetClock
) -> None:
    noor = two_parents(school)
    move, anna = reported(school, noor), guardian(school, noor, ANNA)
    record_inzage(school, move, [anna, guardian(school, noor, BAS)], SEEN, Proof.CONVERSATION)
    send_report(school, move, TODAY, SentHow.OSO)
    year = board(school).year
    clock.moment += timedelta(days=200)
    said_on = clock.today()
    assert said_on > year.last_day and not board(school).due
    add_remark(school, move, anna, RemarkKind.REMARK, "Er klopt iets niet.", said_on)
    (waiting,) = board(school).due
    assert waiting.child.pupil.id == noor and waiting.state is State.TO_ANSWER
    settle_remark(school, read_remarks(school, move)[0].remark.id, Outcome.ADDED, said_on)
    assert not board(school).due


def test_a_remark_is_dealt_with_before_the_day_of_sending(school: School) -> None:
    noor = two_parents(school)
    move, anna = reported(school, noor), guardian(school, noor, ANNA)
    record_inzage(school, move, [anna, guardian(school, noor, BAS)], SEEN, Proof.CONVERSATION)
    said_on = SEEN + timedelta(days=2)
    add_remark(school, move, anna, RemarkKind.REMARK, "Noor leest graag.", said_on)
    settle_remark(school, read_remarks(school, move)[0].remark.id, Outcome.ADDED, TODAY)
    early = TODAY - timedelta(days=1)
    assert refused(send_report, school, move, early, SentHow.OSO) == "okr.too_early"
    send_report(school, move, SEEN, SentHow.OSO)
    assert row(school, noor).state is State.SENT, "nobody had said anything yet"


def test_what_proves_a_sending_stays(school: School) -> None:
    noor = two_parents(school)
    move = reported(school, noor)
    both = [guardian(school, noor, name) for name in (ANNA, BAS)]
    seen = record_inzage(school, move, both, SEEN, Proof.DATE)
    send_report(school, move, TODAY, SentHow.OSO)
    assert refused(undo, school, seen) == "edit.no_undo"
    for step in steps_of(school, move):
        assert refused(remove_step, school, step.id) == "okr.sent_before"
    for again in (
        lambda: send_report(school, move, TODAY, SentHow.PAPER),
        lambda: cancel_move(school, move),
        lambda: make_report(school, move, TODAY, PLAIN),
        lambda: plan_move(school, noor, VO),
        lambda: record_copy(school, move, both, TODAY),
        lambda: excuse(school, move, both[0], Excuse.DECLINED, "x"),
    ):
        assert refused(again) == "okr.sent_before"
    assert refused(unlink_guardian, school, noor, both[0]) == "guardian.was_asked"
    plan_move(school, noor, MoveEntry(MoveKind.PO), anew=True)
    assert row(school, noor).state is State.NO_SCHOOL, "came back, and leaves again"
    assert row_of(school, move).state is State.SENT


def test_who_had_inzage_stays_though_the_form_that_named_them_is_undone(school: School) -> None:
    noor = group_eight(school, a_leaver("Noor", MOTHER))["Noor"]
    (form,) = asked(school)
    entered = answered(school, form.form, "Robin Onbekend", Authority.YES)
    move, robin = reported(school, noor), guardian(school, noor, "Robin Onbekend")
    record_inzage(school, move, [robin], SEEN, Proof.DATE)
    undo_entry(school, entered)
    assert "Robin Onbekend" in {each.name for each in row(school, noor).carers}


def test_mistakes_are_cheap(school: School) -> None:
    """Every action can be taken back at once, and leaves the board as it was."""
    noor = two_parents(school)
    move = reported(school, noor)
    both = [guardian(school, noor, name) for name in (ANNA, BAS)]
    for act in (
        lambda: plan_move(school, noor, MoveEntry(MoveKind.ABROAD)),
        lambda: cancel_move(school, move),
        lambda: make_report(school, move, TODAY, {Category.RESULTS: ""}),
        lambda: record_invited(school, move, both, SEEN),
        lambda: record_inzage(school, move, both, SEEN, Proof.DATE, copy_given=True),
        lambda: record_attempt(school, move, both[0], SEEN, "gebeld"),
        lambda: excuse(school, move, both[0], Excuse.DECLINED, "Wil niet."),
        lambda: add_remark(school, move, both[0], RemarkKind.REMARK, "Anders.", SEEN),
    ):
        before = row(school, noor)
        undo(school, act())
        assert row(school, noor) == before
    record_inzage(school, move, both, SEEN, Proof.DATE)
    before = row(school, noor)
    undo(school, send_report(school, move, TODAY, SentHow.OSO))
    assert row(school, noor) == before
    (first, _) = steps_of(school, move)
    taken = remove_step(school, first.id)
    assert row(school, noor).seen == (1, 2)
    undo(school, taken)
    assert row(school, noor).seen == (2, 2)


def test_only_what_may_be_exchanged_can_be_chosen(school: School) -> None:
    noor = two_parents(school)
    plan_move(school, noor, VO)
    move = move_of(school, noor)
    for inside, key in (
        ({}, "okr.no_category"),
        ({"religion": "x"}, "okr.category"),
        ({Category.SOCIAL: " "}, "okr.no_reason"),
        ({Category.ABSENCE: "leerling 111222333"}, "okr.bsn"),
    ):
        assert refused(make_report, school, move, REPORT, inside) == key
    every = dict.fromkeys(Category, "nodig voor de begeleiding")
    make_report(school, move, REPORT, every)
    shown = row(school, noor).move
    assert shown and shown.report
    assert [each for each, _ in shown.report.categories] == list(Category)


def test_the_list_of_schools_remembers(school: School) -> None:
    children = group_eight(school, *(a_leaver(name, MOTHER) for name in ("Noor", "Sem", "Can")))
    unknown = MoveEntry(MoveKind.VO, ReceivingSchool("voorbeeldCollege", "", "Voorbeeldstad "))
    done = plan_moves(school, {children["Noor"]: VO, children["Sem"]: unknown, children["Can"]: VO})
    assert list(known_schools(school).values()) == [COLLEGE]
    undo(school, done)
    assert not known_schools(school)
    plan_moves(school, {children["Sem"]: unknown})
    plan_moves(school, {children["Noor"]: VO})
    ((school_id, known),) = known_schools(school).items()
    assert known.brin == COLLEGE.brin, "the BRIN that was missing is remembered"
    other = ReceivingSchool(known.name, "97CD", known.place)
    assert refused(plan_move, school, children["Can"], MoveEntry(MoveKind.VO, other)) == (
        "okr.other_brin"
    )
    change_school(school, school_id, other)
    shown = row(school, children["Noor"]).move
    assert shown and shown.school and shown.school.brin == "97CD"


@pytest.mark.parametrize(
    ("kind", "to", "key"),
    [
        (MoveKind.VO, ReceivingSchool("College", "1AB", "Dorp"), "okr.brin"),
        (MoveKind.ABROAD, ReceivingSchool("Schule", "98AB", "Kleve"), "okr.brin"),
        (MoveKind.PO, ReceivingSchool("De Buur", "99ZZ01", "Dorp"), "okr.own_school"),
        (MoveKind.SO, ReceivingSchool("", "98AB", "Dorp"), "okr.school_name"),
        (MoveKind.SO, ReceivingSchool("De Brug", "98AB", ""), "okr.school_name"),
        (MoveKind.SO, ReceivingSchool("B" * 81, "98AB", "Dorp"), "okr.long"),
    ],
)
def test_a_school_is_a_good_one(
    school: School, kind: MoveKind, to: ReceivingSchool, key: str
) -> None:
    noor = two_parents(school)
    assert refused(plan_move, school, noor, MoveEntry(kind, to)) == key
    assert row(school, noor).state is State.NO_MOVE


def test_a_group_is_planned_whole_or_not(school: School) -> None:
    children = group_eight(school, a_leaver("Noor"), a_leaver("Sem"))
    bad = MoveEntry(MoveKind.VO, ReceivingSchool("College", "XX", "Dorp"))
    with pytest.raises(KnownError):
        plan_moves(school, {children["Noor"]: VO, children["Sem"]: bad})
    assert counts(school)[State.NO_MOVE] == 2


def test_by_oso_only_to_a_school_with_a_number(school: School) -> None:
    noor = group_eight(school, a_leaver("Noor", MOTHER))["Noor"]
    abroad = MoveEntry(MoveKind.ABROAD, ReceivingSchool("Grundschule", "", "Kleve"))
    move = reported(school, noor, abroad)
    record_inzage(school, move, [guardian(school, noor, ANNA)], SEEN, Proof.DATE)
    assert refused(send_report, school, move, TODAY, SentHow.OSO) == "okr.oso"
    send_report(school, move, TODAY, SentHow.PAPER)


def test_what_is_due_this_week_by_the_calendar(school: School, clock: SetClock) -> None:
    noor = apart(school)
    plan_move(school, noor, VO)
    shown = row(school, noor)
    assert (shown.due_on, shown.is_due) == (date(2027, 3, 24), False)
    clock.moment += timedelta(days=7)
    assert row(school, noor).is_due
    soon = MoveEntry(MoveKind.PO, None, date(2027, 4, 26))
    plan_move(school, noor, soon)
    assert row(school, noor).due_on == date(2027, 4, 5), "report and invitation 21 days before"
    reported(school, noor, MoveEntry(MoveKind.PO, COLLEGE, date(2027, 4, 26)))
    both = [guardian(school, noor, name) for name in (ANNA, BAS)]
    record_invited(school, move_of(school, noor), both, TODAY)
    assert row(school, noor).due_on == date(2027, 4, 19), "inzage a week before"
    plan_move(school, noor, MoveEntry(MoveKind.PO, COLLEGE))
    assert row(school, noor).due_on is None
    assert not board(school).due


def test_who_may_do_what(school: School) -> None:
    """The matrix of roles: manage, print, status, nothing."""
    noor = two_parents(school)
    move = reported(school, noor)

    def as_role(role: str) -> None:
        school.who = StaffMember(school.who.id, "Iemand", role)

    manage = (
        lambda: make_report(school, move, REPORT, PLAIN),
        lambda: read_remarks(school, move),
        lambda: plan_move(school, noor, VO),
    )
    see, status = (lambda: board(school)), (lambda: counts(school))
    for role, may in (
        (Role.DIRECTOR, (*manage, see, status)),
        (Role.COUNSELLOR, (*manage, see, status)),
        ("paper_key", (*manage, see, status)),
        (Role.ADMINISTRATION, (see, status)),
        (Role.DPO, (status,)),
        (Role.TEACHER, ()),
    ):
        as_role(role)
        for act in may:
            act()
        for act in {*manage, see, status} - {*may}:
            assert refused(act) == "role_may_not.okr", role


def test_consent_is_never_asked_and_the_school_can_say_why() -> None:
    assert "geen toestemming" in why_no_consent() and "WPO" in why_no_consent()
    assert not any("consent" in kind for kind in StepKind)
