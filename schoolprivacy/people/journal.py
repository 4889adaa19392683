"""Writing rows with a memory, so that a change can be undone without losing the audit trail."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa

from schoolprivacy.school import Session
from schoolprivacy.vault.tables import metadata

_Row = Mapping[str, Any]


class Journal:
    """Writes rows and remembers how each was, so that all of it can be taken back.

    Every step is about many rows of one table: what was inserted, as keys; what was updated or
    deleted, as it was before.
    """

    def __init__(self, session: Session) -> None:
        self.session = session
        self.steps: list[dict[str, Any]] = []

    def insert(self, table: sa.Table, rows: Iterable[_Row]) -> None:
        listed = [dict(row) for row in rows]
        if listed:
            self.session.execute(sa.insert(table), listed)
            self._note("insert", table, [{k: row[k] for k in _keys(table)} for row in listed])

    def update(self, table: sa.Table, rows: Iterable[_Row]) -> None:
        """Change rows that are there; each with its whole key."""
        listed = {_key_of(table, row): row for row in rows}
        if listed:
            first = table.primary_key.columns[0]
            query = sa.select(table).where(first.in_({key[0] for key in listed}))
            before = [dict(row) for row in self.session.execute(query).mappings()]
            self._note("update", table, [r for r in before if _key_of(table, r) in listed])
            _update(self.session, table, listed.values())

    def delete(self, table: sa.Table, *where: sa.ColumnElement[bool]) -> None:
        rows = [
            dict(row) for row in self.session.execute(sa.select(table).where(*where)).mappings()
        ]
        if rows:
            self.session.execute(sa.delete(table).where(*where))
            self._note("delete", table, rows)

    def _note(self, verb: str, table: sa.Table, rows: list[dict[str, Any]]) -> None:
        self.steps.append({"verb": verb, "table": table.name, "rows": rows})


def take_back(session: Session, step: Mapping[str, Any]) -> None:
    """Put rows back as they were; take the steps in reverse."""
    table, rows = metadata.tables[step["table"]], step["rows"]
    if step["verb"] == "insert":
        session.execute(sa.delete(table).where(*_is_row(table)), [_bound(table, r) for r in rows])
    elif step["verb"] == "delete":
        session.execute(sa.insert(table), rows)
    else:
        _update(session, table, rows)


def _update(session: Session, table: sa.Table, rows: Iterable[_Row]) -> None:
    session.execute(
        sa.update(table).where(*_is_row(table)), [{**row, **_bound(table, row)} for row in rows]
    )


def _keys(table: sa.Table) -> list[str]:
    return [column.name for column in table.primary_key]


def _key_of(table: sa.Table, row: _Row) -> tuple[Any, ...]:
    return tuple(row[name] for name in _keys(table))


def _is_row(table: sa.Table) -> list[sa.ColumnElement[bool]]:
    return [table.c[name] == sa.bindparam(f"key_{name}") for name in _keys(table)]


def _bound(table: sa.Table, row: _Row) -> dict[str, Any]:
    return {f"key_{name}": row[name] for name in _keys(table)}
