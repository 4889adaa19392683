"""The one door: looks at the contents, explains what it cannot use, and never falls over."""

from __future__ import annotations

import os
import zipfile
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from schoolprivacy.errors import ImportFileError
from schoolprivacy.exchange import reading
from schoolprivacy.exchange.edexml import read_edexml
from schoolprivacy.exchange.reading import read_roster, read_roster_bytes
from schoolprivacy.exchange.roster import Roster, RosterGuardian, RosterPupil
from schoolprivacy.exchange.values import YEAR_LEVELS, clean, looks_like_date, take_secret
from tests.exchange.writing import (
    csv_bytes,
    edexml,
    edexml_pupil,
    spreadsheet_rows,
    xlsx_bytes,
)


def package(*names: str, mimetype: str = "") -> bytes:
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        if mimetype:
            archive.writestr("mimetype", mimetype)
        for name in names:
            archive.writestr(name, "x")
    return data.getvalue()


EDEX2000 = "".join(
    f"{number:<12}{'Berg':<30}{'van den':<10}{'Jo':<20}20150321 5\r\n" for number in range(3)
).encode()


@pytest.mark.parametrize(
    ("contents", "key"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \r\n", "empty"),
        (b"%PDF-1.7 ...", "pdf"),
        (b"\xff\xd8\xff\xe0 photo", "photo"),
        (b"\x89PNG\r\n\x1a\n", "photo"),
        (b"\0\0\0\x18ftypheic", "photo"),
        (package("word/document.xml"), "word"),
        (package("content.xml", mimetype="application/vnd.oasis.opendocument.text"), "word"),
        (package("leerlingen.xml"), "archive"),
        (package("mimetype", "content.xml"), "workbook_damaged"),
        (b"{\\rtf1 brief}", "word"),
        (b"<!DOCTYPE html><html></html>", "html"),
        (b"\n<HTML><table></table></HTML>", "html"),
        (EDEX2000, "edex2000"),
        (b"\x7fELF\0\0\0\0\x01\x02", "unknown_kind"),
        (b"<EDEX><school>", "xml_cut_short"),
        (b"<klas/>", "not_edexml"),
    ],
)
@pytest.mark.parametrize("name", ["a.xml", "a.xlsx", "a"])
def test_other_files_are_explained(contents: bytes, key: str, name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(contents)
    with pytest.raises(ImportFileError) as caught:
        read_roster(path)
    assert caught.value.key == f"import_file.{key}"
    assert "niets opgeslagen" in str(caught.value)


def test_a_bmp_is_a_photo_and_a_column_bm_is_not() -> None:
    with pytest.raises(ImportFileError) as caught:
        read_roster_bytes(b"BM6\0\0\0\0\0\0\0 bitmap", {})
    assert caught.value.key == "import_file.photo"
    assert read_roster_bytes(b"BMI;Roepnaam\n1;Jo\n", {}).pupils[0].call_name == "Jo"


def test_the_place_of_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cases = {
        tmp_path: "folder",
        tmp_path / "weg": "missing",
        tmp_path / "a\0b": "unreadable",
    }
    if hasattr(os, "mkfifo"):  # not on Windows
        os.mkfifo(tmp_path / "pijp")
        cases[tmp_path / "pijp"] = "unreadable"
    for path, key in cases.items():
        with pytest.raises(ImportFileError) as caught:
            read_roster(path)
        assert caught.value.key == f"import_file.{key}"
    monkeypatch.setattr(reading, "MAX_MEGABYTES", 0)
    (tmp_path / "a.csv").write_bytes(b"Roepnaam;Groep")
    with pytest.raises(ImportFileError) as caught:
        read_roster(tmp_path / "a.csv")
    assert caught.value.key == "import_file.too_large"


def test_the_contents_decide_and_not_the_name(tmp_path: Path) -> None:
    (tmp_path / "lijst.csv").write_bytes(edexml("<leerling key='1'/>"))
    assert read_roster(tmp_path / "lijst.csv").source == "edexml"
    (tmp_path / "lijst.xml").write_bytes(xlsx_bytes([["Roepnaam", "Groep"], ["Jo", "5"]]))
    assert read_roster(tmp_path / "lijst.xml").kind == "xlsx"
    (tmp_path / "lijst.txt").write_bytes(b"Roepnaam\tKolom\nJo\tx\n")
    roster = read_roster(tmp_path / "lijst.txt", {"kolom": "groep"})
    assert (roster.kind, roster.pupils[0].group) == ("CSV (tab, utf-8)", "x")


GOOD = (
    edexml('<leerling key="1"><roepnaam>Zoë</roepnaam><groep key="1"/></leerling>'),
    csv_bytes([["Leerlingnummer", "Roepnaam", "Groep", "E-mail"], ["1", "Zoë", "5", "a@b.nl"]]),
    xlsx_bytes([["Leerlingnummer", "Roepnaam", "Groep"], [1, "Zoë", 5.5]]),
)


def reads_or_refuses(data: bytes) -> None:
    try:
        assert isinstance(read_roster_bytes(data, {}), Roster)
    except ImportFileError as error:
        assert str(error)


@given(st.binary(max_size=300))
@example(b"<EDEX>\xff</EDEX>")
@example(b"PK\x03\x04")
@example("Roepnaam;Groep\n\ud800".encode("utf-8", "surrogatepass"))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    reads_or_refuses(data)


@given(
    st.sampled_from([b"<EDEX><school>", b"Roepnaam;Geboortedatum;Naam ouder 1;Telefoon\n"]),
    st.text(),
)
def test_any_text_is_read_or_refused(start: bytes, text: str) -> None:
    reads_or_refuses(start + text.encode("utf-8", "ignore"))


@settings(max_examples=150)
@given(st.sampled_from(GOOD), st.data())
def test_a_damaged_good_file_is_read_or_refused(good: bytes, data: st.DataObject) -> None:
    broken = bytearray(good)
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(broken) - 1))
        if data.draw(st.booleans()):
            broken[place] = data.draw(st.integers(0, 255))
        else:
            del broken[place : place + data.draw(st.integers(1, 40))]
        if not broken:
            break
    reads_or_refuses(bytes(broken))


letters = st.characters(categories=["Lu", "Ll"], max_codepoint=0x24F)
words = st.lists(st.text(letters, min_size=1, max_size=8), min_size=1, max_size=3).map(" ".join)
names = words.map(lambda text: clean(f"B{text}")).filter(lambda name: not take_secret(name)[1])
maybe = st.just("") | names
days = st.none() | st.dates(date(1990, 1, 1), date(2100, 1, 1))
phones = st.integers(10_000_000, 99_999_999).map(lambda number: f"+316{number}")

guardians = st.builds(
    RosterGuardian,
    initials=st.sampled_from(["", "A.", "A.B."]),
    call_name=maybe,
    prefix=st.sampled_from(["", "van der", "'t", "de"]),
    surname=names,
    relation=st.sampled_from(["", "moeder", "vader", "voogd"]),
    denied_authority=st.booleans(),
    street=maybe,
    house_number=st.sampled_from(["", "1", "12a", "3-5"]),
    postcode=st.sampled_from(["", "1234 AB", "9999 ZZ"]),
    place=maybe,
    phones=st.lists(phones, max_size=2, unique=True).map(tuple),
    email=st.sampled_from(["", "a@b.nl", "jan.berg@school.example"]),
    address_secret=st.none() | st.booleans(),
    phone_secret=st.none() | st.booleans(),
    language=st.sampled_from(["", "nl", "en"]),
)


def pupils(
    of: st.SearchStrategy[tuple[RosterGuardian, ...]],
) -> st.SearchStrategy[list[RosterPupil]]:
    pupil = st.builds(
        RosterPupil,
        line=st.just(0),
        key=st.uuids().map(str),
        call_name=names,
        prefix=st.sampled_from(["", "van der", "von und zu", "'t"]),
        surname=names,
        given_names=maybe,
        born_on=days,
        year_level=st.sampled_from(["", *sorted(YEAR_LEVELS)]),
        group=st.none() | names.filter(lambda name: not looks_like_date(name)),
        came_on=days,
        left_on=days,
        guardians=of,
    )
    return st.lists(pupil, min_size=1, max_size=4, unique_by=lambda p: p.key)


@given(pupils(st.just(())))
def test_edexml_reads_back_what_was_written(written: list[RosterPupil]) -> None:
    groups = {pupil.group for pupil in written if pupil.group}
    there = "".join(f'<groep key="{name}"><naam>{name}</naam></groep>' for name in groups)
    roster = read_edexml(edexml("\n".join(map(edexml_pupil, written)), groups=there))
    assert list(roster.pupils) == [replace(p, line=6 + n) for n, p in enumerate(written)]
    assert roster.problems == ()


@settings(max_examples=60)
@given(pupils(st.lists(guardians, max_size=4).map(tuple)), st.sampled_from([*";,\t", "xlsx"]))
def test_a_spreadsheet_reads_back_what_was_written(written: list[RosterPupil], how: str) -> None:
    rows = spreadsheet_rows(written, guardians=4)
    data = xlsx_bytes(rows) if how == "xlsx" else csv_bytes(rows, how)
    roster = read_roster_bytes(data, {})
    assert list(roster.pupils) == [replace(p, line=2 + n) for n, p in enumerate(written)]
    assert (roster.problems, roster.unplaced) == ((), ())
    assert read_roster_bytes(data, {}) == roster
