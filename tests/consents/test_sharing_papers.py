"""The request and the list of a sharing: complete for the law, and only who said yes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial

import pytest

from schoolprivacy.clock import SetClock
from schoolprivacy.consents import records
from schoolprivacy.consents.actions import withdraw
from schoolprivacy.consents.papers import FormRow, form_pages
from schoolprivacy.consents.sharing import papers as sharing_papers
from schoolprivacy.consents.sharing.actions import NewSharing, end_sharing, start_sharing
from schoolprivacy.consents.sharing.papers import RequestSheet, SharedEntry, SharingPaper
from schoolprivacy.consents.sharing.printing import (
    print_request,
    print_sharing_list,
    sample_request,
    sample_sharing_list,
)
from schoolprivacy.consents.sharing.sharings import Road, sharing
from schoolprivacy.consents.terms import Way
from schoolprivacy.errors import KnownError
from schoolprivacy.paper.preview import page_count
from schoolprivacy.people.records import placed_pupils
from schoolprivacy.people.terms import Authority
from schoolprivacy.school import School
from schoolprivacy.schoolyear import SchoolYear
from tests.consents.families import (
    APART,
    FATHER,
    MOTHER,
    Paper,
    a_child,
    answered,
    audit_lines,
    carers_of,
    enrol,
)
from tests.consents.paper_builders import MADE, SCHOOL, a_code
from tests.paper.reading import text_of, texts_of

TODAY = date(2026, 11, 2)
ANNA = "Anna van der Sluis"
ROW = FormRow(
    "sharing-1",
    "uitslagen van de rekentoetsen, aan Rekenhulp Voorbeeld. Waarvoor: een plan voor hulp",
    "Rekenhulp Voorbeeld",
    "tot en met 29 januari 2027",
    section="sharing",
)
SHARED = SharingPaper(
    "Rekenhulp Voorbeeld",
    "een plan voor hulp",
    "uitslagen van de rekentoetsen",
    TODAY,
    date(2027, 1, 29),
    ROW,
)


def a_request(name: str = "Aylin Yılmaz") -> RequestSheet:
    (page,) = form_pages([ROW])
    return RequestSheet(
        ("Aan de ouder(s)/verzorger(s) van", name, "Laan 1", "1234 AB  DORP"),
        name,
        "5B",
        SchoolYear(2026),
        TODAY,
        date(2026, 11, 16),
        a_code(),
        page,
    )


def started(school: School, *names: str, road: Road = Road.SCHOOL) -> str:
    with school.reading() as session:
        placed = placed_pupils(session, SchoolYear(2026))
    ids = [each.pupil.id for each in placed if not names or each.pupil.call_name in names]
    new = NewSharing(
        "Rekenhulp Voorbeeld",
        "een plan voor hulp",
        "uitslagen van de rekentoetsen",
        TODAY,
        date(2027, 1, 29),
        road,
        ids,
    )
    return start_sharing(school, new)


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(KnownError) as error:
        act()
    assert str(error.value)
    return error.value.key


# — the papers —

REQUIRED = {
    "school and board": "Stichting Onderwijs Voorbeeldstreek, het bestuur van Basisschool",
    "DPO": "fg@voorbeeldstreek.example",
    "child": "Aylin Yılmaz (Groep 5B)",
    "party": "Rekenhulp Voorbeeld, en niemand anders",
    "data": "Uitslagen van de rekentoetsen. Andere gegevens geven wij niet",
    "purpose": "Een plan voor hulp. Alleen daarvoor",
    "period": "Van 2 november 2026 tot en met 29 januari 2027. Daarna stopt het vanzelf",
    "free": "Een nee heeft op school geen nadeel voor uw kind",
    "not bundled": "los van de inschrijving",
    "blank": "Geen antwoord = geen toestemming",
    "withdrawal": "Dat is net zo makkelijk als geven: zeg het op school, bel 012 345 67 89, mail",
    "what withdrawing cannot undo": "Wat al is gegeven, kunnen wij niet zelf terughalen",
    "rights": "inzien, laten verbeteren of wissen",
    "complaint": "Autoriteit Persoonsgegevens (AP)",
    "hand in": "uiterlijk 16 november 2026",
}
ON_FORM = ("Toestemming om gegevens te delen", ROW.label, "ouderlijk gezag", "handtekening")


@pytest.mark.parametrize("part", REQUIRED)
def test_the_request_says_what_the_law_asks(part: str) -> None:
    letter = text_of(sharing_papers.sharing_requests([a_request()], SHARED, SCHOOL, MADE), 0)
    assert REQUIRED[part] in letter


def test_the_form_on_its_back_asks_one_thing_and_nothing_about_pictures() -> None:
    pdf = sharing_papers.sharing_requests([a_request()], SHARED, SCHOOL, MADE)
    assert page_count(pdf) == 2
    form = text_of(pdf, 1)
    assert all(each in form for each in ON_FORM) and "Foto" not in form
    assert "Formulier versie" in form and "herdruk" not in form
    again = replace(a_request(), reprint=True)
    assert "(herdruk)" in text_of(sharing_papers.sharing_requests([again], SHARED, SCHOOL, MADE), 1)


def test_a_request_to_all_parents_says_so() -> None:
    everybody = replace(SHARED, row=replace(ROW, all_sign=True))
    letter, form = texts_of(sharing_papers.sharing_requests([a_request()], everybody, SCHOOL, MADE))
    assert "Hierbij moeten alle ouders met gezag tekenen" in letter
    assert "alle ouders met gezag tekenen" in form


def test_the_longest_texts_that_fit_the_form_fit_the_letter() -> None:
    long = replace(
        SHARED,
        party="Samenwerkend Instituut voor Onderwijs & <b>Rekenen</b> Streek",
        data="uitslagen van alle toetsen rekenen",
        purpose_text="een plan voor extra hulp in de klas",
    )
    long = replace(long, row=replace(ROW, label=f"{long.data}, {long.party}", all_sign=True))
    name = "Maximiliaan-Alexander Quirijn van den Boogaard tot Wassenaer"
    pdf = sharing_papers.sharing_requests([a_request(name)], long, SCHOOL, MADE)
    assert page_count(pdf) == 2 and "& <b>Rekenen</b>" in text_of(pdf, 0)


def test_the_list_names_thirty_four_children_on_one_page() -> None:
    entries = [
        SharedEntry(f"Wassenaer-Yıldız, Maximiliaan-Alexander van den {n}", "Groep 5")
        for n in range(34)
    ]
    pdf = sharing_papers.sharing_list(entries, SHARED, SCHOOL, MADE)
    assert page_count(pdf) == 1
    text = text_of(pdf, 0)
    for part in (
        "Rekenhulp Voorbeeld",
        "Uitslagen van de rekentoetsen",
        "Een plan voor hulp",
        "2 november 2026 tot en met 29 januari 2027",
        "uiterlijk op 29 januari 2027",
    ):
        assert part in text
    assert page_count(sharing_papers.sharing_list(entries * 3, SHARED, SCHOOL, MADE)) == 3


def test_nothing_to_print_is_refused() -> None:
    for paper in (sharing_papers.sharing_requests, sharing_papers.sharing_list):
        assert refused(partial(paper, [], SHARED, SCHOOL, MADE)) == ("paper.nothing_to_print")


# — printing the request —


def test_one_request_for_every_address_and_only_for_the_chosen_pupils(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER, APART), a_child("Sem", FATHER), a_child("Pim", FATHER))
    code = started(school, "Noor", "Sem")
    paper, before = Paper(), audit_lines(school)
    run = print_request(school, paper, code)
    assert [each.pupil for each in run] == ["Noor Test", "Noor Test", "Sem Test"]
    assert len({each.form for each in run}) == 3 and len(paper.pages) == 6
    assert audit_lines(school) == before + 1 and "Pim" not in paper.text
    first, second = "".join(paper.pages[:2]), "".join(paper.pages[2:4])
    assert "Lindelaan 1" in first and "Havenkade" not in first
    assert "Havenkade 9" in second and "Lindelaan" not in second
    assert not any(name in paper.text for name in ("Anna", "Yıldız", "06 1234"))


def test_a_secret_address_goes_by_hand_and_looks_like_no_address(school: School) -> None:
    secret = replace(MOTHER, address_secret=True, phone_secret=True)
    enrol(school, a_child("Noor", secret), a_child("Sem"))
    paper = Paper()
    print_request(school, paper, started(school))
    assert "Lindelaan" not in paper.text and "1234 AB" not in paper.text
    assert paper.pages[0].replace("Noor", "Sem") == paper.pages[2]
    assert "Uit te delen in de klas" in paper.pages[0]


def test_a_parent_without_authority_gets_no_request(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER, replace(APART, denied_authority=True)))
    paper = Paper()
    assert len(print_request(school, paper, started(school))) == 1
    assert "Havenkade" not in paper.text


def test_printing_again_is_a_reprint_and_anew_is_a_new_form(
    school: School, clock: SetClock
) -> None:
    enrol(school, a_child("Noor", MOTHER), a_child("Sem", FATHER))
    code, paper = started(school), Paper()
    first = list(print_request(school, paper, code))
    clock.moment = datetime(2026, 11, 20, 9, tzinfo=UTC)
    assert list(print_request(school, paper, code)) == first
    assert "(herdruk)" in paper.text and "4 december 2026" in paper.text
    (noor,) = print_request(school, paper, code, anew=True, pupil_ids=[first[0].pupil_id])
    assert noor.form != first[0].form and "herdruk" not in paper.text
    with school.reading() as session:
        forms = {each.number: each for each in records.forms(session)}
    assert forms[first[0].form].replaced_on == date(2026, 11, 20)
    assert forms[first[1].form].replaced_on is None
    assert {each.sharing for each in forms.values()} == {code}
    assert forms[noor.form].guardians == tuple(
        each.guardian.id for each in carers_of(school, noor.pupil_id)
    )


def test_nothing_is_stored_when_it_cannot_be_handed_over(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER))
    code, before = started(school), audit_lines(school)

    def full(_: bytes) -> None:
        raise OSError

    with pytest.raises(OSError):
        print_request(school, full, code)
    with school.reading() as session:
        assert records.forms(session) == []
    assert audit_lines(school) == before


def test_a_name_that_cannot_be_printed_is_left_out_and_not_asked(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER), a_child("\u4e2d", FATHER))
    code = started(school)
    run = print_request(school, Paper(), code)
    assert [each.pupil for each in run] == ["Noor Test"] and len(run.left_out) == 1
    assert {each.answer.value for each in sharing(school, code).pupils} == {
        "no_answer",
        "not_asked",
    }


def test_a_sample_stores_nothing(school: School) -> None:
    enrol(school, *(a_child(name, MOTHER) for name in ("Noor", "Sem", "Pim", "Eva")))
    code, before = started(school), audit_lines(school)
    pages = texts_of(sample_request(school, code))
    assert len(pages) == 6 and all("VOORBEELD" in page for page in pages)
    with school.reading() as session:
        assert records.forms(session) == []
    assert refused(lambda: sample_sharing_list(school, code)) == "sharing.no_yes"
    assert audit_lines(school) == before


def test_nobody_of_the_chosen_pupils(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER))
    code = started(school)
    assert refused(lambda: print_request(school, Paper(), code, pupil_ids=["x"])) == (
        "sharing.nobody"
    )
    assert refused(lambda: print_request(school, Paper(), "x")) == "sharing.unknown"


# — printing the list —


def test_the_list_holds_only_a_yes_that_counts_and_no_word_about_others(school: School) -> None:
    children = [a_child(name, MOTHER) for name in ("Noor", "Sem", "Pim", "Eva")]
    enrol(school, *children, a_child("Lot", FATHER, MOTHER))
    code, paper = started(school), Paper()
    forms = {each.pupil.split()[0]: each for each in print_request(school, paper, code)}
    assert refused(lambda: print_sharing_list(school, paper, code)) == "sharing.no_yes"
    yes = Authority.YES
    answered(school, forms["Noor"].form, ANNA, yes, yes=code)
    answered(school, forms["Sem"].form, ANNA, yes, yes="", no=code)
    answered(school, forms["Pim"].form, ANNA, yes, yes=code)
    answered(school, forms["Lot"].form, ANNA, yes, yes=code)
    answered(school, forms["Lot"].form, "Bas Yıldız", yes, yes="", no=code)
    pim = forms["Pim"].pupil_id
    withdraw(school, pim, carers_of(school, pim)[0].guardian.id, [code], on=TODAY, way=Way.PHONE)
    before = audit_lines(school)
    run = print_sharing_list(school, paper, code)
    assert [each.pupil for each in run] == ["Noor Test"] and audit_lines(school) == before + 1
    assert "Test, Noor" in paper.text
    for name in ("Sem", "Pim", "Eva", "Lot", "geweigerd", "ingetrokken", "Lindelaan"):
        assert name not in paper.text
    (sample,) = texts_of(sample_sharing_list(school, code))
    assert "VOORBEELD" in sample and audit_lines(school) == before + 1


def test_no_list_outside_the_period(school: School, clock: SetClock) -> None:
    enrol(school, a_child("Noor", MOTHER))
    code = started(school)
    (form,) = print_request(school, Paper(), code)
    answered(school, form.form, ANNA, Authority.YES, yes=code)
    assert len(print_sharing_list(school, Paper(), code)) == 1
    clock.moment = datetime(2027, 1, 30, 9, tzinfo=UTC)
    assert refused(lambda: print_sharing_list(school, Paper(), code)) == "sharing.not_running"
    clock.moment = datetime(2027, 1, 29, 9, tzinfo=UTC)
    end_sharing(school, code)
    assert refused(lambda: print_sharing_list(school, Paper(), code)) == "sharing.not_running"


def test_of_two_children_with_one_name_the_list_says_which(school: School) -> None:
    twin = replace(a_child("Noor", FATHER), key="other", born_on=date(2017, 5, 6))
    enrol(school, a_child("Noor", MOTHER), twin)
    code, paper = started(school), Paper()
    for form in print_request(school, Paper(), code):
        if carers_of(school, form.pupil_id)[0].guardian.call_name == "Anna":
            answered(school, form.form, ANNA, Authority.YES, yes=code)
    assert len(print_sharing_list(school, paper, code)) == 1
    assert "1 maart 2018" in paper.text and "2017" not in paper.text
