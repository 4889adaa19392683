"""The channels of the school: its accounts and media, and which consent covers them."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from schoolprivacy.consents.publications.channels import reopen_channel, review_channel
from schoolprivacy.people.undoing import Undo
from ui import messages
from ui.desk import Desk, Place
from ui.fields import SearchField, button, card, choice, label, row, scrolled, show_date
from ui.screen import Screen
from ui.screens.channels_dialog import ChannelDialog, CloseChannelDialog
from ui.screens.channels_parts import Warn, go_to_row, page, some
from ui.screens.channels_rows import Line, Read, columns, found_in, read_lines
from ui.screens.channels_words import address_of, breakable, kind_word, open_address
from ui.screens.pupil_words import tell_done
from ui.table import Rows, Table
from ui.theme import px
from ui.words import tr

OPEN, WITHOUT, LATE, CLOSED, ALL = "open", "without_purpose", "to_review", "closed", "all"


class ChannelsScreen(Screen):
    """A table of channels, with what asks for attention above it."""

    def __init__(self, desk: Desk) -> None:
        said = tr("Waar beeld van de school verschijnt, en welke toestemming daarbij hoort.")
        super().__init__(desk, tr("Kanalen"), said)
        self._may_change = not desk.school.read_only
        self._read = Read((), ())
        self._rows = Rows(columns())
        self.table = Table(tr("Kanalen"))
        self.table.setSelectionMode(Table.SelectionMode.SingleSelection)
        self.table.setMinimumHeight(px(150))
        self._shown = self.table.show_rows(self._rows, found_in)
        self._shown.sort(0)
        self._without = Warn(
            tr("Tonen"), lambda: self.only.choose(WITHOUT), tr("Kanalen zonder doel tonen")
        )
        self._late = Warn(
            tr("Tonen"), lambda: self.only.choose(LATE), tr("Na te kijken kanalen tonen")
        )
        self._build()
        self.table.opened.connect(lambda _: self.change())
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_current())
        for signal in (self._shown.rowsInserted, self._shown.rowsRemoved, self._shown.modelReset):
            signal.connect(self._show_count)

    # — building —

    def _build(self) -> None:
        if self._may_change:
            self.add_actions(
                button(tr("Nieuw kanaal"), self.add, icon="plus", kind="primary", tip=tr("Ctrl+N"))
            )
            QShortcut(QKeySequence("Ctrl+N"), self).activated.connect(self.add)
        body = QWidget()
        inside = QVBoxLayout(body)
        inside.setContentsMargins(0, 0, px(6), 0)
        inside.setSpacing(px(12))
        inside.addWidget(self._without)
        inside.addWidget(self._late)
        inside.addWidget(self._filters())
        self._pages = QStackedWidget()
        self._no_match, self._none = self._make_no_match(), self._make_none()
        for each in (self.table, self._no_match, self._none):
            self._pages.addWidget(each)
        inside.addWidget(self._pages, 1)
        inside.addWidget(self._about())
        self.content.addWidget(scrolled(body), 1)

    def _filters(self) -> QWidget:
        self._search = SearchField(tr("Zoek op naam, beheerder of doel"))
        self._search.setMinimumWidth(px(130))
        self._search.textChanged.connect(self._find)
        self._search.down.connect(self.table.setFocus)
        self.only = choice(
            [
                (tr("Open kanalen"), OPEN),
                (tr("Zonder doel"), WITHOUT),
                (tr("Na te kijken"), LATE),
                (tr("Gesloten kanalen"), CLOSED),
                (tr("Alle kanalen"), ALL),
            ]
        )
        self.only.setAccessibleName(tr("Welke kanalen"))
        self.only.setMinimumContentsLength(12)
        self.only.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.only.currentIndexChanged.connect(self._filter)
        self._bar = row(self._search, self.only)
        layout = self._bar.layout()
        if layout:
            layout.setStretch(0, 1)  # type: ignore[attr-defined]
        return self._bar

    def _about(self) -> QFrame:
        """What is known of the channel one is at, and what can be done with it."""
        self._what = label("", wrap=True)
        self._change = button(tr("&Wijzigen…"), self.change, icon="pencil", tip=tr("Enter"))
        self._review = button(tr("Vandaag &nagekeken"), self.review, icon="clipboard-check")
        self._close = button(tr("&Sluiten…"), self.close_current, icon="lock")
        self._reopen = button(tr("Weer &openen"), self.reopen, icon="undo-2")
        self._look = button(
            tr("&Bekijken"), self._open_address, icon="external-link", tip=tr("In de browser")
        )
        acts = (self._change, self._review, self._close, self._reopen)
        said = QWidget()
        beside = QHBoxLayout(said)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addWidget(self._what, 1)
        beside.addWidget(self._look)
        self._foot = card(said, row(*acts, None), spacing=6)
        if not self._may_change:
            for each in acts:
                each.hide()
        return self._foot

    def _make_no_match(self) -> QWidget:
        return page(
            label(tr("Geen kanaal past hierbij."), "heading"),
            row(button(tr("Open kanalen tonen"), self._clear, icon="x"), None),
        )

    def _make_none(self) -> QWidget:
        said = tr(
            "Een kanaal is een plek waar beeld van kinderen kan verschijnen: de website, de "
            "ouderapp, een account op een sociaal medium, de schoolgids, de krant. Zet ook "
            "accounts van één groep erbij. Bij elk kanaal kiest u het doel waarvoor u "
            "toestemming vraagt. Zo weet u altijd wie er in beeld mag."
        )
        add = button(tr("Eerste kanaal toevoegen"), self.add, icon="plus")
        if not self._may_change:
            add.hide()
        return page(
            label(tr("Er staan nog geen kanalen in het schoolbestand."), "heading"),
            label(said, wrap=True),
            row(add, None),
        )

    # — showing —

    def refresh(self) -> None:
        here = self.table.current()
        self._read = read_lines(self.desk.school)
        self._rows.replace(self._read.lines)
        self._filter()
        self._go_to(here.channel.id if here else "")
        self._warn()

    def _warn(self) -> None:
        without = [each.channel.name for each in self._read.lines if each.without]
        late = [each.channel.name for each in self._read.lines if each.late]
        self._without.say(
            tr(
                "Zonder doel: {names}. Hiervoor is niemand om toestemming gevraagd. Kies een doel "
                "of sluit het kanaal."
            ).format(names=some(without))
            if without
            else ""
        )
        self._late.say(
            tr(
                "Na te kijken: {names}. Kijk elk jaar of het kanaal nog nodig is, wie het beheert "
                "en wie meekijkt."
            ).format(names=some(late))
            if late
            else ""
        )

    def _filter(self) -> None:
        only = self.only.value()

        def wanted(line: Line) -> bool:
            if only in (ALL, CLOSED):
                return only == ALL or line.channel.closed_on is not None
            return {WITHOUT: line.without, LATE: line.late}.get(only, not line.channel.closed_on)

        self._shown.keep(wanted)
        self._go_to("")

    def _find(self, text: str) -> None:
        here: Line | None = self.table.current()
        self._shown.search(text)
        self._go_to(here.channel.id if here else "")

    def _show_count(self) -> None:
        shown, everything = self._shown.rowCount(), self._rows.rowCount()
        self._pages.setCurrentWidget(
            self.table if shown else self._no_match if everything else self._none
        )
        self._bar.setVisible(bool(everything))
        self._foot.setVisible(bool(shown))

    def _go_to(self, channel_id: str) -> None:
        """Stay at a channel, else go to the first."""
        go_to_row(self.table, lambda line: line.channel.id == channel_id)
        self._show_count()
        self._show_current()

    def _show_current(self) -> None:
        line: Line | None = self.table.current()
        if line is None:
            self._what.setText("")
            return
        channel = line.channel
        told = [
            f"{channel.name} ({channel.medium or kind_word(channel.kind)})",
            breakable(channel.place),
            tr("sinds {day}").format(day=show_date(channel.since)) if channel.since else "",
            tr("gesloten op {day}").format(day=show_date(channel.closed_on))
            if channel.closed_on
            else "",
        ]
        self._what.setText(" · ".join(filter(None, told)))
        is_open = channel.closed_on is None
        for each in (self._review, self._close):
            each.setVisible(self._may_change and is_open)
        self._reopen.setVisible(self._may_change and not is_open)
        self._look.setVisible(bool(address_of(channel.place)))

    def open_at(self, place: Place) -> None:
        """``show``: ``without_purpose``, ``to_review``, ``closed`` or ``all``."""
        if place.detail:
            self._search.clear()
            self.only.choose(place.detail.get("show", OPEN))

    def focus_first(self) -> None:
        (self.table if self._shown.rowCount() else self._search).setFocus()

    def _clear(self) -> None:
        self._search.clear()
        self.only.choose(OPEN)

    # — changing —

    def add(self) -> None:
        """Another account or medium."""
        if self._may_change:
            ChannelDialog(self, self.desk, self._read.purposes).open()

    def change(self) -> None:
        """What the channel is, and which purposes cover it."""
        line: Line | None = self.table.current()
        if line is not None and self._may_change:
            ChannelDialog(self, self.desk, self._read.purposes, line.channel).open()

    def review(self) -> None:
        """Somebody looked at it today: still in use, the right owner, the right audience."""
        line: Line | None = self.table.current()
        if line is None:
            return
        school, said = self.desk.school, tr("Genoteerd: “{name}” is vandaag nagekeken.")
        with messages.told(self):
            self._tell(said, line, review_channel(school, line.channel.id, school.clock.today()))

    def close_current(self) -> None:
        """From some day on nothing appears in it."""
        line: Line | None = self.table.current()
        if line is not None:
            CloseChannelDialog(self, self.desk, line.channel).open()

    def reopen(self) -> None:
        """It is used again."""
        line: Line | None = self.table.current()
        if line is None:
            return
        with messages.told(self):
            change = reopen_channel(self.desk.school, line.channel.id)
            self._tell(tr("Kanaal “{name}” is weer open."), line, change)

    def _tell(self, said: str, line: Line, change: Undo) -> None:
        tell_done(self.desk, said.format(name=line.channel.name), change)

    def _open_address(self) -> None:
        line: Line | None = self.table.current()
        if line is not None and (address := address_of(line.channel.place)):
            open_address(address)
