"""What a person can do with a move: plan it, make the report, send it. WPO 42."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from schoolprivacy.access.matrix import require
from schoolprivacy.access.terms import Area, Right
from schoolprivacy.errors import RefusedError
from schoolprivacy.okr import rules
from schoolprivacy.okr.entries import (
    MoveEntry,
    checked_categories,
    checked_day,
    checked_school,
)
from schoolprivacy.okr.records import (
    find_open,
    moves,
    okr_category,
    okr_move,
    okr_report,
    okr_school,
    receiving_schools,
)
from schoolprivacy.okr.terms import Category, Move, MoveKind, ReceivingSchool, SentHow, StepKind
from schoolprivacy.okr.words import tell_obstacle
from schoolprivacy.people.journal import Journal
from schoolprivacy.people.names import plain
from schoolprivacy.people.profile import read_profile
from schoolprivacy.people.records import current_year, find_pupil, guardianships, iso
from schoolprivacy.people.terms import Guardianship, new_id
from schoolprivacy.people.undoing import Undo, close_change
from schoolprivacy.school import School, Session

# — where to —


def plan_move(school: School, pupil_id: str, entry: MoveEntry, *, anew: bool = False) -> Undo:
    """Set down where one child goes, or change it while the report was not sent.

    A sending of an earlier school year stays as it is: the child came back, and this is another.

    :param anew: the child came back since a report was sent this school year, and leaves again
    :raises RefusedError: no such pupil, no good school, or a report was sent this school year
    """
    with school.transaction() as session:
        journal = _begin(session)
        _plan(journal, pupil_id, entry, anew=anew)
        return close_change(journal, "okr.planned", pupil_id, kind=entry.kind)


def plan_moves(school: School, entries: Mapping[str, MoveEntry]) -> Undo:
    """The same for a whole group in one go, by pupil: all of it or nothing.

    :raises RefusedError: as ``plan_move``
    """
    with school.transaction() as session:
        journal = _begin(session)
        for pupil_id, entry in entries.items():
            _plan(journal, pupil_id, entry)
        return close_change(journal, "okr.group_planned", pupils=sorted(entries))


def cancel_move(school: School, move_id: str) -> Undo:
    """The child does not leave after all; what was recorded stays readable in the trail.

    :raises RefusedError: there is no such move, or the report was sent
    """
    with school.transaction() as session:
        journal = _begin(session)
        move = find_open(session, move_id)
        journal.update(okr_move, [{"id": move_id, "cancelled_on": iso(session.clock.today())}])
        return close_change(journal, "okr.cancelled", move.pupil_id, move=move_id)


def _begin(session: Session) -> Journal:
    require(session, Area.OKR, Right.MANAGE)
    return Journal(session)


def _plan(journal: Journal, pupil_id: str, entry: MoveEntry, *, anew: bool = False) -> None:
    session, today = journal.session, journal.session.clock.today()
    year = current_year(session, today)
    find_pupil(session, pupil_id)
    row = {
        "school_year": year.start,
        "kind": entry.kind.value,
        "school_id": _remember(journal, entry.school, entry.kind) if entry.school else None,
        "expected_on": iso(entry.expected_on),
    }
    there = moves(session, year=year, pupil_ids=[pupil_id]).get(pupil_id)
    if there and there.sent_on is None:
        journal.update(okr_move, [{"id": there.id, **row}])
        return
    if there and not anew:
        raise RefusedError("okr.sent_before")
    made = {
        "id": new_id(),
        "pupil_id": pupil_id,
        "made_on": iso(today),
        "made_by": session.who.id,
    }
    journal.insert(okr_move, [made | row])


# — the list of schools that remembers —


def known_schools(school: School) -> dict[str, ReceivingSchool]:
    """Every school a child ever went to, by identifier and sorted by name, to choose from."""
    with school.reading() as session:
        require(session, Area.OKR, Right.PRINT)
        return receiving_schools(session)


def change_school(school: School, school_id: str, entry: ReceivingSchool) -> Undo:
    """Correct a school on the list, for all children who go there.

    :raises RefusedError: there is no such school, another one is called so, or it is no good one
    """
    with school.transaction() as session:
        journal = _begin(session)
        known = receiving_schools(session)
        if school_id not in known:
            raise RefusedError("okr.school_unknown")
        changed = checked_school(entry, MoveKind.VO, read_profile(session).brin)
        if any(_is(each, changed) for key, each in known.items() if key != school_id):
            raise RefusedError("okr.school_twice", name=changed.name, place=changed.place)
        journal.update(okr_school, [_school_row(school_id, changed)])
        return close_change(journal, "okr.school_changed", school_id)


def _remember(journal: Journal, entry: ReceivingSchool, kind: MoveKind) -> str:
    """The identifier of a school that is on the list, or is now; a BRIN that was missing too."""
    session = journal.session
    wanted = checked_school(entry, kind, read_profile(session).brin)
    for school_id, known in receiving_schools(session).items():
        if not _is(known, wanted):
            continue
        if wanted.brin and known.brin and wanted.brin != known.brin:
            raise RefusedError("okr.other_brin", name=known.name, brin=known.brin)
        if wanted.brin and not known.brin:
            journal.update(okr_school, [{"id": school_id, "brin": wanted.brin}])
        return school_id
    school_id = new_id()
    journal.insert(okr_school, [_school_row(school_id, wanted)])
    return school_id


def _is(one: ReceivingSchool, other: ReceivingSchool) -> bool:
    return (plain(one.name), plain(one.place)) == (plain(other.name), plain(other.place))


def _school_row(school_id: str, value: ReceivingSchool) -> dict[str, str]:
    return {"id": school_id, "name": value.name, "brin": value.brin, "place": value.place}


# — the report —


def make_report(school: School, move_id: str, on: date, categories: Mapping[Category, str]) -> Undo:
    """Set down what is in the report, and of which day it is.

    After somebody was invited or had inzage it is a new version, of which everybody must have
    inzage again; until then it takes the place of the last. Correcting a wrong fact or adding a
    remark is no new version: see ``settle_remark``.

    :param categories: the reason why it is needed, by category; needed where it is sensitive
    :raises RefusedError: no such open move, a day to come, or categories that may not be
    """
    inside = checked_categories(categories)
    with school.transaction() as session:
        journal = _begin(session)
        move = find_open(session, move_id)
        version = move.version
        if move.report is None or any(each.version == version for each in move.steps):
            version += 1
        else:
            for table in (okr_category, okr_report):
                journal.delete(table, table.c.move_id == move_id, table.c.version == version)
        of = {"move_id": move_id, "version": version}
        report_on = checked_day(session, on)
        journal.insert(okr_report, [of | {"report_on": report_on, "made_by": session.who.id}])
        rows = [of | {"category": each.value, "reason": why} for each, why in inside.items()]
        journal.insert(okr_category, rows)
        names = sorted(each.value for each in inside)
        return close_change(
            journal, "okr.report_made", move.pupil_id, version=version, categories=names
        )


# — sending —


def obstacles_told(school: School, move_id: str) -> tuple[str, ...]:
    """Why a report may not be sent yet, as sentences; none: it may.

    :raises RefusedError: there is no such move, or its report was sent
    """
    with school.reading() as session:
        require(session, Area.OKR, Right.PRINT)
        move = find_open(session, move_id)
        return _obstacles_told(move, _carers(session, move))


def send_report(school: School, move_id: str, on: date, how: SentHow) -> Undo:
    """Record that the report was sent.

    :raises RefusedError: ``okr.not_yet`` while a guardian who has (or may have) authority had no
        inzage and nobody recorded why, a remark was not dealt with, or there is no school or
        report; before an inzage or a settled remark; by OSO to a school without BRIN
    """
    with school.transaction() as session:
        journal = _begin(session)
        move = find_open(session, move_id)
        carers = _carers(session, move)
        if told := _obstacles_told(move, carers):
            raise RefusedError("okr.not_yet", reasons="\n".join(told))
        if how is SentHow.OSO and not (move.school and move.school.brin):
            raise RefusedError("okr.oso")
        sent_on = checked_day(session, on, not_before=_ready_on(move, carers, on))
        row = {"sent_on": sent_on, "sent_how": how.value, "sent_by": session.who.id}
        journal.update(okr_move, [{"id": move_id, **row}])
        excused = sum(each.kind is StepKind.EXCUSED for each in move.steps)
        return close_change(journal, "okr.sent", move.pupil_id, how=how, excused=excused)


def _ready_on(move: Move, carers: list[Guardianship], on: date) -> date | None:
    """The first day on which it could be sent: what was shown or decided later came too late.

    :param on: the day it was sent; what parents said after it need not be dealt with before
    """
    days = [move.report.on] if move.report else []
    days += [each.settled_on for each in move.remarks if each.settled_on and each.said_on <= on]
    for guardian_id in (None, *(each.guardian.id for each in carers)):
        seen = [
            each.on
            for kind in (StepKind.INZAGE, StepKind.EXCUSED)
            for each in move.done(kind, guardian_id)
        ]
        days += [min(seen)] if seen else []
    return max(days, default=None)


def _carers(session: Session, move: Move) -> list[Guardianship]:
    return guardianships(session, [move.pupil_id]).get(move.pupil_id, [])


def _obstacles_told(move: Move, carers: list[Guardianship]) -> tuple[str, ...]:
    return tuple(tell_obstacle(each, carers) for each in rules.obstacles(move, carers))
