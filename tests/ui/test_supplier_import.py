"""A list of suppliers through the window: file, columns, difference, stored, taken back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from schoolprivacy.exchange.columns import IGNORE
from schoolprivacy.school import School
from schoolprivacy.suppliers.board import board
from schoolprivacy.suppliers.importing import Kind
from tests.ui.hands import modal, press, texts
from tests.ui.stage import desk_of, screen_of
from ui import files
from ui.jobs import is_busy
from ui.main_window import MainWindow

ROWS = (
    "Leverancier;Applicatie;Waarvoor;Ingangsdatum;Model;Kleur",
    "Letterland;Letterlab;lezen;1-8-2026;Model 4.0;rood",
    "Cijferwerk;Rekenrover;rekenen;;;groen",
    ";;spelen;;;blauw",
)


def a_list(folder: Path) -> Path:
    place = folder / "lijst.csv"
    place.write_text("\n".join(ROWS), encoding="utf-8")
    return place


def opened(window: MainWindow, qtbot: QtBot, place: Path) -> Any:
    """The screen, with the list read."""
    desk_of(window).go("suppliers-import")
    screen = screen_of(window, "suppliers-import")
    screen.read(place)
    qtbot.waitUntil(lambda: not is_busy())
    return screen


def names(school: School) -> set[str]:
    return {each.name for each in board(school).rows}


def test_from_file_to_register_and_back(
    window: MainWindow, demo: School, qtbot: QtBot, tmp_path: Path
) -> None:
    before = names(demo)
    screen = opened(window, qtbot, a_list(tmp_path))
    assert screen._stack.currentIndex() == 1  # a column waits for a person
    assert screen.columns._codes["Kleur"] == ""
    screen.columns.go_on()
    assert screen._stack.currentIndex() == 1
    screen.columns._place("Kleur", IGNORE)
    screen.columns.go_on()
    qtbot.waitUntil(lambda: not is_busy() and screen._stack.currentIndex() == 2)
    kinds = [each.kind for each in screen.review._rows.rows]
    assert kinds == [Kind.NEW, Kind.SAME, Kind.LEFT_OUT] and names(demo) == before
    assert "Nieuw product: 1" in texts(screen.review)
    screen.review.table.selectRow(2)
    assert "blijft liggen" in texts(screen.review)
    press(qtbot, screen.review, "Overnemen")
    assert names(demo) == before | {"Letterlab"}
    assert screen.unsaved() == "" and screen._file is None
    assert window.workplace is not None
    window.workplace._toast.undo()
    assert names(demo) == before


def test_the_columns_are_remembered(
    window: MainWindow, demo: School, qtbot: QtBot, tmp_path: Path
) -> None:
    screen = opened(window, qtbot, a_list(tmp_path))
    screen.columns._place("Kleur", IGNORE)
    screen.columns.go_on()
    qtbot.waitUntil(lambda: not is_busy() and screen._stack.currentIndex() == 2)
    press(qtbot, screen.review, "Overnemen")
    again = opened(window, qtbot, a_list(tmp_path))
    assert again._stack.currentIndex() == 2  # nothing waits, nothing new
    assert not again.review.store.isEnabled()


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"geen;lijst\n1;2\n"])
def test_a_wrong_file_is_told_and_nothing_changes(
    window: MainWindow, demo: School, qtbot: QtBot, tmp_path: Path, content: bytes
) -> None:
    before = names(demo)
    place = tmp_path / "x.csv"
    place.write_bytes(content)
    screen = opened(window, qtbot, place)
    box = modal(qtbot)
    assert "niets opgeslagen" in box.text()
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert screen._stack.currentIndex() == 0 and names(demo) == before


def test_leaving_asks_while_a_list_is_open(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = opened(window, qtbot, a_list(tmp_path))
    assert "nog niet overgenomen" in screen.unsaved()
    press(qtbot, screen.columns, "Terug")
    assert screen.unsaved() == "" and screen._stack.currentIndex() == 0
    monkeypatch.setattr(files, "choose_file", lambda *_: None)
    qtbot.keyClick(screen, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    assert screen._stack.currentIndex() == 0


def test_the_way_there(window: MainWindow, qtbot: QtBot) -> None:
    desk_of(window).go("import")
    press(qtbot, screen_of(window, "import"), "Een lijst van leveranciers importeren…")
    assert screen_of(window, "suppliers-import").isVisible()
    desk_of(window).go("suppliers")
    press(qtbot, screen_of(window, "suppliers"), "Importeren…")
    assert screen_of(window, "suppliers-import").isVisible()
