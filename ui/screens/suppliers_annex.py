"""The beveiligingsbijlage of a product, and typing it over from paper."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from schoolprivacy.errors import sentence
from schoolprivacy.people.entries import FieldProblem
from schoolprivacy.people.undoing import Undo
from schoolprivacy.suppliers.board import BoardRow
from schoolprivacy.suppliers.entries import LONGEST_LINE, LONGEST_NAME
from schoolprivacy.suppliers.sheet_terms import Annex, AnnexEntry, Certificate, Level
from schoolprivacy.suppliers.sheets import change_annex, is_older, record_annex, remove_annex
from schoolprivacy.suppliers.terms import Step
from schoolprivacy.suppliers.words import level_word
from ui import messages
from ui.desk import Desk
from ui.fields import DateField, button, card, choice, label, row, show_date, text_field
from ui.screens.pupil_dialog import no_date
from ui.screens.pupil_words import tell_done
from ui.screens.suppliers_lines import Line, RowsField, TextField
from ui.screens.suppliers_part import SupplierPart
from ui.screens.suppliers_sheet import SheetDialog, recorded_told, version_choice
from ui.screens.suppliers_words import facts
from ui.words import tr

_DEMANDS = ("availability", "integrity", "confidentiality")


class AnnexPart(SupplierPart):
    """How a supplier keeps the data safe, and whom to call about a breach."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._id = ""

    def show_product(self, found: BoardRow) -> None:
        there = found.file.annexes
        shown = next((each for each in there if each.id == self._id), found.file.annex)
        if self.may_record():
            self.content.addWidget(row(*self._buttons(shown), None))
        if shown is None:
            none = tr(
                "Er is nog geen beveiligingsbijlage. Die hoort bij de verwerkersovereenkomst en "
                "zegt hoe de leverancier de gegevens beschermt. Typ hem over van papier."
            )
            self.content.addWidget(label(none, wrap=True))
            return
        if len(there) > 1:
            self.content.addWidget(version_choice(there, shown, self._choose))
        parts: list[QWidget] = [facts(_lines(shown))]
        if shown is not found.file.annex:
            parts.insert(0, label(tr("Geldt niet meer: er is een nieuwere."), "strong", wrap=True))
        self.content.addWidget(card(*parts))

    def _choose(self, sheet_id: str) -> None:
        self._id = sheet_id
        if self.row is not None:
            self.show_row(self.row)

    def _buttons(self, shown: Annex | None) -> Iterable[QWidget]:
        new = tr("&Nieuwe versie…") if shown else tr("&Bijlage invoeren…")
        yield button(new, self._record, icon="plus", kind="primary")
        if shown is not None:
            yield button(tr("&Verbeteren…"), lambda: self._correct(shown), icon="pencil")
            yield button(tr("Weghalen"), lambda: self._remove(shown), icon="trash-2", kind="danger")

    def forget(self) -> None:
        super().forget()
        self._id = ""

    # — doing —

    def start(self, step: Step) -> None:
        self._record()

    def _record(self) -> None:
        if self.row is not None:
            self._id = ""
            AnnexDialog(self, self.desk, self.row).open()

    def _correct(self, sheet: Annex) -> None:
        if self.row is not None:
            AnnexDialog(self, self.desk, self.row, corrects=sheet).open()

    def _remove(self, sheet: Annex) -> None:
        if self.row is not None:
            with messages.told(self):
                change = remove_annex(self.desk.school, self.row.file.product.id, sheet.id)
                told = tr("Versie {n} van de bijlage is weggehaald.").format(n=sheet.version)
                tell_done(self.desk, told, change)


def _lines(sheet: Annex) -> list[tuple[str, str]]:
    certificates = []
    for each in sheet.certificates:
        told = tr("{name}, geldig tot en met {day}") if each.ends_on else "{name}"
        certificates.append(told.format(name=each.name, day=show_date(each.ends_on)))
    hours = ""
    if sheet.breach_hours:
        hours = tr("binnen {n} uur").format(n=sheet.breach_hours)
    return [
        (tr("Versie"), recorded_told(sheet)),
        (tr("Maatregelen"), sheet.measures),
        (tr("Beschikbaarheid"), level_word(sheet.availability)),
        (tr("Juistheid"), level_word(sheet.integrity)),
        (tr("Vertrouwelijkheid"), level_word(sheet.confidentiality)),
        (tr("Certificaten"), "\n".join(certificates)),
        (tr("Laatste controle"), sheet.audit),
        (tr("Bij een datalek"), sheet.breach_contact),
        (tr("Meldt een datalek"), hours),
    ]


class CertificateLine(Line[Certificate]):
    """A certificate and the last day it holds."""

    def __init__(self, certificate: Certificate | None) -> None:
        super().__init__()
        self.name = text_field(certificate.name if certificate else "", longest=LONGEST_LINE)
        self.name.setPlaceholderText(tr("certificaat of auditrapport"))
        self.name.setAccessibleName(tr("Certificaat"))
        self.ends = DateField(certificate.ends_on if certificate else None)
        self.ends.setAccessibleName(tr("Geldig tot en met"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(row(self.name, label(tr("geldig tot en met")), self.ends, spacing=6))
        layout.addWidget(self.told)
        self.first = self.name
        for field in (self.name, self.ends):
            field.textChanged.connect(lambda _: self.changed.emit())

    def problem(self) -> tuple[QWidget, str] | None:
        if self.ends.is_wrong():
            return self.ends, no_date(self.ends)
        if self.ends.date() and not self.name.text().strip():
            return self.name, sentence("supplier_field.certificate")
        return None

    def value(self) -> Certificate | None:
        name = self.name.text().strip()
        return Certificate(name, self.ends.date()) if name or self.ends.text().strip() else None


class AnnexDialog(SheetDialog):
    """A version of the beveiligingsbijlage; a new one begins with what the present one says."""

    def __init__(
        self, owner: QWidget, desk: Desk, found: BoardRow, *, corrects: Annex | None = None
    ) -> None:
        title = tr("Beveiligingsbijlage van {name}").format(name=found.name)
        told = tr("De beveiligingsbijlage is vastgelegd.")
        super().__init__(owner, desk, title, tr("Vastleggen"), told, width=820)
        self._row, self._corrects = found, corrects
        before: AnnexEntry | None = corrects or found.file.annex
        if before is not None and corrects is None:
            about = tr("Ingevuld is wat de vorige versie zegt. Verander wat anders is.")
            self.body.insertWidget(0, label(about, "muted", wrap=True))
        today = desk.school.clock.today()
        version = text_field(corrects.version if corrects else "", longest=LONGEST_NAME)
        self.add("version", tr("&Versie"), version)
        issued = DateField(corrects.issued_on if corrects else None, latest=today)
        self.add("issued", tr("&Datum op de bijlage"), issued)
        hint = tr("In het kort, of waar het staat.")
        measures = TextField(before.measures if before else "", lines=3)
        self.add("measures", tr("&Maatregelen"), measures, hint=hint, span=2)
        self._add_demands(before)
        self._add_breach(before)
        self.body.addWidget(label(tr("Certificaten en controles"), "strong"))
        certificates = before.certificates if before else ()
        self.certificates: RowsField[Certificate] = RowsField(
            tr("Certificaat"), CertificateLine, certificates
        )
        self.body.addWidget(self.certificates)
        self.hold(self.certificates)
        self.body.addStretch(1)
        self.act = self._record

    def _add_demands(self, before: AnnexEntry | None) -> None:
        levels = [(level_word(each), each) for each in Level]
        texts = (tr("&Beschikbaarheid"), tr("&Juistheid"), tr("Vertrouwelijk&heid"))
        for name, text in zip(_DEMANDS, texts, strict=True):
            self.add(name, text, choice(levels, getattr(before, name, Level.UNKNOWN)))
        audit = text_field(before.audit if before else "", longest=LONGEST_LINE)
        audit.setPlaceholderText(tr("wie, en wanneer"))
        self.add("audit", tr("Laatste &controle of audit"), audit)

    def _add_breach(self, before: AnnexEntry | None) -> None:
        contact = text_field(before.breach_contact if before else "", longest=LONGEST_LINE)
        hint = tr("Naam, telefoon, e-mail: wie de school belt.")
        self.add("contact", tr("C&ontact bij een datalek"), contact, hint=hint)
        hours = before.breach_hours if before else None
        field = text_field(str(hours) if hours else "", longest=4)
        hint = tr("Zo snel meldt de leverancier een datalek aan de school.")
        self.add("hours", tr("Meldt binnen (&uren)"), field, hint=hint)

    def problems(self) -> Iterable[FieldProblem]:
        if not self.fields["version"].text().strip():
            yield FieldProblem("version", "needed")
        if not self.fields["issued"].text().strip():
            yield FieldProblem("issued", "no_day")
        hours = self.fields["hours"].text().strip()
        if hours and not (hours.isdecimal() and int(hours)):
            yield FieldProblem("hours", "hours")

    def entry(self) -> AnnexEntry:
        """What is filled in."""
        fields = self.fields
        hours = fields["hours"].text().strip()
        return AnnexEntry(
            fields["version"].text(),
            fields["issued"].date(),
            fields["measures"].text(),
            fields["availability"].value(),
            fields["integrity"].value(),
            fields["confidentiality"].value(),
            self.certificates.values(),
            fields["audit"].text(),
            fields["contact"].text(),
            int(hours) if hours else None,
        )

    def _record(self) -> Undo:
        school, product_id = self.desk.school, self._row.file.product.id
        if self._corrects is not None:
            return change_annex(school, product_id, self._corrects.id, self.entry())
        return record_annex(school, product_id, self.entry())

    def save(self) -> None:
        entry, change = self.entry(), self._record()
        self.done(1)
        told = self._told
        if self._corrects is None and is_older(self._row.file, entry):
            told = tr("Vastgelegd. De bijlage die al geldt is nieuwer, en blijft gelden.")
        tell_done(self.desk, told, change)
