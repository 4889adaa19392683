"""Putting a privacybijsluiter or a beveiligingsbijlage on record, version after version. AVG 28(3).

An older paper that is found later may be recorded too: the newest by its date holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from schoolprivacy.errors import RefusedError
from schoolprivacy.people.journal import Journal
from schoolprivacy.people.records import iso
from schoolprivacy.people.terms import new_id
from schoolprivacy.people.undoing import Undo, close_change
from schoolprivacy.school import School, Session
from schoolprivacy.suppliers import records
from schoolprivacy.suppliers.entries import checked_annex, checked_bijsluiter, checked_past
from schoolprivacy.suppliers.products import begin
from schoolprivacy.suppliers.reading import find_file
from schoolprivacy.suppliers.sheet_terms import (
    Annex,
    AnnexEntry,
    Bijsluiter,
    BijsluiterEntry,
    Shared,
)
from schoolprivacy.suppliers.terms import ProductFile

_Row = dict[str, str | int | None]
_Sheet = TypeVar("_Sheet", Bijsluiter, Annex)


def record_bijsluiter(school: School, product_id: str, entry: BijsluiterEntry) -> Undo:
    """Put a version on record; ``Undo.about`` is the product.

    :raises RefusedError: not with this role, no such product, no good entry, this version of
        this date is on record, or dated in the future
    """
    entry = checked_bijsluiter(entry)
    with school.transaction() as session:
        journal = begin(session)
        _refuse_twin(find_file(session, product_id).bijsluiters, entry)
        row = _made(journal, product_id) | _bijsluiter_row(session, entry)
        journal.insert(records.supplier_bijsluiter, [row])
        _insert_lists(journal, str(row["id"]), entry)
        return close_change(journal, "supplier.bijsluiter_recorded", product_id)


def change_bijsluiter(
    school: School, product_id: str, sheet_id: str, entry: BijsluiterEntry
) -> Undo:
    """Correct what was typed over wrongly; another version of the supplier is recorded anew.

    :raises RefusedError: as ``record_bijsluiter``, or it is not on record
    """
    entry = checked_bijsluiter(entry)
    with school.transaction() as session:
        journal = begin(session)
        others = _others(find_file(session, product_id).bijsluiters, sheet_id)
        _refuse_twin(others, entry)
        row = {"id": sheet_id, **_bijsluiter_row(session, entry)}
        journal.update(records.supplier_bijsluiter, [row])
        _delete_lists(journal, sheet_id)
        _insert_lists(journal, sheet_id, entry)
        return close_change(journal, "supplier.bijsluiter_changed", product_id)


def remove_bijsluiter(school: School, product_id: str, sheet_id: str) -> Undo:
    """Take away a version that was recorded with the wrong product.

    :raises RefusedError: not with this role, or it is not on record
    """
    with school.transaction() as session:
        journal = begin(session)
        _others(find_file(session, product_id).bijsluiters, sheet_id)
        _delete_lists(journal, sheet_id)
        journal.delete(records.supplier_bijsluiter, records.supplier_bijsluiter.c.id == sheet_id)
        return close_change(journal, "supplier.bijsluiter_removed", product_id)


def _bijsluiter_row(session: Session, entry: BijsluiterEntry) -> _Row:
    return {
        "version": entry.version,
        "issued_on": checked_past(session, entry.issued_on),
        "description": entry.description,
        "retention": entry.retention,
    }


def _delete_lists(journal: Journal, bijsluiter_id: str) -> None:
    for table in (
        records.supplier_sub_processor,
        records.supplier_bijsluiter_data,
        records.supplier_bijsluiter_line,
    ):
        journal.delete(table, table.c.bijsluiter_id == bijsluiter_id)


def _insert_lists(journal: Journal, bijsluiter_id: str, entry: BijsluiterEntry) -> None:
    of: _Row = {"bijsluiter_id": bijsluiter_id}
    lines = [
        *_numbered("service", entry.services),
        *_numbered("option", (each.name for each in entry.options)),
        *_numbered("purpose", entry.purposes),
        *_numbered("subject", (each.value for each in entry.subjects)),
        *_numbered("place", (each.country for each in entry.places)),
    ]
    for line in lines:
        number = int(str(line["number"])) - 1
        if line["kind"] == "option":
            line["ticked"] = int(entry.options[number].ticked)
        elif line["kind"] == "place":
            line["safeguard"] = entry.places[number].safeguard.value
    journal.insert(records.supplier_bijsluiter_line, [of | each for each in lines])
    shared = _data(0, entry.shared)
    for number, option in enumerate(entry.options, 1):
        shared += _data(number, option.shared)
    journal.insert(records.supplier_bijsluiter_data, [of | each for each in shared])
    journal.insert(
        records.supplier_sub_processor,
        [
            of
            | {
                "number": number,
                "name": each.name,
                "task": each.task,
                "country": each.place.country,
                "safeguard": each.place.safeguard.value,
            }
            for number, each in enumerate(entry.sub_processors, 1)
        ],
    )


def _numbered(kind: str, texts: Iterable[str]) -> list[_Row]:
    return [
        {"kind": kind, "number": number, "line": text, "ticked": 0, "safeguard": ""}
        for number, text in enumerate(texts, 1)
    ]


def _data(option: int, shared: Iterable[Shared]) -> list[_Row]:
    return [
        {"option": option, "number": number, "category": each.data.value, "detail": each.detail}
        for number, each in enumerate(shared, 1)
    ]


def record_annex(school: School, product_id: str, entry: AnnexEntry) -> Undo:
    """Put a version on record; ``Undo.about`` is the product.

    :raises RefusedError: as ``record_bijsluiter``
    """
    entry = checked_annex(entry)
    with school.transaction() as session:
        journal = begin(session)
        _refuse_twin(find_file(session, product_id).annexes, entry)
        row = _made(journal, product_id) | _annex_row(session, entry)
        journal.insert(records.supplier_annex, [row])
        _insert_certificates(journal, str(row["id"]), entry)
        return close_change(journal, "supplier.annex_recorded", product_id)


def change_annex(school: School, product_id: str, sheet_id: str, entry: AnnexEntry) -> Undo:
    """Correct what was typed over wrongly; another version of the supplier is recorded anew.

    :raises RefusedError: as ``record_bijsluiter``, or it is not on record
    """
    entry = checked_annex(entry)
    with school.transaction() as session:
        journal = begin(session)
        _refuse_twin(_others(find_file(session, product_id).annexes, sheet_id), entry)
        journal.update(records.supplier_annex, [{"id": sheet_id, **_annex_row(session, entry)}])
        _delete_certificates(journal, sheet_id)
        _insert_certificates(journal, sheet_id, entry)
        return close_change(journal, "supplier.annex_changed", product_id)


def remove_annex(school: School, product_id: str, sheet_id: str) -> Undo:
    """Take away a version that was recorded with the wrong product.

    :raises RefusedError: not with this role, or it is not on record
    """
    with school.transaction() as session:
        journal = begin(session)
        _others(find_file(session, product_id).annexes, sheet_id)
        _delete_certificates(journal, sheet_id)
        journal.delete(records.supplier_annex, records.supplier_annex.c.id == sheet_id)
        return close_change(journal, "supplier.annex_removed", product_id)


def _annex_row(session: Session, entry: AnnexEntry) -> _Row:
    return {
        "version": entry.version,
        "issued_on": checked_past(session, entry.issued_on),
        "measures": entry.measures,
        "availability": entry.availability.value,
        "integrity": entry.integrity.value,
        "confidentiality": entry.confidentiality.value,
        "audit": entry.audit,
        "breach_contact": entry.breach_contact,
        "breach_hours": entry.breach_hours,
    }


def _insert_certificates(journal: Journal, annex_id: str, entry: AnnexEntry) -> None:
    rows = [
        {"annex_id": annex_id, "number": number, "name": each.name, "ends_on": iso(each.ends_on)}
        for number, each in enumerate(entry.certificates, 1)
    ]
    journal.insert(records.supplier_certificate, rows)


def _delete_certificates(journal: Journal, annex_id: str) -> None:
    own = records.supplier_certificate
    journal.delete(own, own.c.annex_id == annex_id)


# — both —


def _made(journal: Journal, product_id: str) -> _Row:
    session = journal.session
    return {
        "id": new_id(),
        "product_id": product_id,
        "recorded_on": iso(session.clock.today()),
        "recorded_by": session.who.id,
    }


def _refuse_twin(
    there: Iterable[BijsluiterEntry | AnnexEntry], entry: BijsluiterEntry | AnnexEntry
) -> None:
    if any((e.version, e.issued_on) == (entry.version, entry.issued_on) for e in there):
        raise RefusedError("supplier.version_twin", version=entry.version)


def _others(there: Sequence[_Sheet], sheet_id: str) -> list[_Sheet]:
    """The other versions of a product, when this one is on record."""
    others = [each for each in there if each.id != sheet_id]
    if len(others) == len(there):
        raise RefusedError("supplier.unknown")
    return others


def is_older(file: ProductFile, entry: BijsluiterEntry | AnnexEntry) -> bool:
    """Whether the one that holds is newer, and goes on to hold when this one is recorded."""
    holds = file.bijsluiter if isinstance(entry, BijsluiterEntry) else file.annex
    return holds is not None and holds.issued_on > entry.issued_on
