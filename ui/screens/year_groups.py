"""Step 2: the groups of the round's school year; filled from a file, or by moving up by hand."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from schoolprivacy.consents.rounds.terms import Round, Step
from schoolprivacy.people.moving_up import LEAVE, move_up
from schoolprivacy.people.names import full_name, group_label
from schoolprivacy.people.terms import PlacedPupil
from schoolprivacy.people.undoing import Undo, undo
from schoolprivacy.people.year_groups import GroupSize, YearGroups
from schoolprivacy.schoolyear import SchoolYear
from ui import messages
from ui.desk import Desk
from ui.fields import button, card, emptied, label, notice, row
from ui.screens.year_groups_dialog import MoveDialog
from ui.screens.year_groups_plan import (
    GroupsRead,
    MoveRow,
    Sums,
    Target,
    Wishes,
    changed,
    moves_of,
    read_groups,
    rows_of,
    sums_of,
)
from ui.screens.year_step import YearStep
from ui.table import Column, Rows, Table
from ui.theme import px
from ui.words import counted, tr

_NAMED = 6  # so many names stand in a sentence, the others are counted


class GroupsStep(YearStep):
    """How the groups stand, and the two ways to fill them."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            Step.GROUPS,
            tr("Nieuwe groepen"),
            tr("Iedereen in de groep van het schooljaar van deze ronde."),
        )
        self._year: SchoolYear | None = None
        self._wishes = Wishes()
        self._rows: list[MoveRow] = []
        self._focus_waits = False  # until it is read where one begins
        self._state = QWidget()
        lines = QVBoxLayout(self._state)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(px(8))
        self.groups = _GroupTable()
        self.import_button = button(
            tr("&Bestand inlezen…"), lambda: desk.go("import"), icon="upload"
        )
        self._import_said = label("", wrap=True)
        self.table = _MoveTable()
        self.table.opened.connect(self._ask)
        self._change_button = button(tr("&Wijzigen…"), self._ask_current, icon="pencil")
        self._anew_button = button(tr("&Opnieuw voorstellen"), self.discard, icon="undo-2")
        self.move_button = button(
            tr("&Laten overgaan"), self.move_all, icon="check", kind="primary"
        )
        self._sums = label("", "strong", wrap=True)
        self._build()

    def _build(self) -> None:
        self.content.addWidget(self._state)
        self.content.addWidget(self.groups)
        self._from_file = card(
            label(tr("Met een bestand uit uw leerlingadministratie"), "heading"),
            self._import_said,
            row(self.import_button, None),
        )
        self.content.addWidget(self._from_file)
        self._by_hand = card(
            label(tr("Zonder bestand: hele groepen tegelijk"), "heading"),
            label(
                tr(
                    "Dit is een voorstel. Druk op Enter bij een groep om te kiezen waar die heen "
                    "gaat, wie blijft zitten en wie van school gaat. Er is nog niets bewaard."
                ),
                "muted",
                wrap=True,
            ),
            self.table,
            row(self._change_button, self._anew_button, None),
            self._sums,
            label(tr("Voor het overgaan maakt het programma een back-up."), "small", wrap=True),
            row(self.move_button, None),
        )
        for each in (self.groups, self._from_file, self._by_hand):
            each.hide()
        self.content.addWidget(self._by_hand)
        self.content.addStretch(1)

    # — showing —

    def show_round(self, round_: Round) -> None:
        if self._year != round_.school_year:
            self._year, self._wishes = round_.school_year, Wishes()
        self._read()

    def _read(self) -> None:
        if self._year is None:
            return
        school, year, wishes = self.desk.school, self._year, self._wishes
        self.desk.read(lambda: read_groups(school, year, wishes), partial(self._show, year, wishes))

    def _show(self, year: SchoolYear, wishes: Wishes, read: GroupsRead) -> None:
        if (year, wishes) != (self._year, self._wishes):
            return  # something else was chosen meanwhile; its own reading follows
        self.groups.show_groups(read.groups.groups)
        self.groups.setVisible(bool(read.groups.groups))
        may = not self.desk.school.read_only
        self._from_file.setVisible(may)
        self._import_said.setText(_import_said(year))
        self._rows = rows_of(read.plan, wishes) if read.plan else []
        self._by_hand.setVisible(may and bool(self._rows))
        self._show_state(read)
        self._show_rows()
        if self._focus_waits and self.isVisible():
            self.focus_first()

    def _show_state(self, read: GroupsRead) -> None:
        layout = self._state.layout()
        assert layout is not None
        emptied(layout)
        without = len(read.groups.without)
        kind = "notice" if without or not read.groups.placed else "done"
        layout.addWidget(notice(_state_said(read.groups), kind))
        if read.problem:
            layout.addWidget(notice(read.problem))
        elif read.plan and read.plan.without_group:
            layout.addWidget(notice(_nowhere_said(read.plan.without_group)))

    def _show_rows(self) -> None:
        self.table.show_moves(self._rows)
        sums = sums_of(self._rows)
        self._sums.setText(sums_said(sums))
        self.move_button.setEnabled(bool(sums.moving or sums.leaving or sums.repeating))
        self._anew_button.setEnabled(bool(self._wishes))

    def focus_first(self) -> None:
        places = (self.table, self.import_button, self.groups)
        first = next((each for each in places if each.isVisible()), None)
        self._focus_waits = first is None
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def unsaved(self) -> str:
        if not self._wishes:
            return ""
        return tr("U hebt het voorstel veranderd, maar de leerlingen zijn nog niet overgegaan.")

    def discard(self) -> None:
        self._wishes = Wishes()
        self._read()

    def draft(self) -> Wishes | None:
        return self._wishes or None

    def show_draft(self, draft: Wishes) -> None:
        self._wishes = draft
        self._read()

    # — changing the proposal —

    def _ask_current(self) -> None:
        if self.table.current() is None:
            self.table.setCurrentIndex(self.table.model().index(0, 0))
        self._ask(self.table.current())

    def _ask(self, of: MoveRow) -> None:
        if self._year is not None:
            MoveDialog(self, of, self._year, partial(self._take, of)).open()

    def _take(self, of: MoveRow, target: Target, repeat: frozenset[str]) -> None:
        self._wishes = changed(self._wishes, of, target, repeat)
        self._read()

    # — moving —

    def move_all(self) -> None:
        """Do what the table says; the undo takes all of it back."""
        school, year = self.desk.school, self._year
        if year is None or not self._rows:
            return
        moves, repeat = moves_of(self._rows)
        said = sums_said(sums_of(self._rows))

        def done(change: Undo) -> None:
            self._wishes, self._focus_waits = Wishes(), True
            self.desk.tell_change()
            self.desk.say(said, lambda: self._take_back(change))

        title = tr("Leerlingen laten overgaan")
        with messages.told(self):
            self.desk.run(
                title, lambda _: move_up(school, year, moves, repeat), done, may_stop=False
            )

    def _take_back(self, change: Undo) -> None:
        undo(self.desk.school, change)
        self.desk.tell_change()


# — what is said —


def sums_said(sums: Sums) -> str:
    """``50 leerlingen naar hun nieuwe groep, 8 van school.``"""
    parts = [
        (sums.moving, tr("naar hun nieuwe groep")),
        (sums.repeating, tr("blijft zitten") if sums.repeating == 1 else tr("blijven zitten")),
        (sums.leaving, tr("van school")),
        (sums.waiting, tr("nog niet")),
    ]
    told = [f"{many} {what}" for many, what in parts if many]
    return f"{tr('Leerlingen')}: {', '.join(told)}." if told else tr("Er gaat niemand over.")


def _state_said(found: YearGroups) -> str:
    many = counted(found.placed, tr("leerling"), tr("leerlingen"))
    groups = counted(len(found.groups), tr("groep"), tr("groepen"))
    if not found.placed:
        said = tr("In schooljaar {year} zit nog niemand in een groep.").format(year=found.year)
    else:
        text = tr("Schooljaar {year}: {many} in {groups}.")
        said = text.format(year=found.year, many=many, groups=groups)
    without = len(found.without)
    if found.placed and not without:
        return f"{said} {tr('Iedereen heeft een groep.')}"
    if without:
        text = tr("Nog zonder groep: {many}.")
        pupils = counted(without, tr("leerling"), tr("leerlingen"))
        return f"{said} {text.format(many=pupils)}"
    return said


def _nowhere_said(pupils: Sequence[PlacedPupil]) -> str:
    """Who has no group now either: somebody must choose one."""
    names = [full_name(each.pupil) for each in pupils]
    named = ", ".join(names[:_NAMED])
    if len(names) > _NAMED:
        named += tr(" en nog {n}").format(n=len(names) - _NAMED)
    text = tr(
        "Deze leerlingen zitten nu ook in geen groep: {names}. Lees een bestand in, of kies zelf "
        "een groep bij de leerling."
    )
    return text.format(names=named)


def _import_said(year: SchoolYear) -> str:
    text = tr(
        "Maak een export van schooljaar {year} en lees die in. Zet na het inlezen het vinkje dat "
        "het bestand alle leerlingen bevat: dan gaat wie er niet in staat van school. U ziet eerst "
        "wat er verandert."
    )
    return text.format(year=year)


class _GroupTable(Table):
    """The groups of the year."""

    def __init__(self) -> None:
        super().__init__(tr("Groepen van het schooljaar"))
        columns: tuple[Column[GroupSize], ...] = (
            Column(tr("Groep"), lambda each: group_label(each.group), width=220),
            Column(tr("Leerlingen"), lambda each: str(each.pupils), width=120),
        )
        self._model: Rows[GroupSize] = Rows(columns)
        self.show_rows(self._model, lambda each: group_label(each.group))

    def show_groups(self, found: Sequence[GroupSize]) -> None:
        """Show these, all of them in view."""
        self._model.replace(found)
        self.setMinimumHeight(px(64) + px(38) * len(found))


class _MoveTable(Table):
    """Group → group; Enter changes a row."""

    def __init__(self) -> None:
        super().__init__(tr("Welke groep gaat waarheen; Enter wijzigt"))
        self.setSelectionMode(Table.SelectionMode.SingleSelection)
        columns: tuple[Column[MoveRow], ...] = (
            Column(tr("Van"), lambda each: group_label(each.from_group), width=150),
            Column(tr("Naar"), _target_said, width=170),
            Column(tr("Leerlingen"), lambda each: str(len(each.pupils)), width=110),
            Column(tr("Blijft zitten"), _repeating_said, width=180),
        )
        self._model: Rows[MoveRow] = Rows(columns)
        self.show_rows(self._model, lambda each: group_label(each.from_group))

    def show_moves(self, found: Sequence[MoveRow]) -> None:
        """Show these, all of them in view; the row one is at stays."""
        place = self.currentIndex().row()
        self._model.replace(found)
        self.setMinimumHeight(px(64) + px(38) * len(found))
        if found:
            row_ = max(0, min(place, len(found) - 1))
            self.setCurrentIndex(self.model().index(row_, 0))


def _target_said(each: MoveRow) -> str:
    if each.target.stays_open:
        return tr("nog niets")
    return tr("van school") if each.target.group is LEAVE else group_label(each.target.group or "")


def _repeating_said(each: MoveRow) -> str:
    return ", ".join(one.pupil.call_name for one in each.repeating)
