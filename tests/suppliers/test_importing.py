"""A list of suppliers out of a spreadsheet: nothing on record changes, nothing is guessed."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from schoolprivacy.errors import ImportFileError, KnownError, RefusedError
from schoolprivacy.exchange.columns import IGNORE
from schoolprivacy.exchange.supplier_sheet import (
    FIELDS,
    SupplierSheet,
    field_of,
    read_supplier_sheet,
)
from schoolprivacy.people.importing import remembered_columns
from schoolprivacy.people.undoing import undo
from schoolprivacy.school import School
from schoolprivacy.suppliers.board import board, known_suppliers
from schoolprivacy.suppliers.importing import Kind, apply, preview
from schoolprivacy.suppliers.stopping import stop_product
from schoolprivacy.suppliers.terms import Model, ProductKind, YesNo
from tests.suppliers.builders import TODAY, a_product, agree, in_order, row, supplier_of

HEADERS = (
    *("Leverancier", "Product", "Soort", "Waarvoor", "Sinds", "Contactpersoon", "E-mail"),
    *("Convenant", "Model", "Ingangsdatum", "Einddatum"),
    *("Getekend door school", "Getekend school", "Getekend door leverancier"),
    *("Getekend leverancier", "Laatst bekeken"),
)
SIGNED = ("V. Voorzitter", "1-8-2026", "D. Directeur", "2-8-2026")
LETTERLAB = (
    *("Letterland", "Letterlab", "Digitaal leermiddel", "lezen", "1-8-2026", "B. Test"),
    *("b@letterland.example", "ja", "Model 4.0", "1-8-2026", "31-7-2028"),
    *SIGNED,
    "1-10-2026",
)


def a_list(folder: Path, *rows: Sequence[str], headers: Sequence[str] = HEADERS) -> Path:
    place = folder / "lijst.csv"
    lines = [";".join(each) for each in (headers, *rows)]
    place.write_text("\n".join(lines), encoding="utf-8")
    return place


def read(folder: Path, *rows: Sequence[str], headers: Sequence[str] = HEADERS) -> SupplierSheet:
    return read_supplier_sheet(a_list(folder, *rows, headers=headers))


def test_a_whole_line_comes_on_record(school: School, tmp_path: Path) -> None:
    sheet = read(tmp_path, LETTERLAB)
    assert sheet.unplaced == () and set(sheet.columns) == set(HEADERS)
    assert preview(school, sheet).counts[Kind.NEW] == 1 and board(school).rows == ()
    found, change = apply(school, sheet)
    assert found.counts == {Kind.NEW: 1, Kind.AGREEMENT: 0, Kind.SAME: 0, Kind.LEFT_OUT: 0}
    (file,) = [each.file for each in board(school).rows]
    assert (file.supplier.name, file.supplier.convenant) == ("Letterland", YesNo.YES)
    assert (file.supplier.contact, file.supplier.email) == ("B. Test", "b@letterland.example")
    assert (file.product.kind, file.product.used_for) == (ProductKind.LEARNING, "lezen")
    assert file.product.since == date(2026, 8, 1)
    (agreement,) = file.agreements
    assert agreement.model is Model.MODEL_4 and agreement.is_signed
    assert (agreement.begins_on, agreement.ends_on) == (date(2026, 8, 1), date(2028, 7, 31))
    assert agreement.supplier_signed_by == "D. Directeur"
    assert agreement.reviewed_on == date(2026, 10, 1)
    undo(school, change)
    assert board(school).rows == () and known_suppliers(school) == []
    assert remembered_columns(school, sheet.header_fingerprint) == {}


def test_a_second_time_changes_nothing(school: School, tmp_path: Path) -> None:
    apply(school, read(tmp_path, LETTERLAB))
    before = board(school)
    again = preview(school, read(tmp_path, LETTERLAB))
    assert again.counts[Kind.SAME] == 1 and again.is_empty
    with pytest.raises(RefusedError) as told:
        apply(school, read(tmp_path, LETTERLAB))
    assert told.value.key == "supplier_import.nothing_new" and board(school) == before


def test_what_is_on_record_stays_as_it_is(school: School, tmp_path: Path) -> None:
    one = in_order(school, "Letterlab", "Letterland")
    before = row(school, one)
    found = preview(school, read(tmp_path, LETTERLAB))
    assert [each.kind for each in found.lines] == [Kind.SAME]
    apply(school, read(tmp_path, LETTERLAB, ("Nieuw", "Ding", *[""] * 13)))
    assert row(school, one) == before
    assert len(known_suppliers(school)) == 2


def test_an_agreement_is_only_added_where_there_is_none(school: School, tmp_path: Path) -> None:
    bare = a_product(school, "Letterlab", "LETTERLAND")
    found, change = apply(school, read(tmp_path, LETTERLAB))
    assert [each.kind for each in found.lines] == [Kind.AGREEMENT]
    assert row(school, bare).agreement is not None
    assert row(school, bare).file.product.used_for == "oefenen met rekenen"  # as it was
    undo(school, change)
    agree(school, bare)
    assert preview(school, read(tmp_path, LETTERLAB)).lines[0].kind is Kind.SAME
    assert supplier_of(school, bare) == known_suppliers(school)[0].id


def changed(**values: str) -> tuple[str, ...]:
    """The line with some cells otherwise."""
    by_name = dict(zip(HEADERS, LETTERLAB, strict=True)) | {
        key.replace("_", " "): value for key, value in values.items()
    }
    return tuple(by_name.values())


DOUBTS: dict[str, tuple[tuple[str, ...], str]] = {
    "no day": (changed(Getekend_school=""), "half_signed"),
    "no name": (changed(Getekend_door_leverancier=""), "half_signed"),
    "a day to come": (changed(Getekend_school="1-1-2030"), "half_signed"),
    "no first day": (changed(Ingangsdatum=""), "no_first_day"),
    "a date nobody can read": (changed(Ingangsdatum="voorjaar"), "no_date"),
    "an end nobody can read": (changed(Einddatum="zomer 2027"), "no_last_day"),
    "it ends first": (changed(Einddatum="1-1-2020"), "ends_before"),
    "looked at before it began": (changed(Laatst_bekeken="31-7-2026"), "no_review"),
    "looked at on a day to come": (changed(Laatst_bekeken="1-1-2030"), "no_review"),
    "neither yes nor no": (changed(Convenant="misschien"), "no_answer"),
}


@pytest.mark.parametrize("name", DOUBTS)
def test_in_doubt_nothing_is_taken_over(school: School, tmp_path: Path, name: str) -> None:
    line, note = DOUBTS[name]
    found, _ = apply(school, read(tmp_path, line))
    assert note in found.lines[0].notes and all(found.lines[0].told)
    (file,) = [each.file for each in board(school).rows]
    for each in file.agreements:
        signed = "half_signed" not in found.lines[0].notes
        assert (each.reviewed_on is None) is (note == "no_review")
        assert each.is_signed is signed and each.begins_on == date(2026, 8, 1)
    if note in ("no_first_day", "no_last_day", "ends_before", "no_date"):
        assert file.agreements == ()


def test_who_says_there_is_none_gets_none(school: School, tmp_path: Path) -> None:
    for word in ("nee", "geen", "nog niet"):
        sheet = read(tmp_path, changed(Model=word))
        assert preview(school, sheet).lines[0].agreement is None


def test_what_a_list_says_otherwise_is_told_and_stays(school: School, tmp_path: Path) -> None:
    apply(school, read(tmp_path, LETTERLAB))
    before = board(school)
    other = changed(
        Contactpersoon="A. Ander", Waarvoor="rekenen", Soort="Toets", Einddatum="31-7-2029"
    )
    (line,) = preview(school, read(tmp_path, other)).lines
    assert line.kind is Kind.SAME
    assert line.differs == (
        *("supplier.contact", "product.kind", "product.used_for", "agreement.begins_on"),
    )
    assert "contactpersoon, soort, waarvoor, begint op" in line.told[0]
    (line,) = preview(school, read(tmp_path, changed(Laatst_bekeken="2-10-2026"))).lines
    assert line.kind is Kind.SAME and line.differs == ("agreement.reviewed_on",)
    blank = changed(
        Contactpersoon="", Waarvoor="", Soort="", Convenant="", Sinds="", Laatst_bekeken=""
    )
    (line,) = preview(school, read(tmp_path, blank)).lines
    assert line.differs == () and line.told == ()  # who says nothing says nothing else
    assert board(school) == before


def test_a_new_company_is_what_all_its_lines_say_together(school: School, tmp_path: Path) -> None:
    first = changed(Contactpersoon="", Convenant="")
    second = changed(Product="Rekenlab", **{"E-mail": "c@letterland.example"})
    left_out = ("Letterland", "", *[""] * 13)
    found, _ = apply(school, read(tmp_path, first, second, left_out))
    assert [each.unheard for each in found.lines[:2]] == [(), ("supplier.email",)]
    assert "e-mail" in found.lines[1].told[0]
    (company,) = known_suppliers(school)
    assert (company.contact, company.email) == ("B. Test", "b@letterland.example")
    assert company.convenant is YesNo.YES


CELLS = st.sampled_from(
    [
        *("", "", "ja", "nee", "misschien", "Letterlab", "LETTERLAB", "Letterland", "Taal 4.0"),
        *(
            "1-8-2026",
            "31-7-2020",
            "31-02-2027",
            "2031-01-01",
            "voorjaar",
            "4.0",
            "Model 3",
            "toets",
        ),
        *(
            "a@b.example",
            "geen adres",
            "x" * 300,
            "Zoë Çelik",
            "\u4e2d",
            "\u202e",
            "=1+1",
            '"',
            "–",
        ),
    ]
)


@st.composite
def listed(draw: st.DrawFn) -> list[str]:
    """A line that says it all, with some cells otherwise."""
    line = list(LETTERLAB)
    line[1] = draw(st.sampled_from(["Letterlab", "Rekenlab", "Taallab", "letterlab", ""]))
    for place in draw(st.lists(st.integers(0, len(line) - 1), max_size=4)):
        line[place] = draw(CELLS)
    return line


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=st.lists(listed(), min_size=1, max_size=5))
def test_whatever_stands_in_a_list_is_taken_over_once_and_whole(
    school: School, tmp_path: Path, rows: list[list[str]]
) -> None:
    place = tmp_path / "lijst.csv"
    with place.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows([HEADERS, *rows])
    sheet = read_supplier_sheet(place)
    before = board(school)
    planned = preview(school, sheet)
    assert all(all(each.told) for each in planned.lines) and board(school) == before
    if planned.is_empty:
        return
    found, change = apply(school, sheet)
    assert found == planned
    assert len(board(school).rows) == len(before.rows) + found.counts[Kind.NEW]
    assert preview(school, sheet).is_empty
    undo(school, change)
    assert board(school) == before


def test_lines_that_stay_behind(school: School, tmp_path: Path) -> None:
    nobody = ("", "", *[""] * 12, "1-8-2026")
    long = changed(Waarvoor="x" * 300)
    wrong_mail = changed(**{"E-mail": "geen adres"})
    found = preview(school, read(tmp_path, LETTERLAB, LETTERLAB, nobody, long, wrong_mail))
    assert [each.kind for each in found.lines] == [Kind.NEW, *[Kind.LEFT_OUT] * 4]
    assert found.lines[1].notes == ("twice",)


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("leermiddelen", ProductKind.LEARNING),
        ("toets", ProductKind.TESTS),
        ("App", ProductKind.APP),
        ("Ouderapp", ProductKind.PARENT_APP),
        ("LAS", ProductKind.LAS),
        ("en", ProductKind.OTHER),  # of several kinds: nothing is guessed
        ("kantoorspullen", ProductKind.OTHER),
    ],
)
def test_a_kind_in_the_words_of_a_school(
    school: School, tmp_path: Path, said: str, kind: ProductKind
) -> None:
    apply(school, read(tmp_path, changed(Soort=said)))
    assert board(school).rows[0].file.product.kind is kind


def test_a_text_of_the_agreement_that_is_too_long_holds_up_no_other_line(
    school: School, tmp_path: Path
) -> None:
    wordy = list(LETTERLAB)
    wordy[0], wordy[1], wordy[8] = "Cijferwerk", "Rekenaar", "Verwerkersovereenkomst " * 4
    found, _ = apply(school, read(tmp_path, wordy, LETTERLAB))
    assert [each.kind for each in found.lines] == [Kind.LEFT_OUT, Kind.NEW]
    assert found.lines[0].notes[-1] == "not_storable"
    assert [each.name for each in board(school).rows] == ["Letterlab"]


def test_what_stops_on_a_day_to_come_is_there_still(school: School, tmp_path: Path) -> None:
    one = a_product(school, "Letterlab", "Letterland")
    agree(school, one)
    stop_product(school, one, TODAY + timedelta(days=30), "te duur")
    other = ("Cijferwerk", "Rekenaar", *LETTERLAB[2:])
    found, _ = apply(school, read(tmp_path, LETTERLAB, other))
    assert [each.kind for each in found.lines] == [Kind.SAME, Kind.NEW]


def test_what_the_school_stopped_with_does_not_come_back(school: School, tmp_path: Path) -> None:
    one = in_order(school, "Letterlab", "Letterland")
    stop_product(school, one, TODAY + timedelta(days=5), "weg")  # still used
    assert preview(school, read(tmp_path, LETTERLAB)).lines[0].kind is Kind.SAME
    stop_product(school, one, TODAY - timedelta(days=1), "weg")
    found = preview(school, read(tmp_path, LETTERLAB))
    assert found.lines[0].kind is Kind.LEFT_OUT and found.lines[0].notes == ("stopped",)


@pytest.mark.parametrize(
    ("text", "model"),
    [
        ("Model 4.0", Model.MODEL_4),
        ("modelovereenkomst 3.0 (2014)", Model.MODEL_3),
        ("4.0", Model.MODEL_4),
        ("Convenant 4", Model.MODEL_4),
        ("Eigen model 2024", Model.SUPPLIER),
        ("4 pagina's eigen overeenkomst", Model.SUPPLIER),
        ("3e overeenkomst", Model.SUPPLIER),
        ("modelovereenkomst 2023", Model.SUPPLIER),
        ("ja", Model.SUPPLIER),
    ],
)
def test_the_model_of_the_convenant_only_when_it_is_said(
    school: School, tmp_path: Path, text: str, model: Model
) -> None:
    (line,) = preview(school, read(tmp_path, changed(Model=text))).lines
    assert line.agreement is not None and line.agreement.model is model


def test_a_product_column_may_be_missing(school: School, tmp_path: Path) -> None:
    sheet = read(tmp_path, ("Parro", "x"), headers=("Leverancier", "Opmerking"))
    apply(school, sheet)
    (file,) = [each.file for each in board(school).rows]
    assert (file.product.name, file.supplier.name) == ("Parro", "Parro")
    assert file.product.kind is ProductKind.PARENT_APP  # as the start list says


def test_columns_wait_for_a_person_and_are_remembered(school: School, tmp_path: Path) -> None:
    place = a_list(tmp_path, ("A", "B", "C"), headers=("Leverancier", "Product", "Raar"))
    sheet = read_supplier_sheet(place)
    assert sheet.unplaced == ("Raar",) and sheet.examples["Raar"] == ("C",)
    with pytest.raises(RefusedError) as told:
        preview(school, sheet)
    assert told.value.key == "supplier_import.unplaced"
    apply(school, read_supplier_sheet(place, {"raar": IGNORE}))
    known = read_supplier_sheet(place, None, lambda mark: remembered_columns(school, mark))
    assert known.unplaced == () and known.columns["Raar"] == IGNORE


def test_two_columns_alike_are_placed_by_nobody(tmp_path: Path) -> None:
    sheet = read(tmp_path, ("A", "B", "C"), headers=("Leverancier", "Bedrijf", "Product"))
    assert set(sheet.unplaced) == {"Leverancier", "Bedrijf"}


@pytest.mark.parametrize(
    ("columns", "key"),
    [
        ({"Nix": "product.name"}, "unknown_column"),
        ({"Product": "nix"}, "unknown_field"),
        ({"Product": "supplier.name", "Leverancier": "supplier.name"}, "field_twice"),
    ],
)
def test_wrong_placing(tmp_path: Path, columns: dict[str, str], key: str) -> None:
    place = a_list(tmp_path, ("A", "B"), headers=("Leverancier", "Product"))
    with pytest.raises(ImportFileError) as told:
        read_supplier_sheet(place, columns)
    assert told.value.key == f"import_file.{key}"


def test_a_workbook_too(school: School, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Onze leveranciers"])
    sheet.append(["Leverancier", "Applicatie", "Startdatum"])
    sheet.append(["Letterland", "Letterlab", date(2026, 8, 1)])
    book.save(tmp_path / "x.xlsx")
    apply(school, read_supplier_sheet(tmp_path / "x.xlsx"))
    assert board(school).rows[0].file.product.since == date(2026, 8, 1)


BAD_FILES: dict[str, bytes] = {
    "empty": b"  \n",
    "pdf": b"%PDF-1.7 niets",
    "no_spreadsheet": b"<xml><leverancier/></xml>",
    "workbook_damaged": b"PK\x03\x04 kapot",
    "no_supplier_header": b"een;twee\n1;2\n",
}


@pytest.mark.parametrize("key", BAD_FILES)
def test_a_bad_file_is_refused(tmp_path: Path, key: str) -> None:
    place = tmp_path / "lijst.xlsx"
    place.write_bytes(BAD_FILES[key])
    with pytest.raises(KnownError) as told:
        read_supplier_sheet(place)
    assert told.value.key == f"import_file.{key}"
    with pytest.raises(KnownError):
        read_supplier_sheet(tmp_path / "weg.csv")


def test_every_field_knows_its_own_code() -> None:
    assert all(field_of(each.replace(".", " ")) in ("", each) for each in FIELDS)
    assert field_of("Naam leverancier") == "supplier.name" and field_of("Schoenmaat") == ""
    assert field_of("Laatst bekeken op") == "agreement.reviewed_on"
    assert field_of("Evaluatiedatum") == ""  # may be the day on which it is to be done
