"""Who may be on this photo? The answer for whoever holds the camera, without the reason.

Only a yes that counts is a yes (AVG 6(1)(a)). No answer, refused, withdrawn, ended, quarrelled over
and never asked are one and the same no: what a family decided is no business of who takes a photo.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

import sqlalchemy as sa

from schoolprivacy.consents import records
from schoolprivacy.consents.board import AnswerRow, Cells
from schoolprivacy.consents.own_no import own_no
from schoolprivacy.consents.terms import Answer, Purpose, PurposeKind
from schoolprivacy.errors import RefusedError
from schoolprivacy.paper.dates import dutch_date
from schoolprivacy.people import names
from schoolprivacy.people.records import current_year, group_names, placed_pupils, pupils_on_roll
from schoolprivacy.people.records import pupil as pupil_table
from schoolprivacy.people.terms import PlacedPupil
from schoolprivacy.school import School, Session

MOST_FOUND = 20
"""So many children are shown while somebody types; who is not among them types further."""


class PhotoAnswer(StrEnum):
    """What whoever takes a photo must know, from what permits most to what permits least.

    ASK_FIRST: there is consent, but the child itself said no before.
    """

    YES = "yes"
    ASK_FIRST = "ask_first"
    NO = "no"


_STRICTNESS = {answer: place for place, answer in enumerate(PhotoAnswer)}


@dataclass(frozen=True, slots=True)
class PhotoRow:
    """One child.

    :param name: as printed, roepnaam first; with the date of birth where two in a group are called
        the same
    :param call_name: with which ``name`` begins
    :param group: the own group, else the first composed one, else ""
    :param answers: in the order of the purposes
    """

    pupil_id: str
    name: str
    call_name: str
    group: str
    answers: tuple[PhotoAnswer, ...]


@dataclass(frozen=True, slots=True)
class PhotoTable:
    """Children × purposes.

    :param purposes: in the school's order
    :param rows: sorted by roepnaam, then surname
    """

    purposes: tuple[Purpose, ...]
    rows: tuple[PhotoRow, ...]


def who_may(
    school: School,
    groups: Sequence[str],
    codes: Sequence[str] | None = None,
    *,
    on: date | None = None,
) -> PhotoTable:
    """Who of these groups may be on a photo for these purposes.

    :param groups: names of groups of this school year, own or composed
    :param codes: of purposes of pictures that are switched on; all of them when None
    :param on: the day of the photo, when that is later: a yes must still count on that day
    :raises RefusedError: no such group, or no such purpose of pictures that is switched on
    """
    with school.reading() as session:
        purposes = photo_purposes(session, codes)
        today = session.clock.today()
        pupils = pupils_on_roll(session, today, current_year(session, today))
        there = [each for each in pupils if not each.pupil.has_left(on or today)]
        chosen = in_groups(session, there, groups)
        return PhotoTable(purposes, photo_rows(session, chosen, purposes, until=on))


def check(school: School, text: str, codes: Sequence[str] | None = None) -> PhotoTable:
    """The children of the whole school whose name fits what somebody types, with their answers.

    Every word typed begins a word of the name, in any order; accents do not count.

    :param text: mostly three letters; without a letter nobody is found
    :param codes: of purposes of pictures that are switched on; all of them when None
    :returns: at most ``MOST_FOUND`` children
    :raises RefusedError: no such purpose of pictures that is switched on
    """
    with school.reading() as session:
        purposes = photo_purposes(session, codes)
        today = session.clock.today()
        ids = _called_like(session, names.plain(text).split(), today)
        year = current_year(session, today)
        pupils = placed_pupils(session, year, pupil_ids=ids) if ids else []
        return PhotoTable(purposes, photo_rows(session, pupils, purposes))


def _called_like(session: Session, words: Sequence[str], today: date) -> list[str]:
    """Identifiers of who is at school and has a name with these beginnings, best first."""
    if not words:
        return []
    who = pupil_table.c
    query = sa.select(who.id, who.call_name, who.prefix, who.surname).where(
        sa.or_(who.left_on.is_(None), who.left_on >= today.isoformat())
    )
    found = [
        (words[0] != names.plain(row.call_name), _by_call_name(row), row.id)
        for row in session.execute(query)
        if _fits(words, names.plain(names.full_name(row)).split())
    ]
    return [pupil_id for *_, pupil_id in sorted(found)[:MOST_FOUND]]


def _fits(typed: Iterable[str], name: Sequence[str]) -> bool:
    return all(any(word.startswith(start) for word in name) for start in typed)


def photo_purposes(session: Session, codes: Collection[str] | None = None) -> tuple[Purpose, ...]:
    """The purposes of pictures that are switched on, in the school's order.

    :raises RefusedError: one of the codes is none of these
    """
    known = [
        each for each in records.purposes(session, only_on=True) if each.kind is PurposeKind.IMAGE
    ]
    if codes is None:
        return tuple(known)
    if unknown := sorted(set(codes) - {each.code for each in known}):
        told = ", ".join(each.code for each in known) or "geen"
        raise RefusedError("photo.purpose", codes=", ".join(unknown), known=told)
    return tuple(each for each in known if each.code in codes)


def in_groups(
    session: Session, pupils: Iterable[PlacedPupil], groups: Sequence[str]
) -> list[PlacedPupil]:
    """Who of these pupils sits in one of the groups, own or composed.

    :raises RefusedError: no such group in this school year
    """
    known = group_names(session, current_year(session, session.clock.today()))
    for group in groups:
        if group not in known:
            raise RefusedError("group.unknown", group=group, known=", ".join(known) or "geen")
    return [each for each in pupils if any(each.placement.is_in(group) for group in groups)]


def photo_rows(
    session: Session,
    pupils: Sequence[PlacedPupil],
    purposes: Sequence[Purpose],
    until: date | None = None,
) -> tuple[PhotoRow, ...]:
    """A row for each of the pupils, sorted by roepnaam, then surname.

    :param until: a yes must still count on this day, if it is later than today
    """
    today = session.clock.today()
    children = [each.pupil for each in pupils]
    cells = Cells(session, children)
    days = {today, max(until or today, today)}
    by_day = [cells.rows(children, purposes, day) for day in days]
    said_no = _said_no(session, today)
    called = _names(pupils)
    rows = [
        PhotoRow(
            each.pupil.id,
            called[each.pupil.id],
            each.pupil.call_name,
            each.placement.group_name,
            _answers(answers, each.pupil.id in said_no),
        )
        for each, *answers in zip(pupils, *by_day, strict=True)
    ]
    place = {each.id: (_by_call_name(each), str(each.born_on), each.id) for each in children}
    return _alike_together(sorted(rows, key=lambda row: place[row.pupil_id]))


def _answers(by_day: Iterable[AnswerRow], said_no: bool) -> tuple[PhotoAnswer, ...]:
    yes = PhotoAnswer.ASK_FIRST if said_no else PhotoAnswer.YES
    return tuple(
        yes if all(answer is Answer.GRANTED for answer in each) else PhotoAnswer.NO
        for each in zip(*by_day, strict=True)
    )


def _said_no(session: Session, on: date) -> frozenset[str]:
    """The children whose own no stands on a day."""
    stands = sa.or_(own_no.c.lifted_on.is_(None), own_no.c.lifted_on > on.isoformat())
    return frozenset(session.execute(sa.select(own_no.c.pupil_id).where(stands)).scalars())


def _names(pupils: Sequence[PlacedPupil]) -> dict[str, str]:
    """How each pupil is called; who is called the same in a group, with the date of birth."""
    plain = {each.pupil.id: names.plain(names.full_name(each.pupil)) for each in pupils}
    many = Counter((each.placement.group_name, plain[each.pupil.id]) for each in pupils)
    return {
        each.pupil.id: _name(each, many[each.placement.group_name, plain[each.pupil.id]] > 1)
        for each in pupils
    }


def _name(child: PlacedPupil, is_shared: bool) -> str:
    name, born_on = names.full_name(child.pupil), child.pupil.born_on
    return f"{name} ({dutch_date(born_on)})" if is_shared and born_on else name


def _by_call_name(person: names.Named) -> tuple[str, str, str]:
    called, surname = names.plain(person.call_name), names.plain(person.surname)
    return called or surname, surname, names.plain(person.prefix)


def _alike_together(rows: Sequence[PhotoRow]) -> tuple[PhotoRow, ...]:
    """Children whom nobody could tell apart all get what permits least."""
    alike: dict[tuple[str, str], tuple[PhotoAnswer, ...]] = {}
    for row in rows:
        before = alike.get(_looks(row), row.answers)
        alike[_looks(row)] = tuple(
            max(pair, key=_STRICTNESS.__getitem__) for pair in zip(before, row.answers, strict=True)
        )
    return tuple(replace(row, answers=alike[_looks(row)]) for row in rows)


def _looks(row: PhotoRow) -> tuple[str, str]:
    return names.plain(row.name), row.group
