"""How the three answers of who may be on a photo look: large, for who stands with a camera."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from schoolprivacy.consents.photos.who_may import PhotoAnswer
from ui import theme
from ui.answers import Sign
from ui.fields import label, row
from ui.theme import px
from ui.words import tr


def photo_signs() -> dict[PhotoAnswer, Sign]:
    """The three, with the words of the paper. Why it is no, they do not show."""
    return {
        PhotoAnswer.YES: Sign(tr("Ja"), "circle-check", "yes", tr("mag herkenbaar op de foto")),
        PhotoAnswer.ASK_FIRST: Sign(
            tr("Vraag eerst"),
            "triangle",
            "warn",
            tr("vraag het kind zelf; zegt het nee, dan nee"),
        ),
        PhotoAnswer.NO: Sign(tr("Nee"), "x", "no", tr("niet herkenbaar op de foto")),
    }


@dataclass(frozen=True, slots=True)
class Scale:
    """How large an answer is drawn, in pixels at zoom 1.

    :param word: of the text, relative to running text
    :param row: height of a row of answers
    """

    shape: int
    word: float
    height: int
    row: int

    @property
    def font(self) -> QFont:
        return theme.font(self.word, QFont.Weight.DemiBold)


USUAL = Scale(shape=18, word=1.0, height=36, row=46)
LARGE = Scale(shape=28, word=1.3, height=52, row=68)
_EDGE, _GAP = 8, 6


def answer_width(scale: Scale) -> int:
    """The width in which every one of the three can be read, its words above each other."""
    said = QFontMetrics(_stacked(scale))
    words = [word for sign in photo_signs().values() for word in sign.word.split()]
    widest = max(said.horizontalAdvance(word) for word in words)
    return widest + px(scale.shape + _GAP + 2 * _EDGE)


def draw_answer(painter: QPainter, sign: Sign, where: QRectF, scale: Scale) -> None:
    """The shape and the word on their own colour, in the middle of the height of a place."""
    c = theme.colours()
    shade = QColor(getattr(c, sign.colour))
    font, text = scale.font, sign.word
    width = _width(text, font, scale)
    if width > where.width():
        font, text = _stacked(scale), text.replace(" ", "\n")
        width = _width(text, font, scale)
    height = px(scale.height)
    ground = QRectF(where.left(), where.center().y() - height / 2, width, height)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor(getattr(c, f"{sign.colour}_soft")))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawRoundedRect(ground, px(8), px(8))
    side = px(scale.shape)
    left = ground.left() + px(_EDGE)
    middle = QRectF(left, ground.center().y() - side / 2, side, side)
    theme.draw_icon(painter, sign.icon, shade.name(), middle)
    painter.setFont(font)
    painter.setPen(shade)
    beside = QRectF(left + side + px(_GAP), ground.top(), width, height)
    painter.drawText(beside, int(Qt.AlignmentFlag.AlignVCenter), text)
    painter.restore()


def _stacked(scale: Scale) -> QFont:
    """Of words above each other: two lines as high as the answer."""
    return theme.font(scale.word * 0.9, QFont.Weight.DemiBold)


def _width(text: str, font: QFont, scale: Scale) -> int:
    said = QFontMetrics(font)
    widest = max(said.horizontalAdvance(line) for line in text.split("\n"))
    return widest + px(scale.shape + _GAP + 2 * _EDGE)


class PhotoLegend(QWidget):
    """What the three mean: beside one another, or beneath one another when there is no room."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(px(20))
        self._grid.setVerticalSpacing(px(4))
        self._parts = [_explained(sign) for sign in photo_signs().values()]
        self.set_wide(wide=True)

    def set_wide(self, *, wide: bool) -> None:
        """In one line, or each on its own."""
        for place, each in enumerate(self._parts):
            self._grid.addWidget(each, *((0, place) if wide else (place, 0)))
        self._grid.setColumnStretch(3, 1)


def _explained(sign: Sign) -> QWidget:
    shape = QLabel()
    shape.setPixmap(theme.pixmap(sign.icon, sign.colour, 16))
    shape.setFixedSize(QSize(px(18), px(18)))
    return row(shape, label(sign.word, "strong"), label(f"= {sign.explained}", "muted"), spacing=5)
