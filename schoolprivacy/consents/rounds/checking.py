"""``Controleer uw gegevens``: per family and address what the school holds of who lives there."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from typing import Unpack

from schoolprivacy.consents.printing import (
    SAMPLES,
    Deliver,
    Draft,
    Job,
    PaperCount,
    PrintRun,
    Whom,
    count_paper,
    print_paper,
    sample_paper,
)
from schoolprivacy.consents.rounds.letters import At, Letters, named
from schoolprivacy.consents.rounds.opening import the_round
from schoolprivacy.consents.rounds.papers import CheckLetter, Section, check_pages
from schoolprivacy.consents.rounds.terms import LetterKind
from schoolprivacy.consents.rounds.whom import pupils_of
from schoolprivacy.contact import show_phone
from schoolprivacy.errors import RefusedError
from schoolprivacy.letters.languages import language_of
from schoolprivacy.paper.dates import dutch_date
from schoolprivacy.people import names
from schoolprivacy.people.addresses import (
    Household,
    family_address,
    homes_of,
    secret_numbers,
    who_hide,
)
from schoolprivacy.people.calendar import hand_in_date
from schoolprivacy.people.envelopes import Envelope, fill_envelopes, residents
from schoolprivacy.people.profile import read_profile
from schoolprivacy.people.records import guardians, guardianships
from schoolprivacy.people.terms import Guardian, PlacedPupil
from schoolprivacy.school import School, Session


def print_check_pages(school: School, deliver: Deliver, **job: Unpack[Job]) -> PrintRun:
    """Print per family and address what the school holds, with room to correct it.

    A secret address or number is not on it, and neither is anything of who lives elsewhere.
    ``reprinted`` tells of how many children it was printed before in this round.

    :raises RefusedError: no round is open, no such group, or no pupils
    """
    return print_paper(school, deliver, _check, "check_pages.printed", **job)


def sample_check_pages(school: School, **whom: Unpack[Whom]) -> bytes:
    """The first of them to look at; stores nothing.

    :raises RefusedError: as ``print_check_pages``
    """
    return sample_paper(school, partial(_check, most=SAMPLES), **whom)


def count_check_pages(school: School, **whom: Unpack[Whom]) -> PaperCount:
    """How many would be printed; ``printed`` counts each child at each address.

    :raises RefusedError: as ``print_check_pages``
    """
    return count_paper(school, _check, **whom)


def _check(session: Session, pupils: list[PlacedPupil], most: int | None = None) -> Draft:
    round_ = the_round(session)
    chosen = pupils_of(session, round_, pupils)
    if not chosen:
        raise RefusedError("group.empty")
    carers = guardianships(session, {each.pupil.id for each in chosen})
    hiding = who_hide(session)
    at = [
        (each, home) for each in chosen for home in homes_of(carers.get(each.pupil.id, ()), hiding)
    ]
    today = session.clock.today()
    usual = hand_in_date(session, today, read_profile(session).hand_in_days)
    by = round_.hand_in_by if round_.hand_in_by and round_.hand_in_by > today else usual
    secret = secret_numbers(guardians(session).values())  # another family may share a number
    register = Letters(session, round_, LetterKind.CHECK)

    def letter(envelope: Envelope[At]) -> CheckLetter:
        children = tuple(_child(each) for each in envelope.children)
        return CheckLetter(
            family_address(envelope.household, envelope.children),
            (*children, *_at_home(envelope.household, secret)),
            by,
            one_child=len(children) == 1,
            language=language_of(envelope.household.guardians),
            reprint=register.were_printed(envelope.contents),
        )

    envelopes = fill_envelopes(at, lambda each: each, carers)[:most]
    return register.draft([(letter(each), each.contents) for each in envelopes], check_pages)


def _child(child: PlacedPupil) -> Section:
    born_on = child.pupil.born_on
    surname = " ".join(filter(None, (child.pupil.prefix, child.pupil.surname)))
    return Section(
        named(child),
        (
            ("Roepnaam", child.pupil.call_name, ""),
            ("Achternaam", surname, ""),
            ("Geboren op", dutch_date(born_on) if born_on else "", ""),
        ),
    )


def _at_home(household: Household, secret: Collection[str]) -> list[Section]:
    """The address once, then everybody who surely lives there, then room for somebody else."""
    people = residents(household)
    # The fullest: one of them may have been written without postcode.
    where = max(people, key=lambda each: bool(each.street) + bool(each.place), default=None)
    street = place = ""
    if where and household.by_post:
        street = " ".join(filter(None, (where.street, where.house_number)))
        place = "  ".join(filter(None, (where.postcode, where.place)))
    return [
        Section("Adres", (("Straat en nummer", street, ""), ("Postcode en plaats", place, ""))),
        *(_person(each, secret) for each in people),
        Section(
            "Nog een ouder of verzorger op dit adres",
            tuple((what, "", "") for what in ("Naam", "Telefoon", "E-mail")),
        ),
    ]


def _person(person: Guardian, secret: Collection[str]) -> Section:
    shown = [show_phone(number) for number in person.phones if number not in secret]
    return Section(
        names.guardian_name(person),
        (
            ("Naam", names.person_name(person), ""),
            ("Telefoon", "\n".join(shown), ""),
            ("E-mail", person.email, ""),
        ),
    )
