"""How a round stands, and how quickly forms are entered."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from schoolprivacy.clock import SetClock
from schoolprivacy.consents import records
from schoolprivacy.consents.forms import print_forms
from schoolprivacy.consents.rounds.closing import close_round
from schoolprivacy.consents.rounds.progress import Counts, DayProgress, entering_pace, progress
from schoolprivacy.people.terms import Authority
from schoolprivacy.school import School
from tests.consents.families import (
    APART,
    FATHER,
    MOTHER,
    Paper,
    a_child,
    answered,
    asked,
    carers_of,
    enrol,
)
from tests.consents.filled_school import fill
from tests.consents.round_rows import EVERY, a_round, asked_in, at

ANNA, BAS = "Anna van der Sluis", "Bas Yıldız"
YES = Authority.YES


def counts(school: School) -> Counts:
    found = progress(school)
    assert found is not None
    assert found.total.printed == sum(each.counts.printed for each in found.groups)
    return found.total


def test_without_a_round_there_is_nothing_to_tell(school: School) -> None:
    assert progress(school) is None


def test_every_form_of_the_round_is_in_one_state(school: School) -> None:
    enrol(
        school,
        a_child("Noor", MOTHER),
        a_child("Sem", replace(MOTHER, call_name="Eva")),
        replace(a_child("Kim", replace(MOTHER, call_name="Lia")), group="Groep 6"),
        replace(a_child("Daan", replace(MOTHER, call_name="Mia")), group="Groep 6"),
    )
    forms = asked_in(school, a_round(school))
    answered(school, forms["Noor"], ANNA, YES, yes=EVERY)
    answered(school, forms["Sem"], "Eva van der Sluis", YES, yes="website")
    answered(school, forms["Kim"], "Lia van der Sluis", yes=EVERY)
    assert counts(school) == Counts(printed=4, back=2, partly=1, missing=1, unsettled=1)
    found = progress(school)
    assert found is not None
    assert [(g.label, g.counts.missing) for g in found.groups] == [("Groep 5", 0), ("Groep 6", 1)]
    close_round(school)
    assert counts(school) == Counts(printed=4, back=2, partly=1, missing=1, unsettled=1)


def test_a_form_outside_the_round_or_replaced_is_not_counted(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER))
    asked(school)
    a_round(school)
    assert counts(school) == Counts()


def test_of_parents_apart_the_silent_one_is_not_missing_when_nothing_is_open(
    school: School,
) -> None:
    enrol(school, a_child("Noor", MOTHER, APART))
    key = a_round(school)
    asked_in(school, key)
    with school.reading() as session:
        forms = records.forms(session)
    anna = next(
        c.guardian.id
        for c in carers_of(school, forms[0].pupil_id)
        if c.guardian.call_name == "Anna"
    )
    hers = next(each for each in forms if anna in each.guardians)
    assert counts(school) == Counts(printed=2, missing=2)
    answered(school, hers.number, ANNA, YES, yes=EVERY)
    assert counts(school) == Counts(printed=2, back=1, not_needed=1)
    his = next(each for each in forms if each is not hers)
    answered(school, his.number, BAS, YES, yes=EVERY.replace("website", ""), no="website")
    assert counts(school) == Counts(printed=2, back=2, conflicts=1)


def test_a_signer_who_was_not_named_must_be_found_out(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER, FATHER))
    forms = asked_in(school, a_round(school))
    answered(school, forms["Noor"], yes="", no=EVERY)
    assert counts(school).unsettled == 1


def test_leavers_drop_off_and_are_told(school: School, clock: SetClock) -> None:
    children = [a_child("Noor", MOTHER), a_child("Sem", replace(MOTHER, call_name="Eva"))]
    enrol(school, *children)
    asked_in(school, a_round(school))
    enrol(school, children[0], replace(children[1], left_on=date(2026, 11, 20)))
    at(clock, 2026, 11, 30)
    found = progress(school)
    assert found is not None and found.total.printed == 1 and found.left == 1


def test_day_by_day(school: School, clock: SetClock) -> None:
    enrol(school, *(a_child(name, replace(MOTHER, call_name=name)) for name in ("Noor", "Sem")))
    forms = asked_in(school, a_round(school))
    at(clock, 2026, 11, 5)
    answered(school, forms["Noor"], "Noor van der Sluis", YES, yes=EVERY)
    at(clock, 2026, 11, 9)
    answered(school, forms["Sem"], "Sem van der Sluis", YES, yes=EVERY)
    found = progress(school)
    assert found is not None
    assert found.days == (
        DayProgress(date(2026, 11, 2), 2, 0),
        DayProgress(date(2026, 11, 5), 2, 1),
        DayProgress(date(2026, 11, 9), 2, 2),
    )


def test_the_pace_is_that_since_the_last_pause(school: School, clock: SetClock) -> None:
    names = [f"Kind{n}" for n in range(6)]
    enrol(school, *(a_child(name, replace(MOTHER, call_name=name)) for name in names))
    forms = asked_in(school, a_round(school))
    assert entering_pace(school).today == 0
    for name, minute in zip(names, (0, 20, 21, 22, 23, 24), strict=True):
        at(clock, 2026, 11, 5, 10, minute)
        answered(school, forms[name], f"{name} van der Sluis", YES, yes=EVERY)
    pace = entering_pace(school)
    assert (pace.today, pace.stretch, pace.per_hour) == (6, 5, 60)
    clock.moment += timedelta(minutes=11)
    assert (entering_pace(school).stretch, entering_pace(school).per_hour) == (0, None)
    clock.moment += timedelta(days=1)
    assert entering_pace(school).today == 0


@pytest.mark.slow
def test_five_hundred_pupils_are_counted_quickly(school: School) -> None:
    fill(school, 500, 25)
    key = a_round(school)
    with school.transaction() as session:
        session.execute(sa.update(records.form).values(round_id=key))
        session.audit("round.filled", key)
    begun = time.process_time()
    found = progress(school)
    assert found is not None and found.total.printed == 500 == found.total.back
    assert time.process_time() - begun < 3


def test_a_form_that_is_printed_anew_takes_the_place_of_the_old_one(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER))
    asked_in(school, a_round(school))
    print_forms(school, Paper(), anew=True)
    assert counts(school).printed <= 1
