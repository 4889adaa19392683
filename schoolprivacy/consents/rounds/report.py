"""The report of a yearly round for director and board: numbers only, nobody's name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import sqlalchemy as sa

from schoolprivacy.consents import records
from schoolprivacy.consents.board import Cells
from schoolprivacy.consents.contacts.copies import ListCopy
from schoolprivacy.consents.printing import (
    Deliver,
    Outlet,
    PrintRun,
    Progress,
    made,
    school_paper,
)
from schoolprivacy.consents.rounds import report_papers
from schoolprivacy.consents.rounds.closing import lists_to_destroy
from schoolprivacy.consents.rounds.progress import Counts, newest_round, read_progress
from schoolprivacy.consents.rounds.records import form_reminder
from schoolprivacy.consents.rounds.report_lines import (
    PurposeLine,
    ReportGroup,
    ReportList,
    RoundReport,
)
from schoolprivacy.consents.rounds.terms import Round
from schoolprivacy.consents.terms import Answer, Choice
from schoolprivacy.errors import RefusedError
from schoolprivacy.paper.sender import Made
from schoolprivacy.people.names import group_label
from schoolprivacy.people.records import current_year, pupils_on_roll
from schoolprivacy.school import School, Session

NO_GROUP = "Zonder groep"


def round_report(school: School) -> RoundReport:
    """The round that is open, else the one that was closed last, as it stands today.

    :raises RefusedError: there never was a round
    """
    with school.reading() as session:
        return _report(session)


def print_round_report(
    school: School, deliver: Deliver, *, way: Outlet = "saved", progress: Progress | None = None
) -> PrintRun:
    """Print the report of the round that is open, else of the one that was closed last.

    :raises RefusedError: there never was a round
    """
    with school.transaction() as session:
        found = newest_round(session)
        drawn = report_papers.round_report(_report(session), school_paper(session), made(session))
        session.audit("round_report.printed", found.id if found else "", way=way)
        if progress:
            progress(1, 1)
        deliver(drawn)
    return PrintRun((), ())


def sample_round_report(school: School) -> bytes:
    """The same report to look at; stores nothing.

    :raises RefusedError: there never was a round
    """
    with school.reading() as session:
        sample = Made(session.clock.today(), session.who.name, sample=True)
        return report_papers.round_report(_report(session), school_paper(session), sample)


def _report(session: Session) -> RoundReport:
    round_ = newest_round(session)
    if round_ is None:
        raise RefusedError("round_going.none_yet")
    now = read_progress(session, round_)
    return RoundReport(
        year=str(round_.school_year),
        opened_on=round_.opened_on,
        hand_in_by=round_.hand_in_by,
        reminders_on=tuple(filter(None, (round_.first_reminder, round_.second_reminder))),
        closed_on=round_.closed_on,
        total=_group("Samen", now.total),
        groups=tuple(
            _group(each.label or NO_GROUP, each.counts)
            for each in now.groups
            if each.counts.printed
        ),
        days=tuple((each.day, each.printed, each.back) for each in now.days),
        conflicts=now.total.conflicts,
        unsettled=now.total.unsettled,
        left=now.left,
        letters=_letters(session, round_),
        withdrawals=_withdrawals(session, round_),
        purposes=_purposes(session),
        to_destroy=_lists(lists_to_destroy(session, round_.school_year)),
    )


def _group(label: str, counts: Counts) -> ReportGroup:
    return ReportGroup(
        label, counts.printed, counts.back, counts.partly, counts.missing, counts.not_needed
    )


def _letters(session: Session, round_: Round) -> tuple[int, ...]:
    """How many forms were reminded of for the first, the second … time."""
    of_round = sa.select(records.form.c.id).where(records.form.c.round_id == round_.id)
    query = sa.select(form_reminder.c.number).where(form_reminder.c.form_id.in_(of_round))
    many = Counter(session.execute(query).scalars())
    return tuple(many[number] for number in range(1, max(many, default=0) + 1))


def _withdrawals(session: Session, round_: Round) -> int:
    """Of how many children somebody withdrew something since the opening."""
    table = records.decision.c
    query = sa.select(sa.func.count(table.pupil_id.distinct())).where(
        table.choice == Choice.WITHDRAWN.value,
        table.invalidated_at.is_(None),
        table.decided_on >= round_.opened_on.isoformat(),
    )
    if round_.closed_on:
        query = query.where(table.decided_on <= round_.closed_on.isoformat())
    many: int = session.execute(query).scalar_one()
    return many


def _purposes(session: Session) -> tuple[PurposeLine, ...]:
    on = session.clock.today()
    pupils = [each.pupil for each in pupils_on_roll(session, on, current_year(session, on))]
    asked_for = records.purposes(session, only_on=True)
    rows = Cells(session, pupils).rows(pupils, asked_for, on)
    return tuple(
        PurposeLine(each.wording.short, tuple(many[answer] for answer in Answer))
        for place, each in enumerate(asked_for)
        for many in [Counter(row[place] for row in rows)]
    )


def _lists(copies: Sequence[ListCopy]) -> tuple[ReportList, ...]:
    """By group; whom a copy is of stands in the program, not on this paper."""
    of_group: dict[str, list[int]] = {}
    for each in sorted(copies, key=lambda each: each.number):
        of_group.setdefault(each.group, []).append(each.number)
    return tuple(
        ReportList(group_label(group) if group else NO_GROUP, tuple(numbers))
        for group, numbers in of_group.items()
    )
