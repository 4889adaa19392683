"""Who gets data and is no supplier: DUO, the samenwerkingsverband, the next school."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from schoolprivacy.people.entries import FieldProblem
from schoolprivacy.people.names import plain
from schoolprivacy.people.undoing import Undo
from schoolprivacy.suppliers.entries import LONGEST_LINE, LONGEST_NAME
from schoolprivacy.suppliers.recipients import (
    add_recipient,
    add_recipients,
    change_recipient,
    recipients,
    remove_recipient,
)
from schoolprivacy.suppliers.terms import Recipient, RecipientEntry, RecipientKind
from schoolprivacy.suppliers.usual import usual_recipients
from schoolprivacy.suppliers.words import recipient_word
from ui import messages
from ui.desk import Desk
from ui.fields import DateField, button, choice, label, text_field
from ui.flow import Flow
from ui.screens.pupil_words import tell_done
from ui.screens.record_dialog import RecordDialog
from ui.screens.suppliers_words import day_or_dash, may_record
from ui.table import ROW, Column, Rows, Table
from ui.theme import px
from ui.words import tr

_OTHER = ""
"""Stands for who is not among the usual ones."""


class RecipientsPart(QWidget):
    """The list, with what parents read of each."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        about = tr(
            "Deze organisaties krijgen gegevens omdat de wet of een taak dat vraagt, en zijn er "
            "zelf verantwoordelijk voor. Een verwerkersovereenkomst is dan niet nodig. Ouders "
            "lezen ze ook op de lijst."
        )
        self._rows: Rows[Recipient] = Rows(_columns())
        self.table = Table(tr("Andere ontvangers"))
        self.table.setSelectionMode(Table.SelectionMode.SingleSelection)
        self.table.setMinimumHeight(px(150))
        self._shown = self.table.show_rows(self._rows, lambda each: each.name)
        self.table.opened.connect(lambda _: self._change())
        self._none = label(
            tr("Er staat nog niemand. Kies bij Vaak voorkomend wie van uw school gegevens krijgt."),
            wrap=True,
        )
        self._add_button = button(tr("&Toevoegen…"), self._add, icon="plus", kind="primary")
        self._usual = button(tr("&Vaak voorkomend…"), self._add_usual, icon="list")
        self._change_button = button(tr("&Wijzigen…"), self._change, icon="pencil", tip=tr("Enter"))
        self._away = button(tr("Weghalen"), self._remove, icon="trash-2", kind="danger")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, px(12), 0, 0)
        layout.setSpacing(px(12))
        layout.addWidget(label(about, "muted", wrap=True))
        self._buttons = Flow(self._add_button, self._usual, self._change_button, self._away)
        layout.addWidget(self._buttons)
        layout.addWidget(self.table, 1)
        layout.addWidget(self._none)
        layout.addStretch(0)

    def refresh(self) -> None:
        """Read and show who is on record."""
        before: Recipient | None = self.table.current()
        found = recipients(self.desk.school)
        self._rows.replace(found)
        self._select(before.id if before else "")
        may = may_record(self.desk)
        self._add_button.setVisible(may)
        self._usual.setVisible(may and bool(not_there(found)))
        for each in (self._change_button, self._away):
            each.setVisible(may and bool(found))
        self.table.setVisible(bool(found))
        self._none.setVisible(not found)
        self._buttons.arrange()

    def _select(self, recipient_id: str) -> None:
        """Be at the one somebody was at, else at the first."""
        there = [
            self._shown.index(n, 0).data(ROW).id == recipient_id
            for n in range(self._shown.rowCount())
        ]
        self.table.selectRow(there.index(True) if True in there else 0)

    def forget(self) -> None:
        """The screen is left: keep nothing."""
        self._rows.replace([])

    def focus_first(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self) -> None:
        RecipientDialog(self, self.desk, None).open()

    def _add_usual(self) -> None:
        UsualDialog(self, self.desk).open()

    def _change(self) -> None:
        found: Recipient | None = self.table.current()
        if found is not None and may_record(self.desk):
            RecipientDialog(self, self.desk, found).open()

    def _remove(self) -> None:
        found: Recipient | None = self.table.current()
        if found is not None:
            with messages.told(self):
                change = remove_recipient(self.desk.school, found.id)
                told = tr("{name} is weggehaald.").format(name=found.name)
                tell_done(self.desk, told, change)


def _columns() -> list[Column[Recipient]]:
    return [
        Column(tr("Wie"), lambda each: each.name, width=190),
        Column(tr("Soort"), lambda each: recipient_word(each.kind), width=170),
        Column(tr("Welke gegevens"), lambda each: each.what, width=260),
        Column(tr("Waarvoor"), lambda each: each.why, width=230),
        Column(tr("Tot en met"), lambda each: day_or_dash(each.last_day), width=112),
    ]


def not_there(found: Iterable[Recipient]) -> list[RecipientEntry]:
    """Who usually gets data and is not on record yet."""
    there = {plain(each.name) for each in found}
    return [each for each in usual_recipients() if plain(each.name) not in there]


class UsualDialog(RecordDialog):
    """Who usually gets data, to tick those to whom this school gives them; nobody is at first."""

    def __init__(self, owner: QWidget, desk: Desk) -> None:
        title, told = tr("Wie krijgt er van uw school gegevens?"), tr("Toegevoegd aan de lijst.")
        super().__init__(owner, desk, title, tr("Toevoegen"), told, width=700)
        about = tr(
            "Vink alleen aan wie van uw school gegevens krijgt. Kijk de woorden daarna na: "
            "ouders lezen ze."
        )
        self.body.insertWidget(0, label(about, "muted", wrap=True))
        self.ticks: list[tuple[QCheckBox, RecipientEntry]] = []
        for each in not_there(recipients(desk.school)):
            tick = QCheckBox(each.name.replace("&", "&&"))
            tick.setAccessibleDescription(f"{each.what}. {each.why}.")
            self.ticks.append((tick, each))
            self.body.addWidget(tick)
            said = tr("{what}; voor: {why}").format(what=each.what, why=each.why)
            self.body.addWidget(label(said, "small", wrap=True))
        self.body.addStretch(1)
        self.act = self._store

    def _store(self) -> Undo:
        return add_recipients(self.desk.school, (e for tick, e in self.ticks if tick.isChecked()))


class RecipientDialog(RecordDialog):
    """Who, which data, what for, and what says that they get them."""

    def __init__(self, owner: QWidget, desk: Desk, found: Recipient | None) -> None:
        told = tr("Vastgelegd.")
        title = tr("Andere ontvanger")
        super().__init__(owner, desk, title, tr("Vastleggen"), told, width=760)
        self._id = found.id if found else ""
        if found is None:
            self._offer_usual()
        self.add("name", tr("&Wie"), text_field(found.name if found else "", longest=LONGEST_NAME))
        kinds = [(recipient_word(each), each) for each in RecipientKind]
        self.add("kind", tr("&Soort"), choice(kinds, found.kind if found else RecipientKind.OTHER))
        lines = (
            ("what", tr("Welke &gegevens"), found.what if found else ""),
            ("why", tr("Waarv&oor"), found.why if found else ""),
            ("ground", tr("Wet of &taak"), found.ground if found else ""),
        )
        for name, text, value in lines:
            self.add(name, text, text_field(value, longest=LONGEST_LINE), span=2)
        self.add("since", tr("S&inds"), DateField(found.since if found else None))
        hint = tr("Leeg: het gaat door.")
        last = DateField(found.last_day if found else None)
        self.add("last", tr("Tot en &met"), last, hint=hint)
        self.act = self._store

    def _offer_usual(self) -> None:
        usual = not_there(recipients(self.desk.school))
        offers: list[tuple[str, RecipientEntry | str]] = [(tr("Kies, of vul zelf in"), _OTHER)]
        offers += [(each.name, each) for each in usual]
        field = choice(offers)
        hint = tr("Wie er meestal gegevens krijgt. Pas de woorden aan uw school aan.")
        self.add("usual", tr("&Vaak"), field, hint=hint, span=2)
        field.currentIndexChanged.connect(lambda _: self._fill())

    def _fill(self) -> None:
        usual = self.fields["usual"].value()
        if isinstance(usual, RecipientEntry):
            self.fields["kind"].choose(usual.kind)
            for name in ("name", "what", "why", "ground"):
                self.fields[name].setText(getattr(usual, name))

    def problems(self) -> Iterable[FieldProblem]:
        for name in ("name", "what", "why"):
            if not self.fields[name].text().strip():
                yield FieldProblem(name, "needed")

    def _store(self) -> Undo:
        fields = self.fields
        entry = RecipientEntry(
            fields["name"].text(),
            fields["kind"].value(),
            fields["what"].text(),
            fields["why"].text(),
            fields["ground"].text(),
            fields["since"].date(),
            fields["last"].date(),
        )
        if self._id:
            return change_recipient(self.desk.school, self._id, entry)
        return add_recipient(self.desk.school, entry)
