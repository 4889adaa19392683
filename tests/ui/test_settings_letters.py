"""The texts of letters by keys: written, checked, kept, put back."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from schoolprivacy.letters.actions import LetterPart, change_letter, history, read_letters
from schoolprivacy.letters.pieces import Field
from schoolprivacy.school import School
from tests.ui.hands import focused, modal
from tests.ui.settings_kit import press_button, section_of
from ui.jobs import is_busy
from ui.letter_raw import RawText
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
        return dialog.seen is not None and dialog.seen.written == dialog.text.written()

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


def _select(dialog: LetterDialog, text: str) -> None:
    found = dialog.text.document().find(text)
    assert not found.isNull(), text
    dialog.text.setTextCursor(found)


def _replace(dialog: LetterDialog, qtbot: QtBot, old: str, new: str) -> None:
    _select(dialog, old)
    qtbot.keyClicks(dialog.text, new)


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
    assert after.is_own and after.body == f"{tidied(before.body)}<br/>\nTot ziens\n"
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
    _replace(dialog, qtbot, "U kiest zelf", "Het mag, het hoeft niet")
    dialog.save()
    _gone(LetterDialog, qtbot)
    assert "hoeft niet" in _part(demo).body
    focused(qtbot)
    qtbot.keyClick(window, Key.Key_Z, Modifier.ControlModifier)
    assert tidied(_part(demo).body) == own


def test_what_is_typed_in_braces_is_told_with_its_line_and_the_value_that_is_meant(
    section: LettersSection, demo: School, qtbot: QtBot
) -> None:
    dialog = _opened(section, qtbot)
    _replace(dialog, qtbot, "«hoe men toestemming intrekt»", "{how_to_withdraw}")
    seen = _seen(dialog, qtbot)
    assert seen.error is None  # it prints, but not what is meant
    line = dialog.text.textCursor().blockNumber() + 1
    assert line > 1
    assert (
        f"Regel {line}: ‘{{how_to_withdraw}}’ wordt letterlijk afgedrukt. Bedoelt u het veld "
        "‘hoe men toestemming intrekt’?"
    ) in _texts(dialog)
    assert "AVG art. 7 lid 3" in _texts(dialog)  # and so a required part is missing
    dialog.text.moveCursor(QTextCursor.MoveOperation.Start)
    press_button(qtbot, dialog, f"Ga naar regel {line}")
    assert dialog.text.textCursor().blockNumber() + 1 == line
    assert dialog.text.extraSelections()


def test_of_many_places_only_some_are_told_and_where_one_writes_stays_in_sight(
    section: LettersSection, qtbot: QtBot
) -> None:
    dialog = _opened(section, qtbot)
    qtbot.keyClick(dialog.text, Key.Key_End, Modifier.ControlModifier)
    qtbot.keyClicks(dialog.text, "{a} {b} {c} {d} {e}")
    _seen(dialog, qtbot)
    qtbot.waitUntil(lambda: "wordt letterlijk afgedrukt" in _texts(dialog))
    assert _texts(dialog).count("wordt letterlijk afgedrukt") == 3
    assert "Er zijn nog 2 plekken" in _texts(dialog)
    qtbot.waitUntil(
        lambda: dialog.text.viewport().rect().contains(dialog.text.cursorRect().center())
    )


def test_an_error_names_the_line_that_is_seen(
    section: LettersSection, demo: School, qtbot: QtBot
) -> None:
    before = _part(demo)
    dialog = _opened(section, qtbot)
    _select(dialog, "Wie tekent?")
    line = dialog.text.textCursor().blockNumber() + 1
    end = dialog.text.document().find("[Einde]")
    cursor = dialog.text.textCursor()
    cursor.setPosition(end.selectionStart())
    cursor.setPosition(end.selectionEnd(), QTextCursor.MoveMode.KeepAnchor)
    cursor.removeSelectedText()  # as no key does
    opens = dialog.text.document().find("[Alleen als").blockNumber() + 1
    qtbot.waitUntil(lambda: f"Regel {opens}: dit stuk van" in _texts(dialog), timeout=20_000)
    assert opens < line
    qtbot.keyClick(dialog.text, Key.Key_Return, Modifier.ControlModifier)
    qtbot.waitUntil(lambda: dialog.text.textCursor().blockNumber() + 1 == opens, timeout=20_000)
    assert not dialog.text.isReadOnly() and _part(demo) == before


def test_a_text_that_cannot_be_shown_without_codes_is_written_with_them(
    section: LettersSection, demo: School, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _part(demo)
    codes = before.body + "\n{% raw %}los{% endraw %} {{ group }}"
    change_letter(demo, REST, "nl", codes)
    dialog = _opened(section, qtbot)
    assert isinstance(dialog.text, RawText)
    assert dialog.text.toPlainText() == tidied(codes)
    line = codes.index("{% raw %}")
    assert f"Regel {codes.count(chr(10), 0, line) + 1}: hier staat een code" in _texts(dialog)
    dialog.text.moveCursor(QTextCursor.MoveOperation.End)
    dialog.putting.field_menu.actions()[0].trigger()
    dialog.putting.condition_menu.actions()[0].trigger()
    assert dialog.text.toPlainText().endswith("{{ child }}{% if images %}{% endif %}")
    assert _seen(dialog, qtbot).error is None
    _replace(dialog, qtbot, "{{ group }}", "{{ kind }}")
    assert _seen(dialog, qtbot).error.key == "letter.placeholder"
    press_button(qtbot, dialog, f"Ga naar regel {codes.count(chr(10), 0, line) + 1}")
    dialog.done(0)


def test_a_text_with_codes_of_a_school_is_opened_without_them_and_stays_the_same(
    section: LettersSection, demo: School, qtbot: QtBot
) -> None:
    body = _part(demo).body + "\n{{ 'Een' if images else 'Geen' }} &lt;foto&gt; van {{child}}"
    change_letter(demo, REST, "nl", body)
    dialog = _opened(section, qtbot)
    text = dialog.text.toPlainText()
    assert "[Alleen als: het formulier vraagt naar foto's en video's]Een[Anders]Geen[Einde]" in text
    assert text.endswith(" <foto> van «naam van de leerling»")
    assert not dialog.is_filled_in() and not dialog.save_button.isEnabled()
    dialog.text.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.keyClicks(dialog.text, "!")
    assert dialog.is_filled_in()
    qtbot.keyClick(dialog.text, Key.Key_Z, Modifier.ControlModifier)
    assert not dialog.is_filled_in()


def test_a_text_that_does_not_fit_says_what_to_do(
    section: LettersSection, demo: School, qtbot: QtBot
) -> None:
    dialog = _opened(section, qtbot)
    dialog.text.append("\nEn nog veel meer uitleg." * 120)
    assert _seen(dialog, qtbot).error.key == "paper.letter_too_long"
    assert "Maak de tekst korter" in _texts(dialog)


def test_a_sign_that_paper_does_not_have_is_told_with_its_line(
    section: LettersSection, qtbot: QtBot
) -> None:
    dialog = _opened(section, qtbot)
    _select(dialog, "Uw antwoord staat los")
    line = dialog.text.textCursor().blockNumber() + 1
    qtbot.keyClicks(dialog.text, "{naam} ")
    pasted = QMimeData()
    pasted.setText("\U0001f600 ")
    dialog.text.insertFromMimeData(pasted)
    _seen(dialog, qtbot)
    qtbot.waitUntil(lambda: "niet op papier" in _texts(dialog))
    assert f"Regel {line}: het teken \U0001f600 kan niet op papier." in _texts(dialog)
    assert f"Regel {line}: ‘{{naam}}’ wordt letterlijk afgedrukt." in _texts(dialog)
    dialog.save()
    qtbot.waitUntil(lambda: dialog.text.textCursor().blockNumber() == line - 1)
    assert dialog.isVisible()
    qtbot.waitUntil(lambda: not is_busy() and not dialog.text.isReadOnly())


def test_what_is_missing_is_told_with_the_article_and_asked_before_storing(
    section: LettersSection, demo: School, qtbot: QtBot
) -> None:
    dialog = _opened(section, qtbot)
    _replace(dialog, qtbot, "«hoe men toestemming intrekt»", "vraag het na")
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


def test_a_value_is_put_in_at_the_cursor_and_a_condition_around_what_is_chosen_by_keys(
    section: LettersSection, demo: School, qtbot: QtBot
) -> None:
    dialog = _opened(section, qtbot)
    dialog.text.moveCursor(QTextCursor.MoveOperation.End)
    dialog.putting.fields.setFocus()
    qtbot.keyClick(dialog.putting.fields, Key.Key_Return)
    menu = dialog.putting.field_menu
    assert [each.text() for each in menu.actions()][:2] == [
        "naam van de leerling",
        "groep van de leerling (soms leeg)",
    ]
    qtbot.keyClick(menu, Key.Key_Down)
    qtbot.keyClick(menu, Key.Key_Return)
    assert dialog.text.toPlainText().endswith("«groep van de leerling»")
    assert dialog.text.hasFocus()
    qtbot.keyClick(dialog.text, Key.Key_Left, Modifier.ShiftModifier)
    assert dialog.text.chosen() == (Field("group", bold=True),)  # as what stands before it
    dialog.putting.conditions.setFocus()
    qtbot.keyClick(dialog.putting.conditions, Key.Key_Space)
    qtbot.keyClick(dialog.putting.condition_menu, Key.Key_Return)
    assert dialog.text.toPlainText().endswith(
        "[Alleen als: het formulier vraagt naar foto's en video's]«groep van de leerling»[Einde]"
    )
    written = dialog.text.written().body
    assert written.endswith("</b>{% if images %}<b>{{ group }}</b>{% endif %}")
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
