"""Settings: the texts of letters, and which of them are the school's own."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt

from schoolprivacy.letters.actions import LetterPart, read_letters, restore_shipped
from schoolprivacy.letters.languages import languages
from ui import messages, theme
from ui.desk import Desk
from ui.fields import button, choice, label, notice, row, show_date
from ui.screens.settings_letters_editor import LetterDialog
from ui.screens.settings_letters_history import LetterHistoryDialog
from ui.screens.settings_letters_keep import put_back
from ui.screens.settings_section import Section
from ui.table import Column, Rows, Table
from ui.theme import px
from ui.words import tr


class LettersSection(Section):
    """Every text of every letter, in one language; Enter opens one to change it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            tr("Brieven"),
            tr(
                "De teksten van de brieven. U mag ze in eigen woorden schrijven; het programma "
                "bewaart elke versie."
            ),
        )
        self.language = choice([(each.title, each.code) for each in languages()])
        self.language.setAccessibleName(tr("Taal van de brieven"))
        self._rows: Rows[LetterPart] = Rows(_columns())
        self.table = Table(tr("Teksten van de brieven"))
        self.table.setSelectionMode(Table.SelectionMode.SingleSelection)
        self.table.setMinimumHeight(px(300))
        self.table.setModel(self._rows)
        self._rows.setParent(self.table)
        self._behind = notice(
            tr(
                "Uw Nederlandse tekst is later veranderd dan deze vertaling. Kijk of ze nog "
                "hetzelfde zeggen."
            )
        )
        self._behind.setParent(self)
        self._build()
        self.language.currentIndexChanged.connect(lambda _: self.refresh())
        self.table.opened.connect(lambda _: self.edit())
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_current())

    def _build(self) -> None:
        text = tr("&Tekst wijzigen…") if self.may_change else tr("&Tekst bekijken…")
        icon = "pencil" if self.may_change else "eye"
        self._edit = button(text, self.edit, icon=icon, tip=tr("Enter"))
        self._past = button(tr("&Eerdere teksten…"), self.show_history, icon="history")
        self._restore = button(tr("&Weer de tekst van het programma"), self.restore, icon="undo-2")
        above = label(tr("T&aal"))
        above.setBuddy(self.language)
        self.content.addWidget(row(above, self.language, None))
        for place, column in enumerate(_columns()[:-1]):
            self.table.setColumnWidth(place, px(column.width))
        self.table.horizontalHeader().setStretchLastSection(True)
        self.content.addWidget(self.table, 1)
        self.content.addWidget(self._behind)
        self.content.addWidget(row(self._edit, self._past, None))
        self._last = row(self._restore, None)
        self.content.addWidget(self._last)

    # — showing —

    def refresh(self) -> None:
        present, at = self.table.current(), self.table.currentIndex().row()
        chosen = self.language.value()
        found = [each for each in read_letters(self.desk.school) if each.language == chosen]
        self._rows.replace(found)
        names = [each.part.name for each in found]
        if present and present.part.name in names:
            at = names.index(present.part.name)
        self.table.selectRow(max(at, 0))
        self._show_current()

    def _show_current(self) -> None:
        present: LetterPart | None = self.table.current()
        if present is None:
            return
        self._behind.setVisible(present.is_behind)
        self._past.setEnabled(present.version > 0)
        self._restore.setEnabled(present.is_own)
        self._last.setVisible(self.may_change)

    def focus_first(self) -> bool:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    # — changing —

    def edit(self) -> None:
        """Write the text, with the letter beside it."""
        present: LetterPart | None = self.table.current()
        if present is not None:
            LetterDialog(self.desk, present, self).open()

    def show_history(self) -> None:
        """The texts it had, to put one back."""
        present: LetterPart | None = self.table.current()
        if present is not None and present.version:
            LetterHistoryDialog(self.desk, present, self).open()

    def restore(self) -> None:
        """Print the text that ships again; the school's own is kept among the earlier ones."""
        present: LetterPart | None = self.table.current()
        if present is None or not present.is_own or not self.may_change:
            return
        school = self.desk.school

        def undo() -> None:
            put_back(school, present)
            self.desk.tell_change()

        with messages.told(self):
            restore_shipped(school, present.part.name, present.language)
            self.desk.tell_change()
            said = tr("De brief heeft weer de tekst van het programma. Uw tekst is bewaard.")
            self.desk.say(said, undo)
            self.focus_first()


def _columns() -> list[Column[LetterPart]]:
    return [
        Column(tr("Brief"), lambda each: each.letter.title, width=310),
        Column(tr("Onderdeel"), lambda each: each.part.title, width=200),
        Column(tr("Tekst"), _whose, icon=_sign),
    ]


def _whose(part: LetterPart) -> str:
    if part.is_own:
        return tr("eigen tekst sinds {day}").format(day=show_date(part.since))
    return tr("van het programma")


def _sign(part: LetterPart) -> Any:
    if part.is_behind:
        return theme.icon("triangle-alert", "warn")
    return theme.icon("pencil", "accent") if part.is_own else None
