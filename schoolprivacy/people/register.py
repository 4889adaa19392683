"""What the register of pupils, guardians and groups answers."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from schoolprivacy.duties import Due, DueKind, Kept, Moment, Target, Urgency
from schoolprivacy.people import calendar, las, records
from schoolprivacy.people.profile import read_profile
from schoolprivacy.people.records import current_year, pupils_on_roll
from schoolprivacy.school import Session
from schoolprivacy.schoolyear import SchoolYear

TABLES: tuple[sa.Table, ...] = (
    records.pupil,
    records.pupil_alias,
    records.placement,
    records.membership,
    records.school_group,
    records.guardianship,
    records.guardian,
    records.guardian_phone,
    records.guardian_alias,
    las.las_change,
)


def about(session: Session, pupil_id: str) -> list[Kept]:
    """Everything kept on a child, its guardians and its groups."""
    return [
        kept for table in TABLES for kept in kept_in(session, table, _of_pupil(table, pupil_id))
    ]


def _of_pupil(table: sa.Table, pupil_id: str) -> sa.ColumnElement[bool]:
    """Which rows of a table are about a child."""
    if table is las.las_change:
        return sa.or_(table.c.pupil_id == pupil_id, table.c.guardian_id.in_(_carers(pupil_id)))
    if "pupil_id" in table.c:
        return table.c.pupil_id == pupil_id
    if table is records.pupil:
        return table.c.id == pupil_id
    if table is records.school_group:
        sits = (records.placement, records.membership)
        return sa.or_(
            *(table.c.id.in_(sa.select(t.c.group_id).where(t.c.pupil_id == pupil_id)) for t in sits)
        )
    own = table.c.id if table is records.guardian else table.c.guardian_id
    return own.in_(_carers(pupil_id))


def _carers(pupil_id: str) -> sa.Select[tuple[str]]:
    ships = records.guardianship
    return sa.select(ships.c.guardian_id).where(ships.c.pupil_id == pupil_id)


def kept_in(
    session: Session, table: sa.Table, where: sa.ColumnElement[bool], without: Sequence[str] = ()
) -> list[Kept]:
    """All columns of some rows that hold something.

    :param without: columns that say nothing about a person
    """
    order = tuple(table.primary_key.columns)
    rows = session.execute(sa.select(table).where(where).order_by(*order)).mappings()
    return [
        Kept(table.name, name, "/".join(str(row[key.name]) for key in order), str(value))
        for row in rows
        for name, value in row.items()
        if value not in (None, "") and name not in without
    ]


def due(session: Session) -> list[Due]:
    """Pupils about whom nobody can be asked, and a school that cannot ask validly (AVG 13);
    what the LAS must still hear.
    """
    profile = read_profile(session)
    today = session.clock.today()
    pupils = pupils_on_roll(session, today, current_year(session, today))
    linked = sa.select(records.guardianship.c.pupil_id).distinct()
    cared_for = set(session.execute(linked).scalars())
    alone = sum(1 for each in pupils if each.pupil.id not in cared_for)
    missing = sum(1 for each in (profile.board, profile.dpo) if not each)
    return [
        Due(DueKind.SCHOOL_DATA, missing, Urgency.NOW, Target.SCHOOL),
        Due(DueKind.WITHOUT_GUARDIANS, alone, Urgency.SOON, Target.PUPILS_WITHOUT_GUARDIANS),
        Due(DueKind.LAS_CHANGES, len(las.lines(session)), Urgency.LATER, Target.LAS),
    ]


def moments(session: Session, year: SchoolYear) -> list[Moment]:
    """The holidays, and what the school noted in its calendar."""
    return calendar.moments(session, year)
