"""Suppliers and products: on record, changed, stopped, taken up again, taken away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import timedelta

import pytest

from schoolprivacy.errors import KnownError
from schoolprivacy.people.undoing import undo
from schoolprivacy.school import School
from schoolprivacy.suppliers.board import board, counts, known_suppliers, products_of
from schoolprivacy.suppliers.products import (
    add_product,
    add_supplier,
    change_product,
    change_supplier,
    remove_product,
    remove_supplier,
)
from schoolprivacy.suppliers.stopping import (
    confirm_deletion,
    resume_product,
    stop_product,
    withdraw_deletion,
)
from schoolprivacy.suppliers.terms import (
    Basic,
    BasicAnswer,
    Dpia,
    ProductKind,
    State,
    SupplierEntry,
    YesNo,
)
from tests.suppliers.builders import (
    LONG_AGO,
    REKENAAR,
    TODAY,
    a_product,
    agree,
    in_order,
    row,
    state,
    supplier_of,
)

DAY = timedelta(days=1)
FULL = SupplierEntry(
    "Cijferwerk",
    YesNo.YES,
    "mevrouw Voorbeeld",
    "info@cijferwerk.example",
    "06-00000000",
    "Voorbeeldlaan 1\n1234 AB Dorp",
    "cijferwerk.example",
    "belt liever\ndan mailt",
)


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(KnownError) as told:
        act()
    return told.value.key


def test_every_field_of_a_supplier_comes_back(school: School) -> None:
    key = add_supplier(school, FULL).about
    (found,) = known_suppliers(school)
    assert asdict(found) == {**asdict(FULL), "id": key}
    change = change_supplier(school, key, replace(FULL, contact=""))
    assert known_suppliers(school)[0].contact == ""
    undo(school, change)
    assert known_suppliers(school) == [found]


def test_every_field_of_a_product_comes_back(school: School) -> None:
    entry = replace(
        REKENAAR,
        sensitive=YesNo.YES,
        dpia=Dpia.DONE,
        dpia_on=LONG_AGO,
        pseudonym=YesNo.NO,
        pseudonym_why="de naam is nodig",
        basics={Basic.OPEN: BasicAnswer(YesNo.NO, "staat niet op de website")},
    )
    key = add_product(school, FULL, entry).about
    found = row(school, key).file.product
    assert all(getattr(found, name) == getattr(entry, name) for name in asdict(entry))
    other = replace(entry, dpia=Dpia.NOT_NEEDED, dpia_on=None, dpia_why="alleen voornamen")
    undo(school, change_product(school, key, replace(other, basics={}, name="Anders")))
    assert row(school, key).file.product == found
    change = change_product(school, key, other)
    assert row(school, key).file.product.dpia_why == "alleen voornamen"
    undo(school, change)
    assert row(school, key).file.product == found


def test_bad_entries(school: School) -> None:
    one = a_product(school)
    company = supplier_of(school, one)
    bad = {
        "supplier_field.supplier": lambda: add_supplier(school, replace(FULL, name=" ")),
        "supplier.email": lambda: add_supplier(school, replace(FULL, name="X", email="geen")),
        "supplier.address": lambda: add_supplier(
            school, replace(FULL, name="X", address="a\nb\nc\nd")
        ),
        "supplier.twin": lambda: add_supplier(school, replace(FULL, name="CIJFERWERK")),
        "supplier_field.product": lambda: add_product(school, company, replace(REKENAAR, name="")),
        "supplier.product_twin": lambda: add_product(school, company, REKENAAR),
        "supplier.unknown": lambda: add_product(school, "nix", REKENAAR),
        "supplier_field.dpia_on": lambda: change_product(
            school, one, replace(REKENAAR, dpia=Dpia.DONE)
        ),
        "supplier.future": lambda: change_product(
            school, one, replace(REKENAAR, dpia=Dpia.DONE, dpia_on=TODAY + DAY)
        ),
        "supplier.long": lambda: change_product(school, one, replace(REKENAAR, used_for="x" * 201)),
    }
    for key, act in bad.items():
        assert refused(act) == key
    assert len(board(school).rows) == 1 and len(known_suppliers(school)) == 1


def test_a_new_company_comes_with_its_product_or_not_at_all(school: School) -> None:
    wrong = lambda: add_product(school, FULL, replace(REKENAAR, name=""))  # noqa: E731
    assert refused(wrong) == "supplier_field.product"
    assert known_suppliers(school) == []
    change = add_product(school, FULL, REKENAAR)
    undo(school, change)
    assert known_suppliers(school) == [] and board(school).rows == ()


def test_stop_confirm_and_back(school: School) -> None:
    one = in_order(school)
    assert refused(lambda: confirm_deletion(school, one, TODAY, "brief")) == "supplier.not_stopped"
    assert refused(lambda: stop_product(school, one, TODAY, "")) == "supplier_field.why"
    early = lambda: stop_product(school, one, LONG_AGO - DAY, "x")  # noqa: E731
    assert refused(early) == "supplier.too_early"
    stop_product(school, one, TODAY - DAY, "te duur")
    assert state(school, one) is State.DELETION
    assert refused(lambda: confirm_deletion(school, one, TODAY, "")) == "supplier_field.how"
    before = lambda: confirm_deletion(school, one, TODAY - 2 * DAY, "x")  # noqa: E731
    assert refused(before) == "supplier.too_early"
    confirm_deletion(school, one, TODAY, "e-mail")
    assert state(school, one) is State.STOPPED
    assert refused(lambda: resume_product(school, one)) == "supplier.deleted_before"
    withdraw_deletion(school, one)
    assert state(school, one) is State.DELETION
    assert refused(lambda: withdraw_deletion(school, one)) == "supplier.not_deleted"
    resume_product(school, one)
    assert state(school, one) is State.IN_ORDER
    assert refused(lambda: resume_product(school, one)) == "supplier.goes_on"


def test_stopping_on_a_day_to_come(school: School) -> None:
    one = in_order(school)
    stop_product(school, one, TODAY + 5 * DAY, "nieuwe methode")
    assert state(school, one) is State.IN_ORDER
    assert refused(lambda: confirm_deletion(school, one, TODAY, "x")) == "supplier.not_stopped"


def test_what_the_school_never_began_with_can_be_stopped(school: School) -> None:
    one = in_order(school, since=TODAY + 30 * DAY)
    stop_product(school, one, TODAY - DAY, "toch niet")
    assert state(school, one) is State.DELETION


def test_a_stopped_product_of_the_same_name_may_come_back_as_new(school: School) -> None:
    one = in_order(school)
    stop_product(school, one, TODAY - DAY, "weg")
    again = add_product(school, supplier_of(school, one), REKENAAR).about
    assert again != one and state(school, again) is State.NO_AGREEMENT


def test_only_what_nothing_belongs_to_is_taken_away(school: School) -> None:
    one = a_product(school)
    company = supplier_of(school, one)
    assert refused(lambda: remove_supplier(school, company)) == "supplier.kept"
    undo(school, remove_product(school, one))
    assert row(school, one).name == "Rekenaar"
    remove_product(school, one)
    remove_supplier(school, company)
    assert known_suppliers(school) == []
    kept = in_order(school)
    assert refused(lambda: remove_product(school, kept)) == "supplier.kept"


def test_the_board_is_worst_first_and_counts(school: School) -> None:
    good = in_order(school, "Appel")
    bad = a_product(school, "Zebra")
    half = a_product(school, "Midden", kind=ProductKind.APP)
    agree(school, half)
    states = [each.state for each in board(school).rows]
    assert states == sorted(states, key=list(State).index)
    assert board(school).rows[0].file.product.id == bad
    assert counts(school) == board(school).counts
    assert sum(counts(school).values()) == 3
    assert list(products_of(school, supplier_of(school, good)).values()) == [
        "Appel",
        "Midden",
        "Zebra",
    ]
