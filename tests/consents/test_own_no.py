"""A child's own no: noted, lifted, kept; it changes no answer."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from schoolprivacy.clock import SetClock
from schoolprivacy.consents.own_no import OwnNo, lift_own_no, note_own_no, own_noes
from schoolprivacy.consents.records import matrix, purposes
from schoolprivacy.school import School
from tests.people.builders import a_row, pupils_of, record_decisions, rows_of, store
from tests.vault.schools import NOW, refused

TODAY = NOW.date()


@pytest.fixture
def sanne(school: School) -> str:
    store(school, a_row("Sanne de Boer", "1"), a_row("Bo Smit", "2", born_on=date(2017, 1, 2)))
    return pupils_of(school)["Sanne de Boer"].pupil.id


def test_a_no_is_noted_by_who_heard_it(school: School, sanne: str) -> None:
    note = note_own_no(school, sanne, TODAY, " Wil niet \t op de foto ")
    assert own_noes(school, sanne) == [
        OwnNo(note, TODAY, school.who.name, "Wil niet op de foto", None)
    ]
    other = pupils_of(school)["Bo Smit"].pupil.id
    assert own_noes(school, other) == []


def test_a_no_that_was_lifted_stays_in_the_history(
    school: School, sanne: str, clock: SetClock
) -> None:
    first = note_own_no(school, sanne, TODAY)
    clock.moment += timedelta(days=2)
    lift_own_no(school, first, TODAY + timedelta(days=1))
    second = note_own_no(school, sanne, TODAY + timedelta(days=2))
    noes = own_noes(school, sanne)
    assert [(each.id, each.lifted_on) for each in noes] == [
        (second, None),
        (first, TODAY + timedelta(days=1)),
    ]


def test_it_changes_no_answer(school: School, sanne: str) -> None:
    record_decisions(school)

    def answers() -> object:
        with school.reading() as session:
            pupils = [each.pupil for each in pupils_of(school).values()]
            return matrix(session, pupils, purposes(session), TODAY).answers

    before = answers()
    note = note_own_no(school, sanne, TODAY)
    assert answers() == before
    lift_own_no(school, note, TODAY)
    assert answers() == before


def test_what_cannot_be_is_refused_with_nothing_stored(
    school: School, sanne: str, clock: SetClock
) -> None:
    note = note_own_no(school, sanne, TODAY)
    before = rows_of(school)
    tomorrow, yesterday = TODAY + timedelta(days=1), TODAY - timedelta(days=1)
    assert refused(note_own_no, school, sanne, tomorrow) == "decision.future"
    assert refused(note_own_no, school, sanne, TODAY, "x" * 301) == "own_no.remark"
    assert refused(lift_own_no, school, note, tomorrow) == "decision.future"
    assert refused(lift_own_no, school, note, yesterday) == "own_no.too_early"
    assert rows_of(school) == before
    lift_own_no(school, note, TODAY)
    assert refused(lift_own_no, school, note, TODAY) == "own_no.lifted"


def test_the_trail_tells_that_and_not_what(school: School, sanne: str) -> None:
    lift_own_no(school, note_own_no(school, sanne, TODAY, "Schaamt zich"), TODAY)
    *_, noted, lifted = sorted(rows_of(school)["audit"], key=lambda row: int(row["seq"]))
    assert [(each["action"], each["about"]) for each in (noted, lifted)] == [
        ("own_no.noted", sanne),
        ("own_no.lifted", sanne),
    ]
    assert "Schaamt" not in str(rows_of(school)["audit"])
