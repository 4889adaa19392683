"""Reminding in the yearly round: the first letter, the second, and the list for the teacher.

A family is written to twice. Who has not answered then is spoken to: a third letter is printed
only when somebody insists.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Unpack

import sqlalchemy as sa

from schoolprivacy.consents import records
from schoolprivacy.consents.printing import (
    SAMPLES,
    Deliver,
    Draft,
    Job,
    PaperCount,
    Printed,
    PrintRun,
    Whom,
    count_paper,
    print_paper,
    sample_paper,
)
from schoolprivacy.consents.records import Form
from schoolprivacy.consents.reminders import letters_draft, list_draft
from schoolprivacy.consents.rounds.opening import the_round
from schoolprivacy.consents.rounds.records import form_reminder, open_round
from schoolprivacy.consents.rounds.terms import Round
from schoolprivacy.consents.waiting import WaitedFor, waited_for
from schoolprivacy.errors import RefusedError
from schoolprivacy.paper.dates import dutch_date
from schoolprivacy.people.profile import read_profile
from schoolprivacy.people.records import current_year, pupils_on_roll
from schoolprivacy.people.terms import PlacedPupil
from schoolprivacy.school import School, Session

_MONDAY = 0
MOST = 2
"""So many letters remind a family of one form; then somebody calls."""


@dataclass(frozen=True, slots=True)
class Reminded:
    """One time that a family was reminded of a form."""

    number: int
    on: date


@dataclass(frozen=True, slots=True)
class DueReminder:
    """A form of the open round that is not fully back.

    :param form: its number
    :param before: the letters about it, oldest first
    :param number: which letter is next; that of today when one was printed today
    :param is_due: the day for it has come
    :param to_call: it was written about twice: call the family
    """

    pupil_id: str
    group: str
    form: str
    before: tuple[Reminded, ...]
    number: int
    is_due: bool
    to_call: bool


@dataclass(frozen=True, slots=True)
class ReminderRun(PrintRun):
    """What came on paper; ``reprinted`` are forms in a letter of today before: no new reminder.

    :param numbers: how many forms were reminded of for the first, the second … time
    :param to_call: forms without a letter, because their families were written to twice
    """

    numbers: Mapping[int, int] = field(default_factory=dict)
    to_call: tuple[Printed, ...] = ()


def due_reminders(school: School) -> list[DueReminder]:
    """Every form of the open round that is not fully back, by group; none without a round."""
    with school.reading() as session:
        on = session.clock.today()
        going_on = open_round(session)
        if going_on is None:
            return []
        pupils = pupils_on_roll(session, on, current_year(session, on))
        return [each for _, each in _due(session, going_on, pupils)]


def print_round_reminders(
    school: School, deliver: Deliver, *, again: bool = False, **job: Unpack[Job]
) -> ReminderRun:
    """Print the reminders of which the day has come, one letter per family and address.

    What is printed again on the same day is the same reminder; it is told, and not counted twice.

    :param again: write a third time and more, to who was written to twice
    :raises RefusedError: no round is open, nobody is waited for, no reminder is due yet, or all who
        are waited for were written to twice
    """
    letters: list[_Letters] = []

    def prepare(session: Session, pupils: list[PlacedPupil]) -> Draft:
        letters.append(_prepare(session, pupils, again=again))
        return letters[-1].draft

    run = print_paper(school, deliver, prepare, "round_reminders.printed", {"again": again}, **job)
    (made,) = letters
    return ReminderRun(
        run.printed,
        run.left_out,
        run.reprinted,
        Counter(each.number for each in made.reminded),
        made.to_call,
    )


def sample_round_reminders(school: School, *, again: bool = False, **whom: Unpack[Whom]) -> bytes:
    """The first letters to look at; stores nothing.

    :raises RefusedError: as ``print_round_reminders``
    """

    def prepare(session: Session, pupils: list[PlacedPupil]) -> Draft:
        return _prepare(session, pupils, again=again, most=SAMPLES).draft

    return sample_paper(school, prepare, **whom)


def count_round_reminders(
    school: School, *, again: bool = False, **whom: Unpack[Whom]
) -> PaperCount:
    """How many letters would be printed; ``reprinted`` stood in a letter of today before.

    :raises RefusedError: as ``print_round_reminders``
    """

    def prepare(session: Session, pupils: list[PlacedPupil]) -> Draft:
        return _prepare(session, pupils, again=again).draft

    return count_paper(school, prepare, **whom)


def print_round_reminder_list(school: School, deliver: Deliver, **job: Unpack[Job]) -> PrintRun:
    """Print per group who is still waited for in the round, for the teacher to hand out letters.

    :raises RefusedError: no round is open, no such group, or no pupils
    """
    return print_paper(school, deliver, _list, "round_reminder_list.printed", **job)


def sample_round_reminder_list(school: School, **whom: Unpack[Whom]) -> bytes:
    """The same list to look at; stores nothing.

    :raises RefusedError: no round is open
    """
    return sample_paper(school, _list, **whom)


def _list(session: Session, pupils: list[PlacedPupil]) -> Draft:
    return list_draft(session, pupils, _waiting(session, the_round(session), pupils))


def reminded(session: Session, round_id: str) -> dict[str, list[Reminded]]:
    """Every letter about the forms of a round, by form, oldest first."""
    of_round = sa.select(records.form.c.id).where(records.form.c.round_id == round_id)
    query = (
        sa.select(form_reminder)
        .where(form_reminder.c.form_id.in_(of_round))
        .order_by(form_reminder.c.number)
    )
    found: dict[str, list[Reminded]] = {}
    for row in session.execute(query):
        on = date.fromisoformat(row.printed_on)
        found.setdefault(row.form_id, []).append(Reminded(row.number, on))
    return found


# — who is due —


def _waiting(session: Session, round_: Round, pupils: Sequence[PlacedPupil]) -> list[WaitedFor]:
    return [each for each in waited_for(session, pupils) if each.form.round_id == round_.id]


def _due(
    session: Session, round_: Round, pupils: Sequence[PlacedPupil]
) -> list[tuple[WaitedFor, DueReminder]]:
    before = reminded(session, round_.id)
    on, days = session.clock.today(), read_profile(session).hand_in_days
    return [
        (each, _judged(each, round_, before.get(each.form.id, []), on, days))
        for each in _waiting(session, round_, pupils)
        if each.to_ask
    ]


def _judged(
    each: WaitedFor, round_: Round, before: Sequence[Reminded], on: date, days: int
) -> DueReminder:
    of_today = next((r.number for r in before if r.on == on), None)
    number = of_today or 1 + max((r.number for r in before), default=0)
    first_day = _first_day(each.form, round_, before, days)
    return DueReminder(
        each.child.pupil.id,
        each.child.placement.group_name,
        each.form.number,
        tuple(before),
        number,
        of_today is not None or on >= first_day,
        of_today is None and number > MOST,
    )


def _first_day(form: Form, round_: Round, before: Sequence[Reminded], days: int) -> date:
    """From when the next letter may go out.

    The first one when the hand-in date has passed, or earlier on the day that was chosen; the
    later ones on the day that was chosen, or when the days to answer have passed once more. The
    chosen days are not for a form that was made later and need not be back by then.
    """
    first, second = round_.first_reminder, round_.second_reminder
    if round_.hand_in_by and form.hand_in_by > round_.hand_in_by:
        first = second = None
    if not before:
        past = form.hand_in_by + timedelta(days=1)
        return min(past, first or past)
    if len(before) == 1 and second and second > before[0].on:
        return second
    return before[-1].on + timedelta(days=days + 1)


# — the letters —


@dataclass(frozen=True, slots=True)
class _Sent:
    """A form in a letter of now, and how many times its family is reminded of it with this."""

    form_id: str
    number: int
    is_reprint: bool


@dataclass(frozen=True, slots=True)
class _Letters:
    """Letters that are prepared, what they remind of, and for whom there is none."""

    draft: Draft
    reminded: tuple[_Sent, ...]
    to_call: tuple[Printed, ...]


def _prepare(
    session: Session, pupils: list[PlacedPupil], *, again: bool, most: int | None = None
) -> _Letters:
    round_ = the_round(session)
    waiting = _due(session, round_, pupils)
    # Who insists need not wait for a day.
    due = {w.form.id: d for w, d in waiting if d.is_due or (again and d.to_call)}
    to_call = {key for key, each in due.items() if each.to_call and not again}
    if waiting and not due:
        raise RefusedError("round_going.no_reminder_due", day=_when(session, waiting))
    if due and len(to_call) == len(due):
        raise RefusedError("round_going.reminded_twice", count=len(due))
    now = [w for w, _ in waiting if w.form.id in due and w.form.id not in to_call]
    found = letters_draft(
        session,
        now,
        number_of=lambda form: due[form.id].number,
        until=_before(round_.second_reminder),
        most=most,
    )
    today = session.clock.today()
    sent = tuple(
        _Sent(key, due[key].number, any(r.on == today for r in due[key].before))
        for key in dict.fromkeys(each.form.id for each in found.reminded)
    )
    left = tuple(Printed.of(w.child, w.form) for w, _ in waiting if w.form.id in to_call)
    made = found.draft
    reprinted = sum(each.is_reprint for each in sent)
    draft = replace(made, store=lambda: _store(session, sent), reprinted=reprinted)
    return _Letters(draft, sent, left)


def _before(day: date | None) -> date | None:
    """The last day to answer before the second letter goes out; not in a weekend."""
    return day and day - timedelta(days=3 if day.weekday() == _MONDAY else 1)


def _when(session: Session, waiting: Sequence[tuple[WaitedFor, DueReminder]]) -> str:
    """The first day on which one of them may be reminded."""
    round_, days = the_round(session), read_profile(session).hand_in_days
    return dutch_date(min(_first_day(w.form, round_, d.before, days) for w, d in waiting))


def _store(session: Session, sent: Sequence[_Sent]) -> None:
    rows = [
        {
            "form_id": each.form_id,
            "number": each.number,
            "printed_on": session.clock.today().isoformat(),
            "printed_by": session.who.id,
        }
        for each in sent
        if not each.is_reprint
    ]
    if rows:
        session.execute(sa.insert(form_reminder), rows)
