"""How the lines of a letter look while somebody writes: titles larger, conditional words tinted."""

from __future__ import annotations

from PySide6.QtGui import (
    QColor,
    QFont,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextDocument,
    QTextFormat,
)

from schoolprivacy.letters.pieces import Mark, Remark, Turn
from ui import theme
from ui.letter_pieces import Tokens
from ui.theme import px

_TITLE = 19  # pixels at zoom 1


class Shades(QSyntaxHighlighter):
    """Only looks: changes nothing of the text."""

    def __init__(self, document: QTextDocument, tokens: Tokens) -> None:
        super().__init__(document)
        self._tokens = tokens

    def highlightBlock(self, text: str) -> None:
        block = self.currentBlock()
        depth = max(0, self.previousBlockState())
        runs = self._tokens.runs_of(block)
        printed = "".join(run.text for run in runs if not isinstance(run.token, Mark | Remark))
        title, heading = printed.startswith("# "), printed.startswith("## ")
        for run in runs:
            if isinstance(run.token, Mark) and run.token.turn in (Turn.WHEN, Turn.END):
                depth = max(0, depth + (1 if run.token.turn is Turn.WHEN else -1))
            form = QTextCharFormat()
            if title or heading:
                form.setFontWeight(QFont.Weight.DemiBold)
            if title:
                form.setProperty(QTextFormat.Property.FontPixelSize, px(_TITLE))
            if depth and run.token is None:
                form.setBackground(QColor(theme.colours().open_soft))
            self.setFormat(run.start - block.position(), run.end - run.start, form)
        self.setCurrentBlockState(depth)
