"""What a person sees of an import: in Dutch, side by side, and never a secret."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from schoolprivacy.exchange.columns import FIELDS
from schoolprivacy.exchange.field_names import column_name, field_name
from schoolprivacy.exchange.roster import RosterPupil
from schoolprivacy.people import importing
from schoolprivacy.people.addresses import ADDRESS
from schoolprivacy.people.difference import PUPIL_FIELDS, Difference
from schoolprivacy.people.review import (
    Detail,
    details,
    read_families,
    shown_changes,
    shown_suggestions,
    side_by_side,
)
from schoolprivacy.school import School
from tests.people.builders import (
    MADE,
    THIS_YEAR,
    a_guardian,
    a_roster,
    a_row,
    a_spreadsheet,
    at,
    reached,
    store,
)

LATER = MADE + timedelta(days=7)
JAN = a_guardian("J. Bakker", **reached(1), **at("Dorpsstraat"), relation="vader")
KEES = a_guardian("K. Smit", **reached(2), **at("Havenkade", "9", "4321 ZX"))
SANNE = a_row("Sanne de Boer", "1", guardians=(JAN, KEES))


def preview(school: School, *pupils: RosterPupil) -> Difference:
    (found,) = importing.preview(school, [a_roster(*pupils, made_at=LATER)])
    return found


def shown(school: School, pupil: RosterPupil) -> list[Detail]:
    (plan,) = preview(school, pupil).pupils
    return details(plan, read_families(school))


@pytest.mark.parametrize("code", FIELDS)
def test_every_column_has_a_dutch_name(code: str) -> None:
    name = column_name(code)
    assert name and "_" not in name and "guardian" not in name


def test_no_two_columns_have_one_name() -> None:
    assert len(set(map(column_name, FIELDS))) == len(FIELDS)


@pytest.mark.parametrize("name", [*PUPIL_FIELDS, *ADDRESS, "phones", "authority", "other_groups"])
def test_every_change_has_a_dutch_name(name: str) -> None:
    assert "_" not in field_name(name)


def test_old_and_new_are_told_as_people_write_them(school: School) -> None:
    store(school, SANNE)
    moved = replace(JAN, street="Kerkstraat", denied_authority=True)
    changed = replace(SANNE, born_on=date(2018, 5, 18), guardians=(moved, KEES))
    assert shown(school, changed) == [
        Detail("geboortedatum", "17-05-2018", "18-05-2018"),
        Detail("straat", "Dorpsstraat", "Kerkstraat", "J. Bakker"),
        Detail("gezag", "onbekend", "nee", "J. Bakker"),
    ]


def test_of_a_new_pupil_everything_is_told(school: School) -> None:
    told = shown(school, SANNE)
    assert Detail("roepnaam", "", "Sanne") in told
    assert Detail("groep", "", "3") in told
    father = "vader, Dorpsstraat 1, 1234 AB Dorp, +31612345601, ouder1@gezin.example"
    assert Detail("ouder of verzorger", "", father, "J. Bakker") in told


@pytest.mark.parametrize(
    "then",
    [
        replace(JAN, street="Schuilstraat", address_secret=True),  # becomes secret
        replace(JAN, street="Schuilstraat", address_secret=None),  # was secret
    ],
)
def test_a_secret_address_is_one_line_without_it(school: School, then: object) -> None:
    store(school, replace(SANNE, guardians=(replace(JAN, address_secret=True), KEES)))
    told = shown(school, replace(SANNE, guardians=(then, KEES)))
    assert told == [Detail("adres", "geheim adres", "geheim adres", "J. Bakker")]


def test_who_moves_in_with_a_secret_address_does_not_tell_it(school: School) -> None:
    """The other parent is not in the file, and moves to where the secret is."""
    hidden = replace(KEES, address_secret=True)
    store(school, replace(SANNE, guardians=(JAN, hidden)))
    moves_in = replace(JAN, **at("Havenkade", "9", "4321 ZX"))
    told = shown(school, replace(SANNE, guardians=(moves_in,)))
    assert "Havenkade" not in repr(told)
    (plan,) = preview(school, replace(SANNE, guardians=(moves_in,))).pupils
    assert "Havenkade" not in repr(shown_changes(plan, read_families(school)))


def test_of_a_new_pupil_no_secret_is_told(school: School) -> None:
    hidden = replace(JAN, address_secret=True, phone_secret=True)
    told = repr(shown(school, replace(SANNE, guardians=(hidden,))))
    assert "geheim adres, geheim nummer" in told
    assert "Dorpsstraat" not in told and "+316" not in told


def test_a_number_that_the_other_parent_keeps_secret_is_not_told(school: School) -> None:
    store(school, replace(SANNE, guardians=(replace(JAN, phone_secret=True), KEES)))
    shared = replace(KEES, phones=JAN.phones)
    told = repr(shown(school, replace(SANNE, guardians=(JAN, shared))))
    assert "telefoon" in told
    assert JAN.phones[0] not in told


# — side by side —


def doubtful(school: School, row: RosterPupil) -> Difference:
    (found,) = importing.preview(school, [a_spreadsheet(replace(row, key=None))])
    return found


def test_a_doubtful_row_stands_beside_the_pupil_it_may_mean(school: School) -> None:
    store(school, SANNE)
    row = replace(SANNE, born_on=date(2018, 5, 18), group="4")
    (question,) = doubtful(school, row).questions
    seen = side_by_side(school, question, THIS_YEAR)
    assert seen.names == ("Sanne de Boer",)
    by_label = {each.label: each for each in seen.rows}
    born = by_label["geboortedatum"]
    assert (born.in_file, born.at_school) == ("18-05-2018", ("17-05-2018",))
    assert {each.label for each in seen.rows if any(each.differs)} == {"geboortedatum", "groep"}


@pytest.mark.parametrize("where", ["file", "school"])
def test_a_secret_on_one_side_hides_the_address_on_both(school: School, where: str) -> None:
    there = replace(JAN, address_secret=where == "school" or None)
    here = replace(JAN, address_secret=where == "file" or None)
    store(school, replace(SANNE, guardians=(there,)))
    row = replace(SANNE, born_on=date(2018, 5, 18), guardians=(here,))
    (question,) = doubtful(school, row).questions
    seen = side_by_side(school, question, THIS_YEAR)
    assert "Dorpsstraat" not in repr(seen)
    assert "geheim adres" in repr(seen)


def test_perhaps_one_parent_is_told_with_the_children(school: School) -> None:
    store(school, SANNE)
    sister = a_row(
        "Noor de Boer",
        "2",
        born_on=date(2016, 1, 2),
        guardians=(replace(JAN, initials="", call_name="Jan", email="", **at("Elders", "7", "")),),
    )
    found = shown_suggestions(school, preview(school, SANNE, sister))
    assert [(each.guardian, each.children) for each in found] == [("Jan Bakker", ("Noor de Boer",))]
    assert [(each.other, each.other_children) for each in found] == [
        ("J. Bakker", ("Sanne de Boer",))
    ]
