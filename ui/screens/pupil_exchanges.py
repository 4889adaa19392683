"""What was exchanged about a pupil with a samenwerkingsverband: one child at a time, no BSN."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QWidget

from schoolprivacy.errors import RefusedError
from schoolprivacy.okr.entries import LONGEST_LINE, LONGEST_NAME
from schoolprivacy.okr.exchanges import (
    Exchange,
    NewExchange,
    exchanges,
    record_exchange,
    remove_exchange,
)
from schoolprivacy.people.dossier import Dossier
from schoolprivacy.people.entries import FieldProblem
from schoolprivacy.people.names import full_name
from ui import messages
from ui.desk import Desk
from ui.fields import DateField, button, label, row, show_date, text_field
from ui.screens.pupil_dialog import EntryDialog
from ui.screens.pupil_part import Part, table_of
from ui.screens.pupil_words import may_change, tell_done
from ui.table import Column, Rows
from ui.words import tr


class ExchangesTab(Part):
    """With whom, what and why; and recording another one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._found: Dossier | None = None
        self._rows: Rows[Exchange] = Rows(_columns())
        self.table = table_of(tr("Uitwisseling"), self._rows, 150)
        self._add = button(
            tr("Uitwisseling &vastleggen…"), self._record, icon="plus", kind="primary"
        )
        told = tr(
            "Wisselt u met een samenwerkingsverband gegevens uit over dit kind? Leg hier vast wat, "
            "waarom en wanneer. Alleen over dit ene kind, alleen wat nodig is, en nooit het BSN. "
            "Het samenwerkingsverband is zelf verantwoordelijk: een verwerkersovereenkomst is niet "
            "nodig."
        )
        self._nothing = label("", wrap=True)
        self._remove = button(tr("Weghalen"), self._take_back, icon="trash-2", kind="danger")
        self.content.addWidget(row(self._add, self._remove, None))
        self.content.addWidget(label(told, "muted", wrap=True))
        self.content.addWidget(self.table, 1)
        self.content.addWidget(self._nothing)
        self.content.addStretch(0)

    def show_pupil(self, found: Dossier) -> None:
        self._found = found
        none = tr("Over dit kind is nog geen uitwisseling vastgelegd.")
        kept: list[Exchange] = []
        may = not self.desk.school.read_only
        try:
            kept = exchanges(self.desk.school, found.pupil.id)
        except RefusedError as error:  # not with this role
            none, may = str(error), False
        self._rows.replace(kept)
        self.table.selectRow(0)
        self.table.setVisible(bool(kept))
        self._nothing.setText(none)
        self._nothing.setVisible(not kept)
        self._add.setVisible(may)
        self._remove.setVisible(may and bool(kept))

    def forget(self) -> None:
        self._found = None
        self._rows.replace([])

    def _record(self) -> None:
        if self._found is not None and may_change(self.desk, self):
            ExchangeDialog(self, self.desk, self._found).open()

    def _take_back(self) -> None:
        chosen: Exchange | None = self.table.current()
        if chosen is not None:
            with messages.told(self):
                change = remove_exchange(self.desk.school, chosen.id)
                told = tr("Weggehaald: uitwisseling met {party}, {day}.")
                said = told.format(party=chosen.party, day=show_date(chosen.on))
                tell_done(self.desk, said, change)


class ExchangeDialog(EntryDialog):
    """With whom, what, why and on which day."""

    def __init__(self, owner: QWidget, desk: Desk, found: Dossier) -> None:
        self._name = full_name(found.pupil)
        title = tr("Uitwisseling over {name}").format(name=self._name)
        super().__init__(owner, title, tr("Vastleggen"))
        self._desk, self._pupil_id = desk, found.pupil.id
        today = desk.school.clock.today()
        party = text_field(longest=LONGEST_NAME)
        self.add("party", tr("&Met wie?"), party, hint=tr("Het samenwerkingsverband."), span=2)
        what = text_field(longest=LONGEST_LINE)
        self.add("what", tr("W&elke gegevens?"), what, hint=tr("Nooit het BSN."), span=2)
        self.add("why", tr("W&aarom is dat nodig?"), text_field(longest=LONGEST_LINE), span=2)
        self.add("on", tr("&Dag"), DateField(today, latest=today))
        self.body.addWidget(self.fields)

    def problems(self) -> Iterable[FieldProblem]:
        if not self.fields["on"].text().strip():
            yield FieldProblem("on", "no_day")

    def save(self) -> None:
        party, what, why = (self.fields[name].text() for name in ("party", "what", "why"))
        new = NewExchange(party, what, why, self.fields["on"].date())
        change = record_exchange(self._desk.school, self._pupil_id, new)
        self.done(1)
        told = tr("De uitwisseling over {name} is vastgelegd.").format(name=self._name)
        tell_done(self._desk, told, change)


def _columns() -> list[Column[Exchange]]:
    return [
        Column(tr("Dag"), lambda each: show_date(each.on), width=110),
        Column(tr("Met wie"), lambda each: each.party, width=220),
        Column(tr("Welke gegevens"), lambda each: each.what, width=260),
        Column(tr("Waarom"), lambda each: each.why, width=250),
        Column(tr("Vastgelegd door"), lambda each: each.by, width=140),
    ]
