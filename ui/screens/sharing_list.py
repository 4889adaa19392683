"""The list of sharings: what comes and runs, and what has ended when asked for."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QStackedWidget, QVBoxLayout, QWidget

from schoolprivacy.consents.sharing.sharings import Sharing, State, sharings
from schoolprivacy.people.directory import directory
from ui import theme
from ui.desk import Desk
from ui.fields import SearchField, button, card, label, row, scrolled, show_date
from ui.screens.sharing_words import answers_told, period, state_sign
from ui.table import ROW, Column, Rows, Table
from ui.theme import px
from ui.words import counted, tr


class SharingList(QWidget):
    """One line for each sharing.

    :signal opened: its code
    :signal new_wanted: somebody wants to set one down
    """

    opened = Signal(str)
    new_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._rows = Rows(_columns())
        self.table = Table(tr("Afspraken om gegevens te delen"))
        self.table.setSelectionMode(Table.SelectionMode.SingleSelection)
        self.table.setIconSize(QSize(px(16), px(16)))
        self.table.setMinimumHeight(px(130))
        self._shown = self.table.show_rows(self._rows, _found_in)
        self.table.sortByColumn(_PERIOD, Qt.SortOrder.AscendingOrder)
        self.table.opened.connect(lambda of: self.opened.emit(of.code))
        self.search = SearchField(tr("Zoek op ontvanger, doel of naam van een kind"))
        self.search.textChanged.connect(self._shown.search)
        self.search.down.connect(self._into_table)
        self.search.returnPressed.connect(self._open_first)
        self.ended = QCheckBox(tr("Ook wat &voorbij is"))
        self.ended.toggled.connect(self.refresh)
        self._count = label("", "muted")
        self._told = label("", wrap=True)
        self._about = card(self._told)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._tell())
        self._pages = QStackedWidget()
        self._no_match = _page(
            label(tr("Geen afspraak past hierbij."), "heading"),
            row(button(tr("Alles weer tonen"), self.search.clear, icon="x"), None),
        )
        self._nothing = self._make_nothing()
        self._build()
        for change in (self._shown.rowsInserted, self._shown.rowsRemoved, self._shown.modelReset):
            change.connect(self._show_count)

    def _build(self) -> None:
        self._open = button(tr("&Openen"), self._open_current, tip=tr("Enter"))
        for each in (self.table, self._no_match, self._nothing):
            self._pages.addWidget(each)
        body = QWidget()
        inside = QVBoxLayout(body)
        inside.setContentsMargins(0, 0, px(6), 0)
        inside.setSpacing(px(12))
        inside.addWidget(label(_explained(), "muted", wrap=True))
        inside.addWidget(self.search)
        inside.addWidget(self._pages, 1)
        inside.addWidget(self._about)
        inside.addWidget(row(self._open, self._count, None, self.ended))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolled(body))

    def _make_nothing(self) -> QWidget:
        self._begin = button(
            tr("Eerste afspraak vastleggen"), self.new_wanted.emit, icon="plus", kind="primary"
        )
        self._import = button(
            tr("Leerlingen importeren"), lambda: self.desk.go("import"), icon="upload"
        )
        self._why = label("", wrap=True)
        return _page(
            label(tr("Er worden nu geen gegevens gedeeld."), "heading"),
            self._why,
            row(self._begin, self._import, None),
        )

    # — showing —

    def refresh(self) -> None:
        """Read the school again."""
        here = self.table.current()
        found = sharings(self.desk.school, ended=self.ended.isChecked())
        if not found:
            self._explain_nothing()
        self._rows.replace(found)
        self.go_to(here.code if here else "")

    def _explain_nothing(self) -> None:
        anybody, may = bool(directory(self.desk.school)), not self.desk.school.read_only
        self._begin.setVisible(anybody and may)
        self._import.setVisible(not anybody and may)
        text = tr(
            "Vraagt iemand buiten de school gegevens van een leerling, bijvoorbeeld een bureau dat "
            "helpt met lezen? Leg dan vast wie het is, waarvoor en tot wanneer. Daarna vraagt u de "
            "ouders."
        )
        if not anybody:
            text = tr("Haal eerst de leerlingen op uit uw leerlingadministratie.")
        self._why.setText(text)

    def go_to(self, code: str) -> None:
        """Stand at this one, else at the first."""
        there = [self._shown.index(place, 0) for place in range(self._shown.rowCount())]
        wanted = [each for each in there if each.data(ROW).code == code]
        for index in (wanted or there)[:1]:
            self.table.setCurrentIndex(index)

    def _show_count(self) -> None:
        shown, every = self._shown.rowCount(), self._rows.rowCount()
        page = self.table if shown else self._no_match if every else self._nothing
        self._pages.setCurrentWidget(page)
        self.search.setVisible(bool(every))
        self._open.setVisible(bool(shown))
        self._count.setVisible(bool(shown))
        self._count.setText(counted(shown, tr("afspraak"), tr("afspraken")))
        self._tell()

    def _tell(self) -> None:
        """All of the present one: the columns are too narrow for long texts."""
        of = self.table.current()
        self._about.setVisible(of is not None)
        if of is not None:
            text = tr(
                "{party} krijgt: {data}.\nWaarvoor: {purpose}.\n{period}. Antwoorden: {answers}."
            )
            self._told.setText(
                text.format(
                    party=of.party,
                    data=of.data,
                    purpose=of.purpose_text,
                    period=period(of),
                    answers=answers_told(of),
                )
            )

    def focus_first(self) -> None:
        """Put the keyboard where one begins."""
        places = (self.table, self._begin, self._import, self.ended)
        next(each for each in places if each.isVisibleTo(self)).setFocus()

    # — going about —

    def _into_table(self) -> None:
        self.table.setFocus()
        if not self.table.currentIndex().isValid():
            self.table.selectRow(0)

    def _open_first(self) -> None:
        first = self._shown.index(0, 0)
        if first.isValid():
            self.opened.emit(first.data(ROW).code)

    def _open_current(self) -> None:
        if (of := self.table.current()) is not None:
            self.opened.emit(of.code)


_PERIOD = 3  # column by which it is sorted: what ends first, first


def _columns() -> list[Column[Sharing]]:
    return [
        Column(tr("Wie krijgt de gegevens"), lambda of: of.party, width=200),
        Column(tr("Waarvoor"), lambda of: of.purpose_text, width=180),
        Column(tr("Welke gegevens"), lambda of: of.data, width=180),
        Column(
            tr("Tot en met"),
            lambda of: show_date(of.ends_on),
            sorts=lambda of: f"{of.state is State.ENDED} {of.ends_on}",
            width=120,
        ),
        Column(
            tr("Staat"),
            lambda of: state_sign(of.state).word,
            icon=lambda of: theme.icon(state_sign(of.state).icon, state_sign(of.state).colour),
            width=115,
        ),
        Column(tr("Antwoorden"), answers_told),
    ]


def _found_in(of: Sharing) -> str:
    pupils = " ".join(each.pupil for each in of.pupils)
    return f"{of.party} {of.purpose_text} {of.data} {pupils}"


def _page(*content: QWidget) -> QWidget:
    """What stands where the table would be, with a way on."""
    made = QWidget()
    layout = QVBoxLayout(made)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(card(*content))
    layout.addStretch(1)
    return made


def _explained() -> str:
    return tr(
        "Eén ontvanger, één doel, bepaalde gegevens en een periode: het mag alleen met een ja van "
        "de ouders en stopt vanzelf. Niet nodig voor lessen, toetsen, noodnummers van de school "
        "zelf en wat de wet opdraagt."
    )
