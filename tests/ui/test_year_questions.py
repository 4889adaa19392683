"""Step 4: remind or ask again, stored at once, and counted as it will be printed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from schoolprivacy.consents.rounds.closing import close_round
from schoolprivacy.consents.rounds.opening import open_round
from schoolprivacy.consents.rounds.plan import Why
from schoolprivacy.consents.rounds.preview import PurposeCount, preview
from schoolprivacy.consents.rounds.terms import Mode, Step
from schoolprivacy.school import School
from schoolprivacy.schoolyear import SchoolYear
from tests.ui.year_steps_bench import StepBench
from ui.main_window import MainWindow
from ui.screens.year_questions import QuestionsStep
from ui.screens.year_questions_tables import why_words


@pytest.fixture
def bench(window: MainWindow, demo: School, qtbot: QtBot) -> StepBench:
    """A round of which nothing was printed yet."""
    close_round(demo)
    open_round(demo, SchoolYear(2027))
    return StepBench(window, demo, qtbot)


@pytest.fixture
def step(bench: StepBench) -> QuestionsStep:
    found = bench.open(Step.QUESTIONS, QuestionsStep)
    found.focus_first()
    return found


def key(bench: StepBench, step: QuestionsStep, *keys: Qt.Key) -> None:
    for each in keys:
        bench.qtbot.keyClick(step.table, each)
    bench.wait()


def shown(step: QuestionsStep) -> list[PurposeCount]:
    return list(step.table._rows.rows)


def test_the_purposes_stand_there_as_on_the_form(bench: StepBench, step: QuestionsStep) -> None:
    found = preview(bench.school)
    assert shown(step) == list(found.purposes)
    assert step.table.hasFocus() and step.table.current() == found.purposes[0]
    assert step.figures.forms.text() == str(found.forms)
    assert step.figures.letters.text() == str(found.letters)
    assert f"waarvan {found.letters_only} zonder formulier" in bench.reads()
    groups = step.groups.model()
    assert groups.rowCount() == len(found.groups)
    assert groups.index(0, 2).data() == str(found.groups[0].forms)


def test_space_asks_again_at_once_and_undo_takes_it_back(
    bench: StepBench, step: QuestionsStep
) -> None:
    key(bench, step, Qt.Key.Key_Down)
    purpose = step.table.current()
    assert purpose.mode is Mode.REMIND
    key(bench, step, Qt.Key.Key_Space)
    assert bench.round().modes[purpose.code] is Mode.ASK
    after = preview(bench.school)
    assert step.table.current() == next(e for e in after.purposes if e.code == purpose.code)
    assert step.table.current().forms > purpose.forms
    assert step.figures.forms.text() == str(after.forms)
    assert bench.said[-1][0] == f"“{purpose.short}”: opnieuw vragen."
    bench.undo()
    assert bench.round().modes[purpose.code] is Mode.REMIND
    assert step.table.current() == purpose


def test_the_button_does_the_same(bench: StepBench, step: QuestionsStep) -> None:
    code = step.table.current().code
    bench.press("Opnieuw vragen")
    bench.wait()
    assert bench.round().modes[code] is Mode.ASK
    assert "ook wie al antwoord gaf" in bench.reads()
    bench.press("Herinneren")
    bench.wait()
    assert bench.round().modes[code] is Mode.REMIND


def test_the_contact_list_is_locked_and_says_why(bench: StepBench, step: QuestionsStep) -> None:
    key(bench, step, Qt.Key.Key_End)
    locked = step.table.current()
    assert not locked.can_choose
    assert "één schooljaar" in bench.reads() and not step.switch.isEnabled()
    before = bench.round().modes
    key(bench, step, Qt.Key.Key_Space)
    assert bench.round().modes == before
    assert "elk schooljaar" in bench.said[-1][0]
    cell = step.table.currentIndex().siblingAtColumn(1)
    assert cell.data() == "Elk jaar vragen"


def test_every_cell_tells_why_a_question_stands_on_forms(
    bench: StepBench, step: QuestionsStep
) -> None:
    for each in preview(bench.school).purposes:
        said = why_words(each)
        assert all(f": {many}" in said for many in each.why.values())
    new = PurposeCount("x", "X", Mode.REMIND, True, 3, {Why.NEW_PURPOSE: 1, Why.WIDENED: 2})
    assert why_words(new) == "nieuwe vraag: 1, vraag is ruimer geworden: 2"
    assert why_words(PurposeCount("x", "X", Mode.REMIND, True, 0, {})) == "op geen enkel formulier"


def test_forms_on_paper_are_told_to_stay_as_they_are(
    window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    bench = StepBench(window, demo, qtbot)
    bench.open(Step.QUESTIONS, QuestionsStep)
    assert "Er zijn al formulieren gemaakt" in bench.reads()


def test_who_comes_back_finds_what_was_chosen(bench: StepBench, step: QuestionsStep) -> None:
    key(bench, step, Qt.Key.Key_Space)
    bench.press("Klaar, volgende stap")
    bench.wait()
    assert Step.QUESTIONS in bench.round().done and bench.guide.step is Step.PAPERS
    again = bench.open(Step.QUESTIONS, QuestionsStep)
    assert shown(again)[0].mode is Mode.ASK
