"""Settings: the school's calendar, with the holidays of its region and its own dates."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from schoolprivacy.paper.dates import dutch_date
from schoolprivacy.people.calendar import (
    Calendar,
    CalendarEntry,
    EntryKind,
    advised,
    read_calendar,
    remove_entry,
)
from schoolprivacy.people.holidays import REGIONS, known_years
from schoolprivacy.people.profile import change_profile
from schoolprivacy.schoolyear import SchoolYear
from ui import messages, theme
from ui.desk import Desk
from ui.fields import (
    ChoiceField,
    Fields,
    SearchField,
    button,
    card,
    choice,
    emptied,
    label,
    notice,
    row,
)
from ui.screens.channels_parts import go_to_row
from ui.screens.pupil_words import tell_done
from ui.screens.settings_calendar_entry import EntryDialog
from ui.screens.settings_calendar_planner import PlannerDialog
from ui.screens.settings_calendar_rows import Line, columns, found_in, lines_of
from ui.screens.settings_section import Section
from ui.table import Rows, Table
from ui.theme import px
from ui.words import tr

_LARGE = 1.5  # zoom from which the buttons do not fit beside one another
_AHEAD = 5  # school years that can be chosen after the present one


class CalendarSection(Section):
    """Region and school year; a line for each date; Enter changes an own one, Delete removes it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            tr("Schoolkalender"),
            tr(
                "De dagen zonder school, en wat de school zelf noteert. Een inleverdatum valt "
                "nooit op een dag zonder school. Alles staat ook op de jaarplanner."
            ),
        )
        self._calendar: Calendar | None = None
        self._rows = Rows(columns())
        self.table = Table(tr("Schoolkalender"))
        self.table.setSelectionMode(Table.SelectionMode.SingleSelection)
        self.table.setMinimumHeight(px(230))
        self._shown = self.table.show_rows(self._rows, found_in)
        self.table.opened.connect(lambda _: self.change())
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._allow())
        delete = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self.table)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self.remove)
        self._build()

    # — building —

    def _build(self) -> None:
        self.content.addWidget(card(self._choosers(), self._told()))
        self.search = SearchField(tr("Zoek in de kalender"))
        self.search.setMinimumWidth(px(200))
        self.search.textChanged.connect(self._find)
        self.search.down.connect(self.table.setFocus)
        self.add_button = button(tr("&Toevoegen…"), self.add, icon="plus", kind="primary")
        self.planner_button = button(
            tr("Jaar&planner afdrukken…"), self.show_planner, icon="printer"
        )
        if theme.zoom() >= _LARGE:
            self.content.addWidget(row(self.add_button, self.planner_button, None))
            self.content.addWidget(self.search)
        else:
            self.content.addWidget(row(self.search, None, self.planner_button, self.add_button))
        nothing = label(tr("Niets gevonden. Typ iets anders."), "muted", wrap=True)
        nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.table)
        self._pages.addWidget(nothing)
        self.content.addWidget(self._pages, 1)
        self._no_own = label(
            tr(
                "De school heeft in dit jaar zelf nog niets ingevuld. Voeg bijvoorbeeld "
                "studiedagen, eigen vrije dagen en vergaderingen van de MR toe."
            ),
            "muted",
            wrap=True,
        )
        self.content.addWidget(self._no_own)
        self.change_button = button(tr("&Wijzigen…"), self.change, icon="pencil", tip=tr("Enter"))
        self.remove_button = button(tr("Weg&halen"), self.remove, icon="trash-2", tip=tr("Delete"))
        self.content.addWidget(row(self.change_button, self.remove_button, None))

    def _choosers(self) -> QWidget:
        regions = [(tr("nog niet gekozen"), ""), *((each, each) for each in REGIONS)]
        self.region: ChoiceField = choice(regions)
        self.region.setEnabled(self.may_change)
        self.region.activated.connect(lambda _: self._save_region())
        self.year = ChoiceField()
        now = SchoolYear.of(self.desk.school.clock.today())
        self._offer_years(now)
        self.year.activated.connect(lambda _: self._show_year())
        made = Fields(2)
        made.add("region", tr("&Regio van de schoolvakanties"), self.region)
        made.add("year", tr("School&jaar"), self.year)
        return made

    def _offer_years(self, wanted: SchoolYear) -> None:
        """The years in which something can be noted, and the one that is wanted."""
        now = SchoolYear.of(self.desk.school.clock.today())
        years = {SchoolYear(now.start + ahead) for ahead in range(-1, _AHEAD + 1)}
        self.year.offer([(str(each), each) for each in sorted({*years, wanted})])
        self.year.choose(wanted)

    def _told(self) -> QWidget:
        """What to know of the holidays of this year."""
        made = QWidget()
        self._notices = QVBoxLayout(made)
        self._notices.setContentsMargins(0, 0, 0, 0)
        self._notices.setSpacing(px(8))
        return made

    # — showing —

    def refresh(self) -> None:
        year: SchoolYear = self.year.value()
        present: Line | None = self.table.current()
        at = self.table.currentIndex().row()
        self._calendar = read_calendar(self.desk.school, year)
        self.region.choose(self._calendar.region)
        self._tell(self._calendar)
        self._rows.replace(lines_of(self._calendar))
        self._no_own.setVisible(not self._calendar.entries and self.may_change)
        if present is None:
            self._go_to_today()
        else:
            go_to_row(self.table, lambda line: _same(line, present), at)
        self._allow()

    def _go_to_today(self) -> None:
        """Be at what comes first from today; at the first line of another year."""
        today = self.desk.school.clock.today()
        go_to_row(self.table, lambda line: line.last >= today)

    def _tell(self, calendar: Calendar) -> None:
        emptied(self._notices)
        for text in _warnings(calendar):
            self._notices.addWidget(notice(text))
        for text in _remarks(calendar):
            self._notices.addWidget(label(text, "small", wrap=True))

    def _find(self, text: str) -> None:
        self._shown.search(text)
        if not self.table.currentIndex().isValid():
            go_to_row(self.table, lambda _: True)
        self._allow()

    def _allow(self) -> None:
        self._pages.setCurrentIndex(0 if self._shown.rowCount() else 1)
        line: Line | None = self.table.current()
        own = line is not None and line.entry is not None
        self.add_button.setVisible(self.may_change)
        for each in (self.change_button, self.remove_button):
            each.setVisible(self.may_change)
        self.remove_button.setEnabled(own)
        self.change_button.setEnabled(own or (line is not None and line.of_region))
        text = tr("&Wijzigen…") if own or not (line and line.of_region) else tr("&Eigen dagen…")
        self.change_button.setText(text)
        self.change_button.setAccessibleName(text.replace("&", ""))

    def focus_first(self) -> bool:
        """At the region as long as it is not chosen, else in the calendar."""
        unknown = self._calendar is not None and not self._calendar.region and self.may_change
        (self.region if unknown else self.table).setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    # — region and year —

    def _save_region(self) -> None:
        if self._calendar is None or self.region.value() == self._calendar.region:
            return
        before, wanted = self._calendar.region, self.region.value()

        def undo() -> None:
            change_profile(self.desk.school, region=before)
            self.desk.tell_change()

        with messages.told(self):
            change_profile(self.desk.school, region=wanted)
            said = tr("De schoolvakanties zijn nu die van regio {region}.").format(region=wanted)
            self.desk.say(said if wanted else tr("Er is geen regio gekozen."), undo)
            self.desk.tell_change()

    def _show_year(self) -> None:
        self.table.setCurrentIndex(self._shown.index(-1, -1))
        self.refresh()

    # — own dates —

    def add(self) -> None:
        """Note a date or period of the school's own."""
        if self.may_change:
            self._ask(None)

    def change(self) -> None:
        """Change an own one; note the school's own days for a holiday of the region."""
        line: Line | None = self.table.current()
        if line is None or not self.may_change:
            return
        if line.entry is not None:
            self._ask(line.entry)
        elif line.of_region:
            self._ask(CalendarEntry("", EntryKind.HOLIDAY, line.title, line.first, line.last))
        else:
            self.desk.say(tr("Een feestdag kunt u niet wijzigen. Die geldt voor elke school."))

    def _ask(self, entry: CalendarEntry | None) -> None:
        asked = EntryDialog(self.desk, self, entry)
        asked.kept.connect(self.show_entry)
        asked.open()

    def show_entry(self, entry_id: str, first: date) -> None:
        """Be at an own date, in its school year."""
        year = SchoolYear.of(first)
        if year != self.year.value():
            self._offer_years(year)
        self.search.clear()
        self.refresh()
        go_to_row(self.table, lambda line: line.entry is not None and line.entry.id == entry_id)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def remove(self) -> None:
        """Take an own date out of the calendar."""
        line: Line | None = self.table.current()
        if line is None or line.entry is None or not self.may_change:
            return
        with messages.told(self):
            change = remove_entry(self.desk.school, line.entry.id)
            said = tr("“{title}” is uit de kalender gehaald.").format(title=line.title)
            tell_done(self.desk, said, change)

    def show_planner(self) -> None:
        """The planner of the year that is shown."""
        PlannerDialog(self.desk, self, self.year.value()).open()


def _same(line: Line, other: Line) -> bool:
    """The same one, also after it was changed."""
    if line.entry is not None and other.entry is not None:
        return line.entry.id == other.entry.id
    return line == other


def _warnings(calendar: Calendar) -> list[str]:
    """What is missing or may be wrong."""
    if not calendar.region:
        return [
            tr(
                "De schoolvakanties ontbreken. Kies de regio van uw school: het programma kent nu "
                "alleen weekenden, feestdagen en wat u zelf invult."
            )
        ]
    known = known_years().get(calendar.year)
    if known is None:
        said = tr(
            "Van schooljaar {year} kent het programma de schoolvakanties nog niet. Voeg ze zelf "
            "toe, of wacht op een nieuwe versie van het programma."
        )
        return [said.format(year=calendar.year)]
    if calendar.region in known.unconfirmed:
        said = tr(
            "De vakanties van regio {region} in {year} zijn nog niet bevestigd. Kijk ze na op "
            "rijksoverheid.nl. Klopt er iets niet? Voeg dan de eigen dagen toe."
        )
        return [said.format(region=calendar.region, year=calendar.year)]
    return []


def _remarks(calendar: Calendar) -> list[str]:
    """From which holidays the school may depart, and where the dates come from."""
    known = known_years().get(calendar.year)
    if not calendar.region or known is None:
        return []
    told = []
    if names := dict.fromkeys(each.title for each in advised(calendar)):
        said = tr(
            "{names}: adviesdatums. Heeft uw school andere dagen? Ga in de kalender op de "
            "vakantie staan en druk op Enter."
        )
        told.append(said.format(names=tr(" en ").join(names)))
    source = tr("Bron: {source}. Nagekeken op {day}.")
    told.append(source.format(source=known.source, day=dutch_date(known.checked)))
    return told
