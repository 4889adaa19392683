"""A form in two languages: Dutch is signed, the other stands beside it, and it stays as it was."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa
import zxingcpp

from schoolprivacy.consents.form_layout import FormPage
from schoolprivacy.consents.form_rows import translated
from schoolprivacy.consents.forms import print_forms
from schoolprivacy.consents.papers import (
    FormRow,
    FormSheet,
    ReminderChild,
    ReminderLetter,
    consent_forms,
    form_pages,
    reminder_letters,
)
from schoolprivacy.letters.languages import languages
from schoolprivacy.letters.terms import DUTCH
from schoolprivacy.people.records import guardian
from schoolprivacy.school import School
from tests.consents.families import APART, MOTHER, Paper, a_child, enrol
from tests.consents.paper_builders import (
    ALL_ROWS,
    CONTACT_ROWS,
    DEFAULT_ROWS,
    IMAGE_ROWS,
    MADE,
    SCHOOL,
    a_code,
    a_sheet,
)
from tests.consents.test_form_geometry import DPI, MM, boxes_of, ink_of_box
from tests.paper.reading import grey_of, lines_of, texts_of

OTHERS = [each.code for each in languages() if each.code != DUTCH]
SETS = {"default": DEFAULT_ROWS, "images": IMAGE_ROWS, "contact": CONTACT_ROWS, "all": ALL_ROWS}


def in_two(rows: tuple[FormRow, ...], language: str = "en", name: str = "Aylin") -> FormSheet:
    pages = form_pages(rows, language)
    stored = tuple(FormPage.from_json(page.to_json()) for page in pages)
    codes = tuple(a_code(number) for number in range(len(pages)))
    return replace(a_sheet(name, rows), pages=stored, codes=codes)


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("rows", SETS.values(), ids=SETS)
def test_its_boxes_stand_where_its_stored_geometry_says(
    rows: tuple[FormRow, ...], language: str
) -> None:
    sheet = in_two(rows, language)
    pdf = consent_forms([sheet], SCHOOL, MADE)
    for number, (page, code) in enumerate(zip(sheet.pages, sheet.codes, strict=True), 2):
        picture = grey_of(pdf, number, DPI)
        assert [found.text for found in zxingcpp.read_barcodes(picture)] == [code]
        for box in boxes_of(page):
            x, y, inside = ink_of_box(picture, box)
            assert (x, y) == (pytest.approx(box.x, abs=0.05), pytest.approx(box.y, abs=0.05))
            assert inside == 0
        for row in page.rows:
            top, bottom = round((row.top + 0.4) * MM), round((row.top + row.height - 0.4) * MM)
            for left, right in ((148, 156.5), (163.5, 172.5), (179.5, 189)):
                assert (picture[top:bottom, round(left * MM) : round(right * MM)] == 255).all()
        assert all(left > 19.5 and right < 191 for _, left, _, right in lines_of(pdf, number))


@pytest.mark.parametrize("rows", SETS.values(), ids=SETS)
def test_every_child_has_whole_sheets(rows: tuple[FormRow, ...]) -> None:
    pages = texts_of(consent_forms([in_two(rows), in_two(rows)], SCHOOL, MADE))
    half = len(pages) // 2
    assert half % 2 == 0
    assert f"bladzijde 1 van {half}" in pages[0] and f"bladzijde 1 van {half}" in pages[half]
    assert f"bladzijde {half} van {half}" in pages[-1]


def test_dutch_is_first_and_signed_and_the_translation_says_so() -> None:
    dutch, english, form, _ = texts_of(consent_forms([in_two(DEFAULT_ROWS)], SCHOOL, MADE))
    assert "Het formulier zit hierbij" in dutch and "Dear parent" not in dutch
    assert "Translation into English. The Dutch letter is the one that counts." in english
    assert "no later than 18 December 2026" in english
    assert "Laan 1" in dutch and "Laan 1" not in english
    assert "You sign the Dutch text." in form
    assert "Ja / Yes" in form and "Nee / No" in form
    assert "op de openbare website van de school" in form
    assert "on the public website of the school · Who: everybody on the internet" in form
    assert "No answer = no consent." in form and "Geen antwoord = geen toestemming." in form


def test_a_purpose_in_the_school_s_own_words_stays_dutch() -> None:
    row = DEFAULT_ROWS[0]
    assert translated(row, "en").translation
    for own in (
        replace(row, label="in de schoolgids"),
        replace(row, audience="iedereen"),
        replace(row, keeps="voor altijd"),
        replace(row, purpose="own-1234"),
    ):
        assert translated(own, "en").translation == ""
    assert translated(row, "").translation == ""


@pytest.mark.parametrize(
    "name",
    ["İrem Gökçe Yıldız-Şahin", "Nguyễn Đặng Quỳnh Ưu", "Łucja Żółć-Brzęczyszczykiewicz"],
)
def test_names_print_right_on_every_page(name: str) -> None:
    dutch, english, form, _ = texts_of(
        consent_forms([in_two(IMAGE_ROWS[:3], name=name)], SCHOOL, MADE)
    )
    assert all(name in page for page in (dutch, english, form))


def test_a_translation_that_grew_since_never_leaves_its_row() -> None:
    """A form is drawn on the geometry that was stored, whatever ships today."""
    sheet = in_two(DEFAULT_ROWS)
    low = tuple(
        replace(page, rows=tuple(replace(row, height=9.0) for row in page.rows))
        for page in sheet.pages
    )
    form = texts_of(consent_forms([replace(sheet, pages=low)], SCHOOL, MADE))[2]
    assert "op de openbare website" in form and "on the public website" not in form


def test_a_household_gets_its_own_language_and_a_reprint_looks_the_same(school: School) -> None:
    enrol(school, a_child("Noor", replace(MOTHER, language="Engels"), APART))
    first = Paper()
    print_forms(school, first)
    mother = first.pages[:4]
    assert "Dear parent" in mother[1] and "Pupil" in mother[2]
    rest = " ".join(first.pages[4:])
    assert "Havenkade 9" in rest and "Dear" not in rest
    with school.transaction() as session:
        session.execute(sa.update(guardian).values(language="nl"))
        session.audit("test")
    again = Paper()
    print_forms(school, again)
    assert len(again.pages) == len(first.pages)
    assert "Dear parent" in again.pages[1] and "on the public website" in again.pages[2]


def test_a_reminder_has_its_translation_on_the_back_and_every_letter_its_own_sheet() -> None:
    lines = ("Aan de ouder(s)/verzorger(s) van", "Noor Test", "Laan 1", "1234 AB  DORP")
    dutch = ReminderLetter(lines, (ReminderChild("Noor Test", "5", a_code()),), MADE.on, MADE.on, 2)
    english = replace(dutch, language="en")
    first, back, third, empty = texts_of(reminder_letters([english, dutch], SCHOOL, MADE))
    assert "Tweede herinnering" in first and "Laan 1" in first
    assert "No answer = no consent." in back and "Laan 1" not in back and "Pupil" in back
    assert "met opzet leeg" in empty
    assert "Wij hebben uw antwoord nog niet" in third
    assert len(texts_of(reminder_letters([dutch, dutch], SCHOOL, MADE))) == 2
