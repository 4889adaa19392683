"""The yearly round before its letters: checking, what it asks, and its days."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from schoolprivacy.consents.rounds.closing import close_round
from schoolprivacy.consents.rounds.opening import open_round, read_round
from schoolprivacy.consents.rounds.terms import Step
from schoolprivacy.people.profile import change_profile
from schoolprivacy.school import School
from schoolprivacy.schoolyear import SchoolYear
from tests.ui.stage import Stage, screen_of, view
from ui.main_window import MainWindow
from ui.screens.year_check import CheckStep
from ui.screens.year_dates import DatesStep
from ui.screens.year_questions import QuestionsStep


def _at(stage: Stage, step: Step, school: School | None = None) -> MainWindow:
    window = stage.at("year", school, step=int(step))
    stage.settle()
    return window


def _check(window: MainWindow) -> CheckStep:
    found = screen_of(window, "year").guide.present
    assert isinstance(found, CheckStep)
    return found


def _questions(window: MainWindow) -> QuestionsStep:
    found = screen_of(window, "year").guide.present
    assert isinstance(found, QuestionsStep)
    return found


def _dates(window: MainWindow) -> DatesStep:
    found = screen_of(window, "year").guide.present
    assert isinstance(found, DatesStep)
    return found


@view
def year_check(stage: Stage) -> QWidget:
    return _at(stage, Step.CHECK)


@view
def year_check_page(stage: Stage) -> QWidget:
    window = _at(stage, Step.CHECK)
    _scroll_to(_check(window).paper)
    return window


@view
def year_check_to_read(stage: Stage) -> QWidget:
    return _at(stage, Step.CHECK, stage.to_read)


@view
def year_questions(stage: Stage) -> QWidget:
    window = _at(stage, Step.QUESTIONS)
    _questions(window).focus_first()
    return window


@view
def year_questions_locked(stage: Stage) -> QWidget:
    window = _at(stage, Step.QUESTIONS)
    table = _questions(window).table
    table.setFocus()
    stage.press(table, Qt.Key.Key_End)
    return window


@view
def year_questions_to_read(stage: Stage) -> QWidget:
    return _at(stage, Step.QUESTIONS, stage.to_read)


@view
def year_questions_nobody(stage: Stage) -> QWidget:
    if read_round(stage.empty) is None:
        open_round(stage.empty, SchoolYear(2026))
    return _at(stage, Step.QUESTIONS, stage.empty)


@view
def year_dates(stage: Stage) -> QWidget:
    change_profile(stage.demo, region="midden")
    return _at(stage, Step.DATES)


@view
def year_dates_proposed(stage: Stage) -> QWidget:
    change_profile(stage.demo, region="")
    _another_round(stage.demo)
    return _at(stage, Step.DATES)


@view
def year_dates_on_free_days(stage: Stage) -> QWidget:
    change_profile(stage.demo, region="midden")
    window = _at(stage, Step.DATES)
    fields = _dates(window).fields
    for name, text in (("hand_in_by", "19-12-2026"), ("first", "29-12-2026"), ("second", "x")):
        fields[name].setText(text)
    _dates(window).proceed()
    return window


@view
def year_dates_to_read(stage: Stage) -> QWidget:
    return _at(stage, Step.DATES, stage.to_read)


def _scroll_to(widget: QWidget) -> None:
    above = widget.parentWidget()
    while above is not None:
        if hasattr(above, "ensureWidgetVisible"):
            above.ensureWidgetVisible(widget)
        above = above.parentWidget()


def _another_round(school: School) -> None:
    """One of which nothing was chosen yet."""
    going_on = read_round(school)
    if going_on is not None and going_on.school_year == SchoolYear(2026):
        close_round(school)
        open_round(school, SchoolYear(2027))
