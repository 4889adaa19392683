"""The school itself: its name, its letterhead, its envelopes."""

from __future__ import annotations

import re
from dataclasses import asdict, replace

import sqlalchemy as sa

from schoolprivacy.errors import RefusedError
from schoolprivacy.people import records
from schoolprivacy.people.holidays import REGIONS
from schoolprivacy.people.terms import Profile
from schoolprivacy.school import School, Session
from schoolprivacy.vault import attachments

_BRIN = re.compile(r"(\d\d[A-Z]{2})(\d\d)?")
_MOST_SHIFT = 20.0  # mm
_LONGEST_TERM = 365  # days
_MONTHS = 12
_LOGO_KINDS = ("image/png", "image/jpeg")


def new_profile(name: str, brin: str) -> Profile:
    """A school with only a name and its BRIN (``99ZZ``, or ``99ZZ00`` with the location).

    :raises RefusedError: no name, or what is given is no BRIN
    """
    found = read_brin(brin)
    if not found:
        raise RefusedError("school.brin", brin=brin)
    if not name.strip():
        raise RefusedError("school.name")
    return Profile(name.strip(), *found)


def read_brin(text: str) -> tuple[str, str] | None:
    """The number of a school at DUO and its location ("" without), or None when it is none."""
    found = _BRIN.fullmatch(text.replace(" ", "").upper())
    return (found[1], found[2] or "") if found else None


def furnish(session: Session, profile: Profile) -> None:
    """The first row, when the school file is made."""
    session.execute(sa.insert(records.profile).values(id=1, logo_id=None, **asdict(profile)))


def read_profile(session: Session) -> Profile:
    """The school as it stands now."""
    row = session.execute(sa.select(records.profile)).mappings().one()
    return Profile(**{name: row[name] for name in asdict(Profile("", ""))})


def change_profile(school: School, **changes: object) -> Profile:
    """Change how the school stands on its letters; name the fields of Profile.

    :raises RefusedError: no name, or a window or term that cannot be
    """
    with school.transaction() as session:
        profile = replace(read_profile(session), **changes)  # type: ignore[arg-type]
        _check(profile)
        session.execute(sa.update(records.profile).values(**asdict(profile)))
        session.audit("profile.changed", fields=sorted(changes))
    return profile


def _check(profile: Profile) -> None:
    if not profile.name.strip():
        raise RefusedError("school.name")
    if profile.window_side not in ("left", "right"):
        raise RefusedError("school.window_side")
    if not all(abs(shift) <= _MOST_SHIFT for shift in (profile.window_dx, profile.window_dy)):
        raise RefusedError("school.window_place")
    if not 1 <= profile.hand_in_days <= _LONGEST_TERM:
        raise RefusedError("school.hand_in_days")
    if not 1 <= profile.next_year_from <= _MONTHS:
        raise RefusedError("school.next_year_from")
    if profile.region not in ("", *REGIONS):
        raise RefusedError("school.region")


def set_logo(school: School, name: str, content: bytes) -> None:
    """Put a logo on the letterhead.

    :raises KnownError: not a PNG or JPEG, or too large
    """
    if attachments.media_type(content) not in _LOGO_KINDS:
        raise RefusedError("school.logo")
    with school.transaction() as session:
        logo = attachments.add(session.connection, name, content)
        session.execute(sa.update(records.profile).values(logo_id=logo))
        session.audit("profile.logo", logo)


def remove_logo(school: School) -> None:
    """Take the logo off the letterhead."""
    with school.transaction() as session:
        session.execute(sa.update(records.profile).values(logo_id=None))
        session.audit("profile.logo_removed")


def read_logo(session: Session) -> bytes | None:
    """The logo's PNG or JPEG bytes."""
    logo = session.execute(sa.select(records.profile.c.logo_id)).scalar_one()
    return attachments.read(session.connection, logo).content if logo else None
