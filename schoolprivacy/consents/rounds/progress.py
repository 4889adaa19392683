"""How a yearly round stands: printed, back, missing, per group and day by day; and the pace."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa

from schoolprivacy.consents import records
from schoolprivacy.consents.board import AnswerRow, Cells
from schoolprivacy.consents.rounds.papers_back import RoundForm, read_round_forms
from schoolprivacy.consents.rounds.records import open_round, rounds
from schoolprivacy.consents.rounds.reminding import reminded
from schoolprivacy.consents.rounds.terms import Round
from schoolprivacy.consents.terms import Answer, Purpose
from schoolprivacy.people.names import group_label
from schoolprivacy.people.records import current_year, pupils_on_roll
from schoolprivacy.people.terms import PlacedPupil
from schoolprivacy.school import School, Session

PAUSE = timedelta(minutes=10)
"""Who enters nothing for longer is doing something else."""


class FormState(StrEnum):
    """Where one form of the round is; every form is in one of these.

    BACK: something came in and nothing is left to ask. PARTLY: something came in, and a question is
    open. MISSING: nothing came in, and a question is open. NOT_NEEDED: the paper did not come back,
    but every question on it has an answer that counts: of the other parent, or an earlier one.
    """

    BACK = "back"
    PARTLY = "partly"
    MISSING = "missing"
    NOT_NEEDED = "not_needed"


@dataclass(frozen=True, slots=True)
class Counts:
    """Forms and children in numbers.

    :param printed: forms; ``back``, ``partly``, ``missing`` and ``not_needed`` together
    :param conflicts: children about whom two answers differ
    :param unsettled: forms that came in, while the school must find out who signed or whether that
        person has authority
    :param reminded: forms about which a letter was sent
    """

    printed: int = 0
    back: int = 0
    partly: int = 0
    missing: int = 0
    not_needed: int = 0
    conflicts: int = 0
    unsettled: int = 0
    reminded: int = 0

    @property
    def came_in(self) -> int:
        """Forms with an answer, complete or not."""
        return self.back + self.partly


@dataclass(frozen=True, slots=True)
class GroupProgress:
    """A group; "" for the children who have none.

    :param label: as it is read on a screen or list
    """

    group: str
    label: str
    counts: Counts


@dataclass(frozen=True, slots=True)
class DayProgress:
    """How many forms were out and back at the end of a day."""

    day: date
    printed: int
    back: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How a round stands on the present day.

    :param groups: in the school's order
    :param days: every day on which something changed, the first to the last
    :param left: forms of children who left the school; they are counted nowhere else
    """

    round: Round
    total: Counts
    groups: tuple[GroupProgress, ...]
    days: tuple[DayProgress, ...]
    left: int


@dataclass(frozen=True, slots=True)
class Pace:
    """How quickly forms are entered today.

    :param today: forms that were entered today
    :param stretch: of these, the ones since the last pause of more than ten minutes
    :param per_hour: over that stretch; None when it is too short to say
    """

    today: int
    stretch: int
    per_hour: int | None


def progress(school: School) -> Progress | None:
    """How the open round stands, or the one that was closed last; None when there never was one."""
    with school.reading() as session:
        found = newest_round(session)
        return read_progress(session, found) if found else None


def newest_round(session: Session) -> Round | None:
    """The round that is open, else the one that was closed last."""
    return open_round(session) or next(iter(rounds(session)), None)


def read_progress(session: Session, round_: Round) -> Progress:
    """Count one round, with one pass over its forms."""
    on = session.clock.today()
    pupils = pupils_on_roll(session, on, current_year(session, on))
    asked_for = records.purposes(session, only_on=True)
    everybody = [each.pupil for each in pupils]
    answers = Cells(session, everybody).rows(everybody, asked_for, on)
    forms, left = read_round_forms(session, round_.id, pupils, asked_for, answers)
    letters = reminded(session, round_.id)
    groups = _groups(pupils, forms, _in_conflict(pupils, asked_for, answers), letters.keys())
    return Progress(round_, _sum(each.counts for each in groups), groups, _days(forms), left)


def state_of(form: RoundForm) -> FormState:
    """In which of the states a form is."""
    if form.back_on:
        return FormState.PARTLY if form.to_ask else FormState.BACK
    return FormState.MISSING if form.to_ask else FormState.NOT_NEEDED


def _in_conflict(
    pupils: Sequence[PlacedPupil], asked_for: Sequence[Purpose], answers: Sequence[AnswerRow]
) -> frozenset[str]:
    return frozenset(
        each.pupil.id for each, row in zip(pupils, answers, strict=True) if Answer.CONFLICT in row
    )


def _groups(
    pupils: Sequence[PlacedPupil],
    forms: Iterable[RoundForm],
    in_conflict: frozenset[str],
    with_letter: Iterable[str],
) -> tuple[GroupProgress, ...]:
    group_of = {each.pupil.id: each.placement.group_name for each in pupils}
    with_letter = frozenset(with_letter)
    many: dict[str, Counter[str]] = {name: Counter() for name in group_of.values()}
    for form in forms:
        here = many[group_of[form.pupil_id]]
        here["printed"] += 1
        here[state_of(form).value] += 1
        here["unsettled"] += form.is_unsettled
        here["reminded"] += form.id in with_letter
    for pupil_id in in_conflict:
        many[group_of[pupil_id]]["conflicts"] += 1
    return tuple(
        GroupProgress(name, group_label(name) if name else "", Counts(**found))
        for name, found in many.items()
    )


def _sum(counts: Iterable[Counts]) -> Counts:
    total: Counter[str] = Counter()
    for each in counts:
        for name in Counts.__slots__:
            total[name] += getattr(each, name)
    return Counts(**total)


def _days(forms: Sequence[RoundForm]) -> tuple[DayProgress, ...]:
    out = Counter(each.asked_on for each in forms)
    back = Counter(each.back_on for each in forms if each.back_on)
    now, found = DayProgress(date.min, 0, 0), []
    for day in sorted(out.keys() | back.keys()):
        now = replace(now, day=day, printed=now.printed + out[day], back=now.back + back[day])
        found.append(now)
    return tuple(found)


# — the pace —


def entering_pace(school: School) -> Pace:
    """How many forms were entered today, and how quickly; what was undone does not count."""
    table, now = records.decision.c, school.clock.now()
    since = (now - timedelta(hours=36)).isoformat()  # all of today, in every time zone
    query = sa.select(table.form_id, table.recorded_at).where(
        table.form_id.is_not(None), table.invalidated_at.is_(None), table.recorded_at >= since
    )
    moments: dict[str, datetime] = defaultdict(lambda: datetime.min.replace(tzinfo=now.tzinfo))
    with school.reading() as session:
        for row in session.execute(query):
            at = datetime.fromisoformat(row.recorded_at)
            moments[row.form_id] = max(moments[row.form_id], at)
    today = school.clock.today()
    return _pace(sorted(at for at in moments.values() if at.astimezone().date() == today), now)


def _pace(moments: Sequence[datetime], now: datetime) -> Pace:
    first = len(moments)
    later = now
    while first and later - moments[first - 1] <= PAUSE:
        first -= 1
        later = moments[first]
    stretch = moments[first:]
    took = (stretch[-1] - stretch[0]).total_seconds() if stretch else 0.0
    # The first form was begun before it was entered: one interval less than there are forms.
    per_hour = round((len(stretch) - 1) * 3600 / took) if took else None
    return Pace(len(moments), len(stretch), per_hour)
