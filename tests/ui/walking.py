"""Walking over a window the way somebody does who cannot use a mouse, or cannot see."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QScrollBar,
    QTabBar,
    QWidget,
)

_NEEDS_NAME = (QAbstractButton, QAbstractItemView, QLineEdit, QComboBox, QAbstractSpinBox, QTabBar)


@dataclass(frozen=True)
class Fault:
    """One thing somebody would stumble over."""

    widget: str
    what: str


def faults_of(window: QWidget) -> list[Fault]:
    """What is wrong with the names, the order and the reach of everything one can operate."""
    return [
        *_without_name(window),
        *_out_of_reach(window),
        *_out_of_order(window),
        *_outside(window),
    ]


def operable(window: QWidget) -> list[QWidget]:
    """Everything visible that can be operated."""
    return [
        each
        for each in window.findChildren(QWidget)
        if each.isVisibleTo(window)
        and each.isEnabled()
        and isinstance(each, _NEEDS_NAME)
        and not isinstance(each, (QHeaderView, QScrollBar))
        and not each.objectName().startswith("qt_")
        and not _is_part_of_another(each)
    ]


def _is_part_of_another(widget: QWidget) -> bool:
    """The line edit in a combo box, the eye in a passphrase field, the list of a combo box."""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, (QComboBox, QLineEdit, QAbstractSpinBox, QTabBar, QAbstractItemView)):
            return True
        parent = parent.parentWidget()
    return False


def _called(widget: QWidget) -> str:
    found = QAccessible.queryAccessibleInterface(widget)
    return found.text(QAccessible.Text.Name) if found is not None else ""


def _said(widget: QWidget) -> str:
    return f"{type(widget).__name__} “{_called(widget) or widget.objectName()}”"


def _without_name(window: QWidget) -> list[Fault]:
    return [Fault(_said(each), "has no name") for each in operable(window) if not _called(each)]


def _out_of_reach(window: QWidget) -> list[Fault]:
    """What can be clicked must be reached with Tab; of radio buttons the group is."""
    return [
        Fault(_said(each), "cannot be reached with Tab")
        for each in operable(window)
        if not each.focusPolicy() & Qt.FocusPolicy.TabFocus
        and each.focusProxy() is None
        and not _reached_with_arrows(each)
    ]


def _reached_with_arrows(widget: QWidget) -> bool:
    """Of buttons of which one is chosen, Tab goes to that one and the arrows to the others."""
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    return group is not None and any(
        each.focusPolicy() & Qt.FocusPolicy.TabFocus for each in group.buttons()
    )


def chain(window: QWidget) -> list[QWidget]:
    """What Tab walks over, in its order."""
    wanted = {id(each) for each in operable(window)}
    found: list[QWidget] = []
    each = window.nextInFocusChain()
    while each is not window and each is not None:
        if id(each) in wanted and each.focusPolicy() & Qt.FocusPolicy.TabFocus:
            found.append(each)
        each = each.nextInFocusChain()
    return found


def _place(widget: QWidget, window: QWidget) -> QRect:
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


def _out_of_order(window: QWidget) -> list[Fault]:
    """Within one part of the window Tab never goes up, and never left on the same line."""
    walked = chain(window)
    found = []
    for one, next_ in pairwise(walked):
        if one.parentWidget() is not next_.parentWidget():
            continue
        a, b = _place(one, window), _place(next_, window)
        above = b.bottom() <= a.top()
        same_line = (
            min(a.bottom(), b.bottom()) - max(a.top(), b.top()) > min(a.height(), b.height()) / 2
        )
        columns = b.left() >= a.right()  # the top of a next column
        if (above and not columns) or (same_line and b.right() <= a.left()):
            found.append(Fault(_said(next_), f"comes after {_said(one)}"))
    return found


def _outside(window: QWidget) -> list[Fault]:
    """Nothing may be squeezed so that its text does not fit, unless it scrolls or wraps."""
    found = []
    for each in operable(window):
        if isinstance(each, QAbstractButton) and each.text() and not each.isHidden():
            need = each.fontMetrics().horizontalAdvance(each.text().replace("&", "").split("\n")[0])
            if each.width() < need:
                found.append(Fault(_said(each), f"is {each.width()} wide, its text {need}"))
    return found
