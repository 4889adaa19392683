"""Step 5: the letters and forms of the round, seen, counted, printed; and the cover sheets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QCheckBox, QRadioButton, QWidget

from schoolprivacy.consents.rounds.dates import propose_dates
from schoolprivacy.consents.rounds.preview import GroupCount, RoundPreview, preview
from schoolprivacy.consents.rounds.terms import Round, Step
from schoolprivacy.errors import KnownError
from schoolprivacy.people.directory import directory, groups
from schoolprivacy.people.names import group_label
from schoolprivacy.school import School
from ui import messages
from ui.desk import Desk
from ui.fields import button, card, label, notice, row, show_date
from ui.screens.year_paper import PaperPart, Wanted
from ui.screens.year_papers_kinds import choices, cover, forms, forms_said
from ui.screens.year_papers_whom import WhomFields
from ui.screens.year_step import YearStep
from ui.table import Column, Rows, Table
from ui.theme import px
from ui.words import counted, tr

_WIDE = 600  # pixels at zoom 1 from which choices and sample stand beside one another
_LEFT = 300  # pixels at zoom 1, of the choices
_FORMS, _CHOICES, _COVER = "forms", "choices", "cover"


@dataclass(frozen=True, slots=True)
class _Numbers:
    """What is counted for the whole school, or why nothing can be."""

    found: RoundPreview | None
    hand_in_by: date | None = None
    problem: str = ""


class PapersStep(YearStep):
    """Which paper, for whom, in which order; beside it what it looks like."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            Step.PAPERS,
            tr("Brieven en formulieren"),
            tr("Wie krijgt wat. Broertjes en zusjes op één adres gaan in één envelop."),
        )
        self.kinds = _Kinds()
        self.whom = WhomFields()
        self.anew = QCheckBox(tr("Nieuwe formulieren"))
        self._anew_said = label(
            tr("Alleen als de vragen zijn veranderd. De oude formulieren vervallen."),
            "small",
            wrap=True,
        )
        self._hand_in = label("", "muted", wrap=True)
        self._to_dates = button(tr("Andere da&g kiezen"), self._choose_day, kind="link")
        self.paper = PaperPart(desk)
        self._next = notice(
            tr("De formulieren zijn klaar. Geef de leerkracht een voorblad om af te vinken."),
            "done",
        )
        self._sum = label("", "muted", wrap=True)
        self.table = _GroupTable()
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._build()
        self.kinds.changed.connect(self._choose)
        self.whom.changed.connect(self._choose)
        self.anew.toggled.connect(self._choose)
        self.paper.made.connect(self._after)
        self.table.opened.connect(lambda each: self.whom.choose_group(each.group))

    def _build(self) -> None:
        cover = button(tr("Voorblad maken"), partial(self.kinds.choose, _COVER), icon="list")
        layout = self._next.layout()
        if layout is not None:
            layout.addWidget(cover)
        self._next.hide()
        self.content.addWidget(self._next)
        body = QWidget()
        self._left = card(
            label(tr("Wat wilt u maken?"), "heading"),
            self.kinds,
            self.whom,
            self.anew,
            self._anew_said,
            self._hand_in,
            self._to_dates,
            spacing=8,
        )
        body.setLayout(self._sides)
        self._sides.setContentsMargins(0, 0, 0, 0)
        self._sides.setSpacing(px(16))
        self._sides.addWidget(self._left, 0, Qt.AlignmentFlag.AlignTop)
        self._sides.addWidget(self.paper, 1)
        self.content.addWidget(body)
        self.content.addWidget(row(label(tr("Per groep"), "heading"), None))
        self.content.addWidget(self._sum)
        self.content.addWidget(self.table)
        self.content.addStretch(1)

    # — choosing and looking —

    def show_round(self, round_: Round) -> None:
        with messages.told(self):
            school = self.desk.school
            self.whom.show_school(groups(school), directory(school))
            self._look()
            self.desk.read(lambda: _read(school), self._show_numbers)

    def focus_first(self) -> None:
        self.kinds.focus_first()

    def _choose(self) -> None:
        self._next.hide()
        self._look()

    def _look(self) -> None:
        is_forms = self.kinds.chosen() == _FORMS
        self.whom.show_order(shown=is_forms)
        self.anew.setVisible(is_forms)
        self._anew_said.setVisible(is_forms)
        self.paper.show_wanted(self._wanted(), tr("Zoek een leerling en kies die in de lijst."))

    def _wanted(self) -> Wanted | None:
        whom = self.whom.whom()
        if whom is None:
            return None
        name = whom.get("group")
        group = group_label(name) if name else ""
        if self.kinds.chosen() == _FORMS:
            anew = self.anew.isChecked()
            return forms({**whom, "order": self.whom.order, "anew": anew}, group)
        return choices(whom, group) if self.kinds.chosen() == _CHOICES else cover(whom, group)

    def _choose_day(self) -> None:
        self.desk.go("year", step=int(Step.DATES))

    def _show_hand_in(self, by: date | None) -> None:
        """The day that new papers name; it is chosen in the step that follows."""
        said = tr("Nieuwe brieven vragen om inleveren uiterlijk op {day}.")
        self._hand_in.setText(said.format(day=show_date(by)) if by else "")
        self._hand_in.setVisible(by is not None)
        self._to_dates.setVisible(by is not None)

    def _show_numbers(self, numbers: _Numbers) -> None:
        found = numbers.found
        self._show_hand_in(numbers.hand_in_by)
        self._sum.setText(_summed(found) if found else numbers.problem)
        self.table.show_groups(found.groups if found else ())
        self.table.setVisible(found is not None)

    def _after(self, _run: object) -> None:
        self._next.setVisible(self.kinds.chosen() == _FORMS)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= px(_WIDE)
        flat, deep = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._sides.setDirection(flat if wide else deep)
        self._sides.setAlignment(
            self._left, Qt.AlignmentFlag.AlignTop if wide else Qt.AlignmentFlag(0)
        )
        self._left.setMinimumWidth(px(_LEFT) if wide else 0)
        self._left.setMaximumWidth(px(_LEFT) if wide else 16_777_215)


def _read(school: School) -> _Numbers:
    try:
        return _Numbers(preview(school), propose_dates(school).hand_in_by)
    except KnownError as problem:
        return _Numbers(None, problem=str(problem))


def _summed(found: RoundPreview) -> str:
    said = tr("{forms} voor {children}, waarvan {again} al eens afgedrukt. {letters} met keuzes.")
    return said.format(
        forms=forms_said(found.forms),
        children=counted(found.children, tr("leerling"), tr("leerlingen")),
        again=found.reprints,
        letters=counted(found.letters, tr("brief"), tr("brieven")),
    )


class _Kinds(QWidget):
    """Which paper: radio buttons with a line of explanation each."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self._keys: dict[str, QRadioButton] = {}
        self._rows = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(px(2))
        self._add(_FORMS, tr("Brieven met formulier"), tr("Voor wie iets te antwoorden heeft."))
        self._add(_CHOICES, tr("Brieven met keuzes"), tr("Dit hebt u gekozen."))
        self._add(_COVER, tr("Voorblad per groep"), tr("De leerkracht vinkt af wat terugkomt."))
        self._group.buttonToggled.connect(self._tell)

    def _tell(self, _button: object, on: bool) -> None:
        if on:
            self.changed.emit()

    def _add(self, key: str, text: str, explained: str) -> None:
        made = QRadioButton(text)
        made.setAccessibleDescription(explained)
        made.setChecked(not self._keys)
        self._group.addButton(made)
        self._keys[key] = made
        below = label(explained, "small", wrap=True)
        below.setContentsMargins(px(30), 0, 0, px(4))
        self._rows.addWidget(made)
        self._rows.addWidget(below)

    def choose(self, key: str) -> None:
        self._keys[key].setChecked(True)
        self.focus_first()

    def chosen(self) -> str:
        return next(key for key, each in self._keys.items() if each.isChecked())

    def focus_first(self) -> None:
        self._keys[self.chosen()].setFocus(Qt.FocusReason.OtherFocusReason)


class _GroupTable(Table):
    """What each group gets; Enter chooses the group."""

    def __init__(self) -> None:
        super().__init__(tr("Wat elke groep krijgt"))
        columns: tuple[Column[GroupCount], ...] = (
            Column(tr("Groep"), lambda each: group_label(each.group), width=120),
            Column(tr("Leerlingen"), lambda each: str(each.children), width=100),
            Column(tr("Formulieren"), lambda each: str(each.forms), width=110),
            Column(tr("Al afgedrukt"), lambda each: str(each.reprints), width=110),
            Column(tr("Alleen keuzes"), lambda each: str(each.letters_only), width=120),
            Column(tr("Niets"), lambda each: str(each.nothing), width=70),
        )
        self._rows: Rows[GroupCount] = Rows(columns)
        self.show_rows(self._rows, lambda each: group_label(each.group))

    def show_groups(self, found: tuple[GroupCount, ...]) -> None:
        """Show these, all of them in view."""
        self._rows.replace(found)
        self.setMinimumHeight(px(64) + px(38) * len(found))
