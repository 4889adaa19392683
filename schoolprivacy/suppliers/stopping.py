"""Stopping with a product, taking it up again, and the confirmation that its data are gone."""

from __future__ import annotations

from datetime import date

from schoolprivacy.errors import RefusedError
from schoolprivacy.paper.dates import dutch_date
from schoolprivacy.people.journal import Journal
from schoolprivacy.people.undoing import Undo, close_change
from schoolprivacy.school import School
from schoolprivacy.suppliers import records
from schoolprivacy.suppliers.entries import checked_past, needed_line
from schoolprivacy.suppliers.products import begin, refuse_product_twin
from schoolprivacy.suppliers.reading import find_file
from schoolprivacy.suppliers.terms import Product


def stop_product(school: School, product_id: str, last_day: date, why: str) -> Undo:
    """Use a product no more after a day, which may be to come; its agreements stay as they are.

    From then the program asks, and keeps asking, for the confirmation that the data are gone.
    Of what stopped before, the day or the reason is corrected.

    :raises RefusedError: not on record, its data are gone, a day before the first of use, no
        reason, or it would be used again beside a new one of its name
    """
    with school.transaction() as session:
        journal = begin(session)
        stop_within(journal, find_file(session, product_id).product, last_day, why)
        return close_change(journal, "supplier.product_stopped", product_id)


def stop_within(journal: Journal, product: Product, last_day: date, why: str) -> None:
    """The same within a change."""
    if product.deleted_on is not None:
        raise RefusedError("supplier.deleted_before")
    has_begun = product.since is not None and product.since <= journal.session.clock.today()
    if product.since and has_begun and last_day < product.since:
        raise RefusedError(
            "supplier.too_early", day=dutch_date(last_day), first=dutch_date(product.since)
        )
    if last_day >= journal.session.clock.today():
        refuse_product_twin(journal.session, product, product.supplier_id, product.id)
    row = {
        "id": product.id,
        "last_day": last_day.isoformat(),
        "stopped_why": needed_line(why, "why"),
    }
    journal.update(records.supplier_product, [row])


def resume_product(school: School, product_id: str) -> Undo:
    """The school goes on with a product after all, or stopped it by mistake.

    :raises RefusedError: not on record, it goes on already, its data are gone, or a new one of
        its name is used
    """
    with school.transaction() as session:
        journal = begin(session)
        product = find_file(session, product_id).product
        if product.last_day is None:
            raise RefusedError("supplier.goes_on")
        if product.deleted_on is not None:
            raise RefusedError("supplier.deleted_before")
        refuse_product_twin(session, product, product.supplier_id, product_id)
        row = {"id": product_id, "last_day": None, "stopped_why": ""}
        journal.update(records.supplier_product, [row])
        return close_change(journal, "supplier.product_resumed", product_id)


def confirm_deletion(school: School, product_id: str, on: date, how: str) -> Undo:
    """Record that the supplier confirmed that the data are gone (AVG 28(3)(g)).

    Entered again it takes the place of what was recorded, when that was wrong.

    :param on: the day of the confirmation
    :param how: what confirms it, for instance a letter; the scan can be kept with the product
    :raises RefusedError: not on record, not stopped yet, a day to come or before it stopped
    """
    with school.transaction() as session:
        journal = begin(session)
        product = find_file(session, product_id).product
        if product.last_day is None or not product.is_stopped(session.clock.today()):
            raise RefusedError("supplier.not_stopped")
        row = {
            "id": product_id,
            "deleted_on": checked_past(session, on, product.last_day),
            "deleted_how": needed_line(how, "how"),
        }
        journal.update(records.supplier_product, [row])
        return close_change(journal, "supplier.deletion_confirmed", product_id)


def withdraw_deletion(school: School, product_id: str) -> Undo:
    """What was recorded as a confirmation was none: the program asks again.

    :raises RefusedError: not on record, or nothing was confirmed
    """
    with school.transaction() as session:
        journal = begin(session)
        if find_file(session, product_id).product.deleted_on is None:
            raise RefusedError("supplier.not_deleted")
        row = {"id": product_id, "deleted_on": None, "deleted_how": ""}
        journal.update(records.supplier_product, [row])
        return close_change(journal, "supplier.deletion_withdrawn", product_id)
