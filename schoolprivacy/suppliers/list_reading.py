"""One line of a school's own list of suppliers, as what can be recorded of it.

In doubt nothing is read: a signature without a day and a name is none, an agreement without its
first day neither. What was left out is noted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from schoolprivacy.exchange.supplier_sheet import SupplierLine
from schoolprivacy.exchange.values import read_date, read_flag
from schoolprivacy.people.names import plain
from schoolprivacy.suppliers.terms import (
    AgreementEntry,
    Dpia,
    Model,
    ProductEntry,
    ProductKind,
    SupplierEntry,
    YesNo,
)
from schoolprivacy.suppliers.usual import usual_products
from schoolprivacy.suppliers.words import kind_word


@dataclass(frozen=True, slots=True)
class Listed:
    """A line that was read.

    :param agreement: without its product, which may be new
    :param reviewed_on: when the school last looked whether the agreement still holds
    :param notes: keys of what was not taken over and why, in messages ``supplier_import``
    """

    line: int
    supplier: SupplierEntry
    product: ProductEntry
    agreement: AgreementEntry | None
    reviewed_on: date | None
    notes: tuple[str, ...]


def read_line(line: SupplierLine, today: date) -> Listed:
    """The cells of one line as values; what cannot be read is noted and left empty."""
    read = _Reading(line.values, today)
    supplier, product, agreement = read.supplier(), read.product(), read.agreement()
    reviewed_on = read.reviewed_on(agreement)
    notes = tuple(dict.fromkeys(read.notes))
    return Listed(line.line, supplier, product, agreement, reviewed_on, notes)


class _Reading:
    """The cells of one line as values; what cannot be read is noted and left empty."""

    def __init__(self, values: Mapping[str, str], today: date) -> None:
        self._values, self._today = values, today
        self.notes: list[str] = []

    def supplier(self) -> SupplierEntry:
        text = self._text
        return SupplierEntry(
            text("supplier.name"),
            self._yes_no("supplier.convenant"),
            text("supplier.contact"),
            text("supplier.email"),
            text("supplier.phone"),
            text("supplier.address"),
            text("supplier.website"),
            text("supplier.remark"),
        )

    def product(self) -> ProductEntry:
        done = self._yes_no("product.dpia")
        if done is not YesNo.UNKNOWN:  # done on which day, or why not? a person says it
            self.notes.append("dpia_day" if done is YesNo.YES else "dpia_no")
        return ProductEntry(
            self._text("product.name") or self._text("supplier.name"),
            self._kind(),
            self._text("product.used_for"),
            self._text("product.used_by"),
            self._day("product.since"),
            dpia=Dpia.UNKNOWN,
            pseudonym=self._yes_no("product.pseudonym"),
        )

    def agreement(self) -> AgreementEntry | None:
        """None where nothing says that there is one, or where its first day is not known."""
        said = [name for name in self._values if name.startswith("agreement.")]
        model = self._text("agreement.model")
        if not said or read_flag(model) is False or plain(model).startswith(("geen", "nog niet")):
            return None
        school_on, school_by = self._signature("school")
        supplier_on, supplier_by = self._signature("supplier")
        begins_on = self._day("agreement.begins_on")
        if begins_on is None:
            self.notes.append("no_first_day")
            return None
        ends_on = self._day("agreement.ends_on")
        if ends_on is None and self._text("agreement.ends_on"):
            self.notes.append("no_last_day")
            return None
        if ends_on is not None and ends_on < begins_on:
            self.notes.append("ends_before")
            return None
        return AgreementEntry(
            _model(model),
            self._text("agreement.version") or ("" if read_flag(model) else model),
            begins_on,
            (),
            ends_on,
            school_on,
            school_by,
            supplier_on,
            supplier_by,
        )

    def reviewed_on(self, agreement: AgreementEntry | None) -> date | None:
        """Within the time the agreement ran: a day before or to come is no review of it."""
        on = self._day("agreement.reviewed_on")
        if on is None or agreement is None:
            return None
        if agreement.begins_on <= on <= min(self._today, agreement.ends_on or self._today):
            return on
        self.notes.append("no_review")
        return None

    def _signature(self, side: str) -> tuple[date | None, str]:
        on, by = self._day(f"agreement.{side}_signed_on"), self._text(f"agreement.{side}_signed_by")
        if on is not None and by and on <= self._today:
            return on, by
        if on is not None or by:
            self.notes.append("half_signed")
        return None, ""

    def _kind(self) -> ProductKind:
        said = _kind_of(self._text("product.kind"))
        if said is not None:
            return said
        name = plain(self._text("product.name") or self._text("supplier.name"))
        usual = (each.kind for each in usual_products() if plain(each.name) == name)
        return next(usual, ProductKind.OTHER)

    def _text(self, name: str) -> str:
        return self._values.get(name, "")

    def _day(self, name: str) -> date | None:
        text = self._text(name)
        found = read_date(text) if text else None
        if text and found is None:
            self.notes.append("no_date")
        return found

    def _yes_no(self, name: str) -> YesNo:
        text = self._text(name)
        found = read_flag(text) if text else None
        if found is None:
            if text:
                self.notes.append("no_answer")
            return YesNo.UNKNOWN
        return YesNo.YES if found else YesNo.NO


def _model(text: str) -> Model:
    """The model of the convenant only when the list says so: ``Model 4.0``, ``4.0``."""
    words = plain(text).split()
    numbers = [each for each in words if each.isdecimal()]
    names_it = any(each.startswith(("model", "convenant")) for each in words)
    if numbers and (names_it or numbers == words):
        return {"4": Model.MODEL_4, "3": Model.MODEL_3}.get(numbers[0], Model.SUPPLIER)
    return Model.SUPPLIER


def _kind_of(text: str) -> ProductKind | None:
    """The kind a school calls so: ``Digitaal leermiddel``, ``leermiddelen``, ``toets``.

    ``None`` when it says nothing, or could be of two kinds: nothing is guessed.
    """
    said = plain(text)
    words = {
        each: [plain(one) for one in re.findall(r"\w+", kind_word(each))] for each in ProductKind
    }
    meant: tuple[Callable[[ProductKind], bool], ...] = (
        lambda kind: plain(kind_word(kind)) == said,
        lambda kind: said in words[kind],
        lambda kind: any(len(one) > 3 < len(said) and _one_of(one, said) for one in words[kind]),
    )
    for is_meant in meant:
        found = [each for each in ProductKind if said and is_meant(each)]
        if found:
            return found[0] if len(found) == 1 else None
    return None


def _one_of(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)
