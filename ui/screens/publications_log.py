"""The log of what appeared: where, when and of whom; corrected and taken away as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from schoolprivacy.consents.publications.log import (
    Publication,
    delete_publication,
    mark_back,
    mark_removed,
)
from schoolprivacy.errors import KnownError
from schoolprivacy.people.entries import FieldProblem
from ui import messages
from ui.desk import Desk
from ui.fields import DateField, button, label, row, show_date
from ui.screens.channels_parts import page
from ui.screens.channels_words import breakable, tell_at, told_at
from ui.screens.publications_part import Part
from ui.screens.publications_rows import (
    Read,
    publication_columns,
    publication_search,
    shown_words,
    state_words,
)
from ui.screens.pupil_dialog import EntryDialog
from ui.screens.pupil_words import tell_done
from ui.words import tr

THERE, GONE, ALL = "there", "gone", "all"


class LogPart(Part):
    """Newest first.

    :signal wants_new: another publication is to be added
    :signal wants_change: one is to be corrected
    """

    wants_new = Signal()
    wants_change = Signal(object)

    def __init__(self, desk: Desk) -> None:
        only = (
            (tr("Staat er nog"), THERE),
            (tr("Helemaal weggehaald"), GONE),
            (tr("Alles"), ALL),
        )
        super().__init__(desk, tr("Logboek"), publication_columns(), publication_search, only)
        self.only.choose(ALL)
        self._change = button(tr("&Wijzigen…"), self.change, icon="pencil", tip=tr("Enter"))
        self._gone = button(tr("&Alles weggehaald…"), self.mark_gone, icon="check")
        self._back = button(tr("Staat er &toch nog"), self.mark_there, icon="undo-2")
        self._delete = button(
            tr("&Verwijderen"),
            self.delete,
            icon="trash-2",
            kind="danger",
            tip=tr("Als het verkeerd is ingevoerd"),
        )
        acts = (self._change, self._gone, self._back, self._delete)
        self.table.setSelectionMode(self.table.SelectionMode.SingleSelection)
        self.build(tr("Welke plaatsingen"), acts)
        self.table.opened.connect(lambda _: self.change())

    # — what it shows —

    def rows_of(self, read: Read) -> Sequence[Publication]:
        if not read.pupil_id:
            return read.publications
        return [each for each in read.publications if each.id in read.of_pupil]

    def passes(self, value: Publication, only: Any) -> bool:
        return bool(only == ALL or (value.removed_on is None) == (only == THERE))

    def key_of(self, value: Publication) -> object:
        return value.id

    def address(self, value: Publication) -> Sequence[str]:
        return value.place, value.channel.place

    def empty_page(self) -> QWidget:
        said = tr(
            "Schrijf op wanneer er beeld van kinderen verscheen: van welke gebeurtenis, in welk "
            "kanaal, en van welke groepen of kinderen. Er worden geen foto's bewaard. Trekt een "
            "ouder later een ja in, dan weet u meteen waar het kind te zien is en wat er weg "
            "moet. Zonder logboek moet u daarvoor alles doorzoeken."
        )
        add = button(tr("Eerste plaatsing toevoegen"), self.wants_new.emit, icon="plus")
        if not self.may_change:
            add.hide()
        return page(
            label(tr("Er staat nog niets in het logboek."), "heading"),
            label(said, wrap=True),
            row(add, None),
        )

    def tell(self, value: Publication | None) -> None:
        if value is None:
            self.what.setText("")
            self.more.setText("")
            return
        there = value.removed_on is None
        for each in (self._change, self._gone):
            each.setVisible(self.may_change and there)
        self._back.setVisible(self.may_change and not there)
        parts = (
            value.event,
            tr("{channel}, {day}").format(
                channel=value.channel.name, day=show_date(value.appeared_on)
            ),
            breakable(value.where),
            state_words(value),
        )
        self.what.setText(" · ".join(filter(None, parts)))
        who = tr("Te zien: {who}. Opgeschreven op {day} door {name}.")
        self.more.setText(
            who.format(
                who=shown_words(value),
                day=show_date(value.recorded_at.astimezone().date()),
                name=value.recorded_by,
            )
        )

    # — doing —

    def _current(self) -> Publication | None:
        found: Publication | None = self.table.current()
        return found if self.may_change else None

    def change(self) -> None:
        """Correct what was written down."""
        found = self._current()
        if found is None:
            return
        if found.removed_on:
            said = tr("Dit is helemaal weggehaald. Wilt u het wijzigen? Kies eerst “{back}”.")
            self.desk.say(said.format(back=tr("Staat er toch nog")))
        else:
            self.wants_change.emit(found)

    def mark_gone(self) -> None:
        """All of it was taken away."""
        found = self._current()
        if found is not None:
            RemovedDialog(self, self.desk, found).open()

    def mark_there(self) -> None:
        """It is there after all."""
        found = self._current()
        if found is None:
            return
        with messages.told(self):
            change = mark_back(self.desk.school, found.id)
            said = tr("“{event}” staat weer als zichtbaar in het logboek.")
            tell_done(self.desk, said.format(event=found.event), change)

    def delete(self) -> None:
        """It was entered wrongly; with the way back instead of a question."""
        found = self._current()
        if found is None:
            return
        with messages.told(self):
            change = delete_publication(self.desk.school, found.id)
            said = tr("“{event}” is uit het logboek verwijderd.")
            tell_done(self.desk, said.format(event=found.event), change)


class RemovedDialog(EntryDialog):
    """Ask since when all of it is gone."""

    def __init__(self, owner: QWidget, desk: Desk, found: Publication) -> None:
        super().__init__(owner, tr("Alles weggehaald"), tr("Opslaan"), width=540)
        self._desk, self._found = desk, found
        text = tr("{event} ({channel}, {day})").format(
            event=found.event, channel=found.channel.name, day=show_date(found.appeared_on)
        )
        self.body.addWidget(label(text, "strong", wrap=True))
        said = tr(
            "Kies dit als al het beeld van deze plaatsing weg is. Er hoeft dan niemand meer uit "
            "te worden gehaald. De plaatsing blijft in het logboek."
        )
        self.body.addWidget(label(said, "muted", wrap=True))
        today = desk.school.clock.today()
        self.add("on", tr("Weg &sinds"), DateField(today, latest=today), span=2)
        self.body.addWidget(self.fields)
        self.body.addStretch(1)
        self.fields["on"].setFocus()

    def problems(self) -> Iterable[FieldProblem]:
        return ()

    def save(self) -> None:
        day = self.fields["on"].date()
        if day is None:
            tell_at(self, "on", tr("Vul de datum in."))
            return
        try:
            change = mark_removed(self._desk.school, self._found.id, day)
        except KnownError as error:
            told_at(self, error, {"publication.before": "on", "publication.future": "on"})
            return
        self.done(1)
        said = tr("“{event}” staat als weggehaald in het logboek.")
        tell_done(self._desk, said.format(event=self._found.event), change)
