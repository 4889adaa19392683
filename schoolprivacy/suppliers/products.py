"""What a person can do with suppliers and products: put on record, change, stop. AVG 28, 30."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from schoolprivacy.access.matrix import require
from schoolprivacy.access.terms import Area, Right
from schoolprivacy.errors import RefusedError
from schoolprivacy.paper.dates import dutch_date
from schoolprivacy.people.journal import Journal
from schoolprivacy.people.names import plain
from schoolprivacy.people.records import iso
from schoolprivacy.people.terms import new_id
from schoolprivacy.people.undoing import Undo, close_change
from schoolprivacy.school import School, Session
from schoolprivacy.suppliers import records
from schoolprivacy.suppliers.entries import (
    checked_past,
    checked_product,
    checked_supplier,
    needed_line,
)
from schoolprivacy.suppliers.reading import find_file, find_supplier, products, suppliers
from schoolprivacy.suppliers.terms import Product, ProductEntry, Supplier, SupplierEntry


def begin(session: Session) -> Journal:
    """Start a change, for who may.

    :raises RefusedError: not with this role
    """
    require(session, Area.SUPPLIERS, Right.MANAGE)
    return Journal(session)


# — suppliers —


def add_supplier(school: School, entry: SupplierEntry) -> Undo:
    """Put a company on record; ``Undo.about`` is its identifier.

    :raises RefusedError: not with this role, no good entry, or one of this name is on record
    """
    with school.transaction() as session:
        journal = begin(session)
        supplier_id = insert_supplier(journal, entry)
        return close_change(journal, "supplier.added", supplier_id)


def insert_supplier(journal: Journal, entry: SupplierEntry) -> str:
    """The same within a change; gives the identifier."""
    entry, supplier_id = checked_supplier(entry), new_id()
    _refuse_twin(journal.session, entry, "")
    journal.insert(records.supplier, [_supplier_row(supplier_id, entry)])
    return supplier_id


def change_supplier(school: School, supplier_id: str, entry: SupplierEntry) -> Undo:
    """Change what is known of a company.

    :raises RefusedError: as ``add_supplier``, or it is not on record
    """
    with school.transaction() as session:
        journal = begin(session)
        find_supplier(session, supplier_id)
        entry = checked_supplier(entry)
        _refuse_twin(session, entry, supplier_id)
        journal.update(records.supplier, [_supplier_row(supplier_id, entry)])
        return close_change(journal, "supplier.changed", supplier_id)


def remove_supplier(school: School, supplier_id: str) -> Undo:
    """Take away a company that never had a product, nor a paper.

    :raises RefusedError: it is not on record, or something is kept with it
    """
    with school.transaction() as session:
        journal = begin(session)
        find_supplier(session, supplier_id)
        for table in (
            records.supplier_product,
            records.supplier_agreement,
            records.supplier_evidence,
        ):
            _refuse_kept(session, table, table.c.supplier_id == supplier_id)
        journal.delete(records.supplier, records.supplier.c.id == supplier_id)
        return close_change(journal, "supplier.removed", supplier_id)


def _refuse_twin(session: Session, entry: SupplierEntry, own_id: str) -> None:
    if (found := find_named(session, entry.name)) and found.id != own_id:
        raise RefusedError("supplier.twin", name=found.name)


def find_named(session: Session, name: str) -> Supplier | None:
    """The company of this name, however it is written."""
    wanted = plain(name)
    return next((e for e in suppliers(session).values() if plain(e.name) == wanted), None)


def _supplier_row(supplier_id: str, entry: SupplierEntry) -> dict[str, str]:
    return {
        "id": supplier_id,
        "name": entry.name,
        "convenant": entry.convenant.value,
        "contact": entry.contact,
        "email": entry.email,
        "phone": entry.phone,
        "address": entry.address,
        "website": entry.website,
        "remark": entry.remark,
    }


def _refuse_kept(session: Session, table: sa.Table, *where: sa.ColumnElement[bool]) -> None:
    if session.execute(sa.select(table).where(*where).limit(1)).first():
        raise RefusedError("supplier.kept")


# — products —


def add_product(school: School, supplier: str | SupplierEntry, entry: ProductEntry) -> Undo:
    """Put a product on record; ``Undo.about`` is its identifier.

    :param supplier: identifier of one on record, or a new company
    :raises RefusedError: not with this role, no good entry, no such company, or it is on record
    """
    with school.transaction() as session:
        journal = begin(session)
        if isinstance(supplier, SupplierEntry):
            supplier_id = insert_supplier(journal, supplier)
        else:
            supplier_id = find_supplier(session, supplier).id
        product_id = insert_product(journal, supplier_id, entry)
        return close_change(journal, "supplier.product_added", product_id)


def insert_product(journal: Journal, supplier_id: str, entry: ProductEntry) -> str:
    """The same within a change; gives the identifier."""
    session, entry, product_id = journal.session, checked_product(entry), new_id()
    checked_past(session, entry.dpia_on)
    _refuse_product_twin(session, entry, supplier_id)
    made = {
        "supplier_id": supplier_id,
        "last_day": None,
        "stopped_why": "",
        "deleted_on": None,
        "deleted_how": "",
        "made_on": iso(session.clock.today()),
        "made_by": session.who.id,
    }
    journal.insert(records.supplier_product, [made | _product_row(product_id, entry)])
    journal.insert(records.supplier_basic, _basic_rows(product_id, entry))
    return product_id


def change_product(school: School, product_id: str, entry: ProductEntry) -> Undo:
    """Change what the school says of a product: use, vuistregels, DPIA, pseudonym.

    :raises RefusedError: as ``add_product``, or it is not on record
    """
    with school.transaction() as session:
        journal = begin(session)
        product = find_file(session, product_id).product
        entry = checked_product(entry)
        checked_past(session, entry.dpia_on)
        if not product.is_stopped(session.clock.today()):
            _refuse_product_twin(session, entry, product.supplier_id, product_id)
        if product.last_day and entry.since and entry.since > product.last_day:
            raise RefusedError(
                "supplier.too_early",
                day=dutch_date(product.last_day),
                first=dutch_date(entry.since),
            )
        journal.update(records.supplier_product, [_product_row(product_id, entry)])
        journal.delete(records.supplier_basic, records.supplier_basic.c.product_id == product_id)
        journal.insert(records.supplier_basic, _basic_rows(product_id, entry))
        return close_change(journal, "supplier.product_changed", product_id)


def remove_product(school: School, product_id: str) -> Undo:
    """Take away a product that was entered by mistake, while no paper is kept with it.

    :raises RefusedError: it is not on record, an agreement, sheet, scan or wish belongs to it, or
        parents read of it
    """
    with school.transaction() as session:
        journal = begin(session)
        find_file(session, product_id)
        for table in (
            records.supplier_agreement_product,
            records.supplier_bijsluiter,
            records.supplier_annex,
            records.supplier_evidence,
            records.app_wish,
        ):
            _refuse_kept(session, table, table.c.product_id == product_id)
        _refuse_kept(
            session, records.supplier_published, records.supplier_published.c.of == product_id
        )
        journal.delete(records.supplier_basic, records.supplier_basic.c.product_id == product_id)
        journal.delete(records.supplier_product, records.supplier_product.c.id == product_id)
        return close_change(journal, "supplier.product_removed", product_id)


def _refuse_product_twin(
    session: Session, entry: ProductEntry, supplier_id: str, own_id: str = ""
) -> None:
    """Of one company no two products of one name are used at the same time."""
    for each in products(session).values():
        same = (each.supplier_id, plain(each.name)) == (supplier_id, plain(entry.name))
        if same and each.id != own_id and not each.is_stopped(session.clock.today()):
            raise RefusedError("supplier.product_twin", name=each.name)


def _product_row(product_id: str, entry: ProductEntry) -> dict[str, str | None]:
    return {
        "id": product_id,
        "name": entry.name,
        "kind": entry.kind.value,
        "used_for": entry.used_for,
        "used_by": entry.used_by,
        "since": iso(entry.since),
        "sensitive": entry.sensitive.value,
        "dpia": entry.dpia.value,
        "dpia_on": iso(entry.dpia_on),
        "pseudonym": entry.pseudonym.value,
        "pseudonym_why": entry.pseudonym_why,
    }


def _basic_rows(product_id: str, entry: ProductEntry) -> list[dict[str, str]]:
    return [
        {
            "product_id": product_id,
            "basic": each.value,
            "answer": answer.answer.value,
            "note": answer.note,
        }
        for each, answer in entry.basics.items()
    ]


# — stopping, and what must be confirmed then —


def stop_product(school: School, product_id: str, last_day: date, why: str) -> Undo:
    """Use a product no more after a day, which may be to come; its agreements stay as they are.

    From then the program asks, and keeps asking, for the confirmation that the data are gone.

    Of what stopped before, the day or the reason is corrected.

    :raises RefusedError: not on record, its data are gone, a day before the first of use, no
        reason, or it would be used again beside a new one of its name
    """
    with school.transaction() as session:
        journal = begin(session)
        stop_within(journal, find_file(session, product_id).product, last_day, why)
        return close_change(journal, "supplier.product_stopped", product_id)


def stop_within(journal: Journal, product: Product, last_day: date, why: str) -> None:
    """The same within a change."""
    if product.deleted_on is not None:
        raise RefusedError("supplier.deleted_before")
    if product.since and last_day < product.since:
        raise RefusedError(
            "supplier.too_early", day=dutch_date(last_day), first=dutch_date(product.since)
        )
    if last_day >= journal.session.clock.today():
        _refuse_product_twin(journal.session, product, product.supplier_id, product.id)
    row = {
        "id": product.id,
        "last_day": last_day.isoformat(),
        "stopped_why": needed_line(why, "why"),
    }
    journal.update(records.supplier_product, [row])


def resume_product(school: School, product_id: str) -> Undo:
    """The school goes on with a product after all, or stopped it by mistake.

    :raises RefusedError: not on record, it goes on already, its data are gone, or a new one of
        its name is used
    """
    with school.transaction() as session:
        journal = begin(session)
        product = find_file(session, product_id).product
        if product.last_day is None:
            raise RefusedError("supplier.goes_on")
        if product.deleted_on is not None:
            raise RefusedError("supplier.deleted_before")
        _refuse_product_twin(session, product, product.supplier_id, product_id)
        row = {"id": product_id, "last_day": None, "stopped_why": ""}
        journal.update(records.supplier_product, [row])
        return close_change(journal, "supplier.product_resumed", product_id)


def confirm_deletion(school: School, product_id: str, on: date, how: str) -> Undo:
    """Record that the supplier confirmed that the data are gone (AVG 28(3)(g)).

    Entered again it takes the place of what was recorded, when that was wrong.

    :param on: the day of the confirmation
    :param how: what confirms it, for instance a letter; the scan can be kept with the product
    :raises RefusedError: not on record, not stopped yet, a day to come or before it stopped
    """
    with school.transaction() as session:
        journal = begin(session)
        product = find_file(session, product_id).product
        if product.last_day is None or not product.is_stopped(session.clock.today()):
            raise RefusedError("supplier.not_stopped")
        row = {
            "id": product_id,
            "deleted_on": checked_past(session, on, product.last_day),
            "deleted_how": needed_line(how, "how"),
        }
        journal.update(records.supplier_product, [row])
        return close_change(journal, "supplier.deletion_confirmed", product_id)


def withdraw_deletion(school: School, product_id: str) -> Undo:
    """What was recorded as a confirmation was none: the program asks again.

    :raises RefusedError: not on record, or nothing was confirmed
    """
    with school.transaction() as session:
        journal = begin(session)
        if find_file(session, product_id).product.deleted_on is None:
            raise RefusedError("supplier.not_deleted")
        row = {"id": product_id, "deleted_on": None, "deleted_how": ""}
        journal.update(records.supplier_product, [row])
        return close_change(journal, "supplier.deletion_withdrawn", product_id)
