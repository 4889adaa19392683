"""For whom the papers of the round are made, and in which order they lie."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from schoolprivacy.consents.printing import Whom
from schoolprivacy.errors import FileError
from schoolprivacy.people.directory import Listed
from schoolprivacy.people.envelopes import Order
from schoolprivacy.people.names import full_name, group_label, register_name
from schoolprivacy.station import read_station, write_station
from ui.fields import Fields, SearchField, choice
from ui.table import ROW, Column, Rows, Table
from ui.theme import px
from ui.words import tr

_ORDER = "year.order"
_SCHOOL, _GROUP, _PUPIL = "school", "group", "pupil"


class WhomFields(QWidget):
    """The whole school, a group, or one pupil who is looked up."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._whom = choice([(tr("De hele school"), (_SCHOOL, ""))])
        self._order = choice(
            [
                (tr("Bij het jongste kind"), "youngest"),
                (tr("In de eigen groep"), "own"),
            ],
            _remembered_order(),
        )
        self._fields = Fields()
        self._fields.add("whom", tr("Voor &wie?"), self._whom)
        self._finder = PupilFinder()
        self._below = Fields()
        self._below.add("order", tr("&Uitdelen"), self._order)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(10))
        for each in (self._fields, self._finder, self._below):
            layout.addWidget(each)
        self._finder.hide()
        self._whom.currentIndexChanged.connect(self._arrange)
        self._finder.changed.connect(self.changed)
        self._order.currentIndexChanged.connect(self._remember_order)

    def show_school(self, groups: Sequence[str], people: Sequence[Listed]) -> None:
        """Show who there are; what was chosen stays."""
        chosen = self._whom.value()
        self._whom.blockSignals(True)
        self._whom.offer(
            [
                (tr("De hele school"), (_SCHOOL, "")),
                *((group_label(each), (_GROUP, each)) for each in groups),
                (tr("Eén leerling"), (_PUPIL, "")),
            ]
        )
        self._whom.choose(chosen)
        self._whom.blockSignals(False)
        self._finder.show_people(people)

    def choose_group(self, name: str) -> None:
        self._whom.choose((_GROUP, name))

    def show_order(self, *, shown: bool) -> None:
        """The order is of the forms only: other letters lie with the youngest child."""
        self._below.setVisible(shown)

    def _arrange(self) -> None:
        self._finder.setVisible(self._whom.value()[0] == _PUPIL)
        self.changed.emit()

    # — what is chosen —

    @property
    def order(self) -> Order:
        chosen: Order = self._order.value()
        return chosen

    def whom(self) -> Whom | None:
        """As the actions take it; None while no pupil is chosen."""
        kind, name = self._whom.value() or (_SCHOOL, "")
        if kind == _SCHOOL:
            return Whom()
        if kind == _GROUP:
            return Whom(group=name)
        found = self._finder.chosen()
        return Whom(pupil_ids=(found.pupil.id,)) if found else None

    def _remember_order(self) -> None:
        with contextlib.suppress(FileError):  # a full disk is no reason to stop working
            station = read_station()
            write_station(replace(station, windows={**station.windows, _ORDER: self.order}))
        self.changed.emit()


class PupilFinder(QWidget):
    """A field to search in, and below it who was found; the row one is at is chosen."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._search = SearchField(tr("Zoek een leerling"))
        self._table = Table(tr("Gevonden leerlingen"))
        columns: tuple[Column[Any], ...] = (
            Column(tr("Naam"), lambda each: register_name(each.pupil), width=140),
            Column(tr("Groep"), lambda each: group_label(each.placement.group_name)),
        )
        self._rows: Rows[Any] = Rows(columns)
        self._shown = self._table.show_rows(self._rows, lambda each: full_name(each.pupil))
        self._table.setSelectionMode(Table.SelectionMode.SingleSelection)
        self._table.setFixedHeight(px(190))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(6))
        layout.addWidget(self._search)
        layout.addWidget(self._table)
        self._search.textChanged.connect(self._find)
        self._search.returnPressed.connect(self._go_down)
        self._search.down.connect(self._go_down)
        self._table.selectionModel().currentRowChanged.connect(self.changed)

    def show_people(self, people: Sequence[Listed]) -> None:
        """Who can be found; who was chosen stays chosen."""
        before = self.chosen()
        self._table.selectionModel().blockSignals(True)
        self._rows.replace(people)
        if before:
            self._choose(before.pupil.id)
        self._table.selectionModel().blockSignals(False)

    def chosen(self) -> Listed | None:
        found: Listed | None = self._table.current()
        return found

    def _choose(self, pupil_id: str) -> None:
        for place in range(self._shown.rowCount()):
            index = self._shown.index(place, 0)
            if index.data(ROW).pupil.id == pupil_id:
                self._table.setCurrentIndex(index)

    def _find(self, text: str) -> None:
        self._shown.search(text)
        if self.chosen() is None:
            self.changed.emit()

    def _go_down(self) -> None:
        if self._shown.rowCount():
            self._table.setCurrentIndex(self._shown.index(0, 0))
            self._table.setFocus()


def _remembered_order() -> Order:
    return "own" if read_station().windows.get(_ORDER) == "own" else "youngest"
