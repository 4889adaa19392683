"""Writing a letter by keys: values and conditions stay whole, and nothing typed becomes a code."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QAccessible, QGuiApplication, QInputMethodEvent, QTextCursor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from schoolprivacy.letters.pieces import Field, Mark, Turn, Words
from schoolprivacy.letters.reading import read_pieces
from schoolprivacy.letters.terms import letter_of
from ui.letter_text import LetterText

Key, Modifier, Move = Qt.Key, Qt.KeyboardModifier, QTextCursor.MoveOperation
CTRL, SHIFT, NONE = Modifier.ControlModifier, Modifier.ShiftModifier, Modifier.NoModifier
CHILD, GROUP = "«naam van de leerling»", "«groep van de leerling»"
WHEN = "[Alleen als: het formulier vraagt naar foto's en video's]"
Opens = Callable[..., LetterText]


@pytest.fixture
def opens(qtbot: QtBot) -> Opens:
    def made(body: str, letter: str = "consent_request") -> LetterText:
        text = LetterText(letter_of(letter), read_pieces(body, letter_of(letter)))
        qtbot.addWidget(text)
        text.resize(500, 300)
        with qtbot.waitActive(text):
            text.show()
        text.setFocus()
        return text

    return made


def press(text: LetterText, *keys: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
    from PySide6.QtTest import QTest

    for key in keys:
        QTest.keyClick(text, key, held)


def put_at(text: LetterText, what: str, *, after: bool = False) -> None:
    found = text.document().find(what)
    assert not found.isNull()
    cursor = text.textCursor()
    cursor.setPosition(found.selectionEnd() if after else found.selectionStart())
    text.setTextCursor(cursor)


def select(text: LetterText, first: str, last: str) -> None:
    start = text.document().find(first).selectionStart()
    end = text.document().find(last).selectionEnd()
    cursor = text.textCursor()
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    text.setTextCursor(cursor)


def body(text: LetterText) -> str:
    return text.written().body


def test_the_arrows_step_over_a_token_at_once(opens: Opens) -> None:
    text = opens("Beste {{ child }}, dag")
    press(text, *[Key.Key_Right] * 7)
    assert text.textCursor().position() == len(f"Beste {CHILD}")
    press(text, Key.Key_Left)
    assert text.textCursor().position() == len("Beste ")
    press(text, Key.Key_Right, held=SHIFT)
    assert text.chosen() == (Field("child"),)
    press(text, Key.Key_Left, held=SHIFT)
    assert not text.textCursor().hasSelection()


@pytest.mark.parametrize(("key", "after"), [(Key.Key_Backspace, True), (Key.Key_Delete, False)])
@pytest.mark.parametrize("held", [NONE, CTRL])
def test_a_token_goes_as_one_and_undo_brings_it_back(
    opens: Opens, key: Qt.Key, after: bool, held: Qt.KeyboardModifier
) -> None:
    text = opens("Beste {{ child }}{{ child }}, dag")
    put_at(text, CHILD, after=after)
    press(text, key, held=held)
    assert body(text) == "Beste {{ child }}, dag"
    press(text, Key.Key_Z, held=CTRL)
    assert body(text) == "Beste {{ child }}{{ child }}, dag"
    press(text, Key.Key_Z, held=CTRL | SHIFT)
    assert body(text) == "Beste {{ child }}, dag"


def test_what_is_typed_beside_a_token_is_no_part_of_it(opens: Opens, qtbot: QtBot) -> None:
    text = opens("{{ child }}\n{{ group }}")
    qtbot.keyClicks(text, "voor ")
    put_at(text, CHILD, after=True)
    qtbot.keyClicks(text, " na")
    put_at(text, GROUP)
    qtbot.keyClicks(text, "en ")
    assert body(text) == "voor {{ child }} na\nen {{ group }}"


@pytest.mark.parametrize("key", [Key.Key_Left, Key.Key_Up, Key.Key_Home])
def test_a_key_that_moves_nothing_leaves_what_is_typed_outside_of_a_token(
    opens: Opens, qtbot: QtBot, key: Qt.Key
) -> None:
    text = opens("{{ child }}")
    press(text, key)
    qtbot.keyClicks(text, "a")
    assert body(text) == "a{{ child }}"


def test_words_are_taken_away_as_everywhere(opens: Opens) -> None:
    text = opens("een twee drie")
    press(text, Key.Key_End)
    press(text, Key.Key_Backspace)
    press(text, Key.Key_Backspace, held=CTRL)
    assert body(text) == "een twee"
    press(text, Key.Key_Home)
    press(text, Key.Key_Delete, held=CTRL)
    assert body(text) == "twee"


@pytest.mark.parametrize("what", [WHEN, "[Einde]"])
def test_with_one_end_of_a_condition_the_other_goes_and_the_words_stay(
    opens: Opens, what: str
) -> None:
    b = "b {% if contact %}c{% endif %}.<br/>"
    start = f"a\n\n{{% if images %}}\n{b}\n{{% else %}}\nd<br/>\n{{% endif %}}\ne"
    text = opens(start)
    put_at(text, WHEN)
    if what == "[Einde]":
        text.moveCursor(Move.End)
        press(text, *[Key.Key_Left] * 2)  # before the line end
        press(text, Key.Key_Backspace)
    else:
        press(text, Key.Key_Delete)
    assert body(text) == "a\n\nb {% if contact %}c{% endif %}.<br/>\nd<br/>\ne"
    press(text, Key.Key_Z, held=CTRL)
    assert body(text) == start


def test_a_selection_over_one_end_of_a_condition_leaves_no_half_one(
    opens: Opens, qtbot: QtBot
) -> None:
    start = "a {% if images %}b q{% endif %} z"
    text = opens(start)
    select(text, WHEN, "b")
    qtbot.keyClicks(text, "x")
    assert body(text) == "a x q z"
    press(text, Key.Key_Z, held=CTRL)
    assert body(text) == start
    select(text, "q", "z")
    press(text, Key.Key_X, held=CTRL)
    assert body(text) == "a b"


def test_a_condition_comes_around_whole_lines_on_lines_of_its_own(opens: Opens) -> None:
    text = opens("a\n\nb\n\nc")
    select(text, "b", "b")
    text.put_condition("not images")
    assert text.toPlainText().split("\n") == [
        "a", "", WHEN.replace("als:", "als niet:"), "b", "[Einde]", "", "c",
    ]  # fmt: skip
    assert body(text) == "a\n\n{% if not images %}\nb\n{% endif %}\n\nc"
    press(text, Key.Key_Z, held=CTRL)
    assert body(text) == "a\n\nb\n\nc"


def test_a_condition_around_a_line_of_a_paragraph_leaves_the_lines_apart(opens: Opens) -> None:
    text = opens("a<br/>\nb<br/>\nc")
    select(text, "b", "b")
    text.put_condition("images")
    assert body(text) == "a<br/>\n{% if images %}\nb<br/>\n{% endif %}\nc"


def test_a_condition_leaves_the_line_ends_around_what_is_chosen(opens: Opens) -> None:
    text = opens("a\n\nb\n\nc")
    put_at(text, "b")
    press(text, Key.Key_Down, held=SHIFT)
    assert text.chosen() == (Words("b\n"),)
    text.put_condition("images")
    assert body(text) == "a\n\n{% if images %}\nb\n{% endif %}\n\nc"


def test_a_condition_that_is_chosen_is_changed(opens: Opens) -> None:
    text = opens("a {% if images %}b{% endif %}")
    put_at(text, WHEN)
    press(text, Key.Key_Right, held=SHIFT)
    text.put_condition("contact")
    assert body(text) == "a {% if contact %}b{% endif %}"


def test_otherwise_is_put_within_a_condition_only(opens: Opens) -> None:
    text = opens("a {% if images %}b{% endif %}")
    assert not text.may_put_otherwise()
    text.put_otherwise()
    put_at(text, "b", after=True)
    text.put_otherwise()
    assert body(text) == "a {% if images %}b{% else %}{% endif %}"
    assert not text.may_put_otherwise()


def test_otherwise_takes_nothing_away_that_is_selected(opens: Opens) -> None:
    text = opens("{% if images %}b{% if contact %}c{% endif %}{% endif %}")
    select(text, "b", "c")
    text.put_otherwise()
    assert body(text) == "{% if images %}{% else %}b{% if contact %}c{% endif %}{% endif %}"


def test_bold_is_turned_on_and_off_by_keys(opens: Opens, qtbot: QtBot) -> None:
    text = opens("een {{ child }} twee")
    select(text, "een", CHILD)
    press(text, Key.Key_B, held=CTRL)
    assert body(text) == "<b>een {{ child }}</b> twee"
    press(text, Key.Key_B, held=CTRL)
    assert body(text) == "een {{ child }} twee"
    text.moveCursor(Move.End)
    press(text, Key.Key_B, held=CTRL)
    qtbot.keyClicks(text, " vet")
    assert body(text) == "een {{ child }} twee<b> vet</b>"


def test_codes_that_are_typed_print_as_they_are(opens: Opens, qtbot: QtBot) -> None:
    text = opens("a")
    qtbot.keyClicks(text, "{{ child }} <b> ")
    assert body(text) == '{{ "{{" }} child }} &lt;b> a'
    assert [each.line for each in text.literals()] == [1]


def test_shift_enter_begins_a_line_as_enter_does(opens: Opens, qtbot: QtBot) -> None:
    text = opens("ab")
    press(text, Key.Key_Right)
    press(text, Key.Key_Return, held=SHIFT)
    assert text.document().blockCount() == 2
    assert body(text) == "a<br/>\nb"


# — copying —


def test_a_token_is_copied_as_one_here_and_by_its_name_elsewhere(opens: Opens) -> None:
    text = opens("Beste {{ child }}, {% if images %}<b>x</b>{% endif %}")
    text.selectAll()
    press(text, Key.Key_C, held=CTRL)
    assert QGuiApplication.clipboard().text() == f"Beste {CHILD}, {WHEN}x[Einde]"
    other = opens("")
    press(other, Key.Key_V, held=CTRL)
    assert body(other) == body(text)


def test_half_a_condition_is_not_pasted(opens: Opens) -> None:
    text = opens("a{% if images %}b{% endif %}c")
    select(text, "b", "c")
    press(text, Key.Key_C, held=CTRL)
    text.moveCursor(Move.End)
    press(text, Key.Key_V, held=CTRL)
    assert body(text) == "a{% if images %}b{% endif %}cbc"


def test_a_name_from_elsewhere_becomes_a_token_when_the_letter_has_it(opens: Opens) -> None:
    text = opens("")
    given = QMimeData()
    given.setText(f"Beste {CHILD}, «Bonjour»\r\n{{{{ child }}}}")
    given.setHtml("<h1>Beste</h1>")
    text.insertFromMimeData(given)
    assert text.pieces()[:3] == (Words("Beste "), Field("child"), Words(", «Bonjour»\n{{ child }}"))


def test_a_token_of_another_letter_is_pasted_by_its_name(opens: Opens) -> None:
    text = opens("{{ party }} van {{ child }}", "sharing_request")
    text.selectAll()
    press(text, Key.Key_C, held=CTRL)
    other = opens("")
    press(other, Key.Key_V, held=CTRL)
    assert other.pieces() == (Words("«wie de gegevens krijgt» van "), Field("child"))
    (told,) = other.literals()
    assert "Deze brief heeft dat veld niet" in str(told)


def test_what_was_copied_stays_when_other_text_is_selected_by_mouse(opens: Opens) -> None:
    """Some desktops ask for what is selected at once, to paste it with the middle button."""
    text = opens("{% if images %}b{% endif %}c")
    text.selectAll()
    press(text, Key.Key_C, held=CTRL)
    select(text, "c", "c")
    text.createMimeDataFromSelection()
    press(text, Key.Key_V, held=CTRL)
    assert body(text) == "{% if images %}b{% endif %}{% if images %}b{% endif %}c"


# — other ways in —


def test_a_letter_with_an_accent_takes_the_place_of_a_token(opens: Opens) -> None:
    text = opens("Beste {{ child }}")
    put_at(text, CHILD)
    press(text, Key.Key_Right, held=SHIFT)
    event = QInputMethodEvent()
    event.setCommitString("é")
    QApplication.sendEvent(text, event)
    assert body(text) == "Beste é"


def test_a_click_within_a_token_chooses_all_of_it(opens: Opens, qtbot: QtBot) -> None:
    text = opens("Beste {{ child }}, dag")
    cursor = text.textCursor()
    cursor.setPosition(len("Beste «naam"))
    where = text.cursorRect(cursor).center() + QPoint(1, 0)
    qtbot.mouseClick(text.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert text.chosen() == (Field("child"),)


def test_a_token_that_is_damaged_is_words(opens: Opens) -> None:
    """No way in by keys does so; whatever does, what is printed is what is seen."""
    text = opens("{{ child }}")
    cursor = text.textCursor()
    cursor.setPosition(3)
    cursor.insertText("x")
    assert text.pieces() == (Words("«nax" + CHILD[3:]),)


def test_who_only_reads_changes_nothing(opens: Opens, qtbot: QtBot) -> None:
    text = opens("a {{ child }}")
    text.setReadOnly(True)
    qtbot.keyClicks(text, "x")
    press(text, Key.Key_Delete, Key.Key_Return)
    text.put_field("group")
    text.put_condition("images")
    assert body(text) == "a {{ child }}"


def test_a_screen_reader_reads_the_dutch_name(opens: Opens) -> None:
    text = opens("Beste {{ child }}")
    found = QAccessible.queryAccessibleInterface(text)
    assert found is not None and found.text(QAccessible.Text.Value) == f"Beste {CHILD}"
    assert found.text(QAccessible.Text.Name) == "Tekst"


def test_tab_leaves_the_text(opens: Opens) -> None:
    text = opens("a")
    press(text, Key.Key_Tab)
    assert body(text) == "a"


def test_a_mark_that_stands_alone_is_read_as_one(opens: Opens) -> None:
    text = opens("{% if images %}\na\n{% endif %}")
    first = text.pieces()[0]
    assert isinstance(first, Mark) and first.turn is Turn.WHEN
