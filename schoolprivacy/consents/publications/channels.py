"""The accounts and media of the school: where pictures appear, and which consent covers it.

A purpose is asked in words; a channel is the thing itself. What has no purpose cannot be used:
nobody was ever asked for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from datetime import date
from typing import Any

from schoolprivacy.consents import records
from schoolprivacy.consents.papers import check_names
from schoolprivacy.consents.publications.channel_records import (
    Channel,
    ChannelEntry,
    ChannelKind,
    channel,
    channel_purpose,
    channel_row,
    channels,
    channels_to_review,
    channels_without_purpose,
    find_channel,
    link_rows,
    read_channels,
)
from schoolprivacy.consents.publications.tasks import open_keys
from schoolprivacy.consents.terms import Purpose, PurposeKind
from schoolprivacy.errors import RefusedError
from schoolprivacy.exchange.values import clean
from schoolprivacy.people.journal import Journal
from schoolprivacy.people.names import plain
from schoolprivacy.people.terms import new_id
from schoolprivacy.people.undoing import Undo, close_change
from schoolprivacy.school import School, Session

__all__ = [
    "Channel",
    "ChannelEntry",
    "ChannelKind",
    "add_channel",
    "change_channel",
    "channels",
    "channels_to_review",
    "channels_without_purpose",
    "close_channel",
    "reopen_channel",
    "review_channel",
]

LONGEST_NAME = 60
LONGEST_TEXT = 200
"""Characters: of a place, an owner, a group."""


def add_channel(school: School, entry: ChannelEntry) -> Undo:
    """Add a channel; gives what takes it back, ``about`` is its identifier.

    :raises RefusedError: it has no name or that of another, a text is too long, a date has yet to
        come, or its purposes are not allowed (see :func:`check_purposes`)
    :raises KnownError: its name cannot be printed
    """
    with school.transaction() as session:
        new = Channel(**_values(_cleaned(entry)), id=new_id())
        _check(session, new)
        journal = Journal(session)
        journal.insert(channel, [channel_row(new)])
        journal.insert(channel_purpose, link_rows(new, new.purposes))
        return close_change(journal, "channel.added", new.id, purposes=list(new.purposes))


def change_channel(school: School, channel_id: str, entry: ChannelEntry) -> Undo:
    """Change what a channel is and which purposes cover it; what appeared in it stays.

    :raises RefusedError: as ``add_channel``, there is no such channel, or a child would no longer
        have to be taken out of something that is still there
    :raises KnownError: its name cannot be printed
    """
    with school.transaction() as session:
        before, to_do = find_channel(session, channel_id), set(open_keys(session))
        new = replace(before, **_values(_cleaned(entry)))
        _check(session, new)
        journal = Journal(session)
        journal.update(channel, [channel_row(new)])
        dropped = set(before.purposes) - set(new.purposes)
        link = channel_purpose.c
        journal.delete(channel_purpose, link.channel_id == new.id, link.purpose.in_(dropped))
        added = [code for code in new.purposes if code not in before.purposes]
        journal.insert(channel_purpose, link_rows(new, added))
        if dropped and (lost := to_do.difference(open_keys(session))):
            raise RefusedError("channel.tasks_lost", tasks=len(lost))
        return close_change(journal, "channel.changed", new.id, purposes=list(new.purposes))


def close_channel(school: School, channel_id: str, on: date) -> Undo:
    """Nothing appears in it after a day; what appeared before stays in the log.

    :raises RefusedError: it is closed already, the day has yet to come or lies before its start,
        or there is no such channel
    """
    return _date_channel(school, channel_id, "channel.closed", closed_on=on)


def review_channel(school: School, channel_id: str, on: date) -> Undo:
    """Somebody looked at the channel: still in use, the right audience, the right owner.

    :raises RefusedError: as ``close_channel``
    """
    return _date_channel(school, channel_id, "channel.reviewed", reviewed_on=on)


def reopen_channel(school: School, channel_id: str) -> Undo:
    """Use a closed channel again.

    :raises RefusedError: it is open, another open one has its name, or its purpose is not allowed
        any more
    """
    with school.transaction() as session:
        before = find_channel(session, channel_id)
        if before.closed_on is None:
            raise RefusedError("channel.open")
        new = replace(before, closed_on=None)
        _check(session, new)
        return _write(session, new, "channel.reopened")


def _date_channel(school: School, channel_id: str, action: str, **dates: Any) -> Undo:
    with school.transaction() as session:
        before = find_channel(session, channel_id)
        if before.closed_on is not None:
            raise RefusedError("channel.closed")
        for on in dates.values():
            _check_day(session, on)
            if before.since and on < before.since:
                raise RefusedError("channel.before_start", day=f"{before.since:%d-%m-%Y}")
        return _write(session, replace(before, **dates), action)


def _write(session: Session, new: Channel, action: str) -> Undo:
    journal = Journal(session)
    journal.update(channel, [channel_row(new)])
    return close_change(journal, action, new.id)


# — what is allowed —


def _cleaned(entry: ChannelEntry) -> ChannelEntry:
    texts = ("name", "place", "owner", "group_name", "medium")
    tidied: dict[str, Any] = {each: clean(getattr(entry, each)) for each in texts}
    tidy = replace(entry, **tidied)
    is_social = tidy.kind is ChannelKind.SOCIAL
    once = tuple(dict.fromkeys(tidy.purposes))
    return replace(tidy, purposes=once, medium=tidy.medium if is_social else "")


def _check(session: Session, new: Channel) -> None:
    if not new.name or len(new.name) > LONGEST_NAME:
        raise RefusedError("channel.name", most=LONGEST_NAME)
    for text in (new.place, new.owner, new.group_name, new.medium):
        if len(text) > LONGEST_TEXT:
            raise RefusedError("channel.text", most=LONGEST_TEXT)
    check_names(new.name, new.place)
    if new.since:
        _check_day(session, new.since)
    if new.since and new.closed_on and new.closed_on < new.since:
        raise RefusedError("channel.before_start", day=f"{new.since:%d-%m-%Y}")
    others = [each for each in read_channels(session) if each.id != new.id]
    is_taken = any(plain(e.name) == plain(new.name) for e in others if e.closed_on is None)
    if is_taken and new.closed_on is None:
        raise RefusedError("channel.twice", name=new.name)
    known = {each.code: each for each in records.purposes(session, every=True)}
    unknown = sorted(set(new.purposes) - set(known))
    if unknown:
        raise RefusedError("purpose.unknown", codes=", ".join(unknown))
    check_purposes(new, [known[code] for code in new.purposes], others)


def check_purposes(new: ChannelEntry, chosen: Sequence[Purpose], others: Iterable[Channel]) -> None:
    """Whether these purposes can cover a channel.

    Courts treat social media as a decision of both parents, each medium apart: a medium has one
    purpose of its own, shared by all its accounts and by nothing else. A yes for a medium that is
    closed is no yes for another.

    :raises RefusedError: they cannot
    """
    if any(each.kind is not PurposeKind.IMAGE for each in chosen):
        raise RefusedError("channel.not_for_images")
    social = [each for each in chosen if each.social_medium]
    if new.kind is not ChannelKind.SOCIAL:
        if social:
            raise RefusedError("channel.social_purpose", purpose=social[0].wording.short)
        return
    if not new.medium:
        raise RefusedError("channel.medium")
    if len(chosen) > 1 or len(social) < len(chosen):
        raise RefusedError("channel.one_purpose")
    for other in (each for each in others if each.medium and each.purposes and chosen):
        is_same = plain(other.medium) == plain(new.medium)
        is_shared = other.purposes == (chosen[0].code,)
        if is_shared and not is_same:
            short = chosen[0].wording.short
            raise RefusedError("channel.purpose_taken", purpose=short, medium=other.medium)
        if is_same and not is_shared and other.closed_on is None:
            raise RefusedError("channel.other_purpose", medium=other.medium, other=other.name)


def _check_day(session: Session, on: date) -> None:
    if on > session.clock.today():
        raise RefusedError("channel.future", day=f"{on:%d-%m-%Y}")


def _values(entry: ChannelEntry) -> dict[str, Any]:
    return {each.name: getattr(entry, each.name) for each in fields(ChannelEntry)}
