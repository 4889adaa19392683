"""The history of a pupil: school years, and every decision."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QVBoxLayout

from schoolprivacy.consents.history import HistoryLine, pupil_history
from schoolprivacy.people.dossier import Dossier
from schoolprivacy.people.names import group_label
from schoolprivacy.people.terms import Placement
from ui.answers import choice_word, way_word
from ui.desk import Desk
from ui.fields import card, emptied, label, show_date
from ui.screens.pupil_part import Part, table_of
from ui.table import Column, Rows
from ui.theme import px
from ui.words import tr


class PastTab(Part):
    """What was, newest first."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._years = QVBoxLayout()
        self._years.setSpacing(px(4))
        self._rows = Rows(_columns())
        self._table = table_of(tr("Antwoorden"), self._rows, 220)
        self._none = label(tr("Er is nog niets geantwoord."), "muted")
        years = card(label(tr("Schooljaren"), "strong"), spacing=6)
        inside = years.layout()
        if isinstance(inside, QVBoxLayout):
            inside.addLayout(self._years)
        self.content.addWidget(years)
        self.content.addWidget(label(tr("Alle antwoorden"), "strong"))
        self.content.addWidget(self._none)
        self.content.addWidget(self._table, 1)
        self.content.addStretch(0)

    def show_pupil(self, found: Dossier) -> None:
        emptied(self._years)
        pupil = found.pupil
        for text in (
            _came(tr("Op school sinds {day}"), pupil.came_on),
            *map(_year, found.placements),
        ):
            if text:
                self._years.addWidget(label(text, wrap=True))
        if left := _came(tr("Laatste schooldag {day}"), pupil.left_on):
            self._years.addWidget(label(left))
        decisions = pupil_history(self.desk.school, pupil.id).decisions
        self._rows.replace(decisions[::-1])
        self._table.setVisible(bool(decisions))
        self._none.setVisible(not decisions)


def _came(text: str, day: date | None) -> str:
    return text.format(day=show_date(day)) if day else ""


def _year(placement: Placement) -> str:
    groups = " + ".join(filter(None, (placement.group, *placement.other_groups)))
    parts = (str(placement.school_year), group_label(groups), placement.year_level)
    return " · ".join((*parts[:2], *(tr("leerjaar {n}").format(n=n) for n in parts[2:] if n)))


def _columns() -> tuple[Column[HistoryLine], ...]:
    return (
        Column(tr("Op"), lambda line: show_date(line.decided_on), width=110),
        Column(tr("Doel"), lambda line: line.wording.short, width=160),
        Column(tr("Antwoord"), _answer, width=150),
        Column(tr("Wie"), lambda line: line.who, width=220),
        Column(tr("Hoe"), lambda line: way_word(line.way), width=140),
        Column(tr("Vastgelegd door"), lambda line: line.recorded_by, width=150),
    )


def _answer(line: HistoryLine) -> str:
    word = choice_word(line.choice)
    return tr("{a} (ongeldig gemaakt)").format(a=word) if line.invalidated else word
