"""What the register of consents answers."""

from __future__ import annotations

import sqlalchemy as sa

from schoolprivacy.consents import records
from schoolprivacy.consents.own_no import own_no
from schoolprivacy.consents.standing import Survey, survey
from schoolprivacy.consents.terms import Answer
from schoolprivacy.duties import Due, DueKind, Kept, Target, Urgency
from schoolprivacy.people.register import kept_in
from schoolprivacy.school import Session

TABLES: tuple[sa.Table, ...] = (
    records.form,
    records.form_page,
    records.form_purpose,
    records.form_guardian,
    records.decision,
    own_no,
)
_GEOMETRY = ("geometry",)


def about(session: Session, pupil_id: str) -> list[Kept]:
    """Every form that asked about a child, and every decision, the invalidated ones too."""
    own = sa.select(records.form.c.id).where(records.form.c.pupil_id == pupil_id)
    return [
        kept
        for table in TABLES
        for kept in kept_in(
            session,
            table,
            table.c.pupil_id == pupil_id if "pupil_id" in table.c else table.c.form_id.in_(own),
            without=_GEOMETRY,
        )
    ]


def due(session: Session) -> list[Due]:
    """Who must be asked, reminded or spoken to."""
    now, today = survey(session), session.clock.today()
    late = {now.families[w.child.pupil.id] for w in now.to_remind if w.form.hand_in_by < today}
    waited_for = {now.families[w.child.pupil.id] for w in now.to_remind} - late
    asked = set(session.execute(sa.select(records.form.c.pupil_id)).scalars())
    never = [each for each in now.pupils if each.pupil.id not in asked] if now.purposes else []
    return [
        Due(DueKind.CONFLICTS, _pupils_with(now, Answer.CONFLICT), Urgency.NOW, Target.CONFLICTS),
        Due(DueKind.FAMILIES_LATE, len(late), Urgency.NOW, Target.REMINDERS),
        Due(DueKind.ASK_AGAIN, _pupils_with(now, Answer.EXPIRED), Urgency.SOON, Target.EXPIRED),
        Due(DueKind.NEVER_ASKED, len(never), Urgency.SOON, Target.PUPILS_NOT_ASKED),
        Due(
            DueKind.UNKNOWN_AUTHORITY,
            len(now.unsure_signers),
            Urgency.SOON,
            Target.UNKNOWN_AUTHORITY,
        ),
        Due(DueKind.FAMILIES_WAITED_FOR, len(waited_for), Urgency.LATER, Target.REMINDERS),
    ]


def _pupils_with(now: Survey, answer: Answer) -> int:
    return sum(answer in row for row in now.answers)
