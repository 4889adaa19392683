"""Settings: the backups, and the second place they go to."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from schoolprivacy.school import BackupSeen, School
from ui import backups, files, messages, theme
from ui.backups import BackupsFound
from ui.desk import Desk
from ui.fields import button, card, emptied, label, notice, row
from ui.screens.settings_section import Section
from ui.table import Column, Rows, Table
from ui.theme import px
from ui.words import tr

_OLD = 7  # days after which a backup is pointed out


class BackupsSection(Section):
    """The last good backup, all automatic ones, one by hand, and the second place."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            tr("Back-ups"),
            tr(
                "Bij elke keer vergrendelen maakt het programma een versleutelde back-up. Een "
                "back-up gaat open met een wachtzin of de papieren sleutel van die dag."
            ),
        )
        self._by_hand: Path | None = None
        self._state = QVBoxLayout()
        self._rows = Rows(_columns(desk.school))
        self.table = Table(tr("Automatische back-ups"))
        self.table.setSelectionMode(Table.SelectionMode.SingleSelection)
        self.table.setMinimumHeight(px(190))
        self.table.setModel(self._rows)
        self._rows.setParent(self.table)
        for place, column in enumerate(self._rows.columns):
            self.table.setColumnWidth(place, px(column.width))
        self.table.horizontalHeader().setStretchLastSection(True)
        self._empty = label(
            tr("Er zijn nog geen automatische back-ups. De eerste komt bij het vergrendelen."),
            "muted",
            wrap=True,
        )
        for each in (self._empty, self.table):
            each.hide()  # until it is known what there is
        self._second = label("", wrap=True)
        self._trouble = QVBoxLayout()
        self._build()

    def _build(self) -> None:
        self.make_button = button(
            tr("&Nu een back-up maken…"), self.make, icon="database-backup", kind="primary"
        )
        restore = button(tr("Back-up &terugzetten…"), self._ask_restore, icon="history")
        self.choose_button = button(tr("Tweede plaats &kiezen…"), self._choose, icon="folder-open")
        self.choose_button.setEnabled(self.may_change)
        self._none = button(tr("Geen tweede plaats"), self._choose_none, kind="link")
        self._none.setEnabled(self.may_change)
        self._none.hide()
        self.content.addLayout(self._state)
        self._state.addWidget(label(tr("Back-ups nakijken…"), "muted"))
        self.content.addWidget(row(self.make_button, restore, None))
        self.content.addWidget(
            card(
                label(tr("Tweede plaats"), "strong"),
                label(
                    tr(
                        "Een stick of een map op een andere schijf. Bij het vergrendelen komt daar "
                        "een kopie van de back-up."
                    ),
                    "muted",
                    wrap=True,
                ),
                self._second,
                _holder(self._trouble),
                row(self.choose_button, self._none, None),
            )
        )
        self.content.addWidget(label(tr("Automatische back-ups in het schoolbestand"), "strong"))
        self.content.addWidget(self._empty)
        self.content.addWidget(self.table, 1)
        self.content.addStretch(1)

    # — showing —

    def refresh(self) -> None:
        """Every file is read whole, and a stick may be slow: beside the windows."""
        school = self.desk.school
        self.desk.read(lambda: backups.look(school), self._show)

    def _show(self, found: BackupsFound) -> None:
        _replace(self._state, _last(found))
        if self._by_hand:
            said = tr("Zelf gemaakt, buiten het schoolbestand: {place}")
            self._state.addWidget(notice(said.format(place=self._by_hand), "done"))
        self._rows.replace(found.listed)
        self._empty.setVisible(not found.listed)
        self.table.setVisible(bool(found.listed))
        self._second.setText(str(found.second or tr("Nog geen tweede plaats gekozen.")))
        self._none.setVisible(found.second is not None)
        warning = backups.second_warning(found)
        _replace(self._trouble, notice(warning) if warning else None)

    def focus_first(self) -> bool:
        self.make_button.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    # — doing —

    def make(self) -> None:
        """One backup by hand, where the user wants it."""
        backups.make_by_hand(self.desk, self, self._note_made)

    def _note_made(self, place: Path) -> None:
        self._by_hand = place
        self.refresh()

    def _choose(self) -> None:
        found = files.choose_folder(self, tr("Kies een stick of map voor back-ups"))
        if found is not None:
            self._set_second(found, tr("De back-ups komen bij het vergrendelen ook hier."))

    def _choose_none(self) -> None:
        self._set_second(None, tr("Er is geen tweede plaats meer. Wat er al staat, blijft staan."))

    def _set_second(self, place: Path | None, said: str) -> None:
        school = self.desk.school

        def undo() -> None:
            school.set_backup_place(before)
            self.desk.tell_change()

        with messages.told(self):
            before = school.backup_place()
            school.set_backup_place(place)
            self.desk.tell_change()
            self.desk.say(said, undo)

    def _ask_restore(self) -> None:
        messages.confirm(
            self,
            tr(
                "Terugzetten gaat als het schoolbestand vergrendeld is. Kies na het vergrendelen "
                "“Ander schoolbestand” en dan “Back-up terugzetten”. Het bestand van nu wordt niet "
                "weggegooid: het krijgt een andere naam."
            ),
            tr("Vergrendelen"),
            self.desk.lock_wanted.emit,
            heading=tr("Een back-up terugzetten"),
        )


def _last(found: BackupsFound) -> QWidget:
    if found.days is None:
        return notice(tr("Er is nog geen goede automatische back-up. Maak er nu zelf een."))
    return notice(backups.last_said(found), "done" if found.days < _OLD else "notice")


def _columns(school: School) -> list[Column[BackupSeen]]:
    return [
        Column(
            tr("Gemaakt"),
            backups.moment,
            icon=lambda each: (
                theme.icon("circle-check", "yes") if each.whole else theme.icon("circle-x", "no")
            ),
            width=230,
        ),
        Column(tr("Staat"), lambda each: tr("goed") if each.whole else tr("beschadigd"), width=120),
        Column(tr("Bestand"), lambda each: str(each.path.relative_to(school.folder)), width=260),
    ]


def _holder(layout: QVBoxLayout) -> QWidget:
    made = QWidget()
    layout.setContentsMargins(0, 0, 0, 0)
    made.setLayout(layout)
    return made


def _replace(layout: QVBoxLayout, content: QWidget | None) -> None:
    emptied(layout)
    if content:
        layout.addWidget(content)
