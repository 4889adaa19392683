"""Adding a pupil with guardians, and changing one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QComboBox, QFrame, QVBoxLayout, QWidget

from schoolprivacy.people.directory import groups
from schoolprivacy.people.editing import add_pupil, change_pupil, pupil_entry, similar_pupils
from schoolprivacy.people.entries import FieldProblem, GuardianEntry, PupilEntry, check_pupil
from schoolprivacy.people.names import full_name, group_label
from schoolprivacy.people.terms import PlacedPupil
from schoolprivacy.people.undoing import Undo, undo
from ui import messages
from ui.desk import Desk
from ui.fields import DateField, button, card, choice, emptied, label, row, show_date, text_field
from ui.screens.pupil_dialog import EntryDialog
from ui.screens.pupil_guardian import GuardianDialog
from ui.screens.pupil_sharing import Shared, SharingDialog
from ui.screens.pupil_words import tell_done
from ui.theme import px
from ui.words import tr


class PupilDialog(EntryDialog):
    """The fields of one pupil."""

    def __init__(self, owner: QWidget, desk: Desk, title: str, entry: PupilEntry) -> None:
        super().__init__(owner, title, tr("Opslaan"))
        self.desk = desk
        self._entry = entry
        self._today = desk.school.clock.today()
        self._add_fields(entry)
        self.body.addWidget(self.fields)

    def _add_fields(self, entry: PupilEntry) -> None:
        add = self.add
        add("call_name", tr("&Roepnaam"), text_field(entry.call_name))
        add("prefix", tr("&Voorvoegsel"), text_field(entry.prefix, placeholder=tr("van der")))
        add("surname", tr("&Achternaam"), text_field(entry.surname))
        add(
            "given_names",
            tr("V&oornamen"),
            text_field(entry.given_names),
            hint=tr("Niet nodig voor toestemmingen."),
        )
        add("born_on", tr("&Geboortedatum"), DateField(entry.born_on, latest=self._today))
        add("group", tr("Groe&p"), _group_field(groups(self.desk.school), entry.group))
        add("year_level", tr("&Leerjaar"), choice(_year_levels(entry.year_level), entry.year_level))
        add("came_on", tr("&Eerste schooldag"), DateField(entry.came_on))
        if entry.surname:  # not asked of who only just comes
            add("left_on", tr("Laa&tste schooldag"), DateField(entry.left_on))
        self.fields["group"].editTextChanged.connect(self.fields.changed)

    def entry(self) -> PupilEntry:
        """What stands in the fields."""
        filled = self.fields
        texts = {n: filled[n].text() for n in ("call_name", "prefix", "surname", "given_names")}
        return replace(
            self._entry,
            **texts,
            born_on=filled["born_on"].date(),
            came_on=filled["came_on"].date(),
            left_on=filled["left_on"].date() if "left_on" in self.names else None,
            year_level=filled["year_level"].value(),
            group=filled["group"].currentText(),
        )

    def problems(self) -> Iterable[FieldProblem]:
        return check_pupil(self.entry(), self._today)


class ChangePupilDialog(PupilDialog):
    """Change a pupil who is there."""

    def __init__(self, owner: QWidget, desk: Desk, child: PlacedPupil) -> None:
        title = tr("{name} wijzigen").format(name=full_name(child.pupil))
        super().__init__(owner, desk, title, pupil_entry(child))
        self._pupil = child.pupil
        self.body.addStretch(1)

    def save(self) -> None:
        change = change_pupil(self.desk.school, self._pupil.id, self.entry())
        self.done(1)
        tell_done(self.desk, tr("{name} is gewijzigd.").format(name=full_name(self._pupil)), change)


class AddPupilDialog(PupilDialog):
    """Add a pupil, with parents the school does not know yet and with those it does."""

    def __init__(self, owner: QWidget, desk: Desk, group: str = "") -> None:
        entry = PupilEntry(came_on=desk.school.clock.today(), group=group)
        super().__init__(owner, desk, tr("Nieuwe leerling"), entry)
        self._guardians: list[GuardianEntry] = []
        self._shared: list[Shared] = []
        self._listed = QVBoxLayout()
        self._listed.setSpacing(px(4))
        self.body.addWidget(self._parents_card())
        self.body.addStretch(1)
        self._show_parents()

    def _parents_card(self) -> QFrame:
        made = card(label(tr("Ouders en verzorgers"), "strong"))
        self._nobody = label(tr("Nog niemand. U kunt ze ook later toevoegen."), "muted", wrap=True)
        inside = made.layout()
        if isinstance(inside, QVBoxLayout):
            inside.addWidget(self._nobody)
            inside.addLayout(self._listed)
            inside.addWidget(
                row(
                    button(tr("O&uder toevoegen…"), self._add_guardian, icon="user-plus"),
                    button(tr("Van &broer of zus…"), self._share, icon="users"),
                    None,
                )
            )
        return made

    # — parents —

    def _add_guardian(self) -> None:
        dialog = GuardianDialog(
            self, self.desk, tr("Ouder of verzorger toevoegen"), GuardianEntry(), self._guardians
        )
        dialog.entered.connect(self._take_guardian)
        dialog.open()

    def _take_guardian(self, entry: GuardianEntry) -> None:
        self._guardians.append(entry)
        self._parents_changed()

    def _share(self) -> None:
        dialog = SharingDialog(
            self, self.desk, [each.guardian.guardian_id for each in self._shared]
        )
        dialog.chosen.connect(self._take_shared)
        dialog.open()

    def _take_shared(self, chosen: Sequence[Shared]) -> None:
        self._shared.extend(chosen)
        self._parents_changed()

    def _parents_changed(self) -> None:
        self.touched = True
        self._show_parents()

    def _show_parents(self) -> None:
        emptied(self._listed)
        for entry in self._guardians:
            self._list(_called(entry), partial(self._guardians.remove, entry))
        for shared in self._shared:
            self._list(shared.name, partial(self._shared.remove, shared))
        self._nobody.setVisible(not self._guardians and not self._shared)

    def _list(self, name: str, remove: Callable[[], None]) -> None:
        def take_away() -> None:
            remove()
            self._parents_changed()

        tip = tr("{name} weghalen").format(name=name)
        self._listed.addWidget(
            row(label(name), None, button("", take_away, icon="x", kind="flat", tip=tip))
        )

    # — storing —

    def save(self) -> None:
        found = similar_pupils(self.desk.school, self.entry())
        if not found:
            self._store()
            return
        messages.confirm(
            self,
            tr("Deze leerling lijkt al in het bestand te staan:\n\n{names}").format(
                names="\n".join(map(_recognised, found))
            ),
            tr("Toch toevoegen"),
            self._store,
            heading=tr("Is dit een ander kind?"),
        )

    def _store(self) -> None:
        entry, desk = self.entry(), self.desk
        with messages.told(self):
            shared = [each.guardian for each in self._shared]
            change = add_pupil(desk.school, entry, self._guardians, shared)
            self.done(1)
            _tell_added(desk, entry, change)


def _tell_added(desk: Desk, entry: PupilEntry, change: Undo) -> None:
    def take_back() -> None:
        undo(desk.school, change)
        desk.go("pupils")
        desk.tell_change()

    desk.tell_change()
    desk.go("pupil", pupil=change.about)
    desk.say(tr("{name} is toegevoegd.").format(name=full_name(entry)), take_back)


def _called(entry: GuardianEntry) -> str:
    name = entry.institution or " ".join(
        filter(None, (entry.call_name or entry.initials, entry.prefix, entry.surname))
    )
    return f"{name} ({entry.relation})" if entry.relation else name


def _recognised(child: PlacedPupil) -> str:
    parts = (
        full_name(child.pupil),
        group_label(child.placement.group_name),
        show_date(child.pupil.born_on),
    )
    return " · ".join(filter(None, parts))


def _group_field(names: Sequence[str], chosen: str) -> QComboBox:
    """One of the groups, or a new name."""
    made = QComboBox()
    made.setEditable(True)
    made.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    made.addItem("")
    made.addItems(list(names))
    made.setCurrentText(chosen)
    if edit := made.lineEdit():
        edit.setPlaceholderText(tr("kies, of typ een nieuwe"))
        edit.setAccessibleName(tr("Groep"))
    return made


def _year_levels(present: str) -> list[tuple[str, str]]:
    levels = [str(n) for n in range(1, 9)]
    if present and present not in levels:
        levels.append(present)  # special schools have other ones, and a file may bring them
    return [(tr("onbekend"), ""), *((each, each) for each in levels)]
