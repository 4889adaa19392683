"""Asking many at once, and what takes it back. Nobody's yes is ever made here; see ``stack``."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date

import sqlalchemy as sa

from schoolprivacy.consents import records
from schoolprivacy.consents.actions import check_day
from schoolprivacy.consents.records import Matrix
from schoolprivacy.consents.rules import waits_for_authority
from schoolprivacy.consents.terms import Answer, Purpose
from schoolprivacy.errors import RefusedError
from schoolprivacy.people.records import find_pupil
from schoolprivacy.people.terms import Pupil
from schoolprivacy.school import School, Session

_ANSWERED = frozenset({Answer.GRANTED, Answer.REFUSED, Answer.WITHDRAWN, Answer.CONFLICT})


@dataclass(frozen=True, slots=True)
class Asked:
    """What was recorded as asked, in cells: one pupil and one purpose.

    :param recorded: how many are new
    :param answered: how many were left alone because somebody answered already
    :param asked_before: how many were asked that day already, on a form or by hand
    """

    recorded: int
    answered: int
    asked_before: int
    keys: tuple[tuple[str, str, str], ...] = field(repr=False)


def record_asked(
    school: School, pupil_ids: Collection[str], codes: Collection[str], on: date
) -> Asked:
    """Note that families were asked otherwise than on a form of ours; it permits nothing.

    :raises RefusedError: nobody or nothing chosen, a date in the future, a purpose that is not
        switched on, or no such pupil
    """
    if not pupil_ids or not codes:
        raise RefusedError("stack.nobody")
    with school.transaction() as session:
        check_day(session, on)
        asked_for = _purposes(session, codes)
        pupils = [find_pupil(session, each) for each in dict.fromkeys(pupil_ids)]
        cells = [(pupil, purpose) for pupil in pupils for purpose in asked_for]
        found = records.matrix(session, pupils, asked_for, session.clock.today())
        there = _asked_on(session, [each.id for each in pupils], on)
        open_cells = [cell for cell in cells if not _is_answered(session, found, *cell)]
        new = [(p, code) for p, code in open_cells if (p.id, code.code) not in there]
        _insert(session, new, on)
        session.audit("asked.recorded", "", cells=len(new), purposes=sorted(codes))
    return Asked(
        len(new),
        len(cells) - len(open_cells),
        len(open_cells) - len(new),
        tuple((pupil.id, purpose.code, on.isoformat()) for pupil, purpose in new),
    )


def undo_asked(school: School, asked: Asked) -> None:
    """Take back what was noted a moment ago.

    :raises RefusedError: it was taken back already
    """
    table = records.asked_otherwise
    with school.transaction() as session:
        for pupil_id, code, on in asked.keys:
            gone = session.execute(
                sa.delete(table).where(
                    table.c.pupil_id == pupil_id, table.c.purpose == code, table.c.asked_on == on
                )
            )
            if not gone.rowcount:
                raise RefusedError("stack.undone")
        session.audit("asked.undone", "", cells=len(asked.keys))


def _purposes(session: Session, codes: Collection[str]) -> list[Purpose]:
    known = {each.code: each for each in records.purposes(session, only_on=True)}
    unknown = sorted(set(codes) - known.keys())
    if unknown:
        raise RefusedError("purpose.unknown", codes=", ".join(unknown))
    return [known[code] for code in known if code in set(codes)]


def _is_answered(session: Session, found: Matrix, pupil: Pupil, purpose: Purpose) -> bool:
    """Also when a yes is in that waits until the school knows about authority."""
    if found.answer(pupil.id, purpose.code) in _ANSWERED:
        return True
    given = found.decisions.get((pupil.id, purpose.code), ())
    return waits_for_authority(
        [each.decision for each in given],
        on=session.clock.today(),
        born_on=pupil.born_on,
        widened_at=purpose.widened_at,
        own=purpose.is_own,
    )


def _asked_on(session: Session, ids: list[str], on: date) -> set[tuple[str, str]]:
    form, asked, otherwise = records.form.c, records.form_purpose.c, records.asked_otherwise.c
    on_paper = (
        sa.select(form.pupil_id, asked.purpose)
        .join(records.form_purpose, asked.form_id == form.id)
        .where(form.pupil_id.in_(ids), form.asked_on == on.isoformat())
    )
    by_hand = sa.select(otherwise.pupil_id, otherwise.purpose).where(
        otherwise.pupil_id.in_(ids), otherwise.asked_on == on.isoformat()
    )
    return {(row.pupil_id, row.purpose) for row in session.execute(on_paper.union(by_hand))}


def _insert(session: Session, new: Sequence[tuple[Pupil, Purpose]], on: date) -> None:
    rows = [
        {
            "pupil_id": pupil.id,
            "purpose": purpose.code,
            "version": purpose.wording.version,
            "asked_on": on.isoformat(),
            "recorded_by": session.who.id,
        }
        for pupil, purpose in new
    ]
    if rows:
        session.execute(sa.insert(records.asked_otherwise), rows)
