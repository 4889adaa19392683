"""What the demo school does with the children who leave: group 8, each a step further."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial
from itertools import cycle

from schoolprivacy.clock import SetClock
from schoolprivacy.okr.actions import make_report, plan_move, plan_moves, send_report
from schoolprivacy.okr.board import LAST_LEVEL, BoardRow, board
from schoolprivacy.okr.entries import MoveEntry
from schoolprivacy.okr.exchanges import NewExchange, record_exchange
from schoolprivacy.okr.inzage import excuse, record_attempt, record_invited, record_inzage
from schoolprivacy.okr.remarks import add_remark
from schoolprivacy.okr.rules import must_see
from schoolprivacy.okr.terms import (
    Category,
    Excuse,
    MoveKind,
    Proof,
    ReceivingSchool,
    RemarkKind,
    SentHow,
)
from schoolprivacy.people.records import current_year, guardianships, pupils_on_roll
from schoolprivacy.school import School
from schoolprivacy.settings import resource

_AGO = {"report": 14, "invited": 12, "tried": 8, "again": 5, "seen": 3}
"""So many days before today."""


def move_on(school: School, then: SetClock) -> None:
    """Plan the move of group 8 and bring every child a step further than the one before.

    :param then: today
    """
    words = tomllib.loads(resource("demo.nl.toml").read_text(encoding="utf-8"))["okr"]
    today = then.today()
    with school.reading() as session:
        year = current_year(session, today)
        pupils = pupils_on_roll(session, today, year)
    leavers = [each.pupil.id for each in pupils if each.placement.year_level == LAST_LEVEL]
    others = [each.pupil.id for each in pupils if each.placement.year_level != LAST_LEVEL]
    schools = cycle(ReceivingSchool(**each) for each in words["schools"])
    entry = partial(MoveEntry, MoveKind.VO, expected_on=date(year.start + 1, 8, 1))
    planned = leavers[1:]
    plan_moves(school, {each: entry(next(schools)) for each in planned[1:]})
    if planned:
        plan_move(school, planned[0], entry(None))
    rows = {each.child.pupil.id: each for each in board(school).rows}
    for number, pupil_id in enumerate(planned[2:]):
        _Child(school, rows[pupil_id], today).do(number, words)
    if others:
        entry_po = MoveEntry(MoveKind.PO, None, today + timedelta(days=60))
        plan_move(school, others[-1], entry_po)
        record_exchange(school, others[0], NewExchange(**words["exchange"], on=today))


class _Child:
    """One child of group 8 whose school is known."""

    def __init__(self, school: School, row: BoardRow, today: date) -> None:
        assert row.move is not None
        self._school, self._move, self._today = school, row.move.id, today
        with school.reading() as session:
            carers = guardianships(session, [row.child.pupil.id]).get(row.child.pupil.id, [])
        self._must = [each.guardian.id for each in carers if must_see(each)]

    def do(self, number: int, words: dict[str, str]) -> None:
        """Make the report, and go on in one of the ways a school goes.

        :param number: of the way; after the last the first again
        """
        report = {
            Category.ADMINISTRATIVE: "",
            Category.RESULTS: "",
            Category.SUPPORT: words["why"],
        }
        make_report(self._school, self._move, self._day("report"), report)
        if not self._must:
            return
        ways: Sequence[Sequence[Callable[[], object]]] = (
            (),
            (self._invite,),
            (self._invite, self._one),
            (self._invite, self._one, self._rest, partial(self._say, words["remark"])),
            (self._invite, self._one, self._rest),
            (self._invite, self._one, self._rest, self._send),
            (self._invite, partial(self._give_up, words), self._send),
        )
        for act in ways[number % len(ways)]:
            act()

    def _day(self, what: str) -> date:
        return self._today - timedelta(days=_AGO[what])

    def _invite(self) -> None:
        record_invited(self._school, self._move, self._must, self._day("invited"))

    def _see(self, who: Sequence[str], how: Proof) -> None:
        if who:
            day = self._day("seen")
            record_inzage(self._school, self._move, who, day, how, copy_given=True)

    def _one(self) -> None:
        self._see(self._must[:1], Proof.CONVERSATION)

    def _rest(self) -> None:
        self._see(self._must[1:], Proof.LETTER)

    def _say(self, text: str) -> None:
        who, day = self._must[0], self._day("seen")
        add_remark(self._school, self._move, who, RemarkKind.REMARK, text, day)

    def _give_up(self, words: dict[str, str]) -> None:
        for who in self._must:
            for day in ("tried", "again"):
                record_attempt(self._school, self._move, who, self._day(day), words[day])
            excuse(self._school, self._move, who, Excuse.NO_RESPONSE, words["gave_up"])

    def _send(self) -> None:
        send_report(self._school, self._move, self._today, SentHow.OSO)
