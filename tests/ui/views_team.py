"""Staff, trainees and volunteers: the table, one person, and every dialogue."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from schoolprivacy.consents.purposes import switch_purpose
from schoolprivacy.consents.team.members import (
    MemberEntry,
    MemberKind,
    add_member,
    member_left,
    members,
    record_team_decisions,
    withdraw_team,
)
from schoolprivacy.consents.team.printing import print_team_forms
from schoolprivacy.consents.terms import Way
from schoolprivacy.school import School
from tests.ui.stage import Stage, screen_of, view
from ui.main_window import MainWindow

_PEOPLE = (
    ("Noor", "de", "Wit", MemberKind.STAFF),
    ("Ömer", "", "Andrade Gonçalves", MemberKind.STAFF),
    ("Wilhelmina", "van den", "Broek-Schoonderwoerd", MemberKind.VOLUNTEER),
    ("Bo", "", "Smit", MemberKind.TRAINEE),
)


def _full(stage: Stage) -> School:
    """The demo school with people who want one thing and not another; made once."""
    school, today = stage.demo, stage.demo.clock.today()
    if any(each.member.surname == "Wit" for each in members(school).rows):
        return school
    for code in ("contact-guardian-name", "contact-phone", "contact-email"):
        switch_purpose(school, code, on=True)
    ids = []
    for call_name, prefix, surname, kind in _PEOPLE:
        phone = "06 12345678" if surname == "Wit" else ""
        entry = MemberEntry(kind, call_name, prefix, surname, phone=phone)
        ids.append(add_member(school, entry).about)
    print_team_forms(school, lambda _: None, ids[:3])
    codes = [each.code for each in members(school).purposes]
    record_team_decisions(
        school, ids[0], yes=codes[:5], no=codes[5:7], decided_on=today, way=Way.PAPER_FORM
    )
    withdraw_team(school, ids[0], codes[:1], on=today, way=Way.PHONE)
    record_team_decisions(school, ids[1], yes=codes, decided_on=today, way=Way.DESK)
    gone = add_member(school, MemberEntry(MemberKind.TRAINEE, "Sam", "", "Vertrokken")).about
    member_left(school, gone, today - timedelta(days=30))
    return school


def _at(stage: Stage, name: str = "Wit") -> MainWindow:
    """The screen, at one person."""
    school = _full(stage)
    (who,) = [each.member.id for each in members(school, left=True).rows
              if each.member.surname == name]  # fmt: skip
    window = stage.at("team", school, member=who)
    screen_of(window, "team").table.setFocus()
    return window


def _opened(stage: Stage, name: str = "Wit") -> Any:
    window = _at(stage, name)
    stage.press(screen_of(window, "team").table, Qt.Key.Key_Return)
    return stage.dialogue()


@view
def team(stage: Stage) -> QWidget:
    return _at(stage)


@view
def team_chosen(stage: Stage) -> QWidget:
    window = _at(stage)
    screen_of(window, "team").table.selectAll()
    return window


@view
def team_none_found(stage: Stage) -> QWidget:
    window = _at(stage)
    screen_of(window, "team").search.setText("xyz")
    return window


@view
def team_with_who_left(stage: Stage) -> QWidget:
    window = _at(stage)
    screen_of(window, "team")._left.setChecked(True)
    return window


@view
def team_new_school(stage: Stage) -> QWidget:
    return stage.at("team", stage.empty)


@view
def team_to_read(stage: Stage) -> QWidget:
    return stage.at("team", stage.to_read)


@view
def team_adding(stage: Stage) -> QWidget:
    return stage.asked(_at(stage), "Toevoegen…")


@view
def team_adding_wrong(stage: Stage) -> QWidget:
    asked: Any = stage.asked(_at(stage), "Toevoegen…")
    for name, text in {"phone": "12", "email": "vera.example"}.items():
        asked.fields[name].setText(text)
    asked.try_save()
    return asked  # type: ignore[no-any-return]


@view
def team_person(stage: Stage) -> QWidget:
    return _opened(stage)  # type: ignore[no-any-return]


@view
def team_person_nothing_said(stage: Stage) -> QWidget:
    return _opened(stage, "Smit")  # type: ignore[no-any-return]


@view
def team_recording(stage: Stage) -> QWidget:
    stage.press(screen_of(_at(stage), "team").table, Qt.Key.Key_V)
    asked: Any = stage.dialogue()
    for key in (Qt.Key.Key_J, Qt.Key.Key_N):
        stage.press(asked.sheet, key)
    return asked  # type: ignore[no-any-return]


@view
def team_withdrawing(stage: Stage) -> QWidget:
    return stage.asked(_opened(stage), "Intrekken…")


@view
def team_entered_wrongly(stage: Stage) -> QWidget:
    return stage.asked(_opened(stage), "Verkeerd ingevoerd…")


@view
def team_leaving(stage: Stage) -> QWidget:
    return stage.asked(_opened(stage), "Gaat weg…")


@view
def team_forms(stage: Stage) -> QWidget:
    asked: Any = stage.asked(_at(stage), "Formulieren…")
    stage.qtbot.waitUntil(lambda: asked.view.pages() > 0, timeout=20_000)
    return asked  # type: ignore[no-any-return]


@view
def team_sheet(stage: Stage) -> QWidget:
    asked: Any = stage.asked(_at(stage), "Fotoblad…")
    stage.qtbot.waitUntil(lambda: asked.view.pages() > 0, timeout=20_000)
    return asked  # type: ignore[no-any-return]
