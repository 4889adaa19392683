"""Recording, signing, replacing, reviewing and ending agreements, in every order."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from schoolprivacy.access.terms import Role
from schoolprivacy.errors import RefusedError
from schoolprivacy.people.undoing import undo
from schoolprivacy.school import School, StaffMember
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
from schoolprivacy.suppliers.stopping import confirm_deletion, resume_product, stop_product
from schoolprivacy.suppliers.terms import Agreement, State
from tests.suppliers.builders import (
    BOARD,
    COMPANY,
    LONG_AGO,
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

DAY = timedelta(days=1)


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(RefusedError) as told:
        act()
    return told.value.key


def agreements(school: School, product_id: str) -> dict[str, Agreement]:
    return {each.id: each for each in row(school, product_id).file.agreements}


def test_what_was_entered_comes_back(school: School) -> None:
    one = a_product(school)
    other = a_product(school, "Taalaar")
    key = agree(school, one, other, ends_on=TODAY + 300 * DAY)
    for product_id in (one, other):
        found = agreements(school, product_id)[key]
        assert found.products == tuple(sorted((one, other)))
        assert (found.begins_on, found.ends_on) == (LONG_AGO, TODAY + 300 * DAY)
        assert (found.school_signed_by, found.supplier_signed_by) == (BOARD, COMPANY)
        assert found.is_signed and found.recorded_on == TODAY


def test_bad_entries_are_refused_and_nothing_is_stored(school: School) -> None:
    one, strange = a_product(school), a_product(school, "Anders", "Ander bedrijf")
    supplier = supplier_of(school, one)
    bad = {
        "supplier_field.products": [an_agreement(), an_agreement(one, strange)],
        "supplier.too_early": [an_agreement(one, ends_on=LONG_AGO - DAY)],
        "supplier.future": [an_agreement(one, school_signed_on=TODAY + DAY)],
        "supplier_field.school_signed": [an_agreement(one, school_signed_by="")],
        "supplier_field.supplier_signed": [an_agreement(one, supplier_signed_on=None)],
    }
    for key, entries in bad.items():
        for entry in entries:
            assert refused(lambda e=entry: record_agreement(school, supplier, e)) == key  # type: ignore[misc]
    assert refused(lambda: record_agreement(school, "nix", an_agreement(one))) == "supplier.unknown"
    assert agreements(school, one) == {}


def test_it_is_signed_side_by_side(school: School) -> None:
    one = a_product(school)
    key = record_agreement(school, supplier_of(school, one), unsigned(one)).about
    sign_agreement(school, key, by_school=(TODAY, BOARD))
    assert row(school, one).findings[0].why == "unsigned_supplier"
    again = lambda: sign_agreement(school, key, by_school=(TODAY, "X"))  # noqa: E731
    assert refused(again) == "supplier.signed_before"
    assert refused(lambda: sign_agreement(school, key)) == "supplier_field.signature"
    early = (TODAY + DAY, COMPANY)
    assert refused(lambda: sign_agreement(school, key, by_supplier=early)) == "supplier.future"
    change = sign_agreement(school, key, by_supplier=(TODAY, COMPANY))
    assert agreements(school, one)[key].is_signed
    undo(school, change)
    assert not agreements(school, one)[key].is_signed


def test_only_what_nobody_signed_is_corrected(school: School) -> None:
    one = a_product(school)
    key = record_agreement(school, supplier_of(school, one), unsigned(one)).about
    change_agreement(school, key, unsigned(one, version="4.1", begins_on=TODAY))
    assert agreements(school, one)[key].version == "4.1"
    sign_agreement(school, key, by_supplier=(TODAY, COMPANY))
    correct = lambda: change_agreement(school, key, unsigned(one))  # noqa: E731
    assert refused(correct) == "supplier.signed_before"


def test_it_is_replaced_and_history_stays(school: School) -> None:
    one = in_order(school)
    (old,) = agreements(school, one)
    before = agreements(school, one)[old]
    begins = TODAY + 5 * DAY
    change = replace_agreement(school, old, an_agreement(one, begins_on=begins, version="4.1"))
    found = agreements(school, one)
    assert list(found) == [change.about, old]
    assert found[old].last_day == begins - DAY and found[change.about].replaces == old
    assert (found[old].version, found[old].school_signed_on) == (
        before.version,
        before.school_signed_on,
    )
    assert state(school, one) is State.IN_ORDER
    undo(school, change)
    assert agreements(school, one) == {old: before}


def test_a_replacement_that_cannot_be(school: School) -> None:
    one, two = a_product(school), a_product(school, "Taalaar")
    key = agree(school, one, two)
    fewer = lambda: replace_agreement(school, key, an_agreement(one, begins_on=TODAY))  # noqa: E731
    assert refused(fewer) == "supplier.replace_fewer"
    early = lambda: replace_agreement(school, key, an_agreement(one, two))  # noqa: E731
    assert refused(early) == "supplier.too_early"
    stop_product(school, two, TODAY - DAY, "weg")
    replace_agreement(school, key, an_agreement(one, begins_on=TODAY))
    assert refused(fewer) == "supplier.ended_before"


def test_what_ended_by_itself_can_be_replaced_after_a_gap(school: School) -> None:
    one = a_product(school)
    key = agree(school, one, ends_on=TODAY - 30 * DAY)
    assert row(school, one).findings[0].why == "agreement_ended"
    replace_agreement(school, key, an_agreement(one, begins_on=TODAY))
    assert agreements(school, one)[key].last_day is None
    assert row(school, one).state is not State.NO_AGREEMENT


def test_an_unsigned_replacement_is_told_when_it_begins(school: School) -> None:
    one = in_order(school)
    (old,) = agreements(school, one)
    replace_agreement(school, old, unsigned(one, begins_on=TODAY))
    assert state(school, one) is State.NOT_SIGNED


def test_review(school: School) -> None:
    one = in_order(school)
    (key,) = agreements(school, one)
    assert refused(lambda: review_agreement(school, key, TODAY + DAY)) == "supplier.future"
    assert refused(lambda: review_agreement(school, key, LONG_AGO - DAY)) == "supplier.too_early"
    review_agreement(school, key, TODAY)
    assert agreements(school, one)[key].reviewed_on == TODAY
    assert refused(lambda: review_agreement(school, key, TODAY - DAY)) == "supplier.too_early"


def test_ending_stops_the_product_and_asks_until_its_data_are_gone(school: School) -> None:
    one = in_order(school)
    (key,) = agreements(school, one)
    assert refused(lambda: end_agreement(school, key, TODAY, " ")) == "supplier_field.why"
    assert [each.id for each in stops_with(school, key, TODAY - DAY)] == [one]
    end_agreement(school, key, TODAY - DAY, "te duur")
    assert state(school, one) is State.DELETION
    school.clock.moment += timedelta(days=700)  # type: ignore[attr-defined]
    assert state(school, one) is State.DELETION  # it keeps asking
    confirm_deletion(school, one, TODAY, "brief van het bedrijf")
    assert state(school, one) is State.STOPPED
    assert agreements(school, one)[key].ended_why == "te duur"


def test_ending_on_a_day_to_come(school: School) -> None:
    one = in_order(school)
    (key,) = agreements(school, one)
    end_agreement(school, key, TODAY + 10 * DAY, "nieuwe methode")
    assert state(school, one) is State.IN_ORDER  # the product stops with it
    school.clock.moment += timedelta(days=11)  # type: ignore[attr-defined]
    assert state(school, one) is State.DELETION


def test_a_product_with_another_agreement_goes_on(school: School) -> None:
    one, two = a_product(school), a_product(school, "Taalaar")
    both, own = agree(school, one, two), agree(school, two)
    assert [each.id for each in stops_with(school, both, TODAY)] == [one]
    end_agreement(school, both, TODAY, "weg")
    assert row(school, two).agreement is not None
    assert row(school, two).file.product.last_day is None
    end_agreement(school, own, TODAY, "ook weg")
    assert row(school, two).file.product.last_day == TODAY


def test_a_successor_that_begins_later_keeps_the_product(school: School) -> None:
    one = a_product(school)
    now = agree(school, one)
    agree(school, one, begins_on=TODAY + 20 * DAY)
    assert stops_with(school, now, TODAY - DAY) == ()
    end_agreement(school, now, TODAY - DAY, "overgang")
    assert row(school, one).findings[0].why == "agreement_later"


def test_a_mistaken_agreement_keeps_nothing_going(school: School) -> None:
    one = a_product(school)
    now, wrong = agree(school, one), agree(school, one)
    withdraw_agreement(school, wrong, "van een andere school")
    assert [each.id for each in stops_with(school, now, TODAY)] == [one]


def test_a_product_that_has_yet_to_begin_does_not_stop(school: School) -> None:
    one = a_product(school, since=TODAY + 30 * DAY)
    key = agree(school, one)
    assert stops_with(school, key, TODAY) == ()


def test_what_ended_cannot_end_again(school: School) -> None:
    one = in_order(school)
    (key,) = agreements(school, one)
    assert refused(lambda: end_agreement(school, key, LONG_AGO - DAY, "x")) == "supplier.too_early"
    end_agreement(school, key, TODAY, "weg")
    for act in (
        lambda: end_agreement(school, key, TODAY, "weg"),
        lambda: replace_agreement(school, key, an_agreement(one, begins_on=TODAY)),
    ):
        assert refused(act) == "supplier.ended_before"
    other = agree(school, a_product(school, "Taalaar"), ends_on=TODAY)
    late = lambda: end_agreement(school, other, TODAY + DAY, "x")  # noqa: E731
    assert refused(late) == "supplier.ended_before"


def test_ending_is_undone_whole(school: School) -> None:
    one, two = a_product(school), a_product(school, "Taalaar")
    key = agree(school, one, two)
    before = [row(school, each) for each in (one, two)]
    undo(school, end_agreement(school, key, TODAY - DAY, "weg"))
    assert [row(school, each) for each in (one, two)] == before


def test_a_mistake_stays_readable_and_counts_no_more(school: School) -> None:
    one = in_order(school)
    (old,) = agreements(school, one)
    new = replace_agreement(school, old, an_agreement(one, begins_on=TODAY)).about
    assert refused(lambda: withdraw_agreement(school, old, "x")) == "supplier.replaced_before"
    assert refused(lambda: withdraw_agreement(school, new, "")) == "supplier_field.why"
    change = withdraw_agreement(school, new, "verkeerde school")
    found = agreements(school, one)
    assert found[new].mistake == "verkeerde school" and found[new].school_signed_by == BOARD
    assert found[old].last_day is None and state(school, one) is State.IN_ORDER
    assert refused(lambda: withdraw_agreement(school, new, "x")) == "supplier.mistaken"
    sign = lambda: sign_agreement(school, new, by_school=(TODAY, BOARD))  # noqa: E731
    assert refused(sign) == "supplier.mistaken"
    undo(school, change)
    assert agreements(school, one)[old].last_day == TODAY - DAY


def test_withdrawing_does_not_reopen_what_somebody_ended(school: School) -> None:
    one = a_product(school)
    old = agree(school, one, ends_on=TODAY - 10 * DAY)
    new = replace_agreement(school, old, an_agreement(one, begins_on=TODAY)).about
    withdraw_agreement(school, new, "fout")
    assert agreements(school, one)[old].ends_on == TODAY - 10 * DAY
    assert row(school, one).findings[0].why == "agreement_ended"


def test_stopped_with_its_agreement_and_taken_up_again(school: School) -> None:
    one = in_order(school)
    (key,) = agreements(school, one)
    end_agreement(school, key, TODAY - DAY, "weg")
    resume_product(school, one)
    assert row(school, one).findings[0].why == "agreement_ended"
    agree(school, one, begins_on=TODAY)
    assert state(school, one) is State.IN_ORDER


@pytest.mark.parametrize("role", [Role.ADMINISTRATION, Role.TEACHER, Role.COUNSELLOR])
def test_other_roles_may_not(school: School, role: Role) -> None:
    one = in_order(school)
    (key,) = agreements(school, one)
    school.who = StaffMember(school.who.id, "Iemand", role)
    for act in (
        lambda: end_agreement(school, key, TODAY, "x"),
        lambda: withdraw_agreement(school, key, "x"),
        lambda: record_agreement(school, "x", an_agreement(one)),
    ):
        assert refused(act) == "role_may_not.suppliers"
