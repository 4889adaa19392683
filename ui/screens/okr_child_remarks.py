"""What guardians say of the report: remarks that are added, facts that are corrected."""

from __future__ import annotations

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from schoolprivacy.okr import remarks
from schoolprivacy.okr.board import BoardRow
from schoolprivacy.okr.remarks import RemarkText
from schoolprivacy.okr.terms import Move, Outcome, Remark, RemarkKind
from schoolprivacy.people.undoing import Undo
from ui import messages, theme
from ui.desk import Desk
from ui.fields import button, choice, label, row, show_date, text_field
from ui.screens.okr_child_part import OkrPart, asked_carers
from ui.screens.okr_words import day_or_dash, may_record, outcome_word, remark_word
from ui.screens.pupil_part import table_of
from ui.screens.pupil_words import tell_done
from ui.screens.record_dialog import RecordDialog
from ui.table import Column, Rows
from ui.theme import px
from ui.words import tr


class RemarksPart(OkrPart):
    """That somebody said something, and what the school did; the text itself only when asked."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._names: dict[str, str] = {}
        self._rows: Rows[Remark] = Rows(self._columns())
        self.table = table_of(tr("Opmerkingen van ouders"), self._rows, 150)
        self.table.opened.connect(lambda _: self._read())
        self._new = button(tr("&Nieuwe opmerking…"), self._add, icon="plus", kind="primary")
        self._look = button(tr("&Lezen…"), self._read, icon="eye", tip=tr("Enter"))
        self._settle = button(tr("&Afhandelen…"), self._settle_one, icon="check")
        self._remove = button(tr("Weghalen"), self._take_back, icon="trash-2", kind="danger")
        told = tr(
            "Een zienswijze van een ouder wordt altijd toegevoegd. Een feitelijke fout wordt "
            "verbeterd; een professioneel oordeel van de school blijft (AVG 16)."
        )
        self.content.addWidget(row(self._new, self._look, self._settle, self._remove, None))
        self.content.addWidget(label(told, "muted", wrap=True))
        self.content.addWidget(self.table, 1)
        self._nothing = label("", wrap=True)
        self.content.addWidget(self._nothing)
        self.content.addStretch(0)

    def _columns(self) -> list[Column[Remark]]:
        return [
            Column(tr("Gezegd op"), lambda each: show_date(each.said_on), width=120),
            Column(tr("Wie"), lambda each: self._names.get(each.guardian_id, "–"), width=200),
            Column(tr("Wat"), lambda each: remark_word(each.kind), width=150),
            Column(
                tr("Gedaan"),
                lambda each: outcome_word(each.outcome),
                icon=lambda each: theme.icon(
                    *(("circle-check", "yes") if each.outcome else ("triangle-alert", "warn"))
                ),
                width=230,
            ),
            Column(tr("Op"), lambda each: day_or_dash(each.settled_on), width=120),
        ]

    def show_move(self, found: BoardRow, move: Move | None) -> None:
        self._names = {each.guardian_id: each.name for each in found.carers}
        here = self.table.currentIndex().row()
        said = move.remarks if move else ()
        self._rows.replace(said)
        self.table.selectRow(max(0, min(here, len(said) - 1)))
        may = may_record(self.desk) and move is not None and move.report is not None
        self._new.setVisible(may)
        for each in (self._look, self._settle, self._remove):
            each.setVisible(may and bool(said))
        none = tr("Er is nog geen opmerking van een ouder vastgelegd.")
        self._nothing.setText("" if said else none)
        self._nothing.setVisible(not said)
        self.table.setVisible(bool(said))

    def forget(self) -> None:
        super().forget()
        self._names = {}
        self._rows.replace([])

    # — doing —

    def _add(self) -> None:
        if self.row is None:
            return
        if asked_carers(self.row):
            AddRemarkDialog(self, self.desk, self.row).open()
        else:
            told = tr("Er is geen ouder of verzorger met gezag bekend. Vul die in bij de leerling.")
            messages.tell(self, told)

    def _read(self) -> None:
        found = self._text_of_current()
        if found is not None:
            parts = [found.text]
            if found.answer:
                parts.append(tr("Antwoord van de school: {answer}").format(answer=found.answer))
            heading = f"{remark_word(found.remark.kind)}, {show_date(found.remark.said_on)}"
            messages.tell(self, "\n\n".join(parts), heading=heading)

    def _text_of_current(self) -> RemarkText | None:
        """The text of the one in the table; that somebody looked is written down."""
        chosen: Remark | None = self.table.current()
        if chosen is None or self.row is None or self.row.move is None:
            return None
        said: tuple[RemarkText, ...] = ()
        with messages.told(self):
            said = remarks.read_remarks(self.desk.school, self.row.move.id)
        return next((each for each in said if each.remark.id == chosen.id), None)

    def _settle_one(self) -> None:
        chosen: Remark | None = self.table.current()
        if chosen is None:
            return
        if chosen.outcome is not None:
            messages.tell(self, tr("Met deze opmerking is al iets gedaan."))
            return
        found = self._text_of_current()
        if found is not None:
            SettleDialog(self, self.desk, found).open()

    def _take_back(self) -> None:
        chosen: Remark | None = self.table.current()
        if chosen is not None:
            with messages.told(self):
                change = remarks.remove_remark(self.desk.school, chosen.id)
                tell_done(self.desk, tr("De opmerking is weggehaald."), change)


class AddRemarkDialog(RecordDialog):
    """What a guardian says of the report."""

    def __init__(self, owner: QWidget, desk: Desk, found: BoardRow) -> None:
        title = tr("Opmerking over het rapport van {name}").format(name=found.name)
        super().__init__(owner, desk, title, tr("Vastleggen"), tr("De opmerking is vastgelegd."))
        self._move_id = found.move.id if found.move else ""
        carers = [(each.name, each.guardian_id) for each in asked_carers(found)]
        self.add("who", tr("&Van wie"), choice(carers))
        self.add_day(tr("&Gezegd op"))
        kinds = [
            (tr("Zienswijze: wordt toegevoegd aan het rapport"), RemarkKind.REMARK),
            (tr("Feitelijke fout: wordt verbeterd"), RemarkKind.CORRECTION),
        ]
        self.add("kind", tr("&Soort"), choice(kinds), span=2)
        text = QPlainTextEdit()
        text.setTabChangesFocus(True)
        text.setMinimumHeight(px(120))
        hint = tr("In de woorden van de ouder. Geen BSN.")
        self.add("text", tr("&Wat zegt deze ouder?"), text, hint=hint, span=2)
        self.act = self._record

    def _record(self) -> Undo:
        return remarks.add_remark(
            self.desk.school,
            self._move_id,
            self.fields["who"].value() or "",
            self.fields["kind"].value(),
            self.fields["text"].toPlainText(),
            self.fields["on"].date(),
        )


class SettleDialog(RecordDialog):
    """What the school did with it."""

    def __init__(self, owner: QWidget, desk: Desk, found: RemarkText) -> None:
        super().__init__(
            owner, desk, tr("Opmerking afhandelen"), tr("Vastleggen"), tr("Dit is vastgelegd.")
        )
        self._remark = found.remark
        self.body.insertWidget(0, label(found.text, wrap=True))
        added = [Outcome.ADDED]
        facts = [Outcome.CORRECTED, Outcome.DECLINED]
        outcomes = added if found.remark.kind is RemarkKind.REMARK else facts
        offers = [(outcome_word(each), each) for each in outcomes]
        self.add("outcome", tr("&Wat deed de school?"), choice(offers))
        self.add_day(tr("&Dag"))
        hint = tr("Nodig als de school het niet verbetert.")
        answer = text_field(longest=200)
        self.add("answer", tr("&Antwoord aan de ouder"), answer, hint=hint, span=2)
        self.act = self._record

    def _record(self) -> Undo:
        return remarks.settle_remark(
            self.desk.school,
            self._remark.id,
            self.fields["outcome"].value(),
            self.fields["on"].date(),
            self.fields["answer"].text(),
        )
