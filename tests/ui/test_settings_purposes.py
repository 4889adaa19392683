"""The purposes by keys: switched, moved, reworded, and what that does to the answers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from schoolprivacy.consents.board import consent_table
from schoolprivacy.consents.forms import print_forms
from schoolprivacy.consents.purposes import (
    PurposeSettings,
    add_purpose,
    purpose_settings,
    reword_purpose,
)
from schoolprivacy.consents.terms import Answer
from schoolprivacy.overview.first_start import StepKind, steps
from schoolprivacy.school import School
from tests.ui.settings_kit import press_button, said, section_of, window_on
from ui.main_window import MainWindow
from ui.screens.settings_purpose_new import NewPurposeDialog
from ui.screens.settings_purposes import PurposesSection
from ui.screens.settings_wording import (
    HistoryDialog,
    RowPicture,
    WordingDialog,
    families_with_a_yes,
)

Modifier = Qt.KeyboardModifier


@pytest.fixture
def section(window: MainWindow) -> PurposesSection:
    found = section_of(window, "purposes")
    assert isinstance(found, PurposesSection)
    return found


def _codes(school: School) -> list[str]:
    return [each.purpose.code for each in purpose_settings(school)]


def _setting(school: School, code: str) -> PurposeSettings:
    return next(each for each in purpose_settings(school) if each.purpose.code == code)


def _undo(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_Z, Modifier.ControlModifier)


def _go_to(section: PurposesSection, code: str) -> None:
    found = _setting(section.desk.school, code)
    section.kinds.setCurrentIndex(1 if found.purpose.is_contact else 0)
    shown = [each.purpose.code for each in section._rows.rows]
    section.table.selectRow(shown.index(code))


def test_the_tables_are_the_order_of_the_form(
    section: PurposesSection, demo: School, qtbot: QtBot
) -> None:
    model = section.table.model()
    shown = [model.index(row, 0).data() for row in range(model.rowCount())]
    every = [each.purpose for each in purpose_settings(demo)]
    assert shown == [each.wording.short for each in every if not each.is_contact]
    section.kinds.setFocus()
    qtbot.keyClick(section.kinds, Qt.Key.Key_Right)
    shown = [model.index(row, 0).data() for row in range(model.rowCount())]
    assert shown == [each.wording.short for each in every if each.is_contact]
    role = Qt.ItemDataRole.AccessibleTextRole
    assert model.index(0, 1).data(role) == "Staat: aan"


def test_a_purpose_is_switched_off_with_space_and_back(
    section: PurposesSection, window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    before = _setting(demo, "website")
    assert before.purpose.switched_on and sum(before.answers.values())
    _go_to(section, "website")
    qtbot.keyClick(section.table, Qt.Key.Key_Space)
    after = _setting(demo, "website")
    assert not after.purpose.switched_on
    assert after.answers == before.answers  # what was answered stays
    assert section.table.current().purpose.code == "website"
    _undo(qtbot, window)
    assert _setting(demo, "website") == before


def test_all_parents_or_one(
    section: PurposesSection, window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    _go_to(section, "website")
    qtbot.keyClick(section.table, Qt.Key.Key_A)
    assert _setting(demo, "website").purpose.all_must_agree
    press_button(qtbot, section, "Eén ouder is genoeg")
    assert not _setting(demo, "website").purpose.all_must_agree


def test_a_purpose_is_moved_with_keys_and_put_back(
    section: PurposesSection, window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    before = _codes(demo)
    _go_to(section, before[0])
    qtbot.keyClick(section.table, Qt.Key.Key_Down, Modifier.AltModifier)
    qtbot.keyClick(section.table, Qt.Key.Key_Down, Modifier.AltModifier)
    assert _codes(demo) == [before[1], before[2], before[0], *before[3:]]
    assert section.table.current().purpose.code == before[0]
    qtbot.keyClick(section.table, Qt.Key.Key_Up, Modifier.AltModifier)
    assert _codes(demo) == [before[1], before[0], *before[2:]]
    _undo(qtbot, window)
    assert _codes(demo) == [before[1], before[2], before[0], *before[3:]]


def test_the_first_and_the_last_stay_where_they_are(
    section: PurposesSection, demo: School, qtbot: QtBot
) -> None:
    before = _codes(demo)
    images = [e.purpose.code for e in purpose_settings(demo) if not e.purpose.is_contact]
    contacts = [e.purpose.code for e in purpose_settings(demo) if e.purpose.is_contact]
    for kind in (images, contacts):  # nothing leaves its own part of the form
        _go_to(section, kind[0])
        qtbot.keyClick(section.table, Qt.Key.Key_Up, Modifier.AltModifier)
        _go_to(section, kind[-1])
        qtbot.keyClick(section.table, Qt.Key.Key_Down, Modifier.AltModifier)
    assert _codes(demo) == before
    _go_to(section, contacts[0])
    qtbot.keyClick(section.table, Qt.Key.Key_Down, Modifier.AltModifier)
    assert _codes(demo) == [*images, contacts[1], contacts[0], *contacts[2:]]


def test_an_item_of_the_contact_list_is_set_like_a_purpose(
    section: PurposesSection, demo: School, qtbot: QtBot
) -> None:
    _go_to(section, "contact-birthday")
    qtbot.keyClick(section.table, Qt.Key.Key_Space)
    qtbot.keyClick(section.table, Qt.Key.Key_A)
    found = _setting(demo, "contact-birthday").purpose
    assert (found.switched_on, found.all_must_agree) == (False, True)
    _go_to(section, "contact-phone")  # about own data everybody decides alone
    qtbot.keyClick(section.table, Qt.Key.Key_A)
    assert not _setting(demo, "contact-phone").purpose.all_must_agree
    row = section.table.currentIndex().row()
    assert section.table.model().index(row, 2).data() == "ieder zelf"


# — a purpose of the school's own —


def test_an_own_purpose_is_added_removed_and_back(
    section: PurposesSection, window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    before = _codes(demo)
    press_button(qtbot, section, "Eigen doel toevoegen…")
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, NewPurposeDialog)
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Modifier.ControlModifier)
    assert "Vul een tekst" in said(dialog, "problem")
    for name, text in {"label": "op het scherm in de hal", "short": "Scherm hal"}.items():
        qtbot.keyClicks(dialog.fields[name], text)
    qtbot.keyClick(dialog.fields["short"], Qt.Key.Key_Return)
    (code,) = set(_codes(demo)) - set(before)
    assert section.table.current().purpose.code == code
    assert _setting(demo, code).purpose.switched_on
    press_button(qtbot, section, "Weghalen")
    assert _codes(demo) == before
    _undo(qtbot, window)
    (again,) = set(_codes(demo)) - set(before)
    assert _setting(demo, again).purpose.wording.label == "op het scherm in de hal"


def test_an_own_purpose_that_was_used_stays(
    section: PurposesSection, window: MainWindow, demo: School
) -> None:
    code = add_purpose(demo, label="in de hal", short="Hal", audience="bezoekers", keeps="een jaar")
    print_forms(demo, lambda _: None, anew=True)
    assert window.workplace is not None
    window.workplace.desk.tell_change()
    section.show_purpose(code)
    assert section._remove.isVisible()
    assert not section._remove.isEnabled()
    _go_to(section, "website")
    assert not section._remove.isVisible()  # it came with the program


def test_a_social_medium_needs_all_parents(
    section: PurposesSection, demo: School, qtbot: QtBot
) -> None:
    press_button(qtbot, section, "Eigen doel toevoegen…")
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, NewPurposeDialog)
    dialog.fields["label"].setText("op het kanaal van de school")
    dialog.fields["short"].setText("Kanaal")
    qtbot.keyClick(dialog.social, Qt.Key.Key_Space)
    dialog.confirm()
    assert section.table.current().purpose.all_must_agree


def test_the_purposes_are_found_right(section: PurposesSection, demo: School, qtbot: QtBot) -> None:
    assert "Kijk of dit klopt" in said(section, "notice")
    press_button(qtbot, section, "De doelen zijn goed")
    assert next(each.done for each in steps(demo) if each.kind is StepKind.PURPOSES)
    assert said(section, "notice") == ""


# — another text —


def _dialog(section: PurposesSection, qtbot: QtBot, code: str) -> WordingDialog:
    _go_to(section, code)
    qtbot.keyClick(section.table, Qt.Key.Key_Return)
    found = QApplication.activeModalWidget()
    assert isinstance(found, WordingDialog)
    return found


def _type_over(qtbot: QtBot, field: QLineEdit, text: str) -> None:
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)


def _confirm(qtbot: QtBot, dialog: WordingDialog) -> None:
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Modifier.ControlModifier)


def test_a_text_that_is_not_wider_keeps_every_yes(
    section: PurposesSection, window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    before = consent_table(demo).answers
    dialog = _dialog(section, qtbot, "website")
    _type_over(qtbot, dialog.fields["audience"], "iedereen op het web")
    dialog.same.setFocus()
    qtbot.keyClick(dialog.same, Qt.Key.Key_Space)
    _confirm(qtbot, dialog)
    found = _setting(demo, "website")
    assert found.purpose.wording.audience == "iedereen op het web"
    assert (found.purpose.wording.version, found.purpose.widened_at) == (2, 1)
    assert consent_table(demo).answers == before
    _undo(qtbot, window)
    again = _setting(demo, "website").purpose
    assert again.wording.audience == "iedereen op internet"
    assert consent_table(demo).answers == before


def test_enter_in_a_field_records_the_new_text(
    section: PurposesSection, demo: School, qtbot: QtBot
) -> None:
    dialog = _dialog(section, qtbot, "website")
    qtbot.keyClick(dialog.same, Qt.Key.Key_Space)
    _type_over(qtbot, dialog.fields["audience"], "iedereen op het web")
    qtbot.keyClick(dialog.fields["audience"], Qt.Key.Key_Return)
    assert _setting(demo, "website").purpose.wording.audience == "iedereen op het web"


def test_a_wider_text_says_how_many_families_must_be_asked_again(
    section: PurposesSection, window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    families = families_with_a_yes(demo, "website")
    assert families
    dialog = _dialog(section, qtbot, "website")
    _type_over(qtbot, dialog.fields["label"], "op de website van de school en van het bestuur")
    qtbot.keyClick(dialog.wider, Qt.Key.Key_Space)
    assert f"{families} gezinnen zeiden ja" in said(dialog, "warning")
    _confirm(qtbot, dialog)
    assert _setting(demo, "website").purpose.wording.version == 1  # first the question
    press_button(qtbot, QApplication.activeModalWidget(), "Opnieuw vragen")
    assert _setting(demo, "website").purpose.widened_at == 2
    assert families_with_a_yes(demo, "website") == 0
    table = consent_table(demo)
    place = [each.code for each in table.purposes].index("website")
    assert not any(row[place] is Answer.GRANTED for row in table.answers)
    _undo(qtbot, window)  # there is no way back
    assert _setting(demo, "website").purpose.widened_at == 2


def test_a_purpose_that_is_off_can_be_reworded_too(
    section: PurposesSection, demo: School, qtbot: QtBot
) -> None:
    off = next(each.purpose for each in purpose_settings(demo) if not each.purpose.switched_on)
    dialog = _dialog(section, qtbot, off.code)
    _type_over(qtbot, dialog.fields["keeps"], "hooguit een jaar")
    qtbot.keyClick(dialog.wider, Qt.Key.Key_Space)
    assert "staat uit" in said(dialog, "warning")
    _confirm(qtbot, dialog)
    assert _setting(demo, off.code).purpose.wording.keeps == "hooguit een jaar"


def test_wider_or_not_must_be_said(section: PurposesSection, demo: School, qtbot: QtBot) -> None:
    dialog = _dialog(section, qtbot, "website")
    _type_over(qtbot, dialog.fields["audience"], "iedereen")
    _confirm(qtbot, dialog)
    assert "Kies eerst" in said(dialog, "problem")
    assert _setting(demo, "website").purpose.wording.version == 1


@pytest.mark.parametrize(
    ("field", "text", "at"),
    [
        ("label", "", "label"),
        ("short", "", "short"),
        ("label", "te lang " * 24, "label"),
        ("short", "Schoolgids", "short"),
        ("keeps", "zolang het nieuws is, hooguit twee schooljaren", "label"),
    ],
)
def test_a_text_that_cannot_be_is_told_at_the_field(
    section: PurposesSection, demo: School, qtbot: QtBot, field: str, text: str, at: str
) -> None:
    dialog = _dialog(section, qtbot, "website")
    edited = dialog.fields[field]
    edited.setFocus()
    edited.selectAll()
    qtbot.keyClick(edited, Qt.Key.Key_Delete)
    qtbot.keyClicks(edited, text)
    dialog.same.setChecked(True)
    _confirm(qtbot, dialog)
    assert dialog.isVisible() and said(dialog, "problem")
    assert dialog.fields[at].property("wrong")
    assert _setting(demo, "website").purpose.wording.version == 1


def test_the_row_is_drawn_as_on_the_form(
    section: PurposesSection, demo: School, qtbot: QtBot
) -> None:
    found = _setting(demo, "website")
    picture = RowPicture()
    qtbot.addWidget(picture)
    picture.resize(700, 100)
    picture.show_row(found.purpose, found.purpose.wording)
    image = picture.pixmap().toImage()
    assert image.width() > 600
    shades = {
        image.pixelColor(x, y).name() for x in range(0, 700, 3) for y in range(image.height())
    }
    assert len(shades) > 5
    long = replace(found.purpose.wording, label="te lang " * 40)
    picture.show_row(found.purpose, long)
    assert "te lang voor het formulier" in picture.text()


def test_earlier_texts_are_shown(
    section: PurposesSection, window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    answers = _setting(demo, "website").answers[1]
    reword_purpose(demo, "website", widens=True, label="ook op de site van het bestuur")
    assert window.workplace is not None
    window.workplace.desk.tell_change()
    _go_to(section, "website")
    press_button(qtbot, section, "Eerdere teksten…")
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, HistoryDialog)
    heads = said(dialog, "strong").splitlines()
    assert [each.split(",")[0] for each in heads] == ["Tekst 2", "Tekst 1"]
    assert "ruimer" in said(dialog, "small")
    assert f"{answers} antwoorden" in said(dialog, "small")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert QApplication.activeModalWidget() is None


def test_a_read_only_school_keeps_its_purposes(demo_folder: Path, qtbot: QtBot) -> None:
    school = School.open(demo_folder, "vier groene fietsen slapen", read_only=True)
    with window_on(school, qtbot) as window:
        found = section_of(window, "purposes")
        assert isinstance(found, PurposesSection)
        before = _codes(school)
        qtbot.keyClick(found.table, Qt.Key.Key_Down, Modifier.AltModifier)
        qtbot.keyClick(found.table, Qt.Key.Key_Space)
        qtbot.keyClick(found.table, Qt.Key.Key_Return)
        assert QApplication.activeModalWidget() is None
        assert _codes(school) == before
        enabled = [
            each.text()
            for each in found.findChildren(QPushButton)
            if each.isVisible() and each.isEnabled()
        ]
        assert [each.replace("&", "") for each in enabled] == ["Eerdere teksten…"]
    school.lock()
