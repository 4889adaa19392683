"""One group of the difference: who it is about, and what changes for the one selected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView, QSplitter, QVBoxLayout, QWidget

from schoolprivacy.exchange.roster import Problem, Severity
from schoolprivacy.people.difference import Kind, PupilPlan
from schoolprivacy.people.names import full_name, group_label, register_name
from schoolprivacy.people.review import Detail, ShownSuggestion, details
from ui import theme
from ui.fields import card, label
from ui.screens.import_case import Review
from ui.table import Column, Rows, Table
from ui.theme import px
from ui.words import counted, tr

_NARROW = 640  # pixels at zoom 1


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A pupil to whom something happens."""

    plan: PupilPlan
    group: str
    details: tuple[Detail, ...]

    @property
    def name(self) -> str:
        return full_name(self.plan.pupil)

    @property
    def summary(self) -> str:
        """In a few words: the group from and to, or which fields."""
        if Kind.NEW in self.plan.kinds:
            parents = sum(each.is_linked for each in self.plan.guardians)
            return counted(parents, tr("ouder of verzorger"), tr("ouders of verzorgers"))
        labels = dict.fromkeys(each.label for each in self.details)
        return ", ".join(labels)


def plan_rows(review: Review, kind: Kind) -> list[PlanRow]:
    """Everybody of one group."""
    return [
        PlanRow(
            plan,
            (plan.placement.group_name if plan.placement else review.groups.get(plan.pupil.id))
            or "",
            tuple(details(plan, review.families)),
        )
        for plan in review.of_kind(kind)
    ]


def read_whole(table: Table) -> None:
    """A few rows in their own order, with everything that is in them to be read."""
    head = table.horizontalHeader()
    head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
    head.setStretchLastSection(False)  # it would not get smaller than it was meant to be
    head.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
    table.setWordWrap(True)
    table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)


class Beside(QSplitter):
    """A list with what belongs to the selected one beside it; beneath it when there is no room."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setChildrenCollapsible(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < px(_NARROW)
        self.setOrientation(Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal)


class PlansPage(Beside):
    """A table of pupils, and beside it what changes for one of them."""

    def __init__(self, name: str, rows: Sequence[PlanRow]) -> None:
        super().__init__()
        self.table = Table(name)
        self.table.setSelectionMode(Table.SelectionMode.SingleSelection)
        self.table.show_rows(Rows(_pupil_columns(), rows), lambda each: str(each.name))
        self._details: Rows[Detail] = Rows(_detail_columns())
        self.changes = Table(tr("Wat er verandert"))
        self.changes.show_rows(self._details, lambda each: str(each.label))
        read_whole(self.changes)
        if not any(each.old for row in rows for each in row.details):
            self.changes.hideColumn(_WAS)
        contents = QHeaderView.ResizeMode.ResizeToContents
        self.table.horizontalHeader().setSectionResizeMode(_GROUP, contents)
        self._who = label("", "strong", wrap=True)
        for each in (self.table, self.changes):
            each.setMinimumHeight(px(150))
        self.addWidget(self.table)
        self.addWidget(self._beside())
        for side in (0, 1):
            self.setStretchFactor(side, 1)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show())
        self.table.setCurrentIndex(self.table.model().index(0, 0))

    def _beside(self) -> QWidget:
        made = QWidget()
        layout = QVBoxLayout(made)
        layout.setContentsMargins(px(10), 0, 0, 0)
        layout.addWidget(self._who)
        layout.addWidget(self.changes, 1)
        return made

    def _show(self) -> None:
        row: PlanRow | None = self.table.current()
        self._details.replace(row.details if row else ())
        self._who.setText(row.name if row else "")


def _pupil_columns() -> list[Column[PlanRow]]:
    return [
        Column(
            tr("Naam"),
            lambda each: each.name,
            sorts=lambda each: register_name(each.plan.pupil),
            width=185,
        ),
        Column(
            tr("Groep"),
            lambda each: group_label(each.group),
            sorts=lambda each: each.group,
            width=100,
        ),
        Column(tr("Wat"), lambda each: each.summary, width=90),
    ]


_GROUP = 1  # place of the column with the group of a pupil
_WAS = 2  # place of the column with what it was


def _detail_columns() -> list[Column[Detail]]:
    def whose(each: Detail) -> str:
        return each.about or tr("leerling")

    def spoken(each: Detail) -> str:
        return tr("{whose}, {label}: was {old}, wordt {new}").format(
            whose=whose(each),
            label=each.label,
            old=each.old or tr("leeg"),
            new=each.new or tr("leeg"),
        )

    return [
        Column(tr("Gegeven"), lambda each: each.label, speaks=spoken, width=145),
        Column(tr("Van"), whose, width=145),
        Column(tr("Was"), lambda each: each.old or "–", width=140),
        Column(tr("Wordt"), lambda each: each.new or "–", width=120),
    ]


# — what else a file says —


@dataclass(frozen=True, slots=True)
class FileProblem:
    """A remark about one of the files."""

    file: str
    problem: Problem


class ProblemsPage(QWidget):
    """What is wrong with the files, by line; the whole sentence beneath the list."""

    def __init__(self, problems: Sequence[FileProblem]) -> None:
        super().__init__()
        self.table = Table(tr("Problemen in het bestand"))
        self.table.setSelectionMode(Table.SelectionMode.SingleSelection)
        self.table.show_rows(Rows(_problem_columns(), problems), lambda each: str(each.problem))
        self._whole = label("", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.table, 1)
        layout.addWidget(card(self._whole))
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show())
        self.table.setCurrentIndex(self.table.model().index(0, 0))

    def _show(self) -> None:
        row: FileProblem | None = self.table.current()
        self._whole.setText(f"{row.file}: {row.problem}" if row else "")


def _said(each: FileProblem) -> str:
    return str(replace(each.problem, line=None, column=None))


def _problem_columns() -> list[Column[FileProblem]]:
    signs = {
        Severity.ERROR: ("circle-x", "no", tr("Fout")),
        Severity.WARNING: ("triangle-alert", "warn", tr("Let op")),
        Severity.NOTE: ("info", "muted", tr("Ter info")),
    }

    def sign(each: FileProblem) -> Any:
        return theme.icon(*signs[each.problem.severity][:2])

    def order(each: FileProblem) -> str:
        return str(list(signs).index(each.problem.severity))

    return [
        Column(
            tr("Soort"),
            lambda each: signs[each.problem.severity][2],
            sorts=order,
            icon=sign,
            width=110,
        ),
        Column(tr("Bestand"), lambda each: each.file, width=160),
        Column(tr("Regel"), lambda each: str(each.problem.line or ""), width=70),
        Column(tr("Kolom"), lambda each: each.problem.column or "", width=130),
        Column(tr("Wat is er"), _said, width=400),
    ]


def suggestions_table(suggestions: Sequence[ShownSuggestion]) -> Table:
    """Who may be one parent; the program joins nobody by itself."""

    def both(children: Sequence[str]) -> str:
        return ", ".join(children)

    columns: list[Column[ShownSuggestion]] = [
        Column(tr("Ouder"), lambda each: each.guardian, width=180),
        Column(tr("van"), lambda each: both(each.children), width=220),
        Column(tr("Misschien dezelfde als"), lambda each: each.other, width=180),
        Column(tr("van"), lambda each: both(each.other_children), width=220),
    ]
    made = Table(tr("Mogelijk dezelfde ouder"))
    made.show_rows(Rows(columns, suggestions), lambda each: f"{each.guardian} {each.other}")
    return made
