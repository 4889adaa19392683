"""Figures one can press: each opens the list from which it comes."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ui import theme
from ui.desk import Desk, Place
from ui.fields import Button, label, row
from ui.theme import px


class Tile(Button):
    """One figure; pressing it opens where it comes from."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("tile")
        self._desk = desk
        self._place = Place("overview")
        self._sign, self._name = QLabel(), label("", "muted")
        self._figure, self._small = label("", "figure"), label("", "small", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(16), px(12), px(16), px(12))
        layout.setSpacing(px(2))
        layout.addWidget(row(self._sign, self._name, None, spacing=6))
        layout.addWidget(self._figure)
        layout.addWidget(self._small)
        for each in self.findChildren(QWidget):
            each.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.clicked.connect(lambda: self._desk.going.emit(self._place))

    def sizeHint(self) -> QSize:
        layout = self.layout()
        return layout.sizeHint() if layout else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(px(120), self.sizeHint().height())

    def show_figure(
        self, icon: str, name: str, figure: str, small: str, place: Place, *, bad: bool = False
    ) -> None:
        """Show a number with what it counts."""
        self._sign.setPixmap(theme.pixmap(icon, "no" if bad else "muted"))
        self._name.setText(name)
        self._figure.setText(figure)
        self._small.setText(small)
        self._place = place
        self.setAccessibleName(f"{name}: {figure}, {small}")
