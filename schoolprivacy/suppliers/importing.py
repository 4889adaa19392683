"""A school's own list of suppliers into the register: the difference first, then all or nothing.

What is on record is never changed by a list: a product that is there stays as it is, and an
agreement is only added where the product has none. Where a list says something else that is told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from schoolprivacy.access.matrix import require
from schoolprivacy.access.terms import Area, Right
from schoolprivacy.errors import KnownError, RefusedError, sentence
from schoolprivacy.exchange.columns import IGNORE
from schoolprivacy.exchange.supplier_sheet import FIELDS, SupplierSheet
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
from schoolprivacy.suppliers.list_reading import Listed, read_line
from schoolprivacy.suppliers.products import begin, find_named, insert_product, insert_supplier
from schoolprivacy.suppliers.reading import product_files, suppliers
from schoolprivacy.suppliers.terms import (
    Agreement,
    AgreementEntry,
    ProductEntry,
    ProductFile,
    ProductKind,
    SupplierEntry,
    YesNo,
)


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
    :param reviewed_on: when the school last looked whether the agreement still holds
    :param differs: fields of which something else is on record, which stays
    :param unheard: fields of a new company of which an earlier line says something else
    """

    line: int
    kind: Kind
    supplier: SupplierEntry
    product: ProductEntry
    agreement: AgreementEntry | None = None
    notes: tuple[str, ...] = ()
    product_id: str = ""
    differs: tuple[str, ...] = ()
    unheard: tuple[str, ...] = ()
    reviewed_on: date | None = None

    @property
    def told(self) -> tuple[str, ...]:
        """What is not taken over, as sentences."""
        said = [sentence(f"supplier_import.{each}") for each in self.notes]
        for key, fields in (("differs", self.differs), ("unheard", self.unheard)):
            if fields:
                what = ", ".join(sentence(f"supplier_column.{each}") for each in fields)
                said.append(sentence(f"supplier_import.{key}", what=what))
        return tuple(said)


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
        insert_agreement(journal, supplier_id, entry, reviewed_on=planned.reviewed_on)


# — the difference —


def _difference(session: Session, sheet: SupplierSheet) -> SupplierDifference:
    if sheet.unplaced:
        raise RefusedError("supplier_import.unplaced", columns=", ".join(sheet.unplaced))
    if not {"supplier.name", "product.name"} & {*sheet.columns.values()} - {IGNORE}:
        raise RefusedError("supplier_import.no_names")
    today = session.clock.today()
    files = sorted(product_files(session), key=lambda each: not each.product.is_stopped(today))
    known = {_key(each): each for each in files}  # one that is used before one that stopped
    read = [read_line(each, today) for each in sheet.lines]
    return SupplierDifference(tuple(_companies(session, _products(read, known, today))))


def _products(
    read: Sequence[Listed], known: Mapping[tuple[str, str], ProductFile], today: date
) -> Iterator[PlannedLine]:
    """Each line held against the products on record, and against the lines before it."""
    seen: set[tuple[str, str]] = set()
    for each in read:
        planned = _planned(each, known, today)
        key = (plain(planned.supplier.name), plain(planned.product.name))
        if planned.kind is not Kind.LEFT_OUT and key in seen:
            planned = replace(planned, kind=Kind.LEFT_OUT, notes=(*planned.notes, "twice"))
        seen.add(key)
        yield planned


def _companies(session: Session, lines: Iterable[PlannedLine]) -> Iterator[PlannedLine]:
    """Each line held against its company: as it is on record, or as all its lines say together.

    Of a new company the first line that says something of it counts.
    """
    lines = list(lines)
    on_record: dict[str, SupplierEntry] = {
        plain(each.name): each for each in suppliers(session).values()
    }
    said: dict[str, SupplierEntry] = {}
    for each in lines:
        name = plain(each.supplier.name)
        if each.kind is not Kind.LEFT_OUT and name not in on_record:
            said[name] = _filled(said.get(name, each.supplier), each.supplier)
    for each in lines:
        name = plain(each.supplier.name)
        if each.kind is Kind.LEFT_OUT:
            yield each
        elif name in on_record:
            differs = _otherwise("supplier", each.supplier, on_record[name])
            yield replace(each, differs=(*differs, *each.differs))
        else:
            unheard = _otherwise("supplier", each.supplier, said[name])
            yield replace(each, supplier=said[name], unheard=unheard)


def _filled(first: SupplierEntry, then: SupplierEntry) -> SupplierEntry:
    """The same with what it did not say yet."""
    new = {
        name: value
        for name, value in _says("supplier", then).items()
        if name not in _says("supplier", first)
    }
    return replace(first, **new)


def _says(about: str, entry: SupplierEntry | ProductEntry) -> dict[str, Any]:
    """What a list can say of a company or a product, as far as it is said."""
    names = [each.partition(".")[2] for each in FIELDS if each.startswith(f"{about}.")]
    values = {name: getattr(entry, name) for name in names if name != "dpia"}
    return {name: each for name, each in values.items() if each not in ("", None, YesNo.UNKNOWN)}


def _otherwise(
    about: str, listed: SupplierEntry | ProductEntry, record: SupplierEntry | ProductEntry
) -> tuple[str, ...]:
    """The fields of which a line says something else than what is kept."""
    kept = _says(about, record)
    return tuple(
        f"{about}.{name}"
        for name, value in _says(about, listed).items()
        if name != "name" and value != kept.get(name)
    )


def _agreement_otherwise(
    listed: AgreementEntry, reviewed_on: date | None, agreements: Iterable[Agreement]
) -> tuple[str, ...]:
    """``agreement.begins_on`` when no agreement on record has these days; else its review."""
    days = (listed.begins_on, listed.ends_on)
    alike = [e for e in agreements if not e.mistake and (e.begins_on, e.ends_on) == days]
    if not alike:
        return ("agreement.begins_on",)
    if reviewed_on is not None and all(each.reviewed_on != reviewed_on for each in alike):
        return ("agreement.reviewed_on",)
    return ()


def _key(file: ProductFile) -> tuple[str, str]:
    return plain(file.supplier.name), plain(file.product.name)


def _planned(
    read: Listed, known: Mapping[tuple[str, str], ProductFile], today: date
) -> PlannedLine:
    planned = PlannedLine(
        read.line,
        Kind.NEW,
        read.supplier,
        read.product,
        read.agreement,
        read.notes,
        reviewed_on=read.reviewed_on,
    )
    if not (read.supplier.name and read.product.name):
        return replace(planned, kind=Kind.LEFT_OUT, notes=("no_name",))
    try:
        supplier, product = checked_supplier(read.supplier), checked_product(read.product)
        if read.agreement is not None:
            _check_agreement(read.agreement)
    except KnownError:
        return replace(planned, kind=Kind.LEFT_OUT, notes=("not_storable",))
    planned = replace(planned, supplier=supplier, product=product)
    there = known.get((plain(supplier.name), plain(product.name)))
    if there is None:
        return planned
    if there.product.is_stopped(today):
        return replace(planned, kind=Kind.LEFT_OUT, notes=("stopped",))
    return _beside(planned, there)


def _beside(planned: PlannedLine, there: ProductFile) -> PlannedLine:
    """A line of a product that is on record."""
    differs = _otherwise("product", planned.product, there.product)
    if planned.product.kind is ProductKind.OTHER:  # the list need not have said a kind
        differs = tuple(each for each in differs if each != "product.kind")
    planned = replace(planned, product_id=there.product.id, differs=differs)
    agreement = planned.agreement
    if agreement is None:
        return replace(planned, kind=Kind.SAME)
    if all(each.mistake for each in there.agreements):
        return replace(planned, kind=Kind.AGREEMENT)
    differs = (*differs, *_agreement_otherwise(agreement, planned.reviewed_on, there.agreements))
    return replace(planned, kind=Kind.SAME, agreement=None, differs=differs)


def _check_agreement(entry: AgreementEntry) -> None:
    for text in (entry.version, entry.school_signed_by, entry.supplier_signed_by):
        checked_line(text, LONGEST_NAME)
