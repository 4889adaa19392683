"""The dialogues on a channel: what it is, and from which day it is closed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from schoolprivacy.consents.publications.channels import (
    Channel,
    ChannelEntry,
    ChannelKind,
    add_channel,
    change_channel,
    close_channel,
)
from schoolprivacy.consents.terms import Purpose
from schoolprivacy.errors import KnownError
from schoolprivacy.people.directory import groups
from schoolprivacy.people.entries import FieldProblem
from schoolprivacy.people.names import group_label
from ui.desk import Desk
from ui.fields import DateField, choice, label, text_field
from ui.screens.channels_rows import purpose_name
from ui.screens.channels_words import kind_word, tell_at, told_at
from ui.screens.pupil_dialog import EntryDialog
from ui.screens.pupil_words import tell_done
from ui.theme import px
from ui.words import tr

_LONGEST_NAME = 60
_PLACES = {
    "channel.name": "name",
    "channel.twice": "name",
    "channel.future": "since",
    "channel.before_start": "since",
    "channel.medium": "medium",
    "channel.one_purpose": "purpose",
    "channel.purpose_taken": "purpose",
    "channel.other_purpose": "purpose",
}


class ChannelDialog(EntryDialog):
    """Add a channel, or change what it is.

    :param purposes: those for pictures, to choose from
    :param before: the channel that is changed; a new one without
    """

    def __init__(
        self,
        owner: QWidget,
        desk: Desk,
        purposes: Sequence[Purpose],
        before: Channel | None = None,
    ) -> None:
        title = tr("Nieuw kanaal")
        if before:
            title = tr("{name} wijzigen").format(name=before.name)
        super().__init__(owner, title, tr("Opslaan"), width=700)
        self._desk, self._old = desk, before
        self._purposes = purposes
        was = before or ChannelEntry("", ChannelKind.WEBSITE)
        self._add_what(was)
        self._add_who(was)
        self._ticks = _Purposes([each for each in purposes if not each.social_medium])
        self._ticks.choose(was.purposes)
        self.body.addWidget(self.fields)
        self.body.addWidget(self._ticks)
        self.body.addStretch(1)
        self.fields["kind"].currentIndexChanged.connect(lambda _: self._show_kind())
        self._show_kind()
        self.fields["name"].setFocus()

    def _add_what(self, was: ChannelEntry) -> None:
        self.add(
            "name",
            tr("&Naam"),
            text_field(was.name, longest=_LONGEST_NAME),
            hint=tr("Zoals u het kanaal op school noemt."),
        )
        kinds = [(kind_word(each), each) for each in ChannelKind]
        self.add("kind", tr("&Soort"), choice(kinds, was.kind))
        self.add(
            "medium",
            tr("Welk &medium"),
            text_field(was.medium),
            hint=tr("Bijvoorbeeld Facebook. Alle accounts van één medium delen één doel."),
        )
        social = [(purpose_name(each), each.code) for each in self._purposes if each.social_medium]
        chosen = was.purposes[0] if was.purposes else ""
        self.add(
            "purpose",
            tr("&Doel van dit medium"),
            choice([(tr("nog geen"), ""), *social], chosen),
            hint=tr("Staat het er niet bij? Maak het eerst bij Instellingen, Doelen."),
        )

    def _add_who(self, was: ChannelEntry) -> None:
        self.add(
            "place",
            tr("&Adres of plek"),
            text_field(was.place, placeholder="https://"),
            hint=tr("Waar het te vinden is: een webadres, of waar het hangt of ligt."),
            span=2,
        )
        who = [(tr("iedereen"), True), (tr("besloten: alleen wie is toegelaten"), False)]
        self.add("is_public", tr("&Wie kan het zien"), choice(who, was.is_public))
        self.add("owner", tr("&Beheerder"), text_field(was.owner))
        named = groups(self._desk.school)
        if was.group_name and was.group_name not in named:
            named.append(was.group_name)
        offered = [(tr("de hele school"), ""), *((group_label(each), each) for each in named)]
        self.add("group_name", tr("&Van welke groep"), choice(offered, was.group_name))
        today = self._desk.school.clock.today()
        self.add(
            "since",
            tr("S&inds"),
            DateField(was.since, latest=today),
            hint=tr("Mag leeg blijven."),
        )

    def _show_kind(self) -> None:
        """A social medium has one purpose of its own; anything else has any of the others."""
        is_social = self.fields["kind"].value() is ChannelKind.SOCIAL
        for each in ("medium", "purpose"):
            self.fields.set_shown(each, is_social)
        self._ticks.setVisible(not is_social)

    def problems(self) -> Iterable[FieldProblem]:
        return ()

    def _entry(self) -> ChannelEntry:
        of = self.fields
        is_social = of["kind"].value() is ChannelKind.SOCIAL
        one = (of["purpose"].value(),) if of["purpose"].value() else ()
        return ChannelEntry(
            of["name"].text(),
            of["kind"].value(),
            of["place"].text(),
            of["owner"].text(),
            of["group_name"].value(),
            of["is_public"].value(),
            of["medium"].text(),
            of["since"].date(),
            one if is_social else self._ticks.chosen(),
        )

    def save(self) -> None:
        school, entry = self._desk.school, self._entry()
        try:
            if self._old is None:
                change, said = add_channel(school, entry), tr("Kanaal “{name}” toegevoegd.")
            else:
                change = change_channel(school, self._old.id, entry)
                said = tr("Kanaal “{name}” gewijzigd.")
        except KnownError as error:
            told_at(self, error, _PLACES)
            return
        self.done(1)
        tell_done(self._desk, said.format(name=" ".join(entry.name.split())), change)


class _Purposes(QWidget):
    """Which of the purposes cover the channel, each with a tick."""

    def __init__(self, purposes: Sequence[Purpose]) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(px(16))
        grid.setVerticalSpacing(px(2))
        said = label(tr("Voor welke doelen vraagt de school hiervoor toestemming?"), wrap=True)
        grid.addWidget(said, 0, 0, 1, 2)
        self._boxes = {each.code: QCheckBox(_shown(purpose_name(each))) for each in purposes}
        half = (len(purposes) + 1) // 2
        for place, each in enumerate(purposes):
            box = self._boxes[each.code]
            box.setAccessibleName(purpose_name(each))
            grid.addWidget(box, 1 + place % half, place // half)
        hint = tr("Zonder doel is niemand om toestemming gevraagd: er mag dan geen kind in beeld.")
        grid.addWidget(label(hint, "small", wrap=True), 1 + half, 0, 1, 2)
        for column in range(2):
            grid.setColumnStretch(column, 1)

    def choose(self, codes: Iterable[str]) -> None:
        """Tick these."""
        for each in codes:
            if each in self._boxes:
                self._boxes[each].setChecked(True)

    def chosen(self) -> tuple[str, ...]:
        """The codes of what is ticked."""
        return tuple(code for code, box in self._boxes.items() if box.isChecked())


def _shown(text: str) -> str:
    return text.replace("&", "&&")


class CloseChannelDialog(EntryDialog):
    """Ask from which day on nothing appears in it any more."""

    def __init__(self, owner: QWidget, desk: Desk, channel: Channel) -> None:
        title = tr("{name} sluiten").format(name=channel.name)
        super().__init__(owner, title, tr("Sluiten"), width=520)
        self._desk, self._channel = desk, channel
        today = desk.school.clock.today()
        said = tr(
            "Na deze dag verschijnt er niets meer in dit kanaal. Wat er eerder stond, blijft in "
            "het logboek. Staat er nog beeld? Dan blijft dat een taak als een ouder nee zegt."
        )
        self.body.addWidget(label(said, "muted", wrap=True))
        self.add("on", tr("&Laatste dag"), DateField(today, latest=today), span=2)
        self.body.addWidget(self.fields)
        self.body.addStretch(1)
        self.fields["on"].setFocus()

    def problems(self) -> Iterable[FieldProblem]:
        return ()

    def save(self) -> None:
        day = self.fields["on"].date()
        if day is None:
            tell_at(self, "on", tr("Vul de laatste dag in."))
            return
        try:
            change = close_channel(self._desk.school, self._channel.id, day)
        except KnownError as error:
            told_at(self, error, {"channel.future": "on", "channel.before_start": "on"})
            return
        self.done(1)
        said = tr("Kanaal “{name}” is gesloten.").format(name=self._channel.name)
        tell_done(self._desk, said, change)
