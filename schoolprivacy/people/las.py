"""What the LAS (leerlingadministratiesysteem) must still hear of what was corrected here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from schoolprivacy.errors import RefusedError
from schoolprivacy.people import records
from schoolprivacy.people.journal import Journal
from schoolprivacy.people.las_rules import (
    FIELDS,
    GUARDIAN_FIELDS,
    PUPIL_FIELDS,
    Correction,
    Person,
    Verdict,
    Weighed,
    text_of,
    unit_of,
)
from schoolprivacy.people.terms import Pupil, new_id
from schoolprivacy.people.undoing import Undo, close_change
from schoolprivacy.school import School, Session
from schoolprivacy.vault.tables import metadata

las_change = sa.Table(
    "las_change",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("pupil_id", sa.Text, sa.ForeignKey("pupil.id")),
    sa.Column("guardian_id", sa.Text, sa.ForeignKey("guardian.id")),
    sa.Column("field", sa.Text, nullable=False),
    sa.Column("before", sa.Text, nullable=False),
    sa.Column("after", sa.Text, nullable=False),
    sa.Column("noted_at", sa.Text, nullable=False),
    sa.Column("noted_by", sa.Text, sa.ForeignKey("staff.id"), nullable=False),
    sa.Column("done_on", sa.Text),
    sa.Column("done_how", sa.Text),
)

_IMPORT, _HAND = "import", "hand"


def corrections(session: Session) -> dict[str, list[Correction]]:
    """What no file confirmed yet, by pupil or guardian; one of each field.

    What somebody ticked off counts until then: a file made before that still has the old value.
    """
    table = las_change.c
    query = sa.select(las_change).where(table.done_how.is_(None) | (table.done_how == _HAND))
    latest: dict[tuple[str, str], sa.Row[Any]] = {}
    for row in session.execute(query.order_by(table.done_on.is_(None), table.noted_at)):
        latest[row.pupil_id or row.guardian_id, row.field] = row
    found: dict[str, list[Correction]] = defaultdict(list)
    for (person, name), row in latest.items():
        ticked = row.done_on is not None
        found[person].append(Correction(row.id, name, row.before, row.after, ticked))
    return dict(found)


# — noting —


def note_changes(journal: Journal, before: Person, after: Person) -> None:
    """Note what somebody corrected by hand of what imports bring; within another action.

    Nothing when the school never imported. What is changed back to what the LAS has is taken off.
    """
    session = journal.session
    if not _imports(session):
        return
    is_pupil = isinstance(after, Pupil)
    person = las_change.c.pupil_id if is_pupil else las_change.c.guardian_id
    waiting = sa.select(las_change).where(person == after.id, las_change.c.done_on.is_(None))
    known = {row.field: row for row in session.execute(waiting)}
    for name in PUPIL_FIELDS if is_pupil else GUARDIAN_FIELDS:
        old, new = (text_of(getattr(each, name)) for each in (before, after))
        if old != new:
            _note(journal, {person.name: after.id, "field": name}, known.get(name), old, new)


def _note(
    journal: Journal, about: Mapping[str, str], known: sa.Row[Any] | None, old: str, new: str
) -> None:
    session, table = journal.session, las_change
    if known is not None and known.before == new:
        journal.delete(table, table.c.id == known.id)
        return
    noted = {
        "after": new,
        "noted_at": session.clock.now().isoformat(),
        "noted_by": session.who.id,
    }
    if known is not None:
        journal.update(table, [{"id": known.id, **noted}])
        return
    row = {"id": new_id(), "pupil_id": None, "guardian_id": None, **about, "before": old, **noted}
    journal.insert(table, [row])


def _imports(session: Session) -> bool:
    run = records.import_run.c
    query = sa.select(run.id).where(run.undone_at.is_(None)).limit(1)
    return session.execute(query).one_or_none() is not None


def write_weighed(journal: Journal, found: Iterable[Weighed]) -> None:
    """Tick off what a file confirms or replaces; put back what was ticked off too soon."""
    today = journal.session.clock.today().isoformat()
    done, again = [], []
    for each in found:
        if each.verdict is Verdict.STILL_OLD:
            again += [correction.id for correction in each.corrections if correction.ticked]
        else:
            done += [correction.id for correction in each.corrections]
    off = {"done_on": today, "done_how": _IMPORT}
    journal.update(las_change, ({"id": each, **off} for each in _with_older(journal, done)))
    journal.update(las_change, ({"id": each, "done_on": None, "done_how": None} for each in again))


def _with_older(journal: Journal, ids: Sequence[str]) -> list[str]:
    """Also what was ticked off by hand of the same field: a file has confirmed it by now."""
    older = las_change.alias()
    same = sa.and_(
        older.c.field == las_change.c.field,
        older.c.pupil_id.is_not_distinct_from(las_change.c.pupil_id),
        older.c.guardian_id.is_not_distinct_from(las_change.c.guardian_id),
        older.c.done_how == _HAND,
    )
    query = sa.select(older.c.id).join(las_change, same).where(las_change.c.id.in_(ids))
    return list(dict.fromkeys([*ids, *journal.session.execute(query).scalars()]))


# — the list —


@dataclass(frozen=True, slots=True)
class Line:
    """Fields of one person that change as one, e.g. an address.

    :param ids: the changes that make it, to tick off together
    :param fields: which they are
    """

    ids: tuple[str, ...]
    fields: tuple[str, ...]
    pupil_id: str | None
    guardian_id: str | None
    noted_on: date
    done_on: date | None
    by_import: bool


def lines(session: Session, *, done: bool = False) -> list[Line]:
    """What must still be entered in the LAS, or what was; the oldest first."""
    table = las_change.c
    query = sa.select(las_change).where(
        table.done_on.is_not(None) if done else table.done_on.is_(None)
    )
    together: dict[tuple[Any, ...], list[sa.Row[Any]]] = defaultdict(list)
    for row in session.execute(query.order_by(table.noted_at, table.id)):
        unit = unit_of(row.field)
        together[row.pupil_id, row.guardian_id, unit, row.done_on, row.done_how].append(row)
    return [
        Line(
            tuple(row.id for row in rows),
            tuple(sorted({row.field for row in rows}, key=FIELDS.index)),
            pupil_id,
            guardian_id,
            date.fromisoformat(rows[0].noted_at[:10]),
            records.day(done_on),
            how == _IMPORT,
        )
        for (pupil_id, guardian_id, _, done_on, how), rows in together.items()
    ]


def tick_off(school: School, ids: Collection[str]) -> Undo:
    """Note that these changes stand in the LAS now; the next import confirms it or puts them back.

    :raises RefusedError: one of them is not on the list (any more)
    """
    wanted = sorted(set(ids))
    table = las_change.c
    with school.transaction() as session:
        journal = Journal(session)
        there = sa.select(table.id).where(table.id.in_(wanted), table.done_on.is_(None))
        if not wanted or set(session.execute(there).scalars()) != set(wanted):
            raise RefusedError("las.unknown")
        off = {"done_on": session.clock.today().isoformat(), "done_how": _HAND}
        journal.update(las_change, ({"id": each, **off} for each in wanted))
        return close_change(journal, "las.ticked_off", "", changes=wanted)
