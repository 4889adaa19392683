"""The people at school by keys: who they are, what they want, and their papers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QDialog, QPushButton
from pytestqt.qtbot import QtBot

from schoolprivacy.clock import SetClock
from schoolprivacy.consents.team.history import team_history
from schoolprivacy.consents.team.members import members, record_team_decisions
from schoolprivacy.consents.terms import Answer, Choice, Way
from schoolprivacy.people.names import full_name
from schoolprivacy.school import School
from tests.consents.team_builders import a_member, answers_of
from tests.ui.pupil_pages import desk_of, dialog, press, push, screen_of, texts, typed, undo_last
from tests.ui.settings_kit import window_on
from tests.vault.schools import DIRECTOR
from ui import preview
from ui.answers import signs
from ui.dialog import Dialog
from ui.jobs import is_busy
from ui.main_window import MainWindow
from ui.screens.team import TeamScreen
from ui.screens.team_forms import RecordDialog, WithdrawDialog
from ui.screens.team_member import LeftDialog, MemberDialog
from ui.screens.team_person import PersonDialog
from ui.screens.team_print import FormsDialog, SheetDialog
from ui.screens.team_rows import team_signs

Key = Qt.Key


class Bench:
    """The screen on a school, driven by keys."""

    def __init__(self, window: MainWindow, school: School, qtbot: QtBot) -> None:
        self.window, self.school, self.qtbot = window, school, qtbot
        desk_of(window).go("team")
        self.screen: TeamScreen = screen_of(window, "team")

    def names(self) -> list[str]:
        model = self.screen.table.model()
        return [model.index(row, 0).data() for row in range(model.rowCount())]

    def at(self, member: str) -> None:
        """Be at somebody, in the table."""
        desk_of(self.window).tell_change()
        self.screen._go_to(member)
        self.window.activateWindow()
        self.screen.table.setFocus()

    def key(self, key: Key) -> None:
        self.qtbot.keyClick(self.screen.table, key)

    def opened(self, member: str) -> PersonDialog:
        self.at(member)
        self.key(Key.Key_Return)
        return dialog(self.qtbot, PersonDialog)

    def people(self, *, left: bool = False) -> list[str]:
        return [full_name(each.member) for each in members(self.school, left=left).rows]


@pytest.fixture
def bench(school: School, qtbot: QtBot) -> Iterator[Bench]:
    with window_on(school, qtbot) as window:
        yield Bench(window, school, qtbot)


def said(school: School, member: str, **what: Any) -> None:
    day = school.clock.today()
    record_team_decisions(school, member, decided_on=day, way=Way.DESK, **what)


def test_an_empty_screen_says_what_to_do(bench: Bench, qtbot: QtBot) -> None:
    assert "Hier staat nog niemand" in texts(bench.screen)
    assert not bench.screen._forms.isVisible()
    push(qtbot, bench.screen, "Iemand toevoegen…")
    assert dialog(qtbot, MemberDialog).isVisible()


def test_somebody_is_added_by_keys_and_taken_back(bench: Bench, qtbot: QtBot) -> None:
    qtbot.keyClick(bench.screen, Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    dialog(qtbot, MemberDialog)
    typed(qtbot, "Noor", "de", "Wit")
    press(qtbot, Key.Key_Down)  # a trainee
    press(qtbot, Key.Key_Tab)
    typed(qtbot, "0612345678")
    press(qtbot, Key.Key_Return, ctrl=True)
    assert bench.people() == ["Noor de Wit"]
    assert bench.names() == ["Wit, Noor de"]
    assert members(bench.school).rows[0].member.phone == "+31612345678"
    undo_last(qtbot, bench.window)
    assert bench.people() == []


def test_a_wrong_number_is_told_at_its_field(bench: Bench, qtbot: QtBot) -> None:
    push(qtbot, bench.screen, "Toevoegen…")
    asked = dialog(qtbot, MemberDialog)
    asked.fields["surname"].setText("Wit")
    asked.fields["email"].setText("geen adres")
    press(qtbot, Key.Key_Return, ctrl=True)
    assert "Nog niet opgeslagen" in texts(asked) or QApplication.activeModalWidget() is not asked
    assert bench.people() == []


def test_somebody_is_changed(bench: Bench, qtbot: QtBot) -> None:
    person = bench.opened(a_member(bench.school))
    push(qtbot, person, "Gegevens wijzigen…")
    asked = dialog(qtbot, MemberDialog)
    asked.fields["surname"].setText("Zwart")
    press(qtbot, Key.Key_Return, ctrl=True)
    assert bench.people() == ["Noor de Zwart"]
    undo_last(qtbot, bench.window)
    assert bench.people() == ["Noor de Wit"]


def test_who_leaves_is_gone_from_the_table_and_can_come_back(
    bench: Bench, qtbot: QtBot, clock: SetClock
) -> None:
    noor = a_member(bench.school)
    a_member(bench.school, "Bo Smit")
    push(qtbot, bench.opened(noor), "Gaat weg…")
    asked = dialog(qtbot, LeftDialog)
    asked.fields["left_on"].setText("1-9-2020")
    press(qtbot, Key.Key_Return, ctrl=True)
    assert bench.names() == ["Smit, Bo"]
    bench.screen._left.setChecked(True)
    assert bench.names() == ["Smit, Bo", "Wit, Noor de (weg)"]
    push(qtbot, bench.opened(noor), "Is er weer")
    assert bench.people() == ["Bo Smit", "Noor de Wit"]
    undo_last(qtbot, bench.window)
    assert bench.people() == ["Bo Smit"]


def test_answers_are_recorded_by_keys_a_blank_stays_blank(bench: Bench, qtbot: QtBot) -> None:
    noor = a_member(bench.school)
    codes = [each.code for each in members(bench.school).purposes]
    bench.at(noor)
    bench.key(Key.Key_V)
    asked = dialog(qtbot, RecordDialog)
    assert asked.sheet.sheet.ticks() == {}  # nothing is ticked beforehand
    for key in (Key.Key_J, Key.Key_N, Key.Key_Space):
        qtbot.keyClick(asked.sheet, key)
    press(qtbot, Key.Key_Return, ctrl=True)
    found = answers_of(bench.school, noor)
    assert [found[each] for each in codes[:3]] == [
        Answer.GRANTED,
        Answer.REFUSED,
        Answer.NOT_ASKED,
    ]
    undo_last(qtbot, bench.window)
    assert set(answers_of(bench.school, noor).values()) == {Answer.NOT_ASKED}


def test_nothing_ticked_is_not_recorded_and_a_tick_is_not_lost(bench: Bench, qtbot: QtBot) -> None:
    noor = a_member(bench.school)
    bench.at(noor)
    bench.key(Key.Key_V)
    asked = dialog(qtbot, RecordDialog)
    press(qtbot, Key.Key_Return, ctrl=True)
    assert "niets aangekruist" in texts(asked)
    qtbot.keyClick(asked.sheet, Key.Key_J)
    qtbot.keyClick(asked, Key.Key_Escape)
    assert "nog niet is opgeslagen" in dialog(qtbot, QDialog).property("text")
    assert team_history(bench.school, noor) == ()


def test_a_day_in_the_future_is_refused(bench: Bench, qtbot: QtBot) -> None:
    noor = a_member(bench.school)
    bench.at(noor)
    bench.key(Key.Key_V)
    asked = dialog(qtbot, RecordDialog)
    qtbot.keyClick(asked.sheet, Key.Key_J)
    asked.fields["day"].setText("1-1-2090")
    press(qtbot, Key.Key_Return, ctrl=True)
    assert "in de toekomst" in texts(asked)
    assert team_history(bench.school, noor) == ()


def test_everything_is_withdrawn_in_two_steps(bench: Bench, qtbot: QtBot) -> None:
    noor = a_member(bench.school)
    codes = [each.code for each in members(bench.school).purposes][:2]
    said(bench.school, noor, yes=codes)
    bench.at(noor)
    bench.key(Key.Key_I)
    dialog(qtbot, WithdrawDialog)
    press(qtbot, Key.Key_Return, ctrl=True)
    found = answers_of(bench.school, noor)
    assert [found[each] for each in codes] == [Answer.WITHDRAWN] * 2
    undo_last(qtbot, bench.window)
    found = answers_of(bench.school, noor)
    assert [found[each] for each in codes] == [Answer.GRANTED] * 2


def test_without_a_yes_there_is_nothing_to_withdraw(bench: Bench, qtbot: QtBot) -> None:
    bench.at(a_member(bench.school))
    bench.key(Key.Key_I)
    assert QApplication.activeModalWidget() is None
    assert "geen ja om in te trekken" in texts(bench.window)


def test_the_history_tells_all_and_a_mistake_is_made_invalid(bench: Bench, qtbot: QtBot) -> None:
    noor = a_member(bench.school)
    code = members(bench.school).purposes[0].code
    said(bench.school, noor, yes=[code])
    person = bench.opened(noor)
    assert "Tekst waarop dit antwoord is gegeven (versie 1)" in texts(person)
    push(qtbot, person, "Verkeerd ingevoerd…")
    asked = dialog(qtbot, Dialog)
    press(qtbot, Key.Key_Return, ctrl=True)
    assert "Schrijf kort op" in texts(asked)
    typed(qtbot, "verkeerde persoon")
    press(qtbot, Key.Key_Return, ctrl=True)
    (line,) = team_history(bench.school, noor)
    assert line.choice is Choice.GRANTED
    assert line.invalidated is not None
    assert line.invalidated.why == "verkeerde persoon"
    assert "(ongeldig gemaakt)" in bench.opened(noor).lines.model().index(0, 2).data()


def test_a_no_is_never_an_alarm() -> None:
    ordinary, here = signs(), team_signs()
    assert {each.colour for each in here.values()} == {"yes", "open", "special"}
    assert here[Answer.GRANTED] == ordinary[Answer.GRANTED]
    assert [here[each].word for each in Answer] == [ordinary[each].word for each in Answer]


def test_cells_speak_and_search_finds(bench: Bench) -> None:
    noor = a_member(bench.school)
    a_member(bench.school, "Bo Smit")
    said(bench.school, noor, no=[members(bench.school).purposes[0].code])
    bench.at(noor)
    model = bench.screen.table.model()
    spoken = model.index(1, 3).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("Noor de Wit, ")
    assert spoken.endswith(": nee")
    bench.screen.search.setText("vrijw")
    assert bench.names() == []
    assert "Niemand past hierbij" in bench.screen.count.text()
    bench.screen.search.setText("smi")
    assert bench.names() == ["Smit, Bo"]


# — paper —


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


def test_forms_are_printed_for_who_was_not_asked(bench: Bench, qtbot: QtBot, printed: Path) -> None:
    noor, bo = a_member(bench.school), a_member(bench.school, "Bo Smit")
    said(bench.school, noor, yes=[members(bench.school).purposes[0].code])
    bench.at(noor)
    push(qtbot, bench.screen, "Formulieren…")
    asked = dialog(qtbot, FormsDialog)
    assert "1 persoon" in asked.whom.currentText()
    qtbot.waitUntil(lambda: asked.view.pages() > 0, timeout=20_000)
    assert set(answers_of(bench.school, bo).values()) == {Answer.NOT_ASKED}  # looking is no asking
    press(qtbot, Key.Key_Return, ctrl=True)
    qtbot.waitUntil(lambda: not is_busy() and printed.exists(), timeout=20_000)
    qtbot.waitUntil(lambda: "1 formulier gemaakt" in texts(bench.window), timeout=20_000)
    assert set(answers_of(bench.school, bo).values()) == {Answer.NO_ANSWER}


def test_the_sheet_is_printed(bench: Bench, qtbot: QtBot, printed: Path) -> None:
    bench.at(a_member(bench.school))
    push(qtbot, bench.screen, "Fotoblad…")
    asked = dialog(qtbot, SheetDialog)
    qtbot.waitUntil(lambda: asked.view.pages() == 1, timeout=20_000)
    press(qtbot, Key.Key_Return, ctrl=True)
    qtbot.waitUntil(lambda: not is_busy() and printed.exists(), timeout=20_000)
    qtbot.waitUntil(lambda: "fotoblad is gemaakt" in texts(bench.window), timeout=20_000)


def test_opened_to_read_nothing_can_be_changed(
    school: School, qtbot: QtBot, clock: SetClock
) -> None:
    noor = a_member(school)
    folder = school.folder
    school.lock()
    reading = School.open(folder, DIRECTOR, clock, read_only=True)
    with window_on(reading, qtbot) as window:
        bench = Bench(window, reading, qtbot)
        shown = [each.text() for each in bench.screen.findChildren(QPushButton) if each.isVisible()]
        assert shown == ["&Openen"]
        person = bench.opened(noor)
        shown = [each.text() for each in person.findChildren(QPushButton) if each.isVisible()]
        assert shown == ["&Sluiten"]
    reading.lock()
