"""What must still be entered in the LAS: looked at, ticked off, on paper."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from schoolprivacy.people.las import tick_off
from schoolprivacy.people.las_list import LasChange, las_changes
from ui import messages, theme
from ui.desk import Desk, Place
from ui.fields import SearchField, button, card, choice, label, row, scrolled
from ui.screen import Screen
from ui.screens.las_list_rows import children, columns, found_in, shown_value
from ui.screens.pupil_words import tell_done
from ui.table import Rows, Table
from ui.theme import px
from ui.words import counted, tr

_LARGE = 1.5  # zoom from which the buttons do not fit beside one another
_OPEN, _DONE = "open", "done"


class LasListScreen(Screen):
    """A line for each datum that was corrected here; Enter ticks off what is chosen."""

    def __init__(self, desk: Desk) -> None:
        said = tr("Wat hier is verbeterd en in het leerlingadministratiesysteem nog anders staat.")
        super().__init__(desk, tr("Door te voeren in het LAS"), said)
        self._may_change = not desk.school.read_only
        self._print = button(
            tr("Lijst afdrukken…"), lambda: desk.go("papers", kind="las-list"), icon="printer"
        )
        self.add_actions(self._print)
        self._rows = Rows(columns())
        self.table = Table(tr("Door te voeren in het LAS"))
        self.table.setMinimumHeight(px(150))
        self._shown = self.table.show_rows(self._rows, found_in)
        self.table.opened.connect(lambda _: self.tick())
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._tell())
        self._build()

    # — building —

    def _build(self) -> None:
        body = QWidget()
        inside = QVBoxLayout(body)
        inside.setContentsMargins(0, 0, px(6), 0)
        inside.setSpacing(px(12))
        self.search = SearchField(tr("Zoek op naam, groep of gegeven"))
        self.search.setMinimumWidth(px(300))
        self.search.textChanged.connect(self._find)
        self.search.down.connect(self.table.setFocus)
        self.which = choice([(tr("Nog door te voeren"), _OPEN), (tr("Al gedaan"), _DONE)])
        self.which.setAccessibleName(tr("Welke wijzigingen"))
        self.which.currentIndexChanged.connect(lambda _: self._read())
        inside.addWidget(row(self.search, self.which, None))
        self._nothing = label("", "heading", wrap=True)
        self._why = label("", "muted", wrap=True)
        self._pages = QStackedWidget()
        empty = QWidget()
        beside = QVBoxLayout(empty)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addWidget(card(self._nothing, self._why))
        beside.addStretch(1)
        self._pages.addWidget(self.table)
        self._pages.addWidget(empty)
        inside.addWidget(self._pages, 1)
        inside.addWidget(self._about())
        self.content.addWidget(scrolled(body), 1)

    def _about(self) -> QFrame:
        self.who, self.what = label("", "strong", wrap=True), label("", wrap=True)
        self.tick_button = button(
            tr("&Afvinken"), self.tick, icon="check", kind="primary", tip=tr("Enter")
        )
        every = button(tr("Alles &kiezen"), self.choose_all, icon="list", tip=tr("Ctrl+A"))
        to_pupil = button(tr("Naar de &leerling"), self._to_pupil, icon="user")
        rows = [row(self.tick_button, every, to_pupil, None)]
        if theme.zoom() >= _LARGE:
            rows = [row(self.tick_button, every, None), row(to_pupil, None)]
        self._foot = card(self.who, self.what, *rows, spacing=6)
        return self._foot

    # — showing —

    def refresh(self) -> None:
        self._read()

    def open_at(self, place: Place) -> None:
        """``show``: ``open`` or ``done``."""
        if "show" in place.detail:
            self.search.clear()
            self.which.choose(place.detail["show"])

    def focus_first(self) -> None:
        (self.table if self._shown.rowCount() else self.search).setFocus()

    def _read(self) -> None:
        here = self.table.currentIndex().row()
        with messages.told(self):
            self._rows.replace(las_changes(self.desk.school, done=self._is_done()))
        self._go_to(here)

    def _is_done(self) -> bool:
        return bool(self.which.value() == _DONE)

    def _find(self, text: str) -> None:
        self._shown.search(text)
        self._go_to(0)

    def _go_to(self, place: int) -> None:
        """Stay at the same place of the list, where the next line stands now."""
        count = self._shown.rowCount()
        if count:
            self.table.selectRow(max(0, min(place, count - 1)))
        self._tell()

    def _tell(self) -> None:
        chosen, count = self._chosen(), self._shown.rowCount()
        self._print.setEnabled(self._is_done() or bool(self._rows.rows))
        self._pages.setCurrentIndex(0 if count else 1)
        self._foot.setVisible(bool(count))
        self.tick_button.setVisible(self._may_change and not self._is_done())
        self.tick_button.setEnabled(bool(chosen))
        self._say_nothing()
        if len(chosen) == 1:
            self.who.setText(_about_whom(chosen[0]))
            self.what.setText(_about_what(chosen[0]))
        else:
            self.who.setText(counted(len(chosen), tr("wijziging"), tr("wijzigingen")))
            self.what.setText(tr("Vink af wat u in het LAS hebt ingevoerd."))

    def _say_nothing(self) -> None:
        if self._rows.rows:
            self._nothing.setText(tr("Geen wijziging past hierbij."))
            self._why.setText(tr("Typ iets anders, of maak het zoekveld leeg met Escape."))
        elif self._is_done():
            self._nothing.setText(tr("Er is nog niets afgevinkt of bevestigd."))
            self._why.setText(tr("Kies Nog door te voeren, en vink af wat u hebt ingevoerd."))
        else:
            self._nothing.setText(tr("Er is niets door te voeren in het LAS."))
            self._why.setText(
                tr(
                    "Verbetert u hier een naam, adres of telefoonnummer dat uit het LAS kwam, dan "
                    "komt het op deze lijst. De volgende import bevestigt wat in het LAS klopt."
                )
            )

    def _chosen(self) -> list[LasChange]:
        return self.table.chosen()

    # — doing —

    def tick(self) -> None:
        """What is chosen stands in the LAS now."""
        chosen = self._chosen()
        if not chosen or self._is_done() or not self._may_change:
            return
        with messages.told(self):
            change = tick_off(self.desk.school, [each for one in chosen for each in one.ids])
            said = counted(len(chosen), tr("wijziging afgevinkt."), tr("wijzigingen afgevinkt."))
            tell_done(self.desk, said, change)

    def choose_all(self) -> None:
        """Everything that is shown."""
        self.table.selectAll()
        self.table.setFocus()

    def _to_pupil(self) -> None:
        chosen = self._chosen()
        if chosen:
            self.desk.go("pupil", pupil=chosen[0].pupil_id)


def _about_whom(change: LasChange) -> str:
    return f"{children(change)} · {change.person}" if change.person else children(change)


def _about_what(change: LasChange) -> str:
    """The whole change, also where the columns are too small; what is secret stays so."""
    if change.hidden:
        text = tr("{field}: geheim. Kijk bij de leerling wat het is geworden.")
        return text.format(field=change.label)
    text = tr("{field}: was {before}, wordt {after}.")
    return text.format(
        field=change.label,
        before=shown_value(change.before),
        after=shown_value(change.after),
    )
