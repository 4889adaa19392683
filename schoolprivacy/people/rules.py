"""What holds for school years and people; pure."""

from __future__ import annotations

from collections.abc import Iterable

from schoolprivacy.people.terms import Authority
from schoolprivacy.schoolyear import SchoolYear


def working_year(now: SchoolYear, placed: Iterable[SchoolYear]) -> SchoolYear:
    """The school year whose groups are in use: the newest that has begun and has groups.

    In August, before the new groups are in, that is last year's; a school that starts with next
    year's file works with that; a school without groups works in the present year.
    """
    years = sorted(set(placed))
    begun = [year for year in years if year <= now]
    return begun[-1] if begun else next(iter(years), now)


def authority_after_declaration(recorded: Authority, declared: Authority | None) -> Authority:
    """A signed declaration settles what was unknown, and overrules nothing the school recorded."""
    if recorded is Authority.UNKNOWN and declared is not None:
        return declared
    return recorded
