"""A passphrase for a colleague: typed by them, or made up and handed over."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from schoolprivacy.access.strength import passphrase_suggestion
from ui import messages
from ui.fields import label
from ui.passphrases import NewPassphrase
from ui.theme import px
from ui.words import tr


class ColleagueSecret(QWidget):
    """A passphrase that a colleague chooses now, or a made-up one to hand over."""

    def __init__(self) -> None:
        super().__init__()
        self.here = QRadioButton(tr("De collega is &erbij en kiest nu zelf een wachtzin"))
        self.given = QRadioButton(tr("Ik geef een &verzonnen wachtzin mee"))
        self._group = QButtonGroup(self)
        self.own = NewPassphrase()
        self._made_up = label("", "code", wrap=True)
        self._made_up.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByKeyboard
            | Qt.TextInteractionFlag.TextSelectableByMouse
        )
        self._made_up.setAccessibleName(tr("Verzonnen wachtzin"))
        self._hand_over = label(
            tr(
                "Schrijf deze wachtzin nu op voor uw collega: hij wordt niet nog een keer getoond. "
                "De collega kan hem hier zelf veranderen."
            ),
            "muted",
            wrap=True,
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(8))
        for each in (self.here, self.given):
            self._group.addButton(each)
            each.toggled.connect(self._show_way)
        for widget in (self.here, self.given, self.own, self._made_up, self._hand_over):
            layout.addWidget(widget)
        self.here.setChecked(True)

    def _show_way(self) -> None:
        given = self.given.isChecked()
        if given and not self._made_up.text():
            self._made_up.setText(passphrase_suggestion())
        self.own.setVisible(not given)
        self._made_up.setVisible(given)
        self._hand_over.setVisible(given)

    def take(self, then: Callable[[str], None]) -> None:
        """Give the passphrase on when it may be used; a weak one after a question."""
        if self.given.isChecked():
            then(self._made_up.text())
        else:
            take_new(self.own, then)

    def refuse(self, text: str) -> None:
        """Tell why this passphrase cannot be used; of a made-up one another is made."""
        if self.given.isChecked():
            self._made_up.setText(passphrase_suggestion())
        else:
            self.own.refuse(text)

    def hideEvent(self, event: QHideEvent) -> None:
        if not event.spontaneous():  # a window put away for a moment comes back as it was
            self._made_up.setText("")
        super().hideEvent(event)


def take_new(entry: NewPassphrase, then: Callable[[str], None]) -> None:
    """Give a typed passphrase on when it may be used; a weak one after a question."""
    typed = entry.check()
    if typed is None:
        return
    if not entry.is_weak():
        then(typed)
        return
    messages.confirm(
        entry,
        tr(
            "Deze wachtzin is zwak. Wie het bestand in handen krijgt, kan hem misschien raden. "
            "Vier of meer woorden is veel beter."
        ),
        tr("Toch gebruiken"),
        lambda: then(typed),
        heading=tr("Zwakke wachtzin gebruiken?"),
    )
