"""Lists and letters while answers are still coming in."""

from __future__ import annotations

from datetime import date

from schoolprivacy.consents.papers import (
    CoverEntry,
    CoverGroup,
    ReminderChild,
    ReminderEntry,
    ReminderGroup,
    ReminderLetter,
    SchoolPaper,
    cover_sheet,
    reminder_letters,
    reminder_list,
)
from schoolprivacy.paper.preview import page_count
from tests.consents.paper_builders import (
    MADE,
    SCHOOL,
    a_code,
)
from tests.paper.reading import text_of, texts_of


def names(many: int) -> list[str]:
    return [f"Kind{number:02d} van der Poel" for number in range(many)]


def test_the_reminder_list_shows_what_is_missing() -> None:
    group = ReminderGroup(
        "Groep 5B",
        (
            ReminderEntry("Aylin Yılmaz", a_code(), date(2026, 12, 18), ("06 12345678",)),
            ReminderEntry(
                "Sem de Wit", a_code(2), date(2026, 12, 18), (), ("Instagram", "Lokale pers")
            ),
        ),
    )
    (text,) = texts_of(reminder_list([group], SCHOOL, MADE))
    assert "Groep 5B" in text
    assert "Aylin Yılmaz 0100-0000 18 december 2026 06 12345678 nog niets" in text
    assert "deels; open: Instagram, Lokale pers" in text


def test_groups_start_on_new_pages_with_their_own_head() -> None:
    entries = tuple(ReminderEntry(name, a_code(), date(2026, 12, 18)) for name in names(40))
    texts = texts_of(
        reminder_list(
            [ReminderGroup("Groep 5B", entries), ReminderGroup("Vlinders", ())], SCHOOL, MADE
        )
    )
    *first, last = texts
    assert len(first) == 2
    assert all("Groep 5B" in text and "Leerling Formulier Uiterlijk" in text for text in first)
    assert "bladzijde 2 van 2" in first[1]
    assert "Vlinders" in last
    assert "In deze groep heeft iedereen geantwoord." in last


def test_an_empty_reminder_list_says_that_everybody_answered() -> None:
    assert "Iedereen heeft geantwoord." in text_of(reminder_list([], SCHOOL, MADE), 0)


def test_a_group_of_34_fits_one_cover_sheet() -> None:
    group = CoverGroup("Groep 5B", tuple(CoverEntry(name, a_code()) for name in names(34)))
    pdf = cover_sheet([group], SCHOOL, MADE)
    assert page_count(pdf) == 1
    text = text_of(pdf, 0)
    assert all(name in text for name in names(34))
    assert text.count("0100-0000") == 34


def test_a_bigger_group_goes_on() -> None:
    group = CoverGroup("Groep 5B", tuple(CoverEntry(name, a_code()) for name in names(50)))
    texts = texts_of(cover_sheet([group], SCHOOL, MADE))
    assert len(texts) == 2
    assert all("Terug Leerling Formulier" in text for text in texts)
    assert "geen formulieren uitgedeeld" in text_of(cover_sheet([], SCHOOL, MADE), 0)


def a_reminder(*children: str) -> ReminderLetter:
    return ReminderLetter(
        ("Aan de ouder(s)/verzorger(s) van", *children, "Laan 1", "1234 AB  DORP"),
        tuple(ReminderChild(child, "Groep 5B", a_code()) for child in children),
        asked_on=date(2026, 12, 7),
        hand_in_by=date(2027, 1, 8),
    )


def test_a_reminder_letter_names_all_children_of_the_address() -> None:
    pdf = reminder_letters(
        [a_reminder("Aylin Yılmaz", "Bram Yılmaz"), a_reminder("Sem")], SCHOOL, MADE
    )
    two, one = texts_of(pdf)
    assert "Aylin Yılmaz Groep 5B 0100-0000" in two
    assert "Bram Yılmaz Groep 5B 0100-0000" in two
    assert "Op 7 december 2026 vroegen wij" in two
    assert "uiterlijk 8 januari 2027" in two
    assert "Geen antwoord = geen toestemming" in two
    assert "U bent vrij om te kiezen" in two
    assert "Vraag een nieuw formulier op school, bel 012 345 67 89 of mail info@" in two
    assert "van uw kinderen" in two
    assert "van uw kind mogen" in one


def test_a_reminder_of_a_fresh_school_says_where_to_ask() -> None:
    (text,) = texts_of(reminder_letters([a_reminder("Sem")], SchoolPaper("De Eik"), MADE))
    assert "Vraag een nieuw formulier bij de directie." in text
