"""Where a pupil sits next year, as far as the names of groups tell; pure.

Groups are free names ("Groep 3", "1/2a", "5B", "Vlinders"); a person looks at every proposal.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from schoolprivacy.people.names import natural_sort_key

LAST_LEVEL = "8"
_LEVELS = frozenset("12345678")


def next_level(level: str) -> str:
    """The year level after this one; what is no year level of primary school stays."""
    return str(int(level) + 1) if level in _LEVELS and level != LAST_LEVEL else level


def sits_in(group: str) -> str:
    """The year level in the name of a group, when there is one and no more."""
    levels = levels_in(group)
    return levels[0] if len(levels) == 1 else ""


def levels_in(group: str) -> list[str]:
    """``["1", "2"]`` of ``Groep 1/2a``."""
    return [each for each in re.findall(r"\d+", group) if each in _LEVELS]


def next_group(group: str, level: str, groups: Mapping[str, Collection[str]]) -> str:
    """The group for the year after, when the school keeps the groups it has.

    In a combination group the younger stay, the others go where their year level sits now; a
    group without a number stays together as it is called.

    :param level: of the pupil now
    :param groups: this year's, each with the year levels that sit in it
    """
    if level not in _LEVELS:
        return group
    to_level = next_level(level)
    if to_level in levels_in(group):
        return group
    renumbered = _renumbered(group, level, to_level)
    if renumbered in groups and renumbered != group:
        return renumbered
    here = groups.get(group, ())
    if to_level in here or (renumbered == group and len(here) <= 1):
        return group
    return _like(group, to_level, groups) or renumbered


def _like(group: str, level: str, groups: Mapping[str, Collection[str]]) -> str | None:
    """A group in which this level sits now; the parallel one first: 2a goes to 3a."""
    hosts = [
        name for name in groups if level in (levels_in(name) or groups[name]) and name != group
    ]
    hosts.sort(key=lambda name: (_parallel(name) != _parallel(group), natural_sort_key(name)))
    return next(iter(hosts), None)


def _parallel(group: str) -> str:
    """``a`` of ``Groep 1/2a``."""
    found = re.search(r"\d\W*([A-Za-z]?)\W*$", group)
    return found[1].lower() if found else ""


def _renumbered(group: str, level: str, to_level: str) -> str:
    """``4a`` for ``3a``, ``Groep 3`` for ``Groep 1/2``; a name without numbers stays."""
    if not levels_in(group):
        return group
    numbers = re.compile(r"[1-8](?:\W+[1-8])+|(?<!\d)" + level + r"(?!\d)")
    return numbers.sub(to_level, group, count=1)
