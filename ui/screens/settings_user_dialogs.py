"""Dialogues about the people who may open the school file."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from schoolprivacy.access.actions import (
    add_person,
    change_own_passphrase,
    change_role,
    rename_person,
    reset_passphrase,
)
from schoolprivacy.access.terms import Role
from schoolprivacy.errors import KnownError, UnlockError
from schoolprivacy.school import PAPER_KEY, StaffMember
from ui import messages
from ui.desk import Desk
from ui.fields import Fields, card, choice, label, text_field
from ui.passphrases import NewPassphrase, SecretEntry
from ui.screens.settings_dialog import SettingsDialog
from ui.screens.settings_secret import ColleagueSecret, take_new
from ui.words import tr

_LONGEST_NAME = 60
_AT_THE_PASSPHRASE = ("passphrase.short", "passphrase.taken")


def role_name(role: str) -> str:
    """What somebody is, in Dutch."""
    return {
        Role.DIRECTOR: tr("Directie"),
        Role.ADMINISTRATION: tr("Administratie"),
        Role.COUNSELLOR: tr("Intern begeleider"),
        Role.TEACHER: tr("Leerkracht"),
        Role.DPO: tr("Functionaris gegevensbescherming"),
        PAPER_KEY: tr("Papieren sleutel"),
    }[role]


def _roles() -> list[tuple[str, Role]]:
    return [(role_name(each), each) for each in (Role.ADMINISTRATION, Role.DIRECTOR)]


class _KeyDialog(SettingsDialog):
    """A dialogue whose work makes keys, which takes a moment."""

    def __init__(self, desk: Desk, owner: QWidget, title: str, does: str) -> None:
        super().__init__(owner, title, does)
        self.desk = desk

    def run(self, work: Callable[[], object], said: str) -> None:
        """Do it beside the windows; close when it is done, tell at the field when it is refused."""

        def done(_: object) -> None:
            self.accept()
            self.desk.tell_change()
            self.desk.say(said)

        def failed(error: BaseException) -> None:
            if not (isinstance(error, KnownError) and self.refuse(error)):
                messages.tell_error(self, error)

        self.desk.run(
            tr("De sleutels maken"), lambda _: work(), done, failed=failed, may_stop=False
        )

    def refuse(self, error: KnownError) -> bool:
        """Tell it at its field; False when it belongs to none."""
        return False


class _ColleagueDialog(_KeyDialog):
    """A dialogue in which a colleague gets a passphrase."""

    def __init__(self, desk: Desk, owner: QWidget, title: str, does: str) -> None:
        super().__init__(desk, owner, title, does)
        self.secret = ColleagueSecret()

    def refuse(self, error: KnownError) -> bool:
        if error.key in _AT_THE_PASSPHRASE:
            self.secret.refuse(str(error))
        return error.key in _AT_THE_PASSPHRASE


class AddPersonDialog(_ColleagueDialog):
    """Name, role and passphrase of somebody new."""

    def __init__(self, desk: Desk, owner: QWidget) -> None:
        super().__init__(desk, owner, tr("Nieuwe gebruiker"), tr("&Toevoegen"))
        self.fields = _about()
        self.body.addWidget(card(self.fields))
        self.body.addWidget(card(self.secret))
        self.body.addStretch(1)
        self.fields["name"].setFocus()

    def confirm(self) -> None:
        if _has_name(self.fields):
            self.secret.take(self._add)

    def _add(self, passphrase: str) -> None:
        name, role = self.fields["name"].text(), self.fields["role"].currentData()
        self.run(
            lambda: add_person(self.desk.school, name, role, passphrase),
            tr("{name} kan het bestand nu openen.").format(name=" ".join(name.split())),
        )


class ResetPassphraseDialog(_ColleagueDialog):
    """A new passphrase for who forgot theirs."""

    def __init__(self, desk: Desk, member: StaffMember, owner: QWidget) -> None:
        title = tr("Nieuwe wachtzin voor {name}").format(name=member.name)
        super().__init__(desk, owner, title, tr("Ver&nieuwen"))
        self._member = member
        self.body.addWidget(
            label(tr("De oude wachtzin opent hierna niets meer."), "muted", wrap=True)
        )
        self.body.addWidget(card(self.secret))
        self.body.addStretch(1)
        self.secret.here.setFocus()

    def confirm(self) -> None:
        self.secret.take(
            lambda passphrase: self.run(
                lambda: reset_passphrase(self.desk.school, self._member.id, passphrase),
                tr("{name} heeft een nieuwe wachtzin.").format(name=self._member.name),
            )
        )


class OwnPassphraseDialog(_KeyDialog):
    """Another passphrase for who is working now; the present one is asked first."""

    def __init__(self, desk: Desk, owner: QWidget) -> None:
        super().__init__(desk, owner, tr("Mijn wachtzin wijzigen"), tr("Wijzi&gen"))
        self.present = SecretEntry(tr("&Huidige wachtzin"))
        self.new = NewPassphrase()
        self.body.addWidget(card(self.present))
        self.body.addWidget(card(label(tr("Nieuwe wachtzin"), "strong"), self.new))
        self.body.addStretch(1)
        self.present.setFocus()

    def confirm(self) -> None:
        if not self.present.secret():
            self.present.show_error(UnlockError("unlock.wrong"))
        else:
            take_new(self.new, self._change)

    def _change(self, passphrase: str) -> None:
        present = self.present.secret()

        def work() -> None:
            school = self.desk.school
            if school.whose(present).id != school.who.id:
                raise UnlockError("unlock.wrong")
            change_own_passphrase(school, passphrase)

        self.run(work, tr("Uw nieuwe wachtzin werkt. De oude opent niets meer."))

    def refuse(self, error: KnownError) -> bool:
        if isinstance(error, UnlockError):
            self.present.show_error(error)
        elif error.key in _AT_THE_PASSPHRASE:
            self.new.refuse(str(error))
        return isinstance(error, UnlockError) or error.key in _AT_THE_PASSPHRASE


class ChangePersonDialog(SettingsDialog):
    """Another name or role for somebody."""

    def __init__(self, desk: Desk, member: StaffMember, owner: QWidget) -> None:
        title = tr("{name} wijzigen").format(name=member.name)
        super().__init__(owner, title, tr("&Opslaan"), height=380)
        self._desk, self._member = desk, member
        self.fields = _about(member.name, member.role)
        self.body.addWidget(card(self.fields))
        self.body.addWidget(
            label(
                tr(
                    "De directie beheert gebruikers en de papieren sleutel. Voor de rest kunnen "
                    "beide rollen hetzelfde."
                ),
                "muted",
                wrap=True,
            )
        )
        self.body.addStretch(1)
        self.fields["name"].setFocus()

    def confirm(self) -> None:
        if not _has_name(self.fields):
            return
        name, role = " ".join(self.fields["name"].text().split()), self.fields["role"].currentData()
        own = self._member.id == self._desk.school.who.id
        if own and role is not Role.DIRECTOR and self._member.role == Role.DIRECTOR:
            messages.confirm(
                self,
                tr(
                    "U kunt hierna zelf geen gebruikers meer beheren, en dit ook niet zelf "
                    "terugdraaien."
                ),
                tr("Rol wijzigen"),
                lambda: self._change(name, role, may_undo=False),
            )
        else:
            self._change(name, role, may_undo=True)

    def _change(self, name: str, role: str, *, may_undo: bool) -> None:
        before = self._member

        def undo() -> None:
            self._store(name, role, before.name, before.role)
            self._desk.tell_change()

        with messages.told(self):
            self._store(before.name, before.role, name, role)
            self.accept()
            self._desk.tell_change()
            said = tr("{name} is nu {role}.") if role != before.role else tr("Opgeslagen: {name}.")
            self._desk.say(
                said.format(name=name, role=role_name(role).lower()), undo if may_undo else None
            )

    def _store(self, old_name: str, old_role: str, name: str, role: str) -> None:
        """Both or neither."""
        school, member = self._desk.school, self._member.id
        if name != old_name:
            rename_person(school, member, name)
        try:
            if role != old_role:
                change_role(school, member, Role(role))
        except KnownError:
            rename_person(school, member, old_name)
            raise


def _about(name: str = "", role: str = Role.ADMINISTRATION) -> Fields:
    made = Fields(2)
    made.add("name", tr("&Naam, zoals collega's die zien"), text_field(name, longest=_LONGEST_NAME))
    made.add("role", tr("&Rol"), choice(_roles(), role))
    return made


def _has_name(fields: Fields) -> bool:
    named = bool(fields["name"].text().strip())
    fields.show_problems({} if named else {"name": tr("Vul een naam in.")})
    return named
