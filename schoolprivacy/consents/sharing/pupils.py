"""The pupils of a sharing: chosen, taken out, and recorded what the party shows of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

import sqlalchemy as sa

from schoolprivacy.consents import records
from schoolprivacy.consents.actions import NewDecision, record_decision
from schoolprivacy.consents.sharing.sharings import Road, find_open
from schoolprivacy.consents.terms import Choice, Way
from schoolprivacy.errors import RefusedError
from schoolprivacy.people.records import current_year, pupils_on_roll
from schoolprivacy.school import School, Session


def add_pupils(school: School, code: str, pupil_ids: Collection[str]) -> tuple[str, ...]:
    """Choose more pupils; gives the identifiers of those who were not chosen before.

    :raises RefusedError: no such sharing, it has ended, or nobody at school is chosen
    """
    with school.transaction() as session:
        there = {each.pupil_id for each in find_open(session, code).pupils}
        added = [each for each in at_school(session, pupil_ids) if each not in there]
        store_pupils(session, code, added)
        session.audit("sharing.pupils_added", code, pupils=added)
    return tuple(added)


def remove_pupil(school: School, code: str, pupil_id: str) -> None:
    """Take a pupil out who was chosen by mistake; ``add_pupils`` undoes it.

    A form that was handed out is not waited for any more.

    :raises RefusedError: no such sharing, it has ended, the pupil is not in it or the only one, or
        something was answered
    """
    form, given = records.form, records.decision.c
    with school.transaction() as session:
        there = {each.pupil_id for each in find_open(session, code).pupils}
        if pupil_id not in there:
            raise RefusedError("sharing.not_in_it")
        answered = sa.select(given.id).where(
            given.purpose == code, given.pupil_id == pupil_id, given.invalidated_at.is_(None)
        )
        if session.execute(answered).first():
            raise RefusedError("sharing.answered")
        if len(there) == 1:
            raise RefusedError("sharing.last_pupil")
        table = records.sharing_pupil
        session.execute(
            sa.delete(table).where(table.c.purpose == code, table.c.pupil_id == pupil_id)
        )
        session.execute(
            sa.update(form)
            .where(form.c.sharing == code, form.c.pupil_id == pupil_id)
            .where(form.c.replaced_on.is_(None))
            .values(replaced_on=session.clock.today().isoformat())
        )
        session.audit("sharing.pupil_removed", code, pupil=pupil_id)


def record_party_consent(
    school: School,
    code: str,
    pupil_id: str,
    guardian_id: str | None,
    choice: Choice,
    decided_on: date,
    way: Way = Way.LETTER,
) -> str:
    """Record the signed answer that a party shows which asked the parents itself.

    :param guardian_id: None when the pupil of 16 or older decided (UAVG 5)
    :returns: identifier of the decision; ``actions.undo_decision`` takes it back
    :raises RefusedError: no such sharing, it has ended, the school asks itself, the pupil is not in
        it; and as ``actions.record_decision``
    """
    with school.reading() as session:
        found = find_open(session, code)
        if found.road is not Road.PARTY:
            raise RefusedError("sharing.school_asks")
        if pupil_id not in {each.pupil_id for each in found.pupils}:
            raise RefusedError("sharing.not_in_it")
    by_pupil = guardian_id is None
    new = NewDecision(pupil_id, code, 1, choice, decided_on, way, guardian_id, by_pupil=by_pupil)
    return record_decision(school, new)


def at_school(session: Session, pupil_ids: Collection[str]) -> list[str]:
    """Those of them who are at school, in the order of the groups.

    :raises RefusedError: nobody is
    """
    today = session.clock.today()
    pupils = pupils_on_roll(session, today, current_year(session, today))
    found = [each.pupil.id for each in pupils if each.pupil.id in pupil_ids]
    if not found:
        raise RefusedError("sharing.nobody")
    return found


def store_pupils(session: Session, code: str, pupil_ids: Iterable[str]) -> None:
    """Choose pupils in a running transaction; the caller audits."""
    rows = [{"purpose": code, "pupil_id": each} for each in pupil_ids]
    if rows:
        session.execute(sa.insert(records.sharing_pupil), rows)
