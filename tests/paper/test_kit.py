"""The parts of the kit: page, letterhead, address window, tables, QR, preview."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import numpy as np
import pytest
import zxingcpp
from PIL import Image

from schoolprivacy.errors import KnownError
from schoolprivacy.paper.address import draw_address, draw_window_test
from schoolprivacy.paper.dates import dutch_date
from schoolprivacy.paper.letterhead import draw_letterhead
from schoolprivacy.paper.list_page import ListPage, draw_list
from schoolprivacy.paper.page import Document
from schoolprivacy.paper.preview import page_count, render_page
from schoolprivacy.paper.qr import draw_qr
from schoolprivacy.paper.sender import Made, SchoolPaper
from schoolprivacy.paper.table import Column
from tests.paper.reading import grey_of, lines_of, text_of, texts_of

SCHOOL = SchoolPaper(
    "De Papieren Draak", address_lines=("Schoolstraat 1", "1234 AB  VOORBEELDDORP")
)
MADE = Made(date(2026, 12, 7), "J. de Vries", "controle 3f9a")
CODE = "01ABCDEFGHJKMNPQRST2"


def a_document() -> Document:
    return Document("Proef", SCHOOL)


def finished(document: Document) -> bytes:
    document.next_page()
    return document.finish()


def a_logo(width: int, height: int) -> bytes:
    file = BytesIO()
    Image.new("RGB", (width, height), "black").save(file, "PNG")
    return file.getvalue()


def test_a_dutch_date() -> None:
    assert dutch_date(date(2026, 12, 7)).split() == ["7", "december", "2026"]


def test_the_footer_says_who_made_it_and_where_we_are() -> None:
    document = a_document()
    document.footer(MADE, 2, 3, "Formulier versie 1")
    text = text_of(finished(document), 0)
    assert (
        "Formulier versie 1 · gemaakt op 7 december 2026 door J. de Vries · controle 3f9a" in text
    )
    assert "bladzijde 2 van 3" in text


def test_the_language_and_title_are_set() -> None:
    pdf = finished(a_document())
    assert b"nl-NL" in pdf
    assert b"(Proef)" in pdf


def test_what_recurs_is_kept_once_and_can_be_moved() -> None:
    document = a_document()
    for y in (0, 100):
        document.stamp("same", lambda: document.text(30, 50, "hetzelfde"), y=y)
        document.next_page()
    pdf = document.finish()
    (first,), (second,) = list(lines_of(pdf, 0)), list(lines_of(pdf, 1))
    assert first[0] == second[0] == "hetzelfde"
    assert second[2] - first[2] == pytest.approx(100, abs=0.1)


@pytest.mark.parametrize(("side", "x"), [("left", 22.0), ("right", 106.0)])
def test_the_address_stands_in_the_window(side: str, x: float) -> None:
    school = replace(SCHOOL, window_side=side, window_dx=1.5, window_dy=-2.0)  # type: ignore[arg-type]
    document = a_document()
    draw_address(document, ("Hxx", "Hxx", "Hxx", "Hxx", "Hxx", "Hxx"), school)
    placed = [line for line in lines_of(finished(document), 0) if line[0] == "Hxx"]
    assert [round(line[2], 0) for line in placed] == [50, 55, 60, 65, 70, 75]
    assert all(line[1] == pytest.approx(x + 1.5, abs=0.5) for line in placed)


def test_an_address_that_does_not_fit_is_refused() -> None:
    for lines in (("a",) * 7, ("Lange straatnaam " * 40,)):
        with pytest.raises(KnownError) as refused:
            draw_address(a_document(), lines, SCHOOL)
        assert refused.value.key == "paper.address_too_long"


def test_the_window_page_names_the_setting() -> None:
    document = a_document()
    draw_window_test(document, replace(SCHOOL, window_dx=2.5, window_dy=-1))
    text = text_of(finished(document), 0)
    assert "venster links, 2,5 mm naar rechts, 1 mm naar boven" in text


@pytest.mark.parametrize(("width", "height"), [(400, 100), (100, 400), (3000, 3000)])
def test_a_logo_keeps_its_proportion(width: int, height: int) -> None:
    document = a_document()
    draw_letterhead(document, replace(SCHOOL, logo=a_logo(width, height)))
    dark = grey_of(finished(document), 0, 100)[40:150, 80:225] < 128
    columns, rows = dark[:, :20].any(axis=0), dark.any(axis=1)
    assert rows.any()
    assert columns.any()
    across = dark[np.argmax(rows)].sum()
    assert across / rows.sum() == pytest.approx(width / height, rel=0.1)


def test_a_broken_logo_is_refused() -> None:
    with pytest.raises(KnownError) as refused:
        draw_letterhead(a_document(), replace(SCHOOL, logo=b"GIF89a no picture"))
    assert refused.value.key == "paper.logo_unreadable"


def test_a_long_school_name_stays_above_the_window() -> None:
    long = (
        "Interconfessionele basisschool en kindcentrum De Papieren Draak aan de Voorbeeldse Vaart"
    )
    document = a_document()
    draw_letterhead(document, replace(SCHOOL, name=long, board="Stichting", logo=a_logo(9, 5)))
    assert max(line[2] for line in lines_of(finished(document), 0)) < 43


def test_a_qr_code_can_be_read_and_keeps_its_white() -> None:
    document = a_document()
    draw_qr(document, CODE, 165.5, 20, 24)
    page = grey_of(finished(document), 0, 200)
    assert zxingcpp.read_barcodes(page)[0].text == CODE
    rows, columns = np.nonzero(page < 128)
    module = 24 / 29
    for found, start in ((rows, 20.0), (columns, 165.5)):
        assert found.min() / 200 * 25.4 == pytest.approx(start + 4 * module, abs=0.2)
        assert found.max() / 200 * 25.4 == pytest.approx(start + 25 * module, abs=0.2)


def test_a_table_breaks_and_repeats_its_head() -> None:
    document = a_document()
    columns = (Column("Leerling", 80), Column("Groep", 60))
    rows = [(f"leerling {number}", "5B\n5C" if number % 2 else "") for number in range(60)]
    page = ListPage("Lijst", "inleiding", "niemand")
    draw_list(document, page, columns, rows, 7, SCHOOL, MADE)
    texts = texts_of(document.finish())
    assert len(texts) > 1
    for number, text in enumerate(texts, 1):
        assert text.count("Leerling Groep") == 1
        assert f"bladzijde {number} van {len(texts)}" in text
    everything = " ".join(texts)
    assert all(f"leerling {number}" in everything for number in range(60))


def test_a_preview_has_the_size_of_the_page() -> None:
    pdf = finished(a_document())
    image = render_page(pdf, 0, 100)
    assert (image.width, image.height) == (827, 1170)
    assert len(image.pixels) == image.stride * image.height
    assert page_count(pdf) == 1
    with pytest.raises(IndexError):
        render_page(pdf, 1, 100)
