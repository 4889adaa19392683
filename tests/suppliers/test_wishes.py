"""A teacher asks for an app; the director decides; what comes of it stays on record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from schoolprivacy.errors import RefusedError
from schoolprivacy.people.undoing import undo
from schoolprivacy.school import School
from schoolprivacy.suppliers.board import board, known_suppliers
from schoolprivacy.suppliers.products import remove_product
from schoolprivacy.suppliers.terms import (
    ProductEntry,
    ProductKind,
    State,
    SupplierEntry,
    WishEntry,
)
from schoolprivacy.suppliers.wishes import (
    Granted,
    ask_for_app,
    change_wish,
    earlier_wishes,
    grant_wish,
    refuse_wish,
    remove_wish,
    reopen_wish,
    wishes,
)
from tests.suppliers.builders import TODAY, a_product, row, state, supplier_of

DAY = timedelta(days=1)
ASKED = WishEntry("Juf Test", TODAY - 3 * DAY, "Klassenquiz", "een quiz", "groep 6", "schermnaam")
NEW = Granted(
    SupplierEntry("Quizbedrijf"), ProductEntry("Klassenquiz", ProductKind.APP, "een quiz")
)


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(RefusedError) as told:
        act()
    return told.value.key


def test_a_yes_puts_the_product_on_record(school: School) -> None:
    key = ask_for_app(school, ASKED).about
    (wish,) = wishes(school)
    assert replace(wish, id="") == type(wish)(*(getattr(ASKED, n) for n in WishEntry.__slots__))
    before = board(school)
    change = grant_wish(school, key, "past bij de les", TODAY, NEW)
    (decided,) = wishes(school)
    assert decided.granted and decided.decided_on == TODAY and decided.decided_by == "Directie"
    assert decided.product_id is not None
    assert state(school, decided.product_id) is State.NO_AGREEMENT
    assert refused(lambda: remove_product(school, str(decided.product_id))) == "supplier.kept"
    undo(school, change)
    assert board(school) == before and known_suppliers(school) == []
    assert wishes(school) == [wish]


def test_a_yes_to_what_is_on_record(school: School) -> None:
    one = a_product(school, "Klassenquiz")
    key = ask_for_app(school, ASKED).about
    grant_wish(school, key, "hebben wij al", TODAY, Granted(supplier_of(school, one), one))
    assert wishes(school)[0].product_id == one and len(board(school).rows) == 1


def test_a_no_is_kept_with_its_reason(school: School) -> None:
    key = ask_for_app(school, ASKED).about
    assert refused(lambda: refuse_wish(school, key, " ", TODAY)) == "supplier_field.why"
    refuse_wish(school, key, "geen overeenkomst te krijgen", TODAY)
    ask_for_app(school, replace(ASKED, app="KLASSENQUIZ", asked_by="Meester Test"))
    before = [each for each in earlier_wishes(school, "klassenquiz") if each.granted is not None]
    assert [each.reason for each in before] == ["geen overeenkomst te krijgen"]
    assert [each.granted for each in wishes(school)] == [None, False]  # undecided first
    assert board(school).rows == ()


def test_who_decides_twice_takes_the_first_back(school: School) -> None:
    key = ask_for_app(school, ASKED).about
    assert refused(lambda: reopen_wish(school, key)) == "supplier.undecided"
    refuse_wish(school, key, "nee", TODAY)
    assert refused(lambda: grant_wish(school, key, "ja", TODAY, NEW)) == "supplier.decided_before"
    assert refused(lambda: remove_wish(school, key)) == "supplier.decided_before"
    reopen_wish(school, key)
    change_wish(school, key, replace(ASKED, data="niets"))
    assert wishes(school)[0].data == "niets" and wishes(school)[0].granted is None
    remove_wish(school, key)
    assert wishes(school) == []


def test_a_decision_is_not_taken_before_its_request(school: School) -> None:
    key = ask_for_app(school, ASKED).about
    refuse_wish(school, key, "nee", ASKED.asked_on)
    late = replace(ASKED, asked_on=ASKED.asked_on + DAY)
    assert refused(lambda: change_wish(school, key, late)) == "supplier.too_early"
    change_wish(school, key, replace(ASKED, asked_on=ASKED.asked_on - DAY))
    assert wishes(school)[0].asked_on == ASKED.asked_on - DAY


def test_bad_entries(school: School) -> None:
    for name, missing in (("asked_by", "asked_by"), ("app", "app"), ("used_for", "wish_used_for")):
        act = lambda n=name: ask_for_app(school, replace(ASKED, **{n: " "}))  # type: ignore[misc] # noqa: E731
        assert refused(act) == f"supplier_field.{missing}"
    late = lambda: ask_for_app(school, replace(ASKED, asked_on=TODAY + DAY))  # noqa: E731
    assert refused(late) == "supplier.future"
    key = ask_for_app(school, ASKED).about
    early = lambda: refuse_wish(school, key, "nee", ASKED.asked_on - DAY)  # noqa: E731
    assert refused(early) == "supplier.too_early"
    strange = Granted("nix", NEW.product)
    assert refused(lambda: grant_wish(school, key, "ja", TODAY, strange)) == "supplier.unknown"
    unknown = Granted("nix", "nix")
    assert refused(lambda: grant_wish(school, key, "ja", TODAY, unknown)) == "supplier.unknown"
    assert wishes(school)[0].granted is None and board(school).rows == ()


def test_a_product_that_came_of_it_stays_when_the_decision_is_taken_back(school: School) -> None:
    key = ask_for_app(school, ASKED).about
    grant_wish(school, key, "ja", TODAY, NEW)
    product_id = str(wishes(school)[0].product_id)
    reopen_wish(school, key)
    assert row(school, product_id).name == "Klassenquiz"
