"""The letters of a round: what was chosen, and the data to check; each house sees its own only."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa

from schoolprivacy.clock import SetClock
from schoolprivacy.consents.purposes import require_all
from schoolprivacy.consents.rounds.checking import print_check_pages, sample_check_pages
from schoolprivacy.consents.rounds.choices import print_choices_letters, sample_choices_letters
from schoolprivacy.consents.rounds.opening import choose_modes, set_dates
from schoolprivacy.consents.rounds.terms import Mode
from schoolprivacy.people.profile import change_profile
from schoolprivacy.people.records import guardian
from schoolprivacy.registers import about
from schoolprivacy.school import School
from tests.consents.contact_builders import ids_of
from tests.consents.families import (
    APART,
    FATHER,
    MOTHER,
    Paper,
    a_child,
    answered,
    asked,
    audit_lines,
    enrol,
)
from tests.consents.round_builders import answers_all, forms_of, print_round, says, second_year
from tests.paper.reading import texts_of
from tests.vault.schools import refused

NO_ANSWER = "Wij hebben geen antwoord van u"
PRINTS = (print_choices_letters, print_check_pages)


def letters(school: School) -> list[str]:
    """The pages that begin a letter, the empty backs left out."""
    paper = Paper()
    print_choices_letters(school, paper)
    assert len(paper.pages) % 2 == 0  # duplex never puts two families on one sheet
    return [page for page in paper.pages if "Dit hebt u gekozen" in page]


def pages_to_check(school: School) -> list[str]:
    paper = Paper()
    print_check_pages(school, paper)
    assert len(paper.pages) % 2 == 0
    whole: list[str] = []
    for page in paper.pages:
        if "Controleer uw gegevens" in page:
            whole.append(page)
        else:
            whole[-1] += page
    return whole


def test_a_family_reads_what_it_chose(school: School, clock: SetClock) -> None:
    enrol(school, a_child("Noor", MOTHER, FATHER))
    asked(school)
    answers_all(school, "Noor", "Anna", no="press")
    second_year(school, clock)
    (letter,) = letters(school)
    assert "op de openbare website van de school Ja" in letter
    assert "in de lokale krant of bij de lokale omroep Nee" in letter
    assert NO_ANSWER not in letter
    assert "mijn naam" not in letter  # the contact list of last year is over; it is asked


def test_brothers_and_sisters_share_one_letter(school: School, clock: SetClock) -> None:
    enrol(school, a_child("Noor", MOTHER), a_child("Sem", MOTHER))
    asked(school)
    answers_all(school, "Noor", "Anna")
    answers_all(school, "Sem", "Anna")
    second_year(school, clock)
    (letter,) = letters(school)
    assert "Noor en Sem Test" in letter
    assert "Noor Test (Groep 5)" in letter and "Sem Test (Groep 5)" in letter


def test_the_other_address_reads_nothing_of_it(school: School, clock: SetClock) -> None:
    enrol(school, a_child("Kim", MOTHER, APART))
    asked(school)
    answers_all(school, "Kim", "Anna", no="press")
    says(school, "Kim", "Bas", yes="brochure")
    second_year(school, clock)
    hers, his = sorted(letters(school), key=lambda page: "Havenkade" in page)
    assert "Lindelaan" in hers and "lokale omroep Nee" in hers and NO_ANSWER not in hers
    assert "Havenkade" in his and "Lindelaan" not in his
    assert f"lokale omroep {NO_ANSWER}" in his and "schoolkalender Ja" in his


def test_who_answered_nothing_gets_no_letter(school: School, clock: SetClock) -> None:
    enrol(school, a_child("Kim", MOTHER, APART))
    asked(school)
    answers_all(school, "Kim", "Anna")
    second_year(school, clock)
    (only,) = letters(school)
    assert "Lindelaan" in only


def test_nothing_is_told_where_nobody_knows_who_lives_there(
    school: School, clock: SetClock
) -> None:
    """A mother who hides, without an address, and a father without one: one letter to both."""
    hidden = replace(MOTHER, street="", house_number="", postcode="", place="", address_secret=True)
    nowhere = replace(FATHER, street="", house_number="", postcode="", place="")
    enrol(school, a_child("Kim", hidden, nowhere))
    (form,) = asked(school)
    answered(school, form.form, "Anna van der Sluis", yes="website", no="press")
    second_year(school, clock)
    assert refused(print_choices_letters, school, Paper()) == "round.no_choices"
    (page,) = pages_to_check(school)
    assert "12345671" not in page.replace(" ", "") and "anna@" not in page


def test_somebody_without_address_is_not_shown_in_the_house_of_the_other(
    school: School, clock: SetClock
) -> None:
    nowhere = replace(
        FATHER, street="", house_number="", postcode="", place="", email="bas@gezin.example"
    )
    enrol(school, a_child("Kim", MOTHER, nowhere))
    asked(school)
    says(school, "Kim", "Bas", no="press")
    says(school, "Kim", "Anna", yes="website")
    second_year(school, clock)
    (letter,) = letters(school)
    assert f"lokale omroep {NO_ANSWER}" in letter and "website van de school Ja" in letter
    (page,) = pages_to_check(school)
    assert "anna@gezin.example" in page and "bas@gezin.example" not in page


def test_what_a_household_holds_stands_on_its_page_only(school: School, clock: SetClock) -> None:
    his = replace(APART, email="bas@gezin.example")
    enrol(school, a_child("Kim", MOTHER, his), a_child("Noor", MOTHER))
    second_year(school, clock)
    mother, father = sorted(pages_to_check(school), key=lambda page: "Havenkade" in page)
    assert "Kim" in mother and "Noor" in mother and "1 maart 2018" in mother
    assert "06 12345671" in mother and "anna@gezin.example" in mother
    assert "Noor" not in father and "bas@gezin.example" in father
    assert "Lindelaan" not in father and "anna@" not in father and "Havenkade" not in mother


def test_nothing_secret_stands_on_paper(school: School, clock: SetClock) -> None:
    secret = replace(MOTHER, address_secret=True, phone_secret=True)
    enrol(school, a_child("Kim", secret, replace(FATHER, phones=MOTHER.phones)))
    asked(school)
    answers_all(school, "Kim", "Anna")
    second_year(school, clock)
    for page in (*pages_to_check(school), *letters(school)):
        assert "Lindelaan" not in page and "1234" not in page.replace(" ", "")
        assert "geheim" not in page.split("Waar staat niets?")[0].lower()
        assert "Uit te delen in de klas" in page


def test_a_reprint_is_told_and_registered_once(school: School, clock: SetClock) -> None:
    enrol(school, a_child("Noor", MOTHER))
    asked(school)
    answers_all(school, "Noor", "Anna")
    second_year(school, clock)
    for print_letters in PRINTS:
        paper = Paper()
        first = print_letters(school, paper)
        assert (len(first), first.reprinted) == (1, 0) and "herdruk" not in paper.text
        again = print_letters(school, paper)
        assert (len(again), again.reprinted) == (1, 1) and "herdruk" in paper.text
    with school.reading() as session:
        kept = about(session, ids_of(school)["Noor"])
    kinds = [each.value for each in kept if each.table == "round_letter" and each.column == "kind"]
    assert sorted(kinds) == ["check", "choices"]


def test_a_letter_that_is_not_delivered_is_not_registered(school: School, clock: SetClock) -> None:
    enrol(school, a_child("Noor", MOTHER))
    asked(school)
    answers_all(school, "Noor", "Anna")
    second_year(school, clock)
    before = audit_lines(school)

    def full(_: bytes) -> None:
        raise OSError("no room")

    for print_letters in PRINTS:
        with pytest.raises(OSError, match="no room"):
            print_letters(school, full)
        assert print_letters(school, Paper()).reprinted == 0
    assert audit_lines(school) == before + len(PRINTS)


def test_samples_store_nothing(school: School, clock: SetClock) -> None:
    enrol(school, a_child("Noor", MOTHER))
    asked(school)
    answers_all(school, "Noor", "Anna")
    second_year(school, clock)
    before = audit_lines(school)
    for sample in (sample_choices_letters, sample_check_pages):
        assert "Noor Test" in texts_of(sample(school))[0]
    assert audit_lines(school) == before
    assert print_choices_letters(school, Paper()).reprinted == 0


def test_the_day_of_the_round_stands_on_the_page(school: School, clock: SetClock) -> None:
    enrol(school, a_child("Noor", MOTHER))
    second_year(school, clock)
    set_dates(school, school.clock.today().replace(day=30))
    (page,) = pages_to_check(school)
    assert "30 september 2027" in page


def test_what_is_asked_again_is_told(school: School, clock: SetClock) -> None:
    """A yes of one parent does not count where all must agree."""
    enrol(school, a_child("Noor", MOTHER, FATHER))
    change_profile(school, board="Stichting Voorbeeld")
    asked(school)
    answers_all(school, "Noor", "Anna")
    require_all(school, "website", all_must_agree=True)
    second_year(school, clock)
    (letter,) = letters(school)
    assert "website van de school Wij vragen het u opnieuw op het formulier" in letter
    _, run = print_round(school)
    assert len(run) == 1


def test_a_family_with_many_children_turns_the_page(school: School, clock: SetClock) -> None:
    names = [
        "Noor",
        "Sem",
        "Fee",
        "Kees",
        "Mia",
        "Wilhelmina-Josephina van den Bergh-Żółkiewska tot Oldenhove",
    ]
    enrol(school, *(a_child(each, MOTHER) for each in names))
    asked(school)
    for each in names:
        answers_all(school, each, "Anna")
    second_year(school, clock)
    paper = Paper()
    print_choices_letters(school, paper)
    assert "bladzijde 1 van 4" in paper.pages[0] and "bladzijde 4 van 4" in paper.pages[3]
    assert all(f"{each} Test (Groep 5)" in paper.text for each in names)


def test_in_another_language_the_text_stands_behind_it(school: School, clock: SetClock) -> None:
    enrol(school, a_child("Noor", MOTHER))
    asked(school)
    answers_all(school, "Noor", "Anna")
    second_year(school, clock)
    with school.transaction() as session:
        session.execute(sa.update(guardian).values(language="en"))
        session.audit("test")
    for print_letters, title in zip(
        PRINTS, ("This is what you chose", "Check your details"), strict=True
    ):
        paper = Paper()
        print_letters(school, paper)
        assert len(paper.pages) % 2 == 0
        assert title in paper.text and "Noor Test (Groep 5)" in paper.pages[0]


def test_what_came_back_on_the_form_is_not_asked_again(school: School, clock: SetClock) -> None:
    enrol(school, a_child("Noor", MOTHER))
    asked(school)
    answers_all(school, "Noor", "Anna")
    second_year(school, clock)
    choose_modes(school, {"website": Mode.ASK})
    (before,) = letters(school)
    assert "website van de school Ja. Wij vragen het u opnieuw op het formulier" in before
    print_round(school)
    says(school, "Noor", "Anna", no="website")
    (after,) = letters(school)
    assert "website van de school Nee" in after and "opnieuw" not in after


def test_one_name_that_cannot_be_printed_stops_nobody_else(school: School, clock: SetClock) -> None:
    other = replace(FATHER, surname="Wit", house_number="8")
    enrol(school, a_child("Noor", MOTHER), replace(a_child("نور", other), key="N"))
    second_year(school, clock)
    run = print_check_pages(school, Paper())
    assert [each.pupil for each in run] == ["Noor Test"]
    assert [each.pupil for each in run.left_out] == ["نور Test"]
    paper, forms = print_round(school)
    assert len(forms) == len(forms.left_out) == 1 and "Noor" in paper.text
    assert forms_of(school, "نور") == []
