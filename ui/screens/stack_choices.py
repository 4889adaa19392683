"""Above a stack: the group, what holds for all its papers, and a way to one child."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from schoolprivacy.consents.terms import Way
from schoolprivacy.people.names import group_label
from ui.answers import way_word
from ui.fields import ChoiceField, DateField, SearchField, choice
from ui.theme import px
from ui.words import tr

_WIDE = 760  # pixels at zoom 1 from which everything stands in one row


class StackChoices(QWidget):
    """Fields beside one another; the one for papers without a form only when it is needed."""

    group_chosen = Signal(str)
    day_chosen = Signal(object)
    way_chosen = Signal(object)
    searched = Signal(str)
    found = Signal()

    def __init__(self, today: date) -> None:
        super().__init__()
        self.groups: list[str] = []
        self._group = ChoiceField()
        self.day = DateField(today, latest=today)
        ways = [(way_word(each), each) for each in Way]
        self._way = choice([(tr("Kies hoe het binnenkwam"), None), *ways])
        self.search = SearchField(tr("Typ een naam"))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(px(10))
        named = (
            (tr("&Groep"), self._group),
            (tr("Datum voor &alle papieren"), self.day),
            (tr("&Zonder formulier"), self._way),
            (tr("Ga &naar een kind"), self.search),
        )
        self._cells = [_labelled(text, field) for text, field in named]
        self._wide = self._way_shown = True
        self._arrange()
        self._connect()

    def _connect(self) -> None:
        self._group.currentIndexChanged.connect(self._tell_group)
        self.day.textChanged.connect(lambda _: self._tell_day())
        self._way.currentIndexChanged.connect(lambda _: self.way_chosen.emit(self._way.value()))
        self.search.textChanged.connect(self.searched)
        self.search.returnPressed.connect(self.found)
        self.search.down.connect(self.found)

    def _tell_group(self) -> None:
        if self._group.value() is not None:
            self.group_chosen.emit(self._group.value())

    def _tell_day(self) -> None:
        self.day_chosen.emit(self.day.date())

    def group(self) -> str:
        """The group that is shown."""
        return str(self._group.value() or "")

    def offer_groups(self, known: Sequence[str]) -> None:
        """Offer these; the one that was shown stays when it can."""
        if list(known) == self.groups:
            return
        chosen, self.groups = self.group(), list(known)
        with QSignalBlocker(self._group):
            self._group.offer([(group_label(each), each) for each in known])
            self._group.choose(chosen)

    def mark_group(self, group: str) -> None:
        """Show that this group is open, without going there."""
        with QSignalBlocker(self._group):
            self._group.choose(group)

    def choose(self, group: str, day: str, way: Way | None) -> None:
        """Fill in what was filled in before."""
        self.mark_group(group)
        self.day.setText(day)
        self._way.choose(way)

    def set_way_shown(self, shown: bool) -> None:
        """Ask how answers came in, when there are signers without an open form."""
        self._way_shown = shown
        self._arrange()

    def _arrange(self) -> None:
        """In one row, or two beside one another."""
        self._cells[2].setVisible(self._way_shown)
        shown = [each for each in self._cells if self._way_shown or each is not self._cells[2]]
        across = 4 if self._wide else 2
        for place, each in enumerate(shown):
            self._grid.addWidget(each, *divmod(place, across))
        for column in range(4):
            self._grid.setColumnStretch(column, int(column < min(across, len(shown))))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._wide != (self.width() >= px(_WIDE)):
            self._wide = not self._wide
            self._arrange()

    def focus_first(self) -> None:
        self._group.setFocus(Qt.FocusReason.OtherFocusReason)


def _labelled(text: str, field: QWidget) -> QWidget:
    made = QWidget()
    layout = QVBoxLayout(made)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(px(4))
    above = QLabel(text)
    above.setBuddy(field)
    layout.addWidget(above)
    layout.addWidget(field)
    field.setAccessibleName(text.replace("&", ""))
    return made
