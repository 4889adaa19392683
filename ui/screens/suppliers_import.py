"""A school's own list of suppliers: drop it, say what is in it, see what changes, store it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from schoolprivacy.errors import RefusedError, sentence
from schoolprivacy.exchange.supplier_sheet import SupplierSheet, read_supplier_sheet
from schoolprivacy.people.importing import remembered_columns
from schoolprivacy.school import School
from schoolprivacy.suppliers import importing
from schoolprivacy.suppliers.importing import Kind, PlannedLine, SupplierDifference
from schoolprivacy.suppliers.words import kind_word
from ui import files, messages, theme
from ui.desk import Desk
from ui.fields import button, card, label, row, scrolled, show_date
from ui.screen import Screen
from ui.screens.import_columns import ColumnsPage
from ui.screens.import_start import DropArea
from ui.screens.import_vocabulary import of_suppliers
from ui.screens.pupil_words import may_change, tell_done
from ui.table import Column, Rows, Table
from ui.theme import px
from ui.words import counted, tr

_KINDS = tr("Rekenbladen (*.xlsx *.ods *.csv *.txt *.xls);;Alle bestanden (*)")


@dataclass(frozen=True, slots=True)
class SupplierFile:
    """A list as it was read.

    :param remembered: header → field, as a person placed it the last time
    """

    path: Path
    sheet: SupplierSheet
    remembered: Mapping[str, str]

    @property
    def headers(self) -> list[str]:
        return [*self.sheet.columns, *self.sheet.unplaced]

    @property
    def placed(self) -> dict[str, str]:
        """Header → field, or "" where a person must say it."""
        return {each: self.sheet.columns.get(each, "") for each in self.headers}

    @property
    def examples(self) -> Mapping[str, tuple[str, ...]]:
        return self.sheet.examples


def read_file(school: School, path: Path, columns: Mapping[str, str] | None = None) -> SupplierFile:
    """Read a list, with the columns placed as a person said, else as the last time.

    :raises ImportFileError: it cannot be read
    """
    remembered: dict[str, str] = {}

    def remember(fingerprint: str) -> Mapping[str, str]:
        remembered.update(remembered_columns(school, fingerprint))
        return remembered

    return SupplierFile(path, read_supplier_sheet(path, columns, remember), remembered)


class SuppliersImportScreen(Screen):
    """Leads one list from file to register."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, tr("Lijst van leveranciers importeren"))
        self._file: SupplierFile | None = None
        self.drop = DropArea(
            tr("Sleep hier uw lijst van leveranciers naartoe"),
            tr("Een rekenblad als xlsx, ods, xls of CSV, met een regel per product."),
        )
        self.drop.dropped.connect(self._dropped)
        self.drop.button.clicked.connect(self.choose)
        self.columns = ColumnsPage(of_suppliers())
        self.columns.back.connect(self.discard)
        self.columns.placed.connect(self._take_columns)
        self.review = ReviewPage()
        self.review.back.connect(self._show_columns)
        self.review.store.clicked.connect(self._store)
        self._stack = QStackedWidget()
        self._pages = [self._start_page(), self.columns, self.review]
        for page in self._pages:
            self._stack.addWidget(scrolled(page))
        self.content.addWidget(self._stack, 1)
        for keys, do in (("Ctrl+O", self.choose), ("Ctrl+Return", self.go_on)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(do)

    def _start_page(self) -> QWidget:
        steps = (
            tr("Zet in uw lijst boven elke kolom wat erin staat, zoals Leverancier en Product."),
            tr(
                "Handig zijn ook: soort, waarvoor, wie gebruikt het, sinds, contactpersoon, "
                "e-mail, en van de overeenkomst de begindatum, de einddatum en wie tekende."
            ),
            tr(
                "U ziet eerst wat er verandert. Wat al vastligt, verandert nooit door een lijst. "
                "Een handtekening zonder naam of dag wordt niet overgenomen."
            ),
        )
        made = QWidget()
        layout = QVBoxLayout(made)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(14))
        layout.addWidget(self.drop)
        told = (label(each, wrap=True) for each in steps)
        layout.addWidget(card(label(tr("Zo maakt u de lijst"), "strong"), *told, spacing=6))
        layout.addStretch(1)
        return made

    def _open(self, place: int) -> None:
        told = (
            tr("Staat uw lijst al in een rekenblad? Dan hoeft u niet alles te typen."),
            tr("Kijk of elke kolom goed is herkend."),
            tr("Dit verandert er. Kijk het na en neem het over."),
        )
        self.set_head(tr("Lijst van leveranciers importeren"), told[place])
        self._stack.setCurrentIndex(place)
        if self.isVisible():
            self.focus_first()

    def refresh(self) -> None:
        """Begin, or the difference again: the school may have changed."""
        if self._file is None:
            self._open(0)
        elif self._stack.currentIndex() == 2:
            self._show_review()

    def focus_first(self) -> None:
        place = self._stack.currentIndex()
        if place == 0:
            self.drop.button.setFocus()
        elif place == 1:
            self.columns.focus_first()
        else:
            self.review.store.setFocus()

    def unsaved(self) -> str:
        if self._file is None:
            return ""
        return tr("U hebt deze lijst nog niet overgenomen. Er is niets van bewaard.")

    def discard(self) -> None:
        """Back to the start; nothing of the file stays."""
        self._file = None
        self.columns.forget()
        self.review.forget()
        self._open(0)

    def go_on(self) -> None:
        """Ctrl+Enter: the button that goes on."""
        if self._stack.currentIndex() == 1:
            self.columns.go_on()
        elif self._stack.currentIndex() == 2:
            self.review.store.click()

    # — reading —

    def choose(self) -> None:
        """Ctrl+O: a file by the dialogue of the system."""
        chosen = files.choose_file(self, tr("Kies de lijst van leveranciers"), _KINDS)
        if chosen is not None:
            self.read(chosen)

    def _dropped(self, paths: Sequence[Path]) -> None:
        if len(paths) == 1:
            self.read(paths[0])
        else:
            messages.tell(self, tr("Kies één lijst tegelijk. Er is niets ingelezen."))

    def read(self, path: Path, columns: Mapping[str, str] | None = None) -> None:
        """Read a list, then show its columns or what it changes."""
        if not may_change(self.desk, self):
            return
        school = self.desk.school

        def done(found: SupplierFile) -> None:
            self._file = found
            seen = columns is not None or found.remembered == found.sheet.columns
            if found.sheet.unplaced or not seen:
                self._show_columns()
            else:
                self._show_review()

        work = tr("Bestand lezen")
        self.desk.run(work, lambda _: read_file(school, path, columns), done, may_stop=False)

    def _show_columns(self) -> None:
        if self._file is not None:
            self.columns.show_file(self._file)
            self._open(1)

    def _take_columns(self, columns: dict[str, str]) -> None:
        if self._file is not None:
            self.read(self._file.path, columns)

    # — the difference —

    def _show_review(self) -> None:
        file = self._file
        if file is None:
            return
        try:
            found = importing.preview(self.desk.school, file.sheet)
        except RefusedError as error:
            messages.tell_error(self, error)
            self._show_columns()
            return
        self.review.show_difference(found)
        self._open(2)

    def _store(self) -> None:
        file = self._file
        if file is None:
            return
        with messages.told(self):
            found, change = importing.apply(self.desk.school, file.sheet)
            self.discard()
            new = found.counts[Kind.NEW] + found.counts[Kind.AGREEMENT]
            told = tr("Overgenomen: {lines}. Kijk nu wat er nog ontbreekt.")
            lines = counted(new, tr("regel"), tr("regels"))
            tell_done(self.desk, told.format(lines=lines), change)
            self.desk.go("suppliers")


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
        return theme.icon("triangle-alert", "warn") if each.notes else theme.icon(icon, colour)

    return [
        Column(
            tr("Regel"),
            lambda each: str(each.line),
            sorts=lambda each: f"{each.line:06}",
            icon=sign,
            width=90,
        ),
        Column(
            tr("Wat er gebeurt"),
            lambda each: sentence(f"supplier_import_kind.{each.kind}"),
            width=170,
        ),
        Column(tr("Product"), lambda each: each.product.name or "–", width=190),
        Column(tr("Leverancier"), lambda each: each.supplier.name or "–", width=170),
        Column(tr("Soort"), lambda each: kind_word(each.product.kind), width=170),
        Column(tr("Overeenkomst"), _agreement_told, width=190),
    ]


def _agreement_told(planned: PlannedLine) -> str:
    entry = planned.agreement
    if entry is None:
        return "–"
    begins = show_date(entry.begins_on)
    both = entry.school_signed_on and entry.supplier_signed_on
    signed = tr("getekend") if both else tr("niet (helemaal) getekend")
    return tr("vanaf {day}, {signed}").format(day=begins, signed=signed)
