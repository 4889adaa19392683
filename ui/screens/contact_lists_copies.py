"""The register of copies: who has a list, and which must be destroyed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from schoolprivacy.consents.contacts.copies import (
    ListCopy,
    copies,
    mark_destroyed,
    undo_destroyed,
)
from schoolprivacy.people.names import group_label
from ui import messages, theme
from ui.desk import Desk
from ui.fields import SearchField, button, card, choice, label, row, scrolled, show_date
from ui.screens.contact_lists_choices import kind_word
from ui.table import ROW, Column, Rows, Table
from ui.theme import px
from ui.words import counted, tr


class Only(StrEnum):
    """Which copies are shown."""

    ALL = "all"
    TO_DESTROY = "to_destroy"
    IN_USE = "in_use"
    DESTROYED = "destroyed"


def state_of(copy: ListCopy) -> Only:
    """Where a copy stands."""
    if copy.destroyed_on:
        return Only.DESTROYED
    return Only.TO_DESTROY if copy.is_past or copy.is_outdated else Only.IN_USE


class CopiesPart(QWidget):
    """Every numbered copy in one table; many are marked at once."""

    counted = Signal(int)
    list_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._asked = 0
        self.destroyed_button = button(
            tr("&Vernietigd"), self.mark, icon="check", kind="primary", tip=tr("Kies eerst regels")
        )
        self.back_button = button(
            tr("&Toch niet vernietigd"), self.unmark, icon="undo-2", tip=tr("Kies eerst regels")
        )
        self._rows: Rows[ListCopy] = Rows(_columns())
        self.table = Table(tr("Uitgedeelde exemplaren"))
        self._shown = self.table.show_rows(self._rows, _found_in)
        self.table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
        self.table.setMinimumHeight(px(90))
        self._count = label("", "muted", wrap=True)
        self._pages = QStackedWidget()
        self._build()
        self.table.selectionModel().selectionChanged.connect(self._show_count)
        for change in (self._shown.rowsInserted, self._shown.rowsRemoved, self._shown.modelReset):
            change.connect(self._show_count)

    # — what stands there —

    def _build(self) -> None:
        self.search = SearchField(tr("Zoek op nummer, naam of groep"))
        self.search.textChanged.connect(self._shown.search)
        self.search.down.connect(self._into_table)
        self.only = choice(
            [
                (tr("Alle exemplaren"), Only.ALL),
                (tr("Te vernietigen"), Only.TO_DESTROY),
                (tr("In gebruik"), Only.IN_USE),
                (tr("Vernietigd"), Only.DESTROYED),
            ]
        )
        self.only.setAccessibleName(tr("Welke exemplaren"))
        self.only.currentIndexChanged.connect(self._filter)
        bar = QWidget()
        line = QHBoxLayout(bar)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(px(10))
        line.addWidget(self.search, 2)
        line.addWidget(self.only, 1)
        board = QWidget()
        layout = QVBoxLayout(board)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(10))
        layout.addWidget(bar)
        self._why_none = label("", "heading", wrap=True)
        self._none_found = _page(
            self._why_none,
            row(button(tr("Alles weer tonen"), self.clear, icon="x"), None),
        )
        self._found = QStackedWidget()
        for each in (self.table, self._none_found):
            self._found.addWidget(each)
        layout.addWidget(self._found, 1)
        layout.addWidget(self._count)
        self._pages.addWidget(board)
        self._pages.addWidget(self._make_none())
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, px(14), 0, 0)
        outer.addWidget(self._pages)

    def _make_none(self) -> QWidget:
        return _page(
            label(tr("Er is nog geen lijst uitgedeeld."), "heading"),
            label(
                tr(
                    "Wat u afdrukt of bewaart, komt hier te staan: welk nummer, voor wie, en "
                    "wanneer het weg moet."
                ),
                wrap=True,
            ),
            row(
                button(tr("Lijst &maken"), self.list_wanted.emit, icon="book-user", kind="primary"),
                None,
            ),
        )

    # — showing —

    def refresh(self) -> None:
        """Read the register beside the windows: what is outdated takes a while to find."""
        self._asked += 1
        asked, school = self._asked, self._desk.school

        def show(found: list[ListCopy]) -> None:
            if asked == self._asked:  # else a later look follows
                self._show(found)

        self._reading = self._desk.read(lambda: copies(school), show)

    def _show(self, found: Sequence[ListCopy]) -> None:
        here, chosen = self.table.current(), {each.number for each in self.table.chosen()}
        self._rows.replace(found)
        self._pages.setCurrentIndex(0 if found else 1)
        self._choose_again(chosen, here.number if here else None)
        self._show_count()
        self.counted.emit(sum(state_of(each) is Only.TO_DESTROY for each in found))

    def _choose_again(self, chosen: set[int], here: int | None) -> None:
        """Stay where one was, with the same lines chosen."""
        picked = self.table.selectionModel()
        for place, each in enumerate(self._rows.rows):
            index = self._shown.mapFromSource(self._rows.index(place, 0))
            if not index.isValid():
                continue
            if each.number == here:
                picked.setCurrentIndex(index, picked.SelectionFlag.NoUpdate)
            if each.number in chosen:
                picked.select(index, picked.SelectionFlag.Select | picked.SelectionFlag.Rows)

    def _filter(self) -> None:
        only = self.only.value()
        keep: Callable[[Any], bool] | None = lambda each: state_of(each) is only  # noqa: E731
        self._shown.keep(None if only is Only.ALL else keep)
        self._show_count()

    def _show_count(self) -> None:
        shown, chosen = self._shown.rowCount(), self.table.chosen()
        self._found.setCurrentIndex(0 if shown else 1)
        all_gone = self.only.value() is Only.TO_DESTROY and not self.search.text()
        self._why_none.setText(
            tr("Er hoeft nu niets te worden vernietigd.")
            if all_gone
            else tr("Geen exemplaar past hierbij.")
        )
        said = counted(shown, tr("exemplaar"), tr("exemplaren"))
        if len(chosen) > 1:
            said = tr("{copies}, {n} gekozen").format(copies=said, n=len(chosen))
        lines = [self._shown.index(place, 0).data(ROW) for place in range(shown)]
        if any(each.is_outdated and not each.is_past for each in lines):
            why = tr("Klopt niet meer: er staat iets op wat er niet meer op mag.")
            said = f"{said}. {why}"
        self._count.setText(said)
        self._count.setVisible(bool(shown))
        gone = [bool(each.destroyed_on) for each in chosen]
        self.destroyed_button.setEnabled(bool(gone) and not any(gone))
        self.back_button.setEnabled(bool(gone) and all(gone))

    @property
    def has_any(self) -> bool:
        """Whether a copy was ever made."""
        return bool(self._rows.rows)

    def show_only(self, only: Only) -> None:
        """Show these copies, whatever was searched for."""
        self.clear()
        self.only.choose(only)

    def clear(self) -> None:
        """Show everything again."""
        self.search.clear()
        self.only.choose(Only.ALL)

    def focus_first(self) -> None:
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def _into_table(self) -> None:
        self.table.setFocus()
        if not self.table.currentIndex().isValid():
            self.table.selectRow(0)

    # — changing —

    def mark(self) -> None:
        """The chosen copies were destroyed."""
        text = tr("{copies} als vernietigd genoteerd.")
        self._do(mark_destroyed, undo_destroyed, text)

    def unmark(self) -> None:
        """The chosen copies are still there."""
        text = tr("{copies}: niet meer als vernietigd genoteerd.")
        self._do(undo_destroyed, mark_destroyed, text)

    def _do(self, change: Callable[..., None], back: Callable[..., None], text: str) -> None:
        school, numbers = self._desk.school, [each.number for each in self.table.chosen()]

        def undo() -> None:
            back(school, numbers)
            self._desk.tell_change()

        with messages.told(self):
            change(school, numbers)
            self._desk.tell_change()
            said = counted(len(numbers), tr("exemplaar"), tr("exemplaren"))
            self._desk.say(text.format(copies=said), undo)
            self._into_table()


def _columns() -> list[Column[ListCopy]]:
    return [
        Column(tr("Nummer"), lambda each: str(each.number), width=90),
        Column(tr("Lijst"), lambda each: kind_word(each.kind), width=110),
        Column(tr("Groep"), lambda each: group_label(each.group), width=110),
        Column(tr("Voor wie"), lambda each: each.for_whom, width=220),
        Column(
            tr("Gemaakt op"),
            lambda each: show_date(each.printed_on),
            sorts=lambda each: each.printed_on.isoformat(),
            width=110,
        ),
        Column(
            tr("Weg uiterlijk"),
            lambda each: show_date(each.destroy_by),
            sorts=lambda each: each.destroy_by.isoformat(),
            width=120,
        ),
        Column(tr("Stand"), _state_words, icon=_state_icon),
    ]


def _state_words(copy: ListCopy) -> str:
    if copy.destroyed_on:
        return tr("vernietigd op {day}").format(day=show_date(copy.destroyed_on))
    if copy.is_past:
        return tr("vernietigen: jaar is voorbij")
    return tr("vernietigen: klopt niet meer") if copy.is_outdated else tr("in gebruik")


def _state_icon(copy: ListCopy) -> Any:
    names = {
        Only.DESTROYED: ("circle-check", "yes"),
        Only.TO_DESTROY: ("triangle-alert", "warn"),
        Only.IN_USE: ("circle", "muted"),
    }
    return theme.icon(*names[state_of(copy)])


def _found_in(copy: ListCopy) -> str:
    group = group_label(copy.group)
    return f"{copy.number} {kind_word(copy.kind)} {group} {copy.for_whom} {copy.printed_by}"


def _page(*content: QWidget) -> QWidget:
    """What stands where the table would be, with a way on."""
    made = QWidget()
    layout = QVBoxLayout(made)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(card(*content))
    layout.addStretch(1)
    return scrolled(made)
