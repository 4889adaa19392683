"""The yearly round up to its groups: beginning one, the backup, and moving up."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from schoolprivacy.consents.rounds.closing import close_round
from schoolprivacy.consents.rounds.opening import open_round, read_round
from schoolprivacy.consents.rounds.terms import Step
from schoolprivacy.school import School
from schoolprivacy.schoolyear import SchoolYear
from tests.ui.stage import Stage, screen_of, view
from ui.main_window import MainWindow

_NEXT = SchoolYear(2027)


def _at(stage: Stage, step: Step, school: School | None = None) -> MainWindow:
    window = stage.at("year", school, step=int(step))
    stage.settle()
    return window


def _step(window: MainWindow) -> Any:
    return screen_of(window, "year").guide.present


def _without_round(stage: Stage) -> None:
    if read_round(stage.demo) is not None:
        close_round(stage.demo)


def _next_round(stage: Stage) -> None:
    """One of which nothing was printed yet."""
    found = read_round(stage.demo)
    if found is None or found.school_year != _NEXT:
        _without_round(stage)
        open_round(stage.demo, _NEXT)


@view
def year_backup(stage: Stage) -> QWidget:
    return _at(stage, Step.BACKUP)


@view
def year_backup_to_read(stage: Stage) -> QWidget:
    return _at(stage, Step.BACKUP, stage.to_read)


@view
def year_groups_all_placed(stage: Stage) -> QWidget:
    return _at(stage, Step.GROUPS)


@view
def year_begin_first(stage: Stage) -> QWidget:
    window = stage.at("year", stage.empty)
    stage.settle()
    return window


@view
def year_begin(stage: Stage) -> QWidget:
    _without_round(stage)
    window = stage.at("year")
    stage.settle()
    return window


@view
def year_backup_of_a_new_round(stage: Stage) -> QWidget:
    _next_round(stage)
    return _at(stage, Step.BACKUP)


@view
def year_abandoning(stage: Stage) -> QWidget:
    _next_round(stage)
    return stage.asked(_at(stage, Step.BACKUP), "Toch niet beginnen…")


@view
def year_groups(stage: Stage) -> QWidget:
    _next_round(stage)
    return _at(stage, Step.GROUPS)


@view
def year_groups_move(stage: Stage) -> QWidget:
    _next_round(stage)
    window = _at(stage, Step.GROUPS)
    area = _step(window).move_button
    above = area.parentWidget()
    while above is not None:
        if hasattr(above, "ensureWidgetVisible"):
            above.ensureWidgetVisible(area)
        above = above.parentWidget()
    return window


@view
def year_groups_one(stage: Stage) -> QWidget:
    _next_round(stage)
    window = _at(stage, Step.GROUPS)
    table = _step(window).table
    stage.press(table, Qt.Key.Key_End)
    stage.press(table, Qt.Key.Key_Return)
    found = stage.dialogue()
    stage.press(found.pupils, Qt.Key.Key_Space)  # type: ignore[attr-defined]
    return found
