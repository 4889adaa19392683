"""A child of the demo school on its way to another school, in the windows."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from schoolprivacy.okr.actions import make_report, plan_move
from schoolprivacy.okr.board import BoardRow, board
from schoolprivacy.okr.entries import MoveEntry
from schoolprivacy.okr.exchanges import NewExchange, exchanges, record_exchange
from schoolprivacy.okr.inzage import record_inzage
from schoolprivacy.okr.terms import Category, MoveKind, Proof, ReceivingSchool
from schoolprivacy.people import records
from schoolprivacy.people.records import guardianships
from schoolprivacy.people.terms import Authority
from schoolprivacy.school import School
from tests.ui.hands import modal, press
from tests.ui.stage import desk_of, screen_of
from tests.vault.schools import NOW
from ui.main_window import MainWindow
from ui.screens.pupil_exchanges import ExchangesTab

COLLEGE = ReceivingSchool("Testcollege", "98AB00", "Testdorp")
PLAIN = {Category.ADMINISTRATIVE: "", Category.RESULTS: ""}


def first_row(school: School) -> BoardRow:
    """The first child without a report of which at least two guardians must see it."""
    return next(
        each
        for each in board(school).rows
        if len(_must(school, each)) >= 2 and not (each.move and each.move.report)
    )


def row_of(school: School, pupil_id: str) -> BoardRow:
    """A child on the board."""
    return next(each for each in board(school).rows if each.child.pupil.id == pupil_id)


def _must(school: School, row: BoardRow) -> list[str]:
    pupil_id = row.child.pupil.id
    with school.reading() as session:
        links = guardianships(session, [pupil_id]).get(pupil_id, [])
    return [each.guardian.id for each in links if each.authority is not Authority.NO]


def reported(school: School) -> str:
    """A child that goes to the college and whose report is there; gives its identifier."""
    pupil_id = first_row(school).child.pupil.id
    plan_move(school, pupil_id, MoveEntry(MoveKind.VO, COLLEGE))
    move = row_of(school, pupil_id).move
    assert move is not None
    make_report(school, move.id, school.clock.today(), PLAIN)
    return pupil_id


def all_seen(school: School, pupil_id: str) -> None:
    """Everybody who must, had inzage."""
    row = row_of(school, pupil_id)
    assert row.move is not None
    today, who = school.clock.today(), _must(school, row)
    record_inzage(school, row.move.id, who, today, Proof.LETTER, copy_given=True)


def exchanged(school: School) -> str:
    """A child about whom something was exchanged with a samenwerkingsverband."""
    for row in board(school).rows:
        if exchanges(school, row.child.pupil.id):
            return row.child.pupil.id
    pupil_id = board(school).rows[0].child.pupil.id
    new = NewExchange("Samenwerkingsverband Voorbeeld", "toetsresultaten", "extra hulp", NOW.date())
    record_exchange(school, pupil_id, new)
    return pupil_id


def pupil_tab(window: MainWindow) -> Any:
    """Show the exchanges on the page of a pupil."""
    screen = screen_of(window, "pupil")
    place = next(n for n, (part, _) in enumerate(screen._parts) if isinstance(part, ExchangesTab))
    screen._tabs.setCurrentIndex(place)
    return screen._parts[place][0]


def okr(window: MainWindow, **detail: Any) -> Any:
    """The screen, at the board or at a ``pupil``."""
    desk_of(window).go("okr", **detail)
    return screen_of(window, "okr")


def tab(screen: Any, part: QWidget) -> Any:
    """Show a tab of the page of a child."""
    parts = [each for each, _ in screen.child.parts]
    screen.child._tabs.setCurrentIndex(parts.index(part))
    return part


def asked(qtbot: QtBot, within: QWidget, text: str) -> Any:
    """Press a button; gives the dialogue that opens."""
    press(qtbot, within, text)
    return modal(qtbot)


def buttons(within: QWidget) -> set[str]:
    """What can be pressed there."""
    found = [each for each in within.findChildren(QPushButton) if each.isVisible()]
    return {each.text().replace("&", "") for each in found}


def nobody_has_authority(school: School, pupil_id: str) -> None:
    """As the office found out."""
    table = records.guardianship
    with school.transaction() as session:
        of = table.c.pupil_id == pupil_id
        session.execute(table.update().where(of).values(authority=Authority.NO.value))
        session.audit("guardian.authority", pupil_id)
