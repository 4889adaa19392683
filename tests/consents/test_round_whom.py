"""What could go wrong in a round: who is waited for, reminded, shown and counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from schoolprivacy.clock import SetClock
from schoolprivacy.consents.reminders import print_cover_sheet
from schoolprivacy.consents.rounds.choices import print_choices_letters
from schoolprivacy.consents.rounds.closing import close_round, closing, reopen_round
from schoolprivacy.consents.rounds.opening import open_round, set_dates
from schoolprivacy.consents.rounds.preview import preview
from schoolprivacy.consents.rounds.progress import progress
from schoolprivacy.consents.rounds.reminding import due_reminders, print_round_reminders
from schoolprivacy.school import School
from schoolprivacy.schoolyear import SchoolYear
from tests.consents.contact_builders import ids_of, keep_secret
from tests.consents.families import APART, FATHER, MOTHER, Paper, a_child, asked, enrol, waited_for
from tests.consents.round_builders import (
    answers_all,
    asked_on,
    at,
    codes,
    forms_of,
    print_round,
    says,
)
from tests.vault.schools import refused

EVA = replace(MOTHER, call_name="Eva", street="Havenkade", phones=("+31612345699",))


def june_round(school: School, clock: SetClock) -> None:
    """Everybody said yes to everything this year; in June the round of the next year is opened."""
    asked(school)
    answers_all(school, "Noor", "Anna")
    at(clock, 2027, 6, 7)
    open_round(school, SchoolYear(2027))
    print_round(school)


def test_the_list_of_next_year_is_waited_for_in_june(school: School, clock: SetClock) -> None:
    enrol(school, a_child("Noor", MOTHER))
    june_round(school, clock)
    assert asked_on(forms_of(school, "Noor")[-1]) == codes(school, contact=True)
    found = progress(school)
    assert found is not None
    assert (found.total.missing, found.total.not_needed) == (1, 0)
    assert closing(school).unanswered == 1
    assert waited_for(school) == ["Noor"]
    at(clock, 2027, 7, 5)
    assert len(print_round_reminders(school, Paper())) == 1
    answers_all(school, "Noor", "Anna")
    found = progress(school)
    assert found is not None
    assert (found.total.missing, found.total.not_needed, found.total.back) == (0, 0, 1)
    assert due_reminders(school) == []


def test_a_no_to_the_list_of_next_year_is_an_answer(school: School, clock: SetClock) -> None:
    enrol(school, a_child("Noor", MOTHER))
    june_round(school, clock)
    says(school, "Noor", "Anna", no=" ".join(codes(school, contact=True)))
    found = progress(school)
    assert found is not None
    assert (found.total.missing, found.total.back) == (0, 1)
    assert waited_for(school) == []


def test_a_form_that_was_printed_later_is_not_reminded_of_at_once(
    school: School, clock: SetClock
) -> None:
    enrol(school, a_child("Noor", MOTHER))
    open_round(school, SchoolYear(2026))
    set_dates(school, date(2026, 11, 17), date(2026, 11, 24), date(2026, 12, 1))
    print_round(school)
    enrol(school, a_child("Noor", MOTHER), a_child("Sem", EVA))
    at(clock, 2026, 11, 25)
    print_round(school, pupil_ids=[ids_of(school)["Sem"]])
    run = print_round_reminders(school, Paper())
    assert [each.pupil.split()[0] for each in run] == ["Noor"]


def test_a_reminder_asks_for_an_answer_before_the_next_one(school: School, clock: SetClock) -> None:
    enrol(school, a_child("Noor", MOTHER))
    open_round(school, SchoolYear(2026))
    set_dates(school, date(2026, 11, 17), date(2026, 11, 23), date(2026, 11, 30))
    print_round(school)
    at(clock, 2026, 11, 23)
    paper = Paper()
    print_round_reminders(school, paper)
    assert "27 november 2026" in paper.text and "7 december" not in paper.text
    at(clock, 2026, 11, 30)
    print_round_reminders(school, paper)
    assert "14 december 2026" in paper.text


def test_the_sheet_to_tick_off_has_no_forms_that_came_back_before_the_round(
    school: School, clock: SetClock
) -> None:
    enrol(school, a_child("Noor", MOTHER))
    asked(school)
    answers_all(school, "Noor", "Anna", no="press")
    assert len(print_cover_sheet(school, Paper())) == 1
    at(clock, 2027, 9, 6)
    open_round(school, SchoolYear(2027))
    print_round(school)
    (only,) = print_cover_sheet(school, Paper())
    assert only.form == forms_of(school, "Noor")[-1].number
    answers_all(school, "Noor", "Anna")
    assert len(print_cover_sheet(school, Paper())) == 1


def test_of_two_rounds_on_one_day_the_last_is_opened_again(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER))
    for _ in range(6):
        key = open_round(school, SchoolYear(2026)).id
        print_round(school, anew=True)
        close_round(school)
        assert reopen_round(school).id == key
        close_round(school)
        found = progress(school)
        assert found is not None and found.round.id == key


@pytest.mark.parametrize("no", ["press", ""])
def test_parents_of_whom_no_address_is_known_do_not_read_that_they_disagree(
    school: School, clock: SetClock, no: str
) -> None:
    mother, father = (
        replace(each, street="", house_number="", postcode="", place="")
        for each in (MOTHER, FATHER)
    )
    enrol(school, a_child("Noor", mother, father))
    asked(school)
    answers_all(school, "Noor", "Bas", no=no)
    answers_all(school, "Noor", "Anna")
    at(clock, 2027, 9, 6)
    open_round(school, SchoolYear(2027))
    if no:
        assert refused(print_choices_letters, school, Paper()) == "round.no_choices"
    else:
        assert len(print_choices_letters(school, Paper())) == 1


def test_a_child_who_starts_after_the_year_is_not_asked_in_its_round(
    school: School, clock: SetClock
) -> None:
    later = replace(a_child("Sem", EVA), came_on=date(2027, 9, 1))
    enrol(school, a_child("Noor", MOTHER), later)
    open_round(school, SchoolYear(2026))
    _, run = print_round(school)
    assert [each.pupil.split()[0] for each in run] == ["Noor"]


def test_the_house_that_a_half_sister_hides_in_is_not_on_a_reminder(
    school: School, clock: SetClock
) -> None:
    hiding = replace(MOTHER, call_name="Carla", phones=("+31612345677",))
    enrol(school, a_child("Noor", MOTHER), a_child("Sem", hiding))
    keep_secret(school, "Carla", address_secret=True)
    open_round(school, SchoolYear(2026))
    paper, _ = print_round(school)
    assert "Lindelaan" not in paper.text
    at(clock, 2026, 12, 20)
    print_round_reminders(school, paper)
    assert "Lindelaan" not in paper.text


def test_what_is_printed_is_what_was_counted(school: School, clock: SetClock) -> None:
    enrol(school, a_child("Noor", MOTHER, APART), a_child("Sem", EVA))
    asked(school)
    answers_all(school, "Noor", "Anna", no="press")
    at(clock, 2027, 6, 7)
    open_round(school, SchoolYear(2027))
    counted = preview(school)
    _, run = print_round(school)
    assert counted.forms == len(run)
    again = preview(school)
    assert again.reprints == len(run)
