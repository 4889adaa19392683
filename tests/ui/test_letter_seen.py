"""Whatever somebody does in the text of a letter, paper says what is seen."""

from __future__ import annotations

import re
from collections.abc import Callable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QInputMethodEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from schoolprivacy.letters.checking import check_body
from schoolprivacy.letters.pieces import Field, Mark, Piece, Turn, Words, shown
from schoolprivacy.letters.reading import read_pieces
from schoolprivacy.letters.terms import letter_of
from schoolprivacy.paper.letter_text import text_of_body
from tests.letters.test_letter_pieces import VALUES, on_paper, printed, tidy
from ui.letter_text import LetterText

REQUEST = letter_of("consent_request")
Key, Modifier = Qt.Key, Qt.KeyboardModifier
_ASKS = ["images", "contact", "group"]
_TOKENS: dict[str, Piece] = {
    shown(each, REQUEST): each
    for each in [
        *(Field(name) for name in ("child", "group", "questions")),
        *(Mark(Turn.WHEN, f"{no}{asks}") for asks in _ASKS for no in ("", "not ")),
        Mark(Turn.OTHERWISE),
        Mark(Turn.END),
    ]
}
_SPLIT = re.compile("(" + "|".join(re.escape(said) for said in _TOKENS) + ")")
_STARTS = [
    "# Titel\n\nBeste {{ child }},\n\nmet <b>vet {{ group }}</b> en\ngroet",
    "a {% if images %}b {% if contact %}c{% else %}d{% endif %}{% endif %}e\n\n"
    "{% if not group %}\nf\n{% else %}\ng\n{% endif %}\nh",
    '## Kop\n\n{{ "x" if images else child }}{{ questions }}<br/>\n{{ group }} y\nz',
    "",
]
_KEYS = [Key.Key_Left, Key.Key_Right, Key.Key_Up, Key.Key_Down, Key.Key_Home, Key.Key_End]
_ERASE = [Key.Key_Backspace, Key.Key_Delete]
_HELD = [Modifier.NoModifier, Modifier.ShiftModifier, Modifier.ControlModifier]
_ELSEWHERE = ["x y", "een\r\ntwee\r\n\r\n", "# kop\n", "«naam van de leerling»!", "•\ta\t", " "]

Does = Callable[[LetterText], object]


def _placed(at: int, to: int) -> Does:
    def does(text: LetterText) -> None:
        room, cursor = text.document().characterCount(), text.textCursor()
        cursor.setPosition(at % room)
        cursor.setPosition(to % room, QTextCursor.MoveMode.KeepAnchor)
        text.setTextCursor(cursor)

    return does


def _pressed(key: Qt.Key, held: Qt.KeyboardModifier = Modifier.NoModifier) -> Does:
    return lambda text: QTest.keyClick(text, key, held)


def _committed(said: str) -> Does:
    def does(text: LetterText) -> None:
        event = QInputMethodEvent()
        event.setCommitString(said)
        QApplication.sendEvent(text, event)

    return does


def _pasted(said: str) -> Does:
    def does(text: LetterText) -> None:
        given_ = QMimeData()
        given_.setText(said)
        text.insertFromMimeData(given_)

    return does


_CTRL = Modifier.ControlModifier
_DOES: st.SearchStrategy[tuple[str, Does]] = st.one_of(
    st.tuples(st.integers(0, 400), st.integers(0, 400)).map(
        lambda at: (f"select {at}", _placed(*at))
    ),
    st.integers(0, 400).map(lambda at: (f"place {at}", _placed(at, at))),
    st.tuples(st.sampled_from(_KEYS + _ERASE), st.sampled_from(_HELD)).map(
        lambda keys: (f"{keys}", _pressed(*keys))
    ),
    st.sampled_from(["a", "b ", " ", "#", "# ", "{", "<", "x y"]).map(
        lambda said: (f"type {said}", lambda text: QTest.keyClicks(text, said))
    ),
    st.just(("Enter", _pressed(Key.Key_Return))),
    st.sampled_from([Key.Key_C, Key.Key_X, Key.Key_V, Key.Key_B, Key.Key_Z, Key.Key_Y]).map(
        lambda key: (f"Ctrl {key}", _pressed(key, _CTRL))
    ),
    st.sampled_from(_ELSEWHERE).map(lambda said: (f"paste {said!r}", _pasted(said))),
    st.just(("input é", _committed("é"))),
    st.sampled_from(["child", "group"]).map(
        lambda name: (f"field {name}", lambda text: text.put_field(name))
    ),
    st.sampled_from(["images", "not contact"]).map(
        lambda asks: (f"condition {asks}", lambda text: text.put_condition(asks))
    ),
    st.just(("otherwise", lambda text: text.put_otherwise())),
)


def as_seen(text: LetterText) -> list[Piece]:
    """What stands there, by nothing but what is read."""
    words = text.toPlainText()
    return [_TOKENS.get(part) or Words(part) for part in _SPLIT.split(words) if part]


@settings(deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.sampled_from(_STARTS),
    st.lists(_DOES, max_size=14),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)
def test_paper_says_what_is_seen(
    qapp: QApplication,
    start: str,
    does: list[tuple[str, Does]],
    images: bool,
    contact: bool,
    has_group: bool,
) -> None:
    QApplication.clipboard().clear()
    text = LetterText(REQUEST, read_pieces(start, REQUEST))
    begun, first = text.toPlainText(), text.written()
    for _, each in does:
        each(text)
    body = tidy(text.written().body)
    if body.strip():
        check_body(body, REQUEST)
    values = VALUES | {"images": images, "contact": contact}
    values |= {} if has_group else {"group": ""}
    assert on_paper(text_of_body(body, **values)) == printed(as_seen(text), values)
    seen = text.toPlainText()
    steps = 0
    while text.document().isUndoAvailable():
        text.undo()
        steps += 1
    assert (text.toPlainText(), text.written()) == (begun, first)
    for _ in range(steps):
        text.redo()
    assert (text.toPlainText(), tidy(text.written().body)) == (seen, body)
