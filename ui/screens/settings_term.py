"""Settings: how long families have to hand a form in, and for which year the contact list is."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QSpinBox

from schoolprivacy.consents.actions import contact_year
from schoolprivacy.paper.dates import dutch_date
from schoolprivacy.people.calendar import hand_in_date_at
from ui.desk import Desk
from ui.fields import ChoiceField, card, choice, label
from ui.screens.settings_section import ProfileSection, Values, numbered
from ui.words import tr

_LONGEST = 365  # days
_FIRST_MONTH = 8  # of a school year; from then on the question is for the year that begins


class TermSection(ProfileSection):
    """Days between asking and the hand-in date, with an example; the month of the next year."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            tr("Termijnen"),
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
        self.add(
            "next_year_from",
            tr("&Contactlijst voor het volgende schooljaar vragen"),
            _months(),
            hint=tr(
                "Toestemming voor de contactlijst geldt één schooljaar. Wat u vanaf deze maand "
                "vraagt, geldt vanaf 1 augustus."
            ),
        )
        self._year = label("", wrap=True)
        self.content.addWidget(card(self.fields, self._example, self._year, self.save_row))
        self.content.addStretch(1)
        days.valueChanged.connect(self._show_example)
        self.fields["next_year_from"].currentIndexChanged.connect(self._show_year)

    def _show_example(self, days: int) -> None:
        today = self.desk.school.clock.today()
        said = tr(
            "Een formulier van vandaag, {today}, moet terug zijn op {day}. Valt de datum in een "
            "weekend of vakantie, dan wordt het de eerste schooldag daarna."
        )
        by = hand_in_date_at(self.desk.school, today, days)
        self._example.setText(said.format(today=dutch_date(today), day=dutch_date(by)))

    def _show_year(self) -> None:
        month = self.fields["next_year_from"].value()
        if month is None:
            return
        today = self.desk.school.clock.today()
        said = tr("Een antwoord van vandaag geldt op de contactlijst voor schooljaar {year}.")
        self._year.setText(said.format(year=contact_year(today, month)))

    def read(self) -> Values:
        """Every month from August on means the same: never before the year itself."""
        stored = dict(super().read())
        stored["next_year_from"] = min(stored["next_year_from"], _FIRST_MONTH)
        return stored


def _months() -> ChoiceField:
    """The months before a school year begins, in words."""
    from_month = tr("vanaf {month}")
    names = [dutch_date(date(2000, month, 1)).split()[1] for month in range(1, _FIRST_MONTH)]
    options = [(from_month.format(month=name), n) for n, name in enumerate(names, 1)]
    return choice([*options, (tr("nooit: altijd voor het lopende schooljaar"), _FIRST_MONTH)])
