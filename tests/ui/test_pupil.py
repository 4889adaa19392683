"""The page of one pupil: what it shows, what it hides, and where it leads."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from schoolprivacy.clock import SetClock
from schoolprivacy.consents.board import consent_row
from schoolprivacy.consents.history import cell_history, pupil_history
from schoolprivacy.consents.own_no import own_noes
from schoolprivacy.consents.terms import Answer
from schoolprivacy.people.carers import unlink_guardian
from schoolprivacy.people.directory import directory
from schoolprivacy.people.dossier import dossier, reveal_secret
from schoolprivacy.people.editing import add_pupil
from schoolprivacy.people.entries import GuardianEntry, PupilEntry
from schoolprivacy.people.terms import Guardian
from schoolprivacy.school import School
from tests.ui.pupil_pages import (
    answer,
    desk_of,
    dialog,
    press,
    pupil,
    push,
    screen_of,
    texts,
    typed,
    undo_last,
)
from tests.vault.schools import DIRECTOR
from ui.main_window import MainWindow
from ui.screens.consent_withdraw import WithdrawDialog, WithdrawnDialog
from ui.screens.pupil_guardian import ChangeGuardianDialog
from ui.screens.pupil_own_no import OwnNoDialog

HANNA = "Hanna van Dongen"  # of the demo school: her mother keeps everything secret


def open_page(window: MainWindow, name: str) -> Any:
    desk = desk_of(window)
    desk.go("pupil", pupil=pupil(desk.school, name).pupil.id)
    return screen_of(window, "pupil")


def audited(school: School, action: str) -> int:
    with school.reading() as session:
        lines = session.connection.exec_driver_sql(
            "SELECT COUNT(*) FROM audit WHERE action = ?", (action,)
        )
        return int(lines.scalar_one())


@pytest.fixture
def hidden(demo: School) -> Guardian:
    """What is secret about Hanna's mother."""
    (carer,) = dossier(demo, pupil(demo, HANNA).pupil.id).carers
    assert carer.address_hidden
    return reveal_secret(demo, carer.link.guardian.id)


def is_told(page: Any, secret: Guardian) -> bool:
    numbers = [each[-8:] for each in secret.phones]
    said = texts(page)
    return secret.street in said or any(n in said.replace(" ", "") for n in numbers)


# — what it shows —


def test_the_head_tells_name_group_and_age(window: MainWindow) -> None:
    page = open_page(window, "Noor ter Braak")
    assert page._title.text() == "Noor ter Braak"
    assert page._subtitle.text() == "Groep 3, leerjaar 3 · geboren 14-01-2020 (6 jaar)"


def test_alt_and_arrows_walk_through_the_group(window: MainWindow, qtbot: QtBot) -> None:
    page = open_page(window, "Noor ter Braak")
    school = desk_of(window).school
    group = [each for each in directory(school) if each.placement.group_name == "Groep 3"]
    press(qtbot, Qt.Key.Key_Right, alt=True)
    assert page._id == group[1].pupil.id
    page._tabs.setCurrentIndex(2)
    press(qtbot, Qt.Key.Key_Left, alt=True)
    assert page._id == group[0].pupil.id
    assert page._tabs.currentIndex() == 2
    assert not page._back.isEnabled()


def test_without_a_pupil_it_says_what_to_do(window: MainWindow, qtbot: QtBot) -> None:
    desk_of(window).go("pupil")
    push(qtbot, screen_of(window, "pupil"), "Kies een leerling")
    assert screen_of(window, "pupils").isVisible()


def test_every_part_shows_every_child(window: MainWindow) -> None:
    for each in directory(desk_of(window).school):
        desk_of(window).go("pupil", pupil=each.pupil.id)
    page = screen_of(window, "pupil")
    assert page._parts[1][0]._rows.rowCount() == 13


def test_brothers_and_sisters_are_a_key_away(window: MainWindow, qtbot: QtBot) -> None:
    page = open_page(window, "Noor ter Braak")
    push(qtbot, page, "Pien ter Braak (Groep 7/8)")
    assert page._title.text() == "Pien ter Braak"


def test_consents_and_forms_lead_on(window: MainWindow, qtbot: QtBot) -> None:
    page = open_page(window, "Noor ter Braak")
    desk, child = desk_of(window), pupil(desk_of(window).school, "Noor ter Braak").pupil.id
    page._tabs.setCurrentIndex(1)
    with qtbot.waitSignal(desk.going) as went:
        push(qtbot, page, "Vastleggen… Schoolgids")
    assert went.args[0].detail == {"pupil": child, "purpose": "brochure"}
    page = open_page(window, "Noor ter Braak")
    page._tabs.setCurrentIndex(2)
    with qtbot.waitSignal(desk.going) as went:
        push(qtbot, page, "Antwoorden invoeren")
    form = pupil_history(desk.school, child).forms[-1]
    assert went.args[0].detail == {"form": form.number}
    page = open_page(window, "Noor ter Braak")
    page._tabs.setCurrentIndex(2)
    with qtbot.waitSignal(desk.going) as went:
        push(qtbot, page, "Opnieuw afdrukken")
    assert went.args[0].detail == {"kind": "consent-forms", "pupils": [child]}


def test_the_chosen_purpose_is_explained(window: MainWindow, qtbot: QtBot) -> None:
    page = open_page(window, "Noor ter Braak")
    page._tabs.setCurrentIndex(1)
    tab = page._parts[1][0]
    tab._table.setFocus()
    press(qtbot, Qt.Key.Key_Down)
    assert tab._table.current().purpose.code == "website"
    child = pupil(desk_of(window).school, "Noor ter Braak").pupil.id
    assert cell_history(desk_of(window).school, child, "website").why in texts(tab)


def test_consent_is_taken_back_from_the_page_in_two_clicks(
    window: MainWindow, qtbot: QtBot
) -> None:
    page, school = open_page(window, "Noor ter Braak"), desk_of(window).school
    child = pupil(school, "Noor ter Braak").pupil.id
    page._tabs.setCurrentIndex(1)
    before = consent_row(school, child)
    assert Answer.GRANTED in before
    push(qtbot, page, "Intrekken…")
    asked = dialog(qtbot, WithdrawDialog)
    if asked.who.chosen() is None:
        first = next(each for each in asked.who.buttons if each.isEnabled())
        qtbot.keyClick(first, Qt.Key.Key_Space)
    press(qtbot, Qt.Key.Key_Return, ctrl=True)
    assert Answer.WITHDRAWN in consent_row(school, child)
    after = dialog(qtbot, WithdrawnDialog)
    push(qtbot, after, "Klaar")
    assert page._parts[1][0]._letter.isVisible()
    undo_last(qtbot, window)
    assert consent_row(school, child) == before


# — what it hides —


def test_a_secret_is_nowhere_until_it_is_asked_for_and_that_is_written_down(
    window: MainWindow, qtbot: QtBot, hidden: Guardian
) -> None:
    page, school = open_page(window, HANNA), desk_of(window).school
    for tab in range(4):
        page._tabs.setCurrentIndex(tab)
        assert not is_told(page, hidden)
    page._tabs.setCurrentIndex(0)
    before = audited(school, "secret.viewed")
    push(qtbot, page, "Tonen")
    assert is_told(page, hidden)
    assert audited(school, "secret.viewed") == before + 1
    push(qtbot, page, "Verbergen")
    assert not is_told(page, hidden)


def test_a_shown_secret_hides_itself(window: MainWindow, qtbot: QtBot, hidden: Guardian) -> None:
    page = open_page(window, HANNA)
    push(qtbot, page, "Tonen")
    (card,) = page._parts[0][0]._cards
    assert card._hides.interval() == 30_000
    card._hides.setInterval(1)
    card._hides.start()
    qtbot.waitUntil(lambda: not is_told(page, hidden))


def test_leaving_the_page_hides_a_shown_secret(
    window: MainWindow, qtbot: QtBot, hidden: Guardian
) -> None:
    page = open_page(window, HANNA)
    push(qtbot, page, "Tonen")
    assert is_told(page, hidden)
    desk_of(window).go("pupils")
    assert not is_told(page, hidden)


def test_changing_a_guardian_shows_no_secret_and_keeps_it(
    window: MainWindow, qtbot: QtBot, hidden: Guardian
) -> None:
    page, school = open_page(window, HANNA), desk_of(window).school
    push(qtbot, page, "Wijzigen… Nadia van Dongen")
    box = dialog(qtbot, ChangeGuardianDialog)
    assert not is_told(box, hidden)
    box.fields["email"].setText("nadia@gezin.example")
    press(qtbot, Qt.Key.Key_Return, ctrl=True)
    after = reveal_secret(school, hidden.id)
    assert after.email == "nadia@gezin.example"
    assert (after.street, after.phones) == (hidden.street, hidden.phones)
    assert not is_told(window, hidden)


def test_a_secret_can_be_changed_by_who_asks_to_see_it(
    window: MainWindow, qtbot: QtBot, hidden: Guardian
) -> None:
    page, school = open_page(window, HANNA), desk_of(window).school
    push(qtbot, page, "Wijzigen… Nadia van Dongen")
    dialog(qtbot, ChangeGuardianDialog)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert QApplication.activeModalWidget() is None  # nothing was touched, nothing is asked
    push(qtbot, page, "Wijzigen… Nadia van Dongen")
    first = dialog(qtbot, ChangeGuardianDialog)
    first.fields["call_name"].setText("Nadja")
    push(qtbot, first, "Geheime gegevens tonen")
    second = dialog(qtbot, ChangeGuardianDialog)
    assert second is not first
    assert is_told(second, hidden)
    assert second.fields["call_name"].text() == "Nadja"
    second.fields["street"].setText("Rietveld")
    second.try_save()
    after = reveal_secret(school, hidden.id)
    assert (after.call_name, after.street, after.address_secret) == ("Nadja", "Rietveld", True)


def test_a_school_opened_to_read_shows_no_secret_and_changes_nothing(
    demo_folder: Any, clock: SetClock, qtbot: QtBot, qapp: QApplication
) -> None:
    school = School.open(demo_folder, DIRECTOR, clock, read_only=True)
    made = MainWindow()
    qtbot.addWidget(made)
    made.enter(school)
    made.show()
    page = open_page(made, HANNA)
    for name in ("Tonen", "Wijzigen… Nadia van Dongen", "Ouder toevoegen…", "Leerling wijzigen"):
        push(qtbot, page, name)
        box = dialog(qtbot, QDialog)
        assert "geopend om te lezen" in box.property("text")
        answer(qtbot, "Begrepen")
    assert "Geheim adres" in texts(page)
    made.workplace = None
    school.lock()


# — brothers and sisters who are not known as such —


@pytest.fixture
def neighbours(demo: School) -> tuple[str, str]:
    """Two children of one surname at one address, each with an own record of parents."""
    home = {"street": "Rietveld", "house_number": "9", "postcode": "9999 ZZ", "place": "Dorp"}
    found = []
    for name, parent in (("Emma", "Vera"), ("Lotte", "Piet")):
        guardian = GuardianEntry(call_name=parent, surname="Post", relation="ouder", **home)  # type: ignore[arg-type]
        found.append(
            add_pupil(demo, PupilEntry(name, "", "Post", group="Groep 3"), [guardian]).about
        )
    return found[0], found[1]


def test_a_suggested_sister_is_linked_by_one_key_and_taken_back(
    window: MainWindow, qtbot: QtBot, neighbours: tuple[str, str]
) -> None:
    school = desk_of(window).school
    page = open_page(window, "Emma Post")
    assert "Zelfde adres: is Lotte Post (Groep 3) een broer of zus?" in texts(page)
    push(qtbot, page, "Ja, koppel de ouders")
    found = dossier(school, neighbours[0])
    assert [each.link.guardian.call_name for each in found.carers] == ["Vera", "Piet"]
    assert [each.pupil.id for each in found.siblings] == [neighbours[1]]
    undo_last(qtbot, window)
    found = dossier(school, neighbours[0])
    assert [each.link.guardian.call_name for each in found.carers] == ["Vera"]
    assert not found.siblings


def test_no_brother_is_suggested_where_an_address_is_secret(
    window: MainWindow, hidden: Guardian
) -> None:
    school = desk_of(window).school
    (carer,) = dossier(school, pupil(school, HANNA).pupil.id).carers
    same = GuardianEntry(
        surname="van Dongen",
        street=hidden.street,
        house_number=hidden.house_number,
        postcode=hidden.postcode,
        place=hidden.place,
    )
    add_pupil(school, PupilEntry("Bas", "van", "Dongen"), [same])
    page = open_page(window, "Bas van Dongen")
    assert "een broer of zus?" not in texts(page)
    page = open_page(window, HANNA)
    assert "een broer of zus?" not in texts(page)
    assert carer.address_hidden


# — what the child decided —


def test_an_own_no_is_noted_and_lifted_each_with_a_way_back(
    window: MainWindow, qtbot: QtBot, clock: SetClock
) -> None:
    page, school = open_page(window, "Noor ter Braak"), desk_of(window).school
    child = pupil(school, "Noor ter Braak").pupil.id
    page._tabs.setCurrentIndex(1)
    push(qtbot, page, "Eigen nee noteren…")
    dialog(qtbot, OwnNoDialog)
    typed(qtbot, "niet op de website")
    press(qtbot, Qt.Key.Key_Return, ctrl=True)
    (said,) = own_noes(school, child)
    assert (said.remark, said.lifted_on) == ("niet op de website", None)
    assert "niet op de website" in texts(page)
    assert "Vraag het eerst aan het kind" in texts(page)
    undo_last(qtbot, window)
    assert all(each.lifted_on for each in own_noes(school, child))

    push(qtbot, page, "Eigen nee noteren…")
    dialog(qtbot, OwnNoDialog)
    press(qtbot, Qt.Key.Key_Return, ctrl=True)
    push(qtbot, page, "Kind wil het weer wel")
    assert all(each.lifted_on for each in own_noes(school, child))
    undo_last(qtbot, window)
    assert any(each.lifted_on is None for each in own_noes(school, child))


def test_a_date_that_is_to_come_is_told_at_the_field(window: MainWindow, qtbot: QtBot) -> None:
    page, school = open_page(window, "Noor ter Braak"), desk_of(window).school
    page._tabs.setCurrentIndex(1)
    push(qtbot, page, "Eigen nee noteren…")
    asked = dialog(qtbot, OwnNoDialog)
    asked.fields["noted_on"].setText("1-1-2027")
    press(qtbot, Qt.Key.Key_Return, ctrl=True)
    assert "toekomst" in texts(asked)
    assert not own_noes(school, pupil(school, "Noor ter Braak").pupil.id)
    press(qtbot, Qt.Key.Key_Escape)
    answer(qtbot, "Niet opslaan")


@pytest.mark.parametrize(("dark", "zoom"), [(True, 1.0), (False, 2.0)])
def test_a_long_name_fits_the_window(
    look: Callable[..., None], demo: School, qtbot: QtBot, dark: bool, zoom: float
) -> None:
    look(dark=dark, zoom=zoom)
    name = PupilEntry("Maximiliaan-Alexander", "van den", "Burgwal-Schimmelpenninck de Rijk")
    parent = GuardianEntry(surname="Burgwal-Schimmelpenninck de Rijk", call_name="Wilhelmina")
    child = add_pupil(demo, name, [parent]).about
    window = MainWindow()
    window.resize(1280, 800)
    qtbot.addWidget(window)
    window.enter(demo)
    window.show()
    desk_of(window).go("pupils")
    desk_of(window).go("pupil", pupil=child)
    for tab in range(4):
        screen_of(window, "pupil")._tabs.setCurrentIndex(tab)
        QApplication.processEvents()
        assert (window.width(), window.height()) == (1280, 800)
    window.workplace = None


def test_undoing_what_made_this_pupil_leaves_no_page_behind(
    window: MainWindow, demo: School, neighbours: tuple[str, str]
) -> None:
    page = open_page(window, "Emma Post")
    desk_of(window).go("pupils")
    for each in dossier(demo, neighbours[0]).carers:
        unlink_guardian(demo, neighbours[0], each.link.guardian.id)
    desk_of(window).tell_change()
    desk_of(window).go("pupil", pupil=neighbours[1])
    assert page._title.text() == "Lotte Post"
