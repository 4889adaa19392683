"""Who gets data of children and is no processor: DUO, the samenwerkingsverband, the next school.

They answer for the data themselves (AVG 4(7)): there is no processing agreement; the law or a task
says that they get them. Parents read of them too (AVG 13(1)(e)).
"""

from __future__ import annotations

from collections.abc import Iterable

from schoolprivacy.access.matrix import require
from schoolprivacy.access.terms import Area, Right
from schoolprivacy.errors import RefusedError
from schoolprivacy.paper.dates import dutch_date
from schoolprivacy.people.names import plain
from schoolprivacy.people.records import iso
from schoolprivacy.people.terms import new_id
from schoolprivacy.people.undoing import Undo, close_change
from schoolprivacy.school import School, Session
from schoolprivacy.suppliers import reading, records
from schoolprivacy.suppliers.entries import LONGEST_NAME, checked_line, needed_line
from schoolprivacy.suppliers.products import begin
from schoolprivacy.suppliers.terms import Recipient, RecipientEntry


def add_recipient(school: School, entry: RecipientEntry) -> Undo:
    """Put a recipient on record; ``Undo.about`` is its identifier.

    :raises RefusedError: not with this role, a name, what or why is missing, or it is on record
    """
    with school.transaction() as session:
        journal = begin(session)
        recipient_id = new_id()
        journal.insert(records.recipient, [_row(session, recipient_id, entry)])
        return close_change(journal, "recipient.added", recipient_id)


def add_recipients(school: School, entries: Iterable[RecipientEntry]) -> Undo:
    """Put several on record at once, each with its own line in the audit trail, or none of them.

    :raises RefusedError: as ``add_recipient``, or none was chosen
    """
    chosen = tuple(entries)
    if not chosen:
        raise RefusedError("supplier.none_chosen")
    with school.transaction() as session:
        journal = begin(session)
        for entry in chosen:
            recipient_id = new_id()
            journal.insert(records.recipient, [_row(session, recipient_id, entry)])
            change = close_change(journal, "recipient.added", recipient_id)
        return change


def change_recipient(school: School, recipient_id: str, entry: RecipientEntry) -> Undo:
    """Change what is on record of a recipient.

    :raises RefusedError: as ``add_recipient``, or it is not on record
    """
    with school.transaction() as session:
        journal = begin(session)
        _find(session, recipient_id)
        journal.update(records.recipient, [_row(session, recipient_id, entry)])
        return close_change(journal, "recipient.changed", recipient_id)


def remove_recipient(school: School, recipient_id: str) -> Undo:
    """Take away a recipient that was entered by mistake.

    :raises RefusedError: not with this role, or it is not on record
    """
    with school.transaction() as session:
        journal = begin(session)
        _find(session, recipient_id)
        journal.delete(records.recipient, records.recipient.c.id == recipient_id)
        return close_change(journal, "recipient.removed", recipient_id)


def recipients(school: School) -> list[Recipient]:
    """Everybody on record, by kind and name.

    :raises RefusedError: not with this role
    """
    with school.reading() as session:
        require(session, Area.SUPPLIERS, Right.PRINT)
        return reading.recipients(session)


def _find(session: Session, recipient_id: str) -> None:
    if all(each.id != recipient_id for each in reading.recipients(session)):
        raise RefusedError("supplier.unknown")


def _row(session: Session, recipient_id: str, entry: RecipientEntry) -> dict[str, str | None]:
    name = needed_line(entry.name, "recipient", LONGEST_NAME)
    for each in reading.recipients(session):
        if plain(each.name) == plain(name) and each.id != recipient_id:
            raise RefusedError("supplier.recipient_twin", name=each.name)
    if entry.since and entry.last_day and entry.last_day < entry.since:
        raise RefusedError(
            "supplier.too_early", day=dutch_date(entry.last_day), first=dutch_date(entry.since)
        )
    return {
        "id": recipient_id,
        "name": name,
        "kind": entry.kind.value,
        "what": needed_line(entry.what, "what"),
        "why": needed_line(entry.why, "recipient_why"),
        "ground": checked_line(entry.ground),
        "since": iso(entry.since),
        "last_day": iso(entry.last_day),
    }
