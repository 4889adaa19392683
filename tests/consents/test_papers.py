"""The letter with the form: complete for the law, legible for people, refused when it is not."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from schoolprivacy.consents.papers import (
    FormRow,
    SchoolPaper,
    consent_forms,
    form_pages,
    reminder_letters,
    window_test_page,
)
from schoolprivacy.errors import KnownError
from schoolprivacy.paper.preview import page_count
from tests.consents.paper_builders import (
    ALL_ROWS,
    CONTACT,
    CONTACT_ROWS,
    DEFAULT_ROWS,
    IMAGE_ROWS,
    IMAGES,
    MADE,
    PURPOSES,
    SCHOOL,
    a_sheet,
    many_rows,
)
from tests.paper.reading import lines_of, text_of, texts_of

# ---------------------------------------------------------------- the default purposes


def test_the_fourteen_purposes_of_pictures_stand_in_their_order() -> None:
    assert " ".join(purpose["code"] for purpose in IMAGES) == (
        "brochure website intranet parent-app newsletter facebook instagram youtube press "
        "class-photo yearbook trainee musical school-photographer"
    )
    on = [number for number, purpose in enumerate(IMAGES, 1) if purpose["on_by_default"]]
    assert on == [1, 2, 4, 5, 9, 10, 14]
    social = {purpose["code"] for purpose in PURPOSES if purpose["social_media"]}
    assert social == {"facebook", "instagram", "youtube"}
    fields = {"code", "label", "short", "audience", "keeps", "on_by_default", "social_media"}
    assert all(set(purpose) - {"kind"} == fields | {"source"} for purpose in PURPOSES)


def test_the_items_of_the_contact_list_follow_them_each_apart() -> None:
    """Only the child's name and birthday follow the rule for the child (domain, contact list)."""
    assert PURPOSES == IMAGES + CONTACT
    assert {purpose["code"]: purpose["kind"] for purpose in CONTACT} == {
        "contact-child-name": "contact_child",
        "contact-birthday": "contact_child",
        "contact-guardian-name": "contact_own",
        "contact-address": "contact_own",
        "contact-phone": "contact_own",
        "contact-email": "contact_own",
    }
    assert all(purpose["on_by_default"] for purpose in CONTACT)


@pytest.mark.parametrize(
    ("rows", "pages"), [(IMAGE_ROWS, 1), (DEFAULT_ROWS, 1), (CONTACT_ROWS, 1), (ALL_ROWS, 2)]
)
def test_what_a_school_starts_with_fits_one_form_page(
    rows: tuple[FormRow, ...], pages: int
) -> None:
    assert len(form_pages(rows)) == pages


def test_a_purpose_that_is_too_long_is_refused() -> None:
    with pytest.raises(KnownError) as refused:
        form_pages([FormRow("long", "een heel lange omschrijving van een doel " * 8)])
    assert refused.value.key == "form.row_too_long"


# ---------------------------------------------------------------- letter and form

REQUIRED = {
    "school": "Basisschool De Papieren Draak",
    "board": "Stichting Onderwijs Voorbeeldstreek, het bestuur van",
    "data protection officer": "(FG): mevrouw A. Jansen, fg@voorbeeldstreek.example",
    "child": "Aylin Yılmaz (Groep 5B)",
    "each purpose apart": "Elke regel op het formulier is een aparte vraag",
    "free": "U hoeft geen toestemming te geven",
    "no disadvantage": "geen nadeel voor uw kind",
    "not bundled": "los van de inschrijving",
    "withdrawing as easily": "altijd intrekken. Dat is net zo makkelijk als geven: zeg het",
    "how to withdraw": "bel 012 345 67 89, mail info@dezonnebloem.example",
    "what withdrawing cannot undo": "kunnen wij niet terughalen",
    "outside the EEA": "buiten de Europese Economische Ruimte (EER)",
    "rights": "U mag ze inzien, laten verbeteren of wissen",
    "complaint": "klacht indienen bij de Autoriteit Persoonsgegevens",
    "hand-in date": "uiterlijk 18 december 2026",
    "no answer": "geen antwoord = geen toestemming",
}
REQUIRED_ON_FORM = {
    "lead": "Foto’s en video’s waarop mijn kind herkenbaar in beeld is, mogen door de school "
    "worden gebruikt:",
    "child": "Aylin Yılmaz",
    "group": "Groep",
    "school year": "schooljaar 2026-2027",
    "who and how long": "Wie: iedereen op internet · Hoelang: zolang het nieuws is",
    "outside the EEA": "Ook bewaard buiten de EER",
    "one mark": "één kruisje of vinkje binnen het vakje. Vergist? Vraag een nieuw formulier.",
    "no answer": "Geen antwoord = geen toestemming.",
    "name": "naam (blokletters)",
    "other capacity": "anders, namelijk",
    "authority": "ik heb het ouderlijk gezag:",
    "date": "datum",
    "signature": "handtekening",
    "form version": "Formulier versie 2026-1",
    "made": "gemaakt op 7 december 2026 door J. de Vries · controle 3f9a 77c2",
    "code": "0100 0000 0000 007K 2M00",
}


@pytest.fixture(scope="module")
def full() -> bytes:
    return consent_forms([a_sheet()], SCHOOL, MADE)


@pytest.mark.parametrize("element", REQUIRED)
def test_the_letter_holds_what_the_law_asks(full: bytes, element: str) -> None:
    assert REQUIRED[element] in text_of(full, 0)


@pytest.mark.parametrize("element", REQUIRED_ON_FORM)
def test_the_form_holds_what_the_law_asks(full: bytes, element: str) -> None:
    assert REQUIRED_ON_FORM[element] in text_of(full, 1)


def test_every_purpose_is_on_the_form() -> None:
    pdf = consent_forms([a_sheet(rows=ALL_ROWS)], SCHOOL, MADE)
    text = " ".join(texts_of(pdf)[1:3])
    for purpose in PURPOSES:
        assert purpose["label"].replace("'", "’") in text
        assert f"Hoelang: {purpose['keeps']}".replace("'", "’") in text


def test_pictures_and_contact_list_are_asked_apart_on_one_page() -> None:
    letter, form = texts_of(consent_forms([a_sheet(rows=DEFAULT_ROWS)], SCHOOL, MADE))
    assert "herkenbaar in beeld is, mogen door de school worden gebruikt:" in form
    assert "Op de contactlijst van de groep voor schooljaar 2026-2027 mag staan:" in form
    for purpose in PURPOSES:
        is_asked = purpose["label"].replace("'", "’") in form
        assert is_asked == purpose["on_by_default"]
    assert "contactlijst" in letter


def test_a_form_for_pictures_says_nothing_of_a_contact_list(full: bytes) -> None:
    assert "contactlijst" not in " ".join(texts_of(full)).lower()


def test_two_people_can_sign(full: bytes) -> None:
    assert text_of(full, 1).count("ik heb het ouderlijk gezag:") == 2


def test_without_social_media_the_letter_is_silent_about_them() -> None:
    pdf = consent_forms([a_sheet(rows=DEFAULT_ROWS)], SCHOOL, MADE)
    assert "Sociale media" not in text_of(pdf, 0)
    assert "EER" not in text_of(pdf, 1)
    assert "alle ouders met gezag" not in text_of(pdf, 0) + text_of(pdf, 1)


def test_a_fresh_school_has_only_a_name() -> None:
    pdf = consent_forms([a_sheet()], SchoolPaper("De Papieren Draak"), MADE)
    letter = text_of(pdf, 0)
    assert "zeg het bij de directie of vul een nieuw formulier in" in letter
    assert "Vragen? Stel ze bij de directie. Bent u" in letter
    assert "De Papieren Draak is verantwoordelijk" in letter
    assert "FG" not in letter
    assert " ," not in letter


@pytest.mark.parametrize(
    "name",
    [
        "Wilhelmina-Josephina van den Bergh-Żółkiewska",
        "İrem Gökçe Yıldız-Şahin",
        "Łucja Żółć",
        "Nguyễn Đặng Quỳnh Ưu",
        "<b>Bram</b> & Sem <de Wit>",
    ],
)
def test_every_name_is_on_both_pages(name: str) -> None:
    pdf = consent_forms([a_sheet(name)], SCHOOL, MADE)
    assert page_count(pdf) == 2
    letter, form = texts_of(pdf)
    assert letter.count(name) == 3
    assert form.count(name) == 1


def test_the_apostrophe_of_a_name_is_typographic_everywhere() -> None:
    letter, form = texts_of(consent_forms([a_sheet("Sanne van 't Hof")], SCHOOL, MADE))
    assert letter.count("Sanne van ’t Hof") == 3
    assert "Sanne van ’t Hof" in form
    assert "'" not in letter + form


@pytest.mark.parametrize("name", ["אבי כהן", "Noor 🌻", "محمد"])
def test_a_name_that_cannot_be_written_stops_the_batch(name: str) -> None:
    with pytest.raises(KnownError) as refused:
        consent_forms([a_sheet(), a_sheet(name)], SCHOOL, MADE)
    assert refused.value.key == "paper.missing_glyph"
    assert refused.value.values["field"] == "de naam van de leerling"


@pytest.mark.parametrize(
    "rows", [IMAGE_ROWS, DEFAULT_ROWS, ALL_ROWS], ids=["images", "default", "all"]
)
def test_the_letter_is_readable_and_on_one_page_for_a_long_name_and_school(
    rows: tuple[FormRow, ...],
) -> None:
    school = replace(
        SCHOOL,
        name="Interconfessionele basisschool en kindcentrum De Papieren Draak",
        dpo="mevrouw A. van den Bergh-Jansen, privacy@stichtingonderwijs.example, 012 345 67 89",
    )
    sheet = a_sheet("Wilhelmina-Josephina van den Bergh-Jansenstra", rows)
    pdf = consent_forms([sheet], school, MADE)
    assert page_count(pdf) == (4 if len(sheet.pages) == 2 else 2)
    body = [line for line in lines_of(pdf, 0) if 84 < line[2] < 285]
    assert max(line[2] for line in body) < 279
    assert max(line[3] for line in body) < 188.5


def test_nothing_to_print_is_said() -> None:
    for nothing in (
        lambda: consent_forms([], SCHOOL, MADE),
        lambda: reminder_letters([], SCHOOL, MADE),
    ):
        with pytest.raises(KnownError) as refused:
            nothing()
        assert refused.value.key == "paper.nothing_to_print"


@pytest.mark.parametrize(("many", "expected"), [(7, 2), (14, 2), (20, 4), (40, 4)])
def test_every_sheet_has_two_sides(many: int, expected: int) -> None:
    sheet = a_sheet(rows=many_rows(many))
    pdf = consent_forms([sheet, sheet], SCHOOL, MADE)
    assert page_count(pdf) == 2 * expected
    assert "Beste ouder" in text_of(pdf, expected)
    if many == 20:
        assert "met opzet leeg" in text_of(pdf, 3)
        assert "begint op de achterkant" in text_of(pdf, 0)


def test_a_reprint_says_so() -> None:
    again = consent_forms([replace(a_sheet(), reprint=True)], SCHOOL, MADE)
    assert "versie 2026-1 (herdruk)" in text_of(again, 1)


def test_progress_is_told_and_may_stop() -> None:
    told: list[int] = []
    consent_forms([a_sheet()] * 3, SCHOOL, MADE, told.append)
    assert told == [1, 2, 3]

    def stop(done: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        consent_forms(iter([a_sheet()] * 3), SCHOOL, MADE, stop)


def test_two_runs_give_the_same_bytes() -> None:
    logo = BytesIO()
    Image.new("RGB", (40, 30), "navy").save(logo, "PNG")
    school = replace(SCHOOL, logo=logo.getvalue())
    sheets = [a_sheet("Aylin Yılmaz"), a_sheet("Łucja Żółć")]
    first, second = (consent_forms(sheets, school, MADE) for _ in range(2))
    assert first == second


def test_the_window_test_is_one_page() -> None:
    assert page_count(window_test_page(SCHOOL)) == 1
