"""Users and the paper key by keys; what was changed is tried by really opening the file."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from schoolprivacy.access.actions import add_person, people
from schoolprivacy.access.terms import Role
from schoolprivacy.clock import SetClock
from schoolprivacy.errors import FileError, UnlockError
from schoolprivacy.school import School
from tests.ui.settings_kit import press_button, said, section_of, window_on
from tests.vault.schools import ADMINISTRATION, DIRECTOR, Made
from ui.jobs import is_busy
from ui.main_window import MainWindow
from ui.screens.settings_user_dialogs import (
    AddPersonDialog,
    ChangePersonDialog,
    OwnPassphraseDialog,
    ResetPassphraseDialog,
)
from ui.screens.settings_users import UsersSection
from ui.wizards.paper_key import PaperKeyDialog

NEW = "paarse olifant fluit zachtjes"


@pytest.fixture
def own(school: School, qtbot: QtBot) -> Iterator[MainWindow]:
    """The window on a school without pupils, opened by the director."""
    with window_on(school, qtbot) as window:
        yield window


@pytest.fixture
def section(own: MainWindow) -> UsersSection:
    return _users(own)


def _users(window: MainWindow) -> UsersSection:
    found = section_of(window, "users")
    assert isinstance(found, UsersSection)
    return found


def _go_to(section: UsersSection, name: str) -> None:
    model = section.table.model()
    names = [model.index(row, 0).data() for row in range(model.rowCount())]
    section.table.selectRow(next(n for n, each in enumerate(names) if each.startswith(name)))


def _dialog() -> QDialog:
    found = QApplication.activeModalWidget()
    assert isinstance(found, QDialog)
    return found


def _fill(qtbot: QtBot, field: QLineEdit, text: str) -> None:
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)


def _choose_passphrase(qtbot: QtBot, dialog: QDialog, text: str) -> None:
    """Type it twice, in the two last hidden fields."""
    hidden = [
        each
        for each in dialog.findChildren(QLineEdit)
        if each.echoMode() == QLineEdit.EchoMode.Password and each.isVisible()
    ]
    for field in hidden[-2:]:
        _fill(qtbot, field, text)


def _confirm(qtbot: QtBot, dialog: QDialog) -> None:
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not is_busy(), timeout=20_000)


def _opens(school: School, secret: str, clock: SetClock) -> str:
    """Whose file it is with this secret, after it was locked; "" when it does not open."""
    with contextlib.suppress(FileError):
        school.lock()
    try:
        again = School.open(school.folder, secret, clock, read_only=True)
    except UnlockError:
        return ""
    name = again.who.name
    again.lock()
    return name


def test_a_colleague_is_added_and_opens_the_file(
    section: UsersSection, school: School, qtbot: QtBot, clock: SetClock
) -> None:
    press_button(qtbot, section, "Toevoegen…")
    dialog = _dialog()
    assert isinstance(dialog, AddPersonDialog)
    _confirm(qtbot, dialog)
    assert said(dialog, "problem") == "Vul een naam in."
    _fill(qtbot, dialog.fields["name"], "Concierge")
    _choose_passphrase(qtbot, dialog, NEW)
    _confirm(qtbot, dialog)
    assert [(each.name, each.role) for each in people(school)][1] == (
        "Concierge",
        Role.ADMINISTRATION,
    )
    assert section.table.model().rowCount() == 3
    assert _opens(school, NEW, clock) == "Concierge"


def test_enter_in_a_field_adds_a_colleague_with_what_was_typed(
    section: UsersSection, school: School, qtbot: QtBot, clock: SetClock
) -> None:
    press_button(qtbot, section, "Toevoegen…")
    dialog = _dialog()
    assert isinstance(dialog, AddPersonDialog)
    _fill(qtbot, dialog.fields["name"], "Concierge")
    _choose_passphrase(qtbot, dialog, NEW)
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not is_busy(), timeout=20_000)
    assert _opens(school, NEW, clock) == "Concierge"


def test_a_made_up_passphrase_is_shown_once_and_works(
    section: UsersSection, school: School, qtbot: QtBot, clock: SetClock
) -> None:
    press_button(qtbot, section, "Toevoegen…")
    dialog = _dialog()
    assert isinstance(dialog, AddPersonDialog)
    _fill(qtbot, dialog.fields["name"], "Invaller")
    dialog.secret.given.setFocus()
    qtbot.keyClick(dialog.secret.given, Qt.Key.Key_Space)
    shown = said(dialog, "code").strip()
    assert len(shown.split()) >= 6
    _confirm(qtbot, dialog)
    qtbot.wait(10)
    labels = [each for top in QApplication.topLevelWidgets() for each in top.findChildren(QLabel)]
    assert not [each for each in labels if shown in each.text()]
    assert _opens(school, shown, clock) == "Invaller"


def test_a_passphrase_that_is_taken_or_short_is_told_at_its_field(
    section: UsersSection, school: School, qtbot: QtBot
) -> None:
    press_button(qtbot, section, "Toevoegen…")
    dialog = _dialog()
    assert isinstance(dialog, AddPersonDialog)
    _fill(qtbot, dialog.fields["name"], "Invaller")
    _choose_passphrase(qtbot, dialog, "kort")
    _confirm(qtbot, dialog)
    assert "Te kort" in said(dialog, "problem")
    _choose_passphrase(qtbot, dialog, ADMINISTRATION)
    _confirm(qtbot, dialog)
    assert "kan niet worden gebruikt" in said(dialog, "problem")
    assert len(people(school)) == 2


def test_a_weak_passphrase_is_asked_about(
    section: UsersSection, school: School, qtbot: QtBot
) -> None:
    press_button(qtbot, section, "Toevoegen…")
    dialog = _dialog()
    assert isinstance(dialog, AddPersonDialog)
    _fill(qtbot, dialog.fields["name"], "Invaller")
    _choose_passphrase(qtbot, dialog, "olifantje rood")
    _confirm(qtbot, dialog)
    question = _dialog()
    assert "zwak" in question.property("text")
    assert len(people(school)) == 2
    press_button(qtbot, question, "Toch gebruiken")
    qtbot.waitUntil(lambda: not is_busy() and len(people(school)) == 3, timeout=20_000)


def test_who_is_removed_opens_nothing_any_more(
    section: UsersSection, school: School, qtbot: QtBot, clock: SetClock
) -> None:
    _go_to(section, "Administratie")
    press_button(qtbot, section, "Verwijderen…")
    question = _dialog()
    assert "opent hierna niets meer" in question.property("text")
    qtbot.keyClick(question, Qt.Key.Key_Escape)
    assert len(people(school)) == 2
    press_button(qtbot, section, "Verwijderen…")
    press_button(qtbot, _dialog(), "Verwijderen")
    qtbot.waitUntil(lambda: not is_busy() and len(people(school)) == 1, timeout=20_000)
    assert "maar één gebruiker" in said(section, "notice")
    assert _opens(school, ADMINISTRATION, clock) == ""
    assert _opens(school, DIRECTOR, clock) == "Directie"


def test_one_does_not_remove_oneself(section: UsersSection, school: School, qtbot: QtBot) -> None:
    _go_to(section, "Directie")
    press_button(qtbot, section, "Verwijderen…")
    assert QApplication.activeModalWidget() is None
    assert len(people(school)) == 2


def test_a_name_and_role_are_changed_and_put_back(
    section: UsersSection, own: MainWindow, school: School, qtbot: QtBot
) -> None:
    before = people(school)
    _go_to(section, "Administratie")
    qtbot.keyClick(section.table, Qt.Key.Key_Return)
    dialog = _dialog()
    assert isinstance(dialog, ChangePersonDialog)
    _fill(qtbot, dialog.fields["name"], "Adjunct")
    dialog.fields["role"].setFocus()
    qtbot.keyClick(dialog.fields["role"], Qt.Key.Key_Down)
    _confirm(qtbot, dialog)
    assert [(each.name, each.role) for each in people(school)] == [
        ("Adjunct", Role.DIRECTOR),
        ("Directie", Role.DIRECTOR),
    ]
    qtbot.keyClick(own, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert people(school) == before


def test_the_last_director_stays_director(
    section: UsersSection, school: School, qtbot: QtBot
) -> None:
    before = people(school)
    _go_to(section, "Directie")
    press_button(qtbot, section, "Wijzigen…")
    dialog = _dialog()
    assert isinstance(dialog, ChangePersonDialog)
    _fill(qtbot, dialog.fields["name"], "Locatieleider")
    qtbot.keyClick(dialog.fields["role"], Qt.Key.Key_Up)
    _confirm(qtbot, dialog)
    press_button(qtbot, _dialog(), "Rol wijzigen")
    assert "enige gebruiker met de rol directie" in _dialog().property("text")
    assert people(school) == before
    assert school.who in before


def test_a_forgotten_passphrase_is_renewed(
    section: UsersSection, school: School, qtbot: QtBot, clock: SetClock
) -> None:
    _go_to(section, "Administratie")
    press_button(qtbot, section, "Nieuwe wachtzin…")
    dialog = _dialog()
    assert isinstance(dialog, ResetPassphraseDialog)
    _choose_passphrase(qtbot, dialog, NEW)
    _confirm(qtbot, dialog)
    assert _opens(school, ADMINISTRATION, clock) == ""
    assert _opens(school, NEW, clock) == "Administratie"


def test_ones_own_passphrase_is_changed_by_who_knows_it(
    section: UsersSection, school: School, qtbot: QtBot, clock: SetClock
) -> None:
    press_button(qtbot, section, "Mijn wachtzin wijzigen…")
    dialog = _dialog()
    assert isinstance(dialog, OwnPassphraseDialog)
    for wrong in ("helemaal niet deze zin", ADMINISTRATION):
        _fill(qtbot, dialog.present.field, wrong)
        _choose_passphrase(qtbot, dialog, NEW)
        _confirm(qtbot, dialog)
        assert "past niet" in said(dialog, "problem")
    _fill(qtbot, dialog.present.field, DIRECTOR)
    _confirm(qtbot, dialog)
    assert QApplication.activeModalWidget() is None
    assert _opens(school, DIRECTOR, clock) == ""
    assert _opens(school, NEW, clock) == "Directie"


def test_the_administration_is_told_why_it_does_not_manage_people(made: Made, qtbot: QtBot) -> None:
    school = made.open(ADMINISTRATION)
    with window_on(school, qtbot) as window:
        section = _users(window)
        assert "Alleen de directie" in said(section, "notice")
        managing = (
            section.add_button,
            section.change_button,
            section.reset_button,
            section.remove_button,
        )
        assert not any(each.isEnabled() for each in managing)
        qtbot.keyClick(section.table, Qt.Key.Key_Return)
        assert QApplication.activeModalWidget() is None
        assert section.own_button.isEnabled()
    school.lock()


def test_with_the_paper_key_a_colleague_gets_a_new_passphrase(
    made: Made, qtbot: QtBot, clock: SetClock
) -> None:
    school = made.open(made.paper_key)
    with window_on(school, qtbot) as window:
        section = _users(window)
        assert not section.own_button.isEnabled()
        _go_to(section, "Directie")
        press_button(qtbot, section, "Nieuwe wachtzin…")
        _choose_passphrase(qtbot, _dialog(), NEW)
        _confirm(qtbot, _dialog())
    assert _opens(school, NEW, clock) == "Directie"


def test_a_long_name_fits(section: UsersSection, school: School, own: MainWindow) -> None:
    add_person(school, "M" * 45, Role.ADMINISTRATION, NEW)
    assert own.workplace is not None
    own.workplace.desk.tell_change()
    assert own.width() == 1280


# — the paper key —


def test_the_paper_key_section_says_whether_it_is_known_to_work(
    own: MainWindow, school: School, made: Made, qtbot: QtBot
) -> None:
    section = section_of(own, "paper_key")
    assert "Nog niet gecontroleerd" in said(section, "notice")
    press_button(qtbot, section, "Controleren of vernieuwen…")
    dialog = _dialog()
    assert isinstance(dialog, PaperKeyDialog)
    dialog.reject()
    school.mark_paper_key_proven()
    assert own.workplace is not None
    own.workplace.desk.tell_change()
    assert "Gecontroleerd" in said(section, "done")
    assert said(section, "notice") == ""
