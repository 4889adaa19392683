"""The authorisation matrix: which role may do what (AVG 32; the field's default)."""

from __future__ import annotations

from collections.abc import Mapping

from schoolprivacy.access.terms import Area, Right, Role
from schoolprivacy.errors import RefusedError, sentence
from schoolprivacy.school import PAPER_KEY, Session, StaffMember

MATRIX: Mapping[Area, Mapping[str, Right]] = {
    Area.OKR: {
        Role.DIRECTOR: Right.MANAGE,
        Role.ADMINISTRATION: Right.PRINT,
        Role.COUNSELLOR: Right.MANAGE,
        Role.TEACHER: Right.NONE,
        Role.DPO: Right.STATUS,
        PAPER_KEY: Right.MANAGE,  # whoever opened the safe stands in for the director
    },
    Area.SUPPLIERS: {
        Role.DIRECTOR: Right.MANAGE,
        Role.DPO: Right.MANAGE,
        PAPER_KEY: Right.MANAGE,
    },
}
"""Who is not named has no right."""


def right_of(who: StaffMember, area: Area) -> Right:
    """How far somebody may go."""
    return MATRIX[area].get(who.role, Right.NONE)


def require(session: Session, area: Area, right: Right) -> None:
    """Whether who works in the school file may go so far.

    :raises RefusedError: not with this role
    """
    if right_of(session.who, area) < right:
        role = sentence(f"role.{session.who.role}")
        raise RefusedError(f"role_may_not.{area}", role=role)
