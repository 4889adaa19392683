"""Rows of suppliers and their papers read back as values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date

import sqlalchemy as sa

from schoolprivacy.errors import RefusedError
from schoolprivacy.people.names import plain
from schoolprivacy.people.records import day
from schoolprivacy.school import Session
from schoolprivacy.suppliers import parents, records, sheet_reading
from schoolprivacy.suppliers.sheet_reading import staff_names
from schoolprivacy.suppliers.terms import (
    Agreement,
    Basic,
    BasicAnswer,
    Dpia,
    Model,
    Product,
    ProductFile,
    ProductKind,
    Publication,
    Recipient,
    RecipientKind,
    Supplier,
    Wish,
    YesNo,
)


def suppliers(session: Session) -> dict[str, Supplier]:
    """All on record, by identifier, in the order of their names."""
    found = [
        Supplier(
            row.name,
            YesNo(row.convenant),
            row.contact,
            row.email,
            row.phone,
            row.address,
            row.website,
            row.remark,
            row.id,
        )
        for row in session.execute(sa.select(records.supplier))
    ]
    return {each.id: each for each in sorted(found, key=lambda each: plain(each.name))}


def products(session: Session) -> dict[str, Product]:
    """All on record, stopped ones too, by identifier."""
    basics: dict[str, dict[Basic, BasicAnswer]] = defaultdict(dict)
    for row in session.execute(sa.select(records.supplier_basic)):
        basics[row.product_id][Basic(row.basic)] = BasicAnswer(YesNo(row.answer), row.note)
    return {
        row.id: Product(
            row.name,
            ProductKind(row.kind),
            row.used_for,
            row.used_by,
            day(row.since),
            YesNo(row.sensitive),
            Dpia(row.dpia),
            day(row.dpia_on),
            row.dpia_why,
            YesNo(row.pseudonym),
            row.pseudonym_why,
            basics.get(row.id, {}),
            row.id,
            row.supplier_id,
            day(row.last_day),
            row.stopped_why,
            day(row.deleted_on),
            row.deleted_how,
        )
        for row in session.execute(sa.select(records.supplier_product))
    }


def agreements(session: Session) -> dict[str, Agreement]:
    """All on record by identifier, mistakes too, in the order of recording."""
    covered: dict[str, list[str]] = defaultdict(list)
    link = records.supplier_agreement_product
    for row in session.execute(sa.select(link)):
        covered[row.agreement_id].append(row.product_id)
    table = records.supplier_agreement
    query = sa.select(table).order_by(sa.literal_column("supplier_agreement.rowid"))
    return {
        row.id: Agreement(
            Model(row.model),
            row.version,
            date.fromisoformat(row.begins_on),
            tuple(sorted(covered[row.id])),
            day(row.ends_on),
            day(row.school_signed_on),
            row.school_signed_by,
            day(row.supplier_signed_on),
            row.supplier_signed_by,
            row.id,
            row.supplier_id,
            day(row.reviewed_on),
            row.replaces,
            day(row.last_day),
            row.ended_why,
            row.mistake,
            date.fromisoformat(row.recorded_on),
        )
        for row in session.execute(query)
    }


def find_supplier(session: Session, supplier_id: str) -> Supplier:
    """One supplier.

    :raises RefusedError: it is not on record
    """
    if found := suppliers(session).get(supplier_id):
        return found
    raise RefusedError("supplier.unknown")


def find_agreement(session: Session, agreement_id: str) -> Agreement:
    """One agreement, a mistake too.

    :raises RefusedError: it is not on record
    """
    if found := agreements(session).get(agreement_id):
        return found
    raise RefusedError("supplier.unknown")


def find_file(session: Session, product_id: str) -> ProductFile:
    """One product with all that is on record of it.

    :raises RefusedError: it is not on record
    """
    for found in product_files(session, [product_id]):
        return found
    raise RefusedError("supplier.unknown")


def product_files(
    session: Session, product_ids: Collection[str] | None = None
) -> list[ProductFile]:
    """Products with all that is on record of them, by name of supplier and product.

    :param product_ids: only these; all without it
    """
    companies, all_agreements = suppliers(session), agreements(session)
    wanted = [
        each for each in products(session).values() if product_ids is None or each.id in product_ids
    ]
    ids = [each.id for each in wanted]
    bijsluiters, annexes, told = (
        sheet_reading.bijsluiters(session, ids),
        sheet_reading.annexes(session, ids),
        told_last(session),
    )
    newest_first = list(reversed(all_agreements.values()))
    files = []
    for product in wanted:
        file = ProductFile(
            companies[product.supplier_id],
            product,
            tuple(each for each in newest_first if product.id in each.products),
            tuple(bijsluiters[product.id]),
            tuple(annexes[product.id]),
            told.get(product.id),
        )
        files.append(parents.with_words(file, session.clock.today()))
    return sorted(files, key=lambda each: (plain(each.supplier.name), plain(each.product.name)))


# — who else, what was told, what is wished —


def recipients(session: Session) -> list[Recipient]:
    """Everybody who gets data and answers for them itself, by kind and name."""
    order = list(RecipientKind)
    found = [
        Recipient(
            row.name,
            RecipientKind(row.kind),
            row.what,
            row.why,
            row.ground,
            day(row.since),
            day(row.last_day),
            row.id,
        )
        for row in session.execute(sa.select(records.recipient))
    ]
    return sorted(found, key=lambda each: (order.index(each.kind), plain(each.name)))


def publications(session: Session) -> list[Publication]:
    """Every time the list for parents was put somewhere, in the order of recording."""
    said: dict[str, dict[str, str]] = defaultdict(dict)
    for row in session.execute(sa.select(records.supplier_published)):
        said[row.publication_id][row.of] = row.said
    names = staff_names(session)
    query = sa.select(records.supplier_publication).order_by(
        sa.literal_column("supplier_publication.rowid")
    )
    return [
        Publication(
            row.id,
            date.fromisoformat(row.published_on),
            row.place,
            names[row.recorded_by],
            said[row.id],
        )
        for row in session.execute(query)
    ]


def told_last(session: Session) -> dict[str, str]:
    """By product or recipient, what the list said the last time it was put somewhere."""
    newest = (
        sa.select(records.supplier_publication.c.id)
        .order_by(sa.literal_column("supplier_publication.rowid").desc())
        .limit(1)
        .scalar_subquery()
    )
    table = records.supplier_published
    query = sa.select(table).where(table.c.publication_id == newest)
    return {row.of: row.said for row in session.execute(query)}


def wishes(session: Session) -> list[Wish]:
    """Every request for an app: undecided first, then the newest."""
    names, table = staff_names(session), records.app_wish
    query = sa.select(table).order_by(
        table.c.granted.is_not(None), table.c.asked_on.desc(), sa.literal_column("app_wish.rowid")
    )
    return [
        Wish(
            row.asked_by,
            date.fromisoformat(row.asked_on),
            row.app,
            row.used_for,
            row.used_by,
            row.data,
            row.id,
            None if row.granted is None else bool(row.granted),
            row.reason,
            day(row.decided_on),
            names.get(row.decided_by, ""),
            row.product_id,
        )
        for row in session.execute(query)
    ]
