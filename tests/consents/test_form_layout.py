"""The geometry of a form page: in its place, and the same after storing."""

from __future__ import annotations

import json

import pytest

from schoolprivacy.consents.form_layout import FormPage, RowSize, lay_out


def rows(many: int, lines: int = 2, section: str = "image") -> list[RowSize]:
    return [RowSize(f"{section}{number}", lines, section) for number in range(many)]


def test_places_as_the_design_has_them() -> None:
    (page,) = lay_out(rows(7))
    assert page.corners == ((12, 12), (198, 12), (198, 285), (12, 285))
    assert page.corner_size == 6
    assert (page.qr.x, page.qr.y, page.qr.width) == (165.5, 20, 24)
    assert (page.head.x, page.head.y, page.head.width, page.head.height) == (20, 70, 170, 6)
    assert page.rows[0].top == 76
    for row in page.rows:
        assert (row.yes.x, row.no.x) == (160, 176)
        assert 5 <= row.yes.size <= 6
        assert row.yes.y == row.no.y == pytest.approx(row.top + row.height / 2)


@pytest.mark.parametrize("lines", [1, 2, 3])
def test_fourteen_rows_fit_above_two_signatures(lines: int) -> None:
    (page,) = lay_out(rows(14, lines))
    assert all(9.0 <= row.height <= 10.6 for row in page.rows)
    table_end = page.rows[-1].top + page.rows[-1].height
    assert table_end < page.remark_lines[0] < page.signatures[0].y
    assert len(page.signatures) == 2
    for area in page.signatures:
        assert area.height >= 36
        assert area.y + area.height <= 279
        assert area.x >= 20
        assert area.x + area.width <= 190
    assert page.signatures[0].x + page.signatures[0].width < page.signatures[1].x


def test_rows_follow_one_another() -> None:
    (page,) = lay_out([RowSize("a", 2), RowSize("b", 3), RowSize("c", 1)])
    for upper, lower in zip(page.rows, page.rows[1:], strict=False):
        assert upper.top + upper.height == pytest.approx(lower.top)


def test_what_does_not_fit_goes_to_a_second_page() -> None:
    first, second = lay_out(rows(20))
    assert (first.number, first.of, second.number, second.of) == (1, 2, 2, 2)
    assert [row.purpose for row in first.rows + second.rows] == [each.purpose for each in rows(20)]
    assert second.rows[0].top == 76
    assert second.signatures


def test_a_second_question_has_a_band_of_its_own_above_its_rows() -> None:
    (page,) = lay_out(rows(7) + rows(6, section="contact"))
    first, second = page.sections
    assert (first.kind, first.top, first.height) == ("image", 76, 0)
    assert second.kind == "contact"
    upper, lower = page.rows[6], page.rows[7]
    assert second.top == pytest.approx(upper.top + upper.height)
    assert second.height >= 5  # room for a line of nine points
    assert lower.top == pytest.approx(second.top + second.height)


@pytest.mark.parametrize("many", range(1, 20))
def test_a_question_never_stands_without_a_row_beneath_it(many: int) -> None:
    pages = lay_out(rows(many) + rows(6, section="contact"))
    for page in pages:
        kinds = [section.kind for section in page.sections]
        assert page.sections[0].height == 0  # the first one stands above the table
        assert kinds == list(dict.fromkeys(row.purpose.rstrip("0123456789") for row in page.rows))
        assert page.rows[-1].top + page.rows[-1].height < page.remark_lines[0]
    asked = [row.purpose for page in pages for row in page.rows]
    assert asked == [each.purpose for each in rows(many) + rows(6, section="contact")]


@pytest.mark.parametrize("many", [1, 7, 14, 30])
def test_the_stored_geometry_comes_back_exactly(many: int) -> None:
    for page in lay_out(rows(many, 3) + rows(6, section="contact")):
        assert FormPage.from_json(page.to_json()) == page


@pytest.mark.parametrize("text", ["{}", "[]", "no json", '{"layout_version":1}'])
def test_what_is_no_geometry_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        FormPage.from_json(text)


def test_a_stored_row_with_something_strange_is_refused() -> None:
    stored = json.loads(lay_out(rows(1))[0].to_json())
    stored["rows"][0]["tick"] = True
    with pytest.raises(ValueError):
        FormPage.from_json(json.dumps(stored))
