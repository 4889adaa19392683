"""The contact list and the telephone tree on paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from schoolprivacy.consents.contacts.copies import copies
from schoolprivacy.consents.contacts.papers import (
    ContactEntry,
    ContactLine,
    CopyFor,
    GroupList,
    TreeEntry,
    contact_list,
    phone_tree,
)
from schoolprivacy.consents.contacts.printing import (
    print_contact_list,
    print_phone_tree,
    sample_contact_list,
    sample_phone_tree,
)
from schoolprivacy.consents.terms import Choice
from schoolprivacy.errors import KnownError
from schoolprivacy.paper.page import BODY_BOTTOM, RIGHT
from schoolprivacy.paper.preview import page_count
from schoolprivacy.school import School
from tests.consents.contact_builders import EVERYTHING, PHONE, keep_secret, say, say_all
from tests.consents.families import (
    APART,
    FATHER,
    MOTHER,
    Paper,
    a_child,
    audit_lines,
    enrol,
)
from tests.consents.paper_builders import MADE, SCHOOL
from tests.paper.reading import lines_of, text_of, texts_of
from tests.vault.schools import refused

ANNA = ContactLine(
    "Anna van der Sluis",
    ("Lindelaan 1", "1234 AB  Voorbeelddorp"),
    ("06 12345671",),
    "anna@gezin.example",
)
LONG = ContactLine(
    "Wilhelmina van der Meulen-Oosterbaan",
    ("Burgemeester van Tienhovengracht 112-bis", "1234 AB  Nieuwerkerk aan den IJssel"),
    ("06 12345678", "+49 30 12345678901"),
    "wilhelmina.van_der-meulen@voorbeeldbedrijf.example",
)
ONE = (CopyFor("Familie Bakker", 12),)
ABOUT = GroupList("Groep 5", ONE, date(2027, 7, 31))


def a_class(many: int, *contacts: ContactLine) -> list[ContactEntry]:
    name = "Achternaam-van Nieuwenhuizen, Maximiliaan{} van der"
    return [ContactEntry(name.format(n), "29\u00a0september", contacts) for n in range(many)]


def test_every_page_says_whose_it_is_until_when_and_what_not_to_do() -> None:
    pages = texts_of(contact_list(a_class(34, ANNA, LONG), ABOUT, SCHOOL, MADE))
    assert len(pages) > 1
    for text in pages:
        for part in (
            "exemplaar 12",
            "Voor: Familie Bakker",
            "7 december 2026",
            "Alleen voor eigen gebruik",
            "Niet doorgeven, niet op internet",
            "Vernietigen uiterlijk 31 juli 2027",
            "Kind Jarig Ouder of verzorger Adres",
        ):
            assert part in text, part


@pytest.mark.parametrize("tree", [False, True])
def test_long_names_stay_on_the_page(tree: bool) -> None:
    if tree:
        pdf = phone_tree([TreeEntry((e.child,), (LONG, ANNA)) for e in a_class(34)], ABOUT, *HOW)
    else:
        pdf = contact_list(a_class(34, LONG, ANNA), ABOUT, *HOW)
    for page in range(page_count(pdf)):
        for text, _, bottom, right in lines_of(pdf, page):
            assert right <= RIGHT + 0.5, text
            assert bottom <= BODY_BOTTOM or bottom > 280, text


HOW = (SCHOOL, MADE)


def test_what_is_not_given_leaves_no_word() -> None:
    text = text_of(contact_list([ContactEntry("Arend, Zoë")], ABOUT, *HOW), 0)
    between = text.split("Telefoon en e-mail")[1].split("exemplaar 12")[0]
    assert between.strip() == "Arend, Zoë"


def test_a_long_mail_is_broken_where_it_can_be_typed_over() -> None:
    text = text_of(contact_list([ContactEntry("A", "", (LONG,))], ABOUT, *HOW), 0)
    assert "meulen@ voorbeeldbedrijf. example" in text


def test_no_copy_begins_on_the_back_of_another() -> None:
    two = replace(ABOUT, copies=(*ONE, CopyFor("Leerkracht", 13)))
    pages = texts_of(contact_list(a_class(3, ANNA), two, *HOW))
    assert len(pages) == 4
    assert "met opzet leeg" in pages[1] and "exemplaar 12" in pages[1]
    assert "exemplaar 13" in pages[2] and "Familie Bakker" not in pages[2]
    assert page_count(contact_list(a_class(3, ANNA), ABOUT, *HOW)) == 1


def test_nothing_to_print_is_refused() -> None:
    assert refused(contact_list, [], ABOUT, *HOW) == "paper.nothing_to_print"
    assert refused(phone_tree, [], ABOUT, *HOW) == "paper.nothing_to_print"


@pytest.mark.parametrize("many", [1, 2, 3, 8, 34])
def test_in_the_tree_everybody_is_called_once(many: int) -> None:
    entries = [TreeEntry((f"Kind{n}",), (replace(ANNA, name="Q"),)) for n in range(many)]
    text = " ".join(texts_of(phone_tree(entries, ABOUT, *HOW)))
    called = [1, 2][:many]
    for word, after in zip(text.split(" 06 12345671 ")[1:], range(many), strict=True):
        said = word.split()
        if said[0] == "niemand":
            assert (after + 1) * 2 + 1 > many
            continue
        called.append(int(said[0]))
        if said[1] == "en":
            called.append(int(said[2]))
    assert called == list(range(1, many + 1))
    assert f"belt nummer 1{' en 2' * (many > 1)}." in text


# — printed from the school file —


def test_each_copy_is_numbered_for_the_whole_school(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER))
    say_all(school)
    paper, before = Paper(), audit_lines(school)
    done = print_contact_list(
        school, paper, group="Groep 5", for_whom=["Familie  Test", "Leerkracht groep 5"]
    )
    assert done.numbers == (1, 2) and audit_lines(school) == before + 1
    assert "exemplaar 1" in paper.pages[0] and "Voor: Familie Test" in paper.pages[0]
    tree = print_phone_tree(school, paper, group="Groep 5", for_whom=["Juf"], way="printed")
    assert tree.numbers == (3,) and "exemplaar 3" in paper.text
    assert [(each.number, each.kind.value) for each in copies(school)] == [
        (3, "phone_tree"),
        (2, "contact_list"),
        (1, "contact_list"),
    ]


def test_a_sample_stores_nothing_and_has_no_number(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER))
    say_all(school)
    before = audit_lines(school)
    for pdf in (
        sample_contact_list(school, group="Groep 5"),
        sample_phone_tree(school, group="Groep 5"),
    ):
        text = text_of(pdf, 0)
        assert "VOORBEELD" in text and "zonder nummer" in text and "Anna van der Sluis" in text
    assert audit_lines(school) == before and copies(school) == []


def test_nothing_is_registered_when_it_cannot_be_handed_over(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER))
    say_all(school)

    def broken(_: bytes) -> None:
        raise KnownError("print.no_printer")

    before = audit_lines(school)
    for each in (print_contact_list, print_phone_tree):
        assert refused(each, school, broken, group="Groep 5", for_whom=["Juf"]) == (
            "print.no_printer"
        )
    assert audit_lines(school) == before and copies(school) == []


@pytest.mark.parametrize("for_whom", [[], [""], ["Juf", "  "], ["x" * 81]])
def test_every_copy_is_somebodys(school: School, for_whom: list[str]) -> None:
    enrol(school, a_child("Noor", MOTHER))
    say_all(school)
    for each in (print_contact_list, print_phone_tree):
        assert refused(each, school, Paper(), group="Groep 5", for_whom=for_whom) == (
            "contact_list.for_whom"
        )


def test_a_list_with_nobody_is_refused(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER))
    how = {"group": "Groep 5", "for_whom": ["Juf"]}
    assert refused(print_contact_list, school, Paper(), **how) == "contact_list.nobody"
    assert refused(sample_contact_list, school, group="Groep 5") == "contact_list.nobody"
    say(school, "Noor", "Anna", *(each for each in EVERYTHING if each != PHONE))
    assert print_contact_list(school, Paper(), **how).numbers == (1,)
    assert refused(print_phone_tree, school, Paper(), **how) == "contact_list.nobody"
    assert refused(sample_phone_tree, school, group="Groep 5") == "contact_list.nobody"
    assert refused(print_contact_list, school, Paper(), group="X", for_whom=["Juf"]) == (
        "group.unknown"
    )


def test_a_name_that_cannot_be_printed_is_left_out_and_said_at_school(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER), a_child("Ying漢", FATHER))
    say_all(school)
    paper = Paper()
    done = print_contact_list(school, paper, group="Groep 5", for_whom=["Juf"])
    assert [each.pupil for each in done.left_out] == ["Ying漢 Test"]
    assert "Yıldız" not in paper.text and "Noor" in paper.text


def test_twins_are_one_call_and_who_has_no_number_is_no_call(school: School) -> None:
    enrol(
        school,
        a_child("Noor", MOTHER, APART),
        a_child("Saar", MOTHER, APART),
        a_child("Sem", replace(FATHER, call_name="Dirk", phones=("+31612345673",))),
    )
    say_all(school)
    say(school, "Noor", "Bas", PHONE, choice=Choice.WITHDRAWN)
    paper = Paper()
    print_phone_tree(school, paper, group="Groep 5", for_whom=["Juf"])
    assert "1 Test, Noor Test, Saar Anna van der Sluis 06 12345671 niemand" in paper.text
    assert (
        "Bas Yıldız" not in paper.text and "Lindelaan" not in paper.text and "@" not in paper.text
    )
    assert "belt nummer 1 en 2" in paper.text and paper.text.count("06 12345671") == 1


def test_nothing_tells_that_or_why_somebody_is_missing(school: School) -> None:
    """Whoever says no leaves the same paper as somebody who is not in the group."""
    alone = a_child("Noor", MOTHER)
    enrol(school, alone, a_child("Sem", APART))
    say(school, "Noor", "Anna", *EVERYTHING)
    say(school, "Sem", "Bas", *EVERYTHING, choice=Choice.REFUSED)
    refused_ = sample_contact_list(school, group="Groep 5")
    assert "Sem" not in " ".join(texts_of(refused_))
    secret = sample_contact_list(school, group="Groep 5")
    keep_secret(school, "Bas", address_secret=True, phone_secret=True)
    assert sample_contact_list(school, group="Groep 5") == secret == refused_
