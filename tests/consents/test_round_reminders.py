"""Reminding in a round: twice on paper, then somebody calls; a reprint is no new reminder."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from schoolprivacy.clock import SetClock
from schoolprivacy.consents import records
from schoolprivacy.consents.rounds.closing import close_round
from schoolprivacy.consents.rounds.reminding import (
    Reminded,
    due_reminders,
    print_round_reminder_list,
    print_round_reminders,
    sample_round_reminders,
)
from schoolprivacy.people.terms import Authority
from schoolprivacy.school import School
from tests.consents.families import MOTHER, Paper, a_child, answered, asked, audit_lines, enrol
from tests.consents.round_rows import EVERY, a_round, asked_in, at, into
from tests.paper.reading import texts_of
from tests.vault.schools import refused

ANNA = "Anna van der Sluis"
EVA = replace(MOTHER, call_name="Eva", street="Havenkade", phones=("+31612345699",))


@pytest.fixture
def asking(school: School) -> dict[str, str]:
    enrol(school, a_child("Noor", MOTHER), a_child("Sem", EVA))
    return asked_in(school, a_round(school))


def numbers(school: School) -> list[int]:
    return [each.number for each in due_reminders(school)]


def test_without_a_round_nobody_is_reminded_in_it(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER))
    asked(school)
    assert due_reminders(school) == []
    assert refused(print_round_reminders, school, Paper()) == "round.none_open"
    assert refused(print_round_reminder_list, school, Paper()) == "round.none_open"


@pytest.mark.usefixtures("asking")
def test_not_before_the_hand_in_date(school: School, clock: SetClock) -> None:
    at(clock, 2026, 11, 16)
    assert refused(print_round_reminders, school, Paper()) == "round_going.no_reminder_due"
    assert not any(each.is_due for each in due_reminders(school))
    at(clock, 2026, 11, 17)
    assert len(print_round_reminders(school, Paper())) == 2


def test_on_the_day_that_was_chosen(school: School, clock: SetClock) -> None:
    enrol(school, a_child("Noor", MOTHER))
    asked_in(school, a_round(school, first=date(2026, 11, 10), second=date(2026, 11, 20)))
    at(clock, 2026, 11, 10)
    assert print_round_reminders(school, Paper()).numbers == {1: 1}
    at(clock, 2026, 11, 19)
    assert refused(print_round_reminders, school, Paper()) == "round_going.no_reminder_due"
    at(clock, 2026, 11, 20)
    assert print_round_reminders(school, Paper()).numbers == {2: 1}


def test_first_second_and_then_somebody_calls(
    school: School, clock: SetClock, asking: dict[str, str]
) -> None:
    at(clock, 2026, 11, 20)
    paper = Paper()
    first = print_round_reminders(school, paper)
    assert (first.numbers, first.reprinted, first.to_call) == ({1: 2}, 0, ())
    assert "erinnering\n" not in paper.text and "Tweede" not in paper.text
    answered(school, asking["Noor"], ANNA, Authority.YES, yes=EVERY)
    at(clock, 2026, 12, 7)
    second = print_round_reminders(school, paper)
    assert (second.numbers, second.reprinted) == ({2: 1}, 0)
    assert "Tweede herinnering" in paper.text and "Sem" in paper.text and "Noor" not in paper.text
    at(clock, 2026, 12, 28)
    assert refused(print_round_reminders, school, paper) == "round_going.reminded_twice"
    (due,) = due_reminders(school)
    assert due.to_call and due.before == (
        Reminded(1, date(2026, 11, 20)),
        Reminded(2, date(2026, 12, 7)),
    )
    third = print_round_reminders(school, paper, again=True)
    assert third.numbers == {3: 1} and "Derde herinnering" in paper.text


@pytest.mark.usefixtures("asking")
def test_again_on_the_same_day_is_a_reprint_and_is_told(school: School, clock: SetClock) -> None:
    at(clock, 2026, 11, 20)
    assert print_round_reminders(school, Paper(), group="Groep 5").reprinted == 0
    for _ in range(3):
        run = print_round_reminders(school, Paper())
        assert (run.numbers, run.reprinted) == ({1: 2}, 2)
    at(clock, 2026, 12, 7)
    print_round_reminders(school, Paper())
    run = print_round_reminders(school, Paper(), again=True)
    assert (run.numbers, run.reprinted) == ({2: 2}, 2)


def test_who_was_written_to_twice_is_named_beside_the_others(
    school: School, clock: SetClock, asking: dict[str, str]
) -> None:
    at(clock, 2026, 11, 20)
    noor = next(each for each in due_reminders(school) if each.form == asking["Noor"])
    print_round_reminders(school, Paper(), pupil_ids=[noor.pupil_id])
    at(clock, 2026, 12, 7)
    print_round_reminders(school, Paper(), pupil_ids=[noor.pupil_id])
    at(clock, 2026, 12, 24)
    run = print_round_reminders(school, Paper())
    assert run.numbers == {1: 1}
    assert [each.form for each in run.to_call] == [asking["Noor"]]


def test_what_could_not_be_delivered_was_not_sent(
    school: School, clock: SetClock, asking: dict[str, str]
) -> None:
    class Jam(Exception):
        pass

    def jam(_: bytes) -> None:
        raise Jam

    at(clock, 2026, 11, 20)
    before = audit_lines(school)
    with pytest.raises(Jam):
        print_round_reminders(school, jam)
    texts_of(sample_round_reminders(school))
    assert audit_lines(school) == before
    assert numbers(school) == [1, 1] and all(not each.before for each in due_reminders(school))
    assert asking


def test_the_list_holds_only_the_forms_of_the_round(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER), a_child("Sem", EVA))
    forms = {each.pupil.split()[0]: each.form for each in asked(school)}
    into(school, a_round(school), [forms["Sem"]])
    paper = Paper()
    print_round_reminder_list(school, paper)
    assert "Sem" in paper.text and "Noor" not in paper.text
    close_round(school)
    assert refused(print_round_reminder_list, school, Paper()) == "round.none_open"


def test_the_letter_says_what_an_answer_is_missing_about(
    school: School, clock: SetClock, asking: dict[str, str]
) -> None:
    with school.reading() as session:
        asked_for = records.purposes(session, only_on=True)
    contact = {each.code for each in asked_for if each.is_contact}
    pictures = {each.code for each in asked_for} - contact
    answered(school, asking["Noor"], ANNA, Authority.YES, yes=" ".join(pictures))
    answered(school, asking["Sem"], "Eva van der Sluis", Authority.YES, yes=" ".join(contact))
    at(clock, 2026, 11, 20)
    paper = Paper()
    print_round_reminders(school, paper)
    noor, sem = (next(" ".join(p.split()) for p in paper.pages if n in p) for n in ("Noor", "Sem"))
    assert "welke gegevens op de contactlijst" in noor and "video" not in noor
    assert "video" in sem and "contactlijst" not in sem
