"""A few values of each column for who places it: enough to recognise it, never a secret."""

from __future__ import annotations

from pathlib import Path

import pytest

from schoolprivacy.exchange.reading import read_examples, read_roster
from tests.exchange.writing import csv_bytes, ods_bytes, xlsx_bytes

HEADER = ["Roepnaam", "BSN", "Opmerking", "Straat", "Geheim adres"]
ROWS = [
    HEADER,
    ["Bo", "999990019", "a", "Dorpsstraat", ""],
    ["Noor", "999990019", "a", "Schuilstraat", "ja"],
    ["Tess", "999990019", "b", "Kerkstraat", "nee"],
    ["Sam", "999990019", "c", "Schuilplein (geheim)", ""],
    ["Lou", "999990019", "", "Schuilhof", "misschien"],
    ["Ad", "999990019", "d", "Verweg", ""],
]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", csv_bytes([list(row) for row in ROWS])),
        ("a.xlsx", xlsx_bytes([list(row) for row in ROWS])),
        ("a.ods", ods_bytes(ROWS)),
    ],
)
def test_a_few_values_of_rows_without_a_secret(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    found = read_examples(path)
    assert found["Roepnaam"] == ("Bo", "Tess", "Ad")
    assert found["Opmerking"] == ("a", "b", "d")
    assert found["Straat"] == ("Dorpsstraat", "Kerkstraat", "Verweg")
    assert "BSN" not in found and "999990019" not in repr(found)
    assert "Schuil" not in repr(found)


def test_the_columns_are_those_of_the_roster(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(csv_bytes([["Lijst van nu"], ["Naam", "", "Naam"], ["Bo Ster", "x", "y"]]))
    roster = read_roster(path)
    assert set(read_examples(path)) == {*roster.columns, *roster.unplaced}
