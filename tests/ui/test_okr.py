"""The windows about the report that goes along: board, page of a child, planning, sending."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from schoolprivacy.access.terms import Role
from schoolprivacy.duties import Target
from schoolprivacy.errors import sentence
from schoolprivacy.okr.board import board
from schoolprivacy.okr.exchanges import exchanges
from schoolprivacy.okr.inzage import record_inzage
from schoolprivacy.okr.terms import Excuse, Proof, SentHow, State
from schoolprivacy.school import School, StaffMember
from tests.ui.hands import modal, press, texts
from tests.ui.okr_bench import (
    COLLEGE,
    all_seen,
    asked,
    buttons,
    nobody_has_authority,
    okr,
    pupil_tab,
    reported,
    row_of,
    tab,
)
from tests.ui.stage import desk_of
from ui.main_window import MainWindow
from ui.screens.okr_child_part import asked_carers
from ui.screens.overview import _PLACES
from ui.table import ROW, Table
from ui.theme import px


def test_the_board_shows_every_child_of_group_eight(
    window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    screen = okr(window)
    rows = board(demo).rows
    assert rows
    assert screen.list.shown.rowCount() == len(rows)
    screen.list.search.setText(rows[0].child.pupil.call_name)
    assert 0 < screen.list.shown.rowCount() < len(rows)
    screen.list.focus_first()
    chosen = screen.list.table.current()
    qtbot.keyClick(screen.list.table, Qt.Key.Key_Return)
    assert screen.detail_to_reopen() == {"pupil": chosen.child.pupil.id}
    qtbot.keyClick(screen.child, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not screen.detail_to_reopen())


def test_filter_by_state(window: MainWindow, demo: School) -> None:
    reported(demo)
    screen = okr(window)
    screen.list.state.choose(State.TO_INVITE)
    wanted = [each for each in board(demo).rows if each.state is State.TO_INVITE]
    assert wanted
    assert screen.list.shown.rowCount() == len(wanted)


def test_the_names_have_the_room_that_is_left(
    window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    """The child's and the school's; what neither needs goes to the child's."""
    table = okr(window).list.table
    head = table.horizontalHeader()
    usual = [table.columnWidth(each) for each in (1, 3, 4, 5)]
    assert usual == [px(90), px(205), px(80), px(143)]
    assert head.length() == table.viewport().width()
    assert table.columnWidth(2) > px(235)
    window.resize(1500, 800)
    qtbot.waitUntil(lambda: head.length() == table.viewport().width() > 1100)
    assert [table.columnWidth(each) for each in (1, 3, 4, 5)] == usual
    assert table.columnWidth(2) == table.sizeHintForColumn(2)
    assert table.columnWidth(0) > table.sizeHintForColumn(0)
    window.resize(700, 800)
    qtbot.waitUntil(lambda: head.length() > table.viewport().width())
    assert [table.columnWidth(each) for each in (0, 2)] == [px(190), px(235)]


def test_who_has_no_last_day_comes_after_who_has_one(window: MainWindow, demo: School) -> None:
    board_, found = okr(window).list, board(demo)
    first, *rest = found.rows
    board_.show_board(replace(found, rows=(replace(first, due_on=None), *rest)))
    board_.table.sortByColumn(5, Qt.SortOrder.AscendingOrder)
    shown = board_.shown
    days = [shown.index(each, 0).data(ROW).due_on for each in range(shown.rowCount())]
    dated = [each for each in days if each is not None]
    assert 0 < len(dated) < len(days)
    assert days[: len(dated)] == sorted(dated)


def test_the_overview_leads_here() -> None:
    assert _PLACES[Target.OKR].screen == "okr"


def test_a_group_is_planned_in_one_go_with_a_school_that_is_remembered(
    window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    okr(window)
    dialog = asked(qtbot, window, "Overstap plannen…")
    dialog.fields["school"].choose("other")
    dialog.fields["name"].setText(COLLEGE.name)
    dialog.fields["place"].setText(COLLEGE.place)
    dialog.fields["brin"].setText(COLLEGE.brin)
    dialog.table.selectAll()
    many = len(dialog.table.chosen())
    press(qtbot, dialog, "Invullen bij deze kinderen")
    assert "Testcollege in Testdorp" in dialog.fields["school"].currentText()
    press(qtbot, dialog, "Alles opslaan")
    there = [each for each in board(demo).rows if each.move and each.move.school == COLLEGE]
    assert len(there) == many
    again: Any = asked(qtbot, window, "Overstap plannen…")
    shown = [again.fields["school"].itemText(n) for n in range(again.fields["school"].count())]
    assert "Testcollege in Testdorp" in shown


def test_an_empty_day_for_a_group_leaves_each_child_its_own(
    window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    before = {each.child.pupil.id: each.move.expected_on for each in board(demo).rows if each.move}
    assert any(before.values())
    okr(window)
    dialog = asked(qtbot, window, "Overstap plannen…")
    assert "houdt elk kind de eerste dag die al is ingevuld" in texts(dialog)
    dialog.fields["expected"].clear()
    dialog.table.selectAll()
    press(qtbot, dialog, "Invullen bij deze kinderen")
    press(qtbot, dialog, "Alles opslaan")
    now = {each.child.pupil.id: each.move.expected_on for each in board(demo).rows if each.move}
    assert before.items() <= now.items()


def test_what_was_filled_in_for_nobody_is_not_dropped_in_silence(
    window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    reported(demo)
    okr(window)
    before = board(demo)
    dialog = asked(qtbot, window, "Overstap plannen…")
    press(qtbot, dialog, "Invullen bij deze kinderen")
    dialog.fields["school"].choose(COLLEGE)
    press(qtbot, dialog, "Alles opslaan")
    assert "staat nog bij geen kind" in modal(qtbot).text()
    press(qtbot, modal(qtbot), "Annuleren")
    assert board(demo) == before
    press(qtbot, dialog, "Invullen bij deze kinderen")
    press(qtbot, dialog, "Alles opslaan")
    assert board(demo) != before


def test_sending_too_early_is_refused_and_says_who_is_waited_for(
    window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    pupil_id = reported(demo)
    screen = okr(window, pupil=pupil_id)
    part = tab(screen, screen.child.send)
    assert sentence("okr.no_consent") in texts(part)
    refused = asked(qtbot, part, "Verstuurd…")
    assert "mag nog niet weg" in refused.text()
    assert row_of(demo, pupil_id).carers[0].name in refused.text()
    move = row_of(demo, pupil_id).move
    assert move is not None
    assert move.sent_on is None


def test_inzage_by_two_parents_and_then_it_is_sent(
    window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    pupil_id = reported(demo)
    screen = okr(window, pupil=pupil_id)
    dialog = asked(qtbot, screen.child.carers, "Inzage gegeven…")
    for each in dialog._who:
        dialog.fields[each.guardian_id].setChecked(True)
    press(qtbot, dialog, "Vastleggen")
    assert row_of(demo, pupil_id).state is State.READY
    part = tab(screen, screen.child.send)
    sending = asked(qtbot, part, "Verstuurd…")
    sending.fields["how"].choose(SentHow.PAPER)
    press(qtbot, sending, "Vastleggen")
    assert row_of(demo, pupil_id).state is State.SENT
    qtbot.waitUntil(lambda: "Verstuurd op" in texts(part))


def _spoken(table: Table) -> list[str]:
    """What a screen reader says of the first row."""
    model = table.model()
    return [
        model.index(0, each).data(Qt.ItemDataRole.AccessibleTextRole)
        for each in range(model.columnCount())
    ]


def test_attempts_and_a_reason_by_name(window: MainWindow, demo: School, qtbot: QtBot) -> None:
    pupil_id = reported(demo)
    screen = okr(window, pupil=pupil_id)
    part = screen.child.carers
    tried = asked(qtbot, part, "Poging…")
    tried.fields["note"].setText("gebeld, geen gehoor")
    press(qtbot, tried, "Vastleggen")
    assert row_of(demo, pupil_id).carers[0].attempts == 1
    assert "Dagen geprobeerd: 1" in _spoken(part.table)
    excuse = asked(qtbot, part, "Zonder inzage…")
    excuse.fields["note"].setText("geen reactie")
    press(qtbot, excuse, "Vastleggen")
    assert "pogingen" in modal(qtbot).text()
    press(qtbot, modal(qtbot), "Begrepen")
    excuse.fields["reason"].setCurrentIndex(1)
    press(qtbot, excuse, "Vastleggen")
    step = row_of(demo, pupil_id).carers[0].excused
    assert step is not None
    assert step.staff == demo.who.name


def test_a_remark_is_recorded_and_added(window: MainWindow, demo: School, qtbot: QtBot) -> None:
    pupil_id = reported(demo)
    all_seen(demo, pupil_id)
    screen = okr(window, pupil=pupil_id)
    part = tab(screen, screen.child.remarks)
    said = asked(qtbot, part, "Nieuwe opmerking…")
    said.fields["text"].setPlainText("Wij zien dat anders.")
    press(qtbot, said, "Vastleggen")
    assert row_of(demo, pupil_id).state is State.TO_SETTLE
    settled = asked(qtbot, part, "Afhandelen…")
    assert "Wij zien dat anders." in texts(settled)
    press(qtbot, settled, "Vastleggen")
    assert row_of(demo, pupil_id).state is State.READY


def test_papers_show_themselves_first(window: MainWindow, demo: School, qtbot: QtBot) -> None:
    pupil_id = reported(demo)
    screen = okr(window, pupil=pupil_id)
    press(qtbot, window, "Afdrukken…")
    assert next(each.text() for each in screen.menu.actions()) == "Uitnodigingen…"
    qtbot.keyClick(screen.menu, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: hasattr(modal(qtbot), "paper"), timeout=20_000)
    assert modal(qtbot).paper.pages() > 0
    assert row_of(demo, pupil_id).carers[0].invited_on is None


def test_an_exchange_is_recorded_with_the_child_and_never_a_bsn(
    window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    pupil_id = board(demo).rows[-1].child.pupil.id
    before = len(exchanges(demo, pupil_id))
    desk_of(window).go("pupil", pupil=pupil_id)
    part = pupil_tab(window)
    dialog = asked(qtbot, part, "Uitwisseling vastleggen…")
    press(qtbot, dialog, "Vastleggen")
    qtbot.waitUntil(lambda: modal(qtbot) is not dialog)
    assert "samenwerkingsverband" in modal(qtbot).text()
    press(qtbot, modal(qtbot), "Begrepen")
    dialog.fields["party"].setText("Samenwerkingsverband Voorbeeld")
    dialog.fields["what"].setText("BSN 111222333")
    dialog.fields["why"].setText("advies over extra hulp")
    press(qtbot, dialog, "Vastleggen")
    qtbot.waitUntil(lambda: modal(qtbot) is not dialog)
    assert "BSN" in modal(qtbot).text()
    press(qtbot, modal(qtbot), "Begrepen")
    dialog.fields["what"].setText("toetsresultaten van groep 7")
    press(qtbot, dialog, "Vastleggen")
    found = exchanges(demo, pupil_id)
    assert len(found) == before + 1
    assert found[0].what == "toetsresultaten van groep 7"
    assert part.table.model().rowCount() == len(found)
    press(qtbot, part, "Weghalen")
    assert len(exchanges(demo, pupil_id)) == before


def test_a_role_that_only_prints_is_shown_nothing_to_record(
    window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    pupil_id = reported(demo)
    demo.who = StaffMember(demo.who.id, demo.who.name, Role.ADMINISTRATION)
    screen = okr(window, pupil=pupil_id)
    recording = {"Overstap…", "Rapport…", "Gaat toch niet…"}
    for part, own in (
        (screen.child.carers, {"Inzage gegeven…", "Uitgenodigd…", "Poging…", "Zonder inzage…"}),
        (screen.child.remarks, {"Nieuwe opmerking…"}),
        (screen.child.evidence, {"Bewijs toevoegen…"}),
        (screen.child.send, {"Verstuurd…"}),
    ):
        tab(screen, part)
        assert not buttons(screen) & {*recording, *own}
    tab(screen, screen.child.evidence)
    assert "nog geen bewijsstuk" not in texts(screen.child.evidence)
    assert "Afdrukken…" in buttons(screen)
    screen = okr(window)
    assert "Overstap plannen…" not in buttons(screen)


def test_where_nobody_with_authority_is_known_that_is_told(
    window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    pupil_id = reported(demo)
    nobody_has_authority(demo, pupil_id)
    screen = okr(window, pupil=pupil_id)
    part = screen.child.carers
    for button in ("Inzage gegeven…", "Uitgenodigd…", "Poging…"):
        told = asked(qtbot, part, button)
        assert "geen ouder of verzorger met gezag bekend" in told.text()
        press(qtbot, told, "Begrepen")
    told = asked(qtbot, tab(screen, screen.child.remarks), "Nieuwe opmerking…")
    assert "geen ouder of verzorger met gezag bekend" in told.text()
    press(qtbot, told, "Begrepen")
    excuse = asked(qtbot, tab(screen, part), "Zonder inzage…")
    assert excuse.fields["who"].currentText() == "Niemand met gezag bekend"
    excuse.fields["reason"].choose(Excuse.NOT_POSSIBLE)
    excuse.fields["note"].setText("voogd nog niet benoemd")
    press(qtbot, excuse, "Vastleggen")
    assert row_of(demo, pupil_id).state is State.READY


def test_who_cannot_be_meant_is_nobody_else(window: MainWindow, demo: School, qtbot: QtBot) -> None:
    """The first parent of the list is chosen in the table, and has seen the report already."""
    pupil_id = reported(demo)
    row = row_of(demo, pupil_id)
    first, *others = asked_carers(row)
    assert row.move is not None and others
    today = demo.clock.today()
    record_inzage(demo, row.move.id, [first.guardian_id], today, Proof.LETTER, copy_given=False)
    part = okr(window, pupil=pupil_id).child.carers
    part.table.selectRow(row.carers.index(first))
    assert part.table.current().guardian_id == first.guardian_id
    excuse = asked(qtbot, part, "Zonder inzage…")
    assert excuse.fields["who"].value() is None
    excuse.fields["reason"].choose(Excuse.NOT_POSSIBLE)
    excuse.fields["note"].setText("onvindbaar")
    press(qtbot, excuse, "Vastleggen")
    assert sentence("field.needed") in texts(excuse)
    assert not any(each.excused for each in row_of(demo, pupil_id).carers)
    excuse.fields["who"].choose(others[0].guardian_id)
    press(qtbot, excuse, "Vastleggen")
    excused = [each.guardian_id for each in row_of(demo, pupil_id).carers if each.excused]
    assert excused == [others[0].guardian_id]


def test_where_everybody_has_seen_it_nobody_is_excused(
    window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    pupil_id = reported(demo)
    all_seen(demo, pupil_id)
    part = okr(window, pupil=pupil_id).child.carers
    for button in ("Inzage gegeven…", "Zonder inzage…"):
        told = asked(qtbot, part, button)
        assert "heeft dit rapport al ingezien" in told.text()
        press(qtbot, told, "Begrepen")


def test_a_report_has_a_day(window: MainWindow, demo: School, qtbot: QtBot) -> None:
    pupil_id = reported(demo)
    before = row_of(demo, pupil_id).move
    dialog = asked(qtbot, okr(window, pupil=pupil_id), "Rapport…")
    dialog.fields["on"].clear()
    press(qtbot, dialog, "Opslaan")
    assert modal(qtbot) is dialog
    assert "Vul de dag in." in texts(dialog)
    assert row_of(demo, pupil_id).move == before


def test_a_role_that_may_not_look_is_not_told_that_nobody_leaves(
    window: MainWindow, demo: School
) -> None:
    pupil_id = reported(demo)
    screen = okr(window, pupil=pupil_id)
    demo.who = StaffMember(demo.who.id, demo.who.name, Role.TEACHER)
    desk_of(window).tell_change()
    shown = texts(screen)
    assert "Met de rol leerkracht mag dit niet" in shown
    assert "nog niemand" not in shown
    assert not screen.child.carers.table.model().rowCount()


def test_a_school_is_corrected_for_who_goes_there_and_for_what_is_filled_in(
    window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    there = reported(demo)
    okr(window)
    dialog = asked(qtbot, window, "Overstap plannen…")
    other = next(e for e in dialog._rows.rows if e.pupil.id != there)
    dialog.table.selectRow(dialog._rows.rows.index(other))
    chosen = dialog.table.chosen()[0].pupil.id
    dialog.fields["school"].choose(COLLEGE)
    press(qtbot, dialog, "Invullen bij deze kinderen")
    school = asked(qtbot, dialog, "School verbeteren…")
    school.fields["brin"].setText("97CD")
    press(qtbot, school, "Opslaan")
    qtbot.waitUntil(lambda: modal(qtbot) is dialog)
    press(qtbot, dialog, "Alles opslaan")
    for pupil_id in (there, chosen):
        move = row_of(demo, pupil_id).move
        assert move is not None
        assert move.school is not None
        assert (move.school.name, move.school.brin) == (COLLEGE.name, "97CD")
