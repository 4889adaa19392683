"""Making the photo sheets: of an event, and the standing one of a class."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import groupby

from schoolprivacy.consents import papers
from schoolprivacy.consents.photos import papers as photo_papers
from schoolprivacy.consents.photos.layout import PhotoSheet, SheetRow
from schoolprivacy.consents.photos.who_may import PhotoRow, in_groups, photo_purposes, photo_rows
from schoolprivacy.consents.printing import (
    Deliver,
    Draft,
    LeftOut,
    Outlet,
    Prepare,
    Printed,
    PrintRun,
    Progress,
    print_paper,
    sample_paper,
    sift,
)
from schoolprivacy.consents.terms import Purpose
from schoolprivacy.errors import RefusedError
from schoolprivacy.exchange.values import clean
from schoolprivacy.paper.dates import dutch_date
from schoolprivacy.people import names
from schoolprivacy.people.terms import PlacedPupil
from schoolprivacy.school import School, Session
from schoolprivacy.schoolyear import SchoolYear

VALID_FOR = timedelta(weeks=4)
"""A parent may withdraw any day; so old an answer must be looked up anew."""
DESTROY_AFTER = timedelta(days=7)
"""After the last day a sheet holds: time to sift the photos that were taken, no longer."""
LONGEST_EVENT = 60
"""Characters: it stands in the title, on one line."""

_CLOSED = frozenset(
    {
        "brochure",
        "intranet",
        "parent-app",
        "newsletter",
        "press",
        "class-photo",
        "yearbook",
        "trainee",
        "musical",
        "school-photographer",
    }
)
"""Shipped purposes that are not about the open internet; one a school made itself may be."""
_GROUPS_BY_NAME, _LONGEST_GROUPS = 6, 60
"""So many groups and characters: behind the day and before the name of the school, on one line."""

_ONLY_GROUPS = "Op de openbare website en op andere open plekken op internet: alleen groepsfoto’s."
_RULES = (
    "Er staan geen namen bij de foto’s, ook niet in de naam van het bestand.",
    "Kinderen met Nee zijn nergens herkenbaar, ook niet op de achtergrond.",
    "Geen foto’s in zwemkleding, bij het omkleden, of van een kind dat verdrietig of boos is.",
    "De foto’s zijn na het kiezen gewist van telefoon, tablet en camera.",
)


def print_event_sheet(
    school: School,
    deliver: Deliver,
    *,
    event: str,
    on: date,
    groups: Sequence[str],
    codes: Sequence[str],
    way: Outlet = "saved",
    progress: Progress | None = None,
) -> PrintRun:
    """Print who of these groups may be on photos of an event, for these purposes.

    It holds on the day of the event, so a yes that has ended by then is none.

    :param event: what it is called, for the title; not stored
    :param codes: of purposes of pictures that are switched on
    :raises RefusedError: no such group or purpose, none chosen, no pupils, no name, or the day is
        past or too far ahead
    """
    detail: dict[str, object] = {
        "groups": list(groups),
        "purposes": list(codes),
        "on": on.isoformat(),
    }
    prepare = _event(event, on, groups, codes)
    return print_paper(
        school, deliver, prepare, "event_sheet.printed", detail, way=way, progress=progress
    )


def sample_event_sheet(
    school: School, *, event: str, on: date, groups: Sequence[str], codes: Sequence[str]
) -> bytes:
    """The same sheet to look at; stores nothing.

    :raises RefusedError: as ``print_event_sheet``
    """
    return sample_paper(school, _event(event, on, groups, codes))


def print_class_sheet(
    school: School,
    deliver: Deliver,
    *,
    group: str | None = None,
    way: Outlet = "saved",
    progress: Progress | None = None,
) -> PrintRun:
    """Print the standing sheet of a group, with every purpose of pictures that is switched on.

    :param group: of every group when None, each on a new page
    :raises RefusedError: no such group, no pupils, or no purpose is switched on
    """
    return print_paper(
        school,
        deliver,
        _classes,
        "class_sheet.printed",
        group=group,
        way=way,
        progress=progress,
    )


def sample_class_sheet(school: School, *, group: str | None = None) -> bytes:
    """The same sheets to look at; stores nothing.

    :raises RefusedError: as ``print_class_sheet``
    """
    return sample_paper(school, _classes, group=group)


# — what stands on them —


def _event(event: str, on: date, groups: Sequence[str], codes: Sequence[str]) -> Prepare:
    def prepare(session: Session, pupils: list[PlacedPupil]) -> Draft:
        title = _event_title(event)
        _check_event_day(on, session.clock.today())
        if not (groups and codes):
            raise RefusedError("photo.nothing_chosen")
        purposes = photo_purposes(session, codes)
        chosen = [c for c in in_groups(session, pupils, groups) if not c.pupil.has_left(on)]
        if not chosen:
            raise RefusedError("group.empty")
        about = f"{dutch_date(on)} \u00b7 {_groups_label(groups)}"
        return _draft(session, [(title, about, chosen)], purposes, on)

    return prepare


def _classes(session: Session, pupils: list[PlacedPupil]) -> Draft:
    purposes = photo_purposes(session)
    if not purposes:
        raise RefusedError("purpose.none_on")
    title = "Wie mag op de foto?"
    by_group = [
        (f"{title} \u00b7 {names.group_label(name)}", f"{len(children)} kinderen", children)
        for name, children in _by_group(pupils)
    ]
    return _draft(session, by_group, purposes, last_day(session.clock.today()))


def _by_group(pupils: Iterable[PlacedPupil]) -> list[tuple[str, list[PlacedPupil]]]:
    """In the order of the pupils, who are sorted by group."""
    return [
        (name, list(children))
        for name, children in groupby(pupils, lambda each: each.placement.group_name)
    ]


def last_day(today: date) -> date:
    """Until when an answer on paper may be relied on: four weeks, never into the next year."""
    return min(today + VALID_FOR, SchoolYear.of(today).last_day)


def _check_event_day(on: date, today: date) -> None:
    if on < today:
        raise RefusedError("photo.past", day=f"{on:%d-%m-%Y}")
    if on > (last := last_day(today)):
        raise RefusedError("photo.too_early", day=f"{on:%d-%m-%Y}", last=f"{last:%d-%m-%Y}")


def _event_title(event: str) -> str:
    event = clean(event)
    if not event:
        raise RefusedError("photo.no_event")
    if len(event) > LONGEST_EVENT:
        raise RefusedError("photo.event_too_long", most=LONGEST_EVENT)
    papers.check_names(event)
    return f"Wie mag op de foto? \u00b7 {event}"


def _groups_label(groups: Sequence[str]) -> str:
    named = ", ".join(names.group_label(each) for each in groups)
    if len(groups) == 1 or (len(groups) <= _GROUPS_BY_NAME and len(named) <= _LONGEST_GROUPS):
        return named
    return f"{len(groups)} groepen"


def _draft(
    session: Session,
    parts: Sequence[tuple[str, str, list[PlacedPupil]]],
    purposes: Sequence[Purpose],
    until: date,
) -> Draft:
    """A sheet for each part: its title, what stands under it, and its children."""
    printed: list[Printed] = []
    left_out: list[LeftOut] = []
    sheets = []
    all_kept, left_out = sift((c for *_, some in parts for c in some), _check_name, lambda c: [c])
    kept = {each.pupil.id for each in all_kept}
    for title, about, children in parts:
        children = [each for each in children if each.pupil.id in kept]
        if not children:
            continue
        rows = photo_rows(session, children, purposes, until)
        printed += [Printed("", row.pupil_id, row.name, row.group) for row in rows]
        sheets.append(_sheet(title, about, rows, purposes, until))
    return Draft(
        printed, left_out, len(sheets), lambda *how: photo_papers.photo_sheets(sheets, *how)
    )


def _check_name(child: PlacedPupil) -> None:
    papers.check_names(names.full_name(child.pupil), child.placement.group_name)


def _sheet(
    title: str, about: str, rows: Sequence[PhotoRow], purposes: Sequence[Purpose], until: date
) -> PhotoSheet:
    return PhotoSheet(
        title,
        about,
        tuple(each.wording.short for each in purposes),
        tuple(
            SheetRow(row.name, row.call_name, row.group or "\u2013", row.answers) for row in rows
        ),
        valid_until=until,
        destroy_after=until + DESTROY_AFTER,
        rules=house_rules(purposes),
    )


def house_rules(purposes: Iterable[Purpose]) -> tuple[str, ...]:
    """What to check before photos are used; group pictures only where everybody may look."""
    is_open = any(each.social_medium or each.code not in _CLOSED for each in purposes)
    return (*([_ONLY_GROUPS] if is_open else []), *_RULES)
