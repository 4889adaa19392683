"""Entering forms by keys, the way a secretary does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from schoolprivacy.access.actions import people, reset_passphrase
from schoolprivacy.consents.answering import FormAnswers, enter_form
from schoolprivacy.consents.entry import entered_today, open_form
from schoolprivacy.consents.form_code import make_form_code, make_school_tag
from schoolprivacy.consents.forms import print_forms
from schoolprivacy.consents.records import Form, decisions, forms
from schoolprivacy.consents.terms import Choice
from schoolprivacy.people.directory import directory
from schoolprivacy.people.records import guardianships
from schoolprivacy.people.terms import Authority
from schoolprivacy.school import School
from tests.ui.hands import pause
from tests.vault.schools import DIRECTOR
from ui.answer_sheet import AnswerSheet
from ui.desk import Place
from ui.main_window import MainWindow
from ui.screens.entry import EntryScreen

COLLEAGUE = "zeven oude stoelen dansen rond"


@pytest.fixture
def first_place() -> Place:
    return Place("overview")


@pytest.fixture
def open_forms(demo: School) -> list[Form]:
    """Forms that are out and of which nothing was entered, one a child."""
    print_forms(demo, lambda _: None)
    at_school = {each.pupil.id for each in directory(demo)}
    with demo.reading() as session:
        answered = {each.form_id for found in decisions(session).values() for each in found}
        found = {
            form.pupil_id: form
            for form in forms(session)
            if not form.replaced_on and form.id not in answered and form.pupil_id in at_school
        }
    return list(found.values())


@pytest.fixture
def entry(window: MainWindow) -> EntryScreen:
    assert window.workplace is not None
    window.workplace.desk.go("entry")
    screen = window.workplace.screen_of("entry")
    assert isinstance(screen, EntryScreen)
    return screen


def _scan(qtbot: QtBot, number: str) -> None:
    at = QApplication.focusWidget()
    assert at is not None
    qtbot.keyClicks(at, number)
    qtbot.keyClick(at, Qt.Key.Key_Return)


def _press(qtbot: QtBot, *keys: Qt.Key) -> None:
    for key in keys:
        at = QApplication.focusWidget()
        assert at is not None
        qtbot.keyClick(at, key)


def _record(qtbot: QtBot) -> None:
    at = QApplication.focusWidget()
    assert at is not None
    qtbot.keyClick(at, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def _told(screen: QWidget) -> str:
    """What stands in the coloured boxes."""
    boxes = [f for f in screen.findChildren(QFrame) if f.objectName() in ("notice", "trouble")]
    return "\n".join(each.text() for box in boxes for each in box.findChildren(QLabel))


def _given(school: School, form: Form) -> dict[str, Choice]:
    with school.reading() as session:
        found = decisions(session, [form.pupil_id])
    return {
        each.purpose: each.decision.choice
        for of_purpose in found.values()
        for each in of_purpose
        if each.form_id == form.id and not each.decision.invalidated
    }


def _carers(school: School, form: Form) -> int:
    with school.reading() as session:
        return len(guardianships(session, [form.pupil_id]).get(form.pupil_id, []))


def test_a_form_is_entered_with_keys_alone(
    entry: EntryScreen, demo: School, open_forms: list[Form], qtbot: QtBot
) -> None:
    form = next(each for each in open_forms if len(each.guardians) == 2)
    before = entered_today(demo)
    _scan(qtbot, form.number)
    assert isinstance(QApplication.focusWidget(), AnswerSheet)
    key = Qt.Key
    _press(qtbot, key.Key_J, key.Key_N, key.Key_Space)
    _press(qtbot, *[key.Key_J] * (len(form.asked) - 3))  # the last one goes on to the signature
    _press(qtbot, key.Key_2, key.Key_J)
    qtbot.keyClick(QApplication.focusWidget(), key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(QApplication.focusWidget(), "1-11-26")
    _press(qtbot, key.Key_Return)  # on to the button
    assert _given(demo, form) == {}  # nothing is stored before it is confirmed
    pause(qtbot)
    _press(qtbot, key.Key_Space)
    codes = [code for code, _ in form.asked]
    given = _given(demo, form)
    assert given.pop(codes[0]) is Choice.GRANTED
    assert given.pop(codes[1]) is Choice.REFUSED
    assert codes[2] not in given
    assert set(given) == set(codes[3:])
    assert entered_today(demo) == before + 1
    (earlier,) = open_form(demo, form.number).entered_before
    assert earlier.signed_on == date(2026, 11, 1)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.accessibleName() == "Formuliernummer"


def test_the_last_form_is_undone_and_comes_back_to_be_mended(
    entry: EntryScreen, window: MainWindow, demo: School, open_forms: list[Form], qtbot: QtBot
) -> None:
    form = next(each for each in open_forms if len(each.guardians) == _carers(demo, each) == 1)
    _scan(qtbot, form.number)
    _press(qtbot, *[Qt.Key.Key_N] * len(form.asked))
    _record(qtbot)
    assert set(_given(demo, form).values()) == {Choice.REFUSED}
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert _given(demo, form) == {}
    _press(qtbot, Qt.Key.Key_J)
    _record(qtbot)
    given = _given(demo, form)
    assert given.pop(form.asked[0][0]) is Choice.GRANTED
    assert set(given.values()) == {Choice.REFUSED}


def test_somebody_unknown_who_signed_becomes_known(
    entry: EntryScreen, demo: School, open_forms: list[Form], qtbot: QtBot
) -> None:
    form = next(each for each in open_forms if len(each.guardians) == 2)
    _scan(qtbot, form.number)
    _press(qtbot, Qt.Key.Key_J, Qt.Key.Key_Return)
    who = QApplication.focusWidget()
    qtbot.keyClicks(who, "Iemand")
    _press(qtbot, Qt.Key.Key_Return)
    qtbot.keyClicks(QApplication.focusWidget(), "M. Verzonnen")
    _press(qtbot, Qt.Key.Key_Return)
    qtbot.keyClicks(QApplication.focusWidget(), "stiefvader")
    _press(qtbot, Qt.Key.Key_Return, Qt.Key.Key_J)
    _record(qtbot)
    with demo.reading() as session:
        carers = guardianships(session, [form.pupil_id])[form.pupil_id]
    (new,) = [each for each in carers if each.guardian.surname == "Verzonnen"]
    assert new.relation == "stiefvader"
    assert new.authority is Authority.YES
    assert "nog niet bekend" in _told(entry)


def test_what_is_missing_is_told_at_its_field(
    entry: EntryScreen, demo: School, open_forms: list[Form], qtbot: QtBot
) -> None:
    form = next(each for each in open_forms if len(each.guardians) == 2)
    _scan(qtbot, form.number)
    _press(qtbot, Qt.Key.Key_J)
    _record(qtbot)
    problems = [each.text() for each in entry.findChildren(QLabel, "problem") if each.isVisible()]
    assert problems == ["Kies wie heeft ondertekend."]
    assert _given(demo, form) == {}


def _other_school() -> str:
    return make_form_code(make_school_tag())


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("01zzzzzz", "niet bekend"),
        ("hallo", "geen nummer van een formulier"),
        (_other_school(), "andere school"),
    ],
    ids=["unknown", "no number", "other school"],
)
def test_a_number_that_is_no_form_of_ours_is_told(
    entry: EntryScreen, qtbot: QtBot, number: str, said: str
) -> None:
    _scan(qtbot, number)
    qtbot.waitUntil(lambda: said in _told(entry))
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.accessibleName() == "Formuliernummer"


def test_a_second_time_is_told_and_can_replace(
    entry: EntryScreen, demo: School, open_forms: list[Form], qtbot: QtBot
) -> None:
    form = next(each for each in open_forms if len(each.guardians) == _carers(demo, each) == 1)
    everything = frozenset(code for code, _ in form.asked)
    with demo.reading() as session:
        (carer,) = guardianships(session, [form.pupil_id])[form.pupil_id]
    enter_form(demo, form.number, FormAnswers(everything, frozenset(), signer_id=carer.guardian.id))
    _scan(qtbot, form.number)
    assert "Eerder ingevoerd op" in _told(entry)
    _press(qtbot, *[Qt.Key.Key_N] * len(form.asked))
    entry._correct.setChecked(True)
    _record(qtbot)
    assert set(_given(demo, form).values()) == {Choice.REFUSED}


def test_a_replaced_form_is_told(
    entry: EntryScreen, demo: School, open_forms: list[Form], qtbot: QtBot
) -> None:
    form = open_forms[0]
    print_forms(demo, lambda _: None, anew=True)
    _scan(qtbot, form.number)
    assert "later een nieuw formulier" in _told(entry)


def test_a_scan_never_throws_a_half_entered_form_away(
    entry: EntryScreen, demo: School, open_forms: list[Form], qtbot: QtBot
) -> None:
    first, second = open_forms[:2]
    _scan(qtbot, first.number)
    _press(qtbot, Qt.Key.Key_J)
    _scan(qtbot, first.number)  # again: nothing happens
    assert QApplication.activeModalWidget() is None
    _scan(qtbot, second.number)
    box = QApplication.activeModalWidget()
    assert box is not None
    assert "nog niet vastgelegd" in box.property("text")
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert entry._sheet.sheet.ticks() == {first.asked[0][0]: True}
    _scan(qtbot, second.number)
    box = QApplication.activeModalWidget()
    assert box is not None
    go = next(b for b in box.findChildren(QPushButton) if b.text() == "Weggooien")
    qtbot.mouseClick(go, Qt.MouseButton.LeftButton)
    assert entry._sheet.sheet.ticks() == {}
    assert _given(demo, first) == {}


def test_a_scan_opens_the_form_from_any_screen(
    window: MainWindow, open_forms: list[Form], qtbot: QtBot
) -> None:
    assert window.workplace is not None
    window.workplace.desk.go("overview")
    _scan(qtbot, open_forms[0].number)
    screen = window.workplace.screen_of("entry")
    assert screen.isVisible()
    assert isinstance(QApplication.focusWidget(), AnswerSheet)


def test_control_z_takes_a_typed_form_back_too(
    entry: EntryScreen, window: MainWindow, demo: School, open_forms: list[Form], qtbot: QtBot
) -> None:
    form = next(each for each in open_forms if len(each.guardians) == _carers(demo, each) == 1)
    at = QApplication.focusWidget()
    assert at is not None
    qtbot.keyClicks(at, form.number[:8].lower(), delay=60)  # typed by hand, not scanned
    _press(qtbot, Qt.Key.Key_Return)
    _press(qtbot, Qt.Key.Key_J)
    _record(qtbot)
    assert _given(demo, form)
    at = QApplication.focusWidget()
    qtbot.keyClick(at, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert _given(demo, form) == {}


def test_a_half_entered_form_waits_behind_the_lock_for_the_same_person(
    entry: EntryScreen, window: MainWindow, demo: School, open_forms: list[Form], qtbot: QtBot
) -> None:
    form = open_forms[0]
    _scan(qtbot, form.number)
    _press(qtbot, Qt.Key.Key_J, Qt.Key.Key_N)
    window.lock()
    qtbot.waitUntil(lambda: window.workplace is None and not window._busy)
    again = School.open(demo.folder, DIRECTOR, demo.clock)
    window.enter(again)
    try:
        assert window.workplace is not None
        screen = window.workplace.screen_of("entry")
        assert isinstance(screen, EntryScreen)
        assert list(screen._sheet.sheet.ticks().values()) == [True, False]
        assert _given(again, form) == {}
    finally:
        window.lock()
        qtbot.waitUntil(lambda: window.workplace is None and not window._busy)


def test_somebody_else_does_not_get_it(
    entry: EntryScreen, window: MainWindow, demo: School, open_forms: list[Form], qtbot: QtBot
) -> None:
    _scan(qtbot, open_forms[0].number)
    _press(qtbot, Qt.Key.Key_J)
    reset_passphrase(demo, next(p.id for p in people(demo) if p.name != demo.who.name), COLLEAGUE)
    window.lock()
    qtbot.waitUntil(lambda: window.workplace is None and not window._busy)
    again = School.open(demo.folder, COLLEAGUE, demo.clock)
    window.enter(again)
    try:
        assert window.workplace is not None
        assert window.workplace.place.screen == "overview"
    finally:
        window.lock()
        qtbot.waitUntil(lambda: window.workplace is None and not window._busy)


def test_closing_the_window_asks_once_and_then_closes(
    entry: EntryScreen, window: MainWindow, open_forms: list[Form], qtbot: QtBot
) -> None:
    _scan(qtbot, open_forms[0].number)
    _press(qtbot, Qt.Key.Key_J)
    window.close()
    box = QApplication.activeModalWidget()
    assert box is not None
    go = next(b for b in box.findChildren(QPushButton) if b.text() == "Weggooien")
    qtbot.mouseClick(go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.isVisible())


def test_the_row_one_is_at_is_in_view_at_two_hundred_percent(
    look: Callable[..., None],
    make_window: Callable[[], MainWindow],
    open_forms: list[Form],
    qtbot: QtBot,
) -> None:
    look(zoom=2.0)
    window = make_window()
    assert window.workplace is not None
    window.workplace.desk.go("entry", form=open_forms[0].number)
    screen = window.workplace.screen_of("entry")
    assert isinstance(screen, EntryScreen)
    for _ in range(len(open_forms[0].asked)):
        qtbot.wait(20)
        sheet = screen._sheet
        place = sheet.visualRect(sheet.currentIndex())
        seen = screen._area.viewport().rect()
        assert seen.contains(sheet.viewport().mapTo(screen._area.viewport(), place.center()))
        _press(qtbot, Qt.Key.Key_Down)


@pytest.mark.slow
def test_two_hundred_forms_are_entered_and_none_is_lost_or_doubled(
    entry: EntryScreen, demo: School, open_forms: list[Form], qtbot: QtBot
) -> None:
    """Every form is asked anew, so that there is a stack of them; each gets its own pattern."""
    expected: dict[str, dict[str, Choice]] = {}
    key = Qt.Key
    stack: list[Form] = []
    while len(stack) < 200:
        printed = {each.form for each in print_forms(demo, lambda _: None, anew=True)}
        with demo.reading() as session:
            stack += [each for each in forms(session) if each.number in printed]
    for place, form in enumerate(stack[:200]):
        _scan(qtbot, form.number)
        marks = [(place + row) % 3 for row in range(len(form.asked))]
        _press(qtbot, *[(key.Key_J, key.Key_N, key.Key_Space)[mark] for mark in marks])
        if entry._signature._who.value() is None:
            _press(qtbot, key.Key_End)
            _press(qtbot, key.Key_Return)
        _press(qtbot, key.Key_J)
        _record(qtbot)
        expected[form.id] = {
            code: (Choice.GRANTED, Choice.REFUSED)[mark]
            for (code, _), mark in zip(form.asked, marks, strict=True)
            if mark < 2
        }
    assert entered_today(demo) == 200
    assert {form.id: _given(demo, form) for form in stack[:200]} == expected
