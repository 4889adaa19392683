"""Migrations: all or nothing, after a backup; the tables in Python are the tables on disk."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from schoolprivacy.consents import records as consents
from schoolprivacy.people import records as people
from schoolprivacy.school import School, restore
from schoolprivacy.vault import database, upgrade
from schoolprivacy.vault.backup import FOLDER, read_manifest
from schoolprivacy.vault.keys import new_database_key
from schoolprivacy.vault.tables import metadata
from tests.vault.schools import DIRECTOR, Made, change, phone, refused

NEXT = database.SCHEMA_VERSION + 1
REBUILD = f"""
-- A table is rebuilt, as SQLite wants it. Its children must survive that.
CREATE TABLE new_pupil (
    id          TEXT PRIMARY KEY NOT NULL,
    call_name   TEXT NOT NULL,
    prefix      TEXT NOT NULL,
    surname     TEXT NOT NULL,
    given_names TEXT NOT NULL,
    born_on     TEXT,
    came_on     TEXT,
    left_on     TEXT,
    nickname    TEXT NOT NULL DEFAULT 'a;b'
) STRICT;
INSERT INTO new_pupil (id, call_name, prefix, surname, given_names, born_on, came_on, left_on)
SELECT id, call_name, prefix, surname, given_names, born_on, came_on, left_on FROM pupil;
DROP TABLE pupil;
ALTER TABLE new_pupil RENAME TO pupil;
CREATE TRIGGER pupil_is_never_renumbered BEFORE UPDATE OF id ON pupil
BEGIN SELECT RAISE(ABORT, 'no; never'); END;
-- {NEXT}
"""


@pytest.fixture
def migrations(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with the real migrations, in which a test puts one more."""
    folder = tmp_path / "migrations"
    folder.mkdir()
    for _, path in upgrade.migrations():
        (folder / path.name).write_bytes(path.read_bytes())
    return folder


def bring(migrations: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on the program is a version newer."""
    (migrations / f"{NEXT:04d}_next.sql").write_text(script)
    monkeypatch.setattr(upgrade, "_MIGRATIONS", migrations)
    monkeypatch.setattr(database, "SCHEMA_VERSION", NEXT)


def enrol(made: Made) -> None:
    with made.open() as school, school.transaction() as session:
        session.execute(
            sa.text("INSERT INTO pupil VALUES ('p', 'Jip', '', '', '', NULL, NULL, NULL)")
        )
        session.execute(sa.text("INSERT INTO placement VALUES ('p', 2026, '3', NULL)"))
        session.audit("test")


# — the files —


def test_migrations_are_numbered_without_gaps() -> None:
    assert [number for number, _ in upgrade.migrations()] == list(
        range(1, database.SCHEMA_VERSION + 1)
    )


@pytest.mark.parametrize("path", [path for _, path in upgrade.migrations()], ids=lambda p: p.stem)
def test_every_statement_of_a_migration_runs(path: Path) -> None:
    """What follows the last semicolon would be left out without a word."""
    script = path.read_text(encoding="utf-8")
    left = script.removeprefix("".join(upgrade._statements(script)))
    assert not [line for line in left.splitlines() if line and not line.startswith("--")]


def test_a_migration_whose_end_is_missing_is_a_bug_that_shows() -> None:
    with pytest.raises(ValueError, match="semicolon"):
        list(upgrade._statements("CREATE TABLE a (x);\nCREATE TABLE b (x)\n-- forgotten"))
    assert list(upgrade._statements("CREATE TABLE a (x);\n-- only a remark\n")) == [
        "CREATE TABLE a (x);\n"
    ]


# — the tables in Python —


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sa.Inspector]:
    """The real tables of a file made just now."""
    path = tmp_path_factory.mktemp("fresh") / "data.db"
    key = new_database_key()
    with closing(database.make(path, key)) as raw:
        upgrade.upgrade(raw)
    engine = database.engine_for(path, key, read_only=True)
    yield sa.inspect(engine)
    engine.dispose()


STORED_AS = {
    sa.Text: "TEXT",
    sa.String: "TEXT",
    sa.Integer: "INTEGER",
    sa.Boolean: "INTEGER",
    sa.Float: "REAL",
    sa.LargeBinary: "BLOB",
}


def stored_as(kind: Any) -> str:
    return next(name for family, name in STORED_AS.items() if isinstance(kind, family))


def test_all_tables_are_known_in_python(fresh: sa.Inspector) -> None:
    assert {consents.decision.metadata, people.pupil.metadata} == {metadata}
    assert set(fresh.get_table_names()) == set(metadata.tables)


@pytest.mark.parametrize("name", sorted(metadata.tables))
def test_a_table_in_python_is_the_table_on_disk(fresh: sa.Inspector, name: str) -> None:
    table = metadata.tables[name]
    real = {
        column["name"]: (str(column["type"]), column["nullable"])
        for column in fresh.get_columns(name)
    }
    said = {column.name: (stored_as(column.type), column.nullable) for column in table.columns}
    assert said == real
    assert [column.name for column in table.columns] == list(real)
    primary = fresh.get_pk_constraint(name)["constrained_columns"]
    assert [column.name for column in table.primary_key] == primary


@pytest.mark.parametrize("name", sorted(metadata.tables))
def test_every_foreign_key_said_in_python_is_there(fresh: sa.Inspector, name: str) -> None:
    """Python need not repeat them, but what it says must be so."""
    real = {
        (tuple(key["constrained_columns"]), key["referred_table"], tuple(key["referred_columns"]))
        for key in fresh.get_foreign_keys(name)
    }
    said = {
        (
            tuple(column.name for column in key.columns),
            key.referred_table.name,
            tuple(element.column.name for element in key.elements),
        )
        for key in metadata.tables[name].foreign_key_constraints
    }
    assert said <= real


def test_every_table_is_strict_and_every_foreign_key_points_somewhere(
    fresh: sa.Inspector,
) -> None:
    for name in fresh.get_table_names():
        for key in fresh.get_foreign_keys(name):
            assert key["referred_table"] in metadata.tables
    with fresh.engine.connect() as connection:  # type: ignore[union-attr]
        rows = connection.execute(sa.text("SELECT name, strict FROM pragma_table_list")).all()
    strict = {row.name for row in rows if row.strict}
    assert strict == set(metadata.tables)


# — running one —


def test_a_migrated_file_is_as_a_fresh_one(
    made: Made, migrations: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    enrol(made)
    bring(migrations, REBUILD, monkeypatch)
    with made.open() as school:
        with school._raw() as raw:
            assert upgrade.schema(raw) == upgrade.fresh_schema()
            assert raw.execute("PRAGMA user_version").fetchone() == (NEXT,)
            assert raw.execute("PRAGMA foreign_keys").fetchone() == (1,)
        assert school.problems() == []
        with school.reading() as session:
            assert session.execute(sa.text("SELECT nickname FROM pupil")).scalars().all() == ["a;b"]
            assert session.execute(sa.text("SELECT pupil_id FROM placement")).scalar_one() == "p"
        change(school, "0201234567")


def test_a_backup_of_the_old_version_is_made_first(
    made: Made, migrations: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(migrations, REBUILD, monkeypatch)
    made.open().lock()
    (before,) = (made.folder / FOLDER).glob(f"*-voor-versie-{NEXT}.schoolbackup")
    assert read_manifest(before).schema == NEXT - 1


def test_without_a_backup_nothing_is_migrated(
    made: Made, migrations: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (made.folder / FOLDER).write_text("a file where the folder should be")
    bring(migrations, REBUILD, monkeypatch)
    before = made.sound()
    assert refused(made.open) == "backup.not_written"
    assert made.sound() == before


def test_an_old_file_opened_to_read_is_not_migrated(
    made: Made, migrations: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(migrations, REBUILD, monkeypatch)
    before = made.content()
    assert refused(made.open, read_only=True) == "file.older_read_only"
    assert made.content() == before


def test_a_damaged_file_is_not_migrated(
    made: Made, migrations: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = bytearray(made.data.read_bytes())
    content[-100] ^= 1
    made.data.write_bytes(content)
    bring(migrations, REBUILD, monkeypatch)
    assert refused(made.open) == "file.damaged"
    assert made.data.read_bytes() == content


@pytest.mark.parametrize(
    "script",
    [
        "DELETE FROM pupil;\n",  # leaves a placement of nobody
        "CREATE TABLE t (x);\nDROP TABLE placement;\nINSERT INTO nowhere VALUES (1);\n",
        "CREATE TABLE t (x);\nINSERT INTO profile SELECT * FROM profile;\n",
        "CREATE TABLE t (x);\nthis is no SQL;\n",
        "CREATE TABLE t (x);\nDELETE FROM audit;\n",
    ],
)
def test_a_migration_that_fails_leaves_everything_as_it_was(
    made: Made, migrations: Path, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    enrol(made)
    before = made.sound()
    with pytest.MonkeyPatch.context() as patch:
        bring(migrations, script, patch)
        assert refused(made.open) == "file.upgrade_failed"
        assert made.sound() == before
    with made.open() as school:  # with the older program
        assert school.problems() == []
        with school.reading() as session:
            assert session.execute(sa.text("SELECT pupil_id FROM placement")).scalar_one() == "p"


def test_a_full_disk_while_migrating_leaves_everything_as_it_was(
    made: Made, migrations: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = database.connect

    def small(*given: Any, **named: Any) -> Any:
        raw = connect(*given, **named)
        if named.get("migrating"):
            (pages,) = raw.execute("PRAGMA page_count").fetchone()
            raw.execute(f"PRAGMA max_page_count={pages + 1}")
        return raw

    before = made.data.read_bytes()
    with pytest.MonkeyPatch.context() as patch:
        bring(
            migrations, f"CREATE TABLE t (x);\nINSERT INTO t VALUES (zeroblob({10**6}));\n", patch
        )
        patch.setattr(database, "connect", small)
        assert refused(made.open) == "file.full"
    assert made.data.read_bytes() == before
    bring(migrations, REBUILD, monkeypatch)
    with made.open() as school:
        assert phone(school) == ""


def test_an_old_backup_is_migrated_when_it_is_put_back(
    made: Made, migrations: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    enrol(made)
    with made.open() as school:
        school.back_up(tmp_path / "old.schoolbackup")
    bring(migrations, REBUILD, monkeypatch)
    restore(tmp_path / "old.schoolbackup", tmp_path / "back", DIRECTOR, made.clock)
    with School.open(tmp_path / "back", DIRECTOR, made.clock) as school:
        assert school.problems() == []


def test_nothing_runs_twice(made: Made) -> None:
    with made.raw() as raw:
        assert upgrade.upgrade(raw) is False
