"""The room a screen gets: what the window has, and what needs more than that scrolls."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea

from ui.screen import Screen


class Room(QScrollArea):
    """Holds a screen, so that no screen makes the window larger than somebody's monitor.

    A resizable scroll area of Qt would give a screen the height it would like, and scroll where
    its table can do with less; here it gets the height it cannot do without.
    """

    def __init__(self, screen: Screen) -> None:
        super().__init__()
        self.shown = screen
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(screen)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._offer()
        super().resizeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Once it shows, a screen follows its size; what it cannot do without may change later."""
        if watched is self.shown:
            if event.type() == QEvent.Type.Show:
                self._offer()
            elif event.type() == QEvent.Type.LayoutRequest:
                self._fit()
        return super().eventFilter(watched, event)

    def _offer(self) -> None:
        """No more than there is: the screen may stack what stood side by side."""
        self.shown.resize(self.maximumViewportSize())
        self._fit()

    def _fit(self) -> None:
        room, least = self.maximumViewportSize(), self.shown.minimumSizeHint()
        tall = least.height() > room.height()
        wide = least.width() > room.width()
        taken = QSize(
            self.verticalScrollBar().sizeHint().width() if tall else 0,
            self.horizontalScrollBar().sizeHint().height() if wide else 0,
        )
        self.shown.resize((room - taken).expandedTo(least))
