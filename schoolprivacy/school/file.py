"""The opened file: reading, changing it all or nothing, backing it up, checking it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import sqlalchemy as sa

from schoolprivacy.clock import Clock
from schoolprivacy.errors import FileError, KnownError, RefusedError
from schoolprivacy.school.gate import Gate
from schoolprivacy.school.session import NOBODY, Session, StaffMember
from schoolprivacy.vault import audit, backup, database, kept_backups, upgrade
from schoolprivacy.vault.audit import Anchor
from schoolprivacy.vault.keys import KeyFile
from schoolprivacy.vault.lock import WriterLock
from schoolprivacy.vault.tables import staff

PENDING = "pending_public_key"
_BACKUP_PLACE, _BACKUP_FOLDER = "backup_place", "backup_folder"


class OpenedFile:
    """The encrypted file with the key that opens it; School adds who may do so."""

    def __init__(
        self, folder: Path, keys: KeyFile, key: str, clock: Clock, lock: WriterLock | None
    ) -> None:
        self.folder = folder
        self.clock = clock
        self.who: StaffMember
        self._keys = keys
        self._key = key
        self._running = threading.local()  # the transaction of this thread
        self._gate = Gate()
        self._lock = lock
        self._path = folder / database.DATA
        self._engine = database.engine_for(self._path, key, read_only=lock is None)
        self._file = _file_at(self._path)
        self._start = audit.EMPTY
        self._checked_backups: kept_backups.Checked = {}

    @property
    def read_only(self) -> bool:
        return self._lock is None

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Look at one consistent state."""
        with self._translated(), self._engine.connect() as connection, connection.begin():
            yield Session(connection, getattr(self, "who", NOBODY), self.clock)

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """Change something: all of it or nothing, and a line in the audit trail.

        Inside another transaction of the same thread it is a part of that one, so that several
        actions can be done together or not at all; what fails leaves nothing of its own.

        :raises RefusedError: the file was opened read-only
        :raises InUseError: the lock was taken over
        :raises FileError: the disk is full, gone or damaged; nothing was stored
        """
        outer: Session | None = getattr(self._running, "session", None)
        if outer is not None:
            with _part_of(outer):
                yield outer
            return
        self._check_writer()
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

    def _check_writer(self) -> None:
        """See that writing is ours.

        :raises RefusedError: the file was opened read-only
        :raises InUseError: the lock was taken over
        """
        if self._lock is None:
            raise RefusedError("file.opened_read_only")
        with self._translated():
            self._lock.check()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            with self._gate.passed(), database.translated(self._path):
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

    # — backups —

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
        self.back_up(kept_backups.automatic_name(folder, self.clock.today(), label))
        kept_backups.prune(folder)

    def backup_place(self) -> Path | None:
        """The second place for backups: a folder on a stick or a share, which may be absent."""
        with self.reading() as session:
            place = session.fact(_BACKUP_PLACE)
        return Path(place) if place else None

    def set_backup_place(self, place: Path | None) -> None:
        """Choose the second place, None for no second place.

        It is kept in the school file, so that every computer knows of it and the choice stands in
        the audit trail. The backups get a folder of their own there, with a random mark: the
        backups of two schools on one stick never replace one another.

        :raises FileError: it is no folder that is there now, or lies in the school folder itself
        """
        if place is not None:
            place = place.absolute()
            if not place.is_dir() or place.resolve().is_relative_to(self.folder.resolve()):
                raise FileError("backup.no_place", place=place)
        with self.transaction() as session:
            session.set_fact(_BACKUP_PLACE, str(place or ""))
            if place is not None and session.fact(_BACKUP_FOLDER) is None:
                session.set_fact(_BACKUP_FOLDER, kept_backups.new_second_folder())
            session.audit("backup_place.set", chosen=place is not None)

    def last_backup(self) -> kept_backups.BackupSeen | None:
        """The newest good automatic backup, here or at the second place when that is reachable.

        Each is read whole once, and again when it changed.
        """
        places = filter(None, (self.folder / backup.FOLDER, self._second_folder()))
        return kept_backups.newest(places, self._checked_backups)

    def _second_folder(self) -> Path | None:
        place = self.backup_place()
        if place is None:
            return None
        with self.reading() as session:
            return place / str(session.fact(_BACKUP_FOLDER))

    def _copy_to_second_place(self) -> None:
        """Bring the newest automatic backup to the second place, when there is one.

        :raises FileError: it is absent, full or not to be written in
        """
        there = self._second_folder()
        if there is None:
            return
        newest = kept_backups.newest([self.folder / backup.FOLDER])
        if newest is None:
            return
        if not there.parent.is_dir():
            raise FileError("backup.place_absent", place=there.parent)
        kept_backups.copy(newest.path, there)
        kept_backups.prune(there)

    # — checking —

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
            lines = audit.problems(
                session.connection, kept_backups.anchors(self.folder / backup.FOLDER)
            )
            known = {row.id: row.public_key for row in session.execute(sa.select(staff))}
            member, _, announced = (session.fact(PENDING) or "").partition(" ")
        if lines:
            found.append(FileError("verify.audit", lines=", ".join(map(str, lines[:10]))))
        if announced in self._keys.public_keys():
            known[member] = announced
        if set(filter(None, known.values())) != self._keys.public_keys():
            found.append(FileError("verify.keys"))
        if not self._keys.is_whole(self.folder):
            found.append(FileError("verify.keys_copy"))
        return found


@contextmanager
def _part_of(outer: Session) -> Iterator[None]:
    """A part that fails is taken out of the whole, with its line in the audit trail."""
    audited = outer.audited
    try:
        with outer.connection.begin_nested():
            yield
    except BaseException:
        outer.audited = audited
        raise


def _file_at(path: Path) -> tuple[int, int] | None:
    """Which file lies there: another one after it was replaced."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
