"""Suppliers on the command line: lists, letters, import, and how the products stand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from schoolprivacy.suppliers.board import board
from schoolprivacy.suppliers.terms import State
from tests.consents.families import FATHER, MOTHER, a_child, enrol
from tests.paper.reading import texts_of
from tests.suppliers.builders import a_product, in_order
from tests.test_commands import Terminal, terminal
from tests.vault.schools import Made

__all__ = ["terminal"]  # the fixture


def a_school(made: Made) -> Path:
    """One product in order, one without papers, and a family to write to."""
    with made.open() as school:
        enrol(school, a_child("Noor", MOTHER, FATHER))
        in_order(school)
        a_product(school, "Zonder")
    return made.folder


def test_every_paper_is_made(made: Made, terminal: Terminal, tmp_path: Path) -> None:
    folder = a_school(made)
    told = {
        ("supplier-list",): "Rekenaar, van Cijferwerk",
        ("supplier-board",): "Geen overeenkomst",
        ("supplier-request", "--product", "zonder"): "Ontbrekende papieren bij Zonder",
        ("supplier-letters", "--product", "Rekenaar"): "Nieuw op school: Rekenaar",
        ("wish-form",): "Besluit van de directie",
    }
    for words, text in told.items():
        target = tmp_path / f"{words[0]}.pdf"
        said = terminal.type("print", folder, *words, "--out", target)
        assert "Gemaakt" in said
        assert text in " ".join(texts_of(target.read_bytes()))


def test_the_list_as_a_page_and_as_text(made: Made, terminal: Terminal, tmp_path: Path) -> None:
    folder = a_school(made)
    for ending, beginning in ((".html", "<!DOCTYPE html>"), (".TXT", "WIE KRIJGT")):
        target = tmp_path / f"lijst{ending}"
        for _ in range(2):  # its own work may be replaced
            terminal.type("print", folder, "supplier-list", "--out", target)
        text = target.read_text(encoding="utf-8")
        assert text.startswith(beginning) and "Rekenaar, van Cijferwerk" in text
    other = tmp_path / "brief.html"
    other.write_text("van iemand anders", encoding="utf-8")
    terminal.type("print", folder, "supplier-list", "--out", other, expect=1)
    assert other.read_text(encoding="utf-8") == "van iemand anders"
    inside = folder / "lijst.html"
    terminal.type("print", folder, "supplier-list", "--out", inside, expect=1)
    assert not inside.exists()
    board_page = tmp_path / "bestuur.html"
    said = terminal.type("print", folder, "supplier-board", "--out", board_page, expect=1)
    assert "eindigen op .pdf." in said and not board_page.exists()  # only that list is a page
    said = terminal.type("print", folder, "supplier-list", "--out", tmp_path / "a.docx", expect=1)
    assert "eindigen op .pdf of .html of .txt." in said


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("supplier-request",), "--product"),
        (("supplier-request", "--product", "Nix"), "Bekend zijn: Rekenaar, Zonder"),
        (("supplier-request", "--product", "Rekenaar"), "niets te sturen"),
        (("supplier-letters", "--product", "Zonder"), "kan nog niet aan ouders"),
        (("supplier-list", "--product", "Zonder"), "--product"),
    ],
)
def test_what_cannot_be_made_is_told(
    made: Made, terminal: Terminal, tmp_path: Path, words: tuple[str, ...], told: str
) -> None:
    folder, target = a_school(made), tmp_path / "x.pdf"
    assert told in terminal.type("print", folder, *words, "--out", target, expect=1)
    assert not target.exists()


def test_status_counts_how_products_stand(made: Made, terminal: Terminal) -> None:
    folder = a_school(made)
    said = terminal.type("status", folder)
    assert "Leveranciers:" in said and "Geen overeenkomst" in said
    found = json.loads(terminal.type("status", folder, "--json"))["suppliers"]
    assert sum(found.values()) == 2 and found[State.NO_AGREEMENT] == 1


def test_a_list_is_imported_after_it_was_seen(
    made: Made, terminal: Terminal, tmp_path: Path
) -> None:
    folder = a_school(made)
    path = tmp_path / "lijst.csv"
    path.write_text("Leverancier;Product;Raar\nLetterland;Letterlab;x\nCijferwerk;Rekenaar;y\n")
    said = terminal.type("import-suppliers", folder, path, expect=1)
    assert "Raar" in said and "niets opgeslagen" in said
    placed = ("--map", "Raar=ignore")
    said = terminal.type("import-suppliers", folder, path, *placed)
    assert "Nieuw product: Letterlab (Letterland)" in said and "--apply" in said
    assert "Staat er al: Rekenaar" in said
    with made.open() as school:
        assert len(board(school).rows) == 2
    found = json.loads(
        terminal.type("import-suppliers", folder, path, *placed, "--apply", "--json")
    )
    assert found["applied"] and [each["kind"] for each in found["lines"]] == ["new", "same"]
    with made.open() as school:
        assert {each.name for each in board(school).rows} == {"Rekenaar", "Zonder", "Letterlab"}
    assert "niets nieuws" in terminal.type("import-suppliers", folder, path, "--apply", expect=1)
