"""A teacher's wish for an app: the request, the decision with its reason, and what became of it.

What is used without a record is what the supervisor calls wildgroei. A no is kept too: the next
teacher who asks sees why.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from schoolprivacy.access.matrix import require
from schoolprivacy.access.terms import Area, Right
from schoolprivacy.errors import RefusedError
from schoolprivacy.paper.dates import dutch_date
from schoolprivacy.people.journal import Journal
from schoolprivacy.people.names import plain
from schoolprivacy.people.terms import new_id
from schoolprivacy.people.undoing import Undo, close_change
from schoolprivacy.school import School, Session
from schoolprivacy.suppliers import reading, records
from schoolprivacy.suppliers.entries import (
    LONGEST_NAME,
    checked_line,
    checked_past,
    needed_line,
)
from schoolprivacy.suppliers.products import begin, insert_product, insert_supplier
from schoolprivacy.suppliers.terms import ProductEntry, SupplierEntry, Wish, WishEntry


@dataclass(frozen=True, slots=True)
class Granted:
    """What a yes puts on record.

    :param supplier: identifier of one on record, or a new company
    :param product: a new product of it, or the identifier of one on record
    """

    supplier: str | SupplierEntry
    product: str | ProductEntry


def ask_for_app(school: School, entry: WishEntry) -> Undo:
    """Put a request on record; ``Undo.about`` is its identifier.

    :raises RefusedError: not with this role, who, which app or what for is missing, a day to come
    """
    with school.transaction() as session:
        journal = begin(session)
        wish_id = new_id()
        undecided = {
            "granted": None,
            "reason": "",
            "decided_on": None,
            "decided_by": None,
            "product_id": None,
        }
        journal.insert(records.app_wish, [undecided | _row(session, wish_id, entry)])
        return close_change(journal, "wish.asked", wish_id)


def change_wish(school: School, wish_id: str, entry: WishEntry) -> Undo:
    """Correct a request; the decision stays, and stays after it.

    :raises RefusedError: as ``ask_for_app``, it is not on record, or was decided on before that day
    """
    with school.transaction() as session:
        journal = begin(session)
        decided_on = find_wish(session, wish_id).decided_on
        if decided_on is not None and entry.asked_on > decided_on:
            raise RefusedError(
                "supplier.too_early", day=dutch_date(decided_on), first=dutch_date(entry.asked_on)
            )
        journal.update(records.app_wish, [_row(session, wish_id, entry)])
        return close_change(journal, "wish.changed", wish_id)


def grant_wish(school: School, wish_id: str, reason: str, on: date, granted: Granted) -> Undo:
    """The director says yes: the product comes on record and must be brought in order.

    :raises RefusedError: decided before, no reason, a day to come or before the request, no good
        supplier or product, or a product that the school stopped with
    """
    with school.transaction() as session:
        journal = begin(session)
        row = _decision(session, wish_id, reason, on)
        product_id = _product(journal, granted)
        journal.update(records.app_wish, [row | {"granted": 1, "product_id": product_id}])
        return close_change(journal, "wish.granted", wish_id, product=product_id)


def refuse_wish(school: School, wish_id: str, reason: str, on: date) -> Undo:
    """The director says no; the reason is kept.

    :raises RefusedError: decided before, no reason, a day to come or before the request
    """
    with school.transaction() as session:
        journal = begin(session)
        row = _decision(session, wish_id, reason, on)
        journal.update(records.app_wish, [row | {"granted": 0}])
        return close_change(journal, "wish.refused", wish_id)


def reopen_wish(school: School, wish_id: str) -> Undo:
    """The decision was wrong, or is taken anew; a product that came of it stays on record.

    :raises RefusedError: it is not on record, or nobody decided
    """
    with school.transaction() as session:
        journal = begin(session)
        if find_wish(session, wish_id).granted is None:
            raise RefusedError("supplier.undecided")
        row = {
            "id": wish_id,
            "granted": None,
            "reason": "",
            "decided_on": None,
            "decided_by": None,
            "product_id": None,
        }
        journal.update(records.app_wish, [row])
        return close_change(journal, "wish.reopened", wish_id)


def remove_wish(school: School, wish_id: str) -> Undo:
    """Take away a request that was entered by mistake.

    :raises RefusedError: it is not on record, or it was decided on
    """
    with school.transaction() as session:
        journal = begin(session)
        if find_wish(session, wish_id).granted is not None:
            raise RefusedError("supplier.decided_before")
        journal.delete(records.app_wish, records.app_wish.c.id == wish_id)
        return close_change(journal, "wish.removed", wish_id)


def wishes(school: School) -> list[Wish]:
    """Every request: undecided first, then the newest.

    :raises RefusedError: not with this role
    """
    with school.reading() as session:
        require(session, Area.SUPPLIERS, Right.PRINT)
        return reading.wishes(session)


def earlier_wishes(school: School, app: str) -> list[Wish]:
    """What was asked and decided before about an app, so that nobody decides twice unknowingly.

    :raises RefusedError: not with this role
    """
    wanted = plain(app)
    return [each for each in wishes(school) if plain(each.app) == wanted]


def find_wish(session: Session, wish_id: str) -> Wish:
    """One request.

    :raises RefusedError: it is not on record
    """
    for each in reading.wishes(session):
        if each.id == wish_id:
            return each
    raise RefusedError("supplier.unknown")


def _decision(session: Session, wish_id: str, reason: str, on: date) -> dict[str, object]:
    wish = find_wish(session, wish_id)
    if wish.granted is not None:
        raise RefusedError("supplier.decided_before")
    return {
        "id": wish_id,
        "reason": needed_line(reason, "why"),
        "decided_on": checked_past(session, on, wish.asked_on),
        "decided_by": session.who.id,
    }


def _product(journal: Journal, granted: Granted) -> str:
    session = journal.session
    if isinstance(granted.product, str):
        product = reading.find_file(session, granted.product).product
        if product.is_stopped(session.clock.today()):
            raise RefusedError("supplier.wish_stopped")
        return product.id
    if isinstance(granted.supplier, SupplierEntry):
        supplier_id = insert_supplier(journal, granted.supplier)
    else:
        supplier_id = reading.find_supplier(session, granted.supplier).id
    return insert_product(journal, supplier_id, granted.product)


def _row(session: Session, wish_id: str, entry: WishEntry) -> dict[str, str | None]:
    return {
        "id": wish_id,
        "asked_by": needed_line(entry.asked_by, "asked_by", LONGEST_NAME),
        "asked_on": checked_past(session, entry.asked_on),
        "app": needed_line(entry.app, "app", LONGEST_NAME),
        "used_for": needed_line(entry.used_for, "wish_used_for"),
        "used_by": checked_line(entry.used_by),
        "data": checked_line(entry.data),
    }
