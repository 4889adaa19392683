"""Contact lists: the sample, who gets a copy, and the register of copies."""

from __future__ import annotations

import sqlalchemy as sa
from PySide6.QtWidgets import QWidget

from schoolprivacy.consents import records
from schoolprivacy.consents.contacts.contact_list import E_MAIL
from schoolprivacy.consents.contacts.copies import copies, mark_destroyed
from schoolprivacy.consents.contacts.printing import print_contact_list, print_phone_tree
from schoolprivacy.people.directory import groups
from schoolprivacy.school import School
from tests.ui.stage import Stage, screen_of, view
from ui.main_window import MainWindow


def _hand_out(school: School) -> None:
    """Copies that are in use, that hold what may not stand there any more, and destroyed ones."""
    if len(copies(school)) > 1:
        return
    last = groups(school)[-1]
    print_contact_list(school, lambda _: None, group=last, for_whom=["Gezin van de voorzitter"])
    print_phone_tree(school, lambda _: None, group=last, for_whom=["Leerkracht", "Klassenouder"])
    mark_destroyed(school, [2])
    _invalidate(school, records.decision.c.purpose == E_MAIL)


def _invalidate(school: School, *which: sa.ColumnElement[bool]) -> None:
    with school.transaction() as session:
        meant = records.decision.update().where(*which)
        session.execute(meant.values(invalidated_at="2026-09-01T10:00:00"))
        session.audit("test.invalidated")


def _seen(stage: Stage, school: School, **detail: object) -> MainWindow:
    window = stage.at("contact-lists", school, **detail)
    screen = screen_of(window, "contact-lists")
    if "show" not in detail:
        stage.qtbot.waitUntil(lambda: screen._seen is not None, timeout=20_000)
    stage.settle()
    return window


@view
def contact_lists(stage: Stage) -> QWidget:
    return _seen(stage, stage.demo, group=groups(stage.demo)[-1])


@view
def contact_lists_phone_tree(stage: Stage) -> QWidget:
    window = _seen(stage, stage.demo, group=groups(stage.demo)[-1])
    screen = screen_of(window, "contact-lists")
    screen._choices._kind.setCurrentIndex(1)
    stage.qtbot.waitUntil(lambda: screen._seen is not None, timeout=20_000)
    stage.push(window, "Alleen de leerkracht")
    stage.settle()
    return window


@view
def contact_lists_nobody(stage: Stage) -> QWidget:
    _invalidate(stage.demo)
    return _seen(stage, stage.demo)


@view
def contact_lists_new_school(stage: Stage) -> QWidget:
    return _seen(stage, stage.empty)


@view
def contact_lists_to_read(stage: Stage) -> QWidget:
    return _seen(stage, stage.to_read, group=groups(stage.to_read)[-1])


@view
def contact_lists_saving(stage: Stage) -> QWidget:
    return stage.asked(_seen(stage, stage.demo), "Bewaar als PDF…")


@view
def list_copies(stage: Stage) -> QWidget:
    _hand_out(stage.demo)
    window = _seen(stage, stage.demo, show="copies", only="all")
    screen = screen_of(window, "contact-lists")
    screen._copies.table.selectRow(0)
    stage.settle()
    return window


@view
def list_copies_none_to_destroy(stage: Stage) -> QWidget:
    return _seen(stage, stage.demo, show="copies")


@view
def list_copies_new_school(stage: Stage) -> QWidget:
    return _seen(stage, stage.empty, show="copies")
