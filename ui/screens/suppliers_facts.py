"""What is on record of a product and its supplier, besides the papers."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QPushButton

from schoolprivacy.suppliers.board import BoardRow
from schoolprivacy.suppliers.products import remove_product
from schoolprivacy.suppliers.stopping import resume_product, withdraw_deletion
from schoolprivacy.suppliers.terms import Basic, BasicAnswer, Product, Step, Supplier, YesNo
from schoolprivacy.suppliers.words import basic_word, dpia_word, kind_word
from ui import messages
from ui.desk import Desk
from ui.fields import button, card, label, show_date
from ui.flow import Flow
from ui.screens.pupil_words import tell_done
from ui.screens.suppliers_part import SupplierPart
from ui.screens.suppliers_product_dialogs import ChangeProductDialog, SupplierDialog
from ui.screens.suppliers_stop import DeletionDialog, StopDialog
from ui.screens.suppliers_words import facts, yes_no_word
from ui.words import tr


class FactsPart(SupplierPart):
    """Use, the five vuistregels, DPIA, pseudonym, company; stopping and what follows."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)

    def show_product(self, found: BoardRow) -> None:
        product = found.file.product
        if self.may_record():
            self.content.addWidget(Flow(*self._buttons(found)))
        if product.last_day is not None:
            self.content.addWidget(card(label(tr("Gestopt"), "strong"), facts(_stopped(found))))
        self.content.addWidget(card(label(tr("Gebruik"), "strong"), facts(_use(product))))
        basics = facts(_basics(product))
        self.content.addWidget(card(label(tr("De vijf vuistregels"), "strong"), basics))
        company = facts(_company(found.file.supplier))
        self.content.addWidget(card(label(tr("Leverancier"), "strong"), company))

    def _buttons(self, found: BoardRow) -> Iterator[QPushButton]:
        product, today = found.file.product, self.desk.school.clock.today()
        yield button(tr("Product &wijzigen…"), self._change, icon="pencil", kind="primary")
        yield button(tr("&Leverancier…"), self._company, icon="briefcase-business")
        if product.is_stopped(today):
            told = tr("Bevestiging van wissen…")
            yield button(told, self._delete, icon="trash-2")
        if product.deleted_on is not None:
            yield button(tr("Bevestiging klopt niet"), self._withdraw, icon="undo-2")
        elif product.last_day is not None:
            yield button(tr("Toch weer in gebruik"), self._resume, icon="undo-2")
        else:
            yield button(tr("&Stoppen…"), self._stop, icon="x")
        yield button(tr("Weghalen"), self._remove, icon="trash-2", kind="danger")

    # — doing —

    def start(self, step: Step) -> None:
        if step is Step.DELETION:
            self._delete()
        else:
            self._change()

    def _change(self) -> None:
        if self.row is not None:
            ChangeProductDialog(self, self.desk, self.row).open()

    def _company(self) -> None:
        if self.row is not None:
            SupplierDialog(self, self.desk, self.row.file.supplier).open()

    def _stop(self) -> None:
        if self.row is not None:
            StopDialog(self, self.desk, self.row).open()

    def _delete(self) -> None:
        if self.row is not None:
            DeletionDialog(self, self.desk, self.row).open()

    def _withdraw(self) -> None:
        if self.row is not None:
            with messages.told(self):
                change = withdraw_deletion(self.desk.school, self.row.file.product.id)
                tell_done(self.desk, tr("De bevestiging is weggehaald."), change)

    def _resume(self) -> None:
        if self.row is not None:
            with messages.told(self):
                change = resume_product(self.desk.school, self.row.file.product.id)
                told = tr("{name} is weer in gebruik.").format(name=self.row.name)
                tell_done(self.desk, told, change)

    def _remove(self) -> None:
        if self.row is not None:
            with messages.told(self):
                name = self.row.name
                change = remove_product(self.desk.school, self.row.file.product.id)
                tell_done(self.desk, tr("{name} is weggehaald.").format(name=name), change)


def _use(product: Product) -> list[tuple[str, str]]:
    dpia = dpia_word(product.dpia)
    if product.dpia_on:
        dpia = f"{dpia}, {show_date(product.dpia_on)}"
    if product.dpia_why:
        dpia = tr("{dpia}, want {why}").format(dpia=dpia, why=product.dpia_why)
    pseudonym = yes_no_word(product.pseudonym)
    if product.pseudonym_why:
        pseudonym = tr("Nee, want {why}").format(why=product.pseudonym_why)
    return [
        (tr("Soort"), kind_word(product.kind)),
        (tr("Waarvoor"), product.used_for),
        (tr("Wie gebruikt het"), product.used_by),
        (tr("In gebruik sinds"), show_date(product.since) or tr("niet ingevuld")),
        (tr("Groot of gevoelig"), yes_no_word(product.sensitive)),
        (tr("DPIA"), dpia),
        (tr("Pseudoniem (ECK iD)"), pseudonym),
    ]


def _basics(product: Product) -> list[tuple[str, str]]:
    found = []
    for each in Basic:
        answer = product.basics.get(each, BasicAnswer(YesNo.UNKNOWN))
        said = yes_no_word(answer.answer)
        found.append((basic_word(each), f"{said}. {answer.note}" if answer.note else said))
    return found


def _company(supplier: Supplier) -> list[tuple[str, str]]:
    return [
        (tr("Naam"), supplier.name),
        (tr("Bij het convenant"), yes_no_word(supplier.convenant)),
        (tr("Contactpersoon"), supplier.contact),
        (tr("E-mail"), supplier.email),
        (tr("Telefoon"), supplier.phone),
        (tr("Adres"), supplier.address),
        (tr("Website"), supplier.website),
        (tr("Opmerking"), supplier.remark),
    ]


def _stopped(found: BoardRow) -> list[tuple[str, str]]:
    product = found.file.product
    deleted = tr("nog niet bevestigd")
    if product.deleted_on:
        deleted = f"{show_date(product.deleted_on)}: {product.deleted_how}"
    return [
        (tr("Laatste dag"), show_date(product.last_day)),
        (tr("Reden"), product.stopped_why),
        (tr("Gegevens gewist"), deleted),
        (tr("Te bewaren tot"), show_date(found.keep_until)),
    ]
