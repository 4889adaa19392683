"""What a paper of the round would hold, told before it is made; nothing is stored by asking."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa

from schoolprivacy.clock import SetClock
from schoolprivacy.consents.printing import PaperCount
from schoolprivacy.consents.rounds.checking import count_check_pages, print_check_pages
from schoolprivacy.consents.rounds.choices import count_choices_letters, print_choices_letters
from schoolprivacy.consents.rounds.opening import open_round
from schoolprivacy.consents.rounds.printing import count_round_forms, print_round_forms
from schoolprivacy.consents.rounds.reminding import count_round_reminders, print_round_reminders
from schoolprivacy.school import School
from schoolprivacy.schoolyear import SchoolYear
from schoolprivacy.vault.tables import audit
from tests.consents.families import MOTHER, Paper, a_child, asked, enrol
from tests.consents.round_builders import answers_all, second_year
from tests.consents.round_rows import a_round, asked_in, at
from tests.vault.schools import refused

EVA = replace(MOTHER, call_name="Eva", street="Havenkade", phones=("+31612345699",))


def lines(school: School) -> int:
    with school.reading() as session:
        return int(session.execute(sa.select(sa.func.count()).select_from(audit)).scalar_one())


def test_forms_are_counted_new_then_as_reprints(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER), a_child("Sem", EVA))
    open_round(school, SchoolYear(2026))
    before = lines(school)
    assert count_round_forms(school) == PaperCount(2, 2, 0)
    assert lines(school) == before
    print_round_forms(school, Paper())
    assert count_round_forms(school, order="own") == PaperCount(2, 2, 2)
    assert count_round_forms(school, anew=True) == PaperCount(2, 2, 0)


def test_letters_with_choices_are_counted_new_then_as_reprints(
    school: School, clock: SetClock
) -> None:
    enrol(school, a_child("Noor", MOTHER), a_child("Sem", MOTHER))
    asked(school)
    answers_all(school, "Noor", "Anna")
    answers_all(school, "Sem", "Anna")
    second_year(school, clock)
    assert count_choices_letters(school) == PaperCount(1, 2, 0)
    print_choices_letters(school, Paper())
    assert count_choices_letters(school) == PaperCount(1, 2, 2)


def test_reminders_of_today_are_told_as_reprints(school: School, clock: SetClock) -> None:
    enrol(school, a_child("Noor", MOTHER), a_child("Sem", EVA))
    asked_in(school, a_round(school))
    assert refused(count_round_reminders, school) == "round_going.no_reminder_due"
    at(clock, 2026, 12, 1)
    assert count_round_reminders(school) == PaperCount(2, 2, 0)
    print_round_reminders(school, Paper())
    assert count_round_reminders(school) == PaperCount(2, 2, 2)


@pytest.mark.parametrize("count", [count_round_forms, count_choices_letters, count_round_reminders])
def test_without_a_round_there_is_nothing_to_count(school: School, count: object) -> None:
    enrol(school, a_child("Noor", MOTHER))
    assert refused(count, school) == "round.none_open"  # type: ignore[arg-type]


def test_check_pages_are_counted_new_then_as_reprints(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER), a_child("Sem", MOTHER), a_child("Ies", EVA))
    open_round(school, SchoolYear(2026))
    before = lines(school)
    assert count_check_pages(school) == PaperCount(2, 3, 0)
    assert lines(school) == before
    print_check_pages(school, Paper())
    assert count_check_pages(school) == PaperCount(2, 3, 3)
