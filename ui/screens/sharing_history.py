"""Everything that was decided about one pupil of a sharing, and correcting a typing mistake."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from schoolprivacy.consents.actions import invalidate
from schoolprivacy.consents.history import HistoryLine, cell_history
from schoolprivacy.consents.sharing.sharings import SharedPupil, Sharing
from schoolprivacy.consents.undoing import undo_invalidation
from ui.answers import choice_word, way_word
from ui.desk import Desk
from ui.dialog import Dialog
from ui.fields import button, label, notice, row, show_date, text_field
from ui.screens.sharing_form import SharingForm, tell_done
from ui.table import Column, Rows, Table
from ui.theme import px
from ui.words import tr


class HistoryDialog(Dialog):
    """What counts and why, with every line below it."""

    def __init__(self, desk: Desk, owner: QWidget, of: Sharing, pupil: SharedPupil) -> None:
        title = tr("Geschiedenis van {pupil}").format(pupil=pupil.pupil)
        super().__init__(owner, title)
        self._desk, self._pupil = desk, pupil
        found = cell_history(desk.school, pupil.pupil_id, of.code)
        self.lines = Table(tr("Geschiedenis"))
        self.lines.setSelectionMode(Table.SelectionMode.SingleSelection)
        self.lines.show_rows(Rows(_columns(), found.lines), lambda line: line.who)
        self.lines.sortByColumn(0, Qt.SortOrder.DescendingOrder)
        self.lines.selectionModel().currentRowChanged.connect(lambda *_: self._show_line())
        self._told = label("", wrap=True)
        self.primary = button(tr("&Sluiten"), self.reject, tip=tr("Escape"))
        self.wrong = button(tr("Ver&keerd ingevoerd…"), self._invalidate)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(20), px(18), px(20), px(16))
        layout.setSpacing(px(12))
        layout.addWidget(label(title, "heading", wrap=True))
        layout.addWidget(label(found.why, wrap=True))
        if found.lines:
            layout.addWidget(self.lines, 1)
            layout.addWidget(self._told)
        else:
            layout.addWidget(label(tr("Er is nog geen antwoord vastgelegd."), "muted"))
            layout.addStretch(1)
            self.lines.setParent(self)
            self.lines.hide()
        layout.addWidget(row(self.wrong, None, self.primary))
        room = owner.window().size()
        height = px(440) if found.lines else px(220)
        self.resize(min(px(720), room.width() - px(20)), min(height, room.height() - px(20)))
        self.lines.selectRow(0)
        self._show_line()

    def _show_line(self) -> None:
        line: HistoryLine | None = self.lines.current()
        self._told.setText(_told(line) if line else "")
        may = not self._desk.school.read_only
        self.wrong.setVisible(may and line is not None)
        self.wrong.setEnabled(line is not None and line.invalidated is None)

    def _invalidate(self) -> None:
        form = WrongAnswerDialog(self._desk, self, self._pupil, self.lines.current())
        form.accepted.connect(self.accept)
        form.open()


class WrongAnswerDialog(SharingForm):
    """An answer that was entered wrongly counts no longer; it stays in the history."""

    def __init__(self, desk: Desk, owner: QWidget, pupil: SharedPupil, line: HistoryLine) -> None:
        super().__init__(desk, owner, tr("Verkeerd ingevoerd"), tr("&Ongeldig maken"))
        self._pupil, self._line = pupil, line
        said = tr("{choice} – {who}, {day}, {way}").format(
            choice=choice_word(line.choice),
            who=line.who,
            day=show_date(line.decided_on),
            way=way_word(line.way),
        )
        self.body.addWidget(label(said, "strong", wrap=True))
        self.body.addWidget(
            notice(
                tr(
                    "Alleen voor een fout bij het invoeren: dit antwoord is nooit zo gegeven. "
                    "Bedenkt een ouder zich? Kies dan Intrekken. Wat u ongeldig maakt, blijft in "
                    "de geschiedenis staan."
                )
            )
        )
        why = text_field(placeholder=tr("bijvoorbeeld: verkeerd kind"))
        self.fields.add("why", tr("&Wat ging er mis?"), why, span=2)
        self.body.addWidget(self.fields)

    def problems(self) -> dict[str, str]:
        written = self.fields["why"].text().strip()
        return {} if written else {"why": tr("Schrijf kort op wat er mis ging.")}

    def act(self) -> None:
        school, decision = self.desk.school, self._line.decision_id
        invalidate(school, decision, self.fields["why"].text().strip())
        text = tr("{pupil}: dit antwoord telt niet meer.").format(pupil=self._pupil.pupil)
        tell_done(self.desk, text, lambda: undo_invalidation(school, decision))


def _columns() -> list[Column[HistoryLine]]:
    return [
        Column(
            tr("Dag"),
            lambda line: show_date(line.decided_on),
            sorts=lambda line: f"{line.decided_on} {line.recorded_at}",
            speaks=lambda line: f"{choice_word(line.choice)}, {_told(line)}",
            width=110,
        ),
        Column(tr("Wie"), lambda line: line.who, width=230),
        Column(tr("Antwoord"), lambda line: choice_word(line.choice), width=110),
        Column(tr("Telt mee?"), lambda line: line.explanation),
    ]


def _told(line: HistoryLine) -> str:
    """Everything about one decision, in sentences."""
    given = tr("Gegeven op {day}, {way}. Vastgelegd door {who} op {moment}.").format(
        day=show_date(line.decided_on),
        way=way_word(line.way),
        who=line.recorded_by,
        moment=f"{line.recorded_at.astimezone():%d-%m-%Y %H:%M}",
    )
    text = tr("Tekst: {text}.").format(text=line.wording.label)
    told = [given, text, line.explanation]
    if line.invalidated:
        wrong = tr("Ongeldig gemaakt door {who} op {moment}: {why}.")
        moment = f"{line.invalidated.at.astimezone():%d-%m-%Y %H:%M}"
        by, why = line.invalidated.by, line.invalidated.why
        told.append(wrong.format(who=by, moment=moment, why=why))
    return "\n".join(told)
