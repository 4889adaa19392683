"""No path of actions reaches *sent* without inzage of every guardian who must, or a reason.

A state machine does anything anybody can do, in any order, with a model of its own beside it. What
was stored is read back from the tables, not through the rules that are tried here.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache, partial
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, event, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from schoolprivacy.clock import SetClock
from schoolprivacy.errors import RefusedError
from schoolprivacy.okr.actions import (
    cancel_move,
    make_report,
    obstacles_told,
    plan_move,
    send_report,
)
from schoolprivacy.okr.board import row_of
from schoolprivacy.okr.entries import MoveEntry
from schoolprivacy.okr.inzage import (
    excuse,
    record_attempt,
    record_invited,
    record_inzage,
    remove_step,
)
from schoolprivacy.okr.printing import print_invitations
from schoolprivacy.okr.records import okr_move, okr_remark, okr_report, okr_step
from schoolprivacy.okr.remarks import add_remark, settle_remark
from schoolprivacy.okr.terms import Excuse, MoveKind, Outcome, Proof, RemarkKind, SentHow, State
from schoolprivacy.people.carers import unlink_guardian
from schoolprivacy.people.records import guardianship
from schoolprivacy.people.terms import Authority
from schoolprivacy.people.undoing import Undo, undo
from schoolprivacy.school import School
from tests.consents.families import APART, MOTHER
from tests.okr.builders import (
    ANNA,
    BAS,
    PLAIN,
    SPRING,
    VO,
    a_leaver,
    give_authority,
    group_eight,
    guardian,
)
from tests.vault.schools import TORTURE, Made, make_school

WHO = st.sampled_from([ANNA, BAS])
BACK = st.sampled_from([0, 0, 0, 1, 5, 12])


@cache
def a_school() -> Made:
    """A school with one child in group 8; made once, copied for every path."""
    folder = Path(tempfile.mkdtemp(prefix="okr-"))
    atexit.register(shutil.rmtree, folder)
    made = make_school(folder / "school.schoolprivacy")
    with made.open() as school:
        group_eight(school, a_leaver("Noor", MOTHER, APART))
    return made


class Leaving(RuleBasedStateMachine):
    """One child, two parents who live apart, and everything that can be done."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = Path(tempfile.mkdtemp(prefix="okr-"))
        made = a_school().copy_to(self._folder / "school.schoolprivacy")
        self.school: School = Made(made.folder, made.paper_key, SetClock(SPRING)).open()
        with self.school.reading() as session:
            self.pupil = session.execute(sa.select(guardianship.c.pupil_id)).scalars().first()
        assert self.pupil
        self.carers = {name: guardian(self.school, self.pupil, name) for name in (ANNA, BAS)}
        self.last: Undo | None = None
        self.proven: dict[str, list[tuple[object, ...]]] = {}

    def teardown(self) -> None:
        self.school.lock()
        shutil.rmtree(self._folder)

    # — what can be done; refusals are fine, whatever the order —

    def act(self, what: Callable[[], Undo | str | None]) -> bool:
        try:
            done = what()
        except RefusedError:
            return False
        self.last = done if isinstance(done, Undo) else None
        return True

    def day(self, back: int) -> date:
        return self.school.clock.today() - timedelta(days=back)

    @property
    def move(self) -> str:
        """The newest move that was not called off; a made-up one before there is any."""
        return next((row.id for row in self.rows(okr_move) if not row.cancelled_on), "none")

    def rows(self, table: sa.Table) -> list[sa.Row[tuple[object, ...]]]:
        """Newest first."""
        query = sa.select(table).order_by(sa.literal_column("rowid").desc())
        with self.school.reading() as session:
            return list(session.execute(query))

    @initialize(
        reported=st.sampled_from([True, True, True, False]),
        known=st.tuples(*[st.sampled_from(Authority)] * 2),
        seen=st.sets(WHO, max_size=2),
    )
    def begin(self, reported: bool, known: tuple[Authority, Authority], seen: set[str]) -> None:
        """Mostly somewhere on the way, so that a path is not all beginning."""
        for who, authority in zip(self.carers, known, strict=True):
            self.find_out(who, authority)
        if reported:
            self.plan_and_report()
            for who in seen:
                self.inzage({who}, 0)

    @rule(known=st.booleans(), anew=st.booleans())
    def plan(self, known: bool, anew: bool) -> None:
        entry = VO if known else MoveEntry(MoveKind.PO)
        self.act(lambda: plan_move(self.school, str(self.pupil), entry, anew=anew))

    @rule()
    def plan_and_report(self) -> None:
        self.act(lambda: plan_move(self.school, str(self.pupil), VO))
        self.act(lambda: make_report(self.school, self.move, self.day(12), PLAIN))

    @rule()
    def call_off(self) -> None:
        self.act(lambda: cancel_move(self.school, self.move))

    @rule(back=BACK)
    def report(self, back: int) -> None:
        self.act(lambda: make_report(self.school, self.move, self.day(back), PLAIN))

    @rule(who=WHO, back=BACK)
    def invite(self, who: str, back: int) -> None:
        ids = [self.carers[who]]
        self.act(lambda: record_invited(self.school, self.move, ids, self.day(back)))

    @rule()
    def print_letters(self) -> None:
        def paper() -> None:
            print_invitations(self.school, lambda _: None)

        self.act(paper)

    @rule(who=WHO, back=BACK)
    def attempt(self, who: str, back: int) -> None:
        of = (self.school, self.move, self.carers[who], self.day(back))
        self.act(lambda: record_attempt(*of, "gebeld"))

    @rule(who=st.sets(WHO, max_size=2), back=BACK)
    def inzage(self, who: set[str], back: int) -> None:
        ids = [self.carers[each] for each in who]
        self.act(lambda: record_inzage(self.school, self.move, ids, self.day(back), Proof.LETTER))

    @rule()
    def show_everybody(self) -> None:
        """What most schools do: one evening for all parents, then the remarks are dealt with."""
        for who in (ANNA, BAS):
            self.inzage({who}, 0)
        for outcome in Outcome:
            self.settle(outcome)

    @rule(how=st.sampled_from(SentHow), back=BACK)
    def try_to_finish(self, how: SentHow, back: int) -> None:
        self.show_everybody()
        self.send(back, how)

    @rule(who=st.none() | WHO, why=st.sampled_from(Excuse), note=st.sampled_from(["", "Reden."]))
    def decide(self, who: str | None, why: Excuse, note: str) -> None:
        of = self.carers[who] if who else None
        self.act(lambda: excuse(self.school, self.move, of, why, note))

    @rule(who=WHO, kind=st.sampled_from(RemarkKind))
    def say(self, who: str, kind: RemarkKind) -> None:
        of = (self.school, self.move, self.carers[who], kind, "Anders.", self.day(0))
        self.act(lambda: add_remark(*of))

    @rule(outcome=st.sampled_from(Outcome))
    def settle(self, outcome: Outcome) -> None:
        said = next((row.id for row in self.rows(okr_remark) if row.outcome is None), "none")
        self.act(lambda: settle_remark(self.school, said, outcome, self.day(0), "Antwoord."))

    @rule(place=st.integers(min_value=0, max_value=5))
    def take_back(self, place: int) -> None:
        steps = self.rows(okr_step)
        if place < len(steps):
            self.act(lambda: remove_step(self.school, str(steps[place].id)))

    @precondition(lambda self: self.proven)
    @rule()
    def tamper_with_what_was_sent(self) -> None:
        for move in self.proven:
            for step in [row for row in self.rows(okr_step) if row.move_id == move]:
                assert not self.act(partial(remove_step, self.school, str(step.id)))
            ids = list(self.carers.values())
            for what in (
                partial(cancel_move, self.school, move),
                partial(make_report, self.school, move, self.day(0), PLAIN),
                partial(record_inzage, self.school, move, ids, self.day(0), Proof.LAS),
                partial(send_report, self.school, move, self.day(0), SentHow.PAPER),
            ):
                assert not self.act(what)

    @rule(who=WHO, authority=st.sampled_from(Authority))
    def find_out(self, who: str, authority: Authority) -> None:
        if any(row.guardian_id == self.carers[who] for row in self.rows(guardianship)):
            give_authority(self.school, str(self.pupil), who, authority)
            self.last = None

    @rule(who=WHO)
    def unlink(self, who: str) -> None:
        self.act(lambda: unlink_guardian(self.school, str(self.pupil), self.carers[who]))

    @precondition(lambda self: self.last is not None)
    @rule()
    def undo_last(self) -> None:
        last = self.last
        assert last is not None
        sent = {row.id for row in self.rows(okr_move) if row.sent_on}
        self.act(lambda: undo(self.school, last))
        for move in sent - {row.id for row in self.rows(okr_move) if row.sent_on}:
            self.proven.pop(str(move), None)

    @rule(days=st.integers(min_value=1, max_value=4))
    def later(self, days: int) -> None:
        assert isinstance(self.school.clock, SetClock)
        self.school.clock.moment += timedelta(days=days)

    @rule(back=BACK, how=st.sampled_from(SentHow))
    def send(self, back: int, how: SentHow) -> None:
        move = self.move
        lacking = self.lacking(move, self.day(back))
        sent = self.act(lambda: send_report(self.school, move, self.day(back), how))
        assert sent == (not lacking), lacking
        event("sent" if sent else "refused: " + " and ".join(sorted({x[-16:] for x in lacking})))
        if sent:
            self.proven[move] = self.proof(move)

    # — what the tables say —

    def lacking(self, move_id: str, on: date) -> list[str]:
        """Why it may not be sent on a day, told without the rules of the program."""
        (move,) = [row for row in self.rows(okr_move) if row.id == move_id] or [None]
        if move is None or move.sent_on:
            return ["no open move"]
        reports = [row for row in self.rows(okr_report) if row.move_id == move_id]
        if not reports or not move.school_id:
            return ["no report or school"]
        report = max(reports, key=lambda row: row.version)
        days = {report.report_on}
        found = []
        steps = [
            row
            for row in self.rows(okr_step)
            if (row.move_id, row.version) == (move_id, report.version)
            and (row.kind == "inzage" or (row.kind == "excused" and row.note))
        ]
        must = [row.guardian_id for row in self.rows(guardianship) if row.authority != "no"]
        for who in must or [None]:
            good = [row.done_on for row in steps if row.guardian_id == who]
            found += [] if good else [f"{who} has not seen it"]
        everybody = [row.guardian_id for row in self.rows(guardianship)]
        for who in (None, *everybody):
            good = [row.done_on for row in steps if row.guardian_id == who]
            days |= {min(good)} if good else set()
        said = [row for row in self.rows(okr_remark) if row.move_id == move_id]
        found += ["a remark"] if any(row.outcome is None for row in said) else []
        days |= {row.settled_on for row in said if row.outcome and row.said_on <= on.isoformat()}
        found += [] if max(days) <= on.isoformat() else ["before it was seen"]
        return found

    def proof(self, move_id: str) -> list[tuple[object, ...]]:
        return [tuple(row) for row in self.rows(okr_step) if row.move_id == move_id]

    @invariant()
    def what_stands_in_the_way_is_told(self) -> None:
        move = self.move
        if any(row.id == move and not row.sent_on for row in self.rows(okr_move)):
            told, lacking = obstacles_told(self.school, move), self.lacking(move, self.day(0))
            assert bool(told) == bool(lacking), (told, lacking)

    @invariant()
    def what_was_sent_was_proven_and_stays_so(self) -> None:
        sent = [str(row.id) for row in self.rows(okr_move) if row.sent_on]
        assert set(sent) <= self.proven.keys()
        for move_id in sent:
            assert self.proof(move_id) == self.proven[move_id]
            assert row_of(self.school, move_id).state is State.SENT


Leaving.TestCase.settings = settings(
    max_examples=500 if TORTURE else 30,
    stateful_step_count=25,
    deadline=None,
    derandomize=not TORTURE,
    phases=(Phase.explicit, Phase.generate),  # a real school per path: shrinking takes hours
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
TestLeaving = pytest.mark.torture(Leaving.TestCase)
