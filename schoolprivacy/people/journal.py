"""Writing rows with a memory, so that an import can be undone without losing the audit trail."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa

from schoolprivacy.school import Session
from schoolprivacy.vault.tables import metadata


class Journal:
    """Writes rows and remembers how each was, so that all of it can be taken back."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.steps: list[dict[str, Any]] = []

    def insert(self, table: sa.Table, rows: Iterable[Mapping[str, Any]]) -> None:
        listed = [dict(row) for row in rows]
        if not listed:
            return
        self.session.execute(sa.insert(table), listed)
        keys = [column.name for column in table.primary_key]
        self.steps += [
            {"table": table.name, "key": {k: row[k] for k in keys}, "before": None}
            for row in listed
        ]

    def update(self, table: sa.Table, key: Mapping[str, Any], values: Mapping[str, Any]) -> None:
        before = self.session.execute(sa.select(table).filter_by(**key)).mappings().one()
        self.steps.append({"table": table.name, "key": dict(key), "before": dict(before)})
        self.session.execute(sa.update(table).filter_by(**key).values(**values))

    def delete(self, table: sa.Table, key: Mapping[str, Any]) -> None:
        rows = self.session.execute(sa.select(table).filter_by(**key)).mappings().all()
        names = [column.name for column in table.primary_key]
        self.steps += [
            {"table": table.name, "key": {k: row[k] for k in names}, "before": dict(row)}
            for row in rows
        ]
        self.session.execute(sa.delete(table).filter_by(**key))


def undo(session: Session, step: Mapping[str, Any]) -> None:
    """Put one row back as it was; take the steps in reverse."""
    table = metadata.tables[step["table"]]
    now = session.execute(sa.select(table).filter_by(**step["key"])).one_or_none()
    if step["before"] is None:
        session.execute(sa.delete(table).filter_by(**step["key"]))
    elif now is None:
        session.execute(sa.insert(table).values(**step["before"]))
    else:
        session.execute(sa.update(table).filter_by(**step["key"]).values(**step["before"]))
