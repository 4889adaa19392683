"""A child's own no: at any age, told to somebody at school, asked first from then on.

It stands beside what guardians decide and never loosens anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from schoolprivacy.consents.actions import check_day
from schoolprivacy.errors import RefusedError
from schoolprivacy.exchange.values import clean
from schoolprivacy.people.records import day, find_pupil
from schoolprivacy.people.terms import new_id
from schoolprivacy.school import School
from schoolprivacy.vault.tables import metadata, staff

_LONGEST_REMARK = 300

own_no = sa.Table(
    "own_no",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("pupil_id", sa.Text, sa.ForeignKey("pupil.id"), nullable=False),
    sa.Column("noted_on", sa.Text, nullable=False),
    sa.Column("noted_by", sa.Text, sa.ForeignKey("staff.id"), nullable=False),
    sa.Column("remark", sa.Text, nullable=False),
    sa.Column("lifted_on", sa.Text),
)


@dataclass(frozen=True, slots=True)
class OwnNo:
    """What a child said.

    :param noted_by: name of who noted it
    :param remark: what the child said or meant, "" mostly
    :param lifted_on: the day the child changed its mind; None while it stands
    """

    id: str
    noted_on: date
    noted_by: str
    remark: str
    lifted_on: date | None


def note_own_no(school: School, pupil_id: str, on: date, remark: str = "") -> str:
    """Note that a child does not want it; gives the identifier of the note.

    :raises RefusedError: the day lies in the future, or the remark is too long
    """
    remark = clean(remark)
    if len(remark) > _LONGEST_REMARK:
        raise RefusedError("own_no.remark", most=_LONGEST_REMARK)
    note_id = new_id()
    with school.transaction() as session:
        check_day(session, on)
        session.execute(
            sa.insert(own_no).values(
                id=note_id,
                pupil_id=find_pupil(session, pupil_id).id,
                noted_on=on.isoformat(),
                noted_by=session.who.id,
                remark=remark,
            )
        )
        session.audit("own_no.noted", pupil_id)
    return note_id


def lift_own_no(school: School, note_id: str, on: date) -> None:
    """Note that the child changed its mind; the note stays in the history.

    :raises RefusedError: it was lifted already, or the day lies in the future or before the no
    """
    with school.transaction() as session:
        check_day(session, on)
        note = session.execute(sa.select(own_no).where(own_no.c.id == note_id)).one()
        if note.lifted_on:
            raise RefusedError("own_no.lifted")
        if note.noted_on > on.isoformat():
            raise RefusedError(
                "own_no.too_early", day=f"{date.fromisoformat(note.noted_on):%d-%m-%Y}"
            )
        session.execute(
            sa.update(own_no).where(own_no.c.id == note_id).values(lifted_on=on.isoformat())
        )
        session.audit("own_no.lifted", note.pupil_id)


def own_noes(school: School, pupil_id: str) -> list[OwnNo]:
    """What a child said, newest first, what was lifted too."""
    query = (
        sa.select(own_no, staff.c.name)
        .join(staff, staff.c.id == own_no.c.noted_by)
        .where(own_no.c.pupil_id == pupil_id)
        .order_by(own_no.c.noted_on.desc(), sa.literal_column("own_no.rowid").desc())
    )
    with school.reading() as session:
        return [
            OwnNo(
                row.id, date.fromisoformat(row.noted_on), row.name, row.remark, day(row.lifted_on)
            )
            for row in session.execute(query)
        ]
