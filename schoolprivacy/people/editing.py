"""Adding and changing pupils by hand; each action gives what takes it back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from datetime import date

import sqlalchemy as sa

from schoolprivacy.people import records
from schoolprivacy.people.carers import SharedGuardian, add_carer, share_guardian
from schoolprivacy.people.entries import (
    FieldProblem,
    GuardianEntry,
    PupilEntry,
    check_pupil,
    normal_pupil,
    refuse_problems,
)
from schoolprivacy.people.journal import Journal
from schoolprivacy.people.las import note_changes
from schoolprivacy.people.names import full_name, plain
from schoolprivacy.people.terms import PlacedPupil, Pupil, new_id
from schoolprivacy.people.undoing import Undo, close_change
from schoolprivacy.school import School, Session
from schoolprivacy.schoolyear import SchoolYear

_PUPIL_FIELDS = tuple(each.name for each in fields(Pupil) if each.name != "id")


def pupil_entry(child: PlacedPupil) -> PupilEntry:
    """A pupil as there is, to change."""
    values = {name: getattr(child.pupil, name) for name in _PUPIL_FIELDS}
    placement = child.placement
    return PupilEntry(**values, year_level=placement.year_level, group=placement.group or "")


def similar_pupils(school: School, entry: PupilEntry) -> list[PlacedPupil]:
    """Pupils and leavers with this name and birth date: perhaps the child is there already.

    A birth date that is not known, here or there, tells no difference.
    """
    called = _as_named(normal_pupil(entry))
    with school.reading() as session:
        everyone = records.placed_pupils(
            session, records.current_year(session, session.clock.today())
        )
    return [
        each
        for each in everyone
        if (not entry.born_on or each.pupil.born_on in (None, entry.born_on))
        and _as_named(each.pupil) == called
    ]


def _as_named(who: Pupil | PupilEntry) -> str:
    return plain(full_name(who))


def add_pupil(
    school: School,
    entry: PupilEntry,
    guardians: Sequence[GuardianEntry] = (),
    shared: Sequence[SharedGuardian] = (),
) -> Undo:
    """Add a pupil with guardians; ``Undo.about`` is the identifier of the new pupil.

    :param guardians: people the school does not know yet
    :param shared: guardians of another child, a brother or sister mostly
    :raises RefusedError: something in an entry cannot be stored
    """
    with school.transaction() as session:
        journal = Journal(session)
        entry = _checked(session, entry)
        pupil = _pupil(new_id(), entry)
        journal.insert(records.pupil, [records.pupil_row(pupil)])
        _place(journal, pupil.id, entry)
        for known in shared:
            share_guardian(journal, pupil.id, known)
        for new in guardians:
            add_carer(journal, pupil.id, new)
        return close_change(
            journal, "pupil.added", pupil.id, guardians=len(guardians) + len(shared)
        )


def change_pupil(school: School, pupil_id: str, entry: PupilEntry) -> Undo:
    """Let a pupil stand as typed; composed groups and earlier school years stay as they are.

    :raises RefusedError: something in the entry cannot be stored
    """
    with school.transaction() as session:
        journal = Journal(session)
        entry = _checked(session, entry)
        before = records.find_pupil(session, pupil_id)
        after = _pupil(pupil_id, entry)
        journal.update(records.pupil, [records.pupil_row(after)])
        note_changes(journal, before, after)
        changed = [n for n in _PUPIL_FIELDS if getattr(before, n) != getattr(after, n)]
        if _place(journal, pupil_id, entry):
            changed.append("placement")
        return close_change(journal, "pupil.changed", pupil_id, fields=changed)


def mark_left(school: School, pupil_ids: Iterable[str], on: date) -> Undo:
    """Note the leaving date of pupils: their last day at school.

    :raises RefusedError: one of them came later than that
    """
    wanted = set(pupil_ids)
    with school.transaction() as session:
        journal = Journal(session)
        leaving = [records.find_pupil(session, each) for each in sorted(wanted)]
        if any(each.came_on and each.came_on > on for each in leaving):
            refuse_problems([FieldProblem("left_on", "left_before_came")])
        journal.update(
            records.pupil, (records.pupil_row(replace(each, left_on=on)) for each in leaving)
        )
        about = leaving[0].id if len(leaving) == 1 else ""
        return close_change(journal, "pupil.left", about, pupils=sorted(wanted))


def _checked(session: Session, entry: PupilEntry) -> PupilEntry:
    refuse_problems(check_pupil(entry, session.clock.today()))
    return normal_pupil(entry)


def _pupil(pupil_id: str, entry: PupilEntry) -> Pupil:
    return Pupil(pupil_id, **{name: getattr(entry, name) for name in _PUPIL_FIELDS})


# — where the pupil sits —


def _place(journal: Journal, pupil_id: str, entry: PupilEntry) -> bool:
    """Place a pupil in the working year; whether that changed anything."""
    session, table = journal.session, records.placement
    year = records.current_year(session, session.clock.today())
    row = {
        "pupil_id": pupil_id,
        "school_year": year.start,
        "year_level": entry.year_level,
        "group_id": _group(journal, year, entry.group) if entry.group else None,
    }
    own = sa.and_(table.c.pupil_id == pupil_id, table.c.school_year == year.start)
    before = session.execute(sa.select(table).where(own)).mappings().one_or_none()
    if before is None and not entry.year_level and not entry.group:
        return False
    if before is not None and dict(before) == row:
        return False
    if before is None:
        journal.insert(table, [row])
    else:
        journal.update(table, [row])
    if row["group_id"]:  # somebody's own group is not beside itself
        member = records.membership.c
        journal.delete(
            records.membership, member.pupil_id == pupil_id, member.group_id == row["group_id"]
        )
    return True


def _group(journal: Journal, year: SchoolYear, name: str) -> str:
    """The group of this name, also when it is spelled otherwise; made when there is none."""
    table = records.school_group
    query = sa.select(table.c.name, table.c.id).where(table.c.school_year == year.start)
    groups = {row.name: row.id for row in journal.session.execute(query)}
    alike = (found for each, found in groups.items() if plain(each) == plain(name))
    found: str | None = groups.get(name) or next(alike, None)
    if found is None:
        found = new_id()
        journal.insert(table, [{"id": found, "school_year": year.start, "name": name}])
    return found
