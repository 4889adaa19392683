"""Recording, replacing, signing and ending a processing agreement."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from PySide6.QtWidgets import QCheckBox, QWidget

from schoolprivacy.people.entries import FieldProblem
from schoolprivacy.people.undoing import Undo
from schoolprivacy.suppliers.agreements import (
    change_agreement,
    end_agreement,
    record_agreement,
    replace_agreement,
    review_agreement,
    sign_agreement,
    stops_with,
    withdraw_agreement,
)
from schoolprivacy.suppliers.board import BoardRow, products_of
from schoolprivacy.suppliers.entries import LONGEST_LINE, LONGEST_NAME
from schoolprivacy.suppliers.terms import Agreement, AgreementEntry, Model
from schoolprivacy.suppliers.words import model_word
from ui.desk import Desk
from ui.fields import DateField, choice, label, text_field
from ui.screens.pupil_words import together
from ui.screens.record_dialog import RecordDialog
from ui.words import tr

_SIDES = ("school", "supplier")


def _add_signatures(dialog: RecordDialog, wanted: Iterable[str]) -> None:
    """Ask who signed for a side, and when."""
    today = dialog.desk.school.clock.today()
    texts = {
        "school": (tr("Getekend door het &bestuur op"), tr("Wie tekende voor het bestuur")),
        "supplier": (tr("Getekend door de &leverancier op"), tr("Wie tekende voor de leverancier")),
    }
    for side in wanted:
        on, by = texts[side]
        dialog.add(f"{side}_on", on, DateField(latest=today))
        dialog.add(f"{side}_by", by, text_field(longest=LONGEST_NAME))


def _half_signed(dialog: RecordDialog, sides: Iterable[str]) -> Iterable[FieldProblem]:
    """A day and a name belong together."""
    for side in sides:
        on, by = (dialog.fields[f"{side}_{part}"].text().strip() for part in ("on", "by"))
        if by and not on:
            yield FieldProblem(f"{side}_on", "no_day")
        if on and not by:
            yield FieldProblem(f"{side}_by", "needed")


class NewAgreementDialog(RecordDialog):
    """A new agreement, one in the place of another, or one that nobody signed corrected."""

    def __init__(
        self,
        owner: QWidget,
        desk: Desk,
        found: BoardRow,
        *,
        replaces: Agreement | None = None,
        corrects: Agreement | None = None,
    ) -> None:
        self._row, self._replaces, self._corrects = found, replaces, corrects
        title = tr("Overeenkomst met {name}").format(name=found.file.supplier.name)
        told = tr("De overeenkomst is vastgelegd.")
        super().__init__(owner, desk, title, tr("Vastleggen"), told, width=760)
        before = corrects or replaces
        if replaces is not None:
            about = tr(
                "De nieuwe overeenkomst komt in de plaats van de oude. De oude eindigt op de dag "
                "ervoor, en blijft bewaard."
            )
            self.body.insertWidget(0, label(about, "muted", wrap=True))
        models = [(model_word(each), each) for each in Model]
        self.add("model", tr("&Tekst"), choice(models, before.model if before else Model.MODEL_4))
        version = text_field(before.version if before else "4.0", longest=LONGEST_NAME)
        self.add("version", tr("&Versie"), version)
        self.add("begins", tr("Be&gint op"), DateField(corrects.begins_on if corrects else None))
        hint = tr("Leeg: tot iemand opzegt.")
        ends = DateField(corrects.ends_on if corrects else None)
        self.add("ends", tr("Loopt tot en &met"), ends, hint=hint)
        _add_signatures(self, _SIDES)
        self._add_products(found, before)
        self.act = self._record

    def _add_products(self, found: BoardRow, before: Agreement | None) -> None:
        chosen = before.products if before else (found.file.product.id,)
        self._ticks: dict[str, QCheckBox] = {}
        self.body.addWidget(label(tr("Geldt voor"), "strong"))
        for product_id, name in products_of(self.desk.school, found.file.supplier.id).items():
            tick = QCheckBox(name.replace("&", "&&"))
            tick.setChecked(product_id in chosen)
            self._ticks[product_id] = tick
            self.body.addWidget(tick)
        self.body.addStretch(1)

    def problems(self) -> Iterable[FieldProblem]:
        if not self.fields["begins"].text().strip():
            yield FieldProblem("begins", "no_day")
        yield from _half_signed(self, _SIDES)

    def _entry(self) -> AgreementEntry:
        fields = self.fields
        begins: date = fields["begins"].date()
        return AgreementEntry(
            fields["model"].value(),
            fields["version"].text(),
            begins,
            tuple(each for each, tick in self._ticks.items() if tick.isChecked()),
            fields["ends"].date(),
            fields["school_on"].date(),
            fields["school_by"].text(),
            fields["supplier_on"].date(),
            fields["supplier_by"].text(),
        )

    def _record(self) -> Undo:
        school, entry = self.desk.school, self._entry()
        if self._corrects is not None:
            return change_agreement(school, self._corrects.id, entry)
        if self._replaces is not None:
            return replace_agreement(school, self._replaces.id, entry)
        return record_agreement(school, self._row.file.supplier.id, entry)


class SignDialog(RecordDialog):
    """Who signed for the side that had not, and when."""

    def __init__(self, owner: QWidget, desk: Desk, agreement: Agreement) -> None:
        told = tr("De handtekening is vastgelegd.")
        super().__init__(owner, desk, tr("Handtekening"), tr("Vastleggen"), told, width=700)
        self._agreement = agreement
        signed = {"school": agreement.school_signed_on, "supplier": agreement.supplier_signed_on}
        self._sides = [side for side in _SIDES if signed[side] is None]
        about = tr("Leg vast wat er op het papier staat. Bewaar de scan bij Scans.")
        self.body.insertWidget(0, label(about, "muted", wrap=True))
        _add_signatures(self, self._sides)
        self.act = self._sign

    def problems(self) -> Iterable[FieldProblem]:
        if not any(self.fields[f"{side}_on"].text().strip() for side in self._sides):
            yield FieldProblem(f"{self._sides[0]}_on", "no_day")
        yield from _half_signed(self, self._sides)

    def _sign(self) -> Undo:
        found: dict[str, tuple[date, str]] = {}
        for side in self._sides:
            on = self.fields[f"{side}_on"].date()
            if on is not None:
                found[f"by_{side}"] = (on, self.fields[f"{side}_by"].text())
        return sign_agreement(self.desk.school, self._agreement.id, **found)


class ReviewDialog(RecordDialog):
    """The day on which somebody looked whether the agreement still holds."""

    def __init__(self, owner: QWidget, desk: Desk, agreement: Agreement) -> None:
        told = tr("Vastgelegd: de overeenkomst is bekeken en klopt nog.")
        super().__init__(owner, desk, tr("Overeenkomst bekeken"), tr("Vastleggen"), told)
        about = tr(
            "Kijk of de overeenkomst nog klopt met hoe de school het product gebruikt: dezelfde "
            "gegevens, dezelfde doelen, dezelfde subverwerkers. Klopt er iets niet, sluit dit "
            "venster dan en vervang de overeenkomst of de bijsluiter."
        )
        self.body.insertWidget(0, label(about, "muted", wrap=True))
        self.add_day(tr("&Bekeken op"))
        self.act = lambda: review_agreement(desk.school, agreement.id, self.fields["on"].date())


class EndDialog(RecordDialog):
    """The last day of an agreement, why, and which products stop with it."""

    def __init__(self, owner: QWidget, desk: Desk, agreement: Agreement) -> None:
        told = tr("Vastgelegd: de overeenkomst is beëindigd.")
        title = tr("Overeenkomst beëindigen")
        super().__init__(owner, desk, title, tr("Beëindigen"), told)
        self._agreement = agreement
        self._stops = label("", wrap=True)
        last = DateField(desk.school.clock.today())
        self.add("on", tr("&Laatste dag"), last)
        self.add("why", tr("&Reden"), text_field(longest=LONGEST_LINE), span=2)
        self.body.addWidget(self._stops)
        self.body.addStretch(1)
        last.textChanged.connect(lambda _: self._tell_stops())
        self._tell_stops()
        self.act = self._end

    def _tell_stops(self) -> None:
        on = self.fields["on"].date()
        stopped = stops_with(self.desk.school, self._agreement.id, on) if on else ()
        if not stopped:
            told = tr(
                "Er stopt geen product: elk product heeft een andere overeenkomst, of stopte al."
            )
            self._stops.setText(told if on else "")
            return
        told = tr(
            "Hiermee stopt ook: {names}. Daarna vraagt het programma om de bevestiging dat de "
            "gegevens zijn gewist, en blijft dat vragen."
        )
        self._stops.setText(told.format(names=together(each.name for each in stopped)))

    def problems(self) -> Iterable[FieldProblem]:
        yield from super().problems()
        if not self.fields["why"].text().strip():
            yield FieldProblem("why", "needed")

    def _end(self) -> Undo:
        on, why = self.fields["on"].date(), self.fields["why"].text()
        return end_agreement(self.desk.school, self._agreement.id, on, why)


class MistakeDialog(RecordDialog):
    """Why an agreement on record is none."""

    def __init__(self, owner: QWidget, desk: Desk, agreement: Agreement) -> None:
        told = tr("De overeenkomst telt niet meer mee; zij blijft te lezen.")
        super().__init__(owner, desk, tr("Verkeerd ingevoerd"), tr("Telt niet mee"), told)
        self._id = agreement.id
        about = tr(
            "Wat getekend is, wordt nooit overschreven. De overeenkomst blijft te lezen, met de "
            "reden erbij, en telt niet meer mee. Leg daarna de goede vast. Kwam zij in de plaats "
            "van een andere, dan loopt die weer door."
        )
        self.body.insertWidget(0, label(about, "muted", wrap=True))
        self.add("why", tr("&Wat klopt er niet"), text_field(longest=LONGEST_LINE), span=2)
        self.act = self._withdraw

    def problems(self) -> Iterable[FieldProblem]:
        if not self.fields["why"].text().strip():
            yield FieldProblem("why", "needed")

    def _withdraw(self) -> Undo:
        return withdraw_agreement(self.desk.school, self._id, self.fields["why"].text())
