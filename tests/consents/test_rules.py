"""What counts as consent: a table derived from the text of the law, and what must always hold.

The tables were written from design/domain.md ("Consent"), not from the rule; whoever doubts a row
can hold it against the source behind it.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from schoolprivacy.consents.rules import effective_answer, pupil_decides, weigh
from schoolprivacy.consents.terms import Answer, Choice, Decision, Verdict
from schoolprivacy.people.terms import Authority

TODAY = date(2026, 10, 1)
DAY = timedelta(days=1)

# --- The table -----------------------------------------------------------------------------------
#
# Step 1: what each guardian's part comes down to.
#
#   Y  a yes that may be relied on          N  a no that counts       W  a withdrawal that counts
#   E  an answer that counted and has ended
#   e  the same, of somebody without authority, whose agreement is not needed
#   u  a yes of somebody who may have authority but did not declare it: it waits, it does not count
#   ?  nothing that counts, of somebody who has or may have authority
#   .  nothing that counts, of somebody without authority, whose agreement is not needed

STATES = (
    "nothing",
    "yes",
    "no",
    "withdrawn",
    "invalidated yes",
    "invalidated no",
    "expired yes",
    "expired no",
)

PARTS: dict[tuple[Authority, Authority | None], str] = {
    # authority        declared         the eight states, in the order of STATES
    # "counts from a guardian with authority"; what the school recorded is not overruled by a form
    (Authority.YES, None): "? Y N W ? ? E E",
    (Authority.YES, Authority.YES): "? Y N W ? ? E E",
    # who declares to have no authority cannot be relied on for a yes (good faith, BW 1:253i)
    (Authority.YES, Authority.NO): "? u N W ? ? u E",
    # "a no from an unknown always counts until clarified"; a yes only "who so declared".
    # A yes that never counted cannot expire either.
    (Authority.UNKNOWN, None): "? u N W ? ? u E",
    (Authority.UNKNOWN, Authority.YES): "? Y N W ? ? E E",
    (Authority.UNKNOWN, Authority.NO): "? u N W ? ? u E",
    # "A parent without authority decides nothing about the child". Who nevertheless declares to
    # have it: the school must clear that up; until then a no counts and a yes does not.
    (Authority.NO, None): ". . . . . . . .",
    (Authority.NO, Authority.YES): ". . N W . . . e",
    (Authority.NO, Authority.NO): ". . . . . . . .",
}

# Step 2: the two parts together, where a form asked for it.

G, R, W, C = Answer.GRANTED, Answer.REFUSED, Answer.WITHDRAWN, Answer.CONFLICT
X, O = Answer.EXPIRED, Answer.NO_ANSWER  # noqa: E741

TOGETHER: dict[str, tuple[Answer, Answer]] = {
    # parts: (one yes is enough, all must agree)
    "Y Y": (G, G),
    "Y ?": (G, O),  # "one yes may be relied on (BW 1:253i)"; "the school may require all"
    "Y .": (G, G),  # without authority there is nobody whose agreement is needed
    # "no of an expired round + new yes = yes"; if all must agree, the other's answer is awaited
    "Y E": (G, O),
    "Y e": (G, G),  # the same, and nobody else's agreement is needed
    "Y N": (C, C),  # "yes and no together = conflict"
    "Y W": (W, W),  # "yes + withdrawn by the other = withdrawn"
    "Y u": (G, O),  # "a yes counts from a guardian with authority or who so declared"
    "N N": (R, R),  # "any no wins"
    "N ?": (R, R),  # a blank "never conflicts with the other parent's answer"
    "N .": (R, R),
    "N E": (R, R),
    "N e": (R, R),
    "N u": (R, R),
    "N W": (W, W),  # both permit nothing; the withdrawal is what makes the school clear channels
    "W W": (W, W),
    "W ?": (W, W),  # "any withdrawal wins"
    "W .": (W, W),
    "W E": (W, W),
    "W e": (W, W),
    "W u": (W, W),
    "E E": (X, X),  # "only yes permits use": what has ended permits nothing
    "E ?": (X, X),
    "E .": (X, X),
    "E e": (X, X),
    "e e": (X, X),
    "e ?": (X, X),
    "e .": (X, X),
    "E u": (X, X),  # what does not count does not renew what has ended
    "e u": (X, X),
    "? ?": (O, O),  # "a blank is no answer: it permits nothing"
    "? .": (O, O),
    ". .": (O, O),
    # A yes that waits until authority is clear: no answer, though somebody was evidently asked.
    "u u": (O, O),
    "u ?": (O, O),
    "u .": (O, O),
}

# Where no form asked, the same holds, but for these: nothing counts and nobody asked.
NOT_ASKED = ("? ?", "? .", ". .")


def together(one: str, other: str, *, all_agree: bool, asked: bool) -> Answer:
    pair = f"{one} {other}" if f"{one} {other}" in TOGETHER else f"{other} {one}"
    if pair in NOT_ASKED and not asked:
        return Answer.NOT_ASKED
    return TOGETHER[pair][all_agree]


@dataclass(frozen=True)
class Part:
    """One guardian in the table: who, what they did and what it should come down to."""

    authority: Authority
    declared: Authority | None
    state: str
    symbol: str

    def decisions(self, signer: str) -> list[Decision]:
        said = Decision(
            signer=signer,
            choice=Choice.REFUSED if self.state.endswith("no") else Choice.GRANTED,
            decided_on=date(2026, 9, 1),
            authority=self.authority,
            declared=self.declared,
        )
        match self.state.split()[0]:
            case "nothing":
                return []
            case "invalidated":
                return [replace(said, invalidated=True)]
            case "expired":
                return [replace(said, decided_on=date(2025, 9, 1), valid_until=date(2026, 7, 31))]
            case "withdrawn":
                after = replace(said, choice=Choice.WITHDRAWN, decided_on=date(2026, 9, 20))
                return [said, after]
        return [said]


def parts() -> Iterator[Part]:
    for (authority, declared), symbols in PARTS.items():
        for state, symbol in zip(STATES, symbols.split(), strict=True):
            yield Part(authority, declared, state, symbol)


@pytest.mark.parametrize("asked", [True, False], ids=["asked", "never asked"])
@pytest.mark.parametrize("all_agree", [False, True], ids=["one yes is enough", "all must agree"])
def test_two_guardians(all_agree: bool, asked: bool) -> None:
    """Authority × declared × state, for both guardians: 5184 combinations."""
    wrong = []
    for one, other in itertools.product(parts(), repeat=2):
        needed = {
            signer
            for signer, part in (("one", one), ("other", other))
            if all_agree and part.authority is not Authority.NO
        }
        answer = effective_answer(
            [*one.decisions("one"), *other.decisions("other")],
            asked=asked,
            on=TODAY,
            must_agree=needed,
        )
        expected = together(one.symbol, other.symbol, all_agree=all_agree, asked=asked)
        if answer is not expected:
            wrong.append(f"{one}, {other}: {answer!r}, the table says {expected!r}")
    assert not wrong, f"{len(wrong)} rows differ:\n" + "\n".join(wrong[:20])


def test_the_table_is_complete_and_reaches_every_answer() -> None:
    assert set(PARTS) == set(itertools.product(Authority, (None, Authority.YES, Authority.NO)))
    symbols = sorted({part.symbol for part in parts()})
    reached = {
        together(one, other, all_agree=all_agree, asked=asked)
        for one, other in itertools.combinations_with_replacement(symbols, 2)
        for all_agree in (True, False)
        for asked in (True, False)
    }
    assert len(TOGETHER) == len(symbols) * (len(symbols) + 1) // 2
    assert reached == set(Answer)


# --- One person, in time -------------------------------------------------------------------------


def decision(choice: Choice, on: date = TODAY, **other: Any) -> Decision:
    said = Decision(signer="anna", choice=choice, decided_on=on, authority=Authority.YES)
    return replace(said, **other)


def answer_to(*decisions: Decision, on: date = TODAY, widened_at: int = 1) -> Answer:
    return effective_answer(decisions, asked=True, on=on, widened_at=widened_at)


YES, NO, WITHDRAWN = Choice.GRANTED, Choice.REFUSED, Choice.WITHDRAWN
STOPPED = (Answer.REFUSED, Answer.WITHDRAWN, Answer.CONFLICT)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (YES, NO, Answer.REFUSED),
        (YES, WITHDRAWN, Answer.WITHDRAWN),
        (NO, YES, Answer.GRANTED),
        (WITHDRAWN, YES, Answer.GRANTED),
    ],
)
def test_who_changes_their_mind(first: Choice, second: Choice, expected: Answer) -> None:
    before, after = decision(first, TODAY - DAY), decision(second)
    assert answer_to(before, after) is answer_to(after, before) is expected


@pytest.mark.parametrize(("no", "expected"), [(NO, Answer.REFUSED), (WITHDRAWN, Answer.WITHDRAWN)])
def test_yes_and_no_on_one_day_is_no(no: Choice, expected: Answer) -> None:
    """When in doubt the answer is no consent."""
    assert answer_to(decision(YES), decision(no)) is expected
    assert answer_to(decision(no), decision(YES)) is expected


@pytest.mark.parametrize(
    ("authority", "weaker"),
    [
        (Authority.UNKNOWN, {"declared": None}),
        (Authority.YES, {"version": 1}),
        (Authority.YES, {"valid_until": TODAY - DAY}),
    ],
    ids=["not declared", "narrower use", "ended"],
)
def test_of_two_yeses_on_one_day_the_weaker_counts(
    authority: Authority, weaker: dict[str, Any]
) -> None:
    """By form and by telephone on one day: what was entered first must not decide."""
    strong = decision(YES, authority=authority, declared=Authority.YES, version=2)
    weak = replace(strong, **weaker)
    assert answer_to(strong, weak, widened_at=2) is answer_to(weak, strong, widened_at=2)
    assert answer_to(strong, weak, widened_at=2) is not Answer.GRANTED


def test_a_no_that_counts_is_not_lost_behind_one_that_does_not() -> None:
    """The other parent said yes; this one, recorded without authority, claims it on the form."""
    yes = decision(YES, signer="bas")
    on_the_form = decision(NO, authority=Authority.NO, declared=Authority.YES)
    by_telephone = decision(WITHDRAWN, authority=Authority.NO)
    assert answer_to(yes, on_the_form) is Answer.CONFLICT
    assert answer_to(yes, on_the_form, by_telephone) in STOPPED
    assert answer_to(yes, by_telephone, on_the_form) in STOPPED


def test_it_counts_from_its_day_through_its_last_day() -> None:
    yes = decision(YES, date(2026, 9, 1), valid_until=date(2027, 7, 31))
    assert answer_to(yes, on=date(2026, 8, 31)) is Answer.NO_ANSWER
    assert answer_to(yes, on=date(2026, 9, 1)) is Answer.GRANTED
    assert answer_to(yes, on=date(2027, 7, 31)) is Answer.GRANTED
    assert answer_to(yes, on=date(2027, 8, 1)) is Answer.EXPIRED


def test_an_ended_no_does_not_bring_an_older_yes_back() -> None:
    yes = decision(YES, TODAY - 9 * DAY)
    no = decision(NO, TODAY - 5 * DAY, valid_until=TODAY - DAY)
    assert answer_to(yes, no) is Answer.EXPIRED


def test_an_invalidated_decision_brings_the_one_before_back() -> None:
    yes = decision(YES, TODAY - 9 * DAY)
    assert answer_to(yes, decision(NO)) is Answer.REFUSED
    assert answer_to(yes, decision(NO, invalidated=True)) is Answer.GRANTED


def test_a_wider_use_needs_a_new_yes_but_no_new_no() -> None:
    assert answer_to(decision(YES, version=1), widened_at=2) is Answer.EXPIRED
    assert answer_to(decision(YES, version=2), widened_at=2) is Answer.GRANTED
    assert answer_to(decision(YES, version=3), widened_at=2) is Answer.GRANTED
    assert answer_to(decision(NO, version=1), widened_at=2) is Answer.REFUSED
    assert answer_to(decision(WITHDRAWN, version=1), widened_at=2) is Answer.WITHDRAWN


def test_a_form_of_nobody_in_particular_is_not_the_agreement_of_all() -> None:
    """A form whose signer was not named carries the identifier of the form."""
    unnamed = decision(YES, signer="form 12")
    both = {"anna", "bas"}
    assert effective_answer([unnamed], asked=True, on=TODAY) is Answer.GRANTED
    with_all = effective_answer([unnamed, decision(YES)], asked=True, on=TODAY, must_agree=both)
    assert with_all is Answer.NO_ANSWER


@pytest.mark.parametrize("third", [NO, WITHDRAWN])
def test_a_third_with_authority_can_stop_two_others(third: Choice) -> None:
    """A guardian and an institution, or parents who share authority with a partner."""
    others = [decision(YES), decision(YES, signer="bas")]
    assert answer_to(*others) is Answer.GRANTED
    assert answer_to(*others, decision(third, signer="cor")) is not Answer.GRANTED


# --- 16 years ------------------------------------------------------------------------------------

BORN = date(2010, 10, 1)  # 16 on TODAY


def at_sixteen(
    *decisions: Decision,
    on: date = TODAY,
    born_on: date | None = BORN,
    must_agree: tuple[str, ...] = (),
) -> Answer:
    return effective_answer(decisions, asked=True, on=on, born_on=born_on, must_agree=must_agree)


@pytest.mark.parametrize(
    ("born_on", "birthday"),
    [
        (date(2010, 10, 1), date(2026, 10, 1)),
        (date(2008, 2, 29), date(2024, 2, 29)),  # 16 years on there is mostly a 29 February
        (date(2008, 3, 1), date(2024, 3, 1)),
        (date(2010, 1, 1), date(2026, 1, 1)),
        (date(2009, 12, 31), date(2025, 12, 31)),
    ],
)
def test_the_pupil_decides_from_the_sixteenth_birthday(born_on: date, birthday: date) -> None:
    assert not pupil_decides(born_on, birthday - DAY)
    assert pupil_decides(born_on, birthday)
    assert pupil_decides(born_on, birthday + DAY)


def test_a_leap_day_without_a_sixteenth_birthday() -> None:
    """2100 has no 29 February; before that day nobody is 16, after it everybody."""
    assert not pupil_decides(date(2084, 2, 29), date(2100, 2, 28))
    assert pupil_decides(date(2084, 2, 29), date(2100, 3, 1))


@given(st.dates(date(1990, 1, 1), date(2090, 12, 31)), st.integers(-800, 800))
@settings(deadline=None)
def test_any_sixteenth_birthday(born_on: date, days: int) -> None:
    assume((born_on.month, born_on.day) != (2, 29))
    birthday = born_on.replace(year=born_on.year + 16)
    assert pupil_decides(born_on, birthday + days * DAY) is (days >= 0)


def test_without_a_birth_date_the_parents_decide() -> None:
    own = decision(YES, signer="pupil", by_pupil=True)
    assert not pupil_decides(None, TODAY)
    assert at_sixteen(own, born_on=None) is Answer.NO_ANSWER
    assert at_sixteen(decision(YES), born_on=None) is Answer.GRANTED


@pytest.mark.parametrize("said_on", [TODAY - DAY, TODAY], ids=["at 15", "at 16"])
@pytest.mark.parametrize("must_agree", [(), ("anna", "bas")], ids=["one is enough", "all"])
@pytest.mark.parametrize("parents", [(YES, YES), (YES, NO), (NO, NO), (WITHDRAWN, YES)])
def test_from_sixteen_the_parents_decide_nothing(
    parents: tuple[Choice, Choice], must_agree: tuple[str, ...], said_on: date
) -> None:
    said = [decision(parents[0], said_on), decision(parents[1], said_on, signer="bas")]
    own = decision(YES, signer="pupil", by_pupil=True, authority=Authority.UNKNOWN)
    assert at_sixteen(*said, must_agree=must_agree) is Answer.NO_ANSWER
    for choice, expected in (
        (YES, Answer.GRANTED),
        (NO, Answer.REFUSED),
        (WITHDRAWN, Answer.WITHDRAWN),
    ):
        with_own = (*said, replace(own, choice=choice))
        assert at_sixteen(*with_own, must_agree=must_agree) is expected


def test_the_day_before_the_birthday_it_is_still_the_parents() -> None:
    eve = TODAY - DAY
    assert at_sixteen(decision(YES, eve), on=eve) is Answer.GRANTED
    assert at_sixteen(decision(NO, eve), on=eve) is Answer.REFUSED


def test_before_sixteen_the_pupil_permits_nothing() -> None:
    """Not on that day, and a yes of that day does not become one on the birthday."""
    own = decision(YES, TODAY - DAY, signer="pupil", by_pupil=True)
    assert at_sixteen(own, on=TODAY - DAY) is Answer.NO_ANSWER
    assert at_sixteen(own, on=TODAY) is not Answer.GRANTED


# --- What always holds ---------------------------------------------------------------------------

PEOPLE = ("anna", "bas", "cor")


@dataclass(frozen=True)
class Case:
    """A family and everything it ever decided about one purpose."""

    authority: dict[str, Authority]
    decisions: tuple[Decision, ...]
    asked: bool
    all_agree: bool
    widened_at: int

    @property
    def needed(self) -> frozenset[str]:
        may = (p for p, authority in self.authority.items() if authority is not Authority.NO)
        return frozenset(may) if self.all_agree else frozenset()

    def answer(self) -> Answer:
        return effective_answer(
            (replace(each, authority=self.authority[each.signer]) for each in self.decisions),
            asked=self.asked,
            on=TODAY,
            must_agree=self.needed,
            widened_at=self.widened_at,
        )

    def plus(self, *decisions: Decision) -> Case:
        return replace(self, decisions=self.decisions + decisions)

    def last_day(self, person: str) -> date:
        """The last day on which somebody decided something that is not struck out."""
        days = (
            each.decided_on
            for each in self.decisions
            if each.signer == person and each.decided_on <= TODAY and not each.invalidated
        )
        return max(days, default=date.min)

    def latest(self) -> list[Decision]:
        """Everything everybody decided on their last day, as far as it still holds today."""
        return [
            each
            for each in self.decisions
            if each.decided_on == self.last_day(each.signer)
            and not each.invalidated
            and (each.valid_until is None or each.valid_until >= TODAY)
        ]


@st.composite
def said_by(draw: st.DrawFn, *people: str) -> Decision:
    """A decision of one of these people; on few days, so that they often coincide."""
    decided_on = TODAY + draw(st.sampled_from([-5, -1, -1, 0, 0, 2])) * DAY
    lasts = draw(st.sampled_from([None, None, 0, 3]))
    return Decision(
        signer=draw(st.sampled_from(people or PEOPLE)),
        choice=draw(st.sampled_from([YES, YES, NO, WITHDRAWN])),
        decided_on=decided_on,
        declared=draw(st.sampled_from([None, Authority.YES, Authority.NO])),
        version=draw(st.integers(1, 3)),
        valid_until=None if lasts is None else decided_on + lasts * DAY,
        invalidated=draw(st.integers(0, 4)) == 0,
    )


authorities = st.sampled_from([Authority.YES, Authority.YES, Authority.UNKNOWN, Authority.NO])
cases = st.builds(
    Case,
    authority=st.fixed_dictionaries(dict.fromkeys(PEOPLE, authorities)),
    decisions=st.lists(said_by(), max_size=6).map(tuple),
    asked=st.booleans(),
    all_agree=st.booleans(),
    widened_at=st.integers(1, 2),
)
people = st.sampled_from(PEOPLE)
often = settings(deadline=None, max_examples=200)


def test_the_families_below_reach_every_answer() -> None:
    """Otherwise what always holds would hold for nothing."""
    reached: set[Answer] = set()

    @given(cases)
    @settings(deadline=None, max_examples=500, derandomize=True, database=None)
    def collect(case: Case) -> None:
        reached.add(case.answer())

    collect()
    assert reached == set(Answer)


@given(cases, st.lists(said_by("anna", "bas"), min_size=2, max_size=4), st.data())
@often
def test_the_order_of_entry_never_matters(
    case: Case, today: list[Decision], data: st.DataObject
) -> None:
    """Also not of all that came in on one day, which the dates do not tell apart."""
    case = case.plus(*(replace(each, decided_on=TODAY) for each in today))
    shuffled = tuple(data.draw(st.permutations(case.decisions)))
    assert replace(case, decisions=shuffled).answer() is case.answer()
    assert replace(case, decisions=case.decisions[::-1]).answer() is case.answer()


@given(cases, people, st.data())
@settings(often, suppress_health_check=[HealthCheck.filter_too_much])
def test_an_older_decision_of_the_same_person_changes_nothing(
    case: Case, person: str, data: st.DataObject
) -> None:
    last_day = case.last_day(person)
    assume(last_day > date.min)
    before = last_day - data.draw(st.integers(1, 400)) * DAY
    older = replace(data.draw(said_by(person)), decided_on=before)
    # A no to the present use stays, beside a newer yes to the narrower one.
    assume(older.choice is Choice.GRANTED or older.version < case.widened_at)
    # And so does a no of who claims authority, beside a newer one without that claim.
    claims = older.choice is not YES and older.declared is Authority.YES
    assume(not claims or case.authority[person] is not Authority.NO)
    assert case.plus(older).answer() is case.answer()


def test_a_yes_to_the_narrower_use_takes_no_no_back() -> None:
    no = decision(NO, TODAY - 60 * DAY, version=2)
    narrow = decision(YES, TODAY - 30 * DAY, version=1)
    other = decision(YES, version=2, signer="bas")
    for choice in (NO, WITHDRAWN):
        said = [replace(no, choice=choice), narrow, other]
        assert effective_answer(said, asked=True, on=TODAY, widened_at=2) in STOPPED
        assert weigh(said, on=TODAY, widened_at=2) == [
            Verdict.COUNTS,
            Verdict.REPLACED,
            Verdict.COUNTS,
        ]
    wide = replace(narrow, version=2)
    assert effective_answer([no, wide, other], asked=True, on=TODAY, widened_at=2) is Answer.GRANTED


@given(cases, people, st.sampled_from([NO, WITHDRAWN]), st.data())
@often
def test_a_no_of_somebody_who_may_have_authority_stops_it(
    case: Case, person: str, choice: Choice, data: st.DataObject
) -> None:
    no = data.draw(said_by(person))
    assume(case.authority[person] is not Authority.NO or no.declared is Authority.YES)
    no = replace(no, choice=choice, decided_on=TODAY, valid_until=None, invalidated=False)
    assert case.plus(no).answer() in STOPPED


@given(cases, said_by(), st.integers(1, 400))
@often
def test_a_refusal_never_becomes_a_yes_by_something_older(
    case: Case, older: Decision, days: int
) -> None:
    assume(case.answer() in STOPPED)
    before = min(each.decided_on for each in case.decisions) - days * DAY
    older = replace(older, choice=YES, decided_on=before)
    assert case.plus(older).answer() in STOPPED


@given(cases, people)
@often
def test_doubt_about_authority_never_loosens(case: Case, person: str) -> None:
    doubted = replace(case, authority=case.authority | {person: Authority.UNKNOWN})
    if case.authority[person] is Authority.YES:
        assert case.answer() is Answer.GRANTED or doubted.answer() is not Answer.GRANTED


@given(cases, people)
@often
def test_losing_authority_never_loosens_but_by_ones_own_no(case: Case, person: str) -> None:
    """Who has no authority can stop nothing and need not agree; that is all it can loosen."""
    case = replace(case, all_agree=False)
    assume(all(each.signer != person or each.choice is YES for each in case.latest()))
    without = replace(case, authority=case.authority | {person: Authority.NO})
    assert case.answer() is Answer.GRANTED or without.answer() is not Answer.GRANTED


@given(cases, said_by(), st.integers(1, 400))
@often
def test_what_is_decided_later_does_not_count_yet(case: Case, later: Decision, days: int) -> None:
    later = replace(later, decided_on=TODAY + days * DAY, valid_until=None)
    assert case.plus(later).answer() is case.answer()


@given(cases, said_by())
@often
def test_what_was_struck_out_never_counts(case: Case, struck: Decision) -> None:
    assert case.plus(replace(struck, invalidated=True)).answer() is case.answer()


@given(cases)
@often
def test_a_yes_rests_on_somebody_and_nobody_is_against(case: Case) -> None:
    if case.answer() is not Answer.GRANTED:
        return
    yes, no = set(), set()
    for each in case.latest():
        authority = case.authority[each.signer]
        declares = each.declared is Authority.YES
        if each.choice is not YES and (authority is not Authority.NO or declares):
            no.add(each.signer)
        sure = authority is Authority.YES or (authority is Authority.UNKNOWN and declares)
        if each.choice is YES and each.version >= case.widened_at and sure:
            yes.add(each.signer)
    assert yes and yes >= case.needed
    assert not no


@given(cases)
@often
def test_all_must_agree_only_tightens(case: Case) -> None:
    all_agree = replace(case, all_agree=True).answer()
    one_is_enough = replace(case, all_agree=False).answer()
    if all_agree is Answer.GRANTED or one_is_enough is not Answer.GRANTED:
        assert all_agree is one_is_enough


@given(cases)
@often
def test_a_yes_to_a_narrower_use_never_permits(case: Case) -> None:
    assume(all(each.choice is not YES or each.version < 3 for each in case.decisions))
    assert replace(case, widened_at=3).answer() is not Answer.GRANTED


@given(cases, st.lists(said_by("outsider"), min_size=1, max_size=3))
@often
def test_without_authority_nothing_changes_but_a_no_of_who_claims_it(
    case: Case, decisions: list[Decision]
) -> None:
    assume(all(each.choice is YES or each.declared is not Authority.YES for each in decisions))
    family = replace(case, authority=case.authority | {"outsider": Authority.NO})
    assert family.plus(*decisions).answer() is case.answer()
