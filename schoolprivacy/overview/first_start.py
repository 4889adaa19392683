"""The steps with which a school begins; what is done shows in the school file itself."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import sqlalchemy as sa

from schoolprivacy.access.actions import paper_key_proven, people
from schoolprivacy.consents.records import form
from schoolprivacy.people.profile import read_profile
from schoolprivacy.people.records import pupil
from schoolprivacy.school import School

_LOOKED_AT = "purposes_looked_at"
_ENOUGH_PEOPLE = 2


class StepKind(StrEnum):
    """The steps, in their order."""

    SCHOOL_DATA = "school_data"
    SECOND_PERSON = "second_person"
    PAPER_KEY = "paper_key"
    PUPILS = "pupils"
    PURPOSES = "purposes"
    FIRST_PRINT = "first_print"


@dataclass(frozen=True, slots=True)
class Step:
    """One step and whether it was done; they can be done in any order."""

    kind: StepKind
    done: bool


def steps(school: School) -> tuple[Step, ...]:
    """Where the school is in its beginning."""
    with school.reading() as session:
        profile = read_profile(session)
        done = {
            StepKind.SCHOOL_DATA: bool(profile.board and profile.dpo),
            StepKind.PUPILS: _has_rows(session.connection, pupil),
            StepKind.PURPOSES: session.fact(_LOOKED_AT) is not None,
            StepKind.FIRST_PRINT: _has_rows(session.connection, form),
        }
    done[StepKind.SECOND_PERSON] = len(people(school)) >= _ENOUGH_PEOPLE
    done[StepKind.PAPER_KEY] = paper_key_proven(school)
    return tuple(Step(kind, done[kind]) for kind in StepKind)


def _has_rows(connection: sa.Connection, table: sa.Table) -> bool:
    return (
        connection.execute(sa.select(sa.literal(1)).select_from(table).limit(1)).first() is not None
    )


def mark_looked_at(school: School) -> None:
    """Somebody looked at what the school asks permission for, and found it right."""
    with school.transaction() as session:
        session.set_fact(_LOOKED_AT, session.clock.today().isoformat())
        session.audit("purposes.looked_at")
