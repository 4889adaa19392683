"""Printing the sheet for a substitute teacher, as a numbered copy that is registered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from schoolprivacy import law
from schoolprivacy.consents import papers as consent_papers
from schoolprivacy.consents.contacts.copies import ListKind, register_held
from schoolprivacy.consents.contacts.printing import check_for_whom
from schoolprivacy.consents.photos.layout import PhotoSheet, SheetRow
from schoolprivacy.consents.photos.printing import last_day
from schoolprivacy.consents.photos.who_may import (
    PhotoAnswer,
    PhotoRow,
    photo_purposes,
    photo_rows,
)
from schoolprivacy.consents.printing import (
    Deliver,
    LeftOut,
    Outlet,
    Progress,
    made,
    pupils_to_print,
    school_paper,
    sift,
)
from schoolprivacy.consents.substitute import papers
from schoolprivacy.consents.substitute.papers import SubstituteSheet
from schoolprivacy.consents.substitute.permits import held
from schoolprivacy.consents.terms import Purpose
from schoolprivacy.errors import RefusedError
from schoolprivacy.paper.sender import Made
from schoolprivacy.people import names
from schoolprivacy.people.terms import PlacedPupil
from schoolprivacy.school import School, Session

LONGEST = timedelta(days=6)
"""So long after its first day a sheet is good at most: a new week, a new sheet."""

OF_THE_GROUP = ("intranet", "parent-app", "class-photo")
"""Purposes of pictures that stay with the families of the group; what a day of teaching asks."""

_NO_PURPOSE = "Foto\u2019s"
_RULES = (
    "Geef niemand namen, adressen of nummers van kinderen of ouders. Ouders belt de school.",
    "Komt iemand anders dan u verwacht een kind halen? Het kind blijft in de klas; bel eerst.",
    "Maak geen foto\u2019s met een eigen telefoon. Lever dit blad na schooltijd in.",
)


@dataclass(frozen=True, slots=True)
class PrintedSheet:
    """What came on paper.

    :param number: of the copy
    :param left_out: children with a name that cannot be printed; only to show at school
    """

    number: int
    left_out: tuple[LeftOut, ...]


def print_substitute_sheet(
    school: School,
    deliver: Deliver,
    *,
    group: str,
    for_whom: str,
    on: date,
    until: date | None = None,
    codes: Sequence[str] | None = None,
    way: Outlet = "saved",
    progress: Progress | None = None,
) -> PrintedSheet:
    """Print what a substitute teacher must know of a group, as a numbered copy.

    It must be destroyed in the evening of the last day, and is outdated as soon as it permits
    something that is no longer permitted.

    :param for_whom: who gets it, such as ``Mevrouw De Wit``
    :param on: the first day
    :param until: the last day; the same day when None
    :param codes: of purposes of pictures that are switched on; those ``OF_THE_GROUP`` when None
    :raises RefusedError: no such group or purpose, nobody is in the group then, the days are past
        or too far ahead or too many, or it is not said for whom
    :raises KnownError: none of the names can be printed, or that of who gets it
    """
    with school.transaction() as session:
        sheet, of_pupil, left_out = _prepare(session, group, for_whom, on, until, codes)
        numbers = register_held(
            session,
            ListKind.SUBSTITUTE,
            group,
            [sheet.for_whom],
            lambda _: of_pupil,
            sheet.list.destroy_after,
        )
        number = numbers[0]
        session.audit(
            "substitute_sheet.printed",
            group,
            number=number,
            on=on.isoformat(),
            left_out=len(left_out),
            way=way,
        )
        told = (lambda done: progress(done, 1)) if progress else None
        numbered = replace(sheet, number=number)
        deliver(papers.substitute_sheet(numbered, school_paper(session), made(session), told))
    return PrintedSheet(number, tuple(left_out))


def sample_substitute_sheet(
    school: School,
    *,
    group: str,
    on: date,
    for_whom: str = "wie dit exemplaar krijgt",
    until: date | None = None,
    codes: Sequence[str] | None = None,
) -> bytes:
    """The same sheet to look at, without a number; stores nothing.

    :raises RefusedError, KnownError: as ``print_substitute_sheet``
    """
    with school.reading() as session:
        sheet, *_ = _prepare(session, group, for_whom, on, until, codes)
        sample = Made(session.clock.today(), session.who.name, sample=True)
        return papers.substitute_sheet(sheet, school_paper(session), sample)


# — what stands on it —


def _prepare(
    session: Session,
    group: str,
    for_whom: str,
    on: date,
    until: date | None,
    codes: Sequence[str] | None,
) -> tuple[SubstituteSheet, dict[str, set[str]], list[LeftOut]]:
    last = until or on
    _check_days(on, last, session.clock.today())
    (whom,) = check_for_whom([for_whom])
    papers.check_for(whom)
    purposes = _purposes(session, codes)
    there = [each for each in pupils_to_print(session, group=group) if _is_there(each, on, last)]
    if not there:
        raise RefusedError("group.empty")
    kept, left_out = sift(there, _check_name, lambda each: [each])
    rows = photo_rows(session, [_of_one_group(each, group) for each in kept], purposes, last)
    marks = {each.pupil.id: _mark(each, on) for each in kept}
    channels = tuple(each.wording.short for each in purposes) or (_NO_PURPOSE,)
    children = PhotoSheet(
        f"Voor de invaller \u00b7 {names.group_label(group)}",
        f"{len(rows)} kinderen" if len(rows) != 1 else "1 kind",
        channels,
        tuple(_row(row, marks[row.pupil_id], len(channels)) for row in rows),
        valid_until=last,
        destroy_after=last,
        rules=_RULES,
        marks="Nieuw" if any(marks.values()) else "",
    )
    return SubstituteSheet(children, on, whom), held(rows, purposes), left_out


def _check_days(on: date, last: date, today: date) -> None:
    if on < today:
        raise RefusedError("substitute.past", day=f"{on:%d-%m-%Y}")
    if last < on or last - on > LONGEST:
        raise RefusedError("substitute.days", most=LONGEST.days + 1)
    if last > (latest := last_day(today)):
        raise RefusedError("substitute.too_early", last=f"{latest:%d-%m-%Y}")


def _purposes(session: Session, codes: Sequence[str] | None) -> tuple[Purpose, ...]:
    if codes is not None:
        return photo_purposes(session, codes)
    return tuple(each for each in photo_purposes(session) if each.code in OF_THE_GROUP)


def _is_there(child: PlacedPupil, on: date, last: date) -> bool:
    came_on = child.pupil.came_on
    return not child.pupil.has_left(on) and not (came_on and came_on > last)


def _of_one_group(child: PlacedPupil, group: str) -> PlacedPupil:
    """No group stands beside a name, so that children of two groups must be told apart by it."""
    return replace(child, placement=replace(child.placement, group=group))


def _check_name(child: PlacedPupil) -> None:
    consent_papers.check_names(names.full_name(child.pupil))


def _mark(child: PlacedPupil, on: date) -> str:
    """Who came lately, for whom a substitute has more of an eye."""
    came_on = child.pupil.came_on
    if came_on is None or on - came_on > timedelta(days=law.term("consent.starts_within").value):
        return ""
    return "nieuw" if came_on < on else f"start {came_on.day}-{came_on.month}"


def _row(row: PhotoRow, mark: str, channels: int) -> SheetRow:
    """Where no purpose of the group is asked, nobody may be on a photo."""
    answers = row.answers or (PhotoAnswer.NO,) * channels
    return SheetRow(row.name, row.call_name, "", answers, mark)
