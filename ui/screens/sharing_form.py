"""What the dialogues about a sharing have in common: fields, a button that does it, problems."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QVBoxLayout, QWidget

from schoolprivacy.errors import KnownError
from ui import messages
from ui.desk import Desk
from ui.dialog import Dialog
from ui.fields import Fields, button, label, row, scrolled
from ui.theme import px
from ui.words import tr

_ROOM = 140  # pixels at zoom 1: the buttons, and problems told at the fields


class SharingForm(Dialog):
    """Something to fill in; Enter in a field and Ctrl+Enter anywhere record it.

    A subclass fills ``body`` and ``fields``, says what is wrong in ``problems``, and does it in
    ``act``.
    """

    at: Mapping[str, str] = {}
    """The field at which a refusal is told, by its key; all others are told in a message."""

    def __init__(
        self, desk: Desk, owner: QWidget, title: str, does: str, *, width: int = 560
    ) -> None:
        super().__init__(owner, title)
        self.desk, self._over, self._width = desk, owner, width
        self.fields = Fields(2)
        self.inside = QWidget()
        self.body = QVBoxLayout(self.inside)
        self.body.setContentsMargins(0, 0, px(6), 0)
        self.body.setSpacing(px(12))
        self.body.addWidget(label(title, "heading", wrap=True))
        self.primary = self.confirm = button(
            does, self.try_act, kind="primary", tip=tr("Ctrl+Enter")
        )

    def open(self) -> None:
        """Show it; only now it is put together, so that Tab goes through the fields first."""
        self.body.addStretch(1)
        cancel = button(tr("&Annuleren"), self.reject, tip=tr("Escape"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(20), px(18), px(14), px(16))
        layout.setSpacing(px(12))
        layout.addWidget(scrolled(self.inside), 1)
        layout.addWidget(row(None, cancel, self.confirm))
        self._fit()
        super().open()

    def _fit(self) -> None:
        window = self._over.window().size()
        width = min(px(self._width), window.width() - px(20))
        height = max(
            self.body.heightForWidth(width - px(60)) + px(_ROOM),
            self.inside.sizeHint().height() + px(100),
        )
        self.resize(width, min(max(height, px(280)), window.height() - px(20)))

    def problems(self) -> dict[str, str]:
        """What is wrong, by field; {} when all is well."""
        raise NotImplementedError

    def act(self) -> None:
        """Do it, and say so.

        :raises KnownError: it was refused
        """
        raise NotImplementedError

    def show_problems(self, problems: dict[str, str]) -> None:
        """Tell what is wrong where it is."""
        self.fields.show_problems(problems)

    def try_act(self) -> None:
        """Do it and close, or tell what is wrong."""
        problems = self.problems()
        self.show_problems(problems)
        if problems:
            return
        try:
            self.act()
        except KnownError as error:
            if error.key in self.at:
                self.show_problems({self.at[error.key]: str(error)})
            else:
                messages.tell_error(self, error)
        else:
            self.accept()


def tell_done(desk: Desk, text: str, back: Callable[[], object]) -> None:
    """Tell what was done, with the way back, and let every screen read it again."""

    def undo() -> None:
        back()
        desk.tell_change()

    desk.tell_change()
    desk.say(text, undo)
