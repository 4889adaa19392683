"""The field for the key from the safe."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from schoolprivacy.errors import KnownError
from ui.fields import label
from ui.theme import px
from ui.words import tr

GROUPS = 8
_DIGITS = 6
_IN_A_ROW = 4


class PaperKeyEntry(QWidget):
    """Eight groups of six digits, typed on from one to the next; wrong groups are marked."""

    submitted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._groups = [_Group(place) for place in range(GROUPS)]
        self._problem = label("", "problem", wrap=True)
        self._problem.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(8))
        grid = QGridLayout()
        grid.setSpacing(px(10))
        layout.addLayout(grid)
        for place, group in enumerate(self._groups):
            line, column = divmod(place, _IN_A_ROW)
            above = label(str(place + 1), "small")
            grid.addWidget(above, 2 * line, column)
            grid.addWidget(group, 2 * line + 1, column)
            group.overflowed.connect(lambda rest, at=place: self._go_on(at + 1, rest))
            group.emptied.connect(lambda at=place: self._go_back(at - 1))
            group.entered.connect(self._enter)
            group.textEdited.connect(lambda _: self.show_error(None))
        layout.addWidget(self._problem)
        self.setFocusProxy(self._groups[0])

    def secret(self) -> str:
        """What was typed, with dashes between the groups."""
        return "-".join(group.text() for group in self._groups)

    def is_complete(self) -> bool:
        return all(len(group.text()) == _DIGITS for group in self._groups)

    def show_error(self, error: KnownError | None) -> None:
        """Tell what is wrong and go to the first wrong group; None takes it away."""
        self._problem.setText(str(error) if error else "")
        self._problem.setVisible(error is not None)
        wrong = re.findall(r"\d+", str(error.values.get("groups", ""))) if error else []
        for place, group in enumerate(self._groups, 1):
            group.mark(wrong=str(place) in wrong)
        if error:
            at = int(wrong[0]) - 1 if wrong else 0
            self._groups[at].setFocus(Qt.FocusReason.OtherFocusReason)
            self._groups[at].selectAll()

    def _go_on(self, place: int, rest: str) -> None:
        """To the next group; a digit too many never replaces what stands there."""
        if place < GROUPS:
            group = self._groups[place]
            group.setFocus(Qt.FocusReason.OtherFocusReason)
            if len(rest) >= _DIGITS or (rest and not group.text()):
                group.take(rest)

    def _go_back(self, place: int) -> None:
        if place >= 0:
            self._groups[place].setFocus(Qt.FocusReason.OtherFocusReason)
            self._groups[place].end(False)

    def _enter(self) -> None:
        """Enter goes to the first group that is not whole, and then submits."""
        open_one = next((g for g in self._groups if len(g.text()) < _DIGITS), None)
        if open_one is None:
            self.submitted.emit()
        else:
            open_one.setFocus(Qt.FocusReason.OtherFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        for group in self._groups:
            group.setText("")
        self.show_error(None)
        super().hideEvent(event)


class _Group(QLineEdit):
    """Six digits; what is typed or pasted beyond them goes on to the next group."""

    overflowed = Signal(str)
    emptied = Signal()
    entered = Signal()

    def __init__(self, place: int) -> None:
        super().__init__()
        self.setAccessibleName(tr("Groep {n} van 8, zes cijfers").format(n=place + 1))
        self.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        self.setMinimumWidth(px(64))
        self.textEdited.connect(self.take)

    def take(self, typed: str) -> None:
        """Keep six digits and hand on the rest, however they were separated."""
        digits = re.sub(r"\D", "", typed)
        self.setText(digits[:_DIGITS])
        ended = len(digits) == _DIGITS or typed[-1:] in (" ", "-")
        if len(digits) > _DIGITS or (digits and ended):
            self.overflowed.emit(digits[_DIGITS:])

    def mark(self, *, wrong: bool) -> None:
        if self.property("wrong") is not wrong:
            self.setProperty("wrong", wrong)
            self.style().unpolish(self)
            self.style().polish(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Backspace and not self.text():
            self.emptied.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)
