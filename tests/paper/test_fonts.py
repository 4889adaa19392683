"""Every character of a text is on paper, or nothing is."""

from __future__ import annotations

import pytest

from schoolprivacy.errors import KnownError
from schoolprivacy.paper.fonts import Type, check, fit, width, wrap

PLAIN = Type(9)


@pytest.mark.parametrize(
    "name", ["İrem Yılmaz", "Łucja Żółć", "Đình Nguyễn", "Ðorđe Šćepanović", "Ελένη", "Олена"]
)
def test_names_of_many_countries_can_be_written(name: str) -> None:
    assert check(name) == name


def test_a_combining_sequence_is_composed() -> None:
    assert check("Z\u030cofie") == "Žofie"


def test_the_apostrophe_is_typographic() -> None:
    assert check("Sanne van 't Hof") == "Sanne van \u2019t Hof"


@pytest.mark.parametrize(
    ("name", "character"),
    [
        ("אבי", "U+05D0"),
        ("محمد", "U+0645"),
        ("Noor 🌻", "U+1F33B"),
        ("Bram\nde Wit", "U+000A"),
        ("Bram\u202ede Wit", "U+202E"),
        ("明", "U+660E"),
    ],
)
def test_what_the_font_lacks_is_refused_loudly(name: str, character: str) -> None:
    with pytest.raises(KnownError) as refused:
        check(name, "de naam van de leerling")
    assert refused.value.key == "paper.missing_glyph"
    assert character in str(refused.value)
    assert "de naam van de leerling" in str(refused.value)


def test_lines_are_no_wider_than_asked() -> None:
    text = "op de openbare website van de school en een-woord-dat-veel-te-breed-is-voor-de-regel"
    lines = wrap(text, PLAIN, 30)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(width(line, PLAIN) <= 30 for line in lines)


def test_nothing_gives_no_lines() -> None:
    assert wrap("", PLAIN, 30) == ()


def test_a_date_is_not_broken() -> None:
    assert wrap("uiterlijk 7\u00a0december\u00a02026", PLAIN, 30)[-1] == "7\u00a0december\u00a02026"


def test_a_wide_text_is_set_smaller_but_stays_readable() -> None:
    type_ = fit("Wilhelmina-Josephina van den Bergh", Type(12, bold=True), 60, smallest=6)
    assert type_.bold
    assert width("Wilhelmina-Josephina van den Bergh", type_) == pytest.approx(60)
    with pytest.raises(KnownError, match="te lang"):
        fit("Wilhelmina " * 20, Type(12), 60, smallest=6)
