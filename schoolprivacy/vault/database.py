"""The SQLCipher database: one way to open it, one way to name what is wrong with it."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterator
from pathlib import Path, PurePath
from typing import Any
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine
from sqlcipher3 import dbapi2 as sqlcipher

from schoolprivacy.errors import FileError, InUseError, KnownError
from schoolprivacy.vault.files import reachable

DATA = "data.db"
APPLICATION_ID = 0x53434850  # "SCHP"
SCHEMA_VERSION = 1
PAGE_BYTES = 4096

_KEY = re.compile(r"[0-9a-f]{64}")
# Writes by these verbs would loosen the append-only trail; only a migration may use them.
_REFUSED = {
    sqlcipher.SQLITE_DROP_TABLE,
    sqlcipher.SQLITE_DROP_TRIGGER,
    sqlcipher.SQLITE_DROP_INDEX,
    sqlcipher.SQLITE_ALTER_TABLE,
    sqlcipher.SQLITE_ATTACH,
    sqlcipher.SQLITE_CREATE_TRIGGER,
}

_CHANGES = (sqlcipher.SQLITE_INSERT, sqlcipher.SQLITE_UPDATE, sqlcipher.SQLITE_DELETE)
_WRITES = "writes"  # option of a transaction; on a connection, how it was last set
_REFUSED_PRAGMAS = {"writable_schema", "schema_version"}

_SETTINGS = (
    "cipher_log_level=NONE",
    "cipher_memory_security=ON",
    "temp_store=MEMORY",  # FILE wrote plain text to /var/tmp
    "foreign_keys=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "mmap_size=0",
    "cache_size=-16000",
    "cache_spill=OFF",  # a large change would lock readers out before it is committed
    "synchronous=EXTRA",  # of simulated power cuts, DELETE with EXTRA lost no commit
    "fullfsync=ON",
)
"""Of every connection, as pragmas."""

RawConnection = Any  # sqlcipher3 ships no types
SqliteError: type[Exception] = sqlcipher.Error


def connect(
    path: Path, key: str, *, read_only: bool = False, migrating: bool = False, salt: str = ""
) -> RawConnection:
    """Open the encrypted file, checked to be a database of this program before any write.

    :param key: 64 hex characters; fewer would silently become a passphrase
    :param salt: 32 hex characters, only for a file whose own first 16 bytes are lost
    :raises FileError: missing, damaged, of another program, or made by a newer version
    """
    if not _KEY.fullmatch(key):
        raise ValueError("a database key is 64 hex characters")
    _check_size(path)
    mode = "ro" if read_only else "rw"  # never "rwc": a missing file is an error, not a new one
    with translated(path):
        connection = sqlcipher.connect(
            address(path.absolute(), mode),
            uri=True,
            isolation_level=None,
            timeout=5,
            check_same_thread=False,
        )
        try:
            _prepare(connection, key + salt)
            check_identity(connection)
        except BaseException:
            connection.close()
            raise
    if not migrating:
        connection.set_authorizer(_authorize)
    return connection


def make(path: Path, key: str) -> RawConnection:
    """Make an empty encrypted database; the caller runs the migrations on it."""
    path.touch(exist_ok=False)
    with translated(path):
        connection = sqlcipher.connect(
            address(path.absolute(), "rw"), uri=True, isolation_level=None, timeout=5
        )
        _prepare(connection, key)
        connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
    return connection


def address(path: PurePath, mode: str) -> str:
    """The URI of a file for SQLite, which takes no server in it: a share gets four slashes."""
    name = path.as_posix()
    start = "" if name.startswith("/") else "/"  # before a drive letter
    return f"file://{start}{quote(os.fsencode(name), safe='/:')}?mode={mode}"


def _prepare(connection: RawConnection, key: str) -> None:
    connection.set_key(f"x'{key}'")
    for pragma in _SETTINGS:
        connection.execute(f"PRAGMA {pragma}")


def _check_size(path: Path) -> None:
    """SQLite opens a file of 0 or 1 byte as an empty database: look before it does."""
    try:
        size = path.stat().st_size
    except FileNotFoundError:
        raise FileError("file.missing", place=path.parent) from None
    except OSError as error:
        raise FileError("file.unreachable", place=path.parent) from error
    if size < PAGE_BYTES or size % PAGE_BYTES:
        raise FileError("file.damaged", place=path.parent)
    with reachable(path.parent), path.open("rb") as file:
        if file.read(16).startswith(b"SQLite format 3"):
            raise FileError("file.not_ours", place=path.parent)


def may_be_ours(path: Path) -> bool:
    """Whether a file looks like an encrypted database, as far as can be seen without its key.

    :raises FileError: it is missing or cannot be read
    """
    try:
        _check_size(path)
    except FileError as error:
        if error.key in ("file.damaged", "file.not_ours"):
            return False
        raise
    return True


def check_identity(connection: RawConnection) -> None:
    """Read the schema (a wrong key shows only now) and see that the file is ours and not newer.

    :raises FileError: another program's, or a newer version's
    """
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if application != APPLICATION_ID:
        raise FileError("file.not_ours", place="")
    if version > SCHEMA_VERSION:
        raise FileError("file.newer", version=version, ours=SCHEMA_VERSION)


def _authorize(action: int, first: str | None, *_: object) -> int:
    if (
        action in _REFUSED
        or (action in _CHANGES and first == "sqlite_master")
        or (action == sqlcipher.SQLITE_PRAGMA and (first or "").lower() in _REFUSED_PRAGMAS)
    ):
        return int(sqlcipher.SQLITE_DENY)
    return int(sqlcipher.SQLITE_OK)


def engine_for(path: Path, key: str, *, read_only: bool) -> Engine:
    """An SQLAlchemy engine whose connections are each used by one thread at a time.

    A transaction that writes begins IMMEDIATE: it waits for its turn before it reads. Any other
    cannot write at all.
    """
    engine = sa.create_engine(
        "sqlite+pysqlite://",
        module=sqlcipher,
        creator=lambda: connect(path, key, read_only=read_only),
        poolclass=sa.pool.QueuePool,
        hide_parameters=True,  # an error would otherwise carry personal data
    )

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(_WRITES, False)
        if connection.info.get(_WRITES) != writes:  # setting it, SQLite forgets every statement
            connection.exec_driver_sql(f"PRAGMA query_only={'OFF' if writes else 'ON'}")
            connection.info[_WRITES] = writes
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def integrity_problems(connection: RawConnection) -> list[str]:
    """What SQLCipher and SQLite find wrong in the pages; [] is a whole file."""
    found = [row[0] for row in connection.execute("PRAGMA cipher_integrity_check")]
    if found:
        return found
    found = [row[0] for row in connection.execute("PRAGMA quick_check") if row[0] != "ok"]
    found += [f"{row[0]} {row[1]}" for row in connection.execute("PRAGMA foreign_key_check")]
    return found


def file_salt(connection: RawConnection) -> str:
    """The file's own 16-byte salt in hex; another one in every copy and after every rekey."""
    return str(connection.execute("PRAGMA cipher_salt").fetchone()[0])


def rekey(connection: RawConnection, key: str) -> None:
    """Encrypt every page anew. ``reset_key`` keeps the key out of SQL traces."""
    if not _KEY.fullmatch(key):
        raise ValueError("a database key is 64 hex characters")
    connection.reset_key(f"x'{key}'")


_FAULTS = {  # primary result code → our key
    "SQLITE_FULL": "file.full",
    "SQLITE_READONLY": "file.read_only",
    "SQLITE_BUSY": "file.busy",
    "SQLITE_LOCKED": "file.busy",
    "SQLITE_IOERR": "file.unreachable",
    "SQLITE_CANTOPEN": "file.unreachable",
    "SQLITE_CORRUPT": "file.damaged",
    "SQLITE_NOTADB": "file.damaged",
    "SQLITE_NOMEM": "unlock.no_memory",
}
_NAMES = {  # sqlcipher3's backup() gives SQLite's words without the code
    "database or disk is full": "SQLITE_FULL",
    "attempt to write a readonly database": "SQLITE_READONLY",
    "database is locked": "SQLITE_BUSY",
    "disk I/O error": "SQLITE_IOERR",
    "unable to open database file": "SQLITE_CANTOPEN",
    "database disk image is malformed": "SQLITE_CORRUPT",
    "file is not a database": "SQLITE_NOTADB",
}


@contextlib.contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn what SQLite says into what a school can do about it.

    :raises FileError: full, read-only, unreachable or damaged
    :raises InUseError: another program keeps the file busy
    """
    try:
        yield
    except (sqlcipher.Error, sa.exc.DBAPIError) as error:
        known = fault(getattr(error, "orig", error), path.parent)
        if known is None:
            raise
        raise known from None  # the chain would repeat the statement


def fault(error: object, place: Path) -> KnownError | None:
    """Our error for one of SQLite's, None when it is a bug of ours."""
    name = getattr(error, "sqlite_errorname", "") or _NAMES.get(str(error), "")
    key = next((key for code, key in _FAULTS.items() if name.startswith(code)), None)
    if key is None:
        return None
    family = InUseError if key == "file.busy" else FileError
    return family(key, place=place)
