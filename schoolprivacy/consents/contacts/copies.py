"""The register of copies: who has a list with data of families, and which must be destroyed.

What stood on a copy is kept as identifiers and marks, so that the school can tell which copies
hold too much; nothing of it can be read.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import blake2b
from typing import Any

import sqlalchemy as sa

from schoolprivacy.consents.contacts.contact_list import ContactLists, ListedChild, Secrets
from schoolprivacy.consents.substitute.permits import permitted
from schoolprivacy.errors import RefusedError
from schoolprivacy.people.records import day
from schoolprivacy.school import School, Session
from schoolprivacy.schoolyear import SchoolYear
from schoolprivacy.vault.tables import metadata, staff

list_copy = sa.Table(
    "list_copy",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("first", sa.Integer, sa.ForeignKey("list_copy.number"), nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("school_year", sa.Integer, nullable=False),
    sa.Column("group_name", sa.Text, nullable=False),
    sa.Column("for_whom", sa.Text, nullable=False),
    sa.Column("printed_on", sa.Text, nullable=False),
    sa.Column("printed_by", sa.Text, sa.ForeignKey("staff.id"), nullable=False),
    sa.Column("destroy_by", sa.Text, nullable=False),
    sa.Column("destroyed_on", sa.Text),
)

list_pupil = sa.Table(
    "list_pupil",
    metadata,
    sa.Column("first", sa.Integer, sa.ForeignKey("list_copy.number"), primary_key=True),
    sa.Column("pupil_id", sa.Text, sa.ForeignKey("pupil.id"), primary_key=True),
    sa.Column("held", sa.Text, nullable=False),
)

_MARK_BYTES = 8

Allowed = Mapping[str, Collection[str]]
"""What may stand on a list of a group today, by pupil."""


class ListKind(StrEnum):
    """The lists with data of families, and the sheet for a substitute teacher (invalblad)."""

    CONTACT_LIST = "contact_list"
    PHONE_TREE = "phone_tree"
    SUBSTITUTE = "substitute"


@dataclass(frozen=True, slots=True)
class ListCopy:
    """One numbered copy.

    :param for_whom: who got it, as typed
    :param printed_by: name of who printed it
    :param destroy_by: the last day on which anybody may have it
    :param is_past: that day has gone by, and it was not destroyed
    :param is_outdated: it holds something that may not stand there any more today: an answer was
        no longer yes, a secret was set, or a child left the group. Only of a copy that is in use
    """

    number: int
    kind: ListKind
    school_year: SchoolYear
    group: str
    for_whom: str
    printed_on: date
    printed_by: str
    destroy_by: date
    destroyed_on: date | None
    is_past: bool
    is_outdated: bool


def register_copies(
    session: Session,
    kind: ListKind,
    group: str,
    for_whom: Sequence[str],
    children: Iterable[ListedChild],
) -> range:
    """Give every copy its number, running for the whole school; the caller audits.

    They may exist until the end of the school year.

    :param for_whom: one copy for each
    :param children: what stands on all of them
    """

    def held(first: int) -> dict[str, set[str]]:
        return {each.pupil_id: _items(each) | _marks(each, first) for each in children}

    last_day = SchoolYear.of(session.clock.today()).last_day
    return register_held(session, kind, group, for_whom, held, last_day)


def register_held(
    session: Session,
    kind: ListKind,
    group: str,
    for_whom: Sequence[str],
    held: Callable[[int], Mapping[str, Collection[str]]],
    destroy_by: date,
) -> range:
    """The same for a list of any kind.

    :param held: what stands on it of each pupil, without saying what it reads, for the first
        number of these copies
    :param destroy_by: the last day on which anybody may have them
    """
    today = session.clock.today()
    year = SchoolYear.of(today)  # whose answers they are, whichever groups are in use
    last = session.execute(sa.select(sa.func.max(list_copy.c.number))).scalar() or 0
    numbers = range(last + 1, last + 1 + len(for_whom))
    session.execute(
        sa.insert(list_copy),
        [
            {
                "number": number,
                "first": numbers[0],
                "kind": kind.value,
                "school_year": year.start,
                "group_name": group,
                "for_whom": whom,
                "printed_on": today.isoformat(),
                "printed_by": session.who.id,
                "destroy_by": destroy_by.isoformat(),
            }
            for number, whom in zip(numbers, for_whom, strict=True)
        ],
    )
    session.execute(
        sa.insert(list_pupil),
        [
            {
                "first": numbers[0],
                "pupil_id": pupil_id,
                "held": json.dumps(sorted(what, key=lambda each: (_is_mark(each), each))),
            }
            for pupil_id, what in held(numbers[0]).items()
        ],
    )
    return numbers


def copies(school: School) -> list[ListCopy]:
    """Every copy ever printed, newest first."""
    with school.reading() as session:
        return _copies(session)


def copies_to_destroy(session: Session) -> list[ListCopy]:
    """The copies that nobody may have any more: too old, or with something that may not stand."""
    standing = _copies(session, list_copy.c.destroyed_on.is_(None))
    return [each for each in standing if each.is_past or each.is_outdated]


def mark_destroyed(school: School, numbers: Collection[int]) -> None:
    """Note that copies were destroyed today; ``undo_destroyed`` takes it back.

    :raises RefusedError: one of them is not there, or was destroyed before
    """
    with school.transaction() as session:
        _set_destroyed(session, numbers, session.clock.today())
        session.audit("list_copies.destroyed", numbers=sorted(numbers))


def undo_destroyed(school: School, numbers: Collection[int]) -> None:
    """They are still there: take back that they were destroyed.

    :raises RefusedError: one of them is not there, or is not noted as destroyed
    """
    with school.transaction() as session:
        _set_destroyed(session, numbers, None)
        session.audit("list_copies.destroying_undone", numbers=sorted(numbers))


def _set_destroyed(session: Session, numbers: Collection[int], on: date | None) -> None:
    table = list_copy.c
    before = table.destroyed_on.is_(None) if on else table.destroyed_on.is_not(None)
    meant = sa.and_(table.number.in_(list(numbers)), before)
    found = set(session.execute(sa.select(table.number).where(meant)).scalars())
    if not numbers or found != set(numbers):
        others = ", ".join(map(str, sorted(set(numbers) - found))) or "geen"
        raise RefusedError("list_copy.not_there", numbers=others)
    values = {"destroyed_on": on.isoformat() if on else None}
    session.execute(sa.update(list_copy).where(meant).values(values))


def _copies(session: Session, *which: sa.ColumnElement[bool]) -> list[ListCopy]:
    today = session.clock.today()
    query = (
        sa.select(list_copy, staff.c.name)
        .join(staff, staff.c.id == list_copy.c.printed_by)
        .where(*which)
        .order_by(list_copy.c.number.desc())
    )
    rows = session.execute(query).all()
    in_use = {
        row.first: (ListKind(row.kind), row.group_name)
        for row in rows
        if row.destroyed_on is None and date.fromisoformat(row.destroy_by) >= today
    }
    outdated = frozenset(_outdated(session, in_use))
    return [_copy(row, today, outdated) for row in rows]


def _copy(row: sa.Row[Any], today: date, outdated: Collection[int]) -> ListCopy:
    by, gone = date.fromisoformat(row.destroy_by), day(row.destroyed_on)
    return ListCopy(
        number=row.number,
        kind=ListKind(row.kind),
        school_year=SchoolYear(row.school_year),
        group=row.group_name,
        for_whom=row.for_whom,
        printed_on=date.fromisoformat(row.printed_on),
        printed_by=row.name,
        destroy_by=by,
        destroyed_on=gone,
        is_past=gone is None and by < today,
        is_outdated=gone is None and row.first in outdated,
    )


# — what stood on them —


def _outdated(session: Session, in_use: dict[int, tuple[ListKind, str]]) -> Iterator[int]:
    """Which printings hold something that the list of their group would not hold today."""
    if not in_use:
        return
    lists = ContactLists(session)
    held = _held(session, in_use)
    today: dict[tuple[bool, str], Allowed] = {}
    for first, (kind, group) in in_use.items():
        secret = _secret_marks(lists.secrets, first)
        key = kind is ListKind.SUBSTITUTE, group
        if key not in today:
            today[key] = permitted(session, group) if key[0] else _listed(lists, group)
        for pupil_id, what in held.get(first, {}).items():
            items = {each for each in what if not _is_mark(each)}
            if items - set(today[key].get(pupil_id, ())) or what & secret:
                yield first
                break


def _listed(lists: ContactLists, group: str) -> Allowed:
    return {each.pupil_id: _items(each) for each in lists.rows(group)}


def _held(session: Session, printings: Collection[int]) -> dict[int, dict[str, set[str]]]:
    query = sa.select(list_pupil).where(list_pupil.c.first.in_(list(printings)))
    found: dict[int, dict[str, set[str]]] = {}
    for row in session.execute(query):
        found.setdefault(row.first, {})[row.pupil_id] = set(json.loads(row.held))
    return found


def _items(child: ListedChild) -> set[str]:
    """What stands of a child, without saying what it reads."""
    found = {"birthday"} if child.birthday else set()
    for each in child.contacts:
        there = {"address": each.address, "phone": each.phones, "email": each.email}
        found |= {f"{each.guardian_id} name"}
        found |= {f"{each.guardian_id} {item}" for item, value in there.items() if value}
    return found | {"name"}


def _marks(child: ListedChild, first: int) -> set[str]:
    """By which an address or number is known again when it becomes secret."""
    texts = {text for each in child.contacts for text in (*each.homes, *each.phones)}
    return {_mark(text, first) for text in texts}


def _secret_marks(secrets: Secrets, first: int) -> set[str]:
    return {_mark(text, first) for text in secrets.homes | secrets.numbers}


def _mark(text: str, first: int) -> str:
    """Differs from printing to printing, so that it is of no use to look anybody up by."""
    salt = first.to_bytes(8, "big")
    return f"#{blake2b(text.encode(), key=salt, digest_size=_MARK_BYTES).hexdigest()}"


def _is_mark(held: str) -> bool:
    return held.startswith("#")
