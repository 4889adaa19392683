"""Writing down that pictures appeared, with who of them has no yes for that channel."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QBoxLayout, QWidget

from schoolprivacy.consents.publications.channels import Channel
from schoolprivacy.consents.publications.log import (
    MayNot,
    NewPublication,
    Publication,
    change_publication,
    groups_of_day,
    record_publication,
    who_may_not,
)
from schoolprivacy.errors import KnownError
from schoolprivacy.people.directory import directory
from schoolprivacy.people.entries import FieldProblem
from schoolprivacy.people.names import full_name
from schoolprivacy.school import School
from ui import jobs, messages
from ui.answers import signs
from ui.desk import Desk
from ui.fields import DateField, choice, label, text_field
from ui.screens.channels_parts import Warn
from ui.screens.channels_words import channel_choice, tell_at, told_at
from ui.screens.publications_who import Children, Groups
from ui.screens.pupil_dialog import EntryDialog
from ui.screens.pupil_words import tell_done
from ui.theme import px
from ui.words import counted, tr

_PAUSE = 200  # milliseconds of rest before it is looked up who may not be in it
_NAMED = 4
_LONGEST_EVENT, _LONGEST_PLACE = 80, 200
_PLACES = {
    "publication.event": "event",
    "publication.place": "place",
    "publication.future": "appeared_on",
    "publication.channel_not_open": "channel",
}
_ABOUT_WHO = ("publication.nobody", "publication.groups")


class PublicationDialog(EntryDialog):
    """Add to the log, or correct what stands in it.

    :param channel: identifier of the channel that is proposed
    :param saved: gets the identifier of the channel that was chosen
    """

    def __init__(
        self,
        owner: QWidget,
        desk: Desk,
        channels: Sequence[Channel],
        before: Publication | None = None,
        *,
        channel: str = "",
        saved: Callable[[str], None] | None = None,
    ) -> None:
        title = tr("Plaatsing wijzigen") if before else tr("Nieuwe plaatsing")
        super().__init__(owner, title, tr("Opslaan"), width=720)
        self._desk, self._old, self._saved = desk, before, saved
        self._behind = owner.window()
        self._channels = {each.id: each for each in channels}
        self._found: list[MayNot] = []
        self._looked_at: NewPublication | None = None
        self._add_fields(before, before.channel.id if before else channel)
        self._groups = Groups()
        everyone = directory(desk.school, leavers=True)
        named = [each.id for each in before.pupils] if before else []
        self._children = Children(everyone, named)
        self._warn = Warn(tr("Alle &namen"), self._tell_all)
        self._build()
        self._soon = QTimer(self, singleShot=True, interval=_PAUSE)
        self._soon.timeout.connect(self._look)
        for signal in (self.fields.changed, self._groups.changed, self._children.changed):
            signal.connect(self._note_change)
        self._note_change()
        self.fields["event"].setFocus()

    def _add_fields(self, before: Publication | None, channel: str) -> None:
        today = self._desk.school.clock.today()
        self.add(
            "event",
            tr("Beeld v&an"),
            text_field(before.event if before else "", longest=_LONGEST_EVENT),
            hint=tr("Bijvoorbeeld: Sinterklaas, schoolreis groep 5."),
            span=2,
        )
        self.add(
            "appeared_on",
            tr("&Verschenen op"),
            DateField(before.appeared_on if before else today, latest=today),
        )
        of_choice = sorted(self._channels.values(), key=lambda each: each.closed_on is not None)
        offered = [(channel_choice(each), each.id) for each in of_choice]
        self.add("channel", tr("&Kanaal"), choice(offered, channel))
        self.add(
            "place",
            tr("&Waar precies"),
            text_field(before.place if before else "", longest=_LONGEST_PLACE),
            hint=tr("Een webadres, album of nummer, zodat u het terugvindt. Mag leeg blijven."),
            span=2,
        )

    def _build(self) -> None:
        self.body.addWidget(self.fields)
        self.body.addWidget(label(tr("Wie is er te zien?"), "strong"))
        said = tr(
            "Kies de groepen die er (misschien) op staan, of de kinderen die herkenbaar zijn."
        )
        self.body.addWidget(label(said, "muted", wrap=True))
        self.body.addWidget(self._groups)
        self.body.addWidget(self._children)
        self.body.addStretch(1)
        layout = self.layout()
        if isinstance(layout, QBoxLayout):
            layout.insertWidget(layout.count() - 1, self._warn)  # always in view
        self._offer_groups(self._old.groups if self._old else ())

    def open(self) -> None:
        """With room for who is found, and for who has no yes."""
        super().open()
        room = self._behind.height() - px(40)
        self.resize(self.width(), min(self.height() + px(200), room))

    # — what was filled in —

    def problems(self) -> Iterable[FieldProblem]:
        return ()

    def _day(self) -> date | None:
        field: DateField = self.fields["appeared_on"]
        return None if field.is_wrong() else field.date()

    def _typed(self, day: date) -> NewPublication:
        return NewPublication(
            self.fields["event"].text(),
            day,
            self.fields["channel"].value() or "",
            self.fields["place"].text(),
            self._groups.chosen(),
            self._children.chosen(),
        )

    def _offer_groups(self, chosen: Sequence[str]) -> None:
        day = self._day()
        if day is not None:
            self._groups.offer(groups_of_day(self._desk.school, day), chosen)

    # — who may not —

    def _note_change(self) -> None:
        self._soon.start()

    def _look(self) -> None:
        """Look up who has no yes, beside the windows."""
        self._offer_groups(self._groups.chosen())
        day = self._day()
        if day is None:
            return
        wanted, school = self._typed(day), self._desk.school

        def show(found: list[MayNot]) -> None:
            self._show_found(wanted, found)

        jobs.quietly(
            self, lambda: _may_not(school, wanted), show, lambda e: self._cannot_look(wanted, e)
        )

    def _cannot_look(self, wanted: NewPublication, error: BaseException) -> None:
        """What is known to be wrong is told on saving."""
        self._show_found(wanted, [])
        if not isinstance(error, KnownError):
            messages.tell_error(self, error)

    def _show_found(self, wanted: NewPublication, found: list[MayNot]) -> None:
        self._looked_at, self._found = wanted, found
        if not found:
            self._warn.say("")
            return
        channel = self._channels[wanted.channel_id].name
        named = ", ".join(_spoken(each) for each in found[:_NAMED])
        more = len(found) - _NAMED
        if more > 0:
            named = tr("{named} en nog {n}").format(named=named, n=more)
        who = counted(len(found), tr("kind heeft"), tr("kinderen hebben"))
        text = tr("{who} nu geen ja voor {channel}: {named}.")
        self._warn.say(text.format(who=who, channel=channel, named=named))
        self._warn.act.setVisible(more > 0)

    def _tell_all(self) -> None:
        text = "\n".join(_spoken(each) for each in self._found)
        messages.tell(self, text, heading=tr("Geen ja voor dit kanaal"))

    # — storing —

    def save(self) -> None:
        day = self._day()
        if day is None:
            tell_at(self, "appeared_on", tr("Vul de datum in."))
            return
        new = self._typed(day)
        if self._must_read(new):
            said = tr("Nog niet opgeslagen. Lees eerst wie er geen ja heeft. Klopt het? Sla op.")
            self.show_trouble(said)
            return
        self.show_trouble("")
        try:
            self._store(new)
        except KnownError as error:
            if error.key in _ABOUT_WHO:
                self.show_trouble(str(error))
            else:
                told_at(self, error, _PLACES)

    def _must_read(self, new: NewPublication) -> bool:
        """Whether somebody may not be in it who was not yet on the screen."""
        if _who(new) == (self._looked_at and _who(self._looked_at)):
            return False
        try:
            found = _may_not(self._desk.school, new)
        except KnownError:
            return False  # it cannot be stored either, which is told
        self._show_found(new, found)
        return bool(found)

    def _store(self, new: NewPublication) -> None:
        school = self._desk.school
        if self._old is None:
            change, said = record_publication(school, new), tr("“{event}” staat in het logboek.")
        else:
            change = change_publication(school, self._old.id, new)
            said = tr("“{event}” is gewijzigd.")
        self.done(1)
        if self._saved:
            self._saved(new.channel_id)
        tell_done(self._desk, said.format(event=" ".join(new.event.split())), change)


def _may_not(school: School, new: NewPublication) -> list[MayNot]:
    if not (new.channel_id and (new.groups or new.pupil_ids)):
        return []
    return who_may_not(school, new.channel_id, new.groups, new.pupil_ids, new.appeared_on)


def _who(new: NewPublication) -> tuple[object, ...]:
    """What decides who may not be in it."""
    return new.channel_id, new.appeared_on, set(new.groups), set(new.pupil_ids)


def _spoken(found: MayNot) -> str:
    """``Noor ter Braak (nee)``: the worst answer, or that the child itself must be asked."""
    said = tr("eerst vragen")
    if found.missing:
        said = signs()[found.missing[0][1]].word.lower()
        if not found.missing[0][0]:
            said = tr("geen doel")
    return f"{full_name(found.child.pupil)} ({said})"
