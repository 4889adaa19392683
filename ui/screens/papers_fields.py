"""The fields of the choices: one of a few, and some of the groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import pairwise

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QGridLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from schoolprivacy.people.names import group_label
from ui.fields import bring_into_view, card, label
from ui.theme import px
from ui.words import counted, tr


class Radios(QWidget):
    """One of a few, each with a line of explanation."""

    changed = Signal()

    def __init__(self, title: str) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self._group.buttonToggled.connect(self._tell)
        self._keys: dict[str, QRadioButton] = {}
        self._card = card(label(title, "heading"), spacing=4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._card)

    def _tell(self, chosen: QRadioButton, on: bool) -> None:
        if on:
            # Arrow keys choose below the edge too, and Qt scrolls for Tab only.
            QTimer.singleShot(0, chosen, partial(_follow, chosen))
            self.changed.emit()

    def add(self, key: str, text: str, explained: str = "") -> None:
        """Add a possibility; the first is chosen."""
        made = QRadioButton(text)
        made.setAccessibleDescription(explained)
        made.setChecked(not self._keys)
        self._group.addButton(made)
        self._keys[key] = made
        self.put(made)
        if explained:
            below = label(explained, "small", wrap=True)
            below.setContentsMargins(px(30), 0, 0, px(4))
            self.put(below)

    def say(self, text: str) -> None:
        """Put a small heading above what follows."""
        made = label(text, "small")
        made.setContentsMargins(0, px(6), 0, 0)
        self.put(made)

    def put(self, widget: QWidget) -> None:
        """Put something below what was added last."""
        layout = self._card.layout()
        if layout is not None:
            layout.addWidget(widget)

    def lead_to(self, key: str, widgets: Sequence[QWidget]) -> None:
        """Let Tab go on from a possibility to what stands beneath it, also if that came later."""
        for one, following in pairwise([self._keys[key], *widgets]):
            QWidget.setTabOrder(one, following)

    def set_shown(self, key: str, shown: bool) -> None:
        """Offer a possibility or not; the first is chosen when it was this one."""
        if not shown and self._keys[key].isChecked():
            next(iter(self._keys.values())).setChecked(True)
        self._keys[key].setVisible(shown)

    def choose(self, key: str) -> None:
        self._keys[key].setChecked(True)

    def chosen(self) -> str:
        return next(key for key, each in self._keys.items() if each.isChecked())

    def focus_first(self) -> None:
        """Put the keyboard on what is chosen."""
        self._keys[self.chosen()].setFocus(Qt.FocusReason.OtherFocusReason)


def _follow(chosen: QRadioButton) -> None:
    if chosen.hasFocus():
        bring_into_view(chosen)


class Groups(QWidget):
    """The groups, some of them ticked; the arrows walk, the space bar ticks."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._boxes: dict[str, QCheckBox] = {}
        self._buttons = QButtonGroup(self)  # the arrows walk among the buttons of a group
        self._buttons.setExclusive(False)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(px(28), 0, 0, 0)
        self._grid.setVerticalSpacing(0)

    def show_groups(self, sizes: Mapping[str, int]) -> None:
        """Show these groups with how many pupils they have; what was ticked stays so."""
        ticked = self.chosen()
        for box in self._boxes.values():
            self._buttons.removeButton(box)
            self._grid.removeWidget(box)
            box.hide()
            box.deleteLater()
        self._boxes = {}
        for place, (name, size) in enumerate(sizes.items()):
            box = QCheckBox(f"{group_label(name)} ({size})")
            box.setAccessibleName(
                f"{group_label(name)}, {counted(size, tr('leerling'), tr('leerlingen'))}"
            )
            box.setChecked(name in ticked)
            box.toggled.connect(self.changed)
            self._buttons.addButton(box)
            self._grid.addWidget(box, *divmod(place, 2))
            self._boxes[name] = box

    def choose(self, names: set[str]) -> None:
        """Tick these groups only."""
        for name, box in self._boxes.items():
            box.setChecked(name in names)

    def boxes(self) -> list[QCheckBox]:
        """In the order in which they stand."""
        return list(self._boxes.values())

    def chosen(self) -> list[str]:
        """The names of the ticked groups, in their order."""
        return [name for name, box in self._boxes.items() if box.isChecked()]
