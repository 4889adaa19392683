"""The school's calendar by keys: region, school year, own dates, the year planner."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from schoolprivacy.people.calendar import (
    CalendarEntry,
    EntryKind,
    add_entry,
    read_calendar,
    remove_entry,
)
from schoolprivacy.people.profile import change_profile
from schoolprivacy.school import School
from schoolprivacy.schoolyear import SchoolYear
from tests.ui.hands import enter, modal, texts
from tests.ui.settings_kit import press_button, said, section_of, window_on
from ui import preview
from ui.jobs import is_busy
from ui.main_window import MainWindow
from ui.screens.settings_calendar import CalendarSection
from ui.screens.settings_calendar_entry import EntryDialog
from ui.screens.settings_calendar_planner import PlannerDialog
from ui.screens.settings_calendar_rows import Line

YEAR = SchoolYear(2026)


def _section(window: MainWindow) -> CalendarSection:
    found = section_of(window, "calendar")
    assert isinstance(found, CalendarSection)
    return found


def _lines(section: CalendarSection) -> list[Line]:
    model = section.table.model()
    rows = range(model.rowCount())
    return [model.index(n, 0).data(Qt.ItemDataRole.UserRole) for n in rows]


def _titles(section: CalendarSection) -> list[str]:
    return [each.title for each in _lines(section)]


def _go_to(section: CalendarSection, title: str) -> None:
    section.table.setFocus()
    section.table.selectRow(_titles(section).index(title))


def _entries(school: School, year: SchoolYear = YEAR) -> list[CalendarEntry]:
    return list(read_calendar(school, year).entries)


def _type_over(qtbot: QtBot, field: QLineEdit, text: str) -> None:
    field.setFocus()
    field.clear()
    qtbot.keyClicks(field, text)
    qtbot.waitUntil(lambda: field.text() == text)  # the scanner holds fast digits back


def _asked(qtbot: QtBot) -> EntryDialog:
    found = modal(qtbot)
    assert isinstance(found, EntryDialog)
    return found


def _gone(qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)


def _confirm(qtbot: QtBot, asked: EntryDialog) -> None:
    """Enter in the field one is at; offscreen the keys may still go to the window behind it."""
    qtbot.keyClick(asked.focusWidget(), Qt.Key.Key_Return)
    _gone(qtbot)


def _see(qtbot: QtBot, section: CalendarSection, text: str) -> None:
    """What was put in a layout just now is shown in the next round of events."""
    qtbot.waitUntil(lambda: text in texts(section))


def _undo(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)


# — region and year —


def test_without_a_region_it_says_so_and_begins_there(
    demo: School, window: MainWindow, qtbot: QtBot
) -> None:
    change_profile(demo, region="")
    section = _section(window)
    _see(qtbot, section, "Kies de regio")
    assert QApplication.focusWidget() is section.region
    assert {each.kind for each in _lines(section)} == {"Feestdag"}


def test_the_region_is_kept_at_once_and_put_back(
    demo: School, window: MainWindow, qtbot: QtBot
) -> None:
    change_profile(demo, region="")
    section = _section(window)
    qtbot.keyClick(section.region, Qt.Key.Key_Down)
    assert read_calendar(demo).region == "noord"
    assert "Herfstvakantie" in _titles(section) and said(section, "notice") == ""
    assert QApplication.focusWidget() is section.region
    _undo(qtbot, window)
    assert read_calendar(demo).region == "" == section.region.value()
    _see(qtbot, section, "Kies de regio")


def test_all_dates_stand_in_one_table_in_order_of_day(demo: School, window: MainWindow) -> None:
    change_profile(demo, region="noord")
    add_entry(demo, EntryKind.MR, "MR-vergadering", date(2026, 12, 8))
    found = _lines(_section(window))
    assert [each.first for each in found] == sorted(each.first for each in found)
    told = {each.title: (each.kind, each.source) for each in found}
    assert told["Herfstvakantie"] == ("Schoolvakantie", "regio noord, advies")
    assert told["Kerstvakantie"] == ("Schoolvakantie", "regio noord")
    assert told["Eerste kerstdag"] == ("Feestdag", "landelijk")
    assert told["MR-vergadering"] == ("MR", "eigen school")
    assert len(found) == len(told) + 1  # two summers fall in a school year


def test_one_begins_at_what_comes_next(demo: School, window: MainWindow) -> None:
    change_profile(demo, region="noord")
    section = _section(window)
    line = section.table.current()
    assert line.title == "Kerstvakantie" and QApplication.focusWidget() is section.table


def test_another_school_year_is_shown_with_its_source(
    demo: School, window: MainWindow, qtbot: QtBot
) -> None:
    change_profile(demo, region="noord")
    section = _section(window)
    section.year.setFocus()
    qtbot.keyClick(section.year, Qt.Key.Key_Down)
    assert section.year.value() == SchoolYear(2027)
    assert _lines(section)[1].first == date(2027, 10, 16)
    _see(qtbot, section, "Overzicht schoolvakanties 2027-2028. Nagekeken op")
    assert section.table.currentIndex().row() == 0


def test_a_year_of_which_no_holidays_are_known_is_told(
    demo: School, window: MainWindow, qtbot: QtBot
) -> None:
    change_profile(demo, region="noord")
    section = _section(window)
    section.year.setFocus()
    qtbot.keyClick(section.year, Qt.Key.Key_End)
    _see(qtbot, section, "kent het programma de schoolvakanties nog niet")


def test_dates_that_are_not_confirmed_are_told(
    demo: School, window: MainWindow, qtbot: QtBot
) -> None:
    change_profile(demo, region="zuid")
    section = _section(window)
    _see(qtbot, section, "nog niet bevestigd")
    _see(qtbot, section, "adviesdatums")


def test_what_is_typed_finds_a_date(demo: School, window: MainWindow, qtbot: QtBot) -> None:
    change_profile(demo, region="noord")
    section = _section(window)
    section.search.setFocus()
    qtbot.keyClicks(section.search, "feestdag tweede")
    assert _titles(section) == ["Tweede kerstdag", "Tweede paasdag", "Tweede pinksterdag"]
    qtbot.keyClick(section.search, Qt.Key.Key_Down)
    assert QApplication.focusWidget() is section.table
    assert section.table.current().title == "Tweede kerstdag"
    section.search.setText("carnaval")
    assert "Niets gevonden" in texts(section) and not section.change_button.isEnabled()
    section.search.setFocus()
    qtbot.keyClick(section.search, Qt.Key.Key_Escape)
    assert len(_titles(section)) > 10 and section.table.isVisible()


# — own dates —


def _fill(qtbot: QtBot, asked: EntryDialog, **typed: str) -> None:
    for name, text in typed.items():
        _type_over(qtbot, asked.fields[name], text)


def test_an_own_date_is_added_with_keys_and_taken_back(
    demo: School, window: MainWindow, qtbot: QtBot
) -> None:
    section = _section(window)
    before = _entries(demo)
    press_button(qtbot, section, "Toevoegen…")
    asked = _asked(qtbot)
    assert asked.focusWidget() is asked.fields["kind"]
    _fill(qtbot, asked, title="Studiedag lezen", first="27-11-2026")
    _confirm(qtbot, asked)
    added = [each for each in _entries(demo) if each not in before]
    assert [(each.kind, each.title, each.first, each.last) for each in added] == [
        (EntryKind.STUDY_DAY, "Studiedag lezen", date(2026, 11, 27), date(2026, 11, 27))
    ]
    assert section.table.current().title == "Studiedag lezen"
    _undo(qtbot, window)
    assert _entries(demo) == before


def test_an_own_date_of_another_year_is_shown_there(
    demo: School, window: MainWindow, qtbot: QtBot
) -> None:
    section = _section(window)
    press_button(qtbot, section, "Toevoegen…")
    asked = _asked(qtbot)
    _fill(qtbot, asked, title="Schoolfeest", first="10-6-2024")
    _confirm(qtbot, asked)
    assert section.year.value() == SchoolYear(2023)
    assert section.table.current().title == "Schoolfeest"


def test_an_own_date_is_changed_with_enter(demo: School, window: MainWindow, qtbot: QtBot) -> None:
    kept = add_entry(demo, EntryKind.OTHER, "Schoolreis", date(2027, 6, 3)).about
    section = _section(window)
    _go_to(section, "Schoolreis")
    enter(qtbot)
    asked = _asked(qtbot)
    assert asked.fields["title"].text() == "Schoolreis" and asked.fields["last"].text() == ""
    _fill(qtbot, asked, first="10-6-2027", last="11-6-2027")
    _confirm(qtbot, asked)
    found = next(each for each in _entries(demo) if each.id == kept)
    assert (found.kind, found.first, found.last) == (
        EntryKind.OTHER,
        date(2027, 6, 10),
        date(2027, 6, 11),
    )
    assert section.table.current().first == date(2027, 6, 10)
    _undo(qtbot, window)
    assert next(each for each in _entries(demo) if each.id == kept).first == date(2027, 6, 3)


def test_an_own_date_is_removed_with_delete_and_put_back(
    demo: School, window: MainWindow, qtbot: QtBot
) -> None:
    add_entry(demo, EntryKind.MR, "MR-vergadering", date(2026, 12, 8))
    before = _entries(demo)
    section = _section(window)
    _go_to(section, "MR-vergadering")
    qtbot.keyClick(section.table, Qt.Key.Key_Delete)
    assert "MR-vergadering" not in _titles(section)
    assert QApplication.focusWidget() is section.table
    _undo(qtbot, window)
    assert _entries(demo) == before and "MR-vergadering" in _titles(section)


def test_own_days_take_the_place_of_a_holiday_of_the_region(
    demo: School, window: MainWindow, qtbot: QtBot
) -> None:
    change_profile(demo, region="noord")
    section = _section(window)
    _go_to(section, "Voorjaarsvakantie")
    assert not section.remove_button.isEnabled()
    press_button(qtbot, section, "Eigen dagen…")
    asked = _asked(qtbot)
    assert asked.fields["kind"].value() is EntryKind.HOLIDAY
    _fill(qtbot, asked, first="13-2-2027", last="21-2-2027")
    _confirm(qtbot, asked)
    found = [each for each in _lines(section) if each.title == "Voorjaarsvakantie"]
    assert [(each.first, each.source) for each in found] == [
        (date(2027, 2, 13), "school, vervangt regio")
    ]


def test_a_public_holiday_is_not_changed(demo: School, window: MainWindow, qtbot: QtBot) -> None:
    section = _section(window)
    _go_to(section, "Koningsdag")
    before = _entries(demo)
    enter(qtbot)
    qtbot.keyClick(section.table, Qt.Key.Key_Delete)
    assert QApplication.activeModalWidget() is None and _entries(demo) == before
    assert not section.change_button.isEnabled() and not section.remove_button.isEnabled()


@pytest.mark.parametrize(
    ("typed", "name", "told"),
    [
        ({"first": "3-6-2027"}, "title", "Geef de datum een naam"),
        ({"title": "Schoolreis"}, "first", "Vul de eerste dag in"),
        ({"title": "Schoolreis", "first": "31-2-2027"}, "first", "geen datum"),
        ({"title": "Reis", "first": "3-6-2027", "last": "2-6-2027"}, "last", "voor de eerste"),
        ({"title": "Reis", "first": "3-6-2027", "last": "3-12-2027"}, "last", "langer dan"),
        ({"title": "Reis", "first": "3-6-2047"}, "first", "jaar van nu"),
    ],
)
def test_what_cannot_be_is_told_at_its_field(
    demo: School,
    window: MainWindow,
    qtbot: QtBot,
    typed: dict[str, str],
    name: str,
    told: str,
) -> None:
    before = _entries(demo)
    press_button(qtbot, _section(window), "Toevoegen…")
    asked = _asked(qtbot)
    _fill(qtbot, asked, **typed)
    asked.primary.click()
    assert told in said(asked, "problem")
    assert asked.fields[name].property("wrong") and asked.focusWidget() is asked.fields[name]
    assert _entries(demo) == before and asked.isVisible()


def test_what_was_removed_meanwhile_is_told(demo: School, window: MainWindow, qtbot: QtBot) -> None:
    kept = add_entry(demo, EntryKind.OTHER, "Schoolreis", date(2027, 6, 3)).about
    section = _section(window)
    _go_to(section, "Schoolreis")
    section.change()
    asked = _asked(qtbot)
    remove_entry(demo, kept)
    asked.primary.click()
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not asked)
    box = QApplication.activeModalWidget()
    assert box is not None and "niet meer in de kalender" in box.property("text")


def test_escape_asks_before_it_drops_what_was_typed(
    demo: School, window: MainWindow, qtbot: QtBot
) -> None:
    press_button(qtbot, _section(window), "Toevoegen…")
    asked = _asked(qtbot)
    qtbot.keyClick(asked, Qt.Key.Key_Escape)
    _gone(qtbot)
    press_button(qtbot, _section(window), "Toevoegen…")
    again = _asked(qtbot)
    _fill(qtbot, again, title="Half")
    qtbot.keyClick(again, Qt.Key.Key_Escape)
    assert again.isVisible() and QApplication.activeModalWidget() is not again


# — the year planner —


def _planner(window: MainWindow, qtbot: QtBot) -> PlannerDialog:
    press_button(qtbot, _section(window), "Jaarplanner afdrukken…")
    found = modal(qtbot)
    assert isinstance(found, PlannerDialog)
    qtbot.waitUntil(lambda: found.paper.view.pages() == 1, timeout=20_000)
    return found


def test_the_planner_of_the_chosen_year_is_looked_at_without_being_registered(
    demo: School, window: MainWindow, qtbot: QtBot
) -> None:
    section = _section(window)
    section.year.setFocus()
    qtbot.keyClick(section.year, Qt.Key.Key_Down)
    with demo.reading() as session:
        before = session.anchor()
    found = _planner(window, qtbot)
    assert found.windowTitle() == "Jaarplanner 2027-2028"
    qtbot.keyClick(found, Qt.Key.Key_Escape)
    _gone(qtbot)
    with demo.reading() as session:
        assert session.anchor() == before


def test_the_planner_is_printed_and_registered(
    demo: School, window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "planner.pdf"

    def to_file(printer: QPrinter, *_: object) -> bool:
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(target))
        return True

    monkeypatch.setattr(preview, "ask_printer", to_file)
    with demo.reading() as session:
        before = session.anchor().seq
    press_button(qtbot, _planner(window, qtbot), "Afdrukken…")
    qtbot.waitUntil(lambda: target.is_file() and not is_busy(), timeout=20_000)
    _gone(qtbot)
    with demo.reading() as session:
        assert session.anchor().seq == before + 1


# — to read, and large —


def test_a_school_to_read_shows_the_calendar_without_changing_it(
    demo_folder: Path, qtbot: QtBot
) -> None:
    school = School.open(demo_folder, "vier groene fietsen slapen", read_only=True)
    with window_on(school, qtbot) as window:
        section = _section(window)
        hidden: list[QWidget] = [section.add_button, section.change_button, section.remove_button]
        assert not any(each.isVisible() for each in hidden)
        assert not section.region.isEnabled() and section.year.isEnabled()
        _go_to(section, _titles(section)[0])
        enter(qtbot)
        assert QApplication.activeModalWidget() is None
    school.lock()


def test_at_200_percent_everything_is_reached(
    look: Callable[..., None], demo: School, make_window: Callable[[], MainWindow], qtbot: QtBot
) -> None:
    look(zoom=2.0)
    section = _section(make_window())
    press_button(qtbot, section, "Toevoegen…")
    assert _asked(qtbot).width() <= section.window().width()
