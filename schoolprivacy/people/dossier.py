"""What a pupil's own page shows; secrets only to who asks for them, and that is written down."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace

import sqlalchemy as sa

from schoolprivacy.people import records
from schoolprivacy.people.addresses import (
    IN_CLASS,
    address_key,
    live_together,
    secret_numbers,
)
from schoolprivacy.people.carers import find_guardian
from schoolprivacy.people.entries import GuardianEntry
from schoolprivacy.people.names import surname_sort_key
from schoolprivacy.people.terms import Guardian, Guardianship, PlacedPupil, Placement, Pupil
from schoolprivacy.school import School, Session
from schoolprivacy.schoolyear import SchoolYear


@dataclass(frozen=True, slots=True)
class Carer:
    """A guardian of a child, without what is secret.

    :param link: with an empty address or without telephones where these are hidden
    :param address_hidden: secret, or the same house as somebody's secret address
    :param phones_hidden: secret, or one of them is somebody's secret number
    """

    link: Guardianship
    address_hidden: bool = False
    phones_hidden: bool = False


@dataclass(frozen=True, slots=True)
class SiblingSuggestion:
    """A child that may be a brother or sister, though no guardian says so yet.

    :param same_address, same_phone: by what it is suggested
    :param carers: the guardians of that child
    """

    child: PlacedPupil
    same_address: bool
    same_phone: bool
    carers: tuple[Carer, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """A pupil's own page.

    :param placements: of all school years, newest first
    :param siblings: who shares a guardian, leavers too, by name
    :param sibling_suggestions: never where anybody keeps an address or number secret
    """

    pupil: Pupil
    placements: tuple[Placement, ...]
    carers: tuple[Carer, ...]
    siblings: tuple[PlacedPupil, ...]
    sibling_suggestions: tuple[SiblingSuggestion, ...]


def dossier(school: School, pupil_id: str) -> Dossier:
    """One pupil, by an identifier from this school file."""
    with school.reading() as session:
        pupil = records.find_pupil(session, pupil_id)
        links = records.guardianships(session, [pupil_id]).get(pupil_id, [])
        siblings = _sibling_ids(session, pupil_id)
        maybe = _maybe_siblings(session, pupil, links, siblings)
        placed = _placed(session, siblings | maybe.keys())
        return Dossier(
            pupil,
            _placements(session, pupil_id),
            _without_secrets(links),
            tuple(each for each in placed if each.pupil.id in siblings),
            tuple(
                _suggestion(each, links, maybe[each.pupil.id])
                for each in placed
                if each.pupil.id in maybe
            ),
        )


def reveal_secret(school: School, guardian_id: str) -> Guardian:
    """A guardian with the secret address and numbers; that somebody looked is written down.

    :raises RefusedError: the file was opened read-only, so it cannot be written down
    """
    with school.transaction() as session:
        session.audit("secret.viewed", guardian_id)
        return find_guardian(session, guardian_id)


def guardian_entry(carer: Carer, revealed: Guardian | None = None) -> GuardianEntry:
    """A guardian as there is, to change; what is hidden stays hidden and as it was.

    :param revealed: the same guardian, by somebody who looked at the secrets
    """
    link, guardian = carer.link, revealed or carer.link.guardian
    names = [each.name for each in fields(Guardian) if each.name != "id"]
    return GuardianEntry(
        **{name: getattr(guardian, name) for name in names},
        relation=link.relation,
        authority=link.authority,
        knows_address=revealed is not None or not carer.address_hidden,
        knows_phones=revealed is not None or not carer.phones_hidden,
    )


# — secrets —


def _without_secrets(links: Sequence[Guardianship]) -> tuple[Carer, ...]:
    around = [each.guardian for each in links]
    return tuple(_masked(each, around) for each in links)


def _masked(link: Guardianship, around: Sequence[Guardian]) -> Carer:
    """A secret address or number is hidden with everybody of this child who shares it."""
    guardian = link.guardian
    address_hidden = any(each.address_secret and live_together(guardian, each) for each in around)
    phones_hidden = guardian.phone_secret or not secret_numbers(around).isdisjoint(guardian.phones)
    if address_hidden:
        guardian = replace(guardian, street="", house_number="", postcode="", place="")
    if phones_hidden:
        guardian = replace(guardian, phones=())
    return Carer(replace(link, guardian=guardian), address_hidden, phones_hidden)


# — placements —


def _placements(session: Session, pupil_id: str) -> tuple[Placement, ...]:
    own, group, member = records.placement, records.school_group, records.membership
    composed = (
        sa.select(group.c.school_year, group.c.name)
        .join(member, member.c.group_id == group.c.id)
        .where(member.c.pupil_id == pupil_id)
        .order_by(group.c.name)
    )
    others: dict[int, list[str]] = defaultdict(list)
    for row in session.execute(composed):
        others[row.school_year].append(row.name)
    query = (
        sa.select(own.c.school_year, own.c.year_level, group.c.name)
        .outerjoin(group, group.c.id == own.c.group_id)
        .where(own.c.pupil_id == pupil_id)
        .order_by(own.c.school_year.desc())
    )
    return tuple(
        Placement(
            SchoolYear(row.school_year), row.year_level, row.name, tuple(others[row.school_year])
        )
        for row in session.execute(query)
    )


def _placed(session: Session, pupil_ids: Collection[str]) -> list[PlacedPupil]:
    """These pupils with their placement of the working year, by name."""
    year = records.current_year(session, session.clock.today())
    found = records.placed_pupils(session, year, pupil_ids=pupil_ids)
    return sorted(found, key=lambda each: surname_sort_key(each.pupil))


# — brothers and sisters —


def _sibling_ids(session: Session, pupil_id: str) -> set[str]:
    link = records.guardianship.c
    own = sa.select(link.guardian_id).where(link.pupil_id == pupil_id)
    query = sa.select(link.pupil_id).where(link.guardian_id.in_(own), link.pupil_id != pupil_id)
    return set(session.execute(query).scalars())


def _maybe_siblings(
    session: Session, pupil: Pupil, links: Sequence[Guardianship], siblings: set[str]
) -> Mapping[str, Sequence[Guardianship]]:
    """Pupils of the same surname, with their guardians, who live or are reached as this one."""
    if not _open(links):
        return {}
    table = records.pupil.c
    namesakes = sa.select(table.id, table.left_on).where(
        table.surname.collate("NOCASE") == pupil.surname,
        table.prefix.collate("NOCASE") == pupil.prefix,
        table.id.not_in([pupil.id, *siblings]),
    )
    today = session.clock.today().isoformat()
    ids = [row.id for row in session.execute(namesakes) if not row.left_on or row.left_on >= today]
    return {
        pupil_id: theirs
        for pupil_id, theirs in records.guardianships(session, ids).items()
        if _open(theirs) and (_addresses(links) & _addresses(theirs) or _phones(links, theirs))
    }


def _open(links: Sequence[Guardianship]) -> bool:
    """Nobody here keeps anything secret: one suggestion could tell where a hidden family lives."""
    return not any(each.guardian.address_secret or each.guardian.phone_secret for each in links)


def _addresses(links: Iterable[Guardianship]) -> set[str]:
    return {address_key(each.guardian) for each in links} - {IN_CLASS}


def _phones(ours: Iterable[Guardianship], theirs: Iterable[Guardianship]) -> set[str]:
    return {n for each in ours for n in each.guardian.phones} & {
        n for each in theirs for n in each.guardian.phones
    }


def _suggestion(
    child: PlacedPupil, ours: Sequence[Guardianship], theirs: Sequence[Guardianship]
) -> SiblingSuggestion:
    return SiblingSuggestion(
        child,
        bool(_addresses(ours) & _addresses(theirs)),
        bool(_phones(ours, theirs)),
        tuple(Carer(each) for each in theirs),
    )
