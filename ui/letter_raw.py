"""A field to write a letter in with its codes, for a text that cannot be shown without them."""

from __future__ import annotations

from PySide6.QtWidgets import QPlainTextEdit

from schoolprivacy.letters.literals import Literal
from schoolprivacy.letters.writing import Written
from ui.words import tr


class RawText(QPlainTextEdit):
    """The text as it is kept; puts in the same as ``LetterText`` does."""

    def __init__(self, body: str) -> None:
        super().__init__(body)
        self.setTabChangesFocus(True)
        self.setAccessibleName(tr("Tekst"))

    def written(self) -> Written:
        """The text to be kept."""
        body = self.toPlainText()
        return Written(body, tuple(range(1, body.count("\n") + 2)))

    def literals(self) -> tuple[Literal, ...]:
        """Nothing: who writes codes sees what is one."""
        return ()

    def put_field(self, name: str) -> None:
        """A value where the cursor is."""
        self._put(f"{{{{ {name} }}}}")

    def put_condition(self, asks: str) -> None:
        """A condition around what is selected."""
        self._put(f"{{% if {asks} %}}", "{% endif %}")

    def put_otherwise(self) -> None:
        """From here: what stands there in the other cases."""
        self._put("{% else %}")

    def may_put_otherwise(self) -> bool:
        """Always: whether it can stand there is told by its line."""
        return True

    def turn_bold(self) -> None:
        """What is selected becomes bold."""
        self._put("<b>", "</b>")

    def _put(self, before: str, after: str = "") -> None:
        if self.isReadOnly():
            return
        cursor = self.textCursor()
        within = cursor.selectedText().replace("\u2029", "\n") if after else ""
        cursor.insertText(before + within + after)
        cursor.setPosition(cursor.position() - len(after))
        self.setTextCursor(cursor)
        self.setFocus()
