"""Who has not answered: the list, the letters, and the sheet to tick off what came back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Unpack

from schoolprivacy.consents import papers, records
from schoolprivacy.consents.printing import (
    SAMPLES,
    Deliver,
    Draft,
    Job,
    Printed,
    PrintRun,
    Whom,
    names_on_list,
    print_paper,
    sample_paper,
    sift,
)
from schoolprivacy.consents.records import Form
from schoolprivacy.consents.rounds.records import open_round
from schoolprivacy.consents.waiting import WaitedFor, waited_for
from schoolprivacy.contact import show_phone
from schoolprivacy.errors import RefusedError
from schoolprivacy.letters.languages import language_of
from schoolprivacy.people import names
from schoolprivacy.people.addresses import (
    Household,
    family_address,
    homes_of,
    secret_numbers,
    who_hide,
)
from schoolprivacy.people.calendar import hand_in_date
from schoolprivacy.people.envelopes import family_of
from schoolprivacy.people.profile import read_profile
from schoolprivacy.people.records import guardians, guardianships
from schoolprivacy.people.terms import Guardian, Guardianship, PlacedPupil
from schoolprivacy.school import School, Session

# — the list —


def print_reminder_list(school: School, deliver: Deliver, **job: Unpack[Job]) -> PrintRun:
    """Print who has not (fully) answered, per group, with the telephones that are not secret.

    :raises RefusedError: no such group, or no pupils
    """
    return print_paper(school, deliver, _list, "reminder_list.printed", **job)


def sample_reminder_list(school: School, **whom: Unpack[Whom]) -> bytes:
    """The same list to look at; stores nothing."""
    return sample_paper(school, _list, **whom)


def _list(session: Session, pupils: list[PlacedPupil]) -> Draft:
    return list_draft(session, pupils, waited_for(session, pupils))


def list_draft(
    session: Session, pupils: Sequence[PlacedPupil], waiting: Iterable[WaitedFor]
) -> Draft:
    """The list of whom somebody waits for, per group; among these pupils names differ."""
    waiting, left_out = sift(
        waiting, lambda each: _check_name(each.child), lambda each: [each.child]
    )
    carers = _carers(session, waiting)
    called = names_on_list(pupils)
    secret = secret_numbers(guardians(session).values())  # another family may share a number
    groups = [
        papers.ReminderGroup(
            name,
            tuple(_entry(each, called[each.child.pupil.id], carers, secret) for each in entries),
        )
        for name, entries in _by_group(waiting)
    ]
    return Draft(
        [Printed.of(each.child, each.form) for each in waiting],
        left_out,
        len(groups),
        lambda *how: papers.reminder_list(groups, *how),
    )


def _check_name(child: PlacedPupil) -> None:
    papers.check_names(names.full_name(child.pupil), child.placement.group_name)


Carers = Mapping[str, Sequence[Guardianship]]


def _carers(session: Session, waiting: Iterable[WaitedFor]) -> Carers:
    return guardianships(session, {each.child.pupil.id for each in waiting})


def _households(
    each: WaitedFor, carers: Carers, hiding: Collection[Guardian] = ()
) -> tuple[Household, ...]:
    """Whom a form was meant for, where they live now; without authority there is no reminder."""
    of_child = carers.get(each.child.pupil.id, ())
    meant = {carer.guardian.id for carer in of_child} & set(each.form.guardians)
    return homes_of(of_child, hiding, meant or None)


def _entry(
    each: WaitedFor, called: str, carers: Carers, secret: Collection[str]
) -> papers.ReminderEntry:
    numbers = (
        number
        for household in _households(each, carers)
        for guardian in household.guardians
        for number in guardian.phones
        if number not in secret
    )
    return papers.ReminderEntry(
        called,
        each.form.number,
        each.form.hand_in_by,
        tuple(show_phone(number) for number in dict.fromkeys(numbers)),
        tuple(p.wording.short for p in each.to_ask) if each.is_back else (),
        authority_unknown=bool(each.unsure),
    )


def _by_group(waiting: Iterable[WaitedFor]) -> list[tuple[str, list[WaitedFor]]]:
    """In the order of the pupils, who are sorted by group."""
    return [
        (names.group_label(name), list(entries))
        for name, entries in groupby(waiting, lambda w: w.child.placement.group_name)
    ]


# — the letters —


def print_reminder_letters(school: School, deliver: Deliver, **job: Unpack[Job]) -> PrintRun:
    """Print one letter per family and address for exactly those who have not fully answered.

    Whose yes only waits until the school knows about authority gets none: the school must ask.

    :raises RefusedError: no such group, no pupils, or nobody is waited for
    """
    return print_paper(school, deliver, _letters, "reminder_letters.printed", **job)


def sample_reminder_letters(school: School, **whom: Unpack[Whom]) -> bytes:
    """The first letters to look at; stores nothing.

    :raises RefusedError: as ``print_reminder_letters``
    """

    def prepare(session: Session, pupils: list[PlacedPupil]) -> Draft:
        return _letters(session, pupils, most=SAMPLES)

    return sample_paper(school, prepare, **whom)


def _letters(session: Session, pupils: list[PlacedPupil], most: int | None = None) -> Draft:
    return letters_draft(session, waited_for(session, pupils), most=most).draft


@dataclass(frozen=True, slots=True)
class ReminderDraft:
    """Reminder letters that are prepared.

    :param reminded: the forms that stand in them, once each
    """

    draft: Draft
    reminded: tuple[WaitedFor, ...]


def letters_draft(
    session: Session,
    waiting: Iterable[WaitedFor],
    *,
    number_of: Callable[[Form], int] = lambda _: 1,
    until: date | None = None,
    most: int | None = None,
) -> ReminderDraft:
    """One letter per family and address, about the forms of which something must still be asked.

    :param number_of: which reminder of a form this is; ``most``: so many letters
    :param until: the last day to answer, at most; one that has come does not count
    :raises RefusedError: nothing must be asked
    """
    waiting = [each for each in waiting if each.to_ask]
    if not waiting:
        raise RefusedError("form.nobody_waited_for")
    today = session.clock.today()
    new_date = hand_in_date(session, today, read_profile(session).hand_in_days)
    if until and until > today:
        new_date = min(until, new_date)
    letters, left_out = sift(
        [
            (_letter(household, entries, today, new_date, number_of), entries)
            for household, entries in _envelopes(session, waiting)[:most]
        ],
        lambda each: papers.check_letter(each[0]),
        lambda each: {entry.child.pupil.id: entry.child for entry in each[1]}.values(),
    )
    in_letters = {(e.child.pupil.id, e.form.id) for _, entries in letters for e in entries}
    reminded = tuple(e for e in waiting if (e.child.pupil.id, e.form.id) in in_letters)
    draft = Draft(
        [Printed.of(each.child, each.form) for each in reminded],
        left_out,
        len(letters),
        lambda *how: papers.reminder_letters([letter for letter, _ in letters], *how),
    )
    return ReminderDraft(draft, reminded)


def _envelopes(
    session: Session, waiting: Sequence[WaitedFor]
) -> list[tuple[Household, list[WaitedFor]]]:
    """Brothers and sisters at one address in one envelope, never two families together."""
    carers, hiding = _carers(session, waiting), who_hide(session)
    children = {each.child.pupil.id for each in waiting}
    family = family_of({c: [each.guardian.id for each in carers.get(c, ())] for c in children})
    envelopes: dict[tuple[str, str], tuple[Household, list[WaitedFor]]] = {}
    for each in waiting:
        for household in _households(each, carers, hiding):
            key = (family[each.child.pupil.id], household.key)
            there, entries = envelopes.setdefault(key, (household, []))
            everybody = tuple(dict.fromkeys(there.guardians + household.guardians))
            secret = there.secret or household.secret
            envelopes[key] = (Household(household.key, everybody, secret), [*entries, each])
    return list(envelopes.values())


def _letter(
    household: Household,
    entries: Sequence[WaitedFor],
    today: date,
    new_date: date,
    number_of: Callable[[Form], int],
) -> papers.ReminderLetter:
    """A letter that asks for the answer by a date that has yet to come.

    A family that was reminded of one of its forms before has had a letter.
    """
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
        number=max(number_of(each.form) for each in entries),
        language=language_of(household.guardians),
        images=any(not p.is_contact for each in entries for p in each.to_ask),
        contact=any(p.is_contact for each in entries for p in each.to_ask),
    )


# — the cover sheet —


def print_cover_sheet(school: School, deliver: Deliver, **job: Unpack[Job]) -> PrintRun:
    """Print per group the forms that were handed out, to tick off what came back.

    :raises RefusedError: no such group, or no forms were printed
    """
    return print_paper(school, deliver, _cover, "cover_sheet.printed", **job)


def sample_cover_sheet(school: School, **whom: Unpack[Whom]) -> bytes:
    """The same sheet to look at; stores nothing.

    :raises RefusedError: as ``print_cover_sheet``
    """
    return sample_paper(school, _cover, **whom)


def _cover(session: Session, pupils: list[PlacedPupil]) -> Draft:
    """In a round without what came back before it: a teacher would wait for that."""
    going_on, back = open_round(session), records.forms_answered(session)
    of_pupil: dict[str, list[Form]] = {}
    for form in records.forms(session, [each.pupil.id for each in pupils]):
        is_done = going_on and form.asked_on < going_on.opened_on and form.id in back
        if form.replaced_on is None and form.sharing is None and not is_done:
            of_pupil.setdefault(form.pupil_id, []).append(form)
    handed_out = [(each, form) for each in pupils for form in of_pupil.get(each.pupil.id, [])]
    if not handed_out:
        raise RefusedError("form.not_printed")
    listed, left_out = sift(handed_out, lambda each: _check_name(each[0]), lambda each: [each[0]])
    called = names_on_list(pupils)
    groups = [
        papers.CoverGroup(
            names.group_label(name),
            tuple(papers.CoverEntry(called[c.pupil.id], form.number) for c, form in entries),
        )
        for name, entries in groupby(listed, lambda each: each[0].placement.group_name)
    ]
    return Draft(
        [Printed.of(child, form) for child, form in listed],
        left_out,
        len(groups),
        lambda *how: papers.cover_sheet(groups, *how),
    )
