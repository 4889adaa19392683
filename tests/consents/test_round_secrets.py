"""Whatever families look like: nothing secret, and nobody else's answer, on a paper of a round."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta

import pytest

from schoolprivacy.clock import SetClock
from schoolprivacy.consents.answering import FormAnswers, enter_form
from schoolprivacy.consents.las_printing import print_las_list
from schoolprivacy.consents.reminders import print_cover_sheet, print_reminder_letters
from schoolprivacy.consents.rounds.checking import print_check_pages
from schoolprivacy.consents.rounds.choices import print_choices_letters
from schoolprivacy.consents.rounds.opening import open_round
from schoolprivacy.consents.rounds.preview import preview
from schoolprivacy.consents.rounds.printing import print_round_forms
from schoolprivacy.consents.rounds.reminding import print_round_reminder_list, print_round_reminders
from schoolprivacy.consents.starting import print_intake_list
from schoolprivacy.consents.substitute.printing import print_substitute_sheet
from schoolprivacy.errors import RefusedError
from schoolprivacy.people.carers import change_guardian
from schoolprivacy.people.entries import GuardianEntry
from schoolprivacy.people.records import guardianships
from schoolprivacy.people.terms import Authority, Guardian
from schoolprivacy.school import School
from schoolprivacy.schoolyear import SchoolYear
from tests.consents.families import FATHER, MOTHER, Paper, a_child, asked, enrol
from tests.consents.round_builders import at, forms_of

STREETS = ("Kastanjelaan", "Berkenpad", "Wilgenhof")
CHILDREN = ("Noor", "Sem", "Kim", "Bo")


def families(school: School, dice: random.Random) -> None:
    """Eight adults at three addresses or none, some hiding, sharing telephones and children."""
    adults = []
    for place in range(8):
        street = dice.choice((*STREETS, *STREETS, ""))
        number = str(STREETS.index(street) + 1) if street else ""
        adults.append(
            replace(
                dice.choice((MOTHER, FATHER)),
                key=f"k{place}",
                call_name=("Ada", "Bea", "Cor", "Dik", "Eef", "Fen", "Gijs", "Hans")[place],
                surname=("Adema", "Bos", "Cats", "Dam", "Eik", "Fok", "Gans", "Hol")[place],
                prefix="",
                relation="",
                street=street,
                house_number=number,
                postcode=f"1234 A{'BCD'[int(number) - 1]}" if street else "",
                place="Dorp" if street else "",
                phones=(f"+3161234560{dice.randrange(6)}",),
                email=f"ouder{place}@gezin.example",
                language=dice.choice(("nl", "en")),
                address_secret=dice.random() < 0.2,
                phone_secret=dice.random() < 0.3,
                denied_authority=dice.random() < 0.15,
            )
        )
    enrol(
        school, *(a_child(name, *dice.sample(adults, dice.choice((1, 2, 3)))) for name in CHILDREN)
    )


def everybody(school: School) -> dict[str, Guardian]:
    with school.reading() as session:
        return {
            each.guardian.id: each.guardian
            for of_child in guardianships(session).values()
            for each in of_child
        }


def answer_some(school: School, dice: random.Random) -> None:
    for name in CHILDREN:
        for form in forms_of(school, name):
            for signer in form.guardians:
                said = {code: dice.choice(("yes", "no", "")) for code, _ in form.asked}
                answers = FormAnswers(
                    frozenset(code for code in said if said[code] == "yes"),
                    frozenset(code for code in said if said[code] == "no"),
                    signer_id=signer,
                    declared=dice.choice((Authority.YES, None)),
                )
                if any(said.values()) and dice.random() < 0.6:
                    enter_form(school, form.number, answers)


def correct_some(school: School, dice: random.Random) -> None:
    for each in everybody(school).values():
        if dice.random() < 0.5:
            same = {name: getattr(each, name, None) for name in GuardianEntry.__slots__}
            typed = GuardianEntry(**{k: v for k, v in same.items() if v is not None})
            corrected = replace(
                typed, phones=(*each.phones, "+31612345699"), house_number=each.house_number and "7"
            )
            change_guardian(school, each.id, corrected)


def try_print(print_it: Callable[..., object], school: School, **how: object) -> str:
    paper = Paper()
    try:
        print_it(school, paper, **how)
    except RefusedError:
        return ""
    return paper.text


def papers(school: School, clock: SetClock) -> Iterable[tuple[str, str]]:
    for print_it in (
        print_round_forms,
        print_choices_letters,
        print_check_pages,
        print_cover_sheet,
        print_las_list,
        print_intake_list,
    ):
        yield print_it.__name__, try_print(print_it, school)
    on = school.clock.today()
    yield (
        "substitute",
        try_print(print_substitute_sheet, school, group="Groep 5", for_whom="Inval", on=on),
    )
    clock.moment += timedelta(days=25)
    for print_it in (print_round_reminders, print_round_reminder_list, print_reminder_letters):
        yield print_it.__name__, try_print(print_it, school)


@pytest.mark.parametrize("seed", range(8))
def test_nothing_secret_stands_on_any_paper(school: School, clock: SetClock, seed: int) -> None:
    dice = random.Random(seed)
    families(school, dice)
    asked(school)
    answer_some(school, dice)
    correct_some(school, dice)
    at(clock, 2027, 6, 7)
    open_round(school, SchoolYear(2027))
    counted, printed = preview(school).forms, 0
    places = {
        f"{each.street} {each.house_number} "
        for each in everybody(school).values()
        if each.address_secret and each.street
    }
    numbers = {
        number[-9:]
        for each in everybody(school).values()
        if each.phone_secret
        for number in each.phones
    }
    for name, text in papers(school, clock):
        digits = re.sub(r"\D", "", text)
        assert not [place for place in places if place in f"{text} "], name
        assert not [number for number in numbers if number in digits], name
        if name == "print_round_forms":
            printed = len([each for n in CHILDREN for each in forms_of(school, n) if each.round_id])
    assert counted == printed
