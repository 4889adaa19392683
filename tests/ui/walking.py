"""Walking over a window the way somebody does who cannot use a mouse, or cannot see."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QDialog,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollBar,
    QTabBar,
    QTableView,
    QTreeView,
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
        *_silent_cells(window),
        *_out_of_reach(window),
        *_out_of_order(window),
        *_squeezed(window),
        *_same_letter(window),
        *_without_way_out(window),
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


# — names —


def _without_name(window: QWidget) -> list[Fault]:
    """A field in a field counts too: a screen reader hears the one that has the keyboard."""
    inner = [
        line
        for each in operable(window)
        if isinstance(each, (QAbstractSpinBox, QComboBox))
        for line in each.findChildren(QLineEdit)
        if line.isVisible()
    ]
    return [Fault(_said(each), "has no name") for each in operable(window) if not _called(each)] + [
        Fault(_said(each), "has a line edit without a name") for each in inner if not _called(each)
    ]


def _silent_cells(window: QWidget) -> list[Fault]:
    """Every cell that can be seen says what stands in it."""
    found = []
    for view in operable(window):
        model = view.model() if isinstance(view, QAbstractItemView) else None
        if model is None or not isinstance(view, QAbstractItemView):
            continue
        for row in range(min(model.rowCount(), 40)):
            for column in range(_columns_of(view)):
                index = model.index(row, column)
                spoken = index.data(Qt.ItemDataRole.AccessibleTextRole) or index.data()
                if not spoken and view.visualRect(index).intersects(view.viewport().rect()):
                    found.append(Fault(_said(view), f"cell {row}, {column} says nothing"))
    return found


def _columns_of(view: QAbstractItemView) -> int:
    """A list has one column, which its model does not tell."""
    return view.model().columnCount() if isinstance(view, (QTableView, QTreeView)) else 1


# — keyboard —


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


def _same_letter(window: QWidget) -> list[Fault]:
    """With Alt one letter does one thing."""
    lettered = [
        each.text()
        for each in window.findChildren(QWidget)
        if each.isVisible()
        and each.isEnabled()
        and (
            isinstance(each, QAbstractButton)
            or (isinstance(each, QLabel) and each.buddy() is not None)
        )
    ]
    tabs = [each for each in window.findChildren(QTabBar) if each.isVisible()]
    lettered += [each.tabText(place) for each in tabs for place in range(each.count())]
    letters = [found[1].lower() for text in lettered if (found := re.search(r"&(\w)", text))]
    twice = [letter for letter, count in Counter(letters).items() if count > 1]
    return [
        Fault(", ".join(t for t in lettered if f"&{each}" in t.lower()), f"share Alt+{each}")
        for each in twice
    ]


def _without_way_out(window: QWidget) -> list[Fault]:
    """Enter does something in a dialogue; what it is can be seen."""
    if not isinstance(window, QDialog):
        return []
    buttons = [each for each in window.findChildren(QPushButton) if each.isVisible()]
    if not buttons or any(each.isDefault() or each.hasFocus() for each in buttons):
        return []
    if any(each.objectName() == "primary" for each in buttons):
        return []  # Enter and Ctrl+Enter are handled by the dialogue itself
    return [Fault(_said(window), "has no button for Enter")]


# — room —


def _squeezed(window: QWidget) -> list[Fault]:
    """Nothing may be squeezed so that its text does not fit, unless it scrolls or wraps."""
    found = []
    for each in operable(window):
        if isinstance(each, QAbstractButton) and each.text() and not each.isHidden():
            need = each.fontMetrics().horizontalAdvance(each.text().replace("&", "").split("\n")[0])
            if each.width() < need:
                found.append(Fault(_said(each), f"is {each.width()} wide, its text {need}"))
    return found
