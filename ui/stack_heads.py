"""The heads of a stack: purposes above, upright where there is no room; names at the left."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QHeaderView, QTableView

from ui import theme
from ui.matrix_heads import paint_ground, small_head_font, widest_word
from ui.stack_model import FIRST, StackModel
from ui.theme import px

_SIGN = 16  # pixels at zoom 1


class ColumnHeads(QHeaderView):
    """The words on one or two lines, or turned a quarter so that all purposes are in view."""

    def __init__(self, table: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self._table = table
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(px(24))  # of itself Qt keeps them wider than there is room
        self._line = QFontMetrics(small_head_font())
        self._turned = False

    def fit(self, texts: list[str], widths: list[int]) -> None:
        """Be high enough for these words in columns of these widths."""
        self._turned = not all(map(self._fits, texts, widths))
        flat = 2 * self._line.lineSpacing() + px(14)
        longest = max(self._line.horizontalAdvance(text) for text in texts) + px(16)
        self.setFixedHeight(max(flat, longest) if self._turned else flat)

    def _fits(self, text: str, width: int) -> bool:
        return widest_word([text], small_head_font()) <= width - px(8)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        c = theme.colours()
        marked = self._table.currentIndex().column() == logicalIndex
        text = str(self.model().headerData(logicalIndex, Qt.Orientation.Horizontal))
        painter.save()
        paint_ground(painter, rect, marked=marked)
        painter.setFont(small_head_font())
        painter.setPen(QColor(c.text if marked else c.muted))
        if not self._turned or logicalIndex < FIRST:
            where = rect.adjusted(px(4), px(4), -px(4), -px(6))
            how = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignHCenter
            painter.drawText(where, int(how | Qt.TextFlag.TextWordWrap), text)
        else:
            painter.translate(rect.left(), rect.bottom())
            painter.rotate(-90)
            where = QRect(px(6), 0, rect.height() - px(10), rect.width())
            painter.drawText(where, int(Qt.AlignmentFlag.AlignVCenter), text)
        painter.restore()


class NameHeads(QHeaderView):
    """The children; a sign marks a row that cannot be stored yet, a tick one that can."""

    def __init__(self, table: QTableView) -> None:
        super().__init__(Qt.Orientation.Vertical, table)
        self._table = table
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setDefaultSectionSize(px(34))

    def fit(self, names: list[str], most: int) -> int:
        """Be as wide as the longest name asks, at most as wide as told; gives the width."""
        said = QFontMetrics(theme.font())
        longest = max((said.horizontalAdvance(each) for each in names), default=0)
        width = min(max(longest, px(90)) + px(_SIGN + 30), most)
        self.setFixedWidth(width)
        return width

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        model = self.model()
        assert isinstance(model, StackModel)
        c, side = theme.colours(), px(_SIGN)
        painter.save()
        marked = self._table.currentIndex().row() == logicalIndex
        paint_ground(painter, rect, marked=marked)
        name, colour = _sign(model, logicalIndex)
        if name:
            place = QRectF(rect.left() + px(8), rect.center().y() - side / 2 + 1, side, side)
            theme.draw_icon(painter, name, colour, place)
        painter.setFont(theme.font())
        painter.setPen(QColor(c.text))
        where = rect.adjusted(px(12) + side, 0, -px(8), 0)
        text = str(model.headerData(logicalIndex, Qt.Orientation.Vertical))
        text = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, where.width())
        painter.drawText(where, int(Qt.AlignmentFlag.AlignVCenter), text)
        painter.fillRect(QRect(rect.right(), rect.y(), 1, rect.height()), QColor(c.border))
        painter.restore()


def _sign(model: StackModel, row: int) -> tuple[str, str]:
    c = theme.colours()
    if model.problem(row):
        return "triangle-alert", c.warn
    return ("circle-check", c.yes) if model.papers[row].ticks else ("", "")
