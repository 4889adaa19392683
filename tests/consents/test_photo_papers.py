"""Photo sheets as they lie on a clipboard."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import pytest

from schoolprivacy.consents.photos.layout import MOST_CHANNELS, PhotoSheet, SheetRow
from schoolprivacy.consents.photos.papers import photo_sheets
from schoolprivacy.consents.photos.who_may import PhotoAnswer
from schoolprivacy.errors import KnownError
from schoolprivacy.paper.preview import page_count
from tests.consents.paper_builders import MADE, PURPOSES, SCHOOL
from tests.paper.reading import grey_of, lines_of, text_of, texts_of

YES, ASK_FIRST, NO = PhotoAnswer
SHORT = tuple(each["short"] for each in PURPOSES if not each["code"].startswith("contact"))
LONG = (
    "Maximiliaan-Alexander van den Boogaard-Westerhuizen",
    "Sophie-Charlotte de Graaf van Amerongen",
    "Żółcisława Đình-Przybyszewska",
    "Nynke van der Sluis",
    "Lou d’Hont",
)


def a_class(many: int, answers: Sequence[PhotoAnswer], group: str = "") -> tuple[SheetRow, ...]:
    """Children with long names that are not the same."""
    rows = []
    for number in range(many):
        called, rest = LONG[number % len(LONG)].split(" ", 1)
        called = f"{called}{chr(97 + number // len(LONG))}"
        rows.append(SheetRow(f"{called} {rest}", called, group, tuple(answers)))
    return tuple(rows)


def a_sheet(
    rows: tuple[SheetRow, ...],
    channels: tuple[str, ...] = ("Website", "Ouderapp"),
    rules: tuple[str, ...] = ("Er staan geen namen bij de foto’s.",),
) -> PhotoSheet:
    return PhotoSheet(
        "Wie mag op de foto? · Sinterklaas",
        "3 december 2026 · Groep 5B",
        channels,
        rows,
        valid_until=date(2026, 12, 3),
        destroy_after=date(2026, 12, 10),
        rules=rules,
    )


def test_what_stands_on_the_sheet() -> None:
    rows = (
        SheetRow("Aylin Yılmaz", "Aylin", "5B", (YES, NO)),
        SheetRow("Lou d'Hont", "Lou", "5B", (ASK_FIRST, YES)),
    )
    (text,) = texts_of(photo_sheets([a_sheet(rows)], SCHOOL, MADE))
    assert text == (
        "NIET OPHANGEN Vernietigen na 10 december 2026 "
        "Wie mag op de foto? · Sinterklaas "
        "3 december 2026 · Groep 5B · Basisschool De Papieren Draak "
        "Geldig tot en met 3 december 2026 Gemaakt op 7 december 2026 door J. de Vries "
        "Kind Website Ouderapp "
        "Aylin Yılmaz Ja Nee Lou d’Hont Vraag eerst Ja "
        "Ja = mag herkenbaar op de foto Vraag eerst = vraag het kind zelf; zegt het nee, dan nee "
        "Nee = niet herkenbaar op de foto "
        "Staat een kind niet op dit blad? Dan geldt Nee. "
        "Twijfelt u? Vraag het de administratie. "
        "Er staan geen namen bij de foto’s. "
        "gemaakt op 7 december 2026 door J. de Vries · controle 3f9a 77c2 bladzijde 1 van 1"
    )


@pytest.mark.parametrize("many", [1, 2, 4, 7, 9, MOST_CHANNELS])
def test_34_children_with_long_names_fit_one_page(many: int) -> None:
    answers = ([YES, NO, ASK_FIRST] * 5)[:many]
    pdf = photo_sheets([a_sheet(a_class(34, answers), SHORT[:many])], SCHOOL, MADE)
    assert page_count(pdf) == 1
    text = text_of(pdf, 0)
    for row in a_class(34, answers):
        assert row.call_name in text
    whole = [row for row in a_class(34, answers) if row.name in text]
    assert len(whole) == 34 if many <= 7 else len(whole) >= 20
    legend = 1
    assert text.count("Nee") == answers.count(NO) * 34 + legend + 1
    assert all(right < 201 for _, _, _, right in lines_of(pdf, 0))


def test_a_name_is_never_cut_to_that_of_another() -> None:
    same = "Maximiliaan-Alexander van den Boogaard-Westerhuizen-Oudekerk tot"
    rows = tuple(
        SheetRow(f"{same} {end}", "Maximiliaan-Alexander", "", (YES,) * 14) for end in ("A", "B")
    )
    (text,) = texts_of(photo_sheets([a_sheet(rows, SHORT[:14])], SCHOOL, MADE))
    assert f"{same} A" in text and f"{same} B" in text


def test_more_children_run_on_with_the_head_repeated() -> None:
    rows = tuple(
        SheetRow(f"Kind{n:02d} Test", f"Kind{n:02d}", f"Groep {3 + n % 3}", (YES, NO))
        for n in range(60)
    )
    pages = texts_of(photo_sheets([a_sheet(rows)], SCHOOL, MADE))
    assert len(pages) == 2
    for number, page in enumerate(pages, 1):
        assert "NIET OPHANGEN" in page and "Kind Groep Website Ouderapp" in page
        assert "Nee = niet herkenbaar" in page and f"bladzijde {number} van 2" in page
    assert all(any(row.name in page for page in pages) for row in rows)
    assert "Kind01 Test Groep 4 Ja Nee" in pages[0]


def test_more_channels_than_fit_stand_on_a_page_of_their_own() -> None:
    channels = tuple(f"Doel {n:02d}" for n in range(MOST_CHANNELS + 2))
    rows = (SheetRow("Noor Test", "Noor", "", (YES,) * 15 + (NO,)),)
    pages = texts_of(photo_sheets([a_sheet(rows, channels)], SCHOOL, MADE))
    assert len(pages) == 2
    assert "Doel 07" in pages[0] and "Doel 08" in pages[1] and "Doel 08" not in pages[0]
    assert "Nee" not in pages[0].split("Noor Test")[1].split("=")[0]
    assert all("Noor Test" in page for page in pages)


def test_the_answers_differ_in_shape_without_a_word_or_colour() -> None:
    def picture(answer: PhotoAnswer) -> float:
        rows = (SheetRow("Noor Test", "Noor", "", (answer,)),)
        page = grey_of(photo_sheets([a_sheet(rows, ("Website",))], SCHOOL, MADE), 0, 200)
        millimetre = 200 / 25.4
        left = 110.0
        shape = page[
            int(53 * millimetre) : int(61 * millimetre),
            int((left + 0.3) * millimetre) : int((left + 3.8) * millimetre),
        ]
        return float(np.mean(shape < 128))

    inks = [picture(answer) for answer in PhotoAnswer]
    assert len(set(inks)) == 3 and min(inks) > 0.02
    assert inks[0] > 1.5 * max(inks[1:])  # a yes is solid


def test_no_sheet_is_no_paper() -> None:
    with pytest.raises(KnownError) as refused:
        photo_sheets([], SCHOOL, MADE)
    assert refused.value.key == "paper.nothing_to_print"
