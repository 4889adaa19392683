"""What an import did, how to take it back, and what to do next."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.fields import button, card, label, notice, row
from ui.screen import heading
from ui.theme import px
from ui.words import tr


class DonePage(QWidget):
    """Comes after storing."""

    undo_wanted = Signal()
    forms_wanted = Signal()
    pupils_wanted = Signal()
    another_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(px(14))
        self.forms = button(
            tr("&Formulieren maken"), self.forms_wanted.emit, icon="printer", kind="primary"
        )
        self._next = card(
            heading(tr("Wat nu?")),
            label(tr("Maak de toestemmingsformulieren voor wie er nog geen heeft."), wrap=True),
            row(
                self.forms,
                button(tr("Naar de &leerlingen"), self.pupils_wanted.emit, icon="users"),
                None,
            ),
            label(
                tr("Gooi het bestand weg dat u net hebt ingelezen, ook uit de prullenbak."),
                "muted",
                wrap=True,
            ),
        )
        self._foot = row(
            button(tr("Nog een &bestand"), self.another_wanted.emit, icon="upload"),
            button(tr("&Ongedaan maken…"), self.undo_wanted.emit, icon="undo-2"),
            None,
        )
        self._said: QWidget | None = None
        self._layout.addWidget(self._next)
        self._layout.addWidget(self._foot)
        self._layout.addStretch(1)

    def show_done(self, summary: str) -> None:
        """Say what was stored."""
        if self._said is not None:
            self._said.hide()
            self._said.deleteLater()
        self._said = notice(summary, "done")
        self._layout.insertWidget(0, self._said)

    def focus_first(self) -> None:
        self.forms.setFocus()
