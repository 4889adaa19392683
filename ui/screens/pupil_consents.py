"""What may be done with pictures and contact data of a pupil, and why; taking consent back."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout

from schoolprivacy.consents.board import consent_row, consent_table
from schoolprivacy.consents.history import CellHistory, HistoryLine, cell_history
from schoolprivacy.consents.terms import Answer, Purpose
from schoolprivacy.people.dossier import Dossier
from schoolprivacy.people.terms import Pupil
from ui import theme
from ui.answers import decision_word, signs, way_word
from ui.desk import Desk
from ui.fields import button, card, emptied, label, row, show_date
from ui.matrix import purpose_group
from ui.pills import draw_pill
from ui.screens.consent_withdraw import WithdrawDialog, withdrawal_letter
from ui.screens.letter_dialog import show_letter
from ui.screens.pupil_own_no import OwnNoCard
from ui.screens.pupil_part import Part, table_of
from ui.table import Column, Rows
from ui.theme import as_icon, px
from ui.words import tr


@dataclass(frozen=True, slots=True)
class Cell:
    """What counts for one purpose."""

    purpose: Purpose
    answer: Answer


class ConsentsTab(Part):
    """Every purpose with its answer, and how the chosen one came about."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._pupil_id = ""
        self._pupil: Pupil | None = None
        self._rows = Rows(_columns())
        self._table = table_of(tr("Toestemmingen"), self._rows, 240)
        self._table.setIconSize(QSize(px(200), px(30)))  # of a pill
        self._table.opened.connect(self._record)
        self._table.selectionModel().currentRowChanged.connect(self._explain)
        self._act = button(tr("Vastleggen…"), self._record_current, icon="pencil")
        self._withdraw = button(tr("Intrekken…"), self._take_back, icon="undo-2")
        self._letter = button(tr("Bevestigingsbrief…"), self._show_letter, icon="mail")
        self._why = QVBoxLayout()
        self._why.setSpacing(px(6))
        self._own_no = OwnNoCard(desk)
        self.content.addWidget(self._own_no)
        self._acts = row(self._withdraw, self._letter, None)
        self.content.addWidget(self._acts)
        self._add_beside()

    def _add_beside(self) -> None:
        """The table with its explanation at the right, or below it where that is too narrow."""
        wide = theme.zoom() < 1.5
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        beside = QBoxLayout(direction)
        beside.setSpacing(px(12))
        self.content.addLayout(beside, 1)
        side = card()
        inside = side.layout()
        if isinstance(inside, QVBoxLayout):
            inside.addLayout(self._why)
            inside.addWidget(row(self._act, None))
            inside.addStretch(1)
        beside.addWidget(self._table, 3)
        beside.addWidget(side, 2)

    def show_pupil(self, found: Dossier) -> None:
        here = self._table.currentIndex().row() if found.pupil.id == self._pupil_id else 0
        self._pupil_id, self._pupil = found.pupil.id, found.pupil
        school = self.desk.school
        purposes = consent_table(school, "").purposes
        answers = consent_row(school, found.pupil.id)
        self._rows.replace([Cell(*each) for each in zip(purposes, answers, strict=True)])
        self._own_no.show_pupil(found.pupil)
        self._withdraw.setVisible(not school.read_only)
        self._letter.setVisible(Answer.WITHDRAWN in answers)
        self._acts.setVisible(not school.read_only or Answer.WITHDRAWN in answers)
        self._table.selectRow(max(0, here))

    def _explain(self) -> None:
        emptied(self._why)
        cell = self._table.current()
        self._act.setVisible(cell is not None)
        if cell is None:
            return
        self._act.setAccessibleName(f"{self._act.text()} {cell.purpose.wording.short}")
        history = cell_history(self.desk.school, self._pupil_id, cell.purpose.code)
        self._why.addWidget(label(cell.purpose.wording.label, "strong", wrap=True))
        self._why.addWidget(label(history.why, wrap=True))
        for line in _newest_first(history):
            self._why.addWidget(label(_told(line), "small", wrap=True))

    def _record_current(self) -> None:
        cell = self._table.current()
        if cell is not None:
            self._record(cell)

    def _take_back(self) -> None:
        if self._pupil:
            WithdrawDialog(self.desk, self._pupil, self).open()

    def _show_letter(self) -> None:
        if self._pupil:
            show_letter(self.desk, self, withdrawal_letter(self.desk.school, self._pupil))

    def _record(self, cell: Cell) -> None:
        self.desk.go("consents", pupil=self._pupil_id, purpose=cell.purpose.code)


def _newest_first(history: CellHistory) -> tuple[HistoryLine, ...]:
    return history.lines[::-1]


def _told(line: HistoryLine) -> str:
    told = tr("{day}: {choice}, {who}, {way}. {explanation}")
    return told.format(
        day=show_date(line.decided_on),
        choice=decision_word(line.choice, invalid=line.invalidated is not None).lower(),
        who=line.who,
        way=way_word(line.way),
        explanation=line.explanation,
    )


def _columns() -> tuple[Column[Cell], ...]:
    return (
        Column(tr("Doel"), lambda cell: cell.purpose.wording.short, width=210),
        Column(
            tr("Antwoord"),
            lambda _cell: "",  # the word stands in the picture
            speaks=lambda cell: f"{cell.purpose.wording.short}: {signs()[cell.answer].word}",
            icon=lambda cell: as_icon(draw_pill(signs()[cell.answer], px(200), _sharpness())),
            width=150,
        ),
        Column(tr("Hoort bij"), lambda cell: purpose_group(cell.purpose)),
    )


def _sharpness() -> float:
    return QGuiApplication.primaryScreen().devicePixelRatio()
