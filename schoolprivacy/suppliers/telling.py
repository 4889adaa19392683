"""Recording that parents can read the list, and where (AVG 13, 14: who gets data of their child).

What the list said that day is kept, so that the program sees what parents have yet to read.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from schoolprivacy.access.matrix import require
from schoolprivacy.access.terms import Area, Right
from schoolprivacy.errors import RefusedError
from schoolprivacy.people.terms import new_id
from schoolprivacy.people.undoing import Undo, close_change
from schoolprivacy.school import School, Session
from schoolprivacy.suppliers import reading, records
from schoolprivacy.suppliers.entries import checked_past, needed_line
from schoolprivacy.suppliers.parents import Told, parent_list, told_of_recipient
from schoolprivacy.suppliers.products import begin
from schoolprivacy.suppliers.terms import Publication


@dataclass(frozen=True, slots=True)
class ParentList:
    """What the list says today.

    :param products: of suppliers, by name
    :param recipients: who answers for the data itself
    """

    products: tuple[Told, ...]
    recipients: tuple[Told, ...]

    @property
    def lines(self) -> tuple[Told, ...]:
        return (*self.products, *self.recipients)


@dataclass(frozen=True, slots=True)
class Change:
    """What parents have yet to read: a line that is new, says something else, or is gone.

    :param who: the product or recipient
    :param before, now: what the list said and says; "" when it was or is not on it
    """

    who: str
    before: str
    now: str


def parents_list(school: School) -> ParentList:
    """What the list says today.

    :raises RefusedError: not with this role
    """
    with school.reading() as session:
        require(session, Area.SUPPLIERS, Right.PRINT)
        return read_list(session)


def read_list(session: Session) -> ParentList:
    """The same, within a session."""
    today = session.clock.today()
    others = [
        told_of_recipient(each)
        for each in reading.recipients(session)
        if each.last_day is None or each.last_day >= today
    ]
    return ParentList(parent_list(reading.product_files(session), today), tuple(others))


def record_published(school: School, on: date, place: str) -> Undo:
    """Record that the list of today was put somewhere; ``Undo.about`` is the publication.

    :param on: the day; not before the one recorded last
    :param place: for instance the website, with the address
    :raises RefusedError: not with this role, no place, nobody on the list now nor the last
        time, a day to come or too early
    """
    with school.transaction() as session:
        journal = begin(session)
        lines = read_list(session).lines
        if not lines and not reading.told_last(session):
            raise RefusedError("supplier.nothing_to_tell")
        there = reading.publications(session)
        publication_id = new_id()
        row = {
            "id": publication_id,
            "published_on": checked_past(session, on, there[-1].published_on if there else None),
            "place": needed_line(place, "place"),
            "recorded_at": session.clock.now().isoformat(),
            "recorded_by": session.who.id,
        }
        journal.insert(records.supplier_publication, [row])
        said = [{"publication_id": publication_id, "of": e.of, "said": e.said()} for e in lines]
        journal.insert(records.supplier_published, said)
        return close_change(journal, "supplier.list_published", publication_id)


def publications(school: School) -> list[Publication]:
    """Every time the list was put somewhere, the newest first.

    :raises RefusedError: not with this role
    """
    with school.reading() as session:
        require(session, Area.SUPPLIERS, Right.PRINT)
        return list(reversed(reading.publications(session)))


def unread(school: School) -> list[Change]:
    """What changed on the list since it was last put somewhere.

    :raises RefusedError: not with this role
    """
    with school.reading() as session:
        require(session, Area.SUPPLIERS, Right.PRINT)
        return read_unread(session)


def read_unread(session: Session) -> list[Change]:
    """The same, within a session."""
    before = reading.told_last(session)
    now = {each.of: each for each in read_list(session).lines}
    changed = [
        Change(each.who, before.get(of, ""), each.said())
        for of, each in now.items()
        if before.get(of) != each.said()
    ]
    gone = [
        Change(said.split("\n", 1)[0], said, "") for of, said in before.items() if of not in now
    ]
    return changed + gone
