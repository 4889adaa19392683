"""Step 7: the page of the round. How many forms are out, back and missing, and how it goes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QSizePolicy, QWidget

from schoolprivacy.consents.rounds.progress import (
    Counts,
    GroupProgress,
    Pace,
    Progress,
    entering_pace,
    progress,
)
from schoolprivacy.consents.rounds.terms import Round, Step
from schoolprivacy.school import School
from ui.desk import Desk, Place
from ui.fields import button, card, label, row
from ui.screens.year_count_plot import Mark, ProgressPlot
from ui.screens.year_step import YearStep
from ui.table import Column, Rows, Table
from ui.theme import px
from ui.tiles import Tile
from ui.words import tr

_WIDE = 520  # pixels at zoom 1 from which three tiles stand beside one another
_TILES = 6
_COVER = {"kind": "cover-sheet"}


@dataclass(frozen=True, slots=True)
class _Read:
    """All that the page shows, read together."""

    progress: Progress | None
    pace: Pace


class CountStep(YearStep):
    """Figures that open their lists, the days, the groups, and how quickly forms are entered."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            Step.COUNT,
            tr("Formulieren terug"),
            tr("Wat is terug, en wat nog niet. Wat u invoert, telt meteen mee."),
        )
        self.tiles = [Tile(desk) for _ in range(_TILES)]
        self._tile_grid = QGridLayout()
        self._tile_grid.setSpacing(px(10))
        for each in self.tiles:
            each.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.more = label("", "muted", wrap=True)
        self.plot = ProgressPlot()
        self.nothing = _nothing(desk)
        self._plot_card = card(label(tr("Dag voor dag"), "heading"), self.plot)
        self.table = _GroupTable()
        self.table.opened.connect(
            lambda each: desk.go("papers", kind="reminder-list", group=each.group)
        )
        self._groups = QWidget()
        self._build()

    def _build(self) -> None:
        self.content.addWidget(self.nothing)
        self.content.addLayout(self._tile_grid)
        self._lay_tiles(3)
        self.content.addWidget(self.more)
        self._entering = self._entering_card()
        self.content.addWidget(self._entering)
        self.content.addWidget(self._plot_card)
        grid = QGridLayout(self._groups)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.addWidget(label(tr("Per groep"), "heading"))
        said = tr("Enter op een groep toont wie nog niet heeft geantwoord.")
        grid.addWidget(label(said, "muted", wrap=True))
        grid.addWidget(self.table)
        self.content.addWidget(self._groups)
        self.content.addStretch(1)

    def _entering_card(self) -> QWidget:
        hint = label(
            tr(
                "Scan een formulier of typ het nummer: dat kan vanaf elk scherm. Hebt u een stapel "
                "van één groep? Voer die dan in één keer in."
            ),
            "muted",
            wrap=True,
        )
        one = button(
            tr("Eén formulier"), lambda: self.desk.go("entry"), icon="keyboard", tip="Ctrl+E"
        )
        stack = button(
            tr("Stapel per groep"), lambda: self.desk.go("stack"), icon="layers", kind="primary"
        )
        return card(hint, row(stack, one, None), spacing=8)

    def show_round(self, round_: Round) -> None:
        school = self.desk.school
        self.desk.read(lambda: _read(school), self._show)

    def focus_first(self) -> None:
        (self.tiles[0] if self.tiles[0].isVisibleTo(self) else self.nothing).setFocus()

    def _show(self, read: _Read) -> None:
        found = read.progress
        any_ = found is not None and bool(found.total.printed)
        had_focus = self.isAncestorOf(QApplication.focusWidget() or self)
        self.nothing.setVisible(not any_)
        for each in (*self.tiles, self.more, self._entering, self._plot_card, self._groups):
            each.setVisible(any_)
        if found is None or not any_:
            if had_focus:
                self.focus_first()  # what had it is hidden
            return
        self._show_tiles(found.total, read.pace)
        self.more.setText(_more_said(found))
        self.more.setVisible(bool(self.more.text()))
        until = found.round.closed_on or self.desk.school.clock.today()
        self.plot.show_days(found.days, _marks(found.round), until)
        self.table.show_groups([each for each in found.groups if _is_told(each.counts)])

    def _show_tiles(self, total: Counts, pace: Pace) -> None:
        partly = tr("waarvan {n} niet volledig").format(n=total.partly)
        forms = tr("formulieren in deze ronde")
        shown = (
            ("file-text", tr("Gemaakt"), total.printed, forms, Place("papers", _COVER), False),
            ("check", tr("Terug"), total.came_in, partly, Place("consents"), False),
            ("mail", tr("Nog niet terug"), total.missing, *_missing()),
            ("split", tr("Oneens"), total.conflicts, *_conflicts(total)),
            ("circle-help", tr("Uitzoeken"), total.unsettled, *_unsettled(total)),
            (
                "keyboard",
                tr("Vandaag ingevoerd"),
                pace.today,
                _pace_said(pace),
                Place("entry"),
                False,
            ),
        )
        for tile, (icon, name, many, small, place, bad) in zip(self.tiles, shown, strict=True):
            tile.show_figure(icon, name, str(many), small, place, bad=bad)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_tiles(3 if self.width() >= px(_WIDE) else 2)

    def _lay_tiles(self, columns: int) -> None:
        for place, tile in enumerate(self.tiles):
            self._tile_grid.addWidget(tile, *divmod(place, columns))


def _missing() -> tuple[str, Place, bool]:
    return tr("bekijk wie dat zijn"), Place("papers", {"kind": "reminder-list"}), False


def _conflicts(total: Counts) -> tuple[str, Place, bool]:
    return tr("leerlingen, dan geldt nee"), Place("disagreements"), bool(total.conflicts)


def _unsettled(total: Counts) -> tuple[str, Place, bool]:
    place = Place("pupils", {"only": "unknown_authority"})
    return tr("wie tekende of gezag heeft"), place, bool(total.unsettled)


def _read(school: School) -> _Read:
    return _Read(progress(school), entering_pace(school))


def _is_told(counts: Counts) -> bool:
    return bool(counts.printed or counts.conflicts)


def _marks(round_: Round) -> list[Mark]:
    days = (
        (tr("inleveren"), round_.hand_in_by),
        (tr("1e herinnering"), round_.first_reminder),
        (tr("2e herinnering"), round_.second_reminder),
    )
    return [(word, day) for word, day in days if day is not None]


def _pace_said(pace: Pace) -> str:
    if pace.per_hour is None:
        return tr("formulieren")
    return tr("ongeveer {n} per uur").format(n=pace.per_hour)


def _more_said(found: Progress) -> str:
    """What the figures leave out, so that they add up for who counts."""
    said = []
    if found.total.not_needed:
        text = tr("Niet terug en niet meer nodig: {n}. Elke vraag daarop heeft al een antwoord.")
        said.append(text.format(n=found.total.not_needed))
    if found.left:
        text = tr("Van leerlingen die van school zijn: {n}. Die tellen hierboven niet mee.")
        said.append(text.format(n=found.left))
    return " ".join(said)


def _nothing(desk: Desk) -> QWidget:
    """When no form was printed yet: what to do first."""
    text = tr("Er zijn in deze ronde nog geen formulieren gemaakt. Dat doet u in stap 5.")
    go = button(
        tr("Naar stap 5"), lambda: desk.go("year", step=int(Step.PAPERS)), icon="arrow-left"
    )
    made = card(label(text, wrap=True), row(go, None))
    made.setFocusProxy(go)
    return made


class _GroupTable(Table):
    """How each group stands."""

    def __init__(self) -> None:
        super().__init__(tr("De ronde per groep"))

        def column(head: str, name: str, width: int = 0) -> Column[Any]:
            return Column(head, lambda each: str(getattr(each.counts, name)), width=width)

        columns = (
            Column(tr("Groep"), _group_said, width=100),
            column(tr("Gemaakt"), "printed", 84),
            column(tr("Volledig"), "back", 82),
            column(tr("Deels"), "partly", 62),
            column(tr("Nog niet"), "missing", 80),
            column(tr("Herinnerd"), "reminded", 92),
            column(tr("Oneens"), "conflicts", 78),
            column(tr("Uitzoeken"), "unsettled", 84),
        )
        self._rows: Rows[GroupProgress] = Rows(columns)
        self.show_rows(self._rows, _group_said)

    def show_groups(self, found: list[GroupProgress]) -> None:
        """Show these, all of them in view."""
        self._rows.replace(found)
        self.setMinimumHeight(px(64) + px(38) * len(found))


def _group_said(each: GroupProgress) -> str:
    return each.label or tr("Zonder groep")
