"""A field to write a letter in: words, with values and conditions as tokens by Dutch names."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
    QTextCursor,
)
from PySide6.QtWidgets import QMenu, QTextEdit

from schoolprivacy.letters.literals import Literal, literals
from schoolprivacy.letters.moving import packed, read_words, unpacked
from schoolprivacy.letters.pieces import (
    Field,
    Mark,
    Piece,
    Turn,
    Words,
    going_along,
    groups,
    is_whole,
    shown,
)
from schoolprivacy.letters.terms import Letter
from schoolprivacy.letters.writing import Written, write_pieces
from ui.letter_pieces import Run, Tokens, is_of_token, words_form
from ui.letter_shades import Shades
from ui.words import tr

_KIND = "application/x-schoolprivacy-letter"
_LINE_END = "\u2029"
_Key, _Modifier = Qt.Key, Qt.KeyboardModifier
_Move, _Mode = QTextCursor.MoveOperation, QTextCursor.MoveMode


class LetterText(QTextEdit):
    """Tokens are chosen, copied and taken away as a whole; with a condition goes its other end."""

    def __init__(self, letter: Letter, pieces: Sequence[Piece]) -> None:
        super().__init__()
        self._letter = letter
        self._last = 0
        self._pressed = self._busy = False
        self.setAcceptRichText(False)
        self.setAcceptDrops(False)
        self.setTabChangesFocus(True)
        self.setAccessibleName(tr("Tekst"))
        self._tokens = Tokens(letter, self.document())
        self._shades = Shades(self.document(), self._tokens)
        self._tokens.put(self.textCursor(), pieces)
        self.document().clearUndoRedoStacks()
        self.moveCursor(_Move.Start)
        self._make_plain()
        self.cursorPositionChanged.connect(self._stay_outside)
        self.selectionChanged.connect(self._stay_outside)

    # — what stands there —

    def pieces(self) -> tuple[Piece, ...]:
        """The text, without its look."""
        return self._tokens.pieces()

    def written(self) -> Written:
        """The text to be kept.

        :raises RefusedError: ``letter.unpaired``
        """
        return write_pieces(self.pieces())

    def literals(self) -> tuple[Literal, ...]:
        """What looks like a value, and is none."""
        return literals(self.pieces(), self._letter)

    def chosen(self) -> tuple[Piece, ...]:
        """What is selected."""
        cursor = self.textCursor()
        return self._tokens.pieces(cursor.selectionStart(), cursor.selectionEnd())

    # — putting in —

    def put_field(self, name: str) -> None:
        """A value where the cursor is, in the place of what is selected."""
        self._change(lambda: self._put([Field(name, self._is_bold())]))

    def put_condition(self, asks: str) -> None:
        """A condition around what is selected; a condition that is selected itself is changed."""
        chosen = self.chosen()
        only = chosen[0] if len(chosen) == 1 else None
        if isinstance(only, Mark) and only.turn in (Turn.WHEN, Turn.ELSE_WHEN):
            made = Mark(only.turn, asks, is_choice=only.is_choice)
            self._busy = True
            cursor = self.textCursor()
            self._tokens.put(cursor, [made])
            self._busy = False
            self.setTextCursor(cursor)
        else:
            self._change(lambda: self._put_around(chosen, asks), keep=True)
        self.setFocus()

    def _put_around(self, chosen: tuple[Piece, ...], asks: str) -> None:
        cursor = self.textCursor()
        start, end = self._without_line_ends(cursor)
        lines = bool(chosen) and self._is_whole_lines(start, end)
        cursor.setPosition(end)
        self._tokens.put(cursor, [Words("\n"), Mark(Turn.END)] if lines else [Mark(Turn.END)])
        cursor.setPosition(start)
        first = Mark(Turn.WHEN, asks)
        self._tokens.put(cursor, [first, Words("\n")] if lines else [first])
        if chosen:
            cursor.setPosition(end + cursor.position() - start)
        self.setTextCursor(cursor)

    def _without_line_ends(self, cursor: QTextCursor) -> tuple[int, int]:
        """What is selected, without the line ends around it: those are not of the condition."""
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        while start < end and self.document().characterAt(start) == _LINE_END:
            start += 1
        while start < end and self.document().characterAt(end - 1) == _LINE_END:
            end -= 1
        return start, end

    def _is_whole_lines(self, start: int, end: int) -> bool:
        first, last = self.document().findBlock(start), self.document().findBlock(end)
        return start == first.position() and end == last.position() + last.length() - 1

    def put_otherwise(self) -> None:
        """From here to the end of the condition: what stands there in the other cases."""
        if self.may_put_otherwise() and not self.isReadOnly():
            cursor = self.textCursor()
            cursor.setPosition(cursor.selectionStart())  # takes nothing away
            self.setTextCursor(cursor)
            self._change(lambda: self._put([Mark(Turn.OTHERWISE)]))

    def may_put_otherwise(self) -> bool:
        """Whether the cursor is in a condition that says nothing of the other cases yet."""
        at = self.textCursor().selectionStart()
        before, after = self._tokens.pieces(0, at), self._tokens.pieces(at)
        made = (*before, Mark(Turn.OTHERWISE), *after)
        return all(is_whole(made, group) for group in groups(made))

    def turn_bold(self) -> None:
        """What is selected becomes bold, or no longer."""
        cursor = self.textCursor()
        bold = not self._is_bold()
        if not cursor.hasSelection():
            self.setCurrentCharFormat(words_form(bold=bold))
            return
        self._busy = True
        cursor.beginEditBlock()
        for run in self._tokens.runs(cursor.selectionStart(), cursor.selectionEnd()):
            if run.text != "\n" and not (run.token and not isinstance(run.token, Field)):
                part = _over(self.textCursor(), run)
                part.mergeCharFormat(words_form(bold=bold))
        cursor.endEditBlock()
        self._busy = False
        self.setFocus()

    def _is_bold(self) -> bool:
        cursor = self.textCursor()
        if cursor.hasSelection():
            runs = self._tokens.runs(cursor.selectionStart(), cursor.selectionEnd())
            return all(run.bold for run in runs if run.text.strip() and not run.is_wrap)
        return self.currentCharFormat().fontWeight() >= words_form(bold=True).fontWeight()

    def _put(self, pieces: Sequence[Piece]) -> None:
        cursor = self.textCursor()
        self._tokens.put(cursor, pieces)
        self.setTextCursor(cursor)

    # — taking away —

    def _change(self, does: Callable[[], object], *, keep: bool = False) -> None:
        """Change the text as one step for undo.

        :param keep: what is selected stays
        """
        if self.isReadOnly():
            return
        self._busy = True
        cursor = self.textCursor()
        cursor.beginEditBlock()
        if not keep:
            self._take_away()
        does()
        cursor.endEditBlock()
        self._busy = False
        self._stay_outside()
        self.setFocus()

    def _take_away(self) -> None:
        """What is selected, and the other ends of the conditions that begin or end in it."""
        cursor = self.textCursor()
        if not cursor.hasSelection():
            return
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        runs = self._tokens.runs()
        chosen = {n for n, run in enumerate(runs) if run.start < end and run.end > start}
        gone = going_along([run.piece for run in runs], chosen) - chosen
        alone = self._is_whole_lines(start, end) and all(
            isinstance(runs[number].token, Mark) for number in chosen
        )
        cursor.removeSelectedText()
        if alone and cursor.block().next().isValid():
            cursor.deleteChar()
            end += 1
        for number in sorted(gone, reverse=True):
            shift = end - start if runs[number].start >= end else 0
            self._take_mark(runs[number], shift)
        self.setTextCursor(cursor)
        self._make_plain()

    def _take_mark(self, run: Run, shift: int) -> None:
        """A mark; with a line that holds nothing else the line."""
        part = QTextCursor(self.document())
        part.setPosition(run.start - shift)
        part.setPosition(run.end - shift, _Mode.KeepAnchor)
        part.removeSelectedText()
        if not part.block().text() and part.block().next().isValid():
            part.deleteChar()

    # — staying outside of tokens —

    def _stay_outside(self) -> None:
        """The cursor is never within a token, and what is typed beside one is no part of it."""
        if self._busy:
            return
        cursor = self.textCursor()
        at, anchor = cursor.position(), cursor.anchor()
        within = self._tokens.around(at)
        held = self._tokens.around(anchor) if anchor != at else within
        if within and at == anchor and self._pressed:
            at, anchor = within.end, within.start
        else:
            if within:
                at = within.end if at > self._last else within.start
            if held:
                anchor = at if anchor == cursor.position() else _far(held, at)
        self._last = at
        if (at, anchor) != (cursor.position(), cursor.anchor()):
            self._busy = True
            cursor.setPosition(anchor)
            cursor.setPosition(at, _Mode.KeepAnchor)
            self.setTextCursor(cursor)
            self._busy = False
        self._make_plain()

    def _make_plain(self) -> None:
        if self.textCursor().hasSelection():
            return
        form = self.textCursor().charFormat()
        bold = form.fontWeight() >= words_form(bold=True).fontWeight()
        self.setCurrentCharFormat(words_form(bold=bold and not self.textCursor().atBlockStart()))

    def _begin_typing(self) -> None:
        """Qt takes the form of a token over where a key moved the cursor nowhere."""
        if is_of_token(self.currentCharFormat()):
            self._make_plain()

    # — keys and mouse —

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where one writes stays in sight when what is told of the text takes more room."""
        super().resizeEvent(event)
        self.ensureCursorVisible()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._begin_typing()
        if self.isReadOnly() or event.matches(QKeySequence.StandardKey.Copy):
            super().keyPressEvent(event)
        elif event.key() in (_Key.Key_Tab, _Key.Key_Backtab):
            event.ignore()  # goes to the next field, where there is one
        elif event.key() in (_Key.Key_Return, _Key.Key_Enter):
            self._begin_line(event)
        elif event.matches(QKeySequence.StandardKey.Cut):
            self.cut_chosen()
        elif event.matches(QKeySequence.StandardKey.Bold):
            self.turn_bold()
        elif event.key() in (_Key.Key_Backspace, _Key.Key_Delete):
            self._erase(event)
        elif self.textCursor().hasSelection() and _is_typed(event):
            self._change(lambda: QTextEdit.keyPressEvent(self, event))
        else:
            super().keyPressEvent(event)

    def _begin_line(self, event: QKeyEvent) -> None:
        """With Shift too; Ctrl+Enter is for the window."""
        if event.modifiers() & _Modifier.ControlModifier:
            event.ignore()
        else:
            self._change(lambda: self.textCursor().insertBlock())

    def _erase(self, event: QKeyEvent) -> None:
        """Backspace and Delete take a token as a whole, with Ctrl a word as everywhere."""
        cursor = self.textCursor()
        back = event.key() == _Key.Key_Backspace
        if not cursor.hasSelection():
            at = cursor.position()
            token = self._tokens.before(at) if back else self._tokens.after(at)
            if token is not None:
                cursor = _over(cursor, token)
            else:
                words = event.modifiers() & _Modifier.ControlModifier
                steps = (_Move.PreviousWord, _Move.NextWord) if words else (_Move.Left, _Move.Right)
                cursor.movePosition(steps[0] if back else steps[1], _Mode.KeepAnchor)
            self.setTextCursor(cursor)
        self._change(lambda: None)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._begin_typing()
        if event.commitString() and self.textCursor().hasSelection() and not self.isReadOnly():
            self._change(lambda: QTextEdit.inputMethodEvent(self, event))
        else:
            super().inputMethodEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = True
        super().mousePressEvent(event)
        self._pressed = False

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        may, any_ = not self.isReadOnly(), self.textCursor().hasSelection()
        for text, does, can in (
            (tr("Ongedaan maken"), self.undo, may and self.document().isUndoAvailable()),
            (tr("Opnieuw"), self.redo, may and self.document().isRedoAvailable()),
            (tr("Knippen"), self.cut_chosen, may and any_),
            (tr("Kopiëren"), self.copy, any_),
            (tr("Plakken"), self.paste, may and self.canPaste()),
            (tr("Alles selecteren"), self.selectAll, True),
        ):
            menu.addAction(text, does).setEnabled(can)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    # — copying —

    def cut_chosen(self) -> None:
        """Copy what is selected, and take it away."""
        if self.textCursor().hasSelection():
            self.copy()
            self._change(lambda: None)

    def createMimeDataFromSelection(self) -> QMimeData:
        """The words for other programs; the tokens for this field and its like."""
        chosen = self.chosen()
        made = QMimeData()
        made.setText("".join(shown(each, self._letter) for each in chosen))
        made.setData(_KIND, packed(chosen, self._letter))
        return made

    def insertFromMimeData(self, source: QMimeData) -> None:
        """What was copied here with its tokens; of other text a «name» becomes a token."""
        own = unpacked(bytes(source.data(_KIND).data()), self._letter)
        pieces = read_words(source.text(), self._letter) if own is None else own
        self._change(lambda: self._put(pieces))


def _over(cursor: QTextCursor, run: Run) -> QTextCursor:
    """The same cursor, with a run selected."""
    cursor.setPosition(run.start)
    cursor.setPosition(run.end, _Mode.KeepAnchor)
    return cursor


def _far(run: Run, at: int) -> int:
    """The side of a token that is away from a place, so that it is selected as a whole."""
    return run.start if at >= run.end else run.end


def _is_typed(event: QKeyEvent) -> bool:
    """Whether a key puts something in the place of what is selected."""
    typed = event.text()[:1].isprintable() and bool(event.text())
    command = event.modifiers() & (_Modifier.ControlModifier | _Modifier.AltModifier)
    both = _Modifier.ControlModifier | _Modifier.AltModifier  # AltGr
    return typed and (not command or command == both)
