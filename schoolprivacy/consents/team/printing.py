"""Asking the people at school on paper, and printing who of them may be on pictures."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from sqlalchemy.dialects.sqlite import insert

from schoolprivacy.consents.photos.printing import DESTROY_AFTER, VALID_FOR
from schoolprivacy.consents.printing import (
    SAMPLES,
    Deliver,
    Outlet,
    Progress,
    made,
    school_paper,
)
from schoolprivacy.consents.team.papers import TeamForm, TeamQuestions, TeamRow, team_forms
from schoolprivacy.consents.team.records import (
    Member,
    all_members,
    team_asked,
    team_purposes,
    team_table,
)
from schoolprivacy.consents.team.sheet import TeamSheet, TeamSheetRow, team_sheet
from schoolprivacy.consents.terms import Answer, Purpose
from schoolprivacy.errors import RefusedError, sentence
from schoolprivacy.paper.sender import Made
from schoolprivacy.people import profile
from schoolprivacy.people.calendar import hand_in_date
from schoolprivacy.people.names import full_name, plain
from schoolprivacy.school import School, Session

_KEPT_AS_PUPILS = "net zolang als foto's van de kinderen van de groep"


def print_team_forms(
    school: School,
    deliver: Deliver,
    member_ids: Collection[str],
    *,
    way: Outlet = "saved",
    progress: Progress | None = None,
) -> tuple[str, ...]:
    """Print a consent form for these people and note that they were asked.

    :returns: identifiers of whom a form was printed for, in the order of the paper
    :raises RefusedError: nobody of them works here, or no purpose is switched on
    """
    with school.transaction() as session:
        asked, purposes = _chosen(session, member_ids), _asked_for(session)
        _store(session, asked, purposes)
        about = asked[0].id if len(asked) == 1 else ""
        session.audit("team.forms_printed", about, forms=len(asked), way=way)
        told = (lambda done: progress(done, len(asked))) if progress else None
        forms, questions = _forms(session, asked), _questions(purposes)
        deliver(team_forms(forms, questions, school_paper(session), made(session), told))
    return tuple(each.id for each in asked)


def sample_team_forms(school: School, member_ids: Collection[str]) -> bytes:
    """The first forms as they will look, marked as a sample; stores nothing.

    :raises RefusedError: as ``print_team_forms``
    """
    with school.reading() as session:
        asked = _chosen(session, member_ids)[:SAMPLES]
        questions = _questions(_asked_for(session))
        return team_forms(
            _forms(session, asked), questions, school_paper(session), _sample(session)
        )


def print_team_sheet(school: School, deliver: Deliver, *, way: Outlet = "saved") -> int:
    """Print who of everybody who works here may be on which pictures; gives how many stand on it.

    :raises RefusedError: nobody works here, or no purpose for pictures is switched on
    """
    with school.transaction() as session:
        sheet = _sheet(session)
        session.audit("team.sheet_printed", "", members=len(sheet.rows), way=way)
        deliver(team_sheet(sheet, school_paper(session), made(session)))
    return len(sheet.rows)


def sample_team_sheet(school: School) -> bytes:
    """The sheet as it will look, marked as a sample; stores nothing.

    :raises RefusedError: as ``print_team_sheet``
    """
    with school.reading() as session:
        return team_sheet(_sheet(session), school_paper(session), _sample(session))


def _sample(session: Session) -> Made:
    return Made(session.clock.today(), session.who.name, sample=True)


def _chosen(session: Session, member_ids: Collection[str]) -> list[Member]:
    wanted = frozenset(member_ids)
    found = [each for each in all_members(session) if each.id in wanted]
    if not found:
        raise RefusedError("team.nobody")
    return found


def _asked_for(session: Session) -> list[Purpose]:
    found = team_purposes(session)
    if not found:
        raise RefusedError("purpose.none_on")
    return found


def _forms(session: Session, asked: Sequence[Member]) -> list[TeamForm]:
    today, own = session.clock.today(), profile.read_profile(session)
    by = hand_in_date(session, today, own.hand_in_days)
    return [TeamForm(full_name(each), role(each), by) for each in asked]


def role(member: Member) -> str:
    """What somebody does at school, in a word."""
    return sentence(f"team_kind.{member.kind}")


def _questions(purposes: Sequence[Purpose]) -> TeamQuestions:
    rows = [(each.is_contact, _row(each)) for each in purposes]
    return TeamQuestions(
        tuple(row for is_contact, row in rows if not is_contact),
        tuple(row for is_contact, row in rows if is_contact),
    )


def _row(purpose: Purpose) -> TeamRow:
    """The text of the school, which is written to parents: what is about a child is not."""
    text = purpose.wording
    keeps = _KEPT_AS_PUPILS if "uw kind" in text.keeps else text.keeps
    return TeamRow(text.label, text.audience, keeps, outside_eea=purpose.social_medium)


def _store(session: Session, asked: Sequence[Member], purposes: Sequence[Purpose]) -> None:
    today = session.clock.today().isoformat()
    rows = [
        {
            "member_id": member.id,
            "purpose": purpose.code,
            "version": purpose.wording.version,
            "asked_on": today,
        }
        for member in asked
        for purpose in purposes
    ]
    keys = ["member_id", "purpose", "asked_on"]
    new = insert(team_asked)
    newest = {"version": new.excluded.version}
    session.execute(new.on_conflict_do_update(index_elements=keys, set_=newest), rows)


def _sheet(session: Session) -> TeamSheet:
    today = session.clock.today()
    purposes = [each for each in _asked_for(session) if not each.is_contact]
    if not purposes:
        raise RefusedError("purpose.none_on")
    found = team_table(session, all_members(session), purposes)
    if not found.rows:
        raise RefusedError("team.nobody")
    rows = _alike_together(
        TeamSheetRow(
            full_name(row.member),
            role(row.member),
            tuple(answer is Answer.GRANTED for answer in row.answers),
        )
        for row in found.rows
    )
    valid = today + VALID_FOR
    short = tuple(each.wording.short for each in purposes)
    return TeamSheet(short, rows, valid, valid + DESTROY_AFTER)


def _alike_together(rows: Iterable[TeamSheetRow]) -> tuple[TeamSheetRow, ...]:
    """Of people whom nobody could tell apart on the sheet, only what all of them said yes to."""
    rows = tuple(rows)
    alike: dict[tuple[str, str], tuple[bool, ...]] = {}
    for row in rows:
        before = alike.get(_looks(row), row.may)
        alike[_looks(row)] = tuple(map(all, zip(before, row.may, strict=True)))
    return tuple(replace(row, may=alike[_looks(row)]) for row in rows)


def _looks(row: TeamSheetRow) -> tuple[str, str]:
    return plain(row.name), row.role
