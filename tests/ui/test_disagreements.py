"""Parents who do not agree: found, told apart, written to and answered, by keys."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from schoolprivacy.consents.conflicts import ChildInConflict, conflicts
from schoolprivacy.consents.history import cell_history
from schoolprivacy.consents.terms import Answer
from schoolprivacy.school import School
from tests.ui.hands import modal, press, texts
from tests.ui.settings_kit import window_on
from tests.vault.schools import DIRECTOR
from ui import files, preview
from ui.main_window import MainWindow
from ui.screens.consent_forms import RecordDialog
from ui.screens.disagreements import DisagreementsScreen
from ui.screens.letter_dialog import LetterDialog


def opened(window: MainWindow, **detail: object) -> DisagreementsScreen:
    assert window.workplace is not None
    window.workplace.desk.go("disagreements", **detail)
    found = window.workplace.screen_of("disagreements")
    assert isinstance(found, DisagreementsScreen)
    return found


def _lines(found: list[ChildInConflict]) -> int:
    return sum(len(each.purposes) for each in found)


def _letter(qtbot: QtBot) -> LetterDialog:
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), LetterDialog))
    found = QApplication.activeModalWidget()
    assert isinstance(found, LetterDialog)
    return found


def test_every_child_stands_there_with_who_said_what(window: MainWindow, demo: School) -> None:
    expected = conflicts(demo)
    assert expected
    screen = opened(window)
    assert screen.table.hasFocus()
    assert screen.shown.rowCount() == _lines(expected)
    line = screen.table.current()
    said = next(
        each
        for child in expected
        for each in child.purposes
        if (child.child.pupil.id, each.purpose.code) == (line.pupil_id, line.code)
    )
    for name in (*said.yes, *said.no):
        assert name in screen.what.text()


def test_it_opens_at_a_child_and_searches(window: MainWindow, demo: School, qtbot: QtBot) -> None:
    last = conflicts(demo)[-1].child
    screen = opened(window, pupil=last.pupil.id)
    assert screen.table.current().pupil_id == last.pupil.id
    qtbot.keyClicks(screen.search, "qqq")
    assert screen.shown.rowCount() == 0
    assert not screen._details.isVisible()
    screen.search.clear()
    screen.group.choose(last.placement.group_name)
    groups = {screen.shown.index(n, 1).data() for n in range(screen.shown.rowCount())}
    assert len(groups) == 1


def test_a_new_answer_settles_it(window: MainWindow, demo: School, qtbot: QtBot) -> None:
    screen, before = opened(window), _lines(conflicts(demo))
    line = screen.table.current()
    qtbot.keyClick(screen.table, Qt.Key.Key_Return)
    form = modal(qtbot)
    assert isinstance(form, RecordDialog)
    names = [form.who.itemText(place) for place in range(form.who.count())]
    yes = next(n for n, text in enumerate(names) if text.split(" (")[0] in " ".join(line.yes))
    form.who.setCurrentIndex(yes)
    form.answer.no.click()
    qtbot.keyClick(form, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert cell_history(demo, line.pupil_id, line.code).answer is not Answer.CONFLICT
    assert screen.shown.rowCount() == before - 1


def test_a_letter_to_both_is_seen_and_printed(
    window: MainWindow,
    demo: School,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    target = tmp_path / "printed.pdf"

    def to_file(printer: QPrinter, *_: object) -> bool:
        printer.setOutputFileName(str(target))
        return True

    monkeypatch.setattr(preview, "ask_printer", to_file)
    screen = opened(window)
    press(qtbot, screen, "Brief aan allebei…")
    letter = _letter(qtbot)
    assert letter.paper.pages() >= 1
    assert _printed(demo) == 0  # a sample is no letter
    press(qtbot, letter, "Afdrukken…")
    qtbot.waitUntil(lambda: _printed(demo) == 1, timeout=60_000)
    qtbot.waitUntil(lambda: "afgedrukt en geregistreerd" in texts(window), timeout=20_000)
    assert target.read_bytes().startswith(b"%PDF")


def test_all_letters_are_saved_after_a_warning(
    window: MainWindow,
    demo: School,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    target = tmp_path / "brieven.pdf"
    monkeypatch.setattr(files, "choose_new_file", lambda *_: target)
    screen = opened(window)
    press(qtbot, screen, "Alle brieven…")
    letter = _letter(qtbot)
    press(qtbot, letter, "Bewaar als PDF…")
    warning: Any = modal(qtbot)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not letter)
    warning = QApplication.activeModalWidget()
    press(qtbot, warning, "Toch bewaren…")
    qtbot.waitUntil(target.exists, timeout=20_000)
    qtbot.waitUntil(lambda: _printed(demo) == 1, timeout=20_000)


def _printed(school: School) -> int:
    with school.reading() as session:
        lines = session.connection.exec_driver_sql(
            "SELECT COUNT(*) FROM audit WHERE action = 'conflict_letters.printed'"
        )
        return int(lines.scalar_one())


def test_where_everybody_agrees_it_says_so(school: School, qtbot: QtBot) -> None:
    with window_on(school, qtbot) as window:
        screen = opened(window)
        assert "Nergens spreken ouders elkaar tegen." in texts(screen)
        assert not screen.all_letters.isVisible()


def test_read_only_shows_and_changes_nothing(demo_folder: Path, qtbot: QtBot) -> None:
    to_read = School.open(demo_folder, DIRECTOR, read_only=True)
    with window_on(to_read, qtbot) as window:
        screen = opened(window)
        assert not screen.record.isEnabled()
        qtbot.keyClick(screen.table, Qt.Key.Key_Return)
        assert QApplication.activeModalWidget() is None
        press(qtbot, screen, "Brief aan allebei…")
        letter = _letter(qtbot)
        assert not letter.primary.isEnabled()
        assert not letter.save.isEnabled()
        letter.reject()
    to_read.lock()
