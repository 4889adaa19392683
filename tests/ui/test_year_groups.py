"""The groups of the round's year: how they stand, moving up by hand, repeating and leaving."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from schoolprivacy.consents.rounds.closing import close_round
from schoolprivacy.consents.rounds.opening import open_round
from schoolprivacy.consents.rounds.terms import Step
from schoolprivacy.people.moving_up import LEAVE, plan_moves
from schoolprivacy.people.year_groups import year_groups
from schoolprivacy.school import School, list_backups
from schoolprivacy.schoolyear import SchoolYear
from tests.people.builders import pupils_of
from tests.ui.hands import modal, press, texts
from tests.ui.settings_kit import press_button, said
from tests.ui.stage import desk_of, screen_of
from ui.jobs import JobDialog, is_busy
from ui.main_window import MainWindow
from ui.screens.year_groups import GroupsStep
from ui.screens.year_groups_dialog import MoveDialog

NEXT = SchoolYear(2027)


def settle(qtbot: QtBot) -> None:
    """Until nothing is being read or made any more."""
    qtbot.waitUntil(lambda: not is_busy(), timeout=60_000)
    qtbot.waitUntil(lambda: not isinstance(QApplication.activeModalWidget(), JobDialog))
    QApplication.processEvents()
    qtbot.waitUntil(lambda: not is_busy(), timeout=60_000)


def opened(window: MainWindow, qtbot: QtBot) -> GroupsStep:
    desk_of(window).go("year", step=int(Step.GROUPS))
    settle(qtbot)
    found = screen_of(window, "year").guide.present
    assert isinstance(found, GroupsStep)
    return found


@pytest.fixture
def step(window: MainWindow, demo: School, qtbot: QtBot) -> GroupsStep:
    """A round for next year, for which nobody has a group yet."""
    close_round(demo)
    open_round(demo, NEXT)
    return opened(window, qtbot)


def shown(step: GroupsStep) -> dict[str, list[str]]:
    """Every row of the proposal: from → the other cells."""
    model = step.table.model()
    found: dict[str, list[str]] = {}
    for row in range(model.rowCount()):
        name, *others = (model.index(row, column).data() for column in range(4))
        found[f"{name} {row}"] = [name, *others]
    return found


def change(step: GroupsStep, row: int, qtbot: QtBot) -> MoveDialog:
    """Open a row by keys."""
    step.table.setFocus()
    step.table.setCurrentIndex(step.table.model().index(row, 0))
    qtbot.keyClick(step.table, Qt.Key.Key_Return)
    found = modal(qtbot)
    assert isinstance(found, MoveDialog)
    return found


def take(dialog: MoveDialog, qtbot: QtBot) -> None:
    qtbot.keyClick(dialog.name, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
    settle(qtbot)


def row_leaving(step: GroupsStep) -> int:
    return next(
        row
        for row in range(step.table.model().rowCount())
        if step.table.model().index(row, 1).data() == "van school"
    )


def last_undo(window: MainWindow) -> Any:
    assert window.workplace is not None
    return window.workplace._toast.undo


def test_where_everybody_sits_it_says_so(window: MainWindow, demo: School, qtbot: QtBot) -> None:
    step = opened(window, qtbot)
    found = year_groups(demo, SchoolYear(2026))
    assert f"{found.placed} leerlingen in {len(found.groups)} groepen" in texts(step)
    assert step.groups.model().rowCount() == len(found.groups)
    assert not step.table.isVisible() or found.without


def test_the_proposal_stands_there_to_be_changed(step: GroupsStep, demo: School) -> None:
    plan = plan_moves(demo, NEXT)
    assert "zit nog niemand in een groep" in said(step, "notice")
    assert len(shown(step)) == len(plan.moves)
    assert step.window().focusWidget() is step.table
    leaving = sum(len(each.pupil_ids) for each in plan.moves if each.to_group is LEAVE)
    moving = sum(len(each.pupil_ids) for each in plan.moves) - leaving
    assert step._sums.text() == f"Leerlingen: {moving} naar hun nieuwe groep, {leaving} van school."


def test_everybody_moves_and_it_can_be_taken_back(
    step: GroupsStep, window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    plan, before = plan_moves(demo, NEXT), len(list_backups(demo.folder))
    press_button(qtbot, step, "Laten overgaan")
    settle(qtbot)
    found = pupils_of(demo, NEXT).values()
    groups = {each.pupil.id: each.placement.group for each in found}
    for move in plan.moves:
        assert {groups[each] for each in move.pupil_ids} == {move.to_group}
    assert len(list_backups(demo.folder)) == before + 1
    qtbot.waitUntil(lambda: not step._by_hand.isVisible())
    assert step.groups.isVisible()
    last_undo(window)()
    settle(qtbot)
    assert not any(each.placement.group for each in pupils_of(demo, NEXT).values())
    qtbot.waitUntil(step._by_hand.isVisible)


def test_another_group_is_typed_and_a_name_is_asked(step: GroupsStep, qtbot: QtBot) -> None:
    dialog = change(step, 0, qtbot)
    dialog.name.clear()
    qtbot.keyClick(dialog.name, Qt.Key.Key_Return)
    assert "Geef de groep een naam." in texts(dialog)
    dialog.name.setFocus()
    qtbot.keyClicks(dialog.name, "Vlinders")
    take(dialog, qtbot)
    assert step.table.model().index(0, 1).data() == "Groep Vlinders"
    assert "veranderd" in step.unsaved()
    press(qtbot, step, "Opnieuw voorstellen")
    settle(qtbot)
    assert step.table.model().index(0, 1).data() != "Groep Vlinders"
    assert not step.unsaved()


def test_who_repeats_stays_and_does_not_leave(step: GroupsStep, demo: School, qtbot: QtBot) -> None:
    row = row_leaving(step)
    dialog = change(step, row, qtbot)
    of = dialog._of
    dialog.pupils.setFocus()
    who = dialog.pupils.current()
    qtbot.keyClick(dialog.pupils, Qt.Key.Key_Space)
    assert "1 gekozen" in texts(dialog)
    take(dialog, qtbot)
    assert any(each[3] == who.pupil.call_name for each in shown(step).values())
    assert "1 blijft zitten" in step._sums.text()
    press_button(qtbot, step, "Laten overgaan")
    settle(qtbot)
    found = {each.pupil.id: each for each in pupils_of(demo, NEXT).values()}
    stays = found[who.pupil.id]
    assert stays.placement.group == of.from_group and stays.placement.year_level == "8"
    assert stays.pupil.left_on is None
    others = [each.pupil.id for each in of.pupils if each.pupil.id != who.pupil.id]
    assert {found[each].pupil.left_on for each in others} == {NEXT.previous().last_day}


def test_a_group_can_wait(step: GroupsStep, demo: School, qtbot: QtBot) -> None:
    dialog = change(step, 0, qtbot)
    of = dialog._of
    dialog.where.choose("open")
    assert not dialog.name.isVisible()
    take(dialog, qtbot)
    assert f"{len(of.pupils)} nog niet" in step._sums.text()
    press_button(qtbot, step, "Laten overgaan")
    settle(qtbot)
    qtbot.waitUntil(lambda: len(shown(step)) == 1)
    assert f"Nog zonder groep: {len(of.pupils)} leerling" in said(step, "notice")


def test_leaving_it_asks_about_what_was_changed(
    step: GroupsStep, window: MainWindow, qtbot: QtBot
) -> None:
    dialog = change(step, 0, qtbot)
    dialog.where.choose("leave")
    take(dialog, qtbot)
    press(qtbot, screen_of(window, "year").guide, "Vorige")
    press(qtbot, modal(qtbot), "Weggooien")
    settle(qtbot)
    assert screen_of(window, "year").guide.step is Step.BACKUP
    assert not step.unsaved()


def test_a_file_is_read_in_the_import(step: GroupsStep, window: MainWindow, qtbot: QtBot) -> None:
    assert "alle leerlingen" in texts(step)
    press_button(qtbot, step, "Bestand inlezen…")
    settle(qtbot)
    assert screen_of(window, "import").isVisible()
