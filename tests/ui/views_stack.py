"""Entering a stack of papers in a grid, and what is asked around it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from schoolprivacy.consents.forms import print_forms
from schoolprivacy.people.directory import groups
from tests.ui.hands import pause
from tests.ui.stage import Stage, desk_of, screen_of, view
from ui.main_window import MainWindow
from ui.stack_model import DAY, FIRST, SIGNER

_GROUP = 2


def _opened(stage: Stage) -> tuple[MainWindow, Any]:
    """At the stack of a group of which all forms are out."""
    group = groups(stage.demo)[_GROUP]
    print_forms(stage.demo, lambda _: None, group=group)
    window = stage.at("stack", group=group)
    window.activateWindow()  # offscreen a job takes the keyboard and nobody gives it back
    screen = screen_of(window, "stack")
    screen.grid.begin()
    return window, screen


def _type(stage: Stage, screen: Any, row: int, keys: str) -> None:
    screen.grid.go_to_child(row)
    for each in keys:
        stage.qtbot.keyClick(screen.grid, each)
    pause(stage.qtbot)


def _filled(stage: Stage) -> tuple[MainWindow, Any]:
    """Some papers typed, one of them without a signer."""
    window, screen = _opened(stage)
    _type(stage, screen, 0, "1JJJNNJ JJNJJJJ")
    _type(stage, screen, 1, "1 JJJJJJJJJJJJJ")
    screen.grid.go_to(2, FIRST)
    for each in "JNJ":
        stage.qtbot.keyClick(screen.grid, each)
    screen.model.sign(2, None)
    screen.grid.setFocus(Qt.FocusReason.OtherFocusReason)
    return window, screen


@view
def stack(stage: Stage) -> QWidget:
    return _opened(stage)[0]


@view
def stack_filled(stage: Stage) -> QWidget:
    return _filled(stage)[0]


@view
def stack_refused(stage: Stage) -> QWidget:
    window, screen = _filled(stage)
    screen.store()
    return window


@view
def stack_signer(stage: Stage) -> QWidget:
    """The list of who may have signed is open."""
    window, screen = _opened(stage)
    screen.grid.go_to(1, SIGNER)
    screen.grid.edit(screen.model.index(1, SIGNER))
    return window


@view
def stack_date(stage: Stage) -> QWidget:
    window, screen = _opened(stage)
    screen.grid.go_to(1, DAY)
    stage.qtbot.keyClicks(screen.grid, "0")
    return window


@view
def stack_unsaved(stage: Stage) -> QWidget:
    window, _ = _filled(stage)
    desk_of(window).go("overview")
    return stage.dialogue()


@view
def stack_asked(stage: Stage) -> QWidget:
    window, screen = _opened(stage)
    screen.grid.go_to(0, FIRST)
    shift = Qt.KeyboardModifier.ShiftModifier
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right):
        stage.qtbot.keyClick(screen.grid, key, shift)
    return stage.asked(window, "Gevraagd, nog geen antwoord…")


@view
def stack_asked_nobody(stage: Stage) -> QWidget:
    window, _ = _opened(stage)
    asked: Any = stage.asked(window, "Gevraagd, nog geen antwoord…")
    asked.primary.click()
    return asked  # type: ignore[no-any-return]


@view
def stack_to_read(stage: Stage) -> QWidget:
    return stage.at("stack", stage.to_read)


@view
def stack_new_school(stage: Stage) -> QWidget:
    return stage.at("stack", stage.empty)
