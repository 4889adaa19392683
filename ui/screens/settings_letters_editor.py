"""Settings: a text of a letter is written, with the letter beside it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QColor, QTextCursor, QTextFormat
from PySide6.QtWidgets import QTextEdit, QVBoxLayout, QWidget
from shiboken6 import isValid

from schoolprivacy.errors import KnownError, RefusedError
from schoolprivacy.letters.actions import LetterPart
from schoolprivacy.letters.languages import find_language
from schoolprivacy.letters.literals import Literal
from schoolprivacy.letters.writing import Written
from ui import jobs, messages, theme
from ui.desk import Desk
from ui.dialog import Dialog
from ui.fields import button, label, notice, row, scrolled
from ui.jobs import Job
from ui.screens.settings_letters_keep import Keeping, tidied, told_of
from ui.screens.settings_letters_parts import (
    Conditions,
    Example,
    Seen,
    SideBySide,
    look_at,
)
from ui.screens.settings_letters_put import PuttingIn, writing_field
from ui.theme import px
from ui.words import tr

_PAUSE = 300  # milliseconds of not typing before the letter is made again
_WRITING = 480  # pixels at zoom 1, at least, for the text with what can be put in it
_TEXT = 170  # pixels at zoom 1, at least, for the text itself
_SIZE = QSize(1240, 780)  # pixels at zoom 1
_FEW = 3  # so many of the places that are printed as they stand are told one by one


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
        self.text.setFocus()
        self._look()

    # — building —

    def _make(self) -> None:
        self.text, self._why_codes = writing_field(self._part.letter, tidied(self._part.body))
        self._first = tidied(self.text.written().body)
        self.text.setReadOnly(not self._may_change)
        self.text.textChanged.connect(self._note_typing)
        self._said = label("", wrap=True)
        self._go_there = button("", self.go_to_line, kind="link")
        self.putting = PuttingIn(self.text, self._part.letter)
        self.conditions = Conditions(self._part.letter)
        self.conditions.ticked.connect(self._soon.start)
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
        if self._why_codes:
            layout.addWidget(notice(self._why_codes))
        if self._may_change:
            layout.addWidget(self.putting)
        else:
            self.putting.setParent(self)
            self.putting.hide()
        layout.addWidget(label(self._hint(), "small", wrap=True))
        roomy = QWidget()  # the style sheet overrules a least height of the text itself
        roomy.setMinimumHeight(px(_TEXT))
        inside = QVBoxLayout(roomy)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.text)
        layout.addWidget(roomy, 4)
        layout.addWidget(self._said)
        layout.addWidget(row(self._go_there, None))
        self._go_there.hide()
        self._add_conditions(layout)
        return made

    def _hint(self) -> str:
        if self._why_codes:
            return tr(
                "# titel, ## kopje, <b>vet</b>, <br/> aan het einde van een regel begint een "
                "nieuwe regel, een lege regel een nieuwe alinea"
            )
        return tr(
            "«…» vult het programma in. Wat tussen [Alleen als …] en [Einde] staat, komt alleen "
            "dan in de brief; haalt u zo’n teken weg, dan blijven de woorden staan. # maakt een "
            "titel, ## een kopje, een lege regel een nieuwe alinea."
        )

    def _add_conditions(self, layout: QVBoxLayout) -> None:
        if not self._part.letter.conditions:
            self.conditions.setParent(self)
            self.conditions.hide()
            return
        above = label(tr("&Wat het voorbeeld laat zien"), "strong")
        above.setBuddy(self.conditions)
        layout.addWidget(above)
        layout.addWidget(label(tr("Met spatie zet u een vinkje aan of uit."), "small", wrap=True))
        layout.addWidget(self.conditions, 1)

    # — writing —

    def is_filled_in(self) -> bool:
        try:
            return tidied(self.text.written().body) != self._first
        except RefusedError:
            return True

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
        school, part, case = self._desk.school, self._part, self.conditions.case()
        try:
            written = self.text.written()
        except RefusedError as error:
            self._show(Seen(Written("", ()), None, error))
            return
        self._job = jobs.quietly(
            self,
            lambda: look_at(school, part.part.name, part.language, written, case),
            self._show,
            self._fail,
        )

    def _fail(self, error: BaseException) -> None:
        self._job = None
        messages.tell_error(self, error)

    def _show(self, seen: Seen) -> None:
        self._job, self.seen = None, seen
        self.example.show_seen(seen)
        literal = self.text.literals()
        if seen.error is not None:
            said_, line = told_of(seen.error, seen.written)
            self._tell("problem", "\n".join([said_, *_few(literal)]), line)
        elif seen.missing or literal:
            said = [*_few(literal), *(each.text for each in seen.missing)]
            self._tell("warning", "\n".join(said), literal[0].line if literal else 0)
        else:
            self._tell("good", tr("De tekst past, en wat in de brief moet staan, is gevonden."))

    def _tell_error(self, error: KnownError, written: Written) -> None:
        said, line = told_of(error, written)
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
        """The line that is told of has another ground."""
        marks = []
        block = self.text.document().findBlockByNumber(self._line - 1)
        if self._line and block.isValid():
            mark = QTextEdit.ExtraSelection()
            mark.cursor = QTextCursor(block)
            is_wrong = self._said.objectName() == "problem"
            shade = QColor(theme.colours().no_soft if is_wrong else theme.colours().warn_soft)
            mark.format.setBackground(shade)
            mark.format.setProperty(QTextFormat.Property.FullWidthSelection, True)
            marks.append(mark)
        self.text.setExtraSelections(marks)

    # — storing —

    def save(self) -> None:
        """Store the text, when it can be a letter and nothing is missing unasked."""
        if not self._may_change or not self.is_filled_in() or self.text.isReadOnly():
            return
        try:
            written = self.text.written()
        except RefusedError as error:
            self._tell_error(error, Written("", ()))
            self.go_to_line()
            return
        self._hold(True)

        def failed(error: KnownError) -> None:
            self._hold(False)
            self._tell_error(error, written)
            if self._line:
                self.go_to_line()

        stayed = lambda: self._hold(False)  # noqa: E731
        keeping = Keeping(self._desk, self, self._part, self.accept, failed, stayed)
        keeping.keep(written.body)

    def _hold(self, on: bool) -> None:
        """Nothing is typed while the text is being stored."""
        if isValid(self):
            self.text.setReadOnly(on)
            self.save_button.setEnabled(not on)
            if not on:
                self.text.setFocus()


def _few(literals: Sequence[Literal]) -> list[str]:
    """The first that are printed as they stand, and how many more there are."""
    said = [str(each) for each in literals[:_FEW]]
    more = len(literals) - _FEW
    if more == 1:
        said.append(tr("Er is nog 1 plek waar de brief letterlijk afdrukt wat er staat."))
    elif more > 1:
        text = tr("Er zijn nog {count} plekken waar de brief letterlijk afdrukt wat er staat.")
        said.append(text.format(count=more))
    return said
