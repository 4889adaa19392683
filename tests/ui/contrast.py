"""How well texts stand out, measured in what is drawn (WCAG 2.2, success criterion 1.4.3)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel, QWidget

from tests.ui.walking import Fault

_LEAST = 4.5


def faint_texts(window: QWidget) -> list[Fault]:
    """Labels that stand out less than 4.5 : 1 from what is behind them."""
    picture = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    found = []
    for each in window.findChildren(QLabel):
        if not each.isVisible() or not each.isEnabled() or not each.text().strip():
            continue
        seen = each.visibleRegion().boundingRect()
        if seen.height() < each.fontMetrics().height() or seen.width() < seen.height():
            continue
        if not _on_top(each, window, seen.center()):
            continue
        part = picture.copy(QRect(each.mapTo(window, QPoint(0, 0)) + seen.topLeft(), seen.size()))
        ratio = _contrast(part)
        if ratio < _LEAST:
            found.append(Fault(f"“{each.text()[:40]}”", f"has a contrast of {ratio:.1f} : 1"))
    return found


def _on_top(text: QLabel, window: QWidget, place: QPoint) -> bool:
    """Nothing lies over it, like what a search found."""
    there = window.childAt(text.mapTo(window, place))
    return there is None or there is text or there.isAncestorOf(text)


def _contrast(picture: QImage) -> float:
    """Between what most of it is, and the dot that differs most from that: the core of a letter."""
    shades = _luminance(picture)
    values, counts = np.unique(np.round(shades, 4), return_counts=True)
    behind = values[counts.argmax()]
    return float(max((max(each, behind) + 0.05) / (min(each, behind) + 0.05) for each in values))


def _luminance(picture: QImage) -> NDArray[np.float64]:
    """The relative luminance of each dot."""
    rows = np.frombuffer(picture.constBits(), np.uint8)
    rows = rows.reshape(picture.height(), picture.bytesPerLine())[:, : picture.width() * 3]
    part = rows.reshape(picture.height(), picture.width(), 3) / 255
    linear = np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)
    weighed: NDArray[np.float64] = linear @ np.array([0.2126, 0.7152, 0.0722])
    return weighed
