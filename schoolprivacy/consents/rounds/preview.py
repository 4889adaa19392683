"""What a round would print, counted before anything is printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from schoolprivacy.consents.printing import pupils_to_print
from schoolprivacy.consents.rounds.choices import reminded_homes
from schoolprivacy.consents.rounds.opening import the_round
from schoolprivacy.consents.rounds.plan import Home, Plan, Why, mode_of
from schoolprivacy.consents.rounds.terms import Mode, Round
from schoolprivacy.consents.rounds.whom import pupils_of
from schoolprivacy.people.envelopes import fill_envelopes
from schoolprivacy.people.names import natural_sort_key
from schoolprivacy.people.records import guardianships
from schoolprivacy.school import School, Session


@dataclass(frozen=True, slots=True)
class GroupCount:
    """What a group gets; a child whose parents live apart counts for each address.

    :param group: its name; "" of children without a group
    :param forms: to print, the reprints too; ``reprints``: of these came on paper before
    :param letters_only: addresses of a child that get the reminder of their choices and no form
    :param nothing: addresses of a child that get neither
    """

    group: str
    children: int
    forms: int
    reprints: int
    letters_only: int
    nothing: int


@dataclass(frozen=True, slots=True)
class PurposeCount:
    """On how many forms a purpose stands, and why.

    :param can_choose: whether ``mode`` makes a difference: a contact list is answered for one year
        and asked again in the next
    """

    code: str
    short: str
    mode: Mode
    can_choose: bool
    forms: int
    why: Mapping[Why, int]


@dataclass(frozen=True, slots=True)
class RoundPreview:
    """Everything in numbers.

    :param forms: to print, of which ``reprints`` came on paper before in this round
    :param letters: one for each family and address that chose something
    :param letters_only: of these, to whom no form goes
    """

    round: Round
    children: int
    forms: int
    reprints: int
    letters: int
    letters_only: int
    groups: tuple[GroupCount, ...]
    purposes: tuple[PurposeCount, ...]


def preview(school: School) -> RoundPreview:
    """Count for everybody on roll; stores nothing.

    :raises RefusedError: no round is open, or there are no pupils
    """
    with school.reading() as session:
        round_ = the_round(session)
        pupils = pupils_of(session, round_, pupils_to_print(session))
        plan = Plan(session, round_, pupils)
        reminded = reminded_homes(session, plan)
        letters, only = _letters(session, plan.homes, reminded)
        asked = [each for each in plan.homes if each.asked]
        return RoundPreview(
            round_,
            len(pupils),
            len(asked),
            sum(each.form is not None for each in asked),
            letters,
            only,
            _by_group(plan.homes, {(e.child.pupil.id, e.household.key) for e in reminded}),
            _by_purpose(plan, asked),
        )


def _letters(session: Session, homes: Iterable[Home], reminded: Sequence[Home]) -> tuple[int, int]:
    """How many letters of choices there are, and to how many of them no form is added."""
    asked = {(e.child.pupil.id, e.household.key) for e in homes if e.asked}
    carers = guardianships(session, {each.child.pupil.id for each in reminded})
    envelopes = fill_envelopes(reminded, lambda each: (each.child, each.household), carers)
    only = [
        each
        for each in envelopes
        if not any((e.child.pupil.id, e.household.key) in asked for e in each.contents)
    ]
    return len(envelopes), len(only)


def _by_group(homes: Iterable[Home], reminded: set[tuple[str, str]]) -> tuple[GroupCount, ...]:
    groups: dict[str, list[Home]] = {}
    for each in homes:
        groups.setdefault(each.child.placement.group_name, []).append(each)
    return tuple(
        _group(name, groups[name], reminded) for name in sorted(groups, key=natural_sort_key)
    )


def _group(name: str, homes: Sequence[Home], reminded: set[tuple[str, str]]) -> GroupCount:
    silent = [each for each in homes if not each.asked]
    only = sum((each.child.pupil.id, each.household.key) in reminded for each in silent)
    return GroupCount(
        name,
        len({each.child.pupil.id for each in homes}),
        len(homes) - len(silent),
        sum(each.form is not None for each in homes),
        only,
        len(silent) - only,
    )


def _by_purpose(plan: Plan, asked: Iterable[Home]) -> tuple[PurposeCount, ...]:
    why: dict[str, Counter[Why]] = {}
    for home in asked:
        for purpose, reason in home.asked:
            why.setdefault(purpose.code, Counter())[reason] += 1
    return tuple(
        PurposeCount(
            each.code,
            each.wording.short,
            mode_of(each, plan.round),
            not each.is_contact,
            sum(why.get(each.code, Counter()).values()),
            dict(why.get(each.code, Counter())),
        )
        for each in plan.purposes
    )
