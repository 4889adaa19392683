"""Printing for a sharing: the request with form for every address, and the list to act on."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial
from itertools import groupby

from schoolprivacy.consents import papers, records
from schoolprivacy.consents.asking import AskedForm, form_row
from schoolprivacy.consents.printing import (
    SAMPLES,
    Deliver,
    Draft,
    Outlet,
    Prepare,
    Printed,
    PrintRun,
    Progress,
    names_on_list,
    print_paper,
    sample_paper,
    sift,
)
from schoolprivacy.consents.sharing import papers as sharing_papers
from schoolprivacy.consents.sharing.asking import SharingAsking
from schoolprivacy.consents.sharing.papers import RequestSheet, SharedEntry, SharingPaper
from schoolprivacy.consents.sharing.sharings import (
    Road,
    Sharing,
    State,
    allowed,
    find_open,
    find_sharing,
)
from schoolprivacy.errors import RefusedError
from schoolprivacy.paper.dates import dutch_date
from schoolprivacy.people import names
from schoolprivacy.people.addresses import letter_address
from schoolprivacy.people.records import current_year
from schoolprivacy.people.terms import PlacedPupil
from schoolprivacy.school import School, Session
from schoolprivacy.schoolyear import SchoolYear

# — the request —


def print_request(
    school: School,
    deliver: Deliver,
    code: str,
    *,
    way: Outlet = "saved",
    anew: bool = False,
    pupil_ids: Collection[str] | None = None,
    progress: Progress | None = None,
) -> PrintRun:
    """Print a letter with form for every pupil of a sharing and address, and register it as asked.

    A form that was printed before is printed again with the same number; its hand-in date too,
    unless that has come.

    :param anew: ask again: new forms, the older ones are replaced
    :param pupil_ids: only these pupils of the sharing
    :raises RefusedError: no such sharing, it has ended, the party asks itself, or none of these
        pupils is at school
    """
    prepare = partial(_requests, code=code, anew=anew, pupil_ids=pupil_ids)
    detail: dict[str, object] = {"sharing": code, "anew": anew}
    return print_paper(
        school, deliver, prepare, "sharing_request.printed", detail, way=way, progress=progress
    )


def sample_request(school: School, code: str) -> bytes:
    """The first letters with forms as they will look, without numbers: nothing is registered.

    :raises RefusedError: as ``print_request``
    """
    prepare: Prepare = partial(_requests, code=code, anew=False, most=SAMPLES, numbered=False)
    return sample_paper(school, prepare)


def _requests(
    session: Session,
    pupils: list[PlacedPupil],
    *,
    code: str,
    anew: bool,
    pupil_ids: Collection[str] | None = None,
    most: int | None = None,
    numbered: bool = True,
) -> Draft:
    found = find_open(session, code)
    if found.road is Road.PARTY:
        raise RefusedError("sharing.party_asks", party=found.party)
    shared, chosen = _paper(session, found), _chosen(found, pupils, pupil_ids)[:most]
    asked = SharingAsking(session, shared.row, chosen, anew=anew)
    year = current_year(session, session.clock.today())
    sheets = [
        [(each, _sheet(each, year, numbered=numbered)) for each in of_child]
        for _, of_child in groupby(asked.forms, lambda each: each.child.pupil.id)
    ]
    kept, left_out = sift(sheets, _check, lambda of_child: [of_child[0][0].child])
    together = [each for of_child in kept for each in of_child]
    return Draft(
        [Printed.of(each.child, each.form) for each, _ in together],
        left_out,
        len(together),
        lambda *how: sharing_papers.sharing_requests([s for _, s in together], shared, *how),
        lambda: asked.store({each.pupil_id for each in left_out}),
    )


def _chosen(
    found: Sharing, pupils: Sequence[PlacedPupil], pupil_ids: Collection[str] | None
) -> list[PlacedPupil]:
    """Of the pupils at school those who belong to the sharing and are meant."""
    in_it = {each.pupil_id for each in found.pupils}
    wanted = in_it if pupil_ids is None else in_it.intersection(pupil_ids)
    chosen = [each for each in pupils if each.pupil.id in wanted]
    if not chosen:
        raise RefusedError("sharing.nobody")
    return chosen


def _check(of_child: Sequence[tuple[AskedForm, RequestSheet]]) -> None:
    for _, sheet in of_child:
        sharing_papers.check_request(sheet)


def _sheet(asked: AskedForm, year: SchoolYear, *, numbered: bool) -> RequestSheet:
    ((number, page),) = asked.form.pages
    return RequestSheet(
        letter_address(asked.household, asked.child),
        names.full_name(asked.child.pupil),
        asked.child.placement.group_name,
        year,
        asked.form.asked_on,
        asked.form.hand_in_by,
        number if numbered else "",
        page,
        reprint=not asked.is_new,
    )


def _paper(session: Session, of: Sharing) -> SharingPaper:
    purposes = records.purposes(session, every=True)
    (purpose,) = [each for each in purposes if each.code == of.code]
    row = form_row(purpose, purpose.wording)
    return SharingPaper(of.party, of.purpose_text, of.data, of.starts_on, of.ends_on, row)


# — the list —


def print_sharing_list(
    school: School, deliver: Deliver, code: str, way: Outlet = "saved"
) -> PrintRun:
    """Print whose data may go to the party today: the list to act on.

    :raises RefusedError: no such sharing, it does not run now, or there is no yes
    """
    prepare = partial(_list, code=code)
    return print_paper(school, deliver, prepare, "sharing_list.printed", {"sharing": code}, way=way)


def sample_sharing_list(school: School, code: str) -> bytes:
    """The same list to look at; stores nothing.

    :raises RefusedError: as ``print_sharing_list``
    """
    return sample_paper(school, partial(_list, code=code))


def _list(session: Session, pupils: list[PlacedPupil], *, code: str) -> Draft:
    found = find_sharing(session, code)
    if found.state is not State.RUNS:
        first, last = dutch_date(found.starts_on), dutch_date(found.ends_on)
        raise RefusedError("sharing.not_running", first=first, last=last)
    yes = {each.pupil_id for each in allowed(found)}
    called = names_on_list(pupils)
    listed, left_out = sift(
        [each for each in pupils if each.pupil.id in yes],
        lambda each: papers.check_names(called[each.pupil.id], each.placement.group_name),
        lambda each: [each],
    )
    if not listed:
        raise RefusedError("sharing.no_yes")
    shared = _paper(session, found)
    entries = [
        SharedEntry(called[each.pupil.id], names.group_label(each.placement.group_name))
        for each in listed
    ]
    return Draft(
        [
            Printed("", each.pupil.id, names.full_name(each.pupil), each.placement.group_name)
            for each in listed
        ],
        left_out,
        1,
        lambda *how: sharing_papers.sharing_list(entries, shared, *how),
    )
