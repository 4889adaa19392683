"""A guardian as somebody types one: a person, or an institution with a contact person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from schoolprivacy.people.carers import add_guardian_to, change_guardian
from schoolprivacy.people.dossier import Carer, guardian_entry, reveal_secret
from schoolprivacy.people.entries import (
    FieldProblem,
    GuardianEntry,
    check_guardian,
    normal_guardian,
)
from schoolprivacy.people.names import guardian_name
from ui import messages
from ui.desk import Desk
from ui.fields import button, choice, label, notice, row, text_field
from ui.screens.pupil_authority import authority_field, relation_field
from ui.screens.pupil_dialog import EntryDialog
from ui.screens.pupil_phones import PhonesField
from ui.screens.pupil_words import tell_done, together
from ui.words import tr

_ADDRESS = ("street", "house_number", "postcode", "place")
_NAMES = ("institution", "initials", "call_name", "prefix", "surname")


class GuardianDialog(EntryDialog):
    """The fields of one guardian; tells what was ``entered`` and stores nothing itself.

    :param near: guardians of the same child, whose address can be taken over
    :param linked: also ask what the guardian is to the child
    """

    entered = Signal(object)

    def __init__(
        self,
        owner: QWidget,
        desk: Desk,
        title: str,
        entry: GuardianEntry,
        near: Sequence[GuardianEntry] = (),
        *,
        linked: bool = True,
    ) -> None:
        super().__init__(owner, title, tr("Opslaan"))
        self.desk = desk
        self._entry = entry
        self._linked = linked
        self._neighbour = next((each for each in near if each.street or each.postcode), None)
        self.add_above(entry)
        self._add_names()
        if linked:
            self._add_link()
        self._add_contact()
        self.body.addWidget(self.fields)
        self.body.addStretch(1)
        self._show_kind()
        self.fields["initials"].setFocus()

    def add_above(self, entry: GuardianEntry) -> None:
        """What must be read before the fields."""

    # — fields —

    def _add_names(self) -> None:
        entry = self._entry
        kinds = [
            (tr("Ouder of verzorger"), False),
            (tr("Instelling (voogdij)"), True),
        ]
        self.add("kind", tr("&Wie"), choice(kinds, bool(entry.institution)), span=2)
        self.add(
            "institution",
            tr("&Instelling"),
            text_field(entry.institution),
            hint=tr("Hieronder komt de contactpersoon, als die er is."),
            span=2,
        )
        self.add("initials", tr("V&oorletters"), text_field(entry.initials))
        self.add("call_name", tr("Voor&naam"), text_field(entry.call_name))
        self.add("prefix", tr("&Voorvoegsel"), text_field(entry.prefix, placeholder=tr("van der")))
        self.add("surname", tr("&Achternaam"), text_field(entry.surname))
        self.fields["kind"].currentIndexChanged.connect(self._show_kind)

    def _add_link(self) -> None:
        self.add("relation", tr("&Relatie met het kind"), relation_field(self._entry.relation))
        self.add(
            "authority",
            tr("&Gezag"),
            authority_field(self._entry.authority),
            hint=tr("Niet zeker? Kies onbekend."),
        )

    def _add_contact(self) -> None:
        entry = self._entry
        if self._neighbour:
            same = button(tr("Zelfde adres als de andere ouder"), self._take_address, kind="link")
            self.fields.add("same", "", same, span=2)
            same.setAccessibleName(same.text())
        if entry.knows_address:
            self._add_address(entry)
        self.add(
            "address_secret",
            tr("Geheim adres"),
            QCheckBox(tr("G&eheim adres")),
            hint=_about_secret_address(),
            span=2,
        )
        self.fields["address_secret"].setChecked(entry.address_secret)
        self.add("email", tr("E-&mail"), text_field(entry.email), span=2)
        if entry.knows_phones:
            phones = PhonesField(entry.phones)
            self.add("phones", tr("&Telefoon"), phones, span=2)
            phones.left.connect(lambda: self.judge_left("phones"))
        self.add(
            "phone_secret",
            tr("Geheim nummer"),
            QCheckBox(tr("Ge&heim nummer")),
            hint=_about_secret_phones(),
            span=2,
        )
        self.fields["phone_secret"].setChecked(entry.phone_secret)

    def _add_address(self, entry: GuardianEntry) -> None:
        self.add("street", tr("&Straat"), text_field(entry.street))
        self.add("house_number", tr("H&uisnummer"), text_field(entry.house_number, longest=20))
        self.add("postcode", tr("&Postcode"), text_field(entry.postcode, longest=20))
        self.add("place", tr("P&laats"), text_field(entry.place))

    def _show_kind(self) -> None:
        self.fields.set_shown("institution", self.fields["kind"].value())

    def _take_address(self) -> None:
        if self._neighbour:
            for name in _ADDRESS:
                self.fields[name].setText(getattr(self._neighbour, name))
            if self._neighbour.address_secret:
                self.fields["address_secret"].setChecked(True)

    # — judging and storing —

    def tidy(self, name: str) -> None:
        normal = normal_guardian(self.entry())
        if name in ("postcode", "initials", "email"):
            self.fields[name].setText(getattr(normal, name))

    def entry(self) -> GuardianEntry:
        """What stands in the fields."""
        filled = {n: self.fields[n].text() for n in (*_NAMES, "email")}
        if not self.fields["kind"].value():
            filled["institution"] = ""
        if self._entry.knows_address:
            filled |= {n: self.fields[n].text() for n in _ADDRESS}
        made = replace(
            self._entry,
            **filled,
            address_secret=self.fields["address_secret"].isChecked(),
            phone_secret=self.fields["phone_secret"].isChecked(),
        )
        if self._entry.knows_phones:
            made = replace(made, phones=self.fields["phones"].numbers())
        if self._linked:
            relation, authority = self.fields["relation"].text(), self.fields["authority"]
            made = replace(made, relation=relation, authority=authority.value())
        return made

    def problems(self) -> Iterable[FieldProblem]:
        return check_guardian(self.entry())

    def save(self) -> None:
        self.entered.emit(normal_guardian(self.entry()))
        self.done(1)


class AddGuardianDialog(GuardianDialog):
    """Add a guardian nobody knew yet to a child."""

    def __init__(
        self, owner: QWidget, desk: Desk, pupil_id: str, near: Sequence[GuardianEntry]
    ) -> None:
        title = tr("Ouder of verzorger toevoegen")
        super().__init__(owner, desk, title, GuardianEntry(), near)
        self._pupil_id = pupil_id

    def save(self) -> None:
        change = add_guardian_to(self.desk.school, self._pupil_id, self.entry())
        self.done(1)
        tell_done(self.desk, tr("De ouder of verzorger is toegevoegd."), change)


class ChangeGuardianDialog(GuardianDialog):
    """Change a guardian; what is secret is shown only to who asks for it.

    :param others: call names of the other children this holds for
    """

    def __init__(
        self,
        owner: QWidget,
        desk: Desk,
        carer: Carer,
        others: Sequence[str],
        entry: GuardianEntry | None = None,
    ) -> None:
        self._owner, self._carer, self._others = owner, carer, others
        title = tr("{name} wijzigen").format(name=guardian_name(carer.link.guardian))
        super().__init__(owner, desk, title, entry or guardian_entry(carer), linked=False)

    def add_above(self, entry: GuardianEntry) -> None:
        if self._others:
            told = tr("Wat u wijzigt, geldt ook voor {names}.").format(names=together(self._others))
            self.body.addWidget(notice(told))
        if not entry.knows_address or not entry.knows_phones:
            self.body.addWidget(
                label(tr("Geheime gegevens staan hier niet en blijven zoals ze zijn."), wrap=True)
            )
            shows = button(tr("Geheime &gegevens tonen"), self._reveal, icon="eye")
            self.body.addWidget(row(shows, None))

    def _reveal(self) -> None:
        """Go on in a dialogue that has all fields, with what was typed so far."""
        with messages.told(self):
            seen = reveal_secret(self.desk.school, self._carer.link.guardian.id)
            typed = self.entry()
            hidden: tuple[str, ...] = () if typed.knows_address else _ADDRESS
            hidden += () if typed.knows_phones else ("phones",)
            known = {name: getattr(seen, name) for name in hidden}
            entry = replace(typed, **known, knows_address=True, knows_phones=True)
            following = ChangeGuardianDialog(
                self._owner, self.desk, self._carer, self._others, entry
            )
            following.touched = self.is_filled_in()
            self.done(0)
            following.open()

    def save(self) -> None:
        change = change_guardian(self.desk.school, self._carer.link.guardian.id, self.entry())
        self.done(1)
        name = guardian_name(self._carer.link.guardian)
        tell_done(self.desk, tr("{name} is gewijzigd.").format(name=name), change)


def _about_secret_address() -> str:
    return tr(
        "Dit adres komt op geen enkele brief of lijst, en is alleen te zien voor wie erom vraagt. "
        "Brieven gaan mee met het kind."
    )


def _about_secret_phones() -> str:
    return tr("Deze nummers komen op geen enkele lijst.")
