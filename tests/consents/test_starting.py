"""The instroom list: who starts soon or started without a form, each told once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from schoolprivacy.clock import SetClock
from schoolprivacy.consents.forms import print_forms
from schoolprivacy.consents.register import due
from schoolprivacy.consents.starting import (
    Starter,
    print_intake_list,
    sample_intake_list,
    starting,
)
from schoolprivacy.duties import DueKind
from schoolprivacy.exchange.roster import RosterPupil
from schoolprivacy.people.editing import mark_left
from schoolprivacy.people.terms import Authority
from schoolprivacy.school import School
from tests.consents.families import (
    APART,
    MOTHER,
    Paper,
    a_child,
    answered,
    audit_lines,
    enrol,
)
from tests.paper.reading import texts_of
from tests.people.builders import pupils_of
from tests.vault.schools import refused

TODAY = date(2026, 11, 2)
LAST = TODAY + timedelta(days=42)


@pytest.fixture
def clock() -> SetClock:
    return SetClock(datetime(2026, 11, 2, 9, tzinfo=UTC))


def comes(name: str, on: date | None, *, group: str = "Groep 1") -> RosterPupil:
    return replace(a_child(name, MOTHER), came_on=on, group=group)


def listed(school: School) -> list[str]:
    return [each.name.split()[-1] for each in starting(school)]


def the(school: School, name: str) -> Starter:
    return next(each for each in starting(school) if each.name.endswith(name))


def to_do(school: School) -> tuple[int, int]:
    with school.reading() as session:
        found = {each.kind: each.count for each in due(session)}
    return found[DueKind.STARTING], found[DueKind.NEVER_ASKED]


def print_for(school: School, *names: str) -> Paper:
    paper = Paper()
    ids = [pupils_of(school)[f"{name} Test"].pupil.id for name in names]
    print_forms(school, paper, pupil_ids=ids)
    return paper


def test_who_starts_within_the_term_stands_first_by_day(school: School) -> None:
    enrol(
        school,
        comes("Noor", LAST),
        comes("Sem", LAST + timedelta(days=1)),
        comes("Kim", TODAY + timedelta(days=1)),
        comes("Bo", TODAY),
        comes("Lou", None),
        comes("Max", date(2024, 8, 1)),
    )
    assert listed(school) == ["Kim", "Noor", "Max", "Bo", "Lou"]
    assert [each.has_started for each in starting(school)] == [False, False, True, True, True]
    assert the(school, "Kim").starts_on == TODAY + timedelta(days=1)
    assert [e.name.split()[-1] for e in starting(school, weeks=7)][2] == "Sem"
    assert next(e.name.split()[-1] for e in starting(school, weeks=1)) == "Kim"


def test_who_has_a_form_leaves_the_list_on_the_first_day(school: School, clock: SetClock) -> None:
    enrol(school, comes("Noor", TODAY + timedelta(days=21)), comes("Bo", TODAY))
    print_for(school, "Noor", "Bo")
    assert listed(school) == ["Noor"]
    clock.moment += timedelta(days=21)
    assert listed(school) == []


def test_a_form_is_printed_for_who_starts_in_three_weeks(school: School) -> None:
    enrol(school, comes("Noor", TODAY + timedelta(days=21)), comes("Bo", TODAY))
    paper = print_for(school, "Noor")
    assert "Noor Test" in paper.text and "Bo Test" not in paper.text
    noor = the(school, "Noor")
    assert (len(noor.forms), noor.printed_on, noor.back) == (1, TODAY, 0)
    assert not noor.is_answered
    answered(school, noor.forms[0], "Anna van der Sluis", Authority.YES)
    assert the(school, "Noor").is_answered


def test_a_form_is_printed_for_who_has_no_group_yet(school: School) -> None:
    enrol(school, replace(comes("Noor", TODAY + timedelta(days=21)), group=None))
    assert "Noor Test" in print_for(school, "Noor").text
    assert the(school, "Noor").group == ""


def test_each_address_has_a_form_that_must_come_back(school: School) -> None:
    enrol(school, replace(a_child("Noor", MOTHER, APART), came_on=TODAY + timedelta(days=5)))
    print_for(school, "Noor")
    first, _ = the(school, "Noor").forms
    answered(school, first, "Anna van der Sluis", Authority.YES)
    assert (the(school, "Noor").back, the(school, "Noor").is_answered) == (1, False)
    paper = Paper()
    print_intake_list(school, paper)
    assert "1 van 2" in paper.text


def test_a_leaver_stands_on_it_until_the_last_day(school: School, clock: SetClock) -> None:
    enrol(school, comes("Noor", TODAY), comes("Bo", TODAY))
    mark_left(school, [pupils_of(school)["Noor Test"].pupil.id], TODAY)
    assert listed(school) == ["Bo", "Noor"]
    clock.moment += timedelta(days=1)
    assert listed(school) == ["Bo"]


def test_each_child_without_a_form_is_counted_once(school: School) -> None:
    assert to_do(school) == (0, 0)
    enrol(
        school,
        comes("Noor", LAST),
        comes("Kim", date(2026, 8, 1)),
        comes("Sem", LAST + timedelta(days=1)),  # nothing to do for yet
        comes("Max", date(2026, 7, 31)),
        comes("Lou", None),
    )
    assert to_do(school) == (2, 2)
    print_for(school, "Noor", "Lou")
    assert to_do(school) == (1, 1)
    print_for(school, "Kim", "Max", "Sem")
    assert to_do(school) == (0, 0)


def test_the_paper_tells_days_and_forms_and_no_answers(school: School) -> None:
    enrol(
        school,
        comes("Noor", TODAY + timedelta(days=21)),
        comes("Kim", TODAY + timedelta(days=30)),
        replace(a_child("Bo"), came_on=TODAY, group="Groep 2"),
    )
    print_for(school, "Noor")
    answered(school, the(school, "Noor").forms[0], "Anna van der Sluis", Authority.YES)
    lines, paper = audit_lines(school), Paper()
    run = print_intake_list(school, paper)
    assert audit_lines(school) == lines + 1
    assert [each.pupil for each in run] == ["Test, Noor", "Test, Kim", "Test, Bo"]
    for text in ("23 november 2026", "nog maken", "geen ouder bekend", "is gestart", "ja"):
        assert text in paper.text, text
    for text in ("Lindelaan", "Website", "Anna", "612345671"):
        assert text not in paper.text, text


def test_only_one_group(school: School) -> None:
    enrol(school, comes("Noor", TODAY), comes("Bo", TODAY, group="Groep 2"))
    assert [each.pupil for each in print_intake_list(school, Paper(), group="Groep 2")] == [
        "Test, Bo"
    ]


def test_a_sample_stores_nothing(school: School) -> None:
    enrol(school, comes("Noor", TODAY))
    lines = audit_lines(school)
    assert "VOORBEELD" in texts_of(sample_intake_list(school))[0]
    assert audit_lines(school) == lines


def test_nothing_is_made_when_everybody_has_a_form(school: School) -> None:
    enrol(school, comes("Noor", TODAY))
    print_for(school, "Noor")
    assert refused(print_intake_list, school, Paper()) == "starting.nobody"


def test_a_name_that_cannot_be_printed_stops_nobody_else(school: School) -> None:
    enrol(school, comes("Noor", TODAY), comes("\u4e2d", TODAY))
    run = print_intake_list(school, Paper())
    assert [each.pupil for each in run] == ["Test, Noor"]
    assert len(run.left_out) == 1
