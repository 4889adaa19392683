"""Who has a way in, and changing that; a crash between database and keys.json is mended.

What will happen to keys.json is announced in the database first, as the member and the new public
key; without a key the member is being removed. The next opening, or the next change of a key, lets
both follow: a new key that came to lie in keys.json counts, one that did not is forgotten; a
removal is always finished.
"""

from __future__ import annotations

import contextlib
import uuid
from contextlib import closing
from typing import NamedTuple

import sqlalchemy as sa

from schoolprivacy.errors import FileError, InUseError, UnlockError
from schoolprivacy.school.file import PENDING, OpenedFile
from schoolprivacy.school.session import PAPER_KEY, Session, StaffMember
from schoolprivacy.vault import database
from schoolprivacy.vault.keys import (
    KeyFile,
    new_database_key,
    new_paper_key,
    paper_groups,
)
from schoolprivacy.vault.tables import staff

_PROVEN = "paper_key_proven"  # holds the public key of the paper key that was typed in


class Announced(NamedTuple):
    """A change of keys.json that is under way.

    :param public_key: empty when the member is being removed
    """

    member: str
    public_key: str


def announced(session: Session) -> Announced | None:
    """The change of keys.json that was cut off, if any."""
    member, _, public = (session.fact(PENDING) or "").partition(" ")
    return Announced(member, public) if member else None


class Keyring(OpenedFile):
    """The keys of an opened file: one per person, and the paper key in the safe."""

    # — people —

    def set_passphrase(self, member: str, secret: str) -> None:
        """Give somebody a new passphrase; the old one stops working.

        :raises KnownError: too short, or somebody uses it already
        """
        self._settle()
        with self.reading() as session:
            old = _public_key(session, member)
        keys, public = self._keys.with_slot(secret, self._key)
        with self.transaction() as session:
            session.set_fact(PENDING, f"{member} {public}")
            session.audit("passphrase.set", member)
        self._switch_to(keys.without_slot(old), Announced(member, public))

    def add_member(self, name: str, role: str, secret: str) -> StaffMember:
        """Give somebody new an own way in.

        :raises KnownError: the passphrase is too short, or somebody uses it already
        """
        self._settle()
        member = StaffMember(uuid.uuid4().hex, name, role)
        keys, public = self._keys.with_slot(secret, self._key)
        with self.transaction() as session:
            session.execute(sa.insert(staff).values(id=member.id, name=name, role=role))
            session.set_fact(PENDING, f"{member.id} {public}")
            session.audit("person.added", member.id, role=role)
        self._switch_to(keys, Announced(member.id, public))
        return member

    def remove_member(self, member: str) -> None:
        """Take somebody's way in away and give the database a new key.

        What the passphrase opens is not even there in an older copy of keys.json. The others keep
        their passphrases. The name stays: it stands in the audit trail and the decisions.

        :raises FileError: not finished; it is at the next opening
        """
        self._settle()
        with self.transaction() as session:
            session.set_fact(PENDING, f"{member} ")
            session.audit("person.removing", member)
        self._finish(Announced(member, ""))

    def whose(self, secret: str) -> StaffMember:
        """Whose passphrase or paper key this is.

        :raises UnlockError: nobody's
        """
        public = self._keys.open(secret).public_key
        with self.reading() as session:
            row = session.execute(sa.select(staff).where(staff.c.public_key == public)).one()
        return StaffMember(row.id, row.name, row.role)

    # — the paper key —

    def propose_paper_key(self) -> str:
        """A new paper key to print; it opens nothing before it was activated."""
        return new_paper_key()

    def activate_paper_key(self, proposed: str, typed: str) -> None:
        """Let a printed paper key take the place of the one in the safe.

        The old one stops working, and so does every older copy of keys.json.

        :param typed: what somebody read from the paper
        :raises UnlockError: it is not what was printed; which groups, is named
        """
        check_typed(proposed, typed)
        self._settle()
        with self.reading() as session:
            query = sa.select(staff.c.id).where(staff.c.role == PAPER_KEY)
            member = session.execute(query).scalar_one()
        self.renew_database_key()  # first: when it fails, the key in the safe still works
        self.set_passphrase(member, proposed)
        self.mark_paper_key_proven()

    @property
    def paper_key_is_proven(self) -> bool:
        """Whether somebody typed the present paper key in from its paper."""
        with self.reading() as session:
            query = sa.select(staff.c.public_key).where(staff.c.role == PAPER_KEY)
            return bool(session.fact(_PROVEN) == session.execute(query).scalar_one())

    def mark_paper_key_proven(self) -> None:
        """Remember that the present paper key was typed in and is right."""
        with self.transaction() as session:
            query = sa.select(staff.c.public_key).where(staff.c.role == PAPER_KEY)
            session.set_fact(_PROVEN, session.execute(query).scalar_one())
            session.audit("paper_key.proven")

    # — the database key —

    def renew_database_key(self) -> None:
        """Encrypt everything with a new key: older copies of keys.json open nothing any more.

        :raises FileError: not finished; the passphrases still work
        """
        self._refuse_within_transaction()
        with self.transaction() as session:
            session.audit("database_key.renewed")
        self.back_up_before("nieuwe-sleutel")
        key = new_database_key()
        keys = self._keys.announcing(key)
        keys.write(self.folder)
        self._keys = keys
        with self._gate.shut():
            salt = self._rekey(key)
        self._keys = self._keys.renewed(key, salt)
        self._keys.write(self.folder)

    def _rekey(self, key: str) -> str:
        """Encrypt the database anew while nobody uses it; gives its new salt."""
        self._engine.dispose()
        with database.translated(self._path):
            with closing(database.connect(self._path, self._key, migrating=True)) as raw:
                database.rekey(raw, key)
            self._key = key
            self._engine = database.engine_for(self._path, key, read_only=False)
            with closing(database.connect(self._path, key)) as raw:
                return database.file_salt(raw)

    # — both sides of a change —

    def _refuse_within_transaction(self) -> None:
        """keys.json does not roll back: a key announced in a failed transaction locks all out."""
        if getattr(self._running, "session", None) is not None:
            raise AssertionError("keys are changed in transactions of their own")

    def _settle(self) -> None:
        """Finish what was cut off the last time, e.g. by a full disk."""
        self._refuse_within_transaction()
        with self.reading() as session:
            undone = announced(session)
        if undone:
            self._finish(undone)

    def _switch_to(self, keys: KeyFile, change: Announced) -> None:
        """Write keys.json with an announced new key.

        :raises FileError: it could not be written; the new key does not count
        """
        try:
            keys.write(self.folder)
        except FileError:
            keys = KeyFile.read(self.folder)  # the old one, or the new one without its spare
            if change.public_key not in keys.public_keys():
                with contextlib.suppress(FileError, InUseError):
                    self._finish(change)
                raise
        self._keys = keys
        # The new passphrase works from here on; what does not succeed now follows at the opening.
        with contextlib.suppress(FileError, InUseError):
            self._finish(change)

    def _finish(self, change: Announced) -> None:
        """Let the database follow what became of an announced change in keys.json."""
        if not change.public_key:
            self._finish_removal(change.member)
            return
        this = staff.c.id == change.member
        with self.transaction() as session:
            if change.public_key in self._keys.public_keys():
                session.execute(sa.update(staff).where(this).values(public_key=change.public_key))
            else:  # somebody new, whose key never came to lie in keys.json
                never = (this, staff.c.public_key.is_(None), staff.c.removed_on.is_(None))
                session.execute(sa.delete(staff).where(*never))
            session.drop_fact(PENDING)
            session.audit("passphrase.settled", change.member)

    def _finish_removal(self, member: str) -> None:
        self._check_writer()  # keys.json comes before any transaction that would see it
        with self.reading() as session:
            keys = self._keys.without_slot(_public_key(session, member))
        keys.write(self.folder)
        self._keys = keys
        self.renew_database_key()
        with self.transaction() as session:
            session.execute(
                sa.update(staff)
                .where(staff.c.id == member)
                .values(public_key=None, removed_on=self.clock.today().isoformat())
            )
            session.drop_fact(PENDING)
            session.audit("person.removed", member)


def check_typed(proposed: str, typed: str) -> None:
    """See that what was typed is what was printed.

    :raises UnlockError: groups are mistyped or missing
    """
    printed, read = paper_groups(proposed), paper_groups(typed)
    if read is None or printed is None:
        raise UnlockError("unlock.paper_incomplete")
    wrong = [str(n) for n, (a, b) in enumerate(zip(printed, read, strict=True), 1) if a != b]
    if wrong:
        raise UnlockError("unlock.paper_groups", groups=", ".join(wrong))


def _public_key(session: Session, member: str) -> str:
    query = sa.select(staff.c.public_key).where(staff.c.id == member)
    return session.execute(query).scalar_one() or ""
