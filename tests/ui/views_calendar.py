"""The school's calendar in the settings: the section, its dialogue, the year planner."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from schoolprivacy.people.calendar import EntryKind, add_entry, read_calendar
from schoolprivacy.people.profile import change_profile
from schoolprivacy.schoolyear import SchoolYear
from tests.ui.stage import Stage, screen_of, view
from ui.main_window import MainWindow


def _filled(stage: Stage, region: str = "noord") -> None:
    change_profile(stage.demo, region=region)
    if not read_calendar(stage.demo).entries:
        add_entry(stage.demo, EntryKind.STUDY_DAY, "Studiedag team", date(2026, 11, 27))
        add_entry(stage.demo, EntryKind.MR, "MR-vergadering", date(2026, 12, 8))
        add_entry(
            stage.demo,
            EntryKind.HOLIDAY,
            "Tweede week meivakantie",
            date(2027, 5, 3),
            date(2027, 5, 7),
        )
        add_entry(
            stage.demo,
            EntryKind.HOLIDAY,
            "Voorjaarsvakantie",
            date(2027, 2, 13),
            date(2027, 2, 21),
        )


def _calendar(stage: Stage, region: str = "noord") -> MainWindow:
    _filled(stage, region)
    return stage.at("settings", section="calendar")


def _section(window: MainWindow) -> Any:
    return screen_of(window, "settings").section


@view
def settings_calendar(stage: Stage) -> QWidget:
    return _calendar(stage)


@view
def settings_calendar_without_region(stage: Stage) -> QWidget:
    return stage.at("settings", stage.empty, section="calendar")


@view
def settings_calendar_unconfirmed(stage: Stage) -> QWidget:
    return _calendar(stage, "zuid")


@view
def settings_calendar_unknown_year(stage: Stage) -> QWidget:
    window = _calendar(stage)
    section = _section(window)
    section.year.choose(SchoolYear(2030))
    section.year.activated.emit(section.year.currentIndex())
    return window


@view
def settings_calendar_nothing_found(stage: Stage) -> QWidget:
    window = _calendar(stage)
    _section(window).search.setFocus()
    _section(window).search.setText("carnaval")
    return window


@view
def settings_calendar_to_read(stage: Stage) -> QWidget:
    return stage.at("settings", stage.to_read, section="calendar")


@view
def calendar_entry_adding(stage: Stage) -> QWidget:
    return stage.asked(_calendar(stage), "Toevoegen…")


@view
def calendar_entry_refused(stage: Stage) -> QWidget:
    asked: Any = calendar_entry_adding(stage)
    asked.fields["title"].setText("Schoolreis")
    asked.fields["first"].setText("3-6-2027")
    asked.fields["last"].setText("2-6-2027")
    asked.confirm()
    return asked  # type: ignore[no-any-return]


@view
def calendar_own_days(stage: Stage) -> QWidget:
    window = _calendar(stage)
    section = _section(window)
    section.search.setText("kerstvakantie")
    section.table.selectRow(0)
    return stage.asked(window, "Eigen dagen…")


@view
def calendar_planner(stage: Stage) -> QWidget:
    asked = stage.asked(_calendar(stage), "Jaarplanner afdrukken…")
    stage.settle()
    return asked
