"""The pitfalls of SQLCipher: keys that are none, files that are none, plaintext that leaks."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath
from typing import Any

import pytest
import sqlalchemy as sa

from schoolprivacy.errors import FileError, InUseError
from schoolprivacy.school import School
from schoolprivacy.vault import database
from schoolprivacy.vault.keys import new_database_key
from tests.vault.schools import NAME, Made, change, phone, program, refused, renew_paper_key

KEY = "ab" * 32


# — keys —


@pytest.mark.parametrize(
    "key",
    ["", "a" * 63, "a" * 65, "g" * 64, "A" * 64, "a" * 64 + "\n", "een wachtzin", "'" + "a" * 63],
)
def test_what_sqlcipher_would_take_for_a_passphrase_is_no_key(made: Made, key: str) -> None:
    with pytest.raises(ValueError, match="64 hex"):
        database.connect(made.data, key)
    with made.raw() as raw, pytest.raises(ValueError, match="64 hex"):
        database.rekey(raw, key)


def test_raw_bytes_are_no_key(made: Made) -> None:
    with pytest.raises(TypeError):
        database.connect(made.data, os.urandom(32))  # type: ignore[arg-type]


def test_a_new_key_is_a_key_and_never_the_same() -> None:
    keys = {new_database_key() for _ in range(50)}
    assert len(keys) == 50
    assert all(database._KEY.fullmatch(key) for key in keys)


def test_the_raw_key_opens_without_key_derivation(made: Made, tmp_path: Path) -> None:
    """SQLCipher derives a key from a passphrase in 256,000 rounds; a raw key skips all of them."""

    def took(what: Callable[[], Any]) -> float:
        start = time.perf_counter()
        what().close()
        return time.perf_counter() - start

    def derived() -> Any:
        connection = database.sqlcipher.connect(str(tmp_path / "derived.db"))
        connection.set_key("een wachtzin")
        connection.execute("CREATE TABLE IF NOT EXISTS t (x)")
        return connection

    key = made.database_key
    raw = statistics.median(took(lambda: database.connect(made.data, key)) for _ in range(5))
    assert raw < statistics.median(took(derived) for _ in range(3)) / 3


def test_a_wrong_raw_key_shows_at_opening(made: Made) -> None:
    before = made.content()
    assert refused(database.connect, made.data, KEY) == "file.damaged"
    assert made.content() == before


def test_the_key_is_never_seen_in_a_trace(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    statements: list[str] = []
    connect = database.sqlcipher.connect

    def traced(*given: Any, **named: Any) -> Any:
        connection = connect(*given, **named)
        connection.set_trace_callback(statements.append)
        return connection

    monkeypatch.setattr(database.sqlcipher, "connect", traced)
    old = made.database_key
    with made.open() as school:
        change(school, "0201234567")
        renew_paper_key(school)
    new = made.database_key
    seen = "\n".join(statements).lower()
    assert "pragma temp_store" in seen  # the trace works
    assert old not in seen
    assert new not in seen


# — nothing readable —


def test_no_file_is_ever_a_plain_database(made: Made, tmp_path: Path) -> None:
    with closing(database.make(tmp_path / "new.db", KEY)) as raw:
        raw.execute("CREATE TABLE t (x)")
    with made.open() as school:
        change(school, "0201234567")
        school.back_up(tmp_path / "one.schoolbackup")
    for path in tmp_path.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert b"SQLite format 3" not in content, path
            assert b"CREATE TABLE" not in content, path
            assert NAME.encode() not in content, path
            assert b"0201234567" not in content, path


def test_a_journal_holds_nothing_readable(made: Made) -> None:
    with made.raw() as raw:
        raw.execute("BEGIN IMMEDIATE")
        raw.execute("UPDATE profile SET phone = 'kanarie0'")
        raw.execute("UPDATE meta SET value = value || 'kanarie1'")
        journal = made.folder / "data.db-journal"
        assert journal.stat().st_size > 0
        for content in (journal.read_bytes(), made.data.read_bytes()):
            assert b"kanarie" not in content.lower()
        raw.execute("ROLLBACK")


def test_sorting_much_writes_no_temporary_file(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A temporary file is unlinked at once, but it changes its folder's time."""
    place = tmp_path / "temporary"
    place.mkdir()
    for name in ("SQLITE_TMPDIR", "TMPDIR"):
        monkeypatch.setenv(name, str(place))
    source = f"""
import os, sys
from pathlib import Path
from schoolprivacy.vault import database
place = Path({str(place)!r})
with_files = sys.argv[1:] == ["files"]
connection = database.connect(Path({str(made.data)!r}), {made.database_key!r})
def sort():
    os.utime(place, ns=(0, 0))
    connection.execute(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30000) "
        "SELECT i, hex(randomblob(400)) AS r FROM n ORDER BY r").fetchone()
    return place.stat().st_mtime_ns != 0
connection.execute("PRAGMA cache_size=-100")
safe = sort()
connection.execute("PRAGMA temp_store=FILE")  # the control: this is what must not happen
print(safe, sort())
"""
    done = program(source)
    assert done.stdout.split() == ["False", "True"], done.stderr


def test_core_dumps_are_off_after_main_starts() -> None:
    source = """
import resource
resource.setrlimit(resource.RLIMIT_CORE, (resource.getrlimit(resource.RLIMIT_CORE)[1],) * 2)
from schoolprivacy import __main__, commands
commands.run = lambda given: print(resource.getrlimit(resource.RLIMIT_CORE)) or 0
__main__.main(["status", "nowhere"])
"""
    done = program(source)
    assert done.stdout.strip() == "(0, 0)", done.stderr


def test_an_error_carries_no_personal_data(school: School) -> None:
    with pytest.raises(sa.exc.DBAPIError) as caught, school.transaction() as session:
        session.execute(
            sa.text("INSERT INTO staff (id, name, role) VALUES (:a, 'x', 'y')"),
            [{"a": "kanarie"}],
        )
    assert "kanarie" not in str(caught.value)


# — settings of a connection —


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("temp_store", 2),
        ("foreign_keys", 1),
        ("trusted_schema", 0),
        ("cell_size_check", 1),
        ("cache_size", -16000),
        ("synchronous", 3),
        ("fullfsync", 1),
        ("journal_mode", "delete"),
        ("cipher_memory_security", "1"),
        ("cipher_page_size", "4096"),
        ("application_id", database.APPLICATION_ID),
    ],
)
def test_how_a_connection_is_set(made: Made, pragma: str, value: object) -> None:
    with made.raw(migrating=False) as raw:
        assert raw.execute(f"PRAGMA {pragma}").fetchone() == (value,)


def test_a_missing_file_is_never_made(made: Made) -> None:
    made.data.unlink()
    assert refused(made.open) == "file.missing"
    assert refused(database.connect, made.data, KEY) == "file.missing"
    assert not made.data.exists()


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        (PurePosixPath("/home/a b/50% #1?/é"), "file:///home/a%20b/50%25%20%231%3F/%C3%A9"),
        (PureWindowsPath(r"C:\Users\Jip\school"), "file:///C:/Users/Jip/school"),
        (PureWindowsPath(r"\\server\deel\school"), "file:////server/deel/school"),
    ],
)
def test_the_address_of_a_file(path: PurePath, uri: str) -> None:
    assert database.address(path, "ro") == f"{uri}?mode=ro"


# — reading cannot write —


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE profile SET phone = 'x'",
        "INSERT INTO meta VALUES ('a', 'b')",
        "DELETE FROM form",
        "PRAGMA user_version = 7",
    ],
)
@pytest.mark.parametrize("read_only", [False, True])
def test_a_reading_session_cannot_write(made: Made, statement: str, read_only: bool) -> None:
    before = made.sound()
    with made.open(read_only=read_only) as school:
        with pytest.raises(FileError) as caught, school.reading() as session:
            session.execute(sa.text(statement))
        assert caught.value.key == "file.read_only"
        assert phone(school) == ""
    assert made.sound() == before


def test_a_transaction_can_write_after_a_reading_session_on_the_same_connection(
    school: School,
) -> None:
    for number in "0612345678", "0687654321":
        phone(school)
        change(school, number)
        assert phone(school) == number


def test_a_reading_session_cannot_write_after_a_transaction_on_the_same_connection(
    school: School,
) -> None:
    change(school, "0612345678")
    with pytest.raises(FileError) as caught, school.reading() as session:
        session.execute(sa.text("UPDATE profile SET phone = 'x'"))
    assert caught.value.key == "file.read_only"
    change(school, "0687654321")
    assert phone(school) == "0687654321"


# — what SQLite says —


@pytest.mark.parametrize(
    ("said", "family", "key"),
    [
        ("SQLITE_FULL", FileError, "file.full"),
        ("SQLITE_READONLY_ROLLBACK", FileError, "file.read_only"),
        ("SQLITE_BUSY_SNAPSHOT", InUseError, "file.busy"),
        ("SQLITE_IOERR_FSYNC", FileError, "file.unreachable"),
        ("SQLITE_CORRUPT", FileError, "file.damaged"),
        ("SQLITE_NOTADB", FileError, "file.damaged"),
    ],
)
def test_what_sqlite_says_becomes_what_a_school_can_do(said: str, family: type, key: str) -> None:
    class Said(Exception):
        sqlite_errorname = said

    known = database.fault(Said(), Path("place"))
    assert isinstance(known, family)
    assert known.key == key
    assert str(known)


def test_a_bug_of_ours_is_not_called_a_fault_of_the_disk(school: School) -> None:
    with pytest.raises(sa.exc.OperationalError), school.reading() as session:
        session.execute(sa.text("SELECT * FROM no_such_table"))
