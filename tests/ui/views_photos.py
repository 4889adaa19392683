"""Who may be on this photo: looking a child up, a group, and the sheets."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QWidget

from schoolprivacy.consents.own_no import note_own_no, own_noes
from schoolprivacy.consents.photos.who_may import PhotoAnswer, who_may
from schoolprivacy.consents.purposes import purpose_settings, switch_purpose
from schoolprivacy.school import School
from tests.ui.stage import Stage, screen_of, view
from ui.main_window import MainWindow
from ui.screens.photos_sheet import SheetDialog
from ui.screens.photos_sheets import EventSheetDialog

GROUP = "Groep 4"


def _asking_first(school: School) -> School:
    """A child that may be on photos said no itself."""
    row = min(who_may(school, [GROUP]).rows, key=lambda each: each.answers.count(PhotoAnswer.NO))
    if not own_noes(school, row.pupil_id):
        note_own_no(school, row.pupil_id, school.clock.today())
    return school


def _at(stage: Stage, **detail: object) -> MainWindow:
    return stage.at("photos", _asking_first(stage.demo), **detail)


@view
def photos(stage: Stage) -> QWidget:
    return _at(stage)


@view
def photos_found(stage: Stage) -> QWidget:
    return _at(stage, text="bra")


@view
def photos_one_child(stage: Stage) -> QWidget:
    school = _asking_first(stage.demo)
    rows = who_may(school, [GROUP]).rows
    asked = next(each for each in rows if PhotoAnswer.ASK_FIRST in each.answers)
    return stage.at("photos", school, text=asked.name)


@view
def photos_group(stage: Stage) -> QWidget:
    window = _at(stage, group=GROUP)
    screen_of(window, "photos").board.begin()
    return window


@view
def photos_fourteen_purposes(stage: Stage) -> QWidget:
    for each in purpose_settings(stage.demo):
        if not each.purpose.switched_on:
            switch_purpose(stage.demo, each.purpose.code, on=True)
    return _at(stage, group=GROUP)


@view
def photos_none_found(stage: Stage) -> QWidget:
    return _at(stage, text="qxz")


@view
def photos_new_school(stage: Stage) -> QWidget:
    return stage.at("photos", stage.empty)


@view
def photos_purposes(stage: Stage) -> QWidget:
    return stage.asked(_at(stage), "Waarvoor: alle doelen")


@view
def photos_event(stage: Stage) -> QWidget:
    dialog = stage.asked(_at(stage, group=GROUP), "Lijst voor een gebeurtenis…")
    assert isinstance(dialog, EventSheetDialog)
    dialog._fields["event"].setText("Sinterklaas")
    return _seen(stage, dialog)


@view
def photos_event_empty(stage: Stage) -> QWidget:
    dialog = stage.asked(_at(stage, group=GROUP), "Lijst voor een gebeurtenis…")
    stage.qtbot.waitUntil(lambda: not dialog.primary.isEnabled())  # type: ignore[attr-defined]
    return dialog


@view
def photos_class(stage: Stage) -> QWidget:
    return _seen(stage, stage.asked(_at(stage, group=GROUP), "Groepslijst (vast)…"))


@view
def photos_class_reading(stage: Stage) -> QWidget:
    window = stage.at("photos", stage.to_read, group=GROUP)
    return _seen(stage, stage.asked(window, "Groepslijst (vast)…"))


@view
def photos_class_saving(stage: Stage) -> QWidget:
    dialog = _seen(stage, stage.asked(_at(stage, group=GROUP), "Groepslijst (vast)…"))
    return stage.asked(dialog, "Bewaar als PDF…")


def _seen(stage: Stage, dialog: QDialog) -> QDialog:
    assert isinstance(dialog, SheetDialog)
    stage.qtbot.waitUntil(lambda: dialog._seen is not None, timeout=20_000)
    stage.settle()
    return dialog
