"""The report that goes along: the board, the page of a child, and every dialogue about it."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from schoolprivacy.school import School
from tests.ui.okr_bench import COLLEGE, exchanged, pupil_tab, reported, tab
from tests.ui.stage import Stage, screen_of, view
from ui.main_window import MainWindow

_MADE: dict[School, str] = {}  # holds it: another one never looks the same


def _child(stage: Stage) -> str:
    """A child of the demo school whose report is there; made when it is first wanted."""
    if stage.demo not in _MADE:
        _MADE.clear()
        _MADE[stage.demo] = reported(stage.demo)
    return _MADE[stage.demo]


def _page(stage: Stage, part: str = "carers") -> MainWindow:
    window = stage.at("okr", pupil=_child(stage))
    screen = screen_of(window, "okr")
    tab(screen, getattr(screen.child, part))
    stage.settle()
    return window


@view
def okr_board(stage: Stage) -> QWidget:
    _child(stage)
    return stage.at("okr")


@view
def okr_none(stage: Stage) -> QWidget:
    return stage.at("okr", stage.empty)


@view
def okr_to_read(stage: Stage) -> QWidget:
    return stage.at("okr", stage.to_read)


@view
def okr_none_found(stage: Stage) -> QWidget:
    _child(stage)
    window = stage.at("okr")
    screen_of(window, "okr").list.search.setText("xyz")
    return window


@view
def okr_planning(stage: Stage) -> QWidget:
    _child(stage)
    return stage.asked(stage.at("okr"), "Overstap plannen…")


@view
def okr_planning_other(stage: Stage) -> QWidget:
    asked: Any = okr_planning(stage)
    asked.fields["school"].choose("other")
    return asked  # type: ignore[no-any-return]


@view
def okr_school(stage: Stage) -> QWidget:
    dialog: Any = okr_planning(stage)
    dialog.fields["school"].choose(COLLEGE)
    return stage.asked(dialog, "School verbeteren…")


@view
def okr_child_carers(stage: Stage) -> QWidget:
    return _page(stage)


@view
def okr_child_remarks(stage: Stage) -> QWidget:
    return _page(stage, "remarks")


@view
def okr_child_evidence(stage: Stage) -> QWidget:
    return _page(stage, "evidence")


@view
def okr_child_send(stage: Stage) -> QWidget:
    return _page(stage, "send")


@view
def okr_child_moving(stage: Stage) -> QWidget:
    return stage.asked(_page(stage), "Overstap…")


@view
def okr_child_report(stage: Stage) -> QWidget:
    return stage.asked(_page(stage), "Rapport…")


@view
def okr_seen(stage: Stage) -> QWidget:
    return stage.asked(_page(stage), "Inzage gegeven…")


@view
def okr_invited(stage: Stage) -> QWidget:
    return stage.asked(_page(stage), "Uitgenodigd…")


@view
def okr_attempt(stage: Stage) -> QWidget:
    return stage.asked(_page(stage), "Poging…")


@view
def okr_excuse(stage: Stage) -> QWidget:
    return stage.asked(_page(stage), "Zonder inzage…")


@view
def okr_remark(stage: Stage) -> QWidget:
    return stage.asked(_page(stage, "remarks"), "Nieuwe opmerking…")


@view
def okr_refused(stage: Stage) -> QWidget:
    return stage.asked(_page(stage, "send"), "Verstuurd…")


@view
def okr_invitations(stage: Stage) -> QWidget:
    screen = screen_of(_page(stage), "okr")
    screen._offer_papers()
    screen.menu.actions()[0].trigger()
    screen.menu.close()
    return stage.dialogue()


@view
def pupil_exchanges(stage: Stage) -> QWidget:
    window = stage.at("pupil", pupil=exchanged(stage.demo))
    pupil_tab(window)
    stage.settle()
    return window


@view
def pupil_exchanges_none(stage: Stage) -> QWidget:
    window = stage.at("pupil", pupil=_child(stage))
    pupil_tab(window)
    stage.settle()
    return window


@view
def pupil_exchanging(stage: Stage) -> QWidget:
    return stage.asked(pupil_exchanges_none(stage), "Uitwisseling vastleggen…")
