"""The plot of the overview: per group a bar of answers, in colour and in pattern."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, log10

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from schoolprivacy.consents.terms import Answer
from schoolprivacy.people.names import group_label
from ui import theme
from ui.answers import Sign, signs
from ui.theme import px
from ui.words import tr

_PATTERNS = {
    Answer.GRANTED: Qt.BrushStyle.SolidPattern,
    Answer.REFUSED: Qt.BrushStyle.BDiagPattern,
    Answer.WITHDRAWN: Qt.BrushStyle.VerPattern,
    Answer.CONFLICT: Qt.BrushStyle.DiagCrossPattern,
    Answer.EXPIRED: Qt.BrushStyle.Dense5Pattern,
    Answer.NO_ANSWER: Qt.BrushStyle.NoBrush,
    Answer.NOT_ASKED: Qt.BrushStyle.NoBrush,
}


@dataclass(frozen=True, slots=True)
class Bar:
    """One group: how many of its answers are of each kind."""

    group: str
    counts: Mapping[Answer, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


class AnswersChart(QWidget):
    """Stacked bars, one per group; the arrows walk over them, Enter or a click opens a group."""

    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._bars: tuple[Bar, ...] = ()
        self._at = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(tr("Toestemmingen per groep"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(px(420), px(320))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(200), px(180))

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Show these groups, and tell them to who cannot see the plot."""
        self._bars = tuple(bars)
        self._at = -1
        self.setAccessibleDescription("\n".join(_spoken(each) for each in self._bars))
        self.update()

    # — walking over it —

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()))
        if step and self._bars:
            self._go_to(max(0, min(len(self._bars) - 1, self._at + step)))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._at >= 0:
            self.opened.emit(self._bars[self._at].group)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._at < 0 and self._bars:
            self._go_to(0)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = self._place_of(event.position())
        self.setToolTip(_spoken(self._bars[place]) if place is not None else "")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._place_of(event.position())
        if place is not None:
            self.opened.emit(self._bars[place].group)

    def _go_to(self, place: int) -> None:
        self._at = place
        self.setAccessibleName(_spoken(self._bars[place]))
        self.update()

    def _place_of(self, where: QPointF) -> int | None:
        area = self._area()
        if not self._bars or not area.left() <= where.x() < area.right():
            return None
        return int((where.x() - area.left()) / (area.width() / len(self._bars)))

    # — drawing —

    def _area(self) -> QRectF:
        left = self.fontMetrics().horizontalAdvance(str(_top(self._bars))) + px(12)
        below = self.fontMetrics().height() + px(10)
        return QRectF(
            left, px(8), max(1, self.width() - left - px(8)), max(1, self.height() - below - px(8))
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._bars:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area, top = self._area(), _top(self._bars)
        self._draw_scale(painter, area, top)
        wide = area.width() / len(self._bars)
        for place, bar in enumerate(self._bars):
            column = QRectF(area.left() + place * wide, area.top(), wide, area.height())
            self._draw_bar(painter, bar, column, top)
            self._draw_label(painter, bar, column, here=place == self._at and self.hasFocus())

    def _draw_scale(self, painter: QPainter, area: QRectF, top: int) -> None:
        c = theme.colours()
        for step in range(5):
            value = top * step // 4
            y = area.bottom() - area.height() * step / 4
            painter.setPen(QPen(QColor(c.border), 1))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(QColor(c.muted))
            room = QRectF(0, y - px(10), area.left() - px(8), px(20))
            painter.drawText(
                room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(value)
            )

    def _draw_bar(self, painter: QPainter, bar: Bar, column: QRectF, top: int) -> None:
        width = min(column.width() * 0.6, px(44))
        bottom = column.bottom()
        for answer, sign in signs().items():
            count = bar.counts.get(answer, 0)
            if not count:
                continue
            height = column.height() * count / top
            piece = QRectF(column.center().x() - width / 2, bottom - height, width, height)
            _draw_piece(painter, answer, sign, piece.adjusted(0.5, 1, -0.5, -1))
            bottom -= height

    def _draw_label(self, painter: QPainter, bar: Bar, column: QRectF, *, here: bool) -> None:
        c = theme.colours()
        painter.setPen(QColor(c.accent if here else c.muted))
        room = QRectF(
            column.left(), column.bottom() + px(6), column.width(), self.fontMetrics().height()
        )
        text = group_label(bar.group)
        if self.fontMetrics().horizontalAdvance(text) > column.width() - px(4):
            text = bar.group or "–"
        shown = self.fontMetrics().elidedText(
            text, Qt.TextElideMode.ElideRight, int(column.width()) - px(2)
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignHCenter, shown)
        if here:
            painter.setPen(QPen(QColor(c.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(column.adjusted(px(2), 0, -px(2), px(28)), px(4), px(4))


def _draw_piece(painter: QPainter, answer: Answer, sign: Sign, piece: QRectF) -> None:
    if piece.height() <= 0:
        return
    c = theme.colours()
    ink = QColor(getattr(c, sign.colour))
    pattern = _PATTERNS[answer]
    solid = pattern is Qt.BrushStyle.SolidPattern
    painter.setPen(QPen(ink, 1, Qt.PenStyle.DashLine if sign.dashed else Qt.PenStyle.SolidLine))
    painter.setBrush(ink if solid else QColor(getattr(c, f"{sign.colour}_soft")))
    painter.drawRoundedRect(piece, px(2), px(2))
    if not solid and pattern is not Qt.BrushStyle.NoBrush:
        painter.setBrush(QBrush(ink, pattern))
        painter.drawRoundedRect(piece, px(2), px(2))


def draw_legend_mark(painter: QPainter, answer: Answer, where: QRectF) -> None:
    """A small piece of the bar, for the legend."""
    _draw_piece(painter, answer, signs()[answer], where)


def _top(bars: Sequence[Bar]) -> int:
    """A round number above the highest bar, that can be divided by four."""
    highest = max((each.total for each in bars), default=0) or 4
    step = 10 ** max(0, int(log10(highest)) - 1) * 4
    return int(ceil(highest / step) * step)


def _spoken(bar: Bar) -> str:
    parts = [
        f"{bar.counts[answer]} {sign.word.lower()}"
        for answer, sign in signs().items()
        if bar.counts.get(answer)
    ]
    return f"{group_label(bar.group)}: {', '.join(parts) or tr('geen antwoorden')}"
