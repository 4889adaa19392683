"""What counts as consent, held against an oracle that replays what people said, day by day.

The oracle was written from the sentences of design/domain.md ("Consent"); it uses nothing of the
rules but the words they share. The tables of test_rules.py give one cell for each case; this walks
through every combination of two guardians, and then through whole histories.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from schoolprivacy.consents.rules import effective_answer, own_answers
from schoolprivacy.consents.terms import Answer, Choice, Decision
from schoolprivacy.people.terms import Authority

TODAY = date(2026, 10, 1)
DAY = timedelta(days=1)
YES, NO, WITHDRAWN = Choice.GRANTED, Choice.REFUSED, Choice.WITHDRAWN
STOPPED = (Answer.REFUSED, Answer.WITHDRAWN, Answer.CONFLICT)

# --- The oracle ----------------------------------------------------------------------------------


def word_of(decision: Decision) -> str:
    """What one decision is worth: ``yes``, ``no``, ``taken back``, or ``nothing``.

    "A *yes* counts from a guardian with authority or who so declared on the signed form"; who
    declares to have none makes no yes, and neither does who is known to have none ("a parent
    without authority decides nothing about the child"). "A *no* from an unknown always counts until
    clarified", and so does one of who is known to have none but says otherwise: in doubt it stops.
    """
    has, says = decision.authority.value, decision.declared and decision.declared.value
    if decision.choice is YES:
        sure = {("yes", None), ("yes", "yes"), ("unknown", "yes")}
        return "yes" if (has, says) in sure else "nothing"
    if has == "no" and says != "yes":
        return "nothing"
    return "no" if decision.choice is NO else "taken back"


def part_of(person: Iterable[Decision]) -> str:
    """What one person's word comes down to today, after all that they ever said.

    The last word counts: a parent may say something else at any time. "Entered wrongly" was never
    said. What ended permits and stops nothing; it only leaves that there was an answer once.
    """
    part = "silent"
    for each in sorted(person, key=lambda said: said.decided_on):
        starts = each.valid_from or each.decided_on
        is_there = each.decided_on <= TODAY and (each.choice is not YES or starts <= TODAY)
        if each.invalidated or not is_there:
            continue
        part = word_of(each)
        if part != "nothing" and each.valid_until and each.valid_until < TODAY:
            part = "ended"
    return part


def oracle(
    said: Sequence[Decision], authority: dict[str, Authority], *, all_agree: bool, asked: bool
) -> Answer:
    """What counts of a child with these guardians."""
    parts = {who: part_of(d for d in said if d.signer == who) for who in authority}
    words = set(parts.values())
    if "taken back" in words:
        return Answer.WITHDRAWN  # "yes + withdrawn by the other = withdrawn"
    if {"yes", "no"} <= words:
        return Answer.CONFLICT  # "yes and no together = conflict"
    if "no" in words:
        return Answer.REFUSED  # "any no wins"
    if "yes" in words:
        needed = {who for who in authority if authority[who] is not Authority.NO}
        agreed = {who for who in authority if parts[who] == "yes"}
        # "one yes may be relied on"; "per purpose the school may require all"
        return Answer.GRANTED if not all_agree or needed <= agreed else Answer.NO_ANSWER
    if "ended" in words:
        return Answer.EXPIRED
    somebody_spoke = any(
        part == "nothing" and authority[who] is not Authority.NO for who, part in parts.items()
    )
    return Answer.NO_ANSWER if asked or somebody_spoke else Answer.NOT_ASKED


# --- Every combination of two guardians ----------------------------------------------------------

LAST_YEAR: dict[str, Any] = {"decided_on": date(2025, 9, 1), "valid_until": date(2026, 7, 31)}
NEXT_YEAR: dict[str, Any] = {"valid_from": date(2027, 8, 1), "valid_until": date(2028, 7, 31)}
A_WEEK_AGO = TODAY - 7 * DAY

HISTORIES: dict[str, tuple[tuple[Choice, dict[str, Any]], ...]] = {
    "nothing": (),
    "yes": ((YES, {}),),
    "no": ((NO, {}),),
    "withdrawn": ((YES, {}), (WITHDRAWN, {"decided_on": A_WEEK_AGO})),
    "withdrawn what the other gave": ((WITHDRAWN, {}),),
    "yes after a no": ((NO, {}), (YES, {"decided_on": A_WEEK_AGO})),
    "no after a yes": ((YES, {}), (NO, {"decided_on": A_WEEK_AGO})),
    "yes again after withdrawing": ((WITHDRAWN, {}), (YES, {"decided_on": A_WEEK_AGO})),
    "invalidated yes": ((YES, {"invalidated": True}),),
    "invalidated no": ((NO, {"invalidated": True}),),
    "invalidated no over a yes": ((YES, {}), (NO, {"decided_on": TODAY, "invalidated": True})),
    "invalidated withdrawal": ((YES, {}), (WITHDRAWN, {"decided_on": TODAY, "invalidated": True})),
    "expired yes": ((YES, LAST_YEAR),),
    "expired no": ((NO, LAST_YEAR),),
    "expired no, new yes": ((NO, LAST_YEAR), (YES, {})),
    "yes, but for next year": ((YES, NEXT_YEAR),),
    "no for next year": ((NO, NEXT_YEAR),),
    "this year's yes, next year's no": ((YES, {}), (NO, NEXT_YEAR | {"decided_on": A_WEEK_AGO})),
    "this year's no, next year's yes": ((NO, {}), (YES, NEXT_YEAR | {"decided_on": A_WEEK_AGO})),
    "yes of tomorrow": ((YES, {"decided_on": TODAY + DAY}),),
}


@dataclass(frozen=True)
class Part:
    """One guardian: what is known of them, what they declare and what they did."""

    authority: Authority
    declared: Authority | None
    history: str

    def decisions(self, signer: str) -> list[Decision]:
        model = Decision(
            signer, YES, date(2026, 9, 1), authority=self.authority, declared=self.declared
        )
        return [replace(model, choice=choice, **more) for choice, more in HISTORIES[self.history]]


PARTS = [
    Part(*each)
    for each in itertools.product(Authority, (None, Authority.YES, Authority.NO), HISTORIES)
]


def test_every_combination_of_two_guardians() -> None:
    """Authority × declared × history, of both, × the setting × asked: 129,600 cases."""
    wrong = []
    reached = set()
    said = {part: (part.decisions("one"), part.decisions("other")) for part in PARTS}
    for one, other in itertools.product(PARTS, repeat=2):
        together = said[one][0] + said[other][1]
        authority = {"one": one.authority, "other": other.authority}
        may = frozenset(who for who in authority if authority[who] is not Authority.NO)
        for all_agree, asked in itertools.product((False, True), repeat=2):
            expected = oracle(together, authority, all_agree=all_agree, asked=asked)
            found = effective_answer(
                together, asked=asked, on=TODAY, must_agree=may if all_agree else ()
            )
            reached.add(found)
            if found is not expected:
                wrong.append(f"{one} {other} {all_agree=} {asked=}: {found}, oracle {expected}")
    assert not wrong, f"{len(wrong)} differ:\n" + "\n".join(wrong[:20])
    assert reached == set(Answer)


def test_a_guardian_alone() -> None:
    for part, asked in itertools.product(PARTS, (False, True)):
        expected = oracle(
            part.decisions("one"), {"one": part.authority}, all_agree=False, asked=asked
        )
        assert effective_answer(part.decisions("one"), asked=asked, on=TODAY) is expected, part


# --- Histories -----------------------------------------------------------------------------------

PEOPLE = ("anna", "bas", "cor")


@dataclass(frozen=True)
class Case:
    """A family and all it ever said about one purpose."""

    authority: dict[str, Authority]
    said: tuple[Decision, ...]
    asked: bool
    all_agree: bool

    @property
    def known(self) -> tuple[Decision, ...]:
        return tuple(replace(each, authority=self.authority[each.signer]) for each in self.said)

    def answer(self) -> Answer:
        may = {who for who in PEOPLE if self.authority[who] is not Authority.NO}
        needed = may if self.all_agree else ()
        return effective_answer(self.known, asked=self.asked, on=TODAY, must_agree=needed)

    def plus(self, *more: Decision) -> Case:
        return replace(self, said=self.said + more)


days = st.integers(-400, 3).map(lambda many: TODAY + many * DAY)


@st.composite
def decisions(draw: st.DrawFn, *people: str, on: st.SearchStrategy[date] = days) -> Decision:
    decided_on = draw(on)
    later = draw(st.sampled_from([None, None, None, 0, 30, 500]))
    lasts = draw(st.sampled_from([None, None, 0, 60, 600]))
    first = None if later is None else decided_on + later * DAY
    return Decision(
        signer=draw(st.sampled_from(people or PEOPLE)),
        choice=draw(st.sampled_from([YES, YES, NO, WITHDRAWN])),
        decided_on=decided_on,
        declared=draw(st.sampled_from([None, Authority.YES, Authority.NO])),
        valid_from=first,
        valid_until=None if lasts is None else (first or decided_on) + lasts * DAY,
        invalidated=draw(st.integers(0, 5)) == 0,
    )


cases = st.builds(
    Case,
    authority=st.fixed_dictionaries(
        dict.fromkeys(PEOPLE, st.sampled_from([Authority.YES, *Authority]))
    ),
    said=st.lists(decisions(), max_size=7).map(tuple),
    asked=st.booleans(),
    all_agree=st.booleans(),
)
often = settings(deadline=None, max_examples=150)


@given(cases)
@settings(deadline=None, max_examples=400)
def test_whole_histories_as_the_oracle_replays_them(case: Case) -> None:
    """On days that differ for each person; what was said twice on one day has its own test."""
    when = [(each.signer, each.decided_on) for each in case.said]
    assume(len(set(when)) == len(when))
    assume(not any(is_no_beside_a_claim(case, each) for each in case.known))
    expected = oracle(case.known, case.authority, all_agree=case.all_agree, asked=case.asked)
    assert case.answer() is expected


def is_no_beside_a_claim(case: Case, decision: Decision) -> bool:
    """A no that is worth nothing takes nothing back; the oracle knows only last words."""
    return (
        decision.choice is not YES
        and case.authority[decision.signer] is Authority.NO
        and decision.declared is not Authority.YES
    )


@given(cases, st.data())
@often
def test_the_order_of_entry_does_not_matter(case: Case, data: st.DataObject) -> None:
    shuffled = tuple(data.draw(st.permutations(case.said)))
    assert replace(case, said=shuffled).answer() is case.answer()


def test_dates_do_matter() -> None:
    early, late = TODAY - 9 * DAY, TODAY - 2 * DAY
    yes = Decision("anna", YES, early, Authority.YES)
    no = Decision("anna", NO, late, Authority.YES)
    assert effective_answer([yes, no], asked=True, on=TODAY) is Answer.REFUSED
    turned = [replace(yes, decided_on=late), replace(no, decided_on=early)]
    assert effective_answer(turned, asked=True, on=TODAY) is Answer.GRANTED


@given(cases, decisions(), st.integers(1, 400))
@often
def test_no_refusal_becomes_a_yes_by_something_older(case: Case, more: Decision, ago: int) -> None:
    assume(case.answer() in STOPPED)
    oldest = min(each.decided_on for each in case.said)
    assert case.plus(replace(more, decided_on=oldest - ago * DAY)).answer() is not Answer.GRANTED


@given(cases, decisions(), st.sampled_from([NO, WITHDRAWN]))
@often
def test_adding_a_no_never_makes_a_yes(case: Case, more: Decision, choice: Choice) -> None:
    """Whoever says it, whatever they declare. One that has ended is an ended round: see domain."""
    no = replace(more, choice=choice, valid_until=None)
    assert case.answer() is Answer.GRANTED or case.plus(no).answer() is not Answer.GRANTED


def test_a_no_that_is_worth_nothing_does_not_hide_one_that_stops() -> None:
    """No authority on record, claimed on the form; the same person says no again by telephone."""
    other = Decision("bas", YES, TODAY - 9 * DAY, Authority.YES)
    claimed = Decision("anna", NO, TODAY - 5 * DAY, Authority.NO, declared=Authority.YES)
    again = Decision("anna", NO, TODAY - DAY, Authority.NO)
    assert effective_answer([other, claimed], asked=True, on=TODAY) is Answer.CONFLICT
    assert effective_answer([other, claimed, again], asked=True, on=TODAY) is Answer.CONFLICT


@given(cases, st.integers(1, 900))
@often
def test_nothing_permits_past_its_last_day(case: Case, ago: int) -> None:
    ended = tuple(
        replace(each, valid_until=min(each.valid_until or date.max, TODAY - ago * DAY))
        for each in case.said
    )
    assert replace(case, said=ended).answer() not in (Answer.GRANTED, *STOPPED)


@given(cases, decisions(), st.integers(1, 400))
@often
def test_a_yes_for_later_changes_nothing_now(case: Case, more: Decision, ahead: int) -> None:
    coming = replace(more, choice=YES, valid_from=TODAY + ahead * DAY, valid_until=None)
    assert case.plus(coming).answer() is case.answer()


@given(st.integers(0, 400), st.integers(0, 400))
@often
def test_a_yes_counts_from_its_first_through_its_last_day(wait: int, lasts: int) -> None:
    first = TODAY + wait * DAY
    last = first + lasts * DAY
    yes = Decision("anna", YES, TODAY, Authority.YES, valid_from=first, valid_until=last)

    def on(day: date) -> Answer:
        return effective_answer([yes], asked=True, on=day)

    assert on(first) is on(last) is Answer.GRANTED
    assert on(first - DAY) is Answer.NO_ANSWER
    assert on(last + DAY) is Answer.EXPIRED


# --- A guardian's own data -----------------------------------------------------------------------


def own(case: Case) -> dict[str, Answer]:
    return own_answers(case.known, on=TODAY)


@given(cases, st.data())
@often
def test_authority_says_nothing_about_own_data(case: Case, data: st.DataObject) -> None:
    """Neither as the school knows it, nor as somebody declares it."""
    other = {who: data.draw(st.sampled_from(Authority)) for who in PEOPLE}
    declared = data.draw(st.sampled_from([None, *Authority]))
    said = tuple(replace(each, declared=declared) for each in case.said)
    assert own(replace(case, authority=other, said=said)) == own(case)


@given(cases, st.lists(decisions("cor"), min_size=1, max_size=4))
@often
def test_nobody_changes_the_answer_of_another(case: Case, more: list[Decision]) -> None:
    before, after = own(case), own(case.plus(*more))
    for who in ("anna", "bas"):
        assert after.get(who) is before.get(who)


@given(cases)
@often
def test_own_data_is_a_child_with_one_guardian_who_decides(case: Case) -> None:
    """The oracle, with one guardian with authority for each; so nothing is ever a conflict."""
    when = [(each.signer, each.decided_on) for each in case.said]
    assume(len(set(when)) == len(when))
    sure = [replace(each, authority=Authority.YES, declared=None) for each in case.said]
    for who, answer in own(case).items():
        alone = [each for each in sure if each.signer == who]
        assert answer is oracle(alone, {who: Authority.YES}, all_agree=False, asked=True)
        assert answer is not Answer.CONFLICT


@given(cases, st.integers(2005, 2012))
@often
def test_a_pupil_of_sixteen_does_not_decide_about_the_data_of_a_parent(
    case: Case, born: int
) -> None:
    by_pupil = Decision("pupil", YES, TODAY, by_pupil=True)
    assert own(case.plus()) == own_answers([*case.known, by_pupil], on=TODAY)
    without, with_birthday = (
        effective_answer(case.known, asked=True, on=TODAY, born_on=born_on, own=True)
        for born_on in (None, date(born, 1, 1))
    )
    assert without is with_birthday


def test_an_unnamed_yes_is_of_nobody_and_an_unnamed_no_stays() -> None:
    """Nobody knows whose telephone number it would be; a no is taken for certain."""
    yes = Decision("form 1", YES, TODAY, Authority.YES, declared=Authority.YES)
    assert own_answers([yes], on=TODAY) == {"form 1": Answer.NO_ANSWER}
    assert own_answers([replace(yes, choice=NO)], on=TODAY) == {"form 1": Answer.REFUSED}


@given(cases)
@often
def test_what_a_child_shows_of_own_data_is_a_yes_only_when_somebody_said_so(case: Case) -> None:
    shown = effective_answer(case.known, asked=case.asked, on=TODAY, own=True)
    assert (shown is Answer.GRANTED) == (Answer.GRANTED in own(case).values())
