"""Many at once: asked otherwise than on a form; it permits nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from schoolprivacy.consents.bulk import record_asked, undo_asked
from schoolprivacy.consents.terms import Answer
from schoolprivacy.people.terms import Authority
from schoolprivacy.school import School
from tests.consents.families import answered as enter
from tests.consents.families import asked
from tests.consents.stack_builders import (
    BEFORE,
    TODAY,
    answers,
    lines,
    three_families,
)
from tests.people.builders import rows_of
from tests.vault.schools import refused


@pytest.fixture
def families(school: School) -> School:
    three_families(school)
    return school


def test_asked_is_no_answer_and_can_be_undone(families: School) -> None:
    before = rows_of(families, "audit")
    ids = [each.pupil_id for each in lines(families).values()]
    done = record_asked(families, ids, ["website", "press"], TODAY)
    assert (done.recorded, done.answered, done.asked_before) == (6, 0, 0)
    assert answers(families, "Kim")["website"] is Answer.NO_ANSWER
    assert answers(families, "Kim")["newsletter"] is Answer.NOT_ASKED
    again = record_asked(families, ids, ["website", "press"], TODAY)
    assert (again.recorded, again.asked_before) == (0, 6)
    undo_asked(families, done)
    assert rows_of(families, "audit") == before
    assert refused(undo_asked, families, done) == "stack.undone"


def test_who_answered_or_was_asked_that_day_is_left_alone(families: School) -> None:
    forms = {each.pupil.split()[0]: each.form for each in asked(families)}
    enter(families, forms["Kim"], "Anna van der Sluis", Authority.YES, yes="website")
    enter(families, forms["Ali"], "Robin Tekenaar", None, yes="website")  # waits for authority
    ids = [each.pupil_id for each in lines(families).values()]
    done = record_asked(families, ids, ["website"], TODAY)
    assert (done.recorded, done.answered, done.asked_before) == (0, 2, 1)
    earlier = record_asked(families, ids, ["website"], BEFORE)
    assert (earlier.recorded, earlier.answered, earlier.asked_before) == (1, 2, 0)


def test_asking_that_cannot_be_is_refused_with_nothing_stored(families: School) -> None:
    before = rows_of(families)
    kim = lines(families)["Kim"].pupil_id
    tomorrow = TODAY + timedelta(days=1)
    assert refused(record_asked, families, [], ["website"], TODAY) == "stack.nobody"
    assert refused(record_asked, families, [kim], [], TODAY) == "stack.nobody"
    assert refused(record_asked, families, [kim], ["website"], tomorrow) == "decision.future"
    assert refused(record_asked, families, [kim], ["facebook"], TODAY) == "purpose.unknown"
    assert refused(record_asked, families, [kim, "x"], ["website"], TODAY) == "pupil.unknown"
    assert rows_of(families) == before
