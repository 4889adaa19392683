"""How hard a passphrase is to guess: never told better than it is."""

from __future__ import annotations

import pytest

from schoolprivacy.access.strength import passphrase_suggestion, strength
from schoolprivacy.errors import sentence
from schoolprivacy.vault.keys import is_weak


@pytest.mark.parametrize(
    ("secret", "score", "key"),
    [
        ("", 0, "short"),
        ("fiets", 0, "short"),
        ("wachtwoord", 0, "guessable"),
        ("Welkom2026", 0, "guessable"),
        ("qwertyuiop123", 0, "guessable"),
        ("987654321098", 0, "guessable"),
        ("aaaaaaaaaaaaaaaaaaaaaaa", 0, "guessable"),
        ("abcabcabcabcabcabcabc", 0, "guessable"),
        ("wachtwoord wachtwoord wachtwoord wachtwoord", 0, "guessable"),
        ("fiets fiets fiets fiets", 1, "few_words"),
        ("fietsenstalling", 1, "few_words"),
        ("groene fietsen slapen", 1, "few_words"),
        ("fiets1 fiets2 fiets3 fiets4", 1, "few_words"),
        ("de en op te fietsen", 1, "few_words"),
        ("een twee drie vier vijf zes", 1, "few_words"),
        ("maandag dinsdag woensdag donderdag", 1, "few_words"),
        ("aap noot mies wim zus jet", 1, "few_words"),
        ("000001 " * 8, 0, "guessable"),  # a mistyped paper key is no passphrase
        ("kR7#pLw2!mQz9&vXt", 2, "jumble"),
        ("groene fietsen slapen zacht", 3, "good"),
        ("Groene FIETSEN slapen   zacht", 3, "good"),
        ("vijf groene fietsen slapen zacht vandaag buiten", 4, "strong"),
    ],
)
def test_what_is_said(secret: str, score: int, key: str) -> None:
    said = strength(secret)
    assert (said.score, said.key) == (score, f"strength.{key}")
    assert sentence(said.key)


def test_words_are_counted_once() -> None:
    assert strength("groene fietsen en groene bomen").words == 3


def test_what_is_good_enough_is_never_weak() -> None:
    for secret in ("groene fietsen slapen zacht", "een twee drie vier", "a b c d e f g h"):
        assert strength(secret).score < 3 or not is_weak(secret)


def test_a_suggestion_is_strong_and_never_the_same() -> None:
    first, second = passphrase_suggestion(), passphrase_suggestion()
    assert first != second
    assert len(first.split()) == len(second.split()) == 6
    assert min(strength(first).score, strength(second).score) >= 3
