"""The list of pupils as people look through it, and finding somebody while typing."""

from __future__ import annotations

import sys
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import chain

import sqlalchemy as sa

from schoolprivacy.people import records
from schoolprivacy.people.names import full_name, guardian_name, plain, surname_sort_key
from schoolprivacy.people.terms import Placement, Pupil
from schoolprivacy.school import School, Session


@dataclass(frozen=True, slots=True)
class Listed:
    """A pupil in the list.

    :param placement: in the working school year
    :param guardians: their names, in the child's order
    """

    pupil: Pupil
    placement: Placement
    guardians: tuple[str, ...]
    has_left: bool


def directory(school: School, *, leavers: bool = False) -> list[Listed]:
    """Everybody at school, sorted by surname.

    :param leavers: also who has left and is still in the file, behind the others
    """
    with school.reading() as session:
        today = session.clock.today()
        everyone = records.placed_pupils(session, records.current_year(session, today))
        guardians = _guardian_names(session)
    found = [
        Listed(
            each.pupil,
            each.placement,
            tuple(guardians.get(each.pupil.id, ())),
            each.pupil.has_left(today),
        )
        for each in everyone
        if leavers or not each.pupil.has_left(today)
    ]
    return sorted(found, key=lambda each: (each.has_left, surname_sort_key(each.pupil)))


def groups(school: School) -> list[str]:
    """The groups of the working school year, ``Groep 2`` before ``Groep 10``."""
    with school.reading() as session:
        return records.group_names(session, records.current_year(session, session.clock.today()))


def _guardian_names(session: Session) -> dict[str, list[str]]:
    link, who = records.guardianship, records.guardian
    query = (
        sa.select(
            *(link.c.pupil_id, who.c.institution, who.c.initials),
            *(who.c.call_name, who.c.prefix, who.c.surname),
        )
        .join(who, who.c.id == link.c.guardian_id)
        .order_by(link.c.position)
    )
    names: dict[str, list[str]] = defaultdict(list)
    for row in session.execute(query):
        names[row.pupil_id].append(guardian_name(row))
    return names


class FoundBy(IntEnum):
    """What was found, in the order in which it is shown."""

    NAME = 1
    GROUP = 2
    GUARDIAN = 3


@dataclass(frozen=True, slots=True)
class Found:
    """A pupil, by name or by a guardian's name, or a group.

    :param pupil: None when it is a group
    :param group: name of the group found, "" when it is a pupil
    """

    by: FoundBy
    pupil: Listed | None = None
    group: str = ""


def finder(school: School) -> Finder:
    """What finds pupils, leavers and groups of this school as it stands now."""
    return Finder(directory(school, leavers=True), groups(school))


class Finder:
    """Finds pupils and groups by the beginnings of words, in any order; accents do not count.

    Made once of a directory, so that thousands of pupils are searched within a keystroke. It
    holds names: drop it when the file is locked.
    """

    def __init__(self, people: Sequence[Listed], group_names: Sequence[str]) -> None:
        self._people, self._groups = people, group_names
        self._called = _Index(full_name(each.pupil) for each in people)
        self._placed = _Index(each.placement.group_name for each in people)
        self._guardians = _Index(" ".join(each.guardians) for each in people)
        self._group_names = _Index(group_names)

    def find(self, text: str, limit: int = 12) -> list[Found]:
        """The best matches: pupils by name (``sanne 3`` is Sanne in group 3), groups, then pupils
        by a guardian's name; leavers behind the others.
        """
        words = plain(text).split()
        if not words:
            return []
        by_name = self._by_name(words)
        exactly = set.intersection(*(self._called.with_word(each) for each in words))
        by_group = set.intersection(*(self._group_names.beginning(each) for each in words))
        by_guardian = set.intersection(*(self._guardians.beginning(each) for each in words))
        best = sorted(by_name, key=lambda n: (self._people[n].has_left, n not in exactly, n))
        found = [
            *(Found(FoundBy.NAME, self._people[n]) for n in best),
            *(Found(FoundBy.GROUP, group=self._groups[n]) for n in sorted(by_group)),
            *(Found(FoundBy.GUARDIAN, self._people[n]) for n in sorted(by_guardian - by_name)),
        ]
        return found[:limit]

    def _by_name(self, words: Sequence[str]) -> set[int]:
        """Every word begins a word of the name or the group, and one of them does of the name."""
        named = [self._called.beginning(each) for each in words]
        either = (
            of_name | self._placed.beginning(word)
            for word, of_name in zip(words, named, strict=True)
        )
        return set.intersection(*either).intersection(chain.from_iterable(named))


class _Index:
    """The words of many texts, sorted, each with the place of its text."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._entries = sorted(
            {(word, place) for place, text in enumerate(texts) for word in plain(text).split()}
        )

    def with_word(self, word: str) -> set[int]:
        """The places of texts in which this word stands."""
        return self._between((word,), (word + "\0",))

    def beginning(self, start: str) -> set[int]:
        """The places of texts in which a word begins like this."""
        return self._between((start,), (start + chr(sys.maxunicode),))

    def _between(self, low: tuple[str], high: tuple[str]) -> set[int]:
        first, end = (bisect_left(self._entries, each) for each in (low, high))
        return {place for _, place in self._entries[first:end]}
