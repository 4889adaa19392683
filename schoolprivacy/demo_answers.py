"""How the demo school asks and is answered: forms go out, come back, and are reminded of."""

from __future__ import annotations

import contextlib
import random
from datetime import UTC, date, datetime, timedelta

from schoolprivacy.clock import Clock, SetClock
from schoolprivacy.consents import actions
from schoolprivacy.consents.answering import FormAnswers, enter_form, find_form
from schoolprivacy.consents.forms import print_forms
from schoolprivacy.consents.records import forms
from schoolprivacy.consents.rounds import opening
from schoolprivacy.consents.rounds.printing import print_round_forms
from schoolprivacy.consents.rounds.reminding import print_round_reminders
from schoolprivacy.consents.rounds.terms import Step
from schoolprivacy.consents.terms import Way
from schoolprivacy.errors import RefusedError
from schoolprivacy.people.names import full_name
from schoolprivacy.people.records import guardianships
from schoolprivacy.people.terms import Authority
from schoolprivacy.school import School
from schoolprivacy.schoolyear import SchoolYear

_HAND_IN_DAYS = 14
_REMINDER_DAYS = (5, 19)
"""After the hand-in date."""
_CLOSES = 15
"""The hour after which nobody enters forms."""


def ask_and_answer(school: School, chance: random.Random, then: SetClock, clock: Clock) -> None:
    """Forms go out; most come back in the weeks after, some with a blank, some with a no."""
    before = _numbers_asked(school)
    then.moment = min(then.moment + timedelta(days=14), clock.now())
    printed = print_forms(school, lambda _: None).printed
    news = [each for each in printed if each.form not in before]
    for each in news:
        if chance.random() < 0.82:
            then.moment = min(then.moment + timedelta(minutes=20), clock.now())
            _answer(school, chance, each.form, each.pupil_id, then)
    for each in chance.sample(news, k=min(3, len(news))):
        _withdraw_one(school, each.pupil_id, then)


def renew(
    school: School, chance: random.Random, year: SchoolYear, then: SetClock, clock: Clock
) -> None:
    """The yearly round: most answer, those who do not are reminded once; it is still open."""
    then.moment = min(then.moment + timedelta(days=14), clock.now())
    opening.open_round(school, year)
    back_by = _school_day(then.today(), _HAND_IN_DAYS)
    reminders = [_school_day(back_by, days) for days in _REMINDER_DAYS]
    opening.set_dates(school, back_by, *reminders)
    before = _pupils_asked(school)
    printed = print_round_forms(school, lambda _: None).printed
    # Of one new child nothing is known yet, so that this can be seen too.
    silent = next((each.pupil_id for each in printed if each.pupil_id not in before), "")
    able = [each for each in printed if each.pupil_id != silent]
    for step in (Step.BACKUP, Step.GROUPS, Step.CHECK, Step.QUESTIONS, Step.PAPERS, Step.DATES):
        opening.finish_step(school, step)
    then.moment = min(_at_nine(_school_day(then.today(), 2)), clock.now())
    for each in able:
        if chance.random() < 0.82:
            then.moment = min(_next_entry(then.moment), clock.now())
            _answer(school, chance, each.form, each.pupil_id, then)
    for each in chance.sample(able, k=min(3, len(able))):
        _withdraw_one(school, each.pupil_id, then)
    then.moment = min(max(then.moment, _at_nine(reminders[0])), clock.now())
    with contextlib.suppress(RefusedError):  # the school year may be too young for a reminder
        print_round_reminders(school, lambda _: None)


def _next_entry(moment: datetime) -> datetime:
    """Forms are entered now and then in the course of a working day."""
    later = moment + timedelta(minutes=20)
    if later.hour < _CLOSES:
        return later
    return _at_nine(_school_day(later.date(), 1))


def _school_day(day: date, days: int) -> date:
    """So many days later, and not in a weekend."""
    later = day + timedelta(days=days)
    return later + timedelta(days=max(0, 7 - later.weekday()) if later.weekday() >= 5 else 0)


def _at_nine(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, 0, tzinfo=UTC)


def _pupils_asked(school: School) -> set[str]:
    with school.reading() as session:
        return {each.pupil_id for each in forms(session)}


def _numbers_asked(school: School) -> set[str]:
    with school.reading() as session:
        return {each.number for each in forms(session)}


def _answer(
    school: School, chance: random.Random, form: str, pupil_id: str, then: SetClock
) -> None:
    with school.reading() as session:
        carers = guardianships(session, [pupil_id]).get(pupil_id, [])
        codes = [code for code, _ in find_form(session, form).asked]
    able = [c for c in carers if c.authority is not Authority.NO and c.guardian.surname]
    answers = {code: chance.random() for code in codes}
    yes = frozenset(code for code, drawn in answers.items() if drawn < 0.78)
    no = frozenset(code for code, drawn in answers.items() if 0.78 <= drawn < 0.95)
    signer = full_name(chance.choice(able).guardian) if able else "Robin Verzonnen"
    enter_form(school, form, FormAnswers(yes, no, signer, Authority.YES, signed_on=then.today()))


def _withdraw_one(school: School, pupil_id: str, then: SetClock) -> None:
    with school.reading() as session:
        carers = guardianships(session, [pupil_id]).get(pupil_id, [])
    for carer in carers[:1]:
        actions.withdraw(
            school, pupil_id, carer.guardian.id, ["website"], on=then.today(), way=Way.DESK
        )
