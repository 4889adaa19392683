"""The school's accounts and media: what they are, which purpose covers them, when they end."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from schoolprivacy.clock import SetClock
from schoolprivacy.consents.publications.channels import (
    ChannelEntry,
    ChannelKind,
    add_channel,
    change_channel,
    channels,
    channels_to_review,
    channels_without_purpose,
    close_channel,
    reopen_channel,
    review_channel,
)
from schoolprivacy.consents.publications.log import publications
from schoolprivacy.consents.purposes import switch_purpose
from schoolprivacy.people.undoing import undo
from schoolprivacy.school import School
from tests.consents.log_builders import FACEBOOK, TODAY, WEBSITE, a_channel, shown, two_groups
from tests.people.builders import content_of
from tests.vault.schools import refused

CLASS = replace(FACEBOOK, name="Facebook groep 5", group_name="Groep 5", is_public=False)
TIKTOK = ChannelEntry("TikTok", ChannelKind.SOCIAL, medium="TikTok", purposes=("facebook",))


def named(school: School) -> list[str]:
    return [each.name for each in channels(school)]


def without_purpose(school: School) -> list[str]:
    with school.reading() as session:
        return [each.name for each in channels_without_purpose(session)]


def to_review(school: School) -> list[str]:
    with school.reading() as session:
        return [each.name for each in channels_to_review(session)]


def test_a_channel_is_what_was_entered(school: School) -> None:
    entry = ChannelEntry(
        "  Klassen-app ",
        ChannelKind.APP,
        "ouders.example",
        "Juf Els",
        "Groep 5",
        is_public=False,
        medium="hoort hier niet",
        since=date(2025, 9, 1),
        purposes=("newsletter", "parent-app", "newsletter"),
    )
    added = add_channel(school, entry)
    (found,) = channels(school)
    assert found.id == added.about and found.name == "Klassen-app" and found.medium == ""
    assert (found.place, found.owner, found.group_name) == ("ouders.example", "Juf Els", "Groep 5")
    assert not found.is_public and found.since == date(2025, 9, 1)
    assert found.purposes == ("parent-app", "newsletter")  # the school's order
    assert found.reviewed_on is None and found.closed_on is None


def test_every_change_can_be_taken_back(school: School) -> None:
    before = content_of(school)
    added = add_channel(school, WEBSITE)
    with_one = content_of(school)
    more = replace(WEBSITE, name="Site", purposes=("brochure", "press"))
    undo(school, change_channel(school, added.about, more))
    assert content_of(school) == with_one
    undo(school, review_channel(school, added.about, TODAY))
    undo(school, close_channel(school, added.about, TODAY))
    assert content_of(school) == with_one
    close_channel(school, added.about, TODAY)
    undo(school, reopen_channel(school, added.about))
    assert channels(school)[0].closed_on == TODAY
    reopen_channel(school, added.about)
    assert content_of(school) == with_one
    undo(school, change_channel(school, added.about, replace(WEBSITE, purposes=())))
    last = add_channel(school, replace(WEBSITE, name="Tweede"))
    undo(school, last)
    assert content_of(school) == with_one != before


@pytest.mark.parametrize(
    ("entry", "key"),
    [
        (replace(WEBSITE, name="  "), "channel.name"),
        (replace(WEBSITE, name="n" * 61), "channel.name"),
        (replace(WEBSITE, owner="n" * 201), "channel.text"),
        (replace(WEBSITE, name="WEBSITE"), "channel.twice"),
        (replace(WEBSITE, name="Site", since=date(2026, 11, 3)), "channel.future"),
        (replace(WEBSITE, name="Site", purposes=("website", "zeppelin")), "purpose.unknown"),
        (replace(WEBSITE, name="Site", purposes=("contact-phone",)), "channel.not_for_images"),
        (replace(WEBSITE, name="Site", purposes=("facebook",)), "channel.social_purpose"),
        (replace(WEBSITE, name="網站"), "paper.missing_glyph"),
        (replace(CLASS, medium=""), "channel.medium"),
        (replace(CLASS, purposes=("website",)), "channel.one_purpose"),
        (replace(CLASS, purposes=("facebook", "instagram")), "channel.one_purpose"),
        (replace(CLASS, purposes=("instagram",)), "channel.other_purpose"),
        (TIKTOK, "channel.purpose_taken"),
    ],
)
def test_what_cannot_be_is_refused(school: School, entry: ChannelEntry, key: str) -> None:
    a_channel(school)
    other = a_channel(school, FACEBOOK)
    before = content_of(school)
    assert refused(add_channel, school, entry) == key
    if key not in ("channel.other_purpose", "channel.twice"):
        third = a_channel(school, replace(WEBSITE, name="Derde"))
        before = content_of(school)
        assert refused(change_channel, school, third, entry) == key
    assert content_of(school) == before
    assert other in {each.id for each in channels(school)}


def test_accounts_of_one_medium_share_its_purpose_and_no_other_medium_does(school: School) -> None:
    switch_purpose(school, "facebook", on=True)
    first = a_channel(school, FACEBOOK)
    a_channel(school, replace(CLASS, medium="facebook"))
    close_channel(school, first, TODAY)
    assert refused(add_channel, school, TIKTOK) == "channel.purpose_taken"
    a_channel(school, replace(TIKTOK, purposes=()))  # a task: nobody was asked
    assert without_purpose(school) == ["TikTok"]


def test_a_yes_for_a_closed_medium_is_none_for_another(school: School) -> None:
    close_channel(school, a_channel(school, FACEBOOK), TODAY)
    assert refused(add_channel, school, TIKTOK) == "channel.purpose_taken"


def test_a_channel_whose_purposes_are_off_is_a_task(school: School) -> None:
    a_channel(school)
    a_channel(school, FACEBOOK)  # not asked by default
    closed = a_channel(school, ChannelEntry("Oud", ChannelKind.OTHER))
    close_channel(school, closed, TODAY)
    assert without_purpose(school) == ["Facebook"]
    switch_purpose(school, "facebook", on=True)
    switch_purpose(school, "website", on=False)
    assert without_purpose(school) == ["Website"]


def test_closing_keeps_the_log_and_frees_the_name(school: School) -> None:
    two_groups(school)
    old = a_channel(school, replace(WEBSITE, since=date(2026, 9, 1)))
    shown(school, old, "Groep 5")
    assert refused(close_channel, school, old, date(2026, 11, 3)) == "channel.future"
    assert refused(close_channel, school, old, date(2026, 8, 31)) == "channel.before_start"
    close_channel(school, old, TODAY)
    assert refused(close_channel, school, old, TODAY) == "channel.closed"
    assert refused(review_channel, school, old, TODAY) == "channel.closed"
    assert [each.channel.closed_on for each in publications(school)] == [TODAY]
    new = a_channel(school)
    assert refused(reopen_channel, school, old) == "channel.twice"
    assert refused(reopen_channel, school, new) == "channel.open"
    assert refused(reopen_channel, school, "niets") == "channel.unknown"
    assert [each.id for each in channels(school)] == [new, old]  # closed ones last


def test_a_channel_is_looked_at_every_year(school: School, clock: SetClock) -> None:
    known = a_channel(school, replace(WEBSITE, since=date(2025, 11, 3)))
    a_channel(school, ChannelEntry("Nooit bekeken", ChannelKind.OTHER))
    assert to_review(school) == ["Nooit bekeken"]
    clock.moment = datetime(2026, 11, 3, 9, tzinfo=UTC)
    assert to_review(school) == ["Nooit bekeken", "Website"]
    review_channel(school, known, date(2026, 11, 3))
    clock.moment = datetime(2027, 11, 2, 9, tzinfo=UTC)
    assert to_review(school) == ["Nooit bekeken"]
    clock.moment = datetime(2028, 2, 29, 9, tzinfo=UTC)
    assert to_review(school) == ["Nooit bekeken", "Website"]
    assert named(school) == ["Nooit bekeken", "Website"]
