"""One cell of the board: what counts, why, everything that was decided, and what to do now."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from schoolprivacy.consents.form_code import show_form_code
from schoolprivacy.consents.history import HistoryLine, cell_history
from schoolprivacy.people.names import full_name, group_label
from ui import theme
from ui.answers import authority_word, decision_icon, decision_word, signs, way_word
from ui.desk import Desk
from ui.dialog import Dialog
from ui.fields import button, card, label, row, scrolled, show_date
from ui.matrix import Cell, purpose_told
from ui.pills import pill
from ui.screens.cell_form import CellForm
from ui.screens.consent_forms import InvalidateDialog, RecordDialog
from ui.screens.consent_withdraw import WithdrawDialog
from ui.table import Column, Rows, Table
from ui.theme import px
from ui.words import tr


class CellDialog(Dialog):
    """The history of a cell; from here an answer is recorded, withdrawn or made invalid."""

    def __init__(self, desk: Desk, cell: Cell, parent: QWidget) -> None:
        super().__init__(parent, cell.spoken)
        self._desk, self._cell = desk, cell
        self.history = cell_history(desk.school, cell.pupil.pupil.id, cell.purpose.code)
        self.lines = Table(tr("Geschiedenis"))
        self.told = label("", wrap=True)
        self.primary = self.record = button(
            tr("Antwoord &vastleggen…"), self._record, kind="primary"
        )
        self.withdraw = button(tr("&Intrekken…"), self._withdraw)
        self.invalidate = button(tr("Ver&keerd ingevoerd…"), self._invalidate)
        self._build(parent)
        self._show_history()
        self._allow()

    def _build(self, parent: QWidget) -> None:
        pupil, purpose = self._cell.pupil, self._cell.purpose
        inside = QWidget()
        body = QVBoxLayout(inside)
        body.setContentsMargins(0, 0, px(6), 0)
        body.setSpacing(px(12))
        name = tr("{pupil} · {purpose}").format(
            pupil=full_name(pupil.pupil), purpose=purpose.wording.short
        )
        body.addWidget(label(name, "heading", wrap=True))
        body.addWidget(label(group_label(pupil.placement.group_name), "muted"))
        sign = signs()[self.history.answer]
        self.why = label(self.history.why, wrap=True)
        answer = QHBoxLayout()
        answer.setSpacing(px(12))
        body.addLayout(answer)
        answer.addWidget(pill(sign))
        answer.addWidget(self.why, 1)
        body.addWidget(label(purpose_told(purpose), "small", wrap=True))
        self._nothing = label(tr("Hier is nog niets vastgelegd."), "muted")
        body.addWidget(self._nothing)
        body.addWidget(self.lines)
        self._details = card(self.told)
        body.addWidget(self._details)
        self._apart = label(
            tr(
                "Intrekken: een ouder bedenkt zich. Verkeerd ingevoerd: dit antwoord is nooit zo "
                "gegeven."
            ),
            "small",
            wrap=True,
        )
        body.addWidget(self._apart)
        body.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(20), px(18), px(20), px(16))
        layout.setSpacing(px(12))
        layout.addWidget(scrolled(inside), 1)
        layout.addWidget(self._buttons())
        room = parent.window().size()
        self.resize(min(px(800), room.width() - px(20)), min(px(600), room.height() - px(20)))

    def _buttons(self) -> QWidget:
        close = button(tr("&Sluiten"), self.reject)
        return row(self.invalidate, None, close, self.withdraw, self.record)

    # — history —

    def _show_history(self) -> None:
        lines = self.history.lines
        self._nothing.setVisible(not lines)
        self.lines.setVisible(bool(lines))
        for each in (self._details, self._apart):
            each.setVisible(bool(lines))
        self.lines.show_rows(Rows(_columns(), lines), lambda line: line.who)
        self.lines.sortByColumn(0, Qt.SortOrder.DescendingOrder)
        self.lines.setFixedHeight(min(len(lines), 4) * px(38) + px(46))
        self.lines.selectionModel().currentRowChanged.connect(self._show_line)
        self.lines.selectRow(0)
        (self.lines if lines else self.record).setFocus()

    def _show_line(self) -> None:
        line = self.lines.current()
        self.told.setText(line_told(line) if line else "")
        self._allow()

    def _allow(self) -> None:
        may = not self._desk.school.read_only
        line = self.lines.current()
        self.record.setEnabled(may)
        self.withdraw.setEnabled(may)
        self.invalidate.setEnabled(may and line is not None and line.invalidated is None)

    # — doing —

    def _record(self) -> None:
        self._open(RecordDialog(self._desk, self._cell, self))

    def _withdraw(self) -> None:
        cell = self._cell
        self._open(WithdrawDialog(self._desk, cell.pupil.pupil, self, only=cell.purpose))

    def _invalidate(self) -> None:
        self._open(InvalidateDialog(self._desk, self._cell, self.lines.current(), self))

    def _open(self, form: CellForm | WithdrawDialog) -> None:
        """What was done is told on the board, with the way back."""
        form.accepted.connect(self.accept)
        form.open()


def _columns() -> list[Column[HistoryLine]]:
    return [
        Column(
            tr("Dag"),
            lambda line: show_date(line.decided_on),
            sorts=lambda line: f"{line.decided_on} {line.recorded_at}",
            speaks=lambda line: f"{_word(line)}, {line_told(line)}",
            width=110,
        ),
        Column(tr("Wie"), lambda line: line.who, width=190),
        Column(
            tr("Antwoord"),
            _word,
            icon=lambda line: theme.icon(
                *decision_icon(line.choice, invalid=line.invalidated is not None)
            ),
            width=165,
        ),
        Column(tr("Telt mee?"), lambda line: line.explanation),
    ]


def _word(line: HistoryLine) -> str:
    return decision_word(line.choice, invalid=line.invalidated is not None)


def line_told(line: HistoryLine) -> str:
    """Everything about one decision, in sentences."""
    return "\n".join([*_given(line), *_recorded(line)])


def _given(line: HistoryLine) -> list[str]:
    how = tr("Gegeven op {day}, {way}").format(
        day=show_date(line.decided_on), way=way_word(line.way)
    )
    told = [f"{how} {show_form_code(line.form)}".rstrip() + "."]
    text = tr("Tekst waarop dit antwoord is gegeven (versie {version}): {text}.")
    told.append(text.format(version=line.wording.version, text=line.wording.label))
    if line.declared is not None:
        declared = tr("Volgens het formulier: {authority}.")
        told.append(declared.format(authority=authority_word(line.declared)))
    if line.valid_from and line.valid_from > line.decided_on:
        told.append(tr("Geldt vanaf {day}.").format(day=show_date(line.valid_from)))
    if line.valid_until:
        told.append(tr("Geldt tot en met {day}.").format(day=show_date(line.valid_until)))
    return told


def _recorded(line: HistoryLine) -> list[str]:
    recorded = tr("Vastgelegd door {who} op {moment}.")
    told = [recorded.format(who=line.recorded_by, moment=_moment(line.recorded_at))]
    told.append(line.explanation)
    if line.invalidated:
        wrong = tr("Ongeldig gemaakt door {who} op {moment}: {why}.")
        at, why = _moment(line.invalidated.at), line.invalidated.why
        told.append(wrong.format(who=line.invalidated.by, moment=at, why=why))
    return told


def _moment(moment: datetime) -> str:
    """On the clock at school."""
    return f"{moment.astimezone():%d-%m-%Y %H:%M}"
