"""Holding a file against the school, before anything is stored; pure.

Absence never deletes, an empty value never overwrites, guardians are never removed, and a secret
is never lifted by a file (design of the import, steps 4 to 8).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from schoolprivacy.exchange.roster import Roster, RosterPupil
from schoolprivacy.people.comparing_guardians import GuardianPlanner, surname_over
from schoolprivacy.people.difference import (
    NEW,
    PUPIL_FIELDS,
    Change,
    Difference,
    Kind,
    LasNews,
    Present,
    PupilPlan,
    Question,
    changes_between,
)
from schoolprivacy.people.las_rules import as_in_las, text_of, weigh
from schoolprivacy.people.matching import Doubt, Matched, match_pupils
from schoolprivacy.people.names import full_name
from schoolprivacy.people.terms import Placement, Pupil, new_id
from schoolprivacy.schoolyear import SchoolYear


def compare(
    roster: Roster,
    present: Present,
    year: SchoolYear,
    *,
    space: str,
    in_other_files: frozenset[str] | None = None,
    answers: Mapping[int, str] | None = None,
) -> Difference:
    """Hold a file against the school.

    :param in_other_files: None unless the files of this import are the whole school: then who is
        in this file nor in the others, given here, has left
    :param answers: a person's answers to questions, by line: a pupil's identifier or NEW
    """
    matches = match_pupils(roster.pupils, present.known, roster.source, space)
    matches = _answered(roster.pupils, matches, answers or {})
    guardians = GuardianPlanner(present)
    plans, questions, strangers_gone = [], [], []
    las: list[LasNews] = []
    for row, match in zip(roster.pupils, matches, strict=True):
        if match.doubt:
            questions.append(Question(row.line, match.doubt, row, match.candidates))
        elif match.pupil_id is None and row.left_on and row.left_on < present.on:
            strangers_gone.append(row)
        else:
            plan, news = _pupil_plan(row, match.pupil_id, present, roster, year, guardians)
            plans.append(plan)
            las += news
    found = Difference(
        roster,
        year,
        tuple(map(guardians.hide_secrets, plans)),
        (*questions, *guardians.questions),
        tuple(guardians.suggestions),
        tuple(name for name in _group_names(roster) if name not in present.groups),
        tuple(strangers_gone),
        (*las, *guardians.las_news()),
    )
    if in_other_files is None:
        return found
    missing = _missing(present, found.mentioned | in_other_files, roster, year)
    return replace(found, pupils=(*found.pupils, *missing))


def _answered(
    rows: Sequence[RosterPupil], matches: Sequence[Matched], answers: Mapping[int, str]
) -> list[Matched]:
    """With a person's answers; one that gives a pupil to two rows is a question again."""
    taken = {each.pupil_id for each in matches}
    result = []
    for row, match in zip(rows, matches, strict=True):
        answer = answers.get(row.line) if match.doubt else None
        if answer == NEW:
            match = Matched()
        elif answer in taken and answer is not None:
            match = Matched(doubt=Doubt.TWICE, candidates=(answer,))
        elif answer is not None:
            taken.add(answer)
            match = Matched(answer)
        result.append(match)
    return result


def _group_names(roster: Roster) -> list[str]:
    names = list(roster.groups)
    for each in roster.pupils:
        names += filter(None, (each.group, *each.other_groups))
    return list(dict.fromkeys(names))


# — pupils —


def _pupil_plan(
    row: RosterPupil,
    pupil_id: str | None,
    present: Present,
    roster: Roster,
    year: SchoolYear,
    guardians: GuardianPlanner,
) -> tuple[PupilPlan, list[LasNews]]:
    incoming = {name: getattr(row, name) for name in PUPIL_FIELDS}
    old = present.known.pupils[pupil_id] if pupil_id else None
    las: list[LasNews] = []
    if old is None:
        pupil = Pupil(new_id(), **incoming)
        kinds = {Kind.NEW}
        changes: tuple[Change, ...] = ()
    else:
        pupil, las = _written_on(old, row, present)
        if _is_back(row, old, roster, present.on, year):
            pupil = replace(pupil, left_on=None)
        changes = changes_between(old, pupil, PUPIL_FIELDS)
        kinds = set()
        if old.left_on and pupil.left_on is None:
            kinds.add(Kind.RETURNED)
        elif old.has_left(present.on) != pupil.has_left(present.on):
            kinds.add(Kind.LEFT if pupil.has_left(present.on) else Kind.RETURNED)
    placement = _placement(row, present.placements.get(pupil.id), year)
    before = present.placements.get(pupil.id)
    if old is not None and placement != before and placement is not None:
        was = present.earlier.get(pupil.id) if before is None else None
        kinds.add(Kind.NEXT_YEAR if was else Kind.MOVED)
        names = ("year_level", "group", "other_groups")
        moves = changes_between(before or was or Placement(year), placement, names)
        changes += moves or (Change("group", placement.group_name, placement.group_name),)
    carers = guardians.plan(row, pupil.id)
    own_fields = set(PUPIL_FIELDS)
    if kinds & {Kind.LEFT, Kind.RETURNED}:
        own_fields.remove("left_on")  # told already
    if old is not None and (
        any(change.field in own_fields for change in changes)
        or any(each.is_linked or each.changes for each in carers)
    ):
        kinds.add(Kind.CHANGED)
    plan = PupilPlan(
        row.line,
        row.key,
        pupil,
        frozenset(kinds),
        placement if placement != before else None,
        changes,
        carers,
    )
    return plan, las


def _written_on(old: Pupil, row: RosterPupil, present: Present) -> tuple[Pupil, list[LasNews]]:
    """What the file says over what the school has; a correction by hand is weighed."""
    said = {name: value for name in PUPIL_FIELDS if (value := getattr(row, name))}
    pupil = replace(old, **said | surname_over(old, row))
    corrections = present.corrections.get(old.id, ())
    if not corrections:
        return pupil, []
    las = as_in_las(old, corrections)
    in_file = replace(las, **said | surname_over(las, row))
    weighed, values = weigh(old, in_file, said.keys(), corrections)
    pupil = replace(pupil, **values)
    return pupil, [LasNews(each, full_name(pupil), pupil_id=old.id) for each in weighed]


def _is_back(row: RosterPupil, old: Pupil, roster: Roster, on: date, year: SchoolYear) -> bool:
    """A pupil list without a leaving date brings a leaver back; a list of parents does not.

    Who would leave before next year, and has a group in the file of that year, stays.
    """
    placed = bool(row.group or row.other_groups or row.year_level)
    if old.left_on is None or row.left_on is not None or not placed:
        return False
    if not old.has_left(on):
        return roster.school_year == year and on < year.first_day and old.left_on < year.first_day
    return roster.made_at is None or roster.made_at.date() > old.left_on


def _placement(row: RosterPupil, before: Placement | None, year: SchoolYear) -> Placement | None:
    if not (row.year_level or row.group or row.other_groups):
        return before
    start = before or Placement(year)
    group = row.group or start.group
    others = set(row.other_groups or start.other_groups) - {group}
    return Placement(
        year, row.year_level or start.year_level, group, tuple(sorted(filter(None, others)))
    )


def _missing(
    present: Present, mentioned: frozenset[str], roster: Roster, year: SchoolYear
) -> list[PupilPlan]:
    """Who is at school but not in a file of the whole school."""
    return [
        _gone(pupil, day)
        for pupil in present.known.pupils.values()
        if pupil.id not in mentioned
        and not pupil.has_left(present.on)
        and not (pupil.came_on and pupil.came_on > present.on)  # comes next year
        and (day := _last_day(pupil, present, roster, year)) != pupil.left_on
    ]


def _last_day(pupil: Pupil, present: Present, roster: Roster, year: SchoolYear) -> date:
    """Of who is in no file: the end of the year before, when the file is of a new one."""
    end = year.previous().last_day
    if present.on <= end:  # next year's file: at school until the summer, unless sooner
        return min(pupil.left_on or end, end)
    day = roster.made_at.date() if roster.made_at else present.on
    day = min(day, date.fromordinal(present.on.toordinal() - 1))  # a leaver from today on
    sat_before = pupil.id in present.earlier and not (pupil.came_on and pupil.came_on > end)
    return min(day, end) if sat_before else day


def _gone(pupil: Pupil, day: date) -> PupilPlan:
    return PupilPlan(
        0,
        None,
        replace(pupil, left_on=day),
        frozenset({Kind.LEFT}),
        changes=(Change("left_on", text_of(pupil.left_on), text_of(day)),),
    )
