"""The processing agreement of a product: the one that holds, and all that went before."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QPushButton, QWidget

from schoolprivacy.suppliers.board import BoardRow, products_of
from schoolprivacy.suppliers.terms import Agreement, Step
from schoolprivacy.suppliers.words import model_word
from ui.desk import Desk
from ui.fields import button, card, label, show_date
from ui.flow import Flow
from ui.screens.suppliers_agreement_dialogs import (
    EndDialog,
    MistakeDialog,
    NewAgreementDialog,
    ReviewDialog,
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
            self.content.addWidget(Flow(*self._buttons(there, self._to_come(found))))
        if there is None:
            self.content.addWidget(label(_none(found), wrap=True))
        else:
            head = tr("Geldt nu") if found.agreement else tr("Begint nog")
            self.content.addWidget(card(label(head, "strong"), self._facts(found, there)))
        others = [each for each in found.file.agreements if each is not there]
        if others:
            self.content.addWidget(label(tr("Eerdere en andere overeenkomsten"), "heading"))
        for each in others:
            state = label(self._state(each), "strong", wrap=True)
            parts = [state, self._facts(found, each)]
            if self.may_record() and not each.mistake:
                parts.append(Flow(*self._other_buttons(each)))
            self.content.addWidget(card(*parts))

    def _to_come(self, found: BoardRow) -> Agreement | None:
        """One that begins later; while none holds it is the one to work on."""
        today = self.desk.school.clock.today()
        real = [each for each in found.file.agreements if not each.mistake]
        return next((each for each in real if each.begins_on > today), None)

    def _buttons(self, there: Agreement | None, later: Agreement | None) -> Iterator[QPushButton]:
        if there is None or (there.last_day is not None and later is None):
            yield button(tr("&Overeenkomst vastleggen…"), self._record, icon="plus", kind="primary")
        if there is None:
            return
        if not there.is_over(self.desk.school.clock.today()):
            yield self._next_button(there)
        if there.last_day is None:
            if there.school_signed_on is None and there.supplier_signed_on is None:
                yield button(tr("Verbe&teren…"), lambda: self._correct(there), icon="pencil")
            yield button(tr("&Vervangen…"), self._replace, icon="file-text")
            yield button(tr("Beëindi&gen…"), self._end, icon="x")
        yield self._mistake_button(there)

    def _next_button(self, there: Agreement) -> QPushButton:
        """Signing it, and from then on looking whether it still holds."""
        kind = "primary" if there.last_day is None else ""
        if not there.is_signed:
            return button(tr("&Handtekening…"), lambda: self._sign(there), icon="pencil", kind=kind)
        return button(tr("&Bekeken…"), lambda: self._review(there), icon="check", kind=kind)

    def _other_buttons(self, other: Agreement) -> Iterator[QPushButton]:
        """What can be done with one beside it: the next one is signed before it begins."""
        if other.last_day is None and not other.is_signed:
            yield button(tr("Handtekening…"), lambda: self._sign(other), icon="pencil")
            if other.school_signed_on is None and other.supplier_signed_on is None:
                yield button(tr("Verbeteren…"), lambda: self._correct(other), icon="pencil")
        yield self._mistake_button(other)

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

    def _state(self, agreement: Agreement) -> str:
        """How one beside it stands."""
        until, today = agreement.runs_until, self.desk.school.clock.today()
        if agreement.mistake:
            return tr("Verkeerd ingevoerd")
        if agreement.ended_why:
            return tr("Beëindigd na {day}").format(day=show_date(agreement.last_day))
        if agreement.last_day is not None:
            return tr("Vervangen, gold tot en met {day}").format(day=show_date(until))
        if agreement.begins_on > today:
            return tr("Begint op {day}").format(day=show_date(agreement.begins_on))
        if until is not None and until < today:
            return tr("Afgelopen na {day}").format(day=show_date(until))
        return tr("Geldt ook")

    def _others(self, found: BoardRow, agreement: Agreement) -> str:
        """The other products of the supplier that it covers."""
        names = products_of(self.desk.school, found.file.supplier.id)
        own = found.file.product.id
        return ", ".join(names[each] for each in agreement.products if each != own)

    # — doing —

    def start(self, step: Step) -> None:
        there = self._there()
        if step is Step.SIGN and (unsigned := self._unsigned()) is not None:
            self._sign(unsigned)
        elif step is Step.REVIEW and there is not None:
            self._review(there)
        elif there is not None and there.last_day is None and there.is_signed:
            self._replace()
        else:
            self._record()

    def _there(self) -> Agreement | None:
        if self.row is None:
            return None
        return self.row.agreement or self._to_come(self.row)

    def _unsigned(self) -> Agreement | None:
        """The one that waits for a signature: that holds, or the next."""
        today = self.desk.school.clock.today()
        going = [
            each
            for each in (self.row.file.agreements if self.row else ())
            if not (each.mistake or each.is_signed or each.is_over(today))
        ]
        there = self._there()
        return there if there in going else next(iter(going), None)

    def _record(self) -> None:
        if self.row is not None:
            NewAgreementDialog(self, self.desk, self.row).open()

    def _replace(self) -> None:
        if self.row is not None:
            NewAgreementDialog(self, self.desk, self.row, replaces=self._there()).open()

    def _correct(self, agreement: Agreement) -> None:
        if self.row is not None:
            NewAgreementDialog(self, self.desk, self.row, corrects=agreement).open()

    def _sign(self, agreement: Agreement) -> None:
        SignDialog(self, self.desk, agreement).open()

    def _end(self) -> None:
        there = self._there()
        if there is not None:
            EndDialog(self, self.desk, there).open()

    def _review(self, agreement: Agreement) -> None:
        ReviewDialog(self, self.desk, agreement).open()


def _text(agreement: Agreement) -> str:
    told = model_word(agreement.model)
    version = agreement.version
    if not version or told.endswith(version):
        return told
    return tr("{text}, versie {n}").format(text=told, n=version)


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


def _none(found: BoardRow) -> str:
    if found.file.product.last_day is not None and found.state.value in ("deletion", "stopped"):
        return tr("Dit product is gestopt. Er is geen overeenkomst meer nodig.")
    return tr(
        "Er is geen verwerkersovereenkomst die nu geldt. Zonder overeenkomst mag de leverancier "
        "geen gegevens van kinderen krijgen (AVG art. 28)."
    )
