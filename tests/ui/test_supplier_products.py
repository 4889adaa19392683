"""A product in the window: recorded, changed, stopped, taken away, and its scans."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from schoolprivacy.clock import SetClock
from schoolprivacy.school import School
from schoolprivacy.suppliers.board import BoardRow, board, known_suppliers, product_row
from schoolprivacy.suppliers.evidence import evidence
from schoolprivacy.suppliers.products import add_product
from schoolprivacy.suppliers.terms import (
    Basic,
    Dpia,
    Paper,
    ProductKind,
    State,
    SupplierEntry,
    YesNo,
)
from tests.suppliers.builders import REKENAAR
from tests.ui.hands import modal, press, texts
from tests.ui.okr_bench import buttons
from tests.ui.suppliers_bench import (
    again,
    asked,
    leave,
    standing,
    suppliers,
    take_back,
)
from tests.ui.views_evidence import a_scan
from ui import files
from ui.fields import show_date
from ui.jobs import is_busy
from ui.main_window import MainWindow


def facts(window: MainWindow, row: BoardRow) -> Any:
    page = suppliers(window, product=row.file.product.id).product
    page.show_part(page.facts)
    return page.facts


# — recording —


def test_a_usual_product_fills_in_its_kind_and_opens(
    window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    before = board(demo)
    screen = suppliers(window)
    dialog = asked(qtbot, screen, "Nieuw product…")
    press(qtbot, dialog, "Vastleggen")
    assert texts(dialog).count("Vul dit in.") == 2
    qtbot.keyClicks(dialog.fields["name"], "parnas")
    assert dialog.fields["kind"].value() is not ProductKind.LAS
    dialog.fields["name"].setText("ParnasSys")
    assert dialog.fields["kind"].value() is ProductKind.LAS
    dialog.fields["company"].setText("Draakdata Noord")
    dialog.fields["used_for"].setText("leerlingadministratie")
    dialog.fields["since"].setText(show_date(demo.clock.today()))
    press(qtbot, dialog, "Vastleggen")
    made = product_row(demo, screen.detail_to_reopen()["product"])
    said = made.file.product
    assert (made.name, said.kind, made.file.supplier.name) == (
        "ParnasSys",
        ProductKind.LAS,
        "Draakdata Noord",
    )
    assert (said.used_for, said.since) == ("leerlingadministratie", demo.clock.today())
    assert (said.sensitive, said.dpia, said.pseudonym) == (YesNo.UNKNOWN, Dpia.UNKNOWN, "")
    assert made.state is State.NO_AGREEMENT
    take_back(window)
    assert board(demo) == before
    qtbot.waitUntil(lambda: screen.detail_to_reopen() == {})


def test_a_company_on_record_is_chosen_or_typed_and_never_made_twice(
    window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    row, before = standing(demo, State.IN_ORDER), known_suppliers(demo)
    for way in ("chosen", "typed"):
        screen = suppliers(window)
        dialog = asked(qtbot, screen, "Nieuw product…")
        dialog.fields["name"].setText(f"Rekenaar {way}")
        if way == "chosen":
            dialog.fields["supplier"].choose(row.file.supplier.id)
            assert not dialog.fields["company"].isVisible()
        else:
            dialog.fields["company"].setText(row.file.supplier.name.upper())
        press(qtbot, dialog, "Vastleggen")
        made = product_row(demo, screen.detail_to_reopen()["product"])
        assert made.file.supplier == row.file.supplier
    assert known_suppliers(demo) == before


def test_a_twin_of_a_product_is_refused_and_what_was_typed_stays(
    window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    row, before = standing(demo, State.IN_ORDER), board(demo)
    dialog = asked(qtbot, suppliers(window), "Nieuw product…")
    dialog.fields["name"].setText(row.name)
    dialog.fields["supplier"].choose(row.file.supplier.id)
    press(qtbot, dialog, "Vastleggen")
    assert "staat er al" in modal(qtbot).text()
    press(qtbot, modal(qtbot), "Begrepen")
    assert dialog.isVisible() and dialog.fields["name"].text() == row.name
    assert board(demo) == before


def test_everything_the_school_says_of_a_product_is_changed_and_taken_back(
    window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    row, today = standing(demo, State.INCOMPLETE), demo.clock.today()
    part = facts(window, row)
    dialog = asked(qtbot, part, "Product wijzigen…")
    dialog.fields["used_by"].setText("groep 7")
    dialog.fields["sensitive"].choose(YesNo.YES)
    assert not dialog.fields["dpia_on"].isVisible()
    dialog.fields["dpia"].choose(Dpia.NOT_NEEDED)
    assert dialog.fields["dpia_why"].isVisible()
    dialog.fields["dpia_why"].setText("alleen voornamen")
    dialog.fields["dpia"].choose(Dpia.DONE)
    assert not dialog.fields["dpia_why"].isVisible()
    press(qtbot, dialog, "Opslaan")
    assert "Vul de dag in." in texts(dialog)
    dialog.fields["dpia_on"].setText(show_date(today))
    dialog.fields["pseudonym"].choose(YesNo.NO)
    dialog.fields["pseudonym_why"].setText("kan niet met ECK iD")
    dialog.basics[Basic.MINIMAL].choose(YesNo.NO)
    dialog.basics[f"{Basic.MINIMAL}_note"].setText("vraagt de geboortedatum")
    press(qtbot, dialog, "Opslaan")
    now = again(demo, row).file.product
    assert (now.used_by, now.sensitive, now.dpia, now.dpia_on) == (
        "groep 7",
        YesNo.YES,
        Dpia.DONE,
        today,
    )
    assert now.dpia_why == ""  # it was done after all
    assert (now.pseudonym, now.pseudonym_why) == (YesNo.NO, "kan niet met ECK iD")
    assert now.basics[Basic.MINIMAL].answer is YesNo.NO
    kept = set(Basic) - {Basic.MINIMAL}
    was = row.file.product.basics
    assert {each: was[each] for each in kept & set(was)} == {
        each: now.basics[each] for each in kept & set(was)
    }
    qtbot.waitUntil(lambda: "Nee. vraagt de geboortedatum" in texts(part))
    assert "Nee, want kan niet met ECK iD" in texts(part)
    take_back(window)
    assert again(demo, row) == row


def test_a_note_that_was_not_saved_is_asked_about(
    window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    row = standing(demo, State.IN_ORDER)
    dialog = asked(qtbot, facts(window, row), "Product wijzigen…")
    dialog.basics[f"{Basic.OPEN}_note"].setText("staat in de schoolgids")
    leave(qtbot, dialog)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not dialog)
    assert "nog niet is opgeslagen" in texts(modal(qtbot))
    press(qtbot, modal(qtbot), "Niet opslaan")
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
    assert again(demo, row) == row


def test_the_company_is_changed_for_all_its_products(
    window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    row = standing(demo, State.IN_ORDER)
    sister = add_product(demo, row.file.supplier.id, REKENAAR).about
    part = facts(window, row)
    dialog = asked(qtbot, part, "Leverancier…")
    dialog.fields["email"].setText("geen adres")
    press(qtbot, dialog, "Opslaan")
    assert "geen e-mailadres" in modal(qtbot).text()
    press(qtbot, modal(qtbot), "Begrepen")
    dialog.fields["email"].setText("privacy@draakdata.example")
    dialog.fields["convenant"].choose(YesNo.NO)
    dialog.fields["address"].setPlainText("Postbus 1\n1234 AB Testdorp")
    press(qtbot, dialog, "Opslaan")
    now = product_row(demo, sister).file.supplier
    assert (now.email, now.convenant) == ("privacy@draakdata.example", YesNo.NO)
    assert now.address.splitlines() == ["Postbus 1", "1234 AB Testdorp"]
    qtbot.waitUntil(lambda: "privacy@draakdata.example" in texts(part))
    take_back(window)
    assert product_row(demo, sister).file.supplier == row.file.supplier


# — stopping —


def test_from_stopping_to_a_confirmation_that_was_none(
    window: MainWindow, demo: School, clock: SetClock, qtbot: QtBot
) -> None:
    row, today = standing(demo, State.IN_ORDER), demo.clock.today()
    part = facts(window, row)
    dialog = asked(qtbot, part, "Stoppen…")
    dialog.fields["on"].setText(show_date(today - timedelta(days=1)))
    press(qtbot, dialog, "Stoppen")
    assert "Vul dit in." in texts(dialog)
    dialog.fields["why"].setText("de school koos iets anders")
    press(qtbot, dialog, "Stoppen")
    assert again(demo, row).state is State.DELETION
    qtbot.waitUntil(lambda: "Bevestiging van wissen…" in buttons(part))
    dialog = asked(qtbot, part, "Bevestiging van wissen…")
    press(qtbot, dialog, "Vastleggen")
    assert again(demo, row).state is State.DELETION
    dialog.fields["how"].setText("brief van de leverancier")
    press(qtbot, dialog, "Vastleggen")
    stopped = again(demo, row)
    assert stopped.state is State.STOPPED
    assert stopped.file.product.deleted_how == "brief van de leverancier"
    assert stopped.file.agreements == row.file.agreements
    qtbot.waitUntil(lambda: "Bevestiging klopt niet" in buttons(part))
    assert "Toch weer in gebruik" not in buttons(part)
    press(qtbot, part, "Bevestiging klopt niet")
    assert again(demo, row).state is State.DELETION
    take_back(window)
    assert again(demo, row) == stopped


def test_stopping_later_asks_for_nothing_yet_and_can_be_turned_back(
    window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    row, today = standing(demo, State.IN_ORDER), demo.clock.today()
    part = facts(window, row)
    dialog = asked(qtbot, part, "Stoppen…")
    dialog.fields["on"].setText(show_date(today + timedelta(days=30)))
    dialog.fields["why"].setText("de proef is voorbij")
    press(qtbot, dialog, "Stoppen")
    assert State.DELETION not in {each.state for each in again(demo, row).findings}
    qtbot.waitUntil(lambda: "Toch weer in gebruik" in buttons(part))
    assert not {"Stoppen…", "Bevestiging van wissen…"} & buttons(part)
    press(qtbot, part, "Toch weer in gebruik")
    assert again(demo, row) == row


def test_a_product_is_taken_away_only_while_nothing_belongs_to_it(
    window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    row, before = standing(demo, State.IN_ORDER), board(demo)
    press(qtbot, facts(window, row), "Weghalen")
    assert "Er is niets weggehaald." in modal(qtbot).text()
    press(qtbot, modal(qtbot), "Begrepen")
    assert board(demo) == before
    made = add_product(demo, SupplierEntry("Testwerk"), REKENAAR).about
    new = product_row(demo, made)
    screen = suppliers(window)
    press(qtbot, facts(window, new), "Weghalen")
    assert [each.file.product.id for each in board(demo).rows].count(made) == 0
    qtbot.waitUntil(lambda: screen.detail_to_reopen() == {})
    take_back(window)
    assert product_row(demo, made) == new


# — scans —


def test_a_scan_is_kept_looked_at_taken_away_and_brought_back(
    window: MainWindow,
    demo: School,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    target = tmp_path / "bijsluiter.pdf"
    target.write_bytes(a_scan())
    monkeypatch.setattr(files, "choose_file", lambda *_: target)
    row = standing(demo, State.NO_AGREEMENT)
    page = suppliers(window, product=row.file.product.id).product
    page.show_part(page.scans)
    QApplication.processEvents()
    assert "Er is nog geen scan bewaard." in texts(page.scans)
    press(qtbot, page.scans, "Scan toevoegen…")
    qtbot.waitUntil(lambda: not is_busy() and QApplication.activeModalWidget() is not None)
    dialog = modal(qtbot)
    assert dialog.view.pages() == 1
    dialog.fields["paper"].choose(Paper.BIJSLUITER)
    dialog.fields["about"].setText("per post gekomen")
    press(qtbot, dialog, "Bewaren")
    (kept,) = evidence(demo, row.file.product.id)
    assert (kept.paper, kept.name, kept.about) == (
        Paper.BIJSLUITER,
        "bijsluiter.pdf",
        "per post gekomen",
    )
    qtbot.waitUntil(lambda: "Bekijken" in buttons(page.scans))
    look = asked(qtbot, page.scans, "Bekijken")
    assert "bijsluiter.pdf" in look.windowTitle()
    look.close()
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
    press(qtbot, page.scans, "Weghalen")
    assert evidence(demo, row.file.product.id) == []
    take_back(window)
    assert evidence(demo, row.file.product.id) == [kept]


def test_a_file_that_is_no_scan_is_told_before_anything_is_asked(
    window: MainWindow,
    demo: School,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    target = tmp_path / "bijsluiter.pdf"
    target.write_bytes(b"geen pdf")
    monkeypatch.setattr(files, "choose_file", lambda *_: target)
    row = standing(demo, State.NO_AGREEMENT)
    page = suppliers(window, product=row.file.product.id).product
    page.show_part(page.scans)
    press(qtbot, page.scans, "Scan toevoegen…")
    qtbot.waitUntil(lambda: not is_busy() and QApplication.activeModalWidget() is not None)
    assert "geen PDF, JPEG of PNG" in modal(qtbot).text()
    assert evidence(demo, row.file.product.id) == []
