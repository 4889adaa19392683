"""What was done for each guardian: invited, tried, inzage given, copy given, or why it may go."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from schoolprivacy import law
from schoolprivacy.access.matrix import require
from schoolprivacy.access.terms import Area, Right
from schoolprivacy.errors import RefusedError
from schoolprivacy.okr import rules
from schoolprivacy.okr.entries import checked_day, checked_line
from schoolprivacy.okr.records import find_move, find_open, okr_step
from schoolprivacy.okr.terms import Excuse, Move, Proof, Step, StepKind
from schoolprivacy.people.carers import find_guardian
from schoolprivacy.people.journal import Journal
from schoolprivacy.people.names import guardian_name
from schoolprivacy.people.records import guardianships
from schoolprivacy.people.terms import Guardianship, new_id
from schoolprivacy.people.undoing import Undo, close_change
from schoolprivacy.school import School, Session


def record_invited(
    school: School, move_id: str, guardian_ids: Collection[str], on: date, *, staff: str = ""
) -> Undo:
    """Guardians were invited otherwise than by a letter of this program.

    :raises RefusedError: as ``record_inzage``
    """
    with school.transaction() as session:
        work = _Work(session, move_id, guardian_ids, on)
        return work.add(StepKind.INVITED, staff=staff)


def record_attempt(
    school: School, move_id: str, guardian_id: str, on: date, note: str, *, staff: str = ""
) -> Undo:
    """The school tried to reach a guardian, who did not respond.

    :param note: how it was tried
    :raises RefusedError: as ``record_inzage``; nothing is said of how
    """
    if not checked_line(note):
        raise RefusedError("okr.empty")
    with school.transaction() as session:
        return _Work(session, move_id, [guardian_id], on).add(
            StepKind.ATTEMPT, note=note, staff=staff
        )


def record_inzage(
    school: School,
    move_id: str,
    guardian_ids: Collection[str],
    on: date,
    proof: Proof,
    *,
    copy_given: bool = False,
    note: str = "",
    staff: str = "",
) -> Undo:
    """Guardians had inzage of the present version, together or one of them.

    :param proof: how the school can show it
    :param copy_given: they got a copy that same day (WPO 42)
    :param staff: who of the school was there; without it who records it
    :raises RefusedError: no such move or its report was sent, there is no report yet, a day to
        come or before the report, nobody is named, somebody is no guardian of this child, has no
        authority, or had inzage before
    """
    with school.transaction() as session:
        work = _Work(session, move_id, guardian_ids, on)
        for each in work.links:
            if rules.has_seen(work.move, each.guardian.id):
                raise RefusedError("okr.seen_before", name=guardian_name(each.guardian))
        if copy_given:
            work.write(StepKind.COPY, staff=staff)
        return work.add(StepKind.INZAGE, proof.value, note, staff)


def record_copy(
    school: School, move_id: str, guardian_ids: Collection[str], on: date, *, staff: str = ""
) -> Undo:
    """Guardians got a copy of the report, without having had inzage at school that day.

    :raises RefusedError: as ``record_inzage``
    """
    with school.transaction() as session:
        return _Work(session, move_id, guardian_ids, on).add(StepKind.COPY, staff=staff)


def excuse(
    school: School, move_id: str, guardian_id: str | None, reason: Excuse, note: str
) -> Undo:
    """Decide, by name, that the present version may be sent without inzage of a guardian.

    Who records it decides it: the name stands on the proof.

    :param guardian_id: None where no guardian is known who may have authority
    :param note: the reason in words
    :raises RefusedError: as ``record_inzage``; no words, ``okr.attempts_short`` when nobody tried
        often enough, or a guardian is known after all
    """
    if not checked_line(note):
        raise RefusedError("okr.no_words")
    with school.transaction() as session:
        today = session.clock.today()
        work = _Work(session, move_id, [guardian_id] if guardian_id else (), today)
        if guardian_id is None and any(map(rules.must_see, work.carers)):
            raise RefusedError("okr.somebody_known")
        if reason is Excuse.NO_RESPONSE:
            _check_attempts(work.move, guardian_id)
        return work.add(StepKind.EXCUSED, reason.value, note, session.who.name)


def _check_attempts(move: Move, guardian_id: str | None) -> None:
    least = law.term("okr.attempts").value
    tried = rules.attempts(move, guardian_id) if guardian_id else 0
    if tried < least:
        raise RefusedError("okr.attempts_short", tried=tried, least=least)


def _check_decisions(move: Move) -> None:
    """What was decided because nobody responded, still has its attempts."""
    least = law.term("okr.attempts").value
    for each in move.steps:
        silent = (each.version, each.excuse) == (move.version, Excuse.NO_RESPONSE)
        if silent and rules.attempts(move, each.guardian_id or "") < least:
            raise RefusedError("okr.attempt_counts")


def remove_step(school: School, step_id: str) -> Undo:
    """Take back what was recorded wrongly, as long as the report was not sent.

    :raises RefusedError: it is not there, the report was sent, or a decision to send without
        inzage needs this attempt
    """
    with school.transaction() as session:
        require(session, Area.OKR, Right.MANAGE)
        table = okr_step.c
        row = session.execute(okr_step.select().where(table.id == step_id)).one_or_none()
        if row is None:
            raise RefusedError("okr.unknown")
        move = find_open(session, row.move_id)
        journal = Journal(session)
        journal.delete(okr_step, table.id == step_id)
        _check_decisions(find_open(session, row.move_id))
        return close_change(journal, "okr.step_removed", move.pupil_id, step=row.kind)


def steps_of(school: School, move_id: str) -> tuple[Step, ...]:
    """Everything that was done about the versions of a report, in the order of recording.

    :raises RefusedError: there is no such move
    """
    with school.reading() as session:
        require(session, Area.OKR, Right.PRINT)
        return find_move(session, move_id).steps


class _Work:
    """One action for guardians of one child; nobody named means where nobody is known."""

    def __init__(
        self, session: Session, move_id: str, guardian_ids: Collection[str], on: date
    ) -> None:
        require(session, Area.OKR, Right.MANAGE)
        self._journal = Journal(session)
        self.move = find_open(session, move_id)
        if self.move.report is None:
            raise RefusedError("okr.no_report")
        self._on = checked_day(session, on, not_before=self.move.report.on)
        self.carers = guardianships(session, [self.move.pupil_id]).get(self.move.pupil_id, [])
        self.links = [self._link(each) for each in dict.fromkeys(guardian_ids)]

    def _link(self, guardian_id: str) -> Guardianship:
        session = self._journal.session
        for each in self.carers:
            if each.guardian.id == guardian_id:
                if not rules.must_see(each):
                    raise RefusedError("okr.no_authority", name=guardian_name(each.guardian))
                return each
        raise RefusedError(
            "okr.not_guardian", name=guardian_name(find_guardian(session, guardian_id))
        )

    def write(self, kind: StepKind, how: str = "", note: str = "", staff: str = "") -> None:
        """One step for each of them."""
        if not self.links and kind is not StepKind.EXCUSED:
            raise RefusedError("okr.nobody_named")
        ids: list[str | None] = [each.guardian.id for each in self.links]
        rows = step_rows(self._journal.session, self.move, ids or [None], kind, self._on)
        said = {
            "how": how,
            "note": checked_line(note),
            "staff": checked_line(staff) or self._journal.session.who.name,
        }
        self._journal.insert(okr_step, [row | said for row in rows])

    def add(self, kind: StepKind, how: str = "", note: str = "", staff: str = "") -> Undo:
        """The same, and the end of the action."""
        self.write(kind, how, note, staff)
        people = len(self.links)
        return close_change(
            self._journal, f"okr.{kind.value}", self.move.pupil_id, guardians=people, how=how
        )


def step_rows(
    session: Session,
    move: Move,
    guardian_ids: Collection[str | None],
    kind: StepKind,
    on: str,
) -> list[dict[str, object]]:
    """Rows of what was done about the present version for some guardians, by who works here."""
    return [
        {
            "id": new_id(),
            "move_id": move.id,
            "version": move.version,
            "guardian_id": guardian_id,
            "kind": kind.value,
            "done_on": on,
            "how": "",
            "note": "",
            "staff": session.who.name,
            "recorded_at": session.clock.now().isoformat(),
            "recorded_by": session.who.id,
        }
        for guardian_id in guardian_ids
    ]
