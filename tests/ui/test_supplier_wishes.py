"""A teacher asks for an app and the director decides, in the window."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from schoolprivacy.clock import SetClock
from schoolprivacy.duties import Target
from schoolprivacy.school import School
from schoolprivacy.suppliers.board import board
from schoolprivacy.suppliers.terms import ProductKind, State, Wish, YesNo
from schoolprivacy.suppliers.wishes import ask_for_app, wishes
from tests.ui.hands import modal, press, texts
from tests.ui.okr_bench import buttons
from tests.ui.stage import desk_of, screen_of
from tests.ui.suppliers_bench import asked, only_to_read, suppliers
from ui.main_window import MainWindow
from ui.screens.overview import _PLACES
from ui.screens.suppliers_wishes import WishesPart
from ui.table import ROW


def part(window: MainWindow) -> Any:
    return suppliers(window, show="wishes").wishes


def undecided(school: School) -> Wish:
    return next(each for each in wishes(school) if each.granted is None)


def now(school: School, wish: Wish) -> Wish:
    return next(each for each in wishes(school) if each.id == wish.id)


def go_to(shown: WishesPart, wish: Wish) -> None:
    rows = range(shown.shown.rowCount())
    there = [shown.shown.index(n, 0).data(ROW).id for n in rows]
    shown.table.selectRow(there.index(wish.id))


def take_back(window: MainWindow) -> None:
    assert window.workplace is not None
    window.workplace._toast.undo()


def test_undecided_is_first_and_the_overview_leads_here(window: MainWindow, demo: School) -> None:
    shown = part(window)
    assert shown.table.current() == undecided(demo)
    assert {"Besluiten…", "Weghalen"} <= buttons(shown)
    assert _PLACES[Target.APP_WISHES].detail == {"show": "wishes"}


def test_a_request_is_recorded_found_and_taken_back(
    window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    shown, before = part(window), wishes(demo)
    dialog = asked(qtbot, shown, "Verzoek vastleggen…")
    dialog.fields["app"].setText("Sterrenkijker")
    press(qtbot, dialog, "Vastleggen")
    assert wishes(demo) == before and dialog.isVisible()
    dialog.fields["by"].setText("Juf Testa")
    dialog.fields["used_for"].setText("les over planeten")
    press(qtbot, dialog, "Vastleggen")
    assert shown.table.current().app == "Sterrenkijker"  # the next one decides on
    shown.search.setText("sterren")
    assert shown.shown.rowCount() == 1
    take_back(window)
    assert wishes(demo) == before


def test_a_no_needs_a_reason_and_is_kept(window: MainWindow, demo: School, qtbot: QtBot) -> None:
    shown, wish = part(window), undecided(demo)
    dialog = asked(qtbot, shown, "Besluiten…")
    assert wish.data in texts(dialog)
    press(qtbot, dialog, "Vastleggen")
    assert now(demo, wish).granted is None and dialog.isVisible()
    dialog.fields["granted"].choose(False)
    assert not dialog.fields["product"].isVisible()
    press(qtbot, dialog, "Vastleggen")
    assert now(demo, wish).granted is None and dialog.isVisible()
    dialog.fields["why"].setText("geen overeenkomst te krijgen")
    products = len(board(demo).rows)
    press(qtbot, dialog, "Vastleggen")
    assert now(demo, wish).granted is False
    assert len(board(demo).rows) == products
    go_to(shown, wish)
    assert "geen overeenkomst te krijgen" in texts(shown)
    assert {"Besluit terugnemen"} <= buttons(shown)
    assert not buttons(shown) & {"Weghalen", "Naar het product", "Besluiten…"}
    press(qtbot, shown, "Besluit terugnemen")
    assert now(demo, wish).granted is None
    take_back(window)
    assert now(demo, wish).reason == "geen overeenkomst te krijgen"


def test_a_yes_puts_a_product_on_record_that_is_not_in_order_yet(
    window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    shown, wish = part(window), undecided(demo)
    dialog = asked(qtbot, shown, "Besluiten…")
    dialog.fields["granted"].choose(True)
    assert "eerst een getekende overeenkomst en een bijsluiter" in texts(dialog)
    assert dialog.fields["used_for"].text() == wish.used_for
    assert dialog.fields["used_by"].text() == wish.used_by
    dialog.fields["why"].setText("past bij de les")
    press(qtbot, dialog, "Vastleggen")
    assert now(demo, wish).granted is None and dialog.isVisible()  # of which company?
    dialog.fields["company"].setText("Quizmakerij")
    dialog.fields["convenant"].choose(YesNo.NO)
    dialog.fields["kind"].choose(ProductKind.LEARNING)
    dialog.fields["used_by"].setText("groep 6 en 7")
    press(qtbot, dialog, "Vastleggen")
    made = next(e for e in board(demo).rows if e.file.product.id == now(demo, wish).product_id)
    assert made.file.supplier.name == "Quizmakerij"
    assert made.file.product.kind is ProductKind.LEARNING
    assert made.file.product.used_by == "groep 6 en 7"
    assert made.state is State.NO_AGREEMENT
    go_to(shown, wish)
    press(qtbot, shown, "Naar het product")
    assert screen_of(window, "suppliers").detail_to_reopen() == {"product": made.file.product.id}


def test_a_yes_to_what_is_on_record_makes_no_second_product(
    window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    there = board(demo).rows[0]
    asked_again = _asked(demo, replace(undecided(demo), app=there.name.upper()))
    again = next(each for each in wishes(demo) if each.id == asked_again)
    shown, products = part(window), len(board(demo).rows)
    go_to(shown, again)
    dialog = asked(qtbot, shown, "Besluiten…")
    dialog.fields["granted"].choose(True)
    assert dialog.fields["product"].value() == there.file.product.id
    assert not dialog.fields["supplier"].isVisible()
    dialog.fields["why"].setText("gebruiken we al")
    press(qtbot, dialog, "Vastleggen")
    assert now(demo, again).product_id == there.file.product.id
    assert len(board(demo).rows) == products


def test_who_decides_sees_what_was_decided_before_about_the_same_app(
    window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    said_no = next(each for each in wishes(demo) if each.granted is False)
    again = _asked(demo, replace(said_no, app=said_no.app.lower()))
    shown = part(window)
    go_to(shown, next(each for each in wishes(demo) if each.id == again))
    dialog = asked(qtbot, shown, "Besluiten…")
    assert said_no.reason in texts(dialog)


def test_a_request_is_corrected_and_one_by_mistake_removed(
    window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    shown, wish = part(window), undecided(demo)
    dialog = asked(qtbot, shown, "Verbeteren…")
    dialog.fields["used_by"].setText("groep 5")
    press(qtbot, dialog, "Vastleggen")
    assert now(demo, wish).used_by == "groep 5"
    press(qtbot, shown, "Weghalen")
    assert wish.id not in {each.id for each in wishes(demo)}
    take_back(window)
    assert now(demo, wish).used_by == "groep 5"


def test_the_blank_request_is_shown(window: MainWindow, qtbot: QtBot) -> None:
    press(qtbot, part(window), "Leeg blad…")
    qtbot.waitUntil(lambda: "leeg blad" in modal(qtbot).windowTitle())


def test_who_may_only_look_decides_nothing(
    demo_folder: Path, clock: SetClock, qtbot: QtBot
) -> None:
    with only_to_read(demo_folder, clock, qtbot) as window:
        shown = part(window)
        assert buttons(shown) == {"Leeg blad…"}
        qtbot.keyClick(shown.table, Qt.Key.Key_Return)
        go_to(shown, next(each for each in wishes(desk_of(window).school) if each.granted))
        assert "Naar het product" in buttons(shown)


def _asked(school: School, wish: Wish) -> str:
    return ask_for_app(school, wish).about
