"""The heads of the board of consents: purposes above, names and groups at the left."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from ui import theme
from ui.fields import button
from ui.matrix import GROUP, MatrixModel, Order
from ui.theme import px
from ui.words import tr

_SMALL = 0.86  # of running text


class Corner(QWidget):
    """Above the names: what they are sorted by."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._order = Order.SURNAME
        self._name = button(tr("Naam"), self._turn_name, kind="flat")
        self._group = button(tr("Groep"), lambda: self.chosen.emit(Order.GROUP), kind="flat")
        for each in (self._name, self._group):
            each.setParent(self)
            each.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the arrow behind the word
        self._name.setToolTip(tr("Sorteren op achternaam, nog een keer: op roepnaam"))
        self._group.setToolTip(tr("Sorteren op groep"))
        self.show_order(self._order)

    def _turn_name(self) -> None:
        by_surname = self._order is Order.SURNAME
        self.chosen.emit(Order.CALL_NAME if by_surname else Order.SURNAME)

    def show_order(self, order: Order) -> None:
        self._order = order
        by_call_name = order is Order.CALL_NAME
        text = tr("Roepnaam") if by_call_name else tr("Achternaam")
        self._name.setText(tr("Naam") if order is Order.GROUP else text)
        self._group.setAccessibleName(tr("Sorteren op groep"))
        self._name.setAccessibleName(
            tr("Gesorteerd op {what}. Druk om dat te wijzigen.").format(what=text.lower())
            if order is not Order.GROUP
            else tr("Sorteren op achternaam")
        )
        arrow, none = theme.icon("chevron-down", "muted", 14), QPixmap()
        self._name.setIcon(none if order is Order.GROUP else arrow)
        self._group.setIcon(arrow if order is Order.GROUP else none)

    def split(self, group_width: int) -> None:
        """Where the groups begin."""
        names = self.width() - group_width
        self._name.setGeometry(0, px(2), min(names, self._name.sizeHint().width()), self._height())
        self._group.setGeometry(
            names, px(2), min(group_width, self._group.sizeHint().width()), self._height()
        )

    def _height(self) -> int:
        return max(0, self.height() - px(4))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_ground(painter, self.rect(), marked=False)


class _Heads(QHeaderView):
    """Heads that are drawn here, alike in every row and column."""

    def __init__(self, orientation: Qt.Orientation, table: QTableView) -> None:
        super().__init__(orientation, table)
        self._table = table
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)


class PurposeHeads(_Heads):
    """The short names of the purposes, on two lines if need be."""

    def __init__(self, table: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self.setFixedHeight(2 * QFontMetrics(_head_font()).lineSpacing() + px(14))

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        c = theme.colours()
        marked = self._table.currentIndex().column() == logicalIndex
        painter.save()
        paint_ground(painter, rect, marked=marked)
        text = str(self.model().headerData(logicalIndex, Qt.Orientation.Horizontal))
        inside = rect.adjusted(px(8), px(4), -px(2), -px(4))
        fits = widest_word([text], _head_font()) <= inside.width()
        painter.setFont(_head_font() if fits else small_head_font())
        painter.setPen(QColor(c.text if marked else c.muted))
        wrapped = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(inside, int(wrapped), text)
        painter.restore()


class NameHeads(_Heads):
    """The names and groups of the pupils."""

    def __init__(self, table: QTableView) -> None:
        super().__init__(Qt.Orientation.Vertical, table)
        self.setDefaultSectionSize(px(34))
        self.group_width = 0

    def fit(self, board: MatrixModel, most: int) -> int:
        """Be as wide as the longest names ask, at most as wide as told; gives the width."""
        said = QFontMetrics(theme.font())
        head = said.horizontalAdvance(tr("Groep")) + px(38)
        group_width = max(said.horizontalAdvance(board.longest_group) + px(20), head)
        self.group_width = min(group_width, px(130), round(most * 0.42))
        name_width = max(said.horizontalAdvance(board.longest_name), px(110)) + px(24)
        width = min(name_width + self.group_width, most)
        self.setFixedWidth(width)
        return width

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        c = theme.colours()
        painter.save()
        paint_ground(painter, rect, marked=self._table.currentIndex().row() == logicalIndex)
        painter.setFont(theme.font())
        name = rect.adjusted(px(12), 0, -self.group_width - px(8), 0)
        group = QRect(rect.right() - self.group_width + px(6), rect.y(), 0, rect.height())
        group.setRight(rect.right() - px(6))
        for where, role, colour in (
            (name, Qt.ItemDataRole.DisplayRole, c.text),
            (group, GROUP, c.muted),
        ):
            text = str(self.model().headerData(logicalIndex, Qt.Orientation.Vertical, role))
            painter.setPen(QColor(colour))
            painter.drawText(
                where, int(Qt.AlignmentFlag.AlignVCenter), _elided(painter, text, where.width())
            )
        painter.fillRect(QRect(rect.right(), rect.y(), 1, rect.height()), QColor(c.border))
        painter.restore()


def paint_ground(painter: QPainter, where: QRect, *, marked: bool) -> None:
    """What is under a head or a cell, with the line below it."""
    c = theme.colours()
    painter.fillRect(where, QColor(c.accent_soft if marked else c.surface))
    painter.fillRect(QRect(where.left(), where.bottom(), where.width(), 1), QColor(c.border))


def _head_font() -> QFont:
    return theme.font(_SMALL, QFont.Weight.DemiBold)


def small_head_font() -> QFont:
    """For the longest words, as in Schoolfotograaf."""
    return theme.font(0.76, QFont.Weight.DemiBold)


def widest_word(texts: list[str], font: QFont) -> int:
    said = QFontMetrics(font)
    return max(said.horizontalAdvance(word) for text in texts for word in text.split())


def _elided(painter: QPainter, text: str, width: int) -> str:
    return painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, width)
