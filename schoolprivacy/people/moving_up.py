"""The new school year without an import: whole groups move up, the last one leaves school."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from schoolprivacy.errors import RefusedError
from schoolprivacy.exchange.values import clean
from schoolprivacy.people import records
from schoolprivacy.people.journal import Journal
from schoolprivacy.people.moving_up_rules import LAST_LEVEL, next_group, next_level, sits_in
from schoolprivacy.people.names import natural_sort_key, plain, surname_sort_key
from schoolprivacy.people.terms import PlacedPupil, new_id
from schoolprivacy.people.undoing import Undo, close_change
from schoolprivacy.school import School, Session
from schoolprivacy.schoolyear import SchoolYear

LEAVE = None  # the group of who leaves school
_LONGEST = 100  # characters of a group's name, as when it is typed for one pupil


@dataclass(frozen=True, slots=True)
class Move:
    """Pupils of one group who go to one group.

    :param from_group: of the year before; "" for who sits in no group
    :param to_group: any name, of a new group or of one that is there; LEAVE for leaving school
    """

    from_group: str
    to_group: str | None
    pupil_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Moving:
    """A proposal, to be changed by a person.

    :param year: to which they move
    :param moves: by group, in the order of the groups
    :param without_group: pupils at school who sit in no group now: nothing is proposed for them
    :param pupils: everybody who is meant, by identifier, as they sit now
    :param placed: how many sit in a group of that year already
    """

    year: SchoolYear
    moves: tuple[Move, ...]
    without_group: tuple[PlacedPupil, ...]
    pupils: Mapping[str, PlacedPupil]
    placed: int


def plan_moves(school: School, year: SchoolYear, repeat: Collection[str] = ()) -> Moving:
    """Propose where everybody sits next year; combination groups pupil by pupil.

    :param year: this school year or the next; they move from the year before it
    :param repeat: pupils who stay in their year level
    :raises RefusedError: another year
    """
    with school.reading() as session:
        _check_year(session, year)
        movers = _movers(session, year)
        placed = len(_placed_in(session, year))
    groups = _levels(movers)
    together: dict[tuple[str, str | None], list[PlacedPupil]] = {}
    for each in movers:
        if each.placement.group_name:
            to_group = _proposed(each, groups, each.pupil.id in repeat)
            together.setdefault((each.placement.group_name, to_group), []).append(each)
    return Moving(
        year,
        tuple(
            Move(from_group, to_group, tuple(each.pupil.id for each in pupils))
            for (from_group, to_group), pupils in together.items()
        ),
        tuple(each for each in movers if not each.placement.group_name),
        {each.pupil.id: each for each in movers},
        placed,
    )


def _proposed(
    child: PlacedPupil, groups: Mapping[str, Collection[str]], repeats: bool
) -> str | None:
    group, level = child.placement.group_name, child.placement.year_level
    if repeats:
        return group
    level = level or sits_in(group)
    return LEAVE if level == LAST_LEVEL else next_group(group, level, groups)


def move_up(
    school: School, year: SchoolYear, moves: Sequence[Move], repeat: Collection[str] = ()
) -> Undo:
    """Let pupils sit in their groups of a new year, and leavers leave on the last day before it.

    One transaction, after a backup; who is in no move keeps what is known of them.

    :param repeat: pupils who stay in their year level
    :raises RefusedError: another year than this or the next, a group or pupil that cannot be
        moved like this, or a pupil twice
    """
    moves = [replace(each, to_group=_named(each)) for each in moves if each.pupil_ids]
    with school.reading() as session:
        _check(session, year, moves, repeat)
    school.back_up_before("nieuw-schooljaar")
    with school.transaction() as session:
        movers = _check(session, year, moves, repeat)
        journal = Journal(session)
        leaving = [
            movers[each] for move in moves if move.to_group is LEAVE for each in move.pupil_ids
        ]
        _place(journal, year, moves, movers, repeat)
        _leave(journal, year, leaving)
        return close_change(
            journal,
            "school.moved_up",
            "",
            school_year=str(year),
            moved=sum(len(move.pupil_ids) for move in moves) - len(leaving),
            leaving=len(leaving),
            repeating=len(set(repeat)),
        )


def _named(move: Move) -> str | None:
    return move.to_group if move.to_group is LEAVE else clean(move.to_group)


# — who can move —


def _movers(session: Session, year: SchoolYear) -> list[PlacedPupil]:
    """At school until the year begins and not placed in it, by group and name."""
    there = _placed_in(session, year)
    last_day = year.previous().last_day
    today = session.clock.today()
    found = [
        each
        for each in records.placed_pupils(session, year.previous())
        if each.pupil.id not in there
        and not each.pupil.has_left(today)
        and not (each.pupil.left_on and each.pupil.left_on <= last_day)
    ]
    return sorted(
        found,
        key=lambda p: (natural_sort_key(p.placement.group_name), surname_sort_key(p.pupil)),
    )


def _placed_in(session: Session, year: SchoolYear) -> set[str]:
    table = records.placement.c
    query = sa.select(table.pupil_id).where(
        table.school_year == year.start, table.group_id.is_not(None)
    )
    return set(session.execute(query).scalars())


def _levels(movers: Iterable[PlacedPupil]) -> dict[str, set[str]]:
    """The year levels that sit in each group."""
    found: dict[str, set[str]] = {}
    for each in movers:
        if name := each.placement.group_name:
            level = each.placement.year_level or sits_in(name)
            found.setdefault(name, set()).update(filter(None, [level]))
    return found


def _check_year(session: Session, year: SchoolYear) -> None:
    now = SchoolYear.of(session.clock.today())
    if year not in (now, now.next()):
        raise RefusedError("moving.year", this=now, next=now.next(), year=year)


def _check(
    session: Session, year: SchoolYear, moves: Sequence[Move], repeat: Collection[str]
) -> dict[str, PlacedPupil]:
    """Who can move, by identifier, when everything asked for can be done."""
    _check_year(session, year)
    _check_moves(session, year, moves)
    ids = Counter(each for move in moves for each in move.pupil_ids)
    if not ids:
        raise RefusedError("moving.nothing", year=year)
    if any(count > 1 for count in ids.values()):
        raise RefusedError("moving.twice")
    staying = {each for move in moves if move.to_group is not LEAVE for each in move.pupil_ids}
    if not staying.issuperset(repeat):
        raise RefusedError("moving.repeat")
    if not _placed_in(session, year).isdisjoint(ids):
        raise RefusedError("moving.placed_already", year=year)
    movers = {each.pupil.id: each for each in _movers(session, year)}
    for move in moves:
        groups = {movers[e].placement.group_name if e in movers else None for e in move.pupil_ids}
        if groups != {move.from_group}:
            group = move.from_group or "–"
            raise RefusedError("moving.not_in_group", group=group, year=year.previous())
    return movers


def _check_moves(session: Session, year: SchoolYear, moves: Iterable[Move]) -> None:
    known = {"", *records.group_names(session, year.previous())}
    for move in moves:
        if move.from_group not in known:
            before = year.previous()
            raise RefusedError("moving.group_unknown", group=move.from_group, year=before)
        if move.to_group is not LEAVE and not plain(move.to_group):
            raise RefusedError("moving.no_name", group=move.from_group or "–")
        if len(move.to_group or "") > _LONGEST:
            raise RefusedError("moving.long_name", most=_LONGEST)


# — rows —


def _place(
    journal: Journal,
    year: SchoolYear,
    moves: Iterable[Move],
    movers: Mapping[str, PlacedPupil],
    repeat: Collection[str],
) -> None:
    rows: list[dict[str, Any]] = []
    groups = _Groups(journal, year)
    for move in moves:
        if move.to_group is not LEAVE:
            group_id = groups.named(move.to_group)
            rows += [
                {
                    "pupil_id": each,
                    "school_year": year.start,
                    "year_level": _level(movers[each], each in repeat),
                    "group_id": group_id,
                }
                for each in move.pupil_ids
            ]
    table = records.placement.c
    journal.delete(  # a year level without a group, from an import
        records.placement,
        table.school_year == year.start,
        table.pupil_id.in_([row["pupil_id"] for row in rows]),
    )
    journal.insert(records.placement, rows)


def _level(child: PlacedPupil, repeats: bool) -> str:
    level = child.placement.year_level or sits_in(child.placement.group_name)
    return level if repeats else next_level(level)


class _Groups:
    """The groups of a year by name, however it is spelled; made when there is none."""

    def __init__(self, journal: Journal, year: SchoolYear) -> None:
        self._journal, self._year = journal, year
        table = records.school_group.c
        query = sa.select(table.name, table.id).where(table.school_year == year.start)
        self._ids = {plain(row.name): row.id for row in journal.session.execute(query)}

    def named(self, name: str) -> str:
        found: str | None = self._ids.get(plain(name))
        if found is None:
            found = self._ids[plain(name)] = new_id()
            row = {"id": found, "school_year": self._year.start, "name": name}
            self._journal.insert(records.school_group, [row])
        return found


def _leave(journal: Journal, year: SchoolYear, leaving: Iterable[PlacedPupil]) -> None:
    last_day = year.previous().last_day
    journal.update(
        records.pupil,
        (records.pupil_row(replace(each.pupil, left_on=last_day)) for each in leaving),
    )
