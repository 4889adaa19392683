"""A stack of papers as a grid one types through: 1 or 2 for who signed, J and N, Enter."""

from __future__ import annotations

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QTableView,
    QWidget,
)

from ui.matrix_heads import small_head_font, widest_word
from ui.stack_cells import StackDelegate
from ui.stack_heads import ColumnHeads, NameHeads
from ui.stack_model import DAY, DECLARED, FIRST, SIGNER, StackModel
from ui.theme import px
from ui.words import tr

_Key = Qt.Key
_TICKS = {_Key.Key_J: True, _Key.Key_N: False, _Key.Key_Space: None}
_ENTERS = (_Key.Key_Return, _Key.Key_Enter)
_SHIFTED = (*_ENTERS, _Key.Key_J, _Key.Key_N)  # a capital J is a ja too
_ARROWS = {
    _Key.Key_Up: (-1, 0),
    _Key.Key_Down: (1, 0),
    _Key.Key_Left: (0, -1),
    _Key.Key_Right: (0, 1),
}
_NAMES = 0.24  # of the width, at most
_BAR = 16  # pixels at zoom 1, for what scrolls


class StackGrid(QTableView):
    """The names stay where they are. Every key that fills in goes on to the next cell.

    After the last cell of a row nothing more is taken until Enter goes to the next child, so that
    a key too many never lands on another child, nor over the last answer.
    """

    hinted = Signal(str)
    moved = Signal()

    def __init__(self, model: StackModel) -> None:
        super().__init__()
        self.stack = model
        self._full = False  # the last cell of this row was just filled in
        self._anchor = (0, 0)  # where a selection by keys begins
        self.may_type = True
        self.setAccessibleName(tr("Stapel: leerlingen en doelen"))
        model.setParent(self)
        self.setItemDelegate(StackDelegate(self))
        self.setHorizontalHeader(ColumnHeads(self))
        self.setVerticalHeader(NameHeads(self))
        self.setModel(model)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMinimumHeight(px(220))  # the screen around it scrolls at 200 %
        self.verticalScrollBar().setSingleStep(px(34))
        self.doubleClicked.connect(self._touch)
        self.selectionModel().currentChanged.connect(lambda *_: self._arrive())
        model.modelReset.connect(self._fit)

    # — places —

    def begin(self) -> None:
        """Put the keyboard in the grid: where one was, or at the first child."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.currentIndex().isValid():
            self.go_to(0, SIGNER)

    def go_to(self, row: int, column: int) -> None:
        """Be in a cell, in view."""
        if 0 <= row < self.stack.rowCount() and 0 <= column < self.stack.columnCount():
            index = self.stack.index(row, column)
            # Of its own accord Qt adds it to what is chosen while Ctrl or Shift is still down.
            self.selectionModel().setCurrentIndex(
                index, QItemSelectionModel.SelectionFlag.ClearAndSelect
            )
            self.scrollTo(index)

    def go_to_child(self, row: int) -> None:
        """Be where the paper of a child begins, the whole of what is typed first in view."""
        self.scrollTo(self.stack.index(row, FIRST))
        self.go_to(row, SIGNER)

    def chosen(self) -> tuple[list[str], list[str]]:
        """The pupils and the purposes that are selected, by id and code."""
        found = self.selectionModel().selectedIndexes()
        rows = sorted({each.row() for each in found})
        columns = sorted({each.column() for each in found})
        pupils = [self.stack.papers[row].pupil.pupil_id for row in rows]
        purposes = [each for column in columns if (each := self.stack.purpose(column))]
        return list(dict.fromkeys(pupils)), [each.code for each in purposes]

    def _arrive(self) -> None:
        self._full = False
        self._anchor = (self.currentIndex().row(), self.currentIndex().column())
        for each in (self, self.horizontalHeader(), self.verticalHeader()):
            each.viewport().update()
        self.moved.emit()

    def _next(self, row: int, column: int) -> None:
        """The next cell that can be filled in; at the end of the row it stays."""
        places = range(column + 1, self.stack.columnCount())
        found = next((each for each in places if self.stack.is_open(row, each)), None)
        if found is not None:
            self.go_to(row, found)
            return
        self._full = True
        last = row == self.stack.rowCount() - 1
        self.hinted.emit(
            tr("Dit was het laatste papier. Ctrl+Enter slaat de stapel op.")
            if last
            else tr("Klaar met dit papier. Enter gaat naar het volgende kind.")
        )

    def _before(self, row: int, column: int) -> int:
        """The cell before that can be filled in; the first stays."""
        places = range(column - 1, -1, -1)
        return next((each for each in places if self.stack.is_open(row, each)), column)

    # — keys —

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, here = _Key(event.key()), self.currentIndex()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        shift = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
        if self.indexWidget(here) is not None:
            event.accept()  # an editor is open, and passes on what it did already
        elif here.isValid() and shift and key in _ARROWS:
            self._extend(_ARROWS[key])
        elif not here.isValid() or not (plain or (shift and key in _SHIFTED)):
            super().keyPressEvent(event)
        elif key in _ENTERS:
            if not event.isAutoRepeat():
                self._enter(here.row(), -1 if shift else 1)
        elif self._fills_in(event, key):
            if self.may_type and not event.isAutoRepeat():  # a key held down is one answer
                self._fill_in(event, key, here.row(), here.column())
        elif key in (_Key.Key_Home, _Key.Key_End):
            last = self.stack.columnCount() - 1
            self.go_to(here.row(), SIGNER if key == _Key.Key_Home else last)
        else:
            super().keyPressEvent(event)

    def _extend(self, step: tuple[int, int]) -> None:
        """Select from where one is; Qt would begin where the mouse or an arrow was last."""
        here, anchor = self.currentIndex(), self._anchor
        row = min(max(here.row() + step[0], 0), self.stack.rowCount() - 1)
        column = min(max(here.column() + step[1], 0), self.stack.columnCount() - 1)
        to, flags = self.stack.index(row, column), QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(to, flags.NoUpdate)
        self._anchor = anchor
        between = QItemSelection(self.stack.index(*anchor), to)
        self.selectionModel().select(between, flags.ClearAndSelect)
        self.scrollTo(to)

    def _fills_in(self, event: QKeyEvent, key: Qt.Key) -> bool:
        takes_back = (_Key.Key_Delete, _Key.Key_Backspace, _Key.Key_F2)
        return key in _TICKS or key in takes_back or event.text().isdecimal()

    def _enter(self, row: int, step: int) -> None:
        if 0 <= row + step < self.stack.rowCount():
            self.go_to_child(row + step)
        elif step > 0:
            self.hinted.emit(tr("Dit is het laatste kind. Ctrl+Enter slaat de stapel op."))

    def _fill_in(self, event: QKeyEvent, key: Qt.Key, row: int, column: int) -> None:
        if key in (_Key.Key_Delete, _Key.Key_Backspace):
            self._clear(row, column, back=key == _Key.Key_Backspace)
        elif column == SIGNER:
            self._sign(event, key, row)
        elif column == DAY:
            self._date(event, key, row)
        elif key in _TICKS:
            self._tick(row, column, _TICKS[key])

    def _tick(self, row: int, column: int, value: bool | None) -> None:
        if self._full:
            self.hinted.emit(tr("Dit papier is vol. Enter gaat naar het volgende kind."))
        elif not self.stack.is_open(row, column):
            self.hinted.emit(tr("Dit doel staat niet op het formulier van dit kind."))
            self._next(row, column)
        else:
            self.stack.tick(row, column, value)
            self._next(row, column)

    def _sign(self, event: QKeyEvent, key: Qt.Key, row: int) -> None:
        if key == _Key.Key_F2:
            self._open(row, SIGNER)
        elif event.text().isdecimal() and event.text() != "0":
            if self.stack.sign(row, int(event.text()) - 1):
                self._go_on(row)
            else:
                self.hinted.emit(tr("Zoveel ouders zijn er niet bij dit kind."))
        elif key == _Key.Key_Space:
            self._go_on(row)
        else:
            self.hinted.emit(tr("Typ het cijfer van wie tekende, of spatie als dat al klopt."))

    def _go_on(self, row: int) -> None:
        """The date is the same for most papers: it is passed over when there is one."""
        dated = self.stack.papers[row].signed_on(self.stack.for_all) is not None
        self.go_to(row, DECLARED if dated else DAY)

    def _date(self, event: QKeyEvent, key: Qt.Key, row: int) -> None:
        if event.text().isdecimal():
            editor = self._open(row, DAY)
            if editor is not None:
                QApplication.sendEvent(editor, event)
        elif key == _Key.Key_F2:
            self._open(row, DAY)
        elif key == _Key.Key_Space:
            self._next(row, DAY)
        else:
            self.hinted.emit(tr("Typ de datum, of spatie als die klopt."))

    def _clear(self, row: int, column: int, *, back: bool) -> None:
        """Delete empties this cell; Backspace the one typed before it."""
        if back and not self._full and not self.stack.text(row, column):
            column = self._before(row, column)
            self.go_to(row, column)
        self._full = False
        if column == SIGNER:
            self.stack.sign(row, None)
        elif column == DAY:
            self.stack.date_row(row, "")
        else:
            self.stack.tick(row, column, None)

    # — editors and the mouse —

    def _open(self, row: int, column: int) -> QWidget | None:
        index = self.stack.index(row, column)
        self.edit(index)
        editor: QWidget | None = self.indexWidget(index)
        if isinstance(editor, QComboBox):
            QTimer.singleShot(0, editor, editor.showPopup)
        return editor

    def _touch(self) -> None:
        """A double click opens an editor, or turns nothing into ja, ja into nee."""
        here = self.currentIndex()
        row, column = here.row(), here.column()
        if not self.may_type or not here.isValid():
            return
        if column in (SIGNER, DAY):
            self._open(row, column)
        elif self.stack.is_open(row, column):
            turns: dict[bool | None, bool | None] = {None: True, True: False, False: None}
            self.stack.tick(row, column, turns[self._ticked(row, column)])

    def _ticked(self, row: int, column: int) -> bool | None:
        text = self.stack.text(row, column)
        return None if not text else text == tr("Ja")

    def finish_editing(self) -> None:
        """Take over what stands in an editor that is open."""
        editor: QWidget | None = self.indexWidget(self.currentIndex())
        if editor is not None:
            self.commitData(editor)
            self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Enter and Tab in an editor go on to the next cell, which is not opened."""
        ends = QAbstractItemDelegate.EndEditHint
        super().closeEditor(editor, ends.NoHint)
        here = self.currentIndex()
        if hint is not ends.NoHint:  # then the keyboard went elsewhere already
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        if hint is ends.EditPreviousItem:
            self.go_to(here.row(), self._before(here.row(), here.column()))
        elif hint in (ends.SubmitModelCache, ends.EditNextItem):
            if here.column() == SIGNER:
                self._go_on(here.row())
            else:
                self._next(here.row(), here.column())

    # — sizes —

    def _fit(self) -> None:
        """All purposes in view if that can be: their heads are turned before they scroll."""
        model, heads, names = self.stack, self.horizontalHeader(), self.verticalHeader()
        assert isinstance(heads, ColumnHeads)
        assert isinstance(names, NameHeads)
        left = names.fit([each.name for each in model.papers], round(self.width() * _NAMES))
        count = len(model.sheet.purposes)
        for column, width in ((SIGNER, 120), (DAY, 92), (DECLARED, 56)):
            if column < model.columnCount():
                self.setColumnWidth(column, px(width))
        if not count:
            return
        room = self.width() - left - px(120 + 92 + 56) - px(_BAR) - 2 * self.frameWidth()
        words = [each.wording.short for each in model.sheet.purposes]
        flat = widest_word(words, small_head_font()) + px(12)
        fits = room // count >= px(38)  # if it scrolls anyway, better with low heads
        width = min(room // count, max(flat, px(60))) if fits else flat
        for column in range(FIRST, model.columnCount()):
            self.setColumnWidth(column, width)
        heads.fit(words, [width] * count)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()
        self.moved.emit()

    def keyboardSearch(self, search: str) -> None:
        """Letters fill in; names are searched in the field above."""
