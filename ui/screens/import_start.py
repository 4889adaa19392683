"""Where an import begins: drop a file, or see the last one and take it back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from schoolprivacy.people.importing import LastImport
from ui import files, theme
from ui.fields import button, card, emptied, label, row
from ui.screen import heading
from ui.screens.import_words import counts_text
from ui.theme import px
from ui.words import tr


class StartPage(QWidget):
    """Asks for the files."""

    chosen = Signal(list)
    undo_wanted = Signal()
    suppliers_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.drop = DropArea(
            tr("Sleep hier het bestand uit uw leerlingadministratie"),
            tr("EDEXML, of een lijst als CSV, xlsx, ods of xls. Meer bestanden tegelijk mag."),
        )
        self.drop.dropped.connect(self.chosen)
        self.drop.button.clicked.connect(self.choose)
        self._last = QWidget()
        self._last_layout = QVBoxLayout(self._last)
        self._last_layout.setContentsMargins(0, 0, 0, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(14))
        layout.addWidget(self.drop)
        layout.addWidget(self._last)
        suppliers = button(
            tr("Een lijst van &leveranciers importeren…"), self.suppliers_wanted.emit, kind="link"
        )
        layout.addWidget(row(suppliers, None))
        layout.addWidget(_how_to())
        layout.addStretch(1)

    def choose(self) -> None:
        """Ask for files with the dialogue of the system."""
        kinds = tr("Leerlingenbestanden (*.xml *.csv *.txt *.xlsx *.ods *.xls);;Alle bestanden (*)")
        found = files.choose_files(self, tr("Kies het leerlingenbestand"), kinds)
        if found:
            self.chosen.emit(found)

    def show_last(self, last: LastImport | None, *, can_undo: bool) -> None:
        """Show the import that is in the school file now, if any."""
        emptied(self._last_layout)
        self._last.setVisible(last is not None)
        if last is not None:
            self._last_layout.addWidget(self._last_card(last, can_undo=can_undo))

    def _last_card(self, last: LastImport, *, can_undo: bool) -> QFrame:
        kind = tr("EDEXML") if last.source == "edexml" else tr("rekenblad")
        when = tr("{day} om {time} uur, {kind}: {counts}").format(
            day=f"{last.at.astimezone():%d-%m-%Y}",
            time=f"{last.at.astimezone():%H:%M}",
            kind=kind,
            counts=counts_text(last.counts) or tr("geen verschil"),
        )
        made = QFrame()
        made.setObjectName("card")
        layout = QHBoxLayout(made)
        layout.setContentsMargins(px(18), px(14), px(18), px(14))
        said = QVBoxLayout()
        said.setSpacing(px(4))
        layout.addLayout(said, 1)
        said.addWidget(heading(tr("Laatste import")))
        said.addWidget(label(when, wrap=True))
        if not can_undo:
            why = tr("Daarna is er iets veranderd. Ongedaan maken kan daarom niet meer.")
            said.addWidget(label(why, "small", wrap=True))
        if can_undo:
            undo = button(tr("&Ongedaan maken…"), self.undo_wanted.emit, icon="undo-2")
            layout.addWidget(undo, alignment=Qt.AlignmentFlag.AlignVCenter)
        return made


class DropArea(QFrame):
    """A large place to drop files on."""

    dropped = Signal(list)

    def __init__(self, asks: str, kinds: str) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self.setAccessibleName(tr("Sleep hier een bestand naartoe"))
        picture = QLabel()
        picture.setPixmap(theme.pixmap("upload", "accent", 40))
        what = label(asks, "heading", wrap=True)
        self.button = button(
            tr("Bestand &kiezen…"),
            lambda: None,
            icon="folder-open",
            kind="primary",
            tip=tr("Ctrl+O"),
        )
        self.button.setAccessibleDescription(kinds)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(20), px(30), px(20), px(30))
        layout.setSpacing(px(10))
        for each in (picture, what, label(kinds, "muted", wrap=True)):
            each.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            layout.addWidget(each)
        layout.addWidget(self.button, alignment=Qt.AlignmentFlag.AlignHCenter)
        self._show_drag(over=False)

    def _show_drag(self, *, over: bool) -> None:
        c = theme.colours()
        line, back = (c.accent, c.accent_soft) if over else (c.strong_border, c.surface)
        self.setStyleSheet(
            f"DropArea {{ border: 2px dashed {line}; background: {back};"
            f" border-radius: {px(10)}px; }}"
        )

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _paths(event):
            event.acceptProposedAction()
            self._show_drag(over=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._show_drag(over=False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._show_drag(over=False)
        event.acceptProposedAction()
        self.dropped.emit(_paths(event))


def _paths(event: QDropEvent) -> Sequence[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]


def _how_to() -> QFrame:
    steps = (
        tr(
            "1. Open uw leerlingadministratie en zoek bij exporteren of uitwisselen naar "
            "EDEXML. Is dat er niet, maak dan een lijst van alle leerlingen als xlsx of CSV."
        ),
        tr(
            "2. Neem in een lijst deze kolommen op: roepnaam, voorvoegsel, achternaam, "
            "geboortedatum en groep, en van elke ouder naam, adres, telefoon en e-mail. "
            "Staat er bij iemand “geheim adres”? Neem dat altijd mee."
        ),
        tr(
            "3. Bewaar het bestand en sleep het hierheen. U ziet eerst wat er verandert; pas als u "
            "op Overnemen drukt, wordt het bewaard. Gooi het bestand daarna weg, ook uit de "
            "prullenbak."
        ),
    )
    never = tr("Burgerservicenummers en andere gegevens die niet nodig zijn, worden nooit gelezen.")
    return card(
        heading(tr("Zo maakt u het bestand")),
        *(label(step, wrap=True) for step in steps),
        label(never, "muted", wrap=True),
        spacing=6,
    )
