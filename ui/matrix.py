"""The board of consents as the windows hold it: pupils × purposes, searched, filtered, sorted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt

from schoolprivacy.consents.board import AnswerRow, ConsentTable
from schoolprivacy.consents.terms import CONTACT, Answer, Purpose, PurposeKind
from schoolprivacy.people.names import (
    full_name,
    group_label,
    natural_sort_key,
    plain,
    register_name,
    surname_sort_key,
)
from schoolprivacy.people.terms import PlacedPupil
from ui.answers import signs
from ui.table import Index
from ui.words import tr

ANSWER = Qt.ItemDataRole.UserRole
"""Role of the answer in a cell."""
GROUP = Qt.ItemDataRole.UserRole
"""Role, of the head of a row, of the group."""
EVERY_ANSWER = frozenset(Answer)
EVERY_KIND = frozenset(PurposeKind)
_NOWHERE = QModelIndex()


class Order(StrEnum):
    """What the pupils are sorted by; within a group by surname."""

    SURNAME = "surname"
    CALL_NAME = "call_name"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class Cell:
    """One pupil and one purpose."""

    pupil: PlacedPupil
    purpose: Purpose

    @property
    def spoken(self) -> str:
        """``Aylin Mulder, Website``."""
        return f"{full_name(self.pupil.pupil)}, {self.purpose.wording.short}"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which pupils to show.

    :param words: each must begin a word of the name or the group
    :param group: by name, "" for those without one; None for everybody
    :param purpose: code of the only purpose that ``answers`` looks at; None for any of them
    :param answers: pupils with one of these
    :param kinds: only purposes of these kinds
    """

    words: str = ""
    group: str | None = None
    purpose: str | None = None
    answers: frozenset[Answer] = EVERY_ANSWER
    kinds: frozenset[PurposeKind] = EVERY_KIND


class MatrixModel(QAbstractTableModel):
    """A row for each pupil that is shown, with the name at its head; a column for each purpose."""

    def __init__(self) -> None:
        super().__init__()
        self._signs = signs()
        self._order = Order.SURNAME
        self.shown: Sequence[int] = ()
        self._take(ConsentTable((), (), ()))

    # — what is shown —

    def replace(self, table: ConsentTable) -> None:
        """Show another state of the school: everybody."""
        self.beginResetModel()
        self._take(table)
        self.endResetModel()

    def arrange(self, order: Order, wanted: Wanted) -> None:
        """Show other pupils of the same school, or in another order."""
        self.beginResetModel()
        self._order = order
        self.shown = self._wanted_rows(order, wanted)
        self.endResetModel()

    def _take(self, table: ConsentTable) -> None:
        self.table = table
        self.shown = range(len(table.pupils))
        self._sorted: dict[Order, Sequence[int]] = {Order.GROUP: self.shown}  # as it was read
        # Of so many characters, not pixels: measuring every name of a large school would be felt.
        names = (register_name(each.pupil) for each in table.pupils)
        self.longest_name = max(names, key=len, default="")
        groups = (each.placement.group_name for each in table.pupils)
        self.longest_group = max(groups, key=len, default="")
        self._found_in = [_found_in(each) for each in table.pupils]

    def _wanted_rows(self, order: Order, wanted: Wanted) -> Sequence[int]:
        words = [f" {word}" for word in plain(wanted.words).split()]
        places = self.columns_of(wanted)
        rows = self._places(order)
        if wanted.group is not None:
            rows = [n for n in rows if _sits_in(self.table.pupils[n], wanted.group)]
        if words:
            rows = [n for n in rows if all(word in self._found_in[n] for word in words)]
        if wanted.answers != EVERY_ANSWER:
            rows = [n for n in rows if _has(self.table.answers[n], places, wanted.answers)]
        return rows

    def _places(self, order: Order) -> Sequence[int]:
        if order not in self._sorted:
            pupils = self.table.pupils
            keys = [surname_sort_key(each.pupil) for each in pupils]
            if order is Order.CALL_NAME:
                keys = [(key[2], key[0], key[1]) for key in keys]
            self._sorted[order] = sorted(range(len(pupils)), key=keys.__getitem__)
        return self._sorted[order]

    # — asking —

    @property
    def groups(self) -> list[str]:
        """Every group somebody sits in, ``Groep 2`` before ``Groep 10``; "" last, if need be."""
        names = {
            name
            for each in self.table.pupils
            for name in (each.placement.group, *each.placement.other_groups)
            if name
        }
        without = any(not each.placement.group_name for each in self.table.pupils)
        return [*sorted(names, key=natural_sort_key), *([""] if without else [])]

    def column_of(self, code: str | None) -> int | None:
        """The column of a purpose; None when it is not asked."""
        codes = [each.code for each in self.table.purposes]
        return codes.index(code) if code in codes else None

    def columns_of(self, wanted: Wanted) -> list[int]:
        """The columns that are looked at: one purpose, or those of some kinds."""
        only = self.column_of(wanted.purpose)
        if only is not None:
            return [only]
        purposes = enumerate(self.table.purposes)
        return [column for column, each in purposes if each.kind in wanted.kinds]

    def row_of(self, pupil_id: str) -> int | None:
        """The row of a pupil; None when not shown."""
        pupils = self.table.pupils
        found = (row for row, n in enumerate(self.shown) if pupils[n].pupil.id == pupil_id)
        return next(found, None)

    def cell(self, index: Index) -> Cell:
        """The pupil and the purpose of a cell."""
        return Cell(self.pupil(index.row()), self.table.purposes[index.column()])

    def pupil(self, row: int) -> PlacedPupil:
        """Who stands in a row."""
        return self.table.pupils[self.shown[row]]

    def name(self, pupil: PlacedPupil) -> str:
        """``Mulder, Aylin``; ``Aylin Mulder`` when sorted by call name."""
        by_call_name = self._order is Order.CALL_NAME
        return full_name(pupil.pupil) if by_call_name else register_name(pupil.pupil)

    def count(self, answer: Answer, columns: Sequence[int]) -> int:
        """In how many of the cells that are shown this answer stands."""
        rows = (self.table.answers[n] for n in self.shown)
        return sum(row[column] is answer for row in rows for column in columns)

    # — Qt —

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.shown)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.table.purposes)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        answer = self.table.answers[self.shown[index.row()]][index.column()]
        if role == ANSWER:
            return answer
        sign = self._signs[answer]
        if role == Qt.ItemDataRole.DisplayRole:
            return sign.word
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.cell(index).spoken}: {sign.word.lower()}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{self.cell(index).spoken}: {sign.word.lower()}. {sign.explained}"
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return self._name_data(self.pupil(section), role)
        purpose = self.table.purposes[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return purpose.wording.short
        if role == Qt.ItemDataRole.ToolTipRole:
            return purpose_told(purpose)
        return None

    def _name_data(self, pupil: PlacedPupil, role: int) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return self.name(pupil)
        if role == GROUP:
            return pupil.placement.group_name
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{full_name(pupil.pupil)}, {group_label(pupil.placement.group_name)}"
        return None


def purpose_group(purpose: Purpose) -> str:
    """What a purpose belongs to."""
    if purpose.kind in CONTACT:
        return tr("Contactlijst")
    return tr("Foto's en video's") if purpose.kind is PurposeKind.IMAGE else tr("Delen")


def purpose_told(purpose: Purpose) -> str:
    """What a purpose is, in full."""
    wording = purpose.wording
    told = tr("Doel: {label}\nWie: {audience}\nHoelang: {keeps}").format(
        label=wording.label, audience=wording.audience, keeps=wording.keeps
    )
    if purpose.all_must_agree:
        told += "\n" + tr("Alle ouders met gezag moeten ja zeggen.")
    return told


def _found_in(each: PlacedPupil) -> str:
    names = (each.placement.group, *each.placement.other_groups)
    said = [full_name(each.pupil), *(group_label(name) for name in names if name)]
    return f" {plain(' '.join(said))}"


def _sits_in(each: PlacedPupil, group: str) -> bool:
    return each.placement.is_in(group) if group else not each.placement.group_name


def _has(row: AnswerRow, places: Sequence[int], answers: frozenset[Answer]) -> bool:
    return any(row[place] in answers for place in places)
