"""Fields for what a paper lists: lines of text, and rows of which one is always left empty."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from schoolprivacy.suppliers.entries import LONGEST_TEXT
from ui.fields import button, label, row
from ui.theme import px
from ui.words import tr


class TextField(QPlainTextEdit):
    """Several lines of text; Tab goes on to the next field.

    :param lines: so many are seen at once
    """

    def __init__(self, value: str = "", *, lines: int = 3, longest: int = LONGEST_TEXT) -> None:
        super().__init__(value)
        self._longest = longest
        self.setTabChangesFocus(True)
        height = QFontMetrics(self.font()).lineSpacing() * lines + px(18)
        self.setFixedHeight(height)
        self.textChanged.connect(self._keep_short)

    def text(self) -> str:
        """What stands in it."""
        return self.toPlainText()

    def lines(self) -> tuple[str, ...]:
        """The lines that are not empty."""
        return tuple(each.strip() for each in self.text().split("\n") if each.strip())

    def _keep_short(self) -> None:
        if len(self.text()) > self._longest:
            cursor = self.textCursor()
            place = min(cursor.position(), self._longest)
            self.setPlainText(self.text()[: self._longest])
            cursor.setPosition(place)
            self.setTextCursor(cursor)


T = TypeVar("T")


class Judged(QWidget):
    """Something to fill in that tells itself what is wrong with it, in ``told``."""

    def __init__(self) -> None:
        super().__init__()
        self.told = label("", "problem", wrap=True)
        self.told.hide()

    def problem(self) -> tuple[QWidget, str] | None:
        """The field in which something is wrong, and the sentence that says what."""
        return None

    def judge(self) -> QWidget | None:
        """Tell what is wrong; gives the field to go to, None when all is well."""
        found = self.problem()
        self.told.setText(found[1] if found else "")
        self.told.setVisible(found is not None)
        return found[0] if found else None

    def judge_again(self) -> None:
        """What was wrong may be mended by now."""
        if self.told.text():
            self.judge()


class Line(Judged, Generic[T]):
    """One row to fill in."""

    first: QWidget
    """Its first field; no focus proxy, which would catch Tab a second time."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.changed.connect(self.judge_again)

    def value(self) -> T | None:
        """What it says; None while it is empty."""
        raise NotImplementedError


class RowsField(QWidget, Generic[T]):
    """Rows below one another; when the last is filled in another empty one comes.

    :param make: a row, for a value or an empty one
    """

    changed = Signal()
    removed = Signal()

    def __init__(
        self, name: str, make: Callable[[T | None], Line[T]], values: Sequence[T] = ()
    ) -> None:
        super().__init__()
        self._name, self._make = name, make
        self._rows: list[tuple[Line[T], QWidget]] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(px(6))
        self.setAccessibleName(name)
        for each in values:
            self._add(each)
        self._add(None)

    def values(self) -> tuple[T, ...]:
        """What is filled in, from top to bottom."""
        found = (each.value() for each, _ in self._rows)
        return tuple(each for each in found if each is not None)

    def fields(self) -> list[Line[T]]:
        """The rows, the empty one last."""
        return [each for each, _ in self._rows]

    def judge(self) -> QWidget | None:
        """Each row tells what is wrong with it; gives the first field to go to."""
        found = [each.judge() for each in self.fields()]
        return next((each for each in found if each is not None), None)

    def _add(self, value: T | None) -> None:
        made = self._make(value)
        made.setAccessibleName(f"{self._name} {len(self._rows) + 1}")
        told = tr("Deze regel weghalen")
        away = button("", lambda: self._remove(made), icon="trash-2", kind="flat", tip=told)
        whole = row(made, away, spacing=6)
        stretch = whole.layout()
        if stretch is not None:
            stretch.setAlignment(away, Qt.AlignmentFlag.AlignTop)
        before = self._rows[-1][1] if self._rows else None
        self._layout.addWidget(whole)
        self._rows.append((made, whole))
        if before is not None:
            _follow(before, whole)
        made.changed.connect(self._note_change)

    def _note_change(self) -> None:
        last, _ = self._rows[-1]
        if last.value() is not None:
            self._add(None)
        self.changed.emit()

    def _remove(self, made: Line[T]) -> None:
        if len(self._rows) == 1:
            return
        place = next(n for n, (each, _) in enumerate(self._rows) if each is made)
        _, whole = self._rows.pop(place)
        self._layout.removeWidget(whole)
        whole.hide()
        whole.deleteLater()
        if self._rows[-1][0].value() is not None:
            self._add(None)
        self._rows[min(place, len(self._rows) - 1)][0].first.setFocus()
        self.changed.emit()
        self.removed.emit()


def _follow(before: QWidget, after: QWidget) -> None:
    """Tab goes from the last field of a row on to the first of the next: Qt forgets late ones."""
    last, *fields = _stops(before)[-1:] + _stops(after)
    for each in fields:
        QWidget.setTabOrder(last, each)
        last = each


def _stops(within: QWidget) -> list[QWidget]:
    """Where Tab comes, in the order in which they were made, which is that of reading."""
    return [
        each
        for each in within.findChildren(QWidget)
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus
        and each.window() is within.window()  # not the list that a choice opens
    ]
