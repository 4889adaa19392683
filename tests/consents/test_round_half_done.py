"""A paper of the school year that is stopped, or cannot be delivered, leaves nothing behind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from schoolprivacy.clock import SetClock
from schoolprivacy.consents.las_printing import print_las_list
from schoolprivacy.consents.rounds.checking import print_check_pages
from schoolprivacy.consents.rounds.choices import print_choices_letters
from schoolprivacy.consents.rounds.opening import open_round
from schoolprivacy.consents.rounds.printing import print_round_forms
from schoolprivacy.consents.rounds.reminding import print_round_reminder_list, print_round_reminders
from schoolprivacy.consents.rounds.report import print_round_report
from schoolprivacy.consents.starting import print_intake_list
from schoolprivacy.consents.substitute.printing import print_substitute_sheet
from schoolprivacy.people.editing import change_pupil
from schoolprivacy.people.entries import PupilEntry
from schoolprivacy.school import School
from schoolprivacy.schoolyear import SchoolYear
from tests.consents.contact_builders import ids_of
from tests.consents.families import APART, MOTHER, Paper, a_child, asked, enrol
from tests.consents.round_builders import answers_all, at
from tests.people.builders import rows_of


class StoppedError(Exception):
    """The disk is full, or somebody pressed cancel."""


def _substitute(school: School, deliver: Callable[[bytes], None], **job: object) -> None:
    on = school.clock.today() + timedelta(days=1)
    print_substitute_sheet(
        school,
        deliver,
        group="Groep 5",
        for_whom="Mevrouw De Wit",
        on=on,
        **job,  # type: ignore[arg-type]
    )


PAPERS: dict[str, Callable[..., object]] = {
    "forms": print_round_forms,
    "choices": print_choices_letters,
    "check": print_check_pages,
    "reminders": print_round_reminders,
    "list": print_round_reminder_list,
    "report": print_round_report,
    "las": print_las_list,
    "intake": print_intake_list,
    "substitute": _substitute,
}


@pytest.fixture
def busy(school: School, clock: SetClock) -> School:
    """Every paper has something to print, and forms of the round are out and overdue."""
    newcomer = replace(a_child("Sem", replace(MOTHER, call_name="Eva")), came_on=date(2027, 10, 20))
    enrol(school, a_child("Noor", MOTHER, APART), newcomer)
    asked(school)
    answers_all(school, "Noor", "Anna", no="press")
    change_pupil(school, ids_of(school)["Noor"], PupilEntry("Noortje", "", "Test", group="Groep 5"))
    at(clock, 2027, 9, 6)
    open_round(school, SchoolYear(2027))
    print_round_forms(school, Paper(), pupil_ids=[ids_of(school)["Sem"]])
    at(clock, 2027, 10, 5)
    return school


@pytest.mark.parametrize("paper", PAPERS)
def test_what_cannot_be_delivered_was_not_made(busy: School, paper: str) -> None:
    before = rows_of(busy)

    def full(_: bytes) -> None:
        raise StoppedError

    with pytest.raises(StoppedError):
        PAPERS[paper](busy, full)
    assert rows_of(busy) == before


@pytest.mark.parametrize("paper", PAPERS)
def test_what_is_stopped_was_not_made(busy: School, paper: str) -> None:
    before = rows_of(busy)

    def stop(_done: int, _of: int) -> None:
        raise StoppedError

    with pytest.raises(StoppedError):
        PAPERS[paper](busy, Paper(), progress=stop)
    assert rows_of(busy) == before
