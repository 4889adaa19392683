"""What guardians say of the report: remarks (zienswijze) that are added, facts that are wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from schoolprivacy.access.matrix import require
from schoolprivacy.access.terms import Area, Right
from schoolprivacy.errors import RefusedError
from schoolprivacy.okr import rules
from schoolprivacy.okr.entries import checked_day, checked_line, checked_text
from schoolprivacy.okr.records import find_move, okr_remark
from schoolprivacy.okr.terms import Outcome, Remark, RemarkKind
from schoolprivacy.people.journal import Journal
from schoolprivacy.people.names import guardian_name
from schoolprivacy.people.records import guardianships
from schoolprivacy.people.terms import new_id
from schoolprivacy.people.undoing import Undo, close_change
from schoolprivacy.school import School, Session


@dataclass(frozen=True, slots=True)
class RemarkText:
    """A remark with what was said, and what the school answered."""

    remark: Remark
    text: str
    answer: str


def add_remark(
    school: School, move_id: str, guardian_id: str, kind: RemarkKind, text: str, said_on: date
) -> Undo:
    """Record what a guardian says of the report, also after it was sent.

    :raises RefusedError: no such move, no report yet, no text, too long or with a BSN, a day to
        come, or a guardian without authority
    """
    text = checked_text(text)
    with school.transaction() as session:
        require(session, Area.OKR, Right.MANAGE)
        move = find_move(session, move_id)
        if move.report is None:
            raise RefusedError("okr.no_report")
        _check_guardian(session, move.pupil_id, guardian_id)
        journal = Journal(session)
        remark_id = new_id()
        row = {
            "id": remark_id,
            "move_id": move_id,
            "guardian_id": guardian_id,
            "kind": kind.value,
            "said_on": checked_day(session, said_on, not_before=move.report.on),
            "body": text,
            "recorded_at": session.clock.now().isoformat(),
            "recorded_by": session.who.id,
            "answer": "",
        }
        journal.insert(okr_remark, [row])
        return close_change(journal, "okr.remark_added", move.pupil_id, remark=remark_id, kind=kind)


def settle_remark(
    school: School, remark_id: str, outcome: Outcome, on: date, answer: str = ""
) -> Undo:
    """Record what the school did: a remark is added, a wrong fact corrected, or not and why.

    :param answer: to the guardian; needed when the school does not correct it
    :raises RefusedError: it is not there, was dealt with before, the outcome does not fit, a day
        to come or before it was said, or no answer
    """
    answer = checked_line(answer)
    with school.transaction() as session:
        require(session, Area.OKR, Right.MANAGE)
        row = _find(session, remark_id)
        if row.outcome is not None:
            raise RefusedError("okr.settled_before")
        if (row.kind == RemarkKind.REMARK) != (outcome is Outcome.ADDED):
            raise RefusedError("okr.outcome")
        if outcome is Outcome.DECLINED and not answer:
            raise RefusedError("okr.no_answer")
        journal = Journal(session)
        settled = {
            "id": remark_id,
            "outcome": outcome.value,
            "settled_on": checked_day(session, on, not_before=date.fromisoformat(row.said_on)),
            "settled_by": session.who.id,
            "answer": answer,
        }
        journal.update(okr_remark, [settled])
        return close_change(
            journal, "okr.remark_settled", _pupil(session, row), remark=remark_id, outcome=outcome
        )


def remove_remark(school: School, remark_id: str) -> Undo:
    """Take away what was recorded with the wrong child or guardian, while nothing was done with it.

    :raises RefusedError: it is not there, or it was dealt with
    """
    with school.transaction() as session:
        require(session, Area.OKR, Right.MANAGE)
        row = _find(session, remark_id)
        if row.outcome is not None:
            raise RefusedError("okr.settled_before")
        journal = Journal(session)
        journal.delete(okr_remark, okr_remark.c.id == remark_id)
        return close_change(journal, "okr.remark_removed", _pupil(session, row), remark=remark_id)


def read_remarks(school: School, move_id: str) -> tuple[RemarkText, ...]:
    """What guardians said, in the order of recording; that somebody looked is written down.

    :raises RefusedError: there is no such move, or the file was opened read-only
    """
    with school.transaction() as session:
        require(session, Area.OKR, Right.MANAGE)
        move = find_move(session, move_id)
        session.audit("okr.remarks_viewed", move.pupil_id, move=move_id)
        table = okr_remark.c
        query = sa.select(table.id, table.body, table.answer).where(table.move_id == move_id)
        said = {row.id: row for row in session.execute(query)}
        return tuple(
            RemarkText(each, said[each.id].body, said[each.id].answer) for each in move.remarks
        )


def _find(session: Session, remark_id: str) -> sa.Row[tuple[object, ...]]:
    query = sa.select(okr_remark).where(okr_remark.c.id == remark_id)
    row = session.execute(query).one_or_none()
    if row is None:
        raise RefusedError("okr.unknown")
    return row


def _pupil(session: Session, row: sa.Row[tuple[object, ...]]) -> str:
    return find_move(session, row.move_id).pupil_id


def _check_guardian(session: Session, pupil_id: str, guardian_id: str) -> None:
    for each in guardianships(session, [pupil_id]).get(pupil_id, []):
        if each.guardian.id == guardian_id and rules.must_see(each):
            return
        if each.guardian.id == guardian_id:
            raise RefusedError("okr.no_authority", name=guardian_name(each.guardian))
    raise RefusedError("guardian.unknown")
