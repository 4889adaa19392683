"""The plot of step 7: how many forms were made, and how many came back, day by day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import ceil

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from schoolprivacy.consents.rounds.progress import DayProgress
from ui import theme
from ui.fields import show_date
from ui.theme import px
from ui.words import tr

Mark = tuple[str, date]
"""A day with what it is called, as the hand-in date."""

_STEPS = 4  # lines of the scale


class ProgressPlot(QWidget):
    """Two stairs; the arrows walk over the days on which something changed."""

    def __init__(self) -> None:
        super().__init__()
        self._days: tuple[DayProgress, ...] = ()
        self._marks: tuple[Mark, ...] = ()
        self._until = date.min
        self._at = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(tr("Formulieren terug, dag voor dag"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        return QSize(px(420), px(240))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(220), px(220))

    def show_days(self, days: Sequence[DayProgress], marks: Sequence[Mark], until: date) -> None:
        """Show these days, and tell them to who cannot see the plot.

        :param until: today, or when the round was closed
        """
        self._days, self._until, self._at = tuple(days), until, -1
        self._marks = tuple(sorted(marks, key=lambda each: each[1]))
        last = [_spoken(self._days[-1])] if self._days else []
        said = [f"{word}: {show_date(day)}." for word, day in self._marks]
        self.setAccessibleDescription(" ".join(last + said))
        self.update()

    # — walking over it —

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()))
        if step and self._days:
            self._go_to(max(0, min(len(self._days) - 1, self._at + step)))
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._at < 0 and self._days:
            self._go_to(len(self._days) - 1)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        before = [each for each in self._days if self._x(each.day) <= event.position().x()]
        self.setToolTip(_spoken(before[-1]) if before else "")

    def _go_to(self, place: int) -> None:
        self._at = place
        self.setAccessibleName(_spoken(self._days[place]))
        self.update()

    # — places —

    def _area(self) -> QRectF:
        line = self.fontMetrics().height()
        left = self.fontMetrics().horizontalAdvance(str(self._top())) + px(14)
        ends = max(map(self.fontMetrics().horizontalAdvance, self._ends())) + px(16)
        above = line * (1 + len(self._marks)) + px(8)
        width = max(1, self.width() - left - ends)
        return QRectF(left, above, width, max(1, self.height() - above - line - px(14)))

    def _ends(self) -> tuple[str, str]:
        """The words at the end of the stairs."""
        if not self._days:
            return "", ""
        last = self._days[-1]
        return (
            tr("{n} gemaakt").format(n=last.printed),
            tr("{n} terug").format(n=last.back),
        )

    def _top(self) -> int:
        most = max((each.printed for each in self._days), default=0) or _STEPS
        step = max(1, 10 ** (len(str(most)) - 2))
        return int(ceil(most / (_STEPS * step)) * _STEPS * step)

    def _span(self) -> tuple[date, date]:
        days = [each.day for each in self._days] + [self._until]
        days += [day for _, day in self._marks]
        return min(days), max(days)

    def _x(self, day: date) -> float:
        first, last = self._span()
        area = self._area()
        return area.left() + area.width() * (day - first).days / max(1, (last - first).days)

    def _y(self, many: int) -> float:
        area = self._area()
        return area.bottom() - area.height() * many / self._top()

    def _stairs(self, many: Sequence[int]) -> list[QPointF]:
        """The corners of one line, from its first day to the present one."""
        points: list[QPointF] = []
        for each, count in zip(self._days, many, strict=True):
            x = self._x(each.day)
            points.append(QPointF(x, points[-1].y() if points else self._y(0)))
            points.append(QPointF(x, self._y(count)))
        points.append(QPointF(self._x(max(self._until, self._days[-1].day)), points[-1].y()))
        return points

    # — drawing —

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._days:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_scale(painter)
        self._draw_marks(painter)
        c = theme.colours()
        back = self._stairs([each.back for each in self._days])
        floor = self._area().bottom()
        under = QPolygonF([*back, QPointF(back[-1].x(), floor), QPointF(back[0].x(), floor)])
        painter.setPen(Qt.PenStyle.NoPen)
        for brush in (QBrush(QColor(c.yes_soft)), _pattern(c.yes)):
            painter.setBrush(brush)
            painter.drawPolygon(under)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(c.yes), px(2.5)))
        painter.drawPolyline(back)
        made = self._stairs([each.printed for each in self._days])
        painter.setPen(QPen(QColor(c.text), px(2), Qt.PenStyle.DashLine))
        painter.drawPolyline(made)
        self._draw_ends(painter, made[-1], back[-1])
        if self.hasFocus():
            self._draw_focus(painter)

    def _draw_scale(self, painter: QPainter) -> None:
        c, area, top = theme.colours(), self._area(), self._top()
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for step in range(_STEPS + 1):
            y = self._y(top * step // _STEPS)
            painter.setPen(QPen(QColor(c.border), 1))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(QColor(c.muted))
            room = QRectF(0, y - px(10), area.left() - px(8), px(20))
            painter.drawText(room, right, str(top * step // _STEPS))
        first, last = self._span()
        room = QRectF(area.left(), area.bottom() + px(6), area.width(), px(20))
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft, show_date(first))
        if last != first:
            painter.drawText(room, Qt.AlignmentFlag.AlignRight, show_date(last))

    def _draw_marks(self, painter: QPainter) -> None:
        """Each mark has a line of its own for its word, over the dots of the others."""
        c, area, line = theme.colours(), self._area(), self.fontMetrics().height()
        painter.setPen(QPen(QColor(c.muted), 1, Qt.PenStyle.DotLine))
        for place, (_, day) in enumerate(self._marks):
            x = self._x(day)
            painter.drawLine(QPointF(x, line * (place + 1) + px(2)), QPointF(x, area.bottom()))
        painter.setPen(QColor(c.muted))
        for place, (word, day) in enumerate(self._marks):
            x, y = self._x(day), line * place + px(2)
            text = f"{word} {day:%d-%m}"
            wide = self.fontMetrics().horizontalAdvance(text)
            left = max(area.left(), min(x - wide / 2, self.width() - wide - px(2)))
            room = QRectF(left, y, wide + 2, line)
            painter.fillRect(room, QColor(c.surface))
            painter.drawText(room, Qt.AlignmentFlag.AlignLeft, text)

    def _draw_ends(self, painter: QPainter, made: QPointF, back: QPointF) -> None:
        """The words at the right, never through one another."""
        c, area, line = theme.colours(), self._area(), self.fontMetrics().height()
        upper = made.y() - line / 2
        lower = max(back.y() - line / 2, upper + line)
        places = ((upper, c.text), (lower, c.yes))
        for text, (y, shade) in zip(self._ends(), places, strict=True):
            painter.setPen(QColor(shade))
            room = QRectF(area.right() + px(8), y, self.width() - area.right(), line)
            painter.drawText(room, Qt.AlignmentFlag.AlignLeft, text)

    def _draw_focus(self, painter: QPainter) -> None:
        c, area = theme.colours(), self._area()
        painter.setPen(QPen(QColor(c.accent), 2))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), px(4), px(4))
        if self._at >= 0:
            x = self._x(self._days[self._at].day)
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))


def _pattern(shade: str) -> QBrush:
    return QBrush(QColor(shade), Qt.BrushStyle.BDiagPattern)


def _spoken(day: DayProgress) -> str:
    said = tr("{day}: {back} van {made} formulieren terug")
    return said.format(day=show_date(day.day), back=day.back, made=day.printed)
