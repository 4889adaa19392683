"""What the law says about consent for pictures and for the contact list; pure functions.

Sources: AVG 4(11), 6(1)(a), 7; UAVG 5 (16 years); BW 1:245, 1:253i and 1:377c (authority).
When in doubt the answer is no consent.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date

from schoolprivacy import law
from schoolprivacy.consents.terms import UNNAMED, Answer, Choice, Decision, Verdict
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
    own: bool = False,
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
    :param own: it is the guardians' own data; then whether anybody's may be used, see
        :func:`own_answers`
    """
    if own:
        return _own_together(decisions, asked=asked, on=on, widened_at=widened_at)
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


def own_answers(
    decisions: Iterable[Decision], *, on: date, widened_at: int = 1
) -> dict[str, Answer]:
    """What counts of each guardian's own data on the contact list, by signer.

    Everybody decides about their own name, address, phone and e-mail; authority over the child says
    nothing about them. Whose yes it was is known by name: one of a signer who was not named is of
    nobody, while such a no stays.
    """
    found: dict[str, list[Decision]] = {}
    for each in decisions:
        if not each.by_pupil:
            found.setdefault(each.signer, []).append(as_own(each))
    return {
        signer: effective_answer(given, asked=True, on=on, widened_at=widened_at)
        for signer, given in found.items()
    }


def _own_together(
    decisions: Iterable[Decision], *, asked: bool, on: date, widened_at: int
) -> Answer:
    """Of the guardians of one child: their answers are about different data and never quarrel."""
    each_own = own_answers(decisions, on=on, widened_at=widened_at).values()
    order = (Answer.GRANTED, Answer.WITHDRAWN, Answer.REFUSED, Answer.EXPIRED)
    first = next((answer for answer in order if answer in each_own), None)
    return first or (Answer.NO_ANSWER if asked or each_own else Answer.NOT_ASKED)


def as_own(decision: Decision) -> Decision:
    """The decision as one about the signer's own data: it needs no authority over the child."""
    is_nobody = decision.signer.startswith(UNNAMED) and decision.choice is Choice.GRANTED
    authority = Authority.NO if is_nobody else Authority.YES
    return replace(decision, authority=authority, declared=None)


def weigh(
    decisions: Sequence[Decision],
    *,
    on: date,
    born_on: date | None = None,
    widened_at: int = 1,
    own: bool = False,
) -> list[Verdict]:
    """Of each decision about one child and purpose whether it counts on a day, or why not.

    What :func:`effective_answer` builds on are exactly those that count.
    """
    if own:
        decisions, born_on = [as_own(each) for each in decisions], None
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
    if decision.decided_on > on or is_coming(decision, on):
        return Verdict.NOT_YET
    if not decision.by_pupil:
        return Verdict.PUPIL_DECIDES if by_pupil else None
    old_enough = by_pupil and pupil_decides(born_on, decision.decided_on)
    return None if old_enough else Verdict.PARENTS_DECIDE


def is_coming(decision: Decision, on: date) -> bool:
    """A yes for the next school year; a no to it stops the use at once, to be on the safe side."""
    later = decision.valid_from is not None and decision.valid_from > on
    return later and decision.choice is Choice.GRANTED


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
    """The newest decision of each signer; of several on one day the one that permits least now."""
    latest: dict[str, Decision] = {}
    for each in sorted(decisions, key=lambda d: (d.decided_on, _restriction(d, on, widened_at))):
        before = latest.get(each.signer)
        if before is None or not _outlasts(before, each, widened_at):
            latest[each.signer] = each
    return list(latest.values())


def _outlasts(before: Decision, newer: Decision, widened_at: int) -> bool:
    """Whether a no stays although its signer decided something newer.

    A yes to the narrower use takes nothing back of a no to the present one, and a no that counts
    for nothing takes nothing back of one that counts: who says no again loosens nothing.
    """
    if before.choice is Choice.GRANTED:
        return False
    if newer.choice is Choice.GRANTED:
        return _is_outgrown(newer, widened_at) and before.version >= widened_at
    return _counts(before) and not _counts(newer)


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
    own: bool = False,
) -> bool:
    """Whether all that is missing for a yes is to find out about the authority of who said it.

    It permits nothing: it tells the school whom to ask, and that the paper is in. For what is open
    as :func:`effective_answer` judges it, with the same arguments.
    """
    if own:
        return False
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
