"""Printing the contact list and the telephone tree, in numbered copies that are registered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from schoolprivacy.consents.contacts import papers
from schoolprivacy.consents.contacts.contact_list import Contact, ListedChild, Order, contact_rows
from schoolprivacy.consents.contacts.copies import ListKind, register_copies
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
from schoolprivacy.contact import show_phone
from schoolprivacy.errors import RefusedError
from schoolprivacy.exchange.values import clean
from schoolprivacy.paper.sender import Made, SchoolPaper
from schoolprivacy.people.names import group_label
from schoolprivacy.people.terms import PlacedPupil
from schoolprivacy.school import School, Session
from schoolprivacy.schoolyear import SchoolYear

_FOR_SAMPLE = "wie dit exemplaar krijgt"
LONGEST = 80
"""So many characters may say for whom a copy is."""

Told = Callable[[int], None] | None
Draw = Callable[[Sequence[ListedChild], papers.GroupList, SchoolPaper, Made, Told], bytes]


@dataclass(frozen=True, slots=True)
class PrintedCopies:
    """What came on paper.

    :param numbers: of the copies, in the order in which they were asked for
    :param left_out: children with something that cannot be printed; only to show at school
    """

    kind: ListKind
    numbers: tuple[int, ...]
    left_out: tuple[LeftOut, ...]


def print_contact_list(
    school: School,
    deliver: Deliver,
    *,
    group: str,
    for_whom: Sequence[str],
    way: Outlet = "saved",
    order: Order = Order.SURNAME,
    progress: Progress | None = None,
) -> PrintedCopies:
    """Print the contact list of a group, a numbered copy for everybody named.

    :param for_whom: who gets a copy, such as ``Leerkracht groep 3`` or ``Familie Bakker``
    :raises RefusedError: no such group, nobody may stand on it, or it is not said for whom
    :raises KnownError: something cannot be printed
    """
    job = _Job(ListKind.CONTACT_LIST, group, order, _draw_list)
    return _print(school, deliver, job, for_whom, way, progress)


def print_phone_tree(
    school: School,
    deliver: Deliver,
    *,
    group: str,
    for_whom: Sequence[str],
    way: Outlet = "saved",
    order: Order = Order.SURNAME,
    progress: Progress | None = None,
) -> PrintedCopies:
    """Print who calls whom in a group; only guardians who may be named and called.

    :param for_whom: as ``print_contact_list``
    :raises RefusedError, KnownError: as ``print_contact_list``
    """
    job = _Job(ListKind.PHONE_TREE, group, order, _draw_tree)
    return _print(school, deliver, job, for_whom, way, progress)


def sample_contact_list(school: School, *, group: str, order: Order = Order.SURNAME) -> bytes:
    """The contact list to look at, without a number; stores nothing.

    :raises RefusedError: no such group, or nobody may stand on it
    """
    return _sample(school, _Job(ListKind.CONTACT_LIST, group, order, _draw_list))


def sample_phone_tree(school: School, *, group: str, order: Order = Order.SURNAME) -> bytes:
    """The telephone tree to look at, without a number; stores nothing.

    :raises RefusedError: no such group, or nobody may stand on it
    """
    return _sample(school, _Job(ListKind.PHONE_TREE, group, order, _draw_tree))


@dataclass(frozen=True, slots=True)
class _Job:
    kind: ListKind
    group: str
    order: Order
    draw: Draw


def _print(
    school: School,
    deliver: Deliver,
    job: _Job,
    for_whom: Sequence[str],
    way: Outlet,
    progress: Progress | None,
) -> PrintedCopies:
    named = check_for_whom(for_whom)
    with school.transaction() as session:
        children, left_out = listed_children(session, job.kind, job.group, job.order)
        numbers = register_copies(session, job.kind, job.group, named, children)
        session.audit(
            f"{job.kind.value}.printed",
            job.group,
            first=numbers[0],
            copies=len(numbers),
            left_out=len(left_out),
            way=way,
        )
        copies = map(papers.CopyFor, named, numbers)
        about = _about(session, job, tuple(copies))
        told = (lambda done: progress(done, len(numbers))) if progress else None
        deliver(job.draw(children, about, school_paper(session), made(session), told))
    return PrintedCopies(job.kind, tuple(numbers), tuple(left_out))


def _sample(school: School, job: _Job) -> bytes:
    with school.reading() as session:
        children, _ = listed_children(session, job.kind, job.group, job.order)
        sample = Made(session.clock.today(), session.who.name, sample=True)
        about = _about(session, job, (papers.CopyFor(_FOR_SAMPLE),))
        return job.draw(children, about, school_paper(session), sample, None)


def check_for_whom(for_whom: Sequence[str]) -> list[str]:
    """Every copy is somebody's.

    :raises RefusedError: nobody, or somebody without a name or with one that is too long
    """
    named = [clean(each) for each in for_whom]
    if not named or not all(named) or max(map(len, named)) > LONGEST:
        raise RefusedError("contact_list.for_whom", most=LONGEST)
    for each in named:
        papers.check_copy(each)
    return named


def _about(session: Session, job: _Job, copies: tuple[papers.CopyFor, ...]) -> papers.GroupList:
    last_day = SchoolYear.of(session.clock.today()).last_day
    return papers.GroupList(group_label(job.group), copies, last_day)


def listed_children(
    session: Session, kind: ListKind, group: str, order: Order = Order.SURNAME
) -> tuple[list[ListedChild], list[LeftOut]]:
    """Who stands on it, and who cannot be printed.

    :raises RefusedError: no such group, or nobody may stand on it
    """
    placed = {each.pupil.id: each for each in pupils_to_print(session, group=group)}
    listed: Sequence[ListedChild] = contact_rows(session, group, order)
    if kind is ListKind.PHONE_TREE:
        listed = [each for each in map(_to_call, listed) if each.contacts]
    if not listed:
        raise RefusedError("contact_list.nobody")

    def of(child: ListedChild) -> list[PlacedPupil]:
        return [placed[child.pupil_id]]

    return sift(listed, lambda each: papers.check_entry(_entry(each)), of)


# — what stands there —


def _entry(child: ListedChild) -> papers.ContactEntry:
    return papers.ContactEntry(child.name, child.birthday, tuple(map(_line, child.contacts)))


def _line(contact: Contact) -> papers.ContactLine:
    phones = tuple(show_phone(number) for number in contact.phones)
    return papers.ContactLine(contact.name, contact.address, phones, contact.email)


def _draw_list(
    children: Sequence[ListedChild],
    about: papers.GroupList,
    school: SchoolPaper,
    made_: Made,
    told: Told,
) -> bytes:
    return papers.contact_list([_entry(each) for each in children], about, school, made_, told)


def _to_call(child: ListedChild) -> ListedChild:
    """Only who may be named and called, and nothing else."""
    contacts = tuple(
        Contact(each.guardian_id, each.name, phones=each.phones)
        for each in child.contacts
        if each.phones
    )
    return replace(child, birthday="", contacts=contacts)


def _draw_tree(
    children: Sequence[ListedChild],
    about: papers.GroupList,
    school: SchoolPaper,
    made_: Made,
    told: Told,
) -> bytes:
    """Brothers and sisters in the group are one call."""
    calls: dict[tuple[Contact, ...], list[str]] = {}
    for each in children:
        calls.setdefault(each.contacts, []).append(each.name)
    entries = [
        papers.TreeEntry(tuple(names), tuple(map(_line, contacts)))
        for contacts, names in calls.items()
    ]
    return papers.phone_tree(entries, about, school, made_, told)
