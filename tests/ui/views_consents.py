"""The consents of the school, a cell of them, and entering what parents answered."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from schoolprivacy.consents.board import consent_table
from schoolprivacy.consents.forms import print_forms
from schoolprivacy.consents.purposes import purpose_settings, switch_purpose
from schoolprivacy.consents.records import Form, decisions, forms
from schoolprivacy.consents.terms import Answer
from schoolprivacy.people.directory import directory
from schoolprivacy.people.records import guardianships
from tests.ui.stage import Stage, desk_of, screen_of, view
from ui.main_window import MainWindow

# — the board —


@view
def consents(stage: Stage) -> QWidget:
    return stage.at("consents")


@view
def consents_fourteen_purposes(stage: Stage) -> QWidget:
    for each in purpose_settings(stage.demo):
        if not each.purpose.switched_on:
            switch_purpose(stage.demo, each.purpose.code, on=True)
    return stage.at("consents")


@view
def consents_of_a_group(stage: Stage) -> QWidget:
    return stage.at("consents", answer=Answer.REFUSED)


@view
def consents_none_found(stage: Stage) -> QWidget:
    window = stage.at("consents")
    screen_of(window, "consents").filters.search.setText("xyz")
    return window


@view
def consents_new_school(stage: Stage) -> QWidget:
    return stage.at("consents", stage.empty)


@view
def consents_legend(stage: Stage) -> QWidget:
    return stage.asked(stage.at("consents"), "Uitleg")


# — a cell —


def _cell(stage: Stage, *answers: Answer) -> QDialog:
    """The dialogue of the first cell with one of these answers."""
    window = stage.at("consents")
    table = consent_table(stage.demo)
    pupil, code = next(
        (child.pupil.id, purpose.code)
        for child, row in zip(table.pupils, table.answers, strict=True)
        for purpose, answer in zip(table.purposes, row, strict=True)
        if answer in answers
    )
    desk_of(window).go("consents", pupil=pupil, purpose=code)
    return stage.dialogue()


@view
def cell_yes(stage: Stage) -> QWidget:
    return _cell(stage, Answer.GRANTED)


@view
def cell_without_history(stage: Stage) -> QWidget:
    return _cell(stage, Answer.NOT_ASKED, Answer.NO_ANSWER)


@view
def cell_disagreement(stage: Stage) -> QWidget:
    return _cell(stage, Answer.CONFLICT)


def _in_cell(stage: Stage, does: str) -> Any:
    cell = _cell(stage, Answer.GRANTED)
    stage.push(cell, does)
    stage.qtbot.waitUntil(lambda: stage.dialogue() is not cell)
    return stage.dialogue()


@view
def cell_recording(stage: Stage) -> QWidget:
    return _in_cell(stage, "Antwoord vastleggen…")  # type: ignore[no-any-return]


@view
def cell_recording_wrong(stage: Stage) -> QWidget:
    asked = _in_cell(stage, "Antwoord vastleggen…")
    asked.confirm.click()
    return asked  # type: ignore[no-any-return]


@view
def cell_withdrawing(stage: Stage) -> QWidget:
    return _in_cell(stage, "Intrekken…")  # type: ignore[no-any-return]


@view
def cell_invalidating(stage: Stage) -> QWidget:
    return _in_cell(stage, "Verkeerd ingevoerd…")  # type: ignore[no-any-return]


# — entering —


def _printed(stage: Stage, *, parents: int = 2) -> Form:
    """A form that is out, of a child with so many parents."""
    with stage.demo.reading() as session:
        answered = {each.form_id for found in decisions(session).values() for each in found}
        found = [f for f in forms(session) if not f.replaced_on and f.id not in answered]
        carers = guardianships(session, [each.pupil_id for each in found])
    wanted = [each for each in found if len(carers.get(each.pupil_id, [])) == parents]
    if not wanted:
        print_forms(stage.demo, lambda _: None)
        return _printed(stage, parents=parents)
    return _first(stage, wanted)


def _first(stage: Stage, found: list[Form]) -> Form:
    """The form of the first child in the register: the same one at every run."""
    places = {e.pupil.id: place for place, e in enumerate(directory(stage.demo, leavers=True))}
    return min(found, key=lambda each: (each.asked_on, places[each.pupil_id]))


def _entering(stage: Stage, **which: Any) -> MainWindow:
    return stage.at("entry", form=_printed(stage, **which).number)


@view
def entry(stage: Stage) -> QWidget:
    return stage.at("entry")


@view
def entry_form(stage: Stage) -> QWidget:
    window = _entering(stage)
    sheet = screen_of(window, "entry")._sheet
    for key in (Qt.Key.Key_J, Qt.Key.Key_N, Qt.Key.Key_Space, Qt.Key.Key_J):
        stage.press(sheet, key)
    return window


@view
def entry_somebody_else(stage: Stage) -> QWidget:
    window = _entering(stage)
    screen = screen_of(window, "entry")
    screen._signature._who.choose("other")
    stage.press(screen, Qt.Key.Key_Return, ctrl=True)
    return window


@view
def entry_with_notices(stage: Stage) -> QWidget:
    """A form that was entered before, and of which there is a newer one."""
    with stage.demo.reading() as session:
        answered = {each.form_id for found in decisions(session).values() for each in found}
        old = [each for each in forms(session) if each.id in answered]
    return stage.at("entry", form=_first(stage, old).number)


@view
def entry_unknown(stage: Stage) -> QWidget:
    return stage.at("entry", form="01zzzzzz")


@view
def entry_unsaved(stage: Stage) -> QWidget:
    window = _entering(stage)
    stage.press(screen_of(window, "entry")._sheet, Qt.Key.Key_J)
    desk_of(window).go("overview")
    return stage.dialogue()
