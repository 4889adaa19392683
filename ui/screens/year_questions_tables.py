"""The tables of step 4: the purposes with what the round does, and what each group gets."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from schoolprivacy.consents.rounds.plan import Why
from schoolprivacy.consents.rounds.preview import GroupCount, PurposeCount
from schoolprivacy.consents.rounds.terms import Mode
from schoolprivacy.people.names import group_label
from ui import theme
from ui.table import Column, Rows, Table
from ui.theme import px
from ui.words import tr


def mode_word(mode: Mode) -> str:
    """What a round does with a purpose that was answered."""
    return {Mode.REMIND: tr("Herinneren"), Mode.ASK: tr("Opnieuw vragen")}[mode]


def why_words(each: PurposeCount) -> str:
    """Why it stands on forms: ``nieuw kind: 3, nog open: 12``."""
    if not each.forms:
        return tr("op geen enkel formulier")
    again = tr("u vraagt het opnieuw") if each.can_choose else tr("nieuw jaar")
    words = {
        Why.NEW_PURPOSE: tr("nieuwe vraag"),
        Why.WIDENED: tr("vraag is ruimer geworden"),
        Why.NEW_CHILD: tr("nieuw kind"),
        Why.NO_ANSWER: tr("nog open"),
        Why.EVERY_YEAR: again,
    }
    return ", ".join(f"{word}: {each.why[why]}" for why, word in words.items() if each.why.get(why))


def explained(each: PurposeCount) -> str:
    """What the round does with one purpose, in sentences."""
    if not each.can_choose:
        return tr("Dit geldt voor één schooljaar. Daarom wordt het elk jaar gevraagd.")
    if each.mode is Mode.ASK:
        return tr("Iedereen krijgt deze vraag opnieuw, ook wie al antwoord gaf.")
    return tr(
        "Alleen wie nog moet antwoorden, krijgt de vraag. Wie al koos, leest dat in een brief."
    )


class PurposeTable(Table):
    """The purposes in the order of the form; the space bar changes what the round does."""

    switched = Signal()

    def __init__(self) -> None:
        super().__init__(tr("Wat de ronde met elke vraag doet"))
        self.setSelectionMode(Table.SelectionMode.SingleSelection)
        self.setMinimumHeight(px(320))
        self.setWordWrap(True)
        self.verticalHeader().setDefaultSectionSize(px(50))
        self._rows: Rows[PurposeCount] = Rows(_columns())
        self.setModel(self._rows)
        self._rows.setParent(self)
        for place, column in enumerate(self._rows.columns[:-1]):
            self.setColumnWidth(place, px(column.width))
        self.horizontalHeader().setStretchLastSection(True)

    def show_purposes(self, found: Sequence[PurposeCount]) -> None:
        """Show these, and stay at the one that somebody is at."""
        here = self.current()
        place = self.currentIndex()
        codes = [each.code for each in found]
        self._rows.replace(found)
        if found:
            at = codes.index(here.code) if here is not None and here.code in codes else 0
            self.setCurrentIndex(self._rows.index(at, max(place.column(), 0)))

    def show_one(self, changed: PurposeCount) -> None:
        """Show one of them otherwise."""
        self.show_purposes(
            [changed if each.code == changed.code else each for each in self._rows.rows]
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self.switched.emit()
        else:
            super().keyPressEvent(event)


def _columns() -> tuple[Column[PurposeCount], ...]:
    return (
        Column(tr("Vraag"), lambda each: each.short, width=116),
        Column(tr("In deze ronde"), _mode_said, icon=_mode_icon, width=150),
        Column(
            tr("Op formulieren"),
            lambda each: f"{each.forms} · {why_words(each)}" if each.forms else why_words(each),
        ),
    )


def _mode_said(each: PurposeCount) -> str:
    return mode_word(each.mode) if each.can_choose else tr("Elk jaar vragen")


def _mode_icon(each: PurposeCount) -> object:
    if not each.can_choose:
        return theme.icon("lock", "muted")
    asks = each.mode is Mode.ASK
    return theme.icon("file-text", "accent") if asks else theme.icon("mail", "muted")


class CountTable(Table):
    """What each group gets."""

    def __init__(self) -> None:
        super().__init__(tr("Wat elke groep krijgt"))
        columns: tuple[Column[GroupCount], ...] = (
            Column(tr("Groep"), lambda each: group_label(each.group), width=120),
            Column(tr("Leerlingen"), lambda each: str(each.children), width=100),
            Column(tr("Formulieren"), lambda each: str(each.forms), width=110),
            Column(tr("Alleen een brief"), lambda each: str(each.letters_only), width=130),
            Column(tr("Niets"), lambda each: str(each.nothing)),
        )
        self._rows: Rows[GroupCount] = Rows(columns)
        self.show_rows(self._rows, lambda each: group_label(each.group))

    def show_groups(self, found: Sequence[GroupCount]) -> None:
        """Show these, all of them in view."""
        self._rows.replace(found)
        self.setMinimumHeight(px(64) + px(38) * len(found))
