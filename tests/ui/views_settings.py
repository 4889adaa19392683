"""The settings: every part, and every dialogue in it."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QDialog, QWidget

from schoolprivacy.access import strength
from schoolprivacy.school import School
from tests.ui.stage import VIEWS, Stage, desk_of, screen_of, view
from ui.main_window import MainWindow
from ui.screens import settings_secret
from ui.wizards.paper_key import PaperKeyDialog

_MADE_UP = "anker bloem citroen dorp emmer fluit"
_KEY = "-".join(["000000", "111111", "222222", "333333", "444444", "555555", "666666", "777777"])
_PARTS = (
    *("school", "letter", "purposes", "term", "users"),
    *("paper_key", "backups", "computer", "about"),
)


def _part(key: str, stage: Stage) -> MainWindow:
    return stage.at("settings", section=key)


for _key in _PARTS:
    VIEWS[f"settings-{_key.replace('_', '-')}"] = partial(_part, _key)


def _section(window: MainWindow) -> Any:
    return screen_of(window, "settings").section


@view
def settings_to_read(stage: Stage) -> QWidget:
    return stage.at("settings", stage.to_read, section="purposes")


@view
def settings_school_wrong(stage: Stage) -> QWidget:
    window = _part("school", stage)
    section = _section(window)
    for name, text in {"postcode": "99", "email": "school"}.items():
        section.fields[name].setText(text)
    section.save()
    return window


@view
def settings_unsaved(stage: Stage) -> QWidget:
    window = _part("school", stage)
    _section(window).fields["place"].setText("Elders")
    desk_of(window).go("overview")
    return stage.dialogue()


# — purposes —


@view
def wording(stage: Stage) -> QWidget:
    window = _part("purposes", stage)
    _section(window).table.selectRow(0)
    _section(window).reword()
    return stage.dialogue()


@view
def wording_wider(stage: Stage) -> QWidget:
    asked: Any = wording(stage)
    asked.wider.setChecked(True)
    return asked  # type: ignore[no-any-return]


@view
def wording_history(stage: Stage) -> QWidget:
    window = _part("purposes", stage)
    _section(window).table.selectRow(0)
    return stage.asked(window, "Eerdere teksten…")


# — users —


def _user_dialog(stage: Stage, does: str) -> QDialog:
    for module in (strength, settings_secret):
        stage.patch.setattr(module, "passphrase_suggestion", lambda: _MADE_UP)
    window = _part("users", stage)
    _section(window).table.selectRow(0)
    return stage.asked(window, does)


@view
def user_adding(stage: Stage) -> QWidget:
    return _user_dialog(stage, "Toevoegen…")


@view
def user_adding_made_up(stage: Stage) -> QWidget:
    asked: Any = _user_dialog(stage, "Toevoegen…")
    asked.secret.given.setChecked(True)
    return asked  # type: ignore[no-any-return]


@view
def user_changing(stage: Stage) -> QWidget:
    return _user_dialog(stage, "Wijzigen…")


@view
def user_own_passphrase(stage: Stage) -> QWidget:
    return _user_dialog(stage, "Mijn wachtzin wijzigen…")


def _of_two_users(stage: Stage, does: str) -> QDialog:
    """The same in a school where somebody else works too."""
    window = stage.at("settings", stage.empty, section="users")
    table = _section(window).table
    names = [table.model().index(row, 0).data() for row in range(table.model().rowCount())]
    table.selectRow(next(n for n, each in enumerate(names) if "(u)" not in each))
    return stage.asked(window, does)


@view
def user_new_passphrase(stage: Stage) -> QWidget:
    return _of_two_users(stage, "Nieuwe wachtzin…")


@view
def user_removing(stage: Stage) -> QWidget:
    return _of_two_users(stage, "Verwijderen…")


# — paper key, backups, licences —


def _paper_key(stage: Stage) -> PaperKeyDialog:
    stage.patch.setattr(School, "propose_paper_key", lambda _: _KEY)
    asked = stage.asked(_part("paper_key", stage), "Controleren of vernieuwen…")
    assert isinstance(asked, PaperKeyDialog)
    return asked


@view
def paper_key(stage: Stage) -> QWidget:
    return _paper_key(stage)


@view
def paper_key_new(stage: Stage) -> QWidget:
    asked = _paper_key(stage)
    asked._choice.renew.setChecked(True)
    asked.guide.forward()
    stage.settle()
    return asked


@view
def paper_key_check(stage: Stage) -> QWidget:
    asked = _paper_key(stage)
    asked.guide.forward()
    return asked


@view
def backups_restoring(stage: Stage) -> QWidget:
    return stage.asked(_part("backups", stage), "Back-up terugzetten…")


@view
def licences(stage: Stage) -> QWidget:
    return stage.asked(_part("about", stage), "Licenties…")
