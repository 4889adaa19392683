"""Step 6: until when forms are handed in and when families are reminded, on days with school."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtWidgets import QLabel, QVBoxLayout

from schoolprivacy.consents.rounds.dates import RoundDates, propose_dates, reminders_after
from schoolprivacy.consents.rounds.opening import set_dates
from schoolprivacy.consents.rounds.terms import Round, Step
from schoolprivacy.errors import RefusedError
from ui import messages
from ui.desk import Desk
from ui.fields import DateField, Fields, button, card, label, notice, row
from ui.screens.year_dates_days import Days
from ui.screens.year_dates_region import RegionPart
from ui.screens.year_step import YearStep
from ui.theme import px
from ui.words import tr

_BY, _FIRST, _SECOND = "hand_in_by", "first", "second"
_NAMES = (_BY, _FIRST, _SECOND)
_Typed = tuple[str, ...]


class DatesStep(YearStep):
    """Three days, each with what day of the week it is and whether there is school.

    They are stored when the user goes on. What was chosen before is shown as it was chosen; else
    what the school's term and its holidays propose.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            Step.DATES,
            tr("Inleveren en herinneren"),
            tr("Kies tot wanneer ouders inleveren, en wanneer u hen herinnert."),
        )
        self.next_text = tr("&Bewaren, volgende stap")
        self.region = RegionPart(desk)
        self.days = Days(desk.school)
        self.fields = Fields()
        self.notes: dict[str, QLabel] = {}
        self._round_id = ""
        self._stored = False
        self._shown: _Typed = ("", "", "")
        self._filled: _Typed = ("", "", "")
        self._proposed = notice(
            tr("Dit is een voorstel. Verander het als dat nodig is, en ga verder om te bewaren."),
            "done",
        )
        self._again = button(tr("&Nieuwe dagen voorstellen"), self._propose_again, icon="history")
        self._build()

    def _build(self) -> None:
        self._add(_BY, tr("&Inleveren uiterlijk op"))
        self._add(_FIRST, tr("&Eerste herinnering"))
        self._add(_SECOND, tr("&Tweede herinnering"))
        said = tr(
            "Wie nog niet alles heeft ingeleverd, krijgt een herinnering. Papier dat al is "
            "gemaakt, houdt de datum die erop staat."
        )
        for each in (
            self.region,
            self._proposed,
            card(self.fields, label(said, "small", wrap=True), row(self._again, None)),
        ):
            self.content.addWidget(each)
        self.content.addStretch(1)
        self.fields[_BY].editingFinished.connect(self._follow)
        self.fields.changed.connect(self._note_all)

    def _add(self, name: str, text: str) -> None:
        field, note = DateField(), label("", "small", wrap=True)
        field.setMaximumWidth(px(440))  # not all fields: a refusal of three lines would be cut off
        self.fields.add(name, text, field)
        cell = field.parentWidget()
        layout = cell.layout() if cell is not None else None
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(layout.indexOf(field) + 1, note)
        self.notes[name] = note

    # — showing —

    def show_round(self, round_: Round) -> None:
        with messages.told(self):
            self.days = Days(self.desk.school)
            self.region.show_school()
            if round_.id != self._round_id or not self.unsaved():
                self._round_id = round_.id
                self._show(round_)
            self._note_all()
        may = not self.desk.school.read_only
        self._again.setVisible(may and self._stored and self._is_old(round_))
        self._proposed.setVisible(may and not self._stored)
        self.next_text = tr("&Bewaren, volgende stap") if may else tr("&Volgende stap")
        for name in _NAMES:
            self.fields[name].setEnabled(may)

    def _show(self, round_: Round) -> None:
        """What was chosen, though its day may have come; else a proposal."""
        self._stored = round_.hand_in_by is not None
        if round_.hand_in_by is not None:
            self._fill(round_.hand_in_by, round_.first_reminder, round_.second_reminder)
        else:
            self._fill_with(propose_dates(self.desk.school))
        self._shown = self._typed()

    def _is_old(self, round_: Round) -> bool:
        """Whether the program would propose other days than those that were chosen."""
        by, reminders = round_.hand_in_by, (round_.first_reminder, round_.second_reminder)
        return by is None or by <= self.desk.school.clock.today() or None in reminders

    def _fill_with(self, found: RoundDates) -> None:
        self._fill(found.hand_in_by, found.first_reminder, found.second_reminder)

    def _fill(self, by: date | None, first: date | None, second: date | None) -> None:
        for name, day in zip(_NAMES, (by, first, second), strict=True):
            self.fields[name].set_date(day)
        self._filled = self._typed()

    def _typed(self) -> _Typed:
        return tuple(self.fields[name].text().strip() for name in _NAMES)

    def _note_all(self) -> None:
        """Beneath each field which day of the week it is, and why there is no school."""
        for name, note in self.notes.items():
            said, is_free = self.days.about(self.fields[name].date())
            note.setObjectName("warning" if is_free else "small")
            note.style().unpolish(note)
            note.style().polish(note)
            note.setText(said)
            note.setVisible(bool(said))
            self.fields[name].setAccessibleDescription(said)

    def _follow(self) -> None:
        """The reminders go along with the hand-in date, unless somebody chose them by hand."""
        by = self.fields[_BY].date()
        if by is None or not self.days.is_near(by):
            return
        typed = self._typed()
        if typed[0] == self._filled[0] or typed[1:] != self._filled[1:]:
            return
        with messages.told(self):
            self._fill(by, *reminders_after(self.desk.school, by))

    def _propose_again(self) -> None:
        """What the program would choose now, when what was chosen no longer does."""
        with messages.told(self):
            self._fill_with(propose_dates(self.desk.school))
            self.focus_first()

    def focus_first(self) -> None:
        if self.desk.school.read_only:
            super().focus_first()
            return
        first = self.region if self.region.is_asking() else self.fields[_BY]
        first.setFocus()

    # — storing —

    def unsaved(self) -> str:
        if self._typed() == self._shown or self.desk.school.read_only:
            return ""
        return tr("De dagen die u hebt gekozen, zijn nog niet bewaard.")

    def discard(self) -> None:
        for name, text in zip(_NAMES, self._shown, strict=True):
            self.fields[name].setText(text)
        self._filled = self._shown
        self.fields.show_problems({})

    def draft(self) -> _Typed | None:
        return self._typed() if self.unsaved() else None

    def show_draft(self, draft: _Typed) -> None:
        for name, text in zip(_NAMES, draft, strict=True):
            self.fields[name].setText(text)
        self._note_all()

    def proceed(self) -> None:
        if self.desk.school.read_only or (self._stored and not self.unsaved()):
            self.finished.emit()
            return
        if problems := self._problems():
            self.fields.show_problems(problems)
            return
        days: list[Any] = [self.fields[name].date() for name in _NAMES]
        try:
            set_dates(self.desk.school, *days)
        except RefusedError as refused:
            name = self._meant(refused.key)
            if name is None:
                raise
            self.fields.show_problems({name: str(refused)})
            return
        self._stored, self._shown = True, self._typed()
        self.desk.say(tr("De inleverdatum en de herinneringen zijn bewaard."))
        self.finished.emit()

    def _problems(self) -> dict[str, str]:
        """What is no date at all; what is refused of a date, the core says."""
        found = {}
        for name in _NAMES:
            field = self.fields[name]
            if field.is_wrong():
                found[name] = tr("Dit is geen datum. Schrijf dag, maand en jaar: 3-9-2026.")
            elif field.date() and not self.days.is_near(field.date()):
                found[name] = tr("Kijk het jaar na: deze dag is te ver weg.")
        if not self.fields[_BY].text().strip():
            found[_BY] = tr("Vul in wanneer de formulieren terug moeten zijn.")
        return found

    def _meant(self, key: str) -> str | None:
        """The field that a refusal is about."""
        by, first, second = (self.fields[name].date() for name in _NAMES)
        if key == "round.hand_in_past":
            return _BY
        if key == "round.weekend":
            days = zip(_NAMES, (by, first, second), strict=True)
            return next((name for name, day in days if self.days.is_weekend(day)), None)
        if key == "round.dates_order":
            return _FIRST if first is None or first <= by else _SECOND
        return None
