"""Settings: a date or period of the school's own, added or changed."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from schoolprivacy.errors import KnownError
from schoolprivacy.people.calendar import (
    LONGEST_TITLE,
    CalendarEntry,
    EntryKind,
    add_entry,
    change_entry,
)
from schoolprivacy.people.undoing import Undo
from ui import messages
from ui.desk import Desk
from ui.fields import DateField, Fields, card, choice, label, text_field
from ui.screens.pupil_words import tell_done
from ui.screens.settings_calendar_rows import kind_name
from ui.screens.settings_dialog import SettingsDialog
from ui.words import tr

_AT = {
    "calendar.title": "title",
    "calendar.order": "last",
    "calendar.too_long": "last",
    "calendar.too_far": "first",
}
"""At which field a refusal is told."""


def _explained(kind: EntryKind) -> str:
    return {
        EntryKind.HOLIDAY: tr(
            "Er is geen school. Noemt u deze bijvoorbeeld “Herfstvakantie”, dan komt hij in de "
            "plaats van die van de regio. Een los vrij stuk, zoals een tweede week meivakantie, "
            "komt erbij."
        ),
        EntryKind.STUDY_DAY: tr(
            "De leerlingen zijn vrij. Er valt geen inleverdatum op een studiedag."
        ),
        EntryKind.MR: tr(
            "Een datum van de medezeggenschapsraad. Staat op de jaarplanner; er is gewoon school."
        ),
        EntryKind.OTHER: tr("Staat op de jaarplanner; er is gewoon school."),
    }[kind]


class EntryDialog(SettingsDialog):
    """What it is, what it is called, its first and last day.

    :param entry: what is changed; with no identifier it is added, filled in so far
    :signal kept: its identifier and its first day
    """

    kept = Signal(str, object)

    def __init__(self, desk: Desk, owner: QWidget, entry: CalendarEntry | None = None) -> None:
        self._id = entry.id if entry else ""
        title = tr("Datum wijzigen") if self._id else tr("Datum of periode toevoegen")
        does = tr("&Opslaan") if self._id else tr("&Toevoegen")
        super().__init__(owner, title, does, height=480)
        self._desk = desk
        self.fields = Fields(2)
        self._about = label("", "small", wrap=True)
        self._add_fields(entry)
        self.body.addWidget(card(self.fields, self._about))
        self.body.addStretch(1)
        self.fields["kind"].currentIndexChanged.connect(lambda _: self._explain())
        self._explain()
        self.fields["kind" if entry is None else "first"].setFocus()

    def _add_fields(self, entry: CalendarEntry | None) -> None:
        add = self.fields.add
        kinds = [(kind_name(each), each) for each in EntryKind]
        add("kind", tr("&Soort"), choice(kinds, entry.kind if entry else EntryKind.STUDY_DAY))
        name = text_field(entry.title if entry else "", longest=LONGEST_TITLE)
        add("title", tr("&Naam"), name, hint=tr("Zo staat het op de jaarplanner."))
        add("first", tr("&Eerste dag"), DateField(entry.first if entry else None))
        is_long = entry is not None and entry.last != entry.first
        add(
            "last",
            tr("&Laatste dag"),
            DateField(entry.last if entry and is_long else None),
            hint=tr("Leeg laten als het één dag is."),
        )

    def _explain(self) -> None:
        self._about.setText(_explained(self.fields["kind"].value()))

    # — storing —

    def confirm(self) -> None:
        """Store it; what is wrong is told at its field."""
        problems = self._problems()
        self.fields.show_problems(problems)
        if problems:
            return
        first: date = self.fields["first"].date()
        last: date = self.fields["last"].date() or first
        title = " ".join(self.fields["title"].text().split())
        try:
            change = self._store(self.fields["kind"].value(), title, first, last)
        except KnownError as error:
            self._refuse(error)
            return
        self.accept()
        said = tr("“{title}” is gewijzigd.") if self._id else tr("“{title}” staat in de kalender.")
        tell_done(self._desk, said.format(title=title), change)
        self.kept.emit(change.about, first)

    def _problems(self) -> dict[str, str]:
        wrong = tr("Dit is geen datum. Typ bijvoorbeeld 3-9-2026.")
        problems = {name: wrong for name in ("first", "last") if self.fields[name].is_wrong()}
        if not self.fields["first"].text().strip():
            problems["first"] = tr("Vul de eerste dag in.")
        return problems

    def _store(self, kind: EntryKind, title: str, first: date, last: date) -> Undo:
        school = self._desk.school
        if self._id:
            return change_entry(school, CalendarEntry(self._id, kind, title, first, last))
        return add_entry(school, kind, title, first, last)

    def _refuse(self, error: KnownError) -> None:
        if error.key in _AT:
            self.fields.show_problems({_AT[error.key]: str(error)})
        else:
            messages.tell_error(self, error)
