"""Storing what a file says: the difference first, then one transaction, with an undo."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from schoolprivacy.errors import ImportFileError, RefusedError
from schoolprivacy.exchange.roster import Roster, Severity
from schoolprivacy.people import records
from schoolprivacy.people.difference import (
    PUPIL_FIELDS,
    Difference,
    Kind,
    Present,
    PupilPlan,
    compare,
)
from schoolprivacy.people.journal import Journal, undo
from schoolprivacy.people.matching import Known
from schoolprivacy.people.terms import Guardian, Guardianship, Placement, new_id
from schoolprivacy.school import School, Session
from schoolprivacy.schoolyear import SchoolYear
from schoolprivacy.vault.audit import Anchor

_LEAVERS_AT_LEAST, _LEAVERS_SHARE = 10, 0.20  # from here on a whole-school import is refused


def remembered_columns(school: School, fingerprint: str) -> Mapping[str, str]:
    """How the columns of a spreadsheet with this header were placed the last time."""
    query = sa.select(records.import_columns.c.columns).where(
        records.import_columns.c.fingerprint == fingerprint
    )
    with school.reading() as session:
        stored = session.execute(query).scalar_one_or_none()
    return json.loads(stored) if stored else {}


def preview(
    school: School, rosters: Sequence[Roster], *, whole_school: bool = False
) -> list[Difference]:
    """What storing these files, one after the other, would change; nothing is stored.

    :param whole_school: who is in none of the files has left
    :raises ImportFileError: a file may not be stored in this school at all
    :raises RefusedError: suspiciously many pupils would leave
    """
    with _rehearsal(school) as session:
        return _store_all(session, rosters, whole_school=whole_school, answers={})


def apply(
    school: School,
    rosters: Sequence[Roster],
    *,
    whole_school: bool = False,
    answers: Mapping[int, str] | None = None,
) -> list[Difference]:
    """Store these files in one transaction, after a backup.

    Questions are left out of it and come back in the differences.

    :param whole_school: who is in none of the files has left
    :param answers: a person's answers to the questions of the only file, by line
    :raises ImportFileError: a column is not placed, or a file may not be stored
    :raises RefusedError: suspiciously many pupils would leave
    """
    for roster in rosters:
        if roster.unplaced:
            raise ImportFileError("import.unplaced", columns=", ".join(roster.unplaced))
        if any(each.severity is Severity.ERROR for each in roster.problems):
            raise ImportFileError("import.errors")
    school.back_up_before("import")
    with school.transaction() as session:
        return _store_all(session, rosters, whole_school=whole_school, answers=answers or {})


class _Rehearsed(Exception):
    """Ends a rehearsal; everything done in it is rolled back."""


@contextmanager
def _rehearsal(school: School) -> Any:
    try:
        with school.transaction() as session:
            yield session
            raise _Rehearsed
    except _Rehearsed:
        pass


def _store_all(
    session: Session,
    rosters: Sequence[Roster],
    *,
    whole_school: bool,
    answers: Mapping[int, str],
) -> list[Difference]:
    if whole_school:
        _check_years(rosters, SchoolYear.of(session.clock.today()))
    journal = Journal(session)
    differences: list[Difference] = []
    for place, roster in enumerate(rosters, 1):
        mentioned = frozenset(each for before in differences for each in before.mentioned)
        complete = whole_school and place == len(rosters)
        differences.append(_store(journal, roster, mentioned if complete else None, answers))
    return differences


def _store(
    journal: Journal,
    roster: Roster,
    in_other_files: frozenset[str] | None,
    answers: Mapping[int, str],
) -> Difference:
    session = journal.session
    today = session.clock.today()
    own = session.execute(sa.select(records.profile)).one()
    _check_school(roster, own.brin)
    space = f"{roster.brin or own.brin}{roster.location}"
    _check_age(session, roster, space)
    year = roster.school_year or records.current_year(session, today)
    present = _present(session, roster.source, space, year)
    difference = compare(
        roster, present, year, space=space, in_other_files=in_other_files, answers=answers
    )
    at_school = sum(not each.has_left(today) for each in present.known.pupils.values())
    _check_leavers(difference, at_school)
    _write(journal, difference, space)
    if roster.header_fingerprint:
        _remember_columns(journal, roster)
    if journal.steps or roster.made_at:
        _register(journal, difference, space)
    else:
        session.audit("import.nothing_new", source=roster.source)
    return difference


# — may it be stored —


def _check_school(roster: Roster, brin: str) -> None:
    if roster.brin and roster.brin.upper() != brin.upper():
        raise ImportFileError("import.other_school", theirs=roster.brin, ours=brin)


def _check_years(rosters: Iterable[Roster], now: SchoolYear) -> None:
    """Who is not in last year's file, or in next year's, may well be at school today."""
    for each in rosters:
        if each.school_year and each.school_year != now:
            raise ImportFileError("import.other_year", theirs=each.school_year, ours=now)


def _check_age(session: Session, roster: Roster, space: str) -> None:
    """An older export than the last one would bring old addresses and groups back."""
    if roster.made_at is None:
        return
    run = records.import_run.c
    query = sa.select(sa.func.max(run.made_at)).where(
        run.source == roster.source, run.space == space, run.undone_at.is_(None)
    )
    last = session.execute(query).scalar_one_or_none()
    if last and roster.made_at.isoformat() < last:
        raise ImportFileError(
            "import.older",
            made=f"{roster.made_at:%d-%m-%Y %H:%M}",
            last=f"{datetime.fromisoformat(last):%d-%m-%Y %H:%M}",
        )


def _check_leavers(difference: Difference, pupils: int) -> None:
    leaving = sum(1 for each in difference.pupils if each.line == 0)
    if leaving and leaving >= max(_LEAVERS_AT_LEAST, _LEAVERS_SHARE * pupils):
        raise RefusedError("import.many_leavers", leaving=leaving, pupils=pupils)


# — what is there —


def _present(session: Session, source: str, space: str, year: SchoolYear) -> Present:
    pupils = {row.id: records.pupil_of(row) for row in session.execute(sa.select(records.pupil))}
    aliases = {
        (row.source, row.space, row.key): row.pupil_id
        for row in session.execute(sa.select(records.pupil_alias))
    }
    keys = records.guardian_alias.c
    own_keys = sa.select(records.guardian_alias).where(keys.source == source, keys.space == space)
    everyone = records.placed_pupils(session, year)
    return Present(
        Known(pupils, aliases),
        {p.pupil.id: p.placement for p in everyone if p.placement != Placement(year)},
        frozenset(records.group_names(session, year)),
        records.guardianships(session),
        records.guardians(session),
        {row.key: row.guardian_id for row in session.execute(own_keys)},
        session.clock.today(),
    )


# — writing it down —


def _write(journal: Journal, difference: Difference, space: str) -> None:
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
    journal.insert(phone, _phone_rows([*new, *changed]))
    journal.insert(
        records.guardianship,
        (_link_row(p, each.link, position=each.position) for p, each in carers if each.is_linked),
    )
    journal.update(
        records.guardianship,
        (_link_row(p, each.link) for p, each in carers if each.changes and not each.is_linked),
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


def _phone_rows(guardians: Iterable[Guardian]) -> Iterable[dict[str, Any]]:
    return (
        {"guardian_id": each.id, "position": place, "number": number}
        for each in guardians
        for place, number in enumerate(each.phones)
    )


def _link_row(pupil_id: str, link: Guardianship, **more: int) -> dict[str, Any]:
    return {
        "pupil_id": pupil_id,
        "guardian_id": link.guardian.id,
        "relation": link.relation,
        "authority": link.authority.value,
        "authority_source": link.authority_source.value,
        **more,
    }


def _remember_columns(journal: Journal, roster: Roster) -> None:
    table = records.import_columns
    row = {"fingerprint": roster.header_fingerprint, "columns": json.dumps(roster.columns)}
    query = sa.select(table.c.columns).where(table.c.fingerprint == row["fingerprint"])
    known = journal.session.execute(query).scalar_one_or_none()
    if known is None:
        journal.insert(table, [row])
    elif known != row["columns"]:
        journal.update(table, [row])


def _register(journal: Journal, difference: Difference, space: str) -> None:
    """Note the import with what is needed to undo it, which is needed of the last one only."""
    session, roster, run = journal.session, difference.roster, records.import_run
    counts = {kind.value: len(difference.of_kind(kind)) for kind in Kind}
    run_id = new_id()
    line: Anchor = session.audit(
        "import.stored",
        run_id,
        source=roster.source,
        school_year=str(difference.school_year),
        questions=len(difference.questions),
        **counts,
    )
    row = {
        "id": run_id,
        "at": session.clock.now().isoformat(),
        "source": roster.source,
        "space": space,
        "made_at": roster.made_at.isoformat() if roster.made_at else None,
        "school_year": difference.school_year.start,
        "changes": json.dumps(journal.steps),
        "audit_seq": line.seq,
    }
    session.execute(sa.update(run).where(run.c.changes != "[]").values(changes="[]"))
    journal.insert(run, [row])  # files of one import are undone together


# — undo —


def undo_last(school: School) -> None:
    """Take the last import back, as long as nothing else was changed since.

    :raises RefusedError: there is no import to undo, or something was changed after it
    """
    run = records.import_run
    with school.transaction() as session:
        query = sa.select(run).where(run.c.undone_at.is_(None)).order_by(run.c.audit_seq.desc())
        last = session.execute(query.limit(1)).one_or_none()
        if last is None or session.anchor().seq != last.audit_seq:
            raise RefusedError("import.no_undo")
        for step in reversed(json.loads(last.changes)):
            undo(session, step)
        session.execute(
            sa.update(run)
            .where(run.c.id == last.id)
            .values(undone_at=session.clock.now().isoformat(), changes="[]")
        )
        session.audit("import.undone", last.id)
