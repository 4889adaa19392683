"""Printing the letter that goes along with one child's report to the receiving school."""

from __future__ import annotations

from functools import partial

from schoolprivacy.errors import RefusedError
from schoolprivacy.letters.printing import (
    Deliver,
    Draft,
    Outlet,
    Printed,
    PrintRun,
    print_paper,
    sample_paper,
)
from schoolprivacy.okr import letter_papers
from schoolprivacy.okr.letter_papers import Accompanying
from schoolprivacy.okr.printing import movers, rows_to_print
from schoolprivacy.okr.terms import MoveKind, Outcome, RemarkKind
from schoolprivacy.okr.words import tell_obstacle
from schoolprivacy.people import names
from schoolprivacy.people.records import guardianships
from schoolprivacy.people.terms import PlacedPupil
from schoolprivacy.school import School, Session

_ENGLISH = "en"


def print_accompanying(
    school: School, deliver: Deliver, pupil_id: str, *, way: Outlet = "saved"
) -> PrintRun:
    """Print the letter that goes to the receiving school with one child's report.

    :raises RefusedError: not with this role, the child does not move, or the report may not be
        sent yet
    """
    return print_paper(
        school,
        deliver,
        _accompanying,
        "okr_accompanying.printed",
        find=movers,
        pupil_ids=[pupil_id],
        way=way,
    )


def sample_accompanying(school: School, pupil_id: str) -> bytes:
    """The same letter to look at; stores nothing.

    :raises RefusedError: as ``print_accompanying``
    """
    return sample_paper(school, _accompanying, movers, pupil_ids=[pupil_id])


def _accompanying(session: Session, pupils: list[PlacedPupil]) -> Draft:
    (row,) = rows_to_print(session, pupils)
    move, child = row.move, row.child
    if move is None or move.school is None or move.report is None or row.obstacles:
        carers = guardianships(session, [child.pupil.id]).get(child.pupil.id, [])
        told = (tell_obstacle(each, carers) for each in row.obstacles)
        raise RefusedError("okr.not_yet", reasons="\n".join(told))
    seen, must = row.seen
    letter = Accompanying(
        names.full_name(child.pupil),
        child.pupil.born_on,
        move.school,
        move.report.on,
        tuple(category for category, _ in move.report.categories),
        all_seen=0 < must == seen,
        has_remarks=any(
            each.kind is RemarkKind.REMARK and each.outcome is Outcome.ADDED
            for each in move.remarks
        ),
        language=_ENGLISH if move.kind is MoveKind.ABROAD else "",
    )
    letter_papers.check_okr_letter(letter)
    return Draft([Printed.of(child)], [], 1, partial(letter_papers.accompanying_letters, [letter]))
