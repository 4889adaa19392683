"""What the law says about consent for a child's pictures; pure functions.

Sources: AVG 4(11), 6(1)(a), 7; UAVG 5 (16 years); BW 1:245, 1:253i and 1:377c (authority).
When in doubt the answer is no consent.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date

from schoolprivacy import law
from schoolprivacy.consents.terms import Answer, Choice, Decision, Verdict
from schoolprivacy.people.terms import Authority


def pupil_decides(born_on: date | None, on: date) -> bool:
    """Whether the pupil decides instead of the parents: from the 16th birthday (UAVG 5)."""
    if born_on is None:
        return False
    age = law.term("consent.pupil_decides_from").value
    birthday_counts = (on.month, on.day) >= (born_on.month, born_on.day)
    return on.year - born_on.year - (not birthday_counts) >= age


def yes_counts(decision: Decision) -> bool:
    """Whether a yes may be relied on: authority, or declared on the signed form (BW 1:253i).

    Where the school recorded that there is no authority, a declaration does not make a yes; who
    declares to have none cannot be relied on either (good faith), whatever the school recorded.
    """
    if Authority.NO in (decision.authority, decision.declared):
        return False
    return Authority.YES in (decision.authority, decision.declared)


def no_counts(decision: Decision) -> bool:
    """Whether a no or a withdrawal stops the use.

    It does from everybody who has, may have or says to have authority, until that is cleared up.
    """
    return decision.authority is not Authority.NO or decision.declared is Authority.YES


def effective_answer(
    decisions: Iterable[Decision],
    *,
    asked: bool,
    on: date,
    born_on: date | None = None,
    must_agree: Collection[str] = (),
    widened_at: int = 1,
) -> Answer:
    """What counts for one child and one purpose on a day.

    One yes of somebody with authority may be relied on (BW 1:253i) unless all must agree; any no
    or withdrawal wins; yes and no together are a conflict, which permits nothing. The order in
    which decisions were recorded does not matter, their dates do.

    :param decisions: every decision ever recorded for this child and purpose
    :param asked: a form asked for this purpose
    :param must_agree: the guardians who have or may have authority, where the school requires
        that all of them say yes; empty where one yes is enough
    :param widened_at: a yes to an older version of the wording no longer covers the use
    """
    by_pupil = pupil_decides(born_on, on)
    given = [each for each in decisions if _not_given(each, on, born_on, by_pupil) is None]
    latest = _latest_of_each(given, on, widened_at)
    current = [each for each in latest if not _has_ended(each, on, widened_at)]
    counting = [each for each in current if _counts(each)]
    answer = _combined({each.choice for each in counting})
    agreed = {each.signer for each in counting}
    if answer is Answer.GRANTED and not by_pupil and not agreed.issuperset(must_agree):
        return Answer.NO_ANSWER
    if answer is not None:
        return answer
    if any(_counts(each) for each in latest):
        return Answer.EXPIRED
    was_asked = asked or any(each.authority is not Authority.NO for each in given)
    return Answer.NO_ANSWER if was_asked else Answer.NOT_ASKED


def weigh(
    decisions: Sequence[Decision], *, on: date, born_on: date | None = None, widened_at: int = 1
) -> list[Verdict]:
    """Of each decision about one child and purpose whether it counts on a day, or why not.

    What :func:`effective_answer` builds on are exactly those that count.
    """
    by_pupil = pupil_decides(born_on, on)
    left_aside = [_not_given(each, on, born_on, by_pupil) for each in decisions]
    given = [each for each, why in zip(decisions, left_aside, strict=True) if why is None]
    latest = {id(each) for each in _latest_of_each(given, on, widened_at)}
    return [
        why or (_weight(each, on, widened_at) if id(each) in latest else Verdict.REPLACED)
        for each, why in zip(decisions, left_aside, strict=True)
    ]


def _not_given(
    decision: Decision, on: date, born_on: date | None, by_pupil: bool
) -> Verdict | None:
    """Why a decision is left aside: wrong, not yet, or by somebody who does not decide.

    :param by_pupil: the pupil decides on this day
    """
    if decision.invalidated:
        return Verdict.INVALIDATED
    if decision.decided_on > on:
        return Verdict.NOT_YET
    if not decision.by_pupil:
        return Verdict.PUPIL_DECIDES if by_pupil else None
    old_enough = by_pupil and pupil_decides(born_on, decision.decided_on)
    return None if old_enough else Verdict.PARENTS_DECIDE


def _weight(decision: Decision, on: date, widened_at: int) -> Verdict:
    if _has_ended(decision, on, widened_at):
        past = decision.valid_until is not None and decision.valid_until < on
        return Verdict.PAST if past else Verdict.OUTGROWN
    if _counts(decision):
        return Verdict.COUNTS
    if decision.authority is Authority.NO:
        return Verdict.NO_AUTHORITY
    if decision.declared is Authority.NO:
        return Verdict.DECLARED_NONE
    return Verdict.AUTHORITY_UNKNOWN


def _latest_of_each(decisions: Iterable[Decision], on: date, widened_at: int) -> list[Decision]:
    """The newest decision of each signer; of several on one day the one that permits least now.

    A yes to the narrower use takes nothing back of a no to the present one.
    """
    latest: dict[str, Decision] = {}
    for each in sorted(decisions, key=lambda d: (d.decided_on, _restriction(d, on, widened_at))):
        before = latest.get(each.signer)
        if before is None or not (
            _is_outgrown(each, widened_at)
            and before.choice is not Choice.GRANTED
            and before.version >= widened_at
        ):
            latest[each.signer] = each
    return list(latest.values())


def _restriction(decision: Decision, on: date, widened_at: int) -> int:
    """How much a decision stops, from a yes that holds to a withdrawal that holds."""
    if not _counts(decision):
        return 1
    if _has_ended(decision, on, widened_at):
        return 2
    return {Choice.GRANTED: 0, Choice.REFUSED: 3, Choice.WITHDRAWN: 4}[decision.choice]


def _has_ended(decision: Decision, on: date, widened_at: int) -> bool:
    """Past its term, or a yes to a narrower use than the purpose has now."""
    past = decision.valid_until is not None and decision.valid_until < on
    return past or _is_outgrown(decision, widened_at)


def _is_outgrown(decision: Decision, widened_at: int) -> bool:
    return decision.choice is Choice.GRANTED and decision.version < widened_at


def _counts(decision: Decision) -> bool:
    if decision.by_pupil:
        return True
    return yes_counts(decision) if decision.choice is Choice.GRANTED else no_counts(decision)


def _combined(choices: set[Choice]) -> Answer | None:
    if Choice.WITHDRAWN in choices:
        return Answer.WITHDRAWN
    if choices == {Choice.GRANTED, Choice.REFUSED}:
        return Answer.CONFLICT
    if Choice.REFUSED in choices:
        return Answer.REFUSED
    return Answer.GRANTED if choices else None


def is_unsure_yes(decision: Decision) -> bool:
    """A yes that waits for somebody to find out whether its signer has authority."""
    return (
        decision.choice is Choice.GRANTED
        and not decision.invalidated
        and not decision.by_pupil
        and decision.authority is Authority.UNKNOWN
        and decision.declared is None
    )


def waits_for_authority(
    decisions: Iterable[Decision],
    *,
    on: date,
    born_on: date | None = None,
    must_agree: Collection[str] = (),
    widened_at: int = 1,
) -> bool:
    """Whether all that is missing for a yes is to find out about the authority of who said it.

    It permits nothing: it tells the school whom to ask, and that the paper is in. For what is open
    as :func:`effective_answer` judges it, with the same arguments.
    """
    given = list(decisions)
    cleared_up = [
        replace(each, authority=Authority.YES) if is_unsure_yes(each) else each for each in given
    ]
    now, then = (
        effective_answer(
            each,
            asked=True,
            on=on,
            born_on=born_on,
            must_agree=must_agree,
            widened_at=widened_at,
        )
        for each in (given, cleared_up)
    )
    return then is Answer.GRANTED and now is not then
