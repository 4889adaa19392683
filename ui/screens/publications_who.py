"""Choosing who is in the picture: whole groups, and children found by name."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from schoolprivacy.people.directory import Finder, FoundBy, Listed
from schoolprivacy.people.names import full_name, group_label
from ui.fields import SearchField, emptied, label
from ui.theme import px
from ui.words import tr

_PUPIL = Qt.ItemDataRole.UserRole
_COLUMNS = 4


class Groups(QWidget):
    """The groups of a day, each with a tick."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._boxes: dict[str, QCheckBox] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(px(12))
        self._grid.setVerticalSpacing(px(2))
        for column in range(_COLUMNS):
            self._grid.setColumnStretch(column, 1)

    def offer(self, names: Sequence[str], chosen: Collection[str]) -> None:
        """Offer other groups, of which these are ticked."""
        if list(self._boxes) == list(names):
            return
        emptied(self._grid)
        self._boxes = {}
        for place, name in enumerate(names):
            box = QCheckBox(group_label(name).replace("&", "&&"))
            box.setAccessibleName(group_label(name))
            box.setChecked(name in chosen)
            box.toggled.connect(self.changed)
            self._grid.addWidget(box, *divmod(place, _COLUMNS))
            self._boxes[name] = box
        if not names:
            told = tr("Van die dag kent de school geen groepen. Kies de kinderen zelf.")
            self._grid.addWidget(label(told, "muted", wrap=True), 0, 0, 1, _COLUMNS)

    def chosen(self) -> tuple[str, ...]:
        """The names of what is ticked."""
        return tuple(name for name, box in self._boxes.items() if box.isChecked())


class _Search(SearchField):
    """Enter chooses the first child, not the button of the dialogue."""

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in keys and plain and self.text().strip():
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class Children(QWidget):
    """Type a name, tick who it is; what is ticked stays in view."""

    changed = Signal()

    def __init__(self, everyone: Sequence[Listed], chosen: Collection[str]) -> None:
        super().__init__()
        self._everyone = {each.pupil.id: each for each in everyone}
        self._finder = Finder(everyone, ())
        self._chosen = {each: None for each in chosen if each in self._everyone}
        self._search = _Search(tr("Zoek een kind op naam"))
        self._search.textChanged.connect(self._show)
        self._search.down.connect(self._into_list)
        self._search.entered.connect(self._take_first)
        self._list = QListWidget()
        self._list.setAccessibleName(tr("Kinderen: kies met de spatiebalk"))
        self._list.setFixedHeight(px(118))
        self._list.itemChanged.connect(self._note_tick)
        self._said = label("", "small", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(6))
        for each in (self._search, self._list, self._said):
            layout.addWidget(each)
        self._show()

    def chosen(self) -> tuple[str, ...]:
        """The identifiers of who is ticked."""
        return tuple(self._chosen)

    def _show(self) -> None:
        """Who was found, or without a search who was chosen."""
        text = self._search.text()
        shown = [self._everyone[each] for each in self._chosen]
        if text.strip():
            found = self._finder.find(text)
            shown = [each.pupil for each in found if each.pupil and each.by is FoundBy.NAME]
        self._list.blockSignals(True)
        self._list.clear()
        for each in shown:
            self._list.addItem(self._item(each))
        self._list.setCurrentRow(0 if shown and text.strip() else -1)
        self._list.blockSignals(False)
        self._list.setVisible(bool(shown))
        self._tell(searched=bool(text.strip()), found=bool(shown))

    def _item(self, each: Listed) -> QListWidgetItem:
        where = tr("van school") if each.has_left else group_label(each.placement.group_name)
        item = QListWidgetItem(f"{full_name(each.pupil)} – {where}")
        item.setData(_PUPIL, each.pupil.id)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        is_chosen = each.pupil.id in self._chosen
        item.setCheckState(Qt.CheckState.Checked if is_chosen else Qt.CheckState.Unchecked)
        return item

    def _tell(self, *, searched: bool, found: bool) -> None:
        many = len(self._chosen)
        said = tr("Nog geen kinderen gekozen.")
        if searched and not found:
            said = tr("Niemand gevonden. Kijk of de naam goed is getypt.")
        elif searched:
            said = tr("Enter kiest de eerste; pijl omlaag en spatie kiezen een ander.")
        elif many:
            said = tr("{n} gekozen. Haal het vinkje weg bij wie er niet bij hoort.").format(n=many)
        self._said.setText(said)

    def _note_tick(self, item: QListWidgetItem) -> None:
        pupil_id = item.data(_PUPIL)
        if item.checkState() == Qt.CheckState.Checked:
            self._chosen[pupil_id] = None
        else:
            self._chosen.pop(pupil_id, None)
        self.changed.emit()

    def _take_first(self) -> None:
        """Tick the first that was found, and make room for the next name."""
        if self._list.count():
            self._list.item(0).setCheckState(Qt.CheckState.Checked)
            self._search.clear()

    def _into_list(self) -> None:
        if self._list.count():
            self._list.setFocus()
            self._list.setCurrentRow(max(0, self._list.currentRow()))
