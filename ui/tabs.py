"""The screens that belong together, above the one that is open."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QTabBar, QWidget

from ui.navigation import Entry
from ui.theme import px
from ui.words import tr


class Tabs(QWidget):
    """Shown where a screen has brothers and sisters; the arrows and a click go to another one."""

    chosen = Signal(str)

    def __init__(self, entries: Sequence[Entry]) -> None:
        super().__init__()
        self._families: dict[str, list[Entry]] = {}
        for each in entries:
            if each.tab:
                self._families.setdefault(each.under or each.key, []).append(each)
        self._of = {each.key: each.under or each.key for each in entries}
        self._shown: list[Entry] = []
        self._bar = QTabBar()
        self._bar.setAccessibleName(tr("Onderdelen"))
        self._bar.setExpanding(False)
        self._bar.setDrawBase(False)
        self._bar.setElideMode(Qt.TextElideMode.ElideNone)
        self._bar.setUsesScrollButtons(True)
        self._bar.currentChanged.connect(self._choose)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(px(28), px(6), px(28), 0)
        layout.addWidget(self._bar)
        self.hide()

    def mark(self, key: str) -> None:
        """Show the screens beside this one, and which of them is open."""
        family = self._families.get(self._of[key], [])
        with QSignalBlocker(self._bar):
            if family != self._shown:
                self._show_family(family)
            here = [each.key for each in family]
            if key in here:
                self._bar.setCurrentIndex(here.index(key))
        self.setVisible(key in here and len(family) > 1)

    def _show_family(self, family: list[Entry]) -> None:
        while self._bar.count():
            self._bar.removeTab(0)
        for each in family:
            self._bar.addTab(each.tab)
        self._shown = list(family)

    def _choose(self, place: int) -> None:
        if 0 <= place < len(self._shown):
            self.chosen.emit(self._shown[place].key)
