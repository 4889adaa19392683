"""What a form that came back does to what was known from elsewhere, to tell who enters it.

The rules decide what counts; here they are asked twice, without and with the new decisions.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from schoolprivacy.consents import records
from schoolprivacy.consents.records import Form, RecordedDecision
from schoolprivacy.consents.rules import effective_answer, weigh
from schoolprivacy.consents.terms import Answer, Purpose, Verdict
from schoolprivacy.people.records import find_pupil
from schoolprivacy.people.terms import Pupil
from schoolprivacy.school import Session

_CHANGES, _STAYS, _CONFLICT = "form.changes_earlier", "form.earlier_stays", "form.now_conflict"
_GONE = frozenset({Verdict.REPLACED, Verdict.PAST, Verdict.OUTGROWN, Verdict.INVALIDATED})


def told_beside(session: Session, form: Form, recorded: Collection[str]) -> list[str]:
    """Keys of what to say: the signer said otherwise elsewhere, or the parents quarrel now.

    :param recorded: identifiers of the decisions this entry made, which are stored already
    """
    if not recorded:
        return []
    pupil = find_pupil(session, form.pupil_id)
    known = {each.code: each for each in records.purposes(session, every=True)}
    found: set[str] = set()
    for (_, code), given in records.decisions(session, [pupil.id]).items():
        new = [each for each in given if each.id in recorded]
        if new:
            found |= set(_told(pupil, known[code], given, new, session))
    return [key for key in (_CHANGES, _STAYS, _CONFLICT) if key in found]


def _told(
    pupil: Pupil,
    purpose: Purpose,
    given: Sequence[RecordedDecision],
    new: Sequence[RecordedDecision],
    session: Session,
) -> Iterable[str]:
    rest = [each for each in given if each not in new]
    before, now = (_weighed(pupil, purpose, some, session) for some in (rest, given))
    for each in new:
        others = [
            other
            for other in rest
            if other.decision.signer == each.decision.signer
            and other.form_id != each.form_id
            and other.decision.choice is not each.decision.choice
            and before[other.id] not in _GONE
        ]
        if others and now[each.id] is Verdict.REPLACED:
            yield _STAYS
        elif any(now[other.id] is Verdict.REPLACED for other in others):
            yield _CHANGES
    answers = [_answer(pupil, purpose, some, session) for some in (rest, given)]
    if answers[1] is Answer.CONFLICT and answers[0] is not Answer.CONFLICT:
        yield _CONFLICT


def _weighed(
    pupil: Pupil, purpose: Purpose, given: Sequence[RecordedDecision], session: Session
) -> dict[str, Verdict]:
    verdicts = weigh(
        [each.decision for each in given],
        on=session.clock.today(),
        born_on=pupil.born_on,
        widened_at=purpose.widened_at,
        own=purpose.is_own,
    )
    return {each.id: verdict for each, verdict in zip(given, verdicts, strict=True)}


def _answer(
    pupil: Pupil, purpose: Purpose, given: Sequence[RecordedDecision], session: Session
) -> Answer:
    return effective_answer(
        [each.decision for each in given],
        asked=True,
        on=session.clock.today(),
        born_on=pupil.born_on,
        widened_at=purpose.widened_at,
        own=purpose.is_own,
    )
