"""Who gets a letter where. A secret address is never printed, nor anything that tells why."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolprivacy.people.addresses import (
    IN_CLASS,
    Household,
    address_key,
    family_address,
    households,
    letter_address,
)
from schoolprivacy.people.terms import (
    Authority,
    Guardian,
    Guardianship,
    PlacedPupil,
    Placement,
    Pupil,
)
from schoolprivacy.schoolyear import SchoolYear

CHILD = PlacedPupil(
    Pupil("child", "Nynke", "van der", "Sluis"), Placement(SchoolYear(2026), group="3/4")
)
TO = "Aan de ouder(s)/verzorger(s) van"
BY_HAND = (TO, "Nynke van der Sluis", "Groep 3/4", "Uit te delen in de klas")

MOTHER = Guardian(
    "mother",
    call_name="Fenna",
    surname="Bos",
    street="Lindelaan",
    house_number="12 a",
    postcode="9999 XX",
    place="Juinen",
)
FATHER = replace(MOTHER, id="father", call_name="Jan", prefix="van der", surname="Sluis")
AWAY = replace(FATHER, street="Kade", house_number="3", postcode="9998 ZZ", place="Ons Dorp")
NOWHERE = replace(FATHER, street="", house_number="", postcode="", place="")
INSTITUTION = Guardian(
    "institution",
    institution="Stichting Voogd",
    call_name="Ria",
    prefix="de",
    surname="Wit",
    street="Plein",
    house_number="1",
    postcode="9997 YY",
    place="Hoofdstad",
)

AT_MOTHERS = (TO, "Nynke van der Sluis", "Lindelaan 12 a", "9999 XX  JUINEN")
AT_AWAY = (TO, "Nynke van der Sluis", "Kade 3", "9998 ZZ  ONS DORP")


def of_child(*guardians: Guardian, authority: Authority = Authority.YES) -> list[Guardianship]:
    return [Guardianship(each, authority=authority) for each in guardians]


def letters(*guardians: Guardian) -> dict[tuple[str, ...], list[str]]:
    """What stands on each envelope, and whom it is for."""
    return {
        letter_address(each, CHILD): [g.id for g in each.guardians]
        for each in households(of_child(*guardians))
    }


def secret(guardian: Guardian) -> Guardian:
    return replace(guardian, address_secret=True)


def test_two_parents_at_one_address_get_one_letter() -> None:
    assert letters(MOTHER, FATHER) == {AT_MOTHERS: ["mother", "father"]}


@pytest.mark.parametrize(
    "written",
    [
        {"postcode": "9999xx", "house_number": "12A"},
        {"postcode": "9999 XX", "house_number": "12-a", "street": "LINDELAAN"},
        {"postcode": "9999 XX", "house_number": "12 a", "place": "", "street": ""},
    ],
)
def test_one_address_written_in_two_ways(written: dict[str, Any]) -> None:
    assert list(letters(MOTHER, replace(FATHER, **written)).values()) == [["mother", "father"]]


def test_of_one_address_the_fullest_writing_is_printed() -> None:
    bare = replace(MOTHER, street="", place="")
    assert letters(bare, FATHER) == {AT_MOTHERS: ["mother", "father"]}


def test_parents_apart_get_a_letter_each() -> None:
    assert letters(MOTHER, AWAY) == {AT_MOTHERS: ["mother"], AT_AWAY: ["father"]}


def test_an_address_abroad_without_a_postcode() -> None:
    abroad = replace(AWAY, postcode="", place="Emden")
    assert letters(abroad) == {(TO, "Nynke van der Sluis", "Kade 3", "EMDEN"): ["father"]}


def test_a_secret_address_goes_through_the_child() -> None:
    assert letters(MOTHER, secret(AWAY)) == {AT_MOTHERS: ["mother"], BY_HAND: ["father"]}


def test_one_secret_flag_keeps_the_whole_address_secret() -> None:
    assert letters(MOTHER, secret(FATHER)) == {BY_HAND: ["mother", "father"]}
    assert letters(secret(MOTHER), FATHER) == {BY_HAND: ["mother", "father"]}


def test_the_flag_of_somebody_without_authority_counts_too() -> None:
    """Who gets no letter may well live there, hidden from a former partner."""
    family = [*of_child(MOTHER), *of_child(secret(FATHER), authority=Authority.NO)]
    (household,) = households(family)
    assert letter_address(household, CHILD) == BY_HAND


def test_a_secret_address_is_recognised_without_its_postcode() -> None:
    assert AT_MOTHERS not in letters(MOTHER, secret(replace(FATHER, postcode="")))


def test_an_address_that_is_secret_and_not_known_is_not_taken_to_be_the_other_one() -> None:
    assert letters(MOTHER, secret(NOWHERE)) == {AT_MOTHERS: ["mother"], BY_HAND: ["father"]}


def test_without_an_address_of_ones_own_it_is_the_first_one() -> None:
    assert letters(MOTHER, NOWHERE) == {AT_MOTHERS: ["mother", "father"]}
    assert letters(NOWHERE, MOTHER) == {AT_MOTHERS: ["mother", "father"]}


def test_without_any_address_it_goes_through_the_child() -> None:
    assert letters(NOWHERE) == {BY_HAND: ["father"]}
    assert letters() == {BY_HAND: []}


def test_without_authority_there_are_no_letters() -> None:
    """BW 1:377c: information on request only."""
    both = [*of_child(MOTHER), *of_child(AWAY, authority=Authority.NO)]
    assert [each.guardians for each in households(both)] == [(MOTHER,)]
    unknown = [*of_child(MOTHER), *of_child(AWAY, authority=Authority.UNKNOWN)]
    assert [each.guardians for each in households(unknown)] == [(MOTHER,), (AWAY,)]
    (through_the_child,) = households(of_child(MOTHER, authority=Authority.NO))
    assert letter_address(through_the_child, CHILD) == BY_HAND


def test_an_institution_is_addressed_by_its_name() -> None:
    attention = ("Stichting Voogd", "T.a.v. Ria de Wit", "Betreft: Nynke van der Sluis")
    assert letters(INSTITUTION) == {(*attention, "Plein 1", "9997 YY  HOOFDSTAD"): ["institution"]}
    nobody = replace(INSTITUTION, call_name="", prefix="", surname="")
    (lines,) = letters(nobody)
    assert lines[:2] == ("Stichting Voogd", "Betreft: Nynke van der Sluis")


def sibling(call_name: str, prefix: str = "van der", surname: str = "Sluis") -> PlacedPupil:
    return replace(CHILD, pupil=Pupil(call_name, call_name, prefix, surname))


@pytest.mark.parametrize(
    ("children", "expected"),
    [
        ([CHILD], "Nynke van der Sluis"),
        ([CHILD, sibling("Sem")], "Nynke en Sem van der Sluis"),
        ([CHILD, sibling("Sem"), sibling("Bo")], "Nynke, Sem en Bo van der Sluis"),
        (
            [CHILD, sibling("Sem"), sibling("Bo"), sibling("Ot")],
            "Nynke, Sem, Bo en Ot van der Sluis",
        ),
        ([CHILD, sibling("Sem", "", "Bos")], "Nynke en Sem"),
        ([sibling("", "", "Li"), CHILD, sibling("Sem")], "Li, Nynke en Sem"),  # one name only
    ],
)
def test_one_envelope_for_brothers_and_sisters(children: list[PlacedPupil], expected: str) -> None:
    (household,) = households(of_child(MOTHER, FATHER))
    assert family_address(household, children) == (TO, expected, *AT_MOTHERS[2:])


def test_a_secret_envelope_for_brothers_and_sisters_goes_through_the_first_child() -> None:
    (household,) = households(of_child(secret(MOTHER)))
    assert family_address(household, [CHILD, sibling("Sem")]) == BY_HAND


# --- What always holds ---------------------------------------------------------------------------

# Few addresses, so that people share them; each with a word that stands nowhere else.
ADDRESSES: list[dict[str, Any]] = [
    {},
    {"street": "Esdoorn", "house_number": "7", "postcode": "9991 AA", "place": "Esdorp"},
    {"street": "Esdoorn", "house_number": "7", "postcode": "9991aa", "place": "Esdorp"},
    {"street": "Iepstraat", "house_number": "8", "postcode": "9992 BB", "place": "Ieperveen"},
    {"street": "", "house_number": "8", "postcode": "9992BB", "place": ""},
    {"street": "Wilg", "house_number": "", "postcode": "", "place": "Wilgendam"},
    {"street": "Berk", "house_number": "9", "postcode": "", "place": ""},
]


@st.composite
def families(draw: st.DrawFn) -> list[Guardianship]:
    return [
        Guardianship(
            Guardian(
                id=str(number),
                institution=draw(st.sampled_from(["", "", "Stichting Voogd"])),
                call_name=draw(st.sampled_from(["", "Fenna"])),
                address_secret=draw(st.booleans()),
                **draw(st.sampled_from(ADDRESSES)),
            ),
            authority=draw(st.sampled_from(Authority)),
        )
        for number in range(draw(st.integers(0, 4)))
    ]


@given(families())
def test_everybody_who_may_get_letters_gets_one(family: list[Guardianship]) -> None:
    found = households(family)
    reached = [guardian.id for household in found for guardian in household.guardians]
    assert sorted(reached) == [f.guardian.id for f in family if f.authority is not Authority.NO]
    keys = [household.key for household in found]
    assert found and len(keys) == len(set(keys))


def words(guardian: Guardian) -> set[str]:
    """What would give the address away, however it is written."""
    said = (guardian.street, guardian.postcode.replace(" ", "").upper(), guardian.place.casefold())
    return {word for word in said if word}


@given(families())
def test_a_secret_address_never_stands_on_an_envelope(family: list[Guardianship]) -> None:
    for household in households(family):
        hidden = set[str]().union(*(words(f.guardian) for f in family if f.guardian.address_secret))
        for lines in (
            letter_address(household, CHILD),
            family_address(household, [CHILD, sibling("Sem")]),
        ):
            printed = "\n".join(lines)
            printed = printed + printed.replace(" ", "").upper() + printed.casefold()
            assert not {word for word in hidden if word in printed}


@given(families())
def test_an_envelope_has_at_most_six_lines_and_none_is_empty(family: list[Guardianship]) -> None:
    for household in households(family):
        for lines in (
            letter_address(household, CHILD),
            family_address(household, [CHILD, sibling("Sem")]),
        ):
            assert 3 <= len(lines) <= 6
            assert all(line.strip() == line != "" for line in lines)


@given(families())
def test_what_goes_through_the_child_tells_not_why(family: list[Guardianship]) -> None:
    for household in households(family):
        if not household.by_post:
            assert letter_address(household, CHILD) == BY_HAND


def test_address_key_of_nobody() -> None:
    assert address_key(NOWHERE) == IN_CLASS
    assert not Household(IN_CLASS, (NOWHERE,)).by_post
