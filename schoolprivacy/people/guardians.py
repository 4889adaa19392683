"""Finding and adding the people who sign for a child."""

from __future__ import annotations

import re
from collections.abc import Sequence

import sqlalchemy as sa

from schoolprivacy.errors import RefusedError
from schoolprivacy.exchange.names import split_name
from schoolprivacy.exchange.roster import RosterGuardian
from schoolprivacy.people import records
from schoolprivacy.people.matching import same_guardian_name
from schoolprivacy.people.names import full_name, plain
from schoolprivacy.people.rules import authority_after_declaration
from schoolprivacy.people.terms import (
    Authority,
    AuthoritySource,
    Guardian,
    Guardianship,
    new_id,
)
from schoolprivacy.school import Session

_LONGEST_NAME = 100
_LETTERS = re.compile(r"(?:[^\W\d_]|[ .,'’()/-])+")


def find_guardian(carers: Sequence[Guardianship], name: str) -> Guardianship | None:
    """The guardian of a child whom a written name means; None when nobody has it.

    :raises RefusedError: the name fits two of them
    """
    exact = [each for each in carers if plain(name) in _ways_of_writing(each.guardian)]
    parts = split_name(name)
    row = RosterGuardian(
        initials=parts.initials,
        call_name=parts.call_name,
        prefix=parts.prefix,
        surname=parts.surname,
    )
    called = parts.initials or parts.call_name
    found = exact or [each for each in carers if called and same_guardian_name(row, each.guardian)]
    if not found and not called:  # "mevrouw De Wit": only when one guardian is called so
        surname = plain(f"{parts.prefix} {parts.surname}")
        found = [
            each
            for each in carers
            if surname and plain(f"{each.guardian.prefix} {each.guardian.surname}") == surname
        ]
    if len(found) > 1:
        raise RefusedError("guardian.two", name=name)
    return found[0] if found else None


def _ways_of_writing(guardian: Guardian) -> set[str]:
    surname = f"{guardian.prefix} {guardian.surname}"
    return {
        plain(text)
        for text in (
            full_name(guardian),
            f"{guardian.initials} {surname}",
            f"{guardian.initials} {guardian.call_name} {surname}",
            guardian.institution,
        )
    } - {""}


def add_guardian(
    session: Session,
    pupil_id: str,
    name: str,
    declared: Authority | None,
    capacity: str = "",
) -> str:
    """Make a guardian of somebody who signed and was not known; the caller audits.

    :param declared: what they declared about their authority on the form
    :param capacity: what they are to the child, as they wrote it
    :returns: identifier of the new guardian
    :raises RefusedError: no surname in the name, or it is no name at all
    """
    parts = split_name(name)
    if not _is_name(name, parts.surname):
        raise RefusedError("guardian.name", name=name[:_LONGEST_NAME])
    guardian = Guardian(
        new_id(),
        initials=parts.initials,
        call_name=parts.call_name,
        prefix=parts.prefix,
        surname=parts.surname,
    )
    session.execute(sa.insert(records.guardian).values(**records.guardian_row(guardian)))
    last = sa.select(sa.func.max(records.guardianship.c.position)).where(
        records.guardianship.c.pupil_id == pupil_id
    )
    behind = session.execute(last).scalar_one()
    session.execute(
        sa.insert(records.guardianship).values(
            pupil_id=pupil_id,
            guardian_id=guardian.id,
            position=0 if behind is None else behind + 1,
            relation=capacity.strip()[:_LONGEST_NAME],
            authority=(declared or Authority.UNKNOWN).value,
            authority_source=(AuthoritySource.FORM if declared else AuthoritySource.NONE).value,
        )
    )
    return guardian.id


def _is_name(name: str, surname: str) -> bool:
    """Letters, of some length, and more than a lone ``van``."""
    only_prefix = plain(split_name(f"{surname} Naam").prefix) == plain(surname)
    return (
        len(plain(surname)) > 1
        and not only_prefix
        and len(name) <= _LONGEST_NAME
        and _LETTERS.fullmatch(name) is not None
    )


def settle_authority(
    session: Session, pupil_id: str, signer: Guardianship, declared: Authority | None
) -> Authority:
    """Let a signed declaration settle what was unknown; gives the authority that now holds."""
    authority = authority_after_declaration(signer.authority, declared)
    if authority is not signer.authority:
        table = records.guardianship
        session.execute(
            sa.update(table)
            .where(table.c.pupil_id == pupil_id, table.c.guardian_id == signer.guardian.id)
            .values(authority=authority.value, authority_source=AuthoritySource.FORM.value)
        )
    return authority
