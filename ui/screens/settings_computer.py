"""Settings of this user on this computer: light or dark, zoom, when the screen locks."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QSpinBox

from schoolprivacy.station import LONGEST_OPEN, read_station, write_station
from ui import theme
from ui.desk import Desk
from ui.fields import card, choice
from ui.screens.settings_section import FormSection, Values, numbered
from ui.words import tr


class ComputerSection(FormSection):
    """Nothing of this stands in the school file."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            tr("Deze computer"),
            tr("Geldt alleen voor u op deze computer."),
            columns=1,
            changes=False,
        )
        looks = [
            (tr("Zoals de computer"), ""),
            (tr("Licht"), "light"),
            (tr("Donker"), "dark"),
        ]
        zooms = [(f"{round(each * 100)} %", round(each * 100)) for each in theme.ZOOMS]
        minutes = numbered(QSpinBox(), 1, LONGEST_OPEN, tr(" minuten"))
        self.add("theme", tr("&Licht of donker"), choice(looks), hint=tr("Sneltoets: Ctrl+D."))
        self.add(
            "zoom",
            tr("&Grootte"),
            choice(zooms),
            hint=tr("Sneltoetsen: Ctrl++ en Ctrl+-. Ctrl+0 is de gewone grootte."),
        )
        self.add(
            "lock_after_minutes",
            tr("&Vergrendelen na"),
            minutes,
            hint=tr("Als niemand een toets of de muis aanraakt. Zelf vergrendelen: Ctrl+L."),
        )
        self.content.addWidget(card(self.fields, self.save_row))
        self.content.addStretch(1)

    def read(self) -> Values:
        station = read_station()
        nearest = min(theme.ZOOMS, key=lambda each: abs(each - station.zoom / 100))
        return {
            "theme": station.theme,
            "zoom": round(nearest * 100),
            "lock_after_minutes": station.lock_after_minutes,
        }

    def store(self, values: Values) -> None:
        write_station(replace(read_station(), **values))

    def saved(self, before: Values) -> None:
        """What was chosen shows at once: another look makes the screens anew."""
        self.desk.say(tr("Opgeslagen."), lambda: self._put_back(before))
        self.desk.station_changed.emit()

    def _put_back(self, before: Values) -> None:
        self.store(before)
        self.refresh()
        self.desk.station_changed.emit()
