"""Opening a round, its choices, dates and steps; and what it would print, counted beforehand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from schoolprivacy.clock import SetClock
from schoolprivacy.consents.purposes import reword_purpose, switch_purpose
from schoolprivacy.consents.rounds.choices import print_choices_letters
from schoolprivacy.consents.rounds.dates import days_without_school, propose_dates
from schoolprivacy.consents.rounds.opening import (
    abandon_round,
    can_abandon,
    choose_modes,
    finish_step,
    open_round,
    read_round,
    set_dates,
)
from schoolprivacy.consents.rounds.plan import Why, modes
from schoolprivacy.consents.rounds.preview import RoundPreview, preview
from schoolprivacy.consents.rounds.terms import Mode, Step
from schoolprivacy.school import School
from schoolprivacy.schoolyear import SchoolYear
from tests.consents.families import APART, FATHER, MOTHER, Paper, a_child, asked, audit_lines, enrol
from tests.consents.round_builders import answers_all, codes, print_round, second_year
from tests.vault.schools import refused

NOW = SchoolYear(2026)


def why(found: RoundPreview, code: str) -> dict[Why, int]:
    return dict(next(each.why for each in found.purposes if each.code == code))


def test_a_round_is_opened_and_read(school: School) -> None:
    assert read_round(school) is None
    opened = open_round(school, NOW)
    assert opened == read_round(school)
    assert opened.school_year == NOW and opened.opened_on == school.clock.today()
    assert opened.is_open and not opened.done and not opened.modes


def test_there_is_one_round_at_a_time(school: School) -> None:
    open_round(school, NOW)
    before = audit_lines(school)
    assert refused(open_round, school, NOW.next()) == "round.already_open"
    assert audit_lines(school) == before


@pytest.mark.parametrize("start", [2020, 2025, 2028])
def test_a_round_is_for_this_school_year_or_the_next(school: School, start: int) -> None:
    assert refused(open_round, school, SchoolYear(start)) == "round.year"
    assert read_round(school) is None


def test_without_a_round_nothing_is_chosen(school: School) -> None:
    for action, given in (
        (choose_modes, {}),
        (set_dates, date(2026, 11, 20)),
        (finish_step, Step.CHECK),
    ):
        assert refused(action, school, given) == "round.none_open"
    assert refused(abandon_round, school) == refused(preview, school) == "round.none_open"


def test_pictures_are_reminded_of_and_the_contact_list_is_asked(school: School) -> None:
    opened = open_round(school, NOW)
    with school.reading() as session:
        usual = modes(session, opened)
    assert {usual[code] for code in codes(school, contact=True)} == {Mode.ASK}
    assert {usual[code] for code in codes(school, contact=False)} == {Mode.REMIND}
    choose_modes(school, {"website": Mode.ASK, "press": Mode.ASK})
    chosen = choose_modes(school, {"press": Mode.REMIND})
    assert chosen.modes == {"website": Mode.ASK, "press": Mode.REMIND}


def test_only_what_the_school_asks_can_be_chosen(school: School) -> None:
    open_round(school, NOW)
    for code in ("facebook", "nothing"):
        assert refused(choose_modes, school, {code: Mode.ASK}) == "round.unknown_purpose"


def test_the_dates_follow_one_another(school: School) -> None:
    open_round(school, NOW)
    found = set_dates(school, date(2026, 11, 20), date(2026, 11, 27), date(2026, 12, 4))
    assert (found.hand_in_by, found.second_reminder) == (date(2026, 11, 20), date(2026, 12, 4))
    assert set_dates(school, date(2026, 11, 20)).first_reminder is None


@pytest.mark.parametrize(
    ("days", "key"),
    [
        ((date(2026, 11, 2),), "round.hand_in_past"),
        ((date(2026, 11, 21),), "round.weekend"),
        ((date(2026, 11, 20), date(2026, 11, 29)), "round.weekend"),
        ((date(2026, 11, 20), date(2026, 11, 20)), "round.dates_order"),
        ((date(2026, 11, 20), date(2026, 11, 27), date(2026, 11, 27)), "round.dates_order"),
        ((date(2026, 11, 20), None, date(2026, 11, 27)), "round.dates_order"),
    ],
)
def test_dates_that_cannot_be_are_refused(
    school: School, days: tuple[date | None, ...], key: str
) -> None:
    open_round(school, NOW)
    assert refused(set_dates, school, *days) == key
    assert (found := read_round(school)) and found.hand_in_by is None


def test_dates_are_proposed_and_days_off_are_told(school: School) -> None:
    assert refused(propose_dates, school) == "round.none_open"
    open_round(school, NOW)
    proposed = propose_dates(school)
    days = (proposed.hand_in_by, proposed.first_reminder, proposed.second_reminder)
    assert school.clock.today() < days[0] < days[1] < days[2]
    assert days_without_school(school, days) == ()
    set_dates(school, date(2026, 11, 23), date(2026, 12, 25), date(2027, 1, 1))
    assert propose_dates(school).first_reminder == date(2026, 12, 25)
    assert days_without_school(school, [date(2026, 11, 23), date(2026, 12, 25)]) == (
        date(2026, 12, 25),
    )


def test_a_step_done_again_has_the_newer_day(school: School, clock: SetClock) -> None:
    open_round(school, NOW)
    finish_step(school, Step.BACKUP)
    clock.moment = datetime(2026, 11, 9, 9, tzinfo=UTC)
    finish_step(school, Step.GROUPS)
    assert finish_step(school, Step.BACKUP).done == {
        Step.BACKUP: date(2026, 11, 9),
        Step.GROUPS: date(2026, 11, 9),
    }


def test_a_round_of_which_nothing_was_printed_can_be_given_up(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER))
    open_round(school, NOW)
    choose_modes(school, {"website": Mode.ASK})
    finish_step(school, Step.BACKUP)
    assert can_abandon(school)
    abandon_round(school)
    assert read_round(school) is None and not can_abandon(school)
    open_round(school, NOW)
    print_round(school)
    assert not can_abandon(school)
    assert refused(abandon_round, school) == "round.printed"


def test_letters_alone_keep_a_round_too(school: School, clock: SetClock) -> None:
    enrol(school, a_child("Noor", MOTHER))
    asked(school)
    answers_all(school, "Noor", "Anna")
    second_year(school, clock)
    print_choices_letters(school, Paper())
    assert refused(abandon_round, school) == "round.printed"


# — what it would print —


def test_the_preview_counts_forms_and_says_why(school: School, clock: SetClock) -> None:
    enrol(
        school,
        a_child("Noor", MOTHER),
        a_child("Kim", replace(MOTHER, call_name="Els", surname="Vos"), APART),
    )
    asked(school)
    answers_all(school, "Noor", "Anna")
    reword_purpose(school, "website", widens=True, audience="iedereen, ook via zoekmachines")
    switch_purpose(school, "yearbook", on=True)
    new = replace(
        a_child("Fee", replace(FATHER, surname="Nieuw", house_number="55")), group="Groep 1"
    )
    enrol(
        school,
        a_child("Noor", MOTHER),
        a_child("Kim", replace(MOTHER, call_name="Els", surname="Vos"), APART),
        new,
    )
    second_year(school, clock)
    before = audit_lines(school)
    found = preview(school)
    assert audit_lines(school) == before
    assert (found.children, found.forms, found.reprints) == (3, 4, 0)
    assert (found.letters, found.letters_only) == (1, 0)
    assert why(found, "website") == {Why.NEW_CHILD: 1, Why.WIDENED: 1, Why.NO_ANSWER: 2}
    assert why(found, "yearbook") == {Why.NEW_CHILD: 1, Why.NEW_PURPOSE: 3}
    assert why(found, "brochure") == {Why.NEW_CHILD: 1, Why.NO_ANSWER: 2}
    contact = codes(school, contact=True)[0]
    assert why(found, contact) == {Why.NEW_CHILD: 1, Why.NO_ANSWER: 2, Why.EVERY_YEAR: 1}
    assert [(each.group, each.forms) for each in found.groups] == [("Groep 1", 1), ("Groep 5", 3)]
    _, run = print_round(school)
    assert len(run) == found.forms
    again = preview(school)
    assert again.reprints == again.forms == found.forms
    assert again.purposes == found.purposes


def test_the_preview_counts_who_only_gets_a_letter(school: School, clock: SetClock) -> None:
    enrol(school, a_child("Noor", MOTHER), a_child("Sem", MOTHER))
    asked(school)
    answers_all(school, "Noor", "Anna")
    answers_all(school, "Sem", "Anna")
    for code in codes(school, contact=True):
        switch_purpose(school, code, on=False)
    second_year(school, clock)
    found = preview(school)
    assert (found.forms, found.letters, found.letters_only) == (0, 1, 1)
    assert [(each.letters_only, each.nothing) for each in found.groups] == [(2, 0)]
