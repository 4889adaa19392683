"""Settings: what stands beside the text of a letter: the cases of it, and how it looks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from schoolprivacy.errors import KnownError
from schoolprivacy.letters.actions import Missing, check_letter, sample
from schoolprivacy.letters.terms import Letter
from schoolprivacy.letters.writing import Written
from schoolprivacy.school import School
from ui.fields import label
from ui.preview import PaperView
from ui.theme import px
from ui.words import tr

_NARROW = 900  # pixels at zoom 1: below it the letter comes beneath the text


@dataclass(frozen=True, slots=True)
class Seen:
    """What came of a text that somebody is writing.

    :param pdf: the letter; None when no letter can be made of it
    :param error: why it cannot be stored
    :param missing: what it must hold and does not
    """

    written: Written
    pdf: bytes | None
    error: KnownError | None
    missing: tuple[Missing, ...] = ()


def look_at(
    school: School, name: str, language: str, written: Written, case: Mapping[str, bool]
) -> Seen:
    """Make the letter, and check its text; what is wrong with it is no error here."""
    pdf = None
    try:
        pdf = sample(school, name, language, written.body, case)
        return Seen(written, pdf, None, check_letter(school, name, language, written.body))
    except KnownError as error:
        return Seen(written, pdf, error)


class Conditions(QListWidget):
    """What may or may not be the case; the ticks say which of it the letter beside it shows."""

    ticked = Signal()

    def __init__(self, letter: Letter) -> None:
        super().__init__()
        self.setAccessibleName(tr("Wat het voorbeeld laat zien"))
        self.setWordWrap(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMinimumHeight(px(60))
        self._names = [each.name for each in letter.conditions]
        for each in letter.conditions:
            item = QListWidgetItem(each.explains)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            on = Qt.CheckState.Unchecked if each.is_rare else Qt.CheckState.Checked
            item.setCheckState(on)
            self.addItem(item)
        self.setCurrentRow(0)
        self.itemChanged.connect(lambda _: self.ticked.emit())

    def case(self) -> dict[str, bool]:
        """Which conditions hold in the letter beside it."""
        return {
            name: self.item(place).checkState() == Qt.CheckState.Checked
            for place, name in enumerate(self._names)
        }


class Example(QWidget):
    """The letter as the text makes it; it stays where one was reading."""

    def __init__(self) -> None:
        super().__init__()
        self.view = PaperView(tr("Zo wordt de brief"))
        self.view.setMinimumSize(QSize(px(240), px(300)))
        self._said = label("", "small", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(6), 0, 0, 0)
        layout.setSpacing(px(6))
        layout.addWidget(label(tr("Zo wordt de brief"), "strong"))
        layout.addWidget(self._said)
        layout.addWidget(self.view, 1)
        self._said.setText(tr("Het voorbeeld wordt gemaakt…"))

    def show_seen(self, seen: Seen) -> None:
        """Draw it; of a text that makes no letter the last one that did stays."""
        if seen.pdf is None:
            self._said.setText(tr("Dit is het voorbeeld van voor de fout."))
            return
        self._said.setText(tr("Met verzonnen namen en dagen."))
        bar = self.view.verticalScrollBar()
        place = bar.value()
        self.view.show_paper(seen.pdf)
        bar.setValue(place)
        QTimer.singleShot(0, self.view, lambda: bar.setValue(place))


class SideBySide(QSplitter):
    """The text with the letter beside it; beneath it when there is no room."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setChildrenCollapsible(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < px(_NARROW)
        self.setOrientation(Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal)
