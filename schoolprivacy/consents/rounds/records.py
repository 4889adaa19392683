"""Tables of the yearly rounds."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from schoolprivacy.consents.rounds.terms import Mode, Round, Step
from schoolprivacy.people.records import day
from schoolprivacy.school import Session
from schoolprivacy.schoolyear import SchoolYear
from schoolprivacy.vault.tables import metadata

round_ = sa.Table(
    "round",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("school_year", sa.Integer, nullable=False),
    sa.Column("opened_on", sa.Text, nullable=False),
    sa.Column("opened_by", sa.Text, sa.ForeignKey("staff.id"), nullable=False),
    sa.Column("hand_in_by", sa.Text),
    sa.Column("first_reminder", sa.Text),
    sa.Column("second_reminder", sa.Text),
    sa.Column("closed_on", sa.Text),
    sa.Column("closed_by", sa.Text, sa.ForeignKey("staff.id")),
)

round_step = sa.Table(
    "round_step",
    metadata,
    sa.Column("round_id", sa.Text, sa.ForeignKey("round.id"), primary_key=True),
    sa.Column("step", sa.Integer, primary_key=True),
    sa.Column("done_at", sa.Text, nullable=False),
    sa.Column("done_by", sa.Text, sa.ForeignKey("staff.id"), nullable=False),
)

round_purpose = sa.Table(
    "round_purpose",
    metadata,
    sa.Column("round_id", sa.Text, sa.ForeignKey("round.id"), primary_key=True),
    sa.Column("purpose", sa.Text, sa.ForeignKey("purpose.code"), primary_key=True),
    sa.Column("mode", sa.Text, nullable=False),
)

round_letter = sa.Table(
    "round_letter",
    metadata,
    sa.Column("round_id", sa.Text, sa.ForeignKey("round.id"), primary_key=True),
    sa.Column("pupil_id", sa.Text, sa.ForeignKey("pupil.id"), primary_key=True),
    sa.Column("address_key", sa.Text, primary_key=True),
    sa.Column("kind", sa.Text, primary_key=True),
    sa.Column("printed_on", sa.Text, nullable=False),
)

form_reminder = sa.Table(
    "form_reminder",
    metadata,
    sa.Column("form_id", sa.Text, sa.ForeignKey("form.id"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("printed_on", sa.Text, nullable=False),
    sa.Column("printed_by", sa.Text, sa.ForeignKey("staff.id"), nullable=False),
)


def rounds(session: Session) -> list[Round]:
    """Every round, the newest first; also of those that were opened on one day."""
    done: dict[str, dict[Step, date]] = {}
    for row in session.execute(sa.select(round_step)):
        at = datetime.fromisoformat(row.done_at).date()
        done.setdefault(row.round_id, {})[Step(row.step)] = at
    modes: dict[str, dict[str, Mode]] = {}
    for row in session.execute(sa.select(round_purpose)):
        modes.setdefault(row.round_id, {})[row.purpose] = Mode(row.mode)
    query = sa.select(round_).order_by(round_.c.opened_on.desc(), sa.literal_column("rowid").desc())
    return [
        _round(row, done.get(row.id, {}), modes.get(row.id, {})) for row in session.execute(query)
    ]


def open_round(session: Session) -> Round | None:
    """The round that is going on."""
    return next((each for each in rounds(session) if each.is_open), None)


def _round(row: sa.Row[Any], done: dict[Step, date], modes: dict[str, Mode]) -> Round:
    return Round(
        row.id,
        SchoolYear(row.school_year),
        date.fromisoformat(row.opened_on),
        day(row.hand_in_by),
        day(row.first_reminder),
        day(row.second_reminder),
        day(row.closed_on),
        done,
        modes,
    )
