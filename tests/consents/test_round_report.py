"""The report of a round: numbers for the board, and nobody's name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from schoolprivacy.clock import SetClock
from schoolprivacy.consents.actions import withdraw
from schoolprivacy.consents.contacts.printing import print_contact_list
from schoolprivacy.consents.rounds.closing import close_round
from schoolprivacy.consents.rounds.report import (
    print_round_report,
    round_report,
    sample_round_report,
)
from schoolprivacy.consents.rounds.report_lines import (
    PurposeLine,
    ReportGroup,
    ReportList,
    RoundReport,
)
from schoolprivacy.consents.rounds.report_papers import round_report as draw
from schoolprivacy.consents.terms import Way
from schoolprivacy.paper.sender import Made
from schoolprivacy.people.terms import Authority
from schoolprivacy.school import School
from tests.consents.families import (
    MOTHER,
    Paper,
    a_child,
    answered,
    audit_lines,
    carers_of,
    enrol,
)
from tests.consents.paper_builders import SCHOOL
from tests.consents.round_rows import EVERY, a_round, asked_in, at
from tests.paper.reading import texts_of
from tests.vault.schools import refused

ANNA = "Anna van der Sluis"
START = date(2026, 8, 31)


def a_report(groups: int = 8, purposes: int = 12) -> RoundReport:
    names = ["Groep 1/2 De Kleine Ontdekkingsreizigers", *(f"Groep {n + 2}" for n in range(groups))]
    shown = tuple(ReportGroup(name, 34, 25 - n, 3, 4 + n, 2) for n, name in enumerate(names))
    total = ReportGroup(
        "Samen", *(sum(getattr(g, part) for g in shown) for part in ReportGroup.__slots__[1:])
    )
    days = tuple((START + timedelta(days=n), 200 + n, n * n) for n in range(0, 15, 2))
    return RoundReport(
        year="2026-2027",
        opened_on=START,
        hand_in_by=START + timedelta(days=10),
        reminders_on=(START + timedelta(days=12), START + timedelta(days=14)),
        closed_on=None,
        total=total,
        groups=shown,
        days=days,
        conflicts=1,
        unsettled=7,
        left=2,
        letters=(41, 12),
        withdrawals=3,
        purposes=tuple(
            PurposeLine(f"Doel met een lange korte naam {n}", (0, 12, 180, 20, 3, 4, 1))
            for n in range(purposes)
        ),
        to_destroy=(ReportList("Groep 3", (4, 5, 6)), ReportList("Groep 4", (9,))),
    )


MADE = Made(START + timedelta(days=20), "Directie", "controle 3f9a 77c2")


def test_it_says_everything_on_two_pages() -> None:
    pages = texts_of(draw(a_report(), SCHOOL, MADE))
    assert len(pages) == 2 and "bladzijde 1 van 2" in pages[0]
    text = "\n".join(pages)
    for said in (
        "Verslag toestemmingsronde 2026-2027",
        "geopend op 31 augustus 2026, nog open",
        "1e keer: 41 formulieren, 2e keer: 12 formulieren",
        "niet nodig",
        "nog niet terug",
        "Doel met een lange korte naam 11",
        "Geen antwoord = geen toestemming",
        "Groep 3: nummer 4, 5, 6",
        "1 leerling. Tot dan geldt nee",
    ):
        assert said in text, said


@pytest.mark.parametrize(("groups", "purposes"), [(0, 0), (1, 40), (60, 60)])
def test_it_takes_as_many_pages_as_it_needs(groups: int, purposes: int) -> None:
    report = a_report(groups, purposes)
    text = "\n".join(texts_of(draw(report, SCHOOL, MADE)))
    assert all(each.label.split()[-1] in text for each in report.groups)
    assert f"naam {purposes - 1}" in text or not purposes


def test_a_round_without_paper_has_a_report_too(school: School) -> None:
    assert refused(round_report, school) == "round_going.none_yet"
    a_round(school)
    paper = Paper()
    print_round_report(school, paper)
    assert "nog geen formulieren" in paper.text


def test_it_counts_what_happened_and_names_nobody(school: School, clock: SetClock) -> None:
    enrol(
        school,
        a_child("Noor", MOTHER),
        a_child("Sem", replace(MOTHER, call_name="Eva")),
        a_child("Kim", replace(MOTHER, call_name="Lia")),
    )
    forms = asked_in(school, a_round(school))
    answered(school, forms["Noor"], ANNA, Authority.YES, yes=EVERY)
    answered(school, forms["Sem"], "Eva van der Sluis", Authority.YES, yes=EVERY)
    print_contact_list(school, Paper(), group="Groep 5", for_whom=["Familie Sluis"])
    at(clock, 2026, 11, 20)
    with_form = round_report(school)
    assert (with_form.total.printed, with_form.total.back, with_form.total.missing) == (3, 2, 1)
    (pupil,) = {e for e in _pupils(school) if e[0] == "Noor"}
    mother = carers_of(school, pupil[1])[0].guardian.id
    withdraw(school, pupil[1], mother, ["website"], on=date(2026, 11, 20), way=Way.DESK)
    found = round_report(school)
    assert found.withdrawals == 1
    website = next(each for each in found.purposes if "website" in each.label.lower())
    assert website.counts == (0, 1, 1, 0, 1, 0, 0)
    at(clock, 2027, 8, 20)
    close_round(school)
    paper = Paper()
    print_round_report(school, paper)
    assert "gesloten op 20 augustus 2027" in paper.text
    for name in ("Noor", "Kim", "Sluis", "Anna"):
        assert name not in paper.text


def test_lists_of_the_year_before_are_named_by_number(school: School, clock: SetClock) -> None:
    enrol(school, a_child("Noor", MOTHER))
    forms = asked_in(school, a_round(school))
    answered(school, forms["Noor"], ANNA, Authority.YES, yes=EVERY)
    print_contact_list(school, Paper(), group="Groep 5", for_whom=["Familie Sluis"])
    close_round(school)
    at(clock, 2027, 9, 1)
    a_round(school, year=2027)
    assert round_report(school).to_destroy == (ReportList("Groep 5", (1,)),)


def test_a_sample_stores_nothing(school: School) -> None:
    a_round(school)
    before = audit_lines(school)
    assert "VOORBEELD" in texts_of(sample_round_report(school))[0]
    assert audit_lines(school) == before
    print_round_report(school, Paper())
    assert audit_lines(school) == before + 1


def _pupils(school: School) -> list[tuple[str, str]]:
    from schoolprivacy.people.records import current_year, pupils_on_roll

    with school.reading() as session:
        on = session.clock.today()
        found = pupils_on_roll(session, on, current_year(session, on))
    return [(each.pupil.call_name, each.pupil.id) for each in found]
