"""What was ticked off of the take-down tasks; the tasks themselves are computed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from schoolprivacy.school import Session
from schoolprivacy.vault.tables import metadata, staff

take_down = sa.Table(
    "take_down",
    metadata,
    sa.Column("publication_id", sa.Text, sa.ForeignKey("publication.id"), primary_key=True),
    sa.Column("pupil_id", sa.Text, sa.ForeignKey("pupil.id"), primary_key=True),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("done_on", sa.Text, nullable=False),
    sa.Column("done_by", sa.Text, sa.ForeignKey("staff.id"), nullable=False),
    sa.Column("remark", sa.Text, nullable=False),
)

TABLES: tuple[sa.Table, ...] = (take_down,)
"""What is held on a child, by ``pupil_id``."""

Key = tuple[str, str]
"""Identifiers of a publication and a child: a task."""


@dataclass(frozen=True, slots=True)
class Tick:
    """That a child was taken out of a publication.

    :param version: of the publication as it was then
    :param done_by: name of who did it
    """

    version: int
    done_on: date
    done_by: str
    remark: str


def ticks(session: Session) -> Mapping[Key, Tick]:
    """Everything that was ticked off, also of what changed since."""
    query = sa.select(take_down, staff.c.name).join(staff, staff.c.id == take_down.c.done_by)
    return {
        (row.publication_id, row.pupil_id): Tick(
            row.version, date.fromisoformat(row.done_on), row.name, row.remark
        )
        for row in session.execute(query)
    }


def was_ticked(session: Session, publication_id: str) -> bool:
    """Whether anything of a publication was ever ticked off and still is."""
    table = take_down.c
    query = sa.select(table.pupil_id).where(table.publication_id == publication_id)
    return session.execute(query.limit(1)).first() is not None
