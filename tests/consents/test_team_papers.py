"""The form for who works or helps at school, and the sheet of who may be on pictures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from schoolprivacy.clock import SetClock
from schoolprivacy.consents import records
from schoolprivacy.consents.team.members import (
    MemberKind,
    member_left,
    record_team_decisions,
    withdraw_team,
)
from schoolprivacy.consents.team.papers import TeamForm, TeamQuestions, TeamRow, team_forms
from schoolprivacy.consents.team.printing import (
    print_team_forms,
    print_team_sheet,
    sample_team_forms,
    sample_team_sheet,
)
from schoolprivacy.consents.team.sheet import TeamSheet, TeamSheetRow, team_sheet
from schoolprivacy.consents.terms import Answer, Way
from schoolprivacy.paper.page import SAMPLE
from schoolprivacy.paper.preview import page_count
from schoolprivacy.school import School
from tests.consents.families import Paper
from tests.consents.paper_builders import MADE, PURPOSES, SCHOOL
from tests.consents.team_builders import a_member, answers_of
from tests.paper.reading import text_of, texts_of
from tests.people.builders import rows_of
from tests.vault.schools import NOW, refused

TODAY = NOW.date()
LONG = "Wilhelmina-Antoinette van der Oudekerk-Schimmelpenninck van Duivenvoorde"
FORM = TeamForm("Noor de Wit", "medewerker", date(2026, 12, 18))
UNTIL, DESTROY = date(2026, 12, 30), date(2027, 1, 6)


def a_question(purpose: dict[str, str]) -> TeamRow:
    social = bool(purpose["social_media"])
    return TeamRow(purpose["label"], purpose["audience"], purpose["keeps"], social)


IMAGES = tuple(a_question(each) for each in PURPOSES if "kind" not in each)
CONTACT = tuple(a_question(each) for each in PURPOSES if each.get("kind") == "contact_own")
FEW = TeamQuestions(IMAGES[:5], CONTACT)


def a_sheet(many: int, channels: int = 13) -> TeamSheet:
    names = ("Noor de Wit", "Ali Çelik", LONG)
    rows = tuple(
        TeamSheetRow(names[n % 3], "vrijwilliger", tuple(c % 3 > 0 for c in range(channels)))
        for n in range(many)
    )
    return TeamSheet(tuple(f"Doel {n}" for n in range(channels)), rows, UNTIL, DESTROY)


# — the form —


def test_the_form_is_one_page_that_says_it_is_free() -> None:
    pdf = team_forms([FORM], FEW, SCHOOL, MADE)
    assert page_count(pdf) == 1
    text = text_of(pdf, 0)
    for part in (
        "Noor de Wit",
        "medewerker",
        "18 december 2026",
        "Een nee heeft geen gevolgen voor uw werk, stage of vrijwilligerswerk",
        "geen antwoord = geen toestemming",
        "net zo makkelijk als geven",
        "012 345 67 89",
        "Stichting Onderwijs Voorbeeldstreek",
        "fg@voorbeeldstreek.example",
        "Autoriteit Persoonsgegevens",
        "op de openbare website van de school",
        "mijn telefoonnummer",
        "handtekening",
    ):
        assert part in text, part
    assert "EER" not in text
    assert "ouder(s)" not in text


def test_everything_a_school_can_ask_runs_on_with_its_heads() -> None:
    questions = TeamQuestions(IMAGES * 2, CONTACT)
    pdf = team_forms([replace(FORM, name=LONG)], questions, SCHOOL, MADE)
    first, second = texts_of(pdf)
    assert "Ook bewaard buiten de EER" in first
    assert LONG in first and LONG in second
    assert "Nee" in second and "Ik heb dit gelezen" in second
    assert "bladzijde 2 van 2" in second


def test_only_what_is_asked_is_explained() -> None:
    pictures = text_of(team_forms([FORM], TeamQuestions(IMAGES[:2], ()), SCHOOL, MADE), 0)
    assert "contactlijst" not in pictures
    contact = text_of(team_forms([FORM], TeamQuestions((), CONTACT), SCHOOL, MADE), 0)
    assert "foto's" not in contact.replace("’", "'")
    assert "Wij vragen wat er van u op de contactlijst" in contact.replace("wij wat", "wat")


def test_no_box_is_filled_in_and_the_same_gives_the_same() -> None:
    one = team_forms([FORM], FEW, SCHOOL, MADE)
    assert one == team_forms([FORM], FEW, SCHOOL, MADE)
    assert refused(team_forms, [], FEW, SCHOOL, MADE) == "paper.nothing_to_print"


def test_printing_asks_and_tells_the_trail(school: School) -> None:
    noor, ali = a_member(school), a_member(school, "Ali Çelik", MemberKind.TRAINEE)
    paper, drawn = Paper(), []
    told = lambda done, of: drawn.append((done, of))  # noqa: E731
    assert print_team_forms(school, paper, [noor, ali], progress=told) == (ali, noor)
    assert drawn == [(1, 2), (2, 2)]
    assert "Ali Çelik" in paper.pages[0] and "stagiair" in paper.pages[0]
    assert set(answers_of(school, noor).values()) == {Answer.NO_ANSWER}
    print_team_forms(school, paper, [noor], way="printed")  # the same day again
    last = max(rows_of(school)["audit"], key=lambda row: int(row["seq"]))
    assert (last["action"], last["about"]) == ("team.forms_printed", noor)
    assert "uw kind" not in paper.text


def test_a_yes_on_paper_is_to_the_text_on_the_paper(school: School, clock: SetClock) -> None:
    noor, ali = a_member(school), a_member(school, "Ali Çelik")
    print_team_forms(school, Paper(), [noor, ali])
    clock.moment += timedelta(days=2)
    table = records.wording
    with school.transaction() as session:
        query = sa.select(table).where(table.c.purpose == "website")
        old = dict(session.execute(query).mappings().one())
        wider = old | {"version": 2, "since": TODAY.isoformat(), "widens": True}
        session.execute(sa.insert(table).values(**wider))
        session.audit("test")
    on = TODAY + timedelta(days=1)
    said = {"yes": ["website"], "decided_on": on}
    record_team_decisions(school, noor, **said, way=Way.PAPER_FORM)
    assert answers_of(school, noor)["website"] is Answer.EXPIRED
    record_team_decisions(school, ali, **said, way=Way.DESK)
    assert answers_of(school, ali)["website"] is Answer.GRANTED


def test_what_fails_leaves_nothing(school: School) -> None:
    noor = a_member(school)
    before = rows_of(school)

    def full(_: bytes) -> None:
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        print_team_forms(school, full, [noor])
    with pytest.raises(OSError, match="disk full"):
        print_team_sheet(school, full)
    assert SAMPLE in text_of(sample_team_forms(school, [noor]), 0)
    assert SAMPLE in text_of(sample_team_sheet(school), 0)
    assert refused(print_team_forms, school, Paper(), ["x"]) == "team.nobody"
    assert rows_of(school) == before


def test_nobody_and_nothing_is_refused(school: School) -> None:
    assert refused(print_team_sheet, school, Paper()) == "team.nobody"
    noor = a_member(school)
    with school.transaction() as session:
        session.execute(sa.update(records.purpose).values(switched_on=False))
        session.audit("test")
    assert refused(print_team_sheet, school, Paper()) == "purpose.none_on"
    assert refused(sample_team_forms, school, [noor]) == "purpose.none_on"


# — the sheet —


def test_thirty_four_long_names_fit_one_page() -> None:
    pdf = team_sheet(a_sheet(34), SCHOOL, MADE)
    assert page_count(pdf) == 1
    text = text_of(pdf, 0)
    for part in (
        "NIET OPHANGEN",
        "Vernietigen na 6 januari 2027",
        "Geldig tot en met 30 december 2026",
        "Doel 12",
        "Ali Çelik",
    ):
        assert part in text, part


def test_more_run_on(school: School) -> None:
    assert page_count(team_sheet(a_sheet(36), SCHOOL, MADE)) == 2
    assert page_count(team_sheet(a_sheet(10, channels=14), SCHOOL, MADE)) == 2
    assert refused(team_sheet, a_sheet(0), SCHOOL, MADE) == "paper.nothing_to_print"


def test_only_a_yes_that_counts_is_a_yes(school: School) -> None:
    noor, ali = a_member(school, "Noor Wit"), a_member(school, "Ali Çelik")
    gone = a_member(school, "Weg Gegaan")
    for each in (noor, gone):
        record_team_decisions(school, each, yes=["website"], decided_on=TODAY, way=Way.DESK)
    member_left(school, gone, TODAY - timedelta(days=1))
    paper = Paper()
    assert print_team_sheet(school, paper) == 2
    assert "Ja Nee" in paper.text and "Gegaan" not in paper.text
    assert "contact" not in paper.text.casefold() and "Naam ouder" not in paper.text
    yes = paper.text.count("Ja ")
    withdraw_team(school, noor, ["website"], on=TODAY, way=Way.DESK)
    print_team_sheet(school, paper)
    assert paper.text.count("Ja ") == yes - 1
    withdrawn = paper.text
    record_team_decisions(school, ali, no=["website", "press"], decided_on=TODAY, way=Way.DESK)
    print_team_sheet(school, paper)
    assert _rows(paper.text) == _rows(withdrawn)


def test_of_two_who_are_called_the_same_only_what_both_want(school: School) -> None:
    """Nobody could tell on the sheet which of them said no."""
    one, other = a_member(school, "Jo Bos"), a_member(school, "Jo Bós")
    a_member(school, "Ali Çelik")
    paper = Paper()
    print_team_sheet(school, paper)
    nobody = paper.text.count("Ja ")
    record_team_decisions(school, one, yes=["website"], decided_on=TODAY, way=Way.DESK)
    print_team_sheet(school, paper)
    assert paper.text.count("Ja ") == nobody
    record_team_decisions(school, other, yes=["website"], decided_on=TODAY, way=Way.DESK)
    print_team_sheet(school, paper)
    assert paper.text.count("Ja ") == nobody + 2


def _rows(text: str) -> str:
    """Without the footer, in which the trail has moved on."""
    return text.split("gemaakt op", maxsplit=1)[0]
