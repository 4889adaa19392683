"""The people who work in the school file, their passphrases, and the key in the safe."""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa

from schoolprivacy.access.terms import Role
from schoolprivacy.errors import RefusedError, UnlockError
from schoolprivacy.paper.fonts import check
from schoolprivacy.school import PAPER_KEY, School, Session, StaffMember
from schoolprivacy.vault.tables import staff

_LONGEST_NAME = 60  # characters: what the foot of a page can hold


def people(school: School) -> list[StaffMember]:
    """Everybody with a passphrase, by name; the paper key and who was removed not among them."""
    with school.reading() as session:
        return _people(session)


def _people(session: Session) -> list[StaffMember]:
    query = (
        sa.select(staff)
        .where(staff.c.role != PAPER_KEY, staff.c.removed_on.is_(None))
        .order_by(staff.c.name)
    )
    return [StaffMember(row.id, row.name, row.role) for row in session.execute(query)]


# — passphrases —


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

    The database gets a new key too, so that with an older copy of keys.json the old passphrase
    opens nothing that is written from now on.

    :raises RefusedError: somebody else asks for it, or there is no such person
    :raises KnownError: too short, or in use by somebody else
    """
    if not _manages_people(school):
        raise RefusedError("passphrase.not_allowed")
    _find(school, member_id)
    school.set_passphrase(member_id, passphrase)
    school.renew_database_key()


# — people —


def add_person(school: School, name: str, role: Role, passphrase: str) -> StaffMember:
    """Let somebody work in the school file, with a passphrase of their own.

    :raises RefusedError: somebody else than a director asks for it, or there is no name
    :raises KnownError: the passphrase is too short, or in use by somebody else
    """
    _may_manage(school)
    return school.add_member(_checked_name(name), role, passphrase)


def rename_person(school: School, member_id: str, name: str) -> None:
    """Change the name by which colleagues know somebody.

    :raises RefusedError: somebody else than a director asks for it, no name, or no such person
    """
    _may_manage(school)
    name = _checked_name(name)
    _find(school, member_id)
    with school.transaction() as session:
        session.execute(sa.update(staff).where(staff.c.id == member_id).values(name=name))
        session.audit("person.renamed", member_id)
    _refresh_who(school, member_id)


def change_role(school: School, member_id: str, role: Role) -> None:
    """Give somebody another role.

    :raises RefusedError: somebody else than a director asks for it, no such person, or nobody
        would be director any more
    """
    _may_manage(school)
    _find(school, member_id)
    with school.transaction() as session:
        if role is not Role.DIRECTOR:
            _keep_a_director(session, member_id)
        session.execute(sa.update(staff).where(staff.c.id == member_id).values(role=role))
        session.audit("person.role", member_id, role=role)
    _refresh_who(school, member_id)


def remove_person(school: School, member_id: str) -> None:
    """Take somebody's way in away; the database gets a new key, the others keep their passphrases.

    The name stays where it stands in the audit trail and the decisions.

    :raises RefusedError: somebody else than a director asks for it, no such person, oneself, or
        nobody would be director any more
    :raises FileError: not finished; it is at the next opening
    """
    _may_manage(school)
    _find(school, member_id)
    with school.reading() as session:
        _keep_a_director(session, member_id)
    if member_id == school.who.id:  # who works in the file now cannot be shut out of it
        raise RefusedError("person.oneself")
    school.remove_member(member_id)


def _manages_people(school: School) -> bool:
    return school.who.role in (Role.DIRECTOR, PAPER_KEY)


def _may_manage(school: School) -> None:
    if not _manages_people(school):
        raise RefusedError("person.not_allowed")


def _checked_name(name: str) -> str:
    name = " ".join(name.split())
    if not name or len(name) > _LONGEST_NAME or not name.isprintable():
        raise RefusedError("person.name", most=_LONGEST_NAME)
    check(name, "de naam")  # it stands on every paper this person makes
    return name


def _find(school: School, member_id: str) -> StaffMember:
    found = next((each for each in people(school) if each.id == member_id), None)
    if found is None:
        raise RefusedError("person.unknown")
    return found


def _keep_a_director(session: Session, without: str) -> None:
    """Somebody must be able to manage the people without the key in the safe."""
    others = (each for each in _people(session) if each.id != without)
    if not any(each.role == Role.DIRECTOR for each in others):
        raise RefusedError("person.last_director")


def _refresh_who(school: School, member_id: str) -> None:
    """What somebody changed of themselves holds from now on."""
    if school.who.id == member_id:
        school.who = _find(school, member_id)


# — the key in the safe —


def paper_key_proven(school: School) -> bool:
    """Whether somebody typed the present paper key in from its paper."""
    return school.paper_key_is_proven


def print_recovery_sheet(
    school: School, sheet: bytes, deliver: Callable[[bytes], None], *, way: str
) -> None:
    """Hand the paper for the safe over; that it was made is written down.

    :param sheet: from ``papers.recovery_sheet``
    :param deliver: takes it; when that fails nothing is written down
    :param way: ``printed`` or ``saved``
    """
    with school.transaction() as session:
        session.audit("paper_key.printed", way=way)
        deliver(sheet)


def activate_paper_key(school: School, proposed: str, typed: str) -> None:
    """Let a printed paper key take the place of the one in the safe.

    :param proposed: from ``school.propose_paper_key()``
    :param typed: what somebody read from the paper
    :raises RefusedError: somebody else than a director asks for it
    :raises UnlockError: it is not what was printed; which groups, is named
    """
    _may_manage(school)
    school.activate_paper_key(proposed, typed)


def prove_paper_key(school: School, typed: str) -> None:
    """See that the paper in the safe opens this school, by what was typed from it.

    :raises UnlockError: it does not; mistyped groups are named
    """
    try:
        found = school.whose(typed)
    except UnlockError as error:
        if error.key != "unlock.wrong":
            raise
        raise UnlockError("unlock.paper_not_it") from None
    if found.role != PAPER_KEY:
        raise UnlockError("unlock.paper_not_it")
    school.mark_paper_key_proven()
