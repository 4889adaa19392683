"""Every combination of what can be the matter with a product, against what the field says.

The expectation is written down beside each circumstance, from the order of the field (no agreement,
not signed, no bijsluiter, no security annex, outside the EEA, review overdue, ends within 90 days)
and from what a school owes besides; it is not worked out by the rules that are tried here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import product as combined

from schoolprivacy.suppliers.rules import findings, state_of
from schoolprivacy.suppliers.sheet_terms import (
    Annex,
    Bijsluiter,
    Certificate,
    Data,
    Option,
    Place,
    Safeguard,
    Shared,
    SubProcessor,
)
from schoolprivacy.suppliers.terms import (
    Agreement,
    Basic,
    BasicAnswer,
    Dpia,
    Model,
    Product,
    ProductFile,
    ProductKind,
    State,
    Supplier,
    YesNo,
)

TODAY = date(2026, 11, 2)
YESTERDAY, TOMORROW = date(2026, 11, 1), date(2026, 11, 3)
WITHIN_90, AFTER_90 = date(2027, 1, 31), date(2027, 2, 1)
BEGAN = date(2026, 3, 1)

WORST_FIRST = (
    "no_agreement",
    "not_signed",
    "no_bijsluiter",
    "no_annex",
    "outside_eea",
    "deletion",
    "review_overdue",
    "dpia",
    "certificate",
    "ends_soon",
    "incomplete",
    "not_told",
)
SIGNED = Agreement(Model.MODEL_4, "4.0", BEGAN, ("p",), None, BEGAN, "bestuur", BEGAN, "bedrijf")
HALF = replace(SIGNED, supplier_signed_on=None, supplier_signed_by="")
NEXT = replace(SIGNED, id="next", begins_on=TOMORROW)
SHEET = Bijsluiter("1", BEGAN, places=(Place("Nederland"),))
ANNEX = Annex("1", BEGAN)
USED = Product(
    "Rekenaar",
    ProductKind.LEARNING,
    "rekenen",
    "groep 3",
    BEGAN,
    YesNo.NO,
    pseudonym=YesNo.YES,
    basics={each: BasicAnswer(YesNo.YES) for each in Basic},
    id="p",
    supplier_id="s",
)

AGREEMENTS: tuple[tuple[tuple[Agreement, ...], str], ...] = (
    ((), "no_agreement"),
    ((replace(SIGNED, mistake="fout"),), "no_agreement"),
    ((replace(SIGNED, ends_on=YESTERDAY),), "no_agreement"),
    ((replace(SIGNED, last_day=YESTERDAY, ended_why="op"),), "no_agreement"),
    ((NEXT,), "no_agreement"),
    ((HALF,), "not_signed"),
    ((replace(HALF, ends_on=TODAY),), "not_signed ends_soon"),
    ((replace(HALF, begins_on=date(2025, 11, 1)),), "not_signed review_overdue"),
    ((replace(SIGNED, begins_on=date(2025, 11, 2)),), ""),
    ((replace(SIGNED, begins_on=date(2025, 11, 1)),), "review_overdue"),
    ((replace(SIGNED, begins_on=date(2020, 1, 1), reviewed_on=date(2025, 11, 2)),), ""),
    ((replace(SIGNED, ends_on=WITHIN_90),), "ends_soon"),
    ((replace(SIGNED, ends_on=AFTER_90),), ""),
    ((replace(SIGNED, ends_on=TODAY), NEXT), ""),
    ((replace(SIGNED, ends_on=TODAY), replace(NEXT, begins_on=date(2026, 11, 4))), "ends_soon"),
    ((replace(SIGNED, ends_on=TODAY), replace(HALF, begins_on=TOMORROW)), "ends_soon"),
    ((HALF, replace(SIGNED, id="other")), ""),
)
SHEETS: tuple[tuple[tuple[Bijsluiter, ...], str], ...] = (
    ((), "no_bijsluiter"),
    ((SHEET,), ""),
    ((replace(SHEET, places=()),), "outside_eea"),
    ((replace(SHEET, places=(Place("India"),)),), "outside_eea"),
    ((replace(SHEET, places=(Place("India", Safeguard.CLAUSES),)),), ""),
    ((replace(SHEET, sub_processors=(SubProcessor("X", "x", Place("")),)),), "outside_eea"),
    ((replace(SHEET, shared=(Shared(Data.MEDICAL),)),), "special"),
    ((replace(SHEET, options=(Option("x", False, (Shared(Data.MEDICAL),)),)),), ""),
    ((SHEET, replace(SHEET, places=(Place("India"),))), ""),  # only an earlier one was outside
)
ANNEXES: tuple[tuple[tuple[Annex, ...], str], ...] = (
    ((), "no_annex"),
    ((ANNEX,), ""),
    ((replace(ANNEX, certificates=(Certificate("ISO", YESTERDAY),)),), "certificate"),
    ((replace(ANNEX, certificates=(Certificate("ISO", TODAY),)),), "ends_soon"),
    ((replace(ANNEX, certificates=(Certificate("ISO", AFTER_90),)),), ""),
    ((ANNEX, replace(ANNEX, certificates=(Certificate("ISO", YESTERDAY),))), ""),
)
PRODUCTS: tuple[tuple[Product, str], ...] = (
    (USED, ""),
    (replace(USED, last_day=TODAY), ""),
    (replace(USED, dpia=Dpia.NEEDED), "dpia"),
    (replace(USED, sensitive=YesNo.YES), "dpia"),
    (replace(USED, dpia=Dpia.NOT_NEEDED), ""),
    (replace(USED, sensitive=YesNo.YES, dpia=Dpia.NOT_NEEDED), "incomplete"),
    (replace(USED, sensitive=YesNo.YES, dpia=Dpia.NOT_NEEDED, dpia_why="klein"), ""),
    (replace(USED, sensitive=YesNo.UNKNOWN), "incomplete"),
    (replace(USED, sensitive=YesNo.UNKNOWN, dpia=Dpia.NEEDED), "dpia incomplete"),
    (replace(USED, pseudonym=YesNo.NO), "incomplete"),
    (replace(USED, last_day=YESTERDAY), "deletion"),
    (replace(USED, last_day=YESTERDAY, deleted_on=TODAY, deleted_how="brief"), "stopped"),
)
TOLD: tuple[tuple[tuple[str | None, str], str], ...] = (
    (("zo", "zo"), ""),
    ((None, "zo"), "not_told"),
    (("anders", "zo"), "not_told"),
    (("zo", ""), "told_still"),  # it stands on the list no more
    ((None, ""), ""),
)


def cases() -> Iterator[tuple[ProductFile, set[str]]]:
    """Every file, and the states that must be told of it."""
    for (made, a), (sheets, b), (annexes, c), (product, d), ((told, tells), e) in combined(
        AGREEMENTS, SHEETS, ANNEXES, PRODUCTS, TOLD
    ):
        supplier = Supplier("Cijferwerk", id="s")
        file = ProductFile(supplier, product, made, sheets, annexes, told, tells)
        yield file, expected(product, (a, b, c), d, e)


def expected(product: Product, papers: Iterable[str], own: str, told: str) -> set[str]:
    """Of what stopped only its data and its line count; what stops today needs no next paper."""
    if product.last_day == YESTERDAY:
        return {*own.split(), *told.split()} - {"stopped", "told_still"}
    told = told.replace("told_still", "not_told")
    agreement, bijsluiter, annex = papers
    found = set(agreement.split())
    if product.last_day == TODAY:
        found -= {"ends_soon"}
    if bijsluiter == "special":  # shares special data: only wrong when it is called not sensitive
        bijsluiter = "incomplete" if product.sensitive is YesNo.NO else ""
    return found | {*bijsluiter.split(), *annex.split(), *own.split(), *told.split()}


def test_every_combination_stands_as_the_field_says() -> None:
    seen: set[str] = set()
    for file, states in cases():
        found = [each.state.value for each in findings(file, TODAY)]
        assert set(found) == states, file
        assert found == sorted(found, key=WORST_FIRST.index), file
        calm = State.STOPPED if file.product.last_day == YESTERDAY else State.IN_ORDER
        assert state_of(file, TODAY).value == (found[0] if found else calm.value), file
        seen.add(state_of(file, TODAY).value)
    assert seen == {each.value for each in State}  # each of them is the worst of some product
