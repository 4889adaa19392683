"""What a round asks of whom: for every child and household the purposes on its form, and why.

A household is judged by what its own people answered and by nothing else: a form that leaves a
question out because the other parent answered it would tell what the other parent did.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from schoolprivacy.consents import records
from schoolprivacy.consents.asking import form_of, is_of
from schoolprivacy.consents.records import Form, RecordedDecision
from schoolprivacy.consents.rounds.terms import Mode, Round
from schoolprivacy.consents.rounds.whom import asked_by_hand
from schoolprivacy.consents.rules import effective_answer
from schoolprivacy.consents.terms import UNNAMED, Answer, Decision, Purpose
from schoolprivacy.people.addresses import Household, homes_of, households, who_hide
from schoolprivacy.people.records import guardianships
from schoolprivacy.people.terms import Authority, Guardian, Guardianship, PlacedPupil
from schoolprivacy.school import Session

OPEN = frozenset({Answer.NOT_ASKED, Answer.NO_ANSWER, Answer.EXPIRED})
"""Answers of a household that leave something to ask."""


class Why(StrEnum):
    """Why a purpose stands on a form."""

    NEW_CHILD = "new_child"
    NEW_PURPOSE = "new_purpose"
    WIDENED = "widened"
    NO_ANSWER = "no_answer"
    EVERY_YEAR = "every_year"


@dataclass(frozen=True, slots=True)
class Home:
    """A child at one address: what a round asks there.

    :param form: of this round, when it was printed
    :param asked: the purposes to ask and why, the contact list at the end; those of ``form`` when
        there is one
    :param own: what the people of this household answered themselves, by purpose
    :param older: forms that a new one replaces, as they ask nothing more that is still open
    """

    child: PlacedPupil
    household: Household
    form: Form | None
    asked: tuple[tuple[Purpose, Why], ...]
    own: Mapping[str, Answer]
    older: tuple[Form, ...]


def mode_of(purpose: Purpose, round_: Round) -> Mode:
    """What the school chose, else: remind of pictures (the supervisor's least), ask the list."""
    return round_.modes.get(purpose.code, Mode.ASK if purpose.is_contact else Mode.REMIND)


def modes(session: Session, round_: Round) -> dict[str, Mode]:
    """For each purpose that is switched on, in the order of the form."""
    return {each.code: mode_of(each, round_) for each in records.purposes(session, only_on=True)}


class Plan:
    """What a round asks of some pupils; reads only.

    :param anew: as if nothing of this round was printed yet
    :ivar purposes: those that are switched on, the contact list at the end
    """

    def __init__(
        self,
        session: Session,
        round_: Round,
        pupils: Sequence[PlacedPupil],
        *,
        anew: bool = False,
    ) -> None:
        self.round, self._anew = round_, anew
        self._today = session.clock.today()
        ids = [each.pupil.id for each in pupils]
        wanted = records.purposes(session, only_on=True)
        self.purposes = sorted(wanted, key=lambda each: each.is_contact)
        self._every = {each.code: each for each in records.purposes(session)}
        self._decisions = records.decisions(session, ids)
        self._forms: dict[str, list[Form]] = defaultdict(list)
        for form in records.forms(session, ids):
            if form.sharing is None:
                self._forms[form.pupil_id].append(form)
        self._by_hand = asked_by_hand(session, ids)
        self._carers, self._hiding = guardianships(session, ids), who_hide(session)
        self.homes = [home for child in pupils for home in self._of(child)]

    def _of(self, child: PlacedPupil) -> list[Home]:
        carers = self._carers.get(child.pupil.id, ())
        forms = [each for each in self._forms[child.pupil.id] if each.replaced_on is None]
        printed = [] if self._anew else [f for f in forms if f.round_id == self.round.id]
        before = [form for form in forms if form not in printed]
        homes = []
        at = homes_of(carers, self._hiding)
        for household in at:
            form = form_of(household, printed)
            if form:
                printed.remove(form)
            judged = _Judged(self, child, household, carers, only_home=len(at) == 1)
            homes.append(judged.home(form, before))
        return homes

    def decisions_of(self, pupil_id: str, code: str) -> Sequence[RecordedDecision]:
        return self._decisions.get((pupil_id, code), ())

    def form_by_id(self, pupil_id: str, form_id: str | None) -> Form | None:
        return next((each for each in self._forms[pupil_id] if each.id == form_id), None)

    def still_asked(self, home: Home) -> set[str]:
        """The purposes on the form of this round that nobody answered on it yet."""
        key = home.form.id if home.form else None
        return {
            purpose.code
            for purpose, _ in home.asked
            if key is None
            or not any(
                each.form_id == key and not each.decision.invalidated
                for each in self.decisions_of(home.child.pupil.id, purpose.code)
            )
        }

    def asked_before(self, pupil_id: str) -> set[str]:
        """The purposes of which the child's family was ever asked, this round left aside."""
        on_paper = {
            code
            for form in self._forms[pupil_id]
            if form.round_id != self.round.id
            for code, _ in form.asked
        }
        now = {form.id for form in self._forms[pupil_id] if form.round_id == self.round.id}
        answered = {
            code
            for code in self._every
            if any(each.form_id not in now for each in self.decisions_of(pupil_id, code))
        }
        return on_paper | self._by_hand.get(pupil_id, set()) | answered

    def answers_of(self, home: Home, people: Collection[Guardian]) -> dict[str, Answer | None]:
        """What only these people of a household answered, by purpose; None: nothing at all."""
        carers = self._carers.get(home.child.pupil.id, ())
        household = replace(home.household, guardians=tuple(people))
        judged = _Judged(
            self,
            home.child,
            household,
            carers,
            only_home=len(households(carers)) == 1 and len(people) == len(home.household.guardians),
        )
        said = {each.code for each in self.purposes if judged.said(each)}
        return {code: answer if code in said else None for code, answer in judged.answers().items()}

    def purpose(self, code: str) -> Purpose:
        return self._every[code]

    def day_of(self, purpose: Purpose) -> date:
        """The contact list is judged in the school year that the round is for."""
        first = self.round.school_year.first_day
        return max(self._today, first) if purpose.is_contact else self._today


class _Judged:
    """One child at one address."""

    def __init__(
        self,
        plan: Plan,
        child: PlacedPupil,
        household: Household,
        carers: Iterable[Guardianship],
        *,
        only_home: bool,
    ) -> None:
        self._plan, self._child, self._household = plan, child, household
        self._people = {each.id for each in household.guardians}
        self._only_home = only_home
        self._deciding = frozenset(
            each.guardian.id
            for each in carers
            if each.guardian.id in self._people and each.authority is not Authority.NO
        )

    def home(self, form: Form | None, before: Sequence[Form]) -> Home:
        own = self.answers()
        known = self._plan.asked_before(self._child.pupil.id)
        if form:
            asked = tuple(
                (purpose, self._why(purpose, known, form.id) or Why.NO_ANSWER)
                for purpose in (self._plan.purpose(code) for code, _ in form.asked)
            )
        else:
            asked = tuple(
                (each, why) for each in self._plan.purposes if (why := self._why(each, known))
            )
        to_ask = {purpose.code for purpose, _ in asked}
        still_open = {code for code, answer in own.items() if answer in OPEN}
        older = tuple(
            each
            for each in before
            if form is None
            and is_of(self._household, each)
            and self._adds_nothing(each, to_ask, still_open)
        )
        return Home(self._child, self._household, form, asked, own, older)

    def answers(self) -> dict[str, Answer]:
        """What counts of each purpose when only these people are looked at."""
        return {each.code: self._answer(each, self._own(each)) for each in self._plan.purposes}

    def said(self, purpose: Purpose) -> bool:
        """Whether one of them answered, whatever it counts for."""
        return any(not each.invalidated for each in self._own(purpose))

    def _adds_nothing(
        self, form: Form, to_ask: Collection[str], still_open: Collection[str]
    ) -> bool:
        """Something on it is open, and all of that is asked again now; or it is of this round.

        A contact list of an earlier year cannot be answered for this one.
        """
        if form.round_id == self._plan.round.id:
            return bool(to_ask)
        is_past = form.school_year < self._plan.round.school_year
        left = {
            code
            for code, _ in form.asked
            if code in still_open and not (is_past and self._plan.purpose(code).is_contact)
        }
        return bool(left) and left <= set(to_ask)

    def _why(self, purpose: Purpose, known: Collection[str], form_id: str = "") -> Why | None:
        """Why a purpose is asked; None when it is not. What came back on the form is left aside."""
        given = self._own(purpose, without=form_id)
        answer = self._answer(purpose, given)
        if not known:
            return Why.NEW_CHILD
        if purpose.code not in known:
            return Why.NEW_PURPOSE
        versions = [each.version for each in given if not each.invalidated]
        if versions and max(versions) < purpose.widened_at:
            return Why.WIDENED
        asks = mode_of(purpose, self._plan.round) is Mode.ASK
        if answer in OPEN:
            return Why.EVERY_YEAR if asks and answer is Answer.EXPIRED else Why.NO_ANSWER
        return Why.EVERY_YEAR if asks and not self._is_fresh(purpose, given) else None

    def _is_fresh(self, purpose: Purpose, given: Iterable[Decision]) -> bool:
        """Answered for this round already: the contact list for its year, pictures since."""
        opened_on = self._plan.round.opened_on
        return purpose.is_contact or any(
            each.decided_on > opened_on and not each.invalidated for each in given
        )

    def _answer(self, purpose: Purpose, given: Iterable[Decision]) -> Answer:
        """What counts when only this household is looked at."""
        return effective_answer(
            given,
            asked=True,
            on=self._plan.day_of(purpose),
            born_on=self._child.pupil.born_on,
            must_agree=self._deciding if purpose.all_must_agree else (),
            widened_at=purpose.widened_at,
            own=purpose.is_own,
        )

    def _own(self, purpose: Purpose, without: str = "") -> list[Decision]:
        """What was decided by people of this household, and surely by them."""
        given = self._plan.decisions_of(self._child.pupil.id, purpose.code)
        return [
            each.decision
            for each in given
            if (not without or each.form_id != without) and self._is_own(each)
        ]

    def _is_own(self, recorded: RecordedDecision) -> bool:
        signer = recorded.decision.signer
        if recorded.decision.by_pupil or signer in self._people:
            return True
        if not signer.startswith(UNNAMED):
            return False
        form = self._plan.form_by_id(recorded.pupil_id, recorded.form_id)
        meant = set(form.guardians) if form else set()
        return meant <= self._people if meant else self._only_home
