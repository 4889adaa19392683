"""Adding and changing pupils and guardians by keys, and taking it back."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from schoolprivacy.people.directory import directory
from schoolprivacy.people.dossier import Carer, dossier
from schoolprivacy.people.terms import Authority, AuthoritySource
from schoolprivacy.school import School
from tests.ui.pupil_pages import (
    answer,
    desk_of,
    dialog,
    in_front,
    press,
    pupil,
    push,
    screen_of,
    texts,
    typed,
    undo_last,
)
from ui.main_window import MainWindow
from ui.screens.pupil_authority import AuthorityDialog
from ui.screens.pupil_dialog import EntryDialog
from ui.screens.pupil_editing import AddPupilDialog, ChangePupilDialog
from ui.screens.pupil_guardian import AddGuardianDialog, ChangeGuardianDialog, GuardianDialog
from ui.screens.pupil_sharing import SharingDialog

NOOR = "Noor ter Braak"  # of the demo school: Sandra and Olga are her parents, and of five more


def start_adding(window: MainWindow, qtbot: QtBot) -> AddPupilDialog:
    in_front(qtbot, window)
    desk_of(window).go("pupils")
    press(qtbot, Qt.Key.Key_N, ctrl=True)
    return dialog(qtbot, AddPupilDialog)


def open_page(window: MainWindow, name: str) -> Any:
    desk = desk_of(window)
    desk.go("pupil", pupil=pupil(desk.school, name).pupil.id)
    return screen_of(window, "pupil")


def carers_of(school: School, name: str) -> tuple[Carer, ...]:
    return dossier(school, pupil(school, name).pupil.id).carers


def told_at(asked: EntryDialog, name: str) -> str:
    return asked.fields._problems[name].text()


def fill(asked: EntryDialog, **values: str) -> None:
    for name, value in values.items():
        asked.fields[name].setText(value)


# — adding —


def test_a_pupil_with_two_parents_by_keys_alone(window: MainWindow, qtbot: QtBot) -> None:
    school = desk_of(window).school
    asked = start_adding(window, qtbot)
    typed(qtbot, "Sanne", "van den", "Berk", "", "3-9-2019", "Groep 3")
    press(qtbot, Qt.Key.Key_3)
    push(qtbot, asked, "Ouder toevoegen…")
    dialog(qtbot, GuardianDialog)
    typed(qtbot, "v", "Vera", "", "Berk", "moeder")
    press(qtbot, Qt.Key.Key_Down)
    typed(qtbot, "", "Rietveld", "9", "9999zz", "Voorbeelddorp", "", "vera@gezin.example")
    typed(qtbot, "0612345678", "050 1234567")
    press(qtbot, Qt.Key.Key_Return, ctrl=True)
    dialog(qtbot, AddPupilDialog)
    push(qtbot, asked, "Ouder toevoegen…")
    second = dialog(qtbot, GuardianDialog)
    typed(qtbot, "", "Piet", "van den", "Berk", "vader")
    push(qtbot, second, "Zelfde adres als de andere ouder")
    press(qtbot, Qt.Key.Key_Return, ctrl=True)
    dialog(qtbot, AddPupilDialog)
    press(qtbot, Qt.Key.Key_Return, ctrl=True)

    found = pupil(school, "Sanne van den Berk")
    assert found.pupil.born_on == date(2019, 9, 3)
    assert (found.placement.group, found.placement.year_level) == ("Groep 3", "3")
    mother, father = (each.link for each in carers_of(school, "Sanne van den Berk"))
    assert (mother.guardian.initials, mother.guardian.postcode) == ("V.", "9999 ZZ")
    assert mother.guardian.phones == ("+31612345678", "+31501234567")
    assert (mother.relation, mother.authority) == ("moeder", Authority.YES)
    assert mother.authority_source is AuthoritySource.OFFICE
    assert (father.guardian.street, father.guardian.house_number) == ("Rietveld", "9")
    assert father.authority is Authority.UNKNOWN
    assert screen_of(window, "pupil")._id == found.pupil.id

    undo_last(qtbot, window)
    assert len(directory(school)) == 60
    assert screen_of(window, "pupils").isVisible()


def test_a_new_group_is_made_by_typing_its_name(window: MainWindow, qtbot: QtBot) -> None:
    start_adding(window, qtbot)
    typed(qtbot, "Bo", "", "Berk", "", "", "Vlinders")
    press(qtbot, Qt.Key.Key_Return, ctrl=True)
    assert pupil(desk_of(window).school, "Bo Berk").placement.group == "Vlinders"


def test_a_child_that_is_there_already_is_shown_before_it_is_added_twice(
    window: MainWindow, qtbot: QtBot
) -> None:
    school = desk_of(window).school
    start_adding(window, qtbot)
    typed(qtbot, "noor", "TER", "Braak")
    press(qtbot, Qt.Key.Key_Return, ctrl=True)
    asked = dialog(qtbot, QDialog)
    assert "Noor ter Braak · Groep 3 · 14-01-2020" in asked.property("text")
    answer(qtbot, "Annuleren")
    assert len(directory(school)) == 60
    dialog(qtbot, AddPupilDialog)
    press(qtbot, Qt.Key.Key_Return, ctrl=True)
    answer(qtbot, "Toch toevoegen")
    assert len(directory(school)) == 61


def test_the_parents_of_a_brother_are_taken_over(window: MainWindow, qtbot: QtBot) -> None:
    school = desk_of(window).school
    asked = start_adding(window, qtbot)
    typed(qtbot, "Sem", "ter", "Braak")
    push(qtbot, asked, "Van broer of zus…")
    sharing = dialog(qtbot, SharingDialog)
    press(qtbot, Qt.Key.Key_Return, ctrl=True)
    assert "Kies eerst een kind" in texts(sharing)
    typed(qtbot, "noor braak")
    press(qtbot, Qt.Key.Key_Return, ctrl=True)
    dialog(qtbot, AddPupilDialog)
    assert "Sandra ter Braak (moeder)" in texts(asked)
    press(qtbot, Qt.Key.Key_Return, ctrl=True)
    sandra, olga = (each.link for each in carers_of(school, "Sem ter Braak"))
    assert sandra.guardian.id == carers_of(school, NOOR)[0].link.guardian.id
    assert (sandra.authority, olga.authority) == (Authority.UNKNOWN, Authority.UNKNOWN)


# — problems at the field —


def test_a_wrong_birth_date_is_told_at_the_field_when_one_leaves_it(
    window: MainWindow, qtbot: QtBot
) -> None:
    asked = start_adding(window, qtbot)
    born = asked.fields["born_on"]
    born.setFocus()
    qtbot.keyClicks(born, "31-2-2019")
    assert told_at(asked, "born_on") == ""
    press(qtbot, Qt.Key.Key_Tab)
    assert "Dit is geen datum" in told_at(asked, "born_on")
    assert told_at(asked, "surname") == ""  # not filled in yet is no mistake yet
    for wrong, why in (("1-1-2031", "toekomst"), ("1-1-1990", "meer dan 20 jaar")):
        born.setText(wrong)
        press(qtbot, Qt.Key.Key_Return, ctrl=True)
        assert why in told_at(asked, "born_on")
    fill(asked, surname="Berk", call_name="Bo", born_on="1-1-2020")
    press(qtbot, Qt.Key.Key_Return, ctrl=True)
    assert pupil(desk_of(window).school, "Bo Berk").pupil.born_on == date(2020, 1, 1)


def test_saving_too_early_goes_to_the_first_problem(window: MainWindow, qtbot: QtBot) -> None:
    asked = start_adding(window, qtbot)
    fill(asked, call_name="Bo", born_on="gisteren")
    press(qtbot, Qt.Key.Key_Return, ctrl=True)
    assert asked.isVisible()
    assert QApplication.focusWidget() is asked.fields["surname"]
    assert "achternaam" in told_at(asked, "surname")
    assert len(directory(desk_of(window).school)) == 60


def test_wrong_postcode_phone_and_mail_are_told_and_right_ones_are_written_neatly(
    window: MainWindow, qtbot: QtBot
) -> None:
    page, school = open_page(window, NOOR), desk_of(window).school
    push(qtbot, page, "Ouder toevoegen…")
    asked = dialog(qtbot, AddGuardianDialog)
    fill(asked, surname="Berk")
    asked.fields["postcode"].setFocus()
    typed(qtbot, "12 AB")
    assert "geen Nederlandse postcode" in told_at(asked, "postcode")
    asked.fields["email"].setFocus()
    typed(qtbot, "vera.example")
    assert "geen e-mailadres" in told_at(asked, "email")
    typed(qtbot, "06-12")
    assert "06-12" in told_at(asked, "phones")
    press(qtbot, Qt.Key.Key_Return, ctrl=True)
    assert len(carers_of(school, NOOR)) == 2
    fill(asked, postcode="9999zz", email="vera@gezin.example")
    asked.fields["postcode"].editingFinished.emit()
    assert asked.fields["postcode"].text() == "9999 ZZ"
    line = asked.fields["phones"].lines[0]
    line.setText("0612345678")
    line.editingFinished.emit()
    assert line.text() == "06 12345678"
    assert told_at(asked, "phones") == ""
    press(qtbot, Qt.Key.Key_Return, ctrl=True)
    assert carers_of(school, NOOR)[2].link.guardian.phones == ("+31612345678",)
    undo_last(qtbot, window)
    assert len(carers_of(school, NOOR)) == 2


def test_what_is_only_odd_is_stored_after_a_question_that_names_it(
    window: MainWindow, qtbot: QtBot
) -> None:
    page = open_page(window, NOOR)
    push(qtbot, page, "Ouder toevoegen…")
    asked = dialog(qtbot, AddGuardianDialog)
    fill(asked, surname="Dupont", postcode="75001", place="Parijs")
    for _ in range(2):  # also the second time
        press(qtbot, Qt.Key.Key_Return)
        question = dialog(qtbot, QDialog)
        assert "Postcode: 75001" in texts(question)
        press(qtbot, Qt.Key.Key_Return)  # the safe answer
        dialog(qtbot, AddGuardianDialog)
        assert len(carers_of(desk_of(window).school, NOOR)) == 2
    press(qtbot, Qt.Key.Key_Return)
    answer(qtbot, "Toch opslaan")
    assert carers_of(desk_of(window).school, NOOR)[2].link.guardian.postcode == "75001"


def test_nothing_is_asked_where_nothing_was_touched(window: MainWindow, qtbot: QtBot) -> None:
    page = open_page(window, NOOR)
    push(qtbot, page, "Leerling wijzigen")
    asked = dialog(qtbot, ChangePupilDialog)
    for _ in asked.names:
        press(qtbot, Qt.Key.Key_Tab)
    press(qtbot, Qt.Key.Key_Escape)
    assert QApplication.activeModalWidget() is None


def test_one_goes_back_to_the_list_by_keys(window: MainWindow, qtbot: QtBot) -> None:
    for key, alt in ((Qt.Key.Key_Escape, False), (Qt.Key.Key_Up, True)):
        open_page(window, NOOR)
        in_front(qtbot, window)
        press(qtbot, key, alt=alt)
        assert screen_of(window, "pupils").isVisible()
    push(qtbot, open_page(window, NOOR), "Terug naar de lijst")
    assert screen_of(window, "pupils").isVisible()


def test_an_institution_has_a_name_and_a_contact(window: MainWindow, qtbot: QtBot) -> None:
    page = open_page(window, NOOR)
    push(qtbot, page, "Ouder toevoegen…")
    asked = dialog(qtbot, AddGuardianDialog)
    assert not asked.fields["institution"].isVisible()
    qtbot.keyClick(asked.fields["kind"], Qt.Key.Key_Down)
    assert asked.fields["institution"].isVisible()
    fill(asked, institution="Voogdij Voorbeeld", call_name="Bea", surname="Berk", relation="voogd")
    press(qtbot, Qt.Key.Key_Return, ctrl=True)
    guardian = carers_of(desk_of(window).school, NOOR)[2].link.guardian
    assert (guardian.institution, guardian.surname) == ("Voogdij Voorbeeld", "Berk")


# — changing —


def test_a_pupil_is_changed_and_changed_back(window: MainWindow, qtbot: QtBot) -> None:
    page, school = open_page(window, NOOR), desk_of(window).school
    push(qtbot, page, "Leerling wijzigen")
    asked = dialog(qtbot, ChangePupilDialog)
    fill(asked, call_name="Noortje")
    press(qtbot, Qt.Key.Key_Return, ctrl=True)
    assert page._title.text() == "Noortje ter Braak"
    undo_last(qtbot, window)
    assert pupil(school, NOOR).pupil.call_name == "Noor"
    assert page._title.text() == NOOR


def test_a_change_of_a_parent_says_for_whom_it_holds(window: MainWindow, qtbot: QtBot) -> None:
    page, school = open_page(window, NOOR), desk_of(window).school
    push(qtbot, page, "Wijzigen… Sandra ter Braak")
    asked = dialog(qtbot, ChangeGuardianDialog)
    assert "geldt ook voor Nynke, Ömer, Pien, Rayan en Tijn" in texts(asked)
    fill(asked, street="Rietveld")
    press(qtbot, Qt.Key.Key_Return, ctrl=True)
    assert carers_of(school, "Pien ter Braak")[0].link.guardian.street == "Rietveld"
    undo_last(qtbot, window)
    assert carers_of(school, NOOR)[0].link.guardian.street == "Kerkstraat"


def test_authority_is_of_one_child_and_noted_by_the_office(
    window: MainWindow, qtbot: QtBot
) -> None:
    page, school = open_page(window, NOOR), desk_of(window).school
    before = carers_of(school, NOOR)[1].link.authority
    push(qtbot, page, "Gezag… Olga van Rijn")
    asked = dialog(qtbot, AuthorityDialog)
    asked.fields["authority"].choose(Authority.NO)
    press(qtbot, Qt.Key.Key_Return, ctrl=True)
    link = carers_of(school, NOOR)[1].link
    assert (link.authority, link.authority_source) == (Authority.NO, AuthoritySource.OFFICE)
    assert carers_of(school, "Pien ter Braak")[1].link.authority is not Authority.NO
    undo_last(qtbot, window)
    assert carers_of(school, NOOR)[1].link.authority is before is not Authority.NO


def test_a_parent_is_unlinked_after_a_question_and_linked_again(
    window: MainWindow, qtbot: QtBot
) -> None:
    school = desk_of(window).school
    name = next(each for each in directory(school) if not dossier(school, each.pupil.id).siblings)
    desk_of(window).go("pupil", pupil=name.pupil.id)
    page = screen_of(window, "pupil")
    push(qtbot, page, "Ouder van broer of zus…")
    dialog(qtbot, SharingDialog)
    typed(qtbot, "noor braak")
    press(qtbot, Qt.Key.Key_Return, ctrl=True)
    before = len(dossier(school, name.pupil.id).carers)
    push(qtbot, page, "Ontkoppelen… Sandra ter Braak")
    answer(qtbot, "Ontkoppelen")
    assert len(dossier(school, name.pupil.id).carers) == before - 1
    undo_last(qtbot, window)
    assert len(dossier(school, name.pupil.id).carers) == before


def test_escape_asks_only_when_something_was_typed(window: MainWindow, qtbot: QtBot) -> None:
    asked = start_adding(window, qtbot)
    press(qtbot, Qt.Key.Key_Escape)
    assert not asked.isVisible()
    asked = start_adding(window, qtbot)
    typed(qtbot, "Bo")
    press(qtbot, Qt.Key.Key_Escape)
    answer(qtbot, "Terug")
    assert asked.isVisible()
    dialog(qtbot, AddPupilDialog)
    press(qtbot, Qt.Key.Key_Escape)
    answer(qtbot, "Niet opslaan")
    assert len(directory(desk_of(window).school)) == 60
