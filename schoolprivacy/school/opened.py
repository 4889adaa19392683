"""One opened school file: made, opened by somebody, locked."""

from __future__ import annotations

import contextlib
import os
import tempfile
import uuid
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

import sqlalchemy as sa

from schoolprivacy.clock import Clock, SystemClock
from schoolprivacy.errors import FileError, UnlockError
from schoolprivacy.school.keyring import Keyring, announced
from schoolprivacy.school.session import PAPER_KEY, NewStaff, Session, StaffMember
from schoolprivacy.vault import audit, database, upgrade
from schoolprivacy.vault.files import flush_folder
from schoolprivacy.vault.keys import SCHOOL_COST, Cost, KeyFile, new_database_key, new_paper_key
from schoolprivacy.vault.lock import WriterLock
from schoolprivacy.vault.opening import settle
from schoolprivacy.vault.tables import meta, staff

BAD_PLACE = {"file.full", "file.read_only", "file.unreachable", "backup.not_written"}
"""Said of the folder where a school is made or unpacked, it would name a scratch folder."""


class School(Keyring):
    """An opened school file. Use it with ``with``: leaving locks it."""

    is_demo: bool
    """The made-up school to practise in."""

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
            if error.key in BAD_PLACE:
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
            change = announced(session)
            everybody = session.execute(sa.select(staff)).all()
            self._start = session.anchor()
            self.is_demo = session.is_demo
        known = {row.public_key: row for row in everybody if row.public_key}
        if change and change.public_key:  # true as soon as it lies in keys.json
            known.setdefault(
                change.public_key, next(row for row in everybody if row.id == change.member)
            )
        row = known.get(public_key)
        if self._keys.public_keys() - known.keys() or row is None:
            # Nobody knows this key, or a slot borrowed the public key of somebody else.
            raise FileError("file.planted_key", place=self.folder)
        if change and not change.public_key and row.id == change.member:
            raise UnlockError("unlock.wrong")  # is being removed
        self.who = StaffMember(row.id, row.name, row.role)
        if not self.read_only:
            if change:
                self._finish(change)
            self._keys.mend(self.folder)

    def _bring_up_to_date(self) -> None:
        with self._raw() as raw:
            (version,) = raw.execute("PRAGMA user_version").fetchone()
            if version == database.SCHEMA_VERSION:
                return
            if self.read_only:
                raise FileError("file.older_read_only", place=self.folder)
        with self._engine.connect() as connection:
            self._start = audit.anchor(connection)
        self.back_up_before(f"versie-{database.SCHEMA_VERSION}")
        self._engine.dispose()
        with (
            self._translated(),
            closing(database.connect(self._path, self._key, migrating=True)) as raw,
        ):
            upgrade.upgrade(raw)

    def lock(self) -> None:
        """Close, and bring the newest backup to the second place.

        :raises FileError: the work is stored and the file is closed, but the backup did not
            succeed or the second place is absent
        """
        self.close(copying=True)

    def close(self, *, copying: bool = False) -> None:
        """Forget the key and let the next one write; makes the day's backup when something changed.

        :param copying: also bring the newest backup to the second place
        :raises FileError: the work is stored, but the backup did not succeed
        """
        if not self._key:  # closed before
            return
        try:
            if self._lock and self._lock.still_ours():
                with self.reading() as session:
                    changed = session.anchor() != self._start
                if changed:
                    self._automatic_backup()
                if copying:
                    self._copy_to_second_place()
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
