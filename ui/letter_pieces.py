"""A text of a letter in a document of Qt: values and conditions are tokens that stay whole.

A token is ordinary text with a number in its format. So it breaks over lines, a screen reader
reads its Dutch name, and undo brings it back as it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from PySide6.QtGui import (
    QColor,
    QFont,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)

from schoolprivacy.letters.pieces import Field, Mark, Piece, Remark, Words, Wrap, join, shown
from schoolprivacy.letters.terms import Letter
from ui import theme

_TOKEN = int(QTextFormat.Property.UserProperty)
_WRAP = _TOKEN + 1

Token = Field | Mark | Remark


@dataclass(frozen=True, slots=True)
class Run:
    """A bit of one line with one look.

    :param start, end: places in the document
    :param token: what it stands for, None of words
    """

    start: int
    end: int
    text: str
    token: Token | None
    bold: bool
    is_wrap: bool

    @property
    def piece(self) -> Piece:
        if isinstance(self.token, Field):
            return Field(self.token.name, self.bold, self.token.source)
        if self.token is not None:
            return self.token
        return Wrap() if self.is_wrap else Words(self.text, self.bold)


class Tokens:
    """The tokens that stand, stood or may come back by undo in one document."""

    def __init__(self, letter: Letter, document: QTextDocument) -> None:
        self._letter, self._document = letter, document
        self._known: dict[int, tuple[Token, str]] = {}

    # — reading —

    def pieces(self, start: int = 0, end: int | None = None) -> tuple[Piece, ...]:
        """What stands between two places; a token that is partly within counts."""
        return join(run.piece for run in self.runs(start, end))

    def runs(self, start: int = 0, end: int | None = None) -> list[Run]:
        """The same with where it stands; the end of a line is a run too."""
        last = self._document.characterCount() - 1 if end is None else end
        found: list[Run] = []
        block = self._document.findBlock(start)
        while block.isValid() and block.position() <= last:
            for run in self.runs_of(block):
                if run.end > start and run.start < last:
                    found.append(run if run.token else _cut(run, start, last))
            at = block.position() + block.length() - 1
            if start <= at < last and block.next().isValid():
                found.append(Run(at, at + 1, "\n", None, False, False))
            block = block.next()
        return found

    def runs_of(self, block: QTextBlock) -> list[Run]:
        """What stands in one line; a token whose text is not as it was made is words."""
        found: list[tuple[int, int, str, int, bool, bool]] = []
        for start, text, form in _fragments(block):
            number = int(form.property(_TOKEN) or 0)
            bold = form.fontWeight() >= QFont.Weight.DemiBold
            wrap = bool(form.property(_WRAP)) and not text.strip(" ")
            if found and number and found[-1][3] == number:
                before = found.pop()
                start, text, bold = before[0], before[2] + text, before[4]
            found.append(
                (start, start + len(text.encode("utf-16-le")) // 2, text, number, bold, wrap)
            )
        return [
            Run(start, end, text, self._token(number, text), bold, wrap)
            for start, end, text, number, bold, wrap in found
        ]

    def _token(self, number: int, text: str) -> Token | None:
        token, said = self._known.get(number, (None, ""))
        return token if said == text else None

    def around(self, place: int) -> Run | None:
        """The token that a place is within."""
        return next((r for r in self._near(place) if r.start < place < r.end), None)

    def before(self, place: int) -> Run | None:
        """The token that ends at a place."""
        return next((r for r in self._near(place) if r.end == place), None)

    def after(self, place: int) -> Run | None:
        """The token that begins at a place."""
        return next((r for r in self._near(place) if r.start == place), None)

    def _near(self, place: int) -> list[Run]:
        return [run for run in self.runs_of(self._document.findBlock(place)) if run.token]

    # — writing —

    def put(self, cursor: QTextCursor, pieces: Iterable[Piece]) -> None:
        """Put pieces in, as one step for undo."""
        cursor.beginEditBlock()
        for each in pieces:
            form = words_form(bold=isinstance(each, Words | Field) and each.bold)
            if isinstance(each, Wrap):
                form.setProperty(_WRAP, True)
            elif not isinstance(each, Words):
                form = self._form(each, form)
            cursor.insertText(shown(each, self._letter), form)
        cursor.endEditBlock()

    def _form(self, token: Token, form: QTextCharFormat) -> QTextCharFormat:
        number = len(self._known) + 1
        self._known[number] = token, shown(token, self._letter)
        form.setProperty(_TOKEN, number)
        colours = theme.colours()
        ink, ground = {
            Field: (colours.accent, colours.accent_soft),
            Mark: (colours.special, colours.special_soft),
            Remark: (colours.open, colours.open_soft),
        }[type(token)]
        form.setForeground(QColor(ink))
        form.setBackground(QColor(ground))
        return form


def words_form(*, bold: bool) -> QTextCharFormat:
    """How words look."""
    form = QTextCharFormat()
    form.setFontWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return form


def is_of_token(form: QTextCharFormat) -> bool:
    """Whether what is typed with a look would be taken for part of a token, or of a line end."""
    return form.hasProperty(_TOKEN) or form.hasProperty(_WRAP)


def _fragments(block: QTextBlock) -> Iterator[tuple[int, str, QTextCharFormat]]:
    place = block.begin()
    while not place.atEnd():
        fragment = place.fragment()
        if fragment.isValid():
            yield (
                fragment.position(),
                fragment.text().replace("\u2028", "\n"),
                fragment.charFormat(),
            )
        place += 1


def _cut(run: Run, start: int, end: int) -> Run:
    """The part of words that stands between two places."""
    if run.start >= start and run.end <= end:
        return run
    units = run.text.encode("utf-16-le")
    first, last = max(0, start - run.start), min(run.end, end) - run.start
    text = units[2 * first : 2 * last].decode("utf-16-le", "ignore")
    return Run(run.start + first, run.start + last, text, None, run.bold, run.is_wrap)
