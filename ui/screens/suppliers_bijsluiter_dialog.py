"""Typing over a privacybijsluiter from paper, in the order of the model."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from schoolprivacy import countries
from schoolprivacy.people.entries import FieldProblem
from schoolprivacy.people.undoing import Undo
from schoolprivacy.suppliers.board import BoardRow
from schoolprivacy.suppliers.entries import LONGEST_LINE, LONGEST_NAME
from schoolprivacy.suppliers.sheet_terms import (
    NEEDS_DETAIL,
    Bijsluiter,
    BijsluiterEntry,
    Data,
    Option,
    Place,
    Safeguard,
    Shared,
    Subject,
    SubProcessor,
)
from schoolprivacy.suppliers.sheets import change_bijsluiter, is_older, record_bijsluiter
from schoolprivacy.suppliers.words import data_word, safeguard_word, subject_word
from ui.desk import Desk
from ui.fields import ChoiceField, DateField, choice, label, row, text_field
from ui.screens.pupil_words import tell_done
from ui.screens.record_dialog import RecordDialog
from ui.screens.suppliers_lines import Line, RowsField, TextField
from ui.screens.suppliers_product_dialogs import complete
from ui.theme import px
from ui.words import tr


class DataField(QWidget):
    """The categories of data as boxes to tick; what a ticked one is exactly stands beside it."""

    def __init__(self, shared: Iterable[Shared] = ()) -> None:
        super().__init__()
        before = {each.data: each.detail for each in shared}
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(px(10))
        layout.setVerticalSpacing(px(4))
        layout.setColumnStretch(1, 1)
        self.ticks: dict[Data, QCheckBox] = {}
        self.details: dict[Data, QLineEdit] = {}
        for place, each in enumerate(Data):
            word = data_word(each)
            tick = QCheckBox(word[:1].upper() + word[1:])
            detail = text_field(before.get(each, ""), longest=LONGEST_LINE)
            needed = each in NEEDS_DETAIL
            detail.setPlaceholderText(tr("welke gegevens") if needed else tr("welke? (mag leeg)"))
            detail.setAccessibleName(tr("Welke: {data}").format(data=word))
            tick.setChecked(each in before)
            detail.setVisible(False)
            layout.addWidget(tick, place, 0)
            layout.addWidget(detail, place, 1)
            tick.toggled.connect(detail.setVisible)
            self.ticks[each], self.details[each] = tick, detail
        for each, tick in self.ticks.items():
            self.details[each].setVisible(tick.isChecked())

    def value(self) -> tuple[Shared, ...]:
        """What is ticked, in the order of the model."""
        return tuple(
            Shared(each, self.details[each].text().strip())
            for each, tick in self.ticks.items()
            if tick.isChecked()
        )


class PlaceLine(Line[Place]):
    """A country; outside the EEA also what protects the data there."""

    def __init__(self, place: Place | None) -> None:
        super().__init__()
        self.country = text_field(place.country if place else "", longest=LONGEST_NAME)
        self.country.setPlaceholderText(tr("land"))
        self.country.setAccessibleName(tr("Land"))
        complete(self.country, (*countries.eea(), *countries.adequate()))
        self.safeguard = safeguard_field(place.safeguard if place else Safeguard.NONE)
        self.safeguard.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(row(self.country, self.safeguard))
        self.setFocusProxy(self.country)
        self.country.textChanged.connect(lambda _: self._note_change())
        self.safeguard.currentIndexChanged.connect(lambda _: self.changed.emit())
        self._show_safeguard()

    def _note_change(self) -> None:
        self._show_safeguard()
        self.changed.emit()

    def _show_safeguard(self) -> None:
        show_safeguard(self.safeguard, self.country.text())

    def value(self) -> Place | None:
        country = self.country.text().strip()
        return Place(country, self.safeguard.value()) if country else None


def safeguard_field(chosen: Safeguard) -> ChoiceField:
    """What protects data outside the EEA."""
    made = choice([(safeguard_word(each), each) for each in Safeguard], chosen)
    made.setAccessibleName(tr("Waarborg buiten de EER"))
    made.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(14)
    return made


def show_safeguard(field: ChoiceField, country: str) -> None:
    """Ask for it only outside the EEA."""
    field.setVisible(bool(country.strip()) and not countries.is_in_eea(country))


class OptionLine(Line[Option]):
    """What a school may choose; its data only count when it is ticked."""

    def __init__(self, option: Option | None) -> None:
        super().__init__()
        self.name = text_field(option.name if option else "", longest=LONGEST_LINE)
        self.name.setPlaceholderText(tr("keuze, zoals die op de bijsluiter staat"))
        self.name.setAccessibleName(tr("Keuze"))
        self.ticked = QCheckBox(tr("De school koos dit"))
        self.ticked.setChecked(option.ticked if option else False)
        self.data = DataField(option.shared if option else ())
        self.data.setVisible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(6))
        layout.addWidget(row(self.name, self.ticked))
        layout.addWidget(self.data)
        self.setFocusProxy(self.name)
        self.name.textChanged.connect(lambda _: self._note_change())
        self.data.setVisible(bool(option))

    def _note_change(self) -> None:
        self.data.setVisible(bool(self.name.text().strip()))
        self.changed.emit()

    def value(self) -> Option | None:
        name = self.name.text().strip()
        return Option(name, self.ticked.isChecked(), self.data.value()) if name else None


class SubProcessorLine(Line[SubProcessor]):
    """Whom the supplier lets work with the data, what for, and where."""

    def __init__(self, other: SubProcessor | None) -> None:
        super().__init__()
        place = other.place if other else Place("")
        self.name = text_field(other.name if other else "", longest=LONGEST_NAME)
        self.task = text_field(other.task if other else "", longest=LONGEST_LINE)
        self.country = text_field(place.country, longest=LONGEST_NAME)
        complete(self.country, (*countries.eea(), *countries.adequate()))
        self.safeguard = safeguard_field(place.safeguard)
        self.safeguard.hide()
        for field, told in (
            (self.name, tr("subverwerker")),
            (self.task, tr("waarvoor")),
            (self.country, tr("land")),
        ):
            field.setPlaceholderText(told)
            field.setAccessibleName(told.capitalize())
            field.textChanged.connect(lambda _: self._note_change())
        self.safeguard.currentIndexChanged.connect(lambda _: self.changed.emit())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(4))
        layout.addWidget(row(self.name, self.task, self.country, spacing=6))
        layout.addWidget(self.safeguard)
        self.setFocusProxy(self.name)
        show_safeguard(self.safeguard, place.country)

    def _note_change(self) -> None:
        show_safeguard(self.safeguard, self.country.text())
        self.changed.emit()

    def value(self) -> SubProcessor | None:
        name, task, country = (e.text().strip() for e in (self.name, self.task, self.country))
        if not (name or task or country):
            return None
        return SubProcessor(name, task, Place(country, self.safeguard.value()))


class BijsluiterDialog(RecordDialog):
    """A version of the bijsluiter; a new one begins with what the present one says."""

    def __init__(
        self, owner: QWidget, desk: Desk, found: BoardRow, *, corrects: Bijsluiter | None = None
    ) -> None:
        title = tr("Privacybijsluiter van {name}").format(name=found.name)
        told = tr("De privacybijsluiter is vastgelegd.")
        super().__init__(owner, desk, title, tr("Vastleggen"), told, width=900)
        self._row, self._corrects = found, corrects
        before: BijsluiterEntry | None = corrects or found.file.bijsluiter
        if before is not None and corrects is None:
            about = tr("Ingevuld is wat de vorige versie zegt. Verander wat anders is.")
            self.body.insertWidget(0, label(about, "muted", wrap=True))
        today = desk.school.clock.today()
        version = text_field(corrects.version if corrects else "", longest=LONGEST_NAME)
        self.add("version", tr("&Versie"), version)
        issued = DateField(corrects.issued_on if corrects else None, latest=today)
        self.add("issued", tr("&Datum op de bijsluiter"), issued)
        self._add_texts(before)
        self._add_data(before)
        self._add_where(before)
        self.body.addStretch(1)
        self.act = self._record

    def _add_texts(self, before: BijsluiterEntry | None) -> None:
        hint = tr("Eén per regel.")
        description = TextField(before.description if before else "", lines=2)
        self.add("description", tr("&Beschrijving van het product"), description, span=2)
        services = TextField("\n".join(before.services) if before else "", lines=3)
        self.add("services", tr("Di&ensten die er altijd bij horen"), services, hint=hint)
        purposes = TextField("\n".join(before.purposes) if before else "", lines=3)
        self.add("purposes", tr("D&oelen"), purposes, hint=hint)

    def _add_data(self, before: BijsluiterEntry | None) -> None:
        self.body.addWidget(label(tr("Van wie zijn de gegevens"), "strong"))
        chosen = before.subjects if before else (Subject.PUPILS,)
        self.subjects: dict[Subject, QCheckBox] = {}
        for each in Subject:
            word = subject_word(each)
            tick = QCheckBox(word[:1].upper() + word[1:])
            tick.setChecked(each in chosen)
            self.subjects[each] = tick
        self.body.addWidget(row(*self.subjects.values(), None))
        self.body.addWidget(label(tr("Gegevens bij deze diensten"), "strong"))
        self.data = DataField(before.shared if before else ())
        self.body.addWidget(self.data)
        self.body.addWidget(label(tr("Keuzes die de school kan maken"), "strong"))
        told = tr("Alleen de gegevens van wat de school koos, tellen als gedeeld.")
        self.body.addWidget(label(told, "muted", wrap=True))
        options = before.options if before else ()
        self.options: RowsField[Option] = RowsField(tr("Keuze"), OptionLine, options)
        self.body.addWidget(self.options)

    def _add_where(self, before: BijsluiterEntry | None) -> None:
        above = label(tr("Bewaar&tijd"), "strong")
        self.retention = text_field(before.retention if before else "", longest=LONGEST_LINE)
        self.retention.setAccessibleName(tr("Bewaartijd"))
        self.retention.setPlaceholderText(tr("bijvoorbeeld: tot een jaar na het einde"))
        above.setBuddy(self.retention)
        self.body.addWidget(above)
        self.body.addWidget(self.retention)
        self.body.addWidget(label(tr("In welk land staan de gegevens"), "strong"))
        places = before.places if before else ()
        self.places: RowsField[Place] = RowsField(tr("Land"), PlaceLine, places)
        self.body.addWidget(self.places)
        self.body.addWidget(label(tr("Subverwerkers"), "strong"))
        others = before.sub_processors if before else ()
        self.others: RowsField[SubProcessor] = RowsField(
            tr("Subverwerker"), SubProcessorLine, others
        )
        self.body.addWidget(self.others)

    def problems(self) -> Iterable[FieldProblem]:
        if not self.fields["version"].text().strip():
            yield FieldProblem("version", "needed")
        if not self.fields["issued"].text().strip():
            yield FieldProblem("issued", "no_day")

    def entry(self) -> BijsluiterEntry:
        """What is filled in."""
        fields = self.fields
        return BijsluiterEntry(
            fields["version"].text(),
            fields["issued"].date(),
            fields["description"].text(),
            fields["services"].lines(),
            self.options.values(),
            fields["purposes"].lines(),
            tuple(each for each, tick in self.subjects.items() if tick.isChecked()),
            self.data.value(),
            self.retention.text(),
            self.places.values(),
            self.others.values(),
        )

    def _record(self) -> Undo:
        school, product_id = self.desk.school, self._row.file.product.id
        if self._corrects is not None:
            return change_bijsluiter(school, product_id, self._corrects.id, self.entry())
        return record_bijsluiter(school, product_id, self.entry())

    def save(self) -> None:
        entry, change = self.entry(), self._record()
        self.done(1)
        told = self._told
        if self._corrects is None and is_older(self._row.file, entry):
            told = tr("Vastgelegd. De bijsluiter die al geldt is nieuwer, en blijft gelden.")
        tell_done(self.desk, told, change)
