"""The page of one child that goes to another school."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from schoolprivacy.okr.actions import cancel_move
from schoolprivacy.okr.board import BoardRow
from schoolprivacy.okr.words import categories_told, school_told
from ui import messages
from ui.desk import Desk
from ui.fields import button, label, row, scrolled, show_date
from ui.screens.okr_child_carers import CarersPart
from ui.screens.okr_child_evidence import EvidencePart
from ui.screens.okr_child_remarks import RemarksPart
from ui.screens.okr_child_report import ReportDialog
from ui.screens.okr_child_send import SendPart
from ui.screens.okr_plan import PlanDialog
from ui.screens.okr_words import kind_word, may_record
from ui.screens.pupil_words import may_change, tell_done
from ui.theme import px
from ui.words import tr


class OkrChild(QWidget):
    """Where it goes, the report, and in tabs what was done with the guardians until it was sent.

    :signal closed: back to the board
    """

    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._row: BoardRow | None = None
        self._where, self._report = label("", wrap=True), label("", wrap=True)
        self._plan = button(tr("O&verstap…"), self._plan_move, icon="school")
        self._make = button(tr("&Rapport…"), self._make_report, icon="file-text")
        self._cancel = button(tr("Gaat toch niet…"), self._ask_cancel, icon="undo-2")
        self._tabs = QTabWidget()
        self._tabs.setDocumentMode(True)
        self._tabs.setMinimumHeight(px(70))
        for each in (self._tabs, self._tabs.tabBar()):
            each.setAccessibleName(tr("Over deze overstap"))
        self.carers, self.remarks = CarersPart(desk), RemarksPart(desk)
        self.evidence, self.send = EvidencePart(desk), SendPart(desk)
        self.parts = (
            (self.carers, tr("&Inzage")),
            (self.remarks, tr("&Opmerkingen")),
            (self.evidence, tr("&Bewijsstukken")),
            (self.send, tr("V&ersturen")),
        )
        for part, title in self.parts:
            self._tabs.addTab(scrolled(part), title)
        self._build()

    def _build(self) -> None:
        back = tr("Terug naar de lijst")
        to_list = button(back, self.closed.emit, kind="link", tip=tr("Alt+↑ of Escape"))
        to_pupil = button(tr("Naar de leerling"), self._to_pupil, kind="link")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(8))
        layout.addWidget(row(to_list, to_pupil, None))
        layout.addWidget(self._where)
        layout.addWidget(self._report)
        layout.addWidget(row(self._plan, self._make, self._cancel, None))
        layout.addWidget(self._tabs, 1)

    # — showing —

    def show_row(self, found: BoardRow) -> None:
        """Show this child; again when something changed."""
        self._row = found
        move = found.move
        self._where.setText(_where(found))
        self._report.setText(_report(found))
        may = may_record(self.desk) and not (move and move.sent_on)
        self._plan.setVisible(may)
        self._make.setVisible(may and move is not None)
        self._cancel.setVisible(may and move is not None)
        for part, _ in self.parts:
            part.show_row(found)

    def forget(self) -> None:
        """The page is left: keep nothing of anybody."""
        self._row = None
        self._tabs.setCurrentIndex(0)
        for part, _ in self.parts:
            part.forget()

    def focus_first(self) -> None:
        self._tabs.tabBar().setFocus(Qt.FocusReason.OtherFocusReason)

    # — doing —

    def _to_pupil(self) -> None:
        if self._row is not None:
            self.desk.go("pupil", pupil=self._row.child.pupil.id)

    def _plan_move(self) -> None:
        if self._row is not None and may_change(self.desk, self):
            PlanDialog(self, self.desk, self._row).open()

    def _make_report(self) -> None:
        if self._row is not None and may_change(self.desk, self):
            ReportDialog(self, self.desk, self._row).open()

    def _ask_cancel(self) -> None:
        if self._row is None or self._row.move is None or not may_change(self.desk, self):
            return
        move_id, name = self._row.move.id, self._row.name

        def cancel() -> None:
            with messages.told(self):
                change = cancel_move(self.desk.school, move_id)
                told = tr("De overstap van {name} gaat niet door.").format(name=name)
                tell_done(self.desk, told, change)

        asked = tr("Gaat {name} toch niet naar een andere school?").format(name=name)
        messages.confirm(self, asked, tr("Overstap gaat niet door"), cancel)


def _where(found: BoardRow) -> str:
    move = found.move
    if move is None:
        return tr("Nog niet vastgelegd waar dit kind heen gaat. Begin met Overstap.")
    parts = [kind_word(move.kind).capitalize(), school_told(move.school) or tr("school onbekend")]
    if move.school and move.school.brin:
        parts.append(f"BRIN {move.school.brin}")
    if move.expected_on:
        parts.append(tr("vanaf {day}").format(day=show_date(move.expected_on)))
    return " · ".join(parts)


def _report(found: BoardRow) -> str:
    report = found.move.report if found.move else None
    if report is None:
        return tr("Nog geen rapport vastgelegd.") if found.move else ""
    told = tr("Rapport van {day}, versie {n}. Er staat in: {what}.")
    what = categories_told(each for each, _ in report.categories)
    return told.format(day=show_date(report.on), n=report.version, what=what)
