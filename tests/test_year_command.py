"""The ``year`` command, and the papers of the school year from the command line."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from schoolprivacy.__main__ import main
from schoolprivacy.clock import SystemClock
from schoolprivacy.consents.records import forms
from schoolprivacy.consents.rounds.opening import open_round, read_round
from schoolprivacy.exchange.roster import Roster
from schoolprivacy.people import importing
from schoolprivacy.people.records import placed_pupils, pupils_on_roll
from schoolprivacy.people.terms import Authority
from schoolprivacy.school import School
from schoolprivacy.schoolyear import SchoolYear
from tests.consents.families import MOTHER, a_child, answered, asked, enrol
from tests.consents.round_rows import EVERY
from tests.paper.reading import texts_of
from tests.vault.schools import DIRECTOR, Made

ROSTER = "Roepnaam;Achternaam;Geboortedatum;Groep;Leerlingnummer\n"
OLD_EXPORT = """<EDEX><school><schooljaar>2014-2015</schooljaar><brincode>99ZZ</brincode>
<aanmaakdatum>2014-09-01T09:00:00</aanmaakdatum><xsdversie>2.0</xsdversie></school>
<groepen><groep key="1"><naam>5</naam><jaargroep>5</jaargroep></groep></groepen>
<leerlingen><leerling key="11"><achternaam>Smit</achternaam><roepnaam>Noor</roepnaam>
<geboortedatum>2006-02-01</geboortedatum><jaargroep>5</jaargroep><groep key="1"/></leerling>
</leerlingen><leerkrachten/></EDEX>"""


@dataclass(frozen=True)
class Terminal:
    """Types commands about one school file and reads what they say."""

    made: Made
    capsys: pytest.CaptureFixture[str]

    def type(self, command: str, *words: object, expect: int = 0) -> str:
        self.capsys.readouterr()
        code = main([command, str(self.made.folder), *(str(each) for each in words)])
        said = self.capsys.readouterr()
        assert code == expect, said.err
        return said.out + said.err

    def json(self, command: str, *words: object) -> Any:
        self.capsys.readouterr()
        assert main([command, str(self.made.folder), *map(str, words), "--json"]) == 0
        return json.loads(self.capsys.readouterr().out)


@pytest.fixture
def terminal(
    made: Made, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Terminal:
    monkeypatch.setenv("SCHOOLPRIVACY_PASSPHRASE", DIRECTOR)
    monkeypatch.setattr(SystemClock, "now", lambda _: made.clock.now())
    return Terminal(made, capsys)


def at(made: Made, year: int, month: int, day: int) -> None:
    made.clock.moment = datetime(year, month, day, 9, tzinfo=UTC)


def a_file(folder: Path, *rows: str) -> Path:
    path = folder / "leerlingen.csv"
    path.write_text(ROSTER + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


def test_a_round_is_opened_looked_at_and_closed(made: Made, terminal: Terminal) -> None:
    with made.open() as school:
        enrol(school, a_child("Noor", MOTHER))
        asked(school)
    assert "nog geen ronde" in terminal.type("year")
    assert terminal.json("year") is None
    said = terminal.type("year", "open", "2026-2027")
    assert "Back-up gemaakt" in said and "Ronde 2026-2027" in said
    assert list(made.folder.rglob("*-voor-ronde*"))
    said = terminal.type("year", "open", "2026-2027", expect=1)
    assert "al een ronde bezig" in said
    assert terminal.json("year")["total"]["printed"] == 0
    assert "gesloten" in terminal.type("year", "close")
    assert "geen ronde bezig" in terminal.type("year", "close", expect=1)
    assert "open" in terminal.type("year", "reopen")
    assert terminal.json("year", "close")["unanswered"] == 0


def test_the_new_groups_come_with_it(made: Made, terminal: Terminal, tmp_path: Path) -> None:
    first = a_file(tmp_path, "Noor;Smit;1-2-2018;5;11", "Sem;Smit;1-2-2016;8;12")
    terminal.type("import", first, "--apply")
    at(made, 2027, 8, 25)
    new = a_file(tmp_path, "Noor;Smit;1-2-2018;6;11", "Aya;Berg;3-3-2023;1;13")
    said = terminal.type("year", "open", "2027-2028", "--import", new, "--whole-school")
    assert "Nieuw" in said and "Aya" in said and "Opgeslagen" in said and "Ronde 2027" in said
    with made.open() as school, school.reading() as session:
        year = SchoolYear(2027)
        there = pupils_on_roll(session, school.clock.today(), year)
    assert {each.pupil.call_name for each in there} == {"Noor", "Aya"}


def test_in_june_a_spreadsheet_is_of_the_year_of_the_round(
    made: Made, terminal: Terminal, tmp_path: Path
) -> None:
    first = a_file(tmp_path, "Noor;Smit;1-2-2018;5;11", "Sem;Smit;1-2-2016;8;12")
    terminal.type("import", first, "--apply")
    at(made, 2027, 6, 21)
    new = a_file(tmp_path, "Noor;Smit;1-2-2018;6;11")
    terminal.type("year", "open", "2027-2028", "--import", new, "--whole-school")
    with made.open() as school, school.reading() as session:
        groups = {
            year: {
                each.pupil.call_name: each.placement.group_name
                for each in placed_pupils(session, SchoolYear(year))
            }
            for year in (2026, 2027)
        }
        here = pupils_on_roll(session, school.clock.today(), SchoolYear(2026))
    assert groups[2026] == {"Noor": "5", "Sem": "8"}
    assert groups[2027]["Noor"] == "6"
    assert {each.pupil.call_name for each in here} == {"Noor", "Sem"}, "until the summer"


def test_a_file_of_another_year_opens_no_round(
    made: Made, terminal: Terminal, tmp_path: Path
) -> None:
    path = tmp_path / "oud.xml"
    path.write_text(OLD_EXPORT, encoding="utf-8")
    said = terminal.type("year", "open", "2026-2027", "--import", path, expect=1)
    assert "is van schooljaar 2014-2015" in said
    with made.open() as school:
        assert read_round(school) is None
        with school.reading() as session:
            assert not placed_pupils(session, SchoolYear(2014))


def test_what_is_refused_stores_nothing(made: Made, terminal: Terminal, tmp_path: Path) -> None:
    new = a_file(tmp_path, "Noor;Smit;1-2-2018;6;11")
    assert "2031-2032" in terminal.type("year", "open", "2031-2032", "--import", new, expect=1)
    with made.open() as school:
        open_round(school, SchoolYear(2026))
    terminal.type("year", "open", "2026-2027", "--import", new, expect=1)
    for words in (("open",), ("close", "2026-2027"), ("show", "2026-2027"), ("--whole-school",)):
        assert "Schrijf: year SCHOOL" in terminal.type("year", *words, expect=1)
    with made.open() as school, school.reading() as session:
        assert not pupils_on_roll(session, school.clock.today(), SchoolYear(2026))


def test_a_file_that_cannot_be_stored_opens_no_round(
    made: Made, terminal: Terminal, tmp_path: Path
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Roepnaam;Achternaam;Groep;Kleur\nNoor;Smit;3;rood\n", encoding="utf-8")
    terminal.type("year", "open", "2026-2027", "--import", path, expect=1)
    with made.open() as school:
        assert read_round(school) is None
    said = terminal.type("year", "open", "2026-2027", "--import", path, "--map", "Kleur=ignore")
    assert "Ronde 2026-2027" in said


def test_rows_in_doubt_are_told_and_the_round_opens(
    made: Made, terminal: Terminal, tmp_path: Path
) -> None:
    with made.open() as school:
        enrol(school, a_child("Noor", MOTHER))
    twin = a_file(tmp_path, "Noor;Test;1-3-2018;5;77", "Noor;Test;1-3-2018;5;78")
    said = terminal.type("year", "open", "2026-2027", "--import", twin)
    assert "Ronde 2026-2027" in said
    assert ("twijfelt het programma" in said) == ("Twijfel" in said)


# — the papers —


def test_every_paper_of_the_year_comes_from_the_command_line(
    made: Made, terminal: Terminal, tmp_path: Path
) -> None:
    with made.open() as school:
        enrol(school, a_child("Noor", MOTHER), a_child("Sem", MOTHER))
        asked(school)
        with school.reading() as session:
            first = forms(session)[0].number
        answered(school, first, "Anna van der Sluis", Authority.YES, yes=EVERY)
    at(made, 2027, 9, 6)
    with made.open() as school:
        enrol_next_year(school)
        open_round(school, SchoolYear(2027))
    out = tmp_path / "a.pdf"

    def made_of(*words: str) -> str:
        said = terminal.type("print", *words, "--out", out)
        assert str(out) in said
        return "\n".join(texts_of(out.read_bytes())) + said

    group = ("--group", "Groep 6")
    assert "Noor" in made_of("renewal-forms", *group)
    assert "opnieuw" in made_of("renewal-forms")
    made_of("renewal-letters")
    made_of("renewal-check")
    at(made, 2027, 10, 6)
    assert "Herinnering 1" in made_of("renewal-reminders")
    assert "opnieuw" in made_of("renewal-reminders")
    assert "Noor" in made_of("renewal-reminder-list", *group)
    assert "Verslag toestemmingsronde 2027-2028" in made_of("round-report")
    made_of("intake-sheet")
    assert "2027-2028" in made_of("year-planner", "--year", "2027-2028")
    words = ("substitute-sheet", *group, "--for", "Mevrouw De Wit")
    assert "De Wit" in made_of(*words)
    assert "--for" in terminal.type("print", *words[:3], expect=1)
    assert "--year" in terminal.type("print", "round-report", "--year", "2027-2028", expect=1)


def enrol_next_year(school: School) -> None:
    children = [replace(a_child(name, MOTHER), group="Groep 6") for name in ("Noor", "Sem")]
    rows = tuple(replace(each, line=n) for n, each in enumerate(children, 1))
    importing.apply(school, [Roster("spreadsheet", "test", rows, school_year=SchoolYear(2027))])
