"""The agreement of a product in the window: recording, signing, replacing, ending, mistakes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from pytestqt.qtbot import QtBot

from schoolprivacy.school import School
from schoolprivacy.suppliers.agreements import record_agreement, replace_agreement
from schoolprivacy.suppliers.board import BoardRow, product_row
from schoolprivacy.suppliers.products import add_product
from schoolprivacy.suppliers.terms import Agreement, Model, State, Step
from tests.suppliers.builders import BOARD, COMPANY, REKENAAR, an_agreement, unsigned
from tests.ui.hands import modal, press, texts
from tests.ui.okr_bench import buttons
from tests.ui.suppliers_bench import again, asked, product, standing, suppliers
from ui.fields import show_date
from ui.main_window import MainWindow


def _part(window: MainWindow, row: BoardRow) -> Any:
    page = suppliers(window, product=row.file.product.id).product
    page.show_part(page.agreements)
    return page.agreements


def _own(row: BoardRow) -> Agreement:
    """The only agreement of a product."""
    (found,) = row.file.agreements
    return found


def _sister(school: School, row: BoardRow) -> str:
    """Another product of the same company, without papers; gives its identifier."""
    return add_product(school, row.file.supplier.id, REKENAAR).about


def _unsigned(school: School, row: BoardRow) -> BoardRow:
    """A product without agreement gets one that nobody signed."""
    entry = unsigned(row.file.product.id)
    record_agreement(school, row.file.supplier.id, entry)
    return again(school, row)


def test_a_new_agreement_covers_the_products_that_are_ticked(
    window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    row, today = standing(demo, State.NO_AGREEMENT), demo.clock.today()
    sister = _sister(demo, row)
    part = _part(window, row)
    assert "Er is geen verwerkersovereenkomst" in texts(part)
    dialog = asked(qtbot, part, "Overeenkomst vastleggen…")
    press(qtbot, dialog, "Vastleggen")
    assert "Vul de dag in." in texts(dialog)
    dialog.fields["begins"].setText(show_date(today))
    dialog.fields["school_on"].setText(show_date(today))
    press(qtbot, dialog, "Vastleggen")
    assert "Vul dit in." in texts(dialog)
    dialog.fields["school_by"].setText(BOARD)
    dialog._ticks[sister].setChecked(True)
    press(qtbot, dialog, "Vastleggen")
    made = _own(again(demo, row))
    assert set(made.products) == {row.file.product.id, sister}
    assert (made.model, made.version, made.begins_on) == (Model.MODEL_4, "4.0", today)
    assert (made.school_signed_by, made.supplier_signed_on) == (BOARD, None)
    assert product_row(demo, sister).agreement == made
    qtbot.waitUntil(lambda: REKENAAR.name in texts(part))
    assert f"{show_date(today)}, {BOARD}" in texts(part)


def test_an_agreement_that_covers_nothing_is_refused(
    window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    row = standing(demo, State.NO_AGREEMENT)
    dialog = asked(qtbot, _part(window, row), "Overeenkomst vastleggen…")
    dialog.fields["begins"].setText(show_date(demo.clock.today()))
    dialog._ticks[row.file.product.id].setChecked(False)
    press(qtbot, dialog, "Vastleggen")
    assert "Kies voor welke producten" in modal(qtbot).text()
    assert not again(demo, row).file.agreements


def test_the_side_that_had_not_signed_is_asked_for(
    window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    row, today = standing(demo, State.NOT_SIGNED), demo.clock.today()
    before = _own(row)
    product(window, State.NOT_SIGNED).product.start(Step.SIGN)
    dialog = modal(qtbot)
    assert "school_on" not in dialog.names
    press(qtbot, dialog, "Vastleggen")
    assert "Vul de dag in." in texts(dialog)
    dialog.fields["supplier_on"].setText(show_date(today))
    dialog.fields["supplier_by"].setText(COMPANY)
    press(qtbot, dialog, "Vastleggen")
    now = _own(again(demo, row))
    assert now.is_signed
    assert (now.supplier_signed_on, now.supplier_signed_by) == (today, COMPANY)
    assert now.school_signed_on == before.school_signed_on


def test_the_day_of_a_review_can_be_an_earlier_one(
    window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    row = standing(demo, State.REVIEW_OVERDUE)
    looked = demo.clock.today() - timedelta(days=3)
    suppliers(window, product=row.file.product.id).product.start(Step.REVIEW)
    dialog = modal(qtbot)
    dialog.fields["on"].setText(show_date(looked))
    press(qtbot, dialog, "Vastleggen")
    now = again(demo, row)
    assert _own(now).reviewed_on == looked
    assert State.REVIEW_OVERDUE not in {each.state for each in now.findings}


def test_what_was_replaced_from_a_day_to_come_is_reviewed_until_then(
    window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    row, today = standing(demo, State.REVIEW_OVERDUE), demo.clock.today()
    old = _own(row)
    entry = an_agreement(*old.products, begins_on=today + timedelta(days=30))
    replace_agreement(demo, old.id, entry)
    part = _part(window, row)
    assert "Bekeken…" in buttons(part) and "Beëindigen…" not in buttons(part)
    dialog = asked(qtbot, part, "Bekeken…")
    dialog.fields["on"].setText(show_date(today))
    press(qtbot, dialog, "Vastleggen")
    assert State.REVIEW_OVERDUE not in {each.state for each in again(demo, row).findings}


def test_the_next_agreement_is_signed_before_it_begins(
    window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    row, today = standing(demo, State.IN_ORDER), demo.clock.today()
    before, begins = _own(row), today + timedelta(days=30)
    part = _part(window, row)
    dialog = asked(qtbot, part, "Vervangen…")
    assert dialog.fields["model"].value() is before.model
    assert dialog.fields["version"].text() == before.version
    dialog.fields["begins"].setText(show_date(begins))
    press(qtbot, dialog, "Vastleggen")
    qtbot.waitUntil(lambda: f"Begint op {show_date(begins)}" in texts(part))
    assert {"Handtekening…", "Verbeteren…"} <= buttons(part)
    assert "Overeenkomst vastleggen…" not in buttons(part)
    signing = asked(qtbot, part, "Handtekening…")
    for side in ("school", "supplier"):
        signing.fields[f"{side}_on"].setText(show_date(today))
        signing.fields[f"{side}_by"].setText(BOARD)
    press(qtbot, signing, "Vastleggen")
    now = again(demo, row)
    after = next(each for each in now.file.agreements if each.replaces == before.id)
    assert (after.begins_on, after.is_signed) == (begins, True)
    assert now.agreement is not None
    assert now.agreement.id == before.id
    assert now.agreement.last_day == begins - timedelta(days=1)


def test_what_was_replaced_stays_readable(window: MainWindow, demo: School, qtbot: QtBot) -> None:
    row, today = standing(demo, State.IN_ORDER), demo.clock.today()
    part = _part(window, row)
    dialog = asked(qtbot, part, "Vervangen…")
    dialog.fields["begins"].setText(show_date(today))
    press(qtbot, dialog, "Vastleggen")
    yesterday = show_date(today - timedelta(days=1))
    qtbot.waitUntil(lambda: f"Vervangen, gold tot en met {yesterday}" in texts(part))
    assert again(demo, row).state is State.NOT_SIGNED


def test_only_what_nobody_signed_is_corrected(
    window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    assert "Verbeteren…" not in buttons(_part(window, standing(demo, State.IN_ORDER)))
    row = _unsigned(demo, standing(demo, State.NO_AGREEMENT))
    part = _part(window, row)
    dialog = asked(qtbot, part, "Verbeteren…")
    dialog.fields["version"].setText("4.1")
    press(qtbot, dialog, "Vastleggen")
    assert (_own(again(demo, row)).id, _own(again(demo, row)).version) == (_own(row).id, "4.1")


def test_ending_tells_which_products_stop_and_asks_the_reason(
    window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    row, today = standing(demo, State.IN_ORDER), demo.clock.today()
    dialog = asked(qtbot, _part(window, row), "Beëindigen…")
    assert f"Hiermee stopt ook: {row.name}" in texts(dialog)
    press(qtbot, dialog, "Beëindigen")
    assert "Vul dit in." in texts(dialog)
    dialog.fields["why"].setText("de leverancier stopt ermee")
    press(qtbot, dialog, "Beëindigen")
    now = again(demo, row)
    assert _own(now).ended_why == "de leverancier stopt ermee"
    assert now.file.product.last_day == today


def test_ending_stops_nothing_that_another_agreement_covers(
    window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    row = standing(demo, State.IN_ORDER)
    begins = _own(row).begins_on - timedelta(days=1)
    other = an_agreement(row.file.product.id, begins_on=begins)
    record_agreement(demo, row.file.supplier.id, other)
    part = _part(window, row)
    assert "Geldt ook" in texts(part)
    dialog = asked(qtbot, part, "Beëindigen…")
    assert "Er stopt geen product" in texts(dialog)
    dialog.fields["why"].setText("dubbel")
    press(qtbot, dialog, "Beëindigen")
    assert again(demo, row).file.product.last_day is None


def test_a_mistake_stays_with_its_reason_and_can_be_taken_back(
    window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    row = standing(demo, State.IN_ORDER)
    part = _part(window, row)
    dialog = asked(qtbot, part, "Verkeerd ingevoerd…")
    press(qtbot, dialog, "Telt niet mee")
    assert "Vul dit in." in texts(dialog)
    dialog.fields["why"].setText("hoort bij een andere school")
    press(qtbot, dialog, "Telt niet mee")
    assert again(demo, row).state is State.NO_AGREEMENT
    qtbot.waitUntil(lambda: "hoort bij een andere school" in texts(part))
    press(qtbot, window, "Ongedaan maken")
    assert again(demo, row) == row


def test_who_only_reads_gets_no_buttons(window: MainWindow, demo: School, monkeypatch: Any) -> None:
    row = standing(demo, State.IN_ORDER)
    monkeypatch.setattr(type(demo), "read_only", property(lambda _: True))
    part = _part(window, row)
    assert "Geldt nu" in texts(part)
    assert not buttons(part)
