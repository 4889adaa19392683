"""The suites that together make a school file, and making a new one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from schoolprivacy.access.terms import Role
from schoolprivacy.clock import Clock
from schoolprivacy.consents import actions as consents
from schoolprivacy.people import profile
from schoolprivacy.school import NewStaff, School, Session
from schoolprivacy.vault.keys import SCHOOL_COST, Cost, new_passphrase


@dataclass(frozen=True, slots=True)
class Founded:
    """A school file just made: what must be written on paper now.

    :param paper_key: opens the file when everybody forgot; belongs in the safe
    :param administration: passphrase of the administration user, when it was made up here
    """

    school: School
    paper_key: str
    administration: str | None


def found_school(
    folder: Path,
    name: str,
    brin: str,
    *,
    director: str,
    administration: str | None = None,
    clock: Clock | None = None,
    cost: Cost = SCHOOL_COST,
) -> Founded:
    """Make a school file for a director and an administration user, each with an own passphrase.

    :param director, administration: passphrases; without the second one is made up
    :raises KnownError: no good name, BRIN, passphrase or place; nothing was made
    """
    own = profile.new_profile(name, brin)
    people = [
        NewStaff("Directie", Role.DIRECTOR, director),
        NewStaff("Administratie", Role.ADMINISTRATION, administration or new_passphrase()),
    ]

    def furnish(session: Session) -> None:
        profile.furnish(session, own)
        consents.furnish(session)

    school, paper_key = School.create(folder, people, furnish, clock, cost)
    made_up = None if administration else people[1].passphrase
    return Founded(school, paper_key, made_up)
