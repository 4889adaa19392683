"""Storing what a file says: the difference first, then one transaction, with an undo."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

import sqlalchemy as sa

from schoolprivacy.errors import ImportFileError, RefusedError
from schoolprivacy.exchange.roster import Roster, Severity
from schoolprivacy.people import las, records
from schoolprivacy.people.comparing import compare
from schoolprivacy.people.difference import Difference, Kind, Present
from schoolprivacy.people.import_rows import write_difference
from schoolprivacy.people.journal import Journal, take_back
from schoolprivacy.people.las_rules import as_in_las
from schoolprivacy.people.matching import Known
from schoolprivacy.people.terms import Placement, new_id
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


Progress = Callable[[int, int], None]
"""Told how many steps of how many are done; what it raises ends the import, nothing is stored."""

_STEPS = 2  # of each file: hold it against the school, write it down


def preview(
    school: School,
    rosters: Sequence[Roster],
    *,
    whole_school: bool = False,
    leavers_confirmed: bool = False,
    answers: Sequence[Mapping[int, str]] = (),
    progress: Progress | None = None,
) -> list[Difference]:
    """What ``apply`` with the same arguments would change; nothing is stored.

    :raises ImportFileError: a file may not be stored in this school at all
    :raises RefusedError: suspiciously many pupils would leave
    """
    with _rehearsal(school) as session:
        return _store_all(
            session, rosters, _Choices(whole_school, leavers_confirmed, answers), progress
        )


def apply(
    school: School,
    rosters: Sequence[Roster],
    *,
    whole_school: bool = False,
    leavers_confirmed: bool = False,
    answers: Sequence[Mapping[int, str]] = (),
    progress: Progress | None = None,
) -> list[Difference]:
    """Store these files in one transaction, after a backup.

    Questions without an answer are left out of it and come back in the differences.

    :param whole_school: who is in none of the files has left
    :param leavers_confirmed: a person saw how many would leave, and that is right
    :param answers: for each file a person's answers to its questions, by line: a pupil's
        identifier or ``difference.NEW``
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
        return _store_all(
            session, rosters, _Choices(whole_school, leavers_confirmed, answers), progress
        )


@dataclass(frozen=True, slots=True)
class _Choices:
    """What a person said about an import."""

    whole_school: bool
    leavers_confirmed: bool
    answers: Sequence[Mapping[int, str]]

    def answers_to(self, place: int) -> Mapping[int, str]:
        return self.answers[place] if place < len(self.answers) else {}


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
    session: Session, rosters: Sequence[Roster], choices: _Choices, progress: Progress | None
) -> list[Difference]:
    if choices.whole_school:
        _check_years(rosters, SchoolYear.of(session.clock.today()))
    journal = Journal(session)
    differences: list[Difference] = []
    for place, roster in enumerate(rosters):
        mentioned = frozenset(each for before in differences for each in before.mentioned)
        complete = choices.whole_school and place == len(rosters) - 1
        tell = partial(_tell, progress, place * _STEPS, len(rosters) * _STEPS)
        tell(0)
        space, difference = _held_against(
            session, roster, mentioned if complete else None, choices, choices.answers_to(place)
        )
        differences.append(difference)
        tell(1)
        write_difference(journal, difference, space)
        if roster.header_fingerprint:
            remember_columns(journal, roster.header_fingerprint, roster.columns)
        if journal.steps or roster.made_at:
            _register(journal, differences, space)
        else:
            session.audit("import.nothing_new", source=roster.source)
        tell(2)
    return differences


def _tell(progress: Progress | None, before: int, total: int, done: int) -> None:
    if progress:
        progress(before + done, total)


def _held_against(
    session: Session,
    roster: Roster,
    in_other_files: frozenset[str] | None,
    choices: _Choices,
    answers: Mapping[int, str],
) -> tuple[str, Difference]:
    """The space of the file's keys, and what the file changes."""
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
    if not choices.leavers_confirmed:
        at_school = sum(not each.has_left(today) for each in present.known.pupils.values())
        _check_leavers(difference, at_school)
    return space, difference


# — may it be stored —


def _check_school(roster: Roster, brin: str) -> None:
    if roster.brin and roster.brin.upper() != brin.upper():
        raise ImportFileError("import.other_school", theirs=roster.brin, ours=brin)


def _check_years(rosters: Sequence[Roster], now: SchoolYear) -> None:
    """Who is not in last year's file may well be at school today, and so may who is in one of
    this year's and next year's files only. Who is not in next year's files leaves in summer.
    """
    for each in rosters:
        if each.school_year and each.school_year != now and not _all_of(rosters, now.next()):
            raise ImportFileError("import.other_year", theirs=each.school_year, ours=now)


def _all_of(rosters: Iterable[Roster], year: SchoolYear) -> bool:
    return all(each.school_year == year for each in rosters)


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
    corrections = las.corrections(session)
    in_las = {
        each: as_in_las(pupils[each], noted)
        for each, noted in corrections.items()
        if each in pupils
    }
    today = session.clock.today()
    in_use = records.current_year(session, today)
    return Present(
        Known(pupils, aliases, in_las),
        _placements(session, year),
        frozenset(records.group_names(session, year)),
        records.guardianships(session),
        records.guardians(session),
        {row.key: row.guardian_id for row in session.execute(own_keys)},
        today,
        _placements(session, in_use) if in_use < year else {},
        corrections,
    )


def _placements(session: Session, year: SchoolYear) -> dict[str, Placement]:
    everyone = records.placed_pupils(session, year)
    return {p.pupil.id: p.placement for p in everyone if p.placement != Placement(year)}


# — what is noted of it —


def remember_columns(journal: Journal, fingerprint: str, columns: Mapping[str, str]) -> None:
    """Place the columns of a spreadsheet with this header like this the next time."""
    table = records.import_columns
    row = {"fingerprint": fingerprint, "columns": json.dumps(columns)}
    query = sa.select(table.c.columns).where(table.c.fingerprint == row["fingerprint"])
    known = journal.session.execute(query).scalar_one_or_none()
    if known is None:
        journal.insert(table, [row])
    elif known != row["columns"]:
        journal.update(table, [row])


def _register(journal: Journal, differences: Sequence[Difference], space: str) -> None:
    """Note the import with what is needed to undo it, which is needed of the last one only.

    :param differences: of the files of this import so far: they are undone together
    """
    session, run = journal.session, records.import_run
    difference = differences[-1]
    roster = difference.roster
    run_id = new_id()
    line: Anchor = session.audit(
        "import.stored",
        run_id,
        source=roster.source,
        school_year=str(difference.school_year),
        questions=len(difference.questions),
        **_counts([difference]),
    )
    row = {
        "id": run_id,
        "at": session.clock.now().isoformat(),
        "source": roster.source,
        "space": space,
        "made_at": roster.made_at.isoformat() if roster.made_at else None,
        "school_year": difference.school_year.start,
        "counts": json.dumps(_counts(differences)),
        "changes": json.dumps(journal.steps),
        "audit_seq": line.seq,
    }
    session.execute(sa.update(run).where(run.c.changes != "[]").values(changes="[]"))
    journal.insert(run, [row])  # files of one import are undone together


def _counts(differences: Sequence[Difference]) -> dict[str, int]:
    return {kind.value: sum(len(each.of_kind(kind)) for each in differences) for kind in Kind}


# — undo —


@dataclass(frozen=True, slots=True)
class LastImport:
    """The import that counts as the last: the latest that was not taken back.

    :param source: ``edexml`` or ``spreadsheet``, of its last file
    :param counts: pupils by what happened to them, over all its files
    """

    at: datetime
    source: str
    counts: Mapping[Kind, int]


def last_import(school: School) -> LastImport | None:
    """The last import, whether or not it can still be undone; None before the first."""
    with school.reading() as session:
        return _told(_last_run(session))


def can_undo(school: School) -> LastImport | None:
    """The last import, when ``undo_last`` would take it back; else None."""
    with school.reading() as session:
        return _told(_undoable(session))


def _told(run: sa.Row[Any] | None) -> LastImport | None:
    if run is None:
        return None
    counts = {Kind(kind): count for kind, count in json.loads(run.counts).items()}
    return LastImport(datetime.fromisoformat(run.at), run.source, counts)


def undo_last(school: School) -> None:
    """Take the last import back, as long as nothing else was changed since.

    :raises RefusedError: there is no import to undo, or something was changed after it
    """
    run = records.import_run
    with school.transaction() as session:
        last = _undoable(session)
        if last is None:
            raise RefusedError("import.no_undo")
        for step in reversed(json.loads(last.changes)):
            take_back(session, step)
        session.execute(
            sa.update(run)
            .where(run.c.id == last.id)
            .values(undone_at=session.clock.now().isoformat(), changes="[]")
        )
        session.audit("import.undone", last.id)


def _last_run(session: Session) -> sa.Row[Any] | None:
    run = records.import_run
    query = sa.select(run).where(run.c.undone_at.is_(None)).order_by(run.c.audit_seq.desc())
    return session.execute(query.limit(1)).one_or_none()


def _undoable(session: Session) -> sa.Row[Any] | None:
    last = _last_run(session)
    return last if last is not None and last.audit_seq == session.anchor().seq else None
