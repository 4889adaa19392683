"""The publication log as it is stored: where and when pictures of whom appeared.

No pictures are kept. Of a publication the groups are known, or the children by name, or both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from schoolprivacy.consents.publications.channel_records import Channel, read_channels
from schoolprivacy.duties import Kept
from schoolprivacy.errors import RefusedError
from schoolprivacy.people.names import full_name, natural_sort_key, plain, surname_sort_key
from schoolprivacy.people.records import (
    current_year,
    day,
    membership,
    placement,
    pupil,
    pupil_of,
    school_group,
)
from schoolprivacy.people.register import kept_in
from schoolprivacy.people.terms import Pupil
from schoolprivacy.school import School, Session
from schoolprivacy.schoolyear import SchoolYear
from schoolprivacy.vault.tables import metadata, staff

publication = sa.Table(
    "publication",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("event", sa.Text, nullable=False),
    sa.Column("appeared_on", sa.Text, nullable=False),
    sa.Column("channel_id", sa.Text, sa.ForeignKey("channel.id"), nullable=False),
    sa.Column("place", sa.Text, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("recorded_at", sa.Text, nullable=False),
    sa.Column("recorded_by", sa.Text, sa.ForeignKey("staff.id"), nullable=False),
    sa.Column("removed_on", sa.Text),
)

publication_group = sa.Table(
    "publication_group",
    metadata,
    sa.Column("publication_id", sa.Text, sa.ForeignKey("publication.id"), primary_key=True),
    sa.Column("group_id", sa.Text, sa.ForeignKey("school_group.id"), primary_key=True),
)

publication_pupil = sa.Table(
    "publication_pupil",
    metadata,
    sa.Column("publication_id", sa.Text, sa.ForeignKey("publication.id"), primary_key=True),
    sa.Column("pupil_id", sa.Text, sa.ForeignKey("pupil.id"), primary_key=True),
)

publication_member = sa.Table(
    "publication_member",
    metadata,
    sa.Column("publication_id", sa.Text, sa.ForeignKey("publication.id"), primary_key=True),
    sa.Column("group_id", sa.Text, sa.ForeignKey("school_group.id"), primary_key=True),
    sa.Column("pupil_id", sa.Text, sa.ForeignKey("pupil.id"), primary_key=True),
)

TABLES: tuple[sa.Table, ...] = (
    publication,
    publication_group,
    publication_pupil,
    publication_member,
)
"""What the log holds on a child; see :func:`about_rows`."""


@dataclass(frozen=True, slots=True)
class Publication:
    """Pictures of one event that appeared in one channel.

    :param place: where in the channel: a page, an album, a number; "" when the channel says it all
    :param groups: names of the whole groups that may be in it
    :param pupils: the children who were named
    :param version: goes up when it turns out to be other material
    :param recorded_by: name of who recorded it
    :param removed_on: the day all of it was taken away; None while it is there
    """

    id: str
    event: str
    appeared_on: date
    channel: Channel
    place: str
    groups: tuple[str, ...]
    pupils: tuple[Pupil, ...]
    version: int
    recorded_at: datetime
    recorded_by: str
    removed_on: date | None

    @property
    def where(self) -> str:
        """The place within the channel, else that of the channel itself."""
        return self.place or self.channel.place

    @property
    def search(self) -> str:
        """What it can be found by, in plain letters."""
        named = (full_name(each) for each in self.pupils)
        on = f"{self.appeared_on:%d-%m-%Y}"
        return plain(
            " ".join((self.event, self.channel.name, self.place, on, *self.groups, *named))
        )


# — reading —


def publications(school: School, pupil_id: str | None = None) -> list[Publication]:
    """What appeared, newest first; of one child where and when pictures of it may be seen.

    :param pupil_id: only what this child was named in, or sat in a group of
    """
    with school.reading() as session:
        return read_publications(session, pupil_id)


def read_publications(session: Session, pupil_id: str | None = None) -> list[Publication]:
    """As :func:`publications`, within an action."""
    query = (
        sa.select(publication, staff.c.name.label("by"))
        .join(staff, staff.c.id == publication.c.recorded_by)
        .order_by(
            publication.c.appeared_on.desc(),
            publication.c.recorded_at.desc(),
            sa.func.lower(publication.c.event),
        )
    )
    if pupil_id is not None:
        query = query.where(publication.c.id.in_(list(shown_in(session, [pupil_id]))))
    of_channel = {each.id: each for each in read_channels(session)}
    groups, pupils = _groups(session), _pupils(session)
    return [
        Publication(
            row.id,
            row.event,
            date.fromisoformat(row.appeared_on),
            of_channel[row.channel_id],
            row.place,
            tuple(sorted(groups[row.id], key=natural_sort_key)),
            tuple(sorted(pupils[row.id], key=surname_sort_key)),
            row.version,
            datetime.fromisoformat(row.recorded_at),
            row.by,
            day(row.removed_on),
        )
        for row in session.execute(query).all()
    ]


def find_publication(session: Session, publication_id: str) -> Publication:
    """One publication.

    :raises RefusedError: there is no such publication
    """
    found = (each for each in read_publications(session) if each.id == publication_id)
    if (one := next(found, None)) is None:
        raise RefusedError("publication.unknown")
    return one


def _groups(session: Session) -> dict[str, list[str]]:
    link = publication_group.c
    query = sa.select(link.publication_id, school_group.c.name).join(
        school_group, school_group.c.id == link.group_id
    )
    found: dict[str, list[str]] = defaultdict(list)
    for row in session.execute(query):
        found[row.publication_id].append(row.name)
    return found


def _pupils(session: Session) -> dict[str, list[Pupil]]:
    link = publication_pupil.c
    query = sa.select(link.publication_id, pupil).join(pupil, pupil.c.id == link.pupil_id)
    found: dict[str, list[Pupil]] = defaultdict(list)
    for row in session.execute(query):
        found[row.publication_id].append(pupil_of(row))
    return found


# — who is in it —


def shown_in(session: Session, pupil_ids: Collection[str] | None = None) -> dict[str, set[str]]:
    """By publication the children who may be in it: named, or in one of its groups then.

    Who sat in a group when the publication was recorded counts, wherever the child went since; so
    does who sits in it by the administration now and was at school then, because a placement is
    often entered late. Better one child too many than one forgotten.

    :param pupil_ids: only these children
    """
    named = sa.select(publication_pupil.c.publication_id, publication_pupil.c.pupil_id)
    member = sa.select(publication_member.c.publication_id, publication_member.c.pupil_id)
    parts = [(named, publication_pupil.c.pupil_id), (member, publication_member.c.pupil_id)]
    for sits in (placement, membership):
        placed = (
            sa.select(publication_group.c.publication_id, sits.c.pupil_id)
            .join(sits, sits.c.group_id == publication_group.c.group_id)
            .join(publication, publication.c.id == publication_group.c.publication_id)
            .join(pupil, pupil.c.id == sits.c.pupil_id)
            .where(at_school(publication.c.appeared_on))
        )
        parts.append((placed, sits.c.pupil_id))
    if pupil_ids is not None:
        parts = [(query.where(column.in_(pupil_ids)), column) for query, column in parts]
    found: dict[str, set[str]] = defaultdict(set)
    for row in session.execute(sa.union(*(query for query, _ in parts))):
        found[row.publication_id].add(row.pupil_id)
    return found


def at_school(on: str | sa.ColumnElement[str]) -> sa.ColumnElement[bool]:
    """Whether a pupil was at school on a day."""
    came, left = pupil.c.came_on, pupil.c.left_on
    return sa.and_(sa.or_(came.is_(None), came <= on), sa.or_(left.is_(None), left >= on))


def year_of(session: Session, on: date) -> SchoolYear | None:
    """The school year whose groups were in use on a day; None when the school knows none of then.

    In August, before the new groups are in, that is last year's.
    """
    year = current_year(session, on)
    return year if year <= SchoolYear.of(on) else None


def groups_on(session: Session, on: date) -> dict[str, str]:
    """The identifiers of the groups of a day, by name."""
    year = year_of(session, on)
    if year is None:
        return {}
    table = school_group.c
    query = sa.select(table.name, table.id).where(table.school_year == year.start)
    found = {row.name: row.id for row in session.execute(query)}
    return {name: found[name] for name in sorted(found, key=natural_sort_key)}


def group_ids(session: Session, groups: Iterable[str], on: date) -> list[str]:
    """The groups of a day that somebody named.

    :raises RefusedError: the school did not have them then
    """
    known = groups_on(session, on)
    wanted = list(dict.fromkeys(groups))
    unknown = [each for each in wanted if each not in known]
    if unknown:
        told = ", ".join(known) or "geen"
        raise RefusedError("publication.groups", groups=", ".join(unknown), known=told)
    return [known[each] for each in wanted]


def sat_in(session: Session, groups: Collection[str], on: date) -> list[tuple[str, str]]:
    """Who sits in some groups and was at school on a day, as (group, pupil) identifiers."""
    parts = [
        sa.select(sits.c.group_id, sits.c.pupil_id)
        .join(pupil, pupil.c.id == sits.c.pupil_id)
        .where(sits.c.group_id.in_(groups), at_school(on.isoformat()))
        for sits in (placement, membership)
    ]
    return [(row.group_id, row.pupil_id) for row in session.execute(sa.union(*parts))]


# — for the access report —


def about_rows(session: Session, pupil_id: str) -> list[Kept]:
    """Everything the log keeps on a child: in which pictures it may be, by which group."""
    own = list(shown_in(session, [pupil_id]))
    groups = [
        sa.select(sits.c.group_id).where(sits.c.pupil_id == pupil_id)
        for sits in (placement, membership, publication_member)
    ]
    link = publication_group.c
    where = {
        publication: publication.c.id.in_(own),
        publication_group: sa.and_(
            link.publication_id.in_(own), link.group_id.in_(sa.union(*groups))
        ),
        publication_pupil: publication_pupil.c.pupil_id == pupil_id,
        publication_member: publication_member.c.pupil_id == pupil_id,
    }
    return [kept for table in TABLES for kept in kept_in(session, table, where[table])]
