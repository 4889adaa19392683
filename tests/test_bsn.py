"""A citizen service number is noticed, and another number is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolprivacy.bsn import holds_bsn, without_bsn
from schoolprivacy.people.evidence_files import file_name


@pytest.mark.parametrize(
    "text",
    [
        "111222333",
        "bsn 123456782.",
        "1112.22.333",
        "nr 111 222 333 van Noor",
        "(123456782)",
        "20261123 123456782",
    ],
)
def test_a_bsn_is_noticed(text: str) -> None:
    assert holds_bsn(text)


@pytest.mark.parametrize(
    "text",
    ["", "111222334", "06 12 34 56 78", "0612345678", "11-03-2027", "000000000", "1112223339"],
)
def test_another_number_is_none(text: str) -> None:
    assert not holds_bsn(text)


@given(st.text())
def test_nothing_of_it_stays_in_any_text(text: str) -> None:
    assert not holds_bsn(without_bsn(text, "…"))


@given(st.lists(st.sampled_from(["111222333", "123456782", " ", "-", "7", "x"]), max_size=9))
def test_nothing_of_it_stays_between_other_numbers(parts: list[str]) -> None:
    assert not holds_bsn(without_bsn("".join(parts), "…"))


def test_a_kept_file_is_not_called_by_it() -> None:
    assert file_name("/home/ib/20261123-123456782_Noor.pdf") == "20261123-(nummer)_Noor.pdf"
    assert file_name("C:\\scans\\toestemming 12.pdf") == "toestemming 12.pdf"
