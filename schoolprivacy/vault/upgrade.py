"""Numbered SQL files make and change the tables; SQLite's ``user_version`` says which ran."""

from __future__ import annotations

import sqlite3  # only complete_statement: it knows where a trigger ends
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from schoolprivacy.errors import FileError
from schoolprivacy.vault.database import DATA, RawConnection, SqliteError, fault, make
from schoolprivacy.vault.keys import new_database_key

_MIGRATIONS = Path(__file__).parent / "migrations"


def migrations() -> list[tuple[int, Path]]:
    """All migrations by number."""
    return sorted((int(path.name[:4]), path) for path in _MIGRATIONS.glob("[0-9]*.sql"))


def upgrade(connection: RawConnection) -> bool:
    """Run what has not run yet, each in a transaction of its own; True when something ran.

    Foreign keys are off before BEGIN (a rebuilt table would otherwise take its children along)
    and checked before COMMIT. The caller made a backup first.

    :raises FileError: a migration failed or left a dangling reference; nothing of it was kept
    """
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    todo = [(number, path) for number, path in migrations() if number > version]
    connection.execute("PRAGMA foreign_keys=OFF")
    for number, path in todo:
        connection.execute("BEGIN IMMEDIATE")
        try:
            for statement in _statements(path.read_text(encoding="utf-8")):
                connection.execute(statement)
            if connection.execute("PRAGMA foreign_key_check").fetchall():
                raise FileError("file.upgrade_failed", version=number)
            connection.execute(f"PRAGMA user_version={number}")
            connection.execute("COMMIT")
        except BaseException as error:
            if connection.in_transaction:  # a full disk rolled it back already
                connection.execute("ROLLBACK")
            if isinstance(error, SqliteError) and fault(error, _MIGRATIONS) is None:
                raise FileError("file.upgrade_failed", version=number) from error
            raise
    connection.execute("PRAGMA foreign_keys=ON")
    return bool(todo)


def schema(connection: RawConnection) -> list[str]:
    """The tables, indexes and triggers as SQL, in a fixed order, to hold two files together."""
    rows = connection.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    return sorted(f"{kind} {name} {' '.join(sql.split())}" for kind, name, sql in rows)


def fresh_schema() -> list[str]:
    """The schema of a file that was made just now."""
    with (
        tempfile.TemporaryDirectory() as scratch,
        closing(make(Path(scratch) / DATA, new_database_key())) as connection,
    ):
        upgrade(connection)
        return schema(connection)


def _statements(script: str) -> Iterator[str]:
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            yield pending
            pending = ""
    if any(line.strip() and not line.startswith("--") for line in pending.splitlines()):
        raise ValueError("the last statement has no semicolon")
