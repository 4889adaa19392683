"""What all screens have in common: a head with title and buttons, and content below it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui import messages
from ui.desk import Desk, Place
from ui.fields import label
from ui.theme import px


class Screen(QWidget):
    """One page of the main window.

    A subclass fills ``self.content`` (a vertical layout), puts its buttons in the head with
    ``add_actions``, and reads the school in ``refresh``, which is called when it comes into view
    and when something changed while it is in view.
    """

    def __init__(self, desk: Desk, title: str, subtitle: str = "") -> None:
        super().__init__()
        self.desk = desk
        self.setAccessibleName(title)
        self._stale = True
        self._title = label(title, "title", wrap=True)
        self._subtitle = label(subtitle, "subtitle", wrap=True)
        if not subtitle:  # made visible without a parent it would be a window of its own
            self._subtitle.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(28), px(22), px(28), px(20))
        layout.setSpacing(px(14))
        self._head = QHBoxLayout()
        self._head.setSpacing(px(10))
        layout.addLayout(self._head)
        said = QVBoxLayout()
        said.setSpacing(px(2))
        self._head.addLayout(said, 1)
        said.addWidget(self._title)
        said.addWidget(self._subtitle)
        self.content = QVBoxLayout()
        self.content.setSpacing(px(14))
        layout.addLayout(self.content, 1)
        desk.changed.connect(self._note_change)

    def set_head(self, title: str, subtitle: str = "") -> None:
        """Change what stands above the screen."""
        self._title.setText(title)
        self._subtitle.setText(subtitle)
        self._subtitle.setVisible(bool(subtitle))

    def add_actions(self, *buttons: QWidget) -> None:
        """Put buttons at the right of the title."""
        for each in buttons:
            self._head.addWidget(each, alignment=Qt.AlignmentFlag.AlignVCenter)

    def refresh(self) -> None:
        """Read the school and show it."""

    def open_at(self, place: Place) -> None:
        """Show what somebody asked for; comes after ``refresh``."""

    def detail_to_reopen(self) -> Mapping[str, Any]:
        """What the screen must be told to show the same part, when it is made anew."""
        return {}

    def leave(self, then: Callable[[], None]) -> None:
        """Go on; first a question, when what was typed would be lost by it."""
        messages.leave(self, self, then)

    def unsaved(self) -> str:
        """What would be lost by leaving, in a sentence; "" when nothing would."""
        return ""

    def discard(self) -> None:
        """Throw away what was not recorded."""

    def focus_first(self) -> None:
        """Put the keyboard where one begins."""
        self.focusNextChild()

    def _note_change(self) -> None:
        self._stale = True
        if self.isVisible():
            self._refresh_if_stale()

    def _refresh_if_stale(self) -> None:
        if self._stale:
            self._stale = False
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        self._refresh_if_stale()
        super().showEvent(event)


def heading(text: str) -> QLabel:
    """A heading within a screen."""
    return label(text, "heading")
