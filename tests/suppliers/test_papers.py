"""Papers of suppliers: the list for parents, the board, letters, and the page for the website."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser

import pytest

from schoolprivacy.errors import KnownError
from schoolprivacy.paper.page import FOOT, RIGHT
from schoolprivacy.people.profile import change_profile
from schoolprivacy.school import School
from schoolprivacy.suppliers import printing, words
from schoolprivacy.suppliers.agreements import record_agreement, replace_agreement, sign_agreement
from schoolprivacy.suppliers.products import change_product, change_supplier
from schoolprivacy.suppliers.recipients import add_recipient
from schoolprivacy.suppliers.sheet_terms import (
    NEEDS_DETAIL,
    Certificate,
    Data,
    Option,
    Place,
    Shared,
    Subject,
    SubProcessor,
)
from schoolprivacy.suppliers.sheets import record_annex, record_bijsluiter
from schoolprivacy.suppliers.starting import (
    print_new_product_letters,
    sample_new_product_letters,
)
from schoolprivacy.suppliers.stopping import stop_product
from schoolprivacy.suppliers.terms import (
    Dpia,
    RecipientEntry,
    RecipientKind,
    State,
    SupplierEntry,
)
from schoolprivacy.suppliers.webpage import page_html, page_text
from tests.consents.families import APART, FATHER, MOTHER, a_child, enrol
from tests.paper.reading import lines_of, texts_of
from tests.suppliers.builders import (
    ANNEX,
    BIJSLUITER,
    LONG_AGO,
    REKENAAR,
    TODAY,
    a_product,
    agree,
    an_agreement,
    in_order,
    row,
    supplier_of,
    unsigned,
)

DAY = timedelta(days=1)
WIDE = "Wilhelminaplein voor Digitale Leermiddelen in het Basisonderwijs van Voorbeeldstad"[:80]


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(KnownError) as told:
        act()
    return told.value.key


def whole(pdf: bytes) -> str:
    """All text on one line; a hyphen that breaks a word is not told from one that does not."""
    return " ".join(texts_of(pdf))


def thirty(school: School) -> list[str]:
    """Thirty products with long names and long texts; gives their names."""
    names = []
    for number in range(30):
        name = f"{number:02} {WIDE}"[:80]
        company = f"{WIDE[:70]} {number:02}"
        one = a_product(school, name, company, used_for=("oefenen " * 24).strip())
        shared = tuple(Shared(each, "alles wat erbij hoort") for each in Data)
        places = (Place("Nederland"), Place("Verenigde Staten"))
        record_bijsluiter(
            school, one, replace(BIJSLUITER, shared=shared, places=places, retention="x " * 90)
        )
        names.append(name)
    return names


def test_the_list_of_thirty_fits_its_pages_and_misses_nobody(school: School) -> None:
    names = thirty(school)
    pdf = printing.sample_parents_list(school)
    for page in range(len(texts_of(pdf))):
        for text, left, down, right in lines_of(pdf, page):
            assert right <= RIGHT + 0.5 or "VOORBEELD" in text, (text, right)
            assert left >= 20 or ("VOORBEELD" in text and down > 0)
    told = whole(pdf).replace(" ", "")
    for name in names:
        assert name.replace(" ", "") in told
    board = printing.sample_board(school)
    assert all(name.replace(" ", "") in whole(board).replace(" ", "") for name in names)


def test_the_list_says_who_what_why_where_and_since_when(school: School) -> None:
    in_order(school)
    add_recipient(school, RecipientEntry("DUO", RecipientKind.DUO, "inschrijving", "geld", "wet"))
    kept: list[bytes] = []
    printing.print_parents_list(school, kept.append)
    told = whole(kept[0])
    for text in (
        "Rekenaar, van Cijferwerk",
        "naam en contactgegevens: voornaam",
        "oefenen met rekenen",
        "Nederland",
        "Rekencentrum Noord (Duitsland)",
        BIJSLUITER.retention[4:],
        "16 april 2026",
        "DUO",
        "Autoriteit Persoonsgegevens",
    ):
        assert text.casefold() in told.casefold(), text
    assert "ouders of voogd" not in told  # the option that was not ticked
    assert "VOORBEELD" not in told and "VOORBEELD" in whole(printing.sample_parents_list(school))


def test_a_school_without_suppliers_still_has_its_papers(school: School) -> None:
    assert "geen bedrijf" in whole(printing.sample_parents_list(school))
    assert "nog geen product" in whole(printing.sample_board(school))
    assert "geen bedrijf" in page_html(school) and "geen bedrijf" in page_text(school)
    assert len(texts_of(printing.sample_wish_form(school))) == 1


def test_nothing_is_stored_when_the_printer_fails(school: School) -> None:
    in_order(school)
    with school.reading() as session:
        before = session.anchor()

    def fail(_: bytes) -> None:
        raise OSError("the printer is gone")

    for act in (
        lambda: printing.print_parents_list(school, fail),
        lambda: printing.print_board(school, fail),
        lambda: printing.print_wish_form(school, fail),
    ):
        with pytest.raises(OSError, match="gone"):
            act()
    with school.reading() as session:
        assert session.anchor() == before


# — the board —


def test_the_board_sees_the_worst_first_with_its_reason(school: School) -> None:
    good = in_order(school, "Goed product")
    a_product(school, "Zonder alles")
    gone = in_order(school, "Weg product")
    stop_product(school, gone, TODAY - timedelta(days=1), "weg")
    told = whole(printing.sample_board(school))
    names = [told.index(each) for each in ("Zonder alles", "Weg product", "Goed product")]
    assert names == sorted(names)
    assert "geen verwerkersovereenkomst" in told and "website van de school" in told
    assert "5 van 5 ja" in told
    due_on = row(school, good).review_due_on
    assert due_on is not None and f"{due_on:%d-%m-%Y}" in told


def test_no_word_for_a_state_is_cut(school: School) -> None:
    one = a_product(school)
    agree(school, one)
    record_bijsluiter(school, one, BIJSLUITER)
    assert row(school, one).state is State.NO_ANNEX  # the longest word of all
    texts = {text.strip() for text, *_ in lines_of(printing.sample_board(school), 0)}
    assert "beveiligingsbijlage" in texts


def test_a_row_higher_than_a_page_is_cut_and_nothing_is_lost(school: School) -> None:
    one = in_order(school)
    ended = [Certificate(f"Bewijs {n:02}", TODAY - timedelta(days=1)) for n in range(40)]
    record_annex(school, one, replace(ANNEX, version="2", certificates=tuple(ended)))
    pdf = printing.sample_board(school)
    told = whole(pdf)
    assert all(each.name in told for each in ended)
    for page in range(len(texts_of(pdf))):
        for text, _, down, _ in lines_of(pdf, page):
            assert down <= FOOT + 2 or "VOORBEELD" in text


# — the letter to a company —


def test_it_asks_exactly_for_what_is_missing(school: School) -> None:
    one = a_product(school)
    company = supplier_of(school, one)
    change_supplier(
        school,
        company,
        SupplierEntry("Cijferwerk", contact="mevrouw Test", address="Testlaan 1\n1234 AB DORP"),
    )
    told = whole(printing.sample_request(school, one))
    for text in ("mevrouw Test", "Testlaan 1", "Verwerkersovereenkomst.", "Privacybijsluiter."):
        assert text in told
    assert "Handtekening." not in told and "Wissen." not in told
    record_agreement(school, company, unsigned(one))
    record_bijsluiter(school, one, replace(BIJSLUITER, places=(Place("India"),)))
    ended = (Certificate("ISO 27001", TODAY - timedelta(days=1)),)
    record_annex(school, one, replace(ANNEX, certificates=ended))
    told = whole(printing.sample_request(school, one))
    for text in ("Handtekening.", "Doorgifte.", "ISO 27001"):
        assert text in told
    assert "Verwerkersovereenkomst." not in told and "Beveiligingsbijlage." not in told
    stop_product(school, one, TODAY - timedelta(days=1), "weg")
    told = whole(printing.sample_request(school, one))
    assert "Wissen." in told and "gebruikte Rekenaar tot en met" in told
    assert "verwerkte u" in told and "stoppen met het gebruik" not in told
    assert "Handtekening." not in told


def test_it_does_not_say_that_there_is_no_agreement_while_one_runs(school: School) -> None:
    one = in_order(school)
    (first,) = row(school, one).file.agreements
    soon = TODAY + timedelta(days=30)
    replace_agreement(school, first.id, an_agreement(one, begins_on=LONG_AGO + DAY, ends_on=soon))
    told = whole(printing.sample_request(school, one))
    assert "of zij loopt bijna af" in told


def test_a_company_that_signed_the_next_one_is_not_asked_to(school: School) -> None:
    one = in_order(school)
    (first,) = row(school, one).file.agreements
    entry = unsigned(one, begins_on=TODAY + 30 * DAY)
    new = replace_agreement(school, first.id, entry).about
    assert "Handtekening." in whole(printing.sample_request(school, one))
    sign_agreement(school, new, by_supplier=(TODAY, "D. Directeur"))
    assert refused(lambda: printing.sample_request(school, one)) == "supplier.nothing_to_ask"


def test_who_owes_nothing_gets_no_letter(school: School) -> None:
    one = in_order(school)
    assert refused(lambda: printing.sample_request(school, one)) == "supplier.nothing_to_ask"
    change_product(school, one, replace(REKENAAR, basics={}))  # the school owes that itself
    assert refused(lambda: printing.sample_request(school, one)) == "supplier.nothing_to_ask"


# — the letter to parents —


def letters(school: School, product_id: str) -> list[str]:
    kept: list[bytes] = []
    print_new_product_letters(school, kept.append, product_id)
    return texts_of(kept[0])


def test_one_letter_per_family_and_address(school: School) -> None:
    enrol(school, a_child("Fenna", MOTHER, FATHER), a_child("Sem", MOTHER, APART))
    one = in_order(school)
    pages = letters(school, one)
    assert len(pages) == 2  # together at the mother's, and at the father's who lives apart
    assert sum("Fenna" in each and "Sem" in each for each in pages) == 1
    for page in pages:
        for text in ("Rekenaar", "Cijferwerk", "oefenen met rekenen", "voornaam", "Nederland"):
            assert text in page
        assert "ouders of voogd" not in page
        assert "Rekencentrum Noord (Duitsland)" in page  # who works for the supplier


def test_a_secret_address_is_on_no_letter(school: School) -> None:
    hidden = replace(MOTHER, address_secret=True)
    enrol(school, a_child("Noor", hidden, FATHER))
    one = in_order(school)
    assert MOTHER.street and MOTHER.postcode
    for page in letters(school, one):
        assert MOTHER.street not in page and MOTHER.postcode not in page
        assert "Uit te delen in de klas" in page


def test_nor_is_the_house_of_who_hides_there_with_another_family(school: School) -> None:
    hidden = replace(APART, street=MOTHER.street, house_number=MOTHER.house_number)
    hidden = replace(hidden, postcode=MOTHER.postcode, place=MOTHER.place, address_secret=True)
    enrol(school, a_child("Noor", MOTHER), a_child("Sem", hidden))
    one = in_order(school)
    found = letters(school, one)
    assert len(found) == 2
    for page in found:
        assert MOTHER.street not in page and MOTHER.postcode not in page


def test_a_thorough_bijsluiter_is_told_in_brief(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER), a_child("Sem", APART))
    one = in_order(school)
    wordy = tuple(Shared(each, ("alles wat erbij hoort " * 5).strip()) for each in Data)
    option = Option("Voorlezen", True, (Shared(Data.IMAGES, "stemopname"),))
    record_bijsluiter(
        school, one, replace(BIJSLUITER, version="3", shared=wordy, options=(option,))
    )
    pages = letters(school, one)
    assert len(pages) == 2
    for page in pages:
        said = " ".join(page.split()).replace("’", "'")
        assert all(words.data_word(each) in said for each in Data if each not in NEEDS_DETAIL)
        assert said.count("alles wat erbij hoort") == 5  # of what has no other name
        assert said.count(words.data_word(Data.IMAGES)) == 1 and "stemopname" not in said


def test_a_letter_that_does_not_fit_names_the_texts_to_shorten(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER))
    one = in_order(school)
    many = tuple(
        SubProcessor(f"Een bedrijf met een lange naam {n}", "opslag", Place("Duitsland"))
        for n in range(60)
    )
    record_bijsluiter(school, one, replace(BIJSLUITER, version="3", sub_processors=many))
    act = lambda: sample_new_product_letters(school, one)  # noqa: E731
    assert refused(act) == "supplier.letter_too_long"


def test_parents_are_written_only_about_data_of_children(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER))
    one = in_order(school)
    act = lambda: sample_new_product_letters(school, one)  # noqa: E731
    nothing = replace(BIJSLUITER, version="3", shared=(), options=())
    record_bijsluiter(school, one, nothing)
    assert refused(act) == "supplier.letter_no_data"
    record_bijsluiter(school, one, replace(BIJSLUITER, version="4", subjects=(Subject.STAFF,)))
    assert refused(act) == "supplier.letter_staff"


def test_parents_are_not_written_before_it_is_in_order(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER))
    one = a_product(school)
    early = lambda: sample_new_product_letters(school, one)  # noqa: E731
    assert refused(early) == "supplier.letter_too_early"
    agree(school, one)
    assert refused(early) == "supplier.letter_too_early"  # no bijsluiter: which data?
    record_bijsluiter(school, one, BIJSLUITER)
    assert refused(early) == "supplier.letter_too_early"  # no annex: is it safe?
    record_annex(school, one, ANNEX)
    assert len(texts_of(sample_new_product_letters(school, one))) == 1
    change_product(school, one, replace(REKENAAR, dpia=Dpia.NEEDED))
    assert refused(early) == "supplier.letter_too_early"
    change_product(school, one, replace(REKENAAR, used_for=""))
    assert refused(early) == "supplier.letter_too_early"
    change_product(school, one, REKENAAR)
    stop_product(school, one, TODAY - timedelta(days=1), "weg")
    assert refused(early) == "supplier.letter_stopped"


def test_a_translation_stands_on_the_back(school: School) -> None:
    enrol(school, a_child("Noor", replace(MOTHER, language="Engels")))
    pages = letters(school, in_order(school))
    assert len(pages) == 2 and "New at school: Rekenaar" in pages[1]
    assert "name and contact details: voornaam" in pages[1]


# — the page for the website —


class Tags(HTMLParser):
    """Which elements a page has, and its text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        assert not any(name in ("src", "href", "onclick") for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_page_is_escaped_and_has_nothing_from_elsewhere(school: School) -> None:
    evil = '<script>alert("x")</script> & "co"'
    in_order(school, evil, "Bedrijf <b>")
    change_profile(school, name="School <i> & Co")
    html = page_html(school)
    parser = Tags()
    parser.feed(html)
    assert not {"script", "b", "i", "img", "link", "iframe"} & set(parser.tags)
    assert evil in parser.text and "School <i> & Co" in parser.text
    assert html.startswith("<!DOCTYPE html>") and 'lang="nl"' in html
    assert parser.tags.count("h1") == 1 and "http" not in html


def test_page_and_text_say_the_same_as_paper(school: School) -> None:
    in_order(school)
    add_recipient(school, RecipientEntry("DUO", RecipientKind.DUO, "inschrijving", "geld", "wet"))
    text = page_text(school)
    assert max(map(len, text.splitlines())) <= 80
    parser = Tags()
    parser.feed(page_html(school))
    paper = re.sub(r"\s+", "", whole(printing.sample_parents_list(school)))
    for told in ("Rekenaar, van Cijferwerk", "Naam en contactgegevens: voornaam", "DUO"):
        for where in (parser.text, text, paper):
            assert re.sub(r"\s+", "", told) in re.sub(r"\s+", "", where)
    assert row(school, in_order(school, "Taalaar")).file.product.since == LONG_AGO
