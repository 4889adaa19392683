"""The list of pupils: search, filter, sort, and open one."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QSize, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from schoolprivacy.consents.before import unsure_signers
from schoolprivacy.consents.board import consent_table
from schoolprivacy.people.addresses import with_secret_address, without_address
from schoolprivacy.people.directory import directory, groups
from schoolprivacy.people.names import group_label
from ui.desk import Desk, Place
from ui.fields import ChoiceField, SearchField, button, card, choice, label, row, scrolled
from ui.screen import Screen
from ui.screens.pupil_editing import AddPupilDialog
from ui.screens.pupil_leaving import LeavingDialog
from ui.screens.pupil_rows import ORDER, Line, columns, found_in, sits_in
from ui.screens.pupil_words import may_change
from ui.table import Rows, Table
from ui.theme import px
from ui.words import counted, tr

_WIDE = 760  # pixels at zoom 1 from which the filters stand beside one another
_SHORT = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
_ONLY = {
    "unknown_authority": unsure_signers,
    "without_address": without_address,
    "secret": with_secret_address,
}
"""What says who is shown, for a choice that is not made by looking at the list."""


class PupilsScreen(Screen):
    """Everybody at school in one table."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, tr("Leerlingen"))
        self._rows = Rows(columns())
        self._table = Table(tr("Leerlingen"))
        self._table.opened.connect(self._open)
        self._table.setIconSize(QSize(px(16), px(16)))
        self._shown = self._table.show_rows(self._rows, found_in)
        self._order_by_head()
        self._pages = QStackedWidget()
        self._pages.setMinimumHeight(px(50))  # at 200 % with two banners there is no more room
        self._add_head()
        self._add_filters()
        self._pages.addWidget(self._table)
        self._no_match, self._nobody = self._make_no_match(), self._make_nobody()
        for page in (self._no_match, self._nobody):
            self._pages.addWidget(page)
        self.content.addWidget(self._pages, 1)
        self._count = label("", "muted")
        self.content.addWidget(row(self._count, None, self._leavers))
        for change in (self._shown.rowsInserted, self._shown.rowsRemoved):
            change.connect(self._show_count)
        self._shown.modelReset.connect(self._show_count)
        self._table.selectionModel().selectionChanged.connect(self._show_count)

    # — what stands there —

    def _add_head(self) -> None:
        self._leave = button(tr("Van school…"), self._mark_left, tip=tr("Kies eerst leerlingen"))
        add = button(
            tr("Nieuwe leerling"), self._add, icon="user-plus", kind="primary", tip=tr("Ctrl+N")
        )
        self.add_actions(self._leave, add)
        QShortcut(QKeySequence("Ctrl+N"), self).activated.connect(self._add)

    def _add_filters(self) -> None:
        self._search = SearchField(tr("Zoek op naam van kind of ouder"))
        self._search.setMinimumWidth(px(130))
        self._search.textChanged.connect(self._shown.search)
        self._search.down.connect(self._into_table)
        self._search.returnPressed.connect(self._open_first)
        self._group = ChoiceField()
        self._group.setAccessibleName(tr("Groep"))
        self._group.setMinimumContentsLength(12)
        self._group.setSizeAdjustPolicy(_SHORT)
        self._group.currentIndexChanged.connect(self._filter)
        self._only = choice(
            [
                (tr("Alle leerlingen"), None),
                (tr("Zonder ouder of verzorger"), "without_guardians"),
                (tr("Gezag van ondertekenaar onbekend"), "unknown_authority"),
                (tr("Zonder adres"), "without_address"),
                (tr("Met een geheim adres"), "secret"),
            ]
        )
        self._only.setAccessibleName(tr("Welke leerlingen"))
        self._only.setMinimumContentsLength(12)
        self._only.setSizeAdjustPolicy(_SHORT)
        self._only.currentIndexChanged.connect(self._filter)
        self._leavers = QCheckBox(tr("Ook wie van school is"))
        self._leavers.setAccessibleName(tr("Ook leerlingen die van school zijn"))
        self._leavers.toggled.connect(self.refresh)
        by = (
            tr("Op achternaam"),
            tr("Op roepnaam"),
            tr("Op groep"),
            tr("Op leerjaar"),
            tr("Op geboortedatum"),
            tr("Op toestemmingen"),
            tr("Op ouder"),
        )
        self._order = choice([(text, column) for column, text in enumerate(by)])
        self._order.setMinimumContentsLength(12)
        self._order.setSizeAdjustPolicy(_SHORT)
        self._order.setAccessibleName(tr("Volgorde"))
        self._order.currentIndexChanged.connect(self._order_chosen)
        self._bar = QWidget()
        self._bar_grid = QGridLayout(self._bar)
        self._bar_grid.setContentsMargins(0, 0, 0, 0)
        self._bar_grid.setSpacing(px(10))
        self.content.addWidget(self._bar)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The filters beside one another, or two by two when there is no room."""
        super().resizeEvent(event)
        columns = 4 if self.width() >= px(_WIDE) else 2
        for place, each in enumerate((self._search, self._group, self._only, self._order)):
            self._bar_grid.addWidget(each, *divmod(place, columns))
        for column in range(4):
            self._bar_grid.setColumnStretch(column, 2 if column == 0 else int(column < columns))

    def _make_no_match(self) -> QWidget:
        return _page(
            label(tr("Geen leerling past hierbij."), "heading"),
            label(tr("Kijk of de naam goed is getypt, of zoek in alle groepen."), wrap=True),
            row(button(tr("Alles weer tonen"), self._clear, icon="x"), None),
        )

    def _make_nobody(self) -> QWidget:
        return _page(
            label(tr("Er staan nog geen leerlingen in het schoolbestand."), "heading"),
            label(
                tr(
                    "Haal ze uit uw leerlingadministratie. Dat gaat in één keer, met ouders en "
                    "groepen. Voor een enkele leerling kan het ook met de hand."
                ),
                wrap=True,
            ),
            row(
                button(
                    tr("Importeer uit uw leerlingadministratie"),
                    lambda: self.desk.go("import"),
                    icon="upload",
                    kind="primary",
                ),
                button(tr("Zelf toevoegen"), self._add, icon="user-plus"),
                None,
            ),
        )

    # — order —

    def _order_by_head(self) -> None:
        """Order the rows themselves: a proxy compares one by one, too slow for 30,000."""
        self._table.setSortingEnabled(False)
        self._shown.sort(-1)
        head = self._table.horizontalHeader()
        head.setSectionsClickable(True)
        head.setSortIndicatorShown(True)
        head.setSortIndicator(0, Qt.SortOrder.AscendingOrder)
        head.sortIndicatorChanged.connect(self._order_changed)

    def _order_chosen(self) -> None:
        head = self._table.horizontalHeader()
        head.setSortIndicator(self._order.value(), Qt.SortOrder.AscendingOrder)

    def _order_changed(self, column: int) -> None:
        self._order.blockSignals(True)
        self._order.choose(column)
        self._order.blockSignals(False)
        self._show_lines(self._rows.rows)

    def _show_lines(self, lines: list[Line]) -> None:
        """Show these in the order of the head, and stay at the same pupil."""
        here = self._table.current()
        head = self._table.horizontalHeader()
        down = head.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
        self._rows.replace(sorted(lines, key=ORDER[head.sortIndicatorSection()], reverse=down))
        if here is not None:
            self._go_to(here.listed.pupil.id)

    # — showing —

    def refresh(self) -> None:
        school = self.desk.school
        board = consent_table(school)
        answers = {
            child.pupil.id: given for child, given in zip(board.pupils, board.answers, strict=True)
        }
        everyone = directory(school, leavers=self._leavers.isChecked())
        homeless = [""] if any(not each.placement.group_name for each in everyone) else []
        self._show_groups(groups(school) + homeless)
        self._show_lines([Line(each, answers.get(each.pupil.id, ())) for each in everyone])

    def _show_groups(self, names: list[str]) -> None:
        chosen = self._group.value()
        self._group.blockSignals(True)
        everybody = (tr("Alle groepen"), None)
        self._group.offer([everybody, *((group_label(each), each) for each in names)])
        self._group.choose(chosen)
        self._group.blockSignals(False)
        self._filter()

    def _filter(self) -> None:
        group, only = self._group.value(), self._only.value()
        read = _ONLY.get(only)
        meant = read(self.desk.school) if read else frozenset()

        def wanted(line: Line) -> bool:
            if only == "without_guardians" and line.listed.guardians:
                return False
            if read and line.listed.pupil.id not in meant:
                return False
            return group is None or sits_in(line, group)

        self._shown.keep(wanted)

    def _show_count(self) -> None:
        shown, everyone = self._shown.rowCount(), self._rows.rowCount()
        page = self._table if shown else self._no_match if everyone else self._nobody
        self._pages.setCurrentWidget(page)
        self._bar.setVisible(page is not self._nobody or self._leavers.isChecked())
        self._count.setVisible(bool(shown))
        said = counted(shown, tr("leerling"), tr("leerlingen"))
        chosen = len(self._table.selectionModel().selectedRows())
        if chosen > 1:
            said = tr("{pupils}, {n} gekozen").format(pupils=said, n=chosen)
        self._count.setText(said)
        self._leave.setEnabled(chosen > 0)

    def open_at(self, place: Place) -> None:
        """Everybody of ``group``, or ``only`` some, when that is asked for."""
        if place.detail:
            self._clear()
            self._group.choose(place.detail.get("group"))
            self._only.choose(place.detail.get("only"))

    def focus_first(self) -> None:
        self._search.setFocus()

    def _clear(self) -> None:
        self._search.clear()
        self._group.setCurrentIndex(0)
        self._only.setCurrentIndex(0)

    # — going about —

    def _into_table(self) -> None:
        self._table.setFocus()
        if not self._table.currentIndex().isValid():
            self._table.selectRow(0)

    def _open_first(self) -> None:
        first = self._shown.index(0, 0)
        if first.isValid():
            self._table.setCurrentIndex(first)
            self._open(self._table.current())

    def _go_to(self, pupil_id: str) -> None:
        for place, line in enumerate(self._rows.rows):
            if line.listed.pupil.id == pupil_id:
                found: QModelIndex = self._shown.mapFromSource(self._rows.index(place, 0))
                self._table.setCurrentIndex(found)

    def _open(self, line: Line) -> None:
        self.desk.go("pupil", pupil=line.listed.pupil.id)

    # — changing —

    def _add(self) -> None:
        if may_change(self.desk, self):
            AddPupilDialog(self, self.desk, self._group.value() or "").open()

    def _mark_left(self) -> None:
        pupils = [line.listed.pupil for line in self._table.chosen()]
        if pupils and may_change(self.desk, self):
            LeavingDialog(self, self.desk, pupils).open()


def _page(*content: QWidget) -> QWidget:
    """What stands where the table would be, with a way on."""
    made = QWidget()
    layout = QVBoxLayout(made)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(card(*content))
    layout.addStretch(1)
    return scrolled(made)
