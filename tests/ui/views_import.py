"""The import: from a file, past its columns and doubts, to the school."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from schoolprivacy.exchange.roster import RosterPupil
from schoolprivacy.people import importing
from schoolprivacy.people.directory import directory
from tests.exchange.writing import csv_bytes, spreadsheet_rows
from tests.people.builders import a_guardian, a_roster, a_row, at, numbered, reached
from tests.ui.stage import Stage, screen_of, view
from ui.main_window import MainWindow

_JAN = a_guardian("J. Bakker", **reached(1), **at("Dorpsstraat"), relation="vader")
_SANNE = a_row("Sanne de Boer", "1", guardians=(_JAN,))
_NOOR = a_row("Noor Smit", "2", born_on=date(2017, 1, 2))
_TESS = a_row("Tess Post", "3", born_on=date(2016, 7, 8))
_KNOWN = (_SANNE, _NOOR, _TESS, *numbered(12))


def _school(stage: Stage) -> Any:
    """The school in which those children are, imported before."""
    if not directory(stage.empty):
        importing.apply(stage.empty, [a_roster(*_KNOWN, made_at=None)])
    return stage.empty


def _listed(*pupils: RosterPupil, **more: str) -> bytes:
    """A spreadsheet with further columns: head → value of every row."""
    rows = spreadsheet_rows(list(pupils), 1)
    width = len(rows[0])
    rows[0] += list(more)
    for row in rows[1:]:
        row += ["" for _ in range(width - len(row))] + list(more.values())
    return csv_bytes(rows)


def _read(stage: Stage, content: bytes) -> tuple[MainWindow, Any]:
    path = stage.folder / "groepslijst.csv"
    path.write_bytes(content)
    window = stage.at("import", _school(stage))
    screen = screen_of(window, "import")
    screen.read_files([path])
    stage.settle()
    return window, screen


def _reviewed(stage: Stage) -> tuple[MainWindow, Any]:
    """One moved house, one went up a group, one is new, and of one it is not sure who it is."""
    moved = replace(_SANNE, guardians=(replace(_JAN, street="Kerkstraat", house_number="12"),))
    doubtful = replace(_TESS, key=None, born_on=date(2016, 7, 9))
    new = a_row("Yaël Ouedraogo", "40", born_on=date(2019, 2, 3))
    content = _listed(moved, replace(_NOOR, group="4"), doubtful, new, *numbered(8))
    window, screen = _read(stage, content)
    screen.columns.go_on()
    stage.settle()
    return window, screen


def _at_tab(stage: Stage, key: str) -> QWidget:
    window, screen = _reviewed(stage)
    bar = screen.review.tabs.tabBar()
    place = next(each for each in range(bar.count()) if bar.tabData(each) == key)
    screen.review.tabs.setCurrentIndex(place)
    return window


@view
def import_start(stage: Stage) -> QWidget:
    return stage.at("import", stage.empty)


@view
def import_start_again(stage: Stage) -> QWidget:
    return stage.at("import")


@view
def import_columns(stage: Stage) -> QWidget:
    return _read(stage, _listed(_SANNE, _NOOR, BSN="999990019", Bijnaam="Sannie"))[0]


@view
def import_column_twice(stage: Stage) -> QWidget:
    window, screen = _read(stage, _listed(_SANNE, Tweede="Smit"))
    editor = screen.columns.editor
    editor.whose.setCurrentIndex(editor.whose.findText("Leerling"))
    editor.what.setCurrentIndex(editor.what.findText("achternaam"))
    return window


@view
def import_new(stage: Stage) -> QWidget:
    return _at_tab(stage, "new")


@view
def import_changed(stage: Stage) -> QWidget:
    return _at_tab(stage, "changed")


@view
def import_moved(stage: Stage) -> QWidget:
    return _at_tab(stage, "moved")


@view
def import_questions(stage: Stage) -> QWidget:
    return _at_tab(stage, "questions")


@view
def import_leavers(stage: Stage) -> QWidget:
    window, screen = _read(stage, _listed(_SANNE, _NOOR))
    screen.columns.go_on()
    stage.settle()
    screen.review.whole.click()
    stage.settle()
    return window


@view
def import_refused(stage: Stage) -> QWidget:
    window, _ = _read(stage, b"%PDF-1.7")
    return stage.dialogue() or window


@view
def import_throwing_away(stage: Stage) -> QWidget:
    _, screen = _reviewed(stage)
    screen.ask_drop()
    return stage.dialogue()


@view
def import_done(stage: Stage) -> QWidget:
    window = stage.at("import", _school(stage))
    screen = screen_of(window, "import")
    screen.done.show_done("Overgenomen: 1 nieuw, 2 gewijzigd.")
    screen._open(screen.done)
    return window


@view
def import_undoing(stage: Stage) -> QWidget:
    screen = screen_of(stage.at("import", _school(stage)), "import")
    screen.ask_undo()
    return stage.dialogue()
