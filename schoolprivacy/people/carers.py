"""Adding and changing guardians by hand; each action gives what takes it back."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace

import sqlalchemy as sa

from schoolprivacy.errors import RefusedError
from schoolprivacy.exchange.values import clean
from schoolprivacy.people import records
from schoolprivacy.people.addresses import ADDRESS
from schoolprivacy.people.entries import (
    FieldProblem,
    GuardianEntry,
    check_guardian,
    normal_guardian,
    refuse_problems,
)
from schoolprivacy.people.journal import Journal
from schoolprivacy.people.las import las_change, note_changes
from schoolprivacy.people.terms import Authority, AuthoritySource, Guardian, Guardianship, new_id
from schoolprivacy.people.undoing import Undo, close_change
from schoolprivacy.school import School, Session

_GUARDIAN_FIELDS = tuple(each.name for each in fields(Guardian) if each.name != "id")


@dataclass(frozen=True, slots=True)
class SharedGuardian:
    """A guardian the school knows already, and what they are to this child."""

    guardian_id: str
    relation: str = ""
    authority: Authority = Authority.UNKNOWN


def add_guardian_to(school: School, pupil_id: str, entry: GuardianEntry) -> Undo:
    """Add a guardian nobody knew yet to a child; ``Undo.about`` is the new guardian.

    :raises RefusedError: something in the entry cannot be stored
    """
    with school.transaction() as session:
        journal = Journal(session)
        guardian_id = add_carer(journal, pupil_id, entry)
        return close_change(journal, "guardian.added", guardian_id, pupil=pupil_id)


def link_guardian(school: School, pupil_id: str, shared: SharedGuardian) -> Undo:
    """Make a known guardian one of this child too, as with brothers and sisters.

    :raises RefusedError: the child has this guardian already
    """
    with school.transaction() as session:
        journal = Journal(session)
        share_guardian(journal, pupil_id, shared)
        return close_change(journal, "guardian.linked", shared.guardian_id, pupil=pupil_id)


def add_carer(journal: Journal, pupil_id: str, entry: GuardianEntry) -> str:
    """A new guardian of a child, within another action; gives the identifier.

    :raises RefusedError: something in the entry cannot be stored
    """
    refuse_problems(check_guardian(entry))
    entry = normal_guardian(entry)
    guardian = _guardian(new_id(), entry)
    journal.insert(records.guardian, [records.guardian_row(guardian)])
    journal.insert(records.guardian_phone, records.phone_rows(guardian))
    _link(journal, pupil_id, guardian, entry.relation, entry.authority)
    return guardian.id


def share_guardian(journal: Journal, pupil_id: str, shared: SharedGuardian) -> None:
    """Another child's guardian for this child too, within another action.

    :raises RefusedError: the child has this guardian already
    """
    if any(each.guardian.id == shared.guardian_id for each in _carers(journal.session, pupil_id)):
        raise RefusedError("guardian.linked_already")
    guardian = find_guardian(journal.session, shared.guardian_id)
    _link(journal, pupil_id, guardian, shared.relation, shared.authority)


def change_guardian(school: School, guardian_id: str, entry: GuardianEntry) -> Undo:
    """Let a guardian stand as typed, for every child; ``relation`` and ``authority`` do not count.

    :raises RefusedError: something in the entry cannot be stored, or a secret would be lifted by
        somebody who did not see it
    """
    with school.transaction() as session:
        journal = Journal(session)
        before = find_guardian(session, guardian_id)
        refuse_problems([*check_guardian(entry), *_lifted_unseen(before, entry)])
        after = _as_typed(before, normal_guardian(entry))
        journal.update(records.guardian, [records.guardian_row(after)])
        note_changes(journal, before, after)
        if before.phones != after.phones:
            table = records.guardian_phone
            journal.delete(table, table.c.guardian_id == guardian_id)
            journal.insert(table, records.phone_rows(after))
        changed = [n for n in _GUARDIAN_FIELDS if getattr(before, n) != getattr(after, n)]
        return close_change(journal, "guardian.changed", guardian_id, fields=changed)


def change_guardianship(
    school: School, pupil_id: str, guardian_id: str, relation: str, authority: Authority
) -> Undo:
    """Change what a guardian is to one child; authority that changes was noted by the office.

    :raises RefusedError: the child has no such guardian (any more)
    """
    with school.transaction() as session:
        journal = Journal(session)
        carers = _carers(session, pupil_id)
        link = next((each for each in carers if each.guardian.id == guardian_id), None)
        if link is None:
            raise RefusedError("guardian.unknown")
        source = link.authority_source if authority is link.authority else AuthoritySource.OFFICE
        changed = Guardianship(link.guardian, clean(relation), authority, source)
        journal.update(records.guardianship, [records.guardianship_row(pupil_id, changed)])
        return close_change(
            journal, "guardianship.changed", guardian_id, pupil=pupil_id, authority=authority.value
        )


def unlink_guardian(school: School, pupil_id: str, guardian_id: str) -> Undo:
    """End that a guardian is one of this child; who has no child at school is not kept.

    Only the history can still name them, in answers that were entered wrongly.

    :raises RefusedError: the guardian was asked something about this child, or decided: that must
        stay readable
    """
    with school.transaction() as session:
        journal = Journal(session)
        link = records.guardianship.c
        try:
            journal.delete(
                records.guardianship, link.pupil_id == pupil_id, link.guardian_id == guardian_id
            )
        except sa.exc.IntegrityError:  # the trigger guardian_who_was_asked_stays
            raise RefusedError("guardian.was_asked") from None
        elsewhere = sa.select(link.pupil_id).where(link.guardian_id == guardian_id).limit(1)
        if session.execute(elsewhere).one_or_none() is None:
            for table in (records.guardian_alias, records.guardian_phone, las_change):
                journal.delete(table, table.c.guardian_id == guardian_id)
            who = records.guardian.c.id == guardian_id
            with (
                contextlib.suppress(sa.exc.IntegrityError),  # named in what was entered wrongly
                session.connection.begin_nested(),
            ):
                journal.delete(records.guardian, who)
        return close_change(journal, "guardian.unlinked", guardian_id, pupil=pupil_id)


def find_guardian(session: Session, guardian_id: str) -> Guardian:
    """One guardian, by an identifier from this school file.

    :raises RefusedError: there is no such guardian (any more)
    """
    found = records.guardians(session, [guardian_id]).get(guardian_id)
    if found is None:
        raise RefusedError("guardian.unknown")
    return found


# — rows —


def _carers(session: Session, pupil_id: str) -> list[Guardianship]:
    return records.guardianships(session, [pupil_id]).get(pupil_id, [])


def _guardian(guardian_id: str, entry: GuardianEntry) -> Guardian:
    return Guardian(guardian_id, **{name: getattr(entry, name) for name in _GUARDIAN_FIELDS})


def _as_typed(before: Guardian, entry: GuardianEntry) -> Guardian:
    """What was hidden from who typed stays as it was."""
    after = _guardian(before.id, entry)
    if not entry.knows_address:
        after = replace(after, **{name: getattr(before, name) for name in ADDRESS})
    return after if entry.knows_phones else replace(after, phones=before.phones)


def _lifted_unseen(before: Guardian, entry: GuardianEntry) -> Iterable[FieldProblem]:
    if before.address_secret and not entry.address_secret and not entry.knows_address:
        yield FieldProblem("address_secret", "secret_unseen")
    if before.phone_secret and not entry.phone_secret and not entry.knows_phones:
        yield FieldProblem("phone_secret", "secret_unseen")


def _link(
    journal: Journal, pupil_id: str, guardian: Guardian, relation: str, authority: Authority
) -> None:
    known = authority is not Authority.UNKNOWN
    source = AuthoritySource.OFFICE if known else AuthoritySource.NONE
    link = Guardianship(guardian, clean(relation), authority, source)
    positions = sa.select(sa.func.max(records.guardianship.c.position)).where(
        records.guardianship.c.pupil_id == pupil_id
    )
    last = journal.session.execute(positions).scalar_one()
    position = 0 if last is None else last + 1
    row = records.guardianship_row(pupil_id, link) | {"position": position}
    journal.insert(records.guardianship, [row])
