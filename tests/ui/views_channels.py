"""The channels: the table, what asks for attention, and the dialogues."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from schoolprivacy.consents.publications.channels import ChannelKind
from tests.ui.log_schools import fill_channels
from tests.ui.stage import Stage, screen_of, view
from ui.main_window import MainWindow


def _filled(stage: Stage, show: str = "open") -> MainWindow:
    if "Nieuwspagina" not in [each.name for each in _channels(stage)]:
        fill_channels(stage.demo)
    return stage.at("channels", show=show)


def _channels(stage: Stage) -> Any:
    from schoolprivacy.consents.publications.channels import channels

    return channels(stage.demo)


def _go_to(window: MainWindow, name: str) -> None:
    table = screen_of(window, "channels").table
    model = table.model()
    for place in range(model.rowCount()):
        if model.index(place, 0).data() == name:
            table.selectRow(place)
            return
    raise AssertionError(name)


@view
def channels(stage: Stage) -> QWidget:
    window = _filled(stage)
    _go_to(window, "Nieuwspagina")
    return window


@view
def channels_all(stage: Stage) -> QWidget:
    window = _filled(stage, "all")
    _go_to(window, "Oude weblog")
    return window


@view
def channels_new_school(stage: Stage) -> QWidget:
    return stage.at("channels", stage.empty)


@view
def channels_to_read(stage: Stage) -> QWidget:
    return stage.at("channels", stage.to_read)


@view
def channels_adding(stage: Stage) -> QWidget:
    return stage.asked(_filled(stage), "Nieuw kanaal")


@view
def channels_adding_social(stage: Stage) -> QWidget:
    asked: Any = stage.asked(_filled(stage), "Nieuw kanaal")
    asked.fields["name"].setText("Klasfoto's groep 3")
    asked.fields["kind"].choose(ChannelKind.SOCIAL)
    asked.try_save()
    return asked  # type: ignore[no-any-return]


@view
def channels_changing(stage: Stage) -> QWidget:
    window = _filled(stage)
    _go_to(window, "Ouderapp")
    return stage.asked(window, "Wijzigen…")


@view
def channels_closing(stage: Stage) -> QWidget:
    window = _filled(stage)
    _go_to(window, "Facebook groep 5")
    return stage.asked(window, "Sluiten…")
