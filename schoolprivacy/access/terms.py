"""The words of access."""

from __future__ import annotations

from enum import IntEnum, StrEnum


class Role(StrEnum):
    """What somebody is at school.

    COUNSELLOR is the intern begeleider or kwaliteitscoördinator, DPO the FG or privacy officer.
    Only moves to another school and suppliers ask the matrix so far: the last three are not
    offered yet.
    """

    DIRECTOR = "director"
    ADMINISTRATION = "administration"
    COUNSELLOR = "counsellor"
    TEACHER = "teacher"
    DPO = "dpo"


class Area(StrEnum):
    """What rights are about."""

    OKR = "okr"
    SUPPLIERS = "suppliers"


class Right(IntEnum):
    """How far somebody may go; each holds those before it.

    STATUS: how many are how far; PRINT: per child, and on paper; MANAGE: record and change.
    """

    NONE = 0
    STATUS = 1
    PRINT = 2
    MANAGE = 3
