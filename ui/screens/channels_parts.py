"""Parts of the screens about channels and publications: a warning, a page without a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui import theme
from ui.fields import button, card, label
from ui.screens.pupil_words import together
from ui.table import Table
from ui.theme import px
from ui.words import counted, tr


class Warn(QFrame):
    """A coloured box with a sentence and a button; gone when there is nothing to say.

    :param name: the accessible name of the button, its text without one
    :param icon: another sign, of something that is no warning
    """

    def __init__(
        self, act: str, does: Callable[[], object], name: str = "", *, icon: str = ""
    ) -> None:
        super().__init__()
        self.setObjectName("card" if icon else "notice")
        sign = QLabel()
        of = (icon, "accent") if icon else ("triangle-alert", "warn")
        sign.setPixmap(theme.pixmap(*of))
        self.said = label("", wrap=True)
        self.act = button(act, does)
        self.act.setAccessibleName(name or act.replace("&", ""))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(px(12), px(8), px(12), px(8))
        layout.setSpacing(px(10))
        layout.addWidget(sign, alignment=Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self.said, 1)
        layout.addWidget(self.act, alignment=Qt.AlignmentFlag.AlignVCenter)
        self.hide()

    def say(self, text: str) -> None:
        """Say this; "" takes it away."""
        self.said.setText(text)
        self.setVisible(bool(text))


def page(*content: QWidget) -> QWidget:
    """What stands where the table would be, with a way on."""
    made = QWidget()
    layout = QVBoxLayout(made)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(card(*content))
    layout.addStretch(1)
    return made


def some(names: Sequence[str], most: int = 4) -> str:
    """``Website, Facebook en nog 3``."""
    if len(names) <= most:
        return together(names)
    more = counted(len(names) - most, tr("ander"), tr("andere"))
    return tr("{some} en {more}").format(some=", ".join(names[:most]), more=more)


def go_to_row(table: Table, wanted: Callable[[Any], bool], otherwise: int = 0) -> None:
    """Go to the row of a value, else to the row at that place or the last one."""
    model = table.model()
    rows = range(model.rowCount())
    found = (n for n in rows if wanted(model.index(n, 0).data(Qt.ItemDataRole.UserRole)))
    place = next(found, max(0, min(otherwise, len(rows) - 1)))
    table.setCurrentIndex(model.index(place, 0))
