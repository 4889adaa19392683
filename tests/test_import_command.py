"""The ``import`` command, from files as schools export them to what ``status`` then counts."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from schoolprivacy.__main__ import main
from schoolprivacy.clock import SystemClock
from schoolprivacy.exchange.reading import read_roster_bytes
from schoolprivacy.exchange.roster import RosterGuardian, RosterPupil
from schoolprivacy.people import importing
from schoolprivacy.people.names import full_name
from schoolprivacy.schoolyear import SchoolYear
from tests.exchange.writing import (
    Rows,
    csv_bytes,
    edexml,
    edexml_pupil,
    spreadsheet_rows,
    xlsx_bytes,
)
from tests.people.builders import a_row, at, decisions_of, record_decisions, rows_of
from tests.vault.schools import DIRECTOR, Made

YEAR = SchoolYear.of(SystemClock().today())  # the commands look at the computer's clock
TODAY = SystemClock().today()
BSN = "123456782"


@dataclass(frozen=True)
class Said:
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass(frozen=True)
class Desk:
    """Types commands about one school file."""

    made: Made
    inbox: Path
    capsys: pytest.CaptureFixture[str]

    def type(self, command: str, *words: object) -> Said:
        self.capsys.readouterr()
        code = main([command, str(self.made.folder), *map(str, words)])
        said = self.capsys.readouterr()
        return Said(code, said.out, said.err)

    def store(self, *words: object) -> Said:
        said = self.type("import", *words, "--apply", "--json")
        assert (said.code, said.err) == (0, "")
        assert said.json["applied"] is True
        return said

    def status(self) -> dict[str, Any]:
        return dict(self.type("status", "--json").json)

    def file(self, name: str, content: bytes) -> Path:
        path = self.inbox / name
        path.write_bytes(content)
        return path

    def content(self) -> tuple[dict[str, Any], object]:
        """What ``status`` counts, and every row."""
        with self.made.open(read_only=True) as school:
            rows = rows_of(school)
        return self.status(), rows

    def decisions(self) -> object:
        with self.made.open(read_only=True) as school:
            return decisions_of(school)


@pytest.fixture
def desk(
    made: Made,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Desk:
    monkeypatch.setenv("SCHOOLPRIVACY_PASSPHRASE", DIRECTOR)
    inbox = tmp_path / "post"
    inbox.mkdir()
    return Desk(made, inbox, capsys)


# — a school of 400 —

PUPILS = 400
_NAMES = ("Sanne", "Bram", "Zoë", "Jaël", "Mohammed", "Fenna", "Ömer", "Lot")
_SURNAMES = (("", "Jansen"), ("de", "Boer"), ("van der", "Berg"), ("", "Yılmaz"), ("'t", "Hart"))


@cache
def families() -> list[tuple[int, tuple[RosterGuardian, ...]]]:
    """Number of children and the parents of each family, 400 children in all."""
    sizes = itertools.cycle((1, 1, 1, 1, 2))
    made: list[tuple[int, tuple[RosterGuardian, ...]]] = []
    while (there := sum(size for size, _ in made)) < PUPILS:
        made.append((min(next(sizes), PUPILS - there), parents(len(made))))
    return made


def parents(number: int) -> tuple[RosterGuardian, ...]:
    """Together, alone, or apart; some with a secret address, some without authority."""
    mother = parent(number, "Anna", "moeder")
    father = parent(number, "Bas", "vader")
    match number % 10:
        case 0:
            return (mother,)
        case 7:
            return mother, replace(father, **at("Havenkade", f"{number}", "4321 ZX"))
        case 8:
            hidden = replace(mother, address_secret=True, phone_secret=True)
            away = at("Verweg", f"{number}", "4321 ZX")
            return hidden, replace(father, **away, denied_authority=True)
        case _:
            return mother, father


def parent(number: int, name: str, relation: str) -> RosterGuardian:
    prefix, surname = _SURNAMES[(number + len(relation)) % len(_SURNAMES)]
    return RosterGuardian(
        initials=f"{name[0]}.",
        call_name=name,
        prefix=prefix,
        surname=surname,
        relation=relation,
        phones=(f"+316{len(relation)}{number:07d}",),
        email=f"{name.lower()}{number}@gezin.example",
        **at(f"Lindelaan {number}e dwarsstraat", f"{number}a"),
    )


@cache
def pupils() -> list[RosterPupil]:
    children = []
    for number, (size, carers) in enumerate(families()):
        for child in range(size):
            key = len(children) + 1
            level = key % 8 + 1
            group = {1: "1/2", 2: "1/2", 7: "7/8", 8: "7/8"}.get(level, f"{level}")
            children.append(
                a_row(
                    key=f"{key:05d}",
                    call_name=_NAMES[key % len(_NAMES)],
                    prefix=carers[-1].prefix,
                    surname=carers[-1].surname,
                    born_on=date(YEAR.start - level - 4, 1, 1) + timedelta(days=number + child),
                    year_level=str(level),
                    group=f"Groep {group}",
                    guardians=carers,
                )
            )
    return children


GROUPS = ("Groep 1/2", "Groep 3", "Groep 4", "Groep 5", "Groep 6", "Groep 7/8")
GUARDIANS = sum(len(carers) for _, carers in families())


def las_file(children: list[RosterPupil], **school: str) -> bytes:
    """EDEXML with a service number for everybody, as a LAS gives it."""
    told = {
        "schooljaar": str(YEAR),
        "brincode": "99ZZ",
        "aanmaakdatum": f"{TODAY}T08:00:00",
        "xsdversie": "2.1",
    } | school
    lines = [
        edexml_pupil(each).replace("</leerling>", f"<bsn>{BSN}</bsn></leerling>")
        for each in children
    ]
    named = dict.fromkeys(each.group for each in children if each.group)
    return edexml(
        "\n".join(lines),
        groups="".join(f'<groep key="{name}"><naam>{name}</naam></groep>' for name in named),
        school="".join(f"<{tag}>{text}</{tag}>" for tag, text in told.items()),
    )


def parent_rows(children: list[RosterPupil], *, colour: bool = False, bsn: bool = False) -> Rows:
    header, *rows = spreadsheet_rows(children, 2)
    more = {"Kleur": "rood"} if colour else {}
    more |= {"BSN": BSN} if bsn else {}
    padded = ([*row, *[""] * (len(header) - len(row))] for row in rows)
    return [[*header, *more], *([*row, *more.values()] for row in padded)]


@pytest.mark.slow
def test_a_school_of_400_pupils(desk: Desk) -> None:
    """Pupils from the LAS, parents from a CSV and an xlsx; all again; then a new school day."""
    las = desk.file("school.xml", las_file(pupils()))
    half = PUPILS // 2
    first = desk.file("ouders.csv", csv_bytes(parent_rows(pupils()[:half], colour=True, bsn=True)))
    second = desk.file("ouders.xlsx", xlsx_bytes(parent_rows(pupils()[half:])))

    (found,) = desk.store(las, "--whole-school").json["files"]
    assert (found["kind"], found["school_year"]) == ("EDEXML 2.1", str(YEAR))
    assert len(found["new"]) == PUPILS
    assert found["new_groups"] and not found["questions"]
    found = desk.store(first, second, "--map", "Kleur=ignore").json["files"]
    assert [len(each["changed"]) for each in found] == [half, half]
    assert not any(each["new"] or each["questions"] for each in found)

    now = desk.status()
    assert now["pupils"] == PUPILS
    assert now["guardians"] == GUARDIANS
    assert tuple(now["groups"]) == GROUPS
    assert now["answers"]["not_asked"] == PUPILS * len(now["purposes"])

    with desk.made.open() as school:
        record_decisions(school, "Groep 3")
        counted = rows_of(school)
    decided = desk.decisions()
    assert decided
    assert sum(row["authority"] == "no" for row in counted["guardianship"]) == sum(
        size for number, (size, _) in enumerate(families()) if number % 10 == 8
    )
    assert sum(row["address_secret"] for row in counted["guardian"]) == sum(
        number % 10 == 8 for number in range(len(families()))
    )

    again = desk.store(las, first, second, "--map", "kleur=negeer", "--whole-school").json["files"]
    assert all(each["empty"] and not each["questions"] for each in again)
    assert desk.decisions() == decided

    newer = {"aanmaakdatum": f"{TODAY}T09:00:00"}
    moved = [replace(each, group="Groep 8", year_level="8") for each in pupils()[:10]]
    gone = [replace(each, left_on=TODAY - timedelta(days=3)) for each in pupils()[10:15]]
    rekeyed = [replace(each, key=f"9{each.key}") for each in pupils()[15:-2]]
    next_file = desk.file("later.xml", las_file([*moved, *gone, *rekeyed], **newer))
    (found,) = desk.store(next_file, "--whole-school").json["files"]
    assert [len(found[kind]) for kind in ("new", "moved", "left")] == [0, 10, 5 + 2]
    assert desk.status()["pupils"] == PUPILS - 7
    assert desk.decisions() == decided


# — what is said —


def test_a_preview_tells_people_and_stores_nothing(desk: Desk) -> None:
    desk.store(desk.file("a.xml", las_file(pupils()[:3])))
    before = desk.content()
    changed = replace(pupils()[0], call_name="Sanna", group="Groep 8", key="00001")
    gone = replace(pupils()[1], left_on=TODAY - timedelta(days=1))
    later = {"aanmaakdatum": f"{TODAY}T09:00:00"}
    said = desk.type("import", desk.file("b.xml", las_file([changed, gone, pupils()[5]], **later)))
    assert said.code == 0
    for text in ("Nieuw (1)", "Gewijzigd (1)", "Groepswissel (1)", "Vertrokken (1)", "Groep 8"):
        assert text in said.out
    assert "burgerservicenummer" in said.out
    assert "Nog niets opgeslagen" in said.out
    assert desk.content() == before
    stored = desk.type("import", desk.inbox / "b.xml", "--apply")
    assert stored.out.endswith("Opgeslagen.\n")
    assert "Geen verschil." in desk.type("import", desk.inbox / "b.xml").out


def test_questions_are_told_with_their_line(desk: Desk) -> None:
    one, other = pupils()[0], pupils()[5]
    desk.store(desk.file("a.xml", las_file([one, other])))
    swapped = las_file([replace(one, key=other.key), replace(other, key=one.key)])
    said = desk.type("import", desk.file("b.xml", swapped), "--apply")
    assert said.code == 0
    assert "Twijfel (2): wordt niet opgeslagen" in said.out
    assert f"{full_name(one)}: het nummer is van de ene leerling" in said.out
    found = desk.type("import", desk.inbox / "b.xml", "--json").json["files"][0]
    assert [each["doubt"] for each in found["questions"]] == ["key_of_other"] * 2
    assert all(len(each["candidates"]) == 2 for each in found["questions"])


def test_no_service_number_comes_in(desk: Desk) -> None:
    las = desk.file("a.xml", las_file(pupils()[:5]))
    listed = desk.file("b.csv", csv_bytes(parent_rows(pupils()[:5], bsn=True)))
    said = [desk.type("import", las, listed, *how) for how in ((), ("--json",), ("--apply",))]
    assert all("burgerservicenummer" in each.out for each in said)
    assert not any(BSN in each.out + each.err for each in said)
    with desk.made.open() as school:
        assert BSN not in repr(rows_of(school))
    files = [path for path in desk.made.folder.rglob("*") if path.is_file()]
    assert files and not any(BSN.encode() in path.read_bytes() for path in files)


def test_what_is_secret_is_not_shown(desk: Desk) -> None:
    """Neither an address that becomes secret, nor one that was, nor where they moved to."""
    child = next(each for each in pupils() if each.guardians[0].address_secret)
    desk.store(desk.file("a.xml", las_file([child])))
    mother, father = child.guardians
    was_open = replace(mother, address_secret=None, phone_secret=None)
    desk.store(desk.file("a.csv", csv_bytes(parent_rows([replace(child, guardians=(was_open,))]))))
    moved = replace(mother, street="Schuilstraat", phones=("+31611111111",))
    away = replace(father, street="Openlaan")
    parents = [replace(child, guardians=(moved, away))]
    path = desk.file("b.csv", csv_bytes(parent_rows(parents)))
    for how in ((), ("--json",), ("--apply", "--json")):
        said = desk.type("import", path, *how)
        for secret in ("Schuilstraat", mother.street, "+31611111111", mother.phones[0]):
            assert secret not in said.out + said.err
        assert "geheim" in said.out
    open_again = desk.file("c.csv", csv_bytes(parent_rows([child])))
    said = desk.type("import", open_again)
    assert ": straat: Openlaan → Verweg" in said.out
    assert "Schuilstraat" not in said.out


def test_messages_of_a_file_with_errors_say_what_is_wrong(desk: Desk) -> None:
    said = desk.type("import", desk.file("leeg.xml", las_file([])), "--apply")
    assert said.code == 1
    assert "leeg.xml: In dit bestand staan geen leerlingen." in said.err
    assert "eerst hersteld" in said.err


# — what is refused —

Prepare = Callable[[Desk], list[object]]


def from_bytes(name: str, content: bytes) -> Prepare:
    return lambda desk: [desk.file(name, content)]


def double_key() -> bytes:
    return las_file([pupils()[0], replace(pupils()[5], key=pupils()[0].key)])


def las(desk: Desk, **school: str) -> list[object]:
    return [desk.file("new.xml", las_file(pupils()[:30], **school))]


DOCTYPE = b'<?xml version="1.0"?><!DOCTYPE EDEX [<!ENTITY a "b">]><EDEX>&a;</EDEX>'
REFUSALS: dict[str, tuple[Prepare, str]] = {
    "missing": (lambda desk: [desk.inbox / "weg.xml"], "niet gevonden"),
    "a folder": (lambda desk: [desk.inbox], "map"),
    "empty": (from_bytes("a.xml", b""), "leeg"),
    "only blanks": (from_bytes("a.csv", b" \r\n\r\n"), "leeg"),
    "doctype": (from_bytes("a.xml", DOCTYPE), "DOCTYPE"),
    "photo": (from_bytes("a.xml", b"\xff\xd8\xff\xe0" + bytes(99)), "foto"),
    "cut short": (from_bytes("a.xml", las_file(pupils()[:3])[:-40]), "halverwege"),
    "web page": (from_bytes("a.xls", b"<html><table></table></html>"), "webpagina"),
    "double key": (from_bytes("a.xml", double_key()), "hetzelfde leerlingnummer"),
    "other school": (lambda desk: las(desk, brincode="11AA"), "11AA"),
    "older": (lambda desk: las(desk, aanmaakdatum="2020-01-01T00:00:00"), "nieuwer bestand"),
    "good and bad": (lambda desk: [*las(desk), desk.inbox / "weg.xml"], "niet gevonden"),
    "many leavers": (lambda desk: [*las(desk), "--whole-school"], "10 van de 40"),
    "whole other year": (
        lambda desk: [*las(desk, schooljaar=str(YEAR.previous())), "--whole-school"],
        str(YEAR.previous()),
    ),
    "unplaced column": (
        from_bytes("a.csv", csv_bytes(parent_rows(pupils()[:3], colour=True))),
        "Kleur",
    ),
    "unknown field": (lambda desk: [*las_csv(desk), "--map", "Klas=kleur"], "kleur"),
    "bsn placed": (lambda desk: [*las_csv(desk), "--map", "BSN=pupil.key"], "BSN"),
}


def las_csv(desk: Desk) -> list[object]:
    return [desk.file("new.csv", csv_bytes(parent_rows(pupils()[:3], bsn=True)))]


@pytest.fixture(scope="module")
def busy_to_copy(school_to_copy: Made, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A school of 40 pupils, some with decisions."""
    made = school_to_copy.copy_to(tmp_path_factory.mktemp("busy") / "school.schoolprivacy")
    with made.open() as school:
        importing.apply(school, [read_roster_bytes(las_file(pupils()[:40]), {})])
        record_decisions(school, "Groep 3")
    return made


@pytest.fixture
def busy(desk: Desk, busy_to_copy: Made, tmp_path: Path) -> Desk:
    return replace(desk, made=busy_to_copy.copy_to(tmp_path / "busy.schoolprivacy"))


@pytest.mark.parametrize("name", REFUSALS)
def test_refused_with_a_sentence_and_nothing_changed(busy: Desk, name: str) -> None:
    prepare, text = REFUSALS[name]
    words = prepare(busy)
    before = busy.content()
    said = busy.type("import", *words, "--apply", "--json")
    assert (said.code, said.out) == (1, "")
    assert text in said.err
    assert "Er is niets opgeslagen." in said.err
    assert len(said.err.splitlines()) <= 2  # a hint about the command may stand before it
    assert busy.content() == before


def test_wrong_usage_is_another_code(desk: Desk) -> None:
    for words in (["--map", "Kleur"], ["--map", "=ignore"], []):
        with pytest.raises(SystemExit) as left:
            main(["import", str(desk.made.folder), *words])
        assert left.value.code == 2


def test_a_wrong_passphrase_is_refused(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCHOOLPRIVACY_PASSPHRASE", "dit is een andere zin")
    said = desk.type("import", *las(desk), "--apply")
    assert (said.code, said.out) == (1, "")
    assert "Traceback" not in said.err


# — placing columns —


def test_columns_are_placed_by_hand_and_remembered(desk: Desk) -> None:
    rows: Rows = [
        ["Kind", "Stand", "Kleur", "Groepje"],
        ["Sanne de Boer", "17-5-2018", "rood", "3"],
    ]
    path = desk.file("a.csv", csv_bytes(rows))
    looked = desk.type("import", path)
    assert looked.code == 0
    assert "Nog geen plaats: Stand, Kleur, Groepje" in looked.out
    words = ["Stand=pupil.born_on", "KLEUR=ignore", "Groepje=klas"]
    maps = [word for each in words for word in ("--map", each)]
    (found,) = desk.store(path, *maps).json["files"]
    assert (len(found["new"]), found["new_groups"], found["unplaced"]) == (1, ["3"], [])
    assert desk.store(path).json["files"][0]["empty"]


def test_a_column_that_only_one_of_the_files_has(desk: Desk) -> None:
    plain = desk.file("a.csv", csv_bytes(parent_rows(pupils()[:3])))
    coloured = desk.file("b.csv", csv_bytes(parent_rows(pupils()[3:6], colour=True)))
    las_path = desk.file("c.xml", las_file(pupils()[6:9]))
    for order in itertools.permutations([plain, coloured, las_path]):
        said = desk.type("import", *order, "--map", "Kleur=ignore", "--json")
        assert said.code == 0
        assert sum(len(each["new"]) for each in said.json["files"]) == 9


@pytest.mark.parametrize("files", [("csv",), ("csv", "xml"), ("xml",)])
@pytest.mark.parametrize("apply", [[], ["--apply"]])
def test_a_column_that_none_of_the_files_has_is_refused(
    desk: Desk, files: tuple[str, ...], apply: list[str]
) -> None:
    given = {
        "csv": desk.file("a.csv", csv_bytes(parent_rows(pupils()[:3], colour=True))),
        "xml": desk.file("a.xml", las_file(pupils()[:3])),
    }
    before = desk.content()
    maps = ["--map", "Kleur=ignore"] if "csv" in files else []
    words = [*maps, "--map", "Geheim adrs=guardian1.address_secret", *apply]
    said = desk.type("import", *(given[name] for name in files), *words)
    assert (said.code, said.out) == (1, "")
    assert "geen kolom “Geheim adrs”" in said.err
    assert ("Ouder 1 Geheim adres" in said.err) is ("csv" in files)
    assert desk.content() == before
