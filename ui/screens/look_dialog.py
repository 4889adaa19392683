"""A kept paper to look at, from memory only."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.dialog import Dialog
from ui.fields import button, label, row
from ui.screens.pupil_evidence_dialogs import view_of
from ui.theme import px
from ui.words import tr


class LookDialog(Dialog):
    """A kept paper, from memory."""

    def __init__(self, owner: QWidget, name: str, content: bytes) -> None:
        super().__init__(owner, name)
        self.view = view_of(tr("Bewijsstuk"), content)
        self.primary = button(tr("&Sluiten"), self.reject, kind="primary", tip=tr("Escape"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(20), px(18), px(20), px(16))
        layout.setSpacing(px(10))
        layout.addWidget(label(name, "heading", wrap=True))
        layout.addWidget(self.view, 1)
        layout.addWidget(row(None, self.primary))
        room = owner.window().size()
        self.resize(min(px(880), room.width() - px(20)), min(px(780), room.height() - px(20)))

    def open(self) -> None:
        super().open()
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)
