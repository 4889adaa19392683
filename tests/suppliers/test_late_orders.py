"""Events that come late or in an odd order: no end is rewritten, no product is there twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from schoolprivacy.errors import KnownError, RefusedError
from schoolprivacy.people.undoing import undo
from schoolprivacy.school import School
from schoolprivacy.suppliers.agreements import (
    change_agreement,
    end_agreement,
    record_agreement,
    replace_agreement,
    review_agreement,
    sign_agreement,
    stops_with,
    withdraw_agreement,
)
from schoolprivacy.suppliers.products import add_product, change_product
from schoolprivacy.suppliers.stopping import confirm_deletion, resume_product, stop_product
from schoolprivacy.suppliers.terms import Agreement, State, WishEntry
from schoolprivacy.suppliers.wishes import Granted, ask_for_app, grant_wish, wishes
from tests.suppliers.builders import (
    REKENAAR,
    TODAY,
    a_product,
    agree,
    an_agreement,
    in_order,
    row,
    state,
    supplier_of,
    unsigned,
)
from tests.vault.schools import Made

DAY = timedelta(days=1)


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(RefusedError) as told:
        act()
    return told.value.key


def agreement(school: School, product_id: str, agreement_id: str) -> Agreement:
    found = {each.id: each for each in row(school, product_id).file.agreements}
    return found[agreement_id]


def covering(school: School, product_id: str, day: date) -> list[str]:
    return [each.id for each in row(school, product_id).file.agreements if each.covers(day)]


# — agreements —


def test_correcting_the_next_one_leaves_no_product_without(school: School) -> None:
    one, two = a_product(school), a_product(school, "Taalaar")
    old = agree(school, one, two)
    new = replace_agreement(school, old, unsigned(one, two, begins_on=TODAY)).about
    fewer = lambda: change_agreement(school, new, unsigned(one, begins_on=TODAY))  # noqa: E731
    assert refused(fewer) == "supplier.replace_fewer"
    assert covering(school, two, TODAY) == [new]
    stop_product(school, two, TODAY - DAY, "weg")
    change_agreement(school, new, unsigned(one, begins_on=TODAY))
    assert covering(school, two, TODAY) == []


def test_what_was_replaced_is_not_replaced_again(school: School) -> None:
    """Also when it ended by itself, so that nothing was written on it."""
    one = a_product(school)
    old = agree(school, one, ends_on=TODAY - 30 * DAY)
    new = replace_agreement(school, old, an_agreement(one, begins_on=TODAY)).about
    again = lambda: replace_agreement(school, old, an_agreement(one, begins_on=TODAY))  # noqa: E731
    assert refused(again) == "supplier.replaced_before"
    assert covering(school, one, TODAY) == [new]
    withdraw_agreement(school, new, "van een andere school")
    assert covering(school, one, TODAY) == []
    replace_agreement(school, old, an_agreement(one, begins_on=TODAY))
    assert len(covering(school, one, TODAY)) == 1


def test_correcting_the_next_one_leaves_an_end_as_it_was_recorded(school: School) -> None:
    one = a_product(school)
    old = agree(school, one, ends_on=TODAY - 10 * DAY)
    new = replace_agreement(school, old, unsigned(one, begins_on=TODAY)).about
    end_agreement(school, old, TODAY - 20 * DAY, "het bedrijf is gestopt")
    change_agreement(school, new, unsigned(one, begins_on=TODAY - 15 * DAY))
    found = agreement(school, one, old)
    assert found.last_day == TODAY - 20 * DAY
    assert found.ended_why == "het bedrijf is gestopt"


def test_the_next_one_is_corrected_and_the_one_before_follows(school: School) -> None:
    one = a_product(school)
    old = agree(school, one)
    new = replace_agreement(school, old, unsigned(one, begins_on=TODAY)).about
    for begins in (TODAY - 10 * DAY, TODAY + 10 * DAY):
        before = row(school, one).file.agreements
        change = change_agreement(school, new, unsigned(one, begins_on=begins))
        assert agreement(school, one, old).last_day == begins - DAY
        assert covering(school, one, begins - DAY) == [old]
        assert covering(school, one, begins) == [new]
        undo(school, change)
        assert row(school, one).file.agreements == before


def test_what_was_replaced_is_not_corrected(school: School) -> None:
    """It would run on beside the one that took its place."""
    one = a_product(school)
    entry = unsigned(one, ends_on=TODAY - 10 * DAY)
    old = record_agreement(school, supplier_of(school, one), entry).about
    new = replace_agreement(school, old, an_agreement(one, begins_on=TODAY)).about
    assert refused(lambda: change_agreement(school, old, unsigned(one))) == (
        "supplier.replaced_before"
    )
    assert covering(school, one, TODAY) == [new]


def test_until_the_next_one_begins_the_old_one_is_signed_and_reviewed(school: School) -> None:
    one = a_product(school)
    entry = unsigned(one, begins_on=TODAY - 800 * DAY)
    old = record_agreement(school, supplier_of(school, one), entry).about
    replace_agreement(school, old, unsigned(one, begins_on=TODAY + DAY))
    sign_agreement(school, old, by_school=(TODAY, "V."), by_supplier=(TODAY, "D."))
    review_agreement(school, old, TODAY)
    found = agreement(school, one, old)
    assert (found.is_signed, found.reviewed_on, found.last_day) == (True, TODAY, TODAY)
    assert not {State.NOT_SIGNED, State.REVIEW_OVERDUE} & {
        each.state for each in row(school, one).findings
    }
    again = lambda: end_agreement(school, old, TODAY, "weg")  # noqa: E731
    assert refused(again) == "supplier.ended_before"


def test_what_is_over_is_not_signed_nor_reviewed(school: School) -> None:
    one = a_product(school)
    old = record_agreement(school, supplier_of(school, one), unsigned(one)).about
    replace_agreement(school, old, unsigned(one, begins_on=TODAY))
    sign = lambda: sign_agreement(school, old, by_school=(TODAY, "V."))  # noqa: E731
    assert refused(sign) == "supplier.ended_before"
    assert refused(lambda: review_agreement(school, old, TODAY)) == "supplier.ended_before"


def test_ending_later_than_the_data_were_deleted(school: School) -> None:
    """The product stopped and its data are gone; only then is the end of its paper recorded."""
    one = in_order(school)
    (key,) = (each.id for each in row(school, one).file.agreements)
    stop_product(school, one, TODAY - 20 * DAY, "te duur")
    confirm_deletion(school, one, TODAY - 10 * DAY, "brief")
    before = row(school, one).file.product
    assert stops_with(school, key, TODAY - 30 * DAY) == ()
    end_agreement(school, key, TODAY - 30 * DAY, "opgezegd")
    assert row(school, one).file.product == before
    assert state(school, one) is State.STOPPED


# — products —


def test_the_old_product_does_not_come_back_beside_the_new_one(school: School) -> None:
    old = in_order(school)
    company = supplier_of(school, old)
    stop_product(school, old, TODAY - DAY, "weg")
    add_product(school, company, REKENAAR)
    assert refused(lambda: resume_product(school, old)) == "supplier.product_twin"
    later = lambda: stop_product(school, old, TODAY + DAY, "toch later")  # noqa: E731
    assert refused(later) == "supplier.product_twin"
    assert state(school, old) is State.DELETION
    stop_product(school, old, TODAY - 2 * DAY, "een dag eerder")
    assert row(school, old).file.product.last_day == TODAY - 2 * DAY


def test_what_stopped_is_corrected_beside_the_new_one_of_that_name(school: School) -> None:
    old = in_order(school)
    stop_product(school, old, TODAY - DAY, "weg")
    add_product(school, supplier_of(school, old), REKENAAR)
    change_product(school, old, replace(REKENAAR, used_by="groep 8"))
    assert row(school, old).file.product.used_by == "groep 8"


def test_a_yes_to_what_stopped_is_refused(school: School) -> None:
    """A yes to a product that nobody uses would put nothing on record."""
    old = in_order(school)
    key = ask_for_app(school, WishEntry("Juf Test", TODAY, "Rekenaar", "rekenen")).about
    granted = Granted(supplier_of(school, old), old)
    stop_product(school, old, TODAY - DAY, "weg")
    yes = lambda: grant_wish(school, key, "ja", TODAY, granted)  # noqa: E731
    assert refused(yes) == "supplier.wish_stopped"
    assert wishes(school)[0].granted is None
    resume_product(school, old)
    yes()
    assert wishes(school)[0].product_id == old


def test_what_never_began_can_still_be_corrected(school: School) -> None:
    one = a_product(school, since=TODAY + 30 * DAY)
    stop_product(school, one, TODAY - DAY, "toch niet")
    entry = replace(REKENAAR, since=TODAY + 30 * DAY, used_by="groep 8")
    change_product(school, one, entry)
    assert row(school, one).file.product.used_by == "groep 8"
    later = replace(entry, since=TODAY + 40 * DAY)
    assert refused(lambda: change_product(school, one, later)) == "supplier.too_early"


# — a file that may only be read —


def test_a_file_opened_to_read_is_read_and_not_changed(made: Made) -> None:
    school = made.open()
    one = in_order(school)
    (key,) = (each.id for each in row(school, one).file.agreements)
    before = row(school, one)
    school.lock()
    reading = made.open(read_only=True)
    try:
        assert row(reading, one) == before
        for act in (
            lambda: a_product(reading, "Taalaar"),
            lambda: end_agreement(reading, key, TODAY, "weg"),
            lambda: record_agreement(reading, before.file.supplier.id, an_agreement(one)),
            lambda: stop_product(reading, one, TODAY, "weg"),
        ):
            with pytest.raises(KnownError):
                act()
        assert row(reading, one) == before
    finally:
        reading.lock()
