"""Dutch names: printed, sorted and compared."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from schoolprivacy.people.names import (
    full_name,
    group_label,
    guardian_name,
    natural_sort_key,
    person_name,
    plain,
    register_name,
    surname_sort_key,
)
from schoolprivacy.people.terms import Guardian, Pupil


def pupil(call_name: str, prefix: str, surname: str) -> Pupil:
    return Pupil(id="", call_name=call_name, prefix=prefix, surname=surname)


@pytest.mark.parametrize(
    ("person", "full", "register"),
    [
        (pupil("Nynke", "van der", "Sluis"), "Nynke van der Sluis", "Sluis, Nynke van der"),
        (pupil("Pim", "'t", "Hart"), "Pim 't Hart", "Hart, Pim 't"),
        (pupil("Lou", "d'", "Hont"), "Lou d'Hont", "Hont, Lou d'"),
        (pupil("Zoë", "", "Yılmaz"), "Zoë Yılmaz", "Yılmaz, Zoë"),
        (pupil("Sanne", "", ""), "Sanne", "Sanne"),  # one name is a name
        (pupil("", "de", "Boer"), "de Boer", "Boer, de"),
        (pupil("", "", "Đình"), "Đình", "Đình"),
        (pupil("", "", ""), "", ""),
    ],
)
def test_names_in_print(person: Pupil, full: str, register: str) -> None:
    assert full_name(person) == full
    assert register_name(person) == register


@pytest.mark.parametrize(
    ("guardian", "name", "person"),
    [
        (Guardian("", initials="S.", surname="Bakker"), "S. Bakker", "S. Bakker"),
        (Guardian("", "", "S.J.", "Sem", "de", "Wit"), "Sem de Wit", "Sem de Wit"),
        (Guardian("", surname="Bakker"), "Bakker", "Bakker"),
        (Guardian("", "Stichting Voogd", "R.", "", "d'", "Hont"), "Stichting Voogd", "R. d'Hont"),
        (Guardian("", "Stichting Voogd"), "Stichting Voogd", ""),
    ],
)
def test_a_guardian_is_named_by_initials_where_there_is_no_call_name(
    guardian: Guardian, name: str, person: str
) -> None:
    assert (guardian_name(guardian), person_name(guardian)) == (name, person)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Żółć", "zolc"),
        ("Yılmaz", "yilmaz"),
        ("İpek", "ipek"),
        ("Đình", "dinh"),
        ("Đorđević", "dordevic"),
        ("Sørensen", "sorensen"),
        ("Łukasz", "lukasz"),
        ("Groß", "gross"),
        ("Zoë", "zoe"),
        ("Zoe\u0308", "zoe"),  # the same in two characters
        ("Æbelø", "aebelo"),
        ("Cœur", "coeur"),
        ("’s-Gravesande", "s gravesande"),
        ("  De   Boer ", "de boer"),
        ("1/2a", "1 2a"),
        ("-", ""),
        ("", ""),
    ],
)
def test_plain(written: str, expected: str) -> None:
    assert plain(written) == expected


@given(st.text(st.characters(max_codepoint=0x24F)))
@example("Ǿ")  # taken apart it is a letter of the own table
def test_plain_once_is_plain_forever(text: str) -> None:
    assert plain(plain(text)) == plain(text)


def test_surnames_sort_as_in_a_dutch_register() -> None:
    """On surname, then prefix, then call name; accents and case do not count."""
    in_order = [
        pupil("Mila", "", "Çelik"),  # among the c's
        pupil("Bo", "", "Dijk"),
        pupil("Anna", "van", "Dijk"),  # no prefix goes first
        pupil("Zoë", "van", "Dijk"),
        pupil("Anna", "van der", "Dijk"),
        pupil("An", "", "Đình"),
        pupil("Pim", "'t", "Hart"),  # on the h
        pupil("Lou", "d'", "Hont"),
        pupil("Ole", "", "Ørsted"),
        pupil("Jan", "van der", "POEL"),
        pupil("Kees", "van der", "Poel"),
        pupil("Ada", "", "Yılmaz"),
        pupil("Bea", "", "Yilmaz"),
        pupil("Cem", "", "Yılmaz"),
        pupil("Ewa", "", "Zolb"),
        pupil("Ewa", "", "Żółć"),
        pupil("Ewa", "", "Zolder"),
    ]
    backwards = in_order[::-1]
    assert sorted(backwards, key=surname_sort_key) == in_order


def test_groups_sort_on_their_number() -> None:
    in_order = ["1/2a", "1/2b", "3/4", "5B", "10", "Groep 2", "Groep 10", "groep 11", "Vlinders"]
    backwards = in_order[::-1]
    assert sorted(backwards, key=natural_sort_key) == in_order


@given(st.lists(st.text()))
@example(["➊", "1"])  # a digit to Unicode, no number to int()
def test_any_group_names_can_be_sorted(names: list[str]) -> None:
    ordered = sorted(names, key=natural_sort_key)
    assert all(natural_sort_key(a) <= natural_sort_key(b) for a, b in pairwise(ordered))


@given(st.integers(0, 99), st.integers(0, 99))
def test_groups_sort_as_their_numbers_do(one: int, other: int) -> None:
    first, second = (natural_sort_key(f"Groep {number}") for number in (one, other))
    assert (first < second) is (one < other)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("3/4", "Groep 3/4"),
        ("5B", "Groep 5B"),
        ("Vlinders", "Groep Vlinders"),
        ("Groep 8", "Groep 8"),
        ("groep 8", "groep 8"),
        ("Klas van juf An", "Klas van juf An"),
        ("", "Zonder groep"),
    ],
)
def test_group_label(name: str, expected: str) -> None:
    assert group_label(name) == expected
