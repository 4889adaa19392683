"""Which pupils nobody can write to, and around which somebody keeps the address secret."""

from __future__ import annotations

from schoolprivacy.people.addresses import with_secret_address, without_address
from schoolprivacy.people.records import current_year, pupils_on_roll
from schoolprivacy.school import School
from tests.people.builders import a_guardian, a_row, at, reached, store


def names(school: School, found: frozenset[str]) -> set[str]:
    with school.reading() as session:
        today = session.clock.today()
        pupils = pupils_on_roll(session, today, current_year(session, today))
    return {each.pupil.call_name for each in pupils if each.pupil.id in found}


def test_who_has_no_address_and_who_keeps_it_secret(school: School) -> None:
    home = a_guardian("A. Bos", **at("Kade"), **reached(1))
    nowhere = a_guardian("B. Bos", **reached(2))
    hidden = a_guardian("C. Bos", **reached(3), address_secret=True)
    hides = a_guardian("D. Bos", **at("Laan", "2"), **reached(4), address_secret=True)
    store(
        school,
        a_row("Thuis Een", "1", guardians=(home,)),
        a_row("Nergens Twee", "2", guardians=(nowhere,)),
        a_row("Samen Drie", "3", guardians=(nowhere, home)),
        a_row("Verborgen Vier", "4", guardians=(hidden, nowhere)),
        a_row("Geheim Vijf", "5", guardians=(hides,)),
        a_row("Niemand Zes", "6"),
    )
    assert names(school, without_address(school)) == {"Nergens"}
    assert names(school, with_secret_address(school)) == {"Verborgen", "Geheim"}
