"""Who is proposed to get a copy of a list."""

from __future__ import annotations

from dataclasses import replace

import pytest

from schoolprivacy.consents.contacts.copies import ListKind
from schoolprivacy.consents.contacts.printing import LONGEST, print_contact_list
from schoolprivacy.consents.contacts.receivers import propose_receivers
from schoolprivacy.consents.terms import Choice
from schoolprivacy.school import School
from tests.consents.contact_builders import PHONE, say, say_all
from tests.consents.families import APART, FATHER, MOTHER, Paper, a_child, enrol
from tests.vault.schools import refused

LIST, TREE = ListKind.CONTACT_LIST, ListKind.PHONE_TREE
OTHER = replace(MOTHER, call_name="Cem", street="Kade", phones=("+31612345679",), email="")


def families(school: School, kind: ListKind = LIST) -> tuple[str, ...]:
    return propose_receivers(school, kind, "Groep 5").families


def test_one_copy_for_the_teacher_and_for_every_home(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER, FATHER), a_child("Sem", OTHER))
    say_all(school)
    found = propose_receivers(school, LIST, "Groep 5")
    assert found.teacher == "Leerkracht groep 5"
    assert found.families == ("Gezin van Noor Test", "Gezin van Sem Test")


def test_brothers_and_sisters_of_the_group_get_one(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER), a_child("Sem", MOTHER))
    say_all(school)
    assert families(school) == ("Gezin van Noor en Sem Test",)


def test_parents_who_live_apart_get_one_each_and_are_not_named(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER, APART), a_child("Sem", APART))
    say_all(school)
    assert families(school) == ("Gezin van Noor Test", "Gezin van Noor en Sem Test")


def test_two_homes_of_one_child_are_told_apart(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER, APART))
    say_all(school)
    assert families(school) == ("Gezin van Noor Test, 1e adres", "Gezin van Noor Test, 2e adres")


def test_who_does_not_stand_on_it_gets_none(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER), a_child("Sem", OTHER))
    say_all(school)
    say(school, "Sem", "Cem", PHONE, choice=Choice.REFUSED)
    assert families(school) == ("Gezin van Noor Test", "Gezin van Sem Test")
    assert families(school, TREE) == ("Gezin van Noor Test",)
    say(school, "Noor", "Anna", "contact-child-name", choice=Choice.REFUSED)
    assert families(school) == ("Gezin van Sem Test",)
    assert refused(propose_receivers, school, TREE, "Groep 5") == "contact_list.nobody"


@pytest.mark.parametrize("many", [2, 6])
def test_what_is_proposed_can_be_printed(school: School, many: int) -> None:
    names = [f"{'Wilhelmina' * 3}{n}" for n in range(many)]
    enrol(school, *(a_child(each, MOTHER) for each in names))
    say_all(school)
    found = propose_receivers(school, LIST, "Groep 5")
    assert all(len(each) <= LONGEST for each in found.families)
    print_contact_list(school, Paper(), group="Groep 5", for_whom=[found.teacher, *found.families])
