"""A school's own list of suppliers into the register: the difference first, then all or nothing.

What is on record is never changed by a list: a product that is there stays as it is, and an
agreement is only added where the product has none. In doubt nothing is taken over: a signature
without a day and a name is none, an agreement without its first day neither.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from schoolprivacy.access.matrix import require
from schoolprivacy.access.terms import Area, Right
from schoolprivacy.errors import KnownError, RefusedError, sentence
from schoolprivacy.exchange.columns import IGNORE
from schoolprivacy.exchange.supplier_sheet import SupplierLine, SupplierSheet
from schoolprivacy.exchange.values import read_date, read_flag
from schoolprivacy.people.importing import remember_columns
from schoolprivacy.people.journal import Journal
from schoolprivacy.people.names import plain
from schoolprivacy.people.undoing import Undo, close_change
from schoolprivacy.school import School, Session
from schoolprivacy.suppliers.agreements import insert_agreement
from schoolprivacy.suppliers.entries import (
    LONGEST_NAME,
    checked_line,
    checked_product,
    checked_supplier,
)
from schoolprivacy.suppliers.products import begin, find_named, insert_product, insert_supplier
from schoolprivacy.suppliers.reading import product_files
from schoolprivacy.suppliers.terms import (
    AgreementEntry,
    Dpia,
    Model,
    ProductEntry,
    ProductFile,
    ProductKind,
    SupplierEntry,
    YesNo,
)
from schoolprivacy.suppliers.usual import usual_products
from schoolprivacy.suppliers.words import kind_word


class Kind(StrEnum):
    """What a line does."""

    NEW = "new"
    AGREEMENT = "agreement"
    SAME = "same"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """One line of the list held against the register.

    :param notes: keys of what is not taken over and why, in messages ``supplier_import``
    :param agreement: without its product, which may be new
    """

    line: int
    kind: Kind
    supplier: SupplierEntry
    product: ProductEntry
    agreement: AgreementEntry | None = None
    notes: tuple[str, ...] = ()
    product_id: str = ""

    @property
    def told(self) -> tuple[str, ...]:
        """The notes as sentences."""
        return tuple(sentence(f"supplier_import.{each}") for each in self.notes)


@dataclass(frozen=True, slots=True)
class SupplierDifference:
    """What a list would change."""

    lines: tuple[PlannedLine, ...]

    @property
    def counts(self) -> dict[Kind, int]:
        found = Counter(each.kind for each in self.lines)
        return {kind: found[kind] for kind in Kind}

    @property
    def is_empty(self) -> bool:
        return not any(each.kind in (Kind.NEW, Kind.AGREEMENT) for each in self.lines)


def preview(school: School, sheet: SupplierSheet) -> SupplierDifference:
    """What a list would change; stores nothing.

    :raises RefusedError: not with this role, or columns wait for a person
    """
    with school.reading() as session:
        require(session, Area.SUPPLIERS, Right.MANAGE)
        return _difference(session, sheet)


def apply(school: School, sheet: SupplierSheet) -> tuple[SupplierDifference, Undo]:
    """Store everything that is new, in one go.

    :raises RefusedError: as ``preview``, or nothing is new
    """
    with school.transaction() as session:
        journal = begin(session)
        found = _difference(session, sheet)
        if found.is_empty:
            raise RefusedError("supplier_import.nothing_new")
        for each in found.lines:
            _store(journal, each)
        remember_columns(journal, sheet.header_fingerprint, sheet.columns)
        counts = {kind.value: count for kind, count in found.counts.items()}
        return found, close_change(journal, "supplier.imported", counts=counts)


def _store(journal: Journal, planned: PlannedLine) -> None:
    if planned.kind not in (Kind.NEW, Kind.AGREEMENT):
        return
    there = find_named(journal.session, planned.supplier.name)
    supplier_id = there.id if there else insert_supplier(journal, planned.supplier)
    product_id = planned.product_id or insert_product(journal, supplier_id, planned.product)
    if planned.agreement is not None:
        entry = replace(planned.agreement, products=(product_id,))
        insert_agreement(journal, supplier_id, entry)


# — the difference —


def _difference(session: Session, sheet: SupplierSheet) -> SupplierDifference:
    if sheet.unplaced:
        raise RefusedError("supplier_import.unplaced", columns=", ".join(sheet.unplaced))
    if not {"supplier.name", "product.name"} & {*sheet.columns.values()} - {IGNORE}:
        raise RefusedError("supplier_import.no_names")
    today = session.clock.today()
    files = sorted(product_files(session), key=lambda each: not each.product.is_stopped(today))
    known = {_key(each): each for each in files}  # one that is used before one that stopped
    seen: set[tuple[str, str]] = set()
    lines = []
    for line in sheet.lines:
        planned = _planned(line, known, today)
        key = (plain(planned.supplier.name), plain(planned.product.name))
        if planned.kind is not Kind.LEFT_OUT and key in seen:
            planned = replace(planned, kind=Kind.LEFT_OUT, notes=(*planned.notes, "twice"))
        seen.add(key)
        lines.append(planned)
    return SupplierDifference(tuple(lines))


def _key(file: ProductFile) -> tuple[str, str]:
    return plain(file.supplier.name), plain(file.product.name)


def _planned(
    line: SupplierLine, known: Mapping[tuple[str, str], ProductFile], today: date
) -> PlannedLine:
    read = _Reading(line.values, today)
    supplier, product = read.supplier(), read.product()
    agreement = read.agreement()
    planned = PlannedLine(
        line.line, Kind.NEW, supplier, product, agreement, tuple(dict.fromkeys(read.notes))
    )
    if not (supplier.name and product.name):
        return replace(planned, kind=Kind.LEFT_OUT, notes=("no_name",))
    try:
        supplier, product = checked_supplier(supplier), checked_product(product)
        if agreement is not None:
            _check_agreement(agreement)
    except KnownError:
        return replace(planned, kind=Kind.LEFT_OUT, notes=("not_storable",))
    planned = replace(planned, supplier=supplier, product=product)
    there = known.get((plain(supplier.name), plain(product.name)))
    if there is None:
        return planned
    if there.product.is_stopped(today):
        return replace(planned, kind=Kind.LEFT_OUT, notes=("stopped",))
    planned = replace(planned, product_id=there.product.id)
    has_agreement = any(not each.mistake for each in there.agreements)
    if agreement is None or has_agreement:
        return replace(planned, kind=Kind.SAME, agreement=None)
    return replace(planned, kind=Kind.AGREEMENT)


def _check_agreement(entry: AgreementEntry) -> None:
    for text in (entry.version, entry.school_signed_by, entry.supplier_signed_by):
        checked_line(text, LONGEST_NAME)


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
