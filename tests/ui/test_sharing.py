"""Sharing for a while in the windows: set down, asked, answered, withdrawn, ended, taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QAbstractButton, QDialog, QWidget
from pytestqt.qtbot import QtBot

from schoolprivacy.consents.sharing.actions import end_sharing
from schoolprivacy.consents.sharing.sharings import Road, Sharing, State, sharing, sharings
from schoolprivacy.consents.terms import Answer, Choice
from schoolprivacy.people.directory import directory, groups
from schoolprivacy.people.names import full_name, register_name
from schoolprivacy.school import School
from tests.paper.reading import texts_of
from tests.ui.pupil_pages import answer, desk_of, dialog, in_front, press, push, texts, undo_last
from tests.ui.sharing_builders import (
    PARTY,
    a_sharing,
    an_answer,
    an_answered_sharing,
    every_state,
    sure_pupils,
)
from ui import files, jobs, preview
from ui.main_window import MainWindow
from ui.screens.sharing import SharingScreen
from ui.screens.sharing_answers import RecordAnswerDialog, WithdrawSharingDialog
from ui.screens.sharing_detail import SharingDetail
from ui.screens.sharing_history import HistoryDialog, WrongAnswerDialog
from ui.screens.sharing_new import NewSharingDialog
from ui.screens.sharing_papers import PaperDialog
from ui.screens.sharing_pupils import AddPupilsDialog

Key = Qt.Key


def open_screen(window: MainWindow, **detail: Any) -> SharingScreen:
    assert window.workplace is not None
    window.workplace.desk.go("sharing", **detail)
    found = window.workplace.screen_of("sharing")
    assert isinstance(found, SharingScreen)
    return found


def open_one(window: MainWindow, code: str) -> SharingDetail:
    return open_screen(window, sharing=code).detail


def shown(window: MainWindow) -> list[str]:
    table = open_screen(window).list.table.model()
    return [table.index(row, 0).data() for row in range(table.rowCount())]


def answer_of(school: School, code: str, pupil_id: str) -> Answer:
    return next(e.answer for e in sharing(school, code).pupils if e.pupil_id == pupil_id)


def visible(within: QWidget) -> set[str]:
    """The buttons one can press there."""
    found = within.findChildren(QAbstractButton)
    return {e.text().replace("&", "") for e in found if e.isVisible() and e.isEnabled()}


def name_of(school: School, pupil_id: str) -> str:
    return next(full_name(e.pupil) for e in directory(school) if e.pupil.id == pupil_id)


def others(school: School) -> list[Sharing]:
    """Those that a test made, not those of the demo school."""
    return [e for e in sharings(school, ended=True) if e.party in (PARTY, "Bureau Taalrijk")]


@pytest.fixture
def printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the system's PDF printer puts what it prints."""
    target = tmp_path / "printed.pdf"

    def choose(printer: QPrinter, *_: object) -> bool:
        printer.setResolution(72)
        printer.setOutputFileName(str(target))
        return True

    monkeypatch.setattr(preview, "ask_printer", choose)
    return target


# — the list —


def test_the_list_shows_what_comes_and_runs_and_the_rest_when_asked(
    window: MainWindow, qtbot: QtBot
) -> None:
    school = desk_of(window).school
    every_state(school)
    names = shown(window)
    assert (names.count(PARTY), names.count("Bureau Taalrijk")) == (2, 1)
    screen = open_screen(window)
    push(qtbot, screen, "Ook wat voorbij is")
    assert shown(window).count(PARTY) == 3
    screen.list.search.setText("taalr")
    assert shown(window) == ["Bureau Taalrijk"]
    assert "krijgt: uitslagen" in screen.list._told.text()
    screen.list.search.setText("xyz")
    assert "Geen afspraak past hierbij." in texts(screen)
    push(qtbot, screen, "Alles weer tonen")
    assert len(shown(window)) > 3


def test_a_line_opens_with_enter_and_escape_goes_back(window: MainWindow, qtbot: QtBot) -> None:
    code = an_answered_sharing(desk_of(window).school)
    screen = open_screen(window)
    screen.list.go_to(code)
    in_front(qtbot, window)
    press(qtbot, Key.Key_Return)
    assert screen.detail.isVisible()
    assert "2 ja, 1 nee, 1 ingetrokken, 2 niet gevraagd" in texts(screen.detail)
    press(qtbot, Key.Key_Escape)
    assert screen.list.isVisible()
    assert screen.list.table.current().code == code


def test_it_says_what_it_is_and_what_needs_no_consent(window: MainWindow) -> None:
    said = texts(open_screen(window))
    assert "ja van de ouders" in said and "noodnummers" in said


# — starting —


def fill(asked: NewSharingDialog, school: School, **changed: str) -> None:
    until = school.clock.today() + timedelta(days=60)
    values = {"party": "Leeshulp", "purpose": "hulp bij lezen", "data": "leestoetsen"}
    for name, text in (values | {"ends_on": f"{until:%d-%m-%Y}"} | changed).items():
        asked.fields[name].setText(text)


def start(window: MainWindow, qtbot: QtBot) -> NewSharingDialog:
    open_screen(window)
    in_front(qtbot, window)
    press(qtbot, Key.Key_N, ctrl=True)
    return dialog(qtbot, NewSharingDialog)


@pytest.mark.parametrize("road", Road)
def test_a_new_one_is_set_down_by_keys_and_taken_back(
    window: MainWindow, qtbot: QtBot, road: Road
) -> None:
    school = desk_of(window).school
    before = len(sharings(school))
    asked = start(window, qtbot)
    fill(asked, school)
    if road is Road.PARTY:
        asked.by_party.click()
    asked.picker.focus_first()
    child = directory(school)[0]
    qtbot.keyClicks(asked.picker._search, full_name(child.pupil))
    press(qtbot, Key.Key_Return)
    assert asked.picker.chosen() == (child.pupil.id,) and asked.picker._search.text() == ""
    press(qtbot, Key.Key_Return, ctrl=True)
    (made,) = [each for each in sharings(school) if each.party == "Leeshulp"]
    assert (made.road, made.state, made.data) == (road, State.RUNS, "leestoetsen")
    assert [each.pupil_id for each in made.pupils] == [child.pupil.id]
    screen = open_screen(window, sharing=made.code)
    assert screen._title.text() == "Leeshulp"
    assert ("Brieven maken…" in visible(screen)) is (road is Road.SCHOOL)
    undo_last(qtbot, window)
    assert len(sharings(school)) == before
    assert screen.list.isVisible()


def test_what_is_missing_is_told_at_its_field(window: MainWindow, qtbot: QtBot) -> None:
    asked = start(window, qtbot)
    asked.try_act()
    said = texts(asked)
    for part in ("wie de gegevens krijgt", "waarvoor de gegevens", "welke gegevens", "een datum"):
        assert part in said
    assert "Kies een of meer leerlingen." in said
    assert asked.isVisible()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"ends_on": "1-1-2020"}, "ends_on"),
        ({"ends_on": "1-1-2030"}, "ends_on"),
        ({"data": "heel veel gegevens " * 8, "purpose": "heel veel doelen " * 9}, "data"),
    ],
)
def test_what_the_core_refuses_is_told_at_its_field(
    window: MainWindow, qtbot: QtBot, changed: dict[str, str], field: str
) -> None:
    school = desk_of(window).school
    asked = start(window, qtbot)
    fill(asked, school, **changed)
    asked.picker._tick_shown(on=True)
    before = len(sharings(school, ended=True))
    asked.try_act()
    assert "Er is niets opgeslagen." in asked.fields._problems[field].text()
    assert len(sharings(school, ended=True)) == before


def test_a_whole_group_is_chosen_and_escape_asks_first(window: MainWindow, qtbot: QtBot) -> None:
    school = desk_of(window).school
    asked = start(window, qtbot)
    group = groups(school)[0]
    asked.picker._group.choose(group)
    push(qtbot, asked, "Alle getoonde kiezen")
    sits = [e.pupil.id for e in directory(school) if e.placement.is_in(group)]
    assert sorted(asked.picker.chosen()) == sorted(sits)
    table = asked.picker._table
    table.setFocus()
    table.selectRow(0)
    qtbot.keyClick(table, Key.Key_Space)
    assert len(asked.picker.chosen()) == len(sits) - 1
    press(qtbot, Key.Key_Escape)
    answer(qtbot, "Niet opslaan")
    assert not asked.picker.isVisible()


# — pupils and answers —


def choose(detail: SharingDetail, pupil_id: str) -> None:
    detail._choose(pupil_id)
    detail.table.setFocus()


def test_the_paper_of_the_party_is_recorded_and_taken_back(
    window: MainWindow, qtbot: QtBot
) -> None:
    school = desk_of(window).school
    code, pupil_id = a_sharing(school), sure_pupils(school)[0]
    detail = open_one(window, code)
    choose(detail, pupil_id)
    in_front(qtbot, window)
    press(qtbot, Key.Key_Return)
    asked = dialog(qtbot, RecordAnswerDialog)
    assert not asked.way.isVisible()
    asked.try_act()
    assert "Kies ja of nee." in texts(asked)
    if asked.who.value() is None:
        asked.who.setCurrentIndex(1)
    asked.answer.yes.setChecked(True)
    asked.day.setText(f"{school.clock.today():%d-%m-%Y}")
    press(qtbot, Key.Key_Return, ctrl=True)
    assert answer_of(school, code, pupil_id) in (Answer.GRANTED, Answer.NO_ANSWER)
    assert name_of(school, pupil_id) in texts(window)
    undo_last(qtbot, window)
    assert answer_of(school, code, pupil_id) is Answer.NOT_ASKED


def test_a_no_said_at_school_is_recorded(window: MainWindow, qtbot: QtBot) -> None:
    school = desk_of(window).school
    code, pupil_id = a_sharing(school, Road.SCHOOL), sure_pupils(school)[0]
    detail = open_one(window, code)
    choose(detail, pupil_id)
    push(qtbot, detail, "Antwoord vastleggen…")
    asked = dialog(qtbot, RecordAnswerDialog)
    assert "Formulier invoeren" in visible(asked)
    if asked.who.value() is None:
        asked.who.setCurrentIndex(1)
    asked.answer.no.setChecked(True)
    push(qtbot, asked, "Vastleggen")
    assert answer_of(school, code, pupil_id) is Answer.REFUSED


def test_the_way_to_the_forms(window: MainWindow, qtbot: QtBot) -> None:
    detail = open_one(window, a_sharing(desk_of(window).school, Road.SCHOOL))
    push(qtbot, detail, "Antwoord vastleggen…")
    push(qtbot, dialog(qtbot, RecordAnswerDialog), "Formulier invoeren")
    assert window.workplace is not None
    assert window.workplace.screen_of("entry").isVisible()


def test_a_yes_is_withdrawn_and_taken_back(window: MainWindow, qtbot: QtBot) -> None:
    school = desk_of(window).school
    code, pupil_id = an_answered_sharing(school), sure_pupils(school)[0]
    detail = open_one(window, code)
    choose(detail, pupil_id)
    push(qtbot, detail, "Intrekken…")
    asked = dialog(qtbot, WithdrawSharingDialog)
    if asked.who.value() is None:
        asked.try_act()
        assert "Kies wie het intrekt." in texts(asked)
        asked.who.setCurrentIndex(1)
    push(qtbot, asked, "Intrekken")
    assert answer_of(school, code, pupil_id) is Answer.WITHDRAWN
    assert "Bevestigingsbrief…" in visible(detail)
    undo_last(qtbot, window)
    assert answer_of(school, code, pupil_id) is Answer.GRANTED


def test_without_a_yes_there_is_nothing_to_withdraw(window: MainWindow, qtbot: QtBot) -> None:
    school = desk_of(window).school
    detail = open_one(window, an_answered_sharing(school))
    choose(detail, sure_pupils(school)[5])
    push(qtbot, detail, "Intrekken…")
    asked = dialog(qtbot, WithdrawSharingDialog)
    assert "geen ja om in te trekken" in texts(asked)
    assert "Intrekken" not in visible(asked)


def test_a_typing_mistake_is_made_invalid_and_stands_again(
    window: MainWindow, qtbot: QtBot
) -> None:
    school = desk_of(window).school
    code, pupil_id = a_sharing(school), sure_pupils(school)[0]
    an_answer(school, code, pupil_id, Choice.REFUSED)
    detail = open_one(window, code)
    choose(detail, pupil_id)
    push(qtbot, detail, "Geschiedenis…")
    push(qtbot, dialog(qtbot, HistoryDialog), "Verkeerd ingevoerd…")
    asked = dialog(qtbot, WrongAnswerDialog)
    asked.try_act()
    assert "Schrijf kort op wat er mis ging." in texts(asked)
    asked.fields["why"].setText("verkeerd kind")
    push(qtbot, asked, "Ongeldig maken")
    assert answer_of(school, code, pupil_id) is not Answer.REFUSED
    undo_last(qtbot, window)
    assert answer_of(school, code, pupil_id) is Answer.REFUSED


def test_pupils_are_added_and_taken_out_with_a_way_back(window: MainWindow, qtbot: QtBot) -> None:
    school = desk_of(window).school
    code = a_sharing(school, pupils=2)
    detail = open_one(window, code)
    push(qtbot, detail, "Toevoegen…")
    asked = dialog(qtbot, AddPupilsDialog)
    asked.try_act()
    assert "Kies een of meer leerlingen." in texts(asked)
    there = {each.pupil_id for each in sharing(school, code).pupils}
    assert not there & {each.pupil.id for each in asked.picker._people}
    asked.picker._tick(asked.picker._people[0])
    push(qtbot, asked, "Toevoegen")
    assert len(sharing(school, code).pupils) == 3
    undo_last(qtbot, window)
    assert len(sharing(school, code).pupils) == 2
    push(qtbot, detail, "Weghalen")
    assert len(sharing(school, code).pupils) == 1
    undo_last(qtbot, window)
    assert {each.pupil_id for each in sharing(school, code).pupils} == there


def test_who_answered_cannot_be_taken_out(window: MainWindow, qtbot: QtBot) -> None:
    school = desk_of(window).school
    detail = open_one(window, an_answered_sharing(school))
    choose(detail, sure_pupils(school)[0])
    push(qtbot, detail, "Weghalen")
    assert "al een antwoord vastgelegd" in texts(dialog(qtbot, QDialog))
    answer(qtbot, "Begrepen")


# — the end —


def test_it_is_ended_early_and_goes_on_again(window: MainWindow, qtbot: QtBot) -> None:
    school = desk_of(window).school
    code = an_answered_sharing(school)
    detail = open_one(window, code)
    push(qtbot, detail, "Eerder stoppen…")
    answer(qtbot, "Nu stoppen")
    assert sharing(school, code).state is State.ENDED
    assert "Antwoord vastleggen…" not in visible(detail)
    undo_last(qtbot, window)
    assert sharing(school, code).state is State.RUNS
    end_sharing(school, code)
    desk_of(window).tell_change()
    push(qtbot, detail, "Toch laten doorlopen")
    assert sharing(school, code).state is State.RUNS


# — papers —


def ready(qtbot: QtBot) -> PaperDialog:
    asked = dialog(qtbot, PaperDialog)
    qtbot.waitUntil(lambda: asked.view.pages() > 0, timeout=60_000)
    return asked


def done(qtbot: QtBot, good: Callable[[], bool]) -> None:
    qtbot.waitUntil(lambda: good() and not jobs.is_busy(), timeout=60_000)


def test_letters_go_to_who_was_not_asked(window: MainWindow, qtbot: QtBot, printed: Path) -> None:
    school = desk_of(window).school
    code = a_sharing(school, Road.SCHOOL, pupils=2)
    detail = open_one(window, code)
    push(qtbot, detail, "Brieven maken…")
    asked = ready(qtbot)
    assert answer_of(school, code, sure_pupils(school)[0]) is Answer.NOT_ASKED
    assert asked._whom.currentText() == "Wie nog niet is gevraagd (2)"
    push(qtbot, asked, "Afdrukken…")
    done(qtbot, lambda: all(e.answer is Answer.NO_ANSWER for e in sharing(school, code).pupils))
    assert printed.stat().st_size > 0


def test_the_list_is_saved_after_a_warning(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    school, target = desk_of(window).school, tmp_path / "lijst"
    code, pupils = an_answered_sharing(school), sure_pupils(school)
    detail = open_one(window, code)
    monkeypatch.setattr(files, "choose_new_file", lambda *_: target)
    push(qtbot, detail, "Lijst: van wie mag het?")
    push(qtbot, ready(qtbot), "Bewaar als PDF…")
    assert "Afdrukken is veiliger" in texts(dialog(qtbot, QDialog))
    answer(qtbot, "Toch bewaren…")
    saved = target.with_suffix(".pdf")
    done(qtbot, saved.exists)
    text = "\n".join(texts_of(saved.read_bytes())).replace("’", "'")
    called = {each.pupil.id: register_name(each.pupil) for each in directory(school)}
    assert all(called[each] in text for each in pupils[:2])
    assert not any(called[each] in text for each in pupils[2:6])


def test_the_confirmation_of_a_withdrawal(window: MainWindow, qtbot: QtBot, printed: Path) -> None:
    school = desk_of(window).school
    detail = open_one(window, an_answered_sharing(school))
    choose(detail, sure_pupils(school)[2])
    push(qtbot, detail, "Bevestigingsbrief…")
    push(qtbot, ready(qtbot), "Afdrukken…")
    done(qtbot, lambda: printed.exists() and printed.stat().st_size > 0)


def test_without_a_yes_there_is_no_list(window: MainWindow) -> None:
    detail = open_one(window, a_sharing(desk_of(window).school))
    assert not detail.listing.isEnabled()


# — to read —


def test_a_school_opened_to_read_has_nothing_that_changes(
    demo: School, make_window: Callable[[], MainWindow], monkeypatch: pytest.MonkeyPatch
) -> None:
    code = an_answered_sharing(demo)
    monkeypatch.setattr(type(demo), "read_only", property(lambda _self: True))
    window = make_window()
    screen = open_screen(window)
    assert not {"Nieuwe afspraak…", "Eerste afspraak vastleggen"} & visible(screen)
    detail = open_one(window, code)
    assert visible(detail) == {"Terug naar de lijst", "Geschiedenis…"}
