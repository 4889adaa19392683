"""What the people at school decided about themselves, as it happened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from schoolprivacy.consents import records
from schoolprivacy.consents.history import Invalidation
from schoolprivacy.consents.rules import weigh
from schoolprivacy.consents.team.records import decision_of, find_member, team_decision
from schoolprivacy.consents.terms import Choice, Verdict, Way, Wording
from schoolprivacy.errors import sentence
from schoolprivacy.school import School
from schoolprivacy.vault.tables import staff


@dataclass(frozen=True, slots=True)
class TeamLine:
    """One decision of somebody about themselves, with all that is known about it.

    :param wording: the text it was given on
    :param verdict: whether it counts today, and if not, why not
    """

    decision_id: str
    purpose: str
    choice: Choice
    decided_on: date
    valid_from: date | None
    valid_until: date | None
    way: Way
    wording: Wording
    recorded_at: datetime
    recorded_by: str
    invalidated: Invalidation | None
    verdict: Verdict

    @property
    def explanation(self) -> str:
        """Why it counts or not, in a Dutch sentence."""
        return sentence(f"verdict.{self.verdict}")


def team_history(school: School, member_id: str) -> tuple[TeamLine, ...]:
    """Everything somebody ever decided, oldest first."""
    with school.reading() as session:
        find_member(session, member_id)
        query = sa.select(team_decision).where(team_decision.c.member_id == member_id)
        rows = session.execute(
            query.order_by(
                team_decision.c.decided_on,
                team_decision.c.recorded_at,
                sa.literal_column("team_decision.rowid"),  # what was recorded at once
            )
        ).all()
        texts = records.wordings(session)
        people = {row.id: row.name for row in session.execute(sa.select(staff))}
        verdicts: dict[str, Verdict] = {}
        for purpose in records.purposes(session):
            own = [row for row in rows if row.purpose == purpose.code]
            weighed = weigh(
                [decision_of(row) for row in own],
                on=session.clock.today(),
                widened_at=purpose.widened_at,
            )
            verdicts |= {row.id: found for row, found in zip(own, weighed, strict=True)}
        return tuple(_line(row, verdicts[row.id], texts, people) for row in rows)


def _line(
    row: sa.Row[Any],
    verdict: Verdict,
    texts: Mapping[tuple[str, int], Wording],
    people: Mapping[str, str],
) -> TeamLine:
    decision = decision_of(row)
    invalidated = None
    if row.invalidated_at is not None:
        invalidated = Invalidation(
            datetime.fromisoformat(row.invalidated_at),
            people[row.invalidated_by],
            row.invalidated_why,
        )
    return TeamLine(
        decision_id=row.id,
        purpose=row.purpose,
        choice=decision.choice,
        decided_on=decision.decided_on,
        valid_from=decision.valid_from,
        valid_until=decision.valid_until,
        way=Way(row.way),
        wording=texts[row.purpose, decision.version],
        recorded_at=datetime.fromisoformat(row.recorded_at),
        recorded_by=people[row.recorded_by],
        invalidated=invalidated,
        verdict=verdict,
    )
