"""Settings: the texts of letters, the editor and the earlier texts."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from schoolprivacy.letters.actions import change_letter, read_letters
from schoolprivacy.school import School
from tests.ui.stage import Stage, screen_of, view


def _own_text(school: School) -> None:
    """The school once changed a sentence in the rest of the request."""
    found = next(
        each
        for each in read_letters(school)
        if (each.part.name, each.language) == ("consent_request_same", "nl")
    )
    if not found.version:
        body = found.body.replace("## Vrije keuze", "## U kiest zelf")
        change_letter(school, found.part.name, "nl", body)


def _section(stage: Stage, *, own: bool = True) -> tuple[QWidget, Any]:
    if own:
        _own_text(stage.demo)
    window = stage.at("settings", section="letters")
    section = screen_of(window, "settings").section
    section.table.selectRow(1)
    return window, section


def _editor(stage: Stage) -> Any:
    window, _ = _section(stage)
    asked: Any = stage.asked(window, "Tekst wijzigen…")
    _seen(stage, asked)
    return asked


def _seen(stage: Stage, asked: Any) -> None:
    def is_seen() -> bool:
        return asked.seen is not None and asked.seen.body == asked.text.toPlainText()

    stage.qtbot.waitUntil(is_seen, timeout=20_000)
    stage.settle()
    asked.text.setCursorWidth(0)  # blinks


@view
def settings_letters(stage: Stage) -> QWidget:
    return _section(stage)[0]


@view
def settings_letters_behind(stage: Stage) -> QWidget:
    window, section = _section(stage)
    section.language.choose("en")
    section.table.selectRow(1)
    return window


@view
def settings_letters_to_read(stage: Stage) -> QWidget:
    return stage.at("settings", stage.to_read, section="letters")


@view
def letter_editor(stage: Stage) -> QWidget:
    return _editor(stage)  # type: ignore[no-any-return]


@view
def letter_editor_wrong(stage: Stage) -> QWidget:
    asked = _editor(stage)
    asked.text.setPlainText("\n" + asked.text.toPlainText().replace("how_to", "hoe_te"))
    _seen(stage, asked)
    return asked  # type: ignore[no-any-return]


@view
def letter_editor_conditions(stage: Stage) -> QWidget:
    asked = _editor(stage)
    tabs = asked.conditions.parentWidget().parentWidget().parentWidget()
    tabs.setCurrentIndex(1)
    return asked  # type: ignore[no-any-return]


@view
def letter_missing(stage: Stage) -> QWidget:
    asked = _editor(stage)
    asked.text.setPlainText(asked.text.toPlainText().replace("{{ how_to_withdraw }}", "zie site"))
    asked.save()
    stage.qtbot.waitUntil(lambda: stage.dialogue() is not asked, timeout=20_000)
    return stage.dialogue()


@view
def letter_history(stage: Stage) -> QWidget:
    return stage.asked(_section(stage)[0], "Eerdere teksten…")
