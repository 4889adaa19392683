"""A printed form, read back by the machine from the places that were stored with it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import zxingcpp

from schoolprivacy.consents.form_code import make_form_code
from schoolprivacy.consents.form_layout import Box, FormPage
from schoolprivacy.consents.papers import (
    FormRow,
    consent_forms,
)
from tests.consents.paper_builders import (
    ALL_ROWS,
    CONTACT_ROWS,
    DEFAULT_ROWS,
    IMAGE_ROWS,
    MADE,
    SCHOOL,
    a_sheet,
    many_rows,
)
from tests.paper.reading import Grey, grey_of, lines_of

DPI = 200
MM = DPI / 25.4


@pytest.fixture(scope="module")
def full() -> bytes:
    return consent_forms([a_sheet()], SCHOOL, MADE)


def ink_of_box(page: Grey, box: Box) -> tuple[float, float, float]:
    """Where the outline of a box stands (x and y of its middle, in mm) and how dark its inside is.

    Weighed by darkness, so that a shift of a tenth of a millimetre shows.
    """
    reach = box.size / 2 + 0.8
    left, top = round((box.x - reach) * MM), round((box.y - reach) * MM)
    side = round(2 * reach * MM)
    ink = 255.0 - page[top : top + side, left : left + side]
    places = (np.arange(side) + 0.5) / MM
    x = left / MM + (ink.sum(axis=0) * places).sum() / ink.sum()
    y = top / MM + (ink.sum(axis=1) * places).sum() / ink.sum()
    inner = round((box.size / 2 - 0.6) * MM)
    middle = round(side / 2)
    inside = ink[middle - inner : middle + inner, middle - inner : middle + inner]
    return float(x), float(y), float(inside.max())


def boxes_of(page: FormPage) -> list[Box]:
    return [box for row in page.rows for box in (row.yes, row.no)]


@pytest.mark.parametrize(
    "rows",
    [DEFAULT_ROWS, IMAGE_ROWS, CONTACT_ROWS, ALL_ROWS, many_rows(20)],
    ids=["default", "images", "contact list", "all", "twenty"],
)
def test_a_printed_form_is_read_back_empty_from_its_stored_places(
    rows: tuple[FormRow, ...],
) -> None:
    sheet = a_sheet(rows=rows)
    stored = tuple(FormPage.from_json(page.to_json()) for page in sheet.pages)
    codes = tuple(make_form_code("7K2M") for _ in stored)
    pdf = consent_forms([replace(sheet, pages=stored, codes=codes)], SCHOOL, MADE)
    for number, (page, code) in enumerate(zip(stored, codes, strict=True), 1):
        picture = grey_of(pdf, number, DPI)
        assert [found.text for found in zxingcpp.read_barcodes(picture)] == [code]
        for box in boxes_of(page):
            x, y, inside = ink_of_box(picture, box)
            assert (x, y) == (pytest.approx(box.x, abs=0.05), pytest.approx(box.y, abs=0.05))
            assert inside == 0


def test_a_box_that_moved_a_tenth_of_a_millimetre_shows() -> None:
    sheet = a_sheet(rows=DEFAULT_ROWS)
    page = sheet.pages[0]
    first, *rest = page.rows
    moved = replace(first, yes=replace(first.yes, x=first.yes.x + 0.1))
    changed = replace(sheet, pages=(replace(page, rows=(moved, *rest)),))
    picture = grey_of(consent_forms([changed], SCHOOL, MADE), 1, DPI)
    x, _, _ = ink_of_box(picture, first.yes)
    assert x - first.yes.x > 0.05


def test_the_corner_squares_are_solid_and_alone(full: bytes) -> None:
    picture = grey_of(full, 1, DPI)
    page = a_sheet().pages[0]
    half = page.corner_size / 2
    for x, y in page.corners:
        top, left = round((y - half - 2) * MM), round((x - half - 2) * MM)
        around = picture[top : top + round(10 * MM), left : left + round(10 * MM)]
        edge = round(2 * MM)
        assert (around[edge + 2 : -edge - 2, edge + 2 : -edge - 2] == 0).all()
        frame = around.copy()
        frame[edge - 2 : -edge + 2, edge - 2 : -edge + 2] = 255
        assert (frame == 255).all()


@pytest.mark.parametrize("rows", [DEFAULT_ROWS, IMAGE_ROWS], ids=["default", "images"])
def test_nothing_stands_in_the_white_between_text_and_boxes(rows: tuple[FormRow, ...]) -> None:
    sheet = a_sheet(rows=rows)
    picture = grey_of(consent_forms([sheet], SCHOOL, MADE), 1, DPI)
    for row in sheet.pages[0].rows:
        top, bottom = round((row.top + 0.4) * MM), round((row.top + row.height - 0.4) * MM)
        for left, right in ((148, 156.5), (163.5, 172.5), (179.5, 189)):
            assert (picture[top:bottom, round(left * MM) : round(right * MM)] == 255).all()


def test_no_line_of_text_leaves_the_form(full: bytes) -> None:
    for _, left, down, right in lines_of(full, 1):
        assert left > 19.5
        assert right < 191
        assert down < 290
