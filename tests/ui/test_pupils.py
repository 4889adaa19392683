"""The list of pupils: finding, ordering, filtering, leaving."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from schoolprivacy.clock import SetClock
from schoolprivacy.consents.answering import FormAnswers, enter_form
from schoolprivacy.consents.forms import print_forms
from schoolprivacy.duties import DueKind
from schoolprivacy.overview.due import due
from schoolprivacy.people.directory import directory
from schoolprivacy.people.editing import add_pupil
from schoolprivacy.people.entries import GuardianEntry, PupilEntry
from schoolprivacy.school import School
from tests.ui.pupil_pages import desk_of, dialog, press, push, screen_of, undo_last
from tests.vault.schools import Made
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.screens.pupil_leaving import LeavingDialog
from ui.screens.pupils import PupilsScreen
from ui.table import ROW


def shown(screen: PupilsScreen, column: int = 0) -> list[str]:
    model = screen._shown
    return [str(model.index(row, column).data()) for row in range(model.rowCount())]


@pytest.fixture
def small(school: School, qtbot: QtBot) -> PupilsScreen:
    """A school of a few, with names that are easy to put in the wrong place."""
    for entry in (
        PupilEntry("Nynke", "van der", "Sluis", born_on=date(2018, 3, 1), group="Groep 10"),
        PupilEntry("Ömer", "", "Öztürk", born_on=date(2019, 3, 1), group="Groep 2"),
        PupilEntry("Pim", "", "Oztürk", group="Groep 2"),
        PupilEntry("Bram", "de", "Wit", born_on=date(2017, 3, 1)),
        PupilEntry("Zoë", "", "Wit Maan", group="Groep 2"),
        PupilEntry("Anna", "", "Żółć", group="Groep 10"),
    ):
        add_pupil(school, entry, [GuardianEntry(call_name="Katarzyna", surname=entry.surname)])
    made = PupilsScreen(Desk(school, QLineEdit()))
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_sorted_by_surname_the_dutch_way(small: PupilsScreen) -> None:
    assert shown(small) == [
        "Öztürk, Ömer",
        "Oztürk, Pim",
        "Sluis, Nynke van der",
        "Wit, Bram de",
        "Wit Maan, Zoë",
        "Żółć, Anna",
    ]


def test_sorted_by_call_name_at_a_click_and_by_key(small: PupilsScreen, qtbot: QtBot) -> None:
    head = small._table.horizontalHeader()
    place = head.sectionViewportPosition(1) + 10
    spot = head.viewport().rect().topLeft()
    spot.setX(place)
    spot.setY(10)
    qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert shown(small, 1)[:2] in (["Anna", "Bram"], ["Zoë", "Pim"])
    qtbot.keyClick(small._order, Qt.Key.Key_Home)
    qtbot.keyClick(small._order, Qt.Key.Key_Down)
    assert shown(small, 1) == ["Anna", "Bram", "Nynke", "Ömer", "Pim", "Zoë"]


def test_group_2_stands_before_group_10(small: PupilsScreen) -> None:
    small._order.setCurrentIndex(small._order.findText("Op groep"))
    assert shown(small, 2) == ["", "Groep 2", "Groep 2", "Groep 2", "Groep 10", "Groep 10"]
    assert small._group.itemText(1) == "Groep 2"
    assert small._group.itemText(small._group.count() - 1) == "Zonder groep"


def test_search_as_you_type_finds_children_and_parents(small: PupilsScreen, qtbot: QtBot) -> None:
    small._search.setFocus()
    qtbot.keyClicks(small._search, "omer")
    assert shown(small) == ["Öztürk, Ömer"]
    press(qtbot, Qt.Key.Key_Escape)
    assert len(shown(small)) == 6
    qtbot.keyClicks(small._search, "kata zolc")
    assert shown(small) == ["Żółć, Anna"]
    assert small._count.text() == "1 leerling"


def test_no_match_offers_to_show_everybody_again(small: PupilsScreen, qtbot: QtBot) -> None:
    small._search.setText("niemand")
    assert small._pages.currentWidget() is small._no_match
    push(qtbot, small, "Alles weer tonen")
    assert small._count.text() == "6 leerlingen"
    assert small._pages.currentWidget() is small._table


def test_the_model_is_sound(small: PupilsScreen, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(small._rows)
    qtmodeltester.check(small._shown)


def test_cells_speak(small: PupilsScreen) -> None:
    index = small._shown.index(2, 0)
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Nynke van der Sluis, Groep 10"


def test_an_empty_school_says_how_to_begin(school: School, qtbot: QtBot) -> None:
    desk = Desk(school, QLineEdit())
    screen = PupilsScreen(desk)
    qtbot.addWidget(screen)
    screen.show()
    assert screen._pages.currentWidget() is screen._nobody
    with qtbot.waitSignal(desk.going) as went:
        push(qtbot, screen, "Importeer uit uw leerlingadministratie")
    assert went.args[0].screen == "import"
    push(qtbot, screen, "Zelf toevoegen")
    assert QApplication.activeModalWidget() is not None


def test_the_demo_school_by_group_and_where_its_consents_stand(window: MainWindow) -> None:
    desk = desk_of(window)
    desk.go("pupils", group="Groep 3")
    screen = screen_of(window, "pupils")
    assert set(shown(screen, 2)) == {"Groep 3"}
    screen._clear()
    assert screen._count.text() == "60 leerlingen"
    states = set(shown(screen, 5))
    assert "compleet" in states
    assert any(each.endswith(" open") for each in states)


def test_enter_opens_the_page(window: MainWindow, qtbot: QtBot) -> None:
    desk_of(window).go("pupils")
    screen = screen_of(window, "pupils")
    press(qtbot, Qt.Key.Key_Down)
    press(qtbot, Qt.Key.Key_Down)
    wanted = screen._table.current().listed.pupil.id
    press(qtbot, Qt.Key.Key_Return)
    assert screen_of(window, "pupil").isVisible()
    assert screen_of(window, "pupil")._id == wanted


def test_several_leave_school_and_come_back(window: MainWindow, qtbot: QtBot) -> None:
    desk_of(window).go("pupils", group="Groep 7/8")
    screen, school = screen_of(window, "pupils"), desk_of(window).school
    before = len(directory(school))
    screen._table.setFocus()
    press(qtbot, Qt.Key.Key_A, ctrl=True)
    chosen = len(screen._table.chosen())
    assert chosen > 1
    push(qtbot, screen, "Van school…")
    asked = dialog(qtbot, LeavingDialog)
    asked.fields["left_on"].setText("1-10-2026")
    press(qtbot, Qt.Key.Key_Return, ctrl=True)
    assert len(directory(school)) == before - chosen
    assert screen._pages.currentWidget() is screen._no_match
    screen._leavers.setChecked(True)
    assert "van school" in shown(screen, 5)
    screen._leavers.setChecked(False)
    undo_last(qtbot, window)
    assert len(directory(school)) == before


def test_a_wrong_last_day_is_told_at_the_field(window: MainWindow, qtbot: QtBot) -> None:
    desk_of(window).go("pupils")
    screen = screen_of(window, "pupils")
    screen._table.selectRow(0)
    push(qtbot, screen, "Van school…")
    asked = dialog(qtbot, LeavingDialog)
    asked.fields["left_on"].setText("31-2-2026")
    press(qtbot, Qt.Key.Key_Return, ctrl=True)
    assert asked.isVisible()
    assert "geen datum" in asked.fields._problems["left_on"].text()
    asked.done(0)


def test_a_school_opened_to_read_refuses_before_anything_is_typed(
    made: Made, clock: SetClock, qtbot: QtBot
) -> None:
    school = made.open(read_only=True)
    screen = PupilsScreen(Desk(school, QLineEdit()))
    qtbot.addWidget(screen)
    screen.show()
    push(qtbot, screen, "Zelf toevoegen")
    box = QApplication.activeModalWidget()
    assert box is not None
    assert "geopend om te lezen" in box.property("text")
    school.lock()


def test_who_waits_for_attention_is_listed_alone(
    window: MainWindow, demo: School, qtbot: QtBot
) -> None:
    """First nobody to ask is known; then somebody signs who may have no authority."""
    added = add_pupil(demo, PupilEntry("Noor", "", "Alleen", group="Groep 3")).about
    (sheet,) = print_forms(demo, lambda _: None, pupil_ids=[added])
    desk = desk_of(window)
    desk.go("pupils", only="without_guardians")
    assert _listed(window) == {added}
    yes = frozenset({"website"})
    enter_form(demo, sheet.form, FormAnswers(yes, frozenset(), signer="A. Alleen"))
    desk.tell_change()
    desk.go("pupils", only="unknown_authority")
    assert _listed(window) == {added}
    assert {each.kind: each.count for each in due(demo)}[DueKind.UNKNOWN_AUTHORITY] == 1
    desk.go("pupils", group="Groep 3")
    assert len(_listed(window)) > 1


def _listed(window: MainWindow) -> set[str]:
    shown = screen_of(window, "pupils")._shown
    return {shown.index(row, 0).data(ROW).listed.pupil.id for row in range(shown.rowCount())}
