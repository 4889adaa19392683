"""A dialogue that does one thing about one cell of the board."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtWidgets import QVBoxLayout, QWidget

from schoolprivacy.consents.actions import undo_decision
from ui import messages
from ui.desk import Desk
from ui.dialog import Dialog
from ui.fields import Fields, button, label, row, scrolled
from ui.matrix import Cell
from ui.theme import px
from ui.words import tr

_WIDTH = 560
_ROOM = 130  # pixels at zoom 1: the buttons, and problems told at the fields


class CellForm(Dialog):
    """Fields about one cell, and a button that records them; Ctrl+Enter does too.

    A subclass fills ``self.body`` and ``self.fields``, says what is wrong in ``problems``, and
    does it in ``act``.
    """

    def __init__(self, desk: Desk, cell: Cell, title: str, does: str, parent: QWidget) -> None:
        super().__init__(parent, title)
        self.desk, self.cell, self._over = desk, cell, parent
        self.pupil_id = cell.pupil.pupil.id
        self.fields = Fields(2)
        self._inside = QWidget()
        self.body = QVBoxLayout(self._inside)
        self.body.setContentsMargins(0, 0, px(6), 0)
        self.body.setSpacing(px(12))
        self.body.addWidget(label(title, "heading", wrap=True))
        self.body.addWidget(label(cell.spoken, "muted", wrap=True))
        self.primary = self.confirm = button(does, self._confirm, kind="primary")

    def open(self) -> None:
        """Show it: as high as its content asks, and never larger than the window.

        Only now is it put together, so that Tab goes through the fields first.
        """
        self.body.addStretch(1)
        cancel = button(tr("&Annuleren"), self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(20), px(18), px(20), px(16))
        layout.setSpacing(px(12))
        layout.addWidget(scrolled(self._inside), 1)
        layout.addWidget(row(None, cancel, self.confirm))
        self._fit()
        super().open()

    def _fit(self) -> None:
        window = self._over.window().size()
        width = min(px(_WIDTH), window.width() - px(20))
        height = self.body.heightForWidth(width - px(60)) + px(_ROOM)
        self.resize(width, min(max(height, px(280)), window.height() - px(20)))

    def problems(self) -> dict[str, str]:
        """What is wrong, by field; {} when all is well."""
        raise NotImplementedError

    def act(self) -> None:
        """Do it, and say so."""
        raise NotImplementedError

    def _confirm(self) -> None:
        problems = self.problems()
        self.fields.show_problems(problems)
        if not problems:
            with messages.told(self):
                self.act()
                self.accept()

    def say_done(self, text: str, recorded: Collection[str]) -> None:
        """Tell what was recorded, with the way back.

        :param recorded: identifiers of the decisions
        """
        desk = self.desk

        def undo() -> None:
            for each in recorded:
                undo_decision(desk.school, each)
            desk.tell_change()

        desk.tell_change()
        desk.say(text, undo)
