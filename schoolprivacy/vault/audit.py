"""The audit trail: who did what, when, about whom; only ever added to.

Each line carries an HMAC over itself and the line before, so an edited line is found. A trail
whose end was cut off is not; therefore every backup and printed report names the last line
(the anchor).
"""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from schoolprivacy.vault.tables import audit, meta

AUDIT_KEY = "audit_key"


@dataclass(frozen=True, slots=True)
class Anchor:
    """The end of the trail at one moment."""

    seq: int
    mac: str

    def __str__(self) -> str:
        return f"{self.seq}-{self.mac[:12]}"


EMPTY = Anchor(0, "")


def anchor(connection: Connection) -> Anchor:
    """The last line's number and hash."""
    row = connection.execute(
        sa.select(audit.c.seq, audit.c.mac).order_by(audit.c.seq.desc()).limit(1)
    ).one_or_none()
    return Anchor(row.seq, row.mac) if row else EMPTY


def write(
    connection: Connection,
    at: datetime,
    staff_id: str,
    action: str,
    about: str = "",
    detail: dict[str, object] | None = None,
) -> Anchor:
    """Add one line.

    :param about: identifier of the pupil, form, guardian, …; never a name
    :param detail: counts, codes and identifiers; never a personal value
    """
    last = anchor(connection)
    row = {
        "seq": last.seq + 1,
        "at": at.isoformat(),
        "staff_id": staff_id,
        "action": action,
        "about": about,
        "detail": json.dumps(detail or {}, sort_keys=True),
    }
    mac = _mac(_key(connection), last.mac, row)
    connection.execute(sa.insert(audit).values(**row, mac=mac))
    return Anchor(last.seq + 1, mac)


def problems(connection: Connection, expected: tuple[Anchor, ...] = ()) -> list[int]:
    """Numbers of the lines that do not fit the chain, and of missing anchors; [] is whole."""
    key = _key(connection)
    anchors: dict[int, set[str]] = {}
    for each in expected:
        if each.seq:
            anchors.setdefault(each.seq, set()).add(each.mac)
    last, found = EMPTY, []
    for row in connection.execute(sa.select(audit).order_by(audit.c.seq)).mappings():
        fits = row["seq"] == last.seq + 1 and hmac.compare_digest(
            row["mac"], _mac(key, last.mac, dict(row))
        )
        if not fits or anchors.pop(row["seq"], {row["mac"]}) != {row["mac"]}:
            found.append(row["seq"])
        last = Anchor(row["seq"], row["mac"])
    return found + sorted(anchors)


def _key(connection: Connection) -> bytes:
    query = sa.select(meta.c.value).where(meta.c.key == AUDIT_KEY)
    return bytes.fromhex(connection.execute(query).scalar_one())


def _mac(key: bytes, before: str, row: dict[str, object]) -> str:
    names = ("seq", "at", "staff_id", "action", "about", "detail")
    text = json.dumps([before, *(row[name] for name in names)], separators=(",", ":"))
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
