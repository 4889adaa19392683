"""Settings: who may open the school file, and what they may do."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from schoolprivacy.access.actions import people, remove_person
from schoolprivacy.access.terms import Role
from schoolprivacy.school import PAPER_KEY, StaffMember
from ui import messages
from ui.desk import Desk
from ui.fields import button, card, label, notice, row
from ui.screens.settings_section import Section
from ui.screens.settings_user_dialogs import (
    AddPersonDialog,
    ChangePersonDialog,
    OwnPassphraseDialog,
    ResetPassphraseDialog,
    role_name,
)
from ui.table import Column, Rows, Table
from ui.theme import px
from ui.words import tr


class UsersSection(Section):
    """Everybody with a passphrase; the director adds, changes and removes them."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            tr("Gebruikers"),
            tr("Ieder heeft een eigen wachtzin. In het logboek staat wie wat deed."),
        )
        self._rows = Rows(self._columns())
        self.table = Table(tr("Gebruikers"))
        self.table.setSelectionMode(Table.SelectionMode.SingleSelection)
        self.table.setMinimumHeight(px(190))
        self.table.show_rows(self._rows, lambda each: each.name)
        self.table.opened.connect(lambda _: self.change())
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._allow())
        self._alone = notice(
            tr(
                "Er is maar één gebruiker. Is die er niet, dan kan niemand bij de gegevens, "
                "behalve met de papieren sleutel. Voeg een tweede toe."
            )
        )
        self._no_manager = notice(
            tr(
                "Alleen de directie kan gebruikers toevoegen, wijzigen en verwijderen. Uw eigen "
                "wachtzin wijzigen kan wel."
            )
        )
        self._build()

    def _build(self) -> None:
        self.add_button = button(
            tr("&Toevoegen…"),
            self.add,
            icon="user-plus",
            kind="primary",
            tip=tr("Nieuwe gebruiker"),
        )
        self.change_button = button(tr("&Wijzigen…"), self.change, icon="pencil", tip=tr("Enter"))
        self.reset_button = button(tr("&Nieuwe wachtzin…"), self.reset, icon="key-round")
        self.remove_button = button(tr("&Verwijderen…"), self.remove, icon="trash-2", kind="danger")
        self.content.addWidget(self._alone)
        self.content.addWidget(self._no_manager)
        together = QHBoxLayout()
        together.setSpacing(px(12))
        self.content.addLayout(together)
        together.addWidget(self.table, 1)
        beside = QVBoxLayout()
        beside.setSpacing(px(8))
        together.addLayout(beside)
        for each in self._managing():
            beside.addWidget(each)
        beside.addStretch(1)
        self.content.addWidget(self._own())
        self.content.addStretch(1)

    def _managing(self) -> tuple[QPushButton, ...]:
        return self.add_button, self.change_button, self.reset_button, self.remove_button

    def _own(self) -> QWidget:
        who = self.desk.school.who
        self.own_button = button(tr("&Mijn wachtzin wijzigen…"), self.change_own, icon="key-round")
        self.own_button.setEnabled(self.may_change and who.role != PAPER_KEY)
        said = tr("U bent {name}, {role}.").format(name=who.name, role=role_name(who.role).lower())
        if who.role == PAPER_KEY:
            said = tr(
                "U hebt geopend met de papieren sleutel. Geef wie dat nodig heeft een nieuwe "
                "wachtzin, en leg de sleutel terug in de kluis."
            )
        return card(label(said, wrap=True), row(self.own_button, None))

    def _columns(self) -> list[Column[StaffMember]]:
        own = self.desk.school.who.id
        return [
            Column(
                tr("Naam"),
                lambda each: (
                    tr("{name} (u)").format(name=each.name) if each.id == own else each.name
                ),
                width=170,
            ),
            Column(tr("Rol"), lambda each: role_name(each.role)),
        ]

    # — showing —

    def refresh(self) -> None:
        present = self.table.current()
        found = people(self.desk.school)
        self._rows.replace(found)
        self._select(present.id if present else self.desk.school.who.id)
        self._alone.setVisible(len(found) == 1)
        self._no_manager.setVisible(self.may_change and not self._manages())
        self._allow()

    def _select(self, member_id: str) -> None:
        model = self.table.model()
        names = [row for row in range(model.rowCount()) if self._at(row).id == member_id]
        self.table.selectRow(names[0] if names else 0)

    def _at(self, row: int) -> StaffMember:
        found: StaffMember = self.table.model().index(row, 0).data(Qt.ItemDataRole.UserRole)
        return found

    def _manages(self) -> bool:
        return self.desk.school.who.role in (Role.DIRECTOR, PAPER_KEY)

    def _allow(self) -> None:
        allowed = self.may_change and self._manages()
        chosen = self.table.current()
        for each in self._managing():
            each.setEnabled(allowed and (chosen is not None or each is self.add_button))

    def focus_first(self) -> bool:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    # — changing —

    def add(self) -> None:
        """Let a colleague in."""
        AddPersonDialog(self.desk, self).open()

    def change(self) -> None:
        """Another name or role."""
        chosen = self.table.current()
        if chosen is not None and self.change_button.isEnabled():
            ChangePersonDialog(self.desk, chosen, self).open()

    def reset(self) -> None:
        """A new passphrase for a colleague who forgot theirs; one's own is changed knowing it."""
        chosen: StaffMember | None = self.table.current()
        if chosen is None:
            return
        if chosen.id == self.desk.school.who.id:
            self.change_own()
        else:
            ResetPassphraseDialog(self.desk, chosen, self).open()

    def change_own(self) -> None:
        """Another passphrase for who is working now."""
        OwnPassphraseDialog(self.desk, self).open()

    def remove(self) -> None:
        """Take somebody's way in away, after a question."""
        chosen: StaffMember | None = self.table.current()
        if chosen is None:
            return
        if chosen.id == self.desk.school.who.id:
            self.desk.say(tr("U kunt uzelf niet verwijderen. Een andere directeur kan dat doen."))
            return
        question = tr(
            "De wachtzin van {name} opent hierna niets meer, ook niet met een kopie van het "
            "sleutelbestand. Oudere back-ups gaan er nog wel mee open. De naam blijft staan bij "
            "wat {name} heeft gedaan. Dit kunt u niet ongedaan maken."
        ).format(name=chosen.name)
        messages.confirm(
            self,
            question,
            tr("Verwijderen"),
            lambda: self._remove(chosen),
            heading=tr("{name} verwijderen?").format(name=chosen.name),
            danger=True,
        )

    def _remove(self, chosen: StaffMember) -> None:
        def done(_: object) -> None:
            self.desk.tell_change()
            self.desk.say(tr("{name} kan het bestand niet meer openen.").format(name=chosen.name))

        self.desk.run(
            tr("De gebruiker verwijderen"),
            lambda _: remove_person(self.desk.school, chosen.id),
            done,
            may_stop=False,
        )
