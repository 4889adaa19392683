"""Choosing pupils for a sharing: search, tick, whole groups at once."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from schoolprivacy.consents.sharing.pupils import add_pupils, remove_pupil
from schoolprivacy.consents.sharing.sharings import Sharing
from schoolprivacy.people.directory import Listed, directory, groups
from schoolprivacy.people.names import full_name, group_label, register_name, surname_sort_key
from schoolprivacy.school import School
from ui import theme
from ui.desk import Desk
from ui.fields import SearchField, button, choice, label, row
from ui.screens.sharing_form import SharingForm, tell_done
from ui.screens.sharing_words import named, pupils_told
from ui.table import ROW, Column, Rows, Table
from ui.theme import px
from ui.words import tr


class _Ticks(Table):
    """Space, Enter or a click ticks a pupil or not."""

    ticked = Signal(object)

    def __init__(self) -> None:
        super().__init__(tr("Leerlingen; de spatiebalk kiest"))
        self.setSelectionMode(Table.SelectionMode.SingleSelection)
        self.doubleClicked.disconnect()  # its two clicks have ticked and unticked
        self.clicked.connect(lambda index: self.ticked.emit(index.data(ROW)))
        self.opened.connect(self.ticked)
        self.setIconSize(QSize(px(16), px(16)))
        self.verticalHeader().setDefaultSectionSize(px(32))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.current() is not None:
            self.ticked.emit(self.current())
        else:
            super().keyPressEvent(event)


class _Search(SearchField):
    """Enter chooses who was found first; in a dialogue it would press the button."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        entered = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if entered and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.returnPressed.emit()
        else:
            super().keyPressEvent(event)


class PupilPicker(QWidget):
    """Everybody at school, to tick.

    :param without: identifiers of pupils who are not offered
    """

    changed = Signal()

    def __init__(self, school: School, without: Collection[str] = ()) -> None:
        super().__init__()
        self._people = [each for each in directory(school) if each.pupil.id not in without]
        self._ticked: set[str] = set()
        self._rows = Rows(self._columns(), self._people)
        self._table = _Ticks()
        self._table.setMinimumHeight(px(150))
        self._shown = self._table.show_rows(self._rows, _found_in)
        self._table.ticked.connect(self._tick)
        self._search = _Search(tr("Zoek op naam of groep"))
        self._search.textChanged.connect(self._shown.search)
        self._search.down.connect(self._into_table)
        self._search.returnPressed.connect(self._tick_first)
        names = [(group_label(each), each) for each in groups(school)]
        self._group = choice([(tr("Alle groepen"), None), *names])
        self._group.setAccessibleName(tr("Groep"))
        self._group.currentIndexChanged.connect(self._filter)
        self._said = label("", "strong", wrap=True)
        self._problem = label("", "problem", wrap=True)
        self._problem.hide()
        self._build()
        self._tell()

    def _build(self) -> None:
        every = button(tr("Alle getoonde &kiezen"), lambda: self._tick_shown(on=True), kind="link")
        none = button(tr("&Niemand kiezen"), self._clear, kind="link")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(8))
        layout.addWidget(self._search)
        layout.addWidget(self._group)
        layout.addWidget(self._table, 1)
        for each in (row(every, none, None, spacing=2), self._said, self._problem):
            layout.addWidget(each)

    def _columns(self) -> list[Column[Listed]]:
        return [
            Column(
                tr("Leerling"),
                lambda each: register_name(each.pupil),
                sorts=lambda each: " ".join(surname_sort_key(each.pupil)),
                speaks=self._spoken,
                icon=lambda each: (
                    theme.icon("circle-check", "accent")
                    if each.pupil.id in self._ticked
                    else theme.icon("circle", "muted")
                ),
                width=220,
            ),
            Column(tr("Groep"), lambda each: group_label(each.placement.group_name)),
        ]

    def _spoken(self, each: Listed) -> str:
        state = tr("gekozen") if each.pupil.id in self._ticked else tr("niet gekozen")
        return f"{full_name(each.pupil)}, {state}"

    # — choosing —

    def chosen(self) -> tuple[str, ...]:
        """Identifiers of who is ticked, by surname."""
        return tuple(each.pupil.id for each in self._people if each.pupil.id in self._ticked)

    def show_problem(self, text: str) -> None:
        """Tell beneath the list what is wrong with the choice; "" takes that away."""
        self._problem.setText(text)
        self._problem.setVisible(bool(text))
        if text:
            self._search.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tick(self, each: Listed) -> None:
        self._ticked ^= {each.pupil.id}
        self._changed()

    def _tick_first(self) -> None:
        """Who is found first; the next name can be typed at once."""
        first = self._shown.index(0, 0)
        if self._search.text().strip() and first.isValid():
            self._ticked.add(first.data(ROW).pupil.id)
            self._search.clear()
            self._changed()

    def _tick_shown(self, *, on: bool) -> None:
        shown = (self._shown.index(place, 0) for place in range(self._shown.rowCount()))
        ids = {each.data(ROW).pupil.id for each in shown}
        self._ticked = self._ticked | ids if on else self._ticked - ids
        self._changed()

    def _clear(self) -> None:
        self._ticked = set()
        self._changed()

    def _changed(self) -> None:
        last = max(0, self._rows.rowCount() - 1)
        self._rows.dataChanged.emit(self._rows.index(0, 0), self._rows.index(last, 0))
        self.show_problem("")
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        names = [full_name(e.pupil) for e in self._people if e.pupil.id in self._ticked]
        if not self._people:
            self._said.setText(tr("Er is niemand om te kiezen."))
        elif not names:
            self._said.setText(tr("Nog niemand gekozen."))
        else:
            text = tr("{pupils}: {names}")
            self._said.setText(text.format(pupils=pupils_told(len(names)), names=named(names)))

    # — searching —

    def _filter(self) -> None:
        group = self._group.value()
        self._shown.keep(None if group is None else lambda each: each.placement.is_in(group))

    def _into_table(self) -> None:
        self._table.setFocus()
        first: QModelIndex = self._shown.index(0, 0)
        if first.isValid():
            self._table.setCurrentIndex(first)

    def focus_first(self) -> None:
        """Put the keyboard in the search field."""
        self._search.setFocus(Qt.FocusReason.OtherFocusReason)


def _found_in(each: Listed) -> str:
    return f"{full_name(each.pupil)} {each.placement.group_name}"


class AddPupilsDialog(SharingForm):
    """More pupils for a sharing that is there."""

    def __init__(self, desk: Desk, owner: QWidget, of: Sharing) -> None:
        super().__init__(desk, owner, tr("Leerlingen toevoegen"), tr("&Toevoegen"))
        self._of = of
        said = tr("Voor elke leerling is een eigen ja nodig. Kies alleen wie het echt aangaat.")
        self.body.addWidget(label(said, "muted", wrap=True))
        self.picker = PupilPicker(desk.school, {each.pupil_id for each in of.pupils})
        self.picker.changed.connect(self._touch)
        self.body.addWidget(self.picker, 1)
        self.picker.setMinimumHeight(px(360))

    def open(self) -> None:
        super().open()
        self.picker.focus_first()

    def _touch(self) -> None:
        self.touched = bool(self.picker.chosen())

    def problems(self) -> dict[str, str]:
        return {} if self.picker.chosen() else {"pupils": tr("Kies een of meer leerlingen.")}

    def show_problems(self, problems: dict[str, str]) -> None:
        self.picker.show_problem(problems.get("pupils", ""))

    def act(self) -> None:
        desk, code = self.desk, self._of.code
        added = add_pupils(desk.school, code, self.picker.chosen())

        def undo() -> None:
            for each in added:
                remove_pupil(desk.school, code, each)

        text = tr("{pupils} toegevoegd. Vraag nu de ouders.")
        tell_done(desk, text.format(pupils=pupils_told(len(added))), undo)
