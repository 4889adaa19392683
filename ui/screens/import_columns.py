"""Which column of a spreadsheet holds what: what is recognised, and what a person must say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from schoolprivacy.exchange.columns import IGNORE
from ui import theme
from ui.fields import button, card, label
from ui.screen import heading
from ui.screens.import_column import ColumnEditor, PlacedColumn
from ui.screens.import_vocabulary import Vocabulary
from ui.table import Column, Rows, Table
from ui.theme import px
from ui.words import counted, tr


class ColumnFile(Protocol):
    """A file of which the columns are shown.

    :param placed: header → field code, ``ignore``, or "" where a person must say it
    :param remembered: header → field, as a person placed it the last time
    :param examples: header → some values
    """

    @property
    def path(self) -> Path: ...

    @property
    def headers(self) -> list[str]: ...

    @property
    def placed(self) -> Mapping[str, str]: ...

    @property
    def remembered(self) -> Mapping[str, str]: ...

    @property
    def examples(self) -> Mapping[str, tuple[str, ...]]: ...


class ColumnsPage(QWidget):
    """The columns of one file, with the choice for the one that is selected."""

    back = Signal()
    placed = Signal(dict)

    def __init__(self, vocabulary: Vocabulary) -> None:
        super().__init__()
        self._vocabulary = vocabulary
        self._file: ColumnFile | None = None
        self._codes: dict[str, str] = {}
        self._by_hand: set[str] = set()
        self._rows: Rows[PlacedColumn] = Rows(_columns())
        self._rows.setParent(self)
        self._title = heading("")
        self._said = label("", "warning", wrap=True)
        self.table = Table(tr("Kolommen van het bestand"))
        self.table.setSelectionMode(Table.SelectionMode.SingleSelection)
        self.table.show_rows(self._rows, lambda each: str(each.header))
        self.table.setSortingEnabled(False)  # they stay in the order of the file
        self.table.setMinimumHeight(px(190))
        self.editor = ColumnEditor(vocabulary)
        self._connect()
        self._build()

    def _connect(self) -> None:
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_current())
        self.table.opened.connect(lambda _: self.editor.begin())
        self.editor.chosen.connect(self._place)
        self.editor.done.connect(self._next)

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(10))
        layout.addWidget(self._title)
        layout.addWidget(self._said)
        layout.addWidget(self.table, 1)
        layout.addWidget(card(self.editor))
        foot = QHBoxLayout()
        layout.addLayout(foot)
        foot.addWidget(button(tr("&Terug"), self.back.emit, icon="arrow-left"))
        foot.addStretch(1)
        foot.addWidget(button(tr("Ve&rder"), self.go_on, kind="primary", tip=tr("Ctrl+Enter")))

    def show_file(self, file: ColumnFile, place: str = "") -> None:
        """Show the columns of a file.

        :param place: which of the files it is, "" of the only one
        """
        self._file, self._by_hand = file, set()
        self._codes = dict(file.placed)
        self._title.setText(" ".join(filter(None, (file.path.name, place))))
        self._show()
        self._go_to(next((each for each in self._rows.rows if not each.code), None))

    def forget(self) -> None:
        """Keep nothing of the file."""
        self._file, self._codes = None, {}
        self._rows.replace([])

    def focus_first(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # — the columns —

    def _listed(self) -> list[PlacedColumn]:
        assert self._file is not None
        return [self._column(place, header) for place, header in enumerate(self._file.headers)]

    def _column(self, place: int, header: str) -> PlacedColumn:
        assert self._file is not None
        code, never = self._codes.get(header, IGNORE), self._vocabulary.set_aside(header)
        return PlacedColumn(
            place,
            header,
            self._file.examples.get(header, ()),
            code,
            tr("Wordt nooit overgenomen") if never else self._vocabulary.holds(code),
            self._how(header),
            never,
            self._problem(code),
        )

    def _problem(self, code: str) -> str:
        times = Counter(self._codes.values())
        if not code or times[code] < 2 or self._vocabulary.may_repeat(code):
            return ""
        told = tr("Twee kolommen zijn “{field}”. Kies voor een van de twee iets anders.")
        return told.format(field=self._vocabulary.whole(code))

    def _how(self, header: str) -> str:
        assert self._file is not None
        code = self._codes.get(header)
        if never := self._vocabulary.set_aside(header):
            return never
        if not code:
            return tr("niet herkend")
        if header in self._by_hand:
            return tr("zelf gekozen")
        if self._file.remembered.get(header) == code:
            return tr("zoals de vorige keer")
        return tr("herkend aan de naam")

    def _show(self) -> None:
        current = self.table.current()
        self._rows.replace(self._listed())
        self._go_to(current)
        said = self._missing()
        self._said.setVisible(bool(said))
        self._said.setText(said)

    def _missing(self) -> str:
        codes = set(self._codes.values())
        said = []
        if not codes & self._vocabulary.names:
            said.append(self._vocabulary.asks)
        unplaced = sum(not code for code in self._codes.values())
        if unplaced:
            said.append(
                tr("{columns} niet herkend. Kies wat erin staat, of kies “niet overnemen”.").format(
                    columns=counted(unplaced, tr("kolom is"), tr("kolommen zijn"))
                )
            )
        said += [told for fields, told in self._vocabulary.warns if not codes & fields]
        return " ".join(said)

    def _go_to(self, wanted: PlacedColumn | None) -> None:
        """Select a column; the first without one."""
        model = self.table.model()
        row = 0
        for each in range(model.rowCount()):
            there: PlacedColumn = model.index(each, 0).data(Qt.ItemDataRole.UserRole)
            if wanted is not None and there.header == wanted.header:
                row = each
        self.table.setCurrentIndex(model.index(row, 0))
        self._show_current()

    def _show_current(self) -> None:
        current = self.table.current()
        if current is not None:
            self.editor.show_column(current)

    def _place(self, header: str, code: str) -> None:
        self._codes[header] = code
        self._by_hand.add(header)
        self._show()

    def _next(self) -> None:
        """After a choice: to the next column that waits for one, else back in the list."""
        waiting = next((e for e in self._rows.rows if not e.code or e.problem), None)
        self._go_to(waiting or self.table.current())
        self.focus_first()

    def go_on(self) -> None:
        """Take these columns, unless something is still to be chosen."""
        wrong = next((each for each in self._rows.rows if not each.code or each.problem), None)
        if wrong is not None:
            self._go_to(wrong)
            self.editor.begin()
        elif set(self._codes.values()) & self._vocabulary.names:
            self.placed.emit(dict(self._codes))
        else:
            self.focus_first()


def _columns() -> list[Column[PlacedColumn]]:
    def sign(each: PlacedColumn) -> Any:
        if each.problem or not each.code:
            return theme.icon("triangle-alert", "warn")
        ignored = each.code == IGNORE
        return theme.icon("minus", "muted") if ignored else theme.icon("circle-check", "yes")

    return [
        Column(
            tr("Kolom in het bestand"),
            lambda each: each.header,
            sorts=lambda each: str(each.place),
            icon=sign,
            width=230,
        ),
        Column(tr("Bijvoorbeeld"), lambda each: "  ·  ".join(each.examples), width=230),
        Column(tr("Wordt"), lambda each: each.problem or each.holds, width=290),
        Column(tr("Hoe gekozen"), lambda each: each.how, width=160),
    ]
