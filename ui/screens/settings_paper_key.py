"""Settings: the paper key in the safe."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from schoolprivacy.access.actions import paper_key_proven
from schoolprivacy.access.terms import Role
from schoolprivacy.school import PAPER_KEY
from ui.desk import Desk
from ui.fields import button, card, label, notice, row
from ui.screens.settings_section import Section
from ui.words import tr


class PaperKeySection(Section):
    """Whether the paper in the safe is known to work, and the way to check or renew it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            tr("Papieren sleutel"),
            tr("Ligt in de kluis. Opent het schoolbestand als iedereen de wachtzin is vergeten."),
        )
        self._proven = notice(
            tr("Gecontroleerd: het papier in de kluis opent dit bestand."), "done"
        )
        self._unproven = notice(
            tr(
                "Nog niet gecontroleerd. Klopt het papier niet en vergeet iedereen de wachtzin, "
                "dan kan niemand meer bij de gegevens."
            )
        )
        self.open_button = button(
            tr("&Controleren of vernieuwen…"), self._open, icon="key-round", kind="primary"
        )
        allowed = desk.school.who.role in (Role.DIRECTOR, PAPER_KEY)
        self.open_button.setEnabled(self.may_change)
        self.content.addWidget(self._proven)
        self.content.addWidget(self._unproven)
        self.content.addWidget(card(*self._explained(allowed=allowed), row(self.open_button, None)))
        self.content.addStretch(1)

    @staticmethod
    def _explained(*, allowed: bool) -> list[QWidget]:
        said = [
            tr("Controleren: u typt de acht groepen over van het papier. Doe dit elk jaar."),
            tr(
                "Vernieuwen: is het papier weg of heeft een ander het gezien, maak dan een nieuw. "
                "U drukt het af en typt het over. Daarna opent het oude papier niets meer, behalve "
                "oudere back-ups."
            ),
        ]
        if not allowed:
            said.append(tr("Alleen de directie kan de sleutel vernieuwen."))
        return [label(each, wrap=True) for each in said]

    def refresh(self) -> None:
        proven = paper_key_proven(self.desk.school)
        self._proven.setVisible(proven)
        self._unproven.setVisible(not proven)

    def focus_first(self) -> bool:
        self.open_button.setFocus(Qt.FocusReason.OtherFocusReason)
        return self.may_change

    def _open(self) -> None:
        from ui.wizards.paper_key import PaperKeyDialog

        PaperKeyDialog(self.desk, self).open()
