"""Where the pupils of one group go: to a group, from school, or nothing yet; and who repeats."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from schoolprivacy.people.moving_up import LEAVE
from schoolprivacy.people.names import full_name, group_label, register_name, surname_sort_key
from schoolprivacy.people.terms import PlacedPupil
from schoolprivacy.schoolyear import SchoolYear
from ui import theme
from ui.dialog import Dialog
from ui.fields import Fields, button, choice, label, row, show_date, text_field
from ui.screens.year_groups_plan import MoveRow, Target
from ui.table import ROW, Column, Rows, Table
from ui.theme import px
from ui.words import counted, tr

_TO_GROUP, _LEAVE, _OPEN = "group", "leave", "open"


class _Ticks(Table):
    """Space or a click ticks a pupil or not; Enter is for the dialogue."""

    ticked = Signal(object)

    def __init__(self) -> None:
        super().__init__(tr("Wie blijft zitten? De spatiebalk kiest."))
        self.setSelectionMode(Table.SelectionMode.SingleSelection)
        self.doubleClicked.disconnect()  # its two clicks have ticked and unticked
        self.clicked.connect(lambda index: self.ticked.emit(index.data(ROW)))
        self.setIconSize(QSize(px(16), px(16)))
        self.verticalHeader().setDefaultSectionSize(px(32))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.current() is not None:
            self.ticked.emit(self.current())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()  # the dialogue presses its button
        else:
            super().keyPressEvent(event)


class MoveDialog(Dialog):
    """One row of the proposal; nothing is stored.

    :param then: gets where they go and the identifiers of who repeats
    """

    def __init__(
        self,
        owner: QWidget,
        of: MoveRow,
        year: SchoolYear,
        then: Callable[[Target, frozenset[str]], None],
    ) -> None:
        title = tr("{group}: waarheen?").format(group=group_label(of.from_group))
        super().__init__(owner, title)
        self.setMinimumWidth(px(460))
        self._of, self._then = of, then
        self._repeat = {each.pupil.id for each in of.repeating}
        last_day = show_date(year.previous().last_day)
        leaving = tr("Van school, laatste dag {day}").format(day=last_day)
        self.where = choice(
            [
                (tr("Naar een groep"), _TO_GROUP),
                (leaving, _LEAVE),
                (tr("Nog niets doen"), _OPEN),
            ],
            _kind(of.target),
        )
        self.name = text_field(of.target.group or of.from_group, longest=100)
        self.fields = Fields()
        self.fields.add("where", tr("&Waar gaan deze leerlingen heen?"), self.where)
        hint = tr("Een groep die er nog niet is, maakt het programma aan.")
        self.fields.add("name", tr("&Groep in {year}").format(year=year), self.name, hint=hint)
        self.fields["where"].currentIndexChanged.connect(lambda _: self._show_fields())
        self.pupils = _Ticks()
        self.pupils.ticked.connect(self._tick)
        self._said = label("", "muted", wrap=True)
        self._rows: Rows[PlacedPupil] = Rows(self._columns(), of.pupils)
        self._build()
        self._show_fields()

    def _build(self) -> None:
        self.primary = button(tr("&Overnemen"), self._take, kind="primary")
        self.pupils.show_rows(self._rows, lambda each: full_name(each.pupil))
        self.pupils.setMinimumHeight(px(140))  # it fits on a screen at 200 %
        if self._of.pupils:
            self.pupils.setCurrentIndex(self.pupils.model().index(0, 0))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(20), px(18), px(20), px(16))
        layout.setSpacing(px(10))
        layout.addWidget(self.fields)
        layout.addWidget(self._said)
        layout.addWidget(self.pupils, 1)
        layout.addWidget(row(None, button(tr("&Annuleren"), self.reject), self.primary))

    def _columns(self) -> list[Column[PlacedPupil]]:
        return [
            Column(
                tr("Leerling"),
                lambda each: register_name(each.pupil),
                sorts=lambda each: " ".join(surname_sort_key(each.pupil)),
                speaks=self._spoken,
                icon=lambda each: (
                    theme.icon("circle-check", "accent")
                    if each.pupil.id in self._repeat
                    else theme.icon("circle", "muted")
                ),
                width=270,
            ),
            Column(tr("Blijft zitten"), self._state),
        ]

    def _state(self, each: PlacedPupil) -> str:
        return tr("blijft zitten") if each.pupil.id in self._repeat else ""

    def _spoken(self, each: PlacedPupil) -> str:
        state = tr("blijft zitten") if each.pupil.id in self._repeat else tr("gaat mee")
        return f"{full_name(each.pupil)}, {state}"

    def _show_fields(self) -> None:
        self.fields.set_shown("name", self.where.value() == _TO_GROUP)
        self._show_count()

    def _show_count(self) -> None:
        text = tr("{pupils}. Kies met de spatiebalk wie blijft zitten: {n} gekozen.")
        pupils = counted(len(self._of.pupils), tr("leerling"), tr("leerlingen"))
        self._said.setText(text.format(pupils=pupils, n=len(self._repeat)))

    def _tick(self, each: PlacedPupil) -> None:
        self._repeat ^= {each.pupil.id}
        self.touched = True
        self.pupils.viewport().update()
        self._show_count()

    def _take(self) -> None:
        kind, name = self.where.value(), " ".join(self.name.text().split())
        if kind == _TO_GROUP and not name:
            self.fields.show_problems({"name": tr("Geef de groep een naam.")})
            return
        target = {
            _TO_GROUP: Target(name),
            _LEAVE: Target(LEAVE),
            _OPEN: Target(self._of.target.group, stays_open=True),
        }[kind]
        self._then(target, frozenset(self._repeat))
        self.accept()


def _kind(target: Target) -> str:
    if target.stays_open:
        return _OPEN
    return _LEAVE if target.group is LEAVE else _TO_GROUP
