"""The scans of signed forms and reports of conversations, kept with a move."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from schoolprivacy.errors import RefusedError
from schoolprivacy.okr import evidence
from schoolprivacy.okr.board import BoardRow
from schoolprivacy.okr.evidence import OkrEvidence
from schoolprivacy.okr.terms import Move
from schoolprivacy.people.entries import FieldProblem
from schoolprivacy.people.evidence_files import read_file
from ui import files, messages
from ui.desk import Desk
from ui.fields import button, choice, label, row, show_date, text_field
from ui.screens.look_dialog import LookDialog
from ui.screens.okr_child_part import OkrPart, asked_carers
from ui.screens.pupil_dialog import EntryDialog
from ui.screens.pupil_evidence_dialogs import view_of
from ui.screens.pupil_part import table_of
from ui.screens.pupil_words import tell_done
from ui.table import Column, Rows
from ui.theme import px
from ui.words import tr


class EvidencePart(OkrPart):
    """What is kept as proof of inzage; add, look at, remove."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._names: dict[str, str] = {}
        self._rows: Rows[OkrEvidence] = Rows(self._columns())
        self.table = table_of(tr("Bewijsstukken"), self._rows, 150)
        self.table.opened.connect(lambda _: self._show())
        add = tr("Bewijs &toevoegen…")
        self._add_button = button(add, self._choose, icon="paperclip", kind="primary")
        self._look = button(tr("Be&kijken"), self._show, icon="eye", tip=tr("Enter"))
        self._remove = button(tr("Weghalen"), self._take_back, icon="trash-2", kind="danger")
        self._hint = label("", "muted", wrap=True)
        self.content.addWidget(row(self._add_button, self._look, self._remove, None))
        self.content.addWidget(self._hint)
        self.content.addWidget(self.table, 1)
        self._nothing = label("", wrap=True)
        self.content.addWidget(self._nothing)
        self.content.addStretch(0)

    def _columns(self) -> list[Column[OkrEvidence]]:
        return [
            Column(tr("Bestand"), lambda each: each.name, width=230),
            Column(tr("Van wie"), lambda each: self._names.get(each.guardian_id or "", "–")),
            Column(tr("Omschrijving"), lambda each: each.about or "–", width=220),
            Column(tr("Toegevoegd op"), lambda each: show_date(each.added_on), width=130),
            Column(tr("Door"), lambda each: each.added_by, width=130),
        ]

    def show_move(self, found: BoardRow, move: Move | None) -> None:
        self._names = {each.guardian_id: each.name for each in found.carers}
        kept: list[OkrEvidence] = []
        none = tr("Er is nog geen bewijsstuk bewaard.")
        may = move is not None and not self.desk.school.read_only
        if move is not None:
            try:
                kept = evidence.evidence(self.desk.school, move.id)
            except RefusedError as error:  # this role may print, and not look at what was signed
                may, none = False, str(error)
        self._rows.replace(kept)
        self.table.selectRow(0)
        self.table.setVisible(bool(kept))
        self._nothing.setText(none)
        self._nothing.setVisible(move is not None and not kept)
        self._add_button.setVisible(may)
        self._look.setVisible(may and bool(kept))
        self._remove.setVisible(may and bool(kept) and not (move and move.sent_on))
        self._hint.setText(
            tr(
                "Bewaar hier een scan of foto van het getekende formulier of het gespreksverslag: "
                "PDF, JPEG of PNG, hoogstens 10 MB. Het wordt versleuteld bewaard; verwijder "
                "daarna zelf het bestand op de computer."
            )
        )

    def forget(self) -> None:
        super().forget()
        self._names = {}
        self._rows.replace([])

    # — doing —

    def _show(self) -> None:
        kept: OkrEvidence | None = self.table.current()
        if kept is not None:
            with messages.told(self):
                found = evidence.read_evidence(self.desk.school, kept.id)
                LookDialog(self, found.name, found.content).open()

    def _choose(self) -> None:
        kinds = tr("Scan of foto (*.pdf *.jpg *.jpeg *.png)")
        chosen = files.choose_file(self, tr("Bewijs toevoegen"), kinds)
        if chosen is not None:
            self.take(chosen)

    def take(self, path: Path) -> None:
        """Look whether the file opens, then ask of whom it is."""
        found = self.row

        def ask(content: bytes) -> None:
            if found and self.row and self.row.child.pupil.id == found.child.pupil.id:
                AttachDialog(self, self.desk, found, path.name, content).open()

        self.desk.run(tr("Bestand nakijken"), lambda _: read_file(path), ask, may_stop=False)

    def _take_back(self) -> None:
        kept: OkrEvidence | None = self.table.current()
        if kept is not None:
            with messages.told(self):
                change = evidence.remove_evidence(self.desk.school, kept.id)
                told = tr("“{name}” is weggehaald.").format(name=kept.name)
                tell_done(self.desk, told, change)


class AttachDialog(EntryDialog):
    """Look whether it is the right paper, and say whose it is."""

    def __init__(
        self, owner: QWidget, desk: Desk, found: BoardRow, name: str, content: bytes
    ) -> None:
        title = tr("Bewijs bij {child}").format(child=found.name)
        super().__init__(owner, title, tr("Bewaren"), width=760)
        self._desk, self._name, self._content = desk, name, content
        self._move_id = found.move.id if found.move else ""
        carers = [(each.name, each.guardian_id) for each in asked_carers(found)]
        who = choice([*carers, (tr("Van niemand in het bijzonder"), None)])
        self.add("who", tr("&Van wie"), who, span=2)
        about = text_field(longest=200, placeholder=tr("bijvoorbeeld: getekend formulier"))
        hint = tr("Mag leeg blijven.")
        self.add("about", tr("&Omschrijving"), about, hint=hint, span=2)
        self.body.addWidget(self.fields)
        self.view = view_of(tr("Het gekozen bestand"), content)
        self.view.setMinimumHeight(px(340))
        self.body.addWidget(self.view, 1)

    def problems(self) -> list[FieldProblem]:
        return []

    def save(self) -> None:
        school, who, about = self._desk.school, self.fields["who"].value(), self.fields["about"]
        evidence.attach(
            school,
            self._move_id,
            self._name,
            self._content,
            guardian_id=who,
            about=about.text(),
        )
        self.done(1)
        self._desk.tell_change()
        told = tr("“{name}” is bewaard. Verwijder nu het bestand op de computer.")
        self._desk.say(told.format(name=self._name))
