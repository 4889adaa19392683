"""A child and a purpose about which the parents do not agree, as a line of a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from schoolprivacy.consents.conflicts import ChildInConflict
from schoolprivacy.consents.terms import Purpose
from schoolprivacy.people.names import full_name, group_label, register_name
from schoolprivacy.people.terms import PlacedPupil
from ui import theme
from ui.table import Column
from ui.words import tr


@dataclass(frozen=True, slots=True)
class Line:
    """One purpose of one child.

    :param yes, no: who said so
    """

    child: PlacedPupil
    purpose: Purpose
    yes: tuple[str, ...]
    no: tuple[str, ...]

    @property
    def pupil_id(self) -> str:
        return self.child.pupil.id

    @property
    def code(self) -> str:
        return self.purpose.code

    @property
    def group(self) -> str:
        return self.child.placement.group_name

    @property
    def group_told(self) -> str:
        """``Groep 3``, or that there is none."""
        return group_label(self.group)


def lines_of(found: Sequence[ChildInConflict]) -> list[Line]:
    """A line for each purpose, in the order in which the children come."""
    return [
        Line(each.child, said.purpose, said.yes, said.no)
        for each in found
        for said in each.purposes
    ]


def columns() -> list[Column[Line]]:
    """What stands in a line."""
    return [
        Column(
            tr("Leerling"),
            lambda line: register_name(line.child.pupil),
            icon=lambda _: theme.icon("split", "special"),
            width=210,
        ),
        Column(tr("Groep"), lambda line: line.group_told, width=110),
        Column(tr("Doel"), lambda line: line.purpose.wording.short, width=150),
        Column(tr("Zegt ja"), lambda line: ", ".join(line.yes), width=220),
        Column(tr("Zegt nee"), lambda line: ", ".join(line.no), width=220),
    ]


def found_in(line: Line) -> str:
    """What a search looks in."""
    return f"{full_name(line.child.pupil)} {line.group_told} {line.purpose.wording.short}"
