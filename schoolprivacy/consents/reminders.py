"""Who has not answered: the list, the letters, and the sheet to tick off what came back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby

from schoolprivacy.consents import papers, records
from schoolprivacy.consents.forms import (
    Deliver,
    Printed,
    hand_in_date,
    made,
    pupils_to_print,
    school_paper,
)
from schoolprivacy.consents.records import Form
from schoolprivacy.consents.standing import WaitedFor, family_of, waited_for
from schoolprivacy.contact import show_phone
from schoolprivacy.errors import RefusedError
from schoolprivacy.people import names
from schoolprivacy.people.addresses import Household, family_address, households
from schoolprivacy.people.profile import read_profile
from schoolprivacy.people.records import guardianships
from schoolprivacy.people.terms import Guardianship
from schoolprivacy.school import School, Session


def print_reminder_list(
    school: School, deliver: Deliver, *, group: str | None = None
) -> list[Printed]:
    """Print who has not (fully) answered, per group, with the telephones that are not secret.

    :raises RefusedError: no such group, or no pupils
    """
    with school.transaction() as session:
        waiting = waited_for(session, pupils_to_print(session, group))
        carers = _carers(session, waiting)
        groups = [
            papers.ReminderGroup(name, tuple(_entry(each, carers) for each in entries))
            for name, entries in _by_group(waiting)
        ]
        session.audit("reminder_list.printed", group or "", forms=len(waiting))
        deliver(papers.reminder_list(groups, school_paper(session), made(session)))
    return [Printed.of(each.child, each.form) for each in waiting]


Carers = Mapping[str, Sequence[Guardianship]]


def _carers(session: Session, waiting: Iterable[WaitedFor]) -> Carers:
    return guardianships(session, {each.child.pupil.id for each in waiting})


def _households(each: WaitedFor, carers: Carers) -> tuple[Household, ...]:
    """Whom a form was meant for, where they live now; without authority there is no reminder."""
    of_child = carers.get(each.child.pupil.id, ())
    meant = [carer for carer in of_child if carer.guardian.id in each.form.guardians]
    return households(meant or of_child)


def _entry(each: WaitedFor, carers: Carers) -> papers.ReminderEntry:
    numbers = (
        number
        for household in _households(each, carers)
        for guardian in household.guardians
        if not guardian.phone_secret
        for number in guardian.phones
    )
    return papers.ReminderEntry(
        names.register_name(each.child.pupil),
        each.form.number,
        each.form.hand_in_by,
        tuple(show_phone(number) for number in dict.fromkeys(numbers)),
        () if each.nothing_back else tuple(p.wording.short for p in each.missing),
    )


def _by_group(waiting: Iterable[WaitedFor]) -> list[tuple[str, list[WaitedFor]]]:
    """In the order of the pupils, who are sorted by group."""
    return [
        (names.group_label(name), list(entries))
        for name, entries in groupby(waiting, lambda w: w.child.placement.group_name)
    ]


def print_reminder_letters(
    school: School, deliver: Deliver, *, group: str | None = None
) -> list[Printed]:
    """Print one letter per family and address for exactly those who have not fully answered.

    :raises RefusedError: no such group, no pupils, or nobody is waited for
    """
    with school.transaction() as session:
        waiting = waited_for(session, pupils_to_print(session, group))
        if not waiting:
            raise RefusedError("form.nobody_waited_for")
        today = session.clock.today()
        new_date = hand_in_date(today, read_profile(session).hand_in_days)
        letters = [
            _letter(household, each, today, new_date)
            for household, each in _envelopes(session, waiting)
        ]
        session.audit("reminder_letters.printed", group or "", letters=len(letters))
        deliver(papers.reminder_letters(letters, school_paper(session), made(session)))
    return [Printed.of(each.child, each.form) for each in waiting]


def _envelopes(
    session: Session, waiting: Sequence[WaitedFor]
) -> list[tuple[Household, list[WaitedFor]]]:
    """Brothers and sisters at one address in one envelope, never two families together."""
    carers = _carers(session, waiting)
    family = family_of({each.child.pupil.id for each in waiting}, carers)
    envelopes: dict[tuple[str, str], tuple[Household, list[WaitedFor]]] = {}
    for each in waiting:
        for household in _households(each, carers):
            key = (family[each.child.pupil.id], household.key)
            there, entries = envelopes.setdefault(key, (household, []))
            everybody = tuple(dict.fromkeys(there.guardians + household.guardians))
            secret = there.secret or household.secret
            envelopes[key] = (Household(household.key, everybody, secret), [*entries, each])
    return list(envelopes.values())


def _letter(
    household: Household, entries: Sequence[WaitedFor], today: date, new_date: date
) -> papers.ReminderLetter:
    """A letter that asks for the answer by a date that has yet to come."""
    by = min(each.form.hand_in_by for each in entries)
    return papers.ReminderLetter(
        family_address(household, [each.child for each in entries]),
        tuple(
            papers.ReminderChild(
                names.full_name(each.child.pupil),
                names.group_label(each.child.placement.group_name),
                each.form.number,
            )
            for each in entries
        ),
        min(each.form.asked_on for each in entries),
        by if by > today else new_date,
    )


def print_cover_sheet(
    school: School, deliver: Deliver, *, group: str | None = None
) -> list[Printed]:
    """Print per group the forms that were handed out, to tick off what came back.

    :raises RefusedError: no such group, or no forms were printed
    """
    with school.transaction() as session:
        pupils = pupils_to_print(session, group)
        of_pupil: dict[str, list[Form]] = {}
        for form in records.forms(session, [each.pupil.id for each in pupils]):
            if form.replaced_on is None:
                of_pupil.setdefault(form.pupil_id, []).append(form)
        handed_out = [(each, form) for each in pupils for form in of_pupil.get(each.pupil.id, [])]
        if not handed_out:
            raise RefusedError("form.not_printed")
        groups = [
            papers.CoverGroup(
                names.group_label(name),
                tuple(
                    papers.CoverEntry(names.register_name(child.pupil), form.number)
                    for child, form in entries
                ),
            )
            for name, entries in groupby(handed_out, lambda e: e[0].placement.group_name)
        ]
        session.audit("cover_sheet.printed", group or "", forms=len(handed_out))
        deliver(papers.cover_sheet(groups, school_paper(session), made(session)))
    return [Printed.of(child, form) for child, form in handed_out]
