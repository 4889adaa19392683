"""Settings: how long families have to hand a form in."""

from __future__ import annotations

from PySide6.QtWidgets import QSpinBox

from schoolprivacy.consents.asking import hand_in_date
from schoolprivacy.paper.dates import dutch_date
from ui.desk import Desk
from ui.fields import card, label
from ui.screens.settings_section import ProfileSection, numbered
from ui.words import tr

_LONGEST = 365  # days


class TermSection(ProfileSection):
    """Days between asking and the hand-in date, with an example."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            tr("Inlevertermijn"),
            tr(
                "Op elk formulier staat wanneer het terug moet zijn. Daarna staat het gezin bij "
                "“nog geen antwoord” en kunt u een herinnering maken."
            ),
            columns=1,
        )
        days = numbered(QSpinBox(), 1, _LONGEST, tr(" dagen"))
        self.add(
            "hand_in_days",
            tr("&Dagen om in te leveren"),
            days,
            hint=tr("Met de pijl omhoog en omlaag een dag meer of minder."),
        )
        self._example = label("", wrap=True)
        self.content.addWidget(card(self.fields, self._example, self.save_row))
        self.content.addStretch(1)
        days.valueChanged.connect(self._show_example)

    def _show_example(self, days: int) -> None:
        today = self.desk.school.clock.today()
        said = tr(
            "Een formulier van vandaag, {today}, moet terug zijn op {day}. Valt de datum in "
            "een weekend, dan wordt het maandag."
        )
        self._example.setText(
            said.format(today=dutch_date(today), day=dutch_date(hand_in_date(today, days)))
        )
