"""What a person can do with suppliers and products: put on record, change, stop. AVG 28, 30."""

from __future__ import annotations

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
)
from schoolprivacy.suppliers.reading import find_file, find_supplier, products, suppliers
from schoolprivacy.suppliers.terms import ProductEntry, Supplier, SupplierEntry


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
    refuse_product_twin(session, entry, supplier_id)
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
            refuse_product_twin(session, entry, product.supplier_id, product_id)
        is_moved = entry.since != product.since  # what never began stopped before its first day
        if is_moved and product.last_day and entry.since and entry.since > product.last_day:
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


def refuse_product_twin(
    session: Session, entry: ProductEntry, supplier_id: str, own_id: str = ""
) -> None:
    """Of one company no two products of one name are used at the same time.

    :raises RefusedError: another one is used
    """
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
        "dpia_why": entry.dpia_why,
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
