"""Step 1: a backup of today before anything changes; and the way out of a round by mistake."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from schoolprivacy.consents.rounds.opening import abandon_round, can_abandon
from schoolprivacy.consents.rounds.terms import Round, Step
from schoolprivacy.school import School
from ui import backups, messages
from ui.backups import BackupsFound
from ui.desk import Desk
from ui.fields import button, card, emptied, label, notice, row
from ui.screens.year_step import YearStep
from ui.words import tr


@dataclass(frozen=True, slots=True)
class _Read:
    """What there is of backups, and whether the round can be given up."""

    found: BackupsFound
    can_abandon: bool


class BackupStep(YearStep):
    """The last backup, one now, and what is not right with the second place."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            Step.BACKUP,
            tr("Back-up"),
            tr("Begin met een back-up. Dan kunt u altijd terug naar vandaag."),
        )
        self._round: Round | None = None
        self._by_hand: Path | None = None
        self._state, self._second_state = QWidget(), QWidget()
        for each in (self._state, self._second_state):
            lines = QVBoxLayout(each)
            lines.setContentsMargins(0, 0, 0, 0)
        self.make_button = button(
            tr("Maak &nu een back-up"), self.make, icon="database-backup", kind="primary"
        )
        self.copy_button = button(tr("Op een &stick bewaren…"), self._make_copy, icon="save")
        self._place = label("", wrap=True)
        self._abandon_button = button(tr("&Toch niet beginnen…"), self._ask_abandon, icon="undo-2")
        self._build()

    def _build(self) -> None:
        self.content.addWidget(self._state)
        self.content.addWidget(row(self.make_button, self.copy_button, None))
        self._choose_button = button(
            tr("Tweede &plaats kiezen"),
            lambda: self.desk.go("settings", section="backups"),
            icon="folder-open",
        )
        self.content.addWidget(
            card(
                label(tr("Tweede plaats"), "strong"),
                label(
                    tr("Bij het vergrendelen komt daar een kopie van de nieuwste back-up."),
                    "muted",
                    wrap=True,
                ),
                self._place,
                self._second_state,
                row(self._choose_button, None),
            )
        )
        self._mistake = card(
            label(tr("Per ongeluk begonnen?"), "strong"),
            label(
                tr("Is er nog niets gemaakt voor deze ronde? Dan kunt u de ronde laten vervallen."),
                "muted",
                wrap=True,
            ),
            row(self._abandon_button, None),
        )
        self._mistake.hide()
        self.content.addWidget(self._mistake)
        self.content.addStretch(1)

    # — showing —

    def show_round(self, round_: Round) -> None:
        school = self.desk.school
        self._round = round_
        for each in (self.make_button, self.copy_button):
            each.setVisible(not school.read_only)
        if self._lines(self._state).count() == 0:
            self._lines(self._state).addWidget(label(tr("Back-ups nakijken…"), "muted"))
        self.desk.read(lambda: _read(school), self._show)

    def focus_first(self) -> None:
        read_only = self.desk.school.read_only
        first = self._choose_button if read_only else self.make_button
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, read: _Read) -> None:
        found = read.found
        self._fill(self._state, _state(found), self._by_hand_said())
        self._place.setText(str(found.second or tr("Nog geen tweede plaats gekozen.")))
        warning = backups.second_warning(found)
        self._fill(self._second_state, notice(warning) if warning else None)
        self._second_state.setVisible(bool(warning))
        self._mistake.setVisible(read.can_abandon and not self.desk.school.read_only)

    def _by_hand_said(self) -> QWidget | None:
        if self._by_hand is None:
            return None
        said = tr("Zelf gemaakt, buiten het schoolbestand: {place}")
        return notice(said.format(place=self._by_hand), "done")

    def _fill(self, box: QWidget, *content: QWidget | None) -> None:
        lines = self._lines(box)
        emptied(lines)
        for each in content:
            if each is not None:
                lines.addWidget(each)

    def _lines(self, box: QWidget) -> QVBoxLayout:
        found = box.layout()
        assert isinstance(found, QVBoxLayout)
        return found

    # — doing —

    def make(self) -> None:
        """One among the automatic ones, which the program keeps and throws away by itself."""
        school = self.desk.school

        def done(_: object) -> None:
            self.desk.tell_change()
            self.desk.say(tr("De back-up is gemaakt en nagekeken."))

        self.desk.run(
            tr("De back-up maken en nakijken"),
            lambda _: school.back_up_before("toestemmingsronde"),
            done,
            may_stop=False,
        )

    def _make_copy(self) -> None:
        backups.make_by_hand(self.desk, self, self._note_made)

    def _note_made(self, place: Path) -> None:
        self._by_hand = place
        self.desk.tell_change()

    def _ask_abandon(self) -> None:
        messages.confirm(
            self,
            tr(
                "Wat u in deze ronde hebt gekozen, vervalt: de vragen en de data. Leerlingen, "
                "groepen en antwoorden blijven zoals ze zijn. U kunt later opnieuw beginnen."
            ),
            tr("Ronde laten vervallen"),
            self._abandon,
            heading=tr("Toch niet beginnen?"),
            danger=True,
        )

    def _abandon(self) -> None:
        with messages.told(self):
            abandon_round(self.desk.school)
            self.desk.tell_change()
            self.desk.say(tr("De ronde is vervallen. Er is niets gemaakt."))


def _read(school: School) -> _Read:
    return _Read(backups.look(school, every=False), can_abandon(school))


def _state(found: BackupsFound) -> QWidget:
    """The last one; a warning when it is not of today."""
    if found.days is None:
        return notice(tr("Er is nog geen goede back-up. Maak er nu een."))
    said = backups.last_said(found)
    if found.days < 1:
        return notice(said, "done")
    why = tr("Er is vandaag nog geen back-up. Maak er een voordat u verder gaat.")
    return notice(f"{why} {said}")
