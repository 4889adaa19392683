"""Rows of suppliers and their papers read back as values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any

import sqlalchemy as sa

from schoolprivacy.errors import RefusedError
from schoolprivacy.people.names import plain
from schoolprivacy.people.records import day
from schoolprivacy.school import Session
from schoolprivacy.suppliers import parents, records
from schoolprivacy.suppliers.sheet_terms import (
    Annex,
    Bijsluiter,
    Certificate,
    Data,
    Level,
    Option,
    Place,
    Safeguard,
    Shared,
    Subject,
    SubProcessor,
)
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
from schoolprivacy.vault.tables import staff


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
        _bijsluiters(session, ids),
        _annexes(session, ids),
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


# — the two sheets —


def _staff_names(session: Session) -> dict[str, str]:
    return {row.id: row.name for row in session.execute(sa.select(staff.c.id, staff.c.name))}


def _bijsluiters(session: Session, product_ids: list[str]) -> dict[str, list[Bijsluiter]]:
    """By product: the one that holds first, which is the newest by its date, then by recording."""
    table = records.supplier_bijsluiter
    query = (
        sa.select(table)
        .where(table.c.product_id.in_(product_ids))
        .order_by(table.c.issued_on.desc(), sa.literal_column("supplier_bijsluiter.rowid").desc())
    )
    rows = list(session.execute(query))
    names, ids = _staff_names(session), [row.id for row in rows]
    lines, shared = _lines(session, ids), _shared(session, ids)
    others = _sub_processors(session, ids)
    found: dict[str, list[Bijsluiter]] = defaultdict(list)
    for row in rows:
        of = lines[row.id]
        found[row.product_id].append(
            Bijsluiter(
                row.version,
                date.fromisoformat(row.issued_on),
                row.description,
                tuple(each.line for each in of["service"]),
                tuple(
                    Option(each.line, bool(each.ticked), tuple(shared[row.id, each.number]))
                    for each in of["option"]
                ),
                tuple(each.line for each in of["purpose"]),
                tuple(Subject(each.line) for each in of["subject"]),
                tuple(shared[row.id, 0]),
                row.retention,
                tuple(Place(each.line, Safeguard(each.safeguard)) for each in of["place"]),
                tuple(others[row.id]),
                row.id,
                date.fromisoformat(row.recorded_on),
                names[row.recorded_by],
            )
        )
    return found


def _lines(session: Session, ids: list[str]) -> dict[str, dict[str, list[Any]]]:
    found: dict[str, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    table = records.supplier_bijsluiter_line
    query = sa.select(table).where(table.c.bijsluiter_id.in_(ids)).order_by(table.c.number)
    for row in session.execute(query):
        found[row.bijsluiter_id][row.kind].append(row)
    return found


def _shared(session: Session, ids: list[str]) -> dict[tuple[str, int], list[Shared]]:
    found: dict[tuple[str, int], list[Shared]] = defaultdict(list)
    table = records.supplier_bijsluiter_data
    query = sa.select(table).where(table.c.bijsluiter_id.in_(ids)).order_by(table.c.number)
    for row in session.execute(query):
        found[row.bijsluiter_id, row.option].append(Shared(Data(row.category), row.detail))
    return found


def _sub_processors(session: Session, ids: list[str]) -> dict[str, list[SubProcessor]]:
    found: dict[str, list[SubProcessor]] = defaultdict(list)
    table = records.supplier_sub_processor
    query = sa.select(table).where(table.c.bijsluiter_id.in_(ids)).order_by(table.c.number)
    for row in session.execute(query):
        place = Place(row.country, Safeguard(row.safeguard))
        found[row.bijsluiter_id].append(SubProcessor(row.name, row.task, place))
    return found


def _annexes(session: Session, product_ids: list[str]) -> dict[str, list[Annex]]:
    table = records.supplier_annex
    query = (
        sa.select(table)
        .where(table.c.product_id.in_(product_ids))
        .order_by(table.c.issued_on.desc(), sa.literal_column("supplier_annex.rowid").desc())
    )
    rows = list(session.execute(query))
    names, ids = _staff_names(session), [row.id for row in rows]
    certificates: dict[str, list[Certificate]] = defaultdict(list)
    own = records.supplier_certificate
    for row in session.execute(
        sa.select(own).where(own.c.annex_id.in_(ids)).order_by(own.c.number)
    ):
        certificates[row.annex_id].append(Certificate(row.name, day(row.ends_on)))
    found: dict[str, list[Annex]] = defaultdict(list)
    for row in rows:
        found[row.product_id].append(
            Annex(
                row.version,
                date.fromisoformat(row.issued_on),
                row.measures,
                Level(row.availability),
                Level(row.integrity),
                Level(row.confidentiality),
                tuple(certificates[row.id]),
                row.audit,
                row.breach_contact,
                row.breach_hours,
                row.id,
                date.fromisoformat(row.recorded_on),
                names[row.recorded_by],
            )
        )
    return found


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
    names = _staff_names(session)
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
    names, table = _staff_names(session), records.app_wish
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
