"""Sharings in the demo school: asked by the school and by the party, with answers."""

from __future__ import annotations

from datetime import date, timedelta

from schoolprivacy.consents.actions import withdraw
from schoolprivacy.consents.deciding import who_may_decide
from schoolprivacy.consents.rules import pupil_decides
from schoolprivacy.consents.sharing.actions import NewSharing, end_sharing, start_sharing
from schoolprivacy.consents.sharing.printing import print_request
from schoolprivacy.consents.sharing.pupils import record_party_consent
from schoolprivacy.consents.sharing.sharings import Road
from schoolprivacy.consents.terms import Choice, Way
from schoolprivacy.people.directory import directory
from schoolprivacy.people.records import guardianships
from schoolprivacy.people.terms import Authority
from schoolprivacy.school import School

PARTY = "Rekenhulp Voorbeeld"


def decided_by(school: School, pupil_id: str) -> str:
    """A guardian whose yes counts."""
    found = who_may_decide(school, pupil_id, school.clock.today())
    return next(e.guardian_id for e in found if e.authority is Authority.YES and e.guardian_id)


def sure_pupils(school: School) -> list[str]:
    """Pupils with a guardian of whom the school knows the authority, by surname."""
    today = school.clock.today()
    pupils = [each.pupil for each in directory(school)]
    with school.reading() as session:
        carers = guardianships(session, [each.id for each in pupils])
    return [
        each.id
        for each in pupils
        if not pupil_decides(each.born_on, today)
        and any(e.authority is Authority.YES for e in carers.get(each.id, []))
    ]


def a_sharing(
    school: School, road: Road = Road.PARTY, *, pupils: int = 6, starts_in: int = 0
) -> str:
    """One that runs from today; gives its code."""
    today = school.clock.today()
    new = NewSharing(
        party=PARTY if road is Road.PARTY else "Bureau Taalrijk",
        purpose_text="een plan voor extra hulp bij rekenen",
        data="uitslagen van de rekentoetsen van dit schooljaar",
        starts_on=today + timedelta(days=starts_in),
        ends_on=today + timedelta(days=starts_in + 120),
        road=road,
        pupil_ids=sure_pupils(school)[:pupils],
    )
    return start_sharing(school, new)


def an_answer(
    school: School, code: str, pupil_id: str, choice: Choice, on: date | None = None
) -> str:
    """What a paper of the party says."""
    day = on or school.clock.today()
    return record_party_consent(school, code, pupil_id, decided_by(school, pupil_id), choice, day)


def an_answered_sharing(school: School) -> str:
    """One of the party: two said yes, one no, one took it back, two have not answered."""
    code, pupils = a_sharing(school), sure_pupils(school)
    for pupil_id, choice in zip(pupils, (*[Choice.GRANTED] * 3, Choice.REFUSED), strict=False):
        an_answer(school, code, pupil_id, choice)
    today, who = school.clock.today(), decided_by(school, pupils[2])
    withdraw(school, pupils[2], who, [code], on=today, way=Way.DESK)
    return code


def every_state(school: School) -> str:
    """One of each: it runs, comes, and was ended early; gives the first."""
    code = an_answered_sharing(school)
    asked = a_sharing(school, Road.SCHOOL, pupils=4)
    print_request(school, lambda _pdf: None, asked, pupil_ids=sure_pupils(school)[:2])
    a_sharing(school, pupils=2, starts_in=30)
    end_sharing(school, a_sharing(school, pupils=1))
    return code
