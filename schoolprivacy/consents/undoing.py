"""Taking back what was entered a moment ago. What was taken back stays in the history."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Collection
from typing import Any

import sqlalchemy as sa

from schoolprivacy.consents import records
from schoolprivacy.consents.actions import mark_invalid
from schoolprivacy.consents.answering import Entered, EntryTrace
from schoolprivacy.consents.terms import Choice
from schoolprivacy.errors import RefusedError
from schoolprivacy.people.guardians import settle_authority
from schoolprivacy.people.records import (
    guardian,
    guardian_alias,
    guardian_phone,
    guardianship,
    guardianships,
)
from schoolprivacy.people.terms import Authority, AuthoritySource, Guardianship, new_id
from schoolprivacy.school import School, Session
from schoolprivacy.vault.tables import audit

ENTERED = "form.entered"
UNDONE = "form.entry_undone"
_WHY = "ongedaan gemaakt bij het invoeren"
_WHY_WITHDRAWAL = "intrekking ongedaan gemaakt"


def undo_entry(school: School, entered: Entered) -> None:
    """Take back exactly what entering one form did.

    Its decisions become invalid; what it had corrected is recorded again; authority that its
    declaration had settled is as it was, and a guardian whom it made is gone, unless something
    later builds on them.

    :raises RefusedError: undone before, or more of this form was entered or changed since
    """
    trace, pupil_id = entered.trace, entered.form.pupil_id
    with school.transaction() as session:
        _check_undoable(session, entered)
        for each in trace.recorded:
            if not mark_invalid(session, each, _WHY):
                raise RefusedError("form.changed_since")
        if trace.is_new_guardian:
            _forget_guardian(session, pupil_id, str(trace.signer), trace.recorded)
        elif trace.signer:
            _restore_authority(session, pupil_id, trace)
        _record_again(session, trace.invalidated)
        session.audit(UNDONE, entered.form.id, entry=trace.line)


def undo_invalidation(school: School, decision_id: str) -> str:
    """Let a decision count again that was marked as entered wrongly a moment ago.

    It is recorded anew; the one that was invalidated stays in the history as it happened.

    :returns: identifier of the decision that counts now
    :raises RefusedError: it is not invalid, was recorded anew already, or its guardian is no
        longer one of this child
    """
    table = records.decision
    with school.transaction() as session:
        row = session.execute(sa.select(table).where(table.c.id == decision_id)).one_or_none()
        if row is None or row.invalidated_at is None or _stands_again(session, row):
            raise RefusedError("decision.not_invalid")
        if row.guardian_id and _link(session, row.pupil_id, row.guardian_id) is None:
            raise RefusedError("decision.not_guardian")
        (again,) = _record_again(session, [decision_id])
        session.audit("decision.invalidation_undone", decision_id, again=again)
    return again


def undo_withdrawal(school: School, decision_ids: Collection[str]) -> None:
    """Take back a withdrawal that was recorded a moment ago, for all its purposes together.

    :raises RefusedError: part of it was taken back before
    """
    table = records.decision
    with school.transaction() as session:
        query = sa.select(table).where(table.c.id.in_(list(decision_ids)))
        rows = session.execute(query).all()
        if not rows or any(row.choice != Choice.WITHDRAWN.value for row in rows):
            raise RefusedError("decision.not_there")
        for row in rows:
            if not mark_invalid(session, row.id, _WHY_WITHDRAWAL):
                raise RefusedError("decision.not_there")
        purposes = sorted(row.purpose for row in rows)
        session.audit("decision.withdrawal_undone", rows[0].pupil_id, purposes=purposes)


def _stands_again(session: Session, row: sa.Row[Any]) -> bool:
    """Whether the same person's same choice of that day is there and counts."""
    table = records.decision
    alike = [
        table.c[name].is_not_distinct_from(getattr(row, name))
        for name in ("pupil_id", "purpose", "guardian_id", "form_id", "choice", "decided_on")
    ]
    query = sa.select(table.c.id).where(*alike, table.c.invalidated_at.is_(None)).limit(1)
    return session.execute(query).first() is not None


def _link(session: Session, pupil_id: str, guardian_id: str) -> Guardianship | None:
    carers = guardianships(session, [pupil_id]).get(pupil_id, [])
    return next((each for each in carers if each.guardian.id == guardian_id), None)


def _check_undoable(session: Session, entered: Entered) -> None:
    later = sa.select(audit.c.seq, audit.c.action, audit.c.detail).where(
        audit.c.about == entered.form.id,
        audit.c.action.in_((ENTERED, UNDONE)),
        audit.c.seq > entered.trace.line,
    )
    rows = session.execute(later).all()
    undone = {json.loads(row.detail)["entry"] for row in rows if row.action == UNDONE}
    if entered.trace.line in undone:
        raise RefusedError("form.undone_before")
    if any(row.action == ENTERED and row.seq not in undone for row in rows):
        raise RefusedError("form.changed_since")


def _record_again(session: Session, decision_ids: Collection[str]) -> list[str]:
    """The same decisions anew, and what they declared; the invalid ones stay, as it happened."""
    table = records.decision
    query = sa.select(table).where(table.c.id.in_(list(decision_ids)))
    rows = [
        dict(row)
        | {
            "id": new_id(),
            "recorded_at": session.clock.now().isoformat(),
            "recorded_by": session.who.id,
            "invalidated_at": None,
            "invalidated_by": None,
            "invalidated_why": None,
        }
        for row in session.execute(query).mappings()
    ]
    if rows:
        session.execute(sa.insert(table), rows)
    declared = {
        (row["pupil_id"], row["guardian_id"], row["declared_authority"])
        for row in rows
        if row["guardian_id"] and row["declared_authority"]
    }
    for pupil_id, guardian_id, authority in declared:
        if link := _link(session, pupil_id, guardian_id):
            settle_authority(session, pupil_id, link, Authority(authority))
    return [row["id"] for row in rows]


def _restore_authority(session: Session, pupil_id: str, trace: EntryTrace) -> None:
    """Unless a declaration that still stands, or the office, settled it too."""
    table, decided = guardianship.c, records.decision.c
    declared = sa.select(decided.id).where(
        decided.pupil_id == pupil_id,
        decided.guardian_id == trace.signer,
        decided.declared_authority == table.authority,
        decided.invalidated_at.is_(None),
    )
    if trace.authority is None:
        return
    session.execute(
        sa.update(guardianship)
        .where(
            table.pupil_id == pupil_id,
            table.guardian_id == trace.signer,
            table.authority != trace.authority.value,
            table.authority_source == AuthoritySource.FORM.value,
            ~declared.exists(),
        )
        .values(authority=trace.authority.value, authority_source=AuthoritySource.NONE.value)
    )


def _forget_guardian(
    session: Session, pupil_id: str, guardian_id: str, recorded: Collection[str]
) -> None:
    """Nobody's guardian any more; the row stays when the history names it."""
    decided, linked = records.decision.c, guardianship.c
    other_decision = sa.and_(decided.guardian_id == guardian_id, decided.id.not_in(list(recorded)))
    builds_on = (
        sa.select(decided.id).where(other_decision),
        sa.select(records.form_guardian.c.form_id).where(
            records.form_guardian.c.guardian_id == guardian_id
        ),
        sa.select(linked.pupil_id).where(
            linked.guardian_id == guardian_id, linked.pupil_id != pupil_id
        ),
        sa.select(guardian_alias.c.key).where(guardian_alias.c.guardian_id == guardian_id),
        sa.select(guardian_phone.c.number).where(guardian_phone.c.guardian_id == guardian_id),
    )
    if any(session.execute(query.limit(1)).first() for query in builds_on):
        return
    of_child = sa.and_(linked.pupil_id == pupil_id, linked.guardian_id == guardian_id)
    with (
        contextlib.suppress(sa.exc.IntegrityError),  # another register builds on them
        session.connection.begin_nested(),
    ):
        session.execute(sa.delete(guardianship).where(of_child))
        if not recorded:
            session.execute(sa.delete(guardian).where(guardian.c.id == guardian_id))
