"""Single values: dates, groups, names, addresses, flags, e-mail."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from schoolprivacy.exchange.names import Name, names_several, split_name, split_surname
from schoolprivacy.exchange.values import (
    clean,
    group_from_date,
    read_date,
    read_email,
    read_flag,
    read_phones,
    read_year_level,
    says_no_authority,
    split_address,
    take_secret,
)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("21-03-2015", date(2015, 3, 21)),
        ("1/2/2015", date(2015, 2, 1)),
        ("1.2.2015", date(2015, 2, 1)),
        ("2015-03-21", date(2015, 3, 21)),
        ("21-03-2015 0:00", date(2015, 3, 21)),
        ("21-03-15", None),  # a year of two digits is not guessed at
        ("03/21/2015", None),
        ("31-02-2015", None),
        ("21-03-1815", None),
        ("39000", None),
        ("21-03/2015", None),
        ("٢١-٠٣-٢٠١٥", None),
        ("", None),
    ],
)
def test_read_date(written: str, day: date | None) -> None:
    assert read_date(written) == day


@pytest.mark.parametrize(
    ("written", "group"),
    [
        ("2026-02-01", "1-2"),
        ("2026-01-02", "1-2"),  # an English Excel takes the first number for the month
        ("1-feb", "1-2"),
        ("03-apr.", "3-4"),
        ("7-8-2026", "7-8"),
        ("2008-07-06", "6-7-8"),
        ("21-03-2015", None),
        ("Uilen", None),
    ],
)
def test_group_from_date(written: str, group: str | None) -> None:
    assert group_from_date(written) == group


@pytest.mark.parametrize(
    ("written", "level"),
    [
        *(
            ("5", "5"),
            ("05", "5"),
            ("groep 5", "5"),
            ("Jaargroep 8", "8"),
            ("s", "S"),
            ("13", "13"),
        ),
        *(("C", ""), ("9", None), ("1-2", None), ("Uilen", None), ("0", "0"), ("00", "0")),
    ],
)
def test_read_year_level(written: str, level: str | None) -> None:
    assert read_year_level(written) == level


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Jan van der Berg", Name("", "Jan", "van der", "Berg")),
        ("Berg, J. van der", Name("J.", "", "van der", "Berg")),
        ("Berg, Jan van den", Name("", "Jan", "van den", "Berg")),
        ("Berg van der, Jan", Name("", "Jan", "van der", "Berg")),
        ("Berg, van der, Jan", Name("", "Jan", "van der", "Berg")),
        ("van der Berg, Jan", Name("", "Jan", "van der", "Berg")),
        ("Mevr. A. de Vries-Smit", Name("A.", "", "de", "Vries-Smit")),
        ("Mevrouw drs. A.B. de Vries", Name("A.B.", "", "de", "Vries")),
        ("De heer J.P. (Jan) de Vries", Name("J.P.", "Jan", "de", "Vries")),
        ("Fam. de Vries", Name("", "", "de", "Vries")),
        ("De Vries", Name("", "", "De", "Vries")),
        ("Gradje van 't Hof", Name("", "Gradje", "van 't", "Hof")),
        ("Gradje ’t Hof", Name("", "Gradje", "’t", "Hof")),
        ("Mohamed el Idrissi", Name("", "Mohamed", "el", "Idrissi")),
        ("El Mehdi Amrani", Name("", "El Mehdi", "", "Amrani")),
        ("Maria de la Cruz", Name("", "Maria", "de la", "Cruz")),
        ("Anna Maria Jansen", Name("", "Anna Maria", "", "Jansen")),
        ("Ingrid Jansen", Name("", "Ingrid", "", "Jansen")),
        ("JP Jansen", Name("JP", "", "", "Jansen")),
        ("JAN DE VRIES", Name("", "JAN", "DE", "VRIES")),
        ("Jansen", Name("", "", "", "Jansen")),
        ("Jan van", Name("", "Jan", "", "van")),
        ("", Name()),
        (",", Name()),
    ],
)
def test_split_name(written: str, name: Name) -> None:
    assert split_name(written) == name


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("van der Berg", ("van der", "Berg")),
        ("Berg, van der", ("van der", "Berg")),
        ("'t Hart", ("'t", "Hart")),
        ("De Smet", ("", "De Smet")),
        ("Vries", ("", "Vries")),
        ("van", ("", "van")),
        ("Smit, Jansen", ("", "Smit, Jansen")),
    ],
)
def test_split_surname(written: str, parts: tuple[str, str]) -> None:
    assert split_surname(written) == parts


def test_several_people_in_one_cell() -> None:
    assert names_several("J. Jansen en M. de Vries")
    assert names_several("Jan & Marie Jansen")
    assert not names_several("Marleen Jansen-Koenen")


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("Dorpsstraat 12", ("Dorpsstraat", "12", "", "")),
        ("Dorpsstraat 12a", ("Dorpsstraat", "12a", "", "")),
        ("Dorpsstraat 12 bis", ("Dorpsstraat", "12 bis", "", "")),
        ("Dorpsstraat 12-14", ("Dorpsstraat", "12-14", "", "")),
        ("Plein 1944 3b, 1234ab Utrecht", ("Plein 1944", "3b", "1234 AB", "Utrecht")),
        ("2e Dorpsstraat 5", ("2e Dorpsstraat", "5", "", "")),
        ("Dorpsstraat", ("Dorpsstraat", "", "", "")),
        ("1234 AB Utrecht", ("", "", "1234 AB", "Utrecht")),
        ("", ("", "", "", "")),
        ("a " * 5000 + "1", ("a " * 5000 + "1", "", "", "")),  # at once
    ],
)
def test_split_address(written: str, parts: tuple[str, str, str, str]) -> None:
    assert split_address(written) == parts


def test_flags() -> None:
    assert {read_flag(word) for word in ("ja", "J", "Yes", "TRUE", "waar", "1", "x", "Geheim")} == {
        True
    }
    assert {read_flag(word) for word in ("nee", "N", "no", "false", "onwaar", "0")} == {False}
    assert read_flag("misschien") is None


def test_authority_is_only_ever_denied() -> None:
    assert all(says_no_authority(word) for word in ("nee", "Geen gezag", "geen", "No", "niet", "0"))
    assert not any(
        says_no_authority(word) for word in ("", "ja", "moeder", "onbekend", "gezamenlijk")
    )


@pytest.mark.parametrize(
    ("written", "rest", "secret"),
    [
        ("geheim", "", True),
        ("(geheim nummer)", "", True),
        ("GEHEIM 06-12345678", "06-12345678", True),
        ("Dorpsstraat 1 (geheim)", "Dorpsstraat 1", True),
        ("Geheimstraat 1", "Geheimstraat 1", False),
        ("", "", False),
    ],
)
def test_take_secret(written: str, rest: str, secret: bool) -> None:
    assert take_secret(written) == (rest, secret)


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("jan@school.nl", "jan@school.nl"),
        ("Jan Jansen <jan@school.nl>", "jan@school.nl"),
        ("mailto:jan@school.nl", "jan@school.nl"),
        ("j.o'neil+x@a-b.school.nl", "j.o'neil+x@a-b.school.nl"),
        ("jan@school", None),
        ("jan@school..nl", None),
        ("jan@school.nl; piet@school.nl", None),  # whose is which?
        ("jan school.nl", None),
        ("-", None),
    ],
)
def test_read_email(written: str, address: str | None) -> None:
    assert read_email(written) == address


@pytest.mark.parametrize(
    ("written", "numbers"),
    [
        ("06-12345678", ("+31612345678",)),
        ("612345678", ("+31612345678",)),
        ("06/12345678", ("+31612345678",)),
        ("06-12345678 / 010-1234567", ("+31612345678", "+31101234567")),
        ("+32 2 123 45 67", ("+3221234567",)),
        ("06-12345678 / weet niet", None),
        ("geen", None),
        ("0000000", None),
        ("06-123", None),
        ("+31 6 123", None),
        ("0800-1234", ("+318001234",)),
    ],
)
def test_read_phones(written: str, numbers: tuple[str, ...] | None) -> None:
    assert read_phones(written) == numbers


@given(st.text())
@example(",0()0")  # what stood around the brackets is joined with a space
def test_whatever_is_typed_is_read_or_not_and_never_an_error(text: str) -> None:
    tidy = clean(text)
    assert clean(tidy) == tidy
    assert tidy.isprintable()
    split_surname(tidy)
    take_secret(tidy)
    read_email(tidy)
    read_date(tidy)
    group_from_date(tidy)
    read_phones(tidy)
    read_year_level(tidy)
    name = split_name(tidy)
    assert set(f"{name.call_name}{name.surname}{name.prefix}{name.initials}") <= {*tidy, " "}


@given(st.text(alphabet="ab1 2,-/'é" + "AZ"))
def test_an_address_loses_nothing_but_signs(text: str) -> None:
    tidy = clean(text)
    letters = "".join(split_address(tidy))
    wanted = sorted(sign for sign in tidy.casefold() if sign.isalnum())
    assert sorted(sign for sign in letters.casefold() if sign.isalnum()) == wanted
