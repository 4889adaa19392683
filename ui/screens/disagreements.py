"""Children whose parents do not agree: who said what, and a letter to both."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from schoolprivacy.consents.conflicts import (
    conflicts,
    print_conflict_letters,
    sample_conflict_letters,
)
from schoolprivacy.people.names import full_name, natural_sort_key
from ui import theme
from ui.desk import Desk, Place
from ui.fields import ChoiceField, SearchField, button, card, label, notice, row, scrolled
from ui.matrix import Cell
from ui.screen import Screen
from ui.screens.consent_forms import RecordDialog
from ui.screens.disagreements_rows import Line, columns, found_in, lines_of
from ui.screens.letter_dialog import Letter, show_letter
from ui.table import ROW, Rows, Table
from ui.theme import px
from ui.words import counted, tr

_LARGE = 1.5  # zoom from which the buttons do not fit beside one another


class DisagreementsScreen(Screen):
    """A line for each child and purpose; what was said stands here and on no paper."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            tr("Ouders die het niet eens zijn"),
            tr("De ene ouder zei ja, de andere nee. Dat telt als nee, tot zij het eens zijn."),
        )
        self.all_letters = button(tr("Alle &brieven…"), self._all_letters, icon="printer")
        self.add_actions(self.all_letters)
        self._lines: list[Line] = []
        self._rows = Rows(columns())
        self.table = Table(tr("Leerlingen bij wie de ouders het niet eens zijn"))
        self.table.setSelectionMode(Table.SelectionMode.SingleSelection)
        self.table.setMinimumHeight(px(150))
        self.shown = self.table.show_rows(self._rows, found_in)
        self.table.opened.connect(self.record_line)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._tell())
        self._pages = QStackedWidget()
        for each in (self._make_list(), self._make_nobody()):
            self._pages.addWidget(each)
        self.content.addWidget(scrolled(self._pages), 1)

    # — building —

    def _make_list(self) -> QWidget:
        self.search = SearchField(tr("Zoek op naam of doel"))
        self.search.setMinimumWidth(px(260))
        self.search.textChanged.connect(self._filter)
        self.search.down.connect(self._into_table)
        self.group = ChoiceField()
        self.group.setAccessibleName(tr("Groep"))
        self.group.setMinimumContentsLength(12)
        self.group.currentIndexChanged.connect(self._filter)
        self._count = label("", "small")
        made = QWidget()
        layout = QVBoxLayout(made)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(12))
        secret = tr("Wie wat zei, staat alleen hier. Op brieven en lijsten staat het nooit.")
        layout.addWidget(notice(secret))
        layout.addWidget(row(self.search, self.group, None))
        layout.addWidget(self.table, 1)
        layout.addWidget(self._count)
        layout.addWidget(self._make_details())
        return made

    def _make_details(self) -> QFrame:
        self.who, self.what = label("", "strong", wrap=True), label("", wrap=True)
        self.record = button(
            tr("Antwoord &vastleggen…"), self._record_current, icon="pencil", kind="primary"
        )
        self.letters = button(tr("Brief aan &allebei…"), self._letters_of_one, icon="mail")
        to_pupil = button(tr("Naar de &leerling"), self._to_pupil, icon="user")
        self.record.setEnabled(not self.desk.school.read_only)
        buttons = [row(self.record, self.letters, to_pupil, None)]
        if theme.zoom() >= _LARGE:
            buttons = [row(self.record, self.letters, None), row(to_pupil, None)]
        self._details = card(self.who, self.what, *buttons)
        return self._details

    def _make_nobody(self) -> QWidget:
        told = tr(
            "Zegt de ene ouder ja en de andere nee, dan staat het kind hier. U ziet dan wie wat "
            "zei, en maakt een brief aan beide ouders."
        )
        self._go = button(
            tr("Naar de &toestemmingen"), lambda: self.desk.go("consents"), icon="shield-check"
        )
        made = QWidget()
        layout = QVBoxLayout(made)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(
            card(
                label(tr("Nergens spreken ouders elkaar tegen."), "heading", wrap=True),
                label(told, wrap=True),
                row(self._go, None),
            )
        )
        layout.addStretch(1)
        return made

    # — showing —

    def refresh(self) -> None:
        before = self.table.current()
        self._lines = lines_of(conflicts(self.desk.school))
        self._rows.replace(self._lines)
        self._offer_groups()
        self._filter()
        self._pages.setCurrentIndex(0 if self._lines else 1)
        self.all_letters.setVisible(bool(self._lines))
        if before is None or not self._go_to(before.pupil_id, before.code):
            self.table.selectRow(0)
        self._tell()

    def _offer_groups(self) -> None:
        chosen = self.group.value()
        groups = sorted({each.group for each in self._lines}, key=natural_sort_key)
        self.group.blockSignals(True)
        told = {each.group: each.group_told for each in self._lines}
        self.group.offer([(tr("Alle groepen"), None), *((told[each], each) for each in groups)])
        self.group.choose(chosen)
        self.group.blockSignals(False)

    def _filter(self) -> None:
        group = self.group.value()
        self.shown.search(self.search.text())
        self.shown.keep(None if group is None else lambda line: line.group == group)
        self._tell()

    def _tell(self) -> None:
        line: Line | None = self.table.current()
        self._details.setVisible(line is not None)
        shown = [self.shown.index(n, 0).data(ROW) for n in range(self.shown.rowCount())]
        children = {each.pupil_id for each in shown}
        parts = [
            counted(len(children), tr("leerling"), tr("leerlingen")),
            counted(len(shown), tr("keer ja en nee"), tr("keer ja en nee")),
        ]
        self._count.setText(" · ".join(parts))
        if line is not None:
            said = tr("Ja: {yes}\nNee: {no}")
            self.who.setText(f"{full_name(line.child.pupil)} · {line.purpose.wording.label}")
            self.what.setText(said.format(yes=", ".join(line.yes), no=", ".join(line.no)))

    def open_at(self, place: Place) -> None:
        """Show a ``pupil``, when somebody asks for one."""
        if pupil_id := place.detail.get("pupil"):
            self.search.clear()
            self.group.choose(None)
            self._go_to(pupil_id)

    def _go_to(self, pupil_id: str, code: str | None = None) -> bool:
        for place in range(self.shown.rowCount()):
            line: Line = self.shown.index(place, 0).data(ROW)
            if line.pupil_id == pupil_id and code in (None, line.code):
                self.table.selectRow(place)
                return True
        return False

    def focus_first(self) -> None:
        if self._lines:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._go.setFocus(Qt.FocusReason.OtherFocusReason)

    def _into_table(self) -> None:
        if self.table.current() is None:
            self.table.selectRow(0)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # — doing —

    def record_line(self, line: Line) -> None:
        """Record what one of them says now."""
        if not self.desk.school.read_only:
            RecordDialog(self.desk, Cell(line.child, line.purpose), self).open()

    def _record_current(self) -> None:
        if (line := self.table.current()) is not None:
            self.record_line(line)

    def _letters_of_one(self) -> None:
        if (line := self.table.current()) is not None:
            show_letter(self.desk, self, self._letter([line.pupil_id]))

    def _all_letters(self) -> None:
        show_letter(self.desk, self, self._letter(sorted({e.pupil_id for e in self._lines})))

    def _letter(self, pupil_ids: list[str]) -> Letter:
        school = self.desk.school
        return Letter(
            tr("Brief: de antwoorden verschillen"),
            tr(
                "Beide ouders krijgen dezelfde brief, ieder op het eigen adres. Er staat niet in "
                "wie ja of nee zei. Wie geen gezag heeft, krijgt geen brief."
            ),
            tr("brief-antwoorden-verschillen"),
            partial(sample_conflict_letters, school, pupil_ids=pupil_ids),
            lambda deliver, way, progress: print_conflict_letters(
                school, deliver, pupil_ids=pupil_ids, way=way, progress=progress
            ),
        )

    def _to_pupil(self) -> None:
        if (line := self.table.current()) is not None:
            self.desk.go("pupil", pupil=line.pupil_id)
