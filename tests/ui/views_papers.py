"""Letters and lists: every kind with its sample, and what is asked before."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from tests.ui.stage import VIEWS, Stage, screen_of, view
from ui.screens.papers_kinds import papers


def _kind(key: str, stage: Stage) -> QWidget:
    window = stage.at("papers", kind=key, group="Groep 3")
    _wait_sample(stage, window)
    return window


def _wait_sample(stage: Stage, window: QWidget) -> None:
    screen = screen_of(window, "papers")  # type: ignore[arg-type]
    stage.qtbot.waitUntil(lambda: screen._seen is not None, timeout=20_000)
    stage.settle()


for _paper in papers():
    VIEWS[f"papers-{_paper.key}"] = partial(_kind, _paper.key)


@view
def papers_new_school(stage: Stage) -> QWidget:
    window = stage.at("papers", stage.empty)
    _wait_sample(stage, window)
    return window


@view
def papers_saving(stage: Stage) -> QWidget:
    return stage.asked(_kind("reminder-list", stage), "Bewaar als PDF…")


@view
def papers_asking_anew(stage: Stage) -> QWidget:
    window = _kind("consent-forms", stage)
    screen = screen_of(window, "papers")  # type: ignore[arg-type]
    screen._choices._anew.setChecked(True)
    _wait_sample(stage, window)
    return stage.asked(window, "Afdrukken…")


@view
def papers_next_step(stage: Stage) -> QWidget:
    window = _kind("consent-forms", stage)
    screen_of(window, "papers")._next.show()  # type: ignore[arg-type]
    return window
