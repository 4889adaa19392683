"""The forms and letters about a pupil."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget

from schoolprivacy.consents.form_code import short_form_code
from schoolprivacy.consents.history import FormLine, pupil_history
from schoolprivacy.people.dossier import Dossier
from ui import theme
from ui.desk import Desk
from ui.fields import button, card, label, row, show_date
from ui.screens.pupil_part import Part, table_of
from ui.table import Column, Rows
from ui.words import tr


class FormsTab(Part):
    """Which forms went home with the child, and what came back."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._pupil_id = ""
        self._rows = Rows(_columns())
        self._table = table_of(tr("Formulieren"), self._rows, 180)
        self._table.opened.connect(self._enter)
        self._none = card(
            label(tr("Er is nog geen formulier voor dit kind gemaakt."), "heading"),
            row(button(tr("Formulier maken"), self._print, icon="printer", kind="primary"), None),
        )
        self._pages = QStackedWidget()
        self._pages.addWidget(self._table)
        self._pages.addWidget(self._none)
        self._acts = row(
            button(tr("Antwoorden invoeren"), self._enter_current, icon="keyboard"),
            button(tr("Opnieuw afdrukken"), self._print, icon="printer"),
            None,
        )
        self.content.addWidget(self._acts)
        self.content.addWidget(self._pages, 1)

    def show_pupil(self, found: Dossier) -> None:
        self._pupil_id = found.pupil.id
        forms = pupil_history(self.desk.school, found.pupil.id).forms
        self._rows.replace(forms[::-1])
        self._pages.setCurrentWidget(self._table if forms else self._none)
        self._acts.setVisible(bool(forms))
        if forms:
            self._table.selectRow(0)

    def _enter_current(self) -> None:
        form = self._table.current()
        if form is not None:
            self._enter(form)

    def _enter(self, form: FormLine) -> None:
        self.desk.go("entry", form=form.number)

    def _print(self) -> None:
        self.desk.go("papers", kind="consent-forms", pupils=[self._pupil_id])


def _columns() -> tuple[Column[FormLine], ...]:
    return (
        Column(tr("Nummer"), lambda form: short_form_code(form.number), width=140),
        Column(tr("Gemaakt op"), lambda form: show_date(form.asked_on), width=120),
        Column(tr("Inleveren voor"), lambda form: show_date(form.hand_in_by), width=130),
        Column(
            tr("Stand"),
            _state,
            icon=lambda form: theme.icon(*_sign(form)),
            width=240,
        ),
    )


def _state(form: FormLine) -> str:
    if form.is_back:
        return tr("ingevoerd")
    if form.replaced_on:
        day = show_date(form.replaced_on)
        return tr("vervangen op {day}").format(day=day)
    return tr("nog geen antwoord ingevoerd")


def _sign(form: FormLine) -> tuple[str, str]:
    if form.is_back:
        return "circle-check", "yes"
    return ("minus", "open") if form.replaced_on else ("circle-dashed", "open")
