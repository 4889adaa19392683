"""What is copied to another letter, and what comes from other programs."""

from __future__ import annotations

import json

import pytest
from hypothesis import given

from schoolprivacy.letters.moving import packed, read_words, unpacked
from schoolprivacy.letters.pieces import Field, Mark, Piece, Remark, Turn, Words, Wrap, whole
from schoolprivacy.letters.terms import letter_of
from schoolprivacy.paper.fonts import check
from tests.letters.test_letter_pieces import TEXTS

REQUEST, SHARING, WITHDRAWAL = map(letter_of, ("consent_request", "sharing_request", "withdrawal"))
END = Mark(Turn.END)


@given(TEXTS)
def test_within_a_letter_everything_is_taken_along(pieces: list[Piece]) -> None:
    assert unpacked(packed(pieces, REQUEST), REQUEST) == whole(pieces)


def test_what_another_letter_does_not_have_is_words() -> None:
    when = Mark(Turn.WHEN, "all_sign")
    pieces = (
        Field("party", bold=True),
        Wrap(),
        Field("child"),
        when,
        Words("x"),
        END,
        Remark("{# y #}"),
    )
    assert unpacked(packed(pieces, SHARING), REQUEST) == (
        Words("«wie de gegevens krijgt»", bold=True),
        Wrap(),
        Field("child"),
        Words("[Alleen als: alle ouders met gezag moeten tekenen]x[Einde]"),
        Remark("{# y #}"),
    )


def test_a_condition_goes_along_when_it_asks_the_same() -> None:
    same = (Mark(Turn.WHEN, "not group"), Words("x"), Mark(Turn.OTHERWISE), Field("group"), END)
    assert unpacked(packed(same, REQUEST), WITHDRAWAL) == same
    other = (Mark(Turn.WHEN, "images"), Words("x"), END)
    (said,) = unpacked(packed(other, REQUEST), WITHDRAWAL) or ()
    assert said == Words("[Alleen als: het formulier vraagt naar foto's en video's]x[Einde]")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"7",
        b"[]",
        b'{"letter": "onbekend", "pieces": []}',
        b'{"letter": "consent_request", "pieces": [["Turn", {}]]}',
        b'{"letter": "consent_request", "pieces": [["Words", {"tekst": "x"}]]}',
        b'{"letter": "consent_request", "pieces": [["Field", {"name": "config"}]]}',
        json.dumps(
            {"letter": "consent_request", "pieces": [["Remark", {"source": "{# #}{{ x }}{# #}"}]]}
        ).encode(),
        json.dumps(
            {
                "letter": "consent_request",
                "pieces": [
                    ["Mark", {"turn": "when", "asks": "images images"}],
                    ["Mark", {"turn": "end"}],
                ],
            }
        ).encode(),
    ],
)
def test_what_this_program_did_not_copy_is_not_taken_along(data: bytes) -> None:
    assert unpacked(data, REQUEST) is None


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("een\r\ntwee\rdrie\vvier\u2028vijf", "een\ntwee\ndrie\nvier\nvijf"),
        ("•\tmelk\r\n\uf0b7\tbrood\r\no\tkaas\r\n\t▪  ei", "• melk\n• brood\n• kaas\n•  ei"),
        ("Naam\tGroep\r\nSem\t\r\n", "Naam Groep\nSem\n"),
        ("“Ja”, ‘nee’ – oﬃcieel… €\u00a05", "“Ja”, ‘nee’ – officieel… €\u00a05"),
        ("\ufeffa\u200bb\u00adc\0d\ufffc", "abcd"),
    ],
)
def test_words_of_other_programs_can_stand_on_paper(typed: str, text: str) -> None:
    assert read_words(typed, REQUEST) == (Words(text),)
    assert all(check(line) for line in text.split("\n") if line)


def test_a_name_of_a_value_is_the_value() -> None:
    assert read_words("Beste «Naam van de leerling», «Bonjour»", REQUEST) == (
        Words("Beste "),
        Field("child"),
        Words(", «Bonjour»"),
    )
