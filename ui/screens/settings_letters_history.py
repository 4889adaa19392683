"""Settings: the texts that a part of a letter had, to put one back."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from schoolprivacy.errors import KnownError
from schoolprivacy.letters.actions import LetterPart, history
from schoolprivacy.letters.records import LetterVersion
from schoolprivacy.letters.writing import Written
from ui import messages
from ui.desk import Desk
from ui.fields import button, label, row, show_date
from ui.letter_raw import RawText
from ui.letter_text import LetterText
from ui.screens.settings_dialog import SettingsDialog
from ui.screens.settings_letters_keep import Keeping, is_shipped, tidied, told_of
from ui.screens.settings_letters_put import writing_field
from ui.table import Column, Rows, Table
from ui.theme import px
from ui.words import tr


class LetterHistoryDialog(SettingsDialog):
    """Every version, the newest first, with the text of the chosen one beneath."""

    def __init__(self, desk: Desk, part: LetterPart, owner: QWidget) -> None:
        super().__init__(
            owner,
            tr("Eerdere teksten van “{letter}”").format(letter=part.letter.title),
            width=820,
            height=700,
        )
        self._desk, self._part = desk, part
        found = history(desk.school, part.part.name, part.language)
        self.table = Table(tr("Versies van de tekst"))
        self.table.setSelectionMode(Table.SelectionMode.SingleSelection)
        self._rows: Rows[LetterVersion] = Rows(self._columns(), found[::-1])
        self.table.setModel(self._rows)
        self._rows.setParent(self.table)
        self._text: LetterText | RawText | None = None
        self._place = QVBoxLayout()
        self.back = button(tr("Deze tekst &terugzetten"), self.put_back, icon="undo-2")
        self._build()
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show())
        self.table.selectRow(0)
        self.table.setFocus()

    def _columns(self) -> list[Column[LetterVersion]]:
        return [
            Column(tr("Versie"), self._called, width=250),
            Column(tr("Sinds"), lambda each: show_date(each.since) or tr("het begin"), width=140),
            Column(tr("Door"), lambda each: each.by or "–", speaks=_spoken_by),
        ]

    def _called(self, version: LetterVersion) -> str:
        if is_shipped(self._part, version.body):
            return tr("Tekst van het programma")
        return tr("Eigen tekst {number}").format(number=version.version)

    def _build(self) -> None:
        for place, column in enumerate(self._rows.columns[:-1]):
            self.table.setColumnWidth(place, px(column.width))
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.setMinimumHeight(px(150))
        self.table.setMaximumHeight(px(220))
        self.body.addWidget(label(self._part.part.title, "muted"))
        self.body.addWidget(self.table)
        roomy = QWidget()  # the style sheet overrules a least height of the text itself
        roomy.setMinimumHeight(px(200))
        self._place.setContentsMargins(0, 0, 0, 0)
        roomy.setLayout(self._place)
        self.body.addWidget(roomy, 1)
        self._foot = row(self.back, None)
        self.body.addWidget(self._foot)
        self._foot.setVisible(not self._desk.school.read_only)

    def is_filled_in(self) -> bool:
        """Nothing is: the text can only be read."""
        return False

    def _show(self) -> None:
        version: LetterVersion | None = self.table.current()
        if version is not None:
            self._show_text(version.body)
            self.back.setEnabled(tidied(version.body) != tidied(self._part.body))

    def _show_text(self, body: str) -> None:
        """The text without codes, as the editor shows it."""
        if self._text is not None:
            self._place.removeWidget(self._text)
            self._text.deleteLater()
        self._text, _ = writing_field(self._part.letter, tidied(body))
        self._text.setAccessibleName(tr("Tekst van deze versie"))
        self._text.setReadOnly(True)
        self._place.addWidget(self._text)

    def put_back(self) -> None:
        """Print the chosen text from now on."""
        version: LetterVersion | None = self.table.current()
        if version is None:
            return
        self.back.setEnabled(False)
        body = version.body

        def failed(error: KnownError) -> None:
            self._show()
            messages.tell(self, told_of(error, Written(body, ()))[0], heading=tr("Dit kan nu niet"))

        Keeping(self._desk, self, self._part, self.accept, failed, self._show).keep(body)


def _spoken_by(version: LetterVersion) -> str:
    if not version.by:
        return tr("Door: niemand, deze tekst hoort bij het programma")
    return tr("Door: {name}").format(name=version.by)
