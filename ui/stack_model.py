"""A stack of papers for a table: a row for each paper, a column for all that is written on it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, Signal

from schoolprivacy.consents.stack import StackSheet
from schoolprivacy.consents.terms import Answer, Purpose, Way
from schoolprivacy.people.names import plain
from schoolprivacy.people.terms import Authority
from ui.answers import signs
from ui.fields import read_date, show_date
from ui.stack_rows import Paper, Tally, described, papers_of, problem, tally
from ui.table import Index
from ui.words import tr

SIGNER, DAY, DECLARED = range(3)
FIRST = 3
"""Column of the first purpose."""
_NOWHERE = QModelIndex()
_DISPLAY = Qt.ItemDataRole.DisplayRole


class StackModel(QAbstractTableModel):
    """What is typed; nothing of it is in the school file."""

    typed = Signal()

    def __init__(self, today: date) -> None:
        super().__init__()
        self.today = today
        self.sheet = StackSheet("", (), ())
        self.papers: list[Paper] = []
        self.for_all: date | None = today
        self.without_form: Way | None = None
        self._signs = signs()

    # — what is shown —

    def replace(self, sheet: StackSheet, typed: Sequence[Paper] = ()) -> None:
        """Show a group as it is now, with what was typed of it before."""
        was = {each.key: each for each in typed}
        self.beginResetModel()
        self.sheet, self.papers = sheet, papers_of(sheet)
        codes = {each.code for each in sheet.purposes}
        for each in self.papers:
            if each.key in was:
                each.take(was[each.key], codes)
        self.endResetModel()
        self.typed.emit()

    def filled(self) -> list[Paper]:
        """The papers of which something was ticked."""
        return [each for each in self.papers if each.ticks]

    def find(self, words: str) -> int | None:
        """The first row in which every word begins a name; None without one."""
        wanted = [f" {word}" for word in plain(words).split()]
        names = [f" {plain(each.name)}" for each in self.papers]
        found = (n for n, name in enumerate(names) if all(word in name for word in wanted))
        return next(found, None) if wanted else None

    def problem(self, row: int) -> str:
        """Why a row cannot be stored yet; "" when it can."""
        return problem(self.papers[row], self.for_all, self.today, self.without_form)

    def wrong_rows(self) -> list[int]:
        """The rows that cannot be stored yet."""
        return [row for row in range(len(self.papers)) if self.problem(row)]

    def tally(self) -> Tally:
        return tally(self.papers, len(self.wrong_rows()))

    def purpose(self, column: int) -> Purpose | None:
        """What a column asks; None of the three about the signature."""
        return self.sheet.purposes[column - FIRST] if column >= FIRST else None

    def now(self, row: int, column: int) -> Answer:
        """What counts today, apart from what is typed."""
        return self.papers[row].pupil.answers[column - FIRST]

    def value(self, row: int, column: int) -> bool | None:
        """What was ticked in the column of a purpose."""
        purpose = self.purpose(column)
        return self.papers[row].ticks.get(purpose.code) if purpose else None

    def is_open(self, row: int, column: int) -> bool:
        """Whether there is something to fill in."""
        purpose = self.purpose(column)
        return purpose is None or self.papers[row].is_on_form(purpose.code)

    # — typing —

    def tick(self, row: int, column: int, value: bool | None) -> None:
        """Ja, nee or a blank for a purpose, or for the declaration of authority."""
        paper, purpose = self.papers[row], self.purpose(column)
        if column == DECLARED:
            said = {True: Authority.YES, False: Authority.NO, None: None}
            paper.declared = said[value]
        elif purpose and value is None:
            paper.ticks.pop(purpose.code, None)
        elif purpose:
            paper.ticks[purpose.code] = bool(value)
        self._tell(row)

    def sign(self, row: int, place: int | None) -> bool:
        """Choose who signed, by place from 0, or nobody; False when there is no such person."""
        paper = self.papers[row]
        if place is not None and place >= len(paper.signers):
            return False
        paper.signer = None if place is None else paper.signers[place]
        self._tell(row)
        return True

    def date_row(self, row: int, text: str) -> None:
        """Give a row its own date as it was typed; "" is the date for all."""
        found = read_date(text)
        same = found is not None and found == self.for_all
        self.papers[row].day = "" if same else show_date(found) or text.strip()
        self._tell(row)

    def date_all(self, day: date | None) -> None:
        """The date of every row without an own one."""
        self.for_all = day
        self._tell_all()

    def come_in(self, way: Way | None) -> None:
        """How the answers came in of a signer for whom no form is open."""
        self.without_form = way
        self._tell_all()

    def _tell(self, row: int) -> None:
        self.dataChanged.emit(self.index(row, 0), self.index(row, self.columnCount() - 1))
        self.headerDataChanged.emit(Qt.Orientation.Vertical, row, row)
        self.typed.emit()

    def _tell_all(self) -> None:
        if self.papers:
            last = len(self.papers) - 1
            self.dataChanged.emit(self.index(0, 0), self.index(last, self.columnCount() - 1))
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, last)
        self.typed.emit()

    # — Qt —

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.papers)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else FIRST + len(self.sheet.purposes)

    def flags(self, index: Index) -> Qt.ItemFlag:
        found = super().flags(index)
        if index.isValid() and index.column() in (SIGNER, DAY):
            found |= Qt.ItemFlag.ItemIsEditable
        return found

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        if role == _DISPLAY:
            return self.text(row, column)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return f"{self.papers[row].name}, {self.told(row, column)}"
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return self._name_data(section, role)
        purpose = self.purpose(section)
        if role == _DISPLAY:
            return purpose.wording.short if purpose else _heads()[section]
        if role == Qt.ItemDataRole.ToolTipRole:
            return purpose.wording.label if purpose else _heads()[section]
        return None

    def _name_data(self, row: int, role: int) -> Any:
        name = self.papers[row].name
        if role == _DISPLAY:
            return name
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return ": ".join(filter(None, (name, self.problem(row))))
        return None

    # — in words —

    def text(self, row: int, column: int) -> str:
        """What stands in a cell."""
        paper = self.papers[row]
        if column == SIGNER:
            return paper.signer.name if paper.signer else ""
        if column == DAY:
            return paper.day or show_date(self.for_all)
        if column == DECLARED:
            said = {Authority.YES: tr("Ja"), Authority.NO: tr("Nee")}
            return said.get(paper.declared, "") if paper.declared else ""
        value = self.value(row, column)
        return "" if value is None else tr("Ja") if value else tr("Nee")

    def told(self, row: int, column: int) -> str:
        """What stands in a cell and what counts today, in full."""
        text, purpose = self.text(row, column), self.purpose(column)
        if column == SIGNER:
            return tr("Getekend door: {who}").format(who=self._signers(row))
        if column == DAY:
            return tr("Datum onder het formulier: {day}").format(day=text or tr("niet ingevuld"))
        if purpose is None:
            said = text.lower() or tr("niet ingevuld")
            return tr("Verklaart gezag te hebben: {said}").format(said=said)
        short = purpose.wording.short
        if not self.is_open(row, column):
            return tr("{purpose}: staat niet op het formulier").format(purpose=short)
        now = self._signs[self.now(row, column)].word.lower()
        said = text.lower() or tr("niets ingevuld")
        return tr("{purpose}: {said}. Nu geldt: {now}").format(purpose=short, said=said, now=now)

    def _signers(self, row: int) -> str:
        """Who is chosen, or else who can be chosen and by which digit."""
        paper = self.papers[row]
        if paper.signer:
            return described(paper.signer)
        if not paper.signers:
            return tr("geen ouder bekend")
        known = (f"{n} {described(each)}" for n, each in enumerate(paper.signers, 1))
        return tr("nog kiezen – {known}").format(known=" · ".join(known))


def _heads() -> tuple[str, str, str]:
    return tr("Getekend door"), tr("Datum"), tr("Gezag")
