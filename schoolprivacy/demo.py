"""A fictional school with three school years behind it, made by the actions a real school uses."""

from __future__ import annotations

import contextlib
import random
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from schoolprivacy.clock import Clock, SetClock
from schoolprivacy.demo_answers import ask_and_answer, renew
from schoolprivacy.demo_moves import move_on
from schoolprivacy.demo_suppliers import furnish_suppliers
from schoolprivacy.demo_uses import use_consents
from schoolprivacy.errors import FileError
from schoolprivacy.exchange.roster import Roster, RosterGuardian, RosterPupil
from schoolprivacy.people import importing, profile
from schoolprivacy.registers import Founded, found_school
from schoolprivacy.school import School
from schoolprivacy.schoolyear import SchoolYear
from schoolprivacy.settings import resource
from schoolprivacy.vault.keys import SCHOOL_COST, Cost

BRIN = "99ZZ"  # a number no school has
YEARS = 3
_LEVELS = 8
_TRIES = 200


@dataclass
class _Child:
    """A made-up pupil through the years; the key of the LAS stays."""

    row: RosterPupil
    level: int


@dataclass
class _Town:
    """Where the made-up names come from; the same seed gives the same town."""

    words: dict[str, Any]
    chance: random.Random
    families: int = 0
    keys: int = 0
    taken: set[tuple[object, object]] = field(default_factory=set)
    recent: list[tuple[RosterGuardian, ...]] = field(default_factory=list)


def make_demo_school(
    folder: Path,
    passphrase: str,
    clock: Clock,
    *,
    pupils: int = 200,
    seed: int = 1,
    cost: Cost = SCHOOL_COST,
    progress: Callable[[str], None] = lambda _: None,
) -> Founded:
    """Make the demo school: imports, forms, answers and withdrawals of three school years.

    The yearly round of the last of them is open: forms are out, and most are back.

    :param passphrase: of the director
    :param pupils: how many are at school each year
    :raises KnownError: something is in the way at this place
    """
    words = tomllib.loads(resource("demo.nl.toml").read_text(encoding="utf-8"))
    town = _Town(words, random.Random(seed))
    this_year = SchoolYear.of(clock.today())
    years = [SchoolYear(this_year.start - back) for back in reversed(range(YEARS))]
    then = SetClock(_moment(years[0], 8, 20))
    founded = found_school(
        folder, words["school"], BRIN, director=passphrase, clock=then, cost=cost, demo=True
    )
    try:
        _fill(founded.school, town, years, pupils, then, clock, progress)
    except BaseException:
        with contextlib.suppress(FileError):  # what went wrong first is what is told
            founded.school.close()
        raise
    return founded


def _fill(
    school: School,
    town: _Town,
    years: list[SchoolYear],
    pupils: int,
    then: SetClock,
    clock: Clock,
    progress: Callable[[str], None],
) -> None:
    own = ("board", "street", "postcode", "place", "phone", "email", "website", "dpo")
    profile.change_profile(school, **{name: town.words[name] for name in own})
    children: list[_Child] = []
    for year in years:
        progress(f"Schooljaar {year}")
        children = _next_year(town, children, pupils, year)
        then.moment = min(_moment(year, 8, 25), clock.now())
        importing.apply(school, [_roster(children, year, then.now())])
        if year == years[-1]:
            renew(school, town.chance, year, then, clock)
        else:
            ask_and_answer(school, town.chance, then, clock)
        children = [each for each in children if not each.row.left_on]
    then.moment = clock.now()
    progress("Kanalen, publicaties en medewerkers")
    use_consents(school, then)
    progress("De overstap van groep 8")
    move_on(school, then)
    progress("Leveranciers")
    furnish_suppliers(school, then)


def _moment(year: SchoolYear, month: int, day: int) -> datetime:
    return datetime(year.start, month, day, 9, 0, tzinfo=UTC)


# — children and their parents —


def _next_year(town: _Town, children: list[_Child], size: int, year: SchoolYear) -> list[_Child]:
    """Everybody a level up; group 8 leaves, and as many four-year-olds come."""
    moved = []
    for each in children:
        if each.level == _LEVELS:
            row = replace(each.row, left_on=year.first_day - timedelta(days=10))
            moved.append(_Child(row, each.level))
        else:
            moved.append(_Child(_placed(each.row, each.level + 1), each.level + 1))
    leaving = sum(1 for each in moved if each.row.left_on)
    levels = [1] * leaving if children else [1 + place % _LEVELS for place in range(size)]
    return moved + [
        _Child(_placed(_new_child(town, level, year), level), level) for level in levels
    ]


def _placed(row: RosterPupil, level: int) -> RosterPupil:
    """A small school combines its groups: 1/2, then 3 to 6, then 7/8."""
    group = {1: "1/2", 2: "1/2", 7: "7/8", 8: "7/8"}.get(level, str(level))
    return replace(row, year_level=str(level), group=f"Groep {group}")


def _new_child(town: _Town, level: int, year: SchoolYear) -> RosterPupil:
    chance = town.chance
    town.keys += 1
    carers = _parents(town)
    named = next((g for g in carers if g.surname and not g.institution), None)
    prefix, surname = (
        (named.prefix, named.surname) if named else chance.choice(town.words["surnames"])
    )
    for _ in range(_TRIES):  # two children who look alike would be a question at the import
        born = date(year.start - level - 3, 10, 1) - timedelta(days=chance.randrange(365))
        call_name = chance.choice(town.words["call_names"])
        marks = {(call_name, surname), (surname, born), (call_name, born)}
        if not marks & town.taken:
            break
    town.taken |= marks
    return RosterPupil(
        line=town.keys,
        key=f"{town.keys:05d}",
        call_name=call_name,
        prefix=prefix,
        surname=surname,
        born_on=born,
        came_on=year.first_day,
        guardians=carers,
    )


def _parents(town: _Town) -> tuple[RosterGuardian, ...]:
    """A family: usually two parents at one address, often with a child at school already."""
    chance = town.chance
    if town.recent and chance.random() < 0.3:
        return chance.choice(town.recent)
    town.families += 1
    kind = town.families % 25
    first = _parent(town, "moeder")
    if kind == 7:
        return ()  # nothing is known yet: the form goes along in class
    if kind == 11:
        foundation = _parent(town, "voogd")
        return (replace(foundation, institution="Voogdij Voorbeeld"),)
    apart = _parent(town, "vader")
    while apart.initials == first.initials:  # nobody could tell their signatures apart
        apart = _parent(town, "vader")
    second = apart if kind in (3, 14) else _at(first, apart)  # apart: each an own letter
    if kind == 5:
        first = replace(first, address_secret=True, phone_secret=True)
        return (first,)
    if kind == 9:
        second = replace(apart, denied_authority=True)
    if kind in (2, 18):
        return (first,)
    town.recent = [*town.recent[-40:], (first, second)]
    return first, second


def _parent(town: _Town, relation: str) -> RosterGuardian:
    chance, words = town.chance, town.words
    prefix, surname = chance.choice(words["surnames"])
    name = chance.choice(words["adult_names"])
    number = f"+316{chance.randrange(10**6):08d}"
    return RosterGuardian(
        call_name=name,
        initials=f"{name[0]}.",
        prefix=prefix,
        surname=surname,
        relation=relation,
        street=chance.choice(words["streets"]),
        house_number=str(chance.randrange(1, 160)),
        postcode=f"99{chance.randrange(10, 99)} Z{chance.choice('ABCDEFGH')}",
        place=words["place"],
        phones=(number,),
        email=f"ouder{number[-6:]}@gezin.example",
    )


def _at(home: RosterGuardian, who: RosterGuardian) -> RosterGuardian:
    return replace(
        who,
        street=home.street,
        house_number=home.house_number,
        postcode=home.postcode,
        place=home.place,
    )


def _roster(children: list[_Child], year: SchoolYear, made_at: datetime) -> Roster:
    groups = dict.fromkeys(each.row.group for each in children if each.row.group)
    return Roster(
        source="edexml",
        kind="demo",
        pupils=tuple(each.row for each in children),
        brin=BRIN,
        school_year=year,
        made_at=made_at,
        groups=tuple(groups),
    )
