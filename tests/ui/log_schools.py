"""The demo school with more channels, a longer log and more that must be taken down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from schoolprivacy.consents.actions import NewDecision, record_decision
from schoolprivacy.consents.publications.channels import (
    Channel,
    ChannelEntry,
    ChannelKind,
    add_channel,
    channels,
    close_channel,
    review_channel,
)
from schoolprivacy.consents.publications.log import (
    NewPublication,
    Publication,
    publications,
    record_publication,
)
from schoolprivacy.consents.publications.take_down import tasks, tick_off
from schoolprivacy.consents.purposes import purpose_settings
from schoolprivacy.consents.terms import Choice, Way
from schoolprivacy.people.directory import Listed, directory
from schoolprivacy.people.dossier import dossier
from schoolprivacy.people.names import full_name
from schoolprivacy.school import School

TODAY = date(2026, 11, 2)
PARTY = date(2026, 10, 9)
NOOR, BRAM = "Noor ter Braak", "Bram Andrade Gonçalves"
SITE = "https://www.papierendraak.example"


def a_pupil(school: School, name: str) -> Listed:
    return next(e for e in directory(school, leavers=True) if full_name(e.pupil) == name)


def says(school: School, name: str, choice: Choice, code: str = "website") -> str:
    """The first parent decides, at the desk, today."""
    child = a_pupil(school, name).pupil.id
    guardian = dossier(school, child).carers[0].link.guardian.id
    asked = {each.purpose.code: each.purpose for each in purpose_settings(school)}
    version = asked[code].wording.version
    new = NewDecision(child, code, version, choice, TODAY, Way.DESK, guardian)
    return record_decision(school, new)


@dataclass(frozen=True)
class Log:
    """What was made, by name."""

    school: School

    def channel(self, name: str) -> Channel:
        return next(each for each in channels(self.school) if each.name == name)

    def publication(self, event: str) -> Publication:
        return next(each for each in publications(self.school) if each.event == event)

    def events(self) -> list[str]:
        return [each.event for each in publications(self.school)]

    def to_do(self) -> list[tuple[str, str]]:
        """Who must be taken out of what."""
        found = tasks(self.school)
        return [(full_name(each.child.pupil), each.publication.event) for each in found]


def fill_channels(school: School) -> Log:
    """Beside those of the demo school: in order, of a group without a purpose, and closed."""
    entries = (
        ChannelEntry("Nieuwspagina", ChannelKind.WEBSITE, SITE, "Directie", purposes=("website",)),
        ChannelEntry(
            *("Facebook groep 5", ChannelKind.SOCIAL, "https://social.example/draak5"),
            owner="Juf Els",
            group_name="Groep 5",
            medium="Facebook",
        ),
        ChannelEntry("Oude weblog", ChannelKind.WEBSITE, since=date(2019, 9, 1)),
    )
    made = {each.name: add_channel(school, each).about for each in entries}
    review_channel(school, made["Nieuwspagina"], date(2026, 9, 15))
    close_channel(school, made["Oude weblog"], date(2024, 7, 31))
    return Log(school)


def fill_log(school: School) -> Log:
    """More publications, and two parents who say no since: two tasks and one ticked off."""
    log = fill_channels(school)
    site = log.channel("Nieuwspagina").id
    noor, bram = a_pupil(school, NOOR), a_pupil(school, BRAM)
    both, group = (noor.pupil.id, bram.pupil.id), (noor.placement.group_name,)
    news = f"{SITE}/nieuws/42"
    for new in (
        NewPublication("Schoolreis", date(2026, 9, 18), site, "album schoolreis", group),
        NewPublication("Kinderboekenweek", PARTY, site, news, pupil_ids=both),
        NewPublication("Open dag", date(2026, 10, 28), site, pupil_ids=both[1:]),
    ):
        record_publication(school, new)
    says(school, NOOR, Choice.WITHDRAWN)
    says(school, BRAM, Choice.REFUSED)
    tick_off(school, log.publication("Open dag").id, bram.pupil.id, "gezicht onherkenbaar gemaakt")
    return log
