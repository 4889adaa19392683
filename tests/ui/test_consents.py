"""The consents screen on the demo school, walked with keys."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from schoolprivacy.clock import SetClock
from schoolprivacy.consents.actions import NewDecision, record_decision
from schoolprivacy.consents.board import ConsentTable, consent_table
from schoolprivacy.consents.deciding import who_may_decide
from schoolprivacy.consents.history import cell_history
from schoolprivacy.consents.purposes import purpose_settings, switch_purpose
from schoolprivacy.consents.terms import Answer, Choice, Way
from schoolprivacy.consents.withdrawal import Withdrawal, withdrawable
from schoolprivacy.people.editing import add_pupil
from schoolprivacy.people.entries import GuardianEntry, PupilEntry
from schoolprivacy.people.terms import Authority
from schoolprivacy.school import School
from tests.consents.filled_school import fill
from tests.vault.schools import DIRECTOR
from ui.answers import signs
from ui.desk import Place
from ui.legend import LegendDialog
from ui.matrix import Order
from ui.screens.consent_cell import CellDialog
from ui.screens.consent_forms import InvalidateDialog, RecordDialog
from ui.screens.consent_withdraw import WithdrawDialog, WithdrawnDialog, withdrawal_letter
from ui.screens.consents import ConsentsScreen
from ui.screens.letter_dialog import LetterDialog
from ui.workplace import Workplace

RIGHT, DOWN, ENTER = Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Return
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def work(demo: School, qtbot: QtBot) -> Workplace:
    return a_workplace(demo, qtbot)


def a_workplace(school: School, qtbot: QtBot) -> Workplace:
    """The unlocked window, opened at the consents."""
    made = Workplace(school, "De Papieren Draak", Place("consents"))
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show()
    qtbot.waitExposed(made)
    QApplication.processEvents()
    made.resize(1280, 800)  # now that the sidebar is as narrow as it gets
    return made


def opened(work: Workplace, **detail: object) -> ConsentsScreen:
    work.desk.go("consents", **detail)
    screen = work.screen_of("consents")
    assert isinstance(screen, ConsentsScreen)
    return screen


def first_with(table: ConsentTable, *answers: Answer) -> tuple[str, str]:
    """Pupil and purpose of the first cell with one of these answers."""
    return next(
        (pupil.pupil.id, purpose.code)
        for pupil, row in zip(table.pupils, table.answers, strict=True)
        for purpose, answer in zip(table.purposes, row, strict=True)
        if answer in answers
    )


def answer_of(school: School, pupil_id: str, code: str) -> Answer:
    return cell_history(school, pupil_id, code).answer


def dialogue(kind: type[QDialog]) -> QDialog:
    QApplication.processEvents()  # it becomes the active window
    found = QApplication.activeModalWidget()
    assert isinstance(found, kind)
    return found


def texts(widget: QWidget) -> str:
    return "\n".join(each.text() for each in widget.findChildren(QLabel) if each.isVisible())


def take_back(work: Workplace, qtbot: QtBot) -> None:
    work.activateWindow()  # as a desktop does when a dialogue closes; offscreen there is none
    QApplication.processEvents()
    qtbot.keyClick(work, Qt.Key.Key_Z, CONTROL)


def at(work: Workplace, pupil_id: str, code: str) -> ConsentsScreen:
    """The screen, with the keyboard at a cell."""
    screen = opened(work)
    screen.focus_cells()
    assert screen.matrix.go_to(pupil_id, code)
    return screen


# — finding —


def test_shows_everybody_and_counts(work: Workplace, demo: School) -> None:
    screen = opened(work)
    table = consent_table(demo)
    silent = sum(row.count(Answer.NO_ANSWER) for row in table.answers)
    assert screen.count.text() == f"60 leerlingen · 13 doelen · {silent} vakjes zonder antwoord"
    assert screen.model.rowCount() == 60


def test_search_with_keys_and_down_into_the_cells(work: Workplace, qtbot: QtBot) -> None:
    screen = opened(work)
    surname = screen.model.pupil(7).pupil.surname
    assert screen.filters.search.hasFocus()
    qtbot.keyClicks(screen.filters.search, surname[:4])
    assert 0 < screen.model.rowCount() < 60
    qtbot.keyClick(screen.filters.search, DOWN)
    assert screen.matrix.hasFocus()
    assert screen.matrix.current() is not None


def test_nobody_found_says_so_and_clears(work: Workplace, qtbot: QtBot) -> None:
    screen = opened(work)
    qtbot.keyClicks(screen.filters.search, "qqq")
    assert "Geen leerling past" in texts(screen)
    assert not screen.matrix.isVisible()
    screen.filters.clear()
    assert screen.matrix.isVisible()
    assert screen.model.rowCount() == 60


@pytest.mark.parametrize("answer", [Answer.CONFLICT, Answer.NO_ANSWER, Answer.WITHDRAWN])
def test_opens_at_an_answer(work: Workplace, demo: School, answer: Answer) -> None:
    table = consent_table(demo)
    screen = opened(work, answer=answer)
    assert screen.model.rowCount() == sum(answer in row for row in table.answers) > 0


def test_opens_at_a_group_and_a_purpose(work: Workplace, demo: School) -> None:
    table = consent_table(demo)
    group, code = table.pupils[0].placement.group_name, table.purposes[1].code
    screen = opened(work, group=group, purpose=code, answer="granted")
    expected = [
        pupil.pupil.id
        for pupil, row in zip(table.pupils, table.answers, strict=True)
        if pupil.placement.is_in(group) and row[1] is Answer.GRANTED
    ]
    shown = [screen.model.pupil(row).pupil.id for row in range(screen.model.rowCount())]
    assert sorted(shown) == sorted(expected)
    assert screen.matrix.shown_columns() == [1]
    assert len(opened(work, group=group).matrix.shown_columns()) == 13


def test_who_may_not_be_on_a_photo(work: Workplace, demo: School) -> None:
    screen = opened(work, purpose="website", answer="not_yes")
    table = consent_table(demo)
    column = [each.code for each in table.purposes].index("website")
    expected = sum(row[column] is not Answer.GRANTED for row in table.answers)
    assert screen.model.rowCount() == expected


def test_opens_a_cell_from_elsewhere(work: Workplace, demo: School) -> None:
    pupil_id, code = first_with(consent_table(demo), Answer.CONFLICT)
    screen = opened(work, pupil=pupil_id, purpose=code)
    shown = dialogue(CellDialog)
    assert signs()[Answer.CONFLICT].word in [each.accessibleName() for each in _labels(shown)]
    assert "zei ja" in texts(shown)
    assert "telt als nee" in texts(shown)
    shown.reject()
    cell = screen.matrix.current()
    assert cell is not None
    assert (cell.pupil.pupil.id, cell.purpose.code) == (pupil_id, code)
    assert opened(work, pupil="nobody", purpose=code) is screen
    assert QApplication.activeModalWidget() is None


def _labels(widget: QWidget) -> list[QLabel]:
    return widget.findChildren(QLabel)


def test_the_order_is_remembered(work: Workplace, demo: School, qtbot: QtBot) -> None:
    screen = opened(work)
    screen.matrix.sort_wanted.emit(Order.CALL_NAME)
    names = [screen.model.pupil(row).pupil.call_name for row in range(60)]
    assert names[0] <= names[-1]
    again = opened(a_workplace(demo, qtbot))
    assert again.model.headerData(0, Qt.Orientation.Vertical).startswith(names[0])
    again.matrix.sort_wanted.emit(Order.SURNAME)


def test_the_kind_of_purposes_is_remembered(work: Workplace, demo: School, qtbot: QtBot) -> None:
    screen = opened(work)
    screen.filters.kind.setFocus()
    qtbot.keyClick(screen.filters.kind, DOWN)
    images = [e.code for e in consent_table(demo).purposes if not e.is_contact]
    assert len(screen.matrix.shown_columns()) == len(images) == 7
    assert screen.filters.purpose.count() == 8  # all of them, and each
    assert screen.count.text().startswith("60 leerlingen · 7 doelen")
    qtbot.keyClick(screen.filters.kind, DOWN)
    assert len(screen.matrix.shown_columns()) == 6
    assert opened(work, purpose="website").matrix.shown_columns() == [1]  # of the other kind
    again = opened(a_workplace(demo, qtbot))
    assert len(again.matrix.shown_columns()) == 6
    again.filters.clear()
    assert len(again.matrix.shown_columns()) == 13
    again.filters.kind_chosen.emit("")


def test_an_answer_is_only_looked_for_in_what_is_shown(work: Workplace, demo: School) -> None:
    screen, table = opened(work), consent_table(demo)
    screen.filters.choose_kind("contacts")
    screen.filters.answer.setCurrentIndex(screen.filters.answer.findData("withdrawn"))
    contacts = [place for place, each in enumerate(table.purposes) if each.is_contact]
    expected = sum(any(row[n] is Answer.WITHDRAWN for n in contacts) for row in table.answers)
    assert screen.model.rowCount() == expected


# — recording and withdrawing —


def test_records_an_answer_with_keys_and_takes_it_back(
    work: Workplace, demo: School, qtbot: QtBot
) -> None:
    pupil_id, code = first_with(consent_table(demo), Answer.NO_ANSWER)
    screen = at(work, pupil_id, code)
    qtbot.keyClick(screen.matrix, Qt.Key.Key_V)
    form = dialogue(RecordDialog)
    assert isinstance(form, RecordDialog)
    assert not form.answer.yes.isChecked()
    assert not form.answer.no.isChecked()
    qtbot.keyClick(form.day, ENTER)
    assert "Kies ja of nee." in texts(form)
    _choose_first(form, qtbot)
    qtbot.keyClick(form.who, Qt.Key.Key_Tab)
    assert form.answer.yes.hasFocus()
    qtbot.keyClick(form.answer.yes, RIGHT)
    qtbot.keyClick(form.answer.no, Qt.Key.Key_Space)
    assert form.answer.no.isChecked()
    assert "Kies ja of nee." not in texts(form)
    qtbot.keyClick(form.answer.no, Qt.Key.Key_Tab)
    assert form.day.hasFocus()
    qtbot.keyClick(form.day, Qt.Key.Key_Tab)
    assert form.way.hasFocus()
    qtbot.keyClick(form.way, DOWN)
    qtbot.keyClick(form.way, ENTER, CONTROL)
    line = cell_history(demo, pupil_id, code).lines[-1]
    assert answer_of(demo, pupil_id, code) is Answer.REFUSED
    assert (line.choice, line.way) == (Choice.REFUSED, Way.PHONE)
    assert screen.matrix.currentIndex().data() == "Nee"
    take_back(work, qtbot)
    assert answer_of(demo, pupil_id, code) is Answer.NO_ANSWER
    assert screen.matrix.currentIndex().data() == "Geen antwoord"
    assert screen.matrix.hasFocus()


def _choose_first(form: RecordDialog, qtbot: QtBot) -> None:
    form.who.setFocus()
    while form.decider() is None:
        qtbot.keyClick(form.who, DOWN)


def test_nothing_is_recorded_before_everything_is_chosen(
    work: Workplace, demo: School, qtbot: QtBot
) -> None:
    pupil_id, code = first_with(consent_table(demo), Answer.NO_ANSWER)
    before = len(cell_history(demo, pupil_id, code).lines)
    screen = at(work, pupil_id, code)
    qtbot.keyClick(screen.matrix, Qt.Key.Key_V)
    form = dialogue(RecordDialog)
    assert isinstance(form, RecordDialog)
    form.who.setCurrentIndex(0)
    form.day.setText("31-2-2026")
    qtbot.keyClick(form, ENTER, CONTROL)
    assert form.isVisible()
    shown = texts(form)
    for problem in ("Kies wie dit heeft beslist.", "Kies ja of nee.", "Vul een dag in"):
        assert problem in shown
    form.day.setText("1-1-2027")  # the clock stands in November 2026
    assert "day" in form.problems()
    qtbot.keyClick(form, Qt.Key.Key_Escape)
    assert len(cell_history(demo, pupil_id, code).lines) == before


def test_a_yes_that_does_not_count_is_told(work: Workplace, demo: School, qtbot: QtBot) -> None:
    table = consent_table(demo)
    today = demo.clock.today()
    pupil_id, place = next(
        (each.pupil.id, place)
        for each in table.pupils
        for place, who in enumerate(who_may_decide(demo, each.pupil.id, today))
        if who.authority is not Authority.YES
    )
    code = table.purposes[0].code
    screen = at(work, pupil_id, code)
    before = answer_of(demo, pupil_id, code)
    qtbot.keyClick(screen.matrix, Qt.Key.Key_V)
    form = dialogue(RecordDialog)
    assert isinstance(form, RecordDialog)
    form.who.setCurrentIndex(place + 1)
    assert form.remark.isVisible()
    assert form.remark.text()
    form.answer.yes.click()
    qtbot.keyClick(form, ENTER, CONTROL)
    assert "Telt n" in texts(work)
    assert answer_of(demo, pupil_id, code) is before


def _withdrawing(work: Workplace, qtbot: QtBot, pupil_id: str, code: str) -> WithdrawDialog:
    """The dialogue of a cell, with the first who could take something back chosen."""
    screen = at(work, pupil_id, code)
    qtbot.keyClick(screen.matrix, Qt.Key.Key_I)
    form = dialogue(WithdrawDialog)
    assert isinstance(form, WithdrawDialog)
    if form.who.chosen() is None:
        first = next(each for each in form.who.buttons if each.isEnabled())
        qtbot.keyClick(first, Qt.Key.Key_Space)
    return form


def test_withdraws_with_keys_for_this_purpose_only(
    work: Workplace, demo: School, qtbot: QtBot
) -> None:
    pupil_id, code = first_with(consent_table(demo), Answer.GRANTED)
    before = _row(demo, pupil_id)
    form = _withdrawing(work, qtbot, pupil_id, code)
    assert all(each.isChecked() for each in form.what.boxes)
    qtbot.keyClick(form.what.one, Qt.Key.Key_Space)
    assert form.what.codes() == [code]
    qtbot.keyClick(form.day, ENTER, CONTROL)
    assert _row(demo, pupil_id) == {**before, code: Answer.WITHDRAWN}
    after = dialogue(WithdrawnDialog)
    assert isinstance(after, WithdrawnDialog)
    assert not after.to_tasks.isVisible()
    qtbot.keyClick(after, Qt.Key.Key_Escape)
    take_back(work, qtbot)
    assert answer_of(demo, pupil_id, code) is Answer.GRANTED


def test_withdraws_everything_at_once_and_takes_it_back(
    work: Workplace, demo: School, qtbot: QtBot
) -> None:
    pupil_id, code = _with_many_yes(demo)
    before = _row(demo, pupil_id)
    form = _withdrawing(work, qtbot, pupil_id, code)
    who, codes = form.who.chosen(), form.what.codes()
    assert who is not None
    assert codes == list(who.codes)
    assert len(codes) > 1
    qtbot.keyClick(form.confirm, Qt.Key.Key_Space)
    after = _row(demo, pupil_id)
    assert {after[each] for each in codes if each in after} == {Answer.WITHDRAWN}
    dialogue(WithdrawnDialog).close()
    take_back(work, qtbot)
    assert _row(demo, pupil_id) == before


def test_either_parent_withdraws_and_what_the_other_granted_is_told(
    work: Workplace, demo: School, qtbot: QtBot
) -> None:
    pupil_id, code = _of_two_parents(demo)
    screen = at(work, pupil_id, code)
    qtbot.keyClick(screen.matrix, Qt.Key.Key_I)
    form = dialogue(WithdrawDialog)
    assert isinstance(form, WithdrawDialog)
    assert form.who.chosen() is None  # nobody is guessed
    qtbot.keyClick(form.confirm, Qt.Key.Key_Space)
    assert "Kies wie intrekt." in texts(form)
    said = []
    for each in form.who.buttons:
        each.setChecked(True)
        said += [box.text() for box in form.what.boxes]
    assert any(" – ja van " in each for each in said)
    qtbot.keyClick(form.what.every, Qt.Key.Key_Space)
    for box in form.what.boxes:
        box.setChecked(False)
    qtbot.keyClick(form.confirm, Qt.Key.Key_Space)
    assert "Kies minstens één doel." in texts(form)
    form.done(0)


def _of_two_parents(school: School) -> tuple[str, str]:
    """A child of which either parent could take a yes back that only one of them gave."""
    table = consent_table(school)
    shown = {each.code for each in table.purposes}  # a sharing for a while stands elsewhere
    for each in table.pupils:
        able = [who for who in withdrawable(school, each.pupil.id) if who.answers]
        others = [
            answer
            for who in able
            for answer in who.answers
            if not answer.is_own and answer.purpose.code in shown
        ]
        if len(able) > 1 and others:
            return each.pupil.id, others[0].purpose.code
    raise AssertionError("the demo school has no such child")


def test_after_withdrawing_there_is_a_letter_and_what_to_take_away(
    work: Workplace, demo: School, qtbot: QtBot
) -> None:
    pupil_id, code = first_with(consent_table(demo), Answer.GRANTED)
    form = _withdrawing(work, qtbot, pupil_id, code)
    who = form.who.chosen()
    assert who is not None
    form.confirm.click()
    dialogue(WithdrawnDialog).close()
    asked: list[tuple[str, dict[str, object]]] = []
    work.desk.going.connect(lambda place: asked.append((place.screen, dict(place.detail))))
    pupil = next(e.pupil for e in consent_table(demo).pupils if e.pupil.id == pupil_id)
    letter = withdrawal_letter(demo, pupil, who)
    after = WithdrawnDialog(work.desk, work, "Klaar", Withdrawal(("a",), 2), letter)
    assert after.to_tasks.isVisible()
    assert "2 publicaties" in texts(after)
    qtbot.keyClick(after.to_letter, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), LetterDialog))
    shown = QApplication.activeModalWidget()
    assert isinstance(shown, LetterDialog)
    assert shown.paper.pages() >= 1
    qtbot.keyClick(shown, Qt.Key.Key_Escape)
    qtbot.keyClick(after.to_tasks, Qt.Key.Key_Space)
    assert asked == [("publications", {"show": "tasks"})]


def _with_many_yes(school: School) -> tuple[str, str]:
    table = consent_table(school)
    for pupil, row in zip(table.pupils, table.answers, strict=True):
        images = [a for a, p in zip(row, table.purposes, strict=True) if not p.is_contact]
        if images.count(Answer.GRANTED) > 2:
            return pupil.pupil.id, table.purposes[row.index(Answer.GRANTED)].code
    raise AssertionError("the demo school has no such child")


def _row(school: School, pupil_id: str) -> dict[str, Answer]:
    table = consent_table(school)
    ids = [each.pupil.id for each in table.pupils]
    codes = [each.code for each in table.purposes]
    return dict(zip(codes, table.answers[ids.index(pupil_id)], strict=True))


def test_where_there_is_no_yes_nothing_can_be_withdrawn(
    work: Workplace, demo: School, qtbot: QtBot
) -> None:
    table = consent_table(demo)
    pupil_id = next(
        pupil.pupil.id
        for pupil, row in zip(table.pupils, table.answers, strict=True)
        if set(row) == {Answer.NO_ANSWER}
    )
    screen = at(work, pupil_id, table.purposes[0].code)
    qtbot.keyClick(screen.matrix, Qt.Key.Key_I)
    form = dialogue(WithdrawDialog)
    assert "Er is geen ja" in texts(form)
    qtbot.keyClick(form, ENTER, CONTROL)  # only closes it
    assert not form.isVisible()
    assert set(_row(demo, pupil_id).values()) == {Answer.NO_ANSWER}


def _new_pupil(school: School, entry: PupilEntry, *guardians: GuardianEntry) -> str:
    return add_pupil(school, entry, guardians).about


def test_from_sixteen_the_pupil_decides(school: School, qtbot: QtBot) -> None:
    mother = GuardianEntry(call_name="Robin", surname="Naam", relation="moeder")
    father = GuardianEntry(call_name="Sam", surname="Naam", relation="vader")
    entry = PupilEntry("Noa", surname="Naam", born_on=date(2010, 11, 2))  # sixteen today
    pupil_id = _new_pupil(school, entry, mother, father)
    screen = at(a_workplace(school, qtbot), pupil_id, "website")
    qtbot.keyClick(screen.matrix, Qt.Key.Key_V)
    form = dialogue(RecordDialog)
    assert isinstance(form, RecordDialog)
    decider = form.decider()
    assert decider is not None
    assert decider.guardian_id is None
    qtbot.keyClick(form.who, Qt.Key.Key_End)  # the parents stand there, and cannot be chosen
    assert form.decider() == decider
    form.day.setText("1-11-2026")
    form.day.editingFinished.emit()
    assert form.decider() is None  # both parents may, so one of them is to be chosen
    form.who.setCurrentIndex(2)
    assert form.decider() != decider
    form.answer.yes.click()
    form.day.setText("2-11-2026")
    form.day.editingFinished.emit()
    form.confirm.click()
    assert answer_of(school, pupil_id, "website") is Answer.GRANTED


def test_without_guardians_it_says_what_is_missing(school: School, qtbot: QtBot) -> None:
    pupil_id = _new_pupil(school, PupilEntry("Noa", surname="Naam"))
    screen = at(a_workplace(school, qtbot), pupil_id, "website")
    assert "Er is nog niets gevraagd" in texts(screen)
    qtbot.keyClick(screen.matrix, Qt.Key.Key_V)
    form = dialogue(RecordDialog)
    assert "geen ouder of verzorger bekend" in texts(form)
    form.reject()


# — the history of a cell —


def test_enter_shows_what_was_decided_and_on_which_text(
    work: Workplace, demo: School, qtbot: QtBot
) -> None:
    pupil_id, code = first_with(consent_table(demo), Answer.GRANTED)
    history = cell_history(demo, pupil_id, code)
    screen = at(work, pupil_id, code)
    qtbot.keyClick(screen.matrix, ENTER)
    shown = dialogue(CellDialog)
    assert isinstance(shown, CellDialog)
    newest = max(history.lines, key=lambda line: (line.decided_on, line.recorded_at))
    assert shown.lines.current() == newest
    assert newest.wording.label in shown.told.text()
    assert newest.recorded_by in shown.told.text()
    assert shown.why.text() == history.why
    spoken = shown.lines.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    assert newest.wording.label in spoken
    qtbot.keyClick(shown, Qt.Key.Key_Escape)
    assert not shown.isVisible()


def test_what_was_entered_wrongly_counts_no_more_and_stays_in_the_history(
    work: Workplace, demo: School, qtbot: QtBot
) -> None:
    pupil_id, code = first_with(consent_table(demo), Answer.NO_ANSWER)
    wrong = _record(demo, pupil_id, code, Choice.REFUSED)
    screen = at(work, pupil_id, code)
    qtbot.keyClick(screen.matrix, ENTER)
    shown = dialogue(CellDialog)
    assert isinstance(shown, CellDialog)
    shown.invalidate.click()
    form = dialogue(InvalidateDialog)
    assert isinstance(form, InvalidateDialog)
    qtbot.keyClick(form.why, ENTER)
    assert "Schrijf kort op" in texts(form)
    qtbot.keyClicks(form.why, "verkeerd kind")
    qtbot.keyClick(form.why, ENTER)
    line = next(
        each for each in cell_history(demo, pupil_id, code).lines if each.decision_id == wrong
    )
    assert line.invalidated is not None
    assert line.invalidated.why == "verkeerd kind"
    assert answer_of(demo, pupil_id, code) is Answer.NO_ANSWER
    screen.open_cell(screen.matrix.current())
    again = dialogue(CellDialog)
    assert isinstance(again, CellDialog)
    assert "verkeerd kind" in again.told.text()
    model = again.lines.model()
    words = [model.index(row, 2).data() for row in range(model.rowCount())]
    assert "Ongeldig (was: nee)" in words
    assert not again.invalidate.isEnabled()
    again.close()
    with qtbot.waitActive(work):
        work.activateWindow()
    qtbot.keyClick(work, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert answer_of(demo, pupil_id, code) is Answer.REFUSED


def _record(school: School, pupil_id: str, code: str, choice: Choice) -> str:
    today = school.clock.today()
    who = next(e for e in who_may_decide(school, pupil_id, today) if e.may)
    new = NewDecision(pupil_id, code, 1, choice, today, Way.DESK, who.guardian_id)
    return record_decision(school, new)


def test_a_decision_from_elsewhere_is_seen_at_once(work: Workplace, demo: School) -> None:
    pupil_id, code = first_with(consent_table(demo), Answer.NO_ANSWER)
    screen = at(work, pupil_id, code)
    _record(demo, pupil_id, code, Choice.REFUSED)
    work.desk.tell_change()
    assert screen.matrix.currentIndex().data() == "Nee"


# — the rest —


def test_the_legend_explains_every_answer(work: Workplace) -> None:
    screen = opened(work)
    screen.explain.click()
    shown = dialogue(LegendDialog)
    for sign in signs().values():
        assert sign.explained in texts(shown)
    shown.reject()


def test_read_only_shows_and_changes_nothing(
    demo_folder: Path, clock: SetClock, qtbot: QtBot
) -> None:
    to_read = School.open(demo_folder, DIRECTOR, clock, read_only=True)
    work = a_workplace(to_read, qtbot)
    screen = opened(work)
    screen.focus_cells()
    qtbot.keyClick(screen.matrix, Qt.Key.Key_V)
    assert QApplication.activeModalWidget() is None
    assert "geopend om te lezen" in texts(work)
    qtbot.keyClick(screen.matrix, ENTER)
    shown = dialogue(CellDialog)
    assert isinstance(shown, CellDialog)
    buttons = (shown.record, shown.withdraw, shown.invalidate)
    assert not any(each.isEnabled() for each in buttons)
    shown.reject()
    to_read.lock()


def test_without_pupils_it_says_what_to_do(school: School, qtbot: QtBot) -> None:
    assert "nog geen leerlingen" in texts(opened(a_workplace(school, qtbot)))


def test_a_whole_school_is_shown_and_searched(school: School, qtbot: QtBot) -> None:
    fill(school, 300, 30)
    screen = opened(a_workplace(school, qtbot))
    assert screen.model.rowCount() == 300
    assert "Er is nog niets gevraagd" not in texts(screen)
    qtbot.keyClicks(screen.filters.search, "naam12")
    qtbot.waitUntil(lambda: screen.model.rowCount() == 11)  # 12 and 120 to 129
    screen.filters.show_only(group="Groep 3", purpose=None, answer="")
    assert screen.count.text().startswith("30 leerlingen")


def test_without_purposes_it_says_what_to_do(work: Workplace, demo: School) -> None:
    for each in purpose_settings(demo):
        switch_purpose(demo, each.purpose.code, on=False)
    work.desk.tell_change()
    assert "nog geen doel gekozen" in texts(opened(work))


def test_whatever_takes_the_keyboard_has_a_name(
    work: Workplace, demo: School, qtbot: QtBot
) -> None:
    pupil_id, code = first_with(consent_table(demo), Answer.GRANTED)
    screen = at(work, pupil_id, code)
    assert _nameless(screen) == []
    for key, kind in (
        (ENTER, CellDialog),
        (Qt.Key.Key_V, RecordDialog),
        (Qt.Key.Key_I, WithdrawDialog),
    ):
        qtbot.keyClick(screen.matrix, key)
        shown = dialogue(kind)
        assert _nameless(shown) == []
        shown.reject()


def _nameless(within: QWidget) -> list[str]:
    return [
        repr(each)
        for each in within.findChildren(QWidget)
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus
        and each.isVisible()
        and not (each.accessibleName() or getattr(each, "text", str)())
    ]


@pytest.mark.parametrize("zoom", [1.0, 2.0])
def test_fits_in_the_window_with_all_purposes(
    demo: School, qtbot: QtBot, look: Callable[..., None], zoom: float
) -> None:
    for each in purpose_settings(demo):
        switch_purpose(demo, each.purpose.code, on=True)
    look(zoom=zoom)
    work = a_workplace(demo, qtbot)
    screen = opened(work)
    QApplication.processEvents()
    assert (work.width(), work.height()) == (1280, 800)
    assert len(screen.matrix.shown_columns()) == 20
    assert screen.matrix.columnWidth(0) < screen.matrix.viewport().width()
