"""What happened: in one cell of the board, and around one child."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from schoolprivacy.consents import records
from schoolprivacy.consents.records import Form, RecordedDecision
from schoolprivacy.consents.rules import pupil_decides, weigh
from schoolprivacy.consents.terms import Answer, Choice, Purpose, Verdict, Way, Wording
from schoolprivacy.errors import sentence
from schoolprivacy.people.names import full_name, guardian_name
from schoolprivacy.people.records import find_pupil, guardians, guardianships
from schoolprivacy.people.terms import Authority, Pupil
from schoolprivacy.school import School, Session
from schoolprivacy.vault.tables import staff


@dataclass(frozen=True, slots=True)
class Invalidation:
    """That a decision was entered wrongly or taken back: when, by whom, why."""

    at: datetime
    by: str
    why: str


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One decision, with all that is known about it.

    :param who: by name and relation, e.g. ``Anna de Wit (moeder)``
    :param form: number of the form it was given on; "" without one
    :param wording: the text it was given on
    :param verdict: whether it counts today, and if not, why not
    """

    decision_id: str
    purpose: str
    who: str
    choice: Choice
    decided_on: date
    valid_from: date | None
    valid_until: date | None
    way: Way
    form: str
    wording: Wording
    declared: Authority | None
    recorded_at: datetime
    recorded_by: str
    invalidated: Invalidation | None
    verdict: Verdict

    @property
    def explanation(self) -> str:
        """Why it counts or not, in a Dutch sentence."""
        return sentence(f"verdict.{self.verdict}")


@dataclass(frozen=True, slots=True)
class CellHistory:
    """One cell of the board.

    :param why: how the answer follows from the decisions, in a Dutch sentence
    :param lines: every decision ever recorded, oldest first
    """

    answer: Answer
    why: str
    lines: tuple[HistoryLine, ...]


@dataclass(frozen=True, slots=True)
class FormLine:
    """A form that was printed for a child.

    :param replaced_on: a newer form took its place; None when it is the one that is out
    :param is_back: answers of it were entered
    """

    number: str
    asked_on: date
    hand_in_by: date
    replaced_on: date | None
    is_back: bool


@dataclass(frozen=True, slots=True)
class PupilHistory:
    """What the school asked about a child, and what it was answered; oldest first."""

    forms: tuple[FormLine, ...]
    decisions: tuple[HistoryLine, ...]


def cell_history(school: School, pupil_id: str, code: str) -> CellHistory:
    """What counts for a pupil and a purpose, why, and everything that was decided.

    :param code: of a purpose of the school, switched on or not
    """
    with school.reading() as session:
        on = session.clock.today()
        pupil = find_pupil(session, pupil_id)
        (purpose,) = [each for each in records.purposes(session, every=True) if each.code == code]
        found = records.matrix(session, [pupil], [purpose], on)
        lines = _Lines(session, pupil, on).of(purpose, found.decisions.get((pupil_id, code), ()))
        answer = found.answer(pupil_id, code)
        by_pupil = pupil_decides(pupil.born_on, on)
        return CellHistory(answer, _why(answer, lines, by_pupil=by_pupil), tuple(lines))


def pupil_history(school: School, pupil_id: str) -> PupilHistory:
    """The forms and decisions of one pupil."""
    with school.reading() as session:
        pupil = find_pupil(session, pupil_id)
        lines = pupil_lines(session, pupil)
        back = {each.form for each in lines if not each.invalidated}
        forms = records.forms(session, [pupil_id])
        return PupilHistory(tuple(_form_line(each, back) for each in forms), tuple(lines))


def pupil_lines(session: Session, pupil: Pupil) -> list[HistoryLine]:
    """Every decision about one pupil, in the order in which they were made and recorded."""
    decisions = records.decisions(session, [pupil.id])
    lines = _Lines(session, pupil, session.clock.today())
    told = [
        line
        for purpose in records.purposes(session, every=True)
        for line in lines.of(purpose, decisions.get((pupil.id, purpose.code), ()))
    ]
    return sorted(told, key=lambda line: (line.decided_on, line.recorded_at))


def _form_line(form: Form, back: Collection[str]) -> FormLine:
    is_back = form.number in back
    return FormLine(form.number, form.asked_on, form.hand_in_by, form.replaced_on, is_back)


class _Lines:
    """Puts the decisions about one child into words."""

    def __init__(self, session: Session, pupil: Pupil, on: date) -> None:
        self._forms = {each.id: each for each in records.forms(session, [pupil.id])}
        self._pupil, self._on = pupil, on
        table = records.decision
        query = sa.select(table).where(table.c.pupil_id == pupil.id)
        self._rows = {row.id: row for row in session.execute(query)}
        self._texts = records.wordings(session)
        self._staff = {row.id: row.name for row in session.execute(sa.select(staff))}
        signers = {row.guardian_id for row in self._rows.values() if row.guardian_id}
        people = guardians(session, signers)
        self._names = {key: guardian_name(who) for key, who in people.items()}
        for carer in guardianships(session, [pupil.id]).get(pupil.id, ()):
            if carer.relation and carer.guardian.id in self._names:
                self._names[carer.guardian.id] += f" ({carer.relation})"

    def of(self, purpose: Purpose, decisions: Sequence[RecordedDecision]) -> list[HistoryLine]:
        verdicts = weigh(
            [each.decision for each in decisions],
            on=self._on,
            born_on=self._pupil.born_on,
            widened_at=purpose.widened_at,
            own=purpose.is_own,
        )
        return [
            self._line(each, verdict) for each, verdict in zip(decisions, verdicts, strict=True)
        ]

    def _line(self, recorded: RecordedDecision, verdict: Verdict) -> HistoryLine:
        row, decision = self._rows[recorded.id], recorded.decision
        return HistoryLine(
            decision_id=recorded.id,
            purpose=recorded.purpose,
            who=self._who(row),
            choice=decision.choice,
            decided_on=decision.decided_on,
            valid_from=decision.valid_from,
            valid_until=decision.valid_until,
            way=Way(row.way),
            form=self._forms[row.form_id].number if row.form_id else "",
            wording=self._texts[recorded.purpose, decision.version],
            declared=decision.declared,
            recorded_at=datetime.fromisoformat(row.recorded_at),
            recorded_by=self._staff[row.recorded_by],
            invalidated=self._invalidation(row),
            verdict=verdict,
        )

    def _who(self, row: sa.Row[Any]) -> str:
        if row.guardian_id:
            return self._names[row.guardian_id]
        return full_name(self._pupil) if row.by_pupil else sentence("history.signer_not_named")

    def _invalidation(self, row: sa.Row[Any]) -> Invalidation | None:
        if row.invalidated_at is None:
            return None
        return Invalidation(
            datetime.fromisoformat(row.invalidated_at),
            self._staff[row.invalidated_by],
            row.invalidated_why,
        )


def _why(answer: Answer, lines: Sequence[HistoryLine], *, by_pupil: bool) -> str:
    """Tell how an answer came about, naming who said what."""
    counting = [each for each in lines if each.verdict is Verdict.COUNTS]
    yes, no, withdrawn = (
        _people([each.who for each in counting if each.choice is choice]) for choice in Choice
    )
    if answer is Answer.NO_ANSWER and yes:
        return sentence("why.not_all", yes=yes)
    if answer is Answer.NO_ANSWER and any(not each.invalidated for each in lines):
        return sentence("why.pupil_decides" if by_pupil else "why.does_not_count")
    if answer is Answer.WITHDRAWN:
        return sentence("why.withdrawn", withdrawn=withdrawn)
    if answer is Answer.CONFLICT:
        return sentence("why.conflict", yes=yes, no=no)
    return sentence(f"why.{answer}", yes=yes, no=no)


def _people(who: Sequence[str]) -> str:
    """``A, B en C``, each once."""
    *first, last = dict.fromkeys(who) or [""]
    return f"{', '.join(first)} en {last}" if first else last
