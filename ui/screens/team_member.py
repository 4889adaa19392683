"""Adding somebody at school, changing them, and their last day."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QWidget

from schoolprivacy.consents.team.members import (
    Member,
    MemberEntry,
    MemberKind,
    add_member,
    change_member,
    check_member,
    member_left,
)
from schoolprivacy.contact import read_phone, show_phone
from schoolprivacy.people.entries import FieldProblem
from schoolprivacy.people.names import full_name
from ui.desk import Desk
from ui.fields import DateField, choice, label, show_date, text_field
from ui.screens.pupil_dialog import EntryDialog
from ui.screens.pupil_words import tell_done
from ui.screens.team_rows import kind_word
from ui.words import tr


class MemberDialog(EntryDialog):
    """Add somebody, or change who is there."""

    def __init__(self, owner: QWidget, desk: Desk, member: Member | None = None) -> None:
        title = tr("Iemand toevoegen")
        if member:
            title = tr("{name} wijzigen").format(name=full_name(member))
        super().__init__(owner, title, tr("Opslaan"))
        self._desk, self._member = desk, member
        self._add_fields(member)
        self.body.addWidget(self.fields)
        told = tr(
            "Telefoon en e-mail hoeven niet. Vul ze alleen in als ze op de contactlijst mogen "
            "staan. Een adres of geboortedatum is hier niet nodig."
        )
        self.body.addWidget(label(told, "muted", wrap=True))
        self.body.addStretch(1)
        self.fields["call_name"].setFocus()

    def _add_fields(self, member: Member | None) -> None:
        kinds = [(kind_word(each).capitalize(), each) for each in MemberKind]
        self.add("call_name", tr("&Roepnaam"), text_field(member.call_name if member else ""))
        prefix = text_field(member.prefix if member else "", placeholder=tr("van der"))
        self.add("prefix", tr("&Voorvoegsel"), prefix)
        self.add("surname", tr("&Achternaam"), text_field(member.surname if member else ""))
        self.add("kind", tr("&Op school"), choice(kinds, member.kind if member else None))
        phone = show_phone(member.phone) if member and member.phone else ""
        self.add("phone", tr("&Telefoon"), text_field(phone, longest=40))
        self.add("email", tr("&E-mail"), text_field(member.email if member else ""))

    def entry(self) -> MemberEntry:
        """What stands in the fields."""
        names = ("call_name", "prefix", "surname", "phone", "email")
        texts = {each: self.fields[each].text() for each in names}
        return MemberEntry(kind=self.fields["kind"].value(), **texts)

    def problems(self) -> Iterable[FieldProblem]:
        return check_member(self.entry())

    def tidy(self, name: str) -> None:
        number = read_phone(self.fields["phone"].text()) if name == "phone" else None
        if number:
            self.fields["phone"].setText(show_phone(number))

    def save(self) -> None:
        school, entry = self._desk.school, self.entry()
        if self._member:
            change = change_member(school, self._member.id, entry)
            said = tr("{name} is gewijzigd.")
        else:
            change = add_member(school, entry)
            said = tr("{name} is toegevoegd.")
        self.done(1)
        tell_done(self._desk, said.format(name=full_name(entry)), change)
        if not self._member:
            self._desk.go("team", member=change.about)


class LeftDialog(EntryDialog):
    """Ask for the last day at school."""

    def __init__(self, owner: QWidget, desk: Desk, member: Member) -> None:
        title = tr("{name} gaat weg").format(name=full_name(member))
        super().__init__(owner, title, tr("Opslaan"), width=520)
        self._desk, self._member = desk, member
        self.add(
            "left_on",
            tr("&Laatste dag op school"),
            DateField(member.left_on or desk.school.clock.today()),
            hint=tr("Na deze dag staat de naam op geen lijst meer. De antwoorden blijven bewaard."),
            span=2,
        )
        self.body.addWidget(self.fields)
        self.body.addStretch(1)
        self.fields["left_on"].setFocus()

    def problems(self) -> Iterable[FieldProblem]:
        return ()

    def save(self) -> None:
        day = self.fields["left_on"].date()
        if day is None:
            self.show_trouble(tr("Vul de laatste dag op school in."))
            return
        change = member_left(self._desk.school, self._member.id, day)
        self.done(1)
        said = tr("Laatste dag van {name}: {day}.")
        said = said.format(name=full_name(self._member), day=show_date(day))
        tell_done(self._desk, said, change)


def come_back(desk: Desk, member: Member) -> None:
    """Somebody works or helps here again.

    :raises RefusedError: there is no such person
    """
    change = member_left(desk.school, member.id, None)
    tell_done(desk, tr("{name} is er weer.").format(name=full_name(member)), change)
