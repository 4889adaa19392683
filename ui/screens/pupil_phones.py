"""Several telephone numbers, most wanted first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from schoolprivacy.contact import read_phone, show_phone
from ui.fields import text_field
from ui.theme import px
from ui.words import tr

_LINES = 3  # an imported guardian may have more; there is always an empty one


class PhonesField(QWidget):
    """A line for each number; one that was left is written the Dutch way."""

    textChanged = Signal()
    left = Signal()

    def __init__(self, numbers: Sequence[str]) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(4))
        empty = max(1, _LINES - len(numbers))
        self.lines = [_line(place, each) for place, each in enumerate([*numbers, *[""] * empty])]
        for line in self.lines:
            line.textChanged.connect(self.textChanged)
            line.editingFinished.connect(self._tidy)
            layout.addWidget(line)
        self.setFocusProxy(self.lines[0])

    def numbers(self) -> tuple[str, ...]:
        """As typed, without the empty ones."""
        return tuple(filter(None, (each.text().strip() for each in self.lines)))

    def _tidy(self) -> None:
        for line in self.lines:
            number = read_phone(line.text())
            if number and show_phone(number) != line.text():
                line.setText(show_phone(number))
        self.left.emit()


def _line(place: int, number: str) -> QLineEdit:
    made = text_field(show_phone(number) if number else "", longest=40)
    made.setAccessibleName(tr("Telefoon {n}").format(n=place + 1))
    return made
