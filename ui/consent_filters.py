"""What the board of consents shows: by name, kind of purpose, group, purpose and answer."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QSizePolicy, QWidget

from schoolprivacy.consents.terms import CONTACT, Answer, PurposeKind
from schoolprivacy.people.names import group_label
from ui import theme
from ui.answers import signs
from ui.fields import ChoiceField, SearchField
from ui.matrix import EVERY_ANSWER, EVERY_KIND, MatrixModel, Wanted
from ui.theme import px
from ui.words import tr

_NOT_YES = "not_yes"
_KINDS = {
    "": EVERY_KIND,
    "images": frozenset({PurposeKind.IMAGE}),
    "contacts": CONTACT,
}
"""What can be shown apart, by the name under which it is remembered."""


class ConsentFilters(QWidget):
    """A field and four choices, beside one another or in three rows."""

    changed = Signal()
    kind_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.search = SearchField(tr("Zoek op naam of groep"))
        self.kind = ChoiceField()
        self.kind.offer(
            [
                (tr("Alles"), ""),
                (tr("Foto's en video's"), "images"),
                (tr("Contactlijst"), "contacts"),
            ]
        )
        _name(self.kind, tr("Welke doelen"))
        self._board: MatrixModel | None = None
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
        self.kind.currentIndexChanged.connect(self._kind_changed)
        self.kind.activated.connect(lambda _: self.kind_chosen.emit(self.kind.value()))

    def _choices(self) -> tuple[QComboBox, ...]:
        return self.group, self.purpose, self.answer

    def _kind_changed(self) -> None:
        if self._board is not None:
            self._offer_purposes(self._board)
        self.changed.emit()

    def set_wide(self, *, wide: bool) -> None:
        """Everything in one row, or in three."""
        for place, each in enumerate((self.search, self.kind, *self._choices())):
            self._grid.addWidget(each, *(divmod(place, 5) if wide else divmod(place, 2)))
        for column in range(5):
            self._grid.setColumnStretch(column, 1 if wide or column < 2 else 0)

    def offer(self, board: MatrixModel) -> None:
        """Offer the groups and purposes of the school; what was chosen stays when it can."""
        self._board = board
        groups = [(group_label(each), each) for each in board.groups]
        _fill(self.group, tr("Alle groepen"), groups)
        self._offer_purposes(board)

    def _offer_purposes(self, board: MatrixModel) -> None:
        kinds = _KINDS[self.kind.value()]
        asked = [each for each in board.table.purposes if each.kind in kinds]
        _fill(self.purpose, tr("Alle doelen"), [(e.wording.short, e.code) for e in asked])

    def wanted(self) -> Wanted:
        """What is filled in."""
        answer = self.answer.currentData()
        return Wanted(
            self.search.text(),
            self.group.currentData(),
            self.purpose.currentData(),
            _answers(answer),
            _KINDS[self.kind.value()],
        )

    def choose_kind(self, kind: str) -> None:
        """Show the kind that was remembered."""
        self.kind.choose(kind)

    def show_only(self, *, group: str | None, purpose: str | None, answer: str) -> None:
        """Choose these, and nothing else; every kind, when the purpose is of another one."""
        self.blockSignals(True)
        self.search.clear()
        if purpose is not None and self.purpose.findData(purpose) < 0:
            self.kind.choose("")
        for field, value in ((self.group, group), (self.purpose, purpose), (self.answer, answer)):
            field.setCurrentIndex(max(0, field.findData(value)))
        self.blockSignals(False)
        self.changed.emit()

    def clear(self) -> None:
        """Show everybody and every purpose."""
        self.kind.choose("")
        self.show_only(group=None, purpose=None, answer="")


def _choice(name: str) -> QComboBox:
    made = QComboBox()
    _name(made, name)
    return made


def _name(field: QComboBox, name: str) -> None:
    field.setAccessibleName(name)
    field.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)


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
