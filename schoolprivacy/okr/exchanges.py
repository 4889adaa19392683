"""What was exchanged with a samenwerkingsverband: one child at a time, never a BSN.

It is a controller of its own, so there is no processing agreement; what, why and when is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from schoolprivacy.access.matrix import require
from schoolprivacy.access.terms import Area, Right
from schoolprivacy.errors import RefusedError
from schoolprivacy.okr.entries import LONGEST_NAME, checked_day, checked_line
from schoolprivacy.okr.records import okr_exchange
from schoolprivacy.people.journal import Journal
from schoolprivacy.people.records import find_pupil
from schoolprivacy.people.terms import new_id
from schoolprivacy.people.undoing import Undo, close_change
from schoolprivacy.school import School
from schoolprivacy.vault.tables import staff


@dataclass(frozen=True, slots=True)
class NewExchange:
    """An exchange as somebody enters it.

    :param party: the samenwerkingsverband
    :param what: which data
    :param why: what they need it for
    """

    party: str
    what: str
    why: str
    on: date


@dataclass(frozen=True, slots=True)
class Exchange(NewExchange):
    """An exchange that is registered.

    :param by: who recorded it
    """

    id: str
    by: str


def record_exchange(school: School, pupil_id: str, new: NewExchange) -> Undo:
    """Register what was exchanged about one child.

    :raises RefusedError: no such pupil, a text is empty, too long or holds a BSN, or a day to come
    """
    texts = {
        "party": checked_line(new.party, LONGEST_NAME),
        "what": checked_line(new.what),
        "why": checked_line(new.why),
    }
    if not all(texts.values()):
        raise RefusedError("okr.exchange_empty")
    with school.transaction() as session:
        require(session, Area.OKR, Right.MANAGE)
        find_pupil(session, pupil_id)
        journal = Journal(session)
        exchange_id = new_id()
        row = {
            "id": exchange_id,
            "pupil_id": pupil_id,
            "exchanged_on": checked_day(session, new.on),
            "recorded_at": session.clock.now().isoformat(),
            "recorded_by": session.who.id,
        }
        journal.insert(okr_exchange, [row | texts])
        return close_change(journal, "okr.exchanged", pupil_id, exchange=exchange_id)


def remove_exchange(school: School, exchange_id: str) -> Undo:
    """Take away what was recorded with the wrong child.

    :raises RefusedError: it is not there any more
    """
    with school.transaction() as session:
        require(session, Area.OKR, Right.MANAGE)
        here = okr_exchange.c.id == exchange_id
        pupil_id = session.execute(sa.select(okr_exchange.c.pupil_id).where(here)).scalar()
        if pupil_id is None:
            raise RefusedError("okr.unknown")
        journal = Journal(session)
        journal.delete(okr_exchange, here)
        return close_change(journal, "okr.exchange_removed", pupil_id, exchange=exchange_id)


def exchanges(school: School, pupil_id: str) -> list[Exchange]:
    """What was exchanged about a child, the newest first."""
    table = okr_exchange.c
    query = (
        sa.select(okr_exchange, staff.c.name)
        .join(staff, staff.c.id == table.recorded_by)
        .where(table.pupil_id == pupil_id)
        .order_by(table.exchanged_on.desc(), sa.literal_column("okr_exchange.rowid").desc())
    )
    with school.reading() as session:
        require(session, Area.OKR, Right.MANAGE)
        return [
            Exchange(
                row.party,
                row.what,
                row.why,
                date.fromisoformat(row.exchanged_on),
                row.id,
                row.name,
            )
            for row in session.execute(query)
        ]
