"""A hand scanner types like a keyboard: this hears a form number in the keys, on every screen."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QKeyEvent, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from schoolprivacy.consents.form_code import FULL_LENGTH, read_form_code
from schoolprivacy.errors import KnownError

_PAUSE = 45  # milliseconds between keys; a scanner is faster, a person rarely is
_ENDS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)


class Scanner(QObject):
    """Holds back keys that come faster than a person types, until it is clear what they are.

    A form number (they begin with a digit) goes to ``scanned`` and nowhere else; anything else goes
    on to where it was typed, in order. Only the first key passes at once: a field gets its text
    back when a number follows.
    """

    scanned = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._first = ""
        self._field: tuple[QLineEdit, str, int] | None = None
        self._held: list[QKeyEvent] = []
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._let_keys_pass)
        self._replaying = False
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.isAutoRepeat() or self._replaying:
            return False
        if not self._window.isActiveWindow() or watched is not QApplication.focusWidget():
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            if self._first and event.key() != Qt.Key.Key_Shift and not _may_go_on(event):
                self._settle()  # a shortcut follows: what was typed before it goes first
            return False
        if event.type() != QEvent.Type.KeyPress:
            return False
        if self._first:
            return self._goes_on(watched, event)
        if event.text().isdigit() and not event.modifiers():
            self._begin(event)
        return False

    def _begin(self, event: QKeyEvent) -> None:
        self._first = event.text()
        field = QApplication.focusWidget()
        self._field = None
        if isinstance(field, QLineEdit):
            self._field = (field, field.text(), field.cursorPosition())
        self._pause.start()

    def _goes_on(self, watched: QObject, event: QKeyEvent) -> bool:
        """The next key came quickly: keep it until it is clear what this is."""
        if event.key() == Qt.Key.Key_Shift:  # a scanner presses it for capitals
            return False
        if _may_go_on(event) and event.key() not in _ENDS:
            self._held.append(QKeyEvent(event.clone()))
            self._pause.start()
            return True
        if self._settle() and event.key() in _ENDS:
            return True
        now = QApplication.focusWidget()
        if now is None or now is watched:
            return False
        self._replay(now, event)  # the keys before it moved the keyboard elsewhere
        return True

    def _let_keys_pass(self) -> None:
        """Settle after the keys that came in time and wait their turn.

        A key that a screen is slow with may keep the next ones waiting for longer than the pause.
        """
        QTimer.singleShot(0, self, self._settle_unless_more)

    def _settle_unless_more(self) -> None:
        if not self._pause.isActive():
            self._settle()

    def _settle(self) -> bool:
        """Tell a form number, or let the keys go on; True when it was one."""
        self._pause.stop()
        typed = self._first + "".join(each.text() for each in self._held)
        held, field = self._held, self._field
        self._first, self._held, self._field = "", [], None
        if len(typed) == FULL_LENGTH and _is_number(typed):
            if field:
                place, text, cursor = field
                place.setText(text)
                place.setCursorPosition(cursor)
            self.scanned.emit(typed)
            return True
        for each in held:
            now = QApplication.focusWidget()
            if now is not None:
                self._replay(now, each)
        return False

    def _replay(self, to: QWidget, event: QKeyEvent) -> None:
        self._replaying = True
        try:
            QApplication.sendEvent(to, QKeyEvent(event.clone()))
        finally:
            self._replaying = False


def _may_go_on(event: QKeyEvent) -> bool:
    """Whether this key can be part of a form number, or its end."""
    other = event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
    plain = not other or other == Qt.KeyboardModifier.KeypadModifier
    return plain and (event.text().isalnum() or event.key() in _ENDS)


def _is_number(text: str) -> bool:
    try:
        return read_form_code(text).is_full
    except KnownError:
        return False
