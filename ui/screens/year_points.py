"""Sentences that say what something means, each with a sign before it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui import theme
from ui.fields import emptied, label
from ui.theme import px


class Points(QWidget):
    """Sentences below one another."""

    def __init__(self) -> None:
        super().__init__()
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(px(6))

    def show_lines(self, lines: Sequence[str]) -> None:
        """Show these sentences."""
        emptied(self._lines)
        for each in lines:
            self._lines.addWidget(_line(each))


def _line(text: str) -> QWidget:
    made, sign = QWidget(), QLabel()
    sign.setPixmap(theme.pixmap("info", "accent"))
    layout = QHBoxLayout(made)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(px(10))
    layout.addWidget(sign, alignment=Qt.AlignmentFlag.AlignTop)
    layout.addWidget(label(text, wrap=True), 1)
    return made
