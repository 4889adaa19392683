"""The list of products and the page of one: finding, filtering, what must happen, papers, roles."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from schoolprivacy.access.terms import Role
from schoolprivacy.clock import SetClock
from schoolprivacy.duties import Target
from schoolprivacy.school import School, StaffMember
from schoolprivacy.suppliers.board import BoardRow, board
from schoolprivacy.suppliers.terms import (
    State,
    Step,
)
from schoolprivacy.suppliers.words import state_word, step_word, why_told
from tests.ui.hands import modal, press, texts
from tests.ui.okr_bench import buttons
from tests.ui.stage import desk_of
from tests.ui.suppliers_bench import (
    asked,
    leave,
    only_to_read,
    product,
    standing,
    suppliers,
)
from ui.jobs import is_busy
from ui.main_window import MainWindow
from ui.screens.letter_dialog import LetterDialog
from ui.screens.overview import _PLACES
from ui.table import ROW

RECORDING = {"Nieuw product…", "Product wijzigen…", "Leverancier…", "Stoppen…", "Weghalen"}


def names(screen: Any) -> list[str]:
    """The products that are in view, from the top."""
    shown = screen.list.shown
    return [shown.index(place, 0).data(ROW).name for place in range(shown.rowCount())]


def used(school: School) -> list[BoardRow]:
    return [each for each in board(school).rows if each.state is not State.STOPPED]


# — the list —


def test_what_is_used_stands_worst_first_and_each_opens_with_enter(
    window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    screen = suppliers(window)
    assert names(screen) == [each.name for each in used(demo)]
    order = list(State)
    stand = [order.index(each.state) for each in used(demo)]
    assert stand == sorted(stand) and len(set(stand)) > 5
    screen.list.focus_first()
    assert screen.list.table.current() == used(demo)[0]
    qtbot.keyClick(screen.list.table, Qt.Key.Key_Down)
    qtbot.keyClick(screen.list.table, Qt.Key.Key_Return)
    assert screen.detail_to_reopen() == {"product": used(demo)[1].file.product.id}
    qtbot.keyClick(screen.product, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: screen.detail_to_reopen() == {})
    assert screen.list.table.current() == used(demo)[1]


def test_search_finds_company_kind_and_use(window: MainWindow, demo: School) -> None:
    screen, row = suppliers(window), standing(demo, State.NO_AGREEMENT)
    for typed in (row.file.supplier.name, row.file.product.used_for, row.name.upper()):
        screen.list.search.setText(typed)
        assert row.name in names(screen)
        assert len(names(screen)) < len(used(demo))
    screen.list.search.setText("xyz")
    assert not names(screen)
    assert "Niets gevonden." in texts(screen)


def test_a_filter_shows_one_state_and_is_remembered(
    window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    screen, row = suppliers(window), standing(demo, State.STOPPED)
    screen.list.state.choose("stopped")
    assert names(screen) == [row.name]
    suppliers(window, product=row.file.product.id)
    press(qtbot, screen.product, "Terug naar de lijst")
    assert names(screen) == [row.name]
    screen.list.state.choose(State.NOT_SIGNED)
    assert names(screen) == [standing(demo, State.NOT_SIGNED).name]
    assert state_word(State.NOT_SIGNED) in screen.list.state.currentText()


def test_the_overview_leads_to_what_needs_something(window: MainWindow, demo: School) -> None:
    place = _PLACES[Target.SUPPLIERS]
    screen = suppliers(window, **place.detail)
    due = [each.name for each in used(demo) if each.state is not State.IN_ORDER]
    assert place.screen == "suppliers"
    assert names(screen) == due
    assert f"iets te doen bij {len(due)}" in texts(screen)


def test_the_list_is_sorted_by_a_column_and_days_by_the_calendar(
    window: MainWindow, demo: School
) -> None:
    screen = suppliers(window)
    screen.list.table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    shown = [each.casefold() for each in names(screen)]
    assert shown == sorted(shown, reverse=True)
    screen.list.table.sortByColumn(4, Qt.SortOrder.AscendingOrder)
    ends = {each.name: each.ends_on for each in used(demo)}
    days = [ends[each] for each in names(screen)]
    known = [each for each in days if each]
    assert len(known) > 1 and days[: len(known)] == sorted(known)


# — the page of a product —


@pytest.mark.parametrize("state", [each for each in State if each is not State.STOPPED])
def test_each_finding_is_told_with_the_button_of_its_step(
    window: MainWindow, demo: School, state: State
) -> None:
    row, page = standing(demo, state), product(window, state).product
    QApplication.processEvents()
    pills = [each.accessibleName() for each in page.todo.findChildren(QLabel)]
    for each in row.findings:
        assert why_told(each) in texts(page.todo)
        assert state_word(each.state) in pills
        assert f"{step_word(each.step)}…" in buttons(page.todo)
    if not row.findings:
        assert "Dit product is in orde." in texts(page.todo)
        assert not buttons(page.todo)


@pytest.mark.parametrize(
    ("state", "step", "part"),
    [
        (State.NO_AGREEMENT, Step.AGREEMENT, "agreements"),
        (State.NOT_SIGNED, Step.SIGN, "agreements"),
        (State.NO_BIJSLUITER, Step.BIJSLUITER, "bijsluiter"),
        (State.NO_ANNEX, Step.ANNEX, "annex"),
        (State.DELETION, Step.DELETION, "facts"),
        (State.INCOMPLETE, Step.PRODUCT, "facts"),
    ],
)
def test_the_button_of_a_step_opens_its_dialogue_on_its_own_tab(
    window: MainWindow, demo: School, qtbot: QtBot, state: State, step: Step, part: str
) -> None:
    screen = product(window, state)
    page = screen.product
    dialog = asked(qtbot, page.todo, f"{step_word(step)}…")
    assert dialog.primary.isVisible()
    assert getattr(page, part).isVisible() and not page.todo.isVisible()
    leave(qtbot, dialog)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
    assert screen.detail_to_reopen() == {"product": screen.product.todo.row.file.product.id}


def test_what_parents_do_not_read_yet_leads_to_their_list(
    window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    screen = product(window, State.NOT_TOLD)
    press(qtbot, screen.product.todo, f"{step_word(Step.PUBLISH)}…")
    assert screen.detail_to_reopen() == {"show": "parents"}
    assert screen.parents.isVisible()


def test_a_product_that_was_left_is_not_kept_in_the_window(
    window: MainWindow, demo: School
) -> None:
    row = standing(demo, State.IN_ORDER)
    screen = suppliers(window, product=row.file.product.id)
    screen.product.show_part(screen.product.facts)
    assert row.file.product.used_for in texts(screen.product.facts)
    suppliers(window)
    assert all(part.row is None for part, _ in screen.product.parts)
    suppliers(window, product=row.file.product.id)
    assert screen.product.todo.isVisible()


# — papers, and who may do what —


def test_the_papers_of_all_and_of_one_product(
    window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    screen = suppliers(window)
    press(qtbot, screen, "Afdrukken…")
    offered = [each.text() for each in screen.menu.actions()]
    screen.menu.close()
    assert offered[:2] == ["Lijst voor ouders…", "Overzicht voor het bestuur…"]
    product(window, State.NO_AGREEMENT)
    press(qtbot, screen, "Afdrukken…")
    offered = [each.text() for each in screen.menu.actions()]
    assert offered == ["Brief aan de leverancier…", "Brief aan ouders: nieuw product…"]
    screen.menu.close()
    screen.menu.actions()[0].trigger()
    qtbot.waitUntil(lambda: not is_busy() and QApplication.activeModalWidget() is not None)
    assert "Brief aan de leverancier" in modal(qtbot).windowTitle()


def test_who_may_only_look_sees_everything_and_records_nothing(
    demo_folder: Path, clock: SetClock, qtbot: QtBot
) -> None:
    with only_to_read(demo_folder, clock, qtbot) as window:
        screen = suppliers(window)
        assert names(screen)
        assert not RECORDING & buttons(screen)
        qtbot.keyClick(screen, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
        assert QApplication.activeModalWidget() is None
        row = standing(desk_of(window).school, State.NO_AGREEMENT)
        page = suppliers(window, product=row.file.product.id).product
        assert why_told(row.findings[0]) in texts(page.todo)
        assert not buttons(page.todo)
        for part, _ in page.parts:
            page.show_part(part)
            assert not {each for each in buttons(part) if each.endswith("…")}


def test_a_role_without_rights_is_shown_nothing_of_suppliers(
    window: MainWindow, demo: School
) -> None:
    row = standing(demo, State.NO_AGREEMENT)
    screen = suppliers(window, product=row.file.product.id)
    demo.who = StaffMember(demo.who.id, demo.who.name, Role.TEACHER)
    desk_of(window).tell_change()
    QApplication.processEvents()
    assert "Met de rol leerkracht mag dit niet" in texts(screen)
    assert not {*RECORDING, "Afdrukken…"} & buttons(screen)
    assert row.name not in texts(screen)
    assert all(part.row is None for part, _ in screen.product.parts)


def test_the_letter_stands_beside_what_it_asks_for(
    window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    screen = product(window, State.NO_AGREEMENT)
    press(qtbot, screen.product.todo, "Brief aan de leverancier…")
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), LetterDialog))
    shown: Any = QApplication.activeModalWidget()
    assert shown.paper.pages() == 1
    leave(qtbot, shown)
    product(window, State.IN_ORDER)
    said = texts(screen.product.todo)
    assert "Brief aan de leverancier…" not in said  # there is nothing to ask for
