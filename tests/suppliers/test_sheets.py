"""Bijsluiter and beveiligingsbijlage: versions, corrections, and that every field comes back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import timedelta

import pytest

from schoolprivacy.errors import KnownError, RefusedError
from schoolprivacy.people.undoing import undo
from schoolprivacy.school import School
from schoolprivacy.suppliers.sheet_terms import (
    AnnexEntry,
    BijsluiterEntry,
    Certificate,
    Data,
    Level,
    Place,
    Safeguard,
    Shared,
    SubProcessor,
)
from schoolprivacy.suppliers.sheets import (
    change_annex,
    change_bijsluiter,
    is_older,
    record_annex,
    record_bijsluiter,
    remove_annex,
    remove_bijsluiter,
)
from schoolprivacy.suppliers.terms import State
from tests.suppliers.builders import (
    ANNEX,
    BIJSLUITER,
    LONG_AGO,
    TODAY,
    a_product,
    in_order,
    row,
    state,
)

FULL_ANNEX = AnnexEntry(
    "3",
    LONG_AGO,
    "versleuteld\n\nelk jaar getest",
    Level.LOW,
    Level.MIDDLE,
    Level.HIGH,
    (Certificate("ISO 27001", TODAY), Certificate("NEN 7510")),
    "audit van een bureau, 2026",
    "meldpunt, 06-00000000",
    24,
)


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(KnownError) as told:
        act()
    return told.value.key


def entered(entry: BijsluiterEntry | AnnexEntry, stored: object) -> bool:
    """Whether everything that was entered is stored."""
    found = asdict(stored)  # type: ignore[call-overload]
    return all(found[name] == value for name, value in asdict(entry).items())


def test_every_field_comes_back(school: School) -> None:
    one = a_product(school)
    record_bijsluiter(school, one, BIJSLUITER)
    record_annex(school, one, FULL_ANNEX)
    file = row(school, one).file
    assert entered(BIJSLUITER, file.bijsluiter) and entered(FULL_ANNEX, file.annex)
    assert file.bijsluiter and file.bijsluiter.recorded_on == TODAY
    assert file.bijsluiter.recorded_by == "Directie"


def test_empty_lines_are_left_out_and_spaces_tidied(school: School) -> None:
    one = a_product(school)
    untidy = replace(
        BIJSLUITER,
        services=("  Oefenen ", "", "  "),
        places=(Place(" Nederland "), Place("")),
        sub_processors=(SubProcessor("", "", Place("")),),
    )
    record_bijsluiter(school, one, untidy)
    found = row(school, one).file.bijsluiter
    assert found is not None
    assert (found.services, found.places) == (("Oefenen",), (Place("Nederland"),))
    assert found.sub_processors == ()


def test_a_safeguard_is_only_kept_outside_the_eea(school: School) -> None:
    one = a_product(school)
    places = (Place("Duitsland", Safeguard.CLAUSES), Place("India", Safeguard.CLAUSES))
    record_bijsluiter(school, one, replace(BIJSLUITER, places=places))
    found = row(school, one).file.bijsluiter
    assert found and found.places == (Place("Duitsland"), places[1])


def test_bad_entries(school: School) -> None:
    one = a_product(school)
    bad: dict[str, BijsluiterEntry] = {
        "supplier_field.version": replace(BIJSLUITER, version=" "),
        "supplier.future": replace(BIJSLUITER, issued_on=TODAY + timedelta(days=1)),
        "supplier_field.data_detail": replace(BIJSLUITER, shared=(Shared(Data.OTHER),)),
        "supplier.long": replace(BIJSLUITER, retention="x" * 201),
        "supplier_field.sub_processor": replace(
            BIJSLUITER, sub_processors=(SubProcessor("", "opslag", Place("India")),)
        ),
        "paper.missing_glyph": replace(BIJSLUITER, description="gezicht 😀"),
    }
    for key, entry in bad.items():
        assert refused(lambda e=entry: record_bijsluiter(school, one, e)) == key  # type: ignore[misc]
    annexes = {
        "supplier_field.breach_hours": replace(ANNEX, breach_hours=0),
        "supplier_field.certificate": replace(ANNEX, certificates=(Certificate("", TODAY),)),
    }
    for key, annex in annexes.items():
        assert refused(lambda e=annex: record_annex(school, one, e)) == key  # type: ignore[misc]
    assert refused(lambda: record_annex(school, "nix", ANNEX)) == "supplier.unknown"
    file = row(school, one).file
    assert file.bijsluiters == () and file.annexes == ()


def test_the_newest_by_its_date_holds(school: School) -> None:
    one = a_product(school)
    record_bijsluiter(school, one, BIJSLUITER)
    older = replace(BIJSLUITER, version="1.0", issued_on=LONG_AGO - timedelta(days=90))
    newer = replace(BIJSLUITER, version="3.0", issued_on=TODAY)
    assert is_older(row(school, one).file, older) and not is_older(row(school, one).file, newer)
    record_bijsluiter(school, one, older)
    versions = [each.version for each in row(school, one).file.bijsluiters]
    assert versions == ["2.1", "1.0"]
    record_bijsluiter(school, one, newer)
    assert [e.version for e in row(school, one).file.bijsluiters] == ["3.0", "2.1", "1.0"]
    assert refused(lambda: record_bijsluiter(school, one, newer)) == "supplier.version_twin"
    same_day = replace(newer, version="3.1")
    record_bijsluiter(school, one, same_day)
    found = row(school, one).file.bijsluiter
    assert found and found.version == "3.1"


def test_a_typing_mistake_is_corrected_in_its_version(school: School) -> None:
    one = in_order(school)
    sheet = row(school, one).file.bijsluiter
    assert sheet is not None
    better = replace(BIJSLUITER, places=(Place("India"),), options=())
    change = change_bijsluiter(school, one, sheet.id, better)
    assert entered(better, row(school, one).file.bijsluiter)
    assert state(school, one) is State.OUTSIDE_EEA
    undo(school, change)
    assert row(school, one).file.bijsluiter == sheet
    assert state(school, one) is State.IN_ORDER
    annex = row(school, one).file.annex
    assert annex is not None
    undone = change_annex(school, one, annex.id, FULL_ANNEX)
    assert entered(FULL_ANNEX, row(school, one).file.annex)
    undo(school, undone)
    assert row(school, one).file.annex == annex


def test_a_correction_may_not_become_another_version(school: School) -> None:
    one = in_order(school)
    newer = replace(BIJSLUITER, version="3.0", issued_on=TODAY)
    record_bijsluiter(school, one, newer)
    new, old = row(school, one).file.bijsluiters
    twin = lambda: change_bijsluiter(school, one, old.id, newer)  # noqa: E731
    assert refused(twin) == "supplier.version_twin"
    unknown = lambda: change_bijsluiter(school, one, "nix", BIJSLUITER)  # noqa: E731
    assert refused(unknown) == "supplier.unknown"
    other = a_product(school, "Taalaar")
    strange = lambda: remove_bijsluiter(school, other, new.id)  # noqa: E731
    assert refused(strange) == "supplier.unknown"


def test_of_the_wrong_product_it_is_taken_away(school: School) -> None:
    one = in_order(school)
    file = row(school, one).file
    assert file.bijsluiter and file.annex
    change = remove_bijsluiter(school, one, file.bijsluiter.id)
    assert state(school, one) is State.NO_BIJSLUITER
    undo(school, change)
    assert row(school, one).file.bijsluiter == file.bijsluiter
    undone = remove_annex(school, one, file.annex.id)
    assert state(school, one) is State.NO_ANNEX
    undo(school, undone)
    assert row(school, one).file == file


def test_undo_is_refused_after_a_later_change(school: School) -> None:
    one = a_product(school)
    change = record_bijsluiter(school, one, BIJSLUITER)
    record_annex(school, one, ANNEX)
    with pytest.raises(RefusedError):
        undo(school, change)
    assert row(school, one).file.bijsluiter is not None
