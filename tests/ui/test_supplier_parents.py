"""What parents can read of suppliers, in the window."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from schoolprivacy.clock import SetClock
from schoolprivacy.duties import Target
from schoolprivacy.school import School
from schoolprivacy.suppliers.board import board
from schoolprivacy.suppliers.recipients import recipients, remove_recipient
from schoolprivacy.suppliers.stopping import confirm_deletion, stop_product
from schoolprivacy.suppliers.telling import parents_list, publications, record_published, unread
from schoolprivacy.suppliers.webpage import page_html, page_text
from tests.ui.hands import modal, press, texts
from tests.ui.okr_bench import buttons
from tests.ui.suppliers_bench import asked, only_to_read, suppliers
from ui import files
from ui.main_window import MainWindow
from ui.screens.overview import _PLACES


def part(window: MainWindow) -> Any:
    shown = suppliers(window, show="parents").parents
    QApplication.processEvents()  # what is put in a page that is there, appears a moment later
    return shown


def told(window: MainWindow) -> str:
    assert window.workplace is not None
    return str(window.workplace._toast._said.text())


def test_the_list_is_shown_as_parents_read_it(window: MainWindow, demo: School) -> None:
    shown = texts(part(window))
    lines = parents_list(demo).lines
    assert lines
    for each in lines:
        assert each.who in shown
    assert _PLACES[Target.PARENTS_LIST].detail == {"show": "parents"}


def test_that_nobody_is_left_can_be_recorded(window: MainWindow, demo: School) -> None:
    record_published(demo, demo.clock.today(), "website")
    for each in recipients(demo):
        remove_recipient(demo, each.id)
    for row in board(demo).rows:
        if not row.file.product.is_stopped(demo.clock.today()):
            stop_product(demo, row.file.product.id, demo.clock.today() - timedelta(days=1), "weg")
        confirm_deletion(demo, row.file.product.id, demo.clock.today(), "brief")
    assert parents_list(demo).lines == ()
    assert "Geplaatst vastleggen…" in buttons(part(window))


def test_what_changed_is_told_line_by_line_until_it_is_placed_again(
    window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    gone = recipients(demo)[0]
    new = unread(demo)
    remove_recipient(demo, gone.id)
    shown = part(window)
    assert f"{len(new) + 1} regels" in texts(shown)
    dialog = asked(qtbot, shown, "Wat is er veranderd…")
    assert f"Niet meer op de lijst: {gone.name}" in texts(dialog)
    assert all(f"Nieuw: {each.who}" in texts(dialog) for each in new if not each.before)
    press(qtbot, dialog, "Sluiten")
    before = publications(demo)
    dialog = asked(qtbot, shown, "Geplaatst vastleggen…")
    assert dialog.fields["place"].text() == before[0].place
    dialog.fields["place"].setText("schoolgids")
    press(qtbot, dialog, "Vastleggen")
    assert publications(demo)[0].place == "schoolgids"
    assert unread(demo) == []
    qtbot.waitUntil(lambda: "Ouders kunnen lezen wat hier nu staat." in texts(shown))
    assert window.workplace is not None
    window.workplace._toast.undo()
    assert publications(demo) == before
    qtbot.waitUntil(lambda: f"{len(new) + 1} regels" in texts(shown))


def test_where_it_was_put_must_be_told(window: MainWindow, demo: School, qtbot: QtBot) -> None:
    before = publications(demo)
    dialog = asked(qtbot, part(window), "Geplaatst vastleggen…")
    dialog.fields["place"].clear()
    press(qtbot, dialog, "Vastleggen")
    assert dialog.isVisible() and publications(demo) == before
    dialog.fields["place"].setText("website")
    dialog.fields["on"].setText("1-1-2020")  # before it was placed last
    press(qtbot, dialog, "Vastleggen")
    press(qtbot, modal(qtbot), "Begrepen")
    assert dialog.isVisible() and publications(demo) == before


def test_what_it_said_then_can_be_read_later(
    window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    gone = recipients(demo)[0]
    remove_recipient(demo, gone.id)
    record_published(demo, demo.clock.today(), "schoolgids")
    dialog = asked(qtbot, part(window), "Wat er toen stond…")
    assert "schoolgids" in dialog.when.currentText()
    assert gone.what not in texts(dialog)
    dialog.when.setFocus()
    qtbot.keyClick(dialog.when, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: gone.what in texts(dialog))
    assert publications(demo)[1].place in texts(dialog)


@pytest.mark.parametrize(
    ("text", "suffix", "make"),
    [("Als webpagina…", ".html", page_html), ("Als tekst…", ".txt", page_text)],
)
def test_it_is_saved_whole_and_never_over_what_is_something_else(
    window: MainWindow,
    demo: School,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    text: str,
    suffix: str,
    make: Any,
) -> None:
    target = tmp_path / f"lijst{suffix}"
    monkeypatch.setattr(files, "choose_new_file", lambda *_: tmp_path / "lijst")
    shown = part(window)
    press(qtbot, shown, text)
    assert target.read_text(encoding="utf-8") == make(demo)
    assert target.name in told(window)
    target.write_text("iets van iemand anders", encoding="utf-8")
    monkeypatch.setattr(files, "choose_new_file", lambda *_: target)
    press(qtbot, shown, text)
    press(qtbot, modal(qtbot), "Begrepen")
    assert target.read_text(encoding="utf-8") == "iets van iemand anders"
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith("lijst")] == [
        target.name
    ]


def test_no_place_chosen_saves_nothing(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = sorted(tmp_path.iterdir())
    monkeypatch.setattr(files, "choose_new_file", lambda *_: None)
    press(qtbot, part(window), "Als tekst…")
    assert sorted(tmp_path.iterdir()) == before


def test_it_is_copied_as_page_and_as_text(window: MainWindow, demo: School, qtbot: QtBot) -> None:
    press(qtbot, part(window), "Kopiëren")
    there = QGuiApplication.clipboard().mimeData()
    assert there.text() == page_text(demo)
    assert there.html() == page_html(demo)


def test_no_two_buttons_have_the_same_name(window: MainWindow) -> None:
    part(window)
    pressed = [
        each.text().replace("&", "")
        for each in suppliers(window, show="parents").findChildren(QPushButton)
        if each.isVisible() and each.text()
    ]
    assert "Afdrukken…" in pressed and "Lijst afdrukken…" in pressed
    assert sorted(pressed) == sorted(set(pressed))


def test_it_is_printed_from_here(window: MainWindow, qtbot: QtBot) -> None:
    shown = part(window)
    press(qtbot, shown, "Lijst afdrukken…")
    qtbot.waitUntil(lambda: modal(qtbot).windowTitle() == "Lijst voor ouders")


def test_who_may_only_look_reads_prints_and_saves(
    demo_folder: Path, clock: SetClock, qtbot: QtBot
) -> None:
    with only_to_read(demo_folder, clock, qtbot) as window:
        shown = part(window)
        assert "Geplaatst vastleggen…" not in buttons(shown)
        assert {"Lijst afdrukken…", "Als webpagina…", "Als tekst…", "Kopiëren"} <= buttons(shown)
        shown.focus_first()
        assert shown._printed.hasFocus()
