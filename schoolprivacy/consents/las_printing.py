"""Printing the list "door te voeren in het LAS": delivered and audited together, or not at all."""

from __future__ import annotations

from collections.abc import Callable

from schoolprivacy.consents.printing import Deliver, LeftOut, Outlet
from schoolprivacy.errors import KnownError, RefusedError, sentence
from schoolprivacy.letters.letterhead import made, school_paper
from schoolprivacy.paper.sender import Made
from schoolprivacy.people.las_list import LasChange, read_las_changes
from schoolprivacy.people.las_papers import check_change, las_list
from schoolprivacy.school import School, Session


def print_las_list(
    school: School,
    deliver: Deliver,
    *,
    way: Outlet = "saved",
    progress: Callable[[int, int], None] | None = None,
) -> tuple[list[LasChange], list[LeftOut]]:
    """Print what must still be entered in the LAS.

    :param progress: hears how many of how many lists are drawn; may raise to stop
    :returns: what stands on it, and of whom something cannot be printed
    :raises RefusedError: there is nothing to enter
    :raises KnownError: nothing can be printed; the first reason
    """
    with school.transaction() as session:
        printable, left_out = _sifted(session)
        session.audit("las.printed", "", changes=len(printable), left_out=len(left_out), way=way)
        told = (lambda done: progress(done, 1)) if progress else None
        deliver(las_list(printable, school_paper(session), made(session), told))
    return printable, left_out


def sample_las_list(school: School) -> bytes:
    """The list as it will look, marked as a sample; stores nothing.

    :raises RefusedError: there is nothing to enter
    :raises KnownError: nothing can be printed; the first reason
    """
    with school.reading() as session:
        printable, _ = _sifted(session)
        sample = Made(session.clock.today(), session.who.name, sample=True)
        return las_list(printable, school_paper(session), sample)


def _sifted(session: Session) -> tuple[list[LasChange], list[LeftOut]]:
    changes = read_las_changes(session)
    if not changes:
        raise RefusedError("las.nothing")
    printable: list[LasChange] = []
    left_out: list[LeftOut] = []
    first: KnownError | None = None
    for each in changes:
        try:
            check_change(each)
        except KnownError as error:
            first = first or error
            reason = sentence("left_out.missing_glyph", **error.values)
            left_out.append(LeftOut(each.pupil_id, each.pupils[0], reason))
        else:
            printable.append(each)
    if first and not printable:
        raise first
    return printable, left_out
