"""How the board of consents is drawn and walked: the names stay where they are, the cells scroll.

The names are the heads of the rows, so that Qt itself keeps them in step with the cells.
"""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from schoolprivacy.consents.terms import Answer
from ui import theme
from ui.answers import signs
from ui.matrix import ANSWER, Cell, MatrixModel, Order
from ui.matrix_heads import (
    Corner,
    NameHeads,
    PurposeHeads,
    paint_ground,
    small_head_font,
    widest_word,
)
from ui.pills import draw_pill, pill_size
from ui.table import Index
from ui.theme import px
from ui.words import tr

_MOST_OF_THE_WIDTH = 0.45  # that the names take, so that cells remain at 200 %


class Matrix(QTableView):
    """The board; the arrows walk over its cells, Enter, V and I do something with one."""

    opened = Signal(object)
    record_wanted = Signal(object)
    withdraw_wanted = Signal(object)
    sort_wanted = Signal(object)
    reached = Signal()  # by key, so that it can be brought into view

    def __init__(self, model: MatrixModel) -> None:
        super().__init__()
        self.setAccessibleName(tr("Toestemmingen per leerling en doel"))
        self.board = model
        model.setParent(self)
        self._corner = Corner(self)
        self._answers = AnswerDelegate(self)
        self.setItemDelegate(self._answers)
        self.setHorizontalHeader(PurposeHeads(self))
        self.setVerticalHeader(NameHeads(self))
        self.setModel(model)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMinimumHeight(px(240))  # some rows at 200 % too; the screen around it scrolls
        self.verticalScrollBar().setSingleStep(px(34))
        self.doubleClicked.connect(lambda index: self.opened.emit(model.cell(index)))
        self._corner.chosen.connect(self.sort_wanted)
        self._watch_current()
        model.modelReset.connect(self._fit)

    def _watch_current(self) -> None:
        """The row and the column one is in are marked over their whole length."""

        def draw(*_: object) -> None:
            for each in (self, self.horizontalHeader(), self.verticalHeader()):
                each.viewport().update()

        self.selectionModel().currentChanged.connect(draw)

    def show_order(self, order: Order) -> None:
        """Tell above the names what they are sorted by."""
        self._corner.show_order(order)

    def current(self) -> Cell | None:
        """The cell one is at."""
        index = self.currentIndex()
        return self.board.cell(index) if index.isValid() else None

    def go_to(self, pupil_id: str, code: str) -> bool:
        """Be at a cell, in view; False when it is not shown."""
        row, column = self.board.row_of(pupil_id), self.board.column_of(code)
        if row is None or column is None or self.isColumnHidden(column):
            return False
        index = self.board.index(row, column)
        self.setCurrentIndex(index)
        self.scrollTo(index)
        return True

    def begin(self) -> None:
        """Be in the first cell, unless one is at a cell already."""
        shown = self.shown_columns()
        if not self.currentIndex().isValid() and self.board.rowCount() and shown:
            self.setCurrentIndex(self.board.index(0, shown[0]))

    def show_only(self, columns: Collection[int]) -> None:
        """Show these purposes and no others."""
        for each in range(self.board.columnCount()):
            self.setColumnHidden(each, each not in columns)
        self._fit()

    def shown_columns(self) -> list[int]:
        """The purposes that are shown, by their place."""
        return [c for c in range(self.board.columnCount()) if not self.isColumnHidden(c)]

    # — sizes —

    def _fit(self) -> None:
        """Let the columns share the width, as long as every word can be read."""
        shown = self.shown_columns()
        names = self._name_heads().fit(self.board, round(self.width() * _MOST_OF_THE_WIDTH))
        if not shown:
            return
        heads = [self.board.table.purposes[c].wording.short for c in shown]
        widest = min(widest_word(heads, small_head_font()) + px(12), px(130))
        least = max(self._answers.least_width(), widest)
        bar = self.verticalScrollBar().sizeHint().width()
        room = self.width() - names - bar - 2 * self.frameWidth() - px(2)
        width = min(max(least, room // len(shown)), px(150))
        for each in shown:
            self.setColumnWidth(each, width)

    def _name_heads(self) -> NameHeads:
        found = self.verticalHeader()
        assert isinstance(found, NameHeads)
        return found

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def updateGeometries(self) -> None:
        super().updateGeometries()
        names, heads = self._name_heads(), self.horizontalHeader()
        split = names.group_width
        self._corner.setGeometry(names.x(), heads.y(), names.width(), heads.height())
        self._corner.split(split)
        self._corner.raise_()

    # — keys —

    def keyPressEvent(self, event: QKeyEvent) -> None:
        wanted = {
            Qt.Key.Key_Return: self.opened,
            Qt.Key.Key_Enter: self.opened,
            Qt.Key.Key_V: self.record_wanted,
            Qt.Key.Key_I: self.withdraw_wanted,
        }.get(Qt.Key(event.key()))
        cell = self.current()
        if (
            wanted is None
            or cell is None
            or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        ):
            super().keyPressEvent(event)
        else:
            wanted.emit(cell)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() is not Qt.FocusReason.MouseFocusReason:  # a click stays where it was
            self.reached.emit()

    def keyboardSearch(self, search: str) -> None:
        """Letters do something here; names are searched in the field above."""


class AnswerDelegate(QStyledItemDelegate):
    """Draws an answer as shape, word and colour; each is drawn once and then copied."""

    def __init__(self, table: QTableView) -> None:
        super().__init__(table)
        self._table = table
        self._signs = signs()
        self._pills: dict[tuple[Answer, int, float], QPixmap] = {}

    def least_width(self) -> int:
        """The width of a column in which every word can be read."""
        widths = [pill_size(each, stacked=True).width() for each in self._signs.values()]
        return max(widths) + px(6)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        c = theme.colours()
        where = option.rect
        marked = self._table.currentIndex().row() == index.row()
        paint_ground(painter, where, marked=marked)
        ratio = self._table.devicePixelRatioF()
        pill = self._pill(index.data(ANSWER), where.width() - px(6), ratio)
        height = round(pill.height() / ratio)
        painter.drawPixmap(where.left() + px(3), where.top() + (where.height() - height) // 2, pill)
        if option.state & QStyle.StateFlag.State_Selected:
            has_focus = self._table.hasFocus()
            painter.setPen(QPen(QColor(c.accent if has_focus else c.strong_border), px(2)))
            painter.drawRect(where.adjusted(1, 1, -2, -2))

    def _pill(self, answer: Answer, room: int, ratio: float) -> QPixmap:
        key = answer, room, ratio
        if key not in self._pills:
            self._pills[key] = draw_pill(self._signs[answer], room, ratio)
        return self._pills[key]
