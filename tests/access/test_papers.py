"""The sheet for the safe."""

from __future__ import annotations

from datetime import date

from schoolprivacy.access.papers import recovery_sheet
from schoolprivacy.paper.sender import Made, SchoolPaper
from schoolprivacy.vault.keys import canonical_secret, new_paper_key
from tests.paper.reading import lines_of, texts_of

MADE = Made(date(2026, 11, 22), "Directie", "12-abcdef")
SCHOOL = SchoolPaper("Basisschool De Test", "Stichting Test")


def test_it_is_one_page_with_the_whole_key_in_reading_order() -> None:
    key = new_paper_key()
    (page,) = texts_of(recovery_sheet(SCHOOL, key, MADE))
    places = [page.index(group) for group in key.split("-")]
    assert places == sorted(places) or len(set(key.split("-"))) < 8
    assert SCHOOL.name in page and "kluis" in page


def test_nothing_hangs_out_of_the_page_with_a_long_name() -> None:
    long = SchoolPaper("Openbare Daltonbasisschool De Verre Uithoek aan het Water " * 2, demo=True)
    pdf = recovery_sheet(long, new_paper_key(), MADE)
    assert all(left >= 20 and right <= 190 and y <= 290 for _, left, y, right in lines_of(pdf, 0))


def test_the_printed_key_can_be_typed_as_it_stands() -> None:
    key = new_paper_key()
    found = [
        text
        for text, *_ in lines_of(recovery_sheet(SCHOOL, key, MADE), 0)
        if text.isdigit() and len(text) == 6
    ]
    assert canonical_secret(" ".join(found)) == key
