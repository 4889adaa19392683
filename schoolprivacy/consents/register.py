"""What the register of consents answers."""

from __future__ import annotations

import sqlalchemy as sa

from schoolprivacy.consents import evidence, records
from schoolprivacy.consents import moments as of_year
from schoolprivacy.consents.contacts.copies import copies_to_destroy, list_pupil
from schoolprivacy.consents.own_no import own_no
from schoolprivacy.consents.publications import records as publication_records
from schoolprivacy.consents.publications import take_down_records
from schoolprivacy.consents.publications.channel_records import (
    channels_to_review,
    channels_without_purpose,
)
from schoolprivacy.consents.publications.take_down import open_tasks
from schoolprivacy.consents.rounds import records as round_records
from schoolprivacy.consents.sharing.sharings import (
    State,
    answers_waited_for,
    ending_soon,
    read_sharings,
)
from schoolprivacy.consents.standing import Survey, survey
from schoolprivacy.consents.starting import count_unasked
from schoolprivacy.consents.team import records as team_records
from schoolprivacy.consents.terms import Answer
from schoolprivacy.duties import Due, DueKind, Kept, Moment, Target, Urgency
from schoolprivacy.people.register import kept_in
from schoolprivacy.school import Session
from schoolprivacy.schoolyear import SchoolYear

_OWN_TABLES: tuple[sa.Table, ...] = (
    records.form,
    records.form_page,
    records.form_purpose,
    records.form_guardian,
    records.decision,
    own_no,
    records.asked_otherwise,
    records.sharing_pupil,
    evidence.kept,
    list_pupil,
    *take_down_records.TABLES,
    round_records.round_letter,
    round_records.form_reminder,
)
TABLES: tuple[sa.Table, ...] = (*_OWN_TABLES, records.sharing, *publication_records.TABLES)
ON_ADULTS: tuple[sa.Table, ...] = (
    team_records.team_member,
    team_records.team_asked,
    team_records.team_decision,
)
"""Staff, trainees and volunteers decide about themselves: no register of children reports it."""
_GEOMETRY = ("geometry",)


def about(session: Session, pupil_id: str) -> list[Kept]:
    """All that was asked and decided about a child, the invalidated too, and where it goes."""
    own = sa.select(records.form.c.id).where(records.form.c.pupil_id == pupil_id)
    asked = [
        kept
        for table in _OWN_TABLES
        for kept in kept_in(
            session,
            table,
            table.c.pupil_id == pupil_id if "pupil_id" in table.c else table.c.form_id.in_(own),
            without=_GEOMETRY,
        )
    ]
    shared = sa.select(records.sharing_pupil.c.purpose).where(
        records.sharing_pupil.c.pupil_id == pupil_id
    )
    asked += kept_in(session, records.sharing, records.sharing.c.purpose.in_(shared))
    return asked + publication_records.about_rows(session, pupil_id)


def due(session: Session) -> list[Due]:
    """Who must be asked, reminded or spoken to."""
    now, today = survey(session), session.clock.today()
    late = {now.families[w.child.pupil.id] for w in now.to_remind if w.form.hand_in_by < today}
    waited_for = {now.families[w.child.pupil.id] for w in now.to_remind} - late
    unasked = count_unasked(session, now.pupils if now.purposes else ())
    return [
        Due(DueKind.CONFLICTS, _in_conflict(session, now), Urgency.NOW, Target.CONFLICTS),
        Due(DueKind.FAMILIES_LATE, len(late), Urgency.NOW, Target.REMINDERS),
        Due(DueKind.ASK_AGAIN, _pupils_with(now, Answer.EXPIRED), Urgency.SOON, Target.EXPIRED),
        Due(DueKind.NEVER_ASKED, unasked.others, Urgency.SOON, Target.PUPILS_NOT_ASKED),
        Due(DueKind.STARTING, unasked.newcomers, Urgency.SOON, Target.STARTING),
        Due(
            DueKind.UNKNOWN_AUTHORITY,
            len(now.unsure_signers),
            Urgency.SOON,
            Target.UNKNOWN_AUTHORITY,
        ),
        Due(DueKind.FAMILIES_WAITED_FOR, len(waited_for), Urgency.LATER, Target.REMINDERS),
        *_due_of_use(session),
    ]


def _due_of_use(session: Session) -> list[Due]:
    """What must be done where data of children are shown or shared."""
    return [
        Due(DueKind.TAKE_DOWNS, open_tasks(session), Urgency.NOW, Target.TAKE_DOWN),
        Due(
            DueKind.LIST_COPIES,
            len(copies_to_destroy(session)),
            Urgency.SOON,
            Target.LIST_COPIES,
        ),
        Due(DueKind.SHARINGS_ENDING, len(ending_soon(session)), Urgency.SOON, Target.SHARING),
        Due(
            DueKind.CHANNELS_WITHOUT_PURPOSE,
            len(channels_without_purpose(session)),
            Urgency.SOON,
            Target.CHANNELS,
        ),
        Due(
            DueKind.SHARINGS_UNANSWERED,
            len(answers_waited_for(session)),
            Urgency.LATER,
            Target.SHARING,
        ),
        Due(
            DueKind.CHANNELS_TO_REVIEW,
            len(channels_to_review(session)),
            Urgency.LATER,
            Target.CHANNELS,
        ),
    ]


def _in_conflict(session: Session, now: Survey) -> int:
    """How many children; a sharing for a while can be quarrelled about too."""
    of_school = {
        each.pupil.id
        for each, row in zip(now.pupils, now.answers, strict=True)
        if Answer.CONFLICT in row
    }
    of_sharing = {
        each.pupil_id
        for sharing in read_sharings(session)
        if sharing.state is State.RUNS
        for each in sharing.pupils
        if each.answer is Answer.CONFLICT and not each.has_left
    }
    return len(of_school | of_sharing)


def _pupils_with(now: Survey, answer: Answer) -> int:
    return sum(answer in row for row in now.answers)


def moments(session: Session, year: SchoolYear) -> list[Moment]:
    """The rounds, the sharings that end, and when lists must be gone."""
    return of_year.moments(session, year)
