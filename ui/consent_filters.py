"""Whom the board of consents shows: by name, group, purpose and answer."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QSizePolicy, QWidget

from schoolprivacy.consents.terms import Answer
from schoolprivacy.people.names import group_label
from ui import theme
from ui.answers import signs
from ui.fields import SearchField
from ui.matrix import EVERY_ANSWER, MatrixModel, Wanted
from ui.theme import px
from ui.words import tr

_NOT_YES = "not_yes"


class ConsentFilters(QWidget):
    """A field and three choices, beside one another or in two rows."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.search = SearchField(tr("Zoek op naam of groep"))
        self.group = _choice(tr("Groep"))
        self.purpose = _choice(tr("Doel"))
        self.answer = _choice(tr("Antwoord"))
        self.answer.addItem(tr("Alle antwoorden"), "")
        self.answer.addItem(tr("Mag niet (geen ja)"), _NOT_YES)
        for answer, sign in signs().items():
            self.answer.addItem(theme.icon(sign.icon, sign.colour), sign.word, answer.value)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(px(10))
        self.set_wide(wide=True)
        self.search.textChanged.connect(self.changed)
        for each in self._choices():
            each.currentIndexChanged.connect(self.changed)

    def _choices(self) -> tuple[QComboBox, ...]:
        return self.group, self.purpose, self.answer

    def set_wide(self, *, wide: bool) -> None:
        """Everything in one row, or in two."""
        for place, each in enumerate((self.search, *self._choices())):
            self._grid.addWidget(each, *(divmod(place, 4) if wide else divmod(place, 2)))
        for column in range(4):
            self._grid.setColumnStretch(column, 1 if wide or column < 2 else 0)

    def offer(self, board: MatrixModel) -> None:
        """Offer the groups and purposes of the school; what was chosen stays when it can."""
        groups = [(group_label(each), each) for each in board.groups]
        purposes = [(each.wording.short, each.code) for each in board.table.purposes]
        _fill(self.group, tr("Alle groepen"), groups)
        _fill(self.purpose, tr("Alle doelen"), purposes)

    def wanted(self) -> Wanted:
        """What is filled in."""
        answer = self.answer.currentData()
        return Wanted(
            self.search.text(),
            self.group.currentData(),
            self.purpose.currentData(),
            _answers(answer),
        )

    def show_only(self, *, group: str | None, purpose: str | None, answer: str) -> None:
        """Choose these, and nothing else."""
        self.blockSignals(True)
        self.search.clear()
        for field, value in ((self.group, group), (self.purpose, purpose), (self.answer, answer)):
            field.setCurrentIndex(max(0, field.findData(value)))
        self.blockSignals(False)
        self.changed.emit()

    def clear(self) -> None:
        """Show everybody."""
        self.show_only(group=None, purpose=None, answer="")


def _choice(name: str) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    return made


def _fill(field: QComboBox, everything: str, options: list[tuple[str, str]]) -> None:
    chosen = field.currentData()
    field.blockSignals(True)
    field.clear()
    field.addItem(everything, None)
    for text, value in options:
        field.addItem(text, value)
    field.setCurrentIndex(max(0, field.findData(chosen)))
    field.blockSignals(False)


def _answers(chosen: str) -> frozenset[Answer]:
    if not chosen:
        return EVERY_ANSWER
    return EVERY_ANSWER - {Answer.GRANTED} if chosen == _NOT_YES else frozenset({Answer(chosen)})
