"""What the two parts of the publications have in common: a search, a table, what one is at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui.desk import Desk
from ui.fields import Button, ChoiceField, SearchField, button, card, label, row
from ui.screens.channels_parts import go_to_row, page
from ui.screens.channels_words import address_of, open_address
from ui.screens.publications_rows import Read
from ui.table import Column, Rows, Table
from ui.theme import px
from ui.words import tr


class Part(QWidget):
    """One tab: a subclass says which columns, which rows pass, and what can be done.

    :signal wants_everything: the rows of every child, not of one alone
    """

    wants_everything = Signal()

    def __init__(
        self,
        desk: Desk,
        name: str,
        columns: Sequence[Column[Any]],
        found_in: Callable[[Any], str],
        only: Sequence[tuple[str, Any]],
    ) -> None:
        super().__init__()
        self.desk = desk
        self.may_change = not desk.school.read_only
        self.read: Read | None = None
        self.setAccessibleName(name)
        self._rows = Rows(columns)
        self.table = Table(name)
        self.table.setMinimumHeight(px(150))
        self.shown = self.table.show_rows(self._rows, found_in)
        self.table.sortByColumn(-1, Qt.SortOrder.AscendingOrder)  # newest first, as they come
        self.search = SearchField(tr("Zoek op kind, groep, gebeurtenis, kanaal of datum"))
        self.only = ChoiceField()
        self.only.offer(only)
        self._pages = QStackedWidget()
        self.what = label("", wrap=True)
        self.more = label("", "muted", wrap=True)
        self.look = button(
            tr("&Bekijken"), self._open_address, icon="external-link", tip=tr("In de browser")
        )

    def build(self, name: str, acts: Sequence[Button], *beside: QWidget) -> None:
        """Lay it out.

        :param name: what the choice beside the search is called
        :param acts: the buttons below what one is at; away in a school that is read only
        :param beside: other buttons, which change nothing
        """
        self.only.setAccessibleName(name)
        self.only.setMinimumContentsLength(12)
        self.only.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.search.setMinimumWidth(px(130))
        self._bar = QWidget()
        bar = QHBoxLayout(self._bar)
        bar.setContentsMargins(0, 0, 0, 0)
        bar.setSpacing(px(10))
        bar.addWidget(self.search, 1)
        bar.addWidget(self.only)
        self._no_match = page(
            label(tr("Niets past hierbij."), "heading"),
            row(button(tr("Alles weer tonen"), self._clear, icon="x"), None),
        )
        for each in (self.table, self._no_match, self.empty_page()):
            self._pages.addWidget(each)
        self._foot: QFrame = card(
            _beside(self.what, *beside, self.look), self.more, row(*acts, None), spacing=6
        )
        for act in acts:
            act.setVisible(self.may_change)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, px(12), px(6), 0)
        layout.setSpacing(px(12))
        layout.addWidget(self._bar)
        layout.addWidget(self._pages, 1)
        layout.addWidget(self._foot)
        self._connect()

    def _connect(self) -> None:
        self.search.textChanged.connect(self._find)
        self.search.down.connect(self.table.setFocus)
        self.only.currentIndexChanged.connect(lambda _: self._filter())
        self.table.selectionModel().selectionChanged.connect(lambda *_: self.show_current())
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self.show_current())
        for signal in (self.shown.rowsInserted, self.shown.rowsRemoved, self.shown.modelReset):
            signal.connect(self._show_page)

    # — for the subclass —

    def rows_of(self, read: Read) -> Sequence[Any]:
        """What the table can show."""
        raise NotImplementedError

    def passes(self, value: Any, only: Any) -> bool:
        """Whether a row passes the choice beside the search."""
        raise NotImplementedError

    def key_of(self, value: Any) -> object:
        """What a row is known by."""
        raise NotImplementedError

    def address(self, value: Any) -> Sequence[str]:
        """Where it may be found on the internet."""
        raise NotImplementedError

    def empty_page(self) -> QWidget:
        """What to say when there is nothing at all."""
        raise NotImplementedError

    def tell(self, value: Any) -> None:
        """Say of the row one is at what the table has no room for; None without one."""
        raise NotImplementedError

    # — showing —

    def show_read(self, read: Read) -> None:
        """Show this, at the row where one was."""
        here, place = self.table.current(), self.table.currentIndex().row()
        self.read = read
        self._rows.replace(self.rows_of(read))
        self._filter(self.key_of(here) if here is not None else None, max(0, place))

    def _filter(self, here: object = None, place: int = 0) -> None:
        only = self.only.value()
        self.shown.keep(lambda value: self.passes(value, only))
        go_to_row(self.table, lambda value: self.key_of(value) == here, place)
        self._show_page()
        self.show_current()

    def _find(self, text: str) -> None:
        here = self.table.current()
        self.shown.search(text)
        key = self.key_of(here) if here is not None else None
        go_to_row(self.table, lambda value: self.key_of(value) == key)
        self.show_current()

    def _show_page(self) -> None:
        shown, everything = self.shown.rowCount(), self._rows.rowCount()
        self._pages.setCurrentIndex(0 if shown else 1 if everything else 2)
        self._bar.setVisible(bool(everything))
        self._foot.setVisible(bool(shown))

    def show_current(self) -> None:
        """What one is at, and where to look at it."""
        value = self.table.current()
        self.tell(value)
        self.look.setVisible(value is not None and bool(address_of(*self.address(value))))

    def begin(self, only: Any) -> None:
        """Show everything of a kind: no search is in the way."""
        self.search.clear()
        self.only.choose(only)

    def everything(self) -> int:
        """How many rows there are, before search and choice."""
        return self._rows.rowCount()

    def focus_first(self) -> None:
        (self.table if self.shown.rowCount() else self.search).setFocus()

    def _clear(self) -> None:
        self.search.clear()
        self.only.setCurrentIndex(self.only.count() - 1)  # the last one is everything
        self.wants_everything.emit()

    def _open_address(self) -> None:
        value = self.table.current()
        if value is not None and (address := address_of(*self.address(value))):
            open_address(address)


def _beside(said: QWidget, *acts: QWidget) -> QWidget:
    """A text with all the room that buttons leave."""
    made = QWidget()
    layout = QHBoxLayout(made)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(px(10))
    layout.addWidget(said, 1)
    for each in acts:
        layout.addWidget(each)
    return made
