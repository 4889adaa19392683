"""What all dialogues have in common: what Enter does, and that Escape loses nothing unasked."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QWidget,
)

from ui import messages
from ui.fields import SearchField
from ui.words import tr


class Dialog(QDialog):
    """Stands in front of the window until it is answered; shown with ``open``.

    Enter in a field presses ``primary``, and so does Ctrl+Enter anywhere; another button with the
    keyboard on it is pressed itself. Escape asks first when something was filled in.
    """

    primary: QPushButton
    """What the dialogue is for; a subclass makes it and puts it in its layout before ``open``."""

    def __init__(self, owner: QWidget, title: str) -> None:
        super().__init__(owner)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setModal(True)
        self.touched = False  # something was filled in that no field of this dialogue shows
        self._at_first: dict[QWidget, object] = {}

    def open(self) -> None:
        self.primary.setDefault(True)  # Qt forgets it of a button that is in no dialogue yet
        self._at_first = _filled_in(self)
        super().open()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        entered = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if entered and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.primary.click()
        else:
            super().keyPressEvent(event)

    def is_filled_in(self) -> bool:
        """Whether something would be lost; what the program itself filled in does not count."""
        now = _filled_in(self)
        return self.touched or any(
            now.get(field, value) != value for field, value in self._at_first.items()
        )

    def reject(self) -> None:
        if not self.is_filled_in():
            super().reject()
            return
        messages.confirm(
            self,
            tr("U hebt iets ingevuld dat nog niet is opgeslagen."),
            tr("Niet opslaan"),
            lambda: self.done(0),
            heading=tr("Sluiten zonder opslaan?"),
            no=tr("Terug"),
        )


def _filled_in(within: QWidget) -> dict[QWidget, object]:
    """What stands in every field; what one only searches with is no loss."""
    found: dict[QWidget, object] = {}
    for each in within.findChildren(QWidget):
        if isinstance(each, QLineEdit) and not isinstance(each, SearchField):
            found[each] = each.text()
        elif isinstance(each, QPlainTextEdit):
            found[each] = each.toPlainText()
        elif isinstance(each, QComboBox):
            found[each] = each.currentText()
        elif isinstance(each, (QCheckBox, QRadioButton)):
            found[each] = each.isChecked()
    return found
