"""Writing what a file changes, as rows of many pupils at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import sqlalchemy as sa

from schoolprivacy.people import records
from schoolprivacy.people.difference import PUPIL_FIELDS, Difference, Kind, PupilPlan
from schoolprivacy.people.journal import Journal
from schoolprivacy.people.las import write_weighed
from schoolprivacy.people.terms import new_id
from schoolprivacy.schoolyear import SchoolYear


def write_difference(journal: Journal, difference: Difference, space: str) -> None:
    """Let the school stand as the file says; the caller audits.

    :param space: of the keys in the file
    """
    source, year = difference.roster.source, difference.school_year
    groups = _write_groups(journal, difference)
    new = [plan for plan in difference.pupils if Kind.NEW in plan.kinds]
    journal.insert(records.pupil, (records.pupil_row(plan.pupil) for plan in new))
    changed = (
        plan.pupil
        for plan in difference.pupils
        if any(change.field in PUPIL_FIELDS for change in plan.changes)
    )
    journal.update(records.pupil, map(records.pupil_row, changed))
    _write_placements(journal, difference, groups, year)
    _write_aliases(journal, difference, source, space)
    _write_guardians(journal, difference.pupils, source, space)
    write_weighed(journal, (each.weighed for each in difference.las))


def _write_groups(journal: Journal, difference: Difference) -> dict[str, str]:
    year = difference.school_year
    journal.insert(
        records.school_group,
        (
            {"id": new_id(), "school_year": year.start, "name": name}
            for name in difference.new_groups
        ),
    )
    table = records.school_group.c
    query = sa.select(table.name, table.id).where(table.school_year == year.start)
    return {row.name: row.id for row in journal.session.execute(query)}


def _write_placements(
    journal: Journal, difference: Difference, groups: Mapping[str, str], year: SchoolYear
) -> None:
    plans = [plan for plan in difference.pupils if plan.placement is not None]
    moving = [plan.pupil.id for plan in plans if Kind.NEW not in plan.kinds]
    for table, in_this_year in (
        (records.membership, records.membership.c.group_id.in_(list(groups.values()))),
        (records.placement, records.placement.c.school_year == year.start),
    ):
        journal.delete(table, table.c.pupil_id.in_(moving), in_this_year)
    journal.insert(
        records.placement,
        (
            {
                "pupil_id": plan.pupil.id,
                "school_year": year.start,
                "year_level": plan.placement.year_level,
                "group_id": groups.get(plan.placement.group or ""),
            }
            for plan in plans
            if plan.placement
        ),
    )
    journal.insert(
        records.membership,
        (
            {"pupil_id": plan.pupil.id, "group_id": groups[name]}
            for plan in plans
            if plan.placement
            for name in dict.fromkeys(plan.placement.other_groups)
        ),
    )


def _write_aliases(journal: Journal, difference: Difference, source: str, space: str) -> None:
    """Remember the keys; one that a person gave to another pupil moves along."""
    table = records.pupil_alias
    query = sa.select(table.c.key, table.c.pupil_id)
    known = {
        row.key: row.pupil_id
        for row in journal.session.execute(
            query.where(table.c.source == source, table.c.space == space)
        )
    }
    wanted = [
        {"source": source, "space": space, "key": plan.key, "pupil_id": plan.pupil.id}
        for plan in difference.pupils
        if plan.key and known.get(plan.key) != plan.pupil.id
    ]
    journal.insert(table, (row for row in wanted if row["key"] not in known))
    journal.update(table, (row for row in wanted if row["key"] in known))


def _write_guardians(journal: Journal, plans: Iterable[PupilPlan], source: str, space: str) -> None:
    carers = [(plan.pupil.id, each) for plan in plans for each in plan.guardians]
    final = {each.guardian.id: each.guardian for _, each in carers}
    new_ids = {each.guardian.id for _, each in carers if each.is_new}
    changed_ids = {each.guardian.id for _, each in carers if each.changes} - new_ids
    new, changed = (
        [who for who in final.values() if who.id in ids] for ids in (new_ids, changed_ids)
    )
    phone = records.guardian_phone
    journal.insert(records.guardian, map(records.guardian_row, new))
    journal.update(records.guardian, map(records.guardian_row, changed))
    journal.delete(phone, phone.c.guardian_id.in_(changed_ids))
    journal.insert(phone, (row for who in (*new, *changed) for row in records.phone_rows(who)))
    journal.insert(
        records.guardianship,
        (
            records.guardianship_row(p, each.link) | {"position": each.position}
            for p, each in carers
            if each.is_linked
        ),
    )
    journal.update(
        records.guardianship,
        (
            records.guardianship_row(p, each.link)
            for p, each in carers
            if each.changes and not each.is_linked
        ),
    )
    table = records.guardian_alias
    query = sa.select(table.c.key).where(table.c.source == source, table.c.space == space)
    known = set(journal.session.execute(query).scalars())
    keys: dict[str, str] = {}
    for _, each in carers:
        if each.key and each.key not in known:
            keys.setdefault(each.key, each.guardian.id)
    journal.insert(
        table,
        (
            {"source": source, "space": space, "key": key, "guardian_id": guardian_id}
            for key, guardian_id in keys.items()
        ),
    )
