"""Tables of the moves to another school, and reading them back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any

import sqlalchemy as sa

from schoolprivacy.errors import RefusedError
from schoolprivacy.okr.terms import (
    Category,
    Excuse,
    Move,
    MoveKind,
    Outcome,
    Proof,
    ReceivingSchool,
    Remark,
    RemarkKind,
    Report,
    SentHow,
    Step,
    StepKind,
)
from schoolprivacy.people.records import day
from schoolprivacy.school import Session
from schoolprivacy.schoolyear import SchoolYear
from schoolprivacy.vault.tables import metadata, staff


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _staff(name: str, *, known: bool = True) -> sa.Column[str]:
    return sa.Column(name, sa.Text, sa.ForeignKey("staff.id"), nullable=not known)


okr_school = sa.Table(
    "okr_school",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    *_texts("name", "brin", "place"),
)

okr_move = sa.Table(
    "okr_move",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("pupil_id", sa.Text, sa.ForeignKey("pupil.id"), nullable=False),
    sa.Column("school_year", sa.Integer, nullable=False),
    *_texts("kind"),
    sa.Column("school_id", sa.Text, sa.ForeignKey("okr_school.id")),
    sa.Column("expected_on", sa.Text),
    *_texts("made_on"),
    _staff("made_by"),
    sa.Column("cancelled_on", sa.Text),
    sa.Column("sent_on", sa.Text),
    sa.Column("sent_how", sa.Text),
    _staff("sent_by", known=False),
)

okr_report = sa.Table(
    "okr_report",
    metadata,
    sa.Column("move_id", sa.Text, sa.ForeignKey("okr_move.id"), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    *_texts("report_on"),
    _staff("made_by"),
)

okr_category = sa.Table(
    "okr_category",
    metadata,
    sa.Column("move_id", sa.Text, primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("category", sa.Text, primary_key=True),
    *_texts("reason"),
    sa.ForeignKeyConstraint(["move_id", "version"], ["okr_report.move_id", "okr_report.version"]),
)

okr_step = sa.Table(
    "okr_step",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    *_texts("move_id"),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("guardian_id", sa.Text, sa.ForeignKey("guardian.id")),
    *_texts("kind", "done_on", "how", "note", "staff", "recorded_at"),
    _staff("recorded_by"),
    sa.ForeignKeyConstraint(["move_id", "version"], ["okr_report.move_id", "okr_report.version"]),
)

okr_remark = sa.Table(
    "okr_remark",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("move_id", sa.Text, sa.ForeignKey("okr_move.id"), nullable=False),
    sa.Column("guardian_id", sa.Text, sa.ForeignKey("guardian.id"), nullable=False),
    *_texts("kind", "said_on", "body", "recorded_at"),
    _staff("recorded_by"),
    sa.Column("outcome", sa.Text),
    sa.Column("settled_on", sa.Text),
    _staff("settled_by", known=False),
    *_texts("answer"),
)

okr_evidence = sa.Table(
    "okr_evidence",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("move_id", sa.Text, sa.ForeignKey("okr_move.id"), nullable=False),
    sa.Column("guardian_id", sa.Text, sa.ForeignKey("guardian.id")),
    sa.Column("attachment_id", sa.Text, sa.ForeignKey("attachment.id"), nullable=False),
    *_texts("about", "added_on"),
    _staff("added_by"),
)

okr_exchange = sa.Table(
    "okr_exchange",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("pupil_id", sa.Text, sa.ForeignKey("pupil.id"), nullable=False),
    *_texts("party", "what", "why", "exchanged_on", "recorded_at"),
    _staff("recorded_by"),
)

TABLES = (
    okr_move,
    okr_school,
    okr_report,
    okr_category,
    okr_step,
    okr_remark,
    okr_evidence,
    okr_exchange,
)


def moves(
    session: Session,
    *,
    year: SchoolYear | None = None,
    pupil_ids: Collection[str] | None = None,
) -> dict[str, Move]:
    """By pupil the newest move that was not called off, of leavers too.

    :param year: only of this school year, and of an earlier one what was not sent yet, or of which
        a remark waits for an answer
    """
    table = okr_move.c
    query = (
        sa.select(okr_move)
        .where(table.cancelled_on.is_(None))
        .order_by(table.made_on, sa.literal_column("okr_move.rowid"))
    )
    if year is not None:
        said = okr_remark.c
        waits = sa.exists().where(said.move_id == table.id, said.outcome.is_(None))
        open_ = sa.and_(table.school_year < year.start, table.sent_on.is_(None) | waits)
        query = query.where(sa.or_(table.school_year == year.start, open_))
    if pupil_ids is not None:
        query = query.where(table.pupil_id.in_(list(pupil_ids)))
    newest = {row.pupil_id: row for row in session.execute(query)}
    return {each.pupil_id: each for each in _moves(session, list(newest.values()))}


def find_move(session: Session, move_id: str) -> Move:
    """One move, by its identifier.

    :raises RefusedError: there is no such move, or it was called off
    """
    table = okr_move.c
    query = sa.select(okr_move).where(table.id == move_id, table.cancelled_on.is_(None))
    row = session.execute(query).one_or_none()
    if row is None:
        raise RefusedError("okr.unknown")
    (found,) = _moves(session, [row])
    return found


def find_open(session: Session, move_id: str) -> Move:
    """The same, while its report was not sent.

    :raises RefusedError: there is no such move, it was called off, or the report was sent
    """
    found = find_move(session, move_id)
    if found.sent_on is not None:
        raise RefusedError("okr.sent_before")
    return found


def _moves(session: Session, rows: Collection[Any]) -> list[Move]:
    ids = [row.id for row in rows]
    schools = {row.id: row for row in session.execute(sa.select(okr_school))}
    names = {row.id: row.name for row in session.execute(sa.select(staff))}
    reports, steps, remarks = _reports(session, ids), _steps(session, ids), _remarks(session, ids)
    return [
        Move(
            row.id,
            row.pupil_id,
            MoveKind(row.kind),
            _school(schools[row.school_id]) if row.school_id else None,
            day(row.expected_on),
            reports.get(row.id),
            tuple(steps[row.id]),
            tuple(remarks[row.id]),
            day(row.sent_on),
            SentHow(row.sent_how) if row.sent_how else None,
            names.get(row.sent_by, ""),
            SchoolYear(row.school_year),
        )
        for row in rows
    ]


def _school(row: Any) -> ReceivingSchool:
    return ReceivingSchool(row.name, row.brin, row.place)


def receiving_schools(session: Session) -> dict[str, ReceivingSchool]:
    """Every school a child ever went to, by identifier, sorted by name."""
    query = sa.select(okr_school).order_by(sa.func.lower(okr_school.c.name), okr_school.c.place)
    return {row.id: _school(row) for row in session.execute(query)}


def _reports(session: Session, move_ids: list[str]) -> dict[str, Report]:
    """The newest version of each."""
    inside: dict[tuple[str, int], list[tuple[Category, str]]] = defaultdict(list)
    query = sa.select(okr_category).where(okr_category.c.move_id.in_(move_ids))
    for row in session.execute(query):
        inside[row.move_id, row.version].append((Category(row.category), row.reason))
    order = list(Category)
    table = okr_report.c
    query = sa.select(okr_report).where(table.move_id.in_(move_ids)).order_by(table.version)
    return {
        row.move_id: Report(
            row.version,
            date.fromisoformat(row.report_on),
            tuple(sorted(inside[row.move_id, row.version], key=lambda each: order.index(each[0]))),
        )
        for row in session.execute(query)
    }


def _steps(session: Session, move_ids: list[str]) -> dict[str, list[Step]]:
    found: dict[str, list[Step]] = defaultdict(list)
    query = (
        sa.select(okr_step)
        .where(okr_step.c.move_id.in_(move_ids))
        .order_by(sa.literal_column("okr_step.rowid"))
    )
    for row in session.execute(query):
        kind = StepKind(row.kind)
        found[row.move_id].append(
            Step(
                row.id,
                row.version,
                row.guardian_id,
                kind,
                date.fromisoformat(row.done_on),
                Proof(row.how) if kind is StepKind.INZAGE else None,
                Excuse(row.how) if kind is StepKind.EXCUSED else None,
                row.note,
                row.staff,
            )
        )
    return found


def _remarks(session: Session, move_ids: list[str]) -> dict[str, list[Remark]]:
    found: dict[str, list[Remark]] = defaultdict(list)
    query = (
        sa.select(okr_remark)
        .where(okr_remark.c.move_id.in_(move_ids))
        .order_by(sa.literal_column("okr_remark.rowid"))
    )
    for row in session.execute(query):
        found[row.move_id].append(
            Remark(
                row.id,
                row.guardian_id,
                RemarkKind(row.kind),
                date.fromisoformat(row.said_on),
                Outcome(row.outcome) if row.outcome else None,
                day(row.settled_on),
            )
        )
    return found
