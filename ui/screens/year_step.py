"""What the steps of the yearly round have in common."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from schoolprivacy.consents.rounds.terms import Round, Step
from ui.desk import Desk
from ui.theme import px
from ui.words import tr


class YearStep(QWidget):
    """One step of the round; it can be opened at any time and done again.

    A subclass fills ``content`` and reads the school in ``show_round``. What it does is stored at
    once: leaving it loses nothing.

    :signal finished: the user is done with it
    """

    finished = Signal()

    def __init__(self, desk: Desk, step: Step, title: str, explanation: str) -> None:
        super().__init__()
        self.desk, self.step = desk, step
        self.title, self.explanation = title, explanation
        self.next_text = tr("&Klaar, volgende stap")
        self.setAccessibleName(title)
        self.content = QVBoxLayout(self)
        self.content.setContentsMargins(px(24), px(16), px(24), px(16))
        self.content.setSpacing(px(14))

    def show_round(self, round_: Round) -> None:
        """Read the school and show it; comes each time the step is opened or something changed."""

    def proceed(self) -> None:
        """The user goes on: check, store what is not stored yet, and emit ``finished``."""
        self.finished.emit()

    def unsaved(self) -> str:
        """What would be lost by leaving, in a sentence; "" when nothing would."""
        return ""

    def discard(self) -> None:
        """Throw away what was not stored."""

    def draft(self) -> Any:
        """What was typed and not stored, to wait behind the lock; None when nothing was."""
        return None

    def show_draft(self, draft: Any) -> None:
        """Show what ``draft`` gave, in a step that was made anew."""

    def focus_first(self) -> None:
        """Put the keyboard where one begins."""
        self.focusNextChild()
