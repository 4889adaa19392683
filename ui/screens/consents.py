"""The consents of the whole school: who may be seen where."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from schoolprivacy.consents.board import ConsentTable, consent_table
from schoolprivacy.consents.terms import Answer
from schoolprivacy.errors import FileError
from schoolprivacy.station import read_station, write_station
from ui.consent_filters import ConsentFilters
from ui.desk import Desk, Place
from ui.fields import button, card, label, row, scrolled
from ui.legend import LegendDialog, legend
from ui.matrix import Cell, MatrixModel, Order
from ui.matrix_view import Matrix
from ui.screen import Screen
from ui.screens.consent_cell import CellDialog
from ui.screens.consent_forms import RecordDialog
from ui.screens.consent_withdraw import WithdrawDialog
from ui.theme import px
from ui.words import counted, tr

_REMEMBERED, _KIND = "consents.order", "consents.kind"
_WIDE = 860  # pixels at zoom 1: below it the filters take two rows, and the legend is left out


class ConsentsScreen(Screen):
    """Pupils × purposes; a cell opens its history."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, tr("Toestemmingen"))
        self.enter_answers = button(
            tr("Antwoorden &invoeren"), lambda: desk.go("entry"), icon="keyboard"
        )
        self.explain = button(
            tr("Ui&tleg"), self._explain, icon="circle-help", kind="link", tip=tr("Wat is wat?")
        )
        self.add_actions(self.explain, self.enter_answers)
        self._order = _remembered_order()
        self.model = MatrixModel()
        self.matrix = Matrix(self.model)
        self.matrix.show_order(self._order)
        self.filters = ConsentFilters()
        self.filters.choose_kind(read_station().windows.get(_KIND, ""))
        self._pages = QStackedWidget()
        self._build()
        self._area = scrolled(self._pages)
        self.content.addWidget(self._area, 1)
        self._connect()

    # — building —

    def _build(self) -> None:
        self._legend = legend()
        self._legend.hide()  # until there is room
        self._not_asked = self._prompt(
            tr("Er is nog niets gevraagd. Druk eerst de formulieren af."),
            tr("&Formulieren maken"),
            lambda: self.desk.go("papers"),
        )
        self._nothing = self._prompt(
            tr("Geen leerling past bij wat u zoekt."), tr("&Wis de filters"), self.filters.clear
        )
        for each in (self._not_asked, self._nothing):
            each.hide()
        self.count = label("", "small")
        self._keys = label(
            tr("Enter: geschiedenis · V: antwoord vastleggen · I: intrekken"), "small"
        )
        self._keys.hide()
        board = QWidget()
        layout = QVBoxLayout(board)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(8))
        layout.addWidget(self.filters)
        layout.addWidget(self._not_asked)
        layout.addWidget(self._legend)
        layout.addWidget(self._nothing)
        layout.addWidget(self.matrix, 1)
        layout.addWidget(row(self.count, None, self._keys))
        for each in (board, self._no_pupils(), self._no_purposes()):
            self._pages.addWidget(each)

    def _no_pupils(self) -> QWidget:
        return self._prompt(
            tr("Er staan nog geen leerlingen in het schoolbestand."),
            tr("&Leerlingen importeren"),
            lambda: self.desk.go("import"),
        )

    def _no_purposes(self) -> QWidget:
        return self._prompt(
            tr("Er is nog geen doel gekozen waarvoor de school toestemming vraagt."),
            tr("&Doelen kiezen"),
            lambda: self.desk.go("settings", section="purposes"),
        )

    def _prompt(self, text: str, does: str, do: Callable[[], None]) -> QWidget:
        """What to do when there is nothing to see."""
        made = QWidget()
        layout = QVBoxLayout(made)
        layout.setContentsMargins(0, 0, 0, 0)
        inside = QWidget()
        line = QHBoxLayout(inside)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(label(text, wrap=True), 1)
        line.addWidget(button(does, do))
        layout.addWidget(card(inside))
        layout.addStretch(1)
        return made

    def _connect(self) -> None:
        self.filters.changed.connect(self._arrange)
        self.filters.kind_chosen.connect(lambda kind: _remember(_KIND, kind))
        self.filters.search.down.connect(self.focus_cells)
        self.filters.search.returnPressed.connect(self.focus_cells)
        bar = self._area.verticalScrollBar()
        self.matrix.reached.connect(lambda: bar.setValue(self.matrix.y()))
        self.matrix.sort_wanted.connect(self._sort)
        self.matrix.opened.connect(self.open_cell)
        self.matrix.record_wanted.connect(self._record)
        self.matrix.withdraw_wanted.connect(self._withdraw)

    # — showing —

    def refresh(self) -> None:
        table = consent_table(self.desk.school)
        with self._same_cell():
            self.model.replace(table)
            self.filters.offer(self.model)
            self._arrange()
        self._not_asked.setVisible(_nothing_asked(table))
        self._pages.setCurrentIndex(0 if table.pupils and table.purposes else _missing(table))

    def _arrange(self) -> None:
        wanted = self.filters.wanted()
        with self._same_cell():
            self.model.arrange(self._order, wanted)
            self.matrix.show_only(self.model.columns_of(wanted))
        self._nothing.setVisible(not self.model.rowCount() and bool(self.model.table.pupils))
        self.matrix.setVisible(bool(self.model.rowCount()))
        self._tell_count()

    @contextlib.contextmanager
    def _same_cell(self) -> Iterator[None]:
        """Stay at a pupil and purpose when the rows change."""
        cell = self.matrix.current()
        yield
        if cell:
            self.matrix.go_to(cell.pupil.pupil.id, cell.purpose.code)

    def _tell_count(self) -> None:
        columns = self.matrix.shown_columns()
        open_cells = self.model.count(Answer.NO_ANSWER, columns)
        parts = [
            counted(self.model.rowCount(), tr("leerling"), tr("leerlingen")),
            counted(len(columns), tr("doel"), tr("doelen")),
            counted(open_cells, tr("vakje zonder antwoord"), tr("vakjes zonder antwoord")),
        ]
        self.count.setText(" · ".join(parts))

    def _sort(self, order: Order) -> None:
        self._order = order
        self.matrix.show_order(order)
        self._arrange()
        _remember(_REMEMBERED, order.value)

    def _explain(self) -> None:
        LegendDialog(self).open()

    # — going —

    def open_at(self, place: Place) -> None:
        """Filter by ``group``, ``purpose`` and ``answer``; with a ``pupil`` go there.

        With a pupil and a purpose the cell opens.
        """
        detail = place.detail
        pupil_id, code = detail.get("pupil"), detail.get("purpose")
        if pupil_id:
            self.filters.clear()
            first = next((each.code for each in self.model.table.purposes), "")
            self.matrix.go_to(pupil_id, code or first)
            cell = self.matrix.current()
            if cell and code and cell.pupil.pupil.id == pupil_id:
                self.open_cell(cell)
        elif detail:
            self.filters.show_only(
                group=detail.get("group"), purpose=code, answer=str(detail.get("answer", ""))
            )

    def focus_first(self) -> None:
        if self.matrix.current():
            self.matrix.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.filters.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_cells(self) -> None:
        """Go from the filters into the board."""
        self.matrix.begin()
        self.matrix.setFocus(Qt.FocusReason.OtherFocusReason)

    # — one cell —

    def open_cell(self, cell: Cell) -> None:
        """Show what counts in a cell, why, and all that was decided."""
        CellDialog(self.desk, cell, self).open()

    def _record(self, cell: Cell) -> None:
        if self._may_change():
            RecordDialog(self.desk, cell, self).open()

    def _withdraw(self, cell: Cell) -> None:
        if self._may_change():
            WithdrawDialog(self.desk, cell.pupil.pupil, self, only=cell.purpose).open()

    def _may_change(self) -> bool:
        if self.desk.school.read_only:
            self.desk.say(tr("Het schoolbestand is geopend om te lezen: u kunt niets vastleggen."))
        return not self.desk.school.read_only

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= px(_WIDE)
        self.filters.set_wide(wide=wide)
        self._legend.setVisible(wide)
        self._keys.setVisible(wide)


def _remember(name: str, value: str) -> None:
    with contextlib.suppress(FileError):  # a full disk is no reason to stop working
        station = read_station()
        write_station(replace(station, windows={**station.windows, name: value}))


def _nothing_asked(table: ConsentTable) -> bool:
    return all(answer is Answer.NOT_ASKED for row in table.answers for answer in row)


def _missing(table: ConsentTable) -> int:
    return 2 if table.pupils else 1


def _remembered_order() -> Order:
    remembered = read_station().windows.get(_REMEMBERED, "")
    return Order(remembered) if remembered in list(Order) else Order.SURNAME
