"""One column of a spreadsheet, and the choice of what it holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout

from schoolprivacy.exchange.columns import IGNORE
from ui.fields import Fields, choice, label
from ui.screens.import_vocabulary import Vocabulary
from ui.theme import px
from ui.words import tr

_OPEN = "open"  # nobody has said yet whose it is


@dataclass(frozen=True, slots=True)
class PlacedColumn:
    """A column of the file.

    :param code: field code, ``ignore``, or "" where a person must say it
    :param holds: what it becomes, in words
    :param how: why it stands there
    :param never: Dutch name of what is in it, when it is never taken over
    """

    place: int
    header: str
    examples: tuple[str, ...]
    code: str
    holds: str = ""
    how: str = ""
    never: str = ""
    problem: str = ""


class ColumnEditor(QFrame):
    """What one column holds: of whom, and what."""

    chosen = Signal(str, str)
    done = Signal()

    def __init__(self, vocabulary: Vocabulary) -> None:
        super().__init__()
        self._vocabulary = vocabulary
        self._column: PlacedColumn | None = None
        self._filling = False
        self._name = label("", "strong")
        self.fields = Fields(2)
        self.whose = choice(_owners(vocabulary))
        self.what = choice([])
        self.fields.add("whose", vocabulary.whose, self.whose)
        self.fields.add("what", tr("&Wat staat erin?"), self.what)
        self.whose.currentIndexChanged.connect(self._choose_person)
        self.what.currentIndexChanged.connect(self._choose_field)
        for each in (self.whose, self.what):
            each.setMaxVisibleItems(20)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(6))
        layout.addWidget(self._name)
        layout.addWidget(self.fields)

    def begin(self) -> None:
        """Go to the first choice that is open."""
        placed = self.whose.value() not in (_OPEN, IGNORE)
        (self.what if placed else self.whose).setFocus(Qt.FocusReason.OtherFocusReason)

    def show_column(self, column: PlacedColumn) -> None:
        self._column = column
        self._name.setText(tr("Kolom “{name}”").format(name=column.header))
        self._filling = True
        person = _person_of(column.code)
        self.whose.choose(person)
        self._offer(person, column.code)
        self.whose.setEnabled(not column.never)
        self._filling = False
        self.fields.show_problems({})
        if column.problem:
            self._tell(column.problem)

    def _tell(self, problem: str) -> None:
        had = self.focusWidget()
        self.fields.show_problems({"what": problem})
        if had is not None:
            had.setFocus(Qt.FocusReason.OtherFocusReason)

    def _offer(self, person: str, code: str) -> None:
        of_owner = self._vocabulary.of_owner(person)
        options = [(self._vocabulary.short(each), each) for each in of_owner]
        self.what.offer([(tr("Kies…"), ""), *options] if options else [])
        self.what.choose(code)
        self.what.setEnabled(bool(options))

    def _choose_person(self) -> None:
        if self._filling or self._column is None:
            return
        person = str(self.whose.value())
        self.chosen.emit(self._column.header, IGNORE if person == IGNORE else "")
        self._filling = True
        self.whose.choose(person)
        self._offer(person, "")
        self._filling = False

    def _choose_field(self) -> None:
        if not self._filling and self._column is not None:
            self.chosen.emit(self._column.header, str(self.what.value() or ""))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.done.emit()
        else:
            super().keyPressEvent(event)


def _owners(vocabulary: Vocabulary) -> list[tuple[str, Any]]:
    return [
        (tr("Nog kiezen"), _OPEN),
        (vocabulary.nobody, IGNORE),
        *vocabulary.owners,
    ]


def _person_of(code: str) -> str:
    return code.partition(".")[0] if code else _OPEN
