"""Tables: a model of plain values, sorted the Dutch way, searched as you type."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QCollator,
    QItemSelectionModel,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from schoolprivacy.people.names import plain
from ui.theme import px

T = TypeVar("T")
Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_ENDS = (Qt.Key.Key_Home, Qt.Key.Key_End)  # of the list: Qt means the ends of the line
ROW = Qt.ItemDataRole.UserRole
_SORT = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class Column(Generic[T]):
    """One column of a table.

    :param shows: the text of a row
    :param sorts: what it is sorted by, the text without one
    :param speaks: what a screen reader says of the cell, head and text without one
    :param icon: name and colour of an icon before the text
    """

    head: str
    shows: Callable[[T], str]
    sorts: Callable[[T], str] | None = None
    speaks: Callable[[T], str] | None = None
    icon: Callable[[T], Any] | None = None
    width: int = 0


class Rows(QAbstractTableModel, Generic[T]):
    """Rows of frozen values; each column says what it shows of one."""

    def __init__(self, columns: Sequence[Column[T]], rows: Sequence[T] = ()) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self.rows = list(rows)

    def replace(self, rows: Sequence[T]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self.rows[index.row()], self.columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.shows(row)
        if role == Qt.ItemDataRole.DecorationRole and column.icon:
            return column.icon(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return column.speaks(row) if column.speaks else f"{column.head}: {column.shows(row)}"
        if role == _SORT:
            return (column.sorts or column.shows)(row)
        return row if role == ROW else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].head
        return None


class Sorted(QSortFilterProxyModel):
    """Sorts like a Dutch list (``Groep 2`` before ``Groep 10``) and keeps what matches.

    Every word of the search must begin a word of the row, accents and capitals aside.
    """

    def __init__(self, found_in: Callable[[Any], str], parent: Any = None) -> None:
        super().__init__(parent)
        self._found_in = found_in
        self._words: list[str] = []
        self._keep: Callable[[Any], bool] | None = None
        self._collator = QCollator(QLocale(QLocale.Language.Dutch, QLocale.Country.Netherlands))
        self._collator.setNumericMode(True)
        self._collator.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._collator.setIgnorePunctuation(False)

    def search(self, text: str) -> None:
        """Keep the rows in which every word begins a word."""
        self.beginFilterChange()
        self._words = plain(text).split()
        self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    def keep(self, wanted: Callable[[Any], bool] | None) -> None:
        """Keep the rows that pass; all of them with None."""
        self.beginFilterChange()
        self._keep = wanted
        self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        row = self.sourceModel().index(source_row, 0, source_parent).data(ROW)
        if self._keep is not None and not self._keep(row):
            return False
        if not self._words:
            return True
        text = " " + plain(self._found_in(row))
        return all(f" {word}" in text for word in self._words)

    def lessThan(self, left: Index, right: Index) -> bool:
        order = self._collator.compare(str(left.data(_SORT) or ""), str(right.data(_SORT) or ""))
        return order < 0 or (order == 0 and left.row() < right.row())


class Table(QTableView):
    """A table one walks with the arrows, Home and End; Enter or a double click opens a row."""

    opened = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._roomy: dict[int, int] = {}  # columns, and their least width
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setIconSize(QSize(px(18), px(18)))
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(px(38))
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self.doubleClicked.connect(lambda index: self.opened.emit(index.data(ROW)))

    def show_rows(self, model: Rows[Any], found_in: Callable[[Any], str]) -> Sorted:
        """Show a model, sorted by its first column; gives what searches and filters it."""
        proxy = Sorted(found_in, self)
        proxy.setSourceModel(model)
        model.setParent(proxy)
        self.setModel(proxy)
        self.setSortingEnabled(True)
        self.sortByColumn(0, Qt.SortOrder.AscendingOrder)  # without it Qt begins at Z
        head = self.horizontalHeader()
        for place, column in enumerate(model.columns):
            if column.width:
                self.setColumnWidth(place, px(column.width))
        head.setStretchLastSection(True)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        return proxy

    def give_spare_room(self, *columns: int) -> None:
        """Let these have what the others leave, each what its texts need, and the first the rest.

        Without it the last column has it.
        """
        self.horizontalHeader().setStretchLastSection(False)
        self._roomy = {column: self.columnWidth(column) for column in columns}
        self.model().modelReset.connect(self._share_room)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()

    def _share_room(self) -> None:
        taken = sum(self.columnWidth(column) for column in self._roomy)
        others = self.horizontalHeader().length() - taken
        spare = max(0, self.viewport().width() - others - sum(self._roomy.values()))
        widths = {}
        for column, least in self._roomy.items():
            more = min(spare, max(0, self.sizeHintForColumn(column) - least))
            widths[column], spare = least + more, spare - more
        for place, (column, width) in enumerate(widths.items()):
            self.setColumnWidth(column, width if place else width + spare)

    def current(self) -> Any:
        """The value of the row one is at, None without one."""
        index = self.currentIndex()
        return index.data(ROW) if index.isValid() else None

    def setCurrentIndex(self, index: Index) -> None:
        """Be in a cell, and choose its row alone.

        Qt would add it to what is chosen while Ctrl or Shift is down, and Ctrl still is when a
        table is filled anew after Ctrl+Enter: what is done next would be done to both.
        """
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)

    def selectRow(self, row: int) -> None:
        """Be in a row, and choose it alone."""
        self.setCurrentIndex(self.model().index(row, 0))

    def chosen(self) -> list[Any]:
        """The values of the selected rows, from top to bottom."""
        indexes = sorted(self.selectionModel().selectedRows(), key=lambda each: each.row())
        return [each.data(ROW) for each in indexes]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        confirms = event.modifiers() & Qt.KeyboardModifier.ControlModifier  # of what is around it
        entered = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not confirms
        if entered and self.current() is not None:
            self.opened.emit(self.current())
        elif event.key() in _ENDS and not event.modifiers():
            last = self.model().rowCount() - 1
            place = last if event.key() == Qt.Key.Key_End else 0
            self.setCurrentIndex(self.model().index(place, max(0, self.currentIndex().column())))
        else:
            super().keyPressEvent(event)
