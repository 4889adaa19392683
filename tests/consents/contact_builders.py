"""Families who say what may stand on the contact list of their group."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from schoolprivacy.consents import records
from schoolprivacy.consents.actions import NewDecision, for_its_term, store_decisions
from schoolprivacy.consents.contacts import contact_list
from schoolprivacy.consents.contacts.contact_list import Contact, ListedChild, contact_rows
from schoolprivacy.consents.terms import Choice, Way
from schoolprivacy.people.records import guardian, guardianships, placed_pupils
from schoolprivacy.people.terms import Authority
from schoolprivacy.school import School
from schoolprivacy.schoolyear import SchoolYear

YEAR = SchoolYear(2026)
CHILD = ("contact-child-name", "contact-birthday")
OWN = ("contact-guardian-name", "contact-address", "contact-phone", "contact-email")
EVERYTHING = (*CHILD, *OWN)
ADDRESS, PHONE, E_MAIL = contact_list.ADDRESS, contact_list.PHONE, contact_list.E_MAIL

Change = Callable[..., None]


def ids_of(school: School) -> dict[str, str]:
    """Identifier of each pupil and of each guardian, by call name."""
    with school.reading() as session:
        pupils = [each.pupil for each in placed_pupils(session, YEAR)]
        links = guardianships(session)
    found = {each.call_name: each.id for each in pupils}
    people = (each.guardian for of_child in links.values() for each in of_child)
    return found | {each.call_name or each.institution: each.id for each in people}


def say(
    school: School,
    child: str,
    who: str | None,
    *codes: str,
    choice: Choice = Choice.GRANTED,
    on: date | None = None,
    form_id: str | None = None,
    by_pupil: bool = False,
    declared: Authority | None = Authority.YES,
) -> None:
    """Record an answer as it would be on a form; ``who`` None is a signer without a name."""
    ids = ids_of(school)
    with school.transaction() as session:
        known = {each.code: each for each in records.purposes(session)}
        new = (
            NewDecision(
                ids[child],
                code,
                known[code].wording.version,
                choice,
                on or session.clock.today(),
                Way.PAPER_FORM,
                ids[who] if who else None,
                by_pupil=by_pupil,
                form_id=form_id,
                declared=None if by_pupil else declared,
            )
            for code in codes
        )
        store_decisions(session, [for_its_term(session, n, known[n.purpose], YEAR) for n in new])
        session.audit("test.said", ids[child])


def say_all(school: School, codes: Iterable[str] = EVERYTHING) -> None:
    """Every guardian says yes to everything for every child."""
    with school.reading() as session:
        links = guardianships(session)
        called = {each.pupil.id: each.pupil.call_name for each in placed_pupils(session, YEAR)}
    for pupil_id, carers in links.items():
        for each in carers:
            name = each.guardian.call_name or each.guardian.institution
            say(school, called[pupil_id], name, *codes)


def keep_secret(school: School, who: str, **secrets: object) -> None:
    """Set columns of a guardian, such as ``address_secret``."""
    of = ids_of(school)[who]
    with school.transaction() as session:
        session.execute(guardian.update().where(guardian.c.id == of).values(**secrets))
        session.audit("test.secret", of)


def listed(school: School, group: str = "Groep 5", **how: contact_list.Order) -> list[ListedChild]:
    with school.reading() as session:
        return list(contact_rows(session, group, **how))


def contact_of(school: School, child: str, who: str) -> Contact | None:
    """What stands of a guardian with a child."""
    ids = ids_of(school)
    return next(
        (
            contact
            for row in listed(school)
            if row.pupil_id == ids[child]
            for contact in row.contacts
            if contact.guardian_id == ids[who]
        ),
        None,
    )
