"""What a photo is for: the purposes somebody looks at, remembered on this computer."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from schoolprivacy.consents.terms import Purpose
from schoolprivacy.errors import FileError
from schoolprivacy.station import read_station, write_station
from ui.dialog import Dialog
from ui.fields import button, label, row, scrolled
from ui.theme import px
from ui.words import tr


def not_looked_at(key: str) -> frozenset[str]:
    """Codes of the purposes that were switched off; a new purpose is looked at of itself."""
    return frozenset(read_station().windows.get(key, "").split())


def remember_not(key: str, codes: Collection[str]) -> None:
    """Remember which purposes are not looked at. Names of groups are not written down here."""
    with contextlib.suppress(FileError):  # a full disk is no reason to stop working
        station = read_station()
        windows = {**station.windows, key: " ".join(sorted(codes))}
        write_station(replace(station, windows=windows))


class Ticks(QWidget):
    """Some of a few, ticked; the arrows walk, the space bar ticks."""

    changed = Signal()

    def __init__(self, title: str) -> None:
        super().__init__()
        self._boxes: dict[str, QCheckBox] = {}
        self._buttons = QButtonGroup(self)  # the arrows walk among the buttons of a group
        self._buttons.setExclusive(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(2))
        everything = button(tr("Alles aan"), lambda: self.choose(set(self._boxes)), kind="link")
        nothing = button(tr("Alles uit"), lambda: self.choose(set()), kind="link")
        for each in (everything, nothing):
            each.setAccessibleName(f"{each.text()}: {title}")
        layout.addWidget(row(label(title, "strong"), None, everything, nothing, spacing=2))
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(0)
        layout.addLayout(self._grid)
        self._problem = label("", "problem", wrap=True)
        self._problem.hide()
        layout.addWidget(self._problem)

    def offer(self, options: Sequence[tuple[str, str]], ticked: Collection[str]) -> None:
        """Show these, each a value and its text."""
        for value, text in options:
            box = QCheckBox(text.replace("&", "&&"))
            box.setAccessibleName(text)
            box.setChecked(value in ticked)
            box.toggled.connect(self._tell)
            self._buttons.addButton(box)
            self._grid.addWidget(box, *divmod(len(self._boxes), 2))
            self._boxes[value] = box

    def _tell(self) -> None:
        self.tell_problem("")
        self.changed.emit()

    def tell_problem(self, text: str) -> None:
        """Say beneath the boxes what is wrong; "" when nothing is."""
        self._problem.setText(text)
        self._problem.setVisible(bool(text))

    def choose(self, values: Collection[str]) -> None:
        """Tick these only."""
        for value, box in self._boxes.items():
            box.setChecked(value in values)

    def chosen(self) -> tuple[str, ...]:
        """What is ticked, in its order."""
        return tuple(value for value, box in self._boxes.items() if box.isChecked())

    def left_out(self) -> frozenset[str]:
        """What is not ticked."""
        return frozenset(self._boxes) - frozenset(self.chosen())

    def focus_first(self) -> None:
        """Put the keyboard on the first box."""
        first = next(iter(self._boxes.values()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)


def purpose_ticks(purposes: Sequence[Purpose], not_ticked: Collection[str]) -> Ticks:
    """The purposes, to choose from."""
    made = Ticks(tr("Waarvoor zijn de foto's?"))
    codes = {each.code for each in purposes}
    ticked = codes - set(not_ticked) or codes
    made.offer([(each.code, each.wording.short) for each in purposes], ticked)
    return made


class ForDialog(Dialog):
    """For what the photos are that one asks about."""

    def __init__(
        self,
        owner: QWidget,
        purposes: Sequence[Purpose],
        not_ticked: Collection[str],
        take: Callable[[frozenset[str]], None],
    ) -> None:
        super().__init__(owner, tr("Waarvoor is de foto?"))
        self._take = take
        self._ticks = purpose_ticks(purposes, not_ticked)
        inside = QWidget()
        within = QHBoxLayout(inside)
        within.setContentsMargins(0, 0, px(10), 0)
        within.addWidget(self._ticks, alignment=Qt.AlignmentFlag.AlignTop)
        self.primary = button(tr("&Toon deze"), self._choose, kind="primary")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(20), px(18), px(20), px(16))
        layout.setSpacing(px(12))
        told = tr("Kies wat u wilt zien. De keuze blijft staan voor de volgende keer.")
        layout.addWidget(label(told, wrap=True))
        layout.addWidget(scrolled(inside), 1)
        layout.addWidget(row(None, button(tr("Annuleren"), self.reject), self.primary))
        room = owner.window().size()
        height = 175 + 27 * ((len(purposes) + 1) // 2)
        self.resize(min(px(520), room.width() - px(20)), min(px(height), room.height() - px(20)))
        self._ticks.focus_first()

    def is_filled_in(self) -> bool:
        return False  # a choice of what to see is no loss

    def _choose(self) -> None:
        if not self._ticks.chosen():
            self._ticks.tell_problem(tr("Kies minstens één doel."))
            return
        self._take(self._ticks.left_out())
        self.accept()
