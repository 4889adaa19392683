"""Staff, trainees and volunteers: who they are, and what they want themselves."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from schoolprivacy.consents.team.members import MemberKind, TeamTable, members
from ui import theme
from ui.desk import Desk, Place
from ui.fields import SearchField, button, card, choice, label, row, scrolled
from ui.screen import Screen
from ui.screens.pupil_words import may_change
from ui.screens.team_forms import RecordDialog, WithdrawDialog, granted
from ui.screens.team_member import MemberDialog
from ui.screens.team_person import PersonDialog
from ui.screens.team_print import FormsDialog, SheetDialog
from ui.screens.team_rows import Line, TeamRows, kind_word
from ui.screens.team_rows import TeamTable as PeopleTable
from ui.theme import px
from ui.words import counted, tr

_WIDE = 780  # pixels at zoom 1 from which what one searches with stands beside one another


class TeamScreen(Screen):
    """Everybody who works or helps here × what they are asked."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, tr("Medewerkers, stagiairs en vrijwilligers"), _free())
        self._found = TeamTable((), ())
        self._rows = TeamRows()
        self.table = PeopleTable(self._rows)
        self._shown = self.table.show_people()
        self._pages = QStackedWidget()
        self._add_head()
        self._make_filters()
        self._add_pages()
        self._fit(wide=theme.zoom() < 1.5)
        self.table.opened.connect(self._open)
        self.table.record_wanted.connect(self._record)
        self.table.withdraw_wanted.connect(self._withdraw)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._show_count())
        for change in (self._shown.rowsInserted, self._shown.rowsRemoved, self._shown.modelReset):
            change.connect(lambda *_: self._show_count())

    # — building —

    def _add_head(self) -> None:
        self._sheet = button(tr("&Fotoblad…"), self._print_sheet, icon="camera", tip=tr("Fotoblad"))
        self._forms = button(
            tr("Form&ulieren…"), self._print_forms, icon="printer", tip=tr("Formulieren")
        )
        self._new = button(
            tr("Toevoegen…"), self._add, icon="user-plus", kind="primary", tip=tr("Ctrl+N")
        )
        self.add_actions(self._sheet, self._forms, self._new)
        QShortcut(QKeySequence("Ctrl+N"), self).activated.connect(self._add)

    def _make_filters(self) -> None:
        self.search = SearchField(tr("Zoek op naam"))
        self.search.setMinimumWidth(px(130))
        self.search.textChanged.connect(self._shown.search)
        self.search.down.connect(self._into_table)
        self.search.returnPressed.connect(self._open_first)
        kinds = [(kind_word(each).capitalize(), each) for each in MemberKind]
        self._kind = choice([(tr("Iedereen"), None), *kinds])
        self._kind.setAccessibleName(tr("Wie op school"))
        self._kind.currentIndexChanged.connect(lambda _: self._filter())
        self._record_button = button(
            tr("&Antwoorden vastleggen…"), self._record, icon="pencil", tip=tr("V")
        )
        self._open_button = button(tr("&Openen"), self._open_current, tip=tr("Enter"))
        self._filters = (
            (self.search, 3),
            (self._kind, 2),
            (self._record_button, 0),
            (self._open_button, 0),
        )

    def _add_pages(self) -> None:
        self._left = QCheckBox(tr("Ook wie weg is"))
        self._left.setAccessibleName(tr("Ook wie hier niet meer werkt of helpt"))
        self._left.toggled.connect(lambda _: self.refresh())
        self.count = label("", "small")
        self._keys = label(tr("Enter: openen · V: antwoorden vastleggen · I: intrekken"), "small")
        self._keys.hide()
        board = QWidget()
        layout = QVBoxLayout(board)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(8))
        filters = QWidget()
        layout.addWidget(filters)
        inside = QHBoxLayout(filters)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(px(10))
        for each, stretch in self._filters:
            inside.addWidget(each, stretch)
        layout.addWidget(self.table, 1)
        layout.addWidget(row(self.count, None, self._keys, self._left))
        for page in (board, self._nobody()):
            self._pages.addWidget(page)
        area = scrolled(self._pages)
        bar = area.verticalScrollBar()
        self.table.reached.connect(lambda: bar.setValue(self.table.y()))
        self.content.addWidget(area, 1)

    def _nobody(self) -> QWidget:
        made = QWidget()
        layout = QVBoxLayout(made)
        layout.setContentsMargins(0, 0, 0, 0)
        self._begin = button(tr("Iemand toevoegen…"), self._add, icon="user-plus", kind="primary")
        text = tr(
            "Voeg toe wie op school werkt of helpt en op foto's kan staan: medewerkers, stagiairs "
            "en vrijwilligers. Daarna drukt u hun formulieren af en legt u vast wat zij willen."
        )
        layout.addWidget(
            card(
                label(tr("Hier staat nog niemand."), "heading"),
                label(text, wrap=True),
                row(self._begin, None),
            )
        )
        layout.addStretch(1)
        return made

    # — showing —

    def refresh(self) -> None:
        school, here = self.desk.school, self.table.current()
        today = school.clock.today()
        everyone = members(school, left=True)
        lines = [Line(each, each.member.has_left(today)) for each in everyone.rows]
        anybody_left = any(each.has_left for each in lines)
        shown = [each for each in lines if self._left.isChecked() or not each.has_left]
        self._found = everyone
        self._rows.show(everyone.purposes, shown)
        self._pages.setCurrentIndex(0 if lines else 1)
        self._left.setVisible(anybody_left)
        self._allow()
        self._filter()
        self._go_to(here.member.id if here else "")
        self._show_count()

    def _allow(self) -> None:
        """What changes something is not there in a school that is opened to read."""
        may = not self.desk.school.read_only
        for each in (self._new, self._begin):
            each.setVisible(may)
        anybody = any(not each.has_left for each in self._rows.rows)
        for each in (self._sheet, self._forms):
            each.setVisible(may and anybody)

    def _filter(self) -> None:
        kind = self._kind.value()
        self._shown.keep(lambda line: kind is None or line.member.kind is kind)

    def _show_count(self) -> None:
        shown = self._shown.rowCount()
        said = counted(shown, tr("persoon"), tr("personen"))
        if not shown and self._rows.rowCount():
            said = tr("Niemand past hierbij. Zoek anders, of kies iedereen.")
        chosen = len(self.table.selectionModel().selectedRows())
        if chosen > 1:
            said = tr("{people}, {n} gekozen").format(people=said, n=chosen)
        self.count.setText(said)
        for each in (self._record_button, self._open_button):
            each.setEnabled(chosen == 1)

    def _go_to(self, member_id: str) -> None:
        places = range(self._shown.rowCount())
        ids = [self._shown.index(n, 0).data(Qt.ItemDataRole.UserRole).member.id for n in places]
        if ids:
            self.table.selectRow(ids.index(member_id) if member_id in ids else 0)

    def open_at(self, place: Place) -> None:
        """Go to ``member``, when somebody is asked for."""
        if place.detail:
            self.search.clear()
            self._kind.setCurrentIndex(0)
            self._go_to(str(place.detail.get("member", "")))

    def focus_first(self) -> None:
        first = self.search if self._rows.rows else self._begin
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit(wide=self.width() >= px(_WIDE))

    def _fit(self, *, wide: bool) -> None:
        """With little room some is left out; who opens somebody can record there too."""
        self._keys.setVisible(wide)
        self._record_button.setVisible(wide and not self.desk.school.read_only)
        self._subtitle.setVisible(wide)
        self._sheet.setText(tr("&Fotoblad…") if wide else "")
        self._forms.setText(tr("Form&ulieren…") if wide else "")

    # — going about —

    def _into_table(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.table.currentIndex().isValid():
            self._go_to("")

    def _open_first(self) -> None:
        self._go_to("")
        self._open_current()

    def _open_current(self) -> None:
        line = self.table.current()
        if line is not None:
            self._open(line)

    # — doing —

    def _open(self, line: Line) -> None:
        PersonDialog(self, self.desk, self._found.purposes, line.row).open()

    def _add(self) -> None:
        if may_change(self.desk, self):
            MemberDialog(self, self.desk).open()

    def _record(self) -> None:
        line = self.table.current()
        if line is not None and may_change(self.desk, self):
            RecordDialog(self, self.desk, line.member, self._found.purposes).open()

    def _withdraw(self) -> None:
        line = self.table.current()
        if line is None or not may_change(self.desk, self):
            return
        given = granted(self._found.purposes, line.row)
        if given:
            WithdrawDialog(self, self.desk, line.member, given).open()
        else:
            self.desk.say(tr("Er is geen ja om in te trekken."))

    def _print_forms(self) -> None:
        here = members(self.desk.school)
        chosen = [each.member.id for each in self.table.chosen() if not each.has_left]
        FormsDialog(self, self.desk, here, chosen).open()

    def _print_sheet(self) -> None:
        SheetDialog(self, self.desk).open()


def _free() -> str:
    return tr("Ieder beslist over zichzelf. Een nee, of geen antwoord, heeft geen gevolgen.")
