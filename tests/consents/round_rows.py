"""A round that is open, and forms in it, written straight into the tables."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime

import sqlalchemy as sa

from schoolprivacy.clock import SetClock
from schoolprivacy.consents import actions, records
from schoolprivacy.consents.rounds.records import round_
from schoolprivacy.people.terms import new_id
from schoolprivacy.school import School
from tests.consents.families import asked

EVERY = " ".join(each["code"] for each in actions.default_purposes() if each["on_by_default"])


def at(clock: SetClock, year: int, month: int, day: int, hour: int = 9, minute: int = 0) -> None:
    clock.moment = datetime(year, month, day, hour, minute, tzinfo=UTC)


def a_round(
    school: School,
    *,
    year: int = 2026,
    first: date | None = None,
    second: date | None = None,
) -> str:
    """Open a round; gives its identifier."""
    key = new_id()
    with school.transaction() as session:
        row = {
            "id": key,
            "school_year": year,
            "opened_on": session.clock.today().isoformat(),
            "opened_by": session.who.id,
            "first_reminder": first and first.isoformat(),
            "second_reminder": second and second.isoformat(),
        }
        session.execute(sa.insert(round_).values(row))
        session.audit("round.opened", key)
    return key


def into(school: School, round_id: str, numbers: Collection[str]) -> None:
    """Forms that were printed belong to a round."""
    page = records.form_page.c
    with school.transaction() as session:
        ids = sa.select(page.form_id).where(page.number.in_(list(numbers)))
        session.execute(
            sa.update(records.form).where(records.form.c.id.in_(ids)).values(round_id=round_id)
        )
        session.audit("round.filled", round_id)


def asked_in(school: School, round_id: str) -> dict[str, str]:
    """Everybody is asked in a round; gives the number of the form by call name (the last one)."""
    printed = asked(school)
    into(school, round_id, [each.form for each in printed])
    return {each.pupil.split()[0]: each.form for each in printed}
