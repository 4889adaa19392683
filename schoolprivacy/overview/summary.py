"""The school in numbers, per group."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain, groupby

from schoolprivacy.consents.standing import Survey, survey
from schoolprivacy.consents.terms import Answer
from schoolprivacy.school import BackupSeen, School


@dataclass(frozen=True, slots=True)
class GroupSummary:
    """One group.

    :param name: "" for pupils who sit in no group
    :param answers: how many of pupils × purposes switched on have each of the seven answers
    """

    name: str
    pupils: int
    answers: dict[Answer, int]


@dataclass(frozen=True, slots=True)
class Summary:
    """The school on the present day.

    :param groups: in the order of the groups; every pupil in one
    :param families_waited_for: who still have something to answer
    :param last_backup: the newest good automatic one
    :param backup_age: since it was made
    """

    school_year: str
    pupils: int
    families: int
    groups: tuple[GroupSummary, ...]
    families_waited_for: int
    last_backup: BackupSeen | None
    backup_age: timedelta | None


def summary(school: School) -> Summary:
    """Count the school on the present day."""
    with school.reading() as session:
        now = survey(session)
    backup = school.last_backup()
    age = school.clock.now() - backup.made_at if backup and backup.made_at else None
    return Summary(
        str(now.year),
        len(now.pupils),
        len(set(now.families.values())),
        _groups(now),
        len({now.families[each.child.pupil.id] for each in now.to_remind}),
        backup,
        age,
    )


def _groups(now: Survey) -> tuple[GroupSummary, ...]:
    found = []
    everybody = zip(now.pupils, now.answers, strict=True)
    for name, sitting in groupby(everybody, lambda each: each[0].placement.group_name):
        rows = [row for _, row in sitting]
        counted = Counter(chain.from_iterable(rows))
        found.append(GroupSummary(name, len(rows), {each: counted[each] for each in Answer}))
    return tuple(found)
