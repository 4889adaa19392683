"""EDEXML: the standard's own samples, what real files do, what is dropped, what is refused."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from schoolprivacy.errors import ImportFileError
from schoolprivacy.exchange.edexml import read_edexml
from schoolprivacy.exchange.roster import Roster, RosterPupil, Severity
from schoolprivacy.schoolyear import SchoolYear
from tests.exchange.writing import edexml

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples" / "edexml"
CANARY = "999990019"  # passes the eleven test, given to nobody


def problems(roster: Roster) -> list[tuple[str, int | None]]:
    return [(problem.key, problem.line) for problem in roster.problems]


def only(data: bytes) -> RosterPupil:
    (pupil,) = read_edexml(data).pupils
    return pupil


@pytest.mark.skipif(not SAMPLES.exists(), reason="the standard's samples are not here")
def test_the_sample_of_2_1_reads_as_it_stands() -> None:
    roster = read_edexml((SAMPLES / "EDEXML.Voorbeeld.2.1.xml").read_bytes())
    assert roster == Roster(
        source="edexml",
        kind="EDEXML 2.1",
        brin="99ZZ",
        location="00",
        school_key="41323",
        school_year=SchoolYear(2014),
        made_at=datetime(2014, 11, 25, 14, 33, 33),
        groups=(
            *("Kabouters", "Samgroep 3", "Muizen", "Vlinders", "4A", "4B"),
            *("Samgroep 1", "Samgroep 2"),
        ),
        pupils=(
            RosterPupil(
                line=77,
                key="00001",
                call_name="Wimpie",
                prefix="imp",
                surname="ie",
                born_on=date(2006, 6, 21),
                year_level="4",
                group="4B",
                other_groups=("Samgroep 1", "Samgroep 2"),
            ),
            RosterPupil(
                line=94,
                key="00002",
                call_name="Ismaël",
                surname="Assati",
                given_names="Ismaël Hassan",
                year_level="4",
                came_on=date(2013, 8, 25),
            ),
            RosterPupil(
                line=108,
                key="12345",
                call_name="Gradje",
                prefix="van 't",
                surname="Hof",
                born_on=date(2006, 6, 21),
                year_level="H",
                came_on=date(2010, 8, 19),
                left_on=date(2014, 7, 18),
            ),
        ),
        dropped=(
            "burgerservicenummer",
            "laatste cijfers van het burgerservicenummer",
            "geboorteland",
            "geboorteland van de vader",
            "geboorteland van de moeder",
            "gewicht",
            "toevoegingen",
            "geslacht",
            "postcode",
            "ECK iD",
            "gegevens van leerkrachten",
        ),
    )


@pytest.mark.skipif(not SAMPLES.exists(), reason="the standard's samples are not here")
def test_the_sample_of_2_0_has_a_pupil_with_a_first_name_only() -> None:
    roster = read_edexml((SAMPLES / "EDEXML.Voorbeeld.2.0.xml").read_bytes())
    assert (roster.kind, roster.problems) == ("EDEXML 2.0", ())
    assert [(p.call_name, p.surname) for p in roster.pupils] == [
        ("Wimpie", ""),
        ("Ismaël", "Assati"),
        ("Gradje", "Hof"),
    ]


def test_a_whole_school_in_1_03() -> None:
    groups = "".join(
        f'<groep key="{level}"><naam>Groep {level}</naam><jaargroep>{level}</jaargroep></groep>'
        for level in range(1, 9)
    )
    pupils = "".join(
        f'<leerling key="{1000 + n}"><achternaam>Jansen</achternaam>'
        "<voorletters-1>P</voorletters-1>"
        f"<roepnaam>Piet{n}</roepnaam><geboortedatum>2015-03-{n % 28 + 1:02}</geboortedatum>"
        f'<geslacht>1</geslacht><groep key="{n % 8 + 1}"/><sofinummer>{CANARY}</sofinummer>'
        "</leerling>"
        for n in range(150)
    )
    school = (
        "<schooljaar>2009-2010</schooljaar><brincode>99zz</brincode>"
        "<aanmaakdatum>2009-11-01T08:00:00</aanmaakdatum><xsdversie>1.03</xsdversie>"
    )
    roster = read_edexml(edexml(pupils, groups=groups, school=school))
    assert (roster.kind, roster.brin, roster.school_year) == (
        "EDEXML 1.03",
        "99ZZ",
        SchoolYear(2009),
    )
    assert len(roster.pupils) == 150
    assert [(p.key, p.group, p.year_level) for p in roster.pupils[:2]] == [
        ("1000", "Groep 1", "1"),
        ("1001", "Groep 2", "2"),
    ]
    assert roster.problems == ()


def test_a_flemish_school_has_no_brin() -> None:
    school = (
        "<schooljaar>2026-2027</schooljaar><peildatum>2026-10-01</peildatum>"
        "<instellingsnummer>012345</instellingsnummer><schoolkey>s1</schoolkey>"
    )
    pupil = (
        '<leerling key="1"><achternaam>De Smet</achternaam><roepnaam>Lotte</roepnaam>'
        f"<jaargroep>13</jaargroep><rijksregisternummer>{CANARY}</rijksregisternummer></leerling>"
    )
    roster = read_edexml(edexml(pupil, school=school))
    assert (roster.brin, roster.school_key, roster.problems) == (None, "012345", ())
    assert roster.made_at == datetime(2026, 10, 1)
    assert roster.pupils[0].year_level == "13"
    assert roster.dropped == ("rijksregisternummer",)


def test_a_school_with_only_a_schoolkey() -> None:
    school = "<schooljaar>2026-2027</schooljaar><schoolkey> s1 </schoolkey>"
    assert read_edexml(edexml("<leerling key='1'/>", school=school)).school_key == "s1"


GROUPS = """
<groep key="c"><naam>Uilen</naam><jaargroep>C</jaargroep></groep>
<groep key="a3"><naam>Vossen</naam><jaargroep>3</jaargroep></groep>
<groep key="a4"><naam>Vossen</naam><jaargroep>4</jaargroep></groep>
<groep key="5"><naam>Groep 5</naam><jaargroep>5</jaargroep></groep>
<samengestelde_groep key="s"><naam>Dassen</naam></samengestelde_groep>
"""


@pytest.mark.parametrize(
    ("inside", "group", "others", "level"),
    [
        ('<jaargroep>7</jaargroep><groep key="c"/>', "Uilen", (), "7"),
        ('<groep key="c"/>', "Uilen", (), ""),
        ('<groep key="a3"/>', "Vossen", (), "3"),
        ('<groep key="a4"/>', "Vossen", (), "4"),
        (
            '<groep key="5"/><samengestelde_groepen><samengestelde_groep key="s"/>'
            "</samengestelde_groepen>",
            "Groep 5",
            ("Dassen",),
            "5",
        ),
        (
            "<jaargroep>6</jaargroep><samengestelde_groepen>"
            '<samengestelde_groep key=" s "/></samengestelde_groepen>',
            "Dassen",
            (),
            "6",
        ),
        ('<groep key="5"/>', "Groep 5", (), "5"),
        ('<jaargroep>4</jaargroep><groep key="5"/>', "Groep 5", (), "4"),  # the own one rules
        ("<jaargroep>C</jaargroep><groep key='5'/>", "Groep 5", (), "5"),
        ("<groep/>", None, (), ""),
    ],
)
def test_combination_groups(inside: str, group: str, others: tuple[str, ...], level: str) -> None:
    roster = read_edexml(
        edexml(f'<leerling key="1"><roepnaam>A</roepnaam>{inside}</leerling>', groups=GROUPS)
    )
    pupil = roster.pupils[0]
    assert (pupil.group, pupil.other_groups, pupil.year_level) == (group, others, level)
    assert roster.groups == ("Uilen", "Vossen", "Groep 5", "Dassen")
    assert roster.problems == ()


def test_a_group_that_is_not_in_the_file_is_a_warning_at_the_pupil() -> None:
    roster = read_edexml(
        edexml('<leerling key="1"><roepnaam>A</roepnaam>\n<groep key="9"/></leerling>')
    )
    assert roster.pupils[0].group is None
    assert problems(roster) == [("unknown_group", 6)]


def test_two_groups_with_one_key_keep_the_first() -> None:
    groups = '<groep key="1"><naam>A</naam></groep><groep key="1"><naam>B</naam></groep>'
    roster = read_edexml(
        edexml('<leerling key="1"><roepnaam>A</roepnaam><groep key="1"/></leerling>', groups=groups)
    )
    assert roster.pupils[0].group == "A"
    assert roster.groups == ("A", "B")
    assert problems(roster) == [("group_key_twice", 4)]


@pytest.mark.parametrize(
    ("inside", "name"),
    [
        ("<roepnaam>Jo</roepnaam><voornamen>Johan Piet</voornamen>", "Jo"),
        ("<roepnaam/><voornamen>Johan Piet</voornamen>", "Johan"),
        ("<voorletters-1>J.P.</voorletters-1>", "J.P."),
        ("<roepnaam>\n  Jo \t Anne </roepnaam>", "Jo Anne"),
        ("<roepnaam>J&#233;r&#xf4;me</roepnaam>", "Jérôme"),
        ("<roepnaam>Jose\u0301</roepnaam>", "José"),
    ],
)
def test_the_name_to_call_a_pupil_by(inside: str, name: str) -> None:
    assert only(edexml(f'<leerling key="1">{inside}</leerling>')).call_name == name


def test_a_pupil_without_any_name_stays_with_a_warning() -> None:
    roster = read_edexml(edexml('<leerling key="1"/>'))
    assert roster.pupils[0].key == "1"  # left out, the pupil would seem to have left the school
    assert problems(roster) == [("no_name", 6)]


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2015-03-21", date(2015, 3, 21)),
        ("2015-03-21Z", date(2015, 3, 21)),
        ("2015-03-21+01:00", date(2015, 3, 21)),
        ("2015-03-21T00:00:00", date(2015, 3, 21)),
        (" 2015-03-21 ", date(2015, 3, 21)),
        ("", None),
    ],
)
def test_dates(written: str, day: date | None) -> None:
    data = edexml(
        '<leerling key="1"><roepnaam>A</roepnaam>'
        f"<geboortedatum>{written}</geboortedatum></leerling>"
    )
    assert only(data).born_on == day
    assert read_edexml(data).problems == ()


@pytest.mark.parametrize("written", ["2015-02-30", "21-03-15", "0015-03-21", "onbekend", "2015"])
@pytest.mark.parametrize("field", ["geboortedatum", "instroomdatum", "uitstroomdatum"])
def test_a_bad_date_is_left_empty_with_its_line(field: str, written: str) -> None:
    roster = read_edexml(
        edexml(f'<leerling key="1"><roepnaam>A</roepnaam>\n<{field}>{written}</{field}></leerling>')
    )
    pupil = roster.pupils[0]
    assert (pupil.born_on, pupil.came_on, pupil.left_on) == (None, None, None)
    assert problems(roster) == [("edexml_date", 7)]
    assert written not in str(roster.problems[0])


def test_odd_but_harmless_things_are_no_problem() -> None:
    pupil = """
    <leerling key="  7 " eckid=""><achternaam>Hof</achternaam>
      <voorvoegsel>von und zu der Lange Linde en nog veel meer woorden</voorvoegsel>
      <roepnaam>G</roepnaam>
      <geboortedatum/><jaargroep></jaargroep><bsn/><onbekend><achternaam>Fout</achternaam></onbekend>
      <vestiging key="bestaat niet"/>
      <toevoegingen><blok xsi:type="Onbekend"><achternaam>Fout</achternaam></blok></toevoegingen>
    </leerling>"""
    roster = read_edexml(edexml(pupil))
    assert roster.pupils[0].key == "7"
    assert roster.pupils[0].surname == "Hof"
    assert roster.pupils[0].prefix.startswith("von und zu")
    assert roster.problems == ()
    assert roster.dropped == ("toevoegingen",)  # the BSN element is empty


def test_dummy_keys_are_no_keys_and_may_occur_twice() -> None:
    roster = read_edexml(edexml('<leerling key="#1"/><leerling key=" #1"/><leerling/>'))
    assert [pupil.key for pupil in roster.pupils] == [None, None, None]


def test_the_same_key_twice_stops_with_the_lines() -> None:
    with pytest.raises(ImportFileError) as caught:
        read_edexml(
            edexml('<leerling key="geheim1"/>\n<leerling key="2"/>\n<leerling key=" geheim1"/>')
        )
    assert (caught.value.key, caught.value.values) == (
        "import_file.duplicate_keys",
        {"lines": "6, 8"},
    )


@pytest.mark.parametrize(
    ("school", "brin", "location", "found"),
    [
        ("<brincode> 99 zz </brincode><dependancecode>1</dependancecode>", "99ZZ", "01", []),
        ("<brincode>99ZZ02</brincode>", "99ZZ", "02", []),
        ("<brincode>onbekend</brincode>", None, "", [("brin", 3)]),
    ],
)
def test_brin(school: str, brin: str | None, location: str, found: list[object]) -> None:
    year = "<schooljaar>2026-2027</schooljaar>"
    roster = read_edexml(
        edexml("<leerling key='1'><roepnaam>A</roepnaam></leerling>", school=year + school)
    )
    assert (roster.brin, roster.location, problems(roster)) == (brin, location, found)


@pytest.mark.parametrize(
    "school", ["", "<schooljaar>2026</schooljaar>", "<schooljaar>0001-0002</schooljaar>"]
)
def test_a_school_year_that_cannot_be_read_is_a_warning(school: str) -> None:
    roster = read_edexml(
        edexml("<leerling key='1'><roepnaam>A</roepnaam></leerling>", school=school)
    )
    assert roster.school_year is None
    assert [problem.key for problem in roster.problems] == ["school_year"]


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2026-09-01T10:11:12", datetime(2026, 9, 1, 10, 11, 12)),
        ("2026-09-01T10:11:12.1234567+02:00", datetime(2026, 9, 1, 10, 11, 12)),
        ("2026-09-01", datetime(2026, 9, 1)),
        ("gisteren", None),
    ],
)
def test_made_at_is_the_wall_clock_of_the_writer(written: str, moment: datetime | None) -> None:
    school = f"<schooljaar>2026-2027</schooljaar><aanmaakdatum>{written}</aanmaakdatum>"
    assert read_edexml(edexml("<leerling key='1'/>", school=school)).made_at == moment


def test_uwlr_wraps_the_same_elements_in_namespaces() -> None:
    data = b"""<soap:Envelope xmlns:soap="s" xmlns:l="l"><soap:Body><l:leerlinggegevens>
    <l:school><l:schooljaar>2026-2027</l:schooljaar></l:school>
    <l:groepen><l:groep key="1"><l:naam>Uilen</l:naam></l:groep></l:groepen>
    <l:leerlingen><l:leerling key="1"><l:roepnaam>Jo</l:roepnaam><l:groep key="1"/></l:leerling>
    </l:leerlingen></l:leerlinggegevens></soap:Body></soap:Envelope>"""
    pupil = only(data)
    assert (pupil.call_name, pupil.group) == ("Jo", "Uilen")


def test_nothing_that_is_dropped_is_anywhere_in_the_roster() -> None:
    sensitive = (
        *("bsn", "sofinummer", "onderwijsnummer", "bsn_ondwnr-4", "rijksregisternummer"),
        *("etniciteit", "land", "land_vader", "land_moeder", "gewicht", "gewicht_nieuw"),
        *("geslacht", "fotourl", "postcodenl", "gebruikersnaam", "emailadres", "toevoegingen"),
        "onbekend_veld",
    )
    inside = "".join(f"<{tag}>{CANARY}</{tag}>" for tag in sensitive)
    nested = f"<toevoegingen><blok><roepnaam>{CANARY}</roepnaam></blok></toevoegingen>"
    teacher = (
        f'<leerkracht key="{CANARY}"><achternaam>{CANARY}</achternaam>'
        f'<groepen><groep key="1"><naam>{CANARY}</naam></groep></groepen></leerkracht>'
    )
    pupil = f'<leerling key="1" eckid="{CANARY}">{inside}{nested}<roepnaam>Jo</roepnaam></leerling>'
    groups = f'<groep key="1"><naam>A</naam><omschrijving>{CANARY}</omschrijving>{nested}</groep>'
    roster = read_edexml(edexml(pupil, groups=groups, teachers=teacher))
    assert CANARY not in repr(roster)
    assert roster.pupils[0].call_name == "Jo"
    assert set(roster.dropped) == {
        *("burgerservicenummer", "laatste cijfers van het burgerservicenummer", "sofinummer"),
        *("onderwijsnummer", "rijksregisternummer", "etniciteit", "geboorteland", "gewicht"),
        *("geboorteland van de vader", "geboorteland van de moeder", "toevoegingen", "geslacht"),
        *("foto", "postcode", "gebruikersnaam", "e-mailadres van de leerling", "ECK iD"),
        "gegevens van leerkrachten",
    }


@pytest.mark.parametrize(
    ("damage", "key"),
    [
        (lambda xml: xml[: len(xml) // 2], "import_file.xml_cut_short"),
        (lambda xml: xml.replace(b"</leerlingen>", b"</leerling>"), "import_file.xml_damaged"),
        (lambda xml: xml.replace(b"roepnaam>", b"roep naam>"), "import_file.xml_damaged"),
        (lambda xml: b"<klas><kind/></klas>", "import_file.not_edexml"),
        (
            lambda xml: xml.replace(b"<EDEX>", b'<!DOCTYPE EDEX SYSTEM "x.dtd"><EDEX>'),
            "import_file.doctype",
        ),
        (lambda xml: b"\xff\xfe<\0EDE", "import_file.encoding"),
    ],
)
def test_what_cannot_be_read_is_explained_without_its_contents(damage, key: str) -> None:  # type: ignore[no-untyped-def]
    good = edexml(f"<leerling key='1'><roepnaam>{CANARY}</roepnaam></leerling>")
    with pytest.raises(ImportFileError) as caught:
        read_edexml(damage(good))
    assert caught.value.key == key
    seen: BaseException | None = caught.value
    while seen:  # the errors before it must not carry the file along
        assert CANARY not in f"{seen} {seen.args}"
        seen = seen.__context__
    assert "niets opgeslagen" in str(caught.value)


def test_a_billion_laughs_are_refused_before_the_first() -> None:
    lines = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE EDEX [<!ENTITY a0 "ha">{lines}]><EDEX>&a11;</EDEX>'
    with pytest.raises(ImportFileError) as caught:
        read_edexml(bomb.encode())
    assert caught.value.key == "import_file.doctype"


def encoded(declared: str, really: str) -> bytes:
    text = edexml('<leerling key="1"><roepnaam>Zoë</roepnaam></leerling>').decode()
    return text.replace("UTF-8", declared).encode(really)


@pytest.mark.parametrize(
    ("declared", "really", "found"),
    [
        ("UTF-8", "utf-8", []),
        ("UTF-8", "utf-8-sig", []),
        ("iso-8859-1", "latin-1", []),
        ("windows-1252", "cp1252", []),
        ("UTF-8", "cp1252", [("encoding", None)]),
        ("klingon", "cp1252", [("encoding", None)]),
        ("UTF-16", "utf-8", []),
        ("UTF-16", "utf-16", [("utf16", None)]),
        ("UTF-16", "utf-16-be", [("utf16", None)]),
    ],
)
def test_encodings(declared: str, really: str, found: list[object]) -> None:
    roster = read_edexml(encoded(declared, really))
    assert roster.pupils[0].call_name == "Zoë"
    assert problems(roster) == found


def test_a_file_without_pupils_may_not_be_stored() -> None:
    (problem,) = read_edexml(edexml()).problems
    assert (problem.severity, problem.key) == (Severity.ERROR, "no_pupils")
