"""The table of the purposes in the settings, and its keys."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from schoolprivacy.consents.purposes import PurposeSettings
from schoolprivacy.consents.terms import Purpose
from ui import theme
from ui.table import Column, Table
from ui.theme import px
from ui.words import tr


class PurposeTable(Table):
    """Space switches, A asks all parents or one, Alt with an arrow moves.

    Enter rewords, Delete takes away.
    """

    switched = Signal()
    all_wanted = Signal()
    moved = Signal(int)
    removed = Signal()

    def __init__(self) -> None:
        super().__init__(tr("Doelen, in de volgorde van het formulier"))
        self.setSelectionMode(Table.SelectionMode.SingleSelection)
        self.setMinimumHeight(px(220))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.moved.emit(step)
        elif event.key() == Qt.Key.Key_Space:
            self.switched.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.removed.emit()
        elif event.key() == Qt.Key.Key_A and not event.modifiers():
            self.all_wanted.emit()
        else:
            super().keyPressEvent(event)


def columns() -> list[Column[PurposeSettings]]:
    """What is told of a purpose."""
    return [
        Column(
            tr("Doel"),
            lambda each: each.purpose.wording.short,
            icon=lambda each: (
                theme.icon("circle-check", "yes")
                if each.purpose.switched_on
                else theme.icon("circle", "muted")
            ),
            width=140,
        ),
        Column(
            tr("Staat"),
            lambda each: tr("aan") if each.purpose.switched_on else tr("uit"),
            width=60,
        ),
        Column(
            tr("Ja van"),
            lambda each: _yes_of(each.purpose),
            width=100,
        ),
        Column(tr("Antwoorden"), lambda each: str(sum(each.answers.values())), width=105),
        Column(tr("Wie ziet het"), lambda each: each.purpose.wording.audience, width=180),
        Column(tr("Hoelang"), lambda each: each.purpose.wording.keeps),
    ]


def fit_columns(table: Table) -> None:
    """As wide as they should be, without a sorting of its own."""
    for place, column in enumerate(columns()[:-1]):
        table.setColumnWidth(place, px(column.width))
    table.horizontalHeader().setStretchLastSection(True)


def _yes_of(purpose: Purpose) -> str:
    if purpose.is_own:
        return tr("ieder zelf")
    return tr("alle ouders") if purpose.all_must_agree else tr("één ouder")
