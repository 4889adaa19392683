"""Bijsluiters and beveiligingsbijlagen read back as values, with their lists."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

import sqlalchemy as sa

from schoolprivacy.people.records import day
from schoolprivacy.school import Session
from schoolprivacy.suppliers import records
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
from schoolprivacy.vault.tables import staff


def staff_names(session: Session) -> dict[str, str]:
    """Who works or worked in the school file, by identifier."""
    return {row.id: row.name for row in session.execute(sa.select(staff.c.id, staff.c.name))}


def bijsluiters(session: Session, product_ids: list[str]) -> dict[str, list[Bijsluiter]]:
    """By product: the one that holds first, which is the newest by its date, then by recording."""
    table = records.supplier_bijsluiter
    query = (
        sa.select(table)
        .where(table.c.product_id.in_(product_ids))
        .order_by(table.c.issued_on.desc(), sa.literal_column("supplier_bijsluiter.rowid").desc())
    )
    rows = list(session.execute(query))
    names, ids = staff_names(session), [row.id for row in rows]
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


def annexes(session: Session, product_ids: list[str]) -> dict[str, list[Annex]]:
    table = records.supplier_annex
    query = (
        sa.select(table)
        .where(table.c.product_id.in_(product_ids))
        .order_by(table.c.issued_on.desc(), sa.literal_column("supplier_annex.rowid").desc())
    )
    rows = list(session.execute(query))
    names, ids = staff_names(session), [row.id for row in rows]
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
