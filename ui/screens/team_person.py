"""One person at school: what they want, how that came about, and what to do now."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from schoolprivacy.consents.team.history import TeamLine, team_history
from schoolprivacy.consents.team.members import MemberRow
from schoolprivacy.consents.terms import Purpose
from schoolprivacy.contact import show_phone
from schoolprivacy.people.names import full_name
from ui import messages, theme
from ui.answers import choice_word, way_word
from ui.desk import Desk
from ui.dialog import Dialog
from ui.fields import button, card, label, row, scrolled, show_date
from ui.pills import pill
from ui.screens.team_forms import RecordDialog, WithdrawDialog, WrongDialog, granted
from ui.screens.team_member import LeftDialog, MemberDialog, come_back
from ui.screens.team_rows import kind_word, team_short, team_signs
from ui.table import Column, Rows, Table
from ui.theme import px
from ui.words import tr


class PersonDialog(Dialog):
    """Shows somebody; from here answers are recorded, withdrawn or made invalid."""

    def __init__(
        self, owner: QWidget, desk: Desk, purposes: Sequence[Purpose], found: MemberRow
    ) -> None:
        super().__init__(owner, full_name(found.member))
        self._desk, self._purposes, self._row = desk, purposes, found
        self._member = found.member
        self._has_left = found.member.has_left(desk.school.clock.today())
        self.history = team_history(desk.school, found.member.id)[::-1]
        self.lines = Table(tr("Geschiedenis"))
        self._told = label("", "small", wrap=True)
        self._wrong = button(tr("Ver&keerd ingevoerd…"), self._invalidate)
        self._close = button(tr("&Sluiten"), self.reject)
        self._build(owner)
        self._show_history()
        self._allow()
        (self.lines if self.history else self.primary).setFocus()

    # — building —

    def _build(self, owner: QWidget) -> None:
        inside = QWidget()
        body = QVBoxLayout(inside)
        body.setContentsMargins(0, 0, px(6), 0)
        body.setSpacing(px(12))
        body.addWidget(label(full_name(self._member), "heading", wrap=True))
        body.addWidget(label(self._about(), "muted", wrap=True))
        body.addWidget(self._answers())
        body.addWidget(label(tr("Geschiedenis"), "strong"))
        self._nothing = label(tr("Hier is nog niets vastgelegd."), "muted")
        for each in (self._nothing, self.lines, self._told):
            body.addWidget(each)
        body.addWidget(row(self._wrong, None))
        body.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(20), px(18), px(20), px(16))
        layout.setSpacing(px(12))
        layout.addWidget(scrolled(inside), 1)
        layout.addWidget(self._acts())
        room = owner.window().size()
        self.resize(min(px(860), room.width() - px(20)), min(px(680), room.height() - px(20)))

    def _about(self) -> str:
        who = self._member
        parts = [kind_word(who.kind).capitalize()]
        parts += [show_phone(who.phone)] if who.phone else []
        parts += [who.email] if who.email else []
        if who.left_on:
            parts.append(tr("laatste dag {day}").format(day=show_date(who.left_on)))
        return " · ".join(parts)

    def _answers(self) -> QWidget:
        """Every purpose with what counts now."""
        made = card()
        held = QWidget()
        grid = QGridLayout(held)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(px(14))
        grid.setVerticalSpacing(px(8))
        across = 3 if theme.zoom() < 1.5 else 1
        known = team_signs()
        for place, (purpose, answer) in enumerate(
            zip(self._purposes, self._row.answers, strict=True)
        ):
            line, column = divmod(place, across)
            short = team_short(purpose.code, purpose.wording)
            grid.addWidget(label(short, wrap=True), line, 2 * column)
            grid.addWidget(pill(known[answer]), line, 2 * column + 1)
        for column in range(across):
            grid.setColumnStretch(2 * column + 1, 1)
        inside = made.layout()
        if inside is not None:
            inside.addWidget(held)
        return made

    def _acts(self) -> QWidget:
        """What one can do; on two lines where there is no room for one."""
        leave = tr("Is er &weer") if self._has_left else tr("&Gaat weg…")
        self._changing = (
            button(tr("Gegevens wij&zigen…"), self._change, icon="pencil"),
            button(leave, self._leave),
        )
        self._withdraw_button = button(tr("&Intrekken…"), self._withdraw)
        self._record_button = button(tr("&Antwoorden vastleggen…"), self._record, kind="primary")
        self.primary = self._close if self._desk.school.read_only else self._record_button
        first, second = self._changing
        acts = (self._withdraw_button, self._record_button)
        if theme.zoom() < 1.5:
            return row(first, second, None, self._close, *acts)
        made = QWidget()
        layout = QVBoxLayout(made)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(row(first, second, None))
        layout.addWidget(row(self._close, None, *acts))
        return made

    def _allow(self) -> None:
        may = not self._desk.school.read_only
        acts: tuple[QPushButton, ...] = (*self._changing, self._withdraw_button)
        for each in (*acts, self._record_button):
            each.setVisible(may)
        self._withdraw_button.setEnabled(bool(granted(self._purposes, self._row)))
        line = self.lines.current()
        self._wrong.setVisible(may and bool(self.history))
        self._wrong.setEnabled(line is not None and line.invalidated is None)

    # — history —

    def _show_history(self) -> None:
        there = bool(self.history)
        self._nothing.setVisible(not there)
        for each in (self.lines, self._told):
            each.setVisible(there)
        rows = Rows(_columns(), self.history)
        self.lines.setModel(rows)
        rows.setParent(self.lines)
        self.lines.setSelectionMode(Table.SelectionMode.SingleSelection)
        for place, column in enumerate(rows.columns):
            self.lines.setColumnWidth(place, px(column.width))
        self.lines.horizontalHeader().setStretchLastSection(True)
        self.lines.setFixedHeight(min(max(len(self.history), 2), 5) * px(38) + px(46))
        self.lines.selectionModel().currentRowChanged.connect(lambda *_: self._show_line())
        self.lines.selectRow(0)

    def _show_line(self) -> None:
        line = self.lines.current()
        self._told.setText(_line_told(line) if line else "")
        self._allow()

    # — doing —

    def _change(self) -> None:
        self._open(MemberDialog(self, self._desk, self._member))

    def _leave(self) -> None:
        if self._has_left:
            with messages.told(self):
                come_back(self._desk, self._member)
                self.accept()
        else:
            self._open(LeftDialog(self, self._desk, self._member))

    def _record(self) -> None:
        self._open(RecordDialog(self, self._desk, self._member, self._purposes))

    def _withdraw(self) -> None:
        given = granted(self._purposes, self._row)
        self._open(WithdrawDialog(self, self._desk, self._member, given))

    def _invalidate(self) -> None:
        line = self.lines.current()
        if line is not None:
            self._open(WrongDialog(self, self._desk, self._member, line))

    def _open(self, form: Dialog) -> None:
        """What was done is told on the screen, with the way back."""
        form.accepted.connect(self.accept)
        form.open()


def _columns() -> list[Column[TeamLine]]:
    return [
        Column(tr("Dag"), lambda line: show_date(line.decided_on), width=110),
        Column(tr("Doel"), lambda line: team_short(line.purpose, line.wording), width=170),
        Column(tr("Antwoord"), _answer, width=190),
        Column(tr("Hoe"), lambda line: way_word(line.way), width=140),
        Column(tr("Telt mee?"), lambda line: line.explanation),
    ]


def _answer(line: TeamLine) -> str:
    word = choice_word(line.choice)
    return tr("{a} (ongeldig gemaakt)").format(a=word) if line.invalidated else word


def _line_told(line: TeamLine) -> str:
    """The text it was given on, and who recorded it."""
    text = tr("Tekst waarop dit antwoord is gegeven (versie {version}): {text}.")
    told = [text.format(version=line.wording.version, text=line.wording.label)]
    if line.valid_until:
        told.append(tr("Geldt tot en met {day}.").format(day=show_date(line.valid_until)))
    recorded = tr("Vastgelegd door {who} op {moment}.")
    at = f"{line.recorded_at.astimezone():%d-%m-%Y %H:%M}"
    told.append(recorded.format(who=line.recorded_by, moment=at))
    if line.invalidated:
        wrong = tr("Ongeldig gemaakt door {who} op {day}: {why}.")
        on = show_date(line.invalidated.at.astimezone().date())
        why = line.invalidated.why
        told.append(wrong.format(who=line.invalidated.by, day=on, why=why))
    return " ".join(told)
