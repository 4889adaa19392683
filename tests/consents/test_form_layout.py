"""The geometry of a form page: in its place, and the same after storing."""

from __future__ import annotations

import json

import pytest

from schoolprivacy.consents.form_layout import FormPage, lay_out


def rows(many: int, lines: int = 2) -> list[tuple[str, int]]:
    return [(f"p{number}", lines) for number in range(many)]


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
    (page,) = lay_out([("a", 2), ("b", 3), ("c", 1)])
    for upper, lower in zip(page.rows, page.rows[1:], strict=False):
        assert upper.top + upper.height == pytest.approx(lower.top)


def test_what_does_not_fit_goes_to_a_second_page() -> None:
    first, second = lay_out(rows(20))
    assert (first.number, first.of, second.number, second.of) == (1, 2, 2, 2)
    assert [row.purpose for row in first.rows + second.rows] == [p for p, _ in rows(20)]
    assert second.rows[0].top == 76
    assert second.signatures


@pytest.mark.parametrize("many", [1, 7, 14, 30])
def test_the_stored_geometry_comes_back_exactly(many: int) -> None:
    for page in lay_out(rows(many, 3)):
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
