"""Who gets data and is no supplier, in the window."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from schoolprivacy.clock import SetClock
from schoolprivacy.school import School
from schoolprivacy.suppliers.recipients import add_recipients, recipients
from schoolprivacy.suppliers.usual import usual_recipients
from tests.ui.hands import escape, modal, press, texts
from tests.ui.okr_bench import buttons
from tests.ui.suppliers_bench import asked, only_to_read, suppliers
from ui.main_window import MainWindow
from ui.screens.suppliers_recipients import not_there


def part(window: MainWindow) -> Any:
    return suppliers(window, show="recipients").recipients


def names(shown: Any) -> list[str]:
    model = shown.table.model()
    return [str(model.index(place, 0).data()) for place in range(model.rowCount())]


def test_everybody_on_record_is_shown_with_why_there_is_no_agreement(
    window: MainWindow, demo: School
) -> None:
    shown = part(window)
    assert sorted(names(shown)) == sorted(each.name for each in recipients(demo))
    assert "verwerkersovereenkomst is dan niet nodig" in texts(shown)
    shown.table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    assert names(shown)[0] == "Volgende school"


def test_nobody_is_ticked_and_several_are_added_at_once(
    window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    shown, before = part(window), recipients(demo)
    dialog = asked(qtbot, shown, "Vaak voorkomend…")
    assert [each.name for _, each in dialog.ticks] == [each.name for each in not_there(before)]
    assert not any(tick.isChecked() for tick, _ in dialog.ticks)
    press(qtbot, dialog, "Toevoegen")
    press(qtbot, modal(qtbot), "Begrepen")
    assert recipients(demo) == before
    for tick, _ in dialog.ticks:
        tick.setFocus()
        qtbot.keyClick(tick, Qt.Key.Key_Space)
    press(qtbot, dialog, "Toevoegen")
    assert not not_there(recipients(demo))
    assert "Vaak voorkomend…" not in buttons(shown)
    assert window.workplace is not None
    window.workplace._toast.undo()
    assert recipients(demo) == before
    assert sorted(names(shown)) == sorted(each.name for each in before)


def test_one_that_is_typed_needs_who_what_and_why(
    window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    shown, before = part(window), recipients(demo)
    dialog = asked(qtbot, shown, "Toevoegen…")
    dialog.fields["name"].setText("Zwembad De Dolfijn")
    press(qtbot, dialog, "Vastleggen")
    assert recipients(demo) == before and dialog.isVisible()
    dialog.fields["what"].setText("naam en zwemdiploma")
    dialog.fields["why"].setText("de zwemles")
    dialog.fields["since"].setText("1-9-2025")
    dialog.fields["last"].setText("1-8-2025")
    press(qtbot, dialog, "Vastleggen")
    assert "2025" in modal(qtbot).text()  # it would end before it began
    escape(qtbot)
    dialog.fields["last"].setText("")
    press(qtbot, dialog, "Vastleggen")
    added = next(each for each in recipients(demo) if each.name == "Zwembad De Dolfijn")
    assert added.what == "naam en zwemdiploma" and added.last_day is None
    assert added.name in names(shown)


def test_enter_changes_and_what_was_removed_comes_back(
    window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    shown = part(window)
    shown.focus_first()
    at = shown.table.current()
    qtbot.keyClick(shown.table, Qt.Key.Key_Return)
    dialog = modal(qtbot)
    assert dialog.fields["name"].text() == at.name
    dialog.fields["what"].setText("alleen de naam")
    press(qtbot, dialog, "Vastleggen")
    assert shown.table.current().id == at.id
    assert next(e for e in recipients(demo) if e.id == at.id).what == "alleen de naam"
    press(qtbot, shown, "Weghalen")
    assert at.id not in {each.id for each in recipients(demo)}
    assert window.workplace is not None
    window.workplace._toast.undo()
    assert at.id in {each.id for each in recipients(demo)}


def test_who_may_only_look_changes_nothing(
    demo_folder: Path, clock: SetClock, qtbot: QtBot
) -> None:
    with only_to_read(demo_folder, clock, qtbot) as window:
        shown = part(window)
        assert names(shown)
        assert not buttons(shown)
        qtbot.keyClick(shown.table, Qt.Key.Key_Return)
        assert QApplication.activeModalWidget() is None


def test_the_usual_ones_are_those_not_on_record_whatever_the_capitals(demo: School) -> None:
    add_recipients(demo, not_there(recipients(demo)))
    assert len(usual_recipients()) == len(recipients(demo))
    assert not_there(recipients(demo)) == []
