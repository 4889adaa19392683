"""What guardians said about their own data on the contact list, by name and on unsigned forms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa

from schoolprivacy.consents import records
from schoolprivacy.consents.rules import own_answers
from schoolprivacy.consents.terms import UNNAMED, Answer, Choice, Decision, Purpose
from schoolprivacy.people.records import day, guardianship
from schoolprivacy.people.terms import Authority
from schoolprivacy.school import Session

_STOPS = frozenset({Answer.REFUSED, Answer.WITHDRAWN, Answer.CONFLICT})
_Kind = tuple[str, int, str, str | None, str | None]
_Given = dict[str, list[_Kind]]


class OwnAnswerJudge:
    """Judges what one person said about one item on a day; each kind once, as few differ."""

    def __init__(self, asked: Iterable[Purpose], on: date) -> None:
        self.asked: Mapping[str, Purpose] = {each.code: each for each in asked}
        self._on = on
        self._judge = cache(self._judge_kinds)

    def answers(self, code: str, given: _Given) -> dict[str, Answer]:
        """The answer of each signer."""
        return {
            signer: self._judge(code, signer.startswith(UNNAMED), tuple(kinds))
            for signer, kinds in given.items()
        }

    def _judge_kinds(self, code: str, unnamed: bool, kinds: tuple[_Kind, ...]) -> Answer:
        signer = UNNAMED if unnamed else "somebody"
        said = [
            Decision(
                signer,
                Choice(choice),
                date.fromisoformat(decided_on),
                Authority.UNKNOWN,  # says nothing about own data
                version=version,
                valid_from=day(valid_from),
                valid_until=day(valid_until),
            )
            for choice, version, decided_on, valid_from, valid_until in kinds
        ]
        return own_answers(said, on=self._on, widened_at=self.asked[code].widened_at)[signer]


class OwnAnswers:
    """The answers of the guardians of some children together, such as those of one group.

    It is one list: what somebody said last, on the form of whichever child, stops it everywhere
    on that list when it was a no; a yes counts only for the child it was said for.
    """

    def __init__(self, session: Session, pupil_ids: Collection[str], judge: OwnAnswerJudge) -> None:
        self._carers: dict[str, set[str]] = defaultdict(set)
        self._yes: set[tuple[str, str, str]] = set()
        self._granted: dict[str, frozenset[str]] = {}
        self._stopped: dict[str, frozenset[str]] = {}
        self._withdrawn: dict[str, frozenset[str]] = {}
        self._of_form: dict[str, str] = {}
        link = guardianship.c
        query = sa.select(link.pupil_id, link.guardian_id)
        for row in session.execute(query.where(link.pupil_id.in_(list(pupil_ids)))):
            self._carers[row.pupil_id].add(row.guardian_id)
        given = self._read(session, pupil_ids, judge.asked)
        self._meant = records.meant_for(session, self._of_form)
        for code, of_children in given.items():
            self._judge(code, of_children, judge)

    @property
    def guardians(self) -> frozenset[str]:
        """Identifiers of everybody who may say something here."""
        return frozenset[str]().union(*self._carers.values())

    def said_yes(self, code: str, pupil_id: str, guardian_id: str) -> bool:
        """Whether this guardian's own yes for this child counts."""
        return (code, pupil_id, guardian_id) in self._yes

    def granted(self, code: str) -> frozenset[str]:
        """Whose last word about their own data is yes."""
        return self._granted.get(code, frozenset())

    def stopped(self, code: str) -> frozenset[str]:
        """Whose last word is no, and everybody whom a no of a signer without a name may be of."""
        return self._stopped.get(code, frozenset())

    def withdrawn(self, code: str) -> frozenset[str]:
        """Who took their own data back last, after every yes."""
        return self._withdrawn.get(code, frozenset())

    def _read(
        self, session: Session, pupil_ids: Collection[str], codes: Collection[str]
    ) -> dict[str, dict[str, _Given]]:
        """By item and child what each signer said; notes the forms of signers without a name."""
        table = records.decision.c
        query = sa.select(
            *(table.purpose, table.pupil_id, table.guardian_id, table.form_id),
            *(table.choice, table.version, table.decided_on, table.valid_from, table.valid_until),
        ).where(
            table.pupil_id.in_(list(pupil_ids)),
            table.purpose.in_(list(codes)),
            table.invalidated_at.is_(None),
            table.by_pupil.is_(False),
        )
        found: dict[str, dict[str, _Given]] = {}
        rows: Sequence[Any] = session.execute(query).all()
        for code, pupil_id, guardian_id, form_id, *said in rows:
            if guardian_id is None:
                self._of_form[form_id] = pupil_id
            signer = guardian_id or f"{UNNAMED}{form_id}"
            of_child = found.setdefault(code, {}).setdefault(pupil_id, {})
            of_child.setdefault(signer, []).append(tuple(said))
        return found

    def _judge(self, code: str, of_children: Mapping[str, _Given], judge: OwnAnswerJudge) -> None:
        together: _Given = {}
        for pupil_id, given in of_children.items():
            for signer, kinds in given.items():
                together.setdefault(signer, []).extend(kinds)
            answers = judge.answers(code, given)
            self._yes |= {(code, pupil_id, s) for s, a in answers.items() if a is Answer.GRANTED}
        answers = judge.answers(code, together)
        self._granted[code] = frozenset(s for s, a in answers.items() if a is Answer.GRANTED)
        back = (signer for signer, answer in answers.items() if answer is Answer.WITHDRAWN)
        self._withdrawn[code] = frozenset(back)
        stops = (signer for signer, answer in answers.items() if answer in _STOPS)
        self._stopped[code] = frozenset[str]().union(*map(self._people, stops))

    def _people(self, signer: str) -> Collection[str]:
        """The signer; of a form without a name all it was meant for, or else the whole family."""
        if not signer.startswith(UNNAMED):
            return {signer}
        form_id = signer.removeprefix(UNNAMED)
        family = self._carers.get(self._of_form.get(form_id, ""), set())
        return self._meant.get(form_id) or family
