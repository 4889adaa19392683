"""The channels of the school as they are stored: accounts and media in which pictures appear."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from schoolprivacy import law
from schoolprivacy.consents import records
from schoolprivacy.errors import RefusedError
from schoolprivacy.people.names import natural_sort_key
from schoolprivacy.people.records import day, iso
from schoolprivacy.school import School, Session
from schoolprivacy.vault.tables import metadata

channel = sa.Table(
    "channel",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("medium", sa.Text, nullable=False),
    sa.Column("place", sa.Text, nullable=False),
    sa.Column("owner", sa.Text, nullable=False),
    sa.Column("group_name", sa.Text, nullable=False),
    sa.Column("is_public", sa.Boolean, nullable=False),
    sa.Column("since", sa.Text),
    sa.Column("reviewed_on", sa.Text),
    sa.Column("closed_on", sa.Text),
)

channel_purpose = sa.Table(
    "channel_purpose",
    metadata,
    sa.Column("channel_id", sa.Text, sa.ForeignKey("channel.id"), primary_key=True),
    sa.Column("purpose", sa.Text, sa.ForeignKey("purpose.code"), primary_key=True),
)


class ChannelKind(StrEnum):
    """What a channel is; a social medium has a purpose of its own."""

    WEBSITE = "website"
    APP = "app"
    SOCIAL = "social"
    NEWSLETTER = "newsletter"
    PRINT = "print"
    PRESS = "press"
    FILM = "film"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class ChannelEntry:
    """A channel as somebody enters it.

    :param place: the address on the internet, or where it hangs or lies
    :param owner: who looks after it
    :param group_name: of an account of one group; "" when it is of the whole school
    :param is_public: everybody can see it, not only parents
    :param medium: of a social medium: which one; several accounts of one share its purpose
    :param purposes: codes of the purposes that were asked for it
    """

    name: str
    kind: ChannelKind
    place: str = ""
    owner: str = ""
    group_name: str = ""
    is_public: bool = True
    medium: str = ""
    since: date | None = None
    purposes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel(ChannelEntry):
    """A channel as the school has it.

    :param purposes: in the school's order
    """

    id: str
    reviewed_on: date | None = None
    closed_on: date | None = None

    def was_open(self, on: date) -> bool:
        """Whether something can have appeared in it on a day."""
        begun = self.since is None or self.since <= on
        return begun and (self.closed_on is None or on <= self.closed_on)


# — reading —


def channels(school: School) -> list[Channel]:
    """Every channel, those that are closed last."""
    with school.reading() as session:
        return read_channels(session)


def read_channels(session: Session) -> list[Channel]:
    """Every channel by name, those that are closed last."""
    linked: dict[str, list[str]] = defaultdict(list)
    link, purpose = channel_purpose.c, records.purpose.c
    query = (
        sa.select(channel_purpose)
        .join(records.purpose, purpose.code == link.purpose)
        .order_by(purpose.position)
    )
    for row in session.execute(query):
        linked[row.channel_id].append(row.purpose)
    found = [_channel(row, linked[row.id]) for row in session.execute(sa.select(channel))]
    return sorted(found, key=lambda each: (each.closed_on is not None, _order(each)))


def _order(value: Channel) -> tuple[object, ...]:
    return natural_sort_key(value.name), value.id


def _channel(row: sa.Row[Any], purposes: Iterable[str]) -> Channel:
    return Channel(
        row.name,
        ChannelKind(row.kind),
        row.place,
        row.owner,
        row.group_name,
        row.is_public,
        row.medium,
        day(row.since),
        tuple(purposes),
        id=row.id,
        reviewed_on=day(row.reviewed_on),
        closed_on=day(row.closed_on),
    )


def find_channel(session: Session, channel_id: str) -> Channel:
    """One channel.

    :raises RefusedError: there is no such channel
    """
    found = next((each for each in read_channels(session) if each.id == channel_id), None)
    if found is None:
        raise RefusedError("channel.unknown")
    return found


def channels_without_purpose(session: Session) -> list[Channel]:
    """Open channels for which the school asks nobody: pictures may not appear there."""
    asked = {each.code for each in records.purposes(session, only_on=True)}
    return [
        each
        for each in read_channels(session)
        if each.closed_on is None and asked.isdisjoint(each.purposes)
    ]


def channels_to_review(session: Session) -> list[Channel]:
    """Open channels that nobody looked at for a year: is it in use, who sees it, who owns it?"""
    today = session.clock.today()
    years = law.term("consent.channel_review").value
    last_day = 28 if (today.month, today.day) == (2, 29) else today.day
    limit = today.replace(year=today.year - years, day=last_day)
    return [
        each
        for each in read_channels(session)
        if each.closed_on is None and (each.reviewed_on or each.since or date.min) <= limit
    ]


# — rows —


def channel_row(value: Channel) -> dict[str, Any]:
    """A channel as a table row, without its purposes."""
    names = ("id", "name", "medium", "place", "owner", "group_name", "is_public")
    dates = ("since", "reviewed_on", "closed_on")
    return (
        {name: getattr(value, name) for name in names}
        | {name: iso(getattr(value, name)) for name in dates}
        | {"kind": value.kind.value}
    )


def link_rows(value: Channel, codes: Iterable[str]) -> list[dict[str, Any]]:
    """Some of its purposes as table rows."""
    return [{"channel_id": value.id, "purpose": code} for code in codes]
