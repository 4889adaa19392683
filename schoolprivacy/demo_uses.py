"""What the demo school does with its consents: channels, publications, a sharing, the team."""

from __future__ import annotations

import contextlib
import tomllib
from datetime import date, timedelta
from typing import Any

from schoolprivacy.clock import SetClock
from schoolprivacy.consents.contacts.printing import print_contact_list
from schoolprivacy.consents.own_no import note_own_no
from schoolprivacy.consents.publications.channels import ChannelEntry, ChannelKind, add_channel
from schoolprivacy.consents.publications.log import NewPublication, record_publication
from schoolprivacy.consents.sharing.actions import NewSharing, start_sharing
from schoolprivacy.consents.sharing.pupils import record_party_consent
from schoolprivacy.consents.sharing.sharings import Road
from schoolprivacy.consents.team.members import (
    MemberEntry,
    MemberKind,
    add_member,
    record_team_decisions,
)
from schoolprivacy.consents.terms import Choice, Way
from schoolprivacy.errors import RefusedError
from schoolprivacy.people.records import current_year, group_names, guardianships, pupils_on_roll
from schoolprivacy.people.terms import Authority, PlacedPupil
from schoolprivacy.school import School
from schoolprivacy.settings import resource

_SHARED = 3
"""So many children take part in the sharing."""


def use_consents(school: School, then: SetClock) -> None:
    """Fill what the program keeps around the consents of a school year, as people would.

    :param then: today, in the first weeks of that year
    """
    words = tomllib.loads(resource("demo.nl.toml").read_text(encoding="utf-8"))
    with school.reading() as session:
        year = current_year(session, then.today())
        groups = group_names(session, year)
        pupils = pupils_on_roll(session, then.today(), year)
    if not (groups and pupils):
        return
    channels = _add_channels(school, words, then.today())
    _publish(school, words, channels, groups, then.today())
    note_own_no(school, pupils[len(pupils) // 2].pupil.id, then.today())
    _share(school, words, pupils, then.today())
    _ask_team(school, words, then.today())
    with contextlib.suppress(RefusedError):  # in a very small group perhaps nobody may be on it
        print_contact_list(school, lambda _: None, group=groups[-1], for_whom=[words["teacher"]])


def _add_channels(school: School, words: dict[str, Any], on: date) -> dict[str, str]:
    """Identifiers by name."""
    return {
        each["name"]: add_channel(
            school,
            ChannelEntry(
                name=each["name"],
                kind=ChannelKind(each["kind"]),
                place=each["place"],
                owner=each["owner"],
                is_public=each["is_public"],
                since=on - timedelta(days=each["days_ago"]),
                purposes=tuple(each["purposes"]),
            ),
        ).about
        for each in words["channel"]
    }


def _publish(
    school: School, words: dict[str, Any], channels: dict[str, str], groups: list[str], on: date
) -> None:
    for place, each in enumerate(words["publication"]):
        group = groups[place % len(groups)]
        record_publication(
            school,
            NewPublication(
                event=each["event"],
                appeared_on=on,
                channel_id=channels[each["channel"]],
                place=each["place"],
                groups=(group,),
            ),
        )


def _share(school: School, words: dict[str, Any], pupils: list[PlacedPupil], on: date) -> None:
    said = words["sharing"]
    some = [each.pupil.id for each in pupils[:_SHARED]]
    ends_on = on + timedelta(days=said["days"])
    code = start_sharing(
        school,
        NewSharing(said["party"], said["purpose"], said["data"], on, ends_on, Road.PARTY, some),
    )
    with school.reading() as session:
        carers = guardianships(session, some)
    for pupil_id in some[:-1]:
        able = [c for c in carers.get(pupil_id, ()) if c.authority is Authority.YES]
        for carer in able[:1]:
            record_party_consent(school, code, pupil_id, carer.guardian.id, Choice.GRANTED, on)


def _ask_team(school: School, words: dict[str, Any], on: date) -> None:
    for each in words["team"]:
        member = add_member(
            school, MemberEntry(MemberKind(each["kind"]), each["call_name"], "", each["surname"])
        ).about
        if each["yes"] or each["no"]:
            record_team_decisions(
                school, member, yes=each["yes"], no=each["no"], decided_on=on, way=Way.PAPER_FORM
            )
