"""A pupil's own page: everything about the child, and nothing that is secret."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from schoolprivacy.people import importing
from schoolprivacy.people.dossier import Dossier, dossier, reveal_secret
from schoolprivacy.people.names import full_name
from schoolprivacy.people.terms import Placement
from schoolprivacy.school import School
from tests.people.builders import (
    NEXT_YEAR,
    THIS_YEAR,
    a_guardian,
    a_roster,
    a_row,
    at,
    carers_of,
    pupils_of,
    reached,
    rows_of,
    store,
)
from tests.vault.schools import Made, refused

JAN = a_guardian("J. Bakker", **reached(1), **at("Dorpsstraat"))
KEES = a_guardian("K. Smit", **reached(2), **at("Havenkade", "9", "4321 ZX"))
SANNE = a_row("Sanne Bakker", "1", guardians=(JAN, KEES))
BORN = date(2016, 4, 5)


def page_of(school: School, name: str) -> Dossier:
    return dossier(school, pupils_of(school)[name].pupil.id)


def suggested(school: School, name: str) -> list[tuple[str, bool, bool]]:
    return [
        (full_name(each.child.pupil), each.same_address, each.same_phone)
        for each in page_of(school, name).sibling_suggestions
    ]


def test_all_about_a_child(school: School) -> None:
    store(school, SANNE, a_row("Bo Bakker", "2", born_on=BORN, guardians=(JAN,), group="7"))
    later = replace(SANNE, guardians=(), group="4", year_level="4", other_groups=("plus",))
    importing.apply(school, [a_roster(later, school_year=NEXT_YEAR)])
    page = page_of(school, "Sanne Bakker")
    assert page.pupil.call_name == "Sanne"
    assert page.placements == (
        Placement(NEXT_YEAR, "4", "4", ("plus",)),
        Placement(THIS_YEAR, "3", "3"),
    )
    assert [each.link for each in page.carers] == carers_of(school, "Sanne Bakker")
    assert [(full_name(s.pupil), s.placement.group) for s in page.siblings] == [("Bo Bakker", "7")]
    assert not page.sibling_suggestions


# — secrets —


def test_what_is_secret_is_not_on_the_page(school: School) -> None:
    hidden = replace(JAN, address_secret=True, phone_secret=True)
    store(school, replace(SANNE, guardians=(hidden, KEES)))
    page = page_of(school, "Sanne Bakker")
    for secret in ("Dorpsstraat", "1234 AB", *JAN.phones):
        assert secret not in repr(page)
    jan, kees = page.carers
    assert (jan.link.guardian.address_secret, jan.link.guardian.phone_secret) == (True, True)
    assert (jan.address_hidden, jan.phones_hidden) == (True, True)
    assert kees.link.guardian.street == "Havenkade"


@pytest.mark.parametrize("written", [{}, {"postcode": "", "place": ""}])
def test_the_address_is_hidden_with_everybody_who_lives_there(
    school: School, written: dict[str, str]
) -> None:
    at_home = replace(KEES, street="Dorpsstraat", house_number="1", postcode="1234 AB")
    hidden = replace(JAN, address_secret=True)
    store(school, replace(SANNE, guardians=(hidden, replace(at_home, **written))))
    page = page_of(school, "Sanne Bakker")
    assert "Dorpsstraat" not in repr(page)
    _, kees = page.carers
    assert (kees.address_hidden, kees.phones_hidden) == (True, False)
    assert kees.link.guardian.phones == KEES.phones


def test_looking_at_a_secret_is_written_down(school: School) -> None:
    store(school, replace(SANNE, guardians=(replace(JAN, address_secret=True),)))
    (link,) = carers_of(school, "Sanne Bakker")
    assert reveal_secret(school, link.guardian.id) == link.guardian
    last = max(rows_of(school)["audit"], key=lambda row: int(row["seq"]))
    assert (last["action"], last["about"]) == ("secret.viewed", link.guardian.id)
    assert last["staff_id"] == school.who.id


@contextmanager
def read_only(made: Made) -> Iterator[School]:
    with made.open(), made.open(read_only=True) as second:
        yield second


def test_where_it_cannot_be_written_down_nobody_looks(made: Made) -> None:
    with made.open() as school:
        store(school, replace(SANNE, guardians=(replace(JAN, address_secret=True),)))
        guardian_id = carers_of(school, "Sanne Bakker")[0].guardian.id
    with read_only(made) as school:
        assert refused(reveal_secret, school, guardian_id) == "file.opened_read_only"


# — brothers and sisters —

OTHER = a_guardian("M. Visser", **reached(3), **at("Dorpsstraat"))


@pytest.mark.parametrize(
    ("theirs", "found"),
    [
        ({}, [("Bo Bakker", True, False)]),
        ({"phones": JAN.phones}, [("Bo Bakker", True, True)]),
        ({"phones": JAN.phones, "house_number": "2"}, [("Bo Bakker", False, True)]),
        ({"house_number": "2"}, []),
        ({"street": "", "house_number": "", "postcode": "", "place": ""}, []),
    ],
)
def test_a_brother_is_suggested(
    school: School, theirs: dict[str, Any], found: list[tuple[str, bool, bool]]
) -> None:
    bo = a_row("Bo BAKKER", "2", born_on=BORN, guardians=(replace(OTHER, **theirs),))
    store(school, SANNE, replace(bo, surname="Bakker"))
    assert suggested(school, "Sanne Bakker") == found
    assert [name for name, *_ in suggested(school, "Bo Bakker")] == ["Sanne Bakker"] * len(found)


@pytest.mark.parametrize(
    "child",
    [
        {"surname": "Visser"},
        {"prefix": "de"},
        {"left_on": date(2026, 9, 1)},
        {"guardians": (JAN,)},  # a sister already
    ],
)
def test_no_brother_is_suggested(school: School, child: dict[str, Any]) -> None:
    bo = a_row("Bo Bakker", "2", born_on=BORN, guardians=(OTHER,))
    store(school, SANNE, bo)
    store(school, replace(bo, **child))
    assert not suggested(school, "Sanne Bakker")


@pytest.mark.parametrize("secret", ["address_secret", "phone_secret"])
@pytest.mark.parametrize("whose", ["ours", "theirs", "of another guardian"])
def test_a_secret_never_leads_to_a_suggestion(school: School, secret: str, whose: str) -> None:
    """One suggestion would tell where, or near whom, a hidden family lives."""
    other, jan, kees = replace(OTHER, phones=JAN.phones), JAN, KEES
    if whose == "ours":
        jan = replace(JAN, **{secret: True})
    elif whose == "theirs":
        other = replace(other, **{secret: True})
    else:
        kees = replace(KEES, **{secret: True})
    bo = a_row("Bo Bakker", "2", born_on=BORN, guardians=(other,))
    store(school, replace(SANNE, guardians=(jan, kees)), bo)
    assert not suggested(school, "Sanne Bakker")
    assert not suggested(school, "Bo Bakker")
