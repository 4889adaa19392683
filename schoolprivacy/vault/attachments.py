"""Files kept inside the encrypted school file: a logo, later scans of signed papers."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from schoolprivacy.errors import KnownError
from schoolprivacy.vault.tables import attachment

LARGEST = 10 * 1024 * 1024  # bytes

_KINDS = (  # first bytes → media type; the name of a file proves nothing
    (b"%PDF-", "application/pdf"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A stored file with its content."""

    name: str
    media_type: str
    content: bytes


def media_type(content: bytes) -> str:
    """What a file is, by its content.

    :raises KnownError: not a PDF, JPEG or PNG, or larger than 10 MB
    """
    if len(content) > LARGEST:
        raise KnownError("attachment.large", megabytes=LARGEST // 1024**2)
    for start, kind in _KINDS:
        if content.startswith(start):
            return kind
    raise KnownError("attachment.kind")


def add(connection: Connection, name: str, content: bytes) -> str:
    """Store a file; gives its identifier.

    :raises KnownError: see media_type
    """
    row = {
        "id": uuid.uuid4().hex,
        "name": name,
        "media_type": media_type(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "content": content,
    }
    connection.execute(sa.insert(attachment).values(**row))
    return str(row["id"])


def read(connection: Connection, identifier: str) -> Attachment:
    """Read a stored file back.

    :raises KnownError: its content is not what was stored
    """
    row = connection.execute(sa.select(attachment).where(attachment.c.id == identifier)).one()
    if hashlib.sha256(row.content).hexdigest() != row.sha256:
        raise KnownError("file.damaged", place="")
    return Attachment(row.name, row.media_type, row.content)
