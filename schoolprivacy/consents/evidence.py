"""The scan or photo of a signed form or letter, kept in the school file as proof (AVG 7(1))."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa

from schoolprivacy.consents import records
from schoolprivacy.consents.answering import find_form
from schoolprivacy.errors import RefusedError
from schoolprivacy.exchange.values import clean
from schoolprivacy.people.evidence_files import checked, file_name
from schoolprivacy.people.records import find_pupil
from schoolprivacy.people.terms import new_id
from schoolprivacy.school import School, Session
from schoolprivacy.vault import attachments
from schoolprivacy.vault.attachments import Attachment
from schoolprivacy.vault.tables import attachment, metadata, staff

__all__ = [
    "Attachment",
    "Evidence",
    "RemovedEvidence",
    "attach",
    "evidence",
    "read_evidence",
    "remove_evidence",
    "undo_remove_evidence",
]

_LONGEST_ABOUT = 200  # characters

kept = sa.Table(
    "evidence",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("pupil_id", sa.Text, sa.ForeignKey("pupil.id"), nullable=False),
    sa.Column("form_id", sa.Text, sa.ForeignKey("form.id")),
    sa.Column("attachment_id", sa.Text, sa.ForeignKey("attachment.id"), nullable=False),
    sa.Column("about", sa.Text, nullable=False),
    sa.Column("added_on", sa.Text, nullable=False),
    sa.Column("added_by", sa.Text, sa.ForeignKey("staff.id"), nullable=False),
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A kept paper, without its content.

    :param form: number of the form it shows; "" of a letter or an older form
    :param about: what the school wrote with it
    :param size: in bytes, as it is kept
    """

    id: str
    name: str
    media_type: str
    form: str
    about: str
    added_on: date
    added_by: str
    size: int


@dataclass(frozen=True, slots=True)
class RemovedEvidence:
    """What was removed, to put it back. It holds the content: drop it when the file is locked."""

    id: str
    rows: tuple[Mapping[str, Any], Mapping[str, Any]] = field(repr=False)


def attach(
    school: School,
    pupil_id: str,
    name: str,
    content: bytes,
    *,
    form_number: str | None = None,
    about: str = "",
) -> str:
    """Keep a PDF, JPEG or PNG of what somebody signed; gives the identifier of the evidence.

    Of a photo, place, device and the like are left out before it is stored.

    :param name: of the file; its folders are forgotten
    :param form_number: the form that it shows, as scanned or typed
    :raises KnownError: no PDF, JPEG or PNG, larger than 10 MB, empty, broken, with a password
    :raises RefusedError: kept for this child before, a form of another child, or no such form
    """
    about = clean(about)
    if len(about) > _LONGEST_ABOUT:
        raise RefusedError("evidence.about", most=_LONGEST_ABOUT)
    content = checked(content)
    evidence_id = new_id()
    with school.transaction() as session:
        pupil = find_pupil(session, pupil_id)
        form = find_form(session, form_number) if form_number else None
        if form and form.pupil_id != pupil.id:
            raise RefusedError("evidence.other_child")
        _refuse_twice(session, pupil.id, content)
        session.execute(
            sa.insert(kept).values(
                id=evidence_id,
                pupil_id=pupil.id,
                form_id=form.id if form else None,
                attachment_id=attachments.add(session.connection, file_name(name), content),
                about=about,
                added_on=session.clock.today().isoformat(),
                added_by=session.who.id,
            )
        )
        session.audit("evidence.attached", pupil.id, evidence=evidence_id)
    return evidence_id


def evidence(school: School, pupil_id: str) -> list[Evidence]:
    """What is kept of a child, the newest first."""
    query = (
        sa.select(
            kept,
            attachment.c.name,
            attachment.c.media_type,
            sa.func.length(attachment.c.content).label("size"),
            staff.c.name.label("by"),
        )
        .join(attachment, attachment.c.id == kept.c.attachment_id)
        .join(staff, staff.c.id == kept.c.added_by)
        .where(kept.c.pupil_id == pupil_id)
        .order_by(kept.c.added_on.desc(), sa.literal_column("evidence.rowid").desc())
    )
    with school.reading() as session:
        numbers = {each.id: each.number for each in records.forms(session, [pupil_id])}
        return [
            Evidence(
                row.id,
                row.name,
                row.media_type,
                numbers.get(row.form_id, ""),
                row.about,
                date.fromisoformat(row.added_on),
                row.by,
                row.size,
            )
            for row in session.execute(query)
        ]


def read_evidence(school: School, evidence_id: str) -> Attachment:
    """The file itself, to show from memory; nothing is written outside the school file.

    :raises RefusedError: it was removed
    :raises KnownError: its content is not what was stored
    """
    with school.reading() as session:
        row = _find(session, evidence_id)
        return attachments.read(session.connection, str(row["attachment_id"]))


def remove_evidence(school: School, evidence_id: str) -> RemovedEvidence:
    """Remove what was kept with the wrong child; its content is gone from the file.

    Older backups may still hold it.

    :raises RefusedError: it was removed before
    """
    with school.transaction() as session:
        row = _find(session, evidence_id)
        this = attachment.c.id == row["attachment_id"]
        content = session.execute(sa.select(attachment).where(this)).mappings().one()
        session.execute(sa.text("PRAGMA secure_delete=ON"))  # overwritten, not only let go
        session.execute(sa.delete(kept).where(kept.c.id == evidence_id))
        session.execute(sa.delete(attachment).where(this))
        session.audit("evidence.removed", str(row["pupil_id"]), evidence=evidence_id)
    return RemovedEvidence(evidence_id, (dict(content), dict(row)))


def undo_remove_evidence(school: School, removed: RemovedEvidence) -> None:
    """Put back what was removed a moment ago.

    :raises RefusedError: it is there, or the same file was kept with this child since
    """
    content, row = removed.rows
    with school.transaction() as session:
        query = sa.select(kept.c.id).where(kept.c.id == removed.id)
        if session.execute(query).first():
            raise RefusedError("evidence.back_before")
        _refuse_twice(session, str(row["pupil_id"]), content["content"])
        session.execute(sa.insert(attachment).values(**content))
        session.execute(sa.insert(kept).values(**row))
        session.audit("evidence.put_back", str(row["pupil_id"]), evidence=removed.id)


def _find(session: Session, evidence_id: str) -> Mapping[str, Any]:
    query = sa.select(kept).where(kept.c.id == evidence_id)
    row = session.execute(query).mappings().one_or_none()
    if row is None:
        raise RefusedError("evidence.unknown")
    return dict(row)


def _refuse_twice(session: Session, pupil_id: str, content: bytes) -> None:
    query = (
        sa.select(kept.c.added_on)
        .join(attachment, attachment.c.id == kept.c.attachment_id)
        .where(
            kept.c.pupil_id == pupil_id,
            attachment.c.sha256 == hashlib.sha256(content).hexdigest(),
        )
    )
    before = session.execute(query).scalars().first()
    if before:
        raise RefusedError("evidence.twice", day=f"{date.fromisoformat(before):%d-%m-%Y}")
