"""A school's own list of suppliers: drop it, say what is in it, see what changes, store it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from schoolprivacy.errors import RefusedError
from schoolprivacy.exchange.supplier_sheet import SupplierSheet, read_supplier_sheet
from schoolprivacy.people.importing import remembered_columns
from schoolprivacy.school import School
from schoolprivacy.suppliers import importing
from schoolprivacy.suppliers.importing import Kind
from ui import files, messages
from ui.desk import Desk
from ui.fields import card, label, scrolled
from ui.screen import Screen
from ui.screens.import_columns import ColumnsPage
from ui.screens.import_start import DropArea
from ui.screens.import_vocabulary import of_suppliers
from ui.screens.pupil_words import may_change, tell_done
from ui.screens.suppliers_import_review import ReviewPage
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
