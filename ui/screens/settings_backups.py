"""Settings: the backups, and the second place they go to."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStorageInfo, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from schoolprivacy.paper.dates import dutch_date
from schoolprivacy.school import BackupSeen, School, list_backups
from ui import files, messages, theme
from ui.desk import Desk
from ui.fields import button, card, emptied, label, notice, row
from ui.places import school_name
from ui.screens.settings_section import Section
from ui.table import Column, Rows, Table
from ui.theme import px
from ui.words import counted, tr

_SUFFIX = ".schoolbackup"


@dataclass(frozen=True, slots=True)
class _Found:
    """What there is of backups.

    :param second: the second place, None when none was chosen
    :param present: the second place is there now
    """

    last: BackupSeen | None
    listed: list[BackupSeen]
    second: Path | None
    present: bool


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
        self.desk.read(lambda: _look(school), self._show)

    def _show(self, found: _Found) -> None:
        _replace(self._state, self._last(found))
        if self._by_hand:
            said = tr("Zelf gemaakt, buiten het schoolbestand: {place}")
            self._state.addWidget(notice(said.format(place=self._by_hand), "done"))
        self._rows.replace(found.listed)
        self._empty.setVisible(not found.listed)
        self.table.setVisible(bool(found.listed))
        self._second.setText(str(found.second or tr("Nog geen tweede plaats gekozen.")))
        self._none.setVisible(found.second is not None)
        warning = self._warning(found)
        _replace(self._trouble, notice(warning) if warning else None)

    def _last(self, found: _Found) -> QWidget:
        if found.last is None or found.last.made_at is None:
            return notice(tr("Er is nog geen goede automatische back-up. Maak er nu zelf een."))
        here = found.last.path.is_relative_to(self.desk.school.folder)
        where = tr("op deze computer") if here else tr("op de tweede plaats")
        days = (self.desk.school.clock.now() - found.last.made_at).days
        ago = tr("vandaag") if days < 1 else counted(days, tr("dag geleden"), tr("dagen geleden"))
        said = tr("Laatste automatische back-up: {moment} ({ago}), {where}.")
        text = said.format(moment=_moment(found.last), ago=ago, where=where)
        return notice(text, "done" if days < 7 else "notice")

    def _warning(self, found: _Found) -> str:
        if found.second is None:
            return tr(
                "Gaat deze computer stuk, dan zijn ook de back-ups weg. Kies een stick of een "
                "map op een andere schijf."
            )
        if not found.present:
            return tr(
                "De tweede plaats is er nu niet. Sluit de stick of schijf aan. Bij de volgende "
                "keer vergrendelen komt de back-up er alsnog op."
            )
        if _same_disk(found.second, self.desk.school.folder):
            return tr(
                "Deze plaats staat op dezelfde schijf als het schoolbestand. Gaat die schijf "
                "stuk, dan bent u allebei kwijt. Kies liever een stick."
            )
        return ""

    def focus_first(self) -> bool:
        self.make_button.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    # — doing —

    def make(self) -> None:
        """One backup by hand, where the user wants it."""
        school = self.desk.school
        proposed = f"{school_name(school.folder)} {school.clock.today()}{_SUFFIX}"
        kinds = tr("Back-up (*.schoolbackup)")
        target = files.choose_new_file(self, tr("Waar komt de back-up?"), proposed, kinds)
        if target is None:
            return
        if target.suffix != _SUFFIX:
            target = target.with_name(target.name + _SUFFIX)

        def done(_: object) -> None:
            self._by_hand = target
            self.refresh()
            self.desk.say(tr("De back-up is gemaakt en nagekeken: {place}").format(place=target))

        self.desk.run(
            tr("De back-up maken en nakijken"),
            lambda _: school.back_up(target),
            done,
            may_stop=False,
        )

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


def _look(school: School) -> _Found:
    second = school.backup_place()
    present = second is not None and second.is_dir()
    return _Found(school.last_backup(), list_backups(school.folder), second, present)


def _same_disk(place: Path, other: Path) -> bool:
    return QStorageInfo(str(place)).rootPath() == QStorageInfo(str(other)).rootPath()


def _columns(school: School) -> list[Column[BackupSeen]]:
    return [
        Column(
            tr("Gemaakt"),
            _moment,
            icon=lambda each: (
                theme.icon("circle-check", "yes") if each.whole else theme.icon("circle-x", "no")
            ),
            width=230,
        ),
        Column(tr("Staat"), lambda each: tr("goed") if each.whole else tr("beschadigd"), width=120),
        Column(tr("Bestand"), lambda each: str(each.path.relative_to(school.folder)), width=260),
    ]


def _moment(seen: BackupSeen) -> str:
    if seen.made_at is None:
        return tr("onbekend")
    local = seen.made_at.astimezone()
    return f"{dutch_date(local.date())}, {local:%H:%M}"


def _holder(layout: QVBoxLayout) -> QWidget:
    made = QWidget()
    layout.setContentsMargins(0, 0, 0, 0)
    made.setLayout(layout)
    return made


def _replace(layout: QVBoxLayout, content: QWidget | None) -> None:
    emptied(layout)
    if content:
        layout.addWidget(content)
