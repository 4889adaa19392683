"""What appeared: the tasks, the log, the dialogues and the list on paper."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from schoolprivacy.consents.publications.log import mark_removed, publications
from tests.ui.log_schools import NOOR, Log, a_pupil, fill_log
from tests.ui.stage import Stage, screen_of, view
from ui.main_window import MainWindow


def _log(stage: Stage) -> Log:
    if "Open dag" not in [each.event for each in publications(stage.demo)]:
        fill_log(stage.demo)
    return Log(stage.demo)


def _filled(stage: Stage, **detail: Any) -> MainWindow:
    _log(stage)
    return stage.at("publications", **detail)


def _screen(window: MainWindow) -> Any:
    return screen_of(window, "publications")


def _go_to(part: Any, text: str) -> None:
    """The row in which this stands in the first or third column."""
    model = part.table.model()
    for place in range(model.rowCount()):
        if text in (model.index(place, 0).data(), model.index(place, 2).data()):
            part.table.selectRow(place)
            return
    raise AssertionError(text)


# — what must be taken down —


@view
def publications_tasks(stage: Stage) -> QWidget:
    window = _filled(stage, show="tasks")
    _go_to(_screen(window).tasks, "Kinderboekenweek")
    return window


@view
def publications_tasks_done(stage: Stage) -> QWidget:
    window = _filled(stage, show="tasks")
    _screen(window).tasks.only.choose("done")
    return window


@view
def publications_ticking_off(stage: Stage) -> QWidget:
    window = _filled(stage, show="tasks")
    _go_to(_screen(window).tasks, "Kinderboekenweek")
    return stage.asked(window, "Afvinken…")


@view
def publications_paper(stage: Stage) -> QWidget:
    return stage.asked(_filled(stage, show="tasks"), "Lijst afdrukken…")


# — the log —


@view
def publications_log(stage: Stage) -> QWidget:
    window = _filled(stage, show="log")
    _go_to(_screen(window).log, "Kinderboekenweek")
    return window


@view
def publications_of_a_pupil(stage: Stage) -> QWidget:
    _log(stage)
    return stage.at("publications", pupil=a_pupil(stage.demo, NOOR).pupil.id)


@view
def publications_taken_away(stage: Stage) -> QWidget:
    school, log = stage.demo, _log(stage)
    found = log.publication("Schoolreis")
    if found.removed_on is None:
        mark_removed(school, found.id, date(2026, 10, 1))
    window = _filled(stage, show="log")
    _go_to(_screen(window).log, "Schoolreis")
    return window


@view
def publications_new_school(stage: Stage) -> QWidget:
    return stage.at("publications", stage.empty, show="log")


@view
def publications_nothing_to_do(stage: Stage) -> QWidget:
    return stage.at("publications", stage.empty, show="tasks")


@view
def publications_to_read(stage: Stage) -> QWidget:
    return stage.at("publications", stage.to_read, show="log")


# — the dialogues of the log —


@view
def publications_adding(stage: Stage) -> QWidget:
    asked = stage.asked(_filled(stage, show="log"), "Nieuwe plaatsing")
    stage.settle()
    return asked


@view
def publications_adding_warned(stage: Stage) -> QWidget:
    asked: Any = stage.asked(_filled(stage, show="log"), "Nieuwe plaatsing")
    asked.fields["event"].setText("Sint-Maarten")
    asked._groups._boxes["Groep 5"].setChecked(True)
    asked._children._search.setText("noor")
    stage.qtbot.waitUntil(asked._warn.isVisible, timeout=20_000)
    stage.settle()
    return asked  # type: ignore[no-any-return]


@view
def publications_changing(stage: Stage) -> QWidget:
    window = _filled(stage, show="log")
    _go_to(_screen(window).log, "Kinderboekenweek")
    asked: Any = stage.asked(window, "Wijzigen…")
    stage.qtbot.waitUntil(asked._warn.isVisible, timeout=20_000)
    stage.settle()
    return asked  # type: ignore[no-any-return]


@view
def publications_removing(stage: Stage) -> QWidget:
    window = _filled(stage, show="log")
    _go_to(_screen(window).log, "Kinderboekenweek")
    return stage.asked(window, "Alles weggehaald…")
