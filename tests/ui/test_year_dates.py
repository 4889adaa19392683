"""Step 6: days with school, proposed, stored on going on, and refused at the field."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from schoolprivacy.consents.rounds.closing import close_round
from schoolprivacy.consents.rounds.dates import propose_dates, reminders_after
from schoolprivacy.consents.rounds.opening import open_round, set_dates
from schoolprivacy.consents.rounds.terms import Step
from schoolprivacy.people.profile import change_profile, read_profile
from schoolprivacy.school import School
from schoolprivacy.schoolyear import SchoolYear
from tests.ui.year_steps_bench import StepBench, problems
from ui.fields import show_date
from ui.main_window import MainWindow
from ui.screens.year_dates import DatesStep
from ui.screens.year_step import YearStep

NAMES = ("hand_in_by", "first", "second")


@pytest.fixture
def bench(window: MainWindow, demo: School, qtbot: QtBot) -> StepBench:
    """A round of which no day was chosen yet, in a known region."""
    change_profile(demo, region="midden")
    close_round(demo)
    open_round(demo, SchoolYear(2026))
    return StepBench(window, demo, qtbot)


@pytest.fixture
def step(bench: StepBench) -> DatesStep:
    return bench.open(Step.DATES, DatesStep)


def typed(step: DatesStep) -> tuple[str, ...]:
    return tuple(step.fields[name].text() for name in NAMES)


def region(school: School) -> str:
    with school.reading() as session:
        return read_profile(session).region


def test_what_is_proposed_is_stored_on_going_on(bench: StepBench, step: DatesStep) -> None:
    found = propose_dates(bench.school)
    assert typed(step) == tuple(
        show_date(day) for day in (found.hand_in_by, found.first_reminder, found.second_reminder)
    )
    assert "Dit is een voorstel" in bench.reads() and not step.unsaved()
    bench.press("Bewaren, volgende stap")
    now = bench.round()
    assert (now.hand_in_by, now.first_reminder) == (found.hand_in_by, found.first_reminder)
    assert now.second_reminder == found.second_reminder and Step.DATES in now.done
    assert bench.guide.step is Step.COUNT


def test_the_reminders_follow_the_hand_in_date(bench: StepBench, step: DatesStep) -> None:
    by = date(2026, 12, 7)
    bench.type(step.fields["hand_in_by"], "7-12-2026")
    bench.qtbot.keyClick(step.fields["hand_in_by"], Qt.Key.Key_Tab)
    assert typed(step) == tuple(map(show_date, (by, *reminders_after(bench.school, by))))
    assert "niet bewaard" in step.unsaved()


def test_reminders_chosen_by_hand_stay(bench: StepBench, step: DatesStep) -> None:
    bench.type(step.fields["second"], "12-1-2027")
    bench.type(step.fields["hand_in_by"], "7-12-2026")
    bench.qtbot.keyClick(step.fields["hand_in_by"], Qt.Key.Key_Tab)
    assert typed(step)[2] == "12-01-2027"


def test_a_holiday_is_told_by_its_name_and_allowed(bench: StepBench, step: DatesStep) -> None:
    for name, text in zip(NAMES, ("22-12-2026", "11-1-2027", "25-1-2027"), strict=True):
        bench.type(step.fields[name], text)
    assert "Kerstvakantie" in step.notes["hand_in_by"].text()
    assert "Kerstvakantie" in step.fields["hand_in_by"].accessibleDescription()
    assert step.notes["first"].text() == "Maandag"
    bench.press("Bewaren, volgende stap")
    assert bench.round().hand_in_by == date(2026, 12, 22)


def test_a_weekend_is_told_at_once_and_refused_at_the_field(
    bench: StepBench, step: DatesStep
) -> None:
    bench.type(step.fields["first"], "5-12-2026")
    assert "zaterdag" in step.notes["first"].text()
    bench.press("Bewaren, volgende stap")
    (problem,) = problems(step)
    assert "weekend" in problem and step.fields["first"].hasFocus()
    assert step.fields["first"].property("wrong")
    assert bench.round().hand_in_by is None and bench.guide.step is Step.DATES


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("hand_in_by", "2-10-2026", "is al geweest"),
        ("hand_in_by", "", "Vul in"),
        ("first", "32-1-2027", "geen datum"),
        ("first", "2-11-2026", "na de inleverdatum"),
        ("second", "17-11-2026", "na de eerste"),
        ("second", "17-11-2206", "te ver weg"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(
    bench: StepBench, step: DatesStep, name: str, text: str, said: str
) -> None:
    bench.type(step.fields[name], text or " ")
    bench.press("Bewaren, volgende stap")
    (problem,) = problems(step)
    assert said in problem and step.fields[name].property("wrong")
    assert bench.round().hand_in_by is None


def test_leaving_asks_and_throws_away(bench: StepBench, step: DatesStep) -> None:
    before = typed(step)
    bench.type(step.fields["first"], "14-12-2026")
    bench.press("Vorige")
    bench.answer("Weggooien")
    assert bench.guide.step is Step.PAPERS
    assert bench.round().first_reminder is None
    bench.wait()
    assert typed(bench.open(Step.DATES, DatesStep)) == before


def test_what_is_typed_survives_a_change_elsewhere(bench: StepBench, step: DatesStep) -> None:
    bench.type(step.fields["first"], "14-12-2026")
    bench.desk.tell_change()
    bench.wait()
    assert typed(step)[1] == "14-12-2026"


def test_what_was_chosen_is_shown_and_new_days_are_proposed_when_it_is_past(
    bench: StepBench, demo: School
) -> None:
    set_dates(demo, date(2026, 11, 18))
    step = bench.open(Step.DATES, DatesStep)
    assert typed(step) == ("18-11-2026", "", "")
    bench.press("Nieuwe dagen voorstellen")
    assert typed(step)[0] == "18-11-2026" and all(typed(step)) and step.unsaved()
    bench.press("Bewaren, volgende stap")
    assert bench.round().second_reminder is not None
    assert "Nieuwe dagen" not in bench.open(Step.DATES, DatesStep)._again.text() or not (
        step._again.isVisible()
    )


def test_going_on_without_a_change_stores_nothing(bench: StepBench, demo: School) -> None:
    set_dates(demo, date(2026, 11, 18))
    bench.open(Step.DATES, DatesStep)
    before = bench.round()
    bench.press("Bewaren, volgende stap")
    assert bench.round().hand_in_by == before.hand_in_by
    assert bench.round().first_reminder is None and not bench.said


def test_an_unknown_region_is_chosen_here(bench: StepBench, demo: School) -> None:
    change_profile(demo, region="")
    step = bench.open(Step.DATES, DatesStep)
    assert step.region.chosen.hasFocus() and "vakantieregio" in bench.reads()
    bench.press("Regio bewaren")
    assert problems(step) == ["Kies noord, midden of zuid."]
    bench.qtbot.keyClicks(step.region.chosen, "Z")
    bench.press("Regio bewaren")
    assert region(demo) == "zuid"
    assert "Vakantieregio: Zuid" in bench.reads() and not step.region.is_asking()
    bench.undo()
    assert region(demo) == "" and step.region.is_asking()


def test_a_known_region_can_be_changed(bench: StepBench, step: DatesStep, demo: School) -> None:
    bench.press("Regio wijzigen")
    bench.qtbot.keyClicks(step.region.chosen, "N")
    bench.press("Regio bewaren")
    assert region(demo) == "noord" and "Vakantieregio: Noord" in bench.reads()


def test_a_refusal_is_read_whole(bench: StepBench, step: DatesStep) -> None:
    bench.window.resize(1100, 700)
    bench.type(step.fields["first"], show_date(bench.school.clock.today()))
    step.proceed()
    bench.wait()
    told = next(each for each in step.findChildren(QLabel, "problem") if each.text())
    assert told.height() >= told.heightForWidth(told.width())


def test_it_begins_at_the_top_though_it_was_scrolled(bench: StepBench, step: DatesStep) -> None:
    bench.window.resize(1100, 500)
    page = bench.guide._stack.currentWidget()
    bench.qtbot.waitUntil(lambda: page.verticalScrollBar().maximum() > 0)
    page.verticalScrollBar().setValue(page.verticalScrollBar().maximum())
    bench.open(Step.BACKUP, YearStep)
    bench.open(Step.DATES, DatesStep)
    assert page.verticalScrollBar().value() == 0
