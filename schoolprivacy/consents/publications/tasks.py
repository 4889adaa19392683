"""Which children must be taken out of which pictures, after a withdrawal or a new refusal.

A task is computed anew each time from the publication log and from what counts now; only that
somebody did it is stored. So no task is forgotten, whatever was entered in which order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from schoolprivacy.consents import records
from schoolprivacy.consents.board import Cells
from schoolprivacy.consents.publications.records import Publication, read_publications, shown_in
from schoolprivacy.consents.publications.take_down_records import Key, Tick, ticks
from schoolprivacy.consents.rules import weigh
from schoolprivacy.consents.terms import Answer, Choice, Purpose, Verdict
from schoolprivacy.people import names
from schoolprivacy.people.records import current_year, placed_pupils, pupil, pupil_of
from schoolprivacy.people.terms import PlacedPupil, Pupil
from schoolprivacy.school import School, Session
from schoolprivacy.schoolyear import SchoolYear

_STOPS = frozenset({Answer.REFUSED, Answer.WITHDRAWN, Answer.CONFLICT})
"""What somebody said no to. That nobody answered yet is found on the board, not here."""


@dataclass(frozen=True, slots=True)
class Because:
    """Why a child must be taken out; not by whom.

    :param short: short name of the purpose
    :param since: the first day of a no or withdrawal that counts
    """

    purpose: str
    short: str
    answer: Answer
    since: date


@dataclass(frozen=True, slots=True)
class Task:
    """A child to take out of a publication.

    :param child: with the group it sat in in the school year of the publication
    :param because: empty when it was done and a parent said yes since
    :param done: when somebody ticked it off
    """

    publication: Publication
    child: PlacedPupil
    because: tuple[Because, ...]
    done: Tick | None

    @property
    def key(self) -> Key:
        """What ticks it off."""
        return self.publication.id, self.child.pupil.id


# — which tasks there are —


def tasks(school: School, *, only_open: bool = True) -> list[Task]:
    """Whom to take out of what is still there, newest publication first, then by group and name.

    Children who left the school are there too: their parents may still withdraw.

    :param only_open: without what somebody ticked off
    """
    with school.reading() as session:
        return read_tasks(session, only_open=only_open)


def open_tasks(session: Session) -> int:
    """How many tasks nobody ticked off."""
    return len(open_keys(session))


def open_keys(session: Session) -> list[Key]:
    """The tasks that nobody ticked off, by publication and child."""
    there = still_there(session)
    if not there:
        return []
    return _keys(session, _refusing(session), there, ticks(session), only_open=True)


def read_tasks(session: Session, *, only_open: bool = True) -> list[Task]:
    """As :func:`tasks`, within an action."""
    there, refusing, done = still_there(session), _refusing(session), ticks(session)
    wanted = _keys(session, refusing, there, done, only_open=only_open)
    children = _placed(session, there, wanted)
    because = _reasons(session, refusing, {pupil_id for _, pupil_id in wanted})
    found = [
        Task(
            there[publication_id],
            children[publication_id, pupil_id],
            tuple(
                because[pupil_id, code]
                for code in there[publication_id].channel.purposes
                if (pupil_id, code) in because
            ),
            _valid(done.get((publication_id, pupil_id)), there[publication_id]),
        )
        for publication_id, pupil_id in wanted
    ]
    place = {each: number for number, each in enumerate(there)}
    return sorted(found, key=lambda task: (place[task.publication.id], *_by_group(task.child)))


def _by_group(child: PlacedPupil) -> tuple[object, ...]:
    group = names.natural_sort_key(child.placement.group_name)
    return group, names.surname_sort_key(child.pupil), child.pupil.id


def _valid(tick: Tick | None, publication: Publication) -> Tick | None:
    """A tick of what is there now, not of what was recorded before it was corrected."""
    return tick if tick and tick.version == publication.version else None


def still_there(session: Session) -> dict[str, Publication]:
    """What was not taken away as a whole, newest first."""
    return {each.id: each for each in read_publications(session) if each.removed_on is None}


Refusing = dict[str, dict[Purpose, Answer]]
"""By child the purposes to which somebody said no, and what counts there now."""


def _refusing(session: Session) -> Refusing:
    """Of everybody the school ever knew; leavers too."""
    given = records.decision.c
    stopped = sa.select(given.pupil_id).where(
        given.choice != Choice.GRANTED.value, given.invalidated_at.is_(None)
    )
    rows = session.execute(sa.select(pupil).where(pupil.c.id.in_(stopped))).all()
    children, today = [pupil_of(row) for row in rows], session.clock.today()
    purposes = records.purposes(session, every=True)
    found: Refusing = {}
    for child, row in zip(
        children, Cells(session, children).rows(children, purposes, today), strict=True
    ):
        said = zip(purposes, row, strict=True)
        if stops := {each: answer for each, answer in said if answer in _STOPS}:
            found[child.id] = stops
    return found


def _keys(
    session: Session,
    refusing: Refusing,
    there: Mapping[str, Publication],
    done: Mapping[Key, Tick],
    *,
    only_open: bool,
) -> list[Key]:
    """Each publication with each child that must be, or was, taken out of it."""
    valid = {key for key, tick in done.items() if key[0] in there and _valid(tick, there[key[0]])}
    codes = {child: {each.code for each in stops} for child, stops in refusing.items()}
    wanted = {
        (publication_id, child)
        for publication_id, children in shown_in(session, list(refusing)).items()
        if publication_id in there
        for child in children
        if not codes[child].isdisjoint(there[publication_id].channel.purposes)
    }
    return sorted(wanted - valid if only_open else wanted | valid)


def _placed(
    session: Session, there: dict[str, Publication], keys: Collection[Key]
) -> dict[Key, PlacedPupil]:
    """Each child with the group of the school year of the publication."""
    years: dict[SchoolYear, list[Key]] = defaultdict(list)
    of_day = {on: current_year(session, on) for on in {there[key[0]].appeared_on for key in keys}}
    for key in keys:
        years[of_day[there[key[0]].appeared_on]].append(key)
    found: dict[Key, PlacedPupil] = {}
    for year, own in years.items():
        placed = placed_pupils(session, year, pupil_ids={pupil_id for _, pupil_id in own})
        by_id = {each.pupil.id: each for each in placed}
        found |= {key: by_id[key[1]] for key in own}
    return found


def _reasons(
    session: Session, refusing: Refusing, pupil_ids: Collection[str]
) -> dict[tuple[str, str], Because]:
    """By child and purpose, since when the pictures may not be used."""
    told = [each for each in pupil_ids if each in refusing]
    recorded, today = records.decisions(session, told), session.clock.today()
    rows = session.execute(sa.select(pupil).where(pupil.c.id.in_(told))).all()
    return {
        (child.id, purpose.code): Because(
            purpose.code,
            purpose.wording.short,
            answer,
            _since(recorded[child.id, purpose.code], child, purpose, today),
        )
        for child in map(pupil_of, rows)
        for purpose, answer in refusing[child.id].items()
    }


def _since(
    given: Sequence[records.RecordedDecision], child: Pupil, purpose: Purpose, today: date
) -> date:
    decisions = [each.decision for each in given]
    verdicts = weigh(
        decisions,
        on=today,
        born_on=child.born_on,
        widened_at=purpose.widened_at,
        own=purpose.is_own,
    )
    return min(
        each.decided_on
        for each, verdict in zip(decisions, verdicts, strict=True)
        if verdict is Verdict.COUNTS and each.choice is not Choice.GRANTED
    )
