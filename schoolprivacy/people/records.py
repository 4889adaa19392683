"""Tables of pupils, guardians and groups, and what the other suites read of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import fields
from datetime import date
from typing import Any

import sqlalchemy as sa

from schoolprivacy.errors import RefusedError
from schoolprivacy.people.names import natural_sort_key, surname_sort_key
from schoolprivacy.people.rules import working_year
from schoolprivacy.people.terms import (
    Authority,
    AuthoritySource,
    Guardian,
    Guardianship,
    PlacedPupil,
    Placement,
    Pupil,
)
from schoolprivacy.school import Session
from schoolprivacy.schoolyear import SchoolYear
from schoolprivacy.vault.tables import metadata


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


profile = sa.Table(
    "profile",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    *_texts("name", "brin", "location", "board", "street", "postcode", "place", "phone"),
    *_texts("email", "website", "dpo"),
    sa.Column("logo_id", sa.Text, sa.ForeignKey("attachment.id")),
    *_texts("window_side"),
    sa.Column("window_dx", sa.Float, nullable=False),
    sa.Column("window_dy", sa.Float, nullable=False),
    sa.Column("hand_in_days", sa.Integer, nullable=False),
    sa.Column("next_year_from", sa.Integer, nullable=False),
    sa.Column("region", sa.Text, nullable=False),
)

pupil = sa.Table(
    "pupil",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    *_texts("call_name", "prefix", "surname", "given_names"),
    sa.Column("born_on", sa.Text),
    sa.Column("came_on", sa.Text),
    sa.Column("left_on", sa.Text),
)

pupil_alias = sa.Table(
    "pupil_alias",
    metadata,
    sa.Column("source", sa.Text, primary_key=True),
    sa.Column("space", sa.Text, primary_key=True),
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("pupil_id", sa.Text, sa.ForeignKey("pupil.id"), nullable=False),
)

school_group = sa.Table(
    "school_group",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("school_year", sa.Integer, nullable=False),
    *_texts("name"),
)

placement = sa.Table(
    "placement",
    metadata,
    sa.Column("pupil_id", sa.Text, sa.ForeignKey("pupil.id"), primary_key=True),
    sa.Column("school_year", sa.Integer, primary_key=True),
    *_texts("year_level"),
    sa.Column("group_id", sa.Text, sa.ForeignKey("school_group.id")),
)

membership = sa.Table(
    "membership",
    metadata,
    sa.Column("pupil_id", sa.Text, sa.ForeignKey("pupil.id"), primary_key=True),
    sa.Column("group_id", sa.Text, sa.ForeignKey("school_group.id"), primary_key=True),
)

guardian = sa.Table(
    "guardian",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    *_texts("institution", "initials", "call_name", "prefix", "surname"),
    *_texts("street", "house_number", "postcode", "place", "email"),
    sa.Column("address_secret", sa.Boolean, nullable=False),
    sa.Column("phone_secret", sa.Boolean, nullable=False),
    *_texts("language"),
)

guardian_phone = sa.Table(
    "guardian_phone",
    metadata,
    sa.Column("guardian_id", sa.Text, sa.ForeignKey("guardian.id"), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    *_texts("number"),
)

guardian_alias = sa.Table(
    "guardian_alias",
    metadata,
    sa.Column("source", sa.Text, primary_key=True),
    sa.Column("space", sa.Text, primary_key=True),
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("guardian_id", sa.Text, sa.ForeignKey("guardian.id"), nullable=False),
)

guardianship = sa.Table(
    "guardianship",
    metadata,
    sa.Column("pupil_id", sa.Text, sa.ForeignKey("pupil.id"), primary_key=True),
    sa.Column("guardian_id", sa.Text, sa.ForeignKey("guardian.id"), primary_key=True),
    sa.Column("position", sa.Integer, nullable=False),
    *_texts("relation", "authority", "authority_source"),
)

import_run = sa.Table(
    "import_run",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    *_texts("at", "source", "space"),
    sa.Column("made_at", sa.Text),
    sa.Column("school_year", sa.Integer, nullable=False),
    *_texts("counts", "changes"),
    sa.Column("audit_seq", sa.Integer, nullable=False),
    sa.Column("undone_at", sa.Text),
)

import_columns = sa.Table(
    "import_columns",
    metadata,
    sa.Column("fingerprint", sa.Text, primary_key=True),
    *_texts("columns"),
)


def iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


_DAYS = ("born_on", "came_on", "left_on")


def pupil_row(value: Pupil) -> dict[str, Any]:
    """A pupil as a table row."""
    row = {each.name: getattr(value, each.name) for each in fields(value)}
    return row | {name: iso(row[name]) for name in _DAYS}


def pupil_of(row: Any) -> Pupil:
    """A table row (with these columns among others) as a pupil."""
    values = {each.name: getattr(row, each.name) for each in fields(Pupil)}
    return Pupil(**values | {name: day(values[name]) for name in _DAYS})


def find_pupil(session: Session, pupil_id: str) -> Pupil:
    """One pupil, by an identifier from this school file.

    :raises RefusedError: there is no such pupil (any more)
    """
    row = session.execute(sa.select(pupil).where(pupil.c.id == pupil_id)).one_or_none()
    if row is None:
        raise RefusedError("pupil.unknown")
    return pupil_of(row)


_GUARDIAN_COLUMNS = tuple(each.name for each in fields(Guardian) if each.name != "phones")


def guardian_row(value: Guardian) -> dict[str, Any]:
    """A guardian as a table row, without the telephones."""
    return {name: getattr(value, name) for name in _GUARDIAN_COLUMNS}


def phone_rows(value: Guardian) -> list[dict[str, Any]]:
    """The telephones of a guardian as table rows, in their order."""
    return [
        {"guardian_id": value.id, "position": place, "number": number}
        for place, number in enumerate(value.phones)
    ]


def guardianship_row(pupil_id: str, link: Guardianship) -> dict[str, Any]:
    """What a guardian is to a child as a table row, without the position."""
    return {
        "pupil_id": pupil_id,
        "guardian_id": link.guardian.id,
        "relation": link.relation,
        "authority": link.authority.value,
        "authority_source": link.authority_source.value,
    }


def current_year(session: Session, on: date) -> SchoolYear:
    """The school year whose groups are in use on a day."""
    years = session.execute(sa.select(school_group.c.school_year).distinct()).scalars()
    return working_year(SchoolYear.of(on), map(SchoolYear, years))


def group_names(session: Session, year: SchoolYear) -> list[str]:
    """All groups of a year, ``Groep 2`` before ``Groep 10``."""
    query = sa.select(school_group.c.name).where(school_group.c.school_year == year.start)
    return sorted(session.execute(query).scalars(), key=natural_sort_key)


def placed_pupils(
    session: Session,
    year: SchoolYear,
    group: str | None = None,
    *,
    pupil_ids: Collection[str] | None = None,
) -> list[PlacedPupil]:
    """Everybody the school file knows, leavers too, with the placement of one year.

    :param group: only who sits in the group of this name, own or composed
    :param pupil_ids: only these, by identifier
    """
    own = sa.and_(placement.c.pupil_id == pupil.c.id, placement.c.school_year == year.start)
    query = (
        sa.select(pupil, placement.c.year_level, school_group.c.name.label("group_name"))
        .outerjoin(placement, own)
        .outerjoin(school_group, school_group.c.id == placement.c.group_id)
    )
    composed = (
        sa.select(membership.c.pupil_id, school_group.c.name)
        .join(school_group, school_group.c.id == membership.c.group_id)
        .where(school_group.c.school_year == year.start)
    )
    if group is not None:
        members = _members(year, group)
        query = query.where(pupil.c.id.in_(members))
        composed = composed.where(membership.c.pupil_id.in_(members))
    if pupil_ids is not None:
        query = query.where(pupil.c.id.in_(pupil_ids))
        composed = composed.where(membership.c.pupil_id.in_(pupil_ids))
    others: dict[str, list[str]] = defaultdict(list)
    for row in session.execute(composed):
        others[row.pupil_id].append(row.name)
    return [
        PlacedPupil(
            pupil_of(row),
            Placement(
                year,
                row.year_level or "",
                row.group_name,
                tuple(sorted(others.get(row.id, ()))),
            ),
        )
        for row in session.execute(query)
    ]


def _members(year: SchoolYear, group: str) -> sa.CompoundSelect[tuple[str]]:
    named = sa.select(school_group.c.id).where(
        school_group.c.school_year == year.start, school_group.c.name == group
    )
    return sa.union(
        sa.select(placement.c.pupil_id).where(placement.c.group_id.in_(named)),
        sa.select(membership.c.pupil_id).where(membership.c.group_id.in_(named)),
    )


def pupils_on_roll(
    session: Session, on: date, year: SchoolYear, group: str | None = None
) -> list[PlacedPupil]:
    """Everybody who has not left, with this year's placement, sorted by group, then surname.

    :param group: only who sits in the group of this name, own or composed
    """
    found = [each for each in placed_pupils(session, year, group) if not each.pupil.has_left(on)]
    return sorted(
        found,
        key=lambda p: (natural_sort_key(p.placement.group_name), surname_sort_key(p.pupil)),
    )


def guardians(session: Session, ids: Iterable[str] | None = None) -> dict[str, Guardian]:
    """Guardians by identifier; all of them without ``ids``."""
    query = sa.select(guardian)
    phones = sa.select(guardian_phone).order_by(guardian_phone.c.position)
    if ids is not None:
        wanted = list(ids)
        query = query.where(guardian.c.id.in_(wanted))
        phones = phones.where(guardian_phone.c.guardian_id.in_(wanted))
    numbers: dict[str, list[str]] = defaultdict(list)
    for row in session.execute(phones):
        numbers[row.guardian_id].append(row.number)
    return {
        row.id: Guardian(
            **{name: getattr(row, name) for name in _GUARDIAN_COLUMNS},
            phones=tuple(numbers[row.id]),
        )
        for row in session.execute(query)
    }


def guardianships(
    session: Session, pupil_ids: Iterable[str] | None = None
) -> dict[str, list[Guardianship]]:
    """The guardians of each pupil in their order; all pupils without ``pupil_ids``."""
    query = sa.select(guardianship).order_by(guardianship.c.position)
    who = None
    if pupil_ids is not None:
        query = query.where(guardianship.c.pupil_id.in_(list(pupil_ids)))
    rows = session.execute(query).all()
    if pupil_ids is not None:
        who = guardians(session, {row.guardian_id for row in rows})
    else:
        who = guardians(session)
    found: dict[str, list[Guardianship]] = defaultdict(list)
    for row in rows:
        found[row.pupil_id].append(
            Guardianship(
                who[row.guardian_id],
                row.relation,
                Authority(row.authority),
                AuthoritySource(row.authority_source),
            )
        )
    return found
