"""People at school who are no pupils: their tables, and what counts of what they decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from schoolprivacy.consents import records
from schoolprivacy.consents.rules import effective_answer
from schoolprivacy.consents.terms import Answer, Choice, Decision, Purpose, PurposeKind, Way
from schoolprivacy.consents.wording_day import version_on
from schoolprivacy.errors import RefusedError
from schoolprivacy.people.names import surname_sort_key
from schoolprivacy.people.records import day
from schoolprivacy.people.terms import Authority
from schoolprivacy.school import Session
from schoolprivacy.vault.tables import metadata

team_member = sa.Table(
    "team_member",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("call_name", sa.Text, nullable=False),
    sa.Column("prefix", sa.Text, nullable=False),
    sa.Column("surname", sa.Text, nullable=False),
    sa.Column("phone", sa.Text, nullable=False),
    sa.Column("email", sa.Text, nullable=False),
    sa.Column("left_on", sa.Text),
)

team_asked = sa.Table(
    "team_asked",
    metadata,
    sa.Column("member_id", sa.Text, sa.ForeignKey("team_member.id"), primary_key=True),
    sa.Column("purpose", sa.Text, primary_key=True),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("asked_on", sa.Text, primary_key=True),
)

team_decision = sa.Table(
    "team_decision",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("member_id", sa.Text, sa.ForeignKey("team_member.id"), nullable=False),
    sa.Column("purpose", sa.Text, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("choice", sa.Text, nullable=False),
    sa.Column("decided_on", sa.Text, nullable=False),
    sa.Column("valid_from", sa.Text),
    sa.Column("valid_until", sa.Text),
    sa.Column("way", sa.Text, nullable=False),
    sa.Column("recorded_at", sa.Text, nullable=False),
    sa.Column("recorded_by", sa.Text, sa.ForeignKey("staff.id"), nullable=False),
    sa.Column("invalidated_at", sa.Text),
    sa.Column("invalidated_by", sa.Text, sa.ForeignKey("staff.id")),
    sa.Column("invalidated_why", sa.Text),
)

# The text of this purpose is about a child's portrait with brothers and sisters.
_FOR_FAMILIES = frozenset({"school-photographer"})
# No birthday and no address: the school keeps neither of its people in this program, and does not
# need them to print a list (AVG 5(1)(c)).
_CONTACT = frozenset({"contact-guardian-name", "contact-phone", "contact-email"})


class MemberKind(StrEnum):
    """What somebody does at school."""

    STAFF = "staff"
    TRAINEE = "trainee"
    VOLUNTEER = "volunteer"


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody at school who is no pupil.

    :param phone: E.164; "" when not known
    :param left_on: last day at school
    """

    id: str
    kind: MemberKind
    call_name: str
    prefix: str
    surname: str
    phone: str
    email: str
    left_on: date | None

    def has_left(self, on: date) -> bool:
        """Whether somebody no longer works here on a day."""
        return self.left_on is not None and self.left_on < on


@dataclass(frozen=True, slots=True)
class MemberRow:
    """Somebody with the answer that counts today, in the order of the purposes.

    A no, or no answer, has no consequence for anybody and is nobody's task.
    """

    member: Member
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class TeamTable:
    """The people at school × what they are asked.

    :param rows: sorted by surname, then prefix, then call name
    """

    purposes: tuple[Purpose, ...]
    rows: tuple[MemberRow, ...]


def is_for_team(purpose: Purpose) -> bool:
    """Whether a purpose makes sense for an adult: pictures, and own name, telephone, e-mail."""
    if purpose.kind is PurposeKind.IMAGE:
        return purpose.code not in _FOR_FAMILIES
    return purpose.code in _CONTACT


def team_purposes(session: Session) -> list[Purpose]:
    """What the people at school are asked now, in the order of the school."""
    return [each for each in records.purposes(session, only_on=True) if is_for_team(each)]


def find_member(session: Session, member_id: str) -> Member:
    """One of the people at school.

    :raises RefusedError: there is nobody with this identifier
    """
    query = sa.select(team_member).where(team_member.c.id == member_id)
    row = session.execute(query).one_or_none()
    if row is None:
        raise RefusedError("team.unknown")
    return member_of(row)


def all_members(session: Session, *, left: bool = False) -> list[Member]:
    """Everybody who works here today, sorted the Dutch way.

    :param left: who has left too
    """
    today = session.clock.today()
    found = [member_of(row) for row in session.execute(sa.select(team_member))]
    return sorted((e for e in found if left or not e.has_left(today)), key=_sort_key)


def _sort_key(member: Member) -> tuple[tuple[str, str, str], str]:
    return surname_sort_key(member), member.id


def member_of(row: sa.Row[Any]) -> Member:
    """A row as the value that leaves an action."""
    return Member(
        row.id,
        MemberKind(row.kind),
        row.call_name,
        row.prefix,
        row.surname,
        row.phone,
        row.email,
        day(row.left_on),
    )


def member_row(member: Member) -> dict[str, Any]:
    """The value as a row."""
    return {
        "id": member.id,
        "kind": member.kind.value,
        "call_name": member.call_name,
        "prefix": member.prefix,
        "surname": member.surname,
        "phone": member.phone,
        "email": member.email,
        "left_on": member.left_on.isoformat() if member.left_on else None,
    }


def decision_of(row: sa.Row[Any]) -> Decision:
    """A stored decision as the rules judge it: everybody decides about themselves."""
    return Decision(
        signer=row.member_id,
        choice=Choice(row.choice),
        decided_on=date.fromisoformat(row.decided_on),
        authority=Authority.YES,
        version=row.version,
        valid_from=day(row.valid_from),
        valid_until=day(row.valid_until),
        invalidated=row.invalidated_at is not None,
    )


def team_table(
    session: Session, members: Sequence[Member], purposes: Sequence[Purpose]
) -> TeamTable:
    """What counts today for some people and purposes."""
    today, ids = session.clock.today(), [each.id for each in members]
    given: dict[tuple[str, str], list[Decision]] = defaultdict(list)
    query = sa.select(team_decision).where(team_decision.c.member_id.in_(ids))
    for row in session.execute(query):
        given[row.member_id, row.purpose].append(decision_of(row))
    was_asked = _asked(session, ids)
    rows = tuple(
        MemberRow(
            each,
            tuple(
                effective_answer(
                    given.get((each.id, purpose.code), ()),
                    asked=(each.id, purpose.code) in was_asked,
                    on=today,
                    widened_at=purpose.widened_at,
                )
                for purpose in purposes
            ),
        )
        for each in members
    )
    return TeamTable(tuple(purposes), rows)


def _asked(session: Session, ids: Collection[str]) -> set[tuple[str, str]]:
    query = sa.select(team_asked.c.member_id, team_asked.c.purpose).where(
        team_asked.c.member_id.in_(list(ids))
    )
    return {(row.member_id, row.purpose) for row in session.execute(query)}


def version_asked(session: Session, member_id: str, code: str, on: date, way: Way) -> int:
    """On which text somebody decided: that of the last form before, else that of the day."""
    table = team_asked.c
    query = sa.select(table.version).where(
        table.member_id == member_id, table.purpose == code, table.asked_on <= on.isoformat()
    )
    on_paper = session.execute(query.order_by(table.asked_on.desc())).scalars().first()
    if way is Way.PAPER_FORM and on_paper is not None:
        return int(on_paper)
    return version_on(records.wordings(session), code, on)
