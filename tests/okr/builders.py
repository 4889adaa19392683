"""A group 8 that leaves, its parents, and what is recorded of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from schoolprivacy.clock import SetClock
from schoolprivacy.exchange.roster import RosterGuardian, RosterPupil
from schoolprivacy.okr.actions import make_report, plan_move
from schoolprivacy.okr.board import BoardRow, board
from schoolprivacy.okr.entries import MoveEntry
from schoolprivacy.okr.terms import Category, MoveKind, ReceivingSchool
from schoolprivacy.people import records
from schoolprivacy.people.names import full_name
from schoolprivacy.people.terms import Authority
from schoolprivacy.school import School
from tests.consents.families import APART, FATHER, MOTHER, enrol

SPRING = datetime(2027, 3, 15, 9, tzinfo=UTC)
TODAY = SPRING.date()
REPORT = date(2027, 3, 2)
SEEN = date(2027, 3, 9)
COLLEGE = ReceivingSchool("Voorbeeldcollege", "98AB00", "Voorbeeldstad")
VO = MoveEntry(MoveKind.VO, COLLEGE, date(2027, 8, 1))
PLAIN = {Category.ADMINISTRATIVE: "", Category.RESULTS: ""}

ANNA, BAS = "Anna van der Sluis", "Bas Yıldız"


def a_leaver(name: str, *guardians: RosterGuardian, **more: Any) -> RosterPupil:
    """A child in group 8."""
    values: dict[str, Any] = {
        "call_name": name,
        "surname": "Test",
        "born_on": date(2015, 5, 17),
        "group": "Groep 8",
        "year_level": "8",
        "key": name,
        "guardians": guardians or (MOTHER, FATHER),
    }
    return RosterPupil(1, **values | more)


def group_eight(school: School, *children: RosterPupil) -> dict[str, str]:
    """Bring children in, in spring; gives identifiers by call name."""
    enrol(school, *children)
    assert isinstance(school.clock, SetClock)
    school.clock.moment = SPRING
    return {each.child.pupil.call_name: each.child.pupil.id for each in board(school).rows}


def two_parents(school: School, authority: Authority = Authority.YES) -> str:
    """One child, Noor, of Anna and Bas who live together; gives its identifier."""
    noor = group_eight(school, a_leaver("Noor"))["Noor"]
    for name in (ANNA, BAS):
        give_authority(school, noor, name, authority)
    return noor


def apart(school: School) -> str:
    """One child of parents who live apart, both with authority."""
    noor = group_eight(school, a_leaver("Noor", MOTHER, APART))["Noor"]
    for name in (ANNA, BAS):
        give_authority(school, noor, name, Authority.YES)
    return noor


def give_authority(school: School, pupil_id: str, name: str, authority: Authority) -> None:
    """As the office records it."""
    table = records.guardianship
    of = (table.c.pupil_id == pupil_id, table.c.guardian_id == guardian(school, pupil_id, name))
    with school.transaction() as session:
        session.execute(table.update().where(*of).values(authority=authority.value))
        session.audit("guardian.authority", pupil_id)


def guardian(school: School, pupil_id: str, name: str) -> str:
    """The identifier of a guardian by full name."""
    with school.reading() as session:
        carers = records.guardianships(session, [pupil_id])[pupil_id]
    return next(each.guardian.id for each in carers if full_name(each.guardian) == name)


def row(school: School, pupil_id: str) -> BoardRow:
    """A child on the board."""
    return next(each for each in board(school).rows if each.child.pupil.id == pupil_id)


def move_of(school: School, pupil_id: str) -> str:
    """The identifier of the move of a child."""
    move = row(school, pupil_id).move
    assert move is not None
    return move.id


def reported(school: School, pupil_id: str, entry: MoveEntry = VO) -> str:
    """Plan a move and make its report; gives the identifier of the move."""
    plan_move(school, pupil_id, entry)
    move_id = move_of(school, pupil_id)
    make_report(school, move_id, REPORT, PLAIN)
    return move_id


def secret(who: RosterGuardian) -> RosterGuardian:
    """The same person at an address that nobody may know."""
    return replace(who, address_secret=True)
