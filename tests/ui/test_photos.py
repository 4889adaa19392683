"""Who may be on this photo: found by a few letters, by group, and on paper."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from schoolprivacy.consents.own_no import note_own_no
from schoolprivacy.consents.photos.who_may import PhotoAnswer, check, who_may
from schoolprivacy.consents.purposes import purpose_settings, switch_purpose
from schoolprivacy.errors import sentence
from schoolprivacy.people.directory import groups
from schoolprivacy.school import School
from schoolprivacy.station import read_station
from schoolprivacy.vault.tables import audit
from tests.paper.reading import texts_of
from tests.ui.hands import modal, press, texts
from tests.ui.stage import desk_of, screen_of
from ui import files, jobs, preview
from ui.main_window import MainWindow
from ui.photo_answers import LARGE, USUAL, photo_signs
from ui.screens.photos import PhotosScreen
from ui.screens.photos_board import ANSWER
from ui.screens.photos_choices import ForDialog
from ui.screens.photos_sheets import ClassSheetDialog, EventSheetDialog

Key = Qt.Key
_LONG = 60_000


@pytest.fixture
def screen(window: MainWindow, demo: School, qtbot: QtBot) -> Iterator[PhotosScreen]:
    EventSheetDialog.chosen_groups = ()
    desk_of(window).go("photos")
    found = screen_of(window, "photos")
    assert isinstance(found, PhotosScreen)
    yield found
    qtbot.waitUntil(lambda: not jobs.is_busy(), timeout=_LONG)


@pytest.fixture
def printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the system's PDF printer puts what it prints."""
    target = tmp_path / "printed.pdf"

    def choose(printer: QPrinter, *_: object) -> bool:
        printer.setResolution(72)  # quick
        printer.setOutputFileName(str(target))
        return True

    monkeypatch.setattr(preview, "ask_printer", choose)
    return target


def shown(screen: PhotosScreen) -> list[str]:
    """The names on the board."""
    return [each.name for each in screen.board.board.table.rows]


def answers(screen: PhotosScreen, row: int = 0) -> list[PhotoAnswer]:
    model = screen.board.board
    return [model.index(row, each).data(ANSWER) for each in range(model.columnCount())]


def last_line(school: School) -> tuple[str, dict[str, Any]]:
    """What the audit trail tells last."""
    with school.reading() as session:
        row = session.execute(sa.select(audit).order_by(audit.c.seq.desc()).limit(1)).one()
    return row.action, json.loads(row.detail)


def open_event(screen: PhotosScreen, qtbot: QtBot) -> EventSheetDialog:
    press(qtbot, screen, "Lijst voor een gebeurtenis…")
    found = modal(qtbot)
    assert isinstance(found, EventSheetDialog)
    return found


def open_class(screen: PhotosScreen, qtbot: QtBot) -> ClassSheetDialog:
    press(qtbot, screen, "Groepslijst (vast)…")
    found = modal(qtbot)
    assert isinstance(found, ClassSheetDialog)
    return found


def seen(dialog: Any, qtbot: QtBot) -> str:
    """The text of the sample, once it is there."""
    qtbot.waitUntil(lambda: dialog._seen is not None, timeout=_LONG)
    pdf = dialog._seen.pdf
    return "" if pdf is None else "\n".join(texts_of(pdf))


# — looking —


def test_one_types_at_once_and_escape_empties(screen: PhotosScreen, qtbot: QtBot) -> None:
    field = QApplication.focusWidget()
    assert field is screen.search
    qtbot.keyClicks(field, "bra")
    assert shown(screen) == [each.name for each in check(screen.desk.school, "bra").rows]
    assert shown(screen)
    qtbot.keyClick(field, Key.Key_Escape)
    assert (screen.search.text(), shown(screen)) == ("", [])
    assert "Typ een paar letters" in texts(screen)


def test_down_goes_into_the_board_and_a_letter_comes_back(
    screen: PhotosScreen, qtbot: QtBot
) -> None:
    qtbot.keyClicks(screen.search, "bra")
    qtbot.keyClick(screen.search, Key.Key_Down)
    assert QApplication.focusWidget() is screen.board
    qtbot.keyClick(screen.board, Key.Key_Right)
    assert screen.board.currentIndex().column() == 1
    qtbot.keyClick(screen.board, Key.Key_N)
    assert (QApplication.focusWidget(), screen.search.text()) == (screen.search, "n")
    qtbot.keyClick(screen.search, Key.Key_Down)
    qtbot.keyClick(screen.board, Key.Key_Escape)
    assert (QApplication.focusWidget(), screen.search.text()) == (screen.search, "")


def test_a_group_is_sorted_by_roepnaam_and_typing_looks_in_the_whole_school(
    screen: PhotosScreen, qtbot: QtBot
) -> None:
    group = groups(screen.desk.school)[1]
    screen.group.setFocus()
    screen.group.choose(group)
    rows = who_may(screen.desk.school, [group]).rows
    assert shown(screen) == [each.name for each in rows]
    assert [each.call_name for each in rows] == sorted(each.call_name for each in rows)
    assert group not in texts(screen.board)
    other = next(
        each for each in who_may(screen.desk.school, groups(screen.desk.school)).rows
        if each.group != group
    )  # fmt: skip
    screen.search.setText(other.name)  # keyClicks knows no ễ
    assert (shown(screen), screen.group.value()) == ([other.name], None)


def test_few_children_are_shown_large(screen: PhotosScreen, qtbot: QtBot) -> None:
    name = who_may(screen.desk.school, groups(screen.desk.school)[:1]).rows[0].name
    screen.search.setText(name)
    assert screen.board.scale is LARGE
    screen.group.choose(groups(screen.desk.school)[0])
    assert screen.board.scale is USUAL


def test_a_childs_own_no_is_ask_first_and_explained(screen: PhotosScreen, qtbot: QtBot) -> None:
    school = screen.desk.school
    row = max(who_may(school, groups(school)).rows, key=lambda r: r.answers.count(PhotoAnswer.YES))
    before = row.answers
    note_own_no(school, row.pupil_id, school.clock.today(), "vindt het niet leuk")
    screen.desk.tell_change()
    screen.search.setText(row.name)
    expected = [PhotoAnswer.ASK_FIRST if each is PhotoAnswer.YES else each for each in before]
    assert answers(screen) == expected
    said = texts(screen)
    assert "vraag het kind zelf; zegt het nee, dan nee" in said
    assert "vindt het niet leuk" not in said


def test_cells_speak_and_never_tell_why(screen: PhotosScreen, qtbot: QtBot) -> None:
    screen.group.choose(groups(screen.desk.school)[0])
    model = screen.board.board
    words = {sign.word.lower() for sign in photo_signs().values()}
    for row in range(model.rowCount()):
        for column in range(model.columnCount()):
            spoken = model.index(row, column).data(Qt.ItemDataRole.AccessibleTextRole)
            name, said = spoken.rsplit(": ", 1)
            assert said in words
            assert name.startswith(model.table.rows[row].name)


def test_the_purposes_one_looks_at_are_remembered(
    screen: PhotosScreen, window: MainWindow, qtbot: QtBot
) -> None:
    every = check(screen.desk.school, "").purposes
    press(qtbot, screen, "Waarvoor: alle doelen")
    dialog = modal(qtbot)
    assert isinstance(dialog, ForDialog)
    press(qtbot, dialog, "Alles uit")
    press(qtbot, dialog, "Toon deze")
    assert dialog.isVisible()
    assert "Kies minstens één doel." in texts(dialog)
    dialog._ticks.choose({every[1].code})
    press(qtbot, dialog, "Toon deze")
    screen.group.choose(groups(screen.desk.school)[0])
    assert [each.code for each in screen.board.board.table.purposes] == [every[1].code]
    again = PhotosScreen(desk_of(window))
    again.refresh()
    assert again._codes() == (every[1].code,)
    again.deleteLater()


def test_nothing_of_a_group_or_child_is_written_on_this_computer(
    screen: PhotosScreen, qtbot: QtBot, printed: Path
) -> None:
    dialog = open_event(screen, qtbot)
    dialog._fields["event"].setText("Sinterklaas")
    dialog._groups.choose({groups(screen.desk.school)[0]})
    seen(dialog, qtbot)
    press(qtbot, dialog, "Afdrukken…")
    qtbot.waitUntil(lambda: last_line(screen.desk.school)[0] == "event_sheet.printed")
    said = str(dict(read_station().windows))
    assert "Sinterklaas" not in said
    assert not any(each in said for each in groups(screen.desk.school))


def test_nobody_found_says_what_to_do(screen: PhotosScreen, qtbot: QtBot) -> None:
    qtbot.keyClicks(screen.search, "qxz")
    assert "Geen kind met deze naam." in texts(screen)


def test_without_a_purpose_it_says_so(screen: PhotosScreen, qtbot: QtBot) -> None:
    for each in purpose_settings(screen.desk.school):
        if each.purpose.switched_on:
            switch_purpose(screen.desk.school, each.purpose.code, on=False)
    screen.desk.tell_change()
    qtbot.keyClicks(screen.search, "bra")
    assert "geen doel voor foto's" in texts(screen)
    assert not screen._of_event.isEnabled()


def test_it_opens_at_a_group_and_comes_back_after_another_look(
    screen: PhotosScreen, window: MainWindow
) -> None:
    group = groups(screen.desk.school)[2]
    desk_of(window).go("photos", group=group)
    assert shown(screen)
    assert screen.detail_to_reopen() == {"text": "", "group": group}
    desk_of(window).go("photos", text="bra", group=None)
    assert screen.detail_to_reopen() == {"text": "bra", "group": None}


# — on paper —


def test_the_event_sheet_is_seen_printed_and_in_the_trail(
    screen: PhotosScreen, qtbot: QtBot, printed: Path
) -> None:
    school = screen.desk.school
    two = groups(school)[:2]
    dialog = open_event(screen, qtbot)
    assert dialog.focusWidget() is dialog._fields["event"]
    qtbot.waitUntil(lambda: not dialog.primary.isEnabled())
    qtbot.keyClicks(dialog.focusWidget(), "Sinterklaas")
    qtbot.waitUntil(lambda: "Kies minstens één groep" in dialog._nothing.text())
    dialog._groups.choose(set(two))
    dialog._purposes.choose({"website"})
    said = seen(dialog, qtbot)
    assert "Sinterklaas" in said
    assert "VOORBEELD" in said
    press(qtbot, dialog, "Afdrukken…")
    qtbot.waitUntil(lambda: last_line(school)[0] == "event_sheet.printed", timeout=_LONG)
    told = last_line(school)[1]
    assert (told["groups"], told["purposes"], told["way"]) == (two, ["website"], "printed")
    assert "Sinterklaas" not in json.dumps(told)
    qtbot.waitUntil(lambda: not jobs.is_busy(), timeout=_LONG)
    assert printed.exists()
    again = open_event(screen, qtbot)
    assert again._groups.chosen() == tuple(two)
    assert again._purposes.chosen() == ("website",)
    assert again._fields["event"].text() == ""
    qtbot.keyClick(again, Key.Key_Escape)


def test_a_day_that_is_too_early_is_told_at_the_day(screen: PhotosScreen, qtbot: QtBot) -> None:
    dialog = open_event(screen, qtbot)
    today = screen.desk.school.clock.today()
    dialog._fields["event"].setText("Musical")
    dialog._groups.choose({groups(screen.desk.school)[0]})
    dialog._fields["on"].set_date(today + timedelta(weeks=20))
    assert seen(dialog, qtbot) == ""
    assert not dialog.primary.isEnabled()
    labels = [each.text() for each in dialog.findChildren(QLabel) if each.isVisible()]
    assert sum("te ver weg" in each for each in labels) == 2
    dialog._fields["on"].set_date(today)
    assert "Musical" in seen(dialog, qtbot)


def test_the_class_sheet_of_a_group_and_of_all(
    screen: PhotosScreen, qtbot: QtBot, printed: Path
) -> None:
    names = groups(screen.desk.school)
    screen.group.choose(names[2])
    dialog = open_class(screen, qtbot)
    assert names[2] in seen(dialog, qtbot)
    assert dialog.view.pages() == 1
    dialog._group.choose(None)
    qtbot.waitUntil(lambda: dialog.view.pages() == len(names), timeout=_LONG)
    qtbot.keyClick(dialog._group, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(
        lambda: last_line(screen.desk.school)[0] == "class_sheet.printed", timeout=_LONG
    )


def test_saving_is_warned_and_proposes_a_name_without_a_child(
    screen: PhotosScreen, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target, told = tmp_path / "blad.pdf", []

    def choose(_parent: QWidget, _title: str, proposed: str, _kinds: str) -> Path:
        told.append(proposed)
        return target

    monkeypatch.setattr(files, "choose_new_file", choose)
    dialog = open_class(screen, qtbot)
    dialog._group.choose("Groep 7/8")
    seen(dialog, qtbot)
    press(qtbot, dialog, "Bewaar als PDF…")
    question = modal(qtbot)
    assert sentence("paper.readable") in question.text()
    press(qtbot, question, "Toch bewaren…")
    qtbot.waitUntil(
        lambda: last_line(screen.desk.school)[0] == "class_sheet.printed", timeout=_LONG
    )
    qtbot.waitUntil(target.exists, timeout=_LONG)
    assert last_line(screen.desk.school)[1]["way"] == "saved"
    assert told == ["fotoblad-Groep 7-8-2026-11-02.pdf"]


def test_looking_registers_nothing_and_no_printer_is_nothing_done(
    screen: PhotosScreen, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = last_line(screen.desk.school)
    monkeypatch.setattr(preview, "ask_printer", lambda *_: False)
    dialog = open_class(screen, qtbot)
    seen(dialog, qtbot)
    press(qtbot, dialog, "Afdrukken…")
    assert dialog.isVisible()
    qtbot.keyClick(dialog, Key.Key_Escape)
    assert last_line(screen.desk.school) == before
