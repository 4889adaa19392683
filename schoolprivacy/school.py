"""One opened school file: create, open, transaction, backup, restore, lock."""

from __future__ import annotations

import contextlib
import itertools
import os
import tempfile
import threading
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import sqlalchemy as sa
from sqlalchemy.engine import Connection, CursorResult

from schoolprivacy.clock import Clock, SystemClock
from schoolprivacy.errors import FileError, InUseError, KnownError, RefusedError
from schoolprivacy.vault import audit, backup, database, upgrade
from schoolprivacy.vault.audit import Anchor
from schoolprivacy.vault.files import flush_folder
from schoolprivacy.vault.keys import (
    KEYS,
    KEYS_SPARE,
    SCHOOL_COST,
    Cost,
    KeyFile,
    new_database_key,
    new_paper_key,
)
from schoolprivacy.vault.lock import WriterLock
from schoolprivacy.vault.opening import settle
from schoolprivacy.vault.tables import meta, staff

PAPER_KEY = "paper_key"  # role of the key in the safe
_PENDING = "pending_public_key"

# Said of the folder where a school is made or a backup unpacked, it would name a scratch folder.
_BAD_PLACE = {"file.full", "file.read_only", "file.unreachable", "backup.not_written"}
_BAD_BACKUP = {
    "file.damaged",
    "file.keys_damaged",
    "file.missing",
    "file.not_ours",
    "file.planted_key",
}


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


class School:
    """An opened school file. Use it with ``with``: leaving locks it."""

    def __init__(
        self, folder: Path, keys: KeyFile, key: str, clock: Clock, lock: WriterLock | None
    ) -> None:
        self.folder = folder
        self.clock = clock
        self.who: StaffMember
        self._keys = keys
        self._key = key
        self._running = threading.local()  # the transaction of this thread
        self._lock = lock
        self._path = folder / database.DATA
        self._engine = database.engine_for(self._path, key, read_only=lock is None)
        self._file = _file_at(self._path)
        self._start = audit.EMPTY

    # — making and opening —

    @classmethod
    def create(
        cls,
        folder: Path,
        people: Sequence[NewStaff],
        furnish: Callable[[Session], None],
        clock: Clock | None = None,
        cost: Cost = SCHOOL_COST,
    ) -> tuple[School, str]:
        """Make a new school file; gives it opened by the first of the people, and the paper key.

        It is made beside its place and moved there whole.

        :param furnish: puts the first content in, in the transaction that makes the school
        :raises FileError: something is there already, or the place cannot be written in
        :raises KnownError: a passphrase is too short or used twice
        """
        if not people:
            raise ValueError("a school file needs somebody who opens it")
        folder = folder.absolute()
        paper_key = new_paper_key()
        try:
            if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
                raise FileError("file.exists", place=folder)
            folder.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".new-") as scratch:
                made = Path(scratch) / "school"
                made.mkdir(mode=0o700)
                staffed = [*people, NewStaff("Papieren sleutel", PAPER_KEY, paper_key)]
                with database.translated(made / database.DATA):
                    _fill(made, staffed, furnish, clock or SystemClock(), cost)
                if folder.exists():
                    folder.rmdir()
                made.rename(folder)
                flush_folder(folder.parent)
        except OSError as error:
            raise FileError("file.not_made", place=folder) from error
        except FileError as error:
            if error.key in _BAD_PLACE:
                raise FileError("file.not_made", place=folder) from error
            raise
        return cls.open(folder, people[0].passphrase, clock), paper_key

    @classmethod
    def open(
        cls,
        folder: Path,
        secret: str,
        clock: Clock | None = None,
        *,
        read_only: bool = False,
        take_over: bool = False,
    ) -> School:
        """Open a school file with a passphrase or the paper key.

        :param read_only: look only; works beside another writer and on read-only media
        :param take_over: somebody decided by hand that the present writer is gone
        :raises UnlockError: wrong passphrase or paper key
        :raises FileError: missing, damaged, newer, unreachable
        :raises InUseError: somebody else is writing; open it read-only instead
        """
        clock = clock or SystemClock()
        folder = folder.absolute()  # the working folder of the program may change
        if not folder.is_dir():
            raise FileError("file.missing", place=folder)
        keys = KeyFile.read(folder)
        opened = keys.open(secret)
        lock = None if read_only else WriterLock(folder, clock)
        if lock:
            lock.acquire(take_over=take_over)
        try:
            keys, key = settle(folder, keys, opened, read_only=read_only)
            school = cls(folder, keys, key, clock, lock)
            school._enter(opened.public_key)
        except BaseException:
            if lock:
                lock.release()
            raise
        return school

    def _enter(self, public_key: str) -> None:
        """Check the whole file and find out who opened it."""
        with self._raw() as raw:
            if database.integrity_problems(raw):
                raise FileError("file.damaged", place=self.folder)
        self._bring_up_to_date()
        with self.reading() as session:
            pending = _pending(session)
            known = {row.public_key: row for row in session.execute(sa.select(staff))}
            self._start = session.anchor()
        if self._keys.public_keys() - known.keys() - {(pending or "").partition(" ")[2]}:
            raise FileError("file.planted_key", place=self.folder)
        if pending and not self.read_only:
            self._finish_pending(pending)
            return self._enter(public_key)
        row = known.get(public_key)
        if row is None and pending:  # read-only: the new key is true, its owner not yet written
            row = next(row for row in known.values() if row.id == pending.partition(" ")[0])
        if row is None:  # its slot borrowed the public key of somebody else
            raise FileError("file.planted_key", place=self.folder)
        self.who = StaffMember(row.id, row.name, row.role)
        if not self.read_only:
            self._keys.mend(self.folder)
        return None

    def _bring_up_to_date(self) -> None:
        with self._raw() as raw:
            (version,) = raw.execute("PRAGMA user_version").fetchone()
            if version == database.SCHEMA_VERSION:
                return
            if self.read_only:
                raise FileError("file.older_read_only", place=self.folder)
        with self._engine.connect() as connection:
            self._start = audit.anchor(connection)
        self._automatic_backup(f"-voor-versie-{database.SCHEMA_VERSION}")
        self._engine.dispose()
        with (
            self._translated(),
            closing(database.connect(self._path, self._key, migrating=True)) as raw,
        ):
            upgrade.upgrade(raw)

    # — working —

    @property
    def read_only(self) -> bool:
        return self._lock is None

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Look at one consistent state."""
        with self._translated(), self._engine.connect() as connection, connection.begin():
            yield Session(connection, getattr(self, "who", _NOBODY), self.clock)

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """Change something: all of it or nothing, and a line in the audit trail.

        Inside another transaction of the same thread it joins that one, so that several actions
        can be done together or not at all.

        :raises RefusedError: the file was opened read-only
        :raises InUseError: the lock was taken over
        :raises FileError: the disk is full, gone or damaged; nothing was stored
        """
        if self._lock is None:
            raise RefusedError("file.opened_read_only")
        outer: Session | None = getattr(self._running, "session", None)
        if outer is not None:
            yield outer
            return
        with self._translated():
            self._lock.check()
        with self._translated(), self._engine.connect() as plain:
            connection = plain.execution_options(writes=True)
            with connection.begin():
                session = Session(connection, self.who, self.clock)
                self._running.session = session
                try:
                    yield session
                finally:
                    self._running.session = None
                if not session.audited:
                    raise AssertionError("a change without a line in the audit trail")

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            with database.translated(self._path):
                yield
        except FileError as error:
            self._engine.dispose()  # after CORRUPT or IOERR a connection stays broken
            opened, self._file = self._file, _file_at(self._path)
            if error.key == "file.read_only" and self._file != opened:
                # SQLite refuses to write in a file that was removed or replaced under our hands.
                raise FileError("file.unreachable", place=self.folder) from None
            raise

    @contextmanager
    def _raw(self) -> Iterator[database.RawConnection]:
        with self._translated(), closing(self._engine.raw_connection()) as pooled:
            yield pooled.driver_connection

    # — keys —

    def set_passphrase(self, member: str, secret: str) -> None:
        """Give somebody a new passphrase; the old one stops working.

        A crash between the database and keys.json is mended at the next opening: the new public
        key is announced in the database before it lies in keys.json.

        :raises KnownError: too short, or somebody uses it already
        """
        self._refuse_within_transaction()
        with self.reading() as session:
            undone = _pending(session)
        if undone:  # a full disk was in the way of the last time
            self._finish_pending(undone)
        with self.reading() as session:
            old = session.execute(
                sa.select(staff.c.public_key).where(staff.c.id == member)
            ).scalar_one()
        keys, public = self._keys.with_slot(secret, self._key)
        keys = keys.without_slot(old)
        pending = f"{member} {public}"
        with self.transaction() as session:
            session.execute(sa.insert(meta).values(key=_PENDING, value=pending))
            session.audit("passphrase.set", member)
        try:
            keys.write(self.folder)
        except FileError:
            keys = KeyFile.read(self.folder)  # the old one, or the new one without its spare
            if public not in keys.public_keys():
                with contextlib.suppress(FileError, InUseError):
                    self._finish_pending(pending)
                raise
        self._keys = keys
        # The new passphrase works from here on; what does not succeed now follows at the opening.
        with contextlib.suppress(FileError, InUseError):
            self._finish_pending(pending)

    def _refuse_within_transaction(self) -> None:
        """keys.json does not roll back: a key announced in a failed transaction locks all out."""
        if getattr(self._running, "session", None) is not None:
            raise AssertionError("keys are changed in transactions of their own")

    def _finish_pending(self, pending: str) -> None:
        """Let the database follow what became of an announced key in keys.json."""
        member, _, public = pending.partition(" ")
        who = getattr(self, "who", None)
        self.who = who or StaffMember(member, "", "")
        with self.transaction() as session:
            if public in self._keys.public_keys():
                session.execute(
                    sa.update(staff).where(staff.c.id == member).values(public_key=public)
                )
            session.execute(sa.delete(meta).where(meta.c.key == _PENDING))
            session.audit("passphrase.settled", member)

    def renew_paper_key(self) -> str:
        """Make a new paper key for the safe.

        The old one stops working, and so does every older copy of keys.json.
        """
        self._refuse_within_transaction()
        with self.reading() as session:
            member = session.execute(
                sa.select(staff.c.id).where(staff.c.role == PAPER_KEY)
            ).scalar_one()
        self._renew_database_key()  # first: when it fails, the key in the safe still works
        paper_key = new_paper_key()
        self.set_passphrase(member, paper_key)
        return paper_key

    def _renew_database_key(self) -> None:
        key = new_database_key()
        with self.transaction() as session:
            session.audit("database_key.renewed")
        self._automatic_backup("-voor-nieuwe-sleutel")
        keys = self._keys.announcing(key)
        keys.write(self.folder)
        self._keys = keys
        self._engine.dispose()
        with database.translated(self._path):
            with closing(database.connect(self._path, self._key, migrating=True)) as raw:
                database.rekey(raw, key)
            self._key = key
            self._engine = database.engine_for(self._path, key, read_only=False)
            with closing(database.connect(self._path, key)) as raw:
                salt = database.file_salt(raw)
        self._keys = self._keys.renewed(key, salt)
        self._keys.write(self.folder)

    # — safety —

    def back_up(self, target: Path) -> Anchor:
        """Write a verified backup file; gives where the audit trail stood.

        :raises FileError: it could not be written; an older file of that name is still there
        """
        with self.reading() as session:
            end = session.anchor()
        with self._raw() as raw:
            backup.make(raw, self._keys, self._key, target, self.clock.now(), end)
        return end

    def back_up_before(self, what: str) -> None:
        """The automatic backup before something large, e.g. ``import``."""
        self._automatic_backup(f"-voor-{what}")

    def _automatic_backup(self, label: str = "") -> None:
        folder = self.folder / backup.FOLDER
        try:
            folder.mkdir(exist_ok=True, mode=0o700)
        except OSError as error:
            raise FileError("backup.not_written", place=folder) from error
        self.back_up(backup.automatic_name(folder, self.clock.today(), label))
        backup.prune(folder)

    def problems(self) -> list[KnownError]:
        """What is wrong with the pages, audit trail, schema and keys; [] is in order."""
        found: list[KnownError] = []
        with self._raw() as raw:
            if database.integrity_problems(raw):
                return [FileError("file.damaged", place=self.folder)]
            if database.file_salt(raw) != self._keys.database_salt:
                found.append(FileError("verify.salt"))
            schema = upgrade.schema(raw)
        if schema != upgrade.fresh_schema():
            found.append(FileError("verify.schema"))
        with self.reading() as session:
            lines = audit.problems(session.connection, backup.anchors(self.folder / backup.FOLDER))
            known = {row.id: row.public_key for row in session.execute(sa.select(staff))}
            member, _, announced = (_pending(session) or "").partition(" ")
        if lines:
            found.append(FileError("verify.audit", lines=", ".join(map(str, lines[:10]))))
        if announced in self._keys.public_keys():
            known[member] = announced
        if set(known.values()) != self._keys.public_keys():
            found.append(FileError("verify.keys"))
        if not self._keys.is_whole(self.folder):
            found.append(FileError("verify.keys_copy"))
        return found

    def lock(self) -> None:
        """Forget the key and let the next one write; makes the day's backup when something changed.

        :raises FileError: the work is stored, but the backup did not succeed
        """
        try:
            if self._lock and self._lock.still_ours():
                with self.reading() as session:
                    changed = session.anchor() != self._start
                if changed:
                    self._automatic_backup()
        finally:
            self._engine.dispose()
            self._key = ""
            self._engine = database.engine_for(self._path, "", read_only=True)  # opens nothing
            if self._lock:
                self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is None:
            self.lock()
            return
        with contextlib.suppress(FileError):  # what went wrong first is what is told
            self.lock()


_NOBODY = StaffMember("", "", "")


def _file_at(path: Path) -> tuple[int, int] | None:
    """Which file lies there: another one after it was replaced."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _pending(session: Session) -> str | None:
    """The announced key: of whom, and its public half."""
    query = sa.select(meta.c.value).where(meta.c.key == _PENDING)
    return session.execute(query).scalar_one_or_none()


def _fill(
    folder: Path,
    people: Sequence[NewStaff],
    furnish: Callable[[Session], None],
    clock: Clock,
    cost: Cost,
) -> None:
    key, keys = new_database_key(), KeyFile.new(cost)
    path = folder / database.DATA
    with closing(database.make(path, key)) as raw:
        upgrade.upgrade(raw)
        keys = replace(keys, database_salt=database.file_salt(raw))
    rows = []
    for person in people:
        keys, public = keys.with_slot(person.passphrase, key)
        rows.append(
            {"id": uuid.uuid4().hex, "name": person.name, "role": person.role, "public_key": public}
        )
    engine = database.engine_for(path, key, read_only=False)
    with engine.connect() as plain:
        connection = plain.execution_options(writes=True)
        with connection.begin():
            first = rows[0]
            session = Session(
                connection, StaffMember(first["id"], first["name"], first["role"]), clock
            )
            audit_key = {"key": audit.AUDIT_KEY, "value": os.urandom(32).hex()}
            session.execute(sa.insert(meta).values(**audit_key))
            session.execute(sa.insert(staff), rows)
            session.audit("school.created", staff=[row["id"] for row in rows])
            furnish(session)
    engine.dispose()
    keys.write(folder)


def restore(file: Path, folder: Path, secret: str, clock: Clock | None = None) -> Path | None:
    """Put a backup in place, after it was proven to open with this passphrase or paper key.

    What was there is renamed aside, never deleted; gives where it is now.

    :raises UnlockError: the passphrase or paper key does not open this backup
    :raises FileError: the backup is missing or damaged, or the place cannot be written in
    :raises InUseError: somebody is writing in the school that would be replaced
    """
    clock = clock or SystemClock()
    folder = folder.absolute()
    if not _may_be_replaced(folder):
        raise FileError("backup.not_a_school", place=folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".restore-") as scratch:
            made = Path(scratch) / "school"
            made.mkdir(mode=0o700)
            _prove(file, made, secret, clock)
            aside = _moved_aside(folder, clock) if folder.exists() else None
            try:
                made.rename(folder)
            except OSError:
                if aside:
                    aside.rename(folder)
                raise
            flush_folder(folder.parent)
            return aside
    except OSError as error:
        raise FileError("backup.not_restored", place=folder) from error
    except FileError as error:
        if error.key in _BAD_BACKUP:
            raise FileError("backup.damaged", place=file) from error
        if error.key in _BAD_PLACE:
            raise FileError("backup.not_restored", place=folder) from error
        raise


def _may_be_replaced(folder: Path) -> bool:
    """Nothing, an empty folder, or a school; never a folder with something else in it."""
    if not folder.is_dir():
        return not folder.exists()
    parts = (KEYS, KEYS_SPARE, database.DATA)
    return not any(folder.iterdir()) or any((folder / part).is_file() for part in parts)


def _prove(file: Path, made: Path, secret: str, clock: Clock) -> None:
    """Unpack a backup and see that it opens, is whole and has the audit trail it names."""
    manifest = backup.unpack(file, made)
    KeyFile.read(made).write(made)  # also makes the spare copy
    with School.open(made, secret, clock) as school:
        with school.reading() as session:
            lines = audit.problems(session.connection, (manifest.anchor,))
        if lines:
            raise FileError("backup.damaged", place=file)
        with school.transaction() as session:
            session.audit("school.restored", made_at=manifest.made_at)


def _moved_aside(folder: Path, clock: Clock) -> Path | None:
    """Rename what stands in the way; an empty folder needs no keeping."""
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        return None
    named = f"{folder.name} van voor {clock.now():%Y-%m-%d %H%M%S}"
    aside = folder.with_name(named)
    for number in itertools.count(2):
        if not aside.exists():
            break
        aside = folder.with_name(f"{named} ({number})")
    if (folder / KEYS).exists():
        lock = WriterLock(folder, clock)
        lock.acquire()
        lock.release()
    folder.rename(aside)
    return aside
