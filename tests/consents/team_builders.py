"""People who work or help at school."""

from __future__ import annotations

from schoolprivacy.consents.team.members import (
    MemberEntry,
    MemberKind,
    MemberRow,
    add_member,
    members,
)
from schoolprivacy.consents.terms import Answer
from schoolprivacy.school import School


def a_member(
    school: School, name: str = "Noor de Wit", kind: MemberKind = MemberKind.STAFF, **more: str
) -> str:
    """Add somebody; ``Noor de Wit`` is taken apart at its spaces."""
    call_name, *prefix, surname = name.split()
    return add_member(school, MemberEntry(kind, call_name, " ".join(prefix), surname, **more)).about


def answers_of(school: School, member_id: str) -> dict[str, Answer]:
    """What counts for one person, by purpose."""
    table = members(school, left=True)
    (row,) = [each for each in table.rows if each.member.id == member_id]
    return {p.code: answer for p, answer in zip(table.purposes, row.answers, strict=True)}


def rows_by_name(school: School) -> list[MemberRow]:
    return list(members(school).rows)
