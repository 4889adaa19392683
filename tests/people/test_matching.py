"""Which pupil and which guardian a file means: sure, or a question for a person."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolprivacy.exchange.roster import RosterGuardian, RosterPupil
from schoolprivacy.people.matching import (
    Doubt,
    Known,
    Matched,
    certainly_one,
    match_pupils,
    may_be_key_of,
    maybe_one,
    pair_guardians,
    same_guardian_name,
)
from schoolprivacy.people.terms import Guardian, Pupil
from tests.people.builders import a_guardian, a_row, at, reached

SPACE = "99ZZ"
MAY, JUNE = date(2018, 5, 17), date(2018, 6, 1)


def known(*pupils: Pupil, source: str = "edexml", **keys: str) -> Known:
    """A school; ``k12="sanne"`` is key 12 of the pupil with that identifier."""
    return Known(
        {each.id: each for each in pupils},
        {(source, SPACE, key[1:]): pupil_id for key, pupil_id in keys.items()},
    )


def a_pupil(pupil_id: str, name: str, born_on: date | None = MAY, **more: Any) -> Pupil:
    row = a_row(name, born_on=born_on)
    return Pupil(pupil_id, row.call_name, row.prefix, row.surname, born_on=born_on, **more)


def match(school: Known, *rows: RosterPupil) -> list[Matched]:
    return match_pupils(rows, school, "edexml", SPACE)


def question(doubt: Doubt, *candidates: str) -> Matched:
    return Matched(None, doubt, candidates)


NEW = Matched()
SANNE = a_pupil("sanne", "Sanne de Boer")


# — the key —


@pytest.mark.parametrize(
    "row",
    [
        a_row("Sanne de Boer", "1"),
        a_row("Sanne de Boer", "1", born_on=JUNE),  # the birth date was mended
        a_row("Sanne de Boer", "1", born_on=None),
        a_row("Susanna Smit", "1"),  # the name was changed
        a_row("SANNE DE BÖER", "1", born_on=None),  # accents and capitals
        a_row("", "1", call_name="Sanne", surname="de Boer"),  # the prefix moved
        RosterPupil(1, "1"),  # a list of parents with keys only
    ],
)
def test_the_key_decides_while_name_or_birth_date_agrees(row: RosterPupil) -> None:
    assert match(known(SANNE, k1="sanne"), row) == [Matched("sanne")]


@pytest.mark.parametrize("born_on", [JUNE, None])
def test_a_key_whose_name_and_birth_date_changed_is_a_question(born_on: date | None) -> None:
    row = a_row("Noor Smit", "1", born_on=born_on)
    assert match(known(SANNE, k1="sanne"), row) == [question(Doubt.KEY_REUSED, "sanne")]


def test_swapped_keys_are_questions_that_name_both() -> None:
    school = known(SANNE, a_pupil("noor", "Noor Smit", JUNE), k1="sanne", k2="noor")
    assert match(school, a_row("Noor Smit", "1", born_on=JUNE), a_row("Sanne de Boer", "2")) == [
        question(Doubt.KEY_OF_OTHER, "sanne", "noor"),
        question(Doubt.KEY_OF_OTHER, "noor", "sanne"),
    ]


def test_swapped_keys_of_twins_do_not_swap_their_consents() -> None:
    """The birth date agrees with the key, and name and birth date with the other twin."""
    school = known(SANNE, a_pupil("tess", "Tess de Boer"), k1="sanne", k2="tess")
    assert match(school, a_row("Tess de Boer", "1"), a_row("Sanne de Boer", "2")) == [
        question(Doubt.KEY_OF_OTHER, "sanne", "tess"),
        question(Doubt.KEY_OF_OTHER, "tess", "sanne"),
    ]


def test_keys_that_moved_up_among_children_of_one_day_rename_nobody() -> None:
    """The last of the row has a name nobody had, and the key of a pupil whom another row names."""
    school = known(SANNE, a_pupil("tess", "Tess de Boer"), k1="sanne", k2="tess")
    assert match(school, a_row("Tess de Boer", "1"), a_row("Mo Smit", "2")) == [
        question(Doubt.KEY_OF_OTHER, "sanne", "tess"),
        question(Doubt.TWICE, "tess"),
    ]


def test_a_name_that_stands_under_the_keys_of_both_twins_renames_nobody() -> None:
    school = known(SANNE, a_pupil("tess", "Tess de Boer"), k1="sanne", k2="tess")
    assert match(school, a_row("Sanne de Boer", "1"), a_row("Sanne de Boer", "2")) == [
        Matched("sanne"),
        question(Doubt.KEY_OF_OTHER, "tess", "sanne"),
    ]


def test_swapped_keys_of_namesakes_do_not_swap_their_consents() -> None:
    school = known(SANNE, a_pupil("other", "Sanne de Boer", JUNE), k1="sanne", k2="other")
    rows = a_row("Sanne de Boer", "1", born_on=JUNE), a_row("Sanne de Boer", "2")
    assert [each.doubt for each in match(school, *rows)] == [Doubt.KEY_OF_OTHER] * 2


def test_a_key_nobody_has_with_a_name_of_nobody_is_new() -> None:
    assert match(known(SANNE, k1="sanne"), a_row("Noor Smit", "2", born_on=JUNE)) == [NEW]


@pytest.mark.parametrize("key", ["7", None])
def test_a_row_without_a_name_and_a_key_we_know_is_a_question(key: str | None) -> None:
    school = known(SANNE, k1="sanne")
    assert match(school, RosterPupil(1, key)) == [question(Doubt.UNKNOWN_KEY)]


def test_keys_of_another_source_count_with_the_name() -> None:
    """A spreadsheet with the numbers of the LAS."""
    school = known(SANNE, source="spreadsheet", k1="sanne")
    assert match(school, a_row("Sanne de Boer", "1", born_on=None)) == [Matched("sanne")]
    assert match(school, a_row("Noor Smit", "1", born_on=JUNE)) == [NEW]
    namesake = a_row("Sanne de Boer", "1", born_on=JUNE)
    assert match(school, namesake) == [question(Doubt.ALIKE, "sanne")]
    assert match(school, RosterPupil(1, "1")) == [Matched("sanne")]


def test_a_number_two_pupils_have_in_two_sources_says_nothing_without_a_name() -> None:
    school = Known(
        {"a": SANNE, "b": a_pupil("b", "Noor Smit")},
        {("spreadsheet", SPACE, "1"): "a", ("other", SPACE, "1"): "b"},
    )
    assert match(school, RosterPupil(1, "1")) == [question(Doubt.UNKNOWN_KEY)]


# — full name and birth date —


@pytest.mark.parametrize("key", [None, "901", "a key with spaces"])
def test_name_and_birth_date_decide_when_the_las_changed(key: str | None) -> None:
    tess = a_pupil("tess", "Tess de Boer")
    school = known(SANNE, tess, k1="sanne", k2="tess")
    assert match(school, a_row("Tess de Boer", key)) == [Matched("tess")]


@pytest.mark.parametrize(
    ("name", "born_on"),
    [
        ("Sanne de Boer", None),
        ("Sanne de Boer", JUNE),
        ("Sanna de Boer", MAY),
        ("Sanne Boer", MAY),
        ("Suzanne Maria de Boer", MAY),
        ("Kees Boer", MAY),  # Cornelis: only the surname and the day are the same
    ],
)
def test_what_looks_alike_is_a_question(name: str, born_on: date | None) -> None:
    assert match(known(SANNE), a_row(name, born_on=born_on)) == [question(Doubt.ALIKE, "sanne")]


def test_a_pupil_whose_birth_date_we_do_not_know_is_a_question() -> None:
    school = known(a_pupil("sanne", "Sanne de Boer", None))
    assert match(school, a_row("Sanne de Boer")) == [question(Doubt.ALIKE, "sanne")]


def test_the_second_of_twins_is_no_question_when_the_first_is_in_the_file() -> None:
    rows = a_row("Sanne de Boer", "1"), a_row("Tess de Boer", "2")
    assert match(known(SANNE, k1="sanne"), *rows) == [Matched("sanne"), NEW]


def test_two_namesakes_of_ours_with_one_birth_date_are_a_question() -> None:
    school = known(SANNE, a_pupil("double", "Sanne de Boer"))
    assert match(school, a_row()) == [question(Doubt.ALIKE, "sanne", "double")]


@pytest.mark.parametrize("keys", [("1", "2"), ("1", None), (None, None)])
def test_two_rows_for_one_new_pupil_are_questions(keys: tuple[str | None, str | None]) -> None:
    rows = [a_row(key=key) for key in keys]
    assert match(known(), *rows) == [question(Doubt.TWICE)] * 2


def test_two_rows_for_one_pupil_the_row_with_the_key_stands() -> None:
    school = known(SANNE, k1="sanne")
    rows = a_row(key=None), a_row(key="1"), a_row(key="2")
    twice = question(Doubt.TWICE, "sanne")
    assert match(school, *rows) == [twice, Matched("sanne"), twice]


def test_a_key_that_renames_a_pupil_whom_another_row_still_names_is_a_question() -> None:
    """The number went to a twin, say: the consents must not go with it."""
    rows = a_row("Tess de Boer", "1"), a_row("Sanne de Boer", "2")
    assert match(known(SANNE, k1="sanne"), *rows) == [question(Doubt.TWICE, "sanne")] * 2


def test_an_old_and_a_new_key_of_one_pupil_in_one_file_are_questions() -> None:
    """Both keys are the pupil's, so neither row goes before the other."""
    school = known(SANNE, k1="sanne", k2="sanne")
    rows = a_row("Sanne de Boer", "1"), a_row("Sanna Boer", "2")
    assert match(school, *rows) == [question(Doubt.TWICE, "sanne")] * 2


def test_namesakes_with_keys_we_know_stay_two_pupils() -> None:
    school = known(SANNE, a_pupil("other", "Sanne de Boer"), k1="sanne", k2="other")
    assert match(school, a_row(key="1"), a_row(key="2")) == [Matched("sanne"), Matched("other")]


names = st.sampled_from(
    ["Sanne de Boer", "Sanne Boer", "Sánne de Boer", "Tess de Boer", "🦄", "محمد", "Ng", ""]
)
days = st.sampled_from([None, MAY, JUNE])
rows = st.builds(
    a_row,
    names,
    st.sampled_from([None, "1", "2", "3", "4"]),
    born_on=days,
)
pupils = st.lists(st.tuples(names, days), max_size=5)


@given(pupils, st.dictionaries(st.sampled_from("1234"), st.integers(0, 4)), st.lists(rows))
def test_no_two_rows_ever_mean_one_pupil(
    pupils: list[tuple[str, date | None]], keys: dict[str, int], rows: list[RosterPupil]
) -> None:
    there = {str(n): a_pupil(str(n), name, born_on) for n, (name, born_on) in enumerate(pupils)}
    aliases = {("edexml", SPACE, key): str(n) for key, n in keys.items() if str(n) in there}
    found = match(Known(there, aliases), *rows)
    meant = [each.pupil_id for each in found if each.pupil_id]
    assert len(meant) == len(set(meant))
    assert all(each.pupil_id is None or each.doubt is None for each in found)
    assert {each for match in found for each in (match.pupil_id, *match.candidates)} <= {
        None,
        *there,
    }


@given(st.lists(rows, unique_by=lambda row: (row.key or object(), row.call_name)), st.randoms())
def test_the_order_of_the_rows_does_not_matter(
    rows: list[RosterPupil], chance: random.Random
) -> None:
    school = known(SANNE, a_pupil("tess", "Tess de Boer"), k1="sanne", k2="tess")
    found = dict(zip(map(id, rows), match(school, *rows), strict=True))
    chance.shuffle(rows)
    again = dict(zip(map(id, rows), match(school, *rows), strict=True))
    assert found == again


# — guardians —


def known_guardian(guardian_id: str, row: RosterGuardian) -> Guardian:
    names = ("institution", "initials", "call_name", "prefix", "surname", "phones", "email")
    names += ("street", "house_number", "postcode", "place")
    return Guardian(guardian_id, **{name: getattr(row, name) for name in names})


def test_a_father_and_a_mother_with_one_initial_stay_apart() -> None:
    jan, joke = a_guardian("J. Bakker", **reached(1)), a_guardian("J. Bakker", **reached(2))
    own = [known_guardian("jan", jan), known_guardian("joke", joke)]
    assert pair_guardians([joke, jan], own) == own[::-1]


def test_a_full_first_name_goes_before_an_initial() -> None:
    own = [
        known_guardian("jan", a_guardian("J. Bakker")),
        known_guardian("joke", a_guardian("Joke Bakker")),
    ]
    found = pair_guardians([a_guardian("Joke Bakker"), a_guardian("J. Bakker")], own)
    assert found == own[::-1]


def test_a_telephone_with_another_name_is_a_question() -> None:
    own = [known_guardian("jan", a_guardian("J. Bakker", **reached(1)))]
    assert pair_guardians([a_guardian("K. Smit", **reached(1))], own) == [Doubt.GUARDIAN_ALIKE]
    assert pair_guardians([a_guardian("K. Smit", **reached(2))], own) == [None]


def test_the_telephone_of_somebody_who_is_in_the_row_too_is_no_question() -> None:
    """Father and mother share a telephone: once the father is found, the mother is new."""
    jan = a_guardian("J. Bakker", **reached(1))
    own = [known_guardian("jan", jan)]
    assert pair_guardians([a_guardian("K. Smit", **reached(1)), jan], own) == [None, own[0]]


def test_an_email_without_a_name_gets_the_name_later_and_the_other_way_round() -> None:
    """Social Schools gives only e-mail addresses of parents."""
    nameless, named = RosterGuardian(email="ouder1@gezin.example"), a_guardian(**reached(1))
    for row, there in ((nameless, named), (named, nameless)):
        own = [known_guardian("g", there)]
        assert pair_guardians([row], own) == own
    shared = [known_guardian("a", named), known_guardian("b", a_guardian("K. Smit", **reached(1)))]
    assert pair_guardians([nameless], shared) == [Doubt.GUARDIAN_ALIKE]


@pytest.mark.parametrize(
    ("row", "other", "same"),
    [
        (a_guardian("J. Bakker"), a_guardian("J. Bakker"), True),
        (a_guardian("J. Bakker"), a_guardian("Jan Bakker"), True),
        (a_guardian("J. Bakker"), a_guardian("Kees Bakker"), False),
        (a_guardian("J. Bakker"), a_guardian("J.A. Bakker"), True),
        (a_guardian("J.B. Bakker"), a_guardian("J.A. Bakker"), False),
        (a_guardian("Jan Bakker"), a_guardian("Joke Bakker"), False),
        (a_guardian("Bakker"), a_guardian("J. Bakker"), False),
        (
            a_guardian("J. van der Berg"),
            RosterGuardian(initials="J.", surname="van der Berg"),
            True,
        ),
        (a_guardian("É. Bakker"), a_guardian("E. BAKKER"), True),
        (a_guardian(institution="Jeugdzorg"), a_guardian("K. Smit", institution="jeugdzorg"), True),
        (a_guardian(institution="Jeugdzorg"), a_guardian(), False),
    ],
)
def test_names_of_guardians(row: RosterGuardian, other: RosterGuardian, same: bool) -> None:
    assert same_guardian_name(row, other) is same
    assert same_guardian_name(other, row) is same


JAN = a_guardian("J. Bakker", **reached(1), **at("Dorpsstraat"))


@pytest.mark.parametrize(
    ("other", "certain", "maybe"),
    [
        (JAN, True, True),
        (a_guardian("J. Bakker", **reached(1)), True, True),  # apart from the address
        (a_guardian("J. BAKKER", **reached(1, email="OUDER1@GEZIN.example")), True, True),
        (a_guardian("Jan Bakker", **reached(1)), False, True),  # J. may be Joke
        (a_guardian("J. Bakker", **reached(1, email="")), False, True),
        (a_guardian("J. Bakker", **reached(1, phones=())), False, True),
        (a_guardian("J. Bakker", **reached(1, phones=("+31101234567",))), False, True),
        (a_guardian("J. Bakker", **reached(2)), False, False),
        (a_guardian("J. Bakker", **at("Dorpsstraat")), False, True),
        (a_guardian("K. Bakker", **reached(1)), False, False),
        (a_guardian("Bakker", **reached(1)), False, False),  # a whole family's name
        (RosterGuardian(**reached(1)), False, False),
    ],
)
def test_one_parent_of_two_children(other: RosterGuardian, certain: bool, maybe: bool) -> None:
    there = known_guardian("g", other)
    assert (certainly_one(JAN, there), maybe_one(JAN, there)) == (certain, maybe)


def test_two_nameless_parents_are_never_certainly_one() -> None:
    nameless = RosterGuardian(**reached(1))
    assert not certainly_one(nameless, known_guardian("g", nameless))


def test_email_addresses_that_differ_in_punctuation_are_two() -> None:
    one = a_guardian(**reached(1, email="j.b@gezin.example"))
    other = a_guardian(**reached(1, email="j_b@gezin.example"))
    assert not certainly_one(one, known_guardian("g", other))


def test_a_guardians_key_with_another_name_is_a_question() -> None:
    jan = known_guardian("jan", JAN)
    assert may_be_key_of(a_guardian("Jan Bakker"), jan)
    assert may_be_key_of(RosterGuardian(**reached(2)), jan)
    assert not may_be_key_of(a_guardian("J. Smit", **reached(1)), jan)
