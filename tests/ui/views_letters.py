"""Settings: the texts of letters, the editor and the earlier texts."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QWidget

from schoolprivacy.letters.actions import change_letter, read_letters
from schoolprivacy.school import School
from tests.ui.stage import Stage, screen_of, view
from ui.screens import settings_letters_editor
from ui.screens.settings_letters_put import writing_field


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
        return asked.seen is not None and asked.seen.written == asked.text.written()

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
    asked.text.moveCursor(QTextCursor.MoveOperation.End)
    asked.text.insertPlainText("\n\nEn nog veel meer uitleg." * 120)
    asked.text.moveCursor(QTextCursor.MoveOperation.Start)
    _seen(stage, asked)
    return asked  # type: ignore[no-any-return]


@view
def letter_editor_literal(stage: Stage) -> QWidget:
    asked = _editor(stage)
    stage.qtbot.keyClicks(asked.text, "Beste {naam leerling}, ")
    _seen(stage, asked)
    return asked  # type: ignore[no-any-return]


@view
def letter_editor_fields(stage: Stage) -> QWidget:
    return _menu(stage, "fields")


@view
def letter_editor_conditions(stage: Stage) -> QWidget:
    return _menu(stage, "conditions")


def _menu(stage: Stage, name: str) -> QWidget:
    putting = _editor(stage).putting
    stage.press(getattr(putting, name), Qt.Key.Key_Space)
    menu: QWidget = putting.field_menu if name == "fields" else putting.condition_menu
    stage.qtbot.waitUntil(menu.isVisible)
    return menu


@view
def letter_editor_codes(stage: Stage) -> QWidget:
    """A text from before a value was taken away, which only codes can say."""
    codes = "{% raw %}Beste ouder(s){% endraw %},\n\n{{ child }} doet mee."
    stage.patch.setattr(
        settings_letters_editor, "writing_field", lambda letter, _: writing_field(letter, codes)
    )
    return _editor(stage)  # type: ignore[no-any-return]


@view
def letter_missing(stage: Stage) -> QWidget:
    asked = _editor(stage)
    found = asked.text.document().find("«hoe men toestemming intrekt»")
    asked.text.setTextCursor(found)
    stage.qtbot.keyClicks(asked.text, "zie site")
    asked.save()
    stage.qtbot.waitUntil(lambda: stage.dialogue() is not asked, timeout=20_000)
    return stage.dialogue()


@view
def letter_history(stage: Stage) -> QWidget:
    return stage.asked(_section(stage)[0], "Eerdere teksten…")
