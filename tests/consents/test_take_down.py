"""Whom to take out of which pictures: computed anew, ticked off, on paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from schoolprivacy.clock import SetClock
from schoolprivacy.consents import records
from schoolprivacy.consents.actions import invalidate, withdraw
from schoolprivacy.consents.publications.channels import (
    ChannelEntry,
    ChannelKind,
    change_channel,
    close_channel,
)
from schoolprivacy.consents.publications.log import (
    NewPublication,
    change_publication,
    mark_back,
    mark_removed,
    publications,
)
from schoolprivacy.consents.publications.papers import (
    TakeDownChannel,
    TakeDownEntry,
    take_down_list,
)
from schoolprivacy.consents.publications.take_down import (
    open_tasks,
    print_take_down_list,
    sample_take_down_list,
    tasks,
    tick_off,
    tick_off_many,
    untick,
    untick_many,
)
from schoolprivacy.consents.terms import Answer, Choice, Way
from schoolprivacy.paper.preview import page_count
from schoolprivacy.people.carers import change_guardianship
from schoolprivacy.people.editing import change_pupil, mark_left, pupil_entry
from schoolprivacy.people.records import pupil
from schoolprivacy.people.terms import Authority
from schoolprivacy.people.undoing import undo
from schoolprivacy.school import School
from tests.consents.families import Paper, audit_lines, carers_of
from tests.consents.log_builders import (
    FACEBOOK,
    PARTY,
    TODAY,
    WEBSITE,
    a_channel,
    says,
    shown,
    to_do,
    two_groups,
)
from tests.consents.paper_builders import MADE, SCHOOL
from tests.paper.reading import text_of, texts_of
from tests.people.builders import content_of, pupils_of
from tests.vault.schools import refused

EARLY = date(2026, 9, 1)


def count(school: School) -> int:
    with school.reading() as session:
        return open_tasks(session)


def test_a_withdrawal_makes_a_task_of_everything_that_is_there(school: School) -> None:
    child = two_groups(school)
    site, media = a_channel(school), a_channel(school, FACEBOOK)
    says(school, child["Noor"], Choice.GRANTED, EARLY)
    shown(school, site, "Groep 5")
    shown(school, site, pupils=(child["Noor"],), on=TODAY, event="Toneel")
    shown(school, media, "Groep 5", event="Elders")
    assert to_do(school) == [] and count(school) == 0
    carer = carers_of(school, child["Noor"])[0].guardian.id
    withdraw(school, child["Noor"], carer, ["website"], on=TODAY, way=Way.PHONE)
    assert to_do(school) == [("Noor", "Toneel"), ("Noor", "Kinderboekenweek")]
    assert count(school) == 2
    newest = tasks(school)[0]
    assert newest.child.placement.group == "Groep 5" and newest.done is None
    (why,) = newest.because
    assert (why.purpose, why.short, why.answer, why.since) == (
        "website",
        "Website",
        Answer.WITHDRAWN,
        TODAY,
    )
    assert newest.publication.where == "nieuws/42"


@pytest.mark.parametrize("before", [EARLY, TODAY])
def test_a_refusal_counts_whether_it_was_there_or_came_later(school: School, before: date) -> None:
    child = two_groups(school)
    says(school, child["Kim"], Choice.REFUSED, before)
    shown(school, a_channel(school), "Groep 6")
    assert to_do(school) == [("Kim", "Kinderboekenweek")]


def test_parents_who_disagree_are_a_task_since_the_no(school: School) -> None:
    child = two_groups(school)
    shown(school, a_channel(school), "Groep 6")
    says(school, child["Kim"], Choice.GRANTED, EARLY)
    says(school, child["Kim"], Choice.REFUSED, date(2026, 10, 20), parent=1)
    ((why,),) = [each.because for each in tasks(school)]
    assert (why.answer, why.since) == (Answer.CONFLICT, date(2026, 10, 20))


def test_no_answer_yet_and_what_does_not_count_are_no_tasks(school: School) -> None:
    child = two_groups(school)
    shown(school, a_channel(school), "Groep 5", "Groep 6")
    wrong = says(school, child["Noor"], Choice.REFUSED)
    says(school, child["Kim"], Choice.REFUSED)
    link = carers_of(school, child["Kim"])[0]
    invalidate(school, wrong, "vergist")
    change_guardianship(school, child["Kim"], link.guardian.id, link.relation, Authority.NO)
    assert to_do(school) == [] and count(school) == 0


def test_a_no_to_one_purpose_of_a_channel_is_enough(school: School) -> None:
    child = two_groups(school)
    both = replace(WEBSITE, purposes=("website", "press"))
    site = a_channel(school, both)
    shown(school, site, "Groep 6")
    says(school, child["Kim"], Choice.GRANTED)
    says(school, child["Kim"], Choice.REFUSED, code="press")
    assert [why.purpose for why in tasks(school)[0].because] == ["press"]


def test_no_task_is_lost_when_a_channel_gets_other_purposes(school: School) -> None:
    noor, channel = two_groups(school)["Noor"], a_channel(school)
    shown(school, channel, "Groep 5")
    says(school, noor, Choice.GRANTED)
    says(school, noor, Choice.REFUSED, parent=1)
    other = replace(WEBSITE, purposes=("newsletter",))
    assert refused(change_channel, school, channel, other) == "channel.tasks_lost"
    assert to_do(school) == [("Noor", "Kinderboekenweek")]
    change_channel(school, channel, replace(WEBSITE, name="Site"))
    change_channel(school, channel, replace(WEBSITE, purposes=("newsletter", "website")))
    tick_off(school, *tasks(school)[0].key)
    change_channel(school, channel, other)
    assert to_do(school) == []


def test_leavers_and_closed_channels_are_judged_as_well(school: School) -> None:
    child = two_groups(school)
    site = a_channel(school)
    shown(school, site, "Groep 5")
    mark_left(school, [child["Noor"]], PARTY + timedelta(days=3))
    close_channel(school, site, TODAY)
    says(school, child["Noor"], Choice.WITHDRAWN)
    assert to_do(school) == [("Noor", "Kinderboekenweek")]
    paper = Paper()
    print_take_down_list(school, paper)
    assert "Test, Noor" in paper.text


def test_who_moved_is_listed_by_the_group_of_the_pictures(school: School) -> None:
    child = two_groups(school)
    shown(school, a_channel(school), "Groep 5")
    noor = pupils_of(school)["Noor Test"]
    change_pupil(school, child["Noor"], replace(pupil_entry(noor), group="Groep 6"))
    says(school, child["Noor"], Choice.REFUSED)
    assert to_do(school) == [("Noor", "Kinderboekenweek")]


def test_ticking_off_and_back(school: School, clock: SetClock) -> None:
    child = two_groups(school)
    found = shown(school, a_channel(school), "Groep 5")
    says(school, child["Noor"], Choice.REFUSED)
    says(school, child["Sem"], Choice.REFUSED)
    before, lines = content_of(school), audit_lines(school)
    done = tick_off(school, found, child["Noor"], "  niet in\tbeeld ")
    assert audit_lines(school) == lines + 1
    assert to_do(school) == [("Sem", "Kinderboekenweek")] and count(school) == 1
    first, second = tasks(school, only_open=False)
    assert second.done is None and first.done is not None
    assert (first.done.done_on, first.done.remark) == (TODAY, "niet in beeld")
    assert first.done.done_by and first.key == (found, child["Noor"])
    assert refused(tick_off, school, found, child["Noor"]) == "take_down.not_open"
    undo(school, done)
    assert content_of(school) == before
    both = [each.key for each in tasks(school)]
    tick_off_many(school, both)
    assert to_do(school) == [] and len(to_do(school, only_open=False)) == 2
    undo(school, untick(school, *both[0]))
    untick_many(school, both)
    assert content_of(school) == before
    assert refused(untick_many, school, both) == "take_down.not_done"
    assert refused(tick_off_many, school, []) == "take_down.not_open"
    assert refused(tick_off, school, found, child["Kim"]) == "take_down.not_open"
    assert refused(tick_off, school, found, child["Sem"], "x" * 301) == "take_down.remark"
    assert refused(tick_off_many, school, [*both, ("niets", "niemand")]) == "take_down.not_open"
    assert content_of(school) == before


def test_a_tick_stays_when_a_newer_refusal_comes(school: School) -> None:
    child = two_groups(school)
    site = a_channel(school)
    found = shown(school, site, "Groep 5")
    says(school, child["Noor"], Choice.REFUSED, EARLY)
    tick_off(school, found, child["Noor"])
    says(school, child["Noor"], Choice.WITHDRAWN, TODAY, parent=1)
    assert to_do(school) == []
    says(school, child["Noor"], Choice.GRANTED, TODAY)
    assert to_do(school, only_open=False) == [("Noor", "Kinderboekenweek")]


def test_a_new_yes_and_a_new_withdrawal_make_tasks_of_what_appeared_later(
    school: School, clock: SetClock
) -> None:
    child = two_groups(school)
    site = a_channel(school)
    old = shown(school, site, "Groep 6")
    says(school, child["Kim"], Choice.REFUSED, EARLY)
    tick_off(school, old, child["Kim"])
    clock.moment = datetime(2026, 12, 20, 9, tzinfo=UTC)
    says(school, child["Kim"], Choice.GRANTED, date(2026, 12, 1))
    (done,) = tasks(school, only_open=False)
    assert done.done and done.because == ()
    shown(school, site, "Groep 6", on=date(2026, 12, 18), event="Kerst")
    assert to_do(school) == []
    says(school, child["Kim"], Choice.WITHDRAWN, date(2026, 12, 20))
    assert to_do(school) == [("Kim", "Kerst")]


def test_other_material_must_be_done_again(school: School) -> None:
    child = two_groups(school)
    site = a_channel(school)
    found = shown(school, site, "Groep 5")
    says(school, child["Noor"], Choice.REFUSED)
    tick_off(school, found, child["Noor"])
    same = NewPublication("Kinderboekenweek", PARTY, site, "nieuws/42", ("Groep 5", "Groep 6"))
    change_publication(school, found, same)
    assert to_do(school) == []  # more groups: of Noor nothing changes
    change = change_publication(school, found, replace(same, place="nieuws/43"))
    assert to_do(school) == [("Noor", "Kinderboekenweek")]
    undo(school, change)
    assert to_do(school) == []
    change_publication(school, found, replace(same, place="nieuws/43"))
    tick_off(school, found, child["Noor"])
    assert to_do(school) == []


def test_nothing_is_left_to_do_when_all_of_it_is_taken_away(school: School) -> None:
    child = two_groups(school)
    found = shown(school, a_channel(school), "Groep 5")
    says(school, child["Noor"], Choice.REFUSED)
    mark_removed(school, found, TODAY)
    assert to_do(school) == [] and count(school) == 0
    mark_back(school, found)
    assert count(school) == 1


def test_tasks_are_what_the_rules_say_of_each_child_apart(school: School) -> None:
    """The quick way, by kinds of answers, against one look at every child and publication."""
    child = two_groups(school)
    sites = [
        a_channel(school),
        a_channel(school, FACEBOOK),
        a_channel(school, ChannelEntry("Krant", ChannelKind.PRESS, purposes=("website", "press"))),
    ]
    choices = [Choice.GRANTED, Choice.REFUSED, Choice.WITHDRAWN]
    for number, name in enumerate(child):
        for place, code in enumerate(("website", "facebook", "press")):
            choice = choices[(number + place) % 3]
            says(school, child[name], choice, EARLY, code=code, parent=place % 2)
    for number, site in enumerate(sites):
        shown(school, site, "Groep 5", event=f"E{number}")
        shown(school, site, pupils=(child["Kim"],), event=f"K{number}")
    expected = set()
    with school.reading() as session:
        purposes = records.purposes(session)
        for each in pupils_of(school).values():
            found = records.matrix(session, [each.pupil], purposes, TODAY)
            for item in publications(school, each.pupil.id):
                answers = {found.answer(each.pupil.id, code) for code in item.channel.purposes}
                if answers & {Answer.REFUSED, Answer.WITHDRAWN, Answer.CONFLICT}:
                    expected.add((each.pupil.call_name, item.event))
    assert expected and set(to_do(school)) == expected
    assert count(school) == len(expected)


# — on paper —


def test_the_list_says_what_to_take_away_and_not_why(school: School) -> None:
    child = two_groups(school)
    site = a_channel(school)
    shown(school, site, "Groep 5")
    shown(school, a_channel(school, FACEBOOK), "Groep 6", event="Zeskamp")
    assert refused(print_take_down_list, school, Paper()) == "take_down.none"
    assert refused(sample_take_down_list, school) == "take_down.none"
    says(school, child["Noor"], Choice.WITHDRAWN)
    says(school, child["Kim"], Choice.REFUSED, code="facebook")
    before, lines = content_of(school), audit_lines(school)
    sample = texts_of(sample_take_down_list(school))
    assert audit_lines(school) == lines and content_of(school) == before
    assert "VOORBEELD" in sample[0].upper()
    paper, steps = Paper(), []
    run = print_take_down_list(
        school, paper, way="printed", progress=lambda *done: steps.append(done)
    )
    assert [each.pupil for each in run.printed] == ["Kim Test", "Noor Test"]
    assert audit_lines(school) == lines + 1 and steps == [(1, 2), (2, 2)]
    assert content_of(school) == before  # the list is no tick
    media, website = paper.pages
    assert "Weghalen · Facebook" in media and "Test, Kim" in media and "Zeskamp" in media
    assert "Weghalen · Website" in website and "Test, Noor" in website
    assert "9 oktober 2026" in website and "nieuws/42" in website and "Groep 5" in website
    assert "Test, Sem" not in paper.text
    told = paper.text.casefold()
    assert "vernietigen na afwerking" in told
    for word in ("ingetrokken", "geweigerd", "toestemming", "sluis", "yıldız", "ouder"):
        assert word not in told


def test_the_list_of_one_child_or_group_after_a_withdrawal(school: School) -> None:
    child = two_groups(school)
    shown(school, a_channel(school), "Groep 5", "Groep 6")
    for each in child.values():
        says(school, each, Choice.REFUSED)
    paper = Paper()
    print_take_down_list(school, paper, pupil_ids=[child["Sem"]])
    assert "Test, Sem" in paper.text and "Noor" not in paper.text
    print_take_down_list(school, paper, group="Groep 6")
    assert "Test, Kim" in paper.text and "Sem" not in paper.text


def test_when_the_paper_fails_nothing_is_written_down(school: School) -> None:
    child = two_groups(school)
    shown(school, a_channel(school), "Groep 5")
    says(school, child["Noor"], Choice.REFUSED)
    lines = audit_lines(school)

    def fail(_: bytes) -> None:
        raise OSError

    with pytest.raises(OSError):
        print_take_down_list(school, fail)
    assert audit_lines(school) == lines


def test_a_name_that_cannot_be_printed_stops_nobody_else(school: School) -> None:
    child = two_groups(school)
    shown(school, a_channel(school), "Groep 5")
    says(school, child["Noor"], Choice.REFUSED)
    says(school, child["Sem"], Choice.REFUSED)
    with school.transaction() as session:  # as an import may bring it
        named = sa.update(pupil).where(pupil.c.id == child["Sem"])
        session.execute(named.values(surname="王"))
        session.audit("pupil.changed", child["Sem"])
    paper = Paper()
    run = print_take_down_list(school, paper)
    assert [each.pupil_id for each in run.left_out] == [child["Sem"]]
    assert "Test, Noor" in paper.text and len(run.printed) == 1


LONG = "Wolterinck-van den Bergh tot Zwaanenburg, Maximiliaan-Alexander van der"
URL = "https://www.basisschooldepapierendraak.example/nieuws/2026/10/kinderboekenweek/album-3"


def test_a_full_list_has_long_names_and_goes_on_over_pages() -> None:
    entries = tuple(
        TakeDownEntry(
            f"{LONG} {number}", "Groep 5/6", "Afsluiting van de Kinderboekenweek", PARTY, URL
        )
        for number in range(34)
    )
    pdf = take_down_list([TakeDownChannel("Openbare website", entries)], SCHOOL, MADE)
    assert page_count(pdf) > 1
    texts = texts_of(pdf)
    assert all("Weghalen · Openbare website" in each for each in texts)
    assert sum(each.count("Wolterinck") for each in texts) == 34
    assert "Er is niets weg te halen." in text_of(take_down_list([], SCHOOL, MADE), 0)
