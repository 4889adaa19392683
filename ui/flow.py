"""Buttons that take a second line where there is no room on one."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from ui.theme import px


class Flow(QWidget):
    """Buttons beside one another, and beneath where there is no room; in columns."""

    def __init__(self, *buttons: QPushButton) -> None:
        super().__init__()
        self._buttons = buttons
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(px(8))
        for place, each in enumerate(buttons):
            self._grid.addWidget(each, 0, place)
        self._grid.setColumnStretch(len(buttons), 1)

    def arrange(self) -> None:
        """Place what is to be shown again."""
        shown = [each for each in self._buttons if not each.isHidden()]
        many = next((n for n in range(len(shown), 1, -1) if self._fits(shown, n)), 1)
        for each in self._buttons:
            self._grid.removeWidget(each)
        for place, each in enumerate(shown):
            self._grid.addWidget(each, *divmod(place, many))
        self.setVisible(bool(shown))
        self.updateGeometry()

    def _fits(self, shown: list[QPushButton], many: int) -> bool:
        widths = [max(each.sizeHint().width() for each in shown[n::many]) for n in range(many)]
        return sum(widths) + px(8) * (many - 1) <= self.width()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()

    def minimumSizeHint(self) -> QSize:
        """As narrow as its widest button: it flows."""
        widest = max((e.sizeHint().width() for e in self._buttons if not e.isHidden()), default=0)
        return QSize(widest, self._grid.minimumSize().height())
