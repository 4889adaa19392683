"""The scan of a signed letter or the report of a conversation, kept as proof of inzage."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from schoolprivacy.access.matrix import require
from schoolprivacy.access.terms import Area, Right
from schoolprivacy.errors import RefusedError
from schoolprivacy.okr.entries import checked_line
from schoolprivacy.okr.records import find_move, find_open, okr_evidence
from schoolprivacy.okr.terms import Move
from schoolprivacy.people.evidence_files import checked, file_name
from schoolprivacy.people.journal import Journal
from schoolprivacy.people.records import guardianships
from schoolprivacy.people.terms import new_id
from schoolprivacy.people.undoing import Undo, close_change
from schoolprivacy.school import School, Session
from schoolprivacy.vault import attachments
from schoolprivacy.vault.attachments import Attachment
from schoolprivacy.vault.tables import attachment, staff


@dataclass(frozen=True, slots=True)
class OkrEvidence:
    """A kept paper, without its content.

    :param guardian_id: who signed it; None when it is of nobody in particular
    """

    id: str
    guardian_id: str | None
    name: str
    media_type: str
    about: str
    added_on: date
    added_by: str


def attach(
    school: School,
    move_id: str,
    name: str,
    content: bytes,
    *,
    guardian_id: str | None = None,
    about: str = "",
) -> str:
    """Keep a PDF, JPEG or PNG with a move; gives the identifier of the evidence.

    Of a photo, place, device and the like are left out before it is stored.

    :raises KnownError: no PDF, JPEG or PNG, larger than 10 MB, empty, broken, with a password
    :raises RefusedError: no such move, kept with it before, or no guardian of this child
    """
    about, content = checked_line(about), checked(content)
    with school.transaction() as session:
        require(session, Area.OKR, Right.MANAGE)
        move = find_move(session, move_id)
        _check(session, move, guardian_id, content)
        evidence_id = new_id()
        session.execute(
            sa.insert(okr_evidence).values(
                id=evidence_id,
                move_id=move_id,
                guardian_id=guardian_id,
                attachment_id=attachments.add(session.connection, file_name(name), content),
                about=about,
                added_on=session.clock.today().isoformat(),
                added_by=session.who.id,
            )
        )
        session.audit("okr.evidence_attached", move.pupil_id, evidence=evidence_id)
    return evidence_id


def evidence(school: School, move_id: str) -> list[OkrEvidence]:
    """What is kept with a move, the newest first."""
    table = okr_evidence.c
    query = (
        sa.select(
            okr_evidence, attachment.c.name, attachment.c.media_type, staff.c.name.label("by")
        )
        .join(attachment, attachment.c.id == table.attachment_id)
        .join(staff, staff.c.id == table.added_by)
        .where(table.move_id == move_id)
        .order_by(sa.literal_column("okr_evidence.rowid").desc())
    )
    with school.reading() as session:
        require(session, Area.OKR, Right.MANAGE)
        return [
            OkrEvidence(
                row.id,
                row.guardian_id,
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

    :raises RefusedError: it was removed, or the file was opened read-only
    """
    with school.transaction() as session:
        require(session, Area.OKR, Right.MANAGE)
        row = _find(session, evidence_id)
        pupil_id = find_move(session, row.move_id).pupil_id
        session.audit("okr.evidence_viewed", pupil_id, evidence=evidence_id)
        return attachments.read(session.connection, row.attachment_id)


def remove_evidence(school: School, evidence_id: str) -> Undo:
    """Remove what was kept with the wrong child, while the report was not sent.

    Older backups may still hold it.

    :raises RefusedError: it was removed before, or the report was sent
    """
    with school.transaction() as session:
        require(session, Area.OKR, Right.MANAGE)
        row = _find(session, evidence_id)
        move = find_open(session, row.move_id)
        session.execute(sa.text("PRAGMA secure_delete=ON"))  # overwritten, not only let go
        journal = Journal(session)
        journal.delete(okr_evidence, okr_evidence.c.id == evidence_id)
        journal.delete(attachment, attachment.c.id == row.attachment_id)
        return close_change(journal, "okr.evidence_removed", move.pupil_id, evidence=evidence_id)


def _find(session: Session, evidence_id: str) -> sa.Row[tuple[object, ...]]:
    query = sa.select(okr_evidence).where(okr_evidence.c.id == evidence_id)
    row = session.execute(query).one_or_none()
    if row is None:
        raise RefusedError("evidence.unknown")
    return row


def _check(session: Session, move: Move, guardian_id: str | None, content: bytes) -> None:
    """A guardian of this child, and a file that is not there yet."""
    carers = guardianships(session, [move.pupil_id]).get(move.pupil_id, [])
    if guardian_id is not None and guardian_id not in {each.guardian.id for each in carers}:
        raise RefusedError("guardian.unknown")
    query = (
        sa.select(okr_evidence.c.added_on)
        .join(attachment, attachment.c.id == okr_evidence.c.attachment_id)
        .where(
            okr_evidence.c.move_id == move.id,
            attachment.c.sha256 == hashlib.sha256(content).hexdigest(),
        )
    )
    before = session.execute(query).scalars().first()
    if before:
        raise RefusedError("evidence.twice", day=f"{date.fromisoformat(before):%d-%m-%Y}")
