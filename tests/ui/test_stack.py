"""Typing a stack of papers in a grid, as quickly as the papers are turned over."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QComboBox, QFrame, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from schoolprivacy.clock import SetClock
from schoolprivacy.consents.forms import print_forms
from schoolprivacy.consents.purposes import purpose_settings, switch_purpose
from schoolprivacy.consents.records import decisions
from schoolprivacy.consents.stack import stack
from schoolprivacy.consents.terms import Answer, Choice, Way
from schoolprivacy.people.directory import directory, groups
from schoolprivacy.people.terms import Authority
from schoolprivacy.school import School
from tests.consents.families import APART, FATHER, MOTHER, a_child, enrol
from tests.ui.hands import focused, modal, pause, press
from tests.ui.stage import desk_of
from tests.vault.schools import DIRECTOR
from ui.desk import Place
from ui.fields import DateField
from ui.jobs import is_busy
from ui.main_window import MainWindow
from ui.screens.stack import StackScreen
from ui.screens.stack_asked import AskedDialog
from ui.stack_grid import StackGrid
from ui.stack_model import DAY, DECLARED, FIRST, SIGNER, StackModel
from ui.stack_rows import Paper, papers_of

Key = Qt.Key
_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
Given = dict[tuple[str, str], tuple[Choice, str | None, date]]


@pytest.fixture
def first_place() -> Place:
    return Place("overview")


def _screen(window: MainWindow) -> StackScreen:
    assert window.workplace is not None
    screen = window.workplace.screen_of("stack")
    assert isinstance(screen, StackScreen)
    return screen


def _window(school: School, qtbot: QtBot) -> MainWindow:
    window = MainWindow()
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.enter(school)
    with qtbot.waitActive(window):
        window.show()
    return window


def _at(window: MainWindow, group: str, qtbot: QtBot) -> StackScreen:
    qtbot.waitUntil(lambda: not is_busy(), timeout=20_000)
    desk_of(window).go("stack", group=group)
    screen = _screen(window)
    focused(qtbot)  # offscreen nobody gives the window the keyboard back after a job
    screen.grid.begin()
    qtbot.waitUntil(lambda: screen.grid.hasFocus() and window.isActiveWindow(), timeout=20_000)
    return screen


@pytest.fixture
def group(demo: School) -> str:
    """A group of which all forms are out."""
    found = groups(demo)[2]
    print_forms(demo, lambda _: None, group=found)
    return found


@pytest.fixture
def screen(window: MainWindow, group: str, qtbot: QtBot) -> StackScreen:
    return _at(window, group, qtbot)


def _type(qtbot: QtBot, keys: str) -> None:
    """Wherever the keyboard is; ``>`` is Enter."""
    for each in keys:
        qtbot.keyClick(focused(qtbot), Key.Key_Return if each == ">" else each)
    pause(qtbot)


def _key(qtbot: QtBot, key: Qt.Key, how: Qt.KeyboardModifier | None = None) -> None:
    qtbot.keyClick(focused(qtbot), key, how or Qt.KeyboardModifier.NoModifier)


def _store(qtbot: QtBot) -> None:
    _key(qtbot, Key.Key_Return, _CTRL)
    qtbot.waitUntil(lambda: not is_busy(), timeout=20_000)
    QApplication.processEvents()


def _given(school: School) -> Given:
    """The decisions that are not taken back, by pupil and purpose; no cell twice."""
    with school.reading() as session:
        found = [each for of in decisions(session).values() for each in of]
    return {
        (each.pupil_id, each.purpose): (
            each.decision.choice,
            each.decision.signer,
            each.decision.decided_on,
        )
        for each in found
        if not each.decision.invalidated
    }


def _count(school: School) -> int:
    with school.reading() as session:
        found = [each for of in decisions(session).values() for each in of]
    return sum(not each.decision.invalidated for each in found)


def _told(widget: QWidget) -> str:
    QApplication.processEvents()
    boxes = [f for f in widget.findChildren(QFrame) if f.objectName() in ("notice", "trouble")]
    shown = [each for each in boxes if not each.isHidden()]
    return "\n".join(each.text() for box in shown for each in box.findChildren(QLabel))


def _place(grid: StackGrid) -> tuple[int, int]:
    return grid.currentIndex().row(), grid.currentIndex().column()


def _first_with(model: StackModel, wanted: Callable[[Paper], bool]) -> int:
    return next(row for row, each in enumerate(model.papers) if wanted(each))


# — as quick as the paper —


@pytest.fixture
def full_class(school: School) -> School:
    """Twenty-five children with two parents, thirteen purposes, one form each."""
    for place, each in enumerate(purpose_settings(school)):
        switch_purpose(school, each.purpose.code, on=place < 13)
    names = [
        f"{a}{b}" for a in ("Ab", "Bo", "Da", "Fe", "Ki") for b in ("el", "im", "or", "us", "ys")
    ]
    enrol(school, *(a_child(each, MOTHER, FATHER) for each in names))
    print_forms(school, lambda _: None)
    return school


def test_a_class_is_typed_by_keys_and_nothing_is_lost_or_doubled(
    full_class: School, qtbot: QtBot
) -> None:
    window = _window(full_class, qtbot)
    (group,) = groups(full_class)
    screen = _at(window, group, qtbot)
    model, chance = screen.model, random.Random(4)
    assert (len(model.papers), len(model.sheet.purposes)) == (25, 13)
    codes = [each.code for each in model.sheet.purposes]
    expected: dict[tuple[str, str], tuple[Choice, str]] = {}
    said = {"J": Choice.GRANTED, "N": Choice.REFUSED}
    for paper in model.papers:
        signer, answers = chance.choice("12"), chance.choices("JN ", (6, 3, 1), k=13)
        _type(qtbot, signer + "J" + "".join(answers) + ">")
        for code, answer in zip(codes, answers, strict=True):
            if answer in said:
                who = paper.signers[int(signer) - 1].id
                expected[paper.pupil.pupil_id, code] = (said[answer], who)
    assert _count(full_class) == 0  # nothing before it is stored
    _store(qtbot)
    given = _given(full_class)
    assert {key: (choice, who) for key, (choice, who, _) in given.items()} == expected
    assert _count(full_class) == len(expected)
    assert {day for _, _, day in given.values()} == {full_class.clock.today()}
    assert not model.filled()
    window.workplace = None


def test_a_key_too_many_lands_nowhere(screen: StackScreen, qtbot: QtBot) -> None:
    purposes = len(screen.model.sheet.purposes)
    _type(qtbot, "1 " + "J" * purposes + "NN")
    assert set(screen.model.papers[0].ticks.values()) == {True}
    assert not screen.model.papers[1].ticks
    assert "Enter gaat naar het volgende kind" in screen._here.text()
    _key(qtbot, Key.Key_Backspace)  # takes the last one back
    assert len(screen.model.papers[0].ticks) == purposes - 1
    _type(qtbot, "N>")
    assert list(screen.model.papers[0].ticks.values())[-1] is False
    assert _place(screen.grid) == (1, SIGNER)


def test_a_key_held_down_is_one_answer(screen: StackScreen) -> None:
    screen.grid.go_to(0, FIRST)
    for again in (False, True, True):
        press_ = QKeyEvent(
            QEvent.Type.KeyPress, Key.Key_J, Qt.KeyboardModifier.NoModifier, "j", again
        )
        QApplication.sendEvent(screen.grid, press_)
    assert len(screen.model.papers[0].ticks) == 1


# — walking —


def test_arrows_home_end_and_enter_walk(screen: StackScreen, qtbot: QtBot) -> None:
    last = screen.model.columnCount() - 1
    assert _place(screen.grid) == (0, SIGNER)
    _key(qtbot, Key.Key_Right)
    _key(qtbot, Key.Key_Down)
    assert _place(screen.grid) == (1, DAY)
    _key(qtbot, Key.Key_End)
    assert _place(screen.grid) == (1, last)
    _key(qtbot, Key.Key_Home)
    assert _place(screen.grid) == (1, SIGNER)
    _key(qtbot, Key.Key_Return)
    assert _place(screen.grid) == (2, SIGNER)
    _key(qtbot, Key.Key_Return, _SHIFT)
    assert _place(screen.grid) == (1, SIGNER)
    assert not screen.unsaved()


def test_letters_that_mean_nothing_here_do_nothing(screen: StackScreen, qtbot: QtBot) -> None:
    screen.grid.go_to(0, SIGNER)
    _type(qtbot, "Jx9")
    assert _place(screen.grid) == (0, SIGNER)
    screen.grid.go_to(0, FIRST)
    _type(qtbot, "x1")
    assert not screen.model.papers[0].ticks


def test_present_answers_are_told_and_never_filled_in(screen: StackScreen) -> None:
    model = screen.model
    row = _first_with(model, lambda each: Answer.GRANTED in each.pupil.answers)
    column = FIRST + model.papers[row].pupil.answers.index(Answer.GRANTED)
    assert not model.papers[row].ticks
    assert model.index(row, column).data() == ""
    spoken = model.index(row, column).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith(f"{model.papers[row].name}, ")
    assert spoken.endswith("niets ingevuld. Nu geldt: ja")
    model.tick(row, column, False)
    assert ": nee. Nu geldt: ja" in model.index(row, column).data(
        Qt.ItemDataRole.AccessibleTextRole
    )


def test_a_child_is_found_by_name(screen: StackScreen, qtbot: QtBot) -> None:
    paper = screen.model.papers[4]
    screen.choices.search.setFocus()
    qtbot.keyClicks(screen.choices.search, paper.pupil.name.split()[0])
    _key(qtbot, Key.Key_Return)
    assert screen.grid.hasFocus()
    assert _place(screen.grid) == (4, SIGNER)
    assert not screen.choices.search.text()


def test_a_purpose_that_is_not_on_the_form_is_passed_over(
    screen: StackScreen, demo: School, qtbot: QtBot
) -> None:
    off = next(each for each in purpose_settings(demo) if not each.purpose.switched_on)
    switch_purpose(demo, off.purpose.code, on=True)
    screen.desk.tell_change()
    codes = [each.code for each in screen.model.sheet.purposes]
    place = codes.index(off.purpose.code)
    screen.grid.go_to(0, FIRST + place)
    _type(qtbot, "J")
    screen.grid.go_to(0, FIRST)
    _type(qtbot, "J" * len(codes))
    assert set(screen.model.papers[0].ticks) == set(codes) - {off.purpose.code}
    told = screen.model.told(0, FIRST + place)
    assert told.endswith("staat niet op het formulier")


# — signature —


def test_the_signer_is_chosen_from_a_list_too(
    screen: StackScreen, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QComboBox, "showPopup", lambda _: None)  # offscreen knows no such windows
    row = _first_with(screen.model, lambda each: len(each.signers) == 2)
    screen.grid.go_to(row, SIGNER)
    _key(qtbot, Key.Key_F2)
    editor = screen.grid.indexWidget(screen.grid.currentIndex())
    assert isinstance(editor, QComboBox)
    assert editor.accessibleName()
    editor.setCurrentIndex(2)
    editor.activated.emit(2)
    assert screen.model.papers[row].signer is screen.model.papers[row].signers[1]
    qtbot.waitUntil(lambda: _place(screen.grid) == (row, DECLARED))


def test_a_row_has_its_own_date_and_the_others_follow_the_one_above(
    screen: StackScreen, qtbot: QtBot, demo: School
) -> None:
    today = demo.clock.today()
    screen.grid.go_to(0, DAY)
    _type(qtbot, "1-9-26>")
    qtbot.waitUntil(lambda: _place(screen.grid) == (0, DECLARED))
    assert screen.model.text(0, DAY) == "01-09-2026"
    assert screen.model.text(1, DAY) == f"{today:%d-%m-%Y}"
    screen.choices.day.setText("3-9-2026")
    assert screen.model.text(0, DAY) == "01-09-2026"
    assert screen.model.text(1, DAY) == "03-09-2026"
    screen.grid.go_to(0, DAY)
    _key(qtbot, Key.Key_Delete)
    assert screen.model.text(0, DAY) == "03-09-2026"


def test_a_date_that_is_still_in_its_editor_is_stored(
    screen: StackScreen, qtbot: QtBot, demo: School
) -> None:
    _type(qtbot, "1JJ")
    screen.grid.go_to(0, DAY)
    _type(qtbot, "1-9-26")
    assert isinstance(QApplication.focusWidget(), DateField)
    paper = screen.model.papers[0].pupil.pupil_id
    _store(qtbot)
    code = screen.model.sheet.purposes[0].code
    with demo.reading() as session:
        found = decisions(session, [paper])[paper, code]
    assert date(2026, 9, 1) in {each.decision.decided_on for each in found}


def test_parents_at_two_addresses_have_a_row_each(school: School) -> None:
    enrol(school, a_child("Bo", MOTHER, APART))
    print_forms(school, lambda _: None)
    (group,) = groups(school)
    one, other = papers_of(stack(school, group))
    assert (one.name, other.name) == ("Bo Test, papier 1", "Bo Test, papier 2")
    assert one.signer is not None
    assert other.signer is not None
    assert one.signer.id != other.signer.id


# — storing —


def test_a_row_without_signer_is_marked_and_refuses_the_whole(
    screen: StackScreen, qtbot: QtBot, demo: School
) -> None:
    before = _count(demo)
    _type(qtbot, "1JJJ>")
    row = _first_with(screen.model, lambda each: each.signer is None)
    screen.grid.go_to(row, FIRST)
    _type(qtbot, "J")
    assert screen._problem.text() == "Kies wie dit heeft getekend."
    assert screen.model.tally().wrong == 1
    head = screen.model.headerData(row, Qt.Orientation.Vertical, Qt.ItemDataRole.AccessibleTextRole)
    assert head.endswith("Kies wie dit heeft getekend.")
    _store(qtbot)
    assert screen.model.papers[row].name in _told(screen)
    assert "nog niets opgeslagen" in _told(screen)
    assert _place(screen.grid) == (row, SIGNER)
    assert _count(demo) == before
    _type(qtbot, "1")
    _store(qtbot)
    assert _count(demo) == before + 3


def test_a_yes_without_date_and_a_date_to_come_are_refused(
    screen: StackScreen, qtbot: QtBot, demo: School
) -> None:
    before, tomorrow = _count(demo), demo.clock.today() + timedelta(days=1)
    screen.choices.day.clear()
    _type(qtbot, "1")
    assert _place(screen.grid) == (0, DAY)  # no date for all: it is asked
    screen.grid.go_to(0, FIRST)
    _type(qtbot, "J")
    _store(qtbot)
    assert "Vul de datum" in _told(screen)
    for text, said in ((f"{tomorrow:%d-%m-%Y}", "toekomst"), ("31-2-2026", "geen datum")):
        screen.model.date_row(0, text)
        _store(qtbot)
        assert said in _told(screen)
    screen.choices.day.setText("40-40-40")
    _store(qtbot)
    assert "De datum boven de lijst klopt niet" in _told(screen)
    assert _count(demo) == before


def test_nothing_typed_stores_nothing(screen: StackScreen, qtbot: QtBot) -> None:
    _store(qtbot)
    assert "geen antwoord ingevuld" in _told(screen)


def test_one_undo_takes_the_whole_stack_back_and_shows_it_again(
    screen: StackScreen, qtbot: QtBot, demo: School, window: MainWindow
) -> None:
    before, said = _count(demo), []
    screen.desk.said.connect(lambda text, _undo: said.append(text))
    _type(qtbot, "1JJN>1NJ >")
    ticks = [dict(each.ticks) for each in screen.model.papers]
    _store(qtbot)
    assert _count(demo) == before + 3
    assert said == ["Opgeslagen: 2 kinderen, 3 antwoorden nieuw vastgelegd."]
    assert not screen.unsaved()
    _key(qtbot, Key.Key_Z, _CTRL)
    qtbot.waitUntil(lambda: _count(demo) == before)
    assert [each.ticks for each in screen.model.papers] == ticks
    assert screen.model.papers[1].declared is Authority.NO
    assert "teruggenomen" in _told(screen)


def test_without_a_form_it_asks_how_it_came_in(qtbot: QtBot, school: School) -> None:
    enrol(school, a_child("Kim", MOTHER))
    other = _window(school, qtbot)
    screen = _at(other, groups(school)[0], qtbot)
    assert "staan geen formulieren open" in _told(screen)
    screen.grid.go_to(0, FIRST)
    _type(qtbot, "J")
    assert "Kies hoe het binnenkwam" in screen._problem.text()
    screen.choices._way.choose(Way.LETTER)
    assert not screen._problem.text()
    _store(qtbot)
    assert _count(school) == 1
    other.workplace = None


# — leaving —


def test_leaving_with_rows_that_are_not_stored_asks(
    screen: StackScreen, qtbot: QtBot, window: MainWindow, demo: School
) -> None:
    group, other = screen.model.sheet.group, groups(demo)[0]
    _type(qtbot, "1JJ")
    for leave in (
        lambda: desk_of(window).go("overview"),
        lambda: screen.choices._group.choose(other),
    ):
        leave()
        box = modal(qtbot)
        assert "1 papier van" in box.text()
        qtbot.keyClick(box, Key.Key_Escape)
        assert screen.isVisible()
        assert screen.model.sheet.group == screen.choices.group() == group
        assert screen.model.filled()
    screen.choices._group.choose(other)
    box = modal(qtbot)
    press(qtbot, box, "Weggooien")
    qtbot.waitUntil(lambda: screen.model.sheet.group == other)
    assert screen.choices.group() == other
    assert not screen.model.filled()


def test_made_anew_it_shows_what_was_typed(screen: StackScreen, qtbot: QtBot) -> None:
    _type(qtbot, "1NJN")
    detail = screen.detail_to_reopen()
    again = StackScreen(screen.desk)
    qtbot.addWidget(again)
    again.refresh()
    again.open_at(Place("stack", detail))
    assert again.model.papers[0].ticks == screen.model.papers[0].ticks
    assert again.model.papers[0].declared is Authority.NO


def test_to_read_nothing_can_be_typed(
    demo_folder: Path, clock: SetClock, qtbot: QtBot, request: pytest.FixtureRequest
) -> None:
    school = School.open(demo_folder, DIRECTOR, clock, read_only=True)
    request.addfinalizer(school.close)
    window = _window(school, qtbot)
    screen = _at(window, groups(school)[0], qtbot)
    screen.grid.go_to(0, FIRST)
    _type(qtbot, "J")
    _store(qtbot)
    assert not screen.model.filled()
    shown = [each.text() for each in screen.findChildren(QPushButton) if each.isVisible()]
    assert [each for each in shown if "slaan" in each or "vraagd" in each] == []
    window.workplace = None


# — asked —


def _asked_dialog(screen: StackScreen, qtbot: QtBot) -> AskedDialog:
    press(qtbot, screen, "Gevraagd, nog geen antwoord…")
    found = modal(qtbot)
    assert isinstance(found, AskedDialog)
    return found


def test_many_are_noted_as_asked_and_taken_back(
    window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    off = next(each for each in purpose_settings(demo) if not each.purpose.switched_on)
    switch_purpose(demo, off.purpose.code, on=True)
    group = groups(demo)[2]
    screen = _at(window, group, qtbot)
    model = screen.model
    row = _first_with(model, lambda each: Answer.NOT_ASKED in each.pupil.answers)
    pupil = model.papers[row].pupil
    code = model.sheet.purposes[pupil.answers.index(Answer.NOT_ASKED)].code
    screen.grid.go_to(row, FIRST)
    _type(qtbot, "J")  # what is typed stays typed
    dialog = _asked_dialog(screen, qtbot)
    assert dialog.pupils.chosen() == dialog.purposes.chosen() == []
    dialog.primary.click()
    assert "Kies minstens" in dialog._problem.text()
    press(qtbot, dialog.pupils, "Alles")
    press(qtbot, dialog.purposes, "Alles")
    press(qtbot, dialog, "Vastleggen")

    def now() -> Answer:
        line = next(e for e in stack(demo, group).pupils if e.pupil_id == pupil.pupil_id)
        return line.answers[[each.code for each in model.sheet.purposes].index(code)]

    assert now() is Answer.NO_ANSWER
    assert model.filled()
    _key(qtbot, Key.Key_Z, _CTRL)
    assert now() is Answer.NOT_ASKED


def test_what_is_selected_in_the_grid_is_ticked(screen: StackScreen, qtbot: QtBot) -> None:
    screen.grid.go_to(1, FIRST)
    for key in (Key.Key_Down, Key.Key_Down, Key.Key_Right):
        _key(qtbot, key, _SHIFT)
    dialog = _asked_dialog(screen, qtbot)
    assert dialog.pupils.chosen() == [each.pupil.pupil_id for each in screen.model.papers[1:4]]
    assert dialog.purposes.chosen() == [each.code for each in screen.model.sheet.purposes[:2]]


def test_everybody_in_the_group_is_in_the_grid(screen: StackScreen, demo: School) -> None:
    here = {e.pupil.id for e in directory(demo) if e.placement.is_in(screen.model.sheet.group)}
    assert {each.pupil.pupil_id for each in screen.model.papers} == here
