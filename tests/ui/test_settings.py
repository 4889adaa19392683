"""The settings by keys: school, letter, term, this computer."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLineEdit,
    QListWidget,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from schoolprivacy.people.profile import change_profile, read_logo, read_profile
from schoolprivacy.people.terms import Profile
from schoolprivacy.school import School
from schoolprivacy.station import Station, read_station, write_station
from tests.ui.hands import pause
from tests.ui.settings_kit import press_button, said, section_of, settings_of, window_on
from ui import files, preview, theme
from ui.jobs import is_busy
from ui.main_window import MainWindow
from ui.screens.settings_computer import ComputerSection
from ui.screens.settings_letter import LetterSection
from ui.screens.settings_school import SchoolSection
from ui.screens.settings_section import FormSection
from ui.screens.settings_term import TermSection

PARTS = (
    "school",
    "letter",
    "purposes",
    "term",
    "letters",
    "calendar",
    "users",
    "paper_key",
    "backups",
    "computer",
    "about",
)


def _profile(school: School) -> Profile:
    with school.reading() as session:
        return read_profile(session)


def _type_over(qtbot: QtBot, field: QWidget, text: str) -> None:
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(field, Qt.Key.Key_Delete)
    if text.isascii():
        qtbot.keyClicks(field, text)
    elif isinstance(field, QLineEdit):
        field.insert(text)  # QTest has no keys for these


def _save(qtbot: QtBot, window: MainWindow) -> None:
    pause(qtbot)
    focus = QApplication.focusWidget() or window
    qtbot.keyClick(focus, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)


def _undo(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)


# — going about —


@pytest.mark.parametrize("key", PARTS)
def test_every_part_opens_by_its_name(window: MainWindow, qtbot: QtBot, key: str) -> None:
    section = section_of(window, key)
    qtbot.waitUntil(lambda: not is_busy())
    assert section.isVisible() and section.accessibleName()
    inside = QApplication.focusWidget()
    assert inside is not None and section.isAncestorOf(inside)


def test_one_walks_along_the_list_with_the_arrows(window: MainWindow, qtbot: QtBot) -> None:
    section_of(window, "school")
    screen = settings_of(window)
    parts = screen.findChild(QListWidget)
    assert parts is not None
    parts.setFocus()
    for _ in range(3):
        qtbot.keyClick(parts, Qt.Key.Key_Down)
    assert isinstance(screen.section, TermSection) and screen.section.isVisible()
    assert parts.hasFocus()


def test_at_200_percent_the_list_is_a_choice_above(
    look: Callable[..., None], make_window: Callable[[], MainWindow], qtbot: QtBot
) -> None:
    look(zoom=2.0)
    window = make_window()
    section_of(window, "school")
    screen = settings_of(window)
    combo = screen.findChild(QComboBox)
    parts = screen.findChild(QListWidget)
    assert combo is not None and parts is not None
    assert combo.isVisible() and not parts.isVisible()
    combo.setFocus()
    qtbot.keyClick(combo, Qt.Key.Key_Down)
    assert isinstance(screen.section, LetterSection)
    assert window.width() == 1280


def test_at_200_percent_no_part_is_wider_than_the_window(
    look: Callable[..., None], make_window: Callable[[], MainWindow], qtbot: QtBot
) -> None:
    look(zoom=2.0)
    window = make_window()
    for key in PARTS:
        section = section_of(window, key)
        qtbot.waitUntil(lambda: not is_busy())
        viewport = section.parentWidget()
        assert viewport is not None
        assert section.minimumSizeHint().width() <= viewport.width(), key


def test_at_200_percent_a_wrong_field_comes_into_view(
    look: Callable[..., None], make_window: Callable[[], MainWindow], qtbot: QtBot
) -> None:
    look(zoom=2.0)
    section = section_of(make_window(), "school")
    assert isinstance(section, SchoolSection)
    field = section.fields["website"]
    assert field.visibleRegion().isEmpty()
    field.setText("onze site")
    section.save()
    assert not field.visibleRegion().isEmpty()


def test_what_was_typed_is_not_lost_by_going_elsewhere(
    window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    section = section_of(window, "school")
    assert isinstance(section, SchoolSection)
    before = _profile(demo)
    _type_over(qtbot, section.fields["board"], "Ander Bestuur")
    assert window.workplace is not None
    window.workplace.desk.go("overview")
    question = QApplication.activeModalWidget()
    assert question is not None
    qtbot.keyClick(question, Qt.Key.Key_Escape)
    assert section.isVisible() and section.fields["board"].text() == "Ander Bestuur"
    window.workplace.desk.go("settings", section="term")
    press_button(qtbot, QApplication.activeModalWidget(), "Weggooien")
    assert _profile(demo) == before
    assert section.fields["board"].text() == before.board
    assert isinstance(settings_of(window).section, TermSection)


def test_from_the_list_one_goes_on_after_dropping_what_was_typed(
    window: MainWindow, qtbot: QtBot
) -> None:
    section = section_of(window, "school")
    assert isinstance(section, SchoolSection)
    _type_over(qtbot, section.fields["board"], "Ander Bestuur")
    screen = settings_of(window)
    parts = screen.findChild(QListWidget)
    assert parts is not None
    parts.setFocus()
    qtbot.keyClick(parts, Qt.Key.Key_Down)
    assert screen.section is section and parts.currentRow() == 0
    press_button(qtbot, QApplication.activeModalWidget(), "Weggooien")
    assert isinstance(screen.section, LetterSection) and parts.currentRow() == 1


# — the school —


def test_the_school_is_saved_with_keys_and_put_back(
    window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    section = section_of(window, "school")
    assert isinstance(section, SchoolSection)
    before = _profile(demo)
    assert not section.save_button.isEnabled()
    _type_over(qtbot, section.fields["board"], "Stichting  Voorbeeld ")
    _type_over(qtbot, section.fields["postcode"], "1234ab")
    _save(qtbot, window)
    now = _profile(demo)
    assert (now.board, now.postcode) == ("Stichting Voorbeeld", "1234 AB")
    assert now == replace(before, board=now.board, postcode=now.postcode)
    assert section.fields["postcode"].text() == "1234 AB"
    assert not section.save_button.isEnabled()
    _undo(qtbot, window)
    assert _profile(demo) == before
    assert section.fields["board"].text() == before.board


@pytest.mark.parametrize(
    ("name", "typed", "told"),
    [
        ("name", "", "naam van de school"),
        ("postcode", "12 AB", "postcode"),
        ("phone", "bel maar", "telefoonnummer"),
        ("email", "info at school", "e-mailadres"),
        ("website", "onze site", "website"),
        ("board", "Stichting ☃", "U+2603"),
    ],
)
def test_a_wrong_value_is_told_at_its_field_and_not_stored(
    window: MainWindow, demo: School, qtbot: QtBot, name: str, typed: str, told: str
) -> None:
    section = section_of(window, "school")
    assert isinstance(section, SchoolSection)
    before = _profile(demo)
    _type_over(qtbot, section.fields[name], typed)
    _save(qtbot, window)
    assert _profile(demo) == before
    assert section.fields[name].property("wrong") and section.fields[name].hasFocus()
    assert told in said(section, "problem")
    section.discard()
    assert said(section, "problem") == ""


def test_a_missing_board_is_pointed_out(window: MainWindow, demo: School) -> None:
    change_profile(demo, dpo="")
    section = section_of(window, "school")
    assert "AVG 13" in said(section, "notice")
    change_profile(demo, dpo="fg@bestuur.example")
    assert window.workplace is not None
    window.workplace.desk.tell_change()
    assert said(section, "notice") == ""


def test_what_is_typed_stays_when_something_else_changes(
    window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    section = section_of(window, "school")
    assert isinstance(section, SchoolSection) and window.workplace is not None
    _type_over(qtbot, section.fields["board"], "Half get")
    change_profile(demo, phone="0201234567")
    window.workplace.desk.tell_change()
    assert section.fields["board"].text() == "Half get"


# — logo and letter —


def _picture(kind: str, folder: Path) -> Path:
    written = io.BytesIO()
    Image.new("RGB", (300, 90), "#1f5fbf").save(written, kind)
    place = folder / f"logo.{kind.lower()}"
    place.write_bytes(written.getvalue())
    return place


def _choose_logo(
    monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, section: QWidget, place: Path
) -> None:
    monkeypatch.setattr(files, "choose_file", lambda *_: place)
    press_button(qtbot, section, "Logo kiezen…")


def test_a_logo_is_chosen_replaced_and_taken_off(
    window: MainWindow,
    demo: School,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def stored() -> bytes | None:
        with demo.reading() as session:
            return read_logo(session)

    section = section_of(window, "letter")
    png, jpeg = _picture("PNG", tmp_path), _picture("JPEG", tmp_path)
    _choose_logo(monkeypatch, qtbot, section, png)
    assert stored() == png.read_bytes()
    _choose_logo(monkeypatch, qtbot, section, jpeg)
    assert stored() == jpeg.read_bytes()
    _undo(qtbot, window)
    assert stored() == png.read_bytes()
    press_button(qtbot, section, "Logo weghalen")
    assert stored() is None
    _undo(qtbot, window)
    assert stored() == png.read_bytes()


@pytest.mark.parametrize("content", [b"%PDF-1.7", b"\x89PNG\r\n\x1a\n broken", b"", None])
def test_what_is_no_logo_is_told(
    window: MainWindow,
    demo: School,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    content: bytes | None,
) -> None:
    place = tmp_path / "logo.png"
    if content is not None:
        place.write_bytes(content)
    section = section_of(window, "letter")
    _choose_logo(monkeypatch, qtbot, section, place)
    told = QApplication.activeModalWidget()
    assert told is not None and "niets veranderd" in told.property("text")
    told.close()
    with demo.reading() as session:
        assert read_logo(session) is None


def test_the_address_is_moved_and_the_test_page_printed_and_registered(
    window: MainWindow,
    demo: School,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    target = tmp_path / "test.pdf"

    def to_file(printer: QPrinter, *_: object) -> bool:
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(target))
        return True

    monkeypatch.setattr(preview, "ask_printer", to_file)
    section = section_of(window, "letter")
    assert isinstance(section, LetterSection)
    with demo.reading() as session:
        before = session.anchor().seq
    qtbot.keyClick(section.fields["window_side"], Qt.Key.Key_Down)
    dx = section.fields["window_dx"]
    dx.setFocus()
    qtbot.keyClick(dx, Qt.Key.Key_Up)
    assert section.is_changed()
    press_button(qtbot, section, "Testblad afdrukken…")
    qtbot.waitUntil(lambda: target.is_file() and not is_busy(), timeout=20_000)
    profile = _profile(demo)
    assert (profile.window_side, profile.window_dx) == ("right", 0.5)
    with demo.reading() as session:
        assert session.anchor().seq == before + 2  # the new place, and the test page


def test_a_test_page_that_is_not_printed_is_not_registered(
    window: MainWindow, demo: School, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preview, "ask_printer", lambda *_: False)
    section = section_of(window, "letter")
    with demo.reading() as session:
        before = session.anchor()
    press_button(qtbot, section, "Testblad afdrukken…")
    with demo.reading() as session:
        assert session.anchor() == before


# — hand-in term —


def test_the_term_is_set_with_an_example(window: MainWindow, demo: School, qtbot: QtBot) -> None:
    section = section_of(window, "term")
    assert isinstance(section, TermSection)
    _type_over(qtbot, section.fields["hand_in_days"], "19")
    qtbot.waitUntil(lambda: section.fields["hand_in_days"].value() == 19)
    shown = said(section, "")
    assert "23\u00a0november\u00a02026" in shown  # 2 + 19 is Saturday the 21st
    _save(qtbot, window)
    assert _profile(demo).hand_in_days == 19
    _undo(qtbot, window)
    assert _profile(demo).hand_in_days == 14


# — this computer —


@pytest.fixture
def fresh_station(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def test_zoom_and_palette_are_chosen_and_kept(
    window: MainWindow, qtbot: QtBot, fresh_station: None, look: Callable[..., None]
) -> None:
    section = section_of(window, "computer")
    assert isinstance(section, ComputerSection)
    qtbot.keyClick(section.fields["theme"], Qt.Key.Key_End)
    qtbot.keyClick(section.fields["zoom"], Qt.Key.Key_Down)
    _save(qtbot, window)
    assert theme.colours().dark and theme.zoom() == 1.25
    station = read_station()
    assert (station.theme, station.zoom) == ("dark", 125)
    again = settings_of(window).section  # the screens were made anew, on the same part
    assert isinstance(again, ComputerSection) and again is not section
    assert again.fields["zoom"].currentData() == 125


def test_the_lock_comes_after_the_minutes_that_were_chosen(
    window: MainWindow, qtbot: QtBot, fresh_station: None
) -> None:
    section = section_of(window, "computer")
    assert isinstance(section, ComputerSection)
    _type_over(qtbot, section.fields["lock_after_minutes"], "3")
    qtbot.waitUntil(lambda: section.fields["lock_after_minutes"].value() == 3)
    _save(qtbot, window)
    assert read_station().lock_after_minutes == 3
    assert window._idle.interval() == 3 * 60_000
    _undo(qtbot, window)
    assert read_station().lock_after_minutes == 10
    assert window._idle.interval() == 10 * 60_000


def test_a_new_window_knows_when_to_lock(
    make_window: Callable[[], MainWindow], fresh_station: None
) -> None:
    write_station(Station(lock_after_minutes=1))
    assert make_window()._idle.interval() == 60_000


# — read only —


def test_a_read_only_school_shows_everything_and_changes_nothing(
    demo_folder: Path, qtbot: QtBot
) -> None:
    school = School.open(demo_folder, "vier groene fietsen slapen", read_only=True)
    with window_on(school, qtbot) as window:
        for key in (
            "school",
            "letter",
            "purposes",
            "term",
            "calendar",
            "users",
            "paper_key",
            "backups",
        ):
            section = section_of(window, key)
            qtbot.waitUntil(lambda: not is_busy())
            assert "geopend om te lezen" in said(section, "notice"), key
            if isinstance(section, FormSection):
                assert not any(section.fields[name].isEnabled() for name in section.read())
        computer = section_of(window, "computer")
        assert isinstance(computer, ComputerSection) and computer.fields["zoom"].isEnabled()
    school.lock()


def test_every_button_says_what_it_does(window: MainWindow, qtbot: QtBot) -> None:
    for key in PARTS:
        section = section_of(window, key)
        qtbot.waitUntil(lambda: not is_busy())
        for each in section.findChildren(QPushButton):
            assert each.accessibleName(), key
