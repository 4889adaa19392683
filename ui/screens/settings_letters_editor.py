"""Settings: a text of a letter is written, with the letter beside it."""

from __future__ import annotations

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QColor, QTextCursor, QTextFormat
from PySide6.QtWidgets import QPlainTextEdit, QTabWidget, QTextEdit, QVBoxLayout, QWidget
from shiboken6 import isValid

from schoolprivacy.errors import KnownError
from schoolprivacy.letters.actions import LetterPart
from schoolprivacy.letters.languages import find_language
from ui import jobs, messages, theme
from ui.desk import Desk
from ui.dialog import Dialog
from ui.fields import button, label, row, scrolled
from ui.jobs import Job
from ui.screens.settings_letters_keep import Keeping, tidied, told_of
from ui.screens.settings_letters_parts import (
    Conditions,
    Example,
    Seen,
    SideBySide,
    ThingsToPutIn,
    look_at,
)
from ui.theme import px
from ui.words import tr

_PAUSE = 300  # milliseconds of not typing before the letter is made again
_WRITING = 480  # pixels at zoom 1, at least, for the text with what can be put in it
_SIZE = QSize(1240, 780)  # pixels at zoom 1


class LetterDialog(Dialog):
    """The text, what may be put in it, and the letter that it makes.

    Nothing is stored before ``save``; what is wrong or missing is told while one writes.
    """

    def __init__(self, desk: Desk, part: LetterPart, owner: QWidget) -> None:
        language = find_language(part.language).title
        super().__init__(owner, f"{part.letter.title} · {part.part.title} · {language}")
        self._desk, self._part = desk, part
        self._may_change = not desk.school.read_only
        self._line = 0
        self._job: Job | None = None
        self.seen: Seen | None = None
        self._soon = QTimer(self, singleShot=True, interval=_PAUSE)
        self._soon.timeout.connect(self._look)
        self._make()
        self._build(owner)
        self._look()

    # — building —

    def _make(self) -> None:
        self.text = QPlainTextEdit(tidied(self._part.body))
        self.text.setAccessibleName(tr("Tekst"))
        self.text.setTabChangesFocus(True)
        self.text.setReadOnly(not self._may_change)
        self.text.textChanged.connect(self._note_typing)
        self._said = label("", wrap=True)
        self._go_there = button("", self.go_to_line, kind="link")
        self.values = ThingsToPutIn(tr("Wat u kunt invullen"))
        for each in self._part.letter.placeholders:
            self.values.add(each.name, each.explains, f"{{{{ {each.name} }}}}")
        self.conditions = Conditions(self._part.letter)
        self.conditions.ticked.connect(self._soon.start)
        for found in (self.values, self.conditions):
            found.setCurrentRow(0)
            found.wanted.connect(self.put_in)
        self.example = Example()
        self.save_button = button(tr("&Opslaan"), self.save, kind="primary", tip=tr("Ctrl+Enter"))
        self.save_button.setEnabled(False)

    def _build(self, owner: QWidget) -> None:
        beside = SideBySide()
        beside.addWidget(self._writing())
        beside.addWidget(self.example)
        for place in (0, 1):
            beside.setStretchFactor(place, 1)
        close = button(
            tr("Annuleren") if self._may_change else tr("Sluiten"), self.reject, tip=tr("Escape")
        )
        self.primary = self.save_button if self._may_change else close
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(20), px(16), px(20), px(14))
        layout.setSpacing(px(10))
        layout.addWidget(label(self.windowTitle(), "heading", wrap=True))
        layout.addWidget(scrolled(beside), 1)
        foot = row(None, close)
        if self._may_change:
            foot = row(None, close, self.save_button)
        else:
            self.save_button.setParent(self)
            self.save_button.hide()
        layout.addWidget(foot)
        room = owner.window().size()
        self.resize(
            min(px(_SIZE.width()), room.width() - px(20)),
            min(px(_SIZE.height()), room.height() - px(20)),
        )

    def _writing(self) -> QWidget:
        made = QWidget()
        made.setMinimumHeight(px(_WRITING))  # the text takes what is left: a style sheet knows best
        layout = QVBoxLayout(made)
        layout.setContentsMargins(0, 0, px(6), 0)
        layout.setSpacing(px(6))
        above = label(tr("&Tekst"), "strong")
        above.setBuddy(self.text)
        layout.addWidget(above)
        hint = tr("# titel, ## kopje, <b>vet</b>, een lege regel begint een nieuwe alinea")
        layout.addWidget(label(hint, "small", wrap=True))
        layout.addWidget(self.text, 3)
        layout.addWidget(self._said)
        layout.addWidget(row(self._go_there, None))
        self._go_there.hide()
        tabs = QTabWidget()
        tabs.tabBar().setAccessibleName(tr("Wat u in de tekst kunt zetten"))
        tabs.addTab(self._tab(self.values), tr("&Invullen"))
        if self._part.letter.conditions:
            tabs.addTab(self._tab(self.conditions), tr("&Voorwaarden"))
        else:
            self.conditions.setParent(self)
            self.conditions.hide()
        layout.addWidget(tabs, 2)
        return made

    def _tab(self, found: ThingsToPutIn) -> QWidget:
        made = QWidget()
        layout = QVBoxLayout(made)
        layout.setContentsMargins(0, px(6), 0, 0)
        layout.setSpacing(px(4))
        hint = tr("Enter of dubbelklik zet het in de tekst, bij de cursor.")
        if found is self.conditions:
            hint += " " + tr("Een vinkje: zo is het in het voorbeeld. Met spatie verandert u dat.")
        layout.addWidget(label(hint, "small", wrap=True))
        layout.addWidget(found, 1)
        return made

    # — writing —

    def is_filled_in(self) -> bool:
        return tidied(self.text.toPlainText()) != tidied(self._part.body)

    def put_in(self, what: str) -> None:
        """Put something in where the cursor is; around what is selected, when it is a condition."""
        if not self._may_change:
            return
        cursor = self.text.textCursor()
        before, gap, after = what.partition("…")
        within = cursor.selectedText().replace("\u2029", "\n") if gap else ""
        cursor.insertText(before + within + after)
        if gap:
            cursor.setPosition(cursor.position() - len(after))
            self.text.setTextCursor(cursor)
        self.text.setFocus()

    def go_to_line(self) -> None:
        """The cursor at the line that is wrong."""
        block = self.text.document().findBlockByNumber(max(0, self._line - 1))
        cursor = QTextCursor(block if block.isValid() else self.text.document().lastBlock())
        self.text.setTextCursor(cursor)
        self.text.ensureCursorVisible()
        self.text.setFocus()

    def _note_typing(self) -> None:
        self._soon.start()
        self.save_button.setEnabled(self.is_filled_in())

    # — looking —

    def _look(self) -> None:
        """Make the letter of what stands there now; one at a time."""
        if self._job is not None:
            self._soon.start()
            return
        school, part, body = self._desk.school, self._part, self.text.toPlainText()
        case = self.conditions.case()
        self._job = jobs.quietly(
            self,
            lambda: look_at(school, part.part.name, part.language, body, case),
            self._show,
            self._fail,
        )

    def _fail(self, error: BaseException) -> None:
        self._job = None
        messages.tell_error(self, error)

    def _show(self, seen: Seen) -> None:
        self._job, self.seen = None, seen
        self.example.show_seen(seen)
        if seen.error is not None:
            self._tell_error(seen.error, seen.body)
        elif seen.missing:
            self._tell("warning", "\n".join(each.text for each in seen.missing))
        else:
            self._tell("good", tr("De tekst past, en wat in de brief moet staan, is gevonden."))

    def _tell_error(self, error: KnownError, body: str) -> None:
        said, line = told_of(error, body)
        self._tell("problem", said, line)

    def _tell(self, kind: str, said: str, line: int = 0) -> None:
        self._line = line
        self._said.setObjectName(kind)
        self._said.setText(said)
        self._said.style().unpolish(self._said)
        self._said.style().polish(self._said)
        text = tr("&Ga naar regel {line}").format(line=line)
        self._go_there.setText(text)
        self._go_there.setAccessibleName(text.replace("&", ""))
        self._go_there.setVisible(bool(line))
        self._mark_line()

    def _mark_line(self) -> None:
        """The wrong line has another ground."""
        marks = []
        block = self.text.document().findBlockByNumber(self._line - 1)
        if self._line and block.isValid():
            mark = QTextEdit.ExtraSelection()
            mark.cursor = QTextCursor(block)
            shade = QColor(theme.colours().no_soft)
            mark.format.setBackground(shade)
            mark.format.setProperty(QTextFormat.Property.FullWidthSelection, True)
            marks.append(mark)
        self.text.setExtraSelections(marks)

    # — storing —

    def save(self) -> None:
        """Store the text, when it can be a letter and nothing is missing unasked."""
        if not self._may_change or not self.is_filled_in() or self.text.isReadOnly():
            return
        body = self.text.toPlainText()
        self._hold(True)

        def failed(error: KnownError) -> None:
            self._hold(False)
            self._tell_error(error, body)
            if self._line:
                self.go_to_line()

        Keeping(self._desk, self, self._part, self.accept, failed, lambda: self._hold(False)).keep(
            body
        )

    def _hold(self, on: bool) -> None:
        """Nothing is typed while the text is being stored."""
        if isValid(self):
            self.text.setReadOnly(on)
            self.save_button.setEnabled(not on)
            if not on:
                self.text.setFocus()
