"""What a school calls the fields of a file and of a person."""

from __future__ import annotations

from schoolprivacy.errors import sentence
from schoolprivacy.exchange.columns import PARENT_KEYS


def field_name(name: str) -> str:
    """``born_on`` is ``geboortedatum``."""
    return sentence(f"field_name.{name}")


def column_name(code: str) -> str:
    """What a column holds: ``guardian2.phone`` is ``ouder 2: telefoon``.

    :param code: one of ``columns.FIELDS``
    """
    person, _, name = code.partition(".")
    if code == PARENT_KEYS:
        return field_name(name)
    whose = "leerling" if person == "pupil" else f"ouder {person.removeprefix('guardian')}"
    return f"{whose}: {field_name(name)}"
