"""The purposes by keys: switched, moved, reworded, and what that does to the answers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from schoolprivacy.consents.board import consent_table
from schoolprivacy.consents.purposes import PurposeSettings, purpose_settings, reword_purpose
from schoolprivacy.consents.terms import Answer
from schoolprivacy.overview.first_start import StepKind, steps
from schoolprivacy.school import School
from tests.ui.settings_kit import press_button, said, section_of, window_on
from ui.main_window import MainWindow
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
    section.table.selectRow(_codes(section.desk.school).index(code))


def test_the_table_is_the_order_of_the_form(section: PurposesSection, demo: School) -> None:
    model = section.table.model()
    shown = [model.index(row, 0).data() for row in range(model.rowCount())]
    assert shown == [each.purpose.wording.short for each in purpose_settings(demo)]
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
    _go_to(section, before[0])
    qtbot.keyClick(section.table, Qt.Key.Key_Up, Modifier.AltModifier)
    _go_to(section, before[-1])
    qtbot.keyClick(section.table, Qt.Key.Key_Down, Modifier.AltModifier)
    assert _codes(demo) == before


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
    reword_purpose(demo, "website", widens=True, label="ook op de site van het bestuur")
    assert window.workplace is not None
    window.workplace.desk.tell_change()
    _go_to(section, "website")
    press_button(qtbot, section, "Eerdere teksten…")
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, HistoryDialog)
    heads = said(dialog, "strong").splitlines()
    assert [each.split(",")[0] for each in heads] == ["Tekst 2", "Tekst 1"]
    assert "ruimer" in said(dialog, "small") and "67 antwoorden" in said(dialog, "small")
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
