"""The words of access."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What somebody is at school."""

    DIRECTOR = "director"
    ADMINISTRATION = "administration"
