"""How a cell of a stack is drawn, and the editors that open in one on demand."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPixmap
from PySide6.QtWidgets import (
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from schoolprivacy.consents.terms import Answer
from ui import theme
from ui.answers import Sign, signs
from ui.fields import ChoiceField, DateField
from ui.matrix_heads import paint_ground
from ui.pills import draw_pill, pill_size
from ui.stack_model import DAY, DECLARED, FIRST, SIGNER, StackModel
from ui.stack_rows import described
from ui.table import Index
from ui.theme import px
from ui.words import tr

_SHAPE = 13  # pixels at zoom 1, of what counts today


class StackDelegate(QStyledItemDelegate):
    """Typed answers stand out; what counts today is a small grey shape, as information."""

    def __init__(self, table: QTableView) -> None:
        super().__init__(table)
        self._table = table
        self._signs = signs()
        self._pills: dict[tuple[bool, int, float], QPixmap] = {}

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, StackModel)
        where: QRect = option.rect
        painter.save()
        marked = self._table.currentIndex().row() == index.row()
        paint_ground(painter, where, marked=marked)
        painter.setFont(theme.font(0.9))
        if index.column() < FIRST:
            self._paint_signature(painter, where, model, index)
        else:
            self._paint_answer(painter, where, model, index)
        self._paint_place(painter, option, index)
        painter.restore()

    def _paint_place(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        c = theme.colours()
        where: QRect = option.rect
        painter.fillRect(QRect(where.right(), where.y(), 1, where.height()), QColor(c.border))
        if option.state & QStyle.StateFlag.State_Selected:
            has_focus = self._table.hasFocus()
            painter.setPen(QPen(QColor(c.accent if has_focus else c.strong_border), px(2)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(where.adjusted(1, 1, -2, -2))

    def _paint_signature(
        self, painter: QPainter, where: QRect, model: StackModel, index: Index
    ) -> None:
        c, paper = theme.colours(), model.papers[index.row()]
        text, colour = model.text(index.row(), index.column()), c.text
        if index.column() == SIGNER and not text:
            text = tr("Kies…") if paper.signers else tr("Geen ouder")
            colour = c.muted
        elif index.column() == DAY and not paper.day:
            colour = c.muted
        elif index.column() == DECLARED and not text:
            text, colour = "–", c.muted
        inside = where.adjusted(px(8), 0, -px(6), 0)
        text = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, inside.width())
        painter.setPen(QColor(colour))
        painter.drawText(inside, int(Qt.AlignmentFlag.AlignVCenter), text)

    def _paint_answer(
        self, painter: QPainter, where: QRect, model: StackModel, index: Index
    ) -> None:
        row, column = index.row(), index.column()
        c, value = theme.colours(), model.value(index.row(), index.column())
        if not model.is_open(row, column):
            painter.fillRect(where.adjusted(0, 0, 0, -1), QColor(c.side))
        elif value is None:
            side = px(_SHAPE)
            place = QRectF(0, 0, side, side)
            place.moveCenter(QRectF(where).center())
            sign = self._signs[model.now(row, column)]
            theme.draw_icon(painter, sign.icon, c.strong_border, place)
        elif pill_size(self._sign(value)).width() <= where.width() - px(6):
            ratio = self._table.devicePixelRatioF()
            pill = self._pill(value, where.width() - px(6), ratio)
            size = pill.deviceIndependentSize().toSize()
            left = where.left() + (where.width() - size.width()) // 2
            painter.drawPixmap(left, where.top() + (where.height() - size.height()) // 2, pill)
        else:
            self._paint_word(painter, where, value=value)

    def _paint_word(self, painter: QPainter, where: QRect, *, value: bool) -> None:
        """The word on its colour, where there is no room for a shape beside it."""
        c = theme.colours()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(c.yes_soft if value else c.no_soft))
        painter.drawRoundedRect(QRectF(where).adjusted(px(3), px(5), -px(4), -px(6)), px(7), px(7))
        painter.setFont(theme.font(0.86, QFont.Weight.DemiBold))
        painter.setPen(QColor(c.yes if value else c.no))
        painter.drawText(where, int(Qt.AlignmentFlag.AlignCenter), self._sign(value).word)

    def _sign(self, value: bool) -> Sign:
        return self._signs[Answer.GRANTED if value else Answer.REFUSED]

    def _pill(self, value: bool, room: int, ratio: float) -> QPixmap:
        key = value, room, ratio
        if key not in self._pills:
            self._pills[key] = draw_pill(self._sign(value), room, ratio)
        return self._pills[key]

    # — editors —

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        model = index.model()
        assert isinstance(model, StackModel)
        name = model.papers[index.row()].name
        if index.column() == DAY:
            day = DateField(latest=model.today)
            day.setParent(parent)
            day.setAccessibleName(tr("Datum onder het formulier van {who}").format(who=name))
            return day
        who = ChoiceField()
        who.setParent(parent)
        options = [(tr("Niemand gekozen"), None)]
        signers = model.papers[index.row()].signers
        who.offer([*options, *((described(each), n) for n, each in enumerate(signers))])
        who.setAccessibleName(tr("Wie tekende voor {who}").format(who=name))
        who.activated.connect(lambda _: self._choose(who))
        return who

    def _choose(self, who: ChoiceField) -> None:
        self.commitData.emit(who)
        self.closeEditor.emit(who, QStyledItemDelegate.EndEditHint.SubmitModelCache)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        model = index.model()
        assert isinstance(model, StackModel)
        paper = model.papers[index.row()]
        if isinstance(editor, DateField):
            editor.setText(model.text(index.row(), DAY))
            editor.selectAll()
        elif isinstance(editor, ChoiceField):
            editor.choose(paper.signers.index(paper.signer) if paper.signer else None)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        assert isinstance(model, StackModel)
        if isinstance(editor, DateField):
            model.date_row(index.row(), editor.text())
        elif isinstance(editor, ChoiceField):
            model.sign(index.row(), editor.value())

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """Room for what is typed, also in a narrow column."""
        where = QRect(option.rect)
        wanted = editor.sizeHint().width() if index.column() == SIGNER else px(110)
        where.setWidth(max(where.width(), wanted))
        where.setHeight(max(where.height(), editor.sizeHint().height()))
        around = editor.parentWidget()
        room = around.rect() if around is not None else where
        where.moveRight(min(where.right(), room.right()))
        where.moveBottom(min(where.bottom(), room.bottom()))
        editor.setGeometry(where)
