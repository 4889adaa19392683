"""The texts of letters by keys: written, checked, kept, put back."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from schoolprivacy.letters.actions import LetterPart, change_letter, history, read_letters
from schoolprivacy.school import School
from tests.ui.hands import focused, modal
from tests.ui.settings_kit import press_button, section_of
from ui.jobs import is_busy
from ui.main_window import MainWindow
from ui.screens.settings_letters import LettersSection
from ui.screens.settings_letters_editor import LetterDialog
from ui.screens.settings_letters_history import LetterHistoryDialog
from ui.screens.settings_letters_keep import tidied

REST = "consent_request_same"
Key, Modifier = Qt.Key, Qt.KeyboardModifier


@pytest.fixture
def section(window: MainWindow) -> LettersSection:
    found = section_of(window, "letters")
    assert isinstance(found, LettersSection)
    return found


def _part(school: School, name: str = REST, language: str = "nl") -> LetterPart:
    return next(
        each for each in read_letters(school) if (each.part.name, each.language) == (name, language)
    )


def _own(school: School) -> str:
    """Give the school a text of its own; gives it."""
    body = _part(school).body.replace("## Vrije keuze", "## U kiest zelf")
    change_letter(school, REST, "nl", body)
    return tidied(body)


def _go_to(section: LettersSection, name: str = REST) -> None:
    section.refresh()
    names = [each.part.name for each in section._rows.rows]
    section.table.selectRow(names.index(name))


def _opened(section: LettersSection, qtbot: QtBot, name: str = REST) -> LetterDialog:
    _go_to(section, name)
    qtbot.keyClick(section.table, Key.Key_Return)
    found = modal(qtbot)
    assert isinstance(found, LetterDialog)
    _seen(found, qtbot)
    return found


def _seen(dialog: LetterDialog, qtbot: QtBot) -> Any:
    """What the program saw of the text that stands there now."""

    def is_seen() -> bool:
        return dialog.seen is not None and dialog.seen.body == dialog.text.toPlainText()

    qtbot.waitUntil(is_seen, timeout=20_000)
    return dialog.seen


def _gone(kind: type, qtbot: QtBot) -> None:
    def is_gone() -> bool:
        return not any(
            isinstance(each, kind) and each.isVisible() for each in QApplication.topLevelWidgets()
        )

    qtbot.waitUntil(is_gone, timeout=20_000)


def _question(qtbot: QtBot) -> Any:
    def found() -> bool:
        top = QApplication.activeModalWidget()
        return isinstance(top, QDialog) and type(top).__name__ == "QMessageBox"

    qtbot.waitUntil(found, timeout=20_000)
    return QApplication.activeModalWidget()


def _answer(qtbot: QtBot, box: QDialog, text: str) -> None:
    found = next(each for each in box.findChildren(QPushButton) if each.text() == text)
    qtbot.keyClick(found, Key.Key_Space)


def _texts(dialog: LetterDialog) -> str:
    return "\n".join(each.text() for each in dialog.findChildren(QLabel) if each.isVisible())


def _replace(dialog: LetterDialog, old: str, new: str) -> None:
    before = dialog.text.toPlainText()
    assert old in before
    dialog.text.setPlainText(before.replace(old, new))


# — the list —


def test_the_list_has_every_text_in_the_order_of_the_core(
    section: LettersSection, demo: School, qtbot: QtBot
) -> None:
    _own(demo)
    section.refresh()
    parts = [each for each in read_letters(demo) if each.language == "nl"]
    model = section.table.model()
    shown = [
        (model.index(row, 0).data(), model.index(row, 1).data()) for row in range(model.rowCount())
    ]
    assert shown == [(each.letter.title, each.part.title) for each in parts]
    whose = [model.index(row, 2).data() for row in range(model.rowCount())]
    at = [each.part.name for each in parts].index(REST)
    assert whose.pop(at) == f"eigen tekst sinds {demo.clock.today():%d-%m-%Y}"
    assert set(whose) == {"van het programma"}


def test_a_translation_that_is_behind_says_so(
    section: LettersSection, demo: School, qtbot: QtBot
) -> None:
    _own(demo)
    _go_to(section)
    assert not section._behind.isVisible()
    section.language.setFocus()
    qtbot.keyClick(section.language, Key.Key_Down)
    assert section.table.current().language == "en"
    _go_to(section)
    assert section._behind.isVisible()


# — writing —


def test_a_text_is_written_by_keys_seen_stored_and_undone(
    section: LettersSection, window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    before = _part(demo)
    dialog = _opened(section, qtbot)
    assert dialog.example.view.pages() == 1 and not dialog.save_button.isEnabled()
    assert "is gevonden" in _texts(dialog)
    assert focused(qtbot) is dialog.text
    qtbot.keyClick(dialog.text, Key.Key_End, Modifier.ControlModifier)
    qtbot.keyClick(dialog.text, Key.Key_Return)
    qtbot.keyClicks(dialog.text, "Tot ziens")
    seen = _seen(dialog, qtbot)
    assert seen.pdf and seen.error is None and not seen.missing
    assert _part(demo) == before  # nothing is stored yet
    qtbot.keyClick(dialog.text, Key.Key_Return, Modifier.ControlModifier)
    _gone(LetterDialog, qtbot)
    after = _part(demo)
    assert after.is_own and after.body.endswith("</b>\nTot ziens\n")
    assert "eigen tekst" in section.table.model().index(1, 2).data()
    qtbot.waitUntil(lambda: not is_busy())
    focused(qtbot)
    qtbot.keyClick(window, Key.Key_Z, Modifier.ControlModifier)
    assert not _part(demo).is_own and _part(demo).body == before.body


def test_undo_gives_the_earlier_text_of_the_school_back(
    section: LettersSection, window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    own = _own(demo)
    dialog = _opened(section, qtbot)
    _replace(dialog, "## U kiest zelf", "## Het mag, het hoeft niet")
    dialog.save()
    _gone(LetterDialog, qtbot)
    assert "hoeft niet" in _part(demo).body
    focused(qtbot)
    qtbot.keyClick(window, Key.Key_Z, Modifier.ControlModifier)
    assert tidied(_part(demo).body) == own


def test_an_unknown_placeholder_is_told_with_its_line_and_the_cursor_goes_there(
    section: LettersSection, demo: School, qtbot: QtBot
) -> None:
    before = _part(demo)
    dialog = _opened(section, qtbot)
    _replace(dialog, "how_to_withdraw", "hoe")
    dialog.text.setPlainText("\n\n" + dialog.text.toPlainText())
    seen = _seen(dialog, qtbot)
    assert seen.error is not None and seen.error.key == "letter.placeholder"
    lines = dialog.text.toPlainText().split("\n")
    wrong = next(n for n, line in enumerate(lines) if "{{ hoe }}" in line)
    assert f"Regel {wrong + 1}: ‘hoe’" in _texts(dialog)
    assert dialog.example.view.pages() == 1  # the last one that could be made
    press_button(qtbot, dialog, f"Ga naar regel {wrong + 1}")
    assert dialog.text.textCursor().blockNumber() == wrong
    assert dialog.text.extraSelections()
    dialog.text.moveCursor(QTextCursor.MoveOperation.Start)
    qtbot.keyClick(dialog.text, Key.Key_Return, Modifier.ControlModifier)
    qtbot.waitUntil(lambda: dialog.text.textCursor().blockNumber() == wrong, timeout=20_000)
    assert not dialog.text.isReadOnly() and _part(demo) == before


def test_a_text_that_does_not_fit_says_what_to_do(
    section: LettersSection, demo: School, qtbot: QtBot
) -> None:
    dialog = _opened(section, qtbot)
    dialog.text.appendPlainText("\nEn nog veel meer uitleg." * 120)
    assert _seen(dialog, qtbot).error.key == "paper.letter_too_long"
    assert "Maak de tekst korter" in _texts(dialog)


def test_what_is_missing_is_told_with_the_article_and_asked_before_storing(
    section: LettersSection, demo: School, qtbot: QtBot
) -> None:
    dialog = _opened(section, qtbot)
    _replace(dialog, "{{ how_to_withdraw }}", "vraag het na")
    _seen(dialog, qtbot)
    assert "AVG art. 7 lid 3" in _texts(dialog)
    qtbot.keyClick(dialog.text, Key.Key_Return, Modifier.ControlModifier)
    box = _question(qtbot)
    assert "AVG art. 7 lid 3 en art. 13 lid 2 onder c" in box.text()
    qtbot.keyClick(box, Key.Key_Escape)
    qtbot.waitUntil(lambda: not dialog.text.isReadOnly())
    assert not _part(demo).is_own and dialog.isVisible()
    dialog.save()
    _answer(qtbot, _question(qtbot), "Toch opslaan")
    _gone(LetterDialog, qtbot)
    assert "vraag het na" in _part(demo).body


def test_a_placeholder_is_put_in_at_the_cursor_and_a_condition_around_what_is_chosen(
    section: LettersSection, qtbot: QtBot
) -> None:
    dialog = _opened(section, qtbot)
    dialog.text.moveCursor(QTextCursor.MoveOperation.End)
    dialog.values.setFocus()
    qtbot.keyClick(dialog.values, Key.Key_Down)
    qtbot.keyClick(dialog.values, Key.Key_Return)
    assert dialog.text.toPlainText().endswith("</b>{{ group }}")
    assert dialog.text.hasFocus()
    for _ in range(len("{{ group }}")):
        qtbot.keyClick(dialog.text, Key.Key_Left, Modifier.ShiftModifier)
    dialog.conditions.itemDoubleClicked.emit(dialog.conditions.item(0))
    assert dialog.text.toPlainText().endswith("{% if images %}{{ group }}{% endif %}")
    assert _seen(dialog, qtbot).error is None


def test_the_preview_shows_the_case_that_is_ticked(section: LettersSection, qtbot: QtBot) -> None:
    dialog = _opened(section, qtbot)
    first = dialog.seen
    assert first is not None and dialog.conditions.case()["social_media"]
    dialog.conditions.setCurrentRow(list(dialog.conditions.case()).index("social_media"))
    qtbot.keyClick(dialog.conditions, Key.Key_Space)
    assert not dialog.conditions.case()["social_media"]
    qtbot.waitUntil(lambda: dialog.seen is not first, timeout=20_000)
    assert dialog.seen is not None and dialog.seen.pdf != first.pdf
    assert not dialog.is_filled_in()  # a tick is no loss


def test_unsaved_text_is_asked_about(section: LettersSection, demo: School, qtbot: QtBot) -> None:
    dialog = _opened(section, qtbot)
    qtbot.keyClicks(dialog.text, "Nieuw ")
    qtbot.keyClick(dialog, Key.Key_Escape)
    box = _question(qtbot)
    qtbot.keyClick(box, Key.Key_Escape)
    assert dialog.isVisible()
    qtbot.keyClick(dialog, Key.Key_Escape)
    _answer(qtbot, _question(qtbot), "Niet opslaan")
    _gone(LetterDialog, qtbot)
    assert not _part(demo).is_own


def test_what_was_not_changed_closes_at_once(section: LettersSection, qtbot: QtBot) -> None:
    dialog = _opened(section, qtbot)
    qtbot.keyClick(dialog, Key.Key_Escape)
    _gone(LetterDialog, qtbot)


# — earlier texts —


def test_an_earlier_text_is_put_back_and_says_who_made_it(
    section: LettersSection, demo: School, qtbot: QtBot
) -> None:
    own = _own(demo)
    change_letter(demo, REST, "nl", own.replace("U kiest zelf", "Het mag"))
    _go_to(section)
    press_button(qtbot, section, "Eerdere teksten…")
    dialog = modal(qtbot)
    assert isinstance(dialog, LetterHistoryDialog)
    model = dialog.table.model()
    shown = [[model.index(r, c).data() for c in range(3)] for r in range(model.rowCount())]
    day = f"{demo.clock.today():%d-%m-%Y}"
    assert shown == [
        ["Eigen tekst 2", day, demo.who.name],
        ["Eigen tekst 1", day, demo.who.name],
        ["Tekst van het programma", "het begin", "–"],
    ]
    assert not dialog.back.isEnabled()  # this one is printed already
    dialog.table.setFocus()
    qtbot.keyClick(dialog.table, Key.Key_Down)
    press_button(qtbot, dialog, "Deze tekst terugzetten")
    _gone(LetterHistoryDialog, qtbot)
    assert tidied(_part(demo).body) == own
    assert len(history(demo, REST, "nl")) == 4  # nothing is lost


def test_the_text_of_the_program_comes_back_and_undo_takes_it_away(
    section: LettersSection, window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    own = _own(demo)
    _go_to(section)
    press_button(qtbot, section, "Weer de tekst van het programma")
    assert not _part(demo).is_own
    qtbot.keyClick(window, Key.Key_Z, Modifier.ControlModifier)
    assert tidied(_part(demo).body) == own
