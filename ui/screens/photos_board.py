"""Children and whether they may be on a photo: names at the left, an answer for each purpose."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from schoolprivacy.consents.photos.who_may import PhotoRow, PhotoTable
from schoolprivacy.people.names import group_label
from ui import theme
from ui.matrix_heads import PurposeHeads, paint_ground, small_head_font, widest_word
from ui.photo_answers import LARGE, USUAL, Scale, answer_width, draw_answer, photo_signs
from ui.table import ROW, Index
from ui.theme import px
from ui.words import tr

ANSWER = Qt.ItemDataRole.UserRole + 1
"""Role of the answer in a cell."""
_NOWHERE = QModelIndex()
_FEW = 5  # so many children are shown large
_NAMES = 0.4  # of the width, at most
_NOBODY = PhotoTable((), ())
Line = list[tuple[str, QFont, str]]
"""Texts behind one another, with type and colour."""


class PhotoModel(QAbstractTableModel):
    """A row for each child, a column for each purpose."""

    def __init__(self) -> None:
        super().__init__()
        self._signs = photo_signs()
        self.table = _NOBODY
        self.shows_groups = True

    def replace(self, table: PhotoTable, *, shows_groups: bool) -> None:
        """Show other children."""
        self.beginResetModel()
        self.table, self.shows_groups = table, shows_groups
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.table.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.table.purposes)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.table.rows[index.row()]
        answer = row.answers[index.column()]
        if role == ANSWER:
            return answer
        sign = self._signs[answer]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            purpose = self.table.purposes[index.column()].wording.short
            return f"{row.name}, {purpose}: {sign.word.lower()}"
        return f"{sign.word}: {sign.explained}" if role == Qt.ItemDataRole.ToolTipRole else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal:
            wording = self.table.purposes[section].wording
            if role == Qt.ItemDataRole.ToolTipRole:
                return wording.label
            return wording.short if role == Qt.ItemDataRole.DisplayRole else None
        row = self.table.rows[section]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return f"{row.name}, {group_label(row.group)}"
        return row if role == ROW else None


class PhotoBoard(QTableView):
    """The arrows walk; a letter, or Escape, goes back to the field one searches in."""

    typed = Signal(str)
    emptied = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.board = PhotoModel()
        self.board.setParent(self)
        self.scale = USUAL
        self.setAccessibleName(tr("Wie mag op de foto, per kind en doel"))
        self.setItemDelegate(_Answers(self))
        self.setHorizontalHeader(PurposeHeads(self))
        self.setVerticalHeader(_Children(self))
        self._corner = _Corner(self)
        self.setModel(self.board)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMinimumHeight(px(190))  # a child at 200 % too; the screen around it scrolls
        self.selectionModel().currentChanged.connect(self._mark)

    def show_table(self, table: PhotoTable, *, shows_groups: bool) -> None:
        """Show these children; few of them are shown large."""
        self.board.replace(table, shows_groups=shows_groups)
        self.scrollToTop()
        self._fit()

    def begin(self) -> None:
        """Put the keyboard in the first cell, unless one is at a cell already."""
        if not self.currentIndex().isValid() and self.board.rowCount():
            self.setCurrentIndex(self.board.index(0, 0))
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _mark(self) -> None:
        """The row and the column one is in are marked over their whole length."""
        for each in (self, self.horizontalHeader(), self.verticalHeader()):
            each.viewport().update()

    # — sizes —

    def _fit(self) -> None:
        """Let the columns share the width, as long as every word can be read."""
        purposes = self.board.table.purposes
        names = self._fit_names()
        if not purposes:
            return
        heads = [each.wording.short for each in purposes]
        widest = min(widest_word(heads, small_head_font()) + px(12), px(130))
        least = max(answer_width(self.scale) + px(8), widest)
        width = min(max(least, self._room(names) // len(purposes)), px(190))
        for column in range(len(purposes)):
            self.setColumnWidth(column, width)

    def _room(self, names: int) -> int:
        """What the names leave for the answers."""
        bar = self.verticalScrollBar().sizeHint().width()
        return self.width() - names - bar - 2 * self.frameWidth() - px(2)

    def _fit_names(self) -> int:
        """Few children are large, if then all purposes can be seen at once."""
        most, many = round(self.width() * _NAMES), len(self.board.table.purposes)
        self.scale = LARGE
        names = self._children().fit(self.board, most)
        fits = many * (answer_width(LARGE) + px(8)) <= self._room(names)
        if not fits or len(self.board.table.rows) > _FEW:
            self.scale = USUAL
            names = self._children().fit(self.board, most)
        self.verticalHeader().setDefaultSectionSize(px(self.scale.row))
        return names

    def _children(self) -> _Children:
        found = self.verticalHeader()
        assert isinstance(found, _Children)
        return found

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def updateGeometries(self) -> None:
        super().updateGeometries()
        names, heads = self.verticalHeader(), self.horizontalHeader()
        self._corner.setGeometry(names.x(), heads.y(), names.width(), heads.height())
        self._corner.raise_()

    # — keys —

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        if event.key() == Qt.Key.Key_Escape:
            self.emptied.emit()
        elif event.text().strip() and event.text().isprintable() and not held:
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Names are searched in the field above."""


class _Answers(QStyledItemDelegate):
    """Draws an answer as shape, word and colour."""

    def __init__(self, board: PhotoBoard) -> None:
        super().__init__(board)
        self._board = board
        self._signs = photo_signs()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        c, where = theme.colours(), option.rect
        paint_ground(painter, where, marked=self._board.currentIndex().row() == index.row())
        inside = QRectF(where.adjusted(px(4), 0, -px(4), 0))
        draw_answer(painter, self._signs[index.data(ANSWER)], inside, self._board.scale)
        if option.state & QStyle.StateFlag.State_Selected:
            has_focus = self._board.hasFocus()
            painter.setPen(QPen(QColor(c.accent if has_focus else c.strong_border), px(2)))
            painter.drawRect(where.adjusted(1, 1, -2, -2))


class _Children(QHeaderView):
    """The children: the roepnaam bold, the rest behind it or beneath it, and the group."""

    def __init__(self, board: PhotoBoard) -> None:
        super().__init__(Qt.Orientation.Vertical, board)
        self._board = board
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def fit(self, board: PhotoModel, most: int) -> int:
        """Be as wide as the longest names ask, at most as wide as told; gives the width."""
        widths = [max(map(_width, self._lines(each, most))) for each in board.table.rows]
        width = min(max([px(150), *widths]) + px(28), most)
        self.setFixedWidth(width)
        return width

    def _lines(self, row: PhotoRow, most: int) -> list[Line]:
        """What stands in a row: one line or two."""
        c, scale = theme.colours(), self._board.scale
        called = (row.call_name, _font(scale, bold=True), c.text)
        rest = row.name.removeprefix(row.call_name).strip()
        behind = (f" {rest}" if rest else "", _font(scale, bold=False), c.text)
        group = group_label(row.group) if self._board.board.shows_groups else ""
        below = theme.font(0.86), c.muted
        if _width([called, behind]) + px(28) <= most:
            return [[called, behind], *([[(group, *below)]] if group else [])]
        under = " · ".join(filter(None, (rest, group)))
        return [[called], [(under, *below)]]

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        c = theme.colours()
        marked = self._board.currentIndex().row() == logicalIndex
        painter.save()
        paint_ground(painter, rect, marked=marked)
        lines = self._lines(self._board.board.table.rows[logicalIndex], rect.width())
        heights = [max(QFontMetrics(font).height() for _, font, _ in line) for line in lines]
        top = rect.top() + (rect.height() - sum(heights)) // 2
        for line, height in zip(lines, heights, strict=True):
            _draw_line(painter, line, QRect(rect.left() + px(14), top, 0, height), rect.right())
            top += height
        painter.fillRect(QRect(rect.right(), rect.y(), 1, rect.height()), QColor(c.border))
        painter.restore()


def _draw_line(painter: QPainter, line: Line, where: QRect, right: int) -> None:
    """Texts behind one another; the end of what does not fit is left out."""
    x = where.left()
    for text, font, colour in line:
        painter.setFont(font)
        painter.setPen(QColor(colour))
        room = max(0, right - px(8) - x)
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room)
        place = QRect(x, where.top(), room, where.height())
        painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), shown)
        x += QFontMetrics(font).horizontalAdvance(text)


def _width(line: Line) -> int:
    return sum(QFontMetrics(font).horizontalAdvance(text) for text, font, _ in line)


def _font(scale: Scale, *, bold: bool) -> QFont:
    weight = QFont.Weight.DemiBold if bold else QFont.Weight.Normal
    return theme.font(max(1.0, scale.word * 0.95), weight)


class _Corner(QWidget):
    """Above the names: what they are sorted by."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_ground(painter, self.rect(), marked=False)
        painter.setFont(theme.font(0.86, QFont.Weight.DemiBold))
        painter.setPen(QColor(theme.colours().muted))
        inside = self.rect().adjusted(px(14), 0, 0, 0)
        painter.drawText(inside, int(Qt.AlignmentFlag.AlignVCenter), tr("Op roepnaam"))
