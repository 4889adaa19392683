"""The scan of a signed agreement, a sheet or a confirmation, kept with a product or supplier."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from schoolprivacy.access.matrix import require
from schoolprivacy.access.terms import Area, Right
from schoolprivacy.errors import RefusedError
from schoolprivacy.people.evidence_files import checked, file_name
from schoolprivacy.people.journal import Journal
from schoolprivacy.people.terms import new_id
from schoolprivacy.people.undoing import Undo, close_change
from schoolprivacy.school import School, Session
from schoolprivacy.suppliers.entries import checked_line
from schoolprivacy.suppliers.reading import find_file
from schoolprivacy.suppliers.records import supplier_evidence
from schoolprivacy.suppliers.terms import Paper
from schoolprivacy.vault import attachments
from schoolprivacy.vault.attachments import Attachment
from schoolprivacy.vault.tables import attachment, staff


@dataclass(frozen=True, slots=True)
class SupplierEvidence:
    """A kept paper, without its content.

    :param product_id: None when it is of the supplier as a whole
    """

    id: str
    product_id: str | None
    paper: Paper
    name: str
    media_type: str
    about: str
    added_on: date
    added_by: str


def attach(
    school: School, product_id: str, name: str, content: bytes, paper: Paper, *, about: str = ""
) -> str:
    """Keep a PDF, JPEG or PNG with a product, an agreement with its supplier.

    Of a photo, place, device and the like are left out before it is stored. Gives the identifier.

    :raises KnownError: no PDF, JPEG or PNG, larger than 10 MB, empty, broken, with a password
    :raises RefusedError: not with this role, no such product, or kept with its supplier before
    """
    about, content = checked_line(about), checked(content)
    with school.transaction() as session:
        require(session, Area.SUPPLIERS, Right.MANAGE)
        product = find_file(session, product_id).product
        _refuse_twin(session, product.supplier_id, content)
        evidence_id = new_id()
        session.execute(
            sa.insert(supplier_evidence).values(
                id=evidence_id,
                supplier_id=product.supplier_id,
                product_id=None if paper is Paper.AGREEMENT else product_id,
                paper=paper.value,
                attachment_id=attachments.add(session.connection, file_name(name), content),
                about=about,
                added_on=session.clock.today().isoformat(),
                added_by=session.who.id,
            )
        )
        session.audit("supplier.evidence_attached", product_id, evidence=evidence_id)
    return evidence_id


def evidence(school: School, product_id: str) -> list[SupplierEvidence]:
    """What is kept with a product or with its supplier as a whole, the newest first.

    :raises RefusedError: not with this role, or no such product
    """
    table = supplier_evidence.c
    with school.reading() as session:
        require(session, Area.SUPPLIERS, Right.PRINT)
        supplier_id = find_file(session, product_id).product.supplier_id
        query = (
            sa.select(
                supplier_evidence,
                attachment.c.name,
                attachment.c.media_type,
                staff.c.name.label("by"),
            )
            .join(attachment, attachment.c.id == table.attachment_id)
            .join(staff, staff.c.id == table.added_by)
            .where(
                table.supplier_id == supplier_id,
                sa.or_(table.product_id.is_(None), table.product_id == product_id),
            )
            .order_by(sa.literal_column("supplier_evidence.rowid").desc())
        )
        return [
            SupplierEvidence(
                row.id,
                row.product_id,
                Paper(row.paper),
                row.name,
                row.media_type,
                row.about,
                date.fromisoformat(row.added_on),
                row.by,
            )
            for row in session.execute(query)
        ]


def read_evidence(school: School, evidence_id: str) -> Attachment:
    """The file itself, to show from memory; that somebody looked is written down.

    :raises RefusedError: not with this role, it was removed, or the file was opened read-only
    """
    with school.transaction() as session:
        require(session, Area.SUPPLIERS, Right.PRINT)
        row = _find(session, evidence_id)
        session.audit("supplier.evidence_viewed", row.supplier_id, evidence=evidence_id)
        return attachments.read(session.connection, row.attachment_id)


def remove_evidence(school: School, evidence_id: str) -> Undo:
    """Remove what was kept with the wrong product. Older backups may still hold it.

    :raises RefusedError: not with this role, or it was removed before
    """
    with school.transaction() as session:
        require(session, Area.SUPPLIERS, Right.MANAGE)
        row = _find(session, evidence_id)
        session.execute(sa.text("PRAGMA secure_delete=ON"))  # overwritten, not only let go
        journal = Journal(session)
        journal.delete(supplier_evidence, supplier_evidence.c.id == evidence_id)
        journal.delete(attachment, attachment.c.id == row.attachment_id)
        return close_change(
            journal, "supplier.evidence_removed", row.supplier_id, evidence=evidence_id
        )


def _find(session: Session, evidence_id: str) -> sa.Row[tuple[object, ...]]:
    query = sa.select(supplier_evidence).where(supplier_evidence.c.id == evidence_id)
    row = session.execute(query).one_or_none()
    if row is None:
        raise RefusedError("evidence.unknown")
    return row


def _refuse_twin(session: Session, supplier_id: str, content: bytes) -> None:
    query = (
        sa.select(supplier_evidence.c.added_on)
        .join(attachment, attachment.c.id == supplier_evidence.c.attachment_id)
        .where(
            supplier_evidence.c.supplier_id == supplier_id,
            attachment.c.sha256 == hashlib.sha256(content).hexdigest(),
        )
    )
    if before := session.execute(query).scalars().first():
        raise RefusedError("evidence.twice", day=f"{date.fromisoformat(before):%d-%m-%Y}")
