"""The rows of a form as they were printed, filled in with J, N and the space bar."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from schoolprivacy.consents.entry import RowToEnter
from ui import theme
from ui.theme import px
from ui.words import tr

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_TEXT, _YES, _NO = range(3)


class SheetModel(QAbstractTableModel):
    """The questions of one form, with what was ticked: True, False, or None for a blank."""

    ticked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[RowToEnter, ...] = ()
        self._ticks: dict[str, bool] = {}

    def show(self, rows: Sequence[RowToEnter], ticks: dict[str, bool] | None = None) -> None:
        """Show the rows of a form; nothing is ticked unless it was ticked here before."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self._ticks = dict(ticks or {})
        self.endResetModel()
        self.ticked.emit()

    def ticks(self) -> dict[str, bool]:
        """What was ticked, by purpose; blanks are not in it."""
        return dict(self._ticks)

    def tick(self, row: int, value: bool | None) -> None:
        """Tick Ja or Nee, or nothing."""
        code = self.rows[row].code
        if value is None:
            self._ticks.pop(code, None)
        else:
            self._ticks[code] = value
        self.dataChanged.emit(self.index(row, 0), self.index(row, _NO))
        self.ticked.emit()

    def value(self, row: int) -> bool | None:
        return self._ticks.get(self.rows[row].code)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else 3

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return _text(row) if index.column() == _TEXT else ""
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == _TEXT:
            return _text(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            word = {True: tr("ja"), False: tr("nee"), None: tr("niets aangekruist")}
            return f"{row.short}: {word[self.value(index.row())]}"
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and section != _TEXT:
            return Qt.AlignmentFlag.AlignCenter
        if role == Qt.ItemDataRole.DisplayRole:
            return (tr("Waar of waarvoor"), tr("Ja"), tr("Nee"))[section]
        return None


def _text(row: RowToEnter) -> str:
    """The row as it was printed, with the question it stands beneath when that is the second."""
    return tr("Contactlijst: {text}").format(text=row.label) if row.is_contact else row.label


class _Boxes(QStyledItemDelegate):
    """Draws the two boxes as they stand on paper."""

    def __init__(self, view: QTableView, no_colour: str) -> None:
        super().__init__(view)
        self._no_colour = no_colour

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        model = index.model()
        if index.column() == _TEXT or not isinstance(model, SheetModel):
            return
        c = theme.colours()
        side = px(20)
        middle = option.rect.center()
        box = QRectF(middle.x() - side / 2, middle.y() - side / 2, side, side)
        value = model.value(index.row())
        ticked = value is (index.column() == _YES)
        name = "yes" if index.column() == _YES else self._no_colour
        colour, soft = getattr(c, name), getattr(c, f"{name}_soft")
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colour if ticked else c.strong_border), 2))
        painter.setBrush(QColor(soft if ticked else c.surface))
        painter.drawRoundedRect(box, px(3), px(3))
        if ticked:
            theme.draw_icon(
                painter,
                "check" if index.column() == _YES else "x",
                colour,
                box.adjusted(px(2), px(2), -px(2), -px(2)),
            )
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """High enough for the whole text: nobody may answer half a question."""
        view = self.parent()
        if index.column() != _TEXT or not isinstance(view, QTableView):
            return QSize(px(64), px(34))
        room = view.columnWidth(_TEXT) - px(28)
        words = view.fontMetrics().boundingRect(
            QRect(0, 0, max(room, px(60)), 0),
            Qt.TextFlag.TextWordWrap.value,
            str(index.data(Qt.ItemDataRole.DisplayRole)),
        )
        return QSize(room, words.height() + px(16))

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        if index.column() != _TEXT:  # the row is the place, not the cell
            option.state &= ~QStyle.StateFlag.State_HasFocus


class AnswerSheet(QTableView):
    """A form on the screen: J and N tick and go on, the space bar leaves blank, arrows walk.

    :param no_colour: field of theme.Colours in which a ticked Nee is drawn
    """

    finished = Signal()
    reached = Signal()

    def __init__(self, no_colour: str = "no") -> None:
        super().__init__()
        self.sheet = SheetModel()
        self.setModel(self.sheet)
        self.setItemDelegate(_Boxes(self, no_colour))
        self.setAccessibleName(tr("Antwoorden op het formulier"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.verticalHeader().setMinimumSectionSize(px(34))
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionResizeMode(_TEXT, QHeaderView.ResizeMode.Stretch)
        for column in (_YES, _NO):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            self.setColumnWidth(column, px(64))
        self.setMinimumHeight(px(180))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        """As high as the form is long."""
        rows = sum(self.rowHeight(row) for row in range(self.sheet.rowCount()))
        return QSize(px(420), self.horizontalHeader().height() + rows + px(6))

    def begin(self) -> None:
        """Put the keyboard on the first row."""
        self.updateGeometry()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._go_to(0)

    def _go_to(self, row: int) -> None:
        self.setCurrentIndex(self.sheet.index(row, _TEXT))

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid():
            self.reached.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row, key = self.currentIndex().row(), event.key()
        tick = {
            Qt.Key.Key_J: True,
            Qt.Key.Key_N: False,
            Qt.Key.Key_Space: None,
            Qt.Key.Key_Delete: None,
            Qt.Key.Key_Backspace: None,
        }
        if row >= 0 and key in tick and not event.modifiers():
            self.sheet.tick(row, tick[Qt.Key(key)])
            self._next(row, stay=key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace))
        elif row >= 0 and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.sheet.tick(row, key == Qt.Key.Key_Left)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.finished.emit()
        else:
            super().keyPressEvent(event)

    def _next(self, row: int, *, stay: bool) -> None:
        if stay:
            return
        if row + 1 < self.sheet.rowCount():
            self._go_to(row + 1)
        else:
            self.finished.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click in a box ticks it; a second one takes the tick away."""
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.column() != _TEXT:
            wanted = index.column() == _YES
            now = self.sheet.value(index.row())
            self.sheet.tick(index.row(), None if now is wanted else wanted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resizeRowsToContents()
        self.updateGeometry()
