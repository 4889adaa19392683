"""Spreadsheets of every kind, through the one door: what is read, what is asked, what is said."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Font

from schoolprivacy.errors import ImportFileError
from schoolprivacy.exchange.reading import nothing_remembered, read_roster_bytes
from schoolprivacy.exchange.roster import Roster, RosterGuardian, RosterPupil, Severity
from schoolprivacy.exchange.tables import read_csv
from tests.exchange.writing import csv_bytes, ods_bytes, xlsx_bytes

CANARY = "999990019"


def read(data: bytes | str, columns: Mapping[str, str] | None = None) -> Roster:
    written = data.encode() if isinstance(data, str) else data
    return read_roster_bytes(written, columns or {}, nothing_remembered)


def one(data: bytes | str, columns: Mapping[str, str] | None = None) -> RosterPupil:
    (pupil,) = read(data, columns).pupils
    return pupil


def guardian(header: str, row: str) -> RosterGuardian:
    (found,) = one(f"Roepnaam;{header}\nJo;{row}\n").guardians
    return found


def problems(roster: Roster) -> list[tuple[str, int | None, str | None]]:
    return [(problem.key, problem.line, problem.column) for problem in roster.problems]


def fails(data: bytes | str, columns: Mapping[str, str] | None = None) -> str:
    with pytest.raises(ImportFileError) as caught:
        read(data, columns)
    assert "niets opgeslagen" in str(caught.value)
    return caught.value.key


def test_a_list_of_parnassys() -> None:
    roster = read(
        "Leerlingnummer;Huidige groep;Huidige status;Roepnaam;Voorvoegsel;Achternaam\n"
        "1023;5A;Ingeschreven;Jo;van der;Berg\n"
        "1024;1/2;Ingeschreven;Piet;;Jansen\n"
    )
    assert roster.kind == "CSV (;, utf-8)"
    assert roster.pupils == (
        RosterPupil(
            line=2, key="1023", call_name="Jo", prefix="van der", surname="Berg", group="5A"
        ),
        RosterPupil(line=3, key="1024", call_name="Piet", surname="Jansen", group="1/2"),
    )
    assert roster.groups == ("5A", "1/2")
    assert (roster.problems, roster.unplaced, roster.dropped) == ((), (), ())


def test_a_list_of_zermelo_has_a_row_for_each_parent() -> None:
    roster = read("Code;Achternaam;Email;Leerlingcodes\np1;Berg;a@b.nl;1,2\np2;Vos;c@d.nl;2\n")
    berg = RosterGuardian(key="p1", surname="Berg", email="a@b.nl")
    vos = RosterGuardian(key="p2", surname="Vos", email="c@d.nl")
    assert [(p.key, p.guardians) for p in roster.pupils] == [("1", (berg,)), ("2", (berg, vos))]
    assert roster.problems == ()


def test_a_parent_without_a_child_is_told() -> None:
    roster = read("Code;Achternaam;Leerlingcodes\np1;Berg;1\np2;Vos;\n")
    assert problems(roster) == [("parent_without_pupil", 3, None)]


HAND_KEPT: list[list[object]] = [
    ["Leerlingenlijst 2026-2027", None],
    [None, None],
    ["Naam", "Groep", "Geboren", "Adres", "Postcode", "Plaats", "Moeder", "06 moeder", "Vader"],
    [
        *("Jo van den Berg", "5", datetime(2015, 3, 21), "Dorpsstraat 12a", "1234ab", "Ons Dorp"),
        *("A. Vos", 612345678, "K. van den Berg"),
    ],
]


@pytest.mark.parametrize("make", [xlsx_bytes, csv_bytes])
def test_a_list_kept_by_hand(make) -> None:  # type: ignore[no-untyped-def]
    rows = [[str(c.date()) if isinstance(c, datetime) else c for c in row] for row in HAND_KEPT]
    roster = read(make(HAND_KEPT if make is xlsx_bytes else rows))
    home: dict[str, Any] = {
        "street": "Dorpsstraat",
        "house_number": "12a",
        "postcode": "1234 AB",
        "place": "Ons Dorp",
    }
    assert roster.pupils == (
        RosterPupil(
            line=4,
            call_name="Jo",
            prefix="van den",
            surname="Berg",
            born_on=date(2015, 3, 21),
            group="5",
            guardians=(
                RosterGuardian(
                    initials="A.",
                    surname="Vos",
                    relation="moeder",
                    phones=("+31612345678",),
                    **home,
                ),
                RosterGuardian(
                    initials="K.", prefix="van den", surname="Berg", relation="vader", **home
                ),
            ),
        ),
    )
    assert roster.problems == ()


def test_ods_with_a_date_cell() -> None:
    roster = read(
        ods_bytes([["Roepnaam", "Geboortedatum", "Groep"], ["Jo", "@2015-03-21", "@2026-02-01"]])
    )
    assert (roster.kind, roster.pupils[0].born_on) == ("ods", date(2015, 3, 21))
    assert roster.pupils[0].group == "1-2"
    assert problems(roster) == [("group_was_date", 2, "Groep")]


def test_the_first_sheet_with_a_header_is_read_and_the_others_told() -> None:
    roster = read(xlsx_bytes([["Uitleg"]], [["Roepnaam", "Achternaam"], ["Jo", "Berg"]], []))
    assert [p.call_name for p in roster.pupils] == ["Jo"]
    assert [(p.key, p.values) for p in roster.problems] == [("other_sheets", {"sheet": "Blad 2"})]


def test_numbers_of_a_workbook_are_read_as_typed() -> None:
    pupil = one(xlsx_bytes([["Leerlingnummer", "Roepnaam", "Leerjaar"], [1023.0, "Jo", 5.0]]))
    assert (pupil.key, pupil.year_level) == ("1023", "5")
    assert one("Leerlingnummer;Roepnaam\n1023.0;Jo\n").key == "1023"


@pytest.mark.parametrize("cell", [date(2026, 2, 1), date(2026, 1, 2)])
def test_a_group_that_excel_made_a_date_of(cell: date) -> None:
    roster = read(xlsx_bytes([["Roepnaam", "Groep"], ["Jo", cell]]))
    assert roster.pupils[0].group == "1-2"
    assert problems(roster) == [("group_was_date", 2, "Groep")]


def test_a_date_that_was_no_group_is_left_empty() -> None:
    roster = read("Roepnaam;Groep\nJo;21-03-2015\n")
    assert roster.pupils[0].group is None
    assert problems(roster) == [("group_date", 2, "Groep")]


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_the_separator_is_found(separator: str) -> None:
    row = f'"Berg; van, der"{separator}"Jo ""J"" "{separator}"1;2,3\t4"\n'
    roster = read(f"Achternaam{separator}Roepnaam{separator}Groep\n" + row)
    assert roster.pupils[0].call_name == 'Jo "J"'
    assert roster.pupils[0].group == "1;2,3 4"


def test_excels_own_line_about_the_separator() -> None:
    roster = read('sep=,\n"Roepnaam","Groep"\nJo,"5;6"\n')
    assert (roster.pupils[0].group, roster.pupils[0].line) == ("5;6", 3)


@pytest.mark.parametrize(
    ("encoding", "kind", "found"),
    [
        ("utf-8", "CSV (;, utf-8)", []),
        ("utf-8-sig", "CSV (;, utf-8)", []),
        ("cp1252", "CSV (;, cp1252)", [("encoding", None, None)]),
        ("utf-16", "CSV (;, utf-16)", []),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_charsets_and_line_ends(
    encoding: str, kind: str, found: list[object], newline: str
) -> None:
    text = f"Roepnaam;Achternaam{newline}Zoë;Øster–Berg{newline}"
    roster = read(text.encode(encoding))
    assert (roster.kind, roster.pupils[0].call_name) == (kind, "Zoë")
    assert roster.pupils[0].surname == "Øster–Berg"
    assert problems(roster) == found


def test_quotes_that_do_not_close_are_told() -> None:
    assert [p.key for p in read('Roepnaam;Achternaam\nJo;"Berg"x\n').problems] == ["quotes"]


def test_columns_with_one_name_are_told_apart() -> None:
    roster = read("Roepnaam;Telefoon;Telefoon;telefoon\nJo;0101234567;1;2\n")
    assert roster.columns == {"Roepnaam": "pupil.call_name", "Telefoon": "guardian1.phone"}
    assert roster.unplaced == ("Telefoon (2)", "telefoon (3)")
    assert one(
        "Roepnaam;Telefoon;Telefoon\nJo;0101234567;0612345678\n", {"telefoon(2)": "ouder 1 mobiel"}
    ).guardians[0].phones == ("+31101234567", "+31612345678")


def test_a_column_without_a_name_is_a_question_when_it_holds_something() -> None:
    assert read("Roepnaam;;Groep;\nJo;x;5;\n").unplaced == ("kolom 2",)
    assert read("Roepnaam;Groep\nJo;5;x\n").unplaced == ("kolom 3",)


def test_unplaced_and_set_aside_values_are_nowhere() -> None:
    roster = read(
        "Roepnaam;BSN;Opmerking;Geboorteplaats;BSN ouder 1;Extra\nJo" + f";{CANARY}" * 5,
        {"Extra": "ignore"},
    )
    assert CANARY not in repr(roster)
    assert roster.unplaced == ("Opmerking",)
    assert roster.dropped == ("burgerservicenummer", "geboorteplaats")
    assert roster.columns["BSN"] == "ignore"


def test_what_was_remembered_for_these_columns_is_used() -> None:
    data = b"Roepnaam;Wie belt er\nJo;0612345678\n"
    asked: list[str] = []

    def remembered(fingerprint: str) -> Mapping[str, str]:
        asked.append(fingerprint)
        return {"Wie belt er": "guardian1.mobile"}

    roster = read_roster_bytes(data, {}, remembered)
    assert asked == [roster.header_fingerprint]
    assert roster.pupils[0].guardians[0].phones == ("+31612345678",)
    again = read_roster_bytes(data, {"Wie belt er": "ignore"}, remembered)
    assert again.pupils[0].guardians == ()


@pytest.mark.parametrize(
    ("cell", "secret", "found"),
    [
        ("ja", True, []),
        ("nee", False, []),
        ("", None, []),
        ("soms", True, [("flag", 2, "Geheim adres ouder 1")]),
    ],
)
def test_secret_address(cell: str, secret: bool | None, found: list[object]) -> None:
    roster = read(f"Roepnaam;Ouder 1;Geheim adres ouder 1\nJo;A Vos;{cell}\n")
    assert roster.pupils[0].guardians[0].address_secret is secret
    assert problems(roster) == found


def test_the_word_geheim_in_a_cell_is_a_flag_and_no_value() -> None:
    found = guardian(
        "Ouder 1;Telefoon ouder 1;Mobiel ouder 1;Adres ouder 1;Geheim adres ouder 1",
        "A Vos;geheim;geheim 0612345678;Geheim;nee",
    )
    assert (found.phone_secret, found.phones) == (True, ("+31612345678",))
    assert (found.address_secret, found.street) == (True, "")


def home_of(header: str, row: str) -> list[tuple[str, bool | None]]:
    pupil = one(f"Roepnaam;Adres;{header}\nJo;Dorpsstraat 1;{row}\n")
    return [(f"{g.street} {g.house_number}", g.address_secret) for g in pupil.guardians]


@pytest.mark.parametrize(
    ("header", "row", "homes"),
    [
        ("Ouder 1;Ouder 2", "A Vos;B Vos", [("Dorpsstraat 1", None), ("Dorpsstraat 1", None)]),
        (
            "Ouder 1;Ouder 2;Adres ouder 2",
            "A Vos;B Vos;Kade 2",
            [("Dorpsstraat 1", None), ("Kade 2", None)],
        ),
        (
            "Ouder 1;Ouder 2;Adres ouder 2;Geheim adres",
            "A Vos;B Vos;Kade 2;ja",
            [("Dorpsstraat 1", True), ("Kade 2", True)],  # one secret too many does no harm
        ),
        (
            "Ouder 1;Ouder 2;Adres ouder 2;Geheim adres;Geheim adres ouder 2",
            "A Vos;B Vos;Kade 2;ja;nee",
            [("Dorpsstraat 1", True), ("Kade 2", False)],
        ),
        (
            "Ouder 1;Geheim adres;Geheim adres ouder 1",
            "A Vos;ja;nee",
            [("Dorpsstraat 1", True)],  # it is the same address, and that is secret
        ),
        (
            "Ouder 1;Adres ouder 1;Geheim adres;Geheim adres ouder 1",
            "A Vos;Dorpsstraat 1;ja;nee",
            [("Dorpsstraat 1", True)],
        ),
        (
            "Ouder 1;Ouder 2;Adres ouder 2;Geheim adres",
            "A Vos;B Vos;Kade 2;nee",
            [("Dorpsstraat 1", False), ("Kade 2", None)],  # nothing was said of Kade
        ),
    ],
)
def test_the_childs_address_is_that_of_guardians_without_one(
    header: str, row: str, homes: list[tuple[str, bool | None]]
) -> None:
    assert home_of(header, row) == homes


def test_a_secret_telephone_counts_for_every_guardian_of_the_row() -> None:
    pupil = one("Roepnaam;Ouder 1;Ouder 2;Geheim telefoonnummer\nJo;A Vos;B Vos;ja\n")
    assert [g.phone_secret for g in pupil.guardians] == [True, True]


def test_a_secret_without_a_guardian_is_told() -> None:
    assert problems(read("Roepnaam;Adres;Geheim adres\nJo;Kade 1;ja\n")) == [
        ("secret_of_nobody", 2, None)
    ]
    (problem,) = read("Roepnaam;Adres\nJo;Kade 1\n").problems
    assert (problem.key, problem.severity) == ("address_of_nobody", Severity.NOTE)


def test_a_file_never_grants_authority() -> None:
    for cell, denied in {"nee": True, "geen gezag": True, "ja": False, "": False}.items():
        assert guardian("Ouder 1;Gezag ouder 1", f"A Vos;{cell}").denied_authority is denied


def test_a_guardian_in_parts() -> None:
    found = guardian(
        "Ouder 1 instelling;Voorletters ouder 1;Roepnaam ouder 1;Tussenvoegsel ouder 1;"
        "Achternaam ouder 1;Relatie ouder 1;Straat ouder 1;Huisnummer ouder 1;"
        "Toevoeging ouder 1;Postcode ouder 1;Woonplaats ouder 1;Werktelefoon ouder 1;"
        "Telefoon ouder 1;Voertaal ouder 1",
        "Jeugdhulp;A.;An;de;Vos;voogd;Kade;12;b;4000;Antwerpen;010-1234567;0612345678;en",
    )
    assert found == RosterGuardian(
        institution="Jeugdhulp",
        initials="A.",
        call_name="An",
        prefix="de",
        surname="Vos",
        relation="voogd",
        street="Kade",
        house_number="12b",
        postcode="4000",
        place="Antwerpen",
        phones=("+31101234567", "+31612345678"),
        language="en",
    )


@pytest.mark.parametrize(
    ("header", "cell", "key", "severity"),
    [
        ("E-mail ouder 1", "geen mail", "email", Severity.WARNING),
        ("Telefoon ouder 1", "bij oma", "phone", Severity.WARNING),
        ("Postcode ouder 1", "4000", "postcode", Severity.NOTE),
        ("Naam ouder 1", "A Vos en B Vos", "two_people", Severity.WARNING),
        ("Geboortedatum", "21-03-15", "date", Severity.WARNING),
        ("Leerjaar", "1-2", "year_level", Severity.WARNING),
        ("Status", "Op reis", "status", Severity.WARNING),
    ],
)
def test_remarks_name_the_place_and_not_the_value(
    header: str, cell: str, key: str, severity: Severity
) -> None:
    roster = read(f"Roepnaam;{header}\n\nJo;{cell}\n")
    (problem,) = roster.problems
    assert (problem.key, problem.severity) == (key, severity)
    assert (problem.line, problem.column) == (3, header)
    assert cell not in f"{problem!r} {problem}"
    assert str(problem).startswith(f"regel 3, kolom {header}: ")
    assert len(roster.pupils) == 1


def test_a_pupil_who_left_without_a_date_is_left_out_with_a_warning() -> None:
    roster = read(
        "Roepnaam;Status;Uitstroomdatum\nJo;Uitgeschreven;\nPiet;Uitgeschreven;01-07-2026\nAn;Actief;\n"
    )
    assert [(p.call_name, p.left_on) for p in roster.pupils] == [
        ("Piet", date(2026, 7, 1)),
        ("An", None),
    ]
    assert problems(roster) == [("left_without_date", 2, "Status")]


def test_a_row_for_each_guardian_is_brought_together() -> None:
    roster = read(
        "Leerlingnummer;Roepnaam;Achternaam;Geboortedatum;Groep;Naam ouder;Mobiel\n"
        "1;Jo;Berg;21-03-2015;5;A Vos;0612345678\n"
        "1;jo;berg;;5 plus;B Vos;0612345679\n"
        "1;Jo;Berg;;5;A Vos;0612345678\n"
        ";An;Berg;21-03-2015;5;A Vos;\n"
        "2;An;Berg;21-03-2015;5;B Vos;\n"
    )
    first, second = roster.pupils
    assert [guardian.initials for guardian in first.guardians] == ["A", "B"]
    assert (first.group, first.other_groups) == ("5", ("5 plus",))
    assert (second.key, len(second.guardians)) == ("2", 2)
    assert roster.problems == ()


def test_twins_in_name_with_two_keys_stay_two() -> None:
    roster = read("Leerlingnummer;Roepnaam;Geboortedatum\n1;Jo;21-03-2015\n2;Jo;21-03-2015\n")
    assert [p.key for p in roster.pupils] == ["1", "2"]


def test_one_key_for_two_names_stops() -> None:
    data = "Leerlingnummer;Roepnaam;Achternaam\n1;Jo;Berg\n2;An;Vos\n1;Piet;Berg\n"
    with pytest.raises(ImportFileError) as caught:
        read(data)
    assert (caught.value.key, caught.value.values) == (
        "import_file.duplicate_keys",
        {"lines": "2, 4"},
    )


def test_one_key_with_two_birth_dates_is_told() -> None:
    roster = read("Leerlingnummer;Roepnaam;Geboortedatum\n1;Jo;21-03-2015\n1;Jo;22-03-2015\n")
    assert roster.pupils[0].born_on == date(2015, 3, 21)
    assert problems(roster) == [("rows_differ", 3, None)]


def test_a_row_without_a_pupil_is_told_and_a_dummy_key_is_none() -> None:
    roster = read("Leerlingnummer;Roepnaam;Naam ouder\n#1;Jo;A Vos\n;;B Vos\n")
    assert [p.key for p in roster.pupils] == [None]
    assert problems(roster) == [("no_name", 3, None)]


def test_without_a_column_that_names_the_pupil_nothing_may_be_stored() -> None:
    (problem,) = read("Naam ouder;E-mail\nA Vos;a@b.nl\n").problems
    assert (problem.severity, problem.key) == (Severity.ERROR, "no_pupil_columns")
    (problem,) = read("Roepnaam;Groep\n").problems
    assert (problem.severity, problem.key) == (Severity.ERROR, "no_pupils")


def test_a_list_without_a_header_is_refused_and_its_first_row_not_repeated() -> None:
    assert fails("Jo;Berg;0612345678\nPiet;Vos;0612345679\n") == "import_file.no_header"
    assert fails("Een brief aan de ouders.\nGroeten") == "import_file.no_header"


def test_sizes_are_limited() -> None:
    assert fails("Roepnaam;Groep\n" + "Jo;5\n" * 20_001) == "import_file.too_many_rows"
    assert fails("Roepnaam;Groep\nJo" + ";5" * 400) == "import_file.too_many_columns"
    assert fails("Roepnaam;Groep\nJo;" + "x" * 10_001) == "import_file.cell_too_long"
    assert fails("Roepnaam;Groep\nJo;" + "x" * 200_000) == "import_file.cell_too_long"


@pytest.mark.parametrize("cell", ["XFD1048576", "A900000", "ZZ2"])
def test_a_stray_cell_in_the_far_corner_does_not_end_the_program(cell: str, tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    sheet["A1"], sheet["B1"], sheet[cell] = "Roepnaam", "Groep", "x"
    workbook.save(tmp_path / "a.xlsx")
    key = fails((tmp_path / "a.xlsx").read_bytes())
    assert key in {"import_file.too_many_rows", "import_file.too_many_columns"}


def test_an_empty_cell_with_a_colour_far_away_is_no_problem(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    sheet.append(["Roepnaam", "Groep"])
    sheet.append(["Jo", "5"])
    sheet["XFD1048576"].font = Font(bold=True)
    workbook.save(tmp_path / "a.xlsx")
    assert one((tmp_path / "a.xlsx").read_bytes()).call_name == "Jo"


def test_damaged_and_locked_workbooks() -> None:
    good = xlsx_bytes([["Roepnaam", "Groep"], ["Jo", "5"]])
    assert fails(good[: len(good) // 2]) == "import_file.workbook_damaged"
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    assert fails(ole + bytes(600)) == "import_file.workbook_damaged"
    assert (
        fails(ole + bytes(600) + "EncryptedPackage".encode("utf-16-le")) == "import_file.password"
    )
    locked = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
    assert fails(ods_bytes([["Roepnaam", "Groep"]], locked)) == "import_file.password"
    assert fails(xlsx_bytes([])) == "import_file.no_header"


def test_an_ods_that_is_not_well_formed_does_not_hang_the_program() -> None:
    data = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(ods_bytes([["Roepnaam", "Groep"], ["Jo", "5"]]))) as good,
        zipfile.ZipFile(data, "w") as broken,
    ):
        for name in good.namelist():
            broken.writestr(name, good.read(name).replace(b"</table:table>", b"</tabel>"))
    assert fails(data.getvalue()) == "import_file.workbook_damaged"  # calamine never comes back


def test_a_number_that_slid_into_a_name_is_not_taken() -> None:
    text = (
        "Roepnaam;Achternaam;Geboortedatum;Ouder 1 voorletters;Ouder 1 achternaam\n"
        "Noor;Test;01-03-2018;123456782;Sluis\n"
    )
    roster = read_roster_bytes(text.encode(), {})
    assert "123456782" not in repr(roster)
    assert "no_letters" in {each.key for each in roster.problems}


def test_a_dotted_date_or_telephone_is_left_whole() -> None:
    """Only a whole number that a spreadsheet made a fraction of is mended."""
    rows = read_csv(b"Datum;Tel;Nummer;Versie\n12.03.2015;06.12.03.45.67;17.0;4.0.1\n").rows
    assert rows[1] == ["12.03.2015", "06.12.03.45.67", "17", "4.0.1"]
