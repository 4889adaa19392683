"""Staff, trainees and volunteers: who they are, and what they decide about themselves.

Consent of people who depend on the school is only free when a no has no consequence (AVG 7(4) and
recital 43): it is nowhere a task, and nobody is reminded.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date

import sqlalchemy as sa

from schoolprivacy.consents import records
from schoolprivacy.consents.actions import check_day, contact_year
from schoolprivacy.consents.team.records import (
    Member,
    MemberKind,
    MemberRow,
    TeamTable,
    all_members,
    find_member,
    is_for_team,
    member_row,
    team_decision,
    team_member,
    team_purposes,
    team_table,
    version_asked,
)
from schoolprivacy.consents.terms import Choice, Purpose, Way
from schoolprivacy.errors import RefusedError
from schoolprivacy.people import profile
from schoolprivacy.people.entries import (
    FieldProblem,
    GuardianEntry,
    check_guardian,
    normal_guardian,
    refuse_problems,
)
from schoolprivacy.people.journal import Journal
from schoolprivacy.people.terms import new_id
from schoolprivacy.people.undoing import Undo, close_change
from schoolprivacy.school import School, Session

__all__ = [
    "Member",
    "MemberEntry",
    "MemberKind",
    "MemberRow",
    "TeamRecorded",
    "TeamTable",
    "add_member",
    "change_member",
    "check_member",
    "invalidate_team_decision",
    "member_left",
    "members",
    "record_team_decisions",
    "undo_team_decisions",
    "withdraw_team",
]


@dataclass(frozen=True, slots=True)
class MemberEntry:
    """Somebody at school as typed. Telephone and e-mail only when they are to stand on a list."""

    kind: MemberKind = MemberKind.STAFF
    call_name: str = ""
    prefix: str = ""
    surname: str = ""
    phone: str = ""
    email: str = ""


# — who they are —


def members(school: School, *, left: bool = False) -> TeamTable:
    """Everybody who works here, with what counts today for each purpose they are asked.

    :param left: who has left too
    """
    with school.reading() as session:
        return team_table(session, all_members(session, left=left), team_purposes(session))


def check_member(entry: MemberEntry) -> tuple[FieldProblem, ...]:
    """What keeps this entry from being stored, by field of the entry."""
    return tuple(
        replace(each, field="phone") if each.field == "phones" else each
        for each in check_guardian(_as_typed(entry))
    )


def add_member(school: School, entry: MemberEntry) -> Undo:
    """Add somebody; ``Undo.about`` is the new identifier. ``people.undoing.undo`` takes it back.

    :raises RefusedError: something in the entry cannot be stored
    """
    with school.transaction() as session:
        journal = Journal(session)
        member = _member(new_id(), entry)
        journal.insert(team_member, [member_row(member)])
        return close_change(journal, "team.added", member.id, kind=member.kind)


def change_member(school: School, member_id: str, entry: MemberEntry) -> Undo:
    """Let somebody stand as typed.

    :raises RefusedError: something in the entry cannot be stored, or there is no such person
    """
    with school.transaction() as session:
        journal = Journal(session)
        before = find_member(session, member_id)
        after = replace(_member(member_id, entry), left_on=before.left_on)
        journal.update(team_member, [member_row(after)])
        rows = member_row(before), member_row(after)
        changed = sorted(name for name in rows[0] if rows[0][name] != rows[1][name])
        return close_change(journal, "team.changed", member_id, fields=changed)


def member_left(school: School, member_id: str, on: date | None) -> Undo:
    """Note somebody's last day at school; None when they came back.

    Who has left stands on no sheet or list any more; what they decided stays.

    :raises RefusedError: there is no such person
    """
    with school.transaction() as session:
        journal = Journal(session)
        after = replace(find_member(session, member_id), left_on=on)
        journal.update(team_member, [member_row(after)])
        return close_change(journal, "team.left", member_id)


def _as_typed(entry: MemberEntry) -> GuardianEntry:
    """The same fields follow the same rules as those of a guardian."""
    return GuardianEntry(
        call_name=entry.call_name,
        prefix=entry.prefix,
        surname=entry.surname,
        email=entry.email,
        phones=(entry.phone,) if entry.phone.strip() else (),
    )


def _member(member_id: str, entry: MemberEntry) -> Member:
    refuse_problems(check_member(entry))
    clean = normal_guardian(_as_typed(entry))
    return Member(
        member_id,
        MemberKind(entry.kind),
        clean.call_name,
        clean.prefix,
        clean.surname,
        next(iter(clean.phones), ""),
        clean.email,
        None,
    )


# — what they decide —


@dataclass(frozen=True, slots=True)
class TeamRecorded:
    """What was recorded of one person, so that it can be undone.

    :param decisions: identifiers of the new decisions; what was recorded before is not repeated
    """

    member_id: str
    decisions: tuple[str, ...]


def record_team_decisions(
    school: School,
    member_id: str,
    *,
    yes: Collection[str] = (),
    no: Collection[str] = (),
    decided_on: date,
    way: Way,
) -> TeamRecorded:
    """Record what somebody decided about themselves: all of it or nothing.

    A purpose in neither was left blank, which is no answer. What is about the contact list counts
    for one school year, as for guardians.

    :raises RefusedError: nothing chosen, yes and no together, a purpose the team is not asked, a
        date in the future, or there is no such person
    """
    both = set(yes) & set(no)
    if both:
        raise RefusedError("team.both", codes=", ".join(sorted(both)))
    chosen = dict.fromkeys(yes, Choice.GRANTED) | dict.fromkeys(no, Choice.REFUSED)
    return _record(school, member_id, chosen, decided_on, way, "team.decided")


def withdraw_team(
    school: School, member_id: str, codes: Collection[str], *, on: date, way: Way
) -> TeamRecorded:
    """Somebody takes consent back (AVG 7(3)); no reason is asked.

    :raises RefusedError: as ``record_team_decisions``
    """
    chosen = dict.fromkeys(codes, Choice.WITHDRAWN)
    return _record(school, member_id, chosen, on, way, "team.withdrawn")


def undo_team_decisions(school: School, recorded: TeamRecorded) -> None:
    """Take back what was recorded a moment ago; it stays in the history as invalid.

    :raises RefusedError: it was invalidated before
    """
    with school.transaction() as session:
        for each in recorded.decisions:
            _mark_invalid(session, each, "ongedaan gemaakt")
        session.audit("team.undone", recorded.member_id, decisions=len(recorded.decisions))


def invalidate_team_decision(school: School, decision_id: str, why: str) -> None:
    """Mark a decision as entered wrongly; it stays in the history and counts for nothing.

    :raises RefusedError: it was invalidated before, or there is no such decision
    """
    with school.transaction() as session:
        _mark_invalid(session, decision_id, why)
        session.audit("team.invalidated", decision_id)


def _mark_invalid(session: Session, decision_id: str, why: str) -> None:
    changed = session.execute(
        sa.update(team_decision)
        .where(team_decision.c.id == decision_id, team_decision.c.invalidated_at.is_(None))
        .values(
            invalidated_at=session.clock.now().isoformat(),
            invalidated_by=session.who.id,
            invalidated_why=why,
        )
    )
    if not changed.rowcount:
        raise RefusedError("decision.not_there")


def _record(
    school: School, member_id: str, chosen: dict[str, Choice], on: date, way: Way, action: str
) -> TeamRecorded:
    if not chosen:
        raise RefusedError("team.nothing")
    with school.transaction() as session:
        find_member(session, member_id)
        check_day(session, on)
        known = {each.code: each for each in records.purposes(session) if is_for_team(each)}
        if unknown := sorted(chosen.keys() - known.keys()):
            raise RefusedError("purpose.unknown", codes=", ".join(unknown))
        rows = [
            _decision_row(session, member_id, known[code], choice, on, way)
            for code, choice in chosen.items()
        ]
        new = [row for row in rows if not _stands(session, row)]
        if new:
            session.execute(sa.insert(team_decision), new)
        session.audit(action, member_id, decisions=len(new), way=way)
    return TeamRecorded(member_id, tuple(str(row["id"]) for row in new))


def _stands(session: Session, row: Mapping[str, object]) -> bool:
    """Whether the same was recorded before: the same paper, entered twice."""
    table = team_decision.c
    same = ("member_id", "purpose", "version", "choice", "decided_on")
    query = sa.select(table.id).where(
        *(table[name] == row[name] for name in same), table.invalidated_at.is_(None)
    )
    return session.execute(query).first() is not None


def _decision_row(
    session: Session, member_id: str, purpose: Purpose, choice: Choice, on: date, way: Way
) -> dict[str, object]:
    row: dict[str, object] = dict.fromkeys(("valid_from", "valid_until")) | {
        "id": new_id(),
        "member_id": member_id,
        "purpose": purpose.code,
        "version": version_asked(session, member_id, purpose.code, on, way),
        "choice": choice.value,
        "decided_on": on.isoformat(),
        "way": way.value,
        "recorded_at": session.clock.now().isoformat(),
        "recorded_by": session.who.id,
    }
    if purpose.is_contact and choice is not Choice.WITHDRAWN:
        year = contact_year(on, profile.read_profile(session).next_year_from)
        row["valid_from"] = year.first_day.isoformat()
        row["valid_until"] = year.last_day.isoformat()
    return row
