"""What may be done with pictures of a pupil, and why."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout

from schoolprivacy.consents.board import consent_row, consent_table
from schoolprivacy.consents.history import CellHistory, HistoryLine, cell_history
from schoolprivacy.consents.terms import Answer, Purpose
from schoolprivacy.people.dossier import Dossier
from ui import theme
from ui.answers import choice_word, signs, way_word
from ui.desk import Desk
from ui.fields import button, card, emptied, label, row, show_date
from ui.pills import draw_pill
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
        self._rows = Rows(_columns())
        self._table = table_of(tr("Toestemmingen"), self._rows, 240)
        self._table.setIconSize(QSize(px(200), px(30)))  # of a pill
        self._table.opened.connect(self._record)
        self._table.selectionModel().currentRowChanged.connect(self._explain)
        self._act = button(tr("Vastleggen…"), self._record_current, icon="pencil")
        self._why = QVBoxLayout()
        self._why.setSpacing(px(6))
        self._own_no = OwnNoCard(desk)
        self.content.addWidget(self._own_no)
        self.content.addLayout(self._beside(), 1)

    def _beside(self) -> QBoxLayout:
        """The table with its explanation at the right, or below it where that is too narrow."""
        wide = theme.zoom() < 1.5
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        made = QBoxLayout(direction)
        made.setSpacing(px(12))
        side = card()
        inside = side.layout()
        if isinstance(inside, QVBoxLayout):
            inside.addLayout(self._why)
            inside.addWidget(row(self._act, None))
            inside.addStretch(1)
        made.addWidget(self._table, 3)
        made.addWidget(side, 2)
        return made

    def show_pupil(self, found: Dossier) -> None:
        here = self._table.currentIndex().row() if found.pupil.id == self._pupil_id else 0
        self._pupil_id = found.pupil.id
        school = self.desk.school
        purposes = consent_table(school, "").purposes
        answers = consent_row(school, found.pupil.id)
        self._rows.replace([Cell(*each) for each in zip(purposes, answers, strict=True)])
        self._own_no.show_pupil(found.pupil)
        self._table.selectRow(max(0, here))

    def _explain(self) -> None:
        emptied(self._why)
        cell = self._table.current()
        self._act.setVisible(cell is not None)
        if cell is None:
            return
        granted = cell.answer is Answer.GRANTED
        self._act.setText(tr("Intrekken…") if granted else tr("Vastleggen…"))
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

    def _record(self, cell: Cell) -> None:
        self.desk.go("consents", pupil=self._pupil_id, purpose=cell.purpose.code)


def _newest_first(history: CellHistory) -> tuple[HistoryLine, ...]:
    return history.lines[::-1]


def _told(line: HistoryLine) -> str:
    told = tr("{day}: {choice}, {who}, {way}. {explanation}")
    return told.format(
        day=show_date(line.decided_on),
        choice=choice_word(line.choice).lower(),
        who=line.who,
        way=way_word(line.way),
        explanation=line.explanation,
    )


def _columns() -> tuple[Column[Cell], ...]:
    return (
        Column(tr("Doel"), lambda cell: cell.purpose.wording.short, width=230),
        Column(
            tr("Antwoord"),
            lambda _cell: "",  # the word stands in the picture
            speaks=lambda cell: f"{cell.purpose.wording.short}: {signs()[cell.answer].word}",
            icon=lambda cell: as_icon(draw_pill(signs()[cell.answer], px(200), _sharpness())),
            width=170,
        ),
    )


def _sharpness() -> float:
    return QGuiApplication.primaryScreen().devicePixelRatio()
