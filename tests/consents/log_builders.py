"""A school with two groups, channels and a publication log, for tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from schoolprivacy.consents.actions import NewDecision, record_decision
from schoolprivacy.consents.publications.channels import ChannelEntry, ChannelKind, add_channel
from schoolprivacy.consents.publications.log import NewPublication, record_publication
from schoolprivacy.consents.publications.take_down import tasks
from schoolprivacy.consents.terms import Choice, Way
from schoolprivacy.people.carers import change_guardianship
from schoolprivacy.people.terms import Authority
from schoolprivacy.school import School
from tests.consents.families import APART, MOTHER, a_child, carers_of, enrol
from tests.people.builders import pupils_of

PARTY = date(2026, 10, 9)
TODAY = date(2026, 11, 2)
WEBSITE = ChannelEntry(
    "Website",
    ChannelKind.WEBSITE,
    "https://www.school.example",
    "Directie",
    purposes=("website",),
)
FACEBOOK = ChannelEntry("Facebook", ChannelKind.SOCIAL, medium="Facebook", purposes=("facebook",))


def two_groups(school: School) -> dict[str, str]:
    """Noor and Sem in group 5, Kim in group 6, each with two parents; identifiers by call name."""
    enrol(
        school,
        a_child("Noor", MOTHER, APART),
        a_child("Sem", MOTHER, APART),
        replace(a_child("Kim", MOTHER, APART), group="Groep 6"),
    )
    found = {each.pupil.call_name: each.pupil.id for each in pupils_of(school).values()}
    for pupil_id in found.values():
        for link in carers_of(school, pupil_id):
            change_guardianship(school, pupil_id, link.guardian.id, link.relation, Authority.YES)
    return found


def a_channel(school: School, entry: ChannelEntry = WEBSITE) -> str:
    return add_channel(school, entry).about


def says(
    school: School,
    pupil_id: str,
    choice: Choice,
    on: date = TODAY,
    *,
    code: str = "website",
    parent: int = 0,
) -> str:
    guardian = carers_of(school, pupil_id)[parent].guardian.id
    return record_decision(school, NewDecision(pupil_id, code, 1, choice, on, Way.DESK, guardian))


def shown(
    school: School,
    channel_id: str,
    *groups: str,
    pupils: tuple[str, ...] = (),
    on: date = PARTY,
    event: str = "Kinderboekenweek",
) -> str:
    new = NewPublication(event, on, channel_id, "nieuws/42", groups, pupils)
    return record_publication(school, new).about


def to_do(school: School, *, only_open: bool = True) -> list[tuple[str, str]]:
    """Who must be taken out of what, by call name and event."""
    found = tasks(school, only_open=only_open)
    return [(each.child.pupil.call_name, each.publication.event) for each in found]
