"""Moving up without a file: the proposal, what a person made of it, and what comes of that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from schoolprivacy.errors import KnownError
from schoolprivacy.people.moving_up import LEAVE, Move, Moving, plan_moves
from schoolprivacy.people.terms import PlacedPupil
from schoolprivacy.people.year_groups import YearGroups, year_groups
from schoolprivacy.school import School
from schoolprivacy.schoolyear import SchoolYear

Key = tuple[str, str | None]
"""Which row: the group they come from, and the one the program proposes."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where the pupils of a row go.

    :param group: a name, LEAVE for leaving school
    :param stays_open: nothing is done with them now
    """

    group: str | None
    stays_open: bool = False


@dataclass(frozen=True, slots=True)
class MoveRow:
    """Pupils of one group who go to one group.

    :param repeating: who of them stay in their year level
    """

    key: Key
    target: Target
    pupils: tuple[PlacedPupil, ...]
    repeating: tuple[PlacedPupil, ...]

    @property
    def from_group(self) -> str:
        return self.key[0]


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person made of the proposal."""

    targets: Mapping[Key, Target] = field(default_factory=dict)
    repeat: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.targets or self.repeat)


@dataclass(frozen=True, slots=True)
class GroupsRead:
    """How the groups of the year stand, and how the others would move up to it.

    :param plan: None when nobody can move to this year, for the reason in ``problem``
    """

    groups: YearGroups
    plan: Moving | None
    problem: str = ""


def read_groups(school: School, year: SchoolYear, wishes: Wishes) -> GroupsRead:
    """Read the school."""
    groups = year_groups(school, year)
    try:
        return GroupsRead(groups, plan_moves(school, year, wishes.repeat))
    except KnownError as problem:
        return GroupsRead(groups, None, str(problem))


def rows_of(plan: Moving, wishes: Wishes) -> list[MoveRow]:
    """The proposal as a person changed it."""
    rows = []
    for move in plan.moves:
        key = (move.from_group, move.to_group)
        pupils = tuple(plan.pupils[each] for each in move.pupil_ids)
        repeating = tuple(each for each in pupils if each.pupil.id in wishes.repeat)
        target = wishes.targets.get(key, Target(move.to_group))
        rows.append(MoveRow(key, target, pupils, repeating))
    return rows


def changed(wishes: Wishes, row: MoveRow, target: Target, repeat: frozenset[str]) -> Wishes:
    """What a person says of one row: where it goes, and who of it repeats the year."""
    targets = {key: value for key, value in wishes.targets.items() if key != row.key}
    if target != Target(row.key[1]):
        targets[row.key] = target
    of_row = {each.pupil.id for each in row.pupils}
    return Wishes(targets, (wishes.repeat - of_row) | (repeat & of_row))


def moves_of(rows: Sequence[MoveRow]) -> tuple[list[Move], list[str]]:
    """What is done: the moves, and who of them repeat."""
    wanted = [each for each in rows if not each.target.stays_open]
    moves = [
        Move(each.from_group, each.target.group, tuple(one.pupil.id for one in each.pupils))
        for each in wanted
    ]
    repeat = [
        one.pupil.id for each in wanted if each.target.group is not LEAVE for one in each.repeating
    ]
    return moves, repeat


@dataclass(frozen=True, slots=True)
class Sums:
    """What would be done, in numbers of pupils."""

    moving: int = 0
    leaving: int = 0
    repeating: int = 0
    waiting: int = 0


def sums_of(rows: Sequence[MoveRow]) -> Sums:
    """Count it."""
    found = Sums()
    for each in rows:
        many = len(each.pupils)
        if each.target.stays_open:
            found = replace(found, waiting=found.waiting + many)
        elif each.target.group is LEAVE:
            found = replace(found, leaving=found.leaving + many)
        else:
            again = len(each.repeating)
            found = replace(
                found,
                moving=found.moving + many - again,
                repeating=found.repeating + again,
            )
    return found
