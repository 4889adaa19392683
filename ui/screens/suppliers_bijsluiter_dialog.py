"""Typing over a privacybijsluiter from paper, in the order of the model."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QCheckBox, QWidget

from schoolprivacy.people.entries import FieldProblem
from schoolprivacy.people.undoing import Undo
from schoolprivacy.suppliers.board import BoardRow
from schoolprivacy.suppliers.entries import LONGEST_LINE, LONGEST_NAME
from schoolprivacy.suppliers.sheet_terms import (
    Bijsluiter,
    BijsluiterEntry,
    Option,
    Place,
    Subject,
    SubProcessor,
)
from schoolprivacy.suppliers.sheets import change_bijsluiter, is_older, record_bijsluiter
from schoolprivacy.suppliers.words import subject_word
from ui.desk import Desk
from ui.fields import DateField, label, row, text_field
from ui.screens.pupil_words import tell_done
from ui.screens.suppliers_bijsluiter_lines import (
    DataField,
    OptionLine,
    PlaceLine,
    SubProcessorLine,
)
from ui.screens.suppliers_lines import RowsField, TextField
from ui.screens.suppliers_sheet import SheetDialog
from ui.words import tr


class BijsluiterDialog(SheetDialog):
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
        self.hold(self.data, self.options, self.places, self.others)
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
