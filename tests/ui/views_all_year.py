"""The lists of all year: the LAS, who starts; and the papers that ask for more than pupils."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtWidgets import QWidget

from schoolprivacy.consents.starting import starting
from schoolprivacy.people.las_list import las_changes
from tests.ui.las_builders import correct, expect
from tests.ui.stage import Stage, screen_of, view
from ui.main_window import MainWindow


def _corrected(stage: Stage) -> None:
    if not las_changes(stage.demo) and not las_changes(stage.demo, done=True):
        correct(stage.demo)


def _las_list(stage: Stage) -> MainWindow:
    _corrected(stage)
    return stage.at("las-list", show="open")


@view
def las_list(stage: Stage) -> QWidget:
    return _las_list(stage)


@view
def las_list_all_chosen(stage: Stage) -> QWidget:
    window = _las_list(stage)
    stage.push(window, "Alles kiezen")
    return window


@view
def las_list_paper(stage: Stage) -> QWidget:
    _corrected(stage)
    window = stage.at("papers", kind="las-list")
    _wait_sample(stage, window)
    return window


@view
def las_list_ticked(stage: Stage) -> QWidget:
    window = _las_list(stage)
    screen = screen_of(window, "las-list")
    if not las_changes(stage.demo, done=True):  # once, however often it is looked at
        screen.table.selectRow(0)
        screen.tick()
    screen.which.choose("done")
    assert window.workplace is not None
    window.workplace._toast.hide()
    return window


@view
def las_list_empty(stage: Stage) -> QWidget:
    return stage.at("las-list", stage.empty)


@view
def las_list_to_read(stage: Stage) -> QWidget:
    return stage.at("las-list", stage.to_read)


@view
def starting_soon(stage: Stage) -> QWidget:
    if not any("Kleuter" in each.name for each in starting(stage.demo)):
        expect(stage.demo, "Sien", 7)
        expect(stage.demo, "Fien", 21)
    return stage.at("starting", show="all")


@view
def starting_empty(stage: Stage) -> QWidget:
    return stage.at("starting", stage.empty)


@view
def papers_substitute_lacking(stage: Stage) -> QWidget:
    """Printed without saying for whom, and with a wrong day."""
    window = stage.at("papers", kind="substitute-sheet", group="Groep 3")
    _wait_sample(stage, window)
    screen = screen_of(window, "papers")
    screen._choices._substitute.until.set_date(stage.demo.clock.today() + timedelta(days=1))
    _wait_sample(stage, window)
    stage.push(window, "Afdrukken…")
    return window


def _wait_sample(stage: Stage, window: MainWindow) -> None:
    screen = screen_of(window, "papers")
    stage.qtbot.waitUntil(lambda: screen._seen is not None, timeout=20_000)
    stage.settle()
