"""Every product with how it stands, worst first: searched, filtered, sorted."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from schoolprivacy.suppliers.board import Board, BoardRow
from schoolprivacy.suppliers.terms import State
from schoolprivacy.suppliers.words import kind_word, state_word
from ui import theme
from ui.desk import Desk
from ui.fields import ChoiceField, SearchField, button, label, row
from ui.screens.suppliers_words import day_or_dash, may_record, sign_of
from ui.table import ROW, Column, Rows, Table
from ui.theme import px
from ui.words import counted, tr

_USED, _DUE, _STOPPED = "used", "due", "stopped"


class SuppliersList(QWidget):
    """The products of all suppliers.

    :signal opened: the identifier of a product
    """

    opened = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._rows = Rows(_columns())
        self.table = Table(tr("Producten van leveranciers, het ergste bovenaan"))
        self.table.setSelectionMode(Table.SelectionMode.SingleSelection)
        self.table.setMinimumHeight(px(150))
        self.shown = self.table.show_rows(self._rows, _found_in)
        self.table.give_spare_room(1, 3, 2)
        self.table.opened.connect(lambda found: self.opened.emit(found.file.product.id))
        self.search = SearchField(tr("Zoek op product, leverancier of soort"))
        self.search.setMinimumWidth(px(190))
        self.search.textChanged.connect(self._filter)
        self.search.down.connect(self._into_table)
        self.state = ChoiceField()
        self.state.setAccessibleName(tr("Welke producten"))
        self.state.setSizeAdjustPolicy(
            ChoiceField.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.state.setMinimumContentsLength(18)
        self.state.currentIndexChanged.connect(self._filter)
        self._count = label("", "small", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, px(12), 0, 0)
        layout.setSpacing(px(12))
        open_button = button(tr("&Openen"), self._open_current, icon="file-text", tip=tr("Enter"))
        self.bring = button(tr("&Importeren…"), lambda: desk.go("suppliers-import"), icon="upload")
        layout.addWidget(row(self.search, self.state, open_button, self.bring))
        layout.addWidget(self.table, 1)
        layout.addWidget(self._count)

    # — showing —

    def show_board(self, found: Board) -> None:
        """Show this; again when something changed."""
        before = self.table.current()
        self.bring.setVisible(may_record(self.desk))
        self._rows.replace(found.rows)
        self._offer_states(found)
        self._filter()
        if before is None or not self.go_to(before.file.product.id):
            self.table.selectRow(0)

    def _offer_states(self, found: Board) -> None:
        chosen = self.state.value()
        stopped = found.counts.get(State.STOPPED, 0)
        counts = [(state, many) for state, many in found.counts.items() if state != State.STOPPED]
        self.state.blockSignals(True)
        self.state.offer(
            [
                (tr("Alle behalve gestopt ({n})").format(n=len(found.rows) - stopped), _USED),
                (tr("Iets te doen ({n})").format(n=sum(map(_is_due, found.rows))), _DUE),
                *((f"{state_word(state)} ({many})", state) for state, many in counts),
                (tr("Gestopt ({n})").format(n=stopped), _STOPPED),
            ]
        )
        self.state.choose(chosen)
        self.state.blockSignals(False)

    def _filter(self) -> None:
        wanted = self.state.value()
        self.shown.search(self.search.text())
        if isinstance(wanted, State):
            self.shown.keep(lambda each: each.state is wanted)
        elif wanted == _DUE:
            self.shown.keep(_is_due)
        else:
            self.shown.keep(lambda each: (each.state is State.STOPPED) == (wanted == _STOPPED))
        many = self.shown.rowCount()
        told = counted(many, tr("product"), tr("producten"))
        if not many:
            told = tr("Niets gevonden. Maak het zoekveld leeg of kies “Alle behalve gestopt”.")
        self._count.setText(told)

    def show_due(self) -> None:
        """Only what needs something."""
        self.search.clear()
        self.state.choose(_DUE)

    def go_to(self, product_id: str) -> bool:
        """Put the keyboard on a product, when it is shown."""
        for place in range(self.shown.rowCount()):
            if self.shown.index(place, 0).data(ROW).file.product.id == product_id:
                self.table.selectRow(place)
                return True
        return False

    def focus_first(self) -> None:
        self._into_table()

    def _into_table(self) -> None:
        if self.table.current() is None:
            self.table.selectRow(0)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_current(self) -> None:
        found: BoardRow | None = self.table.current()
        if found is not None:
            self.opened.emit(found.file.product.id)


def _is_due(found: BoardRow) -> bool:
    return found.state not in (State.IN_ORDER, State.STOPPED)


def _found_in(found: BoardRow) -> str:
    product = found.file.product
    texts = (product.name, found.file.supplier.name, kind_word(product.kind))
    return " ".join((*texts, product.used_for, state_word(found.state)))


def _columns() -> list[Column[BoardRow]]:
    order = list(State)

    def day(name: str, head: str, width: int) -> Column[BoardRow]:
        return Column(
            head,
            lambda each: day_or_dash(getattr(each, name)),
            sorts=lambda each: f"{getattr(each, name) or date.max}",
            width=width,
        )

    return [
        Column(
            tr("Hoe het staat"),
            lambda each: state_word(each.state),
            sorts=lambda each: f"{order.index(each.state):02}",
            icon=lambda each: theme.icon(sign_of(each.state).icon, sign_of(each.state).colour),
            width=238,
        ),
        Column(tr("Product"), lambda each: each.name, width=180),
        Column(tr("Leverancier"), lambda each: each.file.supplier.name, width=135),
        Column(tr("Soort"), lambda each: kind_word(each.file.product.kind), width=170),
        day("ends_on", tr("Loopt tot"), 104),
        day("review_due_on", tr("Bekijken vóór"), 124),
    ]
