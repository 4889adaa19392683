"""The scans kept with a product: agreements, sheets, confirmations; shown from memory."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from schoolprivacy.people.entries import FieldProblem
from schoolprivacy.people.evidence_files import read_file
from schoolprivacy.suppliers import evidence
from schoolprivacy.suppliers.board import BoardRow
from schoolprivacy.suppliers.entries import LONGEST_LINE
from schoolprivacy.suppliers.evidence import SupplierEvidence
from schoolprivacy.suppliers.terms import Paper
from schoolprivacy.suppliers.words import paper_word
from ui import files, messages
from ui.desk import Desk
from ui.fields import button, choice, label, row, show_date, text_field
from ui.screens.look_dialog import LookDialog
from ui.screens.pupil_dialog import EntryDialog
from ui.screens.pupil_evidence_dialogs import view_of
from ui.screens.pupil_part import table_of
from ui.screens.pupil_words import tell_done
from ui.screens.suppliers_part import SupplierPart
from ui.table import Column, Rows
from ui.theme import px
from ui.words import tr


class ScansPart(SupplierPart):
    """What is kept; add, look at, remove."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)

    def show_product(self, found: BoardRow) -> None:
        kept = evidence.evidence(self.desk.school, found.file.product.id)
        self._rows: Rows[SupplierEvidence] = Rows(_columns(), kept)
        self.table = table_of(tr("Scans"), self._rows, 150)
        self.table.opened.connect(lambda _: self._show())
        buttons: list[QWidget | None] = []
        if self.may_record():
            buttons.append(
                button(tr("Scan &toevoegen…"), self._choose, icon="paperclip", kind="primary")
            )
        if kept and not self.desk.school.read_only:
            buttons.append(button(tr("Be&kijken"), self._show, icon="eye", tip=tr("Enter")))
        if kept and self.may_record():
            away = tr("Weghalen")
            buttons.append(button(away, self._take_back, icon="trash-2", kind="danger"))
        self.content.addWidget(row(*buttons, None))
        hint = tr(
            "PDF, JPEG of PNG, hoogstens 10 MB. Het wordt versleuteld bewaard; verwijder daarna "
            "zelf het bestand op de computer. De scan van een overeenkomst staat bij elk product "
            "van deze leverancier."
        )
        self.content.addWidget(label(hint, "muted", wrap=True))
        if kept:
            self.table.selectRow(0)
            self.content.addWidget(self.table, 1)
        else:
            self.content.addWidget(label(tr("Er is nog geen scan bewaard."), wrap=True))

    # — doing —

    def _show(self) -> None:
        kept: SupplierEvidence | None = self.table.current()
        if kept is not None:
            with messages.told(self):
                found = evidence.read_evidence(self.desk.school, kept.id)
                LookDialog(self, found.name, found.content).open()

    def _choose(self) -> None:
        kinds = tr("Scan of foto (*.pdf *.jpg *.jpeg *.png)")
        chosen = files.choose_file(self, tr("Scan toevoegen"), kinds)
        if chosen is not None:
            self.take(chosen)

    def take(self, path: Path) -> None:
        """Look whether the file opens, then ask what it is."""
        found = self.row

        def ask(content: bytes) -> None:
            if found and self.row and self.row.file.product.id == found.file.product.id:
                KeepDialog(self, self.desk, found, path.name, content).open()

        self.desk.run(tr("Bestand nakijken"), lambda _: read_file(path), ask, may_stop=False)

    def _take_back(self) -> None:
        kept: SupplierEvidence | None = self.table.current()
        if kept is not None:
            with messages.told(self):
                change = evidence.remove_evidence(self.desk.school, kept.id)
                told = tr("“{name}” is weggehaald.").format(name=kept.name)
                tell_done(self.desk, told, change)


def _columns() -> list[Column[SupplierEvidence]]:
    return [
        Column(tr("Wat"), lambda each: paper_word(each.paper), width=180),
        Column(tr("Bestand"), lambda each: each.name, width=230),
        Column(tr("Omschrijving"), lambda each: each.about or "–", width=220),
        Column(tr("Toegevoegd op"), lambda each: show_date(each.added_on), width=130),
        Column(tr("Door"), lambda each: each.added_by, width=130),
    ]


class KeepDialog(EntryDialog):
    """Look whether it is the right paper, and say what it is."""

    def __init__(
        self, owner: QWidget, desk: Desk, found: BoardRow, name: str, content: bytes
    ) -> None:
        title = tr("Scan bij {name}").format(name=found.name)
        super().__init__(owner, title, tr("Bewaren"), width=760)
        self._desk, self._name, self._content = desk, name, content
        self._product_id = found.file.product.id
        papers = choice([(paper_word(each), each) for each in Paper])
        self.add("paper", tr("&Wat is het"), papers, span=2)
        hint = tr("Mag leeg blijven.")
        self.add("about", tr("&Omschrijving"), text_field(longest=LONGEST_LINE), hint=hint, span=2)
        self.body.addWidget(self.fields)
        self.view = view_of(tr("Het gekozen bestand"), content)
        self.view.setMinimumHeight(px(340))
        self.body.addWidget(self.view, 1)

    def problems(self) -> list[FieldProblem]:
        return []

    def save(self) -> None:
        evidence.attach(
            self._desk.school,
            self._product_id,
            self._name,
            self._content,
            self.fields["paper"].value(),
            about=self.fields["about"].text(),
        )
        self.done(1)
        self._desk.tell_change()
        told = tr("“{name}” is bewaard. Verwijder nu het bestand op de computer.")
        self._desk.say(told.format(name=self._name))
