"""Who starts at school soon, or started without a form; forms for who has none."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from schoolprivacy import law
from schoolprivacy.consents.starting import Starter, starting
from ui import messages, theme
from ui.desk import Desk, Place
from ui.fields import SearchField, button, card, choice, label, row, scrolled
from ui.screen import Screen
from ui.screens.channels_parts import go_to_row
from ui.screens.starting_rows import columns, first_day, found_in, state
from ui.table import Rows, Table
from ui.theme import px
from ui.words import counted, tr

_LARGE = 1.5  # zoom from which the buttons do not fit beside one another
_ALL, _WITHOUT, _NOT_BACK = "all", "without_form", "not_back"


class StartingScreen(Screen):
    """A line for each child; Enter opens the child."""

    def __init__(self, desk: Desk) -> None:
        weeks = law.term("consent.starts_within").value // 7
        said = tr("Wie binnen {weeks} weken start, of is gestart zonder formulier.")
        super().__init__(desk, tr("Instroom"), said.format(weeks=weeks))
        self.list_button = button(
            tr("Lijst afdrukken…"), lambda: desk.go("papers", kind="intake-list"), icon="printer"
        )
        self.forms_button = button(
            tr("Formulieren maken…"), self.forms_for_all, icon="file-text", kind="primary"
        )
        beside = () if theme.zoom() >= _LARGE else (self.list_button,)
        self.add_actions(*beside, self.forms_button)
        self._rows = Rows(columns())
        self.table = Table(tr("Instroom"))
        self.table.setMinimumHeight(px(150))
        self._shown = self.table.show_rows(self._rows, found_in)
        self.table.opened.connect(lambda _: self._to_pupil())
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._tell())
        self._build()

    # — building —

    def _build(self) -> None:
        body = QWidget()
        inside = QVBoxLayout(body)
        inside.setContentsMargins(0, 0, px(6), 0)
        inside.setSpacing(px(12))
        self.search = SearchField(tr("Zoek op naam, groep of nummer"))
        self.search.setMinimumWidth(px(260 if theme.zoom() >= _LARGE else 300))
        self.search.textChanged.connect(self._find)
        self.search.down.connect(self.table.setFocus)
        self.which = choice(
            [
                (tr("Iedereen"), _ALL),
                (tr("Zonder formulier"), _WITHOUT),
                (tr("Formulier nog niet terug"), _NOT_BACK),
            ]
        )
        self.which.setAccessibleName(tr("Welke kinderen"))
        self.which.currentIndexChanged.connect(lambda _: self._filter())
        inside.addWidget(row(self.search, self.which, None))
        self._pages = QStackedWidget()
        for each in (self.table, self._make_empty()):
            self._pages.addWidget(each)
        inside.addWidget(self._pages, 1)
        inside.addWidget(self._about())
        self.content.addWidget(scrolled(body), 1)

    def _make_empty(self) -> QWidget:
        self._nothing = label("", "heading", wrap=True)
        self._why = label("", "muted", wrap=True)
        made = QWidget()
        layout = QVBoxLayout(made)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(card(self._nothing, self._why))
        layout.addStretch(1)
        return made

    def _about(self) -> QFrame:
        self.who, self.what = label("", "strong", wrap=True), label("", wrap=True)
        self.chosen_button = button(
            tr("&Formulier voor de gekozen leerlingen…"), self.forms_for_chosen, icon="file-text"
        )
        to_pupil = button(tr("Naar de &leerling"), self._to_pupil, icon="user", tip=tr("Enter"))
        rows = [row(self.chosen_button, to_pupil, None)]
        if theme.zoom() >= _LARGE:
            rows = [row(self.chosen_button, None), row(to_pupil, self.list_button, None)]
        self._foot = card(self.who, self.what, *rows, spacing=6)
        return self._foot

    # — showing —

    def refresh(self) -> None:
        here: Starter | None = self.table.current()
        with messages.told(self):
            self._rows.replace(starting(self.desk.school))
        without = len(self._without())
        self.forms_button.setVisible(bool(without))
        self.forms_button.setText(tr("Formulieren maken ({count})…").format(count=without))
        spoken = tr("Formulieren maken voor {who} zonder formulier")
        self.forms_button.setAccessibleName(
            spoken.format(who=counted(without, tr("leerling"), tr("leerlingen")))
        )
        self.list_button.setEnabled(bool(self._rows.rows))
        self._go_to(here.pupil_id if here else "")

    def open_at(self, place: Place) -> None:
        """``show``: ``all``, ``without_form`` or ``not_back``."""
        if "show" in place.detail:
            self.search.clear()
            self.which.choose(place.detail["show"])

    def focus_first(self) -> None:
        (self.table if self._shown.rowCount() else self.search).setFocus()

    def _filter(self) -> None:
        wanted = {
            _WITHOUT: lambda child: not child.forms,
            _NOT_BACK: lambda child: bool(child.forms) and not child.is_answered,
        }
        self._shown.keep(wanted.get(self.which.value()))
        self._go_to("")

    def _find(self, text: str) -> None:
        self._shown.search(text)
        self._go_to("")

    def _go_to(self, pupil_id: str) -> None:
        """Stay at a child, else go to the first."""
        go_to_row(self.table, lambda child: child.pupil_id == pupil_id)
        self._tell()

    def _tell(self) -> None:
        chosen, count = self._chosen(), self._shown.rowCount()
        self._pages.setCurrentIndex(0 if count else 1)
        self._foot.setVisible(bool(count))
        self.chosen_button.setEnabled(bool(chosen))
        is_any = bool(self._rows.rows)
        self._nothing.setText(
            tr("Niemand past hierbij.") if is_any else tr("Er start nu niemand zonder formulier.")
        )
        self._why.setText(
            tr("Typ iets anders, of kies Iedereen.")
            if is_any
            else tr(
                "Wie binnenkort start, komt hier te staan zodra de eerste schooldag bekend is: "
                "uit de import, of ingevuld bij de leerling."
            )
        )
        if len(chosen) == 1:
            self.who.setText(chosen[0].name)
            self.what.setText(_about_child(chosen[0]))
        else:
            self.who.setText(counted(len(chosen), tr("leerling"), tr("leerlingen")))
            without = sum(not each.forms for each in chosen)
            self.what.setText(tr("{count} zonder formulier.").format(count=without))

    def _chosen(self) -> list[Starter]:
        return self.table.chosen()

    def _without(self) -> list[Starter]:
        return [each for each in self._rows.rows if not each.forms]

    # — doing —

    def forms_for_all(self) -> None:
        """Forms for everybody on the list who has none."""
        self._make_forms(self._without())

    def forms_for_chosen(self) -> None:
        """Forms for these; who has one already gets it again, with the same number."""
        self._make_forms(self._chosen())

    def _make_forms(self, children: Sequence[Starter]) -> None:
        ids = tuple(each.pupil_id for each in children)
        if ids:
            self.desk.go("papers", kind="consent-forms", pupils=ids)

    def _to_pupil(self) -> None:
        chosen = self._chosen()
        if chosen:
            self.desk.go("pupil", pupil=chosen[0].pupil_id)


def _about_child(child: Starter) -> str:
    day = (
        tr("Eerste dag: {day}")
        if child.starts_on is None or not child.has_started
        else tr("Gestart op {day}")
    )
    told = [
        day.format(day=first_day(child)),
        tr("formulier: {state}").format(state=state(child)[0]),
        "" if child.has_guardians else tr("er staan geen ouders bij deze leerling"),
    ]
    return " · ".join(filter(None, told))
