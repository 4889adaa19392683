"""Each state of a product: when it holds, when not, why, and the step that mends it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from schoolprivacy.suppliers.rules import (
    agreement_of,
    ends_on,
    findings,
    keep_until,
    review_due_on,
    review_soon,
    state_of,
    unguarded,
)
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
    Step,
    Supplier,
    YesNo,
)
from schoolprivacy.suppliers.words import place_told, why_told

TODAY = date(2026, 11, 2)
DAY = timedelta(days=1)
BEGAN = date(2026, 3, 1)
BASICS = {each: BasicAnswer(YesNo.YES) for each in Basic}
PRODUCT = Product(
    "Rekenaar",
    ProductKind.LEARNING,
    "rekenen",
    "groep 3",
    BEGAN,
    YesNo.NO,
    pseudonym=YesNo.YES,
    basics=BASICS,
    id="p",
    supplier_id="s",
)
AGREEMENT = Agreement(
    Model.MODEL_4, "4.0", BEGAN, ("p",), None, BEGAN, "bestuur", BEGAN, "bedrijf", id="a"
)
BIJSLUITER = Bijsluiter("1", BEGAN, places=(Place("Nederland"),), id="b")
ANNEX = Annex("1", BEGAN, id="x")
GOOD = ProductFile(
    Supplier("Cijferwerk", id="s"), PRODUCT, (AGREEMENT,), (BIJSLUITER,), (ANNEX,), "zo", "zo"
)


def product(**changed: Any) -> ProductFile:
    return replace(GOOD, product=replace(PRODUCT, **changed))


def agreement(**changed: Any) -> ProductFile:
    return replace(GOOD, agreements=(replace(AGREEMENT, **changed),))


def places(*found: Place, others: tuple[SubProcessor, ...] = ()) -> ProductFile:
    sheet = replace(BIJSLUITER, places=found, sub_processors=others)
    return replace(GOOD, bijsluiters=(sheet,))


def certificate(ends: date | None) -> ProductFile:
    return replace(GOOD, annexes=(replace(ANNEX, certificates=(Certificate("ISO", ends),)),))


def special(*, ticked: bool) -> ProductFile:
    """Data about health, only with a service the school may choose."""
    option = Option("zorg", ticked, (Shared(Data.MEDICAL),))
    return replace(GOOD, bijsluiters=(replace(BIJSLUITER, options=(option,)),))


def test_nothing_is_wrong_with_what_is_in_order() -> None:
    assert findings(GOOD, TODAY) == ()
    assert state_of(GOOD, TODAY) is State.IN_ORDER


UNSIGNED: dict[str, Any] = {"supplier_signed_on": None, "supplier_signed_by": ""}
SOON = TODAY + 90 * DAY
CASES: dict[str, tuple[ProductFile, State, Step, str]] = {
    "none": (replace(GOOD, agreements=()), State.NO_AGREEMENT, Step.AGREEMENT, "agreement_none"),
    "ended": (
        agreement(ends_on=TODAY - DAY),
        State.NO_AGREEMENT,
        Step.AGREEMENT,
        "agreement_ended",
    ),
    "ended before its time": (
        agreement(last_day=TODAY - DAY),
        State.NO_AGREEMENT,
        Step.AGREEMENT,
        "agreement_ended",
    ),
    "begins later": (
        agreement(begins_on=TODAY + DAY),
        State.NO_AGREEMENT,
        Step.AGREEMENT,
        "agreement_later",
    ),
    "a mistake": (agreement(mistake="fout"), State.NO_AGREEMENT, Step.AGREEMENT, "agreement_none"),
    "supplier did not sign": (
        agreement(**UNSIGNED),
        State.NOT_SIGNED,
        Step.SIGN,
        "unsigned_supplier",
    ),
    "board did not sign": (
        agreement(school_signed_on=None, school_signed_by=""),
        State.NOT_SIGNED,
        Step.SIGN,
        "unsigned_school",
    ),
    "nobody signed": (
        agreement(school_signed_on=None, school_signed_by="", **UNSIGNED),
        State.NOT_SIGNED,
        Step.SIGN,
        "unsigned_both",
    ),
    "no bijsluiter": (
        replace(GOOD, bijsluiters=()),
        State.NO_BIJSLUITER,
        Step.BIJSLUITER,
        "bijsluiter",
    ),
    "no annex": (replace(GOOD, annexes=()), State.NO_ANNEX, Step.ANNEX, "annex"),
    "outside": (
        places(Place("Nederland"), Place("Verenigde Staten")),
        State.OUTSIDE_EEA,
        Step.COUNTRY,
        "outside_eea",
    ),
    "a sub-processor outside": (
        places(Place("Nederland"), others=(SubProcessor("X", "opslag", Place("India")),)),
        State.OUTSIDE_EEA,
        Step.COUNTRY,
        "outside_eea",
    ),
    "a sub-processor nobody knows where": (
        places(Place("Nederland"), others=(SubProcessor("X", "opslag", Place("")),)),
        State.OUTSIDE_EEA,
        Step.COUNTRY,
        "no_place_of",
    ),
    "no country": (places(), State.OUTSIDE_EEA, Step.COUNTRY, "no_place"),
    "data not deleted": (
        product(last_day=TODAY - DAY),
        State.DELETION,
        Step.DELETION,
        "deletion",
    ),
    "not looked at": (
        agreement(begins_on=date(2025, 11, 1)),
        State.REVIEW_OVERDUE,
        Step.REVIEW,
        "review",
    ),
    "needs a DPIA": (product(dpia=Dpia.NEEDED), State.DPIA, Step.PRODUCT, "dpia_needed"),
    "sensitive, nobody thought of a DPIA": (
        product(sensitive=YesNo.YES),
        State.DPIA,
        Step.PRODUCT,
        "dpia_unknown",
    ),
    "certificate ended": (
        certificate(TODAY - DAY),
        State.CERTIFICATE,
        Step.ANNEX,
        "certificate_ended",
    ),
    "certificate ends": (certificate(SOON), State.ENDS_SOON, Step.ANNEX, "certificate_ends"),
    "ends": (agreement(ends_on=SOON), State.ENDS_SOON, Step.AGREEMENT, "ends"),
    "ends today": (agreement(ends_on=TODAY), State.ENDS_SOON, Step.AGREEMENT, "ends"),
    "basics": (product(basics={}), State.INCOMPLETE, Step.PRODUCT, "basics"),
    "a no among the basics": (
        product(basics=BASICS | {Basic.GROUND: BasicAnswer(YesNo.NO)}),
        State.INCOMPLETE,
        Step.PRODUCT,
        "basics_no",
    ),
    "special data that nobody finds sensitive": (
        special(ticked=True),
        State.INCOMPLETE,
        Step.PRODUCT,
        "special",
    ),
    "pseudonym": (product(pseudonym=YesNo.UNKNOWN), State.INCOMPLETE, Step.PRODUCT, "pseudonym"),
    "no DPIA needed, and not why": (
        product(sensitive=YesNo.YES, dpia=Dpia.NOT_NEEDED),
        State.INCOMPLETE,
        Step.PRODUCT,
        "dpia_why",
    ),
    "no pseudonym, and not why": (
        product(pseudonym=YesNo.NO),
        State.INCOMPLETE,
        Step.PRODUCT,
        "pseudonym",
    ),
    "not known whether sensitive": (
        product(sensitive=YesNo.UNKNOWN),
        State.INCOMPLETE,
        Step.PRODUCT,
        "sensitive",
    ),
    "not said what for": (product(used_for=""), State.INCOMPLETE, Step.PRODUCT, "used_for"),
    "not said since when": (product(since=None), State.INCOMPLETE, Step.PRODUCT, "since"),
    "parents never read it": (
        replace(GOOD, told=None),
        State.NOT_TOLD,
        Step.PUBLISH,
        "never_told",
    ),
    "parents read something else": (
        replace(GOOD, told="anders"),
        State.NOT_TOLD,
        Step.PUBLISH,
        "told_otherwise",
    ),
    "parents read of what is of staff now": (
        replace(GOOD, tells=""),
        State.NOT_TOLD,
        Step.PUBLISH,
        "told_still",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_is_wrong_is_told_with_its_reason_and_its_step(name: str) -> None:
    file, state, step, why = CASES[name]
    found = findings(file, TODAY)
    assert [(each.state, each.step, each.why) for each in found] == [(state, step, why)]
    assert state_of(file, TODAY) is state


GOOD_ENOUGH: dict[str, ProductFile] = {
    "ends on its last day that is far enough": agreement(ends_on=SOON + DAY),
    "a certificate far enough": certificate(SOON + DAY),
    "a certificate without an end": certificate(None),
    "outside with a safeguard": places(Place("Verenigde Staten", Safeguard.CLAUSES)),
    "special data that are not ticked": special(ticked=False),
    "special data of something sensitive": replace(
        special(ticked=True),
        product=replace(PRODUCT, sensitive=YesNo.YES, dpia=Dpia.DONE, dpia_on=BEGAN),
    ),
    "another spelling in the EEA": places(Place("belgie"), Place("DUITSLAND")),
    "no pseudonym, with the reason": product(pseudonym=YesNo.NO, pseudonym_why="naam nodig"),
    "sensitive and done": product(sensitive=YesNo.YES, dpia=Dpia.DONE, dpia_on=BEGAN),
    "sensitive and not needed": product(
        sensitive=YesNo.YES, dpia=Dpia.NOT_NEEDED, dpia_why="alleen namen"
    ),
    "looked at in time": agreement(
        begins_on=date(2024, 1, 1), reviewed_on=date(2025, 11, 2), school_signed_on=BEGAN
    ),
    "stops with its agreement": replace(
        agreement(ends_on=TODAY + DAY), product=replace(PRODUCT, last_day=TODAY + DAY)
    ),
    "a mistake beside a good one": replace(
        GOOD, agreements=(replace(AGREEMENT, id="m", mistake="fout", ends_on=TODAY), AGREEMENT)
    ),
}


@pytest.mark.parametrize("name", GOOD_ENOUGH)
def test_what_is_good_enough_is_in_order(name: str) -> None:
    assert findings(GOOD_ENOUGH[name], TODAY) == ()


def test_the_worst_comes_first() -> None:
    """In the order of the field; what a school owes besides never hides it."""
    everything = ProductFile(GOOD.supplier, Product("X", ProductKind.APP), tells="zo")
    states = [each.state for each in findings(everything, TODAY)]
    assert states == sorted(states, key=list(State).index)
    assert state_of(everything, TODAY) is State.NO_AGREEMENT
    assert {State.NO_BIJSLUITER, State.NO_ANNEX, State.INCOMPLETE, State.NOT_TOLD} <= set(states)
    order = [State.NO_AGREEMENT, State.NOT_SIGNED, State.NO_BIJSLUITER, State.NO_ANNEX]
    order += [State.OUTSIDE_EEA, State.REVIEW_OVERDUE, State.ENDS_SOON, State.IN_ORDER]
    assert sorted(order, key=list(State).index) == order


def test_of_a_product_that_stopped_only_its_data_count() -> None:
    bare = ProductFile(GOOD.supplier, replace(PRODUCT, last_day=TODAY - DAY))
    assert [each.state for each in findings(bare, TODAY)] == [State.DELETION]
    gone = replace(bare, product=replace(bare.product, deleted_on=TODAY, deleted_how="brief"))
    assert findings(gone, TODAY) == () and state_of(gone, TODAY) is State.STOPPED
    assert state_of(product(last_day=TODAY), TODAY) is State.IN_ORDER  # its last day


def test_a_product_that_begins_later_is_judged_on_its_first_day() -> None:
    first = TODAY + 60 * DAY
    later = replace(AGREEMENT, begins_on=first)
    file = replace(GOOD, product=replace(PRODUCT, since=first), agreements=(later,))
    assert state_of(file, TODAY) is State.IN_ORDER
    too_late = replace(file, agreements=(replace(later, begins_on=first + DAY),))
    assert state_of(too_late, TODAY) is State.NO_AGREEMENT
    ends_before = replace(file, agreements=(replace(AGREEMENT, ends_on=first - DAY),))
    assert state_of(ends_before, TODAY) is State.NO_AGREEMENT


def test_the_signed_one_of_two_counts() -> None:
    unsigned = replace(AGREEMENT, id="u", begins_on=TODAY, **UNSIGNED)
    file = replace(GOOD, agreements=(unsigned, AGREEMENT))
    found = agreement_of(file, TODAY)
    assert found is not None and found.id == "a"
    assert state_of(file, TODAY) is State.IN_ORDER


def test_a_next_agreement_carries_on() -> None:
    old = replace(AGREEMENT, ends_on=TODAY + 10 * DAY)
    after = replace(AGREEMENT, id="n", begins_on=TODAY + 11 * DAY, ends_on=TODAY + 400 * DAY)
    assert ends_on(replace(GOOD, agreements=(after, old)), TODAY) == TODAY + 400 * DAY
    gap = replace(after, begins_on=TODAY + 12 * DAY)
    assert ends_on(replace(GOOD, agreements=(gap, old)), TODAY) == TODAY + 10 * DAY
    assert ends_on(GOOD, TODAY) is None


def test_an_unsigned_next_agreement_does_not_carry_on_silently() -> None:
    """The end of the signed one is told as long as nobody signed the next."""
    old = replace(AGREEMENT, ends_on=TODAY + 10 * DAY)
    after = replace(AGREEMENT, id="n", begins_on=TODAY + 11 * DAY, **UNSIGNED)
    file = replace(GOOD, agreements=(after, old))
    (found,) = findings(file, TODAY)
    assert (found.state, found.step, found.why) == (State.ENDS_SOON, Step.SIGN, "next_unsigned")
    assert found.on == after.begins_on and ends_on(file, TODAY) == old.ends_on


def test_review() -> None:
    assert review_due_on(AGREEMENT) == date(2027, 3, 1)
    assert review_due_on(replace(AGREEMENT, reviewed_on=date(2026, 9, 1))) == date(2027, 9, 1)
    early = replace(AGREEMENT, reviewed_on=date(2025, 1, 1))  # before it began
    assert review_due_on(early) == date(2027, 3, 1)
    due = date(2027, 3, 1)
    assert review_soon(GOOD, due - 31 * DAY) is None
    assert review_soon(GOOD, due - 30 * DAY) == due == review_soon(GOOD, due)
    assert review_soon(GOOD, due + DAY) is None  # late is a finding
    assert state_of(GOOD, due) is State.IN_ORDER
    assert state_of(GOOD, due + DAY) is State.REVIEW_OVERDUE


def test_what_is_kept_is_counted_from_the_confirmation() -> None:
    assert keep_until(GOOD) is None
    stopped = product(last_day=date(2026, 1, 5))
    assert keep_until(stopped) is None
    gone = product(last_day=date(2026, 1, 5), deleted_on=date(2026, 2, 1), deleted_how="brief")
    assert keep_until(gone) == date(2031, 2, 1)
    later = replace(gone, agreements=(replace(AGREEMENT, ends_on=date(2026, 7, 1)),))
    assert keep_until(later) == date(2031, 7, 1)


def test_only_what_the_school_ticked_is_shared() -> None:
    sheet = replace(
        BIJSLUITER,
        shared=(Shared(Data.PROGRESS), Shared(Data.CONTACT)),
        options=(
            Option("a", True, (Shared(Data.MEDICAL), Shared(Data.CONTACT))),
            Option("b", False, (Shared(Data.RELIGION), Shared(Data.IMAGES))),
        ),
    )
    shared = (Shared(Data.CONTACT), Shared(Data.MEDICAL), Shared(Data.PROGRESS))
    assert sheet.all_shared == shared
    assert sheet.special == (Data.MEDICAL,)


def test_a_country_nobody_named_is_not_called_outside() -> None:
    others = (SubProcessor("Opslag", "x", Place("")), SubProcessor("Y", "y", Place("India")))
    found = findings(places(Place("Nederland"), others=others), TODAY)
    assert [(each.why, dict(each.values)) for each in found] == [
        ("outside_eea", {"countries": "India"}),
        ("no_place_of", {"names": "Opslag"}),
    ]
    assert "Opslag" in why_told(found[1])


def test_a_place_is_unguarded_only_outside_the_eea_without_safeguard() -> None:
    guards: dict[tuple[str, Safeguard], bool] = {
        ("India", Safeguard.NONE): False,
        ("India", Safeguard.ADEQUACY): False,  # the Commission never decided so
        ("India", Safeguard.CLAUSES): True,
        ("India", Safeguard.BINDING_RULES): True,
        ("Japan", Safeguard.NONE): False,
        ("Japan", Safeguard.ADEQUACY): True,
        ("zuid korea", Safeguard.ADEQUACY): True,
        ("VS", Safeguard.ADEQUACY): True,  # of companies on a list, which a person looks up
        ("", Safeguard.ADEQUACY): False,
        ("Belgie", Safeguard.NONE): True,
    }
    assert {each for _, each in guards} == set(Safeguard)
    for (country, safeguard), guarded in guards.items():
        sheet = replace(BIJSLUITER, places=(Place(country, safeguard),))
        assert (len(unguarded(sheet)) == 0) is guarded, (country, safeguard)


def test_a_decision_that_was_never_taken_is_told_apart_and_not_told_to_parents() -> None:
    place = Place("India", Safeguard.ADEQUACY)
    found = findings(places(place, Place("Chili")), TODAY)
    assert [(each.why, dict(each.values)) for each in found] == [
        ("outside_eea", {"countries": "Chili"}),
        ("not_adequate", {"countries": "India"}),
    ]
    assert "India" in why_told(found[1])
    assert place_told(place) == "India (geen waarborg vastgelegd)"
    assert "goed genoeg" in place_told(Place("Japan", Safeguard.ADEQUACY))
