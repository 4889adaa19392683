"""The intake sheet: each datum that parents give is explained on it, and nothing else is asked."""

from __future__ import annotations

import tomllib
from dataclasses import fields
from datetime import date

import pytest

from schoolprivacy.consents.intake import intake_texts, print_intake_sheet, sample_intake_sheet
from schoolprivacy.consents.intake_papers import CELLS, intake_sheet
from schoolprivacy.paper.preview import page_count
from schoolprivacy.people.profile import change_profile
from schoolprivacy.people.terms import Guardian, Guardianship, Pupil
from schoolprivacy.school import School
from schoolprivacy.settings import resource
from tests.consents.families import MOTHER, Paper, a_child, audit_lines, enrol
from tests.consents.paper_builders import MADE, SCHOOL
from tests.paper.reading import lines_of, texts_of

NOT_FROM_PARENTS = {
    "pupil.id",
    "pupil.left_on",  # the school notes it
    "guardian.id",
    "guardianship.guardian",
    "guardianship.authority_source",
}


def test_every_field_that_parents_provide_is_explained_once() -> None:
    kept = {
        f"{name}.{field.name}"
        for name, record in (
            ("pupil", Pupil),
            ("guardian", Guardian),
            ("guardianship", Guardianship),
        )
        for field in fields(record)
    }
    explained = [field for each in intake_texts().data for field in each.fields]
    assert sorted(explained) == sorted(kept - NOT_FROM_PARENTS)


def test_there_is_room_for_each_datum_and_a_reason_for_each_room() -> None:
    keys = [each.key for each in intake_texts().data]
    assert set(CELLS) == set(keys) and len(set(keys)) == len(keys)


def test_each_reason_has_a_ground_a_source_and_the_day_it_was_checked() -> None:
    table = tomllib.loads(resource("intake.nl.toml").read_text(encoding="utf-8"))
    for each in table["datum"]:
        assert each["ground"] in ("wettelijke plicht", "publieke taak"), each["key"]
        assert each["source"].startswith("AVG art. ")
        assert isinstance(each["checked"], date)


def test_the_back_tells_why_and_how_long_and_the_front_refers_to_it() -> None:
    front, back = texts_of(intake_sheet(intake_texts(), SCHOOL, MADE))
    for number, each in enumerate(intake_texts().data, 1):
        assert f"{number} {each.what.split()[0]}" in back
        assert each.why in back.replace("’", "'") and each.kept in back
        assert front.count(f"{number} ") >= 1
    assert back.count("tot 5 jaar na vertrek") == 4
    assert SCHOOL.board in back and SCHOOL.dpo in back
    for text in ("Autoriteit Persoonsgegevens", "BSN, nationaliteit", "mag leeg blijven"):
        assert text in back
    assert "hoort niet bij de inschrijving" in front and "hoort niet bij de inschrijving" in back


def test_no_placeholder_is_left() -> None:
    for page in texts_of(intake_sheet(intake_texts(), SCHOOL, MADE)):
        for sign in "{}[]<>":
            assert sign not in page


def test_two_guardians_have_room_beside_one_another() -> None:
    pdf = intake_sheet(intake_texts(), SCHOOL, MADE)
    texts = [text for text, *_ in lines_of(pdf, 0)]
    for label in ("Straat en huisnummer", "Handtekening", "mijn adres"):
        assert sum(label in text for text in texts) == 2, label


@pytest.mark.parametrize("number", [0, 1])
def test_nothing_stands_outside_the_margins(number: int) -> None:
    pdf = intake_sheet(intake_texts(), SCHOOL, MADE)
    for text, left, down, right in lines_of(pdf, number):
        assert left >= 21 and right <= 189, text
        assert down <= 288, text


def test_it_is_blank_and_one_sheet_whoever_is_at_school(school: School) -> None:
    change_profile(school, name="De Zeer Lange Naam van een Basisschool aan de Overkant")
    enrol(school, a_child("Noor", MOTHER))
    lines, paper = audit_lines(school), Paper()
    print_intake_sheet(school, paper)
    assert len(paper.pages) == 2 and audit_lines(school) == lines + 1
    assert "Noor" not in paper.text and "Sluis" not in paper.text


def test_a_sample_stores_nothing(school: School) -> None:
    lines = audit_lines(school)
    pdf = sample_intake_sheet(school)
    assert page_count(pdf) == 2 and all("VOORBEELD" in page for page in texts_of(pdf))
    assert audit_lines(school) == lines


def test_when_it_cannot_be_delivered_nothing_is_written_down(school: School) -> None:
    lines = audit_lines(school)

    def fails(_: bytes) -> None:
        raise OSError

    with pytest.raises(OSError):
        print_intake_sheet(school, fails)
    assert audit_lines(school) == lines
