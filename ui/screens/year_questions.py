"""Step 4: of which purposes families are reminded, and which are asked again; what that costs."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QHBoxLayout, QSizePolicy, QWidget

from schoolprivacy.consents.rounds.opening import choose_modes
from schoolprivacy.consents.rounds.preview import PurposeCount, RoundPreview, preview
from schoolprivacy.consents.rounds.terms import Mode, Round, Step
from schoolprivacy.errors import KnownError
from schoolprivacy.school import School
from ui import messages
from ui.desk import Desk
from ui.fields import button, card, label, notice, row
from ui.screens.year_questions_tables import CountTable, PurposeTable, explained, mode_word
from ui.screens.year_step import YearStep
from ui.theme import px
from ui.words import counted, tr

_WIDE = 620  # pixels at zoom 1 from which table and counts stand beside one another
_RIGHT = 176  # pixels at zoom 1, of the counts


@dataclass(frozen=True, slots=True)
class _Numbers:
    """What the round would print, or why nothing can be counted."""

    found: RoundPreview | None
    problem: str = ""


class QuestionsStep(YearStep):
    """The purposes with what the round does with each; beside them the count. Stored at once."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            Step.QUESTIONS,
            tr("Wat vraagt u?"),
            tr(
                "Herinneren is meestal genoeg. Wat nieuw is of nog open staat, wordt toch gevraagd."
            ),
        )
        self._asked_for = 0
        self.table = PurposeTable()
        self.figures = _Figures()
        self.groups = CountTable()
        self.switch = button("", self._switch, tip=tr("Spatie"))
        self.about = label("", "muted", wrap=True)
        self.printed = notice(
            tr(
                "Er zijn al formulieren gemaakt. Wat u verandert, geldt voor nieuwe formulieren. "
                "De formulieren die er zijn, blijven zoals ze zijn."
            )
        )
        self._why_not = label("", wrap=True)
        self._import = button(tr("Importeren"), lambda: desk.go("import"), icon="upload")
        self.problem = card(self._why_not, row(self._import, None))
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._build()
        self.table.switched.connect(self._switch)
        self.table.opened.connect(lambda _: self._switch())
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_current())

    def _build(self) -> None:
        left = QWidget()
        inner = QBoxLayout(QBoxLayout.Direction.TopToBottom, left)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(px(8))
        self.about.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        head = row(self.switch, self.about)
        shared = head.layout()
        assert isinstance(shared, QHBoxLayout)
        shared.setStretch(1, 1)
        inner.addWidget(head)
        inner.addWidget(self.table, 1)
        beside = QWidget()
        beside.setLayout(self._sides)
        self._sides.setContentsMargins(0, 0, 0, 0)
        self._sides.setSpacing(px(16))
        self._sides.addWidget(left, 1)
        self._sides.addWidget(self.figures, 0, Qt.AlignmentFlag.AlignTop)
        self._parts = (beside, row(label(tr("Per groep"), "heading"), None), self.groups)
        for each in (self.printed, self.problem, *self._parts):
            self.content.addWidget(each)
        self.content.addStretch(1)
        self.printed.hide()
        self.problem.hide()

    # — showing —

    def show_round(self, round_: Round) -> None:
        school, self._asked_for = self.desk.school, self._asked_for + 1
        number = self._asked_for

        def show(numbers: _Numbers) -> None:
            if number == self._asked_for:  # else a later count follows
                self._show(numbers)

        self.desk.read(lambda: _read(school), show)

    def focus_first(self) -> None:
        first = self._import if self.problem.isVisibleTo(self) else self.table
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, numbers: _Numbers) -> None:
        found = numbers.found
        had_focus = self.isAncestorOf(QApplication.focusWidget() or self)
        self.problem.setVisible(found is None)
        for each in self._parts:
            each.setVisible(found is not None)
        self.printed.setVisible(found is not None and found.reprints > 0)
        if found is None:
            self._why_not.setText(numbers.problem)
            if had_focus:
                self.focus_first()  # what had it is hidden
            return
        self.table.show_purposes(found.purposes)
        self.figures.show_preview(found)
        self.groups.show_groups(found.groups)
        self._show_current()

    def _show_current(self) -> None:
        """What the round does with the purpose one is at, and what the button would change."""
        found: PurposeCount | None = self.table.current()
        may = found is not None and found.can_choose and not self.desk.school.read_only
        self.switch.setEnabled(may)
        asks = found is not None and found.mode is Mode.ASK
        text = mode_word(Mode.REMIND if asks else Mode.ASK)
        self.switch.setText(text)
        self.switch.setAccessibleName(text)
        self.switch.setVisible(not self.desk.school.read_only)
        self.about.setText(explained(found) if found else "")

    # — changing —

    def _switch(self) -> None:
        """The other of the two for the purpose one is at; stored at once."""
        found: PurposeCount | None = self.table.current()
        if found is None or self.desk.school.read_only:
            return
        if not found.can_choose:
            self.desk.say(
                tr("“{short}” wordt elk schooljaar opnieuw gevraagd.").format(short=found.short)
            )
            return
        before, school = found.mode, self.desk.school
        after = Mode.REMIND if before is Mode.ASK else Mode.ASK

        def undo() -> None:
            choose_modes(school, {found.code: before})
            self.desk.tell_change()

        with messages.told(self):
            choose_modes(school, {found.code: after})
            self.table.show_one(replace(found, mode=after))  # the count follows
            self._show_current()
            self.desk.tell_change()
            said = tr("“{short}”: {mode}.")
            self.desk.say(said.format(short=found.short, mode=mode_word(after).lower()), undo)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= px(_WIDE)
        flat, deep = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._sides.setDirection(flat if wide else deep)
        self._sides.setAlignment(
            self.figures, Qt.AlignmentFlag.AlignTop if wide else Qt.AlignmentFlag(0)
        )
        self.figures.setMinimumWidth(px(_RIGHT) if wide else 0)
        self.figures.setMaximumWidth(px(_RIGHT) if wide else 16_777_215)


def _read(school: School) -> _Numbers:
    try:
        return _Numbers(preview(school))
    except KnownError as problem:
        return _Numbers(None, str(problem))


class _Figures(QWidget):
    """What the round would print now: all of it, and what each group gets."""

    def __init__(self) -> None:
        super().__init__()
        self.forms, self.forms_said = label("", "figure"), label("", "small", wrap=True)
        self.letters, self.letters_said = label("", "figure"), label("", "small", wrap=True)
        layout = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(10))
        layout.addWidget(
            card(
                label(tr("Zo gaat het eruit"), "heading"),
                self.forms,
                self.forms_said,
                self.letters,
                self.letters_said,
                spacing=2,
            )
        )

    def show_preview(self, found: RoundPreview) -> None:
        """Show these numbers."""
        self.forms.setText(str(found.forms))
        forms = tr("formulieren, voor {children}")
        if found.forms == 1:
            forms = tr("formulier, voor {children}")
        children = counted(found.children, tr("leerling"), tr("leerlingen"))
        self.forms_said.setText(forms.format(children=children))
        self.letters.setText(str(found.letters))
        letters = tr("brief met keuzes") if found.letters == 1 else tr("brieven met keuzes")
        only = tr("waarvan {n} zonder formulier").format(n=found.letters_only)
        self.letters_said.setText(f"{letters}, {only}")
