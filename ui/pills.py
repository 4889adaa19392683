"""An answer as a pill: shape, word and colour."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QLabel

from ui import theme
from ui.answers import Sign
from ui.theme import px

_SHAPE, _EDGE = 14, 6  # pixels at zoom 1


def pill(sign: Sign) -> QLabel:
    """An answer as it stands on the board."""
    made = QLabel()
    made.setPixmap(draw_pill(sign, px(400), made.devicePixelRatioF()))
    made.setAccessibleName(sign.word)
    return made


def pill_size(sign: Sign, *, stacked: bool = False) -> QSize:
    """How large the pill of an answer is; stacked, its words stand above each other."""
    said = QFontMetrics(_pill_font(stacked=stacked))
    words = sign.word.split() if stacked else [sign.word]
    width = max(said.horizontalAdvance(word) for word in words) + 2 * px(_EDGE) + px(_SHAPE + 4)
    return QSize(width, px(30) if len(words) > 1 else px(24))


def draw_pill(sign: Sign, room: int, ratio: float) -> QPixmap:
    """The answer in at most so many pixels: on one line, stacked, or the shape alone."""
    stacked = pill_size(sign).width() > room
    size = pill_size(sign, stacked=stacked)
    bare = size.width() > room
    if bare:
        size = QSize(px(28), px(24))
    picture = QPixmap(QSize(round(size.width() * ratio), round(size.height() * ratio)))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _draw_on(painter, sign, size, stacked=stacked, bare=bare)
    painter.end()
    return picture


def _draw_on(painter: QPainter, sign: Sign, size: QSize, *, stacked: bool, bare: bool) -> None:
    c = theme.colours()
    shade = QColor(getattr(c, sign.colour))
    whole = QRectF(QPointF(0.5, 0.5), size - QSize(1, 1))
    painter.setBrush(QColor(getattr(c, f"{sign.colour}_soft")))
    line = QPen(QColor(c.strong_border), 1, Qt.PenStyle.DashLine)
    painter.setPen(line if sign.dashed else Qt.PenStyle.NoPen)
    painter.drawRoundedRect(whole, px(7), px(7))
    side = px(_SHAPE)
    left = (size.width() - side) / 2 if bare else px(_EDGE)
    place = QRectF(left, (size.height() - side) / 2, side, side)
    theme.draw_icon(painter, sign.icon, shade.name(), place)
    if bare:
        return
    painter.setFont(_pill_font(stacked=stacked))
    painter.setPen(shade)
    text = sign.word.replace(" ", "\n") if stacked else sign.word
    beside = QRectF(left + side + px(4), 0, size.width(), size.height())
    painter.drawText(beside, int(Qt.AlignmentFlag.AlignVCenter), text)


def _pill_font(*, stacked: bool) -> QFont:
    return theme.font(0.76 if stacked else 0.86, QFont.Weight.Medium)
