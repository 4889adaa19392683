"""The year planner: what stands on it, that it is one page, and that nothing is lost silently."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest

from schoolprivacy.clock import SetClock
from schoolprivacy.consents.contacts.printing import print_contact_list
from schoolprivacy.consents.rounds.opening import open_round, set_dates
from schoolprivacy.consents.sharing.actions import NewSharing, start_sharing
from schoolprivacy.consents.sharing.sharings import Road
from schoolprivacy.consents.substitute.printing import print_substitute_sheet
from schoolprivacy.duties import Moment, MomentKind
from schoolprivacy.errors import KnownError
from schoolprivacy.overview.planner import (
    print_year_planner,
    sample_year_planner,
    year_moments,
)
from schoolprivacy.overview.planner_papers import (
    PlannedMonth,
    YearPlan,
    planned_months,
    year_planner,
)
from schoolprivacy.paper.preview import page_count
from schoolprivacy.paper.sender import Made, SchoolPaper
from schoolprivacy.people.calendar import EntryKind, add_entry
from schoolprivacy.people.profile import change_profile
from schoolprivacy.registers import REGISTERS
from schoolprivacy.school import School
from schoolprivacy.schoolyear import SchoolYear
from tests.consents.contact_builders import ids_of, say_all
from tests.consents.families import APART, MOTHER, a_child, audit_lines, enrol
from tests.paper.reading import text_of

YEAR = SchoolYear(2026)
SCHOOL = SchoolPaper("De Papieren Draak")
MADE = Made(date(2026, 11, 22), "Directie")


def a_moment(
    title: str,
    first: date,
    last: date | None = None,
    kind: MomentKind = MomentKind.OTHER,
) -> Moment:
    return Moment(first, last or first, title, kind)


def months(*moments: Moment) -> dict[str, PlannedMonth]:
    return {f"{each.first:%m}": each for each in planned_months(YearPlan(YEAR, moments))}


def lines(month: PlannedMonth) -> list[str]:
    return [f"{line.when} {line.text}".strip() for line in month.lines]


# — what stands in each month —


def test_the_months_run_from_august_and_hold_every_day_once() -> None:
    found = planned_months(YearPlan(YEAR, ()))
    assert found[0].first == YEAR.first_day and found[-1].last == YEAR.last_day
    for before, after in pairwise(found):
        assert after.first - before.last == timedelta(days=1)


def test_a_period_over_months_stands_in_each_of_them() -> None:
    found = months(
        a_moment("Kerst", date(2026, 12, 19), date(2027, 1, 3), MomentKind.FREE),
        a_moment("Project", date(2026, 9, 14), date(2026, 11, 2)),
        a_moment("Advies", date(2027, 3, 10), date(2027, 3, 31)),
    )
    assert lines(found["12"]) == ["vanaf 19 Kerst"] and lines(found["01"]) == ["t/m 3 Kerst"]
    assert lines(found["10"]) == ["hele maand Project"]
    assert lines(found["03"]) == ["10 t/m 31 Advies"]
    assert date(2027, 1, 3) in found["01"].free and date(2027, 1, 4) not in found["01"].free
    assert found["03"].busy == {date(2027, 3, 10), date(2027, 3, 31)}
    assert not found["10"].busy and not found["12"].busy


def test_a_public_holiday_within_a_longer_one_needs_no_line() -> None:
    free = MomentKind.FREE
    king = a_moment("Koningsdag", date(2027, 4, 27), kind=free)
    holiday = a_moment("Mei", date(2027, 4, 24), date(2027, 5, 2), free)
    assert lines(months(king, holiday)["04"]) == ["vanaf 24 Mei"]
    assert lines(months(king)["04"]) == ["di 27 Koningsdag"]
    meeting = a_moment("MR", date(2027, 4, 27), kind=MomentKind.MR)
    assert "di 27 MR" in lines(months(meeting, holiday)["04"])


def many(count: int) -> Sequence[Moment]:
    return [a_moment(f"Nummer {n}", date(2027, 3, n)) for n in range(1, count + 1)]


def test_what_does_not_fit_is_counted() -> None:
    march = months(*many(9))["03"]
    assert len(march.lines) == 9 and march.not_shown == 0
    march = months(*many(14))["03"]
    assert lines(march)[-1] == "en nog 6" and march.not_shown == 6
    assert len(march.lines) == 9 and len(march.busy) == 14


def test_a_round_stays_when_a_month_is_full() -> None:
    late = a_moment("Inleveren", date(2027, 3, 30), kind=MomentKind.ROUND)
    march = months(*many(14), late)["03"]
    assert lines(march)[-2:] == ["di 30 Inleveren", "en nog 7"]


def test_a_long_title_goes_on_below() -> None:
    found = months(
        a_moment("Avondvierdaagse met de kinderen van groep 5, 6, 7 en 8", YEAR.last_day)
    )
    first, *more = found["07"].lines
    assert first.kind is MomentKind.OTHER and more and all(line.kind is None for line in more)


# — the page —


def test_everything_fits_one_page_however_much_there_is() -> None:
    full = [
        a_moment(f"Een wel heel lange naam voor nummer {n} van deze dag", YEAR.first_day + n * day)
        for day in [timedelta(days=1)]
        for n in range(365)
    ]
    pdf = year_planner(YearPlan(YEAR, tuple(full), ("Zonder regio.",)), SCHOOL, MADE)
    assert page_count(pdf) == 1
    text = text_of(pdf, 0)
    assert text.count("en nog ") >= 12 and "niet genoemd" in text and "bladzijde 1 van 1" in text


def test_the_page_says_in_words_what_every_sign_means() -> None:
    text = text_of(year_planner(YearPlan(YEAR, ()), SCHOOL, MADE), 0)
    for words in ("geen school", "toestemmingsronde", "overstap groep 8 (OKR)", "MR", "loopt af"):
        assert words in text
    assert "niet genoemd" not in text and "juli 2027" in text


def test_the_same_plan_gives_the_same_bytes() -> None:
    plan = YearPlan(YEAR, tuple(many(5)))
    assert year_planner(plan, SCHOOL, MADE) == year_planner(plan, SCHOOL, MADE)


# — of a school —


def titles(school: School, year: SchoolYear | None = None) -> dict[str, Moment]:
    return {each.title: each for each in year_moments(school, year)}


def test_every_register_answers_for_the_planner(school: School) -> None:
    with school.reading() as session:
        for register in REGISTERS:
            for each in register.moments(session, YEAR):
                assert each.title and each.first <= each.last


def test_holidays_meetings_and_the_move_to_secondary_school_stand_on_it(school: School) -> None:
    change_profile(school, region="noord")
    add_entry(school, EntryKind.MR, "MR-vergadering", date(2027, 1, 12))
    add_entry(school, EntryKind.MR, "MR van later", date(2027, 9, 12))
    found = titles(school)
    assert found["Herfstvakantie"].first == date(2026, 10, 10)
    assert found["MR-vergadering"].kind is MomentKind.MR and "MR van later" not in found
    advice = found["Voorlopig schooladvies groep 8"]
    assert (advice.first, advice.last) == (date(2027, 1, 10), date(2027, 1, 31))
    assert found["Laatste dag aanmelden vo"].first == date(2027, 3, 31)
    assert found["Zomervakantie"].last == date(2027, 8, 22)


def test_the_days_of_a_round_stand_on_it(school: School) -> None:
    open_round(school, YEAR)
    set_dates(school, date(2026, 11, 16), date(2026, 11, 23), date(2026, 11, 30))
    found = titles(school)
    assert found["Toestemmingsronde begint"].first == school.clock.today()
    assert found["Formulieren inleveren"].first == date(2026, 11, 16)
    assert found["Eerste herinnering"].first == date(2026, 11, 23)
    assert found["Tweede herinnering"].kind is MomentKind.ROUND


def test_what_ends_is_counted_and_names_nobody(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER, APART))
    say_all(school)
    today = school.clock.today()
    new = NewSharing(
        "Bureau Leer",
        "steun",
        "toets",
        today,
        date(2027, 1, 29),
        Road.SCHOOL,
        [ids_of(school)["Noor"]],
    )
    start_sharing(school, new)
    start_sharing(school, replace(new, party="Bureau Zorg"))
    print_contact_list(school, lambda _: None, group="Groep 5", for_whom=["Juf"])
    found = titles(school)
    assert found["2 tijdelijke delingen eindigen"].first == date(2027, 1, 29)
    assert found["Genummerde lijst vernietigen"].first == date(2027, 7, 31)
    text = text_of(sample_year_planner(school), 0)
    assert "Bureau" not in text and "Noor" not in text


def test_a_sheet_for_a_substitute_is_not_on_the_wall(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER, APART))
    today = school.clock.today()
    before = titles(school)
    print_substitute_sheet(
        school, lambda _: None, group="Groep 5", for_whom="Mevrouw De Wit", on=today
    )
    assert titles(school) == before


def test_the_planner_is_printed_audited_and_delivered_together(school: School) -> None:
    taken: list[bytes] = []
    before = audit_lines(school)
    run = print_year_planner(school, taken.append, year=YEAR.next(), way="printed")
    assert audit_lines(school) == before + 1
    assert (run.year, run.not_shown, len(run)) == (YEAR.next(), 0, run.moments)
    assert not run.printed and not run.left_out
    text = text_of(taken[0], 0)
    assert "Jaarplanner 2027-2028" in text and "regio van de school is nog niet" in text


def test_nothing_is_stored_when_the_paper_is_not_taken(school: School) -> None:
    def refuse(_: bytes) -> None:
        raise OSError("the printer is away")

    before = audit_lines(school)
    with pytest.raises(OSError, match="printer"):
        print_year_planner(school, refuse)
    sample_year_planner(school)
    assert audit_lines(school) == before


def test_a_title_that_cannot_be_printed_is_told(school: School) -> None:
    add_entry(school, EntryKind.OTHER, "Feest \u5b66", date(2027, 1, 12))
    with pytest.raises(KnownError, match="kalender"):
        print_year_planner(school, lambda _: None)


@pytest.mark.parametrize(
    ("region", "year", "said"),
    [
        ("zuid", YEAR, "regio zuid, met de eigen dagen"),
        ("zuid", YEAR, "Herfstvakantie en Voorjaarsvakantie: adviesdata"),
        ("zuid", SchoolYear(2040), "nog niet bekend"),
        ("", YEAR, "nog niet ingevuld"),
    ],
)
def test_the_planner_says_where_the_holidays_come_from(
    school: School, clock: SetClock, region: str, year: SchoolYear, said: str
) -> None:
    change_profile(school, region=region)
    assert said in text_of(sample_year_planner(school, year=year), 0)
