"""The family of a pupil: guardians, brothers and sisters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from schoolprivacy.people.carers import SharedGuardian, link_guardian, unlink_guardian
from schoolprivacy.people.dossier import (
    Carer,
    Dossier,
    SiblingSuggestion,
    dossier,
    guardian_entry,
)
from schoolprivacy.people.names import full_name, group_label, guardian_name
from schoolprivacy.people.terms import PlacedPupil
from ui import messages, theme
from ui.desk import Desk
from ui.fields import button, card, emptied, label, notice, row
from ui.screens.pupil_authority import AuthorityDialog
from ui.screens.pupil_guardian import AddGuardianDialog, ChangeGuardianDialog
from ui.screens.pupil_guardian_card import GuardianCard
from ui.screens.pupil_part import Part
from ui.screens.pupil_sharing import Shared, SharingDialog
from ui.screens.pupil_words import may_change, tell_done, together
from ui.theme import px
from ui.words import tr


class FamilyTab(Part):
    """Who cares for the child, and who its brothers and sisters are."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._found: Dossier | None = None
        self._cards: list[GuardianCard] = []
        self._grid = QGridLayout()
        self._grid.setSpacing(px(12))
        self._siblings = QVBoxLayout()
        self._siblings.setSpacing(px(12))
        self.content.addLayout(self._grid)
        self.content.addWidget(
            row(
                button(tr("Ouder toevoegen…"), self._add, icon="user-plus"),
                button(tr("Ouder van broer of zus…"), self._share, icon="users"),
                None,
            )
        )
        self.content.addLayout(self._siblings)
        self.content.addStretch(1)

    def show_pupil(self, found: Dossier) -> None:
        self._found = found
        emptied(self._grid)
        emptied(self._siblings)
        self._cards = [self._card(each) for each in found.carers]
        beside = 2 if theme.zoom() < 1.5 else 1
        for place, made in enumerate(self._cards):
            self._grid.addWidget(made, *divmod(place, beside))
        for column in range(beside):
            self._grid.setColumnStretch(column, 1)
        if not self._cards:
            told = tr("Bij dit kind staat nog geen ouder of verzorger. Zonder ouder geen brief.")
            self._grid.addWidget(notice(told), 0, 0)
        for suggestion in found.sibling_suggestions:
            self._siblings.addWidget(self._suggested(suggestion))
        self._siblings.addWidget(self._sibling_card(found.siblings))

    def forget(self) -> None:
        for each in self._cards:
            each.hide_secrets()

    # — guardians —

    def _card(self, carer: Carer) -> GuardianCard:
        acts = (
            (tr("Wijzigen…"), "pencil", partial(self._change, carer)),
            (tr("Gezag…"), "shield-check", partial(self._change_link, carer)),
            (tr("Ontkoppelen…"), "x", partial(self._unlink, carer)),
        )
        return GuardianCard(self.desk, carer, acts)

    def _add(self) -> None:
        if self._found and may_change(self.desk, self):
            near = [guardian_entry(each) for each in self._found.carers if not each.address_hidden]
            AddGuardianDialog(self, self.desk, self._found.pupil.id, near).open()

    def _change(self, carer: Carer) -> None:
        if may_change(self.desk, self):
            ChangeGuardianDialog(self, self.desk, carer, self._others_of(carer)).open()

    def _others_of(self, carer: Carer) -> list[str]:
        """Call names of the other children of a guardian."""
        siblings = self._found.siblings if self._found else ()
        return [
            each.pupil.call_name or full_name(each.pupil)
            for each in siblings
            if any(
                theirs.link.guardian.id == carer.link.guardian.id
                for theirs in dossier(self.desk.school, each.pupil.id).carers
            )
        ]

    def _change_link(self, carer: Carer) -> None:
        if self._found and may_change(self.desk, self):
            AuthorityDialog(self, self.desk, self._found.pupil, carer.link).open()

    def _unlink(self, carer: Carer) -> None:
        if self._found and may_change(self.desk, self):
            messages.confirm(
                self,
                tr("{name} is dan geen ouder of verzorger meer van {child}.").format(
                    name=guardian_name(carer.link.guardian), child=full_name(self._found.pupil)
                ),
                tr("Ontkoppelen"),
                partial(self._unlink_now, self._found.pupil.id, carer),
                danger=True,
            )

    def _unlink_now(self, pupil_id: str, carer: Carer) -> None:
        with messages.told(self):
            change = unlink_guardian(self.desk.school, pupil_id, carer.link.guardian.id)
            name = guardian_name(carer.link.guardian)
            tell_done(self.desk, tr("{name} is ontkoppeld.").format(name=name), change)

    # — brothers and sisters —

    def _share(self) -> None:
        if self._found and may_change(self.desk, self):
            present = [each.link.guardian.id for each in self._found.carers]
            dialog = SharingDialog(self, self.desk, present, self._found.pupil.id)
            dialog.chosen.connect(self._link)
            dialog.open()

    def _link(self, chosen: Sequence[Shared]) -> None:
        """Link guardians of another child; taking it back unlinks them, one by one too."""
        if self._found is None:
            return
        school, pupil_id = self.desk.school, self._found.pupil.id

        def take_back() -> None:
            for each in chosen:
                unlink_guardian(school, pupil_id, each.guardian.guardian_id)
            self.desk.tell_change()

        with messages.told(self):
            for each in chosen:
                link_guardian(school, pupil_id, each.guardian)
            names = together(each.name for each in chosen)
            self.desk.say(tr("Gekoppeld: {names}.").format(names=names), take_back)
        self.desk.tell_change()

    def _suggested(self, suggestion: SiblingSuggestion) -> QFrame:
        child, names = suggestion.child, [guardian_name(c.link.guardian) for c in suggestion.carers]
        why = tr("Zelfde adres") if suggestion.same_address else tr("Zelfde telefoonnummer")
        told = tr("{why}: is {child} een broer of zus? Ouders daar: {parents}.").format(
            why=why, child=_called(child), parents=together(names)
        )
        made = card(label(told, wrap=True))
        does: Callable[[], None] = partial(self._link_suggested, suggestion)
        connect = button(tr("Ja, koppel de ouders"), does, icon="link")
        connect.setAccessibleName(tr("Koppel de ouders van {c}").format(c=_called(child)))
        self._put(made, row(connect, None))
        return made

    def _link_suggested(self, suggestion: SiblingSuggestion) -> None:
        if may_change(self.desk, self):
            self._link(
                [
                    Shared(
                        guardian_name(each.link.guardian),
                        SharedGuardian(each.link.guardian.id, each.link.relation),
                    )
                    for each in suggestion.carers
                ]
            )

    def _sibling_card(self, siblings: Sequence[PlacedPupil]) -> QFrame:
        made = card(label(tr("Broers en zussen"), "strong"), spacing=4)
        if not siblings:
            self._put(made, label(tr("Geen bekend op deze school."), "muted"))
        for each in siblings:
            does = partial(self.desk.go, "pupil", pupil=each.pupil.id)
            self._put(made, button(_called(each), does, icon="user", kind="link"))
        return made

    @staticmethod
    def _put(made: QFrame, widget: QWidget) -> None:
        layout = made.layout()
        if layout:
            layout.addWidget(widget)


def _called(child: PlacedPupil) -> str:
    return f"{full_name(child.pupil)} ({group_label(child.placement.group_name)})"
