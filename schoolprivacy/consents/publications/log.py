"""Recording that pictures of an event appeared in a channel, and correcting what was recorded."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from schoolprivacy.consents.papers import check_names
from schoolprivacy.consents.publications.channel_records import find_channel
from schoolprivacy.consents.publications.may_not import MayNot, who_may_not
from schoolprivacy.consents.publications.records import (
    TABLES,
    Publication,
    about_rows,
    find_publication,
    group_ids,
    groups_on,
    publication,
    publication_group,
    publication_member,
    publication_pupil,
    publications,
    sat_in,
)
from schoolprivacy.consents.publications.take_down_records import was_ticked
from schoolprivacy.errors import RefusedError
from schoolprivacy.exchange.values import clean
from schoolprivacy.people.journal import Journal
from schoolprivacy.people.records import find_pupil
from schoolprivacy.people.terms import new_id
from schoolprivacy.people.undoing import Undo, close_change
from schoolprivacy.school import School, Session

__all__ = [
    "TABLES",
    "MayNot",
    "NewPublication",
    "Publication",
    "about_rows",
    "change_publication",
    "delete_publication",
    "groups_of_day",
    "mark_back",
    "mark_removed",
    "publications",
    "record_publication",
    "who_may_not",
]

LONGEST_EVENT = 80
LONGEST_PLACE = 200


@dataclass(frozen=True, slots=True)
class NewPublication:
    """Pictures that appeared, as somebody enters it.

    :param event: what they are of: "Sinterklaas", "Schoolreis groep 5"
    :param place: where in the channel: a page, an album, a number
    :param groups: names of the groups that may be in it, of the school year of that day
    :param pupil_ids: children who are in it, of any group; leavers too
    """

    event: str
    appeared_on: date
    channel_id: str
    place: str = ""
    groups: tuple[str, ...] = ()
    pupil_ids: tuple[str, ...] = ()


def groups_of_day(school: School, on: date) -> list[str]:
    """The groups to choose from for what appeared on a day; empty when the school knows none."""
    with school.reading() as session:
        return list(groups_on(session, on))


# — recording —


def record_publication(school: School, new: NewPublication) -> Undo:
    """Record that pictures appeared; gives what takes it back, ``about`` is its identifier.

    :raises RefusedError: the day has yet to come, nobody is in it, a group or child or the channel
        is not known, the channel was not open then, or a text is missing or too long
    :raises KnownError: a text cannot be printed
    """
    with school.transaction() as session:
        groups, row = _checked(session, new, None)
        journal, identifier = Journal(session), new_id()
        journal.insert(
            publication,
            [
                {
                    "id": identifier,
                    **row,
                    "version": 1,
                    "recorded_at": session.clock.now().isoformat(),
                    "recorded_by": session.who.id,
                }
            ],
        )
        _link(journal, identifier, new, groups)
        return close_change(
            journal, "publication.recorded", identifier, channel=new.channel_id, **_counts(new)
        )


def change_publication(school: School, publication_id: str, new: NewPublication) -> Undo:
    """Correct what was recorded.

    When it turns out to be other material or to stand elsewhere, what was ticked off of it must be
    done again.

    :raises RefusedError: as ``record_publication``, there is no such publication, or all of it was
        taken away
    """
    with school.transaction() as session:
        before = find_publication(session, publication_id)
        if before.removed_on:
            raise RefusedError("publication.removed")
        groups, row = _checked(session, new, before)
        was = (before.event, before.appeared_on.isoformat(), before.channel.id, before.place)
        is_other = was != (row["event"], row["appeared_on"], row["channel_id"], row["place"])
        journal = Journal(session)
        row |= {"id": publication_id, "version": before.version + is_other}
        journal.update(publication, [row])
        _unlink(journal, publication_id, new, groups)
        _link(journal, publication_id, new, groups)
        return close_change(
            journal, "publication.changed", publication_id, channel=new.channel_id, **_counts(new)
        )


def delete_publication(school: School, publication_id: str) -> Undo:
    """Take out of the log what was entered wrongly, as long as nothing of it was ticked off.

    :raises RefusedError: something was ticked off, or there is no such publication
    """
    with school.transaction() as session:
        find_publication(session, publication_id)
        if was_ticked(session, publication_id):
            raise RefusedError("publication.ticked")
        journal = Journal(session)
        for table in (publication_member, publication_pupil, publication_group):
            journal.delete(table, table.c.publication_id == publication_id)
        journal.delete(publication, publication.c.id == publication_id)
        return close_change(journal, "publication.deleted", publication_id)


def mark_removed(school: School, publication_id: str, on: date) -> Undo:
    """All of it was taken away; nobody has to be taken out of it any more.

    :raises RefusedError: the day has yet to come or lies before it appeared, it was taken away
        before, or there is no such publication
    """
    with school.transaction() as session:
        found = find_publication(session, publication_id)
        if found.removed_on:
            raise RefusedError("publication.removed")
        _check_day(session, on)
        if on < found.appeared_on:
            raise RefusedError("publication.before", day=f"{found.appeared_on:%d-%m-%Y}")
        return _set_removed(session, publication_id, on.isoformat(), "publication.removed")


def mark_back(school: School, publication_id: str) -> Undo:
    """It is there after all; what was ticked off of it stays so.

    :raises RefusedError: it was not taken away, or there is no such publication
    """
    with school.transaction() as session:
        if find_publication(session, publication_id).removed_on is None:
            raise RefusedError("publication.not_removed")
        return _set_removed(session, publication_id, None, "publication.back")


def _set_removed(session: Session, publication_id: str, on: str | None, action: str) -> Undo:
    journal = Journal(session)
    journal.update(publication, [{"id": publication_id, "removed_on": on}])
    return close_change(journal, action, publication_id)


def _checked(
    session: Session, new: NewPublication, before: Publication | None
) -> tuple[list[str], dict[str, Any]]:
    """The identifiers of the groups, and what was entered as a table row."""
    event, place = clean(new.event), clean(new.place)
    if not event or len(event) > LONGEST_EVENT:
        raise RefusedError("publication.event", most=LONGEST_EVENT)
    if len(place) > LONGEST_PLACE:
        raise RefusedError("publication.place", most=LONGEST_PLACE)
    check_names(event, place)
    _check_day(session, new.appeared_on)
    if not (new.groups or new.pupil_ids):
        raise RefusedError("publication.nobody")
    channel = find_channel(session, new.channel_id)
    stays = before and (before.channel.id, before.appeared_on) == (channel.id, new.appeared_on)
    if not stays and not channel.was_open(new.appeared_on):
        day = f"{new.appeared_on:%d-%m-%Y}"
        raise RefusedError("publication.channel_not_open", channel=channel.name, day=day)
    for each in new.pupil_ids:
        find_pupil(session, each)
    row = {"event": event, "place": place, "channel_id": channel.id}
    row["appeared_on"] = new.appeared_on.isoformat()
    return group_ids(session, new.groups, new.appeared_on), row


def _check_day(session: Session, on: date) -> None:
    if on > session.clock.today():
        raise RefusedError("publication.future", day=f"{on:%d-%m-%Y}")


def _counts(new: NewPublication) -> dict[str, int]:
    return {"groups": len(set(new.groups)), "pupils": len(set(new.pupil_ids))}


def _unlink(
    journal: Journal, publication_id: str, new: NewPublication, groups: Collection[str]
) -> None:
    """Forget the groups and children that are not in it; who sat in a group that stays, stays."""
    for table in (publication_member, publication_group):
        own = table.c.publication_id == publication_id
        journal.delete(table, own, table.c.group_id.not_in(groups))
    link = publication_pupil.c
    own = link.publication_id == publication_id
    journal.delete(publication_pupil, own, link.pupil_id.not_in(new.pupil_ids))


def _link(
    journal: Journal, publication_id: str, new: NewPublication, groups: Collection[str]
) -> None:
    """Add the groups and children that were not in it, with who sits in those groups now."""
    session, own = journal.session, {"publication_id": publication_id}
    held = publication_group.c
    there = set(_column(session, held.group_id, held.publication_id == publication_id))
    added = [each for each in groups if each not in there]
    journal.insert(publication_group, [own | {"group_id": each} for each in added])
    sat = sat_in(session, added, new.appeared_on)
    journal.insert(
        publication_member, [own | {"group_id": group, "pupil_id": each} for group, each in sat]
    )
    named = publication_pupil.c
    known = set(_column(session, named.pupil_id, named.publication_id == publication_id))
    more = [each for each in dict.fromkeys(new.pupil_ids) if each not in known]
    journal.insert(publication_pupil, [own | {"pupil_id": each} for each in more])


def _column(
    session: Session, column: sa.Column[Any], where: sa.ColumnElement[bool]
) -> Sequence[Any]:
    return session.execute(sa.select(column).where(where)).scalars().all()
