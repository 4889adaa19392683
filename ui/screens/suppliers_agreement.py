"""The processing agreement of a product: the one that holds, and all that went before."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QPushButton, QWidget

from schoolprivacy.suppliers.agreements import review_agreement
from schoolprivacy.suppliers.board import BoardRow, products_of
from schoolprivacy.suppliers.terms import Agreement, Step
from schoolprivacy.suppliers.words import model_word
from ui import messages
from ui.desk import Desk
from ui.fields import button, card, label, row, show_date
from ui.flow import Flow
from ui.screens.pupil_words import tell_done
from ui.screens.suppliers_agreement_dialogs import (
    EndDialog,
    MistakeDialog,
    NewAgreementDialog,
    SignDialog,
)
from ui.screens.suppliers_part import SupplierPart
from ui.screens.suppliers_words import facts
from ui.words import tr


class AgreementsPart(SupplierPart):
    """What holds, what to do with it, and the history."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)

    def show_product(self, found: BoardRow) -> None:
        there = found.agreement or self._to_come(found)
        if self.may_record():
            self.content.addWidget(Flow(*self._buttons(there)))
        if there is None:
            self.content.addWidget(label(_none(found), wrap=True))
        else:
            head = tr("Geldt nu") if found.agreement else tr("Begint nog")
            self.content.addWidget(card(label(head, "strong"), self._facts(found, there)))
        others = [each for each in found.file.agreements if each is not there]
        if others:
            self.content.addWidget(label(tr("Eerdere en andere overeenkomsten"), "heading"))
        for each in others:
            state = label(_state(each), "strong", wrap=True)
            parts = [state, self._facts(found, each)]
            if self.may_record() and not each.mistake:
                parts.append(row(self._mistake_button(each), None))
            self.content.addWidget(card(*parts))

    def _to_come(self, found: BoardRow) -> Agreement | None:
        """One that begins later; while none holds it is the one to work on."""
        today = self.desk.school.clock.today()
        real = [each for each in found.file.agreements if not each.mistake]
        return next((each for each in real if each.begins_on > today), None)

    def _buttons(self, there: Agreement | None) -> Iterator[QPushButton]:
        if there is None or there.last_day is not None:
            yield button(tr("&Overeenkomst vastleggen…"), self._record, icon="plus", kind="primary")
        if there is None:
            return
        if there.last_day is None:
            if not there.is_signed:
                yield button(tr("&Handtekening…"), self._sign, icon="pencil", kind="primary")
            else:
                yield button(tr("&Bekeken"), self._review, icon="check", kind="primary")
            if there.school_signed_on is None and there.supplier_signed_on is None:
                yield button(tr("Verbe&teren…"), self._correct, icon="pencil")
            yield button(tr("&Vervangen…"), self._replace, icon="file-text")
            yield button(tr("Beëindi&gen…"), self._end, icon="x")
        yield self._mistake_button(there)

    def _mistake_button(self, agreement: Agreement) -> QPushButton:
        return button(
            tr("Verkeerd ingevoerd…"),
            lambda: MistakeDialog(self, self.desk, agreement).open(),
            icon="trash-2",
            kind="danger",
        )

    def _facts(self, found: BoardRow, agreement: Agreement) -> QWidget:
        return facts(
            [
                (tr("Tekst"), _text(agreement)),
                (tr("Loopt"), _period(agreement)),
                (tr("Getekend door het bestuur"), _signed(agreement, school=True)),
                (tr("Getekend door de leverancier"), _signed(agreement, school=False)),
                (tr("Geldt ook voor"), self._others(found, agreement)),
                (tr("Laatst bekeken"), show_date(agreement.reviewed_on)),
                (tr("Opnieuw bekijken vóór"), self._review_due(found, agreement)),
                (tr("Waarom beëindigd"), agreement.ended_why),
                (tr("Telt niet mee"), agreement.mistake),
                (tr("Vastgelegd op"), show_date(agreement.recorded_on)),
            ]
        )

    def _review_due(self, found: BoardRow, agreement: Agreement) -> str:
        return show_date(found.review_due_on) if agreement is found.agreement else ""

    def _others(self, found: BoardRow, agreement: Agreement) -> str:
        """The other products of the supplier that it covers."""
        names = products_of(self.desk.school, found.file.supplier.id)
        own = found.file.product.id
        return ", ".join(names[each] for each in agreement.products if each != own)

    # — doing —

    def start(self, step: Step) -> None:
        there = self._there()
        if step is Step.SIGN and there is not None:
            self._sign()
        elif step is Step.REVIEW and there is not None:
            self._review()
        elif there is not None and there.last_day is None and there.is_signed:
            self._replace()
        else:
            self._record()

    def _there(self) -> Agreement | None:
        if self.row is None:
            return None
        return self.row.agreement or self._to_come(self.row)

    def _record(self) -> None:
        if self.row is not None:
            NewAgreementDialog(self, self.desk, self.row).open()

    def _replace(self) -> None:
        if self.row is not None:
            NewAgreementDialog(self, self.desk, self.row, replaces=self._there()).open()

    def _correct(self) -> None:
        if self.row is not None:
            NewAgreementDialog(self, self.desk, self.row, corrects=self._there()).open()

    def _sign(self) -> None:
        there = self._there()
        if there is not None:
            SignDialog(self, self.desk, there).open()

    def _end(self) -> None:
        there = self._there()
        if there is not None:
            EndDialog(self, self.desk, there).open()

    def _review(self) -> None:
        there, today = self._there(), self.desk.school.clock.today()
        if there is not None:
            with messages.told(self):
                change = review_agreement(self.desk.school, there.id, today)
                told = tr("Vastgelegd: de overeenkomst is vandaag bekeken en klopt nog.")
                tell_done(self.desk, told, change)


def _text(agreement: Agreement) -> str:
    told = model_word(agreement.model)
    version = agreement.version
    return tr("{text}, versie {n}").format(text=told, n=version) if version else told


def _period(agreement: Agreement) -> str:
    begins, until = show_date(agreement.begins_on), agreement.runs_until
    if until is None:
        return tr("vanaf {first}, tot iemand opzegt").format(first=begins)
    return tr("{first} tot en met {last}").format(first=begins, last=show_date(until))


def _signed(agreement: Agreement, *, school: bool) -> str:
    on = agreement.school_signed_on if school else agreement.supplier_signed_on
    by = agreement.school_signed_by if school else agreement.supplier_signed_by
    if on is None:
        return tr("nog niet")
    return tr("{day}, {name}").format(day=show_date(on), name=by)


def _state(agreement: Agreement) -> str:
    if agreement.mistake:
        return tr("Verkeerd ingevoerd")
    if agreement.ended_why:
        return tr("Beëindigd na {day}").format(day=show_date(agreement.last_day))
    if agreement.last_day is not None:
        return tr("Vervangen, gold tot en met {day}").format(day=show_date(agreement.last_day))
    if agreement.ends_on is not None:
        return tr("Loopt tot en met {day}").format(day=show_date(agreement.ends_on))
    return tr("Geldt ook")


def _none(found: BoardRow) -> str:
    if found.file.product.last_day is not None and found.state.value in ("deletion", "stopped"):
        return tr("Dit product is gestopt. Er is geen overeenkomst meer nodig.")
    return tr(
        "Er is geen verwerkersovereenkomst die nu geldt. Zonder overeenkomst mag de leverancier "
        "geen gegevens van kinderen krijgen (AVG art. 28)."
    )
