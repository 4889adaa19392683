"""A dialogue of the settings: something to fill in, a button that does it, Escape."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.dialog import Dialog
from ui.fields import button, label, row, scrolled
from ui.theme import px
from ui.words import tr


class SettingsDialog(Dialog):
    """A subclass fills ``body`` and does its work in ``confirm``; Enter and Ctrl+Enter confirm.

    :param does: what the button says; without it there is only one that closes
    """

    def __init__(
        self, owner: QWidget, title: str, does: str = "", *, width: int = 560, height: int = 520
    ) -> None:
        super().__init__(owner, title)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(0, 0, px(10), 0)
        self.body.setSpacing(px(12))
        inside = QWidget()
        inside.setLayout(self.body)
        self.go = button(does, self.confirm, kind="primary", tip=tr("Ctrl+Enter"))
        if not does:
            self.go.hide()
        close = button(tr("Annuleren") if does else tr("Sluiten"), self.reject, tip=tr("Escape"))
        self.primary = self.go if does else close
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(22), px(18), px(12), px(16))
        layout.setSpacing(px(12))
        layout.addWidget(label(title, "heading", wrap=True))
        layout.addWidget(scrolled(inside), 1)
        layout.addWidget(row(None, close, self.go))
        room = owner.window().size()
        self.resize(min(px(width), room.width() - px(20)), min(px(height), room.height() - px(20)))

    def confirm(self) -> None:
        """Do what the button says."""
        self.accept()
