"""Passphrases of the people who work in the school file."""

from __future__ import annotations

import sqlalchemy as sa

from schoolprivacy.access.terms import Role
from schoolprivacy.errors import RefusedError
from schoolprivacy.school import PAPER_KEY, School, StaffMember
from schoolprivacy.vault.tables import staff


def people(school: School) -> list[StaffMember]:
    """Everybody with a passphrase, the paper key not among them."""
    query = sa.select(staff).where(staff.c.role != PAPER_KEY).order_by(staff.c.name)
    with school.reading() as session:
        return [StaffMember(row.id, row.name, row.role) for row in session.execute(query)]


def change_own_passphrase(school: School, passphrase: str) -> None:
    """Give oneself a new passphrase; the old one stops working.

    :raises RefusedError: the file was opened with the paper key, which is renewed, not changed
    :raises KnownError: too short, or in use by somebody else
    """
    if school.who.role == PAPER_KEY:
        raise RefusedError("passphrase.paper_key")
    school.set_passphrase(school.who.id, passphrase)


def reset_passphrase(school: School, member_id: str, passphrase: str) -> None:
    """Give a colleague who forgot theirs a new passphrase; for the director and the paper key.

    :raises RefusedError: somebody else asks for it
    :raises KnownError: too short, or in use by somebody else
    """
    if school.who.role not in (Role.DIRECTOR, PAPER_KEY):
        raise RefusedError("passphrase.not_allowed")
    school.set_passphrase(member_id, passphrase)
