"""Doubtful cases: the row of the file beside the pupils it may mean, and what a person decides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from schoolprivacy.errors import sentence
from schoolprivacy.people.difference import NEW, Question
from schoolprivacy.people.names import full_name, register_name
from schoolprivacy.people.review import Compared, SideBySide
from ui import theme
from ui.fields import button, emptied, label, scrolled
from ui.screens.import_case import Asked, can_be_answered
from ui.screens.import_plans import Beside, read_whole
from ui.table import Column, Index, Rows, Table
from ui.theme import px
from ui.words import tr


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question with what a person said of it so far.

    :param answer: identifier of a pupil, ``NEW``, or "" for later
    :param refused: the answer could not be used: somebody else was given it
    """

    asked: Asked
    question: Question
    answer: str = ""
    refused: bool = False

    @property
    def name(self) -> str:
        return full_name(self.question.row) or tr("Zonder naam")

    @property
    def state(self) -> str:
        """What happens with it."""
        if not can_be_answered(self.question):
            return tr("Zelf nakijken")
        if self.refused:
            return tr("Al een andere regel")
        if self.answer == NEW:
            return tr("Nieuwe leerling")
        return tr("Dezelfde leerling") if self.answer else tr("Later beslissen")


class QuestionsPage(Beside):
    """The questions, and beside them the one that is selected."""

    answered = Signal(tuple, str)

    def __init__(self, compare: Callable[[AskedQuestion], SideBySide]) -> None:
        super().__init__()
        self._compare = compare
        self._rows: Rows[AskedQuestion] = Rows(_question_columns())
        self.table = _KeyTable(tr("Vragen"))
        self.table.setSelectionMode(Table.SelectionMode.SingleSelection)
        self.table.show_rows(self._rows, lambda each: str(each.name))
        self._doubt = label("", "strong", wrap=True)
        self.beside = Table(tr("Het bestand en de school naast elkaar"))
        self._buttons = QWidget()
        self._grid = QGridLayout(self._buttons)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self.choices: dict[str, QPushButton] = {}
        right = scrolled(self._right())
        self.table.setMinimumHeight(px(130))
        right.setMinimumHeight(px(230))
        self.addWidget(self.table)
        self.addWidget(right)
        self.setStretchFactor(0, 6)
        self.setStretchFactor(1, 7)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show())
        self.table.pressed_key.connect(self._by_key)
        self.table.opened.connect(lambda _: self._into_choices())

    def _right(self) -> QWidget:
        made = QWidget()
        layout = QVBoxLayout(made)
        layout.setContentsMargins(px(10), 0, 0, 0)
        layout.setSpacing(px(8))
        layout.addWidget(self._doubt)
        layout.addWidget(self.beside, 1)
        layout.addWidget(self._buttons)
        self.beside.setMinimumHeight(px(170))
        return made

    def show_questions(self, questions: list[AskedQuestion]) -> None:
        """Show these; stays at the question one is at."""
        current = self.table.current()
        self._rows.replace(questions)
        model = self.table.model()
        at = 0
        for each in range(model.rowCount()):
            there: AskedQuestion = model.index(each, 0).data(Qt.ItemDataRole.UserRole)
            if current is not None and there.asked == current.asked:
                at = each
        self.table.setCurrentIndex(model.index(at, 0))
        self._show()

    def _show(self) -> None:
        current: AskedQuestion | None = self.table.current()
        if current is None:
            self._doubt.clear()
            self._show_beside(_ComparedRows())
            return
        question = current.question
        about = " / ".join(filter(None, (current.name, question.guardian)))
        said = tr("Regel {line}, {who}: {doubt}").format(
            line=question.line, who=about, doubt=sentence(f"doubt.{question.doubt}")
        )
        if current.refused:
            said += " " + tr("Deze leerling is al bij een andere regel gekozen.")
        self._doubt.setText(said)
        shown = self._compare(current)
        self._show_beside(_ComparedRows(shown))
        self._offer(current, shown)

    def _show_beside(self, rows: _ComparedRows) -> None:
        before = self.beside.model()
        self.beside.show_rows(rows, lambda each: str(each.label))
        read_whole(self.beside)
        if before is not None:
            before.deleteLater()

    def _offer(self, current: AskedQuestion, shown: SideBySide) -> None:
        emptied(self._grid)
        self.choices = {}
        if not can_be_answered(current.question):
            said = tr(
                "Dit beslist u later zelf op de pagina van de leerling. "
                "Er wordt hier niets veranderd."
            )
            self._grid.addWidget(label(said, "muted", wrap=True), 0, 0)
            return
        several = len(shown.names) > 1
        for pupil_id, name in zip(current.question.candidates, shown.names, strict=True):
            text = (
                tr("Dezelfde als {name}").format(name=name) if several else tr("&Dezelfde leerling")
            )
            self._add_choice(current, pupil_id, text)
        self._add_choice(current, NEW, tr("&Nieuwe leerling"))
        self._add_choice(current, "", tr("&Later beslissen"))
        if not several:
            keys = label(tr("Of druk in de lijst op D, N of L."), "small")
            self._grid.addWidget(keys, *divmod(len(self.choices), 2))

    def _add_choice(self, current: AskedQuestion, answer: str, text: str) -> None:
        chosen = current.answer == answer
        made = button(
            text,
            lambda: self.answered.emit(current.asked, answer),
            icon="check" if chosen else "",
        )
        made.setCheckable(True)
        made.setChecked(chosen)
        if chosen:
            made.setAccessibleName(tr("{answer}, gekozen").format(answer=text.replace("&", "")))
        place = len(self.choices)
        self.choices[answer] = made
        self._grid.addWidget(made, place // 2, place % 2)

    def _into_choices(self) -> None:
        if self.choices:
            next(iter(self.choices.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def _by_key(self, key: str) -> None:
        """D, N or L in the list; D only where one pupil can be meant."""
        current: AskedQuestion | None = self.table.current()
        if current is None or not can_be_answered(current.question):
            return
        candidates = current.question.candidates
        answers = {"n": NEW, "l": ""} | ({"d": candidates[0]} if len(candidates) == 1 else {})
        if key in answers:
            self.answered.emit(current.asked, answers[key])
            below = self.table.currentIndex().siblingAtRow(self.table.currentIndex().row() + 1)
            if below.isValid():
                self.table.setCurrentIndex(below)


class _KeyTable(Table):
    """A table that tells which letter was typed."""

    pressed_key = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().casefold() in ("d", "n", "l") and event.text():
            self.pressed_key.emit(event.text().casefold())
        else:
            super().keyPressEvent(event)


def _question_columns() -> list[Column[AskedQuestion]]:
    def sign(each: AskedQuestion) -> Any:
        if each.answer and not each.refused:
            return theme.icon("circle-check", "yes")
        return theme.icon("circle-help", "warn")

    return [
        Column(
            tr("Naam in het bestand"),
            lambda each: each.name,
            sorts=lambda each: register_name(each.question.row),
            icon=sign,
            width=175,
        ),
        Column(tr("Regel"), lambda each: str(each.question.line), width=56),
        Column(tr("Besluit"), lambda each: each.state, width=120),
    ]


class _ComparedRows(Rows[Compared]):
    """The fields of the file and of each candidate; what differs is bold and has a sign."""

    def __init__(self, shown: SideBySide | None = None) -> None:
        columns: list[Column[Compared]] = [
            Column(tr("Gegeven"), lambda each: each.label, width=150),
            Column(tr("In het bestand"), lambda each: each.in_file or "–", width=170),
        ]
        for place, name in enumerate(shown.names if shown else ()):
            columns.append(_candidate(place, name))
        super().__init__(columns, shown.rows if shown else ())

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        place = index.column() - 2
        if (
            role == Qt.ItemDataRole.FontRole
            and place >= 0
            and self.rows[index.row()].differs[place]
        ):
            return theme.font(1.0, QFont.Weight.DemiBold)
        return super().data(index, role)


def _candidate(place: int, name: str) -> Column[Compared]:
    def spoken(each: Compared) -> str:
        text = f"{name}, {each.label}: {each.at_school[place] or tr('leeg')}"
        return f"{text}, {tr('anders')}" if each.differs[place] else text

    def sign(each: Compared) -> Any:
        return theme.icon("triangle-alert", "warn") if each.differs[place] else None

    return Column(
        name, lambda each: each.at_school[place] or "–", speaks=spoken, icon=sign, width=180
    )
