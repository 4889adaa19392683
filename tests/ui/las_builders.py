"""A demo school in which something was corrected by hand, and in which somebody starts soon."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, timedelta

from schoolprivacy.people.carers import change_guardian
from schoolprivacy.people.directory import directory
from schoolprivacy.people.editing import add_pupil, change_pupil, pupil_entry
from schoolprivacy.people.entries import GuardianEntry, PupilEntry
from schoolprivacy.people.records import current_year, guardianships, placed_pupils
from schoolprivacy.people.terms import Guardian
from schoolprivacy.school import School

NEW_ADDRESS = {
    "street": "Molenweg",
    "house_number": "12",
    "postcode": "9901 ZZ",
    "place": "Drakendam",
}


def correct(school: School) -> list[str]:
    """A call name of one child and an address of another's guardian; gives both children."""
    first, second = directory(school)[:2]
    with school.reading() as session:
        year = current_year(session, session.clock.today())
        placed = {each.pupil.id: each for each in placed_pupils(session, year)}
        ids = [each.pupil.id for each in (first, second)]
        carer = guardianships(session, ids)[second.pupil.id][0].guardian
    entry = pupil_entry(placed[first.pupil.id])
    change_pupil(school, first.pupil.id, replace(entry, call_name="Verbeterd"))
    typed = {each.name: getattr(carer, each.name) for each in fields(Guardian) if each.name != "id"}
    change_guardian(school, carer.id, replace(GuardianEntry(**typed), **NEW_ADDRESS))
    return ids


def expect(school: School, name: str, days: int) -> str:
    """Somebody whose first day is so many days from today."""
    today: date = school.clock.today()
    entry = PupilEntry(
        call_name=name,
        surname="Kleuter",
        born_on=date(today.year - 4, 11, 30),
        came_on=today + timedelta(days=days),
    )
    return add_pupil(school, entry).about
