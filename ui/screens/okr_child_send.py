"""Sending: refused with its reasons, recorded when it may; and why consent is not asked."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from schoolprivacy.errors import RefusedError
from schoolprivacy.okr.actions import obstacles_told, send_report
from schoolprivacy.okr.board import BoardRow
from schoolprivacy.okr.terms import Move, SentHow
from schoolprivacy.okr.words import why_no_consent
from schoolprivacy.people.undoing import Undo
from ui import messages
from ui.desk import Desk
from ui.fields import button, card, choice, emptied, label, notice, row, show_date
from ui.screens.okr_child_part import OkrPart
from ui.screens.okr_words import may_record, sent_word
from ui.screens.record_dialog import RecordDialog
from ui.theme import px
from ui.words import tr


class SendPart(OkrPart):
    """Whether the report may go, why not yet, and the button that records that it went."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        made = QWidget()
        self._stand = QVBoxLayout(made)
        self._stand.setContentsMargins(0, 0, 0, 0)
        self._stand.setSpacing(px(8))
        self._send = button(tr("Verstuur&d…"), self._record, icon="check", kind="primary")
        self.content.addWidget(made)
        self.content.addWidget(row(self._send, None))
        self.content.addWidget(
            card(
                label(tr("Waarom vraagt de school geen toestemming?"), "strong", wrap=True),
                label(why_no_consent(), wrap=True),
            )
        )
        self.content.addStretch(1)

    def show_move(self, found: BoardRow, move: Move | None) -> None:
        emptied(self._stand)
        self._send.setVisible(move is not None and move.sent_on is None and may_record(self.desk))
        if move is None:
            self._stand.addWidget(label(tr("Leg eerst vast waar dit kind heen gaat."), wrap=True))
        elif move.sent_on:
            self._stand.addWidget(notice(_sent(found, move), "done"))
        else:
            self._show_open(move)

    def _show_open(self, move: Move) -> None:
        told = obstacles_told(self.desk.school, move.id)
        if not told:
            self._stand.addWidget(notice(tr("Het rapport mag weg."), "done"))
            return
        self._stand.addWidget(label(tr("Het rapport mag nog niet weg:"), "strong"))
        for each in told:
            self._stand.addWidget(notice(each))

    def forget(self) -> None:
        super().forget()
        emptied(self._stand)

    def _record(self) -> None:
        """Ask how it went; refused at once with the reasons while it may not."""
        if self.row is None or self.row.move is None:
            return
        with messages.told(self):
            if told := obstacles_told(self.desk.school, self.row.move.id):
                raise RefusedError("okr.not_yet", reasons="\n".join(told))
            SendDialog(self, self.desk, self.row).open()


def _sent(found: BoardRow, move: Move) -> str:
    how = sent_word(move.sent_how) if move.sent_how else ""
    told = tr("Verstuurd op {day}, {how}. Vastgelegd door {who}.")
    said = told.format(day=show_date(move.sent_on), how=how, who=move.sent_by)
    if found.keep_until:
        kept = tr("Bewaar de kopie van het rapport tot en met {day}.")
        said += " " + kept.format(day=show_date(found.keep_until))
    return said


class SendDialog(RecordDialog):
    """When and how it was sent."""

    def __init__(self, owner: QWidget, desk: Desk, found: BoardRow) -> None:
        title = tr("Rapport verstuurd: {name}").format(name=found.name)
        told = tr("Vastgelegd dat het rapport van {name} is verstuurd.").format(name=found.name)
        super().__init__(owner, desk, title, tr("Vastleggen"), told)
        self._move_id = found.move.id if found.move else ""
        told = tr("Daarna staat dit bewijs vast en kan het niet meer worden gewijzigd.")
        self.body.insertWidget(0, label(told, "muted", wrap=True))
        self.add_day(tr("&Verstuurd op"))
        self.add("how", tr("&Hoe"), choice([(sent_word(each), each) for each in SentHow]))
        self.act = self._record

    def _record(self) -> Undo:
        return send_report(
            self.desk.school, self._move_id, self.fields["on"].date(), self.fields["how"].value()
        )
