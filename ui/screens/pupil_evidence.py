"""The scans and photos of what was signed about a pupil."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from schoolprivacy.consents.evidence import (
    Evidence,
    RemovedEvidence,
    evidence,
    read_evidence,
    remove_evidence,
    undo_remove_evidence,
)
from schoolprivacy.consents.form_code import short_form_code
from schoolprivacy.people.dossier import Dossier
from schoolprivacy.people.evidence_files import read_file
from schoolprivacy.people.names import full_name
from ui import files, messages, theme
from ui.desk import Desk
from ui.fields import button, card, label, row, show_date
from ui.screens.pupil_evidence_dialogs import AttachDialog, EvidenceDialog
from ui.screens.pupil_part import Part, table_of
from ui.screens.pupil_words import may_change
from ui.table import Column, Rows
from ui.words import tr

_PDF = "application/pdf"


class EvidenceTab(Part):
    """What is kept as proof; add, look at, remove. A file may be dropped anywhere on it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._found: Dossier | None = None
        self._rows = Rows(_columns())
        self._table = table_of(tr("Bewijsstukken"), self._rows, 180)
        self._table.opened.connect(self._show)
        self._add_button = button(tr("Bewijs toevoegen…"), self._choose, icon="paperclip")
        self._show_button = button(tr("Bekijken"), self._show_current, icon="eye", tip=tr("Enter"))
        self._remove_button = button(tr("Weghalen"), self._remove, icon="trash-2", kind="danger")
        self._hint = label(_how(), "small", wrap=True)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._table)
        self._pages.addWidget(self._nothing())
        self._acts = row(self._add_button, self._show_button, self._remove_button, None)
        self.content.addWidget(self._acts)
        self.content.addWidget(self._pages, 1)
        self.content.addWidget(self._hint)
        self.setAcceptDrops(True)

    def _nothing(self) -> QWidget:
        self._first = button(
            tr("Bewijs toevoegen…"), self._choose, icon="paperclip", kind="primary"
        )
        made = QWidget()
        layout = QVBoxLayout(made)
        layout.setContentsMargins(0, 0, 0, 0)
        told = card(
            label(tr("Er is nog geen bewijsstuk bij dit kind."), "heading"),
            label(
                tr(
                    "Bewaar hier een scan of foto van een formulier of brief die een ouder heeft "
                    "getekend. Zo kan de school laten zien dat er toestemming is (AVG 7, lid 1)."
                ),
                wrap=True,
            ),
            label(_how(), "muted", wrap=True),
            row(self._first, None),
        )
        layout.addWidget(told)
        layout.addStretch(1)
        return made

    # — showing —

    def show_pupil(self, found: Dossier) -> None:
        same = self._found is not None and self._found.pupil.id == found.pupil.id
        here = self._table.currentIndex().row() if same else 0
        self._found = found
        kept = evidence(self.desk.school, found.pupil.id)
        self._rows.replace(kept)
        self._pages.setCurrentIndex(0 if kept else 1)
        may = not self.desk.school.read_only
        for each in (self._add_button, self._remove_button, self._first):
            each.setVisible(may)
        for shown in (self._acts, self._hint):
            shown.setVisible(bool(kept))
        if kept:
            self._table.selectRow(min(max(0, here), len(kept) - 1))

    def forget(self) -> None:
        self._found = None
        self._rows.replace([])

    def _show_current(self) -> None:
        kept = self._table.current()
        if kept is not None:
            self._show(kept)

    def _show(self, kept: Evidence) -> None:
        with messages.told(self):
            EvidenceDialog(self, kept, read_evidence(self.desk.school, kept.id)).open()

    # — adding —

    def _choose(self) -> None:
        if self._found is None or not may_change(self.desk, self):
            return
        kinds = tr("Scan of foto (*.pdf *.jpg *.jpeg *.png)")
        chosen = files.choose_file(self, tr("Bewijs toevoegen"), kinds)
        if chosen is not None:
            self._take(chosen)

    def _take(self, path: Path) -> None:
        """Look whether the file opens, then ask what it is."""
        found = self._found
        if found is None:
            return

        def ask(content: bytes) -> None:
            if self._found is not None and self._found.pupil.id == found.pupil.id:
                AttachDialog(self, self.desk, found.pupil, path.name, content).open()

        self.desk.run(tr("Bestand nakijken"), lambda _: read_file(path), ask, may_stop=False)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._found is not None and _dropped(event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        dropped = _dropped(event.mimeData().urls())
        event.setDropAction(Qt.DropAction.CopyAction)  # the file stays where it is
        event.accept()
        if not may_change(self.desk, self):
            return
        if len(dropped) > 1:
            messages.tell(self, tr("Sleep één bestand tegelijk hierheen. Er is niets opgeslagen."))
        elif dropped:
            self._take(dropped[0])

    # — removing —

    def _remove(self) -> None:
        kept, found = self._table.current(), self._found
        if kept is None or found is None:
            return
        with messages.told(self):
            removed = remove_evidence(self.desk.school, kept.id)
            self.desk.tell_change()
            said = tr("“{name}” is weggehaald bij {child}.")
            said = said.format(name=kept.name, child=full_name(found.pupil))
            self.desk.say(said, lambda: self._put_back(removed))

    def _put_back(self, removed: RemovedEvidence) -> None:
        undo_remove_evidence(self.desk.school, removed)
        self.desk.tell_change()


def _how() -> str:
    return tr(
        "PDF, JPEG of PNG, hoogstens 10 MB. U kunt een bestand ook hierheen slepen. Het wordt "
        "versleuteld bewaard; verwijder daarna zelf het bestand op de computer."
    )


def _dropped(urls: list[QUrl]) -> list[Path]:
    return [Path(each.toLocalFile()) for each in urls if each.isLocalFile()]


def _columns() -> tuple[Column[Evidence], ...]:
    return (
        Column(
            tr("Bestand"),
            lambda kept: kept.name,
            icon=lambda kept: theme.icon("file-text" if kept.media_type == _PDF else "camera"),
            width=230,
        ),
        Column(tr("Formulier"), _form, width=140),
        Column(tr("Omschrijving"), lambda kept: kept.about or "–", width=220),
        Column(tr("Toegevoegd op"), lambda kept: show_date(kept.added_on), width=130),
        Column(tr("Door"), lambda kept: kept.added_by, width=130),
    )


def _form(kept: Evidence) -> str:
    return short_form_code(kept.form) if kept.form else "–"
