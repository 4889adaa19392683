"""Working through what must be taken down: ticking off, and the list on paper.

Withdrawing consent does not make wrong what appeared before (AVG 7(3)), but what is still there and
can be taken away, the school takes away (AVG 17(1)(b)).
"""

from __future__ import annotations

from collections.abc import Collection
from itertools import groupby
from typing import Unpack

from schoolprivacy.consents.printing import (
    SAMPLES,
    Deliver,
    Draft,
    Job,
    Printed,
    PrintRun,
    Whom,
    made,
    names_on_list,
    school_paper,
    sift,
)
from schoolprivacy.consents.publications.papers import (
    TakeDownChannel,
    TakeDownEntry,
    check_entry,
    take_down_list,
)
from schoolprivacy.consents.publications.take_down_records import TABLES, Key, take_down, ticks
from schoolprivacy.consents.publications.tasks import (
    Because,
    Task,
    open_keys,
    open_tasks,
    read_tasks,
    still_there,
    tasks,
)
from schoolprivacy.errors import RefusedError
from schoolprivacy.exchange.values import clean
from schoolprivacy.paper.sender import Made
from schoolprivacy.people import names
from schoolprivacy.people.journal import Journal
from schoolprivacy.people.terms import PlacedPupil
from schoolprivacy.people.undoing import Undo, close_change
from schoolprivacy.school import School, Session

__all__ = [
    "TABLES",
    "Because",
    "Key",
    "Task",
    "open_tasks",
    "print_take_down_list",
    "sample_take_down_list",
    "tasks",
    "tick_off",
    "tick_off_many",
    "untick",
    "untick_many",
]

LONGEST_REMARK = 300


# — ticking off —


def tick_off(school: School, publication_id: str, pupil_id: str, remark: str = "") -> Undo:
    """A child was taken out of a publication, or is not recognisable in it after all.

    :raises RefusedError: there is no such open task, or the remark is too long
    """
    return tick_off_many(school, [(publication_id, pupil_id)], remark)


def tick_off_many(school: School, keys: Collection[Key], remark: str = "") -> Undo:
    """The same for several tasks at once; all of them or none.

    :raises RefusedError: one of them is not an open task, or the remark is too long
    """
    remark = clean(remark)
    if len(remark) > LONGEST_REMARK:
        raise RefusedError("take_down.remark", most=LONGEST_REMARK)
    with school.transaction() as session:
        there, wanted, known = still_there(session), set(keys), ticks(session)
        if not wanted or not wanted <= set(open_keys(session)):
            raise RefusedError("take_down.not_open")
        done = {
            "done_on": session.clock.today().isoformat(),
            "done_by": session.who.id,
            "remark": remark,
        }
        rows = {
            key: {
                "publication_id": key[0],
                "pupil_id": key[1],
                "version": there[key[0]].version,
                **done,
            }
            for key in sorted(wanted)
        }
        journal = Journal(session)
        journal.update(take_down, [row for key, row in rows.items() if key in known])
        journal.insert(take_down, [row for key, row in rows.items() if key not in known])
        return close_change(journal, "take_down.done", _about(wanted), tasks=len(wanted))


def untick(school: School, publication_id: str, pupil_id: str) -> Undo:
    """It was not done after all.

    :raises RefusedError: it was not ticked off
    """
    return untick_many(school, [(publication_id, pupil_id)])


def untick_many(school: School, keys: Collection[Key]) -> Undo:
    """The same for several tasks at once; all of them or none.

    :raises RefusedError: one of them was not ticked off
    """
    with school.transaction() as session:
        wanted = set(keys)
        if not wanted or not wanted <= ticks(session).keys():
            raise RefusedError("take_down.not_done")
        journal, table = Journal(session), take_down.c
        for publication_id, pupil_id in sorted(wanted):
            own = table.publication_id == publication_id
            journal.delete(take_down, own, table.pupil_id == pupil_id)
        return close_change(journal, "take_down.not_done", _about(wanted), tasks=len(wanted))


def _about(keys: Collection[Key]) -> str:
    """The child when it is about one, else nobody."""
    children = {pupil_id for _, pupil_id in keys}
    return next(iter(children)) if len(children) == 1 else ""


# — the list on paper —


def print_take_down_list(school: School, deliver: Deliver, **job: Unpack[Job]) -> PrintRun:
    """Print what must be taken down, per channel: made, audited and delivered together or not.

    Leavers are on it too. Nothing tells why: no answer and no parent stands on it.

    :param job: of which group or children, and what becomes of the paper
    :raises RefusedError: there is nothing to take down
    """
    progress, ids = job.get("progress"), job.get("pupil_ids")
    with school.transaction() as session:
        draft = _draft(_meant(session, job.get("group"), ids))
        session.audit(
            "take_down_list.printed",
            next(iter(ids)) if ids and len(ids) == 1 else job.get("group") or "",
            tasks=len(draft.printed),
            left_out=len(draft.left_out),
            way=job.get("way", "saved"),
        )
        told = (lambda done: progress(done, draft.parts)) if progress else None
        deliver(draft.draw(school_paper(session), made(session), told))
    return PrintRun(tuple(draft.printed), tuple(draft.left_out))


def sample_take_down_list(school: School, **whom: Unpack[Whom]) -> bytes:
    """The first lines of the list, marked as a sample; stores nothing.

    :raises RefusedError: there is nothing to take down
    """
    with school.reading() as session:
        found = _meant(session, whom.get("group"), whom.get("pupil_ids"))
        sample = Made(session.clock.today(), session.who.name, sample=True)
        return _draft(found[:SAMPLES]).draw(school_paper(session), sample, None)


def _meant(session: Session, group: str | None, ids: Collection[str] | None) -> list[Task]:
    """The open tasks, all or of a few children, by channel."""
    found = [
        each
        for each in read_tasks(session)
        if (group is None or each.child.placement.is_in(group))
        and (ids is None or each.child.pupil.id in ids)
    ]
    if not found:
        raise RefusedError("take_down.none")
    return sorted(found, key=_channel_order)


def _channel_order(task: Task) -> tuple[object, ...]:
    channel = task.publication.channel
    return names.natural_sort_key(channel.name), channel.id


def _draft(found: list[Task]) -> Draft:
    called = names_on_list(list({each.child.pupil.id: each.child for each in found}.values()))
    lines = [(each, _entry(each, called[each.child.pupil.id])) for each in found]
    kept, left_out = sift(
        lines,
        lambda line: check_entry(line[0].publication.channel.name, line[1]),
        lambda line: [line[0].child],
    )
    channels = [
        TakeDownChannel(own[0][0].publication.channel.name, tuple(entry for _, entry in own))
        for own in (
            list(group) for _, group in groupby(kept, lambda line: line[0].publication.channel.id)
        )
    ]
    return Draft(
        [_printed(each.child) for each, _ in kept],
        list(dict.fromkeys(left_out)),
        len(channels),
        lambda *how: take_down_list(channels, *how),
    )


def _entry(task: Task, called: str) -> TakeDownEntry:
    shown = task.publication
    group = names.group_label(task.child.placement.group_name)
    return TakeDownEntry(called, group, shown.event, shown.appeared_on, shown.where)


def _printed(child: PlacedPupil) -> Printed:
    return Printed("", child.pupil.id, names.full_name(child.pupil), child.placement.group_name)
