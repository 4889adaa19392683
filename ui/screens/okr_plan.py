"""Setting down where children go: one child, or a group in one go with a list that remembers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from schoolprivacy.errors import RefusedError
from schoolprivacy.okr.actions import known_schools, plan_move, plan_moves
from schoolprivacy.okr.board import BoardRow, board
from schoolprivacy.okr.entries import MoveEntry
from schoolprivacy.okr.terms import MoveKind, ReceivingSchool
from schoolprivacy.okr.words import school_told
from schoolprivacy.people.directory import Listed, directory
from schoolprivacy.people.entries import FieldProblem
from schoolprivacy.people.names import (
    full_name,
    group_label,
    natural_sort_key,
    register_name,
    surname_sort_key,
)
from ui import messages
from ui.desk import Desk
from ui.fields import ChoiceField, DateField, button, choice, label, row, show_date, text_field
from ui.screens.okr_school import SchoolDialog
from ui.screens.okr_words import kind_word
from ui.screens.pupil_dialog import EntryDialog
from ui.screens.pupil_words import tell_done
from ui.table import Column, Rows, Table
from ui.theme import px
from ui.words import counted, tr

_UNKNOWN, _OTHER = "unknown", "other"


class _WhereDialog(EntryDialog):
    """Asks where somebody goes: kind, school out of the list or a new one, and from when."""

    def __init__(
        self, owner: QWidget, desk: Desk, title: str, save: str, *, no_day: str = ""
    ) -> None:
        """:param no_day: what it means when the first day is left empty"""
        super().__init__(owner, title, save, width=820)
        self.desk = desk
        self._known: list[ReceivingSchool] = []
        self._correct = button(tr("School &verbeteren…"), self._correct_school, icon="pencil")
        self._read_schools()
        kinds = [(kind_word(each).capitalize(), each) for each in MoveKind]
        self.add("kind", tr("&Soort school"), choice(kinds, MoveKind.VO))
        self.add(
            "expected", tr("&Eerste dag daar"), DateField(), hint=no_day or tr("Mag leeg blijven.")
        )
        self.add("school", tr("&Ontvangende school"), ChoiceField(), span=2)
        self.add("name", tr("&Naam van de school"), text_field(longest=80), span=2)
        self.add("place", tr("&Plaats"), text_field(longest=80))
        hint = tr("Mag leeg blijven. Zonder BRIN kan het rapport niet met OSO weg.")
        self.add("brin", tr("&BRIN"), text_field(longest=10), hint=hint)
        self.fields["school"].setSizeAdjustPolicy(
            ChoiceField.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.fields["school"].currentIndexChanged.connect(lambda _: self._show_fields())
        self.offer_schools(_UNKNOWN)

    def problems(self) -> Iterable[FieldProblem]:
        return ()

    def _read_schools(self) -> None:
        known = known_schools(self.desk.school)
        self._ids = {school: school_id for school_id, school in known.items()}
        self._known = sorted(self._ids, key=lambda each: natural_sort_key(each.name))

    def _correct_school(self) -> None:
        school = self.fields["school"].value()
        school_id = self._ids[school]

        def show() -> None:
            self._read_schools()
            self.offer_schools(known_schools(self.desk.school)[school_id])
            self.corrected(school, self.fields["school"].value())

        SchoolDialog(self, self.desk, school_id, school, show).open()

    def corrected(self, before: ReceivingSchool, now: ReceivingSchool) -> None:
        """A school on the list was corrected."""

    def offer_schools(self, chosen: object) -> None:
        """Every school a child ever went to, and the way to a new one."""
        known = [(school_told(each), each) for each in self._known]
        offers = [(tr("Nog niet bekend"), _UNKNOWN), *known, (tr("Een andere school…"), _OTHER)]
        self.fields["school"].offer(offers)
        self.fields["school"].choose(chosen)
        self._show_fields()

    def _show_fields(self) -> None:
        other = self.fields["school"].value() == _OTHER
        for name in ("name", "place", "brin"):
            self.fields.set_shown(name, other)
        self._correct.setEnabled(self.fields["school"].value() in self._ids)

    def show_entry(self, found: BoardRow) -> None:
        """What was set down before."""
        if found.move is not None:
            self.fields["kind"].choose(found.move.kind)
            self.fields["expected"].set_date(found.move.expected_on)
            self.offer_schools(found.move.school or _UNKNOWN)

    def entry(self) -> MoveEntry:
        """What is filled in.

        :raises RefusedError: a new school without name or place
        """
        school = self.fields["school"].value()
        if school == _OTHER:
            name, place, brin = (self.fields[each].text().strip() for each in _NEW)
            if not (name and place):
                raise RefusedError("okr.school_name")
            school = ReceivingSchool(name, brin, place)
        found = school if isinstance(school, ReceivingSchool) else None
        return MoveEntry(self.fields["kind"].value(), found, self.fields["expected"].date())


_NEW = ("name", "place", "brin")


class PlanDialog(_WhereDialog):
    """Where one child goes."""

    def __init__(self, owner: QWidget, desk: Desk, found: BoardRow) -> None:
        title = tr("Waar gaat {name} heen?").format(name=found.name)
        super().__init__(owner, desk, title, tr("Opslaan"))
        self._row = found
        self.body.addWidget(self.fields)
        self.body.addWidget(row(self._correct, None))
        self.show_entry(found)

    def save(self) -> None:
        change = plan_move(self.desk.school, self._row.child.pupil.id, self.entry())
        self.done(1)
        told = tr("De overstap van {name} is vastgelegd.").format(name=self._row.name)
        tell_done(self.desk, told, change)


class PlanGroupDialog(_WhereDialog):
    """Where every child of a group goes: choose children, choose a school, and so on; then save."""

    def __init__(self, owner: QWidget, desk: Desk) -> None:
        title, save = tr("Overstap plannen"), tr("Alles opslaan")
        no_day = tr("Laat u dit leeg, dan houdt elk kind de eerste dag die al is ingevuld.")
        super().__init__(owner, desk, title, save, no_day=no_day)
        rows = board(desk.school).rows
        self._moves = {each.child.pupil.id: each for each in rows}
        self._planned: dict[str, MoveEntry] = {}
        self._filled: MoveEntry | None = None
        self._everyone = [each for each in directory(desk.school) if not each.has_left]
        groups = {each.placement.group_name for each in self._everyone}
        offers = [(group_label(each), each) for each in sorted(groups, key=natural_sort_key)]
        first = next((each.child.placement.group_name for each in rows), None)
        self.group = choice(offers, first)
        self.group.setAccessibleName(tr("Groep"))
        self.group.currentIndexChanged.connect(lambda _: self._show_group())
        self._rows: Rows[Listed] = Rows(self._columns())
        self.table = Table(tr("Kinderen; Shift of Ctrl met de pijlen kiest er meer"))
        self.table.show_rows(self._rows, lambda each: full_name(each.pupil))
        self.table.setMinimumHeight(px(220))
        self._said = label("", "muted", wrap=True)
        self._build()
        self._show_group()

    def _build(self) -> None:
        how = tr(
            "Kies een of meer kinderen, vul in waar zij heen gaan, en druk op Invullen bij deze "
            "kinderen. Doe dat voor elke school. Pas met Alles opslaan wordt het bewaard."
        )
        above = label(tr("&Groep"))
        above.setBuddy(self.group)
        self.body.addWidget(label(how, "muted", wrap=True))
        everyone = button(tr("&Allemaal kiezen"), self.table.selectAll)
        self.body.addWidget(row(above, self.group, None, everyone))
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.fields)
        self.fill_button = button(tr("&Invullen bij deze kinderen"), self._fill, icon="check")
        self.body.addWidget(row(self.fill_button, None, self._correct))
        self.body.addWidget(self._said)

    def corrected(self, before: ReceivingSchool, now: ReceivingSchool) -> None:
        """What is filled in already goes to the school as it is called now."""
        self._moves = {each.child.pupil.id: each for each in board(self.desk.school).rows}
        for pupil_id, entry in self._planned.items():
            if entry.school == before:
                self._planned[pupil_id] = replace(entry, school=now)
        if self._filled is not None and self._filled.school == before:
            self._filled = replace(self._filled, school=now)
        for entry in self._planned.values():
            if entry.school is not None and entry.school not in self._known:
                self._known.append(entry.school)  # typed here, not saved yet
        self.offer_schools(now)
        self._show_planned()

    def _columns(self) -> list[Column[Listed]]:
        return [
            Column(
                tr("Leerling"),
                lambda each: register_name(each.pupil),
                sorts=lambda each: " ".join(surname_sort_key(each.pupil)),
                width=240,
            ),
            Column(tr("Gaat naar"), self._where, width=360),
            Column(tr("Vanaf"), self._when, width=110),
        ]

    def _entry_of(self, pupil_id: str) -> MoveEntry | None:
        found = self._moves.get(pupil_id)
        move = found.move if found else None
        there = MoveEntry(move.kind, move.school, move.expected_on) if move else None
        return self._planned.get(pupil_id, there)

    def _where(self, listed: Listed) -> str:
        found = self._entry_of(listed.pupil.id)
        if found is None:
            return "–"
        told = f"{school_told(found.school) or tr('nog niet bekend')} · {kind_word(found.kind)}"
        return told + (tr(" · nog niet opgeslagen") if listed.pupil.id in self._planned else "")

    def _when(self, listed: Listed) -> str:
        found = self._entry_of(listed.pupil.id)
        return show_date(found.expected_on) if found else ""

    def _may_change(self, listed: Listed) -> bool:
        """What was sent stays as it is."""
        found = self._moves.get(listed.pupil.id)
        return not (found and found.move and found.move.sent_on)

    def _show_group(self) -> None:
        group = self.group.value()
        there = [each for each in self._everyone if each.placement.group_name == group]
        self._rows.replace([each for each in there if self._may_change(each)])
        self.table.selectRow(0)
        sent = len(there) - len(self._rows.rows)
        told = tr("Al verstuurd, en dus niet meer te wijzigen: {children}.")
        children = counted(sent, tr("kind"), tr("kinderen"))
        self._said.setText(told.format(children=children) if sent else "")

    def _show_planned(self) -> None:
        last = len(self._rows.rows) - 1
        self._rows.dataChanged.emit(self._rows.index(0, 0), self._rows.index(last, 2))

    def _fill(self) -> None:
        with messages.told(self):
            entry = self.entry()
            chosen: list[Listed] = self.table.chosen()
            if not chosen:
                messages.tell(self, tr("Kies eerst een of meer kinderen."))
                return
            self._planned |= {each.pupil.id: self._with_day(each, entry) for each in chosen}
            self.touched = True
            if entry.school is not None and entry.school not in self._known:
                self._known.append(entry.school)
            self.offer_schools(entry.school or _UNKNOWN)
            self._filled = entry
            rows = self.table.selectionModel().selectedRows()
            last = max(each.row() for each in rows)
            self._show_planned()
            self.table.selectRow(min(last + 1, len(self._rows.rows) - 1))
            self.table.setFocus()

    def _with_day(self, listed: Listed, entry: MoveEntry) -> MoveEntry:
        """An empty day for many leaves each child the day it has."""
        before = self._entry_of(listed.pupil.id)
        if entry.expected_on is not None or before is None:
            return entry
        return MoveEntry(entry.kind, entry.school, before.expected_on)

    def save(self) -> None:
        if not self._planned:
            messages.tell(self, tr("Er is nog bij geen kind iets ingevuld."))
            return
        if self._filled_in() != self._filled:
            asked = tr(
                "Wat u het laatst invulde, staat nog bij geen kind. Wilt u zonder dat opslaan?"
            )
            messages.confirm(self, asked, tr("Opslaan zonder"), self._store)
            return
        self._store()

    def _filled_in(self) -> MoveEntry | None:
        """What stands in the fields; None while it is no good school."""
        try:
            return self.entry()
        except RefusedError:
            return None

    def _store(self) -> None:
        with messages.told(self):
            change = plan_moves(self.desk.school, self._planned)
            many = counted(len(self._planned), tr("kind"), tr("kinderen"))
            self.done(1)
            told = tr("De overstap van {children} is vastgelegd.").format(children=many)
            tell_done(self.desk, told, change)
