"""What a person can do with a processing agreement: record, sign, replace, review, end. AVG 28.

What one side signed is never overwritten: it is replaced by a next one, ended, or marked as a
mistake with the reason; all of it stays readable.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from schoolprivacy.errors import RefusedError
from schoolprivacy.paper.dates import dutch_date
from schoolprivacy.people.journal import Journal
from schoolprivacy.people.records import iso
from schoolprivacy.people.terms import new_id
from schoolprivacy.people.undoing import Undo, close_change
from schoolprivacy.school import School, Session
from schoolprivacy.suppliers import records
from schoolprivacy.suppliers.entries import (
    LONGEST_NAME,
    checked_line,
    checked_past,
    needed_line,
)
from schoolprivacy.suppliers.products import begin
from schoolprivacy.suppliers.reading import agreements, find_agreement, find_supplier, products
from schoolprivacy.suppliers.stopping import stop_within
from schoolprivacy.suppliers.terms import Agreement, AgreementEntry, Product

_DAY = timedelta(days=1)


def record_agreement(school: School, supplier_id: str, entry: AgreementEntry) -> Undo:
    """Put an agreement on record; ``Undo.about`` is its identifier.

    :raises RefusedError: not with this role, no such supplier, or no good entry
    """
    with school.transaction() as session:
        journal = begin(session)
        find_supplier(session, supplier_id)
        agreement_id = insert_agreement(journal, supplier_id, entry)
        return close_change(journal, "supplier.agreement_recorded", agreement_id)


def insert_agreement(
    journal: Journal,
    supplier_id: str,
    entry: AgreementEntry,
    replaces: str | None = None,
    *,
    reviewed_on: date | None = None,
) -> str:
    """The same within a change; gives the identifier.

    :param reviewed_on: when the school looked at it, for one that ran before it was put on record
    """
    session, agreement_id = journal.session, new_id()
    made = {
        "supplier_id": supplier_id,
        "reviewed_on": iso(reviewed_on),
        "replaces": replaces,
        "last_day": None,
        "ended_why": "",
        "mistake": "",
        "recorded_on": iso(session.clock.today()),
        "recorded_by": session.who.id,
    }
    row = _agreement_row(session, agreement_id, supplier_id, entry)
    journal.insert(records.supplier_agreement, [made | row])
    journal.insert(records.supplier_agreement_product, _covering(agreement_id, entry.products))
    return agreement_id


def change_agreement(school: School, agreement_id: str, entry: AgreementEntry) -> Undo:
    """Correct an agreement that nobody signed yet.

    :raises RefusedError: as ``replace_agreement``; one side signed, it was ended, or is a mistake
    """
    with school.transaction() as session:
        journal = begin(session)
        found = _find_going(session, agreement_id)
        _refuse_replaced(session, found)
        if found.school_signed_on or found.supplier_signed_on:
            raise RefusedError("supplier.signed_before")
        row = _agreement_row(session, agreement_id, found.supplier_id, entry)
        journal.update(records.supplier_agreement, [row])
        link = records.supplier_agreement_product
        journal.delete(link, link.c.agreement_id == agreement_id)
        journal.insert(link, _covering(agreement_id, entry.products))
        if found.replaces:
            before = find_agreement(session, found.replaces)
            _refuse_fewer(session, before, entry)
            _reopen(journal, found, before)
            _close_before(journal, replace(before, last_day=None), entry)
        return close_change(journal, "supplier.agreement_changed", agreement_id)


def sign_agreement(
    school: School,
    agreement_id: str,
    *,
    by_school: tuple[date, str] | None = None,
    by_supplier: tuple[date, str] | None = None,
) -> Undo:
    """Record that one side or both signed.

    :param by_school, by_supplier: the day, and who signed for that side
    :raises RefusedError: nobody named, that side signed before, its last day is over or it is a
        mistake, a day to come
    """
    with school.transaction() as session:
        journal = begin(session)
        found = _find_running(session, agreement_id)
        row: dict[str, str | None] = {"id": agreement_id}
        for side, new, there in (
            ("school", by_school, found.school_signed_on),
            ("supplier", by_supplier, found.supplier_signed_on),
        ):
            if new is None:
                continue
            if there is not None:
                raise RefusedError("supplier.signed_before")
            row |= _signed(session, side, *new)
        if len(row) == 1:
            raise RefusedError("supplier_field.signature")
        journal.update(records.supplier_agreement, [row])
        return close_change(journal, "supplier.agreement_signed", agreement_id)


def review_agreement(school: School, agreement_id: str, on: date) -> Undo:
    """Record that the school looked whether the agreement still holds (AVG 24(1)).

    :raises RefusedError: its last day is over or it is a mistake, a day to come or before it began
    """
    with school.transaction() as session:
        journal = begin(session)
        found = _find_running(session, agreement_id)
        reviewed_on = checked_past(session, on, found.reviewed_on or found.begins_on)
        journal.update(
            records.supplier_agreement, [{"id": agreement_id, "reviewed_on": reviewed_on}]
        )
        return close_change(journal, "supplier.agreement_reviewed", agreement_id)


# — replacing —


def replace_agreement(school: School, agreement_id: str, entry: AgreementEntry) -> Undo:
    """Record the agreement that comes in the place of another, which ends the day before.

    :raises RefusedError: as ``record_agreement``; it begins before the other one, the other was
        replaced or ended or is a mistake, or it leaves out a product that is still used
    """
    with school.transaction() as session:
        journal = begin(session)
        found = _find_going(session, agreement_id)
        _refuse_replaced(session, found)
        _refuse_fewer(session, found, entry)
        next_id = insert_agreement(journal, found.supplier_id, entry, found.id)
        _close_before(journal, found, entry)
        return close_change(journal, "supplier.agreement_replaced", next_id, replaces=found.id)


def _close_before(journal: Journal, found: Agreement, entry: AgreementEntry) -> None:
    """End an agreement on the day before the next one begins, unless it ended before.

    What somebody ended keeps the day that was recorded, whenever the next one begins.
    """
    if entry.begins_on <= found.begins_on:
        raise RefusedError(
            "supplier.too_early",
            day=dutch_date(entry.begins_on),
            first=dutch_date(found.begins_on + _DAY),
        )
    last = entry.begins_on - _DAY
    if not found.ended_why and (found.ends_on is None or found.ends_on > last):
        row = {"id": found.id, "last_day": last.isoformat()}
        journal.update(records.supplier_agreement, [row])


def _refuse_replaced(session: Session, found: Agreement) -> None:
    """After one agreement comes one; what ended by itself does not say that it was replaced."""
    later = [each for each in agreements(session).values() if each.replaces == found.id]
    if any(not each.mistake for each in later):
        raise RefusedError("supplier.replaced_before")


def _refuse_fewer(session: Session, found: Agreement, entry: AgreementEntry) -> None:
    """A product that is used may not lose its agreement unnoticed."""
    known, today = products(session), session.clock.today()
    left = [known[each] for each in found.products if each not in entry.products]
    if used := [each.name for each in left if not each.is_stopped(today)]:
        raise RefusedError("supplier.replace_fewer", names=", ".join(sorted(used)))


# — ending —


def stops_with(school: School, agreement_id: str, last_day: date) -> tuple[Product, ...]:
    """The products that stop when an agreement ends on a day: no other one covers them after it.

    :raises RefusedError: it is not on record
    """
    with school.reading() as session:
        return _left_alone(session, find_agreement(session, agreement_id), last_day)


def end_agreement(school: School, agreement_id: str, last_day: date, why: str) -> Undo:
    """End an agreement before its time, or when no end was agreed; the day may be to come.

    The products that no other agreement covers stop with it; from then the program asks for the
    confirmation that the data are gone (AVG 28(3)(g)).

    :raises RefusedError: it ended before or is a mistake, a day before it began, no reason
    """
    with school.transaction() as session:
        journal = begin(session)
        found = _find_going(session, agreement_id)
        if last_day < found.begins_on:
            raise RefusedError(
                "supplier.too_early", day=dutch_date(last_day), first=dutch_date(found.begins_on)
            )
        if found.ends_on and last_day > found.ends_on:
            raise RefusedError("supplier.ended_before", day=dutch_date(found.ends_on))
        row = {
            "id": agreement_id,
            "last_day": last_day.isoformat(),
            "ended_why": needed_line(why, "why"),
        }
        journal.update(records.supplier_agreement, [row])
        stopped = _left_alone(session, found, last_day)
        for product in stopped:
            stop_within(journal, product, last_day, why)
        return close_change(journal, "supplier.agreement_ended", agreement_id, stopped=len(stopped))


def _left_alone(session: Session, ended: Agreement, last_day: date) -> tuple[Product, ...]:
    """Products in use that no other agreement covers after a day, nor will later."""
    known = products(session)
    carried_on: set[str] = set()
    for other in agreements(session).values():
        until = other.runs_until
        if other.id != ended.id and not other.mistake and (until is None or until > last_day):
            carried_on.update(other.products)
    return tuple(
        known[each]
        for each in ended.products
        if each not in carried_on and _is_used_until(known[each], last_day)
    )


def _is_used_until(product: Product, last_day: date) -> bool:
    """Whether it is used beyond a day; what stopped and was deleted is history that stays."""
    has_begun = product.since is None or product.since <= last_day
    goes_on = product.last_day is None or product.last_day > last_day
    return has_begun and goes_on and product.deleted_on is None


def _find_going(session: Session, agreement_id: str) -> Agreement:
    """An agreement that was not ended, replaced or marked as a mistake."""
    found = _find_running(session, agreement_id)
    if found.last_day is not None:
        raise RefusedError("supplier.ended_before", day=dutch_date(found.last_day))
    return found


def _find_running(session: Session, agreement_id: str) -> Agreement:
    """An agreement that counts and was not ended yet, or only from a day to come."""
    found = find_agreement(session, agreement_id)
    if found.mistake:
        raise RefusedError("supplier.mistaken")
    if found.last_day is not None and found.is_over(session.clock.today()):
        raise RefusedError("supplier.ended_before", day=dutch_date(found.last_day))
    return found


# — a mistake —


def withdraw_agreement(school: School, agreement_id: str, why: str) -> Undo:
    """Mark an agreement as entered by mistake: it stays readable and counts no more.

    The one it replaced goes on as it was. Products that stopped with it stay stopped: only a
    person knows whether they are still used.

    :raises RefusedError: it is one already, another one replaced it, or no reason
    """
    with school.transaction() as session:
        journal = begin(session)
        found = find_agreement(session, agreement_id)
        if found.mistake:
            raise RefusedError("supplier.mistaken")
        _refuse_replaced(session, found)
        row = {"id": agreement_id, "mistake": needed_line(why, "why")}
        journal.update(records.supplier_agreement, [row])
        if found.replaces:
            _reopen(journal, found, find_agreement(session, found.replaces))
        return close_change(journal, "supplier.agreement_withdrawn", agreement_id)


def _reopen(journal: Journal, found: Agreement, before: Agreement) -> None:
    """Let the agreement before go on, when it only ended because of this one."""
    if before.last_day == found.begins_on - _DAY and not before.ended_why:
        journal.update(records.supplier_agreement, [{"id": before.id, "last_day": None}])


def _covering(agreement_id: str, product_ids: Iterable[str]) -> list[dict[str, str]]:
    return [
        {"agreement_id": agreement_id, "product_id": each} for each in dict.fromkeys(product_ids)
    ]


def _agreement_row(
    session: Session, agreement_id: str, supplier_id: str, entry: AgreementEntry
) -> dict[str, str | None]:
    own = {each.id for each in products(session).values() if each.supplier_id == supplier_id}
    if not entry.products or not set(entry.products) <= own:
        raise RefusedError("supplier_field.products")
    if entry.ends_on and entry.ends_on < entry.begins_on:
        raise RefusedError(
            "supplier.too_early", day=dutch_date(entry.ends_on), first=dutch_date(entry.begins_on)
        )
    return {
        "id": agreement_id,
        "model": entry.model.value,
        "version": checked_line(entry.version, LONGEST_NAME),
        "begins_on": entry.begins_on.isoformat(),
        "ends_on": iso(entry.ends_on),
        **_signed(session, "school", entry.school_signed_on, entry.school_signed_by),
        **_signed(session, "supplier", entry.supplier_signed_on, entry.supplier_signed_by),
    }


def _signed(session: Session, side: str, on: date | None, by: str) -> dict[str, str | None]:
    """A signature: the day and the name, or neither."""
    name = checked_line(by, LONGEST_NAME)
    if (on is None) != (not name):
        missing = {"school": "school_signed", "supplier": "supplier_signed"}
        raise RefusedError(f"supplier_field.{missing[side]}")
    return {f"{side}_signed_on": checked_past(session, on), f"{side}_signed_by": name}
