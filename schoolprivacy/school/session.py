"""What one action may do with the school file, and who does it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.engine import Connection, CursorResult

from schoolprivacy.clock import Clock
from schoolprivacy.vault import audit
from schoolprivacy.vault.audit import Anchor
from schoolprivacy.vault.tables import meta

PAPER_KEY = "paper_key"  # role of the key in the safe
DEMO = "demo"  # a fact of the made-up school


@dataclass(frozen=True, slots=True)
class StaffMember:
    """Somebody who works in the school file, by role; the paper key in the safe is one too."""

    id: str
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class NewStaff:
    """A person who gets an own passphrase."""

    name: str
    role: str
    passphrase: str


NOBODY = StaffMember("", "", "")


class Session:
    """What one action may do with the school file; lives as long as the action."""

    def __init__(self, connection: Connection, who: StaffMember, clock: Clock) -> None:
        self.connection = connection
        self.who = who
        self.clock = clock
        self.audited = False

    def execute(
        self, statement: sa.Executable, rows: Sequence[dict[str, Any]] | None = None
    ) -> CursorResult[Any]:
        """Run one statement, or one statement for many rows."""
        return self.connection.execute(statement, rows)

    def audit(self, action: str, about: str = "", **detail: object) -> Anchor:
        """Say in the trail what was done, about which identifier; no personal values."""
        self.audited = True
        return audit.write(self.connection, self.clock.now(), self.who.id, action, about, detail)

    def anchor(self) -> Anchor:
        """Where the audit trail stands; printed on reports."""
        return audit.anchor(self.connection)

    def fact(self, key: str) -> str | None:
        """One of the facts about the school file itself, None when it was never set."""
        query = sa.select(meta.c.value).where(meta.c.key == key)
        return self.execute(query).scalar_one_or_none()

    def set_fact(self, key: str, value: str) -> None:
        """Set a fact about the school file itself; the caller audits."""
        new = insert(meta).values(key=key, value=value)
        self.execute(new.on_conflict_do_update(index_elements=["key"], set_={"value": value}))

    def drop_fact(self, key: str) -> None:
        """Forget a fact; the caller audits."""
        self.execute(sa.delete(meta).where(meta.c.key == key))

    @property
    def is_demo(self) -> bool:
        """Whether this is the made-up school to practise in."""
        return self.fact(DEMO) is not None
