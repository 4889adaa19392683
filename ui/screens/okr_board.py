"""The board of who leaves: a row for each child, searched and filtered by state."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from schoolprivacy import law
from schoolprivacy.okr.board import Board, BoardRow
from schoolprivacy.okr.terms import State
from schoolprivacy.okr.words import school_told
from schoolprivacy.paper.dates import dutch_date
from schoolprivacy.people.names import group_label, register_name, surname_sort_key
from schoolprivacy.schoolyear import SchoolYear
from ui import theme
from ui.desk import Desk
from ui.fields import ChoiceField, SearchField, button, label, row
from ui.screens.okr_words import SIGNS, day_or_dash, state_word
from ui.table import ROW, Column, Rows, Table
from ui.theme import px
from ui.words import counted, tr

_ALL, _DUE = "all", "due"
_SCHOOL = 2
"""The column of the next school."""
_NO_DAY = "9999"
"""After every day: years are compared as numbers."""
_DAYS = (
    "preliminary_advice_from",
    "preliminary_advice_until",
    "test_result_by",
    "final_advice_by",
    "applications_until",
)


class OkrBoard(QWidget):
    """Who leaves, how far each is, and what must be done this week.

    :signal opened: the identifier of a pupil
    """

    opened = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._found: Board | None = None
        self._rows = Rows(_columns())
        self.table = Table(tr("Kinderen die naar een andere school gaan"))
        self.table.setSelectionMode(Table.SelectionMode.SingleSelection)
        self.table.setMinimumHeight(px(150))
        self.shown = self.table.show_rows(self._rows, _found_in)
        self.table.give_spare_room(0, _SCHOOL)
        self.table.opened.connect(lambda found: self.opened.emit(found.child.pupil.id))
        self.search = SearchField(tr("Zoek op naam, groep of school"))
        self.search.setMinimumWidth(px(165))
        self.search.textChanged.connect(self._filter)
        self.search.down.connect(self._into_table)
        self.state = ChoiceField()
        self.state.setAccessibleName(tr("Hoe ver"))
        self.state.setSizeAdjustPolicy(
            ChoiceField.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.state.setMinimumContentsLength(14)
        self.state.currentIndexChanged.connect(self._filter)
        self._count = label("", "small", wrap=True)
        self._calendar = label("", "muted", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(12))
        open_button = button(tr("&Openen"), self._open_current, icon="user", tip=tr("Enter"))
        layout.addWidget(row(self.search, self.state, open_button))
        layout.addWidget(self.table, 1)
        layout.addWidget(self._count)
        layout.addWidget(self._calendar)

    # — showing —

    def show_board(self, found: Board) -> None:
        """Show this; again when something changed."""
        before = self.table.current()
        self._found = found
        self._rows.replace(found.rows)
        self._offer_states(found)
        self._calendar.setText(_calendar(found.year))
        self._filter()
        if before is None or not self.go_to(before.child.pupil.id):
            self.table.selectRow(0)

    def _offer_states(self, found: Board) -> None:
        chosen = self.state.value()
        counts = [(state, many) for state, many in found.counts.items() if many or state == chosen]
        self.state.blockSignals(True)
        self.state.offer(
            [
                (tr("Alle kinderen ({n})").format(n=len(found.rows)), _ALL),
                (tr("Deze week of te laat ({n})").format(n=len(found.due)), _DUE),
                *((f"{state_word(state)} ({many})", state) for state, many in counts),
            ]
        )
        self.state.choose(chosen)
        self.state.blockSignals(False)

    def _filter(self) -> None:
        wanted = self.state.value()
        self.shown.search(self.search.text())
        if isinstance(wanted, State):
            self.shown.keep(lambda each: each.state is wanted)
        else:
            self.shown.keep((lambda each: each.is_due) if wanted == _DUE else None)
        many = self.shown.rowCount()
        told = counted(many, tr("kind"), tr("kinderen"))
        if not many:
            told = tr("Niets gevonden. Maak het zoekveld leeg of kies alle kinderen.")
        self._count.setText(told)

    def show_due(self) -> None:
        """Only who needs something this week, or is late."""
        self.search.clear()
        self.state.choose(_DUE)

    def go_to(self, pupil_id: str) -> bool:
        """Put the keyboard on a child, when it is shown."""
        for place in range(self.shown.rowCount()):
            if self.shown.index(place, 0).data(ROW).child.pupil.id == pupil_id:
                self.table.selectRow(place)
                return True
        return False

    def focus_first(self) -> None:
        self._into_table()

    def _into_table(self) -> None:
        if self.table.current() is None:
            self.table.selectRow(0)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_current(self) -> None:
        found: BoardRow | None = self.table.current()
        if found is not None:
            self.opened.emit(found.child.pupil.id)


def _found_in(found: BoardRow) -> str:
    group = group_label(found.child.placement.group_name)
    return " ".join((found.name, group, _school(found), state_word(found.state)))


def _school(found: BoardRow) -> str:
    return school_told(found.move.school) if found.move else ""


def _due(found: BoardRow) -> str:
    if not found.is_due:
        return day_or_dash(found.due_on)
    return tr("nu: {day}").format(day=day_or_dash(found.due_on))


def _calendar(year: SchoolYear) -> str:
    """The days of the move to secondary school in the spring of a school year."""
    days = {name: law.day_of(f"okr.{name}", year.start + 1) for name in _DAYS}
    told = tr(
        "Naar het voortgezet onderwijs: voorlopig advies {preliminary_advice_from} tot en met "
        "{preliminary_advice_until}, toetsuitslag uiterlijk {test_result_by}, definitief advies "
        "uiterlijk {final_advice_by}, aanmelden tot en met {applications_until}. Deze dagen zijn "
        "van een eerder jaar: kijk na of ze nu ook gelden."
    )
    return told.format(**{name: dutch_date(day) for name, day in days.items()})


def _columns() -> list[Column[BoardRow]]:
    return [
        Column(
            tr("Leerling"),
            lambda each: register_name(each.child.pupil),
            sorts=lambda each: " ".join(surname_sort_key(each.child.pupil)),
            width=190,
        ),
        Column(tr("Groep"), lambda each: group_label(each.child.placement.group_name), width=90),
        Column(tr("Naar"), lambda each: _school(each) or "–", width=235),
        Column(
            tr("Hoe ver"),
            lambda each: state_word(each.state),
            sorts=lambda each: str(list(State).index(each.state)),
            icon=lambda each: theme.icon(*SIGNS[each.state]),
            width=205,
        ),
        Column(tr("Ingezien"), _seen, width=80),
        Column(
            tr("Uiterlijk"),
            _due,
            sorts=lambda each: each.due_on.isoformat() if each.due_on else _NO_DAY,
            icon=lambda each: theme.icon("triangle-alert", "warn") if each.is_due else None,
            width=143,
        ),
    ]


def _seen(found: BoardRow) -> str:
    return tr("{seen} van {must}").format(seen=found.seen[0], must=found.seen[1])
