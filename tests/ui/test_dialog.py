"""What Enter and Escape do in dialogues, and Enter on buttons and in fields outside them."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QDialog,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

import ui
from schoolprivacy.people.profile import read_profile
from schoolprivacy.school import School
from tests.ui.hands import enter, escape, modal, press, texts
from tests.ui.settings_kit import section_of
from ui.dialog import Dialog
from ui.fields import Fields, SearchField, button, text_field
from ui.jobs import JobDialog
from ui.main_window import MainWindow, ShortcutsDialog
from ui.passphrases import NewPassphrase
from ui.screens.settings_section import FormSection
from ui.table import Column, Rows, Table

_NOTHING_TO_FILL_IN = {Dialog, JobDialog, ShortcutsDialog}


class _Asked(Dialog):
    """Two fields, a tick, a button beside them, and the two that answer."""

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner, "Vraag")
        self.pressed: list[str] = []
        self.search, self.name = SearchField("Zoek"), text_field("Noor")
        self.tick = QCheckBox("Geheim")
        self.other = button("Voorstel", lambda: self.pressed.append("other"))
        self.primary = button("Opslaan", lambda: self.pressed.append("primary"))
        layout = QVBoxLayout(self)
        for each in (self.other, self.search, self.name, self.tick, self.primary):
            layout.addWidget(each)


@pytest.fixture
def asked(qtbot: QtBot, qapp: QApplication) -> Iterator[_Asked]:
    owner = QWidget()
    qtbot.addWidget(owner)
    owner.show()
    made = _Asked(owner)
    made.open()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    owner.close()


def _modules() -> list[str]:
    return [each.name for each in pkgutil.walk_packages(ui.__path__, "ui.")]


def _below(kind: type) -> set[type]:
    return {kind}.union(*(_below(each) for each in kind.__subclasses__()))


def test_every_dialogue_of_the_program_is_one() -> None:
    for name in _modules():
        if not name.endswith("__main__"):
            importlib.import_module(name)
    ours = {each for each in _below(QDialog) if each.__module__.startswith("ui.")}
    assert len(ours) > 15
    assert [each for each in ours - _NOTHING_TO_FILL_IN if not issubclass(each, Dialog)] == []


def test_enter_in_a_field_presses_the_primary_button(asked: _Asked, qtbot: QtBot) -> None:
    for field in (asked.name, asked.search, asked.tick):
        field.setFocus()
        enter(qtbot)
    assert asked.pressed == ["primary"] * 3


def test_another_button_with_the_keyboard_on_it_is_pressed_itself(
    asked: _Asked, qtbot: QtBot
) -> None:
    asked.other.setFocus()
    enter(qtbot)
    assert asked.pressed == ["other"]
    qtbot.keyClick(asked.other, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert asked.pressed == ["other", "primary"]


def test_a_button_that_cannot_be_pressed_is_not_pressed_by_enter(
    asked: _Asked, qtbot: QtBot
) -> None:
    asked.primary.setEnabled(False)
    asked.name.setFocus()
    enter(qtbot)
    qtbot.keyClick(asked.name, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert asked.pressed == []
    assert asked.isVisible()


def test_escape_closes_when_nothing_was_filled_in(asked: _Asked, qtbot: QtBot) -> None:
    qtbot.keyClicks(asked.search, "zoek")
    asked.name.setFocus()
    qtbot.keyClicks(asked.name, "x")
    qtbot.keyClick(asked.name, Qt.Key.Key_Backspace)
    with qtbot.waitSignal(asked.rejected):
        escape(qtbot)


def test_escape_asks_when_something_was_filled_in(asked: _Asked, qtbot: QtBot) -> None:
    asked.tick.setFocus()
    qtbot.keyClick(asked.tick, Qt.Key.Key_Space)
    escape(qtbot)
    question = modal(qtbot)
    assert question is not asked
    enter(qtbot)  # the safe answer
    assert asked.isVisible()
    escape(qtbot)
    with qtbot.waitSignal(asked.rejected):
        assert {each.text() for each in modal(qtbot).buttons()} == {"Niet opslaan", "Terug"}
        press(qtbot, modal(qtbot), "Niet opslaan")


# — outside dialogues —


def test_enter_presses_a_button_in_a_window(qtbot: QtBot, qapp: QApplication) -> None:
    pressed: list[bool] = []
    one = button("Doen", lambda: pressed.append(True))
    qtbot.addWidget(one)
    one.show()
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
        qtbot.keyClick(one, key)
    assert len(pressed) == 3


def test_enter_in_a_field_of_the_settings_saves(
    window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    section = section_of(window, "school")
    assert isinstance(section, FormSection)
    field = section.fields["board"]
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "Stichting Elders")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    with demo.reading() as session:
        assert read_profile(session).board == "Stichting Elders"


def test_what_was_told_at_a_field_goes_when_it_changes(qtbot: QtBot, qapp: QApplication) -> None:
    fields = Fields()
    fields.add("one", "Een", QLineEdit())
    fields.add("two", "Twee", QLineEdit())
    qtbot.addWidget(fields)
    fields.show()
    fields.show_problems({"one": "Vul dit in.", "two": "Vul dat in."})
    qtbot.keyClicks(fields["one"], "x")
    assert "Vul dit in." not in texts(fields)
    assert "Vul dat in." in texts(fields)
    assert not fields["one"].property("wrong")
    fields.show_problems({"one": "Vul dit in."})  # the same again
    assert "Vul dit in." in texts(fields)


# — a passphrase that is shown is the one that is used —


def test_only_the_suggestion_that_is_shown_is_taken(qtbot: QtBot, qapp: QApplication) -> None:
    asked = NewPassphrase()
    qtbot.addWidget(asked)
    asked.show()
    first, again = asked.findChildren(QLineEdit)
    taken: list[str] = []
    for field in (first, again):
        qtbot.keyClicks(field, "vier rode wolken fluiten mee")
    press(qtbot, asked, "Stel een wachtzin voor")
    assert (first.text(), again.text()) == ("", "")
    for field in (first, again):
        qtbot.keyClicks(field, "vier rode wolken fluiten mee")
    asked.take(taken.append)
    assert taken == []
    assert "niet de wachtzin die hieronder staat" in texts(asked)
    shown = asked._suggested.text()
    for field in (first, again):
        field.selectAll()
        qtbot.keyClicks(field, shown)
    asked.take(taken.append)
    assert taken == [shown]


def test_who_wants_no_suggestion_takes_it_away(qtbot: QtBot, qapp: QApplication) -> None:
    asked = NewPassphrase()
    qtbot.addWidget(asked)
    asked.show()
    press(qtbot, asked, "Stel een wachtzin voor")
    shown = asked._suggested.text()
    press(qtbot, asked, "Zelf een wachtzin bedenken")
    assert shown not in texts(asked)
    taken: list[str] = []
    for field in asked.findChildren(QLineEdit):
        qtbot.keyClicks(field, "vier rode wolken fluiten mee")
    asked.take(taken.append)
    assert taken == ["vier rode wolken fluiten mee"]


# — lists —


def test_home_and_end_go_to_the_first_and_the_last_row(qtbot: QtBot, qapp: QApplication) -> None:
    table = Table("Lijst")
    qtbot.addWidget(table)
    table.show_rows(Rows([Column("Naam", str), Column("Nog eens", str)], list("abcde")), str)
    table.show()
    table.selectRow(1)
    qtbot.keyClick(table, Qt.Key.Key_End)
    assert (table.current(), table.chosen()) == ("e", ["e"])
    qtbot.keyClick(table, Qt.Key.Key_Home)
    assert table.current() == "a"
