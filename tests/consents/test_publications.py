"""The publication log: what appeared where, of whom, and who may not be in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from schoolprivacy.clock import SetClock
from schoolprivacy.consents.own_no import lift_own_no, note_own_no
from schoolprivacy.consents.publications.channels import ChannelEntry, ChannelKind, close_channel
from schoolprivacy.consents.publications.log import (
    TABLES,
    NewPublication,
    about_rows,
    change_publication,
    delete_publication,
    groups_of_day,
    mark_back,
    mark_removed,
    publications,
    record_publication,
    who_may_not,
)
from schoolprivacy.consents.publications.take_down import tick_off, untick
from schoolprivacy.consents.terms import Answer, Choice
from schoolprivacy.people.editing import change_pupil, mark_left, pupil_entry
from schoolprivacy.people.undoing import undo
from schoolprivacy.school import School
from tests.consents.families import audit_lines
from tests.consents.log_builders import (
    FACEBOOK,
    PARTY,
    TODAY,
    WEBSITE,
    a_channel,
    says,
    shown,
    two_groups,
)
from tests.people.builders import content_of, pupils_of
from tests.vault.schools import refused


def events(school: School, pupil_id: str | None = None) -> list[str]:
    return [each.event for each in publications(school, pupil_id)]


def move(school: School, name: str, group: str) -> None:
    child = pupils_of(school)[f"{name} Test"]
    change_pupil(school, child.pupil.id, replace(pupil_entry(child), group=group))


def test_what_appeared_is_found_newest_first(school: School) -> None:
    child = two_groups(school)
    site, media = a_channel(school), a_channel(school, FACEBOOK)
    shown(school, site, "Groep 5", pupils=(child["Kim"],), event=" Kinder\tboekenweek ")
    shown(school, media, "Groep 6", on=TODAY, event="Schoolvoetbal")
    newest, oldest = publications(school)
    assert (newest.event, newest.channel.name, newest.groups) == (
        "Schoolvoetbal",
        "Facebook",
        ("Groep 6",),
    )
    assert oldest.event == "Kinder boekenweek" and oldest.appeared_on == PARTY
    assert [each.call_name for each in oldest.pupils] == ["Kim"]
    assert oldest.where == "nieuws/42" and oldest.removed_on is None
    for text in ("kinder", "website", "nieuws 42", "09 10 2026", "groep 5", "kim test"):
        assert text in oldest.search
    assert "kim" not in newest.search


def test_of_one_child_what_it_was_named_in_or_sat_in_the_group_of(school: School) -> None:
    child = two_groups(school)
    site = a_channel(school)
    shown(school, site, "Groep 5", event="Vijf")
    shown(school, site, pupils=(child["Sem"],), event="Sem alleen")
    shown(school, site, "Groep 6", event="Zes")
    assert events(school, child["Noor"]) == ["Vijf"]
    assert events(school, child["Sem"]) == ["Sem alleen", "Vijf"]
    assert events(school, child["Kim"]) == ["Zes"]


def test_who_moves_to_another_group_was_still_in_the_pictures(school: School) -> None:
    child = two_groups(school)
    shown(school, a_channel(school), "Groep 5", event="Vijf")
    move(school, "Noor", "Groep 6")
    assert events(school, child["Noor"]) == ["Vijf"]


def test_who_came_later_or_had_left_was_not(school: School) -> None:
    child = two_groups(school)
    site = a_channel(school)
    mark_left(school, [child["Sem"]], PARTY - timedelta(days=1))
    noor = pupils_of(school)["Noor Test"]
    entry = replace(pupil_entry(noor), came_on=PARTY + timedelta(days=1))
    change_pupil(school, child["Noor"], entry)
    shown(school, site, "Groep 5")
    assert events(school, child["Sem"]) == events(school, child["Noor"]) == []
    shown(school, site, "Groep 5", on=PARTY + timedelta(days=1), event="Later")
    assert events(school, child["Noor"]) == ["Later"]


def test_who_was_entered_late_is_found_too(school: School) -> None:
    child = two_groups(school)
    move(school, "Kim", "")
    shown(school, a_channel(school), "Groep 6", event="Zes")
    assert events(school, child["Kim"]) == []
    move(school, "Kim", "Groep 6")
    assert events(school, child["Kim"]) == ["Zes"]


def test_groups_are_those_of_that_day(school: School, clock: SetClock) -> None:
    two_groups(school)
    site = a_channel(school)
    assert groups_of_day(school, PARTY) == ["Groep 5", "Groep 6"]
    assert groups_of_day(school, date(2026, 5, 1)) == []  # the year before: not known
    assert refused(shown, school, site, "Groep 5", on=date(2026, 5, 1)) == "publication.groups"
    clock.moment = datetime(2027, 8, 20, 9, tzinfo=UTC)
    assert groups_of_day(school, date(2027, 8, 18)) == ["Groep 5", "Groep 6"]  # no new ones yet


def test_what_cannot_be_is_refused(school: School) -> None:
    child = two_groups(school)
    site = a_channel(school, replace(WEBSITE, since=date(2026, 9, 1)))
    good = NewPublication("Feest", PARTY, site, groups=("Groep 5",))
    record = record_publication
    before = content_of(school)
    wrong = {
        "publication.event": replace(good, event=" "),
        "publication.place": replace(good, place="x" * 201),
        "publication.future": replace(good, appeared_on=TODAY + timedelta(days=1)),
        "publication.nobody": replace(good, groups=()),
        "publication.groups": replace(good, groups=("Groep 5", "Groep 9")),
        "publication.channel_not_open": replace(good, appeared_on=date(2026, 8, 31)),
        "channel.unknown": replace(good, channel_id="niets"),
        "pupil.unknown": replace(good, pupil_ids=(child["Noor"], "niemand")),
        "paper.missing_glyph": replace(good, event="運動會"),
    }
    for key, entry in wrong.items():
        assert refused(record, school, entry) == key
    assert refused(record, school, replace(good, event="x" * 81)) == "publication.event"
    assert content_of(school) == before
    close_channel(school, site, PARTY)
    record(school, good)
    late = replace(good, appeared_on=PARTY + timedelta(days=1))
    assert refused(record, school, late) == "publication.channel_not_open"


def test_every_change_can_be_taken_back_and_stands_in_the_trail_once(school: School) -> None:
    child = two_groups(school)
    site = a_channel(school)
    before, lines = content_of(school), audit_lines(school)
    recorded = record_publication(
        school, NewPublication("Feest", PARTY, site, "", ("Groep 5",), (child["Kim"],))
    )
    assert audit_lines(school) == lines + 1
    there = content_of(school)
    new = NewPublication("Feestje", TODAY, site, "album", ("Groep 6",), (child["Noor"],))
    undo(school, change_publication(school, recorded.about, new))
    assert content_of(school) == there
    undo(school, mark_removed(school, recorded.about, TODAY))
    assert content_of(school) == there
    undo(school, delete_publication(school, recorded.about))
    assert content_of(school) == there
    delete_publication(school, recorded.about)
    assert content_of(school) == before
    assert refused(delete_publication, school, recorded.about) == "publication.unknown"


def test_a_change_says_who_is_in_it_now(school: School) -> None:
    child = two_groups(school)
    site = a_channel(school)
    found = shown(school, site, "Groep 5", pupils=(child["Kim"],))
    new = NewPublication("Zeskamp", PARTY, site, groups=("Groep 6",), pupil_ids=(child["Sem"],))
    change_publication(school, found, new)
    (now,) = publications(school)
    assert (now.event, now.groups, now.place) == ("Zeskamp", ("Groep 6",), "")
    assert events(school, child["Noor"]) == []
    assert events(school, child["Sem"]) == events(school, child["Kim"]) == ["Zeskamp"]


def test_who_sat_in_a_group_that_stays_stays_in_it(school: School) -> None:
    child = two_groups(school)
    site = a_channel(school)
    found = shown(school, site, "Groep 5")
    move(school, "Noor", "Groep 6")
    new = NewPublication("Sport", PARTY, site, groups=("Groep 5",))
    change_publication(school, found, new)
    assert events(school, child["Noor"]) == ["Sport"]


def test_what_stands_in_a_channel_that_closed_can_be_corrected(school: School) -> None:
    two_groups(school)
    site = a_channel(school)
    found = shown(school, site, "Groep 5")
    close_channel(school, site, PARTY - timedelta(days=1))
    new = NewPublication("Sport", PARTY, site, groups=("Groep 5", "Groep 6"))
    change_publication(school, found, new)
    assert publications(school)[0].groups == ("Groep 5", "Groep 6")
    later = replace(new, appeared_on=TODAY)
    assert refused(change_publication, school, found, later) == "publication.channel_not_open"


def test_all_of_it_taken_away(school: School) -> None:
    two_groups(school)
    found = shown(school, a_channel(school), "Groep 5")
    assert refused(mark_removed, school, found, PARTY - timedelta(days=1)) == "publication.before"
    assert refused(mark_removed, school, found, TODAY + timedelta(days=1)) == "publication.future"
    assert refused(mark_back, school, found) == "publication.not_removed"
    mark_removed(school, found, TODAY)
    assert publications(school)[0].removed_on == TODAY
    assert refused(mark_removed, school, found, TODAY) == "publication.removed"
    new = NewPublication("Sport", PARTY, publications(school)[0].channel.id, groups=("Groep 5",))
    assert refused(change_publication, school, found, new) == "publication.removed"
    mark_back(school, found)
    assert publications(school)[0].removed_on is None


def test_what_was_ticked_off_stays_in_the_log(school: School) -> None:
    child = two_groups(school)
    found = shown(school, a_channel(school), "Groep 5")
    says(school, child["Noor"], Choice.REFUSED)
    tick_off(school, found, child["Noor"])
    assert refused(delete_publication, school, found) == "publication.ticked"
    untick(school, found, child["Noor"])
    delete_publication(school, found)
    assert publications(school) == []


# — who may not —


def warned(school: School, channel: str, *groups: str, **more: str) -> list[tuple[str, Answer]]:
    found = who_may_not(school, channel, groups, tuple(more.values()), PARTY)
    return [(each.child.pupil.call_name, answer) for each in found for _, answer in each.missing]


def test_everybody_without_a_yes_is_named_before_it_appears(school: School) -> None:
    child = two_groups(school)
    site = a_channel(school)
    everybody = [("Noor", Answer.NOT_ASKED), ("Sem", Answer.NOT_ASKED)]
    assert warned(school, site, "Groep 5") == everybody
    says(school, child["Noor"], Choice.GRANTED)
    says(school, child["Sem"], Choice.GRANTED)
    says(school, child["Sem"], Choice.REFUSED, parent=1)
    assert warned(school, site, "Groep 5") == [("Sem", Answer.CONFLICT)]
    assert warned(school, site, kim=child["Kim"], sem=child["Sem"]) == [
        ("Sem", Answer.CONFLICT),
        ("Kim", Answer.NOT_ASKED),
    ]
    shown(school, site, "Groep 5")  # it happened: it is recorded


def test_a_child_with_a_no_of_its_own_is_asked_first(school: School) -> None:
    child = two_groups(school)
    site = a_channel(school)
    says(school, child["Kim"], Choice.GRANTED)
    assert warned(school, site, "Groep 6") == []
    note = note_own_no(school, child["Kim"], TODAY)
    (found,) = who_may_not(school, site, ("Groep 6",), (), PARTY)
    assert found.own_no and found.missing == ()
    lift_own_no(school, note, TODAY)
    assert who_may_not(school, site, ("Groep 6",), (), PARTY) == []


def test_in_a_channel_without_a_purpose_nobody_may(school: School) -> None:
    child = two_groups(school)
    says(school, child["Kim"], Choice.GRANTED)
    bare = a_channel(school, ChannelEntry("Prikbord", ChannelKind.OTHER))
    assert warned(school, bare, "Groep 6") == [("Kim", Answer.NOT_ASKED)]
    both = a_channel(
        school, ChannelEntry("Krant", ChannelKind.PRESS, purposes=("website", "press"))
    )
    assert [each.missing for each in who_may_not(school, both, ("Groep 6",), (), PARTY)] == [
        (("press", Answer.NOT_ASKED),)
    ]


# — the access report —


@pytest.mark.parametrize("name", ["Noor", "Kim"])
def test_an_access_report_finds_what_is_kept_and_of_nobody_else(school: School, name: str) -> None:
    child = two_groups(school)
    site = a_channel(school)
    shown(school, site, "Groep 5", "Groep 6", event="Samen")
    shown(school, site, pupils=(child["Sem"],), event="Sem alleen")
    with school.reading() as session:
        kept = about_rows(session, child[name])
        sem = about_rows(session, child["Sem"])
        stored = {
            (table.name, key)
            for table in TABLES
            for row in session.execute(sa.select(table)).mappings()
            for key, value in row.items()
            if value not in (None, "")
        }
    values = {each.value for each in kept}
    assert "Samen" in values and "Sem alleen" not in values
    others = {value for key, value in child.items() if key != name}
    assert not values & others
    groups = [
        each for each in kept if (each.table, each.column) == ("publication_group", "group_id")
    ]
    assert len(groups) == 1
    assert {(each.table, each.column) for each in sem} == stored
