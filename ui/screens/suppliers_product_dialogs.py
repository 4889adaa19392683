"""Putting a product or a supplier on record, and changing what the school says of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QWidget

from schoolprivacy.people.entries import FieldProblem
from schoolprivacy.people.names import plain
from schoolprivacy.people.undoing import Undo
from schoolprivacy.suppliers.board import BoardRow, known_suppliers
from schoolprivacy.suppliers.entries import LONGEST_LINE, LONGEST_NAME, LONGEST_TEXT
from schoolprivacy.suppliers.products import add_product, change_product, change_supplier
from schoolprivacy.suppliers.terms import (
    Basic,
    BasicAnswer,
    Dpia,
    Product,
    ProductEntry,
    ProductKind,
    Supplier,
    SupplierEntry,
    YesNo,
)
from schoolprivacy.suppliers.usual import usual_products
from schoolprivacy.suppliers.words import basic_word, dpia_word, kind_word
from ui.desk import Desk
from ui.fields import ChoiceField, DateField, Fields, choice, label, text_field
from ui.screens.pupil_words import tell_done
from ui.screens.record_dialog import RecordDialog
from ui.screens.suppliers_lines import TextField
from ui.screens.suppliers_words import yes_no_choices
from ui.words import tr

_NEW = ""
"""Stands for a supplier that is not on record."""


def kind_field(chosen: ProductKind = ProductKind.OTHER) -> ChoiceField:
    """What a product is."""
    return choice([(kind_word(each), each) for each in ProductKind], chosen)


def complete(field: QWidget, words: Sequence[str]) -> None:
    """Offer words while one types; anything else may be typed too."""
    completer = QCompleter(list(words), field)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    field.setCompleter(completer)  # type: ignore[attr-defined]


class SupplierChoice:
    """Fields that ask for a supplier: out of those on record, or a new one."""

    def __init__(self, desk: Desk, fields: Fields, chosen: str = _NEW) -> None:
        self._fields = fields
        self._known = known_suppliers(desk.school)
        offers = [(each.name, each.id) for each in self._known]
        supplier = choice([*offers, (tr("Een nieuwe leverancier"), _NEW)], chosen)
        supplier.setSizeAdjustPolicy(
            ChoiceField.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.offer = (
            ("supplier", tr("&Leverancier"), supplier),
            ("company", tr("&Naam van de leverancier"), text_field(longest=LONGEST_NAME)),
            ("convenant", tr("Is bij het &convenant"), choice(yes_no_choices())),
        )
        supplier.currentIndexChanged.connect(lambda _: self.show_fields())

    def show_fields(self) -> None:
        """The name is only asked of a new one."""
        for name in ("company", "convenant"):
            self._fields.set_shown(name, self._fields["supplier"].value() == _NEW)

    def problems(self) -> Iterable[FieldProblem]:
        """A new one must have a name."""
        is_new = self._fields["supplier"].value() == _NEW
        if is_new and not self._fields["company"].text().strip():
            yield FieldProblem("company", "needed")

    def value(self) -> str | SupplierEntry:
        """One on record, by identifier or by the name that was typed; else a new one."""
        if chosen := self._fields["supplier"].value():
            return str(chosen)
        name = self._fields["company"].text()
        there = next((e.id for e in self._known if plain(e.name) == plain(name)), None)
        return there or SupplierEntry(name, self._fields["convenant"].value())


class NewProductDialog(RecordDialog):
    """A product that is used or will be: name, kind, supplier, what for, since when."""

    def __init__(self, owner: QWidget, desk: Desk) -> None:
        super().__init__(owner, desk, tr("Nieuw product"), tr("Vastleggen"), "", width=760)
        about = tr(
            "Typ de eerste letters: namen van veelgebruikte producten vullen zichzelf aan. Die "
            "lijst zegt niets over een product, ook niet dat het in orde is."
        )
        self.body.insertWidget(0, label(about, "muted", wrap=True))
        self.choice = SupplierChoice(desk, self.fields)
        name = text_field(longest=LONGEST_NAME)
        complete(name, [each.name for each in usual_products()])
        self.add("name", tr("&Product"), name)
        self.add("kind", tr("&Soort"), kind_field())
        for field, text, widget in self.choice.offer:
            self.add(field, text, widget, span=2 if field == "supplier" else 1)
        add_use(self)
        name.textChanged.connect(self._fill_kind)
        self.choice.show_fields()
        self.act = self._add

    def _fill_kind(self, name: str) -> None:
        wanted = plain(name)
        for each in usual_products():
            if plain(each.name) == wanted:
                self.fields["kind"].choose(each.kind)

    def problems(self) -> Iterable[FieldProblem]:
        if not self.fields["name"].text().strip():
            yield FieldProblem("name", "needed")
        yield from self.choice.problems()

    def _add(self) -> Undo:
        fields = self.fields
        entry = ProductEntry(
            fields["name"].text(),
            fields["kind"].value(),
            fields["used_for"].text(),
            fields["used_by"].text(),
            fields["since"].date(),
        )
        return add_product(self.desk.school, self.choice.value(), entry)

    def save(self) -> None:
        change, name = self._add(), self.fields["name"].text().strip()
        self.done(1)
        tell_done(self.desk, tr("{name} is vastgelegd.").format(name=name), change)
        self.desk.go("suppliers", product=change.about)


def add_use(dialog: RecordDialog, product: Product | None = None) -> None:
    """Ask what a product is for, by whom, and since when."""
    used_for = text_field(product.used_for if product else "", longest=LONGEST_LINE)
    hint = tr("In gewone woorden: ouders lezen dit.")
    dialog.add("used_for", tr("&Waarvoor gebruikt de school het"), used_for, hint=hint, span=2)
    used_by = text_field(product.used_by if product else "", longest=LONGEST_LINE)
    used_by.setPlaceholderText(tr("bijvoorbeeld: groep 3 tot en met 8"))
    dialog.add("used_by", tr("Wie &gebruikt het"), used_by)
    since = DateField(product.since if product else None)
    hint = tr("Mag ook een dag zijn die nog komt.")
    dialog.add("since", tr("In gebruik sin&ds"), since, hint=hint)


class ChangeProductDialog(RecordDialog):
    """What the school says of a product: use, vuistregels, DPIA, pseudonym."""

    def __init__(self, owner: QWidget, desk: Desk, found: BoardRow) -> None:
        title = tr("{name} wijzigen").format(name=found.name)
        told = tr("{name} is opgeslagen.").format(name=found.name)
        super().__init__(owner, desk, title, tr("Opslaan"), told, width=820)
        product = self._product = found.file.product
        self.add("name", tr("&Product"), text_field(product.name, longest=LONGEST_NAME))
        self.add("kind", tr("&Soort"), kind_field(product.kind))
        add_use(self, product)
        self._add_dpia(product)
        self._add_pseudonym(product)
        self._add_basics(product)
        for name in ("sensitive", "dpia", "pseudonym"):
            self.fields[name].currentIndexChanged.connect(lambda _: self._show_fields())
        self._show_fields()
        self.act = self._change

    def _add_dpia(self, product: Product) -> None:
        hint = tr("Gegevens van veel kinderen, of over gezondheid, gedrag of godsdienst.")
        sensitive = choice(yes_no_choices(), product.sensitive)
        self.add("sensitive", tr("G&root of gevoelig"), sensitive, hint=hint)
        dpia = choice([(dpia_word(each), each) for each in Dpia], product.dpia)
        hint = tr("Vraag de FG. Alleen bij een grote of gevoelige verwerking (AVG art. 35).")
        self.add("dpia", tr("DPI&A"), dpia, hint=hint)
        today = self.desk.school.clock.today()
        self.add("dpia_on", tr("DPIA gedaan op"), DateField(product.dpia_on, latest=today), span=2)
        why = text_field(product.dpia_why, longest=LONGEST_LINE)
        self.add("dpia_why", tr("Waarom geen DPIA nodig is"), why, span=2)

    def _add_pseudonym(self, product: Product) -> None:
        hint = tr("Staan leerlingen erin met een pseudoniem (ECK iD) in plaats van hun naam?")
        chosen = choice(yes_no_choices(), product.pseudonym)
        self.add("pseudonym", tr("Pseudonie&m"), chosen, hint=hint, span=2)
        why = text_field(product.pseudonym_why, longest=LONGEST_LINE)
        self.add("pseudonym_why", tr("Waarom geen pseudoniem"), why, span=2)

    def _add_basics(self, product: Product) -> None:
        self.basics = Fields(2)
        for each in Basic:
            answer = product.basics.get(each, BasicAnswer(YesNo.UNKNOWN))
            chosen = choice(yes_no_choices(), answer.answer)
            self.basics.add(each, basic_word(each), chosen, span=2)
            note = text_field(answer.note, longest=LONGEST_LINE)
            self.basics.add(f"{each}_note", tr("Toelichting"), note, span=2)
            named = tr("Toelichting: {what}").format(what=basic_word(each))
            note.setAccessibleName(named)
        self.body.addWidget(label(tr("De vijf vuistregels"), "strong"))
        self.body.addWidget(self.basics)

    def _show_fields(self) -> None:
        self.fields.set_shown("dpia_on", self.fields["dpia"].value() is Dpia.DONE)
        self.fields.set_shown("dpia_why", self.fields["dpia"].value() is Dpia.NOT_NEEDED)
        self.fields.set_shown("pseudonym_why", self.fields["pseudonym"].value() is YesNo.NO)

    def problems(self) -> Iterable[FieldProblem]:
        if not self.fields["name"].text().strip():
            yield FieldProblem("name", "needed")
        if self.fields["dpia"].value() is Dpia.DONE and not self.fields["dpia_on"].text().strip():
            yield FieldProblem("dpia_on", "no_day")

    def _change(self) -> Undo:
        fields = self.fields
        done = fields["dpia"].value() is Dpia.DONE
        entry = ProductEntry(
            fields["name"].text(),
            fields["kind"].value(),
            fields["used_for"].text(),
            fields["used_by"].text(),
            fields["since"].date(),
            fields["sensitive"].value(),
            fields["dpia"].value(),
            fields["dpia_on"].date() if done else None,
            fields["dpia_why"].text(),
            fields["pseudonym"].value(),
            fields["pseudonym_why"].text(),
            {
                each: BasicAnswer(self.basics[each].value(), self.basics[f"{each}_note"].text())
                for each in Basic
            },
        )
        return change_product(self.desk.school, self._product.id, entry)


class SupplierDialog(RecordDialog):
    """The company: whom the school writes and calls."""

    def __init__(self, owner: QWidget, desk: Desk, supplier: Supplier) -> None:
        told = tr("{name} is opgeslagen.").format(name=supplier.name)
        title = tr("Leverancier {name}").format(name=supplier.name)
        super().__init__(owner, desk, title, tr("Opslaan"), told, width=760)
        self._id = supplier.id
        self.add("name", tr("&Naam"), text_field(supplier.name, longest=LONGEST_NAME))
        convenant = choice(yes_no_choices(), supplier.convenant)
        hint = tr("Convenant Digitale Onderwijsmiddelen en Privacy.")
        self.add("convenant", tr("Is bij het &convenant"), convenant, hint=hint)
        lines = (
            ("contact", tr("C&ontactpersoon"), supplier.contact),
            ("email", tr("&E-mail"), supplier.email),
            ("phone", tr("&Telefoon"), supplier.phone),
            ("website", tr("&Website"), supplier.website),
        )
        for name, text, value in lines:
            self.add(name, text, text_field(value, longest=LONGEST_NAME))
        hint = tr("Voor de brief waarmee u om papieren vraagt: hoogstens drie regels.")
        address = TextField(supplier.address, lines=3)
        self.add("address", tr("&Adres"), address, hint=hint, span=2)
        remark = TextField(supplier.remark, lines=3, longest=LONGEST_TEXT)
        self.add("remark", tr("O&pmerking"), remark, span=2)
        self.act = self._change

    def problems(self) -> Iterable[FieldProblem]:
        if not self.fields["name"].text().strip():
            yield FieldProblem("name", "needed")

    def _change(self) -> Undo:
        fields = self.fields
        entry = SupplierEntry(
            fields["name"].text(),
            fields["convenant"].value(),
            fields["contact"].text(),
            fields["email"].text(),
            fields["phone"].text(),
            fields["address"].text(),
            fields["website"].text(),
            fields["remark"].text(),
        )
        return change_supplier(self.desk.school, self._id, entry)
