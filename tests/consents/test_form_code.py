"""Form numbers: made, shown, scanned, typed with mistakes."""

from __future__ import annotations

import pytest

from schoolprivacy.consents.form_code import (
    ALPHABET,
    make_form_code,
    make_school_tag,
    read_form_code,
    short_form_code,
    show_form_code,
)
from schoolprivacy.errors import KnownError


def key_of(text: str) -> str:
    with pytest.raises(KnownError) as refused:
        read_form_code(text)
    return refused.value.key


def test_a_made_number_is_read_back() -> None:
    tag = make_school_tag()
    code = make_form_code(tag)
    assert len(code) == 20
    read = read_form_code(code)
    assert (read.text, read.is_full, read.layout_version, read.school_tag) == (code, True, 1, tag)


def test_numbers_are_not_repeated() -> None:
    assert len({make_form_code("7K2M") for _ in range(1000)}) == 1000


def test_it_fits_the_alphanumeric_mode_of_a_qr_code() -> None:
    assert set(ALPHABET) <= set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")
    assert len(ALPHABET) == 32


@pytest.mark.parametrize("_round", range(5))
def test_every_wrong_character_is_found(_round: int) -> None:
    code = make_form_code(make_school_tag())
    for at in range(20):
        for other in set(ALPHABET) - {code[at]}:
            wrong = code[:at] + other + code[at + 1 :]
            assert key_of(wrong) in {"form.code_mistyped", "form.code_unreadable"}


@pytest.mark.parametrize("_round", range(50))
def test_every_two_neighbours_that_changed_places_are_found(_round: int) -> None:
    code = make_form_code(make_school_tag())
    for at in range(19):
        if code[at] != code[at + 1]:
            wrong = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
            assert key_of(wrong) in {"form.code_mistyped", "form.code_unreadable"}


def test_typing_is_forgiven() -> None:
    code = "0110ABCDEFGH10JK"
    typed = "oil0 abcd-efgh\u2013lo jk"
    assert read_form_code(typed).text == code


def test_a_short_number_is_a_beginning() -> None:
    read = read_form_code("01ab-cdef")
    assert (read.text, read.is_full, read.school_tag) == ("01ABCDEF", False, "")


@pytest.mark.parametrize(
    "text",
    ["", "01ABCDE", "01ABCDEU", "00ABCDEF", "ABCDEFGH", "01" + "A" * 19, "https://x.example/"],
)
def test_what_is_no_form_number_is_refused(text: str) -> None:
    assert key_of(text) == "form.code_unreadable"


def test_it_is_shown_in_fours() -> None:
    assert show_form_code("01ABCDEFGHJKMNPQRST2") == "01AB CDEF GHJK MNPQ RST2"
    assert short_form_code("01ABCDEFGHJKMNPQRST2") == "01AB-CDEF"


@pytest.mark.parametrize(("tag", "version"), [("7K2", 1), ("7K2U", 1), ("7K2M", 0), ("7K2M", 100)])
def test_a_number_is_made_of_what_fits(tag: str, version: int) -> None:
    with pytest.raises(ValueError):
        make_form_code(tag, version)
