"""Line by line what a list of suppliers would change."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from schoolprivacy.errors import sentence
from schoolprivacy.suppliers.importing import Kind, PlannedLine, SupplierDifference
from schoolprivacy.suppliers.words import kind_word
from ui import theme
from ui.fields import button, label, row, show_date
from ui.table import Column, Rows, Table
from ui.theme import px
from ui.words import tr


class ReviewPage(QWidget):
    """Line by line what the list would change."""

    def __init__(self) -> None:
        super().__init__()
        self._said = label("", "strong", wrap=True)
        self._notes = label("", wrap=True)
        self._rows: Rows[PlannedLine] = Rows(_columns())
        self.table = Table(tr("Regels van de lijst"))
        self.table.setSelectionMode(Table.SelectionMode.SingleSelection)
        self.table.setMinimumHeight(px(150))
        self.table.show_rows(self._rows, lambda each: str(each.product.name))
        self.table.selectionModel().currentChanged.connect(lambda *_: self._show_notes())
        self.back_button = button(tr("&Terug"), lambda: None, icon="arrow-left")
        self.store = button(tr("&Overnemen"), lambda: None, kind="primary", tip=tr("Ctrl+Enter"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(10))
        layout.addWidget(self._said)
        layout.addWidget(self.table, 1)
        layout.addWidget(self._notes)
        layout.addWidget(row(self.back_button, None, self.store))

    @property
    def back(self) -> Any:
        """Pressed to see the columns again."""
        return self.back_button.clicked

    def show_difference(self, found: SupplierDifference) -> None:
        """Show what would change."""
        self._rows.replace(found.lines)
        counts = found.counts
        told = [
            f"{sentence(f'supplier_import_kind.{kind}')}: {many}"
            for kind, many in counts.items()
            if many
        ]
        self._said.setText(" · ".join(told) or tr("Er staat niets in deze lijst."))
        self.store.setEnabled(not found.is_empty)
        self.table.selectRow(0)
        self._show_notes()

    def _show_notes(self) -> None:
        current: PlannedLine | None = self.table.current()
        self._notes.setText("\n".join(current.told) if current else "")

    def forget(self) -> None:
        """Keep nothing of the file."""
        self._rows.replace([])
        self._notes.clear()


_SIGNS = {
    Kind.NEW: ("plus", "yes"),
    Kind.AGREEMENT: ("file-text", "yes"),
    Kind.SAME: ("minus", "muted"),
    Kind.LEFT_OUT: ("triangle-alert", "warn"),
}


def _columns() -> list[Column[PlannedLine]]:
    def sign(each: PlannedLine) -> Any:
        icon, colour = _SIGNS[each.kind]
        return theme.icon("triangle-alert", "warn") if each.told else theme.icon(icon, colour)

    return [
        Column(
            tr("Regel"),
            lambda each: str(each.line),
            sorts=lambda each: f"{each.line:06}",
            icon=sign,
            width=80,
        ),
        Column(
            tr("Wat er gebeurt"),
            lambda each: sentence(f"supplier_import_kind.{each.kind}"),
            width=145,
        ),
        Column(tr("Product"), lambda each: each.product.name or "–", width=160),
        Column(tr("Leverancier"), lambda each: each.supplier.name or "–", width=140),
        Column(tr("Soort"), lambda each: kind_word(each.product.kind), width=145),
        Column(tr("Overeenkomst"), _agreement_told, width=300),
    ]


def _agreement_told(planned: PlannedLine) -> str:
    entry = planned.agreement
    if entry is None:
        return "–"
    begins = show_date(entry.begins_on)
    both = entry.school_signed_on and entry.supplier_signed_on
    signed = tr("getekend") if both else tr("niet (helemaal) getekend")
    return tr("vanaf {day}, {signed}").format(day=begins, signed=signed)
